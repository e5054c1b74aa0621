"""Find the tables of a page of a PDF by their ruled lines, and which words stand in which cell."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from loaders.formats.pdf_page import Box, Page, Word

_NEAR = 3.0
"""Points between lines that count as one: the two of a double border, or those of cells that do not touch."""

_NARROWEST = 6.0
_COVERED = 0.6
_MOST_LINES, _MOST_PARTS = 1500, 4000
"""What has more is a drawing."""

_ALIKE = 0.5
"""Share of their columns that two rows have in common at the least, if one has others than the other."""


@dataclass(slots=True)
class Cell:
    """A cell: its place counted from 1, where it stands, and the words in it."""

    row: int
    column: int
    box: Box
    words: list[Word] = field(default_factory=list)

    def holds(self, x: float, y: float) -> bool:
        """Return whether a point stands in it."""
        return self.box.x0 <= x <= self.box.x1 and self.box.y0 <= y <= self.box.y1


@dataclass(slots=True)
class Table:
    """Cells row by row; whether lines close it above and below, as they need not where a page ends."""

    cells: list[Cell]
    box: Box
    closed_above: bool = True
    closed_below: bool = True

    @property
    def is_grid(self) -> bool:
        """Return whether words stand in two rows and in two columns of it at the least."""
        filled = [cell for cell in self.cells if cell.words]
        return min(len({cell.row for cell in filled}), len({cell.column for cell in filled})) > 1

    @property
    def order(self) -> int:
        """Return when the last of its words was drawn."""
        return max((word.order for cell in self.cells for word in cell.words), default=0)


@dataclass(frozen=True)
class _Line:
    """A level or upright line at `place`, from `start` to `end`."""

    place: float
    start: float
    end: float


def ruled_tables(page: Page) -> tuple[list[Table], list[Word]]:
    """Return the ruled tables of a page, and the words that stand in none."""
    level = _merged(
        _Line((box.y0 + box.y1) / 2, box.x0, box.x1) for box in page.lines if box.x1 - box.x0 > box.y1 - box.y0
    )
    upright = _merged(
        _Line((box.x0 + box.x1) / 2, box.y0, box.y1) for box in page.lines if box.y1 - box.y0 > box.x1 - box.x0
    )
    words, tables = page.words, []
    if len(level) + len(upright) <= _MOST_LINES:
        for group in _connected(level, upright):
            for table in filter(lambda table: table.cells, _tables(*group)):
                inside = [word for word in words if _is_inside(word, table.box)]
                _fill(table, inside)
                if table.is_grid or _is_row(table):
                    tables.append(table)
                    taken = {word.order for word in inside}
                    words = [word for word in words if word.order not in taken]
    return tables, words


def _is_row(table: Table) -> bool:
    """Return whether it is one row of cells: no table, but what stands in one cell is read before the next."""
    filled = [cell for cell in table.cells if cell.words]
    return len({cell.row for cell in filled}) == 1 and len(filled) > 1


def _merged(lines: Iterable[_Line]) -> list[_Line]:
    """Return the lines, those nearly at one place put there, and those that touch made one."""
    by_place: list[list[_Line]] = []
    for line in sorted(lines, key=lambda line: (line.place, line.start, line.end)):
        if by_place and line.place - by_place[-1][-1].place <= _NEAR:
            by_place[-1].append(line)
        else:
            by_place.append([line])
    merged = []
    for group in by_place:
        place = sum(line.place for line in group) / len(group)
        ordered = sorted(group, key=lambda line: (line.start, line.end))
        start, end = ordered[0].start, ordered[0].end
        for line in ordered:
            if line.start > end + _NEAR:
                merged.append(_Line(place, start, end))
                start, end = line.start, line.end
            start, end = min(start, line.start), max(end, line.end)
        merged.append(_Line(place, start, end))
    return merged


def _connected(level: Sequence[_Line], upright: Sequence[_Line]) -> list[tuple[list[_Line], list[_Line]]]:
    """Return the lines that hang together, the group that reaches furthest first."""
    group_of = list(range(len(level) + len(upright)))

    def root(index: int) -> int:
        while group_of[index] != index:
            group_of[index] = group_of[group_of[index]]
            index = group_of[index]
        return index

    for one, line in enumerate(level):
        for two, other in enumerate(upright, len(level)):
            if _meets(line, other) and _meets(other, line):
                group_of[root(two)] = root(one)
    groups: dict[int, tuple[list[_Line], list[_Line]]] = defaultdict(lambda: ([], []))
    for index, line in enumerate((*level, *upright)):
        groups[root(index)][index >= len(level)].append(line)
    found = [group for group in groups.values() if group[0] and len(group[1]) > 1]
    return sorted(found, key=lambda group: -len(group[0]) * len(group[1]))


def _meets(line: _Line, other: _Line) -> bool:
    return line.start - _NEAR <= other.place <= line.end + _NEAR


def _tables(level: Sequence[_Line], upright: Sequence[_Line]) -> list[Table]:
    """Return the tables that lines form: what hangs together but has other columns below is another table."""
    across = _places([line.place for line in upright], [end for line in level for end in (line.start, line.end)])
    down = _places([line.place for line in level], [end for line in upright for end in (line.start, line.end)])
    if len(across) * len(down) > _MOST_PARTS:
        return []
    by_place = _by_place(level), _by_place(upright)
    sides = [
        {column for column in range(1, len(across) - 1) if _covers(by_place[1][across[column]], top, bottom)}
        for top, bottom in pairwise(down)
    ]
    starts = [0, *(row for row in range(1, len(sides)) if _differ(sides[row - 1], sides[row])), len(sides)]
    tables = []
    for first, last in pairwise(starts):
        rows = down[first : last + 1]
        table = Table(_cells(*by_place, across, rows), Box(across[0], rows[0], across[-1], rows[-1]))
        table.closed_above = _covers(by_place[0][rows[0]], across[0], across[-1])
        table.closed_below = _covers(by_place[0][rows[-1]], across[0], across[-1])
        tables.append(table)
    return tables


def _places(lines: Iterable[float], ends: Sequence[float]) -> list[float]:
    """Return where a grid is divided: at its lines, and where it ends if no line is there."""
    places = sorted(set(lines))
    if min(ends) < places[0] - _NEAR:
        places.insert(0, min(ends))
    if max(ends) > places[-1] + _NEAR:
        places.append(max(ends))
    return places


def _by_place(lines: Iterable[_Line]) -> dict[float, list[_Line]]:
    found: dict[float, list[_Line]] = defaultdict(list)
    for line in lines:
        found[line.place].append(line)
    return found


def _differ(above: set[int], below: set[int]) -> bool:
    common = len(above & below)
    return common < len(above) and common < len(below) and common < _ALIKE * len(above | below)


def _covers(lines: Iterable[_Line], start: float, end: float) -> bool:
    """Return whether lines cover most of the way from start to end."""
    return sum(max(0.0, min(end, line.end) - max(start, line.start)) for line in lines) >= _COVERED * (end - start)


def _cells(
    level: dict[float, list[_Line]], upright: dict[float, list[_Line]], across: Sequence[float], down: Sequence[float]
) -> list[Cell]:
    """Return the cells of a grid; parts that no line divides are one cell, and what is too narrow is a border."""
    parts: dict[tuple[int, int], list[Box]] = defaultdict(list)
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row, (top, bottom) in enumerate(pairwise(down)):
        for column, (left, right) in enumerate(pairwise(across)):
            here = row, column
            if column and not _covers(upright[left], top, bottom):
                here = owner[row, column - 1]
            elif row and not _covers(level[top], left, right):
                here = owner[row - 1, column]
            owner[row, column] = here
            parts[here].append(Box(left, top, right, bottom))
    boxes = {
        first: Box(found[0].x0, found[0].y0, max(box.x1 for box in found), max(box.y1 for box in found))
        for first, found in sorted(parts.items())
    }
    boxes = {first: box for first, box in boxes.items() if min(box.x1 - box.x0, box.y1 - box.y0) >= _NARROWEST}
    rows = {row: n for n, row in enumerate(sorted({row for row, _ in boxes}), 1)}
    columns = {column: n for n, column in enumerate(sorted({column for _, column in boxes}), 1)}
    return [Cell(rows[row], columns[column], box) for (row, column), box in boxes.items()]


def _is_inside(word: Word, box: Box) -> bool:
    return box.x0 <= (word.x0 + word.x1) / 2 <= box.x1 and box.y0 <= word.y - word.size * 0.3 <= box.y1


def _fill(table: Table, words: Iterable[Word]) -> None:
    """Put words into the cells that they stand in, or nearest to."""
    tops = sorted({cell.box.y0 for cell in table.cells})
    by_top = {top: [cell for cell in table.cells if cell.box.y0 <= top < cell.box.y1] for top in tops}
    for word in words:
        x, y = (word.x0 + word.x1) / 2, word.y - word.size * 0.3
        row = by_top[tops[max(0, bisect_right(tops, y) - 1)]]
        cell = min(row, key=lambda cell: max(cell.box.x0 - x, x - cell.box.x1, cell.box.y0 - y, y - cell.box.y1))
        cell.words.append(word)
