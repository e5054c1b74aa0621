"""Read tables whose columns only spaces set apart, and whose cells wrap within their columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from loaders.language.patterns import any_case
from loaders.layout.columns import NECESSITIES, column_head, heads_of_row, is_head_row, is_mark, is_method, is_offer_row

_PIECE = re.compile(r"(?:(?:[•●▪◦‣∙·■□➢*–-]|\d{1,2}[.)]) {2,3})?\S+(?: \S+)*")
_ITEM = re.compile(r"[•●▪◦‣∙·■□➢*–-]\s*\w|\d{1,2}[.)]\s")
_NAMED = frozenset({"criteria", "criterion", "requirements"})
_ENDED = (".", ";", ":", "!", "?")
_ENDS_OPEN = any_case(r".*(?:[,/&-]|\b(?:an?|and|as|at|by|for|from|in|of|on|or|the|to|with|within)|\([^)]*)")
_MOST_APART, _MOST_HEAD_LINES, _FEWEST_ROWS, _INDENT = 6, 3, 2, 4
_LONGEST_HEAD = 60
_MOST, _NEARLY_FULL, _FULL = 0.7, 0.7, 0.9


class Piece(NamedTuple):
    """Words with wide spaces around them: where on a line they begin, and the 1-based line of the file."""

    start: int
    text: str
    line: int

    @property
    def end(self) -> int:
        """Return the place behind the last letter."""
        return self.start + len(self.text)


class Cell(NamedTuple):
    """A statement in a column, counted from 1, by the pieces that it is wrapped into."""

    column: int
    pieces: list[Piece]


def aligned_tables(raw: Sequence[str]) -> dict[int, list[Cell]]:
    """Return the cells of each row of tables by the number of its first line; its other lines have none.

    Heads of columns stand above. Lines between and below that do not keep to the columns are no part of a table.
    """
    lines = [
        [] if "\t" in line else [Piece(one.start(), one[0], n) for one in _PIECE.finditer(line.replace("\u00a0", " "))]
        for n, line in enumerate(raw, 1)
    ]
    found: dict[int, list[Cell]] = {}
    place = 0
    while place < len(lines):
        heads, height = _heads(lines[place : place + _MOST_HEAD_LINES])
        place += height
        if heads:
            both = [_body(heads, lines[place:], labelled=labelled) for labelled in (True, False)]
            found |= _cells(heads, max(both, key=lambda columns: len(columns.full)))
    return found


def _heads(lines: Sequence[Sequence[Piece]]) -> tuple[list[list[Piece]], int]:
    """Return the heads of columns that open a table, each by its pieces, and how many lines they take."""
    heads = [[piece] for piece in lines[0]]
    found: tuple[list[list[Piece]], int] = ([], 1)
    if len(heads) == 1 or any(len(piece.text) > _LONGEST_HEAD for piece in lines[0]):
        return found
    for height, line in enumerate(lines, 1):
        for piece in line if height > 1 else ():
            above = [head for head in heads if head[0].start < piece.end and piece.start < head[0].end]
            if len(above) != 1 or not _is_head(_text(above[0]), piece.text):
                return found
            above[0].append(piece)
        texts = [_text(head) for head in heads]
        if line and (is_head_row(texts) or is_offer_row(texts) or len(heads_of_row(texts)) > 1):
            found = [list(head) for head in heads], height
    return found


def _is_head(above: str, text: str) -> bool:
    """Return whether a text below a head is the rest of it: what is asked may stand right below the head, too."""
    head, whole = column_head(above), column_head(f"{above} {text}")
    return whole is not None and (
        head is None or (head not in NECESSITIES and text[:1].islower()) or text.casefold() in _NAMED
    )


def _text(pieces: Sequence[Piece]) -> str:
    return " ".join(piece.text for piece in pieces)


def _body(heads: Sequence[list[Piece]], below: Sequence[list[Piece]], *, labelled: bool) -> _Columns:
    """Return the columns that the lines below heads keep to; labels may stand left of the first head."""
    lines: list[list[Piece]] = []
    spans = [(head[0].start, head[0].end) for head in heads]
    anchors = [head[0].start for head in heads]
    for line in filter(None, below):
        last = lines[-1][0].line if lines else heads[0][-1].line
        if line[0].line > last + _MOST_APART or _heads([line])[0]:
            break
        wider = _merged([*spans, *((piece.start, piece.end) for piece in line)])
        is_label = labelled and len(anchors) == len(heads) and line[0].end < anchors[0]
        starts = [line[0].start, *anchors] if is_label else anchors
        if len({_place(wider, start) for start in starts}) == len(starts):
            spans, anchors = wider, starts
            lines.append(line)
    bounds = [spans[0][0]]
    for before, place in pairwise(_place(spans, start) for start in anchors):
        gaps = {n: spans[n][0] - spans[n - 1][1] for n in range(before + 1, place + 1)}
        bounds.append(spans[max(gaps, key=lambda n: gaps[n])][0])
    return _Columns(bounds, lines)


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _place(spans: Sequence[tuple[int, int]], start: int) -> int:
    return next(n for n, span in enumerate(spans) if span[0] <= start < span[1])


class _Columns:
    """The columns of a table: where each begins, where most of its pieces do, and how long these are."""

    def __init__(self, bounds: Sequence[int], lines: Sequence[list[Piece]]) -> None:
        self._bounds = bounds
        self.count = len(bounds)
        pieces = [[piece for line in lines for piece in line if self.of(piece) == n + 1] for n in range(len(bounds))]
        self._starts = [Counter(one.start for one in column).most_common(1)[0][0] if column else 0 for column in pieces]
        pitches = [two - one for one, two in pairwise(bounds)]
        fitting = [[len(one.text) for one in column if self.fits(one)] for column in pieces]
        self._widths = [
            max(*lengths, 0, _MOST * pitch) for lengths, pitch in zip(fitting, [*pitches, pitches[-1]], strict=True)
        ]
        tops = [
            two for column in pieces for one, two in zip([None, *column], column, strict=False) if _is_apart(one, two)
        ]
        self.fitting = [line for line in lines if all(map(self.fits, line))]
        """The lines whose pieces all begin where their columns do."""
        self.full = [line for line in self.fitting if len(line) > 1]
        self.is_table = len(self.full) >= max(_FEWEST_ROWS, _MOST * sum(len(line) > 1 for line in lines))
        self._capitals = sum(not one.text[:1].islower() for one in tops) > _MOST * len(tops)

    def of(self, piece: Piece) -> int:
        """Return the number of the column that a piece stands in, from 1."""
        return max(1, sum(bound <= piece.start for bound in self._bounds))

    def fits(self, piece: Piece) -> bool:
        """Return whether a piece begins where its column does, or is a mark, which stands anywhere in it."""
        indent = piece.start - self._starts[self.of(piece) - 1]
        return -1 <= indent <= _INDENT or is_mark(piece.text) or is_method(piece.text)

    def goes_on(self, cell: Cell | None, piece: Piece, line: Sequence[Piece]) -> bool:
        """Return whether a piece of a line is the rest of what stands right above it in its column."""
        if cell is None or _is_apart(cell.pieces[-1], piece) or _ITEM.match(piece.text) or is_mark(piece.text):
            return False
        above = cell.pieces[-1]
        if above.text.endswith(_ENDED):
            return False
        lower, width = piece.text[:1].islower(), self._widths[cell.column - 1]
        if _ENDS_OPEN.fullmatch(above.text) or _ITEM.match(cell.pieces[0].text) or (lower and self._capitals):
            return True
        word = len(piece.text.split()[0])
        full = len(above.text) + 1 + word > width and len(above.text) >= _FULL * width
        marked = any(is_mark(one.text) or is_method(one.text) for one in line)
        return (full and not marked and not piece.text[0].isdigit()) or (
            lower and len(above.text) + 1 + word > _NEARLY_FULL * width
        )


def _is_apart(above: Piece | None, piece: Piece) -> bool:
    return above is None or piece.line != above.line + 1


def _cells(heads: Sequence[list[Piece]], columns: _Columns) -> dict[int, list[Cell]]:
    """Return the cells of the rows below heads, and these, or nothing where few lines keep to the columns."""
    if not columns.is_table:
        return {}
    first = heads[0][0].line
    found = {piece.line: list[Cell]() for head in heads for piece in head}
    found[first] = [Cell(n, head) for n, head in enumerate(heads, columns.count - len(heads) + 1)]
    latest: dict[int, Cell] = {}
    row, last = first, 0
    for line in _without_end(columns):
        number = line[0].line
        on = {piece for piece in line if columns.goes_on(latest.get(columns.of(piece)), piece, line)}
        begins = columns.of(line[0]) == 1 and line[0] not in on
        has_label = any(cell.column == 1 for cell in found[row])
        if number > last + 1 or (begins and (has_label or not on)) or (len(line) > 1 and not on):
            row = number
        found.setdefault(number, [])
        for piece in line:
            column = columns.of(piece)
            if piece in on:
                latest[column].pieces.append(piece)
            else:
                latest[column] = Cell(column, [piece])
                found[row].append(latest[column])
        last = number
    return {number: sorted(cells, key=lambda cell: cell.column) for number, cells in found.items()}


def _without_end(columns: _Columns) -> list[list[Piece]]:
    """Return the lines up to a title below the table: what stands alone in the first column, and apart."""
    kept: list[list[Piece]] = []
    for line in columns.fitting:
        above = kept[-1][0].line if kept else line[0].line
        alone = len(line) == 1 and columns.of(line[0]) == 1
        if line[0].line > max(above + 1, columns.full[-1][0].line) and alone:
            break
        kept.append(line)
    return kept
