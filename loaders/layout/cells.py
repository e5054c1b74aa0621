"""Part the lines of a text into the cells of its tables: strokes, tabs or wide spaces set them apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from loaders.formats.plain_text import clean
from loaders.layout.columns import (
    NECESSITIES,
    column_head,
    is_head_row,
    is_legend,
    is_mark,
    is_method,
    is_number,
    necessity_of,
)
from loaders.layout.headings import heading

_BAR = re.compile(r"[|│┃║¦]")
_CELLS = re.compile(r"(?<=\S)[ \u00a0]*\t[\t ]*(?=\S)(?!\d{1,3}\s*$)|(?<=\S) \| (?=\S)")
_TABS = re.compile(r"(?<=\S)[ \u00a0]*\t[\t ]*(?=\S)|(?<=\S) \| (?=\S)")
_LABELS = re.compile(r": / [A-Z0-9(]")
_SLASHES = re.compile(r"(?<=[:.;)\w]) / (?=[A-Z0-9(])")
_WIDE = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")
_FEWEST_LINES = 3
_LEAST_COLUMNS = 2
_MOST_COLUMNS = 6
_LONGEST_LABEL = 4
_GROUPS = frozenset({"education", "skills", "criteria", "behaviours", "learning", "accountabilities"})


def cells_of(raw: Sequence[str], without_mark: Callable[[str], str]) -> Callable[[str], list[str]]:
    """Return what parts a line of a text into the cells of a table; an empty text is an empty cell.

    Where most rows have the same tabs, or none has more than the first, two of them enclose an empty cell; elsewhere
    they only align. A slash parts cells only where labels with a colon stand before several.
    """
    rows = [line for line in raw if _TABS.search(without_mark(line)) or _bars(line)]
    slashes = sum(bool(_LABELS.search(line)) for line in raw) >= _LEAST_COLUMNS
    tabs = _even_tabs([line if line.startswith("\t") else without_mark(line) for line in rows if "\t" in line])
    numbers = any(column_head(clean(cell)) in {"number", "necessity"} for row in rows for cell in row.split("\t"))

    def cells(line: str) -> list[str]:
        if bars := _bars(line):
            return bars
        if heads := _heads_apart(line):
            return heads
        inner = without_mark(line)
        if tabs and line.startswith("\t") and ("\t" in inner or line.count("\t") == tabs):
            inner = line
        before = line[: len(line) - len(inner)]
        parts = [inner]
        if len(rows) >= _FEWEST_LINES and 0 < inner.count("\t") <= tabs and "\t" not in before:
            parts = inner.split("\t")
        elif len(rows) >= _FEWEST_LINES:
            parts = (_TABS if numbers else _CELLS).split(inner)
        if slashes and len(parts) == 1:
            parts = _SLASHES.split(inner)
        return [before + parts[0], *parts[1:]] if len(parts) > 1 else [line]

    return cells


def _even_tabs(rows: Sequence[str]) -> int:
    """Return how many tabs the rows of a table have where each ends a cell, 0 where they only align."""
    counts = Counter(row.count("\t") for row in rows)
    if not counts:
        return 0
    tabs, count = counts.most_common(1)[0]
    heads = [row for row in rows if is_head_row([clean(cell) for cell in row.split("\t") if cell.strip()])]
    if heads and heads[0].count("\t") >= max(tabs, _LEAST_COLUMNS):
        return heads[0].count("\t")
    return tabs if tabs > 1 and 2 * count > len(rows) else 0


def _bars(line: str) -> list[str]:
    """Return the cells of a row that bars enclose."""
    text = line.strip()
    if len(text) < _FEWEST_LINES or not _BAR.match(text) or not (_BAR.match(text[-1]) or _BAR.search(text[1:])):
        return []
    return _BAR.split(text[1:-1] if _BAR.match(text[-1]) else text[1:])


def _heads_apart(line: str) -> list[str]:
    """Return the heads of columns that wide spaces set apart, where nothing but heads stands on a line."""
    heads = [clean(text) for text in _WIDE.split(line.strip())] if "\t" not in line else []
    if not is_head_row(heads) or not all(map(column_head, heads)):
        return []
    return heads if column_head(heads[0]) in {"label", "number"} else ["", *heads]


def pasted_cells(texts: Sequence[str]) -> dict[int, tuple[int, int]]:
    """Return row and column of the lines of tables that were pasted one cell a line, each by the place of its line.

    A row bears the place of its first line. It is as long as the heads are many, and must have marks, methods and
    numbers where the heads say so; a short line between rows names a group of them. An empty text is no such line.
    """
    cells: dict[int, tuple[int, int]] = {}
    place = 0
    while place < len(texts):
        heads = _pasted_heads(texts, place)
        taken = _pasted_rows(texts, place, heads) if len(heads) >= _LEAST_COLUMNS else []
        for row, length in taken:
            cells.update({row + column: (row, column + 1) for column in range(length)})
        place += sum(length for _, length in taken) or max(1, len(heads))
    return cells


def _pasted_heads(texts: Sequence[str], place: int) -> list[str]:
    """Return the heads of columns from a place on; between two that are known one may be unknown."""
    heads: list[str] = []
    for text in texts[place : place + _MOST_COLUMNS]:
        head = column_head(text) if text else None
        if (head is None and (not heads or heads[-1] == "" or not _names_group(text))) or (
            head != "number" and head in heads
        ):
            break
        heads.append(head or "")
    while heads and not heads[-1]:
        heads.pop()
    told = {"necessity", "method", "number"} & set(heads) or (heads[:1] == ["label"] and set(heads) >= NECESSITIES)
    return heads if told else []


def _pasted_rows(texts: Sequence[str], place: int, heads: Sequence[str]) -> list[tuple[int, int]]:
    """Return place and length of the rows from the heads on, or nothing where what stands below does not fit."""
    rows = [(place, len(heads))]
    place, full = place + len(heads), 0
    while place < len(texts):
        row = texts[place : place + len(heads)]
        fits = len(row) == len(heads) and all(map(_fits, row, heads))
        if fits and (not set(heads) >= NECESSITIES or _is_labelled(row, heads)):
            rows.append((place, len(heads)))
            place, full = place + len(heads), full + 1
        elif _names_group(row[0]) and len(texts) > place + 1:
            rows.append((place, 1))
            place += 1
        else:
            break
    while rows[-1][1] == 1:
        rows.pop()
    return rows if full > 1 else []


def _is_labelled(row: Sequence[str], heads: Sequence[str]) -> bool:
    """Return whether a label stands where the heads say, and none where they say what is essential or desirable."""
    return all(
        _names_group(text) if head == "label" else head not in NECESSITIES or not _is_group(text)
        for text, head in zip(row, heads, strict=True)
    )


def _is_group(text: str) -> bool:
    opened = heading(text)
    return opened is not None and opened.kind in _GROUPS


def _fits(text: str, head: str) -> bool:
    if not text or is_legend(text):
        return False
    kinds = {"necessity": is_mark, "method": is_method, "number": is_number}
    if head in kinds:
        return kinds[head](text)
    return head == "label" or not (is_mark(text) and necessity_of(text, None))


def _names_group(text: str) -> bool:
    if not text or (heading(text) is not None and not _is_group(text)):
        return False
    return len(text.split()) <= _LONGEST_LABEL and not text.endswith((".", ";", ","))
