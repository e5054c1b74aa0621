"""A mapping is proposed from the files alone: what is sure is written, what is not is left open."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from graph.errors import DocumentError, DocumentErrors
from loaders.staff.proposal import propose
from loaders.staff.read import read
from tests.builders.staff_export import KnownNames, export, write_csv
from tests.loaders.staff.test_raw_force import FORCE, MAPPING, Names

EXPORTS = FORCE / "exports"

real = pytest.mark.real
beside = pytest.mark.skipif(not FORCE.exists(), reason="the raw force is not beside the project")


def lines(folder: Path, **texts: str) -> list[str]:
    """Return the lines that are proposed for some files."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return [line.strip() for line in propose([folder], Names()).splitlines()]


@real
@beside
def test_of_a_folder_without_files_nothing_is_proposed(tmp_path: Path) -> None:
    """As its load is refused."""
    with pytest.raises(DocumentError, match="found no files of an export"):
        propose([tmp_path], Names())


def test_the_whole_mapping_of_the_raw_force_is_proposed() -> None:
    """That written by hand, and beside it of which roles the posts of police staff are."""
    files = ("HR0123_Establishment.xlsx", "Chronicle_Training.txt", "Chronicle_Matrix.xlsx")
    found = yaml.safe_load(propose([FORCE / name for name in files], Names()))
    wanted = yaml.safe_load(MAPPING.read_text(encoding="utf-8"))
    posts, grades = wanted["posts"], {"Rank/Grade": [*wanted["posts"].pop("values")["rank"]]}
    of_role = {name: value for name, value in posts.items() if name != "rank"}
    wanted["posts"] = [{**posts, "skip": grades}, {**of_role, "only": grades, **_OF_TITLE}]
    at = {name: posts[name] for name in ("file", "sheet")}
    wanted["roles"] = {**at, "only": grades, "skip": {"Post Title": ["none"]}, "role": "Post Title"}
    assert wanted == found


_OF_TITLE = {"ignore": ["Rank/Grade"], "role": "Post Title"}
_POSTS = "Post No,Post Title,Rank,Command,Team,Collar No,Name\n"


@pytest.mark.parametrize(
    ("grades", "role", "open_words"),
    [
        (("PS Grade E", "Band C", "Band D"), "role: Post Title", []),
        (("Police Staff", "Scale 5", "Police staff"), "role: Post Title", []),
        (("Grade E", "SO1", "Grade F"), "role: Post Title", ["SO1"]),
        (("Spec Con", "SO1", "SO1"), None, ["SO1", "Spec Con"]),
    ],
)
def test_posts_with_a_grade_in_place_of_a_rank_are_of_the_role_of_their_title(
    grades: tuple[str, ...], role: str | None, open_words: list[str], tmp_path: Path
) -> None:
    """A word that is no rank and no grade is an open choice; with none, one line says how many posts have neither."""
    rows = [f"{at},Analyst {at},{grade},Crime,Hub,{at + 100},Person {at}\n" for at, grade in enumerate(grades, 1)]
    (folder := tmp_path / "raw").mkdir()
    (folder / "hr.csv").write_text(_POSTS + "9,Response,PC,Crime,Hub,109,Person 9\n" + "".join(rows), encoding="utf-8")
    text = propose([folder], Names())
    mapping = yaml.safe_load(text)
    posts = mapping["posts"] if role else [mapping["posts"]]
    assert ([role] if role else []) == [f"role: {one['role']}" for one in posts if "role" in one]
    assert open_words == sorted(posts[0].get("values", {}).get("rank", {}))
    (tmp_path / "mapping.yaml").write_text(text.replace("'? none | the id of a rank'", "none"), encoding="utf-8")
    with read(folder, Names(), mapping=tmp_path / "mapping.yaml") as staff:
        lines = [note for note in staff.notes if "no rank and no role" in note]
        without = sum(grade in open_words for grade in grades)
        assert ([], 4) == (list(staff.faults), staff.counts["posts"].taken)
        assert [f"posts: {without} post(s)"] * bool(without) == [note[: note.index(")") + 1] for note in lines]


_REF = "Position Ref,Position Title,Org Unit,Grade Code,Employee Ref,Surname,Forename,Start Date\n"


def test_a_header_below_one_of_groups_is_the_header_and_nothing_of_it_is_lost(tmp_path: Path) -> None:
    """Numbers called refs, a name in two columns, units named in one column, days of who is in a post and not of it."""
    rows = (
        "1,Officer,North,PC,101,Lee,Kim,14/02/2020\n2,Officer,South,PC,,Vacant,,\n3,Analyst,South,Band C,103,Day,Jo,\n"
    )
    above = "Position,Position,Position,Position,Holder,Holder,Holder,Holder\n"
    (folder := tmp_path / "raw").mkdir()
    (folder / "hr.csv").write_text(above + _REF + rows, encoding="utf-8")
    text = propose([folder], Names())
    assert "?" not in text
    (tmp_path / "mapping.yaml").write_text(text, encoding="utf-8")
    with read(folder, Names(), mapping=tmp_path / "mapping.yaml") as staff:
        taken = {name: list(staff.rows(name)) for name in ("units", "posts", "people", "occupancies")}
        assert [] == list(staff.faults)
    assert {"North", "South"} == {row["name"] for row in taken["units"]}
    assert {("1", None), ("2", None), ("3", None)} == {(row["post_id"], row["opened"]) for row in taken["posts"]}
    assert {("101", "Kim Lee", None), ("103", "Jo Day", None)} == {
        (row["person_id"], row["name"], row["joined"]) for row in taken["people"]
    }
    assert {("101", "2020-02-14"), ("103", None)} == {(row["person_id"], row["from"]) for row in taken["occupancies"]}


def test_a_duty_system_is_understood_sheet_by_sheet(tmp_path: Path) -> None:
    """Days as in the United States, a column on the force that is no unit, words of what is not held."""
    (folder := tmp_path / "raw").mkdir()
    files = {
        "strength": "Shoulder No,Officer,Rank,Duty Post,BCU,Team,Joined Force,In Post Since\n"
        '0001,"Lee, Kim",PC,D1,North,A,03/14/2012,10/25/2021\n0003,"Fox, Di",PC,D3,North,A,,\n'
        '0002,"Day, Jo",Sgt,D2,North,B,01/20/2011,02/26/2022\n',
        "skills": "Shoulder No,Officer,Taser,PPST,First Aid\n0001,Lee,10/26/2099,Lapsed,Overdue\n"
        "0002,Day,,02/28/2099,01/31/2099\n0003,Fox,,Not trained,Lapsed\n",
        "sickness": "Shoulder No,Reason,First Day,Last Day\n0001,Sick,10/14/2026,\n",
    }
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    text = propose([folder], Names())
    assert [] == [line for line in text.splitlines() if "?" in line]
    (tmp_path / "mapping.yaml").write_text(text, encoding="utf-8")
    with read(folder, Names(), mapping=tmp_path / "mapping.yaml") as staff:
        assert [] == list(staff.faults)
        assert {("0001", "2012-03-14"), ("0002", "2011-01-20"), ("0003", None)} == {
            (row["person_id"], row["joined"]) for row in staff.rows("people")
        }
        assert {("D1", "2021-10-25"), ("D2", "2022-02-26"), ("D3", None)} == {
            (row["post_id"], row["from"]) for row in staff.rows("occupancies")
        }
        assert {"North", "A", "B"} == {row["name"] for row in staff.rows("units")}
        assert ["2026-10-14"] == [row["from"] for row in staff.rows("absences")]
        assert [("0001", "2099-10-26"), ("0002", "2099-01-31"), ("0002", "2099-02-28")] == sorted(
            (str(row["person_id"]), row["expires"]) for row in staff.rows("holdings")
        )


def test_a_list_of_assignments_and_a_transcript_are_understood(tmp_path: Path) -> None:
    """A title of a person is none of a post, the number of a person none of an assignment; what is completed counts."""
    (folder := tmp_path / "raw").mkdir()
    (folder / "assignments.csv").write_text(
        "Assignment Number,Staff Number,Title,First Name,Last Name,Organisation,"
        "Position Number,Position Title,Pay Grade\n"
        "7-1,7,Ms,Kim,Lee,East,55001,Officer,Constable\n8-1,8,Mr,Al,Roe,Custody,55004,Detention Officer,Scale 4\n",
        encoding="utf-8",
    )
    (folder / "transcript.csv").write_text(
        "Learner Ref;Item Name;Completion Status;Completed On;Expires On\n"
        "7;Taser;Completed;14.03.2025;13.03.2026\n8;Taser;Not Completed;;\n8;First Aid;In Progress;;\n",
        encoding="utf-8",
    )
    text = propose([folder], Names())
    assert "?" not in text
    (tmp_path / "mapping.yaml").write_text(text, encoding="utf-8")
    with read(folder, Names(), mapping=tmp_path / "mapping.yaml") as staff:
        assert [] == list(staff.faults)
        assert {("55001", "Officer"), ("55004", "Detention Officer")} == {
            (row["post_id"], row["title"]) for row in staff.rows("posts")
        }
        assert {("7", "55001"), ("8", "55004")} == {
            (row["person_id"], row["post_id"]) for row in staff.rows("occupancies")
        }
        assert [("7", "2025-03-14", "2026-03-13")] == [
            (row["person_id"], row["achieved"], row["expires"]) for row in staff.rows("holdings")
        ]


def test_a_file_of_which_nothing_is_understood_is_named(tmp_path: Path) -> None:
    """As a line to look at, beside what is understood of others."""
    found = lines(tmp_path / "raw", people="Collar No,Name\n1,A\n", odd="Alpha,Bravo\n1,2\n")
    assert ["# ? odd.csv: its columns are not understood; write what they are"] == [
        line for line in found if line.startswith("#")
    ]


def test_a_file_that_is_called_as_a_sheet_of_ours_is_what_its_mapping_says(tmp_path: Path) -> None:
    """A log of courses is no sheet of courses; one that has our columns is both."""
    folder = write_csv(export(), tmp_path / "export")
    (folder / "holdings.csv").unlink(missing_ok=True)
    for name in ("courses", "teaches", "course_dates"):
        (folder / f"{name}.csv").unlink(missing_ok=True)
    (folder / "courses.csv").write_text("Employee Ref,Course Title,Completion Date\n", encoding="utf-8")
    mapping = tmp_path / "mapping.yaml"
    for title, read_as in (("courses.csv", False), (None, True)):
        of = f"holdings: {{file: {title}, person_id: Employee Ref, requirement: Course Title}}\n" if title else ""
        mapping.write_text(f"rankgraph: mapping\n{of or 'dates: [uk]'}\n", encoding="utf-8")
        if read_as:
            with pytest.raises(DocumentErrors):
                read(folder, KnownNames(), mapping=mapping)
        else:
            with read(folder, KnownNames(), mapping=mapping) as staff:
                assert "courses" not in {table.sheet.name for table in staff.parts}


def test_many_choices_stand_a_line_each(tmp_path: Path) -> None:
    """No line is long, and what is read is the same."""
    words = [f"Odd rank {letter}" for letter in "abcdefghijkl"]
    rows = [f"{at},Analyst,{word},Crime,Hub,{at + 100},Person {at}\n" for at, word in enumerate(words, 1)]
    found = lines(tmp_path / "raw", hr=_POSTS + "99,Response,PC,Crime,Hub,99,Person 99\n" + "".join(rows))
    open_choice = "? none | the id of a rank"
    assert [f"{word}: '{open_choice}'" for word in words] == [line for line in found if "Odd rank" in line]
    read_again = yaml.safe_load(propose([tmp_path / "raw"], Names()))
    assert dict.fromkeys(words, open_choice) == read_again["posts"]["values"]["rank"]


@real
@beside
@pytest.mark.parametrize(
    "name", ["37-oracle-headers", "29-training-matrix", "23-xlsx-other-sheet-names.xlsx", "05-utf8-bom"]
)
def test_an_export_of_another_system_is_read_with_what_is_proposed(name: str, tmp_path: Path) -> None:
    """Without a change."""
    (tmp_path / "mapping.yaml").write_text(propose([EXPORTS / name], Names()), encoding="utf-8")
    names = Names()
    with read(EXPORTS / name, names, mapping=tmp_path / "mapping.yaml") as staff:
        assert ([], 5, 5) == (list(staff.faults), staff.counts["posts"].taken, staff.counts["occupancies"].taken)


def test_our_own_files_are_proposed_as_they_are(tmp_path: Path) -> None:
    """Then they are read as without a mapping."""
    folder = write_csv(export(), tmp_path / "export")
    text = propose([folder], KnownNames())
    assert 1 == text.count("? temporary | substantive")
    (tmp_path / "mapping.yaml").write_text(text.replace("? temporary | substantive", "temporary"), encoding="utf-8")
    with read(folder, KnownNames(), mapping=tmp_path / "mapping.yaml") as staff, read(folder, KnownNames()) as ours:
        for name in ("units", "posts", "people", "occupancies"):
            assert list(ours.rows(name)) == list(staff.rows(name))


@pytest.mark.parametrize(
    ("words", "only"),
    [
        (("Completed", "Failed"), "only: {Outcome: [Completed]}"),
        (("Pass", "passed", "DNA", "No Show"), "only: {Outcome: [Pass, passed]}"),
        (("Yes", "Not attended"), "only: {Outcome: ['Yes']}"),
        (("Completed", "Deferred"), "only: {Outcome: '? Completed | Deferred'}"),
        (("Bravo", "Charlie"), "only: {Outcome: '? Bravo | Charlie'}"),
    ],
)
def test_words_of_an_outcome_that_count_are_proposed(words: tuple[str, ...], only: str, tmp_path: Path) -> None:
    """A word that nobody knows leaves the choice open."""
    rows = "".join(f"{number},Taser,01/02/2026,{word}\n" for number, word in enumerate(words, 1))
    found = lines(tmp_path / "raw", log="Collar No,Course,Date Achieved,Outcome\n" + rows)
    assert [only] == [one for one in found if one.startswith("only")]


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Forename,Surname", "name: [Forename, Surname]"),
        ("Last Name,First Name", "name: [First Name, Last Name]"),
        ("Forename,Team", "without a name"),
        ("Employee,Name", "name: '? Employee | Name'"),
        ("Name", "name: Name"),
    ],
)
def test_two_columns_that_may_be_one_of_ours_are_an_open_choice(header: str, kind: str, tmp_path: Path) -> None:
    """Both are listed."""
    cells = ",".join("ab"[: header.count(",") + 1])
    found = lines(tmp_path / "raw", people=f"Collar No,{header}\n1,{cells}\n")
    assert ([kind] if kind.startswith("name") else []) == [one for one in found if one.startswith("name")]


@pytest.mark.parametrize(
    ("cells", "matrix"),
    [
        (("01/02/2099", "Y", "N/A"), "matrix: expires"),
        (("01/02/2020", "Y", "N/A"), "matrix: '? expires | achieved | level'"),
        (("Y", "N", "Y"), "matrix: '? expires | achieved | level'"),
    ],
)
def test_what_the_days_of_a_matrix_are_is_known_if_one_is_to_come(
    cells: tuple[str, ...], matrix: str, tmp_path: Path
) -> None:
    """Else it is asked."""
    found = lines(tmp_path / "raw", m=f"Collar No,Taser,PPST,ARV\n1,{','.join(cells)}\n2,{cells[0]},Y,Y\n")
    assert matrix in found


@pytest.mark.parametrize(
    ("first", "dates"),
    [
        ("31/12/2026", "dates: [uk]"),
        ("45495", "dates: [serial]"),
        ("2026-12-31", None),
        ("09-JUN-26", "dates: [uk]"),
        ("12/31/2026", "dates: [us]"),
        ("12-31-26", "dates: [us]"),
        ("1/31/2026 0:00", "dates: [us]"),
        ("03/04/2026", "dates: [? uk | us]"),
        ("3.4.26", "dates: [? uk | us]"),
        ("31 Dec 2026", None),
    ],
)
def test_how_days_are_written_is_proposed(first: str, dates: str | None, tmp_path: Path) -> None:
    """ISO needs no word."""
    found = lines(tmp_path / "raw", people=f"Collar No,Name,Leaving Date\n1,A,{first}\n")
    assert [dates] * (dates is not None) == [one.replace("'", "") for one in found if one.startswith("dates")]


@pytest.mark.parametrize(
    ("joined", "left", "dates"),
    [
        (("31/12/2020", "03/04/2020"), ("", ""), "[uk]"),
        (("12/31/2020", "03/04/2020"), ("", "45495"), "[us, serial]"),
        (("12/31/2020", "25/04/2020"), ("", ""), "[? uk | us]"),
        (("12/31/2020", ""), ("25/04/2020", "03/04/2020"), "[? uk | us]"),
        (("03/04/2020", "04/03/2020"), ("2021-01-01", ""), "[? uk | us]"),
    ],
)
def test_what_the_days_of_a_file_show_together_is_proposed(
    joined: tuple[str, str], left: tuple[str, str], dates: str, tmp_path: Path
) -> None:
    """Days that speak against each other, and days that say nothing, are an open choice."""
    rows = "".join(f"{n},A,{one},{other}\n" for n, (one, other) in enumerate(zip(joined, left, strict=True)))
    found = lines(tmp_path / "raw", people="Collar No,Name,Date Joined Force,Leaving Date\n" + rows)
    assert [f"dates: {dates}"] == [one.replace("'", "") for one in found if one.startswith("dates")]


@pytest.mark.parametrize(
    ("log", "table", "dates"),
    [
        ("12/31/2020", "31/12/2099", ["us", "us", "uk"]),
        ("31/12/2020", "12/31/2099", ["uk", "uk", "us"]),
        ("31/12/2020", "01/02/2099", ["uk", "uk", "? uk | us"]),
        ("31/12/2020", "31/12/2099", None),
    ],
)
def test_two_systems_may_write_days_otherwise(log: str, table: str, dates: list[str] | None, tmp_path: Path) -> None:
    """Then each file has its own; a matrix of days is looked at too."""
    log_text = f"Collar No,Course,Date Achieved\n12,Taser,{log}\n"
    matrix = f"Collar No,Taser,PPST,ARV\n12,{table},{table},Y\n"
    folder = tmp_path / "raw"
    lines(folder, log=log_text, matrix=matrix)
    found = yaml.safe_load(propose([folder], Names()))
    own = [part.get("dates", [None])[0] for part in (found["requirements"], *found["holdings"])]
    assert dates == (None if own == [None] * 3 else own)
    assert (["uk"] if dates is None else None) == found.get("dates")


def test_numbers_that_have_lost_their_zeros_are_padded(tmp_path: Path) -> None:
    """As another file has them."""
    found = lines(tmp_path / "raw", people="Collar No,Name\n0012,A\n", log="Collar No,Course\n12,Taser\n")
    assert ["pad: {person_id: 4}"] == [one for one in found if one.startswith("pad")]


def test_a_file_of_something_else_is_left_out(tmp_path: Path) -> None:
    """Nothing is guessed of it, and its name is said."""
    named = "# ? menu.csv: its columns are not understood; write what they are"
    assert ["rankgraph: mapping", named] == lines(tmp_path / "raw", menu="Dish,Price\nSoup,3\n")
