"""Tables that people keep by hand or print: labels said once, a sheet a unit, notes below, several tables, lists."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from openpyxl import Workbook

from loaders.staff.proposal import propose
from tests.builders.staff_export import KnownNames
from tests.loaders.staff.test_unknown_systems import loaded, seats

LIST = (
    "Post No,Post Title,Rank,Unit,Collar No,Name,{}\n"
    "1,Sgt,Sergeant,Crime,0012,Kim,{}\n2,Con,Constable,Crime,0013,Jo,{}\n"
)
PLAIN = LIST.format("FTE", "1", "1")


def _proposed(folder: Path, **files: str) -> str:
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return propose([folder], KnownNames())


PIVOT = """Sum of FTE,,,
BCU,Team,Rank,{}
North,A,Sergeant,2
,,Constable,10
,A Total,,12
,CID,Sergeant,1
North Total,,,13
South,,Inspector,1
,A,Sergeant,3
South Total,,,4
Grand Total,,,17
"""
IN_TEAMS = "Collar No,Name,Rank,BCU,Team\n1,Kim,Sergeant,North,CID\n2,Jo,Sergeant,South,A\n"


def test_a_label_that_is_said_once_is_that_of_the_rows_below(tmp_path: Path) -> None:
    """Until a new one stands there or further left; totals of a group are no units, and a count is an open choice."""
    files = {"pivot.csv": PIVOT.format("Total"), "people.csv": IN_TEAMS}
    rows = loaded(tmp_path / "raw", files, Total_none="Total")
    assert {"North", "North/A", "North/CID", "South", "South/A"} == {row["unit_id"] for row in rows["units"]}
    posts = {("North/A", 2), ("North/A", 10), ("North/CID", None), ("South", None), ("South/A", 3)}
    assert posts == {(row["unit_id"], row["places"]) for row in rows["posts"]}
    assert {("1", "North/CID/Sergeant", None, 1.0), ("2", "South/A/Sergeant", None, 1.0)} == seats(rows)


def _book(path: Path, sheets: dict[str, list[str]]) -> None:
    book = Workbook()
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([cell or None for cell in row.split(",")])
    book.remove(book["Sheet"])
    book.save(path)


@pytest.mark.parametrize(
    ("titles", "column", "path"),
    [
        (("North BCU", "South BCU"), "Team", ["(sheet)", "Team"]),
        (("North", "South"), "Team", "? [(sheet), Team] | [Team]"),
        (("North", "South"), "Notes", ["(sheet)"]),
    ],
)
def test_each_sheet_of_a_workbook_may_be_of_another_unit(
    titles: tuple[str, ...], column: str, path: object, tmp_path: Path
) -> None:
    """By its name where that says so, or where no column does; of teams of one name a choice is open."""
    rows = {
        title: [f"Post No,Rank,Collar No,Name,{column}", f"{n},Sergeant,00{n},Kim,A"] for n, title in enumerate(titles)
    }
    _book(tmp_path / "units.xlsx", rows)
    found = yaml.safe_load(propose([tmp_path / "units.xlsx"], KnownNames()))
    assert [path, path] == [one["unit_id"] for one in found["posts"]]
    assert [path, path] == [one["path"] for one in found["units"]]


@pytest.mark.parametrize(("column", "below"), [("Team", "/A"), ("Notes", "")])
def test_the_name_of_a_sheet_is_the_unit_of_its_posts(column: str, below: str, tmp_path: Path) -> None:
    """Team A of one is not Team A of the other."""
    header = f"Post No,Rank,Collar No,Name,{column}"
    rows = {"North BCU": [header, "1,Sergeant,001,Kim,A"], "South BCU": [header, "2,Sergeant,002,Jo,A"]}
    _book(tmp_path / "units.xlsx", rows)
    found = loaded(tmp_path / "raw", {"units.xlsx": (tmp_path / "units.xlsx").read_bytes()})
    assert {("1", f"North BCU{below}"), ("2", f"South BCU{below}")} == {
        (row["post_id"], row["unit_id"]) for row in found["posts"]
    }


NOTES = "\nRed = long term sick\nAny queries to the office\n"


@pytest.mark.parametrize(
    "below", [NOTES, '\n"Applied filters:\nStatus is Active",,\n', ",,\nFilters applied: Status is Active,,\n"]
)
def test_notes_below_a_table_are_no_people(below: str, tmp_path: Path) -> None:
    """They stand alone in their rows, below a blank one."""
    assert {("0012", "1", None, 1.0), ("0013", "2", None, 1.0)} == seats(
        loaded(tmp_path / "raw", {"hr.csv": PLAIN + below})
    )


def test_a_name_alone_in_a_row_of_the_table_is_at_fault(tmp_path: Path) -> None:
    """No blank row stands above."""
    with pytest.raises(AssertionError):
        loaded(tmp_path / "raw", {"hr.csv": PLAIN + "Kim de la Rue,,,,,,\n"})


def test_skills_that_a_cell_lists_are_each_held(tmp_path: Path) -> None:
    """Where each person has one row, and some come again."""
    skills = LIST.format("Skills", '"TASER, Boat;Dogs"', "TASER") + "3,Con,Constable,Crime,0014,Di,\n"
    rows = loaded(tmp_path / "raw", {"hr.csv": skills}, **{"TASER_course/taser": "TASER"})
    wanted = {("0012", "skill/taser"), ("0012", "skill/boat"), ("0012", "skill/dogs"), ("0013", "skill/taser")}
    assert wanted == {(row["person_id"], row["requirement"]) for row in rows["holdings"]}
    assert ["0012", "0013", "0014"] == [row["person_id"] for row in rows["people"]]


def test_a_comma_in_the_name_of_a_course_lists_nothing(tmp_path: Path) -> None:
    """A log has several rows of a person."""
    log = 'Collar No,Course,Date\n0012,"Search, level 1",13/02/2026\n0012,"Search, level 2",13/02/2026\n'
    found = yaml.safe_load(_proposed(tmp_path / "raw", hr=PLAIN, log=log))
    assert ("split" in found["holdings"], found["holdings"]["achieved"]) == (False, "Date")


def test_levels_of_a_matrix_stand_beside_days(tmp_path: Path) -> None:
    """A number is a level, and a word such as Advanced an open choice."""
    matrix = "Collar,Name,Boat,Dogs,Bike\n0012,Kim,L2,Tier 3,14/02/2099\n0013,Jo,Level 1,Advanced,05/60\n"
    rows = loaded(tmp_path / "raw", {"hr.csv": PLAIN, "matrix.csv": matrix}, held_none_1_2_3="2")
    assert {
        ("0012", "skill/boat", 2, None),
        ("0012", "skill/dogs", 3, None),
        ("0012", "skill/bike", None, "2099-02-14"),
        ("0013", "skill/boat", 1, None),
        ("0013", "skill/dogs", 2, None),
        ("0013", "skill/bike", None, "2060-05-31"),
    } == {(row["person_id"], row["requirement"], row["level"], row["expires"]) for row in rows["holdings"]}


BELOW = PLAIN + "\nTickets,,,,\nCollar No,Ticket,Achieved,Expires\n0012,Boat,13/02/2026,\n"
BESIDE = PLAIN.replace("\n", ",,0012,Boat,13/02/2026\n").replace(
    "FTE,,0012,Boat,13/02/2026", "FTE,,Collar No,Ticket,Achieved"
)


@pytest.mark.parametrize(
    ("text", "where"),
    [(BELOW, "row 6 begins another table"), (BESIDE, "another table stands to the right of column 7")],
)
def test_two_tables_of_one_sheet_are_named(text: str, where: str, tmp_path: Path) -> None:
    """With what to do."""
    cure = "put each on a sheet, or in a file, of its own, and run this again"
    last = _proposed(tmp_path / "raw", hr=text).splitlines()[-1]
    assert f"# ? hr.csv: {where}; {cure}" == last


GROUPS = "Post No,Post Title,Rank,Unit,Collar No,Name,{},Hours p/w\n" + "".join(
    f"{n},Con,Constable,Crime,00{n},Kim,{{}},{hours}\n" for n, hours in enumerate((40, 37, 40, 18.5), 1)
)


@pytest.mark.parametrize(
    ("header", "groups", "wanted"),
    [
        ("Employee Group", ("Officer", "Staff", "Officer", "Staff"), {1.0, 0.5}),
        ("Vehicle", ("Officer", "Staff", "Officer", "Staff"), None),
        ("Employee Group", ("Officer", "Officer", "Officer", "Staff"), None),
    ],
)
def test_hours_of_a_full_week_may_be_those_of_a_group(
    header: str, groups: tuple[str, ...], wanted: set[float] | None, tmp_path: Path
) -> None:
    """Where a column says of whom each is; else which is meant is an open choice."""
    text = GROUPS.format(header, *groups)
    if wanted:
        assert wanted == {row["fte"] for row in loaded(tmp_path / "raw", {"hr.csv": text})["occupancies"]}
    else:
        assert "? 40 | 37" == yaml.safe_load(_proposed(tmp_path / "raw", hr=text))["occupancies"]["hours"]


def test_who_acts_by_a_rank_of_their_own_is_in_the_post_on_that_basis(tmp_path: Path) -> None:
    """Nobody is a temporary constable: that T is of a trainee."""
    rows = loaded(
        tmp_path / "raw", {"hr.csv": LIST.format("Acting Rank", "T/Insp", "") + "3,Con,PC,Crime,0014,Di,A/Sgt\n"}
    )
    assert ["temporary", "substantive", "acting"] == [row["basis"] for row in rows["occupancies"]]


def test_zeros_that_stand_behind_a_rank_are_known_elsewhere(tmp_path: Path) -> None:
    """A log that writes ranks in front of some numbers, and loses the zeros of others."""
    log = "Collar,Course,Date,Result\n12,Boat,13/02/2026,Pass\nPC 0013,Boat,14/02/2026,Pass\n"
    ranked = PLAIN.replace("0012", "PS 0012").replace("0013", "PC 0013")
    rows = loaded(tmp_path / "raw", {"hr.csv": ranked, "log.csv": log})
    assert {("0012", "2026-02-13"), ("0013", "2026-02-14")} == {
        (row["person_id"], row["achieved"]) for row in rows["holdings"]
    }


def test_months_for_which_a_course_counts_are_those_of_the_course(tmp_path: Path) -> None:
    """A log says them in each row."""
    log = "Collar No,Ticket,Completed,Valid For (Months)\n0012,Boat,13/02/2026,12\n0013,Boat,14/02/2026,12\n"
    rows = loaded(tmp_path / "raw", {"hr.csv": PLAIN, "log.csv": log})
    assert [("Boat", 12)] == [(row["name"], row["valid_months"]) for row in rows["requirements"]]


def test_heads_in_a_list_of_people_are_no_places(tmp_path: Path) -> None:
    """A vacant post has none, and is there all the same."""
    rows = loaded(tmp_path / "raw", {"hr.csv": LIST.format("Headcount", "1", "1") + "3,Con,Constable,Crime,,,0\n"})
    assert ["1", "2", "3"] == [row["post_id"] for row in rows["posts"]]


@pytest.mark.parametrize("total", ["Total,,,,,2,", "Grand Total,,,,,,", "Crime total,,,,,2,"])
def test_a_total_below_the_first_column_is_no_post_whatever_that_column_is(total: str, tmp_path: Path) -> None:
    """Here that of people, who come first."""
    lines = [",".join(reversed(line.split(","))) for line in PLAIN.splitlines()]
    text = "\n".join([*lines, total, ""])
    assert {("0012", "1", None, 1.0), ("0013", "2", None, 1.0)} == seats(loaded(tmp_path / "raw", {"hr.csv": text}))


def test_who_left_by_a_list_of_leavers_is_said_once(tmp_path: Path) -> None:
    """The list of all is taken for the others."""
    left = "Collar No,Name,Leaving Date\n0013,Jo,30/09/2026\n0099,Di,13/03/2025\n"
    rows = loaded(tmp_path / "raw", {"hr.csv": PLAIN, "left.csv": left})
    assert {("0012", None), ("0013", "2026-09-30"), ("0099", "2025-03-13")} == {
        (row["person_id"], row["left"]) for row in rows["people"]
    }


@pytest.mark.parametrize("header", ["Held", "Currently Held", "In Date", "Qualified?"])
def test_a_column_that_says_whether_a_skill_is_held_is_asked_for_and_read(header: str, tmp_path: Path) -> None:
    """A row of what is not held is no holding."""
    log = f"Collar No,Skill,{header},Expiry Date\n0012,Boat,Y,13/12/2099\n0013,Boat,N,\n0012,Dogs,Expired,13/12/2025\n"
    rows = loaded(tmp_path / "raw", {"hr.csv": PLAIN, "log.csv": log})
    assert [("0012", "skill/boat")] == [(row["person_id"], row["requirement"]) for row in rows["holdings"]]


def test_headers_that_name_a_day_are_no_courses(tmp_path: Path) -> None:
    """A list of who is authorised has days of its own."""
    days = (
        "Collar No,Name,Initial Course Date,Last Refresher,Authorised Until\n"
        "0012,Kim,13/01/2020,13/10/2026,31/12/2099\n"
    )
    assert "holdings" not in yaml.safe_load(_proposed(tmp_path / "raw", hr=PLAIN, days=days))


def test_a_number_and_a_name_in_one_cell_are_both(tmp_path: Path) -> None:
    """In a list of posts too."""
    text = "Post,Post Title,Rank,Team,Officer\n1,Sgt,Sergeant,Dogs,PS 1701 LEE\n2,Con,Constable,Dogs,Vacant\n"
    rows = loaded(tmp_path / "raw", {"hr.csv": text})
    assert [("1701", "LEE")] == [(row["person_id"], row["name"]) for row in rows["people"]]


def test_per_cent_of_a_post_are_a_share_of_it(tmp_path: Path) -> None:
    """Two may share one."""
    rows = loaded(
        tmp_path / "raw",
        {"hr.csv": LIST.replace("2,Con,Constable", "1,Sgt,Sergeant").format("% of post", "60%", "40%")},
    )
    assert {("0012", "1", None, 0.6), ("0013", "1", None, 0.4)} == seats(rows)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (
            "BCU,Team,Insp,Sgt,PC\nNorth,A,1,3,18\nNorth,B,0,1,4\n",
            "its columns are ranks (Insp, Sgt, PC); put the rank in a column, and its number in another",
        ),
        (
            "Collar,Rank,Name,Post,FTE\nTeam A,,,,\n12,PS,Kim,1,1\nTeam B,,,,\n13,PC,Jo,2,1\n",
            "a row each has Team A, Team B alone; if these are units, put them in a column of their own",
        ),
    ],
)
def test_what_cannot_be_read_as_it_stands_is_named_with_what_to_do(text: str, note: str, tmp_path: Path) -> None:
    """Ranks as columns, and units as rows."""
    assert f"# ? list.csv: {note}" == _proposed(tmp_path / "raw", list=text).splitlines()[-1]


def test_a_place_is_the_unit_where_nothing_else_is(tmp_path: Path) -> None:
    """And a number that each has is theirs, where nothing says whose it is: a choice that stays open."""
    text = "Post No,Rank,Loc Code,Location,Name,Key\n1,Sergeant,P,Pier,Kim,AB01\n2,Sergeant,P,Pier,Jo,AB02\n"
    found = yaml.safe_load(_proposed(tmp_path / "raw", hr=text))
    assert ("Location", "? Key | none") == (found["posts"]["unit_id"], found["people"]["person_id"])
    assert {"file": "hr.csv", "path": "Location"} == found["units"]


@pytest.mark.parametrize(("until", "since"), [("Boat Expiry", "Boat Date"), ("Boat - valid until", "Boat (achieved)")])
def test_days_of_a_course_beside_it_are_its_own(until: str, since: str, tmp_path: Path) -> None:
    """They are no tickets, and what is not held has no day that counts."""
    header = f"Collar,Name,Boat,{until},{since},Dogs\n"
    matrix = f"{header}0012,Kim,Yes,31/12/2099,13/02/2026,No\n0013,Jo,No,31/12/2025,,Yes\n0014,Di,,30/11/2099,,\n"
    rows = loaded(tmp_path / "raw", {"hr.csv": PLAIN + "3,Con,Constable,Crime,0014,Di,1\n", "matrix.csv": matrix})
    assert {
        ("0012", "skill/boat", "2026-02-13", "2099-12-31"),
        ("0013", "skill/dogs", None, None),
        ("0014", "skill/boat", None, "2099-11-30"),
    } == {(row["person_id"], row["requirement"], row["achieved"], row["expires"]) for row in rows["holdings"]}
    assert ["Boat", "Dogs"] == [row["name"] for row in rows["requirements"]]


RUN = (
    "Collar No,Course,Start Date,End Date,Status,Pass/Fail\n"
    "0012,Boat,12/01/2026,{},Closed,Pass\n0013,Boat,12/01/2026,{},Cancelled,\n"
)


@pytest.mark.parametrize(
    ("end", "achieved", "expires"), [("14/01/2026", "2026-01-14", None), ("31/01/2099", "2026-01-12", "2099-01-31")]
)
def test_the_last_day_of_a_course_is_the_day_it_was_achieved(
    end: str, achieved: str, expires: str | None, tmp_path: Path
) -> None:
    """Of two columns of its outcome that of which most words are known counts; a ticket lasts longer than a course."""
    rows = loaded(tmp_path / "raw", {"hr.csv": PLAIN, "log.csv": RUN.format(end, end)})
    assert [("0012", achieved, expires)] == [
        (row["person_id"], row["achieved"], row["expires"]) for row in rows["holdings"]
    ]


def test_a_score_is_asked_about(tmp_path: Path) -> None:
    """What must be reached is no outcome."""
    log = "Collar No,Module,Date Taken,Score %,Pass Mark\n0012,Boat,13/02/2026,90,80\n0013,Boat,13/02/2026,55,80\n"
    assert {"Score %": "? 90 | 55"} == yaml.safe_load(_proposed(tmp_path / "raw", hr=PLAIN, log=log))["holdings"][
        "only"
    ]


@pytest.mark.parametrize("empty", [",01/04/2010,31/03/2025", ",01/04/2010,"])
def test_days_of_a_post_stand_beside_nobody_too(empty: str, tmp_path: Path) -> None:
    """They are none of who is in it."""
    text = LIST.format("Since,Post Start,Post End", "14/02/2020,01/04/2010,", "15/02/2020,01/04/2010,")
    rows = loaded(tmp_path / "raw", {"hr.csv": f"{text}3,Con,Constable,Crime,,,{empty}\n"})
    closed = {"3": "2025-03-31"} if empty.endswith("25") else {}
    assert {(n, "2010-04-01", closed.get(n)) for n in "123"} == {
        (row["post_id"], row["opened"], row["closed"]) for row in rows["posts"]
    }
    assert {("0012", "1", "2020-02-14", 1.0), ("0013", "2", "2020-02-15", 1.0)} == seats(rows)
