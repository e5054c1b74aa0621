"""Each name that the program prints is understood where it takes names: `why`, and --holds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.days import today
from graph.errors import NameAmbiguousError
from graph.rows import list_or_empty
from graph.session import Graph
from queries.answers.gap import gap
from queries.answers.gates import gates
from queries.answers.inquiry import Inquiry
from queries.answers.pathway import pathway
from queries.answers.rank import rank
from queries.answers.sources import sources
from queries.parameters.holdings import from_options
from tests.harness.engines import ON_EMBEDDED
from tests.harness.real import needed

pytestmark = [needed, pytest.mark.real, pytest.mark.holds("documents")]

RANKS = (
    *(
        "constable",
        "sergeant",
        "inspector",
        "chief inspector",
        "superintendent",
        "chief superintendent",
        "acc",
        "dcc",
        "cc",
    ),
    *(
        "met commander",
        "dac",
        "met ac",
        "deputy commissioner",
        "met commissioner",
        "city commander",
        "city commissioner",
    ),
)
SHARED = {"Assistant Commissioner", "Commander"}
"""Ranks of two forces: which is meant is asked."""


def printed(inquiry: Inquiry) -> Iterator[str]:
    """Yield the names in the answers of rank, gates, pathway and gap on the real documents."""
    for name in RANKS:
        parts = rank(inquiry, name).parts or {}
        rows = [row for part in parts.values() for row in list_or_empty(part) if isinstance(row, dict)]
        columns = ("rank", "body", "gate", "needs", "requirement", "edition")
        yield from (str(row[one]) for row in rows for one in columns if row.get(one))
    for aim in ("met commissioner", "chief constable", "city commissioner"):
        for row in pathway(inquiry, "constable", aim).rows:
            yield from map(str, (row["from_rank"], row["to_rank"], *list_or_empty(row["gates"])))
            yield from map(str, list_or_empty(row["appointed_by"]))
    for start, aim in (("met commander", "dac"), ("dac", "met ac"), ("met ac", "met commissioner")):
        yield from (str(row["requirement"]) for row in gap(inquiry, start, aim).rows)


@ON_EMBEDDED
def test_why_knows_each_printed_name(graph: Graph) -> None:
    """Ranks, bodies, gates, courses, skills and editions."""
    inquiry, shared = Inquiry(graph), set()
    names = set(printed(inquiry))
    for name in sorted(names):
        try:
            assert sources(inquiry, name).rows
        except NameAmbiguousError as error:
            shared |= {name for one in error.candidates if not one.startswith("reference@") and "@" not in one}
    assert (True, SHARED) == (len(names) > 100, shared)


def test_what_a_gate_is_called_or_needs_can_be_held(graph: Graph) -> None:
    """A rank as a rank; a gate of several ways asks which of them."""
    inquiry, several = Inquiry(graph), set()
    for name in RANKS:
        for row in gates(inquiry, name, (), place=None).rows:
            for held in {str(row["gate"]), str(row["needs"])} - SHARED:
                try:
                    gates(inquiry, name, from_options((held,), ()), place=None)
                except NameAmbiguousError as error:
                    several.add((held, len(error.candidates) > 1))
    assert {True} == {many for _, many in several}
    assert "Promotion: least service before inspector" in {held for held, _ in several}


@pytest.mark.parametrize("name", ["NPPF step 3: local selection", "NPPF step 3"])
def test_a_step_is_held_by_its_name(graph: Graph, name: str) -> None:
    """What only a person can judge is met where it is said so."""
    found = gates(Inquiry(graph), "inspector", from_options((f"{name}:{today()}",), ()), place=None)
    assert {True} == {row["gate_open"] for row in found.rows if str(row["gate"]).startswith("NPPF step 3")}
