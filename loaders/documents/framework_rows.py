"""Read the rows of a table of roles and skills as its mapping says, with every fault and all that is left out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from graph.errors import DocumentError
from loaders.documents.framework_mapping import REQUIRED, Column, FrameworkMapping
from loaders.formats.table import Row, Table, folded
from loaders.profile import Statement
from loaders.yaml_lines import near_name

NECESSITIES = {"": "essential", "essential": "essential", "desirable": "desirable"}

_HEADERS = 10
_MOST_RANGES = 20
_BROKEN = re.compile(r"=.*|#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|#+)")
_NUMBER = re.compile(r"(?:level\s*)?(?P<number>[1-9]\d?)", re.IGNORECASE)
_SAID: tuple[Column, ...] = ("skill", "level", "necessity", "description")


@dataclass(frozen=True)
class FrameworkRow:
    """One row; a cell is empty where the table has no such column."""

    lines: tuple[int, int]
    cells: Mapping[Column, str]
    level: int | None

    def cell(self, column: Column) -> str:
        """Return what stands in a column of ours."""
        return self.cells.get(column, "")

    @property
    def text(self) -> str:
        """Return the cells that say what is asked for, as printed."""
        return " | ".join(self.cell(name) for name in _SAID if self.cell(name))


@dataclass
class FrameworkRows:
    """The rows that count, those that the mapping leaves out, and what is wrong: one fault for rows with the same."""

    table: Table
    rows: list[FrameworkRow] = field(default_factory=list)
    ignored: list[Statement] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    wrong: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)
    faulty: set[int] = field(default_factory=set)
    problems: list[DocumentError] = field(default_factory=list)

    def fault(self, row: Row, actual: str, expected: str, advice: str) -> None:
        """Keep what is wrong with a row."""
        self.faulty.add(row.lines[0])
        self.wrong.setdefault((actual, expected, advice), []).append(row.lines[0])

    def faults(self) -> Iterator[DocumentError]:
        """Yield all that is wrong, by its first line."""
        yield from self.problems
        for (actual, expected, advice), lines in self.wrong.items():
            beside = f", in {len(lines)} rows" if len(lines) > 1 else ""
            yield DocumentError(self.table.name, f"{actual}{beside}", expected, advice, line=lines[0])


def read_rows(table: Table, mapping: FrameworkMapping, file: str) -> FrameworkRows:
    """Return the rows of a table; `file` is the name of the mapping."""
    found = FrameworkRows(table, notes=list(table.notes))
    places, first = _header(table, mapping)
    header = table.rows[first] if table.rows else Row((1, 1), ())
    found.problems += _missing(table.name, header, mapping, places, file)
    if found.problems:
        return found
    if others := [cell for place, cell in enumerate(header.cells) if cell and place not in places.values()]:
        found.notes.append(f"columns that the mapping does not name are not read: {', '.join(others)}")
    ignore = {column: set(map(folded, words)) for column, words in mapping.ignore.items()}
    for row in table.rows[first + 1 :]:
        cells = {column: row.cells[at] if at < len(row.cells) else "" for column, at in places.items()}
        left_out = [cells.get(column, "") for column, words in ignore.items() if folded(cells.get(column, "")) in words]
        if left_out:
            found.ignored.append(Statement(text=" | ".join(filter(None, cells.values())), lines=row.lines))
        else:
            _read(found, row, cells, mapping)
    _tell(found)
    return found


def _header(table: Table, mapping: FrameworkMapping) -> tuple[dict[Column, int], int]:
    """Return where our columns stand in the header, and which row that is: the one of the first that has most."""
    best: tuple[dict[Column, int], int] = ({}, 0)
    for number, row in enumerate(table.rows[:_HEADERS]):
        names = list(map(folded, row.cells))
        wanted = {column: folded(line.text) for column, line in mapping.columns.items()}
        places = {column: names.index(name) for column, name in wanted.items() if names.count(name) == 1}
        best = (places, number) if len(places) > len(best[0]) else best
    return best


def _missing(
    name: str, header: Row, mapping: FrameworkMapping, places: Mapping[Column, int], file: str
) -> Iterator[DocumentError]:
    there = [cell for cell in header.cells if cell]
    expected = f"one of the columns of {name}:{header.lines[0]}, each there once: {', '.join(there) or 'none'}"
    for column, line in mapping.columns.items():
        is_own = "columns" not in mapping.model_fields_set
        if column not in places and (not is_own or column in REQUIRED):
            advice = near_name(line.text, there, "name the column that holds it")
            place = None if is_own else line.lines[0]
            yield DocumentError(file, f"the column {line.text!r} for {column}", expected, advice, line=place)


def _read(found: FrameworkRows, row: Row, cells: Mapping[Column, str], mapping: FrameworkMapping) -> None:
    for column, cell in cells.items():
        if _BROKEN.fullmatch(cell):
            found.fault(row, f"{column}: {cell!r}", "words, or nothing", "put there what the formula should give")
        elif column in REQUIRED and not cell:
            advice = "fill it in, or leave such rows out with `ignore` in the mapping"
            found.fault(row, f"no {column}", f"a {column} in each row", advice)
    if folded(cells.get("necessity", "")) not in NECESSITIES:
        actual = f"necessity: {cells.get('necessity')!r}"
        found.fault(row, actual, "essential, desirable or nothing", "write one of the two, or take the column out")
    level = _level(found, row, cells.get("level", ""), mapping)
    if row.lines[0] not in found.faulty:
        found.rows.append(FrameworkRow(row.lines, cells, level))


def _level(found: FrameworkRows, row: Row, cell: str, mapping: FrameworkMapping) -> int | None:
    scale, words = mapping.scale, [level.text for level in mapping.levels]
    number = _NUMBER.fullmatch(cell)
    word = number["number"] if number else folded(cell)
    if not cell or word in scale:
        return scale[word] if cell else None
    if number and not scale:
        return int(word)
    expected = f"one of {', '.join(words)}" if words else "a number from 1, or `levels` in the mapping"
    advice = near_name(cell, words, "add it to `levels` in its place, or to `ignore: {level: [...]}`, in the mapping")
    found.fault(row, f"level: {cell!r}", expected, advice)
    return None


def _tell(found: FrameworkRows) -> None:
    if found.ignored:
        at = ranges(one.lines for one in found.ignored)
        found.notes.append(f"{len(found.ignored)} row(s) left out, as `ignore` of the mapping says: lines {at}")
    if unlevelled := [row.lines for row in found.rows if row.level is None and "level" in row.cells]:
        at = ranges(unlevelled)
        found.notes.append(f"{len(unlevelled)} row(s) without a level, loaded without one: lines {at}")
    by_place: defaultdict[tuple[str, ...], list[FrameworkRow]] = defaultdict(list)
    for row in found.rows:
        by_place[tuple(folded(row.cell(column)) for column in ("role", "role_level", "skill"))].append(row)
    for rows in by_place.values():
        if len({row.level for row in rows}) > 1:
            asked = f"{rows[0].cell('role_level') or rows[0].cell('role')} asks for {rows[0].cell('skill')}"
            found.notes.append(f"{asked} at several levels: lines {ranges(row.lines for row in rows)}")


def ranges(lines: Iterable[tuple[int, int]]) -> str:
    """Return lines in few words, those that follow each other as one range.

    >>> ranges([(2, 4), (5, 5), (9, 9)])
    '2-5, 9'
    """
    joined: list[tuple[int, int]] = []
    for first, last in lines:
        if joined and joined[-1][1] + 1 == first:
            joined[-1] = joined[-1][0], last
        else:
            joined.append((first, last))
    words = [str(first) if first == last else f"{first}-{last}" for first, last in joined[:_MOST_RANGES]]
    more = len(joined) - len(words)
    return ", ".join(words) + (f" and {more} more" if more else "")
