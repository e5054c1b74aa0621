"""Units of one name are told apart by those above them, and are found by what they are shown as."""

from __future__ import annotations

import random

import pytest

from graph.errors import NameAmbiguousError
from graph.session import Graph
from queries.answers.skills_gap.gather import skills_gap
from queries.ask import ask
from queries.catalogue import question
from queries.parameters.unit_names import tell_apart
from tests.builders.force import Row, put
from tests.builders.unit_forces import post, small
from tests.harness.loaded import rows

pytestmark = pytest.mark.holds("what drawn units speak of", changed=True)

DAY = "2026-03-01"
UNITS: list[Row] = [
    {"unit_id": one, "name": name, "parent_id": parent}
    for one, name, parent in (
        *(("F", "Force", None), ("N", "North", "F"), ("S", "South", "F"), ("NR", "Response", "N")),
        *(("SR", "Response", "S"), ("NRA", "Team A", "NR"), ("SRA", "Team A", "SR"), ("SRB", "Team B", "SR")),
        *(("SRC", "Team C", "SR"), ("SRD", "Team C", "SR")),
    )
]
SHOWN = {
    "F": "Force",
    "N": "North",
    "S": "South",
    "NR": "North / Response",
    "SR": "South / Response",
    "NRA": "North / Response / Team A",
    "SRA": "South / Response / Team A",
    "SRB": "Team B",
    "SRC": "Force / South / Response / Team C (SRC)",
    "SRD": "Force / South / Response / Team C (SRD)",
}


@pytest.mark.parametrize("name", ["heat-map", "establishment", "vacancies"])
def test_a_name_that_several_units_have_is_shown_with_its_path(graph: Graph, name: str) -> None:
    """As far up as it takes, the id last; a name of one unit alone stays as it is."""
    put(graph, small(units=UNITS, posts=[post(f"T{unit['unit_id']}", str(unit["unit_id"])) for unit in UNITS]))
    found = {str(row["unit_id"]): row["unit"] for row in rows(graph, name, as_of=DAY)}
    assert found == SHOWN


def test_the_report_shows_the_same_names(graph: Graph) -> None:
    """In its tree of units and its establishment."""
    put(graph, small(units=UNITS, posts=[post("T1", "NRA"), post("T2", "SRA")]))
    report = skills_gap(graph, unit=None, as_of=DAY)
    assert {one: SHOWN[one] for one in SHOWN} == {row["unit_id"]: row["unit"] for row in report.units}
    assert {SHOWN["NRA"], SHOWN["SRA"]} == {row["unit"] for row in report.establishment}


@pytest.mark.parametrize("unit", ["NRA", "North / Response / Team A", "north / response / team a"])
def test_a_unit_is_found_by_what_it_is_shown_as(graph: Graph, unit: str) -> None:
    """The name alone is refused where several have it."""
    put(graph, small(units=UNITS, posts=[post("T1", "NRA"), post("T2", "SRA")]))
    assert ["T1"] == [row["post_id"] for row in rows(graph, "vacancies", unit=unit, as_of=DAY)]
    asked = question("vacancies")
    assert asked is not None
    with pytest.raises(NameAmbiguousError):
        ask(graph, asked, {"unit": "Team A", "as_of": DAY})


@pytest.mark.parametrize("seed", range(30))
def test_no_two_units_are_shown_as_one(seed: int) -> None:
    """Whatever they are called, and however they hang together."""
    draw = random.Random(seed)  # noqa: S311 -- no secret
    units = [{"unit_id": n, "unit": draw.choice("AAB"), "parent_id": draw.choice((None, *range(n)))} for n in range(15)]
    shown = [row["unit"] for row in tell_apart(units)]
    assert len(units) == len(set(shown))
    names = [row["unit"] for row in units]
    assert all(name == one for name, one in zip(names, shown, strict=True) if names.count(name) == 1)
