"""What a proposal cannot be sure of by headers alone is decided by what stands in the columns, or left open."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from loaders.staff.proposal import propose
from loaders.staff.read import read
from tests.builders.staff_export import KnownNames, export, write_csv

TREE = [(f"C{n // 6}", f"D{n // 3}", f"T{n}") for n in range(12)]
"""Two commands of two departments of three teams."""


def _proposed(folder: Path, **tables: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Return the mapping that is proposed for tables, the first row of each its header."""
    folder.mkdir(exist_ok=True)
    for name, rows in tables.items():
        (folder / f"{name}.csv").write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    found = yaml.safe_load(propose([folder], KnownNames()))
    assert isinstance(found, dict)
    return found


def _listed(columns: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Return a list of posts and people with some columns more."""
    rows = len(next(iter(columns.values())))
    own = {"Post No": [f"A{n}" for n in range(rows)], "Collar No": [f"{n + 100}" for n in range(rows)]}
    every = {"Unit Code": ["U1"] * rows, "Rank": ["Sergeant"] * rows, "Name": ["Ann"] * rows} | own | {**columns}
    return [[*every], *map(list, zip(*every.values(), strict=True))]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
@pytest.mark.parametrize(
    "names", [("Command", "Department", "Team"), ("Section", "Force", "Area"), ("Shift", "Unit", "Home Division")]
)
def test_units_stand_in_the_order_in_which_their_values_nest(
    order: tuple[int, ...], names: tuple[str, ...], tmp_path: Path
) -> None:
    """Whatever the order of the columns, and whatever they are called."""
    columns = {names[at]: [row[at] for row in TREE] for at in order}
    found = _proposed(tmp_path / "raw", list=_listed(columns))
    assert [list(names)] * 2 == [found["units"]["path"], found["posts"]["unit_id"]]


@pytest.mark.parametrize(
    ("names", "rows", "path"),
    [
        (("Department", "Team"), ["D1 A", "D1 B", "D2 A", "D2 B", "D3 A"], ["Department", "Team"]),
        (("Team", "Department"), ["A D1", "B D1", "A D2"], "? [Department, Team] | [Team, Department]"),
        (("Team", "Department"), ["A D1", "B D2"], "? [Department, Team] | [Team, Department]"),
        (("Department", "Team"), ["D1 A", "D2 B"], ["Department", "Team"]),
        (("Department", "Team"), ["D1 A", "D2 A", "D3 B"], ["Team", "Department"]),
        (("Department", "Team"), ["D1 A", "D2 -", "D3 -"], ["Department", "Team"]),
        (
            ("Command", "Department", "Team"),
            ["C1 D1 A", "C2 D1 A", "C1 D2 A", "C1 D3 B"],
            "? [Command, Team, Department] | [Command, Department, Team]",
        ),
    ],
)
def test_units_of_which_names_repeat_stand_as_usual_or_are_an_open_choice(
    names: tuple[str, ...], rows: list[str], path: object, tmp_path: Path
) -> None:
    """A choice lists the orders."""
    cells = [row.replace("-", "").split(" ") for row in rows]
    columns = {name: [row[at] for row in cells] for at, name in enumerate(names)}
    found = _proposed(tmp_path / "raw", list=_listed(columns))
    assert [path] * 2 == [found["units"]["path"], found["posts"]["unit_id"]]


@pytest.mark.parametrize("header", ["WTE %", "FTE", "Whole time equivalent"])
@pytest.mark.parametrize(("empty", "post", "person"), [("", "? {} | none", "{}"), ("1", "{}", "? {} | none")])
def test_one_share_of_a_full_week_is_of_posts_or_of_people(
    header: str, empty: str, post: str, person: str, tmp_path: Path
) -> None:
    """Of posts where it stands beside nobody too, else of people; the other is a choice that stays open."""
    rows = [
        ["P1", "PC", "1001", "A", "T1", "1"],
        ["P2", "PC", "1002", "B", "T1", "0.5"],
        ["P3", "PC", "", "", "T1", empty],
    ]
    found = _proposed(tmp_path / "raw", list=[["Post No", "Rank", "Collar No", "Name", "Team", header], *rows])
    assert (post.format(header), person.format(header)) == (found["posts"]["fte"], found["occupancies"]["fte"])


@pytest.mark.parametrize(
    ("headers", "post", "person"),
    [
        (("FTE", "Budget FTE"), "Budget FTE", "FTE"),
        (("Established FTE", "FTE"), "Established FTE", "FTE"),
        (("FTE", "Funded FTE"), "Funded FTE", "FTE"),
        (("WTE", "Post WTE"), "Post WTE", "WTE"),
        (("Actual FTE", "FTE"), "FTE", "Actual FTE"),
        (("FTE in post", "Budgeted WTE"), "Budgeted WTE", "FTE in post"),
        (("FTE", "Position FTE", "Contracted FTE"), "Position FTE", "Contracted FTE"),
        (("FTE", "Other FTE"), "? FTE | Other FTE", "? FTE | Other FTE"),
        (("FTE", "Contracted Hours", "Est FTE"), "Est FTE", "? FTE | Contracted Hours"),
        (("Budget FTE",), "Budget FTE", None),
        (("Budget FTE", "Approved FTE"), "? Budget FTE | Approved FTE", None),
    ],
)
def test_what_is_established_is_of_posts_and_what_is_worked_of_people(
    headers: tuple[str, ...], post: str, person: str | None, tmp_path: Path
) -> None:
    """What may be either is an open choice."""
    columns = {"Team": ["T1", "T2"], "Area": ["A", "A"], **{one: ["1", "0.5"] for one in headers}}
    found = _proposed(tmp_path / "raw", list=_listed(columns))
    assert (post, person) == (found["posts"]["fte"], found["occupancies"].get("fte"))


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        (("Room 4", "Yes", "Room 5", "2027"), "Room 4, Yes, Room 5"),
        (("2027", "2028", "", ""), "2027, 2028"),
        (("No", "No", "Booked", ""), "No, Booked"),
        (("York", "Leeds", "York", ""), "York, Leeds"),
        (("", "", "", ""), None),
    ],
)
@pytest.mark.parametrize("clear", [2, 3])
def test_a_column_of_a_matrix_that_is_not_read_is_an_open_choice(
    words: tuple[str, ...], seen: str | None, clear: int, tmp_path: Path
) -> None:
    """With some of what stands in it; a column without a word is none."""
    header = ["Collar No", "Name", *("Taser", "PPST", "ARV")[:clear], "First aid"]
    rows = [[f"{n}", "Ann", *["01/02/2099"] * clear, word] for n, word in enumerate(words)]
    found = _proposed(tmp_path / "raw", matrix=[header, *rows])
    if clear == len(("Taser", "PPST", "ARV")) or "Yes" in words:
        ignored = f"? First aid ({seen})" if seen else "First aid"
        assert ["Name", ignored] == found["holdings"]["ignore"]


@pytest.mark.parametrize(
    ("headers", "post", "title"),
    [
        (("Position", "Position Ref"), "Position Ref", "Position"),
        (("Position No", "Position"), "Position No", "Position"),
        (("Position", "Job Title"), None, None),
        (("Position", "Position text"), "Position", "Position text"),
        (("Post Ref", "Position"), "Post Ref", "Position"),
    ],
)
def test_what_numbers_a_post_has_few_repeats(
    headers: tuple[str, str], post: str | None, title: str | None, tmp_path: Path
) -> None:
    """A title, which many posts have, is none; with it all of the list is proposed by its usual headers."""
    many, few = [f"A{n}" for n in range(12)], ["Constable", "Sergeant"] * 6
    cells = {one: many if one == post else few for one in headers}
    others = {"Post Grade": few, "Shoulder No": [f"{n}" for n in range(12)], "Post Holder": ["Ann"] * 12}
    units = {"Department": ["D1", "D2"] * 6, "Area": ["A"] * 12}
    columns = {**cells, **others, **units, "Funded FTE": ["1"] * 12}
    rows = [[*columns], *map(list, zip(*columns.values(), strict=True))]
    found = _proposed(tmp_path / "raw", list=rows)
    if post is None:
        assert [f"? no file has {one}" for one in ("unit_id and name", "post_id and unit_id")] == [
            found["units"],
            found["posts"],
        ]
        return
    posts = {name: found["posts"][name] for name in ("post_id", "rank", "title", "fte")}
    assert {"post_id": post, "rank": "Post Grade", "title": title, "fte": "Funded FTE"} == posts
    people = (found["people"]["person_id"], found["people"]["name"], found["occupancies"]["post_id"])
    assert ("Shoulder No", "Post Holder", post) == people


def test_a_pool_that_stands_once_for_each_of_its_people_is_a_post(tmp_path: Path) -> None:
    """Its column is called a number."""
    columns = {"Post No": ["A1"] * 9 + ["A2"] * 9, "Area": ["A"] * 18, "Team": ["T1", "T2"] * 9}
    assert "Post No" == _proposed(tmp_path / "raw", list=_listed(columns))["posts"]["post_id"]


@pytest.mark.parametrize(
    ("without", "sheet", "column", "says"),
    [
        ("Name", "people", "name", "? Unit Code | Rank | Post No | Bearer | Area | Team"),
        ("Rank", "posts", "rank", "? Unit Code | Name | Collar No | Bearer"),
    ],
)
def test_a_column_that_must_be_there_and_is_not_seen_is_an_open_choice(
    without: str, sheet: str, column: str, says: str, tmp_path: Path
) -> None:
    """Its candidates are the columns that are nothing yet."""
    rows = _listed({"Bearer": ["x", "y"], "Area": ["A", "A"], "Team": ["T1", "T2"]})
    at = rows[0].index(without)
    found = _proposed(tmp_path / "raw", list=[[cell for n, cell in enumerate(row) if n != at] for row in rows])
    assert says == found[sheet][column]


def test_a_sheet_that_must_be_there_and_is_not_seen_is_an_open_choice(tmp_path: Path) -> None:
    """It is a line of its own."""
    found = _proposed(tmp_path / "raw", people=[["Collar No", "Name"], ["1", "Ann"]])
    assert {
        "units": "? no file has unit_id and name",
        "posts": "? no file has post_id and unit_id",
        "occupancies": "? no file has person_id and post_id",
    } == {name: part for name, part in found.items() if str(part).startswith("?")}


@pytest.mark.parametrize("header", ["Valid To", "Expiry", "Valid Until", "Date To", "Level Held"])
def test_a_column_of_another_sheet_is_not_taken_for_a_misspelt_one(header: str, tmp_path: Path) -> None:
    """A training log gives requirements too, of which its days are none."""
    rows = export()
    folder = write_csv({name: rows[name] for name in ("units", "posts", "people", "occupancies")}, tmp_path / "raw")
    (folder / "log.csv").write_text(f"Collar No,Course,{header}\nP1,Taser,\n", encoding="utf-8")
    text = propose([folder], KnownNames()).replace("? temporary | substantive", "temporary")
    (tmp_path / "mapping.yaml").write_text(text, encoding="utf-8")
    with read(folder, KnownNames(), mapping=tmp_path / "mapping.yaml") as staff:
        assert ([], 1) == (list(staff.faults), staff.counts["holdings"].taken)
