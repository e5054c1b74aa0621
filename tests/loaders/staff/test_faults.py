"""Every fault that is planted in an export is named with its place, and nothing else is."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import pytest

from graph.errors import RankgraphError
from graph.rows import Row
from graph.staff_nodes import SheetCount
from loaders.staff.read import Staff, read
from loaders.staff.sheets import SHEETS
from tests.builders.staff_export import Export, KnownNames, export, write_csv, write_workbook
from tests.builders.staff_plants import PLANTS, Planted, Planter

Place = tuple[str, int, str, str]

SETS = 1000
AS_WORKBOOK = 40
"""One in so many sets is read as a workbook too, and compared with what is left when the faulty rows are taken out."""


def found(staff: Staff) -> Counter[Place]:
    """Return the faults that were found."""
    return Counter((fault.sheet, fault.row, fault.column, fault.kind) for fault in staff.faults)


def expected(rows: Export, planted: Iterable[Planted]) -> Counter[Place]:
    """Return the faults that must be found, with the row numbers that a spreadsheet shows."""
    numbers = {id(row): number for found in rows.values() for number, row in enumerate(found, 2)}
    return Counter((one.sheet, max(numbers[id(row)] for row in one.rows), one.column, one.kind) for one in planted)


def faulty(seed: int, *plants: int) -> tuple[Export, Counter[Place]]:
    """Return an export with some faults in it, its rows in any order, and what must be found."""
    chance = random.Random(seed)  # noqa: S311 -- not for secrets
    planter = Planter(export(), chance)
    chosen = plants or chance.choices(range(len(PLANTS)), k=chance.randint(2, 6))
    for one in chosen:
        PLANTS[one](planter)
    for rows in planter.rows.values():
        chance.shuffle(rows)
    return planter.rows, expected(planter.rows, planter.planted)


def everything(staff: Staff) -> dict[str, list[Row]]:
    """Return all rows that were taken."""
    return {sheet.name: list(staff.rows(sheet.name)) for sheet in SHEETS}


@pytest.mark.parametrize("plant", range(len(PLANTS)), ids=lambda plant: PLANTS[plant].__name__.strip("_"))
def test_each_fault_alone_is_named_with_its_place(plant: int, tmp_path: Path) -> None:
    """Whatever the place it falls on, the fault is found there and nowhere else."""
    for seed in range(12):
        rows, places = faulty(seed, plant)
        with read(write_csv(rows, tmp_path / str(seed)), KnownNames()) as staff:
            assert places == found(staff)


def test_a_thousand_faulty_exports_are_told_wholly_and_add_up(tmp_path: Path) -> None:
    """Every planted fault is found and nothing else, and the rows read are those taken and those skipped."""
    wrong = {}
    for seed in range(SETS - 12 * len(PLANTS)):
        rows, places = faulty(1000 + seed)
        with read(write_csv(rows, tmp_path), KnownNames()) as staff:
            if found(staff) != places or dict(staff.counts) != counts(rows, places):
                wrong[seed] = (found(staff) - places, places - found(staff))
    assert {} == wrong


def counts(rows: Export, places: Iterable[Place]) -> dict[str, SheetCount]:
    """Return the counts that a set must have."""
    skipped = Counter(sheet for sheet, _ in {place[:2] for place in places})
    return {name: SheetCount(len(found), len(found) - skipped[name], skipped[name]) for name, found in rows.items()}


@pytest.mark.parametrize("seed", range(0, SETS, AS_WORKBOOK))
def test_a_workbook_is_read_as_the_csv_files_are(seed: int, tmp_path: Path) -> None:
    """Faults and rows are the same in both."""
    rows, places = faulty(seed)
    with (
        read(write_csv(rows, tmp_path / "csv"), KnownNames()) as files,
        read(write_workbook(rows, tmp_path / "staff.xlsx"), KnownNames()) as book,
    ):
        assert list(files.faults) == list(book.faults)
        assert (places, everything(files)) == (found(book), everything(book))


@pytest.mark.parametrize("seed", range(0, SETS, AS_WORKBOOK))
def test_what_is_taken_is_what_an_export_without_the_faulty_rows_gives(seed: int, tmp_path: Path) -> None:
    """Good rows are taken whatever stands beside them."""
    rows, places = faulty(seed)
    bad = {place[:2] for place in places}
    left = {
        name: [one for number, one in enumerate(found, 2) if (name, number) not in bad] for name, found in rows.items()
    }
    with (
        read(write_csv(rows, tmp_path / "all"), KnownNames()) as whole,
        read(write_csv(left, tmp_path / "good"), KnownNames()) as good,
    ):
        assert ([], everything(good)) == (list(good.faults), everything(whole))


def test_the_same_row_of_two_is_at_fault_each_time(tmp_path: Path) -> None:
    """Reading again says the same."""
    rows, _ = faulty(7)
    folder = write_csv(rows, tmp_path)
    with read(folder, KnownNames()) as first, read(folder, KnownNames()) as again:
        assert list(first.faults) == list(again.faults)
        assert first.sha256 == again.sha256


@pytest.mark.parametrize("seed", range(40))
def test_garbled_files_are_read_or_refused_but_never_miscounted(seed: int, tmp_path: Path) -> None:
    """Whatever stands in the cells, each row read is taken or skipped."""
    chance = random.Random(seed)  # noqa: S311 -- not for secrets
    folder = write_csv(export(), tmp_path)
    for path in chance.sample(sorted(folder.iterdir()), 4):
        header, _, rest = path.read_bytes().partition(b"\n")
        path.write_bytes(header + b"\n" + _garbled(bytearray(rest), chance))
    with suppress(RankgraphError), read(folder, KnownNames()) as staff:
        taken = {name: len(rows) for name, rows in everything(staff).items()}
        faulty_rows = Counter(sheet for sheet, _ in {(fault.sheet, fault.row) for fault in staff.faults})
        assert dict(staff.counts) == {
            name: SheetCount(taken[name] + faulty_rows[name], taken[name], faulty_rows[name]) for name in taken
        }


def _garbled(text: bytearray, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(text) + 1)
        signs = bytes(chance.choices(b'",\n\r;\t\0\xe9-0Aa', k=chance.randint(0, 4)))
        text[place : place + chance.choice((0, 1, 12))] = signs
    return bytes(text)
