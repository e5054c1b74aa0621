"""Tables row by row: which lines of the file a row stands on, and what is no table."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from graph.errors import DocumentError
from loaders.formats.formats import read_source
from loaders.formats.table import Row, read_table
from tests.builders.word_file import zipped

COLUMNS = ("Role", "Skill")
QUOTED = 'Role,Skill\n"Analyst\n(data)","You can:\n- count"\n\nPlotter,Maps\n'


def book(path: Path, *sheets: tuple[str, list[list[object]]]) -> Path:
    """Write a workbook."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def csv_file(folder: Path, text: str | bytes) -> Path:
    """Write a CSV file."""
    path = folder / "roles.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_row_of_a_csv_file_stands_on_the_lines_of_the_file(tmp_path: Path, end: str) -> None:
    """Those that `read --as-text` prints; a quoted cell goes over several, an empty row is none."""
    path = csv_file(tmp_path, QUOTED.replace("\n", end))
    rows = read_table(path, COLUMNS).rows
    assert (
        Row((1, 1), ("Role", "Skill")),
        Row((2, 4), ("Analyst (data)", "You can: - count")),
        Row((6, 6), ("Plotter", "Maps")),
    ) == rows
    assert ("Plotter,Maps", '- count"') == (read_source(path).lines[5], read_source(path).lines[3])


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_the_sign_that_parts_the_cells_is_found_by_the_columns(tmp_path: Path, sign: str) -> None:
    """However many of the others stand in the cells."""
    path = csv_file(tmp_path, f'Role{sign}Skill\nA, b; c{sign}"x{sign}y, z"\n'.replace("A, b; c", '"A, b; c"'))
    assert ("A, b; c", " ".join(f"x{sign}y, z".split())) == read_table(path, COLUMNS).rows[1].cells


def test_a_row_of_a_workbook_stands_on_its_number(tmp_path: Path) -> None:
    """The first sheet is read, or the one that is named, and the others are told."""
    path = book(tmp_path / "roles.xlsx", ("Notes", [["x"]]), ("Roles", [["Role", "Skill"], [], ["Plotter", 3]]))
    found = read_table(path, COLUMNS, "roles")
    assert (Row((1, 1), ("Role", "Skill")), Row((3, 3), ("Plotter", "3"))) == found.rows
    assert ("the sheet Roles is read; not read: Notes",) == found.notes
    assert ("x",) == read_table(path, COLUMNS).rows[0].cells
    assert ("x",) == read_source(path).lines


def test_addresses_and_numbers_of_people_go_no_further(tmp_path: Path) -> None:
    """As in any other document."""
    number = " ".join(("01632", "960", "958"))  # noqa: FLY002 -- no number stands in the project
    path = csv_file(tmp_path, f"Role,Skill\nAnalyst,Write to a.person@example.org or ring {number}\n")
    assert "Write to [e-mail] or ring [telephone]" == read_table(path, COLUMNS).rows[1].cells[1]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('Role,Skill\n"A,b\n', 2, "what is no row"),
        ("a," * 2_000, 1, "more than 1,000 columns"),
        ("a" * 200_000, 1, "what is no row"),
        (b"", None, "an empty file"),
        (b"\x00\x01\x02" * 40, None, "a binary file"),
    ],
)
def test_what_is_no_csv_file_is_said(tmp_path: Path, text: str | bytes, line: int | None, says: str) -> None:
    """With the line, where there is one."""
    with pytest.raises(DocumentError) as error:
        read_table(csv_file(tmp_path, text), COLUMNS)
    assert (line, True) == (error.value.line, error.value.found.startswith(says))


def _made_up(folder: Path, rows: str, declaration: str = "") -> Path:
    """Return a workbook with these rows as they stand in its XML."""
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = (
        f'<?xml version="1.0"?>{declaration}<worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData></worksheet>'
    )
    path = book(folder / "roles.xlsx", ("Roles", [["Role", "Skill"]]))
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    path.write_bytes(zipped({**parts, "xl/worksheets/sheet1.xml": sheet}))
    return path


def _cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


@pytest.mark.parametrize(
    ("rows", "declaration", "says"),
    [
        ("<row/>" * 600_000, "", "a workbook of 600,"),
        (f"<row>{_cell('a') * 2_000}</row>", "", "more than 1,000 columns"),
        (f"<row>{_cell('a' * 40_000)}</row>", "", "a cell of 40,000 characters"),
        (
            f"<row>{_cell('&c;')}</row>",
            f'<!DOCTYPE a [<!ENTITY a "{"a" * 50_000}"><!ENTITY b "{"&a;" * 500}"><!ENTITY c "{"&b;" * 500}">]>',
            "a file that is no readable workbook",
        ),
        (
            f"<row>{_cell('&a;')}</row>",
            '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
            "a file that is no readable workbook",
        ),
        ("<row><c></row>", "", "a file that is no readable workbook"),
    ],
    ids=["rows", "columns", "a cell", "entities", "a file outside", "no XML"],
)
def test_what_no_author_makes_is_refused(tmp_path: Path, rows: str, declaration: str, says: str) -> None:
    """Before it costs much time or memory; nothing is taken from outside."""
    with pytest.raises(DocumentError) as error:
        read_table(_made_up(tmp_path, rows, declaration), COLUMNS)
    assert error.value.found.startswith(says)


def test_a_workbook_that_unpacks_to_much_more_is_not_unpacked(tmp_path: Path) -> None:
    """Its size is known before a byte of it is unpacked; a sheet that is not there is said, and so is no workbook."""
    path = book(tmp_path / "roles.xlsx", ("Roles", [["Role"]]))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/more.xml", b"0" * 201_000_000)
    with pytest.raises(DocumentError, match="bytes when unpacked"):
        read_table(path, COLUMNS)
    with pytest.raises(DocumentError, match="Roles, and no 'Jobs'"):
        read_table(book(tmp_path / "other.xlsx", ("Roles", [["Role"]])), COLUMNS, "Jobs")
    (tmp_path / "no.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(DocumentError, match="no readable workbook"):
        read_table(tmp_path / "no.xlsx", COLUMNS)
