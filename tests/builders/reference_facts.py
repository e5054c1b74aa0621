"""The facts of the reference data as of one day, and what tests ask of them."""

from __future__ import annotations

from datetime import date

import pytest

from graph.ontology import Edge, Facts, Statement
from loaders.facts import reference

DAY = date(2025, 6, 1)


@pytest.fixture(scope="module")
def facts() -> Facts:
    """Return the facts of the reference data as of one day."""
    return reference.reference_facts(DAY)


def pairs(facts: Facts, kind: str) -> set[tuple[str, str]]:
    """Return the ends of all edges of a kind."""
    return {(edge.start.id, edge.end.id) for edge in facts.edges if edge.kind == kind}


def words(edge: Edge) -> Statement:
    """Return what an edge rests on."""
    assert edge.statement is not None
    return edge.statement
