"""Workbooks that are not XLSX are read as one that is; LibreOffice writes them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from graph.errors import DocumentError, DocumentErrors
from loaders.staff.read import Staff, read
from loaders.staff.sheets import SHEETS
from tests.builders.staff_export import KnownNames, export, write_workbook
from tests.harness.office import converted

EXPORTS = Path(__file__).resolve().parents[3].parent / "shared" / "staff" / "exports"
FORMATS = ("xls", "ods")


def everything(staff: Staff) -> dict[str, list[dict[str, object]]]:
    """Return all rows that were taken."""
    return {sheet.name: list(map(dict, staff.rows(sheet.name))) for sheet in SHEETS}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an XLSX workbook with numbers and days as such, cells that are merged, and a hidden sheet."""
    path = tmp_path_factory.mktemp("book") / "staff.xlsx"
    write_workbook(export(), path)
    written = load_workbook(path)
    people, absences = written["people"], written["absences"]
    people["C2"], people["A8"], people["B8"] = dt.datetime(2001, 5, 1), 345, "Person 345"  # noqa: DTZ001 -- a day
    absences["B3"] = None
    absences.merge_cells("B2:B3")
    written["absences"].sheet_state = "hidden"
    written.save(path)
    return path


@pytest.mark.parametrize("ending", FORMATS)
def test_each_is_read_as_the_xlsx_is(book: Path, tmp_path: Path, ending: str) -> None:
    """Rows and faults; what is merged in an ODS is empty, as the file itself has it."""
    other = converted(tmp_path, ending, [book]) / f"staff.{ending}"
    with read(book, KnownNames()) as first, read(other, KnownNames()) as second:
        assert [] == list(first.faults) == list(second.faults)
        wanted, found = everything(first), everything(second)
        if ending == "ods":
            wanted["absences"] = [
                {**row, "from": None} if row["person_id"] == "P4" else row for row in wanted["absences"]
            ]
        assert wanted == found
        assert any("the sheet is hidden" in note for note in second.notes)


@pytest.mark.real
@pytest.mark.skipif(not EXPORTS.exists(), reason="the exports are not beside the project")
@pytest.mark.parametrize("ending", FORMATS)
def test_a_real_export_is_read_as_its_xlsx_is(ending: str) -> None:
    """The same force in three formats."""
    with (
        read(EXPORTS / "32-base.xlsx", KnownNames()) as first,
        read(EXPORTS / f"32-base.{ending}", KnownNames()) as second,
    ):
        assert everything(first) == everything(second)
        assert [(fault.sheet, fault.row) for fault in first.faults] == [(one.sheet, one.row) for one in second.faults]
        assert everything(second)["people"]


@pytest.mark.parametrize("ending", FORMATS)
def test_a_file_that_is_none_is_one_error(tmp_path: Path, ending: str) -> None:
    """What was found, and what to do."""
    path = tmp_path / f"staff.{ending}"
    path.write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(DocumentError, match="no readable workbook"):
        read(path, KnownNames())


def test_a_workbook_without_our_sheets_is_refused(tmp_path: Path) -> None:
    """As an XLSX without them is."""
    plain = Workbook()
    plain.save(tmp_path / "leave.xlsx")
    other = converted(tmp_path, "ods", [tmp_path / "leave.xlsx"]) / "leave.ods"
    with pytest.raises(DocumentErrors) as raised:
        read(other, KnownNames())
    assert "leave.ods: found no sheets of an export, and no units, posts, people, occupancies;" in str(raised.value)
