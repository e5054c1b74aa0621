"""Which columns of an export are read as which: other names, mapping files, and columns on how a course went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from graph.errors import DocumentErrors
from graph.rows import Row
from graph.staff_nodes import SheetCount
from loaders.staff.mapping import SheetMapping
from loaders.staff.read import Staff, read
from loaders.staff.sheets import SHEETS, sheet
from tests.builders.staff_export import Export, KnownNames, export, write_csv, write_workbook
from tests.loaders.staff.test_read import problems

EXPORTS = Path(__file__).resolve().parents[3].parent / "shared" / "staff" / "exports"


KEYS = ", ".join(name for name in SheetMapping.model_fields if name != "columns")


def taken(staff: Staff) -> dict[str, list[Row]]:
    """Return all rows that were taken."""
    return {sheet.name: list(staff.rows(sheet.name)) for sheet in SHEETS}


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
        ("people: {nam: Who}", "people: 'nam'", f"{KEYS} or one of person_id, name, joined, left"),
        ("people: Who", "people without columns", "our columns, and behind each their header"),
        ("- people", "no sheets", "YAML: our sheet, and below it our column and their header"),
        ("people: {name: }", "people without columns", "our columns, and behind each their header"),
        (
            "holdings: {only: Outcome}",
            "only: 'Outcome'",
            "their header, and behind it the words of the rows that count",
        ),
        ("holdings: {only: {Outcome: [A]}, ignore: {Status: Open}}", "ignore: a map", "a word, or a list of them"),
        (
            "holdings: {only: {Outcome: [A], Other: }}",
            "holdings without columns",
            "our columns, and behind each their header",
        ),
        ("holdings: {only: {Outcome: []}}", "holdings without columns", "our columns, and behind each their header"),
        (
            "holdings: {level: '? Level | Grade'}",
            "level: '? Level | Grade'",
            "one of the candidates, or several in a list, without the question mark",
        ),
        (
            "occupancies: {values: {basis: {Bank: '? substantive | acting'}}}",
            "Bank: '? substantive | acting'",
            "one of the candidates, or several in a list, without the question mark",
        ),
        ("rankgraph: maps", "rankgraph: 'maps'", "'mapping'"),
        ("dates: us\nhours: 37", "the sheet 'hours'", ""),
        ("holdings: {only: {Outcome: Passed}}", "no column 'Outcome', which the mapping gives for only", ""),
        ("people: {name: 2021-99-99}", "no column '2021-99-99', which the mapping gives for name", ""),
        ("people: {name: Nobody}", "no column 'Nobody', which the mapping gives for name", ""),
    ],
)
def test_a_mapping_that_fits_nothing_is_refused(text: str, found: str, expected: str, tmp_path: Path) -> None:
    """The error says what could be meant."""
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(text)
    [(_, told, wanted)] = problems(write_csv(export(), tmp_path / "export"), mapping)
    assert told.startswith(found)
    assert wanted == expected or not expected


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
        f'not attended; write in a mapping file (--mapping) `holdings: {{only: {{"{header}": ["Completed"]}}}}` with '
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
        left_out = "Passed? (empty) (1), Passed? Did not attend (1), Passed? No (2)"
        told = f"4 row(s) of holdings left out, as the mapping says: {left_out}"
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


@pytest.mark.parametrize(
    "word", ["failed", "Booked", "not attended", "CANCELLED", "Withdrawn", "Failed (resit)", "Didn't attend"]
)
@pytest.mark.parametrize(("header", "ours"), [("evidence", True), ("Certificate", True), ("Remarks", False)])
def test_one_word_of_an_outcome_stops_the_load_wherever_it_stands(
    header: str, word: str, tmp_path: Path, *, ours: bool
) -> None:
    """Also in a column of ours for any text, and far down; the two cures of the message work."""
    rows = export()
    cells = {**rows["holdings"][0], header: ""}
    if ours and header != "evidence":
        del cells["evidence"]
    texts = [*(f"Seen in file {number}" for number in range(2100)), word, "Pass"]
    days = [f"{1990 + number // 300}-{number // 25 % 12 + 1:02}-{number % 25 + 1:02}" for number in range(len(texts))]
    rows["holdings"] = [{**cells, "achieved": day, header: text} for day, text in zip(days, texts, strict=True)]
    folder = write_csv(rows, tmp_path / "export")
    with pytest.raises(DocumentErrors) as caught:
        read(folder, KnownNames())
    [error] = map(str, caught.value.exceptions)
    assert f"holdings.csv: found the column {header!r} ({word}, Pass, Seen in file 0, " in error
    mapping = tmp_path / "mapping.yaml"
    for cure in (f'holdings: {{only: {{"{header}": ["Pass"]}}}}', f'holdings: {{ignore: ["{header}"]}}'):
        assert f"`{cure}`" in error
        mapping.write_text(cure)
        with read(folder, KnownNames(), mapping=mapping) as staff:
            assert (1 if "only" in cure else 2102) == staff.counts["holdings"].taken


@pytest.mark.parametrize(
    "text", ["Certificate 17", "Passed", "Pass - merit", "Booked in by Sgt Hall, seen", "failed badge no 7", "No"]
)
def test_free_words_in_evidence_are_no_outcome(text: str, tmp_path: Path) -> None:
    """A word that counts is none either."""
    with read(_with_outcomes(tmp_path, "evidence", [text, "1", "", "", "", "", ""]), KnownNames()) as staff:
        assert (7, ()) == (staff.counts["holdings"].taken, staff.notes)
