"""Read two columns of a text that stand side by side, which only spaces set apart, one after the other."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import islice

from loaders.layout.aligned_columns import Cell, Piece
from loaders.layout.headings import heading

_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_ITEM = re.compile(r"(?:[^\w\s\"'“‘(£]|[qo§Ø](?= {1,3}[A-Z]))\s+\w|\(?\d{1,2}(?:[.)]|\.\d+)\s")
_ENDED = (".", ";", ":", "!", "?")
_FEWEST_LINES, _FEWEST, _FEWEST_OF_PROSE = 4, 2, 3
_HANGING, _MOST_BLANK, _MOST_GAPS = 4, 2, 4
_NARROWEST, _MOST, _NEARLY_FULL = 20, 0.7, 0.8


def side_by_side(raw: Sequence[str], taken: Collection[int]) -> dict[int, list[Cell]]:
    """Return the paragraphs and items of columns by the number of their first line; their other lines have none.

    Two columns are several lines with a gap at one place, and on either side items, or lines that go on in small
    letters. The left one is read first. Their paragraphs are cells of no column.

    Args:
        raw: Lines of a text.
        taken: Numbers of those that are rows of tables.
    """
    lines = [
        None if number in taken or "\t" in line else line.replace("\u00a0", " ").rstrip()
        for number, line in enumerate(raw, 1)
    ]
    found: dict[int, list[Cell]] = {}
    none: dict[int, int] = {}
    place = 0
    while place < len(lines):
        end, columns = _columns(lines, place, none)
        if columns:
            found |= {number: [] for number in range(place + 1, end + 1)}
            found[place + 1] = [Cell(0, pieces) for column in columns for pieces in _paragraphs(column)]
        place = max(end, place + 1)
    return found


def _columns(lines: Sequence[str | None], place: int, none: dict[int, int]) -> tuple[int, list[list[Piece]]]:
    """Return where two columns end that begin at a line, and the pieces of each; nothing where there are none.

    `none` has, by the place of a gap, up to where it is known to part no columns.
    """
    gaps = [match.end() for match in islice(_GAP.finditer(lines[place] or ""), _MOST_GAPS)]
    for gutter in (start - indent for start in gaps for indent in range(_HANGING + 1)):
        if place < none.get(gutter, 0):
            continue
        none[gutter] = end = _end(lines, place, gutter)
        rows = [(n, (line[:gutter], line[gutter:])) for n, line in enumerate(lines[place:end], place + 1) if line]
        columns = [
            [Piece(_indent(row[side]), row[side].strip(), n) for n, row in rows if row[side].strip()] for side in (0, 1)
        ]
        both = [row for _, row in rows if row[0].strip() and row[1].strip()]
        near = sum(_indent(right) <= _HANGING for _, right in both)
        if len(both) >= _FEWEST_LINES and near > _MOST * len(both) and _are_texts(columns):
            return end, columns
    return place, []


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _end(lines: Sequence[str | None], place: int, gutter: int) -> int:
    """Return the place behind the last line of columns; what is wrapped in one may go on below the last of both."""
    end, last, blank = place, place, 0
    while end < len(lines) and blank <= _MOST_BLANK:
        line = lines[end]
        if line is None or line[max(0, gutter - 2) : gutter].strip():
            break
        blank = 0 if line else blank + 1
        last = end if line[:gutter].strip() and line[gutter:].strip() else last
        end += 1
    below = last + 1
    while below < end and lines[below] and not heading((lines[below] or "").strip()):
        below += 1
    return below


def _are_texts(columns: Sequence[Sequence[Piece]]) -> bool:
    """Return whether both columns have items or running text, and no labels or marks of a table."""
    items = [sum(bool(_ITEM.match(piece.text)) for piece in column) for column in columns]
    wrapped = [sum(piece.text[:1].islower() for piece in column) for column in columns]
    wide = [sum(len(piece.text) for piece in column) > _NARROWEST * len(column) for column in columns]
    listed = [count >= _FEWEST for count in items]
    fewest = _FEWEST if any(listed) else _FEWEST_OF_PROSE
    return all(one or (is_wide and count >= fewest) for one, is_wide, count in zip(listed, wide, wrapped, strict=True))


def _paragraphs(column: Sequence[Piece]) -> list[list[Piece]]:
    """Return the pieces of a column by the item or paragraph that they are wrapped from."""
    width = max(len(piece.text) for piece in column)
    paragraphs: list[list[Piece]] = []
    for piece in column:
        above = paragraphs[-1][-1] if paragraphs else None
        begins = above is None or piece.line > above.line + 1 or bool(_ITEM.match(piece.text))
        if not begins and above is not None:
            full = len(above.text) + 1 + len(piece.text.split()[0]) > _NEARLY_FULL * width
            ended = above.text.endswith(_ENDED) or heading(above.text) is not None
            begins = ended or not (full or piece.text[:1].islower())
        paragraphs += [[piece]] if begins else []
        if not begins:
            paragraphs[-1].append(piece)
    return paragraphs
