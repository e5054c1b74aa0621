"""What single cells of staff files mean: days, ranks, numbers, words."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

from graph.errors import DocumentErrors
from loaders.staff import rank_prefixes
from loaders.staff.dates import AmbiguousDay, Days
from loaders.staff.faults import WrongCellError
from loaders.staff.rank_prefixes import Grade
from loaders.staff.read import read
from tests.builders.staff_export import KnownNames, export, row, write_csv

T, A = "temporary", "acting"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-12-31", "2026-12-31"),
        ("2026/12/31", "2026-12-31"),
        ("20261231", "2026-12-31"),
        ("2026-12-31T23:59:59Z", "2026-12-31"),
        ("2026-12-31 00:00:00", "2026-12-31"),
        ("31/12/2026", "2026-12-31"),
        ("31.12.2026", "2026-12-31"),
        ("31-12-2026", "2026-12-31"),
        ("31/12/2026 00:00", "2026-12-31"),
        ("4/4/2026", "2026-04-04"),
        ("31 Dec 2026", "2026-12-31"),
        ("31-Dec-2026", "2026-12-31"),
        ("1st September 2026", "2026-09-01"),
        ("Tue 3 Mar. 2026", "2026-03-03"),
        ("March 3, 2026", "2026-03-03"),
        ("29/02/2024", "2024-02-29"),
        ("9999-12-31", "9999-12-31"),
    ],
)
def test_a_day_is_read_in_iso_uk_order_or_with_the_name_of_its_month(text: str, iso: str) -> None:
    """Whatever signs part it, and whether or not a time follows."""
    assert iso == Days().read(text)


@pytest.mark.parametrize(
    ("text", "iso"),
    [("03/04/2026", "2026-04-03"), ("31/12/26", "2026-12-31"), ("1 May 98", "1998-05-01"), ("1/2/69", "1969-02-01")],
)
def test_the_user_can_say_that_the_day_stands_first(text: str, iso: str) -> None:
    """Then two digits of a year count from 1969 to 2068."""
    assert iso == Days("uk").read(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("05/27", "2027-05-01", "2027-05-31"),
        ("02/2028", "2028-02-01", "2028-02-29"),
        ("2027-06", "2027-06-01", "2027-06-30"),
        ("May 2027", "2027-05-01", "2027-05-31"),
        ("Sept. 2027", "2027-09-01", "2027-09-30"),
        ("FEB-27", "2027-02-01", "2027-02-28"),
    ],
)
def test_a_month_is_its_first_day_and_its_last_where_it_ends_a_time(text: str, first: str, last: str) -> None:
    """A ticket that expires in May counts through May."""
    assert (first, last) == (Days("uk").read(text), Days("uk", ends=True).read(text))


def test_a_day_that_can_be_read_two_ways_is_no_day_yet() -> None:
    """Both are kept."""
    assert AmbiguousDay("2026-04-03", "2026-03-04") == Days().read("3/4/2026")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12/31/2026", "the day before the month, as in 31/12/2026"),
        ("31/02/2026", "a day that the calendar has"),
        ("2026-13-01", "a day that the calendar has"),
        ("31/12/26", "a year of four digits"),
        ("1 May 98", "a year of four digits"),
        ("1066-10-14", "a year from 1900"),
        ("46022", "a day such as 2026-12-31, 31/12/2026 or 31 Dec 2026"),
        ("27-May", "a day such as 2026-12-31, 31/12/2026 or 31 Dec 2026"),
        ("13/2026", "a day that the calendar has"),
        ("05/27", "a year of four digits"),
        ("0/2026", "a day that the calendar has"),
        ("31/12-2026", "a day such as 2026-12-31, 31/12/2026 or 31 Dec 2026"),
    ],
)
def test_what_is_no_day_is_refused_with_what_was_expected(text: str, expected: str) -> None:
    """A month first is never turned round, a year never completed."""
    with pytest.raises(WrongCellError) as caught:
        Days().read(text)
    assert expected == caught.value.problem.expected


@pytest.mark.parametrize(
    ("days", "dates", "expected"),
    [
        (["03/04/2020", "04/04/2020"], None, ["03/04/2020"]),
        (["03/04/2020", "25/03/2020"], None, []),
        (["03/04/2020", "03/25/2020"], None, ["03/04/2020", "03/25/2020"]),
        (["03/04/2020", "03/25/2020", "25/03/2020"], None, ["03/04/2020", "03/25/2020"]),
        (["03/04/2020", "04/05/2020"], "uk", []),
        (["03/04/2020", "03/25/2020"], "uk", ["03/25/2020"]),
        (["03/04/2020", "03/25/2020"], "us", []),
        (["03/04/2020", "25/03/2020"], "us", ["25/03/2020"]),
        (["03/03/2020", "3.25.20", "12/31/1999 00:00"], "us", []),
    ],
)
def test_the_order_of_a_column_must_be_shown_by_another_day_of_it(
    days: list[str], dates: Literal["uk", "us"] | None, expected: list[str], tmp_path: Path
) -> None:
    """Only 25/03/2020 shows that the day stands first; 03/25/2020 shows that nothing is sure."""
    rows = export()
    for number, day in enumerate(days):
        rows["people"].append(row("people", f"X{number}", "Somebody", day, ""))
    with read(write_csv(rows, tmp_path), KnownNames(), dates=dates) as staff:
        assert expected == [fault.value for fault in staff.faults if fault.sheet == "people"]


@pytest.mark.parametrize(
    ("text", "uk", "us"),
    [
        ("03/04/2020", "2020-04-03", "2020-03-04"),
        ("3-4-20", "2020-04-03", "2020-03-04"),
        ("3.4.2020", "2020-04-03", "2020-03-04"),
        ("04/04/2020", "2020-04-04", "2020-04-04"),
        ("3/4/2020 11:59 PM", "2020-04-03", "2020-03-04"),
        ("12/31/2020", None, "2020-12-31"),
        ("31/12/2020", "2020-12-31", None),
        ("31/31/2020", None, None),
    ],
)
def test_a_day_of_numbers_is_read_in_the_order_that_is_said(text: str, uk: str | None, us: str | None) -> None:
    """And in no other, where it could be: the rest is a fault."""
    for order, expected in (("uk", uk), ("us", us)):
        if expected:
            assert expected == Days(order).read(text)  # type: ignore[arg-type]
        else:
            with pytest.raises(WrongCellError):
                Days(order).read(text)  # type: ignore[arg-type]


def test_a_column_in_which_the_month_stands_first_says_how_to_read_it(tmp_path: Path) -> None:
    """By the option, or in the mapping, where both orders at once are refused."""
    rows = export()
    rows["people"] += [row("people", "X1", "Somebody", "03/04/2020", ""), row("people", "X2", "Else", "03/25/2020", "")]
    folder, path = write_csv(rows, tmp_path / "csv"), tmp_path / "mapping.yaml"
    with read(folder, KnownNames()) as staff:
        advice = {fault.advice for fault in staff.faults if fault.value == "03/25/2020"}
    cure = "write it as YYYY-MM-DD, or give --dates us if the month stands first (in a mapping `dates: us`)"
    assert {cure} == advice
    path.write_text("rankgraph: mapping\npeople: {dates: us}\n", encoding="utf-8")
    with read(folder, KnownNames(), mapping=path, dates="uk") as staff:
        joined = {one["person_id"]: one["joined"] for one in staff.rows("people")}
        assert ([], "2020-03-04") == (list(staff.faults), joined["X1"])
    for dates in ("[uk, us]", "german", "'? uk | us'"):
        path.write_text(f"rankgraph: mapping\npeople: {{dates: {dates}}}\n", encoding="utf-8")
        with pytest.raises(DocumentErrors):
            read(folder, KnownNames(), mapping=path)


def test_a_column_read_by_another_of_its_days_says_so(tmp_path: Path) -> None:
    """Nothing is decided in silence."""
    rows = export()
    rows["people"] += [row("people", "X1", "Somebody", "03/04/2020", ""), row("people", "X2", "Else", "25/03/2020", "")]
    with read(write_csv(rows, tmp_path), KnownNames()) as staff:
        joined = {row["person_id"]: row["joined"] for row in staff.rows("people")}
        assert ("2020-04-03", "2020-03-25") == (joined["X1"], joined["X2"])
        said = "people, joined: days such as 03/04/2020 are read with the day first, as 25/03/2020 shows"
        assert [said] == [note for note in staff.notes if note.startswith("people")]


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("PC", Grade("Constable")),
        ("DC", Grade("Constable", detective=True)),
        ("PS", Grade("Sergeant")),
        ("DS", Grade("Sergeant", detective=True)),
        ("Sgt", Grade("Sergeant")),
        ("DI", Grade("Inspector", detective=True)),
        ("D/Insp", Grade("Inspector", detective=True)),
        ("Ch Insp", Grade("Chief Inspector")),
        ("DCI", Grade("Chief Inspector", detective=True)),
        ("T/DCI", Grade("Chief Inspector", T, detective=True)),
        ("TDCI", Grade("Chief Inspector", T, detective=True)),
        ("Temp/DCI", Grade("Chief Inspector", T, detective=True)),
        ("D/Supt", Grade("Superintendent", detective=True)),
        ("Det Supt", Grade("Superintendent", detective=True)),
        ("DSU", Grade("Superintendent", detective=True)),
        ("C/Supt", Grade("Chief Superintendent")),
        ("DCS", Grade("Chief Superintendent", detective=True)),
        ("Detective Chief Superintendent", Grade("Chief Superintendent", detective=True)),
        ("A/Sgt", Grade("Sergeant", A)),
        ("APS", Grade("Sergeant", A)),
        ("A/DS", Grade("Sergeant", A, detective=True)),
        ("Acting Inspector", Grade("Inspector", A)),
        ("Inspector (T)", Grade("Inspector", T)),
        ("Sgt - acting", Grade("Sergeant", A)),
        ("T/ACC", Grade("ACC", T)),
        ("Temporary Deputy Chief Constable", Grade("Deputy Chief Constable", T)),
        ("T/DC", Grade("Constable", detective=True)),
        ("Trainee Detective Constable", Grade("Constable", detective=True)),
        ("ACC", Grade("ACC")),
        ("AC", Grade("AC")),
        ("DCC", Grade("DCC")),
        ("DAC", Grade("DAC")),
        ("CC", Grade("CC")),
        ("PCSO", Grade("PCSO")),
        ("Special Constable", Grade("Special Constable")),
        ("A/Special Sgt", Grade("Special Sergeant", A)),
        ("T/skipper", Grade("Sergeant", T)),
        ("DPS", Grade("DPS")),
        ("PC(D)", Grade("Constable", detective=True)),
        ("T/Sgt (Det)", Grade("Sergeant", T, detective=True)),
        ("ac (met)", Grade("ac (met)")),
        ("Substantive Sergeant", Grade("Sergeant")),
        ("Sgt (subst)", Grade("Sergeant")),
        ("DI - Substantive", Grade("Inspector", detective=True)),
        ("Substation Officer", Grade("Substation Officer")),
        ("uk/inspector", Grade("uk/inspector")),
    ],
)
def test_a_rank_is_read_as_rosters_write_it(text: str, grade: Grade) -> None:
    """Detective is a prefix, T/ and A/ are a basis but of a constable, and other names are left as they are."""
    assert grade == rank_prefixes.read(text)


@pytest.mark.parametrize(
    ("sheet", "column", "text", "value"),
    [
        ("posts", "fte", "0.6", 0.6),
        ("posts", "fte", "", 1.0),
        ("courses", "cost", "£1,250.50", 1250.5),
        ("courses", "seats", "12.0", 12),
        ("holdings", "level", "Level 2", 2),
        ("holdings", "level", "2.0", 2),
        ("occupancies", "basis", "T/", "temporary"),
        ("occupancies", "basis", "Acting", "acting"),
        ("occupancies", "basis", "", "substantive"),
        ("post_requirements", "necessity", "Mandatory", "essential"),
        ("absences", "kind", "Long Term Sickness", "long-term sick"),
        ("requirements", "kind", "Training course", "Course"),
        ("posts", "rank", "uk/inspector", "uk/inspector"),
    ],
)
def test_a_cell_is_read_as_people_write_it(sheet: str, column: str, text: str, value: object, tmp_path: Path) -> None:
    """Units, thousands, abbreviations and empty cells."""
    rows = export()
    added = {
        "posts": row("posts", "X1", "U1", "PC", "", "", "", "", ""),
        "occupancies": row("occupancies", "P6", "T3", "2024-01-01", "", "0.1", ""),
        "courses": row("courses", "X1", "A course", "", "", "", ""),
        "holdings": row("holdings", "P1", "Driving", "", "", "", ""),
        "post_requirements": row("post_requirements", "T1", "Driving", "", ""),
        "absences": row("absences", "P1", "", "", ""),
        "requirements": row("requirements", "First responder", "", "", ""),
    }[sheet]
    added[column] = text
    rows[sheet].append(added)
    before = write_csv(export(), tmp_path / "before")
    with read(write_csv(rows, tmp_path / "after"), KnownNames()) as staff, read(before, KnownNames()) as less:
        known = list(less.rows(sheet))
        [new] = [one for one in staff.rows(sheet) if one not in known]
        assert ([], value) == (list(staff.faults), new[column])


@pytest.mark.parametrize(
    ("sheet", "column", "text"),
    [("occupancies", "fte", "1.01"), ("posts", "fte", "-0.1"), ("courses", "seats", "1.5"), ("courses", "days", "nan")],
)
def test_a_number_out_of_bounds_is_a_fault(sheet: str, column: str, text: str, tmp_path: Path) -> None:
    """Nobody works more than whole time in one post, and nothing is negative."""
    rows = export()
    rows[sheet][0][column] = text
    with read(write_csv(rows, tmp_path), KnownNames()) as staff:
        assert (sheet, 2, column, text) in {(one.sheet, one.row, one.column, one.value) for one in staff.faults}
