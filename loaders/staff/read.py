"""Read an export of staff: every row checked, the good ones ready to be written, the others told with their fault."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from graph.staff_nodes import StaffNames, StaffRows
from loaders.staff.cross_checks import check
from loaders.staff.faults import Unmatched
from loaders.staff.files import Source, Table, find
from loaders.staff.mapping import mapped
from loaders.staff.name_register import Register
from loaders.staff.row_store import Faults, Spool
from loaders.staff.rows import Taker
from loaders.staff.sheets import SHEETS

STEPS = 100
"""Steps that reading is told in; checking has one a sheet."""

_FIRST = ("requirements", "courses")
"""Read before the others, because these name what stands in them."""

_MOST_WORDS = 20

Progress = Callable[[str, int], None]


class Staff(StaffRows):
    """An export that was read: its good rows and its faults stand on disk until it is closed.

    `faults` is empty where every row is good. `counts` has every sheet, also those that the export has not.
    """

    def __init__(self, source: Source, spool: Spool, notes: tuple[str, ...]) -> None:
        super().__init__(sorted(source.files), source.sha256, tuple(source.tables), spool.counts(), spool.rows)
        self.faults, self.tables, self.notes = Faults(spool), source.tables, notes
        self._spool = spool
        self._close = weakref.finalize(self, _close, source, spool)

    def unmatched(self, most: int | None = None) -> list[Unmatched]:
        """Return the names of ranks, roles and requirements that mean nothing here, or several things.

        They come by sheet and column, those of most rows first; `most` is how many at most.
        """
        return self._spool.unmatched(most)

    def close(self) -> None:
        """Give the disk back."""
        self._close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _close(source: Source, spool: Spool) -> None:
    spool.close()
    source.close()


def read(
    source: Path,
    names: StaffNames,
    *,
    mapping: Path | None = None,
    dates: Literal["uk"] | None = None,
    on_row: Progress | None = None,
) -> Staff:
    """Return what the files of an export say, with every fault in them.

    Args:
        source: A folder of CSV files, or an XLSX workbook.
        names: Finds ranks, roles and requirements in the graph.
        mapping: A YAML file that says what another system calls our sheets and columns.
        dates: uk where a day such as 03/04/2026 has the day first.
        on_row: Told of each step of a task and how many the task has: "reading" `STEPS`, "checking" one a sheet.

    Raises DocumentErrors for files, sheets and columns that are missing or cannot be read.
    """
    found, spool = find(Path(source), mapped(mapping)), Spool()
    try:
        register, steps = Register(names), _Steps(found, on_row)
        takers = [
            Taker(found.tables[name], spool, register, day_first=dates == "uk")
            for name in (*_FIRST, *(one.name for one in SHEETS if one.name not in _FIRST))
            if name in found.tables
        ]
        for taker in takers:
            taker.take(steps.within(taker.table))
        steps.done()
        days = {taker.sheet.name: taker.days for taker in takers}
        for _ in check(spool, days, register.scales):
            steps.checked()
        return Staff(found, spool, _notes(found, takers, register))
    except BaseException:
        _close(found, spool)
        raise


def _notes(found: Source, takers: list[Taker], register: Register) -> tuple[str, ...]:
    order = [
        f"{taker.sheet.name}, {named}: days such as {days.both} are read with the day first, as {days.uk} shows"
        for taker in takers
        for named, days in taker.days.items()
        if days.both and days.proven
    ]
    basis = [
        f"{taker.sheet.name}, rank: {', '.join(sorted(taker.on_basis)[:5])} and the like name the rank of the post; "
        "on what basis somebody is in it stands in occupancies"
        for taker in takers
        if taker.on_basis
    ]
    empty = [
        f"{taker.table.place}: no rows"
        for taker in takers
        if taker.sheet.required and not taker.spool.read[taker.sheet.name]
    ]
    left_out = [
        f"{taker.table.place}: {taker.left_out.total()} rows left out, as the mapping says: "
        + ", ".join(f"{word} ({rows})" for word, rows in sorted(taker.left_out.items())[:_MOST_WORDS])
        + (" ..." if len(taker.left_out) > _MOST_WORDS else "")
        for taker in takers
        if taker.left_out
    ]
    return (*found.notes, *left_out, *empty, *order, *basis, *register.notes, *dict.fromkeys(register.names.notes()))


class _Steps:
    """Says how far the reading is, in hundredths of all that there is to read."""

    def __init__(self, source: Source, told: Progress | None) -> None:
        self._told = told
        self._total = sum(table.size for table in source.tables.values()) or 1
        self._before, self._done = 0, 0

    def within(self, table: Table) -> Callable[[int], None]:
        """Return what is told how far one table is."""
        before, self._before = self._before, self._before + table.size
        return lambda read: self._reach((before + min(read, table.size)) * STEPS // self._total)

    def done(self) -> None:
        """Say that all is read."""
        self._reach(STEPS)

    def checked(self) -> None:
        """Say that one more sheet is checked."""
        if self._told:
            self._told("checking", len(SHEETS))

    def _reach(self, step: int) -> None:
        while self._told and self._done < step:
            self._told("reading", STEPS)
            self._done += 1
