"""Rows on units stand in the order of the tree, set in below the units that have rows themselves."""

from __future__ import annotations

from itertools import pairwise

import pytest

from graph.rows import Row
from queries.show.views import in_tree

UNITS: list[Row] = [
    {"unit_id": "F", "unit": "Force", "parent_id": None},
    {"unit_id": "B", "unit": "Borough", "parent_id": "F"},
    {"unit_id": "T2", "unit": "Team 2", "parent_id": "B"},
    {"unit_id": "A", "unit": "Area", "parent_id": "F"},
    {"unit_id": "T1", "unit": "Team 1", "parent_id": "A"},
]
DEPTHS: dict[object, int | None] = {"F": 0, "B": 1, "A": 1, "T1": 2, "T2": 2, None: None}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (["F", "A", "B", "T1", "T2"], ["0 Force", "1 Borough", "2 Team 2", "1 Area", "2 Team 1"]),
        (["T1", "T2"], ["0 Borough / Team 2", "0 Area / Team 1"]),
        (["F", "T1", "T2"], ["0 Force", "1 Borough / Team 2", "1 Area / Team 1"]),
        (["F", "F", "A"], ["0 Force", "0 Force", "1 Area"]),
        ([None, "A"], ["0 Whole force", "0 Force / Area"]),
    ],
)
def test_a_unit_is_set_in_below_those_above_it_that_have_rows(asked: list[str | None], expected: list[str]) -> None:
    """The name of a parent without rows stands beside; rows of one unit keep their order."""
    names: dict[object, object] = {None: "Whole force", **{unit["unit_id"]: unit["unit"] for unit in UNITS}}
    rows: list[Row] = [
        {"unit_id": one, "unit": names[one], "depth": DEPTHS[one], "n": n} for n, one in enumerate(asked)
    ]
    found = in_tree(rows, UNITS)
    assert expected == [f"{row['depth']} {row['unit']}" for row in found]
    assert all(str(one["n"]) < str(other["n"]) for one, other in pairwise(found) if one["unit_id"] == other["unit_id"])


def test_above_the_unit_asked_for_nothing_is_shown() -> None:
    """Its own depth is nought; a name that has that of its parent already is not given it twice."""
    rows: list[Row] = [
        {"unit_id": "A", "unit": "Area", "depth": 0},
        {"unit_id": "T2", "unit": "Borough / Team 2", "depth": 1},
    ]
    assert ["Borough / Team 2", "Area"] == [row["unit"] for row in in_tree(rows, UNITS)]
