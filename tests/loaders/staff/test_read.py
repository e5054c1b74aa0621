"""How the files of an export are found and read: encodings, delimiters, headers, mapping files, workbooks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from graph.errors import DocumentError, DocumentErrors
from graph.rows import Row
from graph.staff_nodes import SheetCount
from loaders.staff import Staff, read
from loaders.staff.sheets import SHEETS, sheet
from tests.builders.staff_export import Export, KnownNames, export, row, write_csv, write_workbook

EXPORTS = Path(__file__).resolve().parents[3].parent / "shared" / "staff" / "exports"
OPTIONAL = [sheet.name for sheet in SHEETS if not sheet.required]


def taken(staff: Staff) -> dict[str, list[Row]]:
    """Return all rows that were taken."""
    return {sheet.name: list(staff.rows(sheet.name)) for sheet in SHEETS}


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
        expected = {"person_id": "P7", "name": "Person 7", "joined": None, "left": None}
        assert ([], expected) == (list(staff.faults), list(staff.rows("people"))[-1])


def _renamed(rows: Export, sheet: str, names: dict[str, str]) -> Export:
    found = [{names.get(name, name): value for name, value in one.items()} for one in rows[sheet]]
    return {**rows, sheet: found}


@pytest.mark.parametrize(
    ("sheet", "names"),
    [
        ("people", {"person_id": "Collar number", "name": "Full Name", "joined": "START_DATE", "left": "Leaving date"}),
        ("people", {"person_id": "Employee ID"}),
        ("occupancies", {"person_id": "Warrant No.", "from": "Start date", "to": "end-date"} | {"person_id": "HR ID"}),
        ("holdings", {"requirement": "Skill", "expires": "Expiry Date", "achieved": "Date Passed"}),
        ("posts", {"post_id": "Position Number", "rank": "Grade", "title": "Job Title"}),
        ("absences", {"kind": "Reason"}),
    ],
)
def test_a_column_goes_by_other_names_too(sheet: str, names: dict[str, str], tmp_path: Path) -> None:
    """Case, spaces, underscores and hyphens make no difference."""
    other = write_csv(_renamed(export(), sheet, names), tmp_path / "other")
    with read(other, KnownNames()) as staff, read(write_csv(export(), tmp_path / "ours"), KnownNames()) as ours:
        assert (taken(ours), ()) == (taken(staff), staff.notes)


def test_a_mapping_file_names_what_is_called_otherwise(tmp_path: Path) -> None:
    """Files and columns of another system are read as ours."""
    folder = write_csv(_renamed(export(), "people", {"person_id": "Ref", "name": "Who"}), tmp_path / "export")
    (folder / "people.csv").rename(folder / "HR extract.csv")
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("people: {file: hr extract.csv, person_id: REF, name: who}\n")
    ours = write_csv(export(), tmp_path / "ours")
    with read(folder, KnownNames(), mapping=mapping) as staff, read(ours, KnownNames()) as plain:
        assert (taken(plain), ()) == (taken(staff), staff.notes)


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("peopel: {name: Who}", "the sheet 'peopel'", f"one of {', '.join(sheet.name for sheet in SHEETS)}"),
        ("people: {nam: Who}", "people: 'nam'", "file, sheet, only, ignore or one of person_id, name, joined, left"),
        ("people: Who", "people without columns", "our columns, and behind each their header"),
        ("- people", "no sheets", "YAML: our sheet, and below it our column and their header"),
        ("people: {name: }", "people without columns", "our columns, and behind each their header"),
        (
            "holdings: {only: Outcome}",
            "holdings: only without them",
            "their header, and behind it the words of the rows that count",
        ),
        (
            "holdings: {only: {Outcome: }, ignore: {Status: Open}}",
            "holdings: ignore without them",
            "their headers",
        ),
        (
            "holdings: {only: {Outcome: []}}",
            "holdings: only without them",
            "their header, and behind it the words of the rows that count",
        ),
        ("holdings: {only: {Outcome: Passed}}", "no the column 'Outcome', which the mapping gives for only", ""),
        ("people: {name: 2021-99-99}", "no the column '2021-99-99', which the mapping gives for name", ""),
        ("people: {name: Nobody}", "no the column 'Nobody', which the mapping gives for name", ""),
    ],
)
def test_a_mapping_that_fits_nothing_is_refused(text: str, found: str, expected: str, tmp_path: Path) -> None:
    """The error says what could be meant."""
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(text)
    [(_, told, wanted)] = problems(write_csv(export(), tmp_path / "export"), mapping)
    assert told.startswith(found)
    assert wanted == expected or not expected


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


def test_columns_that_are_missing_are_all_told_at_once(tmp_path: Path) -> None:
    """A file without its identifiers cannot be read at all."""
    write_csv(export(), tmp_path)
    (tmp_path / "people.csv").write_text("number,who\n1,Person 1\n")
    (tmp_path / "units.csv").write_text("unit_id,name,name\n")
    assert [
        (
            "units.csv",
            "more than one column for name (columns 2 and 3) among: unit_id, name, name",
            "the columns unit_id, name, each once",
        ),
        ("people.csv", "no person_id; no name among: number, who", "the columns person_id, name, each once"),
    ] == problems(tmp_path)


def test_two_columns_for_one_are_not_chosen_from(tmp_path: Path) -> None:
    """Nothing is guessed where two synonyms stand side by side; our own name goes before them."""
    write_csv(export(), tmp_path)
    (tmp_path / "people.csv").write_text("collar number,employee id,name\n1,P1,Person 1\n")
    [(_, found, _)] = problems(tmp_path)
    assert found.startswith("more than one column for person_id (columns 1 and 2)")


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("people.csv", b"person_id,name\nP1,\x81\n", "text that is neither UTF-8 nor cp1252"),
        ("people.csv", b"", "no person_id; no name among: nothing"),
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
    """Cells of a spreadsheet are read as what they show; a formula is its text."""
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
        assert ['=HYPERLINK("x")', "2020-03-04", None] == people["P8"]
        assert 0.6 in {one["fte"] for one in staff.rows("posts")}
        said = f"its sheets are called {', '.join(sheet.name for sheet in SHEETS)}"
        assert ([], (f"staff.xlsx: not read: My notes; {said}",)) == (list(staff.faults), staff.notes)


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
    rows["posts"].append(row("posts", "X1", "U1", "Sarge", "", "", "", "", ""))
    course = "course/taser-first-course (Taser, first course)"
    with read(write_csv(rows, tmp_path), KnownNames()) as staff:
        assert [
            ("posts", 8, "rank", "Sarge", 1, "give the rank by its id"),
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


def _with_outcomes(folder: Path, header: str, words: Sequence[str]) -> Path:
    rows = export()
    rows["holdings"] = [{**one, header: word} for one, word in zip(rows["holdings"], words, strict=False)]
    return write_csv(rows, folder)


_FAILED = ("Completed", "Failed", "completed ", "Did not attend", "", "Completed", "Failed")


@pytest.mark.parametrize(
    "header",
    [
        *(
            "Outcome",
            "RESULT",
            "Status",
            "Course Status",
            "CourseStatus",
            "attendance_status",
            "Exam result",
            "Pass/Fail",
        ),
        *(
            "Completion status",
            "Completed?",
            "Achieved?",
            "Attended",
            "Passed (Y/N)",
            "Pass on first day?",
            "Final Outcomes",
        ),
    ],
)
def test_a_column_on_how_a_course_went_is_refused(header: str, tmp_path: Path) -> None:
    """What was failed is not held; the error says what was found, and what to write."""
    with pytest.raises(DocumentErrors) as caught:
        read(_with_outcomes(tmp_path, header, _FAILED), KnownNames())
    says = (
        f"holdings.csv: found the column {header!r} (Completed, Failed, completed, Did not attend), of which no "
        "mapping says which of its words count; expected in holdings only rows of what is held: not what was failed or "
        f'not attended; write in a mapping file (--mapping) `holdings: {{only: {{"{header}": [WORD, WORD]}}}}` with '
        f'the words of the rows that count, or `holdings: {{ignore: ["{header}"]}}` where all rows do'
    )
    assert [says] == [str(one) for one in caught.value.exceptions]


@pytest.mark.parametrize("header", ["Notes", ""])
def test_what_stands_in_a_column_shows_that_it_is_on_how_a_course_went(header: str, tmp_path: Path) -> None:
    """Whatever its header is, and without one; what is refused can be resolved as it says."""
    folder = _with_outcomes(tmp_path / "export", header, _FAILED)
    name = header or "(column 7, without a name)"
    folder = folder if header else _with_last_cells(folder)
    found = f"the column {name!r} (Completed, Failed, completed, Did not attend), of which no mapping says which of its"
    assert [f"{found} words count"] == [one[1] for one in problems(folder)]
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(f'holdings: {{only: {{"{name}": [Completed]}}}}')
    with read(folder, KnownNames(), mapping=mapping) as staff:
        assert SheetCount(3, 3, 0) == staff.counts["holdings"]


def _with_last_cells(folder: Path) -> Path:
    """Put a column behind the one without a name, so that it is one of the file."""
    path = folder / "holdings.csv"
    first, *others = path.read_text().splitlines()
    path.write_text("\n".join([f"{first},Trainer", *(f"{line},A" for line in others)]) + "\n")
    return folder


@pytest.mark.parametrize(
    "header", ["Completion date", "Date completed", "Passed on", "Days attended", "Trainer", "Status date"]
)
def test_other_columns_of_holdings_are_passed_over(header: str, tmp_path: Path) -> None:
    """They are said, and nothing is refused."""
    with read(_with_outcomes(tmp_path, header, ["2024-01-01"] * 7), KnownNames()) as staff:
        known = ", ".join(column.name for column in sheet("holdings").columns)
        assert (f"holdings.csv: not read: {header}; the columns are {known}",) == staff.notes
        assert SheetCount(7, 7, 0) == staff.counts["holdings"]


def test_a_status_of_other_sheets_is_no_outcome(tmp_path: Path) -> None:
    """People and posts have a status of their own; in occupancies it is the basis."""
    rows = export()
    for name in ("people", "posts", "courses"):
        rows[name] = [{**one, "Status": "Completed"} for one in rows[name]]
    rows["occupancies"] = [
        {"status" if key == "basis" else key: cell for key, cell in one.items()} for one in rows["occupancies"]
    ]
    with read(write_csv(rows, tmp_path), KnownNames()) as staff:
        assert 3 == len(staff.notes)


@pytest.mark.parametrize("make", [write_csv, lambda rows, folder: write_workbook(rows, folder.with_suffix(".xlsx"))])
def test_a_mapping_says_which_rows_count(make: Callable[[Export, Path], Path], tmp_path: Path) -> None:
    """Case and spaces make no difference; how many rows of each other word were left out is said."""
    rows = export()
    words = ("Yes", "No", "yes ", "No", "", "YES", "Did not attend")
    rows["holdings"] = [{**one, "Passed?": word} for one, word in zip(rows["holdings"], words, strict=True)]
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("holdings:\n  only:\n    passed: Yes\n")
    with read(make(rows, tmp_path / "staff"), KnownNames(), mapping=mapping) as staff:
        place = staff.tables["holdings"].place
        assert ([], ["P1", "P2", "P5"], SheetCount(3, 3, 0)) == (
            list(staff.faults),
            sorted(str(one["person_id"]) for one in staff.rows("holdings")),
            staff.counts["holdings"],
        )
        told = "4 rows left out, as the mapping says: Passed? (empty) (1), Passed? Did not attend (1), Passed? No (2)"
        assert (f"{place}: {told}",) == staff.notes


def test_a_mapping_passes_a_column_over(tmp_path: Path) -> None:
    """All rows count, and nothing is said."""
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("holdings: {ignore: [Status], achieved: Date, only: {Outcome: [Passed]}}")
    rows = export()
    rows["holdings"] = [
        {**{"Date" if key == "achieved" else key: cell for key, cell in one.items()}, "Achieved?": "Y"}
        | {"Status": "Failed", "Outcome": "Passed"}
        for one in rows["holdings"]
    ]
    folder = write_csv(rows, tmp_path / "export")
    assert ["the column 'Achieved?' (Y), of which no mapping says which of its words count"] == [
        found for _, found, _ in problems(folder, mapping)
    ]
    mapping.write_text(mapping.read_text().replace("[Status]", "[Status, achieved]"))
    with read(folder, KnownNames(), mapping=mapping) as staff:
        assert ((), SheetCount(7, 7, 0)) == (staff.notes, staff.counts["holdings"])


@pytest.mark.real
@pytest.mark.skipif(not EXPORTS.exists(), reason="the exports are not beside the project")
def test_an_export_of_a_training_system_is_refused_for_its_outcomes() -> None:
    """One column, and the words that stand in it."""
    assert [
        ("holdings.csv", "in holdings only rows of what is held: not what was failed or not attended"),
    ] == [(file, expected) for file, _, expected in problems(EXPORTS / "28-training-statuses")]
