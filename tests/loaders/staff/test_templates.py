"""Templates of staff files, and the workbook that repeats what is at fault."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from graph.errors import OutputError
from graph.staff_nodes import SheetCount
from loaders.staff import fault_workbook
from loaders.staff.files import DICTIONARY
from loaders.staff.read import read
from loaders.staff.sheets import SHEETS
from tests.builders.staff_export import KnownNames, export, row, write_csv, write_workbook
from tests.harness.commands import run

FILES = {*(f"csv/{sheet.name}.csv" for sheet in SHEETS), "staff.xlsx", "data-dictionary.md"}


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """Return the folder that the command wrote."""
    folder = tmp_path / "templates"
    assert 0 == run("template", "staff", "--out", str(folder)).exit_code
    return folder


def test_the_command_writes_files_a_workbook_and_a_dictionary(templates: Path) -> None:
    """One CSV file a sheet, and nothing else."""
    assert FILES == {path.relative_to(templates).as_posix() for path in templates.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", ["csv", "staff.xlsx"])
def test_templates_are_read_as_they_are(name: str, templates: Path) -> None:
    """An empty export has no fault and no row, and every column is known; that there is nobody is said."""
    with read(templates / name, KnownNames()) as staff:
        assert ([], {SheetCount(0, 0, 0)}) == (list(staff.faults), set(staff.counts.values()))
        assert {"units", "posts", "people", "occupancies"} == {
            note.removesuffix(": no rows").split("sheet ")[-1].removesuffix(".csv") for note in staff.notes
        }


def test_templates_take_no_place_of_a_file_unless_asked(templates: Path) -> None:
    """What somebody filled in is not lost."""
    (templates / "csv" / "units.csv").write_text("filled in")
    refused = run("template", "staff", "--out", str(templates))
    assert (1, "filled in") == (refused.exit_code, (templates / "csv" / "units.csv").read_text())
    assert 0 == run("template", "staff", "--out", str(templates), "--overwrite").exit_code
    assert "unit_id,name,parent_id\n" == (templates / "csv" / "units.csv").read_text()


def test_the_dictionary_explains_every_column(templates: Path) -> None:
    """Once on the page, once in the workbook."""
    columns = [(sheet.name, column.name) for sheet in SHEETS for column in sheet.columns]
    rows = load_workbook(templates / "staff.xlsx")[DICTIONARY].iter_rows(min_row=2, values_only=True)
    assert columns == [(str(sheet), str(column)) for sheet, column, *_ in rows]
    lines = (templates / "data-dictionary.md").read_text().splitlines()
    told = [line.split(" | ")[0].removeprefix("| ") for line in lines if line.startswith("| ")]
    assert [column for _, column in columns] == [name for name in told if name != "column"]


def test_every_example_of_the_dictionary_is_good(tmp_path: Path) -> None:
    """Rows made of the examples are taken, as far as ids and names are those of the other examples."""
    rows = {sheet.name: [row(sheet.name, *(column.example for column in sheet.columns))] for sheet in SHEETS}
    rows["units"].append(row("units", "U0", "Force", ""))
    with read(write_csv(rows, tmp_path), KnownNames()) as staff:
        assert [] == list(map(str, staff.faults))


def _faulty(folder: Path) -> Path:
    rows = export()
    rows["people"].append(row("people", "P7", "", "2020-02-30", ""))
    rows["people"].append(row("people", "P8", "=1+1\x0b", "", "soon"))
    rows["holdings"].append(row("holdings", "P1", "Tazer", "", "2024-05-05", "2024-04-04", "=cmd|' /C calc'!A0"))
    return write_csv(rows, folder / "export")


def _cells(book: Workbook, sheet: str) -> list[list[object]]:
    return [list(cells) for cells in book[sheet].iter_rows(values_only=True)]


def _marked(book: Workbook, sheet: str) -> set[tuple[int, object]]:
    header = [cell.value for cell in book[sheet][1]]
    return {
        (number, name)
        for number, cells in enumerate(book[sheet].iter_rows(min_row=2), 2)
        for name, cell in zip(header, cells, strict=True)
        if cell.fill.fill_type == "solid"
    }


def test_the_error_workbook_repeats_each_bad_row_with_what_is_wrong(tmp_path: Path) -> None:
    """As it was, with its number, and the cells at fault marked."""
    with read(_faulty(tmp_path), KnownNames()) as staff:
        book = load_workbook(fault_workbook.write(staff, tmp_path / "errors.xlsx"))
    assert [fault_workbook.SUMMARY, "people", "holdings"] == book.sheetnames
    head, first, second = _cells(book, "people")
    assert ["row", "what is wrong", "person_id", "name", "joined", "left"] == head
    assert [8, "P7", None, "2020-02-30", None] == [first[0], *first[2:]]
    assert [9, "P8", "=1+1�", None, "soon"] == [second[0], *second[2:]]
    assert [
        "name: expected a value; fill it in",
        "joined: found '2020-02-30'; expected a day that the calendar has; write it as YYYY-MM-DD",
    ] == str(first[1]).splitlines()
    assert {(2, "name"), (2, "joined"), (3, "left")} == _marked(book, "people")
    assert {(2, "requirement"), (2, "achieved"), (2, "expires")} == _marked(book, "holdings")


def test_the_error_workbook_sums_up_rows_and_unmatched_names(tmp_path: Path) -> None:
    """Its first sheet has all sheets, and the names that nothing is known by."""
    with read(_faulty(tmp_path), KnownNames()) as staff:
        book = load_workbook(fault_workbook.write(staff, tmp_path / "errors.xlsx"))
    summary = _cells(book, fault_workbook.SUMMARY)
    told = {str(one[0]): one[1:] for one in summary[1 : 1 + len(SHEETS)]}
    assert ([8, 6, 2, 3], [8, 7, 1, 2], [4, 4, 0, 0]) == (told["people"], told["holdings"], told["units"])
    assert ["holdings", "requirement", "Tazer", 1, "did you mean skill/taser (Taser)?"] == summary[-1]


def test_a_formula_of_the_input_is_text_in_the_error_workbook(tmp_path: Path) -> None:
    """Nothing that stands in a file is ever worked out."""
    with read(_faulty(tmp_path), KnownNames()) as staff:
        book = load_workbook(fault_workbook.write(staff, tmp_path / "errors.xlsx"))
    cells = [cell for name in book.sheetnames for cells in book[name].iter_rows() for cell in cells]
    assert {"=1+1�", "=cmd|' /C calc'!A0"} == {cell.value for cell in cells if str(cell.value).startswith("=")}
    assert "f" not in {cell.data_type for cell in cells}


def test_the_error_workbook_of_a_workbook_is_the_same(tmp_path: Path) -> None:
    """However the export came, its bad rows are repeated in the same words."""
    rows = export()
    rows["people"].append(row("people", "P7", "", "2020-02-30", ""))
    told = []
    for source in (write_csv(rows, tmp_path / "csv"), write_workbook(rows, tmp_path / "staff.xlsx")):
        with read(source, KnownNames()) as staff:
            book = load_workbook(fault_workbook.write(staff, tmp_path / "errors.xlsx"))
            told.append([_cells(book, name) for name in book.sheetnames])
    assert told[0] == told[1]


def test_an_error_workbook_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """The error names the place."""
    with read(_faulty(tmp_path), KnownNames()) as staff, pytest.raises(OutputError) as caught:
        fault_workbook.write(staff, tmp_path / "nowhere" / "errors.xlsx")
    assert str(tmp_path / "nowhere" / "errors.xlsx") == caught.value.path


def test_libreoffice_opens_the_template(templates: Path, tmp_path: Path) -> None:
    """Its first sheet comes out as the header of the first CSV file."""
    if shutil.which("soffice") is None:
        pytest.skip("no LibreOffice here")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    words = ["soffice", profile, "--headless", "--convert-to", "csv", "--outdir", str(tmp_path)]
    done = subprocess.run([*words, str(templates / "staff.xlsx")], check=False, capture_output=True, timeout=120)
    assert 0 == done.returncode
    assert "unit_id,name,parent_id" == (tmp_path / "staff.csv").read_text().strip()
