"""Exports of systems that nobody named: what a header means by its words, and files that are not what they seem."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from graph.errors import DocumentErrors
from loaders.staff import rank_prefixes
from loaders.staff.faults import WrongCellError
from loaders.staff.header import match_header
from loaders.staff.header_words import meanings
from loaders.staff.mapping import NO_MAPPING, read_mapping
from loaders.staff.numbers import Numbers
from loaders.staff.proposal import propose
from loaders.staff.read import read
from loaders.staff.sheets import sheet
from tests.builders.staff_export import KnownNames, export, row, write_csv

MEANT = {
    "people.person_id": "EmployeeNo, Worker Number, Force No., Warrant No, User ID Number, ID number, ResNo",
    "people.name": "Worker, User's Fullname, Employee Full Name, Post Holder, Current Incumbent, Staff Member",
    "people.joined": "Original Hire Date, Date Joined Police Service, Service Start Date, Recruited On",
    "people.left": "Leaving Date, Date Left, Termination Date, Force Leaving Date, Date Left Force",
    "posts.post_id": "Position Reference, Post Code, JobID, Establishment No, POSN NO",
    "posts.title": "Position Descr, Job Name, Post Short Text, Role Title, Position (T)",
    "units.unit_id": "Cost Centre, CostC, Dept Code, Org Unit ID, Department",
    "units.name": "Department Name, Org. unit text, Description",
    "units.parent_id": "Parent Cost Centre, Superior Org Unit, Parent Department Code",
    "occupancies.from": "Worker assignment start, Posting Date, Start Date in Post, Date Into Post, Since",
    "occupancies.to": "Position End Date, Projected End Date of Post, Assignment End",
    "occupancies.fte": "Contractual Hours, Hrs per week, Hours p/w, STD HRS, Cap.util.lvl",
    "occupancies.basis": "Employee Type, Assignment Category, Occupancy Type",
    "holdings.requirement": "Training Title, Course full name, Certification Name, Event Title, Licence",
    "holdings.achieved": "Transcript Completed Date, Awarded, Time completed, Qual Date, Event End",
    "holdings.expires": "Transcript Expiration Date, Valid To, Exp Date, Next Renewal Date, Requalification Due",
    "requirements.valid_months": "Valid For (Months), Validity in months, Refresher period (mths)",
    "absences.to": "Absence End Date, Last Day of Absence, Expected Return, Return to Work Date",
    "absences.from": "Absence Start Date, First Day of Absence, Leave From",
    "courses.cost": "Cost per place (£), Price, Fee per Delegate",
    "courses.seats": "Max Delegates, Maximum number of places",
}
NOT_MEANT = (
    "Training Budget, Reason for Leaving, Days Lost, Rank Seniority, Email, Skill Level, Comments, Force Area Map"
)


@pytest.mark.parametrize("where", MEANT)
def test_a_header_means_what_its_words_say(where: str) -> None:
    """Whoever wrote it so, and with which signs."""
    name, _, column = where.partition(".")
    assert [] == [one for one in MEANT[where].split(", ") if (name, column) not in meanings(one)]


def test_what_says_nothing_of_ours_means_nothing() -> None:
    """Its column is left to the user."""
    assert {one: frozenset() for one in NOT_MEANT.split(", ")} == {one: meanings(one) for one in NOT_MEANT.split(", ")}


def loaded(folder: Path, files: Mapping[str, str | bytes], **answers: str) -> dict[str, list[dict[str, object]]]:
    """Return the rows of each sheet that come of files by what is proposed for them; nothing is at fault.

    `answers` are what stands in place of open choices.
    """
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    names = KnownNames()
    known = names.rank
    names.rank = lambda one: known({"Pc": "Constable", "Ps": "Sergeant"}.get(one.capitalize(), one))
    text = propose([folder / name for name in files], names)
    for choice, answer in {"FTE_none": "none", "Contracted Hours_none": "none", **answers}.items():
        text = text.replace(f"'? {choice.replace('_', ' | ')}'", answer)
    (mapping := folder / "mapping.yaml").write_text(text, encoding="utf-8")
    with read([folder / name for name in files], names, mapping=mapping) as staff:
        assert [] == list(staff.faults)
        return {name: [dict(row) for row in staff.rows(name)] for name in staff.counts}


def seats(rows: Mapping[str, list[dict[str, object]]]) -> set[tuple[object, ...]]:
    """Return who is in which post, since when and for how much."""
    return {(row["person_id"], row["post_id"], row["from"], row["fte"]) for row in rows["occupancies"]}


WORKER = (
    "Position ID,Position Title,Job Profile,Supervisory Organization - Level 1,Supervisory Organization - Level 2,"
    "Worker,Employee ID,Worker FTE %,Position Start Date,Worker Status,Employee Type\n"
    "P-1,Duty Officer,Police Sergeant,Crime,North,Kim Lee,101,60,2020-02-14,Active,Regular\n"
    "P-2,Duty Officer,Police Constable,Crime,South,Jo Day,102,100,2021-02-14,On Leave,Regular\n"
    "P-3,Duty Officer,Police Constable,Crime,South,,,,,,\n"
)


def test_a_share_of_a_post_in_per_cent_and_levels_of_an_organisation(tmp_path: Path) -> None:
    """What says who is at work today is no basis; ranks are known by what stands in their column."""
    kinds = " | ".join(sheet("absences").column("kind").words)
    rows = loaded(tmp_path / "raw", {"hr.csv": WORKER}, **{kinds: "unpaid leave"})
    assert [("102", None, "unpaid leave")] == [(row["person_id"], row["from"], row["kind"]) for row in rows["absences"]]
    assert {("101", "P-1", "2020-02-14", 0.6), ("102", "P-2", "2021-02-14", 1.0)} == seats(rows)
    assert {"Crime", "Crime/North", "Crime/South"} == {row["unit_id"] for row in rows["units"]}
    assert {("P-1", "uk/sergeant"), ("P-2", "uk/constable"), ("P-3", "uk/constable")} == {
        (row["post_id"], row["rank"]) for row in rows["posts"]
    }


PRINTED = """01.11.2026      Dynamic List Display      1

-------------------------------------------------------------------------------------
|Pers.No.|Last name|First name|Position|Org.unit|Org. unit text|Job      |Start Date|Cap.util.lvl|
-------------------------------------------------------------------------------------
|1001    |Lee      |Kim       |501     |300     |Response A    |Sergeant |08.01.2022|60.00       |
-------------------------------------------------------------------------------------

|Pers.No.|Last name|First name|Position|Org.unit|Org. unit text|Job      |Start Date|Cap.util.lvl|
-------------------------------------------------------------------------------------
|1002    |Day      |Jo        |502     |300     |Response A    |Constable|31.01.2023|100.00      |
|00000000|         |          |503     |300     |Response A    |Constable|31.12.2022|100.00      |
-------------------------------------------------------------------------------------
"""


def test_a_printed_list_has_lines_of_dashes_and_its_header_again(tmp_path: Path) -> None:
    """Zeros are nobody, and no number of others is filled up to their width."""
    rows = loaded(tmp_path / "raw", {"list.txt": PRINTED})
    assert {("1001", "501", "2022-01-08", 0.6), ("1002", "502", "2023-01-31", 1.0)} == seats(rows)
    assert {("300", "Response A")} == {(row["unit_id"], row["name"]) for row in rows["units"]}
    assert {"Kim Lee", "Jo Day"} == {row["name"] for row in rows["people"]}


POSTS = (
    ("Post Number", "Post Title", "Rank", "Dept", "Team", "Collar Number", "Officer Name", "Start Date", "FTE"),
    ("1", "Sgt", "PS", "Crime", "A", "0012", "LEE, Kim", "14/02/2020", "0.8"),
    ("2", "Con", "PC", "Crime", "B", "0013", "Day & Co, Jo", "28/02/2020", "1"),
)
TAKEN = {("0012", "1", "2020-02-14", 0.8), ("0013", "2", "2020-02-28", 1.0)}


def _page() -> str:
    rows = [f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>".replace("&", "&amp;") for row in POSTS]
    rows[2] = rows[2].replace("<td>Crime</td>", "")  # the cell above goes on
    rows[1] = rows[1].replace("<td>Crime</td>", "<td rowspan=2>Crime</td>")
    return f"<html><body><table><tr><td colspan=9>Strength</td></tr>{''.join(rows)}</table></body></html>"


def _sheet_in_xml() -> str:
    def cell(text: str) -> str:
        if text.count("/") == 2:
            day = "-".join(reversed(text.split("/")))
            return f'<Cell><Data ss:Type="DateTime">{day}T00:00:00.000</Data></Cell>'
        return f'<Cell><Data ss:Type="String">{text.replace("&", "&amp;")}</Data></Cell>'

    rows = "".join(f"<Row>{''.join(map(cell, row))}</Row>" for row in POSTS)
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    sheet = f'<Worksheet ss:Name="Sheet1"><Table><Row ss:Index="2"/>{rows}</Table></Worksheet>'
    return f'<?xml version="1.0"?>\n<Workbook xmlns="{space}" xmlns:ss="{space}">{sheet}</Workbook>'


def _tabs() -> str:
    return "".join("\t".join(row) + "\r\n" for row in POSTS)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.xls", _page().encode()),
        ("list.html", _page().encode("utf-16")),
        ("list.xlsx", _page().encode()),
        ("list.xml", _sheet_in_xml().encode()),
        ("list.xls", _sheet_in_xml().encode()),
        ("list.xls", _tabs().encode()),
        ("list.xls", _tabs().encode("utf-16")),
        ("list.csv", _tabs().encode()),
    ],
    ids=["page", "utf-16 page", "page called xlsx", "xml", "xml called xls", "tabs", "utf-16 tabs", "tabs called csv"],
)
def test_a_list_is_read_for_what_it_is_and_not_for_its_ending(name: str, content: bytes, tmp_path: Path) -> None:
    """Report servers give out pages, XML and text under the ending of a workbook."""
    rows = loaded(tmp_path / "raw", {name: content})
    assert TAKEN == seats(rows)
    assert {"Crime", "Crime/A", "Crime/B"} == {row["unit_id"] for row in rows["units"]}
    assert {"LEE, Kim", "Day & Co, Jo"} == {row["name"] for row in rows["people"]}


ESTABLISHED = "Dept,Team,Rank,Established FTE,Actual FTE\nCrime,A,PS,2,1\nCrime,A,PC,12,1\nTotal,,,14,2\n"
PEOPLE = (
    "Collar Number,Surname,Forename,Rank,Dept,Team,Date Posted\n1,Lee,Kim,PS,Crime,A,14/02/2020\n2,Day,Jo,PC,Crime,A,\n"
)


def test_posts_without_numbers_are_named_by_their_unit_and_rank(tmp_path: Path) -> None:
    """An establishment that counts posts, and a list of people beside it."""
    rows = loaded(tmp_path / "raw", {"establishment.csv": ESTABLISHED, "people.csv": PEOPLE})
    assert {("Crime/A/PS", 2), ("Crime/A/PC", 12)} == {(row["post_id"], row["places"]) for row in rows["posts"]}
    assert {("1", "Crime/A/PS", "2020-02-14", 1.0), ("2", "Crime/A/PC", None, 1.0)} == seats(rows)


GROUPED = (
    "Organisation,Organisation,Post,Post,Post,Holder,Holder,Holder,Holder\n"
    "Department,Team,Number,Title,Rank,Number,Name,FTE,Since\n"
    "Crime,A,1,Sgt,PS,12,Kim Lee,0.8,14/02/2020\nSub total,,,,1,,,,\nCrime,B,2,Con,PC,,Vacant,,\n"
)


def test_headers_of_one_name_are_told_apart_by_the_group_above(tmp_path: Path) -> None:
    """Number of the post, and of who holds it; a total is no unit."""
    rows = loaded(tmp_path / "raw", {"strength.csv": GROUPED})
    assert {("12", "1", "2020-02-14", 0.8)} == seats(rows)
    assert {("1", None), ("2", None)} == {(row["post_id"], row["places"]) for row in rows["posts"]}
    assert {"Crime", "Crime/A", "Crime/B"} == {row["unit_id"] for row in rows["units"]}


WORDS = (
    "Training of the team,,,,\nCollar,Name,Taser,Driving,Boat\n0012,Kim,Exp 03/02/2099,Passed: 21/02/2026,Y\n"
    "0013,Jo,Booked 12/01/2099,Failed 01/02/2026,TBC\n0014,Di,04/05/2099,Achieved 1 Mar 2025,N\n"
)
LIST = "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in POSTS)


def test_words_before_a_day_in_a_matrix_say_what_the_day_is(tmp_path: Path) -> None:
    """Until when it counts, or since when; what is booked or failed is not held."""
    rows = loaded(tmp_path / "raw", {"list.csv": LIST + "3,Con,PC,Crime,B,0014,Di,,1\n", "matrix.csv": WORDS})
    assert {
        ("0012", "skill/taser", None, "2099-02-03"),
        ("0014", "skill/taser", None, "2099-05-04"),
        ("0012", "skill/driving", "2026-02-21", None),
        ("0014", "skill/driving", "2025-03-01", None),
        ("0012", "skill/boat", None, None),
    } == {(row["person_id"], row["requirement"], row["achieved"], row["expires"]) for row in rows["holdings"]}


LOG = "Officer,Skill,Valid From,Status\n{},Boat,01/02/2026,Current\n{},Boat,13/02/2026,Suspended\n"


@pytest.mark.parametrize(
    "cells", [("PS 0012 Lee", "PC 0013 Day"), ("Kim Lee (0012)", "Jo Day (0013)"), ("0012 - Lee", "0013 - Day")]
)
def test_a_number_beside_a_name_is_whose_it_is(cells: tuple[str, str], tmp_path: Path) -> None:
    """In front of the name with the rank, or behind it; what is suspended is not held."""
    rows = loaded(tmp_path / "raw", {"list.csv": LIST, "log.csv": LOG.format(*cells)})
    assert {("0012", "skill/boat", "2026-02-01")} == {
        (row["person_id"], row["requirement"], row["achieved"]) for row in rows["holdings"]
    }


def test_boxes_that_are_ticked_are_held(tmp_path: Path) -> None:
    """Excel writes them as TRUE and FALSE, others as 1 and 0."""
    for at, (yes, no) in enumerate([("TRUE", "FALSE"), ("1", "0")]):
        matrix = f"Staff Number,Staff Name,Boat,Bike,Horse\n0012,Lee,{yes},{no},{yes}\n0013,Day,{no},{yes},{no}\n"
        files = {"list.csv": LIST, "matrix.csv": matrix}
        rows = loaded(tmp_path / f"raw{at}", files, expires_achieved_level="achieved")
        wanted = {("0012", "skill/boat"), ("0012", "skill/horse"), ("0013", "skill/bike")}
        assert wanted == {(row["person_id"], row["requirement"]) for row in rows["holdings"]}


def test_a_catalogue_a_tree_of_units_and_a_log_of_absences(tmp_path: Path) -> None:
    """Each by the words of its header; of two columns on the kind, that whose words are known."""
    (folder := tmp_path / "raw").mkdir()
    for name, text in {
        "courses.csv": "Course Code,Course Title,Duration (days),Cost per place (£),Max Delegates\n"
        "C1,Taser,2,£350.00,12\n",
        "units.csv": "Cost Centre,Description,Parent Cost Centre\n100,Force,\n110,Response,100\n",
        "away.csv": "Payroll No,Absence Category,Absence Reason,First day of absence,Last day of absence\n"
        "1,Sickness,Back,13/10/2026,\n",
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    found = yaml.safe_load(propose([folder], KnownNames()))
    assert {
        "courses": "course_id: Course Code, name: Course Title, cost: Cost per place (£), days: Duration (days), "
        "seats: Max Delegates",
        "units": "unit_id: Cost Centre, name: Description, parent_id: Parent Cost Centre",
        "absences": "person_id: Payroll No, from: First day of absence, to: Last day of absence, "
        "kind: Absence Category",
    } == {
        name: ", ".join(f"{ours}: {theirs}" for ours, theirs in of.items() if ours != "file")
        for name, of in found.items()
        if isinstance(of, dict)
    }


CODES = "PERNR;NACHN;VORNA;PLANS;PLSTX;ORGEH;ORGTX;PTEXT;BEGDA;ENDDA;BSGRD\n"


def test_names_of_fields_of_a_big_system_are_known(tmp_path: Path) -> None:
    """Its last day of all is never over, and a share is in per cent."""
    rows = loaded(tmp_path / "raw", {"pa.csv": CODES + "12;Lee;Kim;7;Sgt;30;Crime;Sergeant;20200214;99991231;50.00\n"})
    assert {("12", "7", "2020-02-14", 0.5)} == seats(rows)
    assert [("30", "Crime")] == [(row["unit_id"], row["name"]) for row in rows["units"]]
    assert ["9999-12-31"] == [row["to"] for row in rows["occupancies"]]


@pytest.mark.parametrize(
    ("header", "cells", "worked"),
    [
        ("FTE", ("Full Time", "FT"), (1.0, 1.0)),
        ("Contracted Hours", ("40:00", "22:30"), (1.0, 0.5625)),
        ("Hours per week", ("37.5", "18.75 hrs"), (1.0, 0.5)),
        ("Assignment FTE %", ("100", "62.5"), (1.0, 0.625)),
    ],
)
def test_what_is_worked_is_read_in_whatever_it_is_given(
    header: str, cells: tuple[str, str], worked: tuple[float, float], tmp_path: Path
) -> None:
    """In words, in hours of a clock or of a calculator, or in per cent."""
    rows = "".join(f"{n},Con,PC,Crime,00{n},Kim,{cell}\n" for n, cell in enumerate(cells, 1))
    found = loaded(tmp_path / "raw", {"hr.csv": f"Post No,Post Title,Rank,Unit,Collar No,Name,{header}\n{rows}"})
    assert {(f"00{n}", str(n), None, part) for n, part in enumerate(worked, 1)} == seats(found)


@pytest.mark.parametrize(
    ("headers", "problem"),
    [("Last name", None), ("Past name", "no title, but 'Past name'"), ("Post nmae", "no title, but 'Post nmae'")],
)
def test_a_header_is_misspelt_where_each_of_its_words_is_near(headers: str, problem: str | None) -> None:
    """Two letters in one short word make another word of it."""
    header = match_header(sheet("posts"), ["Post No", "Unit", "Rank", headers], NO_MAPPING)
    assert ([problem] if problem else []) == list(header.problems)


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("Police Constable (PC)", "Constable"),
        ("03 - Inspector", "Inspector"),
        ("12: Sgt", "Sergeant"),
        ("Detective Sergeant (DS)", "Sergeant"),
        ("Constable (Sergeant)", "Constable (Sergeant)"),
        ("3 Inspector", "3 Inspector"),
    ],
)
def test_a_rank_may_have_its_code_and_its_letters_beside_it(text: str, rank: str) -> None:
    """Where both are the same; what is not is no rank that is known."""
    assert rank == rank_prefixes.read(text).name


@pytest.mark.parametrize(
    ("text", "part"), [("3/5", 0.6), ("30/37.5", 0.8), ("0.5 FTE", 0.5), ("1 WTE", 1.0), ("7/5", None), ("1/0", None)]
)
def test_a_part_of_a_post_may_be_a_fraction(text: str, part: float | None) -> None:
    """More than a whole one is none."""
    numbers = Numbers(sheet("occupancies").column("fte"))
    if part is None:
        with pytest.raises(WrongCellError):
            numbers.read(text)
    else:
        assert part == numbers.read(text)


@pytest.mark.parametrize(
    ("line", "is_of_report"),
    [
        ("Page 1 of 2", True),
        ("*** End of report ***", True),
        ("Report run 01/11/2026 09:12", True),
        ("Printed by HR", True),
        ("477 records", True),
        ("0077", False),
        ("Smith, Page", False),
    ],
)
def test_a_line_of_a_report_is_no_person(line: str, is_of_report: bool, tmp_path: Path) -> None:
    """It stands alone in its row; a number without a name is at fault all the same."""
    rows = export()
    rows["people"].append(row("people", line))
    with read(write_csv(rows, tmp_path / "raw"), KnownNames()) as staff:
        assert ([] if is_of_report else ["people"]) == [fault.sheet for fault in staff.faults]
        assert is_of_report == any(f"a line of the report ({line})" in note for note in staff.notes)


@pytest.mark.parametrize("hours", ["'37.5 hours'", "1000", "0", "-1", ".nan", "[37, 40]"])
def test_what_a_full_post_has_is_hours_or_per_cent(hours: str, tmp_path: Path) -> None:
    """Anything else is at fault in the mapping."""
    (mapping := tmp_path / "mapping.yaml").write_text(f"occupancies:\n  hours: {hours}\n", encoding="utf-8")
    with pytest.raises(DocumentErrors) as error:
        read_mapping(mapping)
    assert ["hours"] == [str(one).partition("found ")[2].partition(":")[0] for one in error.value.exceptions]


def test_hours_are_no_per_cent() -> None:
    """A unit that speaks against the mapping is at fault."""
    numbers = Numbers(sheet("occupancies").column("fte"), hours=100)
    assert [0.6, 0.5] == [numbers.read("60"), numbers.read("50%")]
    with pytest.raises(WrongCellError):
        numbers.read("37 hours")


def test_a_month_behind_words_is_no_tick(tmp_path: Path) -> None:
    """It is a day, and is not asked about as if it were held or not."""
    matrix = "Collar,Name,Taser,Boat,Bike\n0012,Kim,Exp 05/27,Y,Exp 06/2027\n0013,Jo,Y,Exp 07/26,Y\n"
    (tmp_path / "matrix.csv").write_text(matrix, encoding="utf-8")
    found = yaml.safe_load(propose([tmp_path / "matrix.csv"], KnownNames()))
    assert {"Exp *": "expires", "Y": "held"} == found["holdings"]["values"]["matrix"]
