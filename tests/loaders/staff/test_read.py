"""How the files of an export are found and read: encodings, delimiters, headers, rows, workbooks, names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from graph.errors import DocumentError, DocumentErrors
from graph.staff_nodes import SheetCount
from loaders.staff.read import read
from loaders.staff.sheets import SHEETS
from tests.builders.staff_export import KnownNames, export, row, write_csv, write_workbook

OPTIONAL = [sheet.name for sheet in SHEETS if not sheet.required]


def problems(path: Path, mapping: Path | None = None) -> list[tuple[str, str, str]]:
    """Return file, found and expected of everything that keeps an export from being read."""
    with pytest.raises((DocumentError, DocumentErrors)) as caught:
        read(path, KnownNames(), mapping=mapping)
    errors = caught.value.exceptions if isinstance(caught.value, DocumentErrors) else (caught.value,)
    return [(Path(one.file).name, one.found, one.expected) for one in errors if isinstance(one, DocumentError)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_delimiter_and_encoding_make_no_difference(delimiter: str, encoding: str, tmp_path: Path) -> None:
    """Names with accents, commas, quotes and line ends come out the same."""
    rows = export()
    rows["units"][1]["name"] = 'Nörth, "the first";\nsecond line\tend'
    folder = write_csv(rows, tmp_path, delimiter=delimiter, encoding=encoding)
    with read(folder, KnownNames()) as staff:
        names = {row["unit_id"]: row["name"] for row in staff.rows("units")}
        assert ([], 'Nörth, "the first"; second line end') == (list(staff.faults), names["U1"])
        noted = ("read as cp1252, for they are not UTF-8: units.csv, courses.csv",) if encoding == "cp1252" else ()
        assert noted == staff.notes


def test_a_mark_of_the_byte_order_is_no_part_of_a_quoted_header(tmp_path: Path) -> None:
    """Spreadsheets write it before the first quote."""
    write_csv(export(), tmp_path)
    path = tmp_path / "units.csv"
    header, _, rest = path.read_text().partition("\n")
    path.write_text(",".join(f'"{name}"' for name in header.split(",")) + "\n" + rest, encoding="utf-8-sig")
    with read(tmp_path, KnownNames()) as staff:
        assert ([], (), SheetCount(4, 4, 0)) == (list(staff.faults), staff.notes, staff.counts["units"])
        assert ("unit_id", "name", "parent_id") == staff.tables["units"].header.written


def test_a_row_has_the_number_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    """A line end inside quotes makes no row, an empty row counts as one."""
    write_csv(export(), tmp_path)
    (tmp_path / "units.csv").write_text('unit_id,name,parent_id\nU0,"Force\nwhole",\n\n,,\nU1,North,U0\nU2,South,U9\n')
    (tmp_path / "posts.csv").write_text("post_id,unit_id,rank\n")
    (tmp_path / "occupancies.csv").write_text("person_id,post_id\n")
    (tmp_path / "post_requirements.csv").unlink()
    with read(tmp_path, KnownNames()) as staff:
        assert [("units", 6, "parent_id")] == [(one.sheet, one.row, one.column) for one in staff.faults]
        assert SheetCount(3, 2, 1) == staff.counts["units"]


@pytest.mark.parametrize(
    ("line", "column", "kind"),
    [('U5,"open,U0\n', "", "row"), ('U5,"No"rth,U0\n', "", "row"), ("U5,North,U0,more\n", "", "row")],
)
def test_a_row_that_cannot_be_parted_into_cells_is_a_fault(line: str, column: str, kind: str, tmp_path: Path) -> None:
    """An open quote and a cell too many shift what stands behind them."""
    write_csv(export(), tmp_path)
    with (tmp_path / "units.csv").open("a") as file:
        file.write(line)
    with read(tmp_path, KnownNames()) as staff:
        assert [("units", 6, column, kind)] == [(one.sheet, one.row, one.column, one.kind) for one in staff.faults]
        assert SheetCount(5, 4, 1) == staff.counts["units"]


def test_a_short_row_lacks_its_last_cells(tmp_path: Path) -> None:
    """Many exports leave out empty cells at the end."""
    write_csv(export(), tmp_path)
    with (tmp_path / "people.csv").open("a") as file:
        file.write("P7,Person 7\n")
    with read(tmp_path, KnownNames()) as staff:
        expected = {"person_id": "P7", "name": "Person 7", "joined": None, "left": None, "counted": None}
        assert ([], expected) == (list(staff.faults), list(staff.rows("people"))[-1])


def test_what_is_not_read_is_said(tmp_path: Path) -> None:
    """Columns and files that nobody knows are never dropped in silence."""
    rows = export()
    for one in rows["people"]:
        one["Date of birth"] = "1980-01-01"
    folder = write_csv(rows, tmp_path)
    (folder / "notes.csv").write_text("a,b\n")
    (folder / "~$staff.xlsx").write_text("")
    with read(folder, KnownNames()) as staff:
        assert (
            "people.csv: not read: Date of birth; the columns are person_id, name, joined, left",
            f"not read: notes.csv; the files of an export are called {', '.join(sheet.name for sheet in SHEETS)}",
        ) == staff.notes
        assert "notes.csv" not in staff.files


def test_lines_above_the_header_are_passed_over(tmp_path: Path) -> None:
    """Reports begin with a title; the numbers of rows stay those of the file."""
    write_csv(export(), tmp_path)
    path = tmp_path / "people.csv"
    path.write_text("Staff list\n\n" + path.read_text() + ",No number,,\n")
    with read(tmp_path, KnownNames()) as staff:
        assert [("people", 10, "person_id")] == [(one.sheet, one.row, one.column) for one in staff.faults]
        assert ("people.csv: the header is taken from row 3; what stands above is not read",) == staff.notes


@pytest.mark.parametrize("sheet", [sheet.name for sheet in SHEETS if sheet.required])
def test_the_first_four_sheets_must_be_there(sheet: str, tmp_path: Path) -> None:
    """One error names what is missing."""
    write_csv(export(), tmp_path)
    (tmp_path / f"{sheet}.csv").unlink()
    [(_, found, expected)] = problems(tmp_path)
    assert (f"no {sheet}", "the files units, posts, people, occupancies at least") == (
        found.split("and ")[-1],
        expected,
    )


def test_the_other_sheets_may_be_missing(tmp_path: Path) -> None:
    """A force without training records can be loaded."""
    rows = {name: found for name, found in export().items() if name not in OPTIONAL}
    with read(write_csv(rows, tmp_path), KnownNames()) as staff:
        assert ([], SheetCount(0, 0, 0)) == (list(staff.faults), staff.counts["holdings"])


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("people.csv", b"person_id,name\nP1,\x81\n", "text that is neither UTF-8 nor cp1252"),
        ("people.csv", b"", "nothing: the file is empty, or its header is"),
        ("PEOPLE.txt", b"person_id,name\n", "PEOPLE.txt and people.csv"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(name: str, content: bytes, found: str, tmp_path: Path) -> None:
    """Neither bytes that are no text nor two files for one sheet are guessed at."""
    write_csv(export(), tmp_path)
    (tmp_path / name).write_bytes(content)
    assert [found] == [one[1] for one in problems(tmp_path)]


def _nothing(folder: Path) -> Path:
    return folder / "nothing"


def _other(folder: Path) -> Path:
    (folder / "staff.docx").write_bytes(b"")
    return folder / "staff.docx"


def _broken(folder: Path) -> Path:
    (folder / "staff.xlsx").write_bytes(b"PK not a workbook")
    return folder / "staff.xlsx"


@pytest.mark.parametrize(
    ("make", "found"),
    [
        (_nothing, "nothing"),
        (_other, "a file of another kind"),
        (_broken, "a file that is no readable workbook (BadZipFile: File is not a zip file)"),
    ],
)
def test_what_is_no_export_is_refused(make: Callable[[Path], Path], found: str, tmp_path: Path) -> None:
    """The error says what was found."""
    assert [found] == [one[1] for one in problems(make(tmp_path))]


def test_a_workbook_holds_days_numbers_and_formulas(tmp_path: Path) -> None:
    """Cells of a spreadsheet are read as what they show; a formula without a value is none."""
    path = write_workbook(export(), tmp_path / "staff.xlsx")
    book = _opened(path)
    book["people"].append([7, "Person 7", dt.datetime(2020, 3, 4), None])  # noqa: DTZ001 -- as a cell holds it
    book["people"].append(["P8", '=HYPERLINK("x")', dt.date(2020, 3, 4), None])
    book["posts"].append(["T9", "U1", "PC", None, None, 0.6])
    book["My notes"].append(["anything"])
    book.save(path)
    with read(path, KnownNames()) as staff:
        people = {row["person_id"]: [row["name"], row["joined"], row["left"]] for row in staff.rows("people")}
        assert ["Person 7", "2020-03-04", None] == people["7"]
        assert "P8" not in people
        assert 0.6 in {one["fte"] for one in staff.rows("posts")}
        said = f"its sheets are called {', '.join(sheet.name for sheet in SHEETS)}"
        assert [("people", 9, "name", "cell")] == [(one.sheet, one.row, one.column, one.kind) for one in staff.faults]
        assert (f"staff.xlsx: not read: My notes; {said}",) == staff.notes


def _opened(path: Path) -> Workbook:
    from openpyxl import load_workbook  # noqa: PLC0415 -- one test writes into a workbook

    book = load_workbook(path)
    book.create_sheet("My notes")
    return book


def test_an_export_is_known_again_by_what_its_files_hold(tmp_path: Path) -> None:
    """The same files have the same mark, wherever they stand; one sign more is another export."""
    marks = []
    for number in range(3):
        rows = export()
        rows["units"][0]["name"] += "!" * (number // 2)
        with read(write_csv(rows, tmp_path / str(number)), KnownNames()) as staff:
            marks.append(staff.sha256)
    assert (marks[0], 2) == (marks[1], len(set(marks)))


def test_progress_is_told_in_steps_that_add_up(tmp_path: Path) -> None:
    """A hundred for reading, one a sheet for checking."""
    told: list[tuple[str, int]] = []
    read(write_csv(export(), tmp_path), KnownNames(), on_row=lambda task, steps: told.append((task, steps))).close()
    assert [("reading", 100)] * 100 + [("checking", len(SHEETS))] * len(SHEETS) == told


@pytest.mark.parametrize(
    ("cell", "requirement"),
    [
        ("Taser", "skill/taser"),
        ("TASER.", "skill/taser"),
        ("skill/taser", "skill/taser"),
        ("Strategic Command Course", "course/scc"),
        ("Taser, first course", "course/taser-first-course"),
        ("C1", "course/taser-first-course"),
        ("Risk assessment", "skill/risk-assessment"),
        ("Method of entry", None),
    ],
)
def test_a_requirement_is_named_by_id_or_name(cell: str, requirement: str | None, tmp_path: Path) -> None:
    """The sheet of requirements goes first, then the graph and the courses; one of several is not chosen."""
    rows = export()
    rows["courses"].append(row("courses", "C3", "Method of entry", "", "", "", ""))
    rows["holdings"] = [row("holdings", "P1", cell, "", "", "", "")]
    names = KnownNames({**KnownNames().requirements, "Method of entry": "skill/method-of-entry"})
    with read(write_csv(rows, tmp_path), names) as staff:
        assert [requirement] * bool(requirement) == [one["requirement"] for one in staff.rows("holdings")]
        assert [("holdings", "name")] * (not requirement) == [(one.sheet, one.kind) for one in staff.faults]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, ["course/driving", "skill/driving"]),
        ({"Driving": "skill/driving"}, ["course/driving", "skill/driving"]),
        ({"Driving": "course/driving"}, ["course/driving", "skill/driving"]),
        ({"Driving": "knowledge/driving"}, ["course/driving", "knowledge/driving"]),
    ],
)
def test_a_course_and_what_it_teaches_may_have_one_name(
    known: dict[str, str], expected: list[str], tmp_path: Path
) -> None:
    """The two stay two, whatever an earlier load brought into the graph."""
    rows = export()
    rows["courses"] = [row("courses", "C1", "Driving", "", "", "", "")]
    rows["teaches"] = [row("teaches", "C1", "Driving", "")]
    with read(write_csv(rows, tmp_path), KnownNames({**KnownNames().requirements, **known})) as staff:
        [taught] = staff.rows("teaches")
        assert ([], expected) == (list(staff.faults), [taught["course_id"], taught["requirement"]])


def test_unmatched_names_are_listed_with_what_they_may_mean(tmp_path: Path) -> None:
    """Each once, with its first row and the number of its rows."""
    rows = export()
    rows["holdings"] += [row("holdings", one, "Tasers", "", "2020-01-01", "", "") for one in ("P1", "P2")]
    rows["posts"].append(row("posts", "X1", "U1", "Boss", "", "", "", "", ""))
    course = "course/taser-first-course (Taser, first course)"
    with read(write_csv(rows, tmp_path), KnownNames()) as staff:
        assert [
            ("posts", 8, "rank", "Boss", 1, "give the rank by its id"),
            ("holdings", 9, "requirement", "Tasers", 2, f"did you mean skill/taser (Taser), {course}?"),
        ] == [(one.sheet, one.first, one.column, one.name, one.rows, one.advice) for one in staff.unmatched()]


def test_the_rank_of_a_post_says_nothing_of_who_is_in_it(tmp_path: Path) -> None:
    """T/ before the rank of a post is said to mean nothing there."""
    rows = export()
    rows["posts"].append(row("posts", "X1", "U1", "T/PS", "", "", "", "", ""))
    with read(write_csv(rows, tmp_path), KnownNames()) as staff:
        said = "on what basis somebody is in it stands in occupancies"
        assert (f"posts, rank: T/PS and the like name the rank of the post; {said}",) == staff.notes


def test_faults_can_be_looked_at_one_by_one(tmp_path: Path) -> None:
    """They are a sequence, though they stand on disk."""
    rows = export()
    for one in rows["people"][:3]:
        one["name"] = ""
    rows["people"][0]["joined"] = "soon"
    with read(write_csv(rows, tmp_path), KnownNames()) as staff:
        whole = list(staff.faults)
        assert len(whole) == len(staff.faults)
        assert (whole[0], whole[-1], whole[1:3]) == (staff.faults[0], staff.faults[-1], staff.faults[1:3])
        with pytest.raises(IndexError):
            staff.faults[len(whole)]


def test_posts_are_pools_by_their_places_or_fte_and_may_be_for_roles_of_the_force(tmp_path: Path) -> None:
    """Places go before FTE, which is taken to the nearest whole; half a post is one place, as most posts are."""
    rows = export()
    cells = (("A", "12.0", ""), ("B", "1.4", ""), ("C", "0.5", ""), ("D", "1.5", ""), ("E", "12", "10"))
    rows["posts"] += [
        row("posts", key, "U3", "", "", "CRIME ANALYST", fte, "", "", places) for key, fte, places in cells
    ]
    with read(write_csv(rows, tmp_path), KnownNames()) as staff:
        assert [] == list(staff.faults)
        found = {str(one["post_id"]): (one["role"], one["places"]) for one in staff.rows("posts")}
        assert {"role": "role/crime-analyst", "name": "Crime analyst", "grade": "Grade E", "declared": 1} == next(
            iter(staff.rows("roles"))
        )
    wanted = {"A": 12, "B": None, "C": None, "D": 2, "E": 10}
    assert {key: ("role/crime-analyst", places) for key, places in wanted.items()} == {
        key: found[key] for key in wanted
    }


@pytest.mark.parametrize(
    ("name", "expected"), [("Sergeant", "a role of police staff"), ("crime  analyst", "a name of its own")]
)
def test_a_rank_and_a_name_that_is_there_are_no_roles_of_the_force(tmp_path: Path, name: str, expected: str) -> None:
    """The row is named, and what is to be done."""
    rows = export()
    rows["roles"].append(row("roles", name, "Grade F"))
    with read(write_csv(rows, tmp_path), KnownNames()) as staff:
        assert [(name, True)] == [(fault.value, expected in fault.expected) for fault in staff.faults]


@pytest.mark.parametrize("sheet", ["holdings", "ranks_held", "absences", "not_met"])
def test_rows_of_people_whom_only_the_graph_knows_are_taken(sheet: str, tmp_path: Path) -> None:
    """They are said in one line; who is known to nobody, or has a row at fault, is a fault as before."""
    rows, names = export(), KnownNames()
    names.people = ["P7", "P8", "P1", "P2"]
    example = rows[sheet][0]
    rows[sheet] += [{**example, "person_id": one} for one in ("P7", "P8", "P9", "P2")]
    rows["people"] = [{**one, "name": "" if one["person_id"] == "P2" else one["name"]} for one in rows["people"]]
    with read(write_csv(rows, tmp_path), names) as staff:
        faults = {(one.value, one.kind) for one in staff.faults if one.sheet == sheet}
        assert {("P9", "reference"), ("P2", "left out")} == faults
        assert {"P7", "P8"} <= {one["person_id"] for one in staff.rows(sheet)}
        says = f"{sheet}: 2 row(s) of 2 person(s) who are in the graph, and not in people (P7 ...); they are taken"
        assert [says] == [note for note in staff.notes if "in the graph, and not" in note]


def test_who_is_in_a_post_must_stand_in_people(tmp_path: Path) -> None:
    """A leaver holds none."""
    rows, names = export(), KnownNames()
    names.people = ["P7"]
    rows["occupancies"] += [{**rows["occupancies"][0], "person_id": "P7"}]
    with read(write_csv(rows, tmp_path), names) as staff:
        assert [("occupancies", "P7", "reference")] == [(one.sheet, one.value, one.kind) for one in staff.faults]
