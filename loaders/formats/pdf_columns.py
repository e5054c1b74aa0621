"""Put what stands on a page of a PDF into the order in which it is read: columns, tables, and what goes across them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from loaders.formats.pdf_page import Box, Piece
from loaders.formats.pdf_tables import Table

_GUTTER, _WIDE_GUTTER = 0.45, 1.2
"""Times the size of letters: columns are at least so far apart, those of a table of two rows further."""

_REGULAR, _HIGHER = 1.7, 6.0
"""Times the size of letters: lines that are further apart are not of one paragraph, and how much higher than the others
a column may begin."""

_FEWEST_LINES, _LONG_CELL = 5, 4
_PROSE, _WIDER, _SHARED = 0.3, 1.2, 0.8
_MOST_ROWS = 600
"""A page with more is no page of text, and is read from the top to the bottom."""

_NEAR_PLACE = 4
_NUMBER = re.compile(r"\d{1,3}")


Place = tuple[int, int, int]


@dataclass(slots=True)
class Flow:
    """Pieces that are read from the top to the bottom.

    `column` says where they stand: which column of how many, and where columns part; (0, 1, 0) is across the page.
    """

    pieces: list[Piece]
    column: Place


@dataclass(slots=True)
class Grid:
    """A table that no lines rule: in each row the pieces of each cell, and where each column ends."""

    rows: list[list[list[Piece]]]
    ends: list[float]


Block = Flow | Grid | Table
_ACROSS = (0, 1, 0)


@dataclass(slots=True)
class _Item:
    box: Box
    order: int
    content: Piece | Table
    column: int = 0


_Row = list[_Item]
_Gap = tuple[float, float]


@dataclass(frozen=True)
class _Page:
    """The usual size of letters on a page, and where columns stand elsewhere in the document."""

    size: float
    known: Collection[Place]


def in_reading_order(
    pieces: Sequence[Piece], tables: Sequence[Table], known: Collection[Place] = frozenset()
) -> list[Block]:
    """Return the blocks of a page as they are read.

    Args:
        pieces: What stands in no table.
        tables: The ruled tables.
        known: Where columns stand on other pages: there, a line or two are columns too.
    """
    items = [_Item(Box(piece.x0, piece.top, piece.x1, piece.y), piece.order, piece) for piece in pieces]
    items += [_Item(table.box, table.order, table) for table in tables]
    size = median(piece.size for piece in pieces) if pieces else 10.0
    return _blocks(items, _Page(size, known), _ACROSS)


def _blocks(items: Sequence[_Item], page: _Page, column: Place) -> list[Block]:
    size = page.size
    rows = _rows(items)
    blocks: list[Block] = []
    place = start = 0
    while place < len(rows):
        gaps = _gaps(rows[place], size * _GUTTER) if len(rows) <= _MOST_ROWS else []
        run = _run(rows, place, gaps, size, start) if gaps else None
        read = _read(rows[run[0] : run[1]], run[2], page) if run else None
        if run and read:
            for row in rows[start : run[0]]:
                _append(blocks, row, column)
            blocks += read[0]
            place = start = run[0] + read[1]
        else:
            place += 1
    for row in rows[start:]:
        _append(blocks, row, column)
    return blocks


def _rows(items: Sequence[_Item]) -> list[_Row]:
    """Return what stands beside each other, from the top to the bottom."""
    rows: list[_Row] = []
    bottom = 0.0
    for item in sorted(items, key=lambda item: (item.box.y0, item.box.x0)):
        if rows and item.box.y0 < bottom - 0.5:
            rows[-1].append(item)
            bottom = max(bottom, item.box.y1)
        else:
            rows.append([item])
            bottom = item.box.y1
    return rows


def _append(blocks: list[Block], row: _Row, column: Place) -> None:
    for item in sorted(row, key=lambda item: item.box.y0):
        last = blocks[-1] if blocks else None
        if isinstance(item.content, Table):
            blocks.append(item.content)
        elif isinstance(last, Flow) and last.column == column:
            last.pieces.append(item.content)
        else:
            blocks.append(Flow([item.content], column))


def _gaps(row: _Row, width: float) -> list[_Gap]:
    """Return where nothing stands between the things of a row."""
    gaps, end = [], None
    for item in sorted(row, key=lambda item: item.box.x0):
        if end is not None and item.box.x0 - end >= width:
            gaps.append((end, item.box.x0))
        end = max(end or item.box.x1, item.box.x1)
    return gaps


def _narrowed(gaps: Sequence[_Gap], row: _Row, width: float) -> list[_Gap]:
    """Return what a row leaves of gaps."""
    for item in row:
        parts = [
            part
            for left, right in gaps
            for part in ((left, min(right, item.box.x0)), (max(left, item.box.x1), right))
            if item.box.x0 < right and item.box.x1 > left
        ]
        gaps = [gap for gap in gaps if not (item.box.x0 < gap[1] and item.box.x1 > gap[0])] + parts
        gaps = sorted({gap for gap in gaps if gap[1] - gap[0] >= width})
    return list(gaps)


def _run(
    rows: Sequence[_Row], place: int, gaps: list[_Gap], size: float, start: int
) -> tuple[int, int, list[_Gap]] | None:
    """Return the rows around one with gaps that the same gaps run through: first, end and the gaps."""
    end = place + 1
    while end < len(rows) and (narrowed := _narrowed(gaps, rows[end], size * _GUTTER)):
        gaps, end = narrowed, end + 1
    first = above = place
    while above > start and len(_narrowed(gaps, rows[above - 1], size * _GUTTER)) == len(gaps):
        above -= 1
        if _is_right(rows[above], rows[first], gaps[0], size) or (
            above == first - 1 and _is_next(rows[above], rows[first], size)
        ):
            first = above
    return first, end, gaps


def _is_right(above: _Row, below: _Row, gap: _Gap, size: float) -> bool:
    """Return whether a row stands on the right alone, not far above columns: one column begins higher."""
    near = _distance(above, below) < size * _HIGHER
    return near and all(item.box.x0 > gap[0] for item in above)


def _is_next(above: _Row, below: _Row, size: float) -> bool:
    """Return whether a row goes on in the one below it: it is no further away than a line, and looks alike."""
    return _distance(above, below) < size * _REGULAR and _looks(above) == _looks(below)


def _distance(above: _Row, below: _Row) -> float:
    return min(item.box.y1 for item in below) - max(item.box.y1 for item in above)


def _looks(row: _Row) -> set[tuple[bool, int]]:
    pieces = [item.content for item in row if isinstance(item.content, Piece)]
    return {(piece.bold, round(piece.size)) for piece in pieces}


def _read(rows: list[_Row], gaps: list[_Gap], page: _Page) -> tuple[list[Block], int] | None:
    """Return the blocks of rows with gaps in them, and how many of the rows they are; none if they are no columns."""
    size = page.size
    for item in (item for row in rows for item in row):
        item.column = sum(gap[0] < (item.box.x0 + item.box.x1) / 2 for gap in gaps)
    rows = _without_tail(rows)
    items = [item for row in rows for item in row]
    parts = _parts(items)
    lines = [sum(item.column == column for item in items) for column in range(len(gaps) + 1)]
    is_flow = min(lines) > (1 if len(parts) == 1 else 2) and len(items) >= _FEWEST_LINES
    is_flow = is_flow or (len(parts) == 1 and _places(gaps, page.known)[-1] in page.known)
    if len(parts) > 1 and (not _is_stacked(parts, size) or _is_line_by_line(parts)):
        parts = _between_gaps(rows, len(gaps) + 1)
    if len(parts) == 1:
        return (_columns(items, gaps, page), len(rows)) if is_flow else None
    if _are_bands(parts, size):
        return [block for part in parts for block in _blocks(part, page, _ACROSS)], len(rows)
    return ([_grid(parts, gaps)], len(rows)) if _is_table(parts, gaps, size) else None


def _without_tail(rows: list[_Row]) -> list[_Row]:
    """Return the rows without those at the end that stand on the left alone and were drawn after all on the right."""
    others = max((item.order for row in rows for item in row if item.column), default=0)
    while rows and all(item.column == 0 and item.order > others for item in rows[-1]):
        rows = rows[:-1]
    return rows


def _parts(items: Sequence[_Item]) -> list[list[_Item]]:
    """Cut things in the order in which they were drawn where that goes back to a column further left."""
    parts: list[list[_Item]] = []
    for item in sorted(items, key=lambda item: item.order):
        if parts and parts[-1][-1].column <= item.column:
            parts[-1].append(item)
        else:
            parts.append([item])
    return parts


def _is_stacked(parts: Sequence[Sequence[_Item]], size: float) -> bool:
    """Return whether each part stands below the one before."""
    return all(
        max(item.box.y1 for item in above) - size / 3 <= min(item.box.y0 for item in below)
        for above, below in pairwise(parts)
    )


def _is_line_by_line(parts: Sequence[Sequence[_Item]]) -> bool:
    """Return whether text was drawn line by line across its columns, so that the order says nothing of them."""
    starts = [item.content.text[:1] for part in parts for item in part if isinstance(item.content, Piece)]
    is_single = sum(max(_lengths(part)) == 1 for part in parts) > len(parts) / 2
    return is_single and sum(start.islower() for start in starts) > len(starts) * _PROSE


def _between_gaps(rows: Sequence[_Row], columns: int) -> list[list[_Item]]:
    """Return the rows of a table by the gaps between them: all that there are in a column run across all columns.

    If others run across one column alone, those are gaps between paragraphs, and all is one part.
    """
    by_column = [
        sorted(item.box.y1 for row in rows for item in row if item.column == column) for column in range(columns)
    ]
    steps = sorted(two - one for lines in by_column for one, two in pairwise(lines))
    usual = steps[len(steps) // 4] if steps else 0.0
    wide = [(one, two) for lines in by_column for one, two in pairwise(lines) if two - one > usual * _WIDER]
    parts: list[list[_Item]] = []
    ends: list[float] = []
    for row in rows:
        bottom = max(item.box.y1 for item in parts[-1]) if parts else 0.0
        lines = min(item.box.y1 for item in row)
        if parts and lines - bottom <= usual * _WIDER:
            parts[-1] += row
        else:
            parts.append(list(row))
            ends.append(bottom)
    shared = sum(any(one <= end < two for end in ends[1:]) for one, two in wide)
    return parts if wide and shared >= len(wide) * _SHARED else [[item for row in rows for item in row]]


def _lengths(part: Sequence[_Item]) -> list[int]:
    """Return how many lines of a part stand in each of its columns."""
    return [sum(item.column == column for item in part) for column in sorted({item.column for item in part})]


def _are_bands(parts: Sequence[Sequence[_Item]], size: float) -> bool:
    """Return whether parts are columns of text above columns of text, not rows of a table."""
    long = [len(_lengths(part)) > 1 and sorted(_lengths(part))[-2] >= _LONG_CELL for part in parts]
    return any(long) and sum(long) >= len(parts) - 1 and not _is_head(parts[0], parts[1], size)


def _is_head(head: Sequence[_Item], below: Sequence[_Item], size: float) -> bool:
    """Return whether a part is the head of a table: a word or two right above each column, at its side or middle."""
    if len(_lengths(head)) < 2 or max(_lengths(head)) > 2 or _distance(list(head), list(below)) > size * _HIGHER:  # noqa: PLR2004
        return False
    sides = [
        {
            column: (min(item.box.x0 for item in found), max(item.box.x1 for item in found))
            for column, found in by_column
        }
        for by_column in (_by_column(head), _by_column(below))
    ]
    return all(
        column in sides[1]
        and (abs(left - sides[1][column][0]) < size / 2 or abs(left + right - sum(sides[1][column])) < size)
        for column, (left, right) in sides[0].items()
    )


def _by_column(part: Sequence[_Item]) -> list[tuple[int, list[_Item]]]:
    return [(column, [item for item in part if item.column == column]) for column in {item.column for item in part}]


def _is_table(parts: Sequence[Sequence[_Item]], gaps: Sequence[_Gap], size: float) -> bool:
    full = [part for part in parts if len(_lengths(part)) > 1]
    last = [item.content.text for part in parts for item in part if item.column and isinstance(item.content, Piece)]
    is_contents = all(map(_NUMBER.fullmatch, last)) and len(gaps) == 1
    starts = [part[0].content.text for part in parts if isinstance(part[0].content, Piece)]
    is_prose = sum(text[:1].islower() for text in starts[1:]) * 2 > len(starts)
    wide = len(full) > 2 or max(right - left for left, right in gaps) >= size * _WIDE_GUTTER  # noqa: PLR2004
    tables = any(isinstance(item.content, Table) for part in parts for item in part)
    return len(full) > 1 and wide and not (is_contents or is_prose or tables)


def _columns(items: Sequence[_Item], gaps: Sequence[_Gap], page: _Page) -> list[Block]:
    columns = [[item for item in items if item.column == column] for column in range(len(gaps) + 1)]
    places = _places(gaps, page.known)
    return [block for inside, place in zip(columns, places, strict=True) for block in _blocks(inside, page, place)]


def _places(gaps: Sequence[_Gap], known: Collection[Place]) -> list[Place]:
    """Return where each column stands, between gaps: as elsewhere, if it is nearly there."""
    count = len(gaps) + 1
    places = []
    for column in range(count):
        place = column + 1, count, round(gaps[max(0, column - 1)][1] / 6)
        near = [one for one in known if one[:2] == place[:2] and abs(one[2] - place[2]) <= _NEAR_PLACE]
        places.append(min(near, default=place))
    return places


def _grid(parts: Sequence[Sequence[_Item]], gaps: Sequence[_Gap]) -> Grid:
    rows = [
        [
            [item.content for item in part if item.column == column and isinstance(item.content, Piece)]
            for column in range(len(gaps) + 1)
        ]
        for part in parts
    ]
    return Grid(rows, [*(gap[0] for gap in gaps), max(item.box.x1 for part in parts for item in part)])
