"""What systems and spreadsheets do to files: codes, merged cells, formulas, hidden rows."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from graph.errors import DocumentError, DocumentErrors
from loaders.staff.read import read
from tests.builders.staff_export import KnownNames, export, write_csv, write_workbook
from tests.builders.word_file import zipped
from tests.loaders.staff.test_read import problems


def _with_names(folder: Path, raw: bytes) -> Path:
    write_csv(export(), folder)
    path = folder / "people.csv"
    path.write_bytes(path.read_bytes() + raw)
    return folder


@pytest.mark.parametrize(
    ("raw", "encoding", "name"),
    [
        ("X1,Seán Ó Brien,,\n".encode("cp850"), "cp850", "Seán Ó Brien"),
        ("X1,Zoë,,\n".encode("cp850"), "cp850", "Zoë"),
        ("X1,JOSÉ,,\n".encode("cp850"), "cp850", "JOSÉ"),
        ("X1,François,,\n".encode("cp850"), "cp850", "François"),
        ("X1,Jürgen,,\n".encode("cp850"), "cp850", "Jürgen"),
    ],
)
def test_a_file_in_cp850_is_a_fault_until_that_is_said(raw: bytes, encoding: str, name: str, tmp_path: Path) -> None:
    """The message names the row, and the key of the mapping."""
    folder = _with_names(tmp_path / "export", raw)
    assert [("people.csv", "text that is neither UTF-8 nor cp1252")] == [one[:2] for one in problems(folder)]
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(f"people: {{encoding: {encoding}}}")
    with read(folder, KnownNames(), mapping=mapping) as staff:
        assert name in {one["name"] for one in staff.rows("people")}


@pytest.mark.parametrize("byte", [b"\xe9", b"\xd3", b"\xf1", b"\xa3", b"\xff"])
def test_one_byte_that_is_no_utf_8_is_named_with_its_row(byte: bytes, tmp_path: Path) -> None:
    """The names that are right stay right: the file is not read in another code."""
    folder = _with_names(tmp_path, "X1,Seán,,\nX2,Zoë,,\n".encode() + b"X3,Ren" + byte + b"e,,\n")
    with pytest.raises(DocumentErrors) as caught:
        read(folder, KnownNames())
    assert ["people.csv:10: found text that is UTF-8 but for this row"] == [
        str(one).partition(";")[0] for one in caught.value.exceptions
    ]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", ["|", "\t"])
def test_utf_16_is_known_without_its_mark(encoding: str, delimiter: str, tmp_path: Path) -> None:
    """And a bar parts cells, too."""
    rows = export()
    rows["people"][0]["name"] = "Seán Ó Brien"
    with read(write_csv(rows, tmp_path, encoding=encoding, delimiter=delimiter), KnownNames()) as staff:
        assert ([], "Seán Ó Brien") == (list(staff.faults), next(one["name"] for one in staff.rows("people")))


def _without_half(raw: bytes, encoding: str) -> bytes:
    return raw + "\ud800\n".encode(encoding if encoding[-2:] in {"le", "be"} else "utf-16-le", "surrogatepass")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16"])
@pytest.mark.parametrize(
    "damage",
    [lambda raw, _: raw[:-1], lambda raw, _: raw + b"\0", _without_half],
    ids=["cut", "one more", "half a pair"],
)
def test_bytes_that_are_no_utf_16_are_named(
    encoding: str, damage: Callable[[bytes, str], bytes], tmp_path: Path
) -> None:
    """A sign that is cut off, or half of a pair; the file is not read as far as it goes."""
    write_csv(export(), tmp_path, encoding=encoding)
    path = tmp_path / "people.csv"
    path.write_bytes(damage(path.read_bytes(), encoding))
    [(name, found)] = [one[:2] for one in problems(tmp_path)]
    assert ("people.csv", True) == (name, found.startswith("bytes that are no utf-16"))


def _workbook(change: Callable[[Worksheet], object], sheet: str, folder: Path) -> Path:
    path = write_workbook(export(), folder / "staff.xlsx")
    book = load_workbook(path)
    change(book[sheet])
    book.save(path)
    return path


@pytest.mark.parametrize(("first", "last"), [(5, 6), (6, 9), (2, 9)])
def test_merged_cells_all_have_the_value_of_the_first(first: int, last: int, tmp_path: Path) -> None:
    """What spans several rows is said of each."""

    def merge(sheet: Worksheet) -> None:
        sheet.cell(first, 6).value = "acting"
        sheet.merge_cells(start_row=first, start_column=6, end_row=last, end_column=6)

    with read(_workbook(merge, "occupancies", tmp_path), KnownNames()) as staff:
        acting = sum(one["basis"] == "acting" for one in staff.rows("occupancies"))
        assert (last - first + 1) + (not first <= 6 <= last) == acting


@pytest.mark.parametrize("formula", ["=0.5+0.5", "=A1&B1", '=HYPERLINK("x")', "=VLOOKUP(A2,Sheet2!A:B,2,0)", "=1"])
def test_a_formula_without_its_value_is_no_name(formula: str, tmp_path: Path) -> None:
    """It is a fault, which says how it gets one."""
    path = _workbook(lambda sheet: sheet.cell(2, 2, formula), "people", tmp_path)
    with read(path, KnownNames()) as staff:
        found = [(one.sheet, one.column, one.expected) for one in staff.faults if one.kind == "cell"]
    assert [("people", "name", "a value; this is a formula without one")] == found


def test_a_formula_has_the_value_that_was_saved_with_it(tmp_path: Path) -> None:
    """As a spreadsheet program writes it; a text that begins with = stays a text."""
    path = _workbook(lambda sheet: sheet.cell(2, 2, '="Pat "&"Lee"'), "people", tmp_path)
    saved = tmp_path / "saved.xlsx"
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(saved, "w") as out:
        for name in book.namelist():
            part = book.read(name)
            out.writestr(
                name,
                re.sub(rb'<c r="B2"([^>]*)>(<f>.*?</f>)<v ?/?>(?:</v>)?', rb'<c r="B2" t="str">\2<v>Pat Lee</v>', part),
            )
    with read(saved, KnownNames()) as staff:
        assert ([], "Pat Lee") == (list(staff.faults), next(one["name"] for one in staff.rows("people")))
        assert "=cmd|' /C calc'!A0" in {one["evidence"] for one in staff.rows("holdings")}


def test_a_number_that_has_lost_its_last_digits_is_no_identifier(tmp_path: Path) -> None:
    """A spreadsheet keeps 15."""
    path = _workbook(lambda sheet: sheet.cell(2, 1, 1234567890123456789), "people", tmp_path)
    with read(path, KnownNames()) as staff:
        assert "person_id" in {one.column for one in staff.faults if "rounded" in one.expected}


def test_hidden_rows_are_read_and_said(tmp_path: Path) -> None:
    """They count as others do."""

    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = True

    with read(_workbook(hide, "people", tmp_path), KnownNames()) as staff:
        assert ("staff.xlsx, sheet people: 2 rows are hidden, and read all the same",) == staff.notes
        assert 6 == staff.counts["people"].taken


@pytest.mark.parametrize("length", [32_767, 32_768, 200_000])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_cell_longer_than_a_spreadsheet_has_is_a_fault_of_its_row(length: int, kind: str, tmp_path: Path) -> None:
    """Whatever the file, it is no name of anybody, and the message says how long a cell may be."""
    rows, long = export(), "x" * length
    rows["people"][0]["name"] = long if kind == "csv" else "LONG"
    source = tmp_path / ("export" if kind == "csv" else "staff.xlsx")
    if kind == "csv":
        write_csv(rows, source)
    else:
        write_workbook(rows, tmp_path / "short.xlsx")
        with zipfile.ZipFile(tmp_path / "short.xlsx") as short, zipfile.ZipFile(source, "w") as file:
            for name in short.namelist():
                file.writestr(name, short.read(name).replace(b"LONG", long.encode()))

    with read(source, KnownNames()) as staff:
        found = {one.row for one in staff.faults if one.expected.startswith("at most 32,767 characters in each cell")}

    assert found == ({2} if length > 32_767 else set())


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"]
)
def test_a_workbook_that_cannot_be_read_is_closed(tmp_path: Path, part: str) -> None:
    """Whichever part of it is no XML: a file that stays open cannot be put right on Windows."""
    path = write_workbook(export(), tmp_path / "staff.xlsx")
    with zipfile.ZipFile(path) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    path.write_bytes(zipped({**parts, part: parts[part][:-9]}))
    opened: list[IO[bytes]] = []

    def open_and_keep(*given: Any, **named: Any) -> IO[bytes]:
        opened.append(open(*given, **named))  # noqa: SIM115, PTH123 -- what is tested closes it
        return opened[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("io.open", open_and_keep)
        with pytest.raises(DocumentError, match="no readable workbook"):
            read(path, KnownNames())
    mine = [file for file in opened if file.name in {path, str(path)}]
    assert (True, []) == (bool(mine), [file for file in mine if not file.closed])
