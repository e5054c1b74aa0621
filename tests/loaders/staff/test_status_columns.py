"""Columns that say how somebody is employed or where they are today: contracts, absences, and how a course went."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from loaders.staff.header import is_outcome_column
from loaders.staff.proposal import propose
from tests.builders.staff_export import KnownNames
from tests.loaders.staff.test_unknown_systems import loaded

LIST = "Post No,Post Title,Rank,Unit,Collar No,Name,{}\n"


def _list(header: str, *cells: str) -> str:
    rows = (f"{n},Con,Constable,Crime,00{n},Kim,{cell}\n" for n, cell in enumerate(cells, 1))
    return LIST.format(header) + "".join(rows)


def _proposed(folder: Path, **files: str) -> str:
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return propose([folder], KnownNames())


@pytest.mark.parametrize("header", ["Employment Status", "Current Status", "Duty Status", "Availability"])
def test_who_is_away_by_a_status_is_an_absence(header: str, tmp_path: Path) -> None:
    """It is no basis, and since when is not said; annual leave of the day is none."""
    words = ("Active", "Career Break", "Maternity Leave (Paid)", "Seconded Out - NCA", "Annual Leave", "Suspended")
    rows = loaded(tmp_path / "raw", {"hr.csv": _list(header, *words)})
    assert {("002", "career break"), ("003", "maternity"), ("004", "secondment"), ("006", "suspended")} == {
        (row["person_id"], row["kind"]) for row in rows["absences"]
    }
    assert {"substantive"} == {row["basis"] for row in rows["occupancies"]}


def test_leave_of_which_the_kind_is_not_said_is_an_open_choice(tmp_path: Path) -> None:
    """It lists the kinds."""
    found = yaml.safe_load(_proposed(tmp_path / "raw", hr=_list("Worker Status", "Active", "On Leave")))
    assert {"Worker Status": ["On Leave"]} == found["absences"]["only"]
    assert found["absences"]["values"]["kind"]["On Leave"].startswith("? sick | long-term sick | maternity")


def test_a_basis_and_an_absence_in_one_column_are_both_read(tmp_path: Path) -> None:
    """Who is seconded out holds the post substantively; a contract that ends is no temporary promotion."""
    words = ("Substantive", "Acting", "Seconded Out", "Fixed Term", "Fixed-Term Contract", "FTC (2 years)")
    rows = loaded(tmp_path / "raw", {"hr.csv": _list("Occupancy Type", *words)})
    assert ["substantive", "acting", *["substantive"] * 4] == [row["basis"] for row in rows["occupancies"]]
    assert [("003", "secondment")] == [(row["person_id"], row["kind"]) for row in rows["absences"]]


def test_a_log_of_absences_beside_names_is_no_list_of_people(tmp_path: Path) -> None:
    """Two columns of the end are an open choice."""
    log = (
        "Collar Number,Name,Absence Type,Start,Expected Return,Actual Return\n"
        "001,Kim,Secondment - NCA,13/01/2026,31/12/2027,\n001,Kim,Sick: back,13/02/2025,,14/02/2025\n"
    )
    found = yaml.safe_load(_proposed(tmp_path / "raw", hr=_list("FTE", "1"), away=log))
    assert {
        "file": "away.csv",
        "person_id": "Collar Number",
        "from": "Start",
        "to": "? Expected Return | Actual Return",
        "kind": "Absence Type",
        "values": {"kind": {"Secondment - NCA": "secondment", "Sick: back": "sick"}},
    } == found["absences"]
    assert "hr.csv" == found["people"]["file"]


@pytest.mark.parametrize("day", ["13/02/2026", "2026-02-13T10:00", "13 Feb 2026", "13-FEB-26"])
def test_days_do_not_say_how_a_course_went(day: str) -> None:
    """Whatever the header is called; words among a few days do."""
    assert [False, True] == [is_outcome_column("Completed", cells) for cells in ([day, day, ""], [day, "Yes", "No"])]


LOG = "Collar No,Course,Completed,Result\n001,Boat,13/02/2026,{}\n"


@pytest.mark.parametrize(
    ("word", "only", "skip"),
    [
        ("Attended - Pass", ["Attended - Pass"], None),
        ("Attended - Fail", [], None),
        ("Attended – did not complete", [], None),
        ("Certified", ["Certified"], None),
        ("Expired", [], ["Expired"]),
        ("Not yet started", [], None),
    ],
)
def test_what_stands_behind_a_word_of_an_outcome_counts_too(
    word: str, only: list[str], skip: list[str] | None, tmp_path: Path
) -> None:
    """Who attended and failed holds nothing."""
    found = yaml.safe_load(_proposed(tmp_path / "raw", hr=_list("FTE", "1"), log=LOG.format(word)))
    assert (only, skip) == (found["holdings"]["only"]["Result"], found["holdings"].get("skip", {}).get("Result"))


def test_columns_that_nothing_reads_are_named_in_the_mapping(tmp_path: Path) -> None:
    """With what stands in them where nobody is known by that."""
    rows = ("1,Con,Constable,Crime,001,Kim,Van,AB1\n", "2,Con,Constable,Crime,002,Jo,Van,AB2\n")
    text = _proposed(tmp_path / "raw", hr=LIST.format("Vehicle,NI Number") + "".join(rows))
    assert ["# hr.csv: not read: Vehicle (Van); NI Number"] == [one for one in text.splitlines() if one[0] == "#"]
