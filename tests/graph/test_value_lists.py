"""Properties that can have only so many values: they are listed once, and nothing else stands in a graph."""

from __future__ import annotations

from typing import get_args

import pytest

from graph.derive import model
from graph.nodes import BodyKind, InstrumentKind, Ladder
from graph.session import Graph
from loaders.reference.names import bodies, instruments
from loaders.staff.sheets import SHEETS
from queries.parameters import choices
from tests.harness.engines import ON_EMBEDDED

pytestmark = [pytest.mark.holds("samples and a force")]

MODEL = model()
LISTED = {
    (":".join(node["labels"]), name): one["values"]
    for node in MODEL["nodes"]
    for name, one in node["properties"].items()
    if "values" in one
}
LISTED_OF_EDGES = {
    (edge["type"], name): one["values"]
    for edge in MODEL["relationships"]
    for name, one in {**(MODEL["statement"] if edge["stated"] else {}), **edge["properties"]}.items()
    if "values" in one
}
EXPECTED = {
    *(("Role", "profile_level"), ("Role:Rank", "profile_level"), ("Role:Rank", "ladder")),
    *(("Profile", name) for name in ("source_kind", "basis", "profile_level", "start", "not_printed")),
    *(("Theme", "kind"), ("Gate", "applies_in"), ("Gate", "source"), ("Body", "kind"), ("Instrument", "kind")),
    ("Instrument", "status"),
    *(("Figure", "measure"), ("Figure", "unit"), ("PayItem", "currency"), ("PayItem", "per")),
    *(("Absence", "kind"), ("StaffLoad", "state"), ("LoadTotal", "kind")),
}


def test_what_has_a_closed_list_of_values_says_them() -> None:
    """`rankgraph model` and docs/model.md list them from the declarations."""
    assert EXPECTED == set(LISTED)


@ON_EMBEDDED
@pytest.mark.parametrize(("labels", "name"), LISTED, ids=":".join)
def test_a_node_has_only_values_that_are_listed(graph: Graph, labels: str, name: str) -> None:
    """Whatever loaded it."""
    rows = graph.read(
        f"MATCH (n:{labels}) WHERE n.{name} IS NOT NULL WITH n.{name} AS found "
        "RETURN DISTINCT found AS found ORDER BY found",
        {},
    )
    found = {value for row in rows for value in (row["found"] if isinstance(row["found"], list) else [row["found"]])}
    assert found - set(LISTED[labels, name]) == set()


@ON_EMBEDDED
def test_an_edge_has_only_values_that_are_listed(graph: Graph) -> None:
    """What is not carried is no value."""
    unlisted = set()
    for (kind, name), values in LISTED_OF_EDGES.items():
        rows = graph.read(
            f"MATCH ()-[e:{kind}]->() WHERE e.{name} IS NOT NULL RETURN DISTINCT e.{name} AS found ORDER BY found", {}
        )
        unlisted |= {(kind, name, row["found"]) for row in rows if row["found"] not in values}
    assert unlisted == set()


@ON_EMBEDDED
def test_the_graph_has_most_of_the_values(graph: Graph) -> None:
    """A list is compared with something: ladders, what gates ask by, kinds of body of the reference data."""
    for (label, name), some in {
        ("Rank", "ladder"): set(get_args(Ladder)),
        ("Body", "kind"): {body.kind for body in bodies()},
        ("Instrument", "kind"): {instrument.kind for instrument in instruments()},
        ("Gate", "source"): {"law", "policy", "profile", "pack", "advert"},
    }.items():
        rows = graph.read(f"MATCH (n:{label}) RETURN DISTINCT n.{name} AS found ORDER BY found", {})
        assert some - {row["found"] for row in rows} == set()


def test_no_kind_is_listed_that_nothing_can_be() -> None:
    """Kinds of bodies are those of the reference data, and two that only texts name."""
    assert {"fire_and_rescue", "unknown"} == set(get_args(BodyKind)) - {body.kind for body in bodies()}
    assert set() == set(get_args(InstrumentKind)) - {instrument.kind for instrument in instruments()}


def test_a_force_is_chosen_by_the_ladders_that_forces_have() -> None:
    """All but the one that they share."""
    assert set(get_args(Ladder)) - {"uk"} == set(choices.LADDERS)


WORDS = {(sheet.name, column.name): column.words for sheet in SHEETS for column in sheet.columns}


@pytest.mark.parametrize(
    ("column", "values"),
    [
        (("absences", "kind"), LISTED["Absence", "kind"]),
        (("occupancies", "basis"), LISTED_OF_EDGES["OCCUPIES", "basis"]),
        (("ranks_held", "basis"), LISTED_OF_EDGES["HELD_RANK", "basis"]),
        (("post_requirements", "necessity"), LISTED_OF_EDGES["ASKS_FOR", "necessity"]),
    ],
)
def test_a_column_of_staff_files_takes_the_values_that_are_listed(column: tuple[str, str], values: list[str]) -> None:
    """Each with the words that stand for it."""
    assert values == list(WORDS[column])
