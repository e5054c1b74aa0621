"""A raw force as its systems give it out loads with one mapping, and its numbers are those of its files."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
from openpyxl import load_workbook

from graph.days import today
from loaders.staff.read import Staff, read
from tests.builders.staff_export import KnownNames

FORCE = Path(__file__).resolve().parents[3].parent / "shared" / "staff"
MAPPING = Path(__file__).resolve().parents[2] / "fixtures" / "raw_force.yaml"
_MOST_LINES = 60
_SHARES = {"37.0 hours": 1.0, "29.6 hours": 0.8, "22.2 hours": 0.6, "18.5 hours": 0.5}

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not FORCE.exists(), reason="the raw force is not beside the project"),
]


class Names(KnownNames):
    """Knows constables by their short name, and a role among ranks, as a graph does."""

    def __init__(self) -> None:
        super().__init__()
        rank, role = self.rank, self.role
        self.rank = lambda name: (
            role("PCSO") if name == "PCSO" else "uk/constable" if name == "constable" else rank(name)
        )


@pytest.fixture(scope="module")
def staff() -> Staff:
    """Read the three files with the mapping."""
    names = ("HR0123_Establishment.xlsx", "Chronicle_Training.txt", "Chronicle_Matrix.xlsx")
    return read([FORCE / name for name in names], Names(), mapping=MAPPING)


def _listed() -> list[dict[str, str]]:
    """Return the posts of the list, by its own headers."""
    rows = list(load_workbook(FORCE / "HR0123_Establishment.xlsx")["Post Listing"].iter_rows(values_only=True))
    header = next(place for place, row in enumerate(rows) if row[0] == "Post No")
    found = [dict(zip(rows[header], row, strict=True)) for row in rows[header + 1 :]]
    posts = [row for row in found if str(row["Post No"] or "").isdigit()]
    return [{str(name): str("" if cell is None else cell) for name, cell in row.items()} for row in posts]


def _share(hours: str) -> float:
    return _SHARES[hours] if hours in _SHARES else float(hours.rstrip("%")) / (100 if hours.endswith("%") else 1)


def _unit(post: dict[str, str]) -> str:
    return "/".join((post["Command"], post["Department"], post["Team"]))


def test_the_mapping_has_few_lines_and_leaves_no_fault(staff: Staff) -> None:
    """No other work is needed."""
    assert ([], True) == (list(staff.faults), len(MAPPING.read_text().splitlines()) <= _MOST_LINES)


def test_establishment_strength_and_vacancies_are_those_of_the_list(staff: Staff) -> None:
    """By unit: what is established, what is worked, and what is vacant."""
    listed = _listed()
    established: dict[str, float] = dict(dict.fromkeys(map(_unit, listed), 0.0))
    strength = dict(established)
    for post in listed:
        established[_unit(post)] += float(post["Est FTE"])
        if post["Name"] != "VACANT":
            strength[_unit(post)] += _share(post["Contracted Hours"])
    units = {row["post_id"]: str(row["unit_id"]) for row in staff.rows("posts")}
    found, worked = dict(dict.fromkeys(established, 0.0)), dict(dict.fromkeys(established, 0.0))
    for row in staff.rows("posts"):
        found[str(row["unit_id"])] += float(str(row["fte"]))
    for row in staff.rows("occupancies"):
        worked[units[row["post_id"]]] += float(str(row["fte"]))
    assert established == found
    assert {unit: round(fte, 6) for unit, fte in strength.items()} == {
        unit: round(fte, 6) for unit, fte in worked.items()
    }
    vacant = {post["Post No"] for post in listed if post["Name"] == "VACANT"}
    assert vacant == set(units) - {row["post_id"] for row in staff.rows("occupancies")}


def test_people_are_those_of_the_list_once_each(staff: Staff) -> None:
    """With their numbers as they stand, zeros in front, and on the day on which they joined."""
    people = {post["Collar No"]: post for post in _listed() if post["Name"] != "VACANT"}
    found = {str(row["person_id"]): str(row["name"]) for row in staff.rows("people")}
    assert {one: post["Name"].rpartition(" (")[0] for one, post in people.items()} == found
    joined = {str(row["person_id"]): row["joined"] for row in staff.rows("people")}
    assert {one: _day(post["Date Joined Force"]) for one, post in people.items()} == joined


def _day(text: str) -> str:
    if text.isdigit():
        return (dt.date(1899, 12, 30) + dt.timedelta(int(text))).isoformat()
    if "-" in text and text[:4].isdigit():
        return text[:10]
    form = "%d/%m/%Y" if "/" in text else "%d-%b-%y"
    return dt.datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007 -- a day


def test_holdings_by_ticket_are_those_that_were_completed(staff: Staff) -> None:
    """What was failed, booked or not attended is not held, though the matrix has a day for it."""
    text = (FORCE / "Chronicle_Training.txt").read_bytes().decode("utf-16")
    log = list(csv.DictReader(text.splitlines(), delimiter="\t"))
    completed = Counter(row["Course"] for row in log if row["Outcome"] == "Completed")
    names = {row["requirement"]: str(row["name"]) for row in staff.rows("requirements")}
    assert completed == Counter(names[row["requirement"]] for row in staff.rows("holdings"))
    last = {(row["Collar No"], row["Course"]): _day(row["Expiry Date"]) for row in log if row["Outcome"] == "Completed"}
    assert last == {(row["person_id"], names[row["requirement"]]): row["expires"] for row in staff.rows("holdings")}
    assert any(day >= today() for day in last.values())
