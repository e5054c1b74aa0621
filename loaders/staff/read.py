"""Read an export of staff: every row is checked; good ones are ready to be written, and each fault has its place."""

from __future__ import annotations

import json
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from graph.staff_nodes import StaffNames, StaffRows
from loaders.staff.cross_checks import check, notes_on_leavers, notes_on_posts
from loaders.staff.dates import Days, Order
from loaders.staff.faults import Origin
from loaders.staff.files import Source, Table, find
from loaders.staff.mapping import SHEET, read_mapping
from loaders.staff.name_register import NameRegister
from loaders.staff.near_names import notes_on_unrecorded
from loaders.staff.only_temporary import notes_on_temporary
from loaders.staff.row_store import Faults, RowStore
from loaders.staff.rows import SheetReader
from loaders.staff.rules import ask_by_rules
from loaders.staff.schema import folded
from loaders.staff.sheets import SHEETS

STEPS = 100
"""Steps of progress in reading; checking has one a sheet."""

_FIRST = ("requirements", "courses", "roles")
"""Read before the others, because these name what stands in them."""

_MOST_WORDS = 8

Progress = Callable[[str, int], None]


class Staff(StaffRows):
    """An export that was read: its good rows and its faults stand on disk until it is closed.

    `faults` is empty where every row is good. `counts` has every sheet, also those that the export has not.
    """

    def __init__(self, source: Source, store: RowStore, notes: tuple[str, ...]) -> None:
        sheets = {*source.tables, *(["post_requirements"] if "rules" in source.tables else [])}
        counted = sorted({name for table in source.parts for name in table.header.counted})
        super().__init__(
            sorted(source.files), source.sha256, sheets, store.counts(), store.rows, counted, store.lasting
        )
        self.faults, self.tables, self.parts, self.notes = Faults(store), source.tables, source.parts, notes
        self.unmatched, self.fault_groups, self.following = store.unmatched, store.fault_groups, store.following
        self._close = weakref.finalize(self, _close, source, store)

    def close(self) -> None:
        """Give the disk back."""
        self._close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _close(source: Source, store: RowStore) -> None:
    store.close()
    source.close()


def read(
    sources: Path | Sequence[Path],
    names: StaffNames,
    *,
    mapping: Path | None = None,
    dates: Order = None,
    on_row: Progress | None = None,
) -> Staff:
    """Return what the files of an export say, with every fault in them.

    Args:
        sources: Folders of CSV files, XLSX workbooks and CSV files.
        names: Finds ranks, roles and requirements in the graph.
        mapping: A YAML file that says what another system calls our sheets and columns.
        dates: What stands first in a day such as 03/04/2026, where the mapping does not say it.
        on_row: Called for each step with its task and the steps of that: "reading" has `STEPS`, "checking" one a sheet.

    Raises DocumentErrors for files, sheets and columns that are missing or cannot be read.
    """
    paths = [Path(sources)] if isinstance(sources, str | Path) else [*map(Path, sources)]
    export = find(paths, read_mapping(mapping))
    store = RowStore(_origins(export))
    try:
        register, steps = NameRegister(names), _Steps(export, on_row)
        above = {table.sheet.name: set[tuple[str, ...]]() for table in export.parts if table.mapping.unless_above}
        readers = [
            SheetReader(table, store, register, order=dates, place=place, above=above.get(name))
            for name in (*_FIRST, *(one.name for one in SHEETS if one.name not in _FIRST))
            for place, table in enumerate(one for one in export.parts if one.sheet.name == name)
        ]
        for reader in readers:
            reader.read_rows(steps.within(reader.table))
        steps.finish_reading()
        checked = check(store, [(one.sheet.name, one.readers) for one in readers], register.scales, names.people)
        steps.count_checked(checked)
        asked = (*notes_on_leavers(store), *notes_on_posts(store), *ask_by_rules(store))
        return Staff(export, store, (*_notes(export, readers, register), *asked, *notes_on_unrecorded(store, register)))
    except BaseException:
        _close(export, store)
        raise


def _origins(export: Source) -> dict[str, list[Origin]]:
    """Return what the files call sheets and columns, where a mapping gives it."""
    origins: dict[str, list[Origin]] = {}
    for table in export.parts:
        header, place = table.header, table.place if table.mapping.is_of_others else ""
        written = (*(one.strip() for one in header.written), SHEET)
        headers = {ours: " + ".join(written[one] for one in parts) for ours, parts in header.parts.items()}
        courses = [header.written[one] for one in header.courses]
        named = {ours: theirs for ours, theirs in headers.items() if theirs != ours and place}
        origins.setdefault(table.sheet.name, []).append(Origin(place, named, courses))
    return origins


def _notes(export: Source, readers: list[SheetReader], register: NameRegister) -> tuple[str, ...]:
    left_out, mended, empty = list[str](), list[str](), list[str]()
    for reader in readers:
        place = reader.table.place
        whys = ((reader.left_out, "left out, as the mapping says"), (reader.no_rows, "left out"))
        for rows, why in whys:
            words = folded([f"{word} ({count})" for word, count in sorted(rows.items())], _MOST_WORDS)
            left_out += [f"{place}: {rows.total()} row(s) of {reader.sheet.name} {why}: {words}"] * bool(rows)
        for column, new, words in reader.table.header.unexplained(reader.left_out if reader.sheet.outcomes else ()):
            cure = f"{reader.sheet.name}: {{skip: {{{json.dumps(column, ensure_ascii=False)}: {words}}}}}"
            advice = f"add what counts to it, and what does not here: `{cure}`"
            left_out.append(f"{place}: {column} {', '.join(new)}: left out, for `only` does not name it; {advice}")
        if count := reader.table.mended["rows"]:
            mended.append(f"{place}: {count} row(s) had signs that nobody sees, which are taken out")
        if reader.sheet.required and not reader.store.rows_read[reader.sheet.name]:
            empty.append(f"{place}: no rows")
    columns, own = _notes_on_columns(readers), (*register.notes, *register.names.notes())
    temporary = {word for reader in readers for word in reader.temporary_words}
    own = (*own, *notes_on_temporary(readers[0].store, sorted(temporary)))
    return tuple(dict.fromkeys((*export.notes, *left_out, *mended, *empty, *columns, *own)))


def _notes_on_columns(readers: list[SheetReader]) -> Iterator[str]:
    """Yield how days are read that could be read otherwise, and what ranks of posts do not say."""
    for reader in readers:
        for named, days in reader.readers.items():
            where = f"{reader.sheet.name}, {named}"
            if isinstance(days, Days) and days.both and days.proven:
                yield f"{where}: days such as {days.both} are read with the day first, as {days.uk} shows"
            if isinstance(days, Days) and days.month:
                which = "last" if days.ends else "first"
                yield f"{where}: months without a day such as {days.month} are read as their {which} day"
            if isinstance(days, Days) and days.serial:
                yield f"{where}: numbers such as {days.serial} are read as the days they stand for"
    for reader in readers:
        if reader.ranks_on_basis:
            yield (
                f"{reader.sheet.name}, rank: {', '.join(sorted(reader.ranks_on_basis)[:5])} and the like name the rank "
                "of the post; on what basis somebody is in it stands in occupancies"
            )


class _Steps:
    """Counts how far reading is, in hundredths of all that there is to read, and calls `on_step` for each."""

    def __init__(self, source: Source, on_step: Progress | None) -> None:
        self._on_step = on_step
        self._total = sum(table.size for table in source.parts) or 1
        self._before, self._done = 0, 0

    def within(self, table: Table) -> Callable[[int], None]:
        """Return a function that takes how far the next table is read."""
        before, self._before = self._before, self._before + table.size
        return lambda read: self._reach((before + min(read, table.size)) * STEPS // self._total)

    def finish_reading(self) -> None:
        """Count all as read."""
        self._reach(STEPS)

    def count_checked(self, sheets: Iterable[str]) -> None:
        """Count each sheet as checked."""
        for _ in sheets:
            if self._on_step:
                self._on_step("checking", len(SHEETS))

    def _reach(self, step: int) -> None:
        while self._on_step and self._done < step:
            self._on_step("reading", STEPS)
            self._done += 1
