"""A graph on a cluster, which is tests/harness/bolt_stub.py: on it a time of 20 s passes in one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.engine.server_seconds import DEFAULTS
from graph.session import Graph
from tests.harness.bolt_stub import Cluster, Statement, running_cluster

PACE = 1 / 20
MEETING = "RETURN 1 AS one"


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    """Return a cluster that the settings name, with the default times at its pace."""
    with running_cluster() as running:
        monkeypatch.setenv("NEO4J_URI", running.uri)
        monkeypatch.setenv("NEO4J_PASSWORD", "only for the stub")
        monkeypatch.setenv("RANKGRAPH_RETRY_SECONDS", str(DEFAULTS["RANKGRAPH_RETRY_SECONDS"] * PACE))
        yield running


def add(graph: Graph, number: int) -> None:
    """Write one row."""
    graph.write(lambda transaction: transaction.run("CREATE (:Row {n: $n})", {"n": number}))


def rows(graph: Graph) -> list[object]:
    """Return the rows that whichever member answers has."""
    return [row["n"] for row in graph.read("MATCH (r:Row) RETURN r.n AS n", {})]


def work(cluster: Cluster) -> list[Statement]:
    """Return the statements that were sent, without those by which a graph is opened."""
    return [one for one in cluster.statements if one.text != MEETING]
