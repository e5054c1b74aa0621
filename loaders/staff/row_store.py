"""Keep the rows of an export on disk while they are checked, in a private database that vanishes with the process.

SQLite unlinks the file of a database without a name as soon as it is made, so a load that is killed leaves nothing.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from graph.days import LAST_DAY, today
from graph.errors import StoreError
from graph.rows import Row
from graph.staff_nodes import SheetCount
from loaders.staff.faults import Fault, Origin, Problem, Unmatched
from loaders.staff.schema import Sheet
from loaders.staff.sheets import SHEETS
from loaders.staff.sheets import sheet as declared

Values = tuple[object, ...]

_SETTINGS = ("journal_mode=OFF", "synchronous=OFF", "temp_store=FILE", "cache_size=-32768")
_TABLES = """
CREATE TABLE fault (sheet INTEGER, row INTEGER, place INTEGER, named TEXT, value TEXT, expected TEXT, advice TEXT,
  kind TEXT, root INTEGER);
CREATE INDEX fault_row ON fault (sheet, row, place);
CREATE INDEX fault_root ON fault (root);
CREATE TABLE left_out (sheet INTEGER, id TEXT, row INTEGER, PRIMARY KEY (sheet, id, row)) WITHOUT ROWID;
CREATE TABLE unsure (sheet INTEGER, row INTEGER, named TEXT, value TEXT, iso TEXT, other TEXT);
CREATE TABLE scale (requirement TEXT PRIMARY KEY, top INTEGER) WITHOUT ROWID;
CREATE TABLE person (id TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_FOUND = "SELECT sheet, row, named, value, expected, advice, kind FROM fault ORDER BY sheet, row, place, rowid"
_UNMATCHED = """SELECT sheet, min(row), named, value, '', min(advice), count(*) FROM fault WHERE kind = 'name'
GROUP BY sheet, named, value ORDER BY sheet, named, count(*) DESC, value LIMIT ?"""
_GROUPS = """SELECT sheet, row, named, value, expected, advice, kind, others, follow, words FROM (
  SELECT min(rowid) AS first, count(*) - 1 AS others, group_concat(DISTINCT substr(value, 1, 20)) AS words,
    sum((SELECT count(*) FROM fault f WHERE f.root = fault.rowid)) AS follow
  FROM fault WHERE root IS NULL AND kind <> 'name' GROUP BY sheet, row >> 44, named, kind, CASE
    WHEN kind IN ('cell', 'reference', 'left out', 'row') THEN substr(expected, 1, instr(expected || ';', ';')) END
) g JOIN fault ON fault.rowid = g.first ORDER BY sheet, row, place, fault.rowid"""
_FOLLOWING = "SELECT count(*) FROM fault WHERE root IS NOT NULL"
_TABLE = 'CREATE TABLE "{table}" (row INTEGER PRIMARY KEY, {values})'
_FAULTY = "row IN (SELECT row FROM fault WHERE sheet = {number})"
_LEAVE_OUT = 'INSERT OR IGNORE INTO left_out SELECT {number}, "{id}", row FROM "{table}" WHERE "{id}" IS NOT NULL AND '
_LEAVE_OUT += _FAULTY
_TAKE_OUT = f'DELETE FROM "{{table}}" WHERE {_FAULTY}'  # noqa: S608 -- parts are declared
_MAY_LAST = f'SELECT count(*) FROM "holdings" WHERE coalesce(expires, ?) >= ? AND {_FAULTY}'  # noqa: S608 -- as above
_COUNT = """SELECT (SELECT count(*) FROM "{table}"),
  (SELECT count(DISTINCT row) FROM fault WHERE sheet = {number})"""
_ROWS = 'SELECT {values} FROM "{table}" ORDER BY {key}'
_OF_COURSES = """SELECT (SELECT c.requirement FROM courses c WHERE c.course_id = t.course_id), {others}
FROM "{table}" t ORDER BY {key}"""
_LONGEST = 200
_PARTS_FROM, _TABLES_FROM = 32, 44
"""Bits of the number of a row from which the part of a row of the file stands, and which of the files it is."""
NUMBERS = {sheet.name: number for number, sheet in enumerate(SHEETS)}
"""The number of each sheet, in the order of all."""


class Faults(Sequence[Fault]):
    """All faults by sheet, row and column, read from disk as they are asked for."""

    def __init__(self, store: RowStore) -> None:
        self._store = store

    def __len__(self) -> int:
        [(count,)] = self._store.run("SELECT count(*) FROM fault")
        return int(count)

    def __iter__(self) -> Iterator[Fault]:
        return map(self._store.fault, self._store.run(_FOUND))

    def __getitem__(self, place: int | slice) -> Fault | list[Fault]:  # type: ignore[override]
        if isinstance(place, slice):
            start, stop, step = place.indices(len(self))
            rows = self._store.run(f"{_FOUND} LIMIT ? OFFSET ?", values=(max(stop - start, 0), start))
            return [self._store.fault(row) for row in rows][::step]
        faults = self[place : place + 1 or None]
        if not isinstance(faults, list) or not faults:
            raise IndexError(place)
        return faults[0]


class RowStore:
    """The rows of every sheet, their faults, and what is left out because of them; `origins` are by sheet."""

    def __init__(self, origins: Mapping[str, Sequence[Origin]] | None = None) -> None:
        self._origins = origins or {}
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for setting in _SETTINGS:
            self._database.execute(f"PRAGMA {setting}")
        self._database.executescript(_TABLES)
        self.rows_read = {sheet.name: 0 for sheet in SHEETS}
        self.lasting = 0
        """Holdings left out for a fault that count today, or may: what their end is nobody can tell."""
        for sheet in SHEETS:
            self.run(_TABLE, {"table": sheet.name, "values": quoted(sheet.values)})
        self._database.execute("BEGIN")

    def close(self) -> None:
        """Give the disk back."""
        self._database.close()

    def run(
        self, statement: str, parts: Mapping[str, object] | None = None, values: Sequence[object] = ()
    ) -> sqlite3.Cursor:
        """Run a statement; each {name} in it stands for a part, which comes from the declarations, never from a file.

        Raises StoreError where there is no room left.
        """
        try:
            return self._database.execute(statement.format_map(parts) if parts else statement, values)
        except sqlite3.OperationalError as error:
            raise _no_room(error) from error

    def add_rows(self, sheet: Sheet, rows: Iterable[Values]) -> None:
        """Add rows: the number and the values."""
        self._add(f'"{sheet.name}"', 1 + len(sheet.values), rows)

    def add_faults(self, sheet: Sheet, faults: Iterable[tuple[int, str, str, Problem]]) -> None:
        """Add faults: the row, the columns, what stands there and what is wrong."""
        number = NUMBERS[sheet.name]
        rows = (
            (number, row, sheet.place(named), named, _short(value), problem.expected, problem.advice, problem.kind)
            for row, named, value, problem in faults
        )
        self._add("fault (sheet, row, place, named, value, expected, advice, kind)", 8, rows)

    def add_ambiguous_days(self, sheet: Sheet, days: Iterable[tuple[int, str, str, str, str]]) -> None:
        """Add days that can be read two ways: the row, the column, the text and both days."""
        number = NUMBERS[sheet.name]
        self._add("unsure", 6, ((number, *one) for one in days))

    def add_scales(self, scales: Mapping[str, int | None]) -> None:
        """Add the highest level of each requirement."""
        self._add("scale", 2, scales.items())

    def add_people(self, ids: Iterable[str]) -> None:
        """Add the ids of the people that the graph has."""
        self._add("person", 1, ((one,) for one in ids))

    def _add(self, table: str, width: int, rows: Iterable[Values]) -> None:
        marks = ", ".join("?" * width)
        try:
            self._database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 -- declared
        except sqlite3.OperationalError as error:
            raise _no_room(error) from error

    def drop_faulty_rows(self, sheet: Sheet) -> int:
        """Remove the rows of a sheet that have a fault so far, and return how many they were."""
        parts = {"table": sheet.name, "number": NUMBERS[sheet.name], "id": sheet.identifier}
        if sheet.identifier:
            self.run(_LEAVE_OUT, parts)
        if sheet.name == "holdings":
            [(lasting,)] = self.run(_MAY_LAST, parts, (LAST_DAY, today()))
            self.lasting += int(lasting)
        return self.run(_TAKE_OUT, parts).rowcount

    def rows(self, name: str) -> Iterator[Row]:
        """Yield the rows of a sheet by the names of its values; that of a course is its requirement elsewhere."""
        sheet = declared(name)
        names, parts = sheet.values, {"table": name, "values": quoted(sheet.values), "key": quoted(sheet.key)}
        of_courses = sheet.columns[0].points_to == "courses"
        parts["others"] = quoted(names[1:])
        return (dict(zip(names, row, strict=True)) for row in self.run(_OF_COURSES if of_courses else _ROWS, parts))

    def counts(self) -> dict[str, SheetCount]:
        """Return the rows of each sheet."""
        counts = {}
        for sheet in SHEETS:
            [(taken, skipped)] = self.run(_COUNT, {"table": sheet.name, "number": NUMBERS[sheet.name]})
            counts[sheet.name] = SheetCount(self.rows_read[sheet.name], int(taken), int(skipped))
        return counts

    def fault(self, row: Values) -> Fault:
        """Return a fault as its row of the table says it."""
        number, at, column, *rest = row
        sheet, row_id, name = SHEETS[int(str(number))].name, int(str(at)), str(column)
        origins = self._origins.get(sheet, ())
        origin = origins[row_id >> _TABLES_FROM] if origins else Origin()
        header, part = origin.headers.get(name, ""), (row_id % (1 << _TABLES_FROM)) >> _PARTS_FROM
        if origin.courses and name != "person_id":
            header = origin.courses[part]
        value, expected, advice, kind, *more = rest
        number_of_row = row_id % (1 << _PARTS_FROM)
        words = (str(value), str(expected), str(advice), str(kind))
        fault = Fault(sheet, number_of_row, name, *words, place=origin.place, header=header)
        if not more:
            return fault
        others, follow, same = more
        return replace(fault, others=int(str(others)), follow=int(str(follow or 0)), words=str(same or ""))

    def fault_groups(self) -> Iterator[Fault]:
        """Yield the first fault of each kind in one column, with how many others there are; unknown names apart."""
        return map(self.fault, self.run(_GROUPS))

    def following(self) -> int:
        """Return how many faults follow from others."""
        [(count,)] = self.run(_FOLLOWING)
        return int(count)

    def unmatched(self, most: int | None = None) -> list[Unmatched]:
        """Return the names of ranks, roles and requirements that mean nothing here, or several things.

        They come by sheet and column, those of most rows first; `most` is how many at most.
        """
        return [
            Unmatched(one.sheet, one.column, one.value, int(str(rows)), one.advice, one.row, one.place)
            for *row, rows in self.run(_UNMATCHED, values=(-1 if most is None else most,))
            for one in (self.fault((*row, "name")),)
        ]


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"


def quoted(names: Iterable[str]) -> str:
    """Return names of columns as a statement lists them: from and to are words of SQL."""
    return ", ".join(f'"{name}"' for name in names)


def _no_room(error: sqlite3.OperationalError) -> StoreError:
    folder = tempfile.gettempdir()
    return StoreError(folder, f"rows cannot be kept there while they are checked ({error}); make room, or set TMPDIR")
