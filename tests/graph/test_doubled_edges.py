"""Edges that were written twice, by loads that did not know of each other: found by the check, healed by a load."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from graph.documents.load import load
from graph.session import Graph
from queries.answers.health import COLUMNS
from queries.ask import ask
from queries.catalogue import question
from tests.harness.commands import run
from tests.harness.engines import delete_all
from tests.harness.loaded import reference, samples

_EVERY = """MATCH (a)-[e]->(b) WHERE NOT a:Lease AND NOT a:StaffLoad
RETURN type(e) AS kind, a.id AS start, b.id AS end, e.instance AS instance, e.digest AS digest"""
_DOUBLE = """MATCH (a)-[e:%s]->(b) WITH a, e, b ORDER BY a.id, b.id, e.instance LIMIT 7
CREATE (a)-[f:%s]->(b) SET f = properties(e)"""
_DOCUMENT_EDGES = ("REQUIRES", "ACCOUNTABLE_FOR", "PROMOTES_FROM", "DESCRIBES", "SIMILAR_TO")
_STAFF_EDGES = ("OCCUPIES", "HOLDS", "WITHIN")


def every(graph: Graph) -> Counter[tuple[object, ...]]:
    """Return how often each edge stands."""
    return Counter(tuple(row.values()) for row in graph.read(_EVERY, {}))


def double(graph: Graph, kinds: tuple[str, ...]) -> dict[str, int]:
    """Write some edges of each kind once more; return how many."""
    before = every(graph)
    for kind in kinds:
        graph.write(lambda transaction, kind=kind: transaction.run(_DOUBLE % (kind, kind)))  # type: ignore[misc]
    return dict(Counter(str(edge[0]) for edge in (every(graph) - before).elements()))


def found_doubles(graph: Graph) -> dict[str, int]:
    """Return how many doubled edges of each kind the check finds."""
    rule = question("doubled-edges")
    assert rule is not None
    assert set(rule.returns) <= {*COLUMNS}
    rows = ask(graph, rule, {}).rows
    assert {"stands 2 times"} == {row["finding"] for row in rows}
    return dict(Counter(str(row["label"]) for row in rows))


def test_a_load_of_documents_heals_what_is_doubled(graph: Graph) -> None:
    """The check names each; the load counts each as removed, and the next one has nothing to do."""
    delete_all(graph)
    load(graph, list(samples()), reference())
    before = every(graph)

    doubled = double(graph, _DOCUMENT_EDGES)
    assert {*_DOCUMENT_EDGES} == {*doubled}
    assert doubled == found_doubles(graph)
    derived = doubled["SIMILAR_TO"]
    healed = load(graph, list(samples()), reference()).counts

    assert before == every(graph)
    assert sum(doubled.values()) - derived == healed.removed.edges
    assert 0 == load(graph, list(samples()), reference()).counts.changed.edges


def test_a_load_of_staff_heals_what_is_doubled(graph: Graph, small_force: Path) -> None:
    """Whether or not the export is taken as whole."""
    delete_all(graph)
    load(graph, [], reference())
    words = ("staff", "load", str(small_force / "csv"))
    assert 0 == run(*words).exit_code
    before = every(graph)

    for full in ((), ("--full", "--as-of", "2026-10-01")):
        doubled = double(graph, _STAFF_EDGES)
        assert dict.fromkeys(_STAFF_EDGES, 7) == doubled
        assert doubled == found_doubles(graph)
        assert 0 == run(*words, *full).exit_code

        assert before == every(graph) or full
        assert {1} == {*every(graph).values()}
