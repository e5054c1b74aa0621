"""Several processes that load into one Neo4j at once: the graph of one after the other, and no edge twice.

RANKGRAPH_WRITER_RUNS=20 runs more than the one of every day.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from graph.documents.load import load
from graph.session import Graph
from tests.graph.test_older_schema import everything
from tests.harness.commands import ROOT, run
from tests.harness.engines import EMBEDDED, ON_SERVER, Engine, delete_all
from tests.harness.loaded import reference

RUNS = int(os.environ.get("RANKGRAPH_WRITER_RUNS", "1"))
_RANKGRAPH = "from graph.staff import lease\nlease._LEASE_SECONDS = 2.0\nfrom cli import main\nmain()"
"""The command line, in which nobody waits a minute for a process that was killed."""
_DAY = "2026-10-01"
_DOUBLED = """MATCH (a)-[e]->(b)
WITH a, b, type(e) AS kind, e.edition AS edition, e.instance AS instance, count(*) AS times WHERE times > 1
RETURN kind, a.id AS start, b.id AS end, times"""
_SECONDS = 300

Words = tuple[str, ...]


@pytest.fixture(scope="module")
def force(small_force: Path) -> str:
    """Return a folder with staff files."""
    return str(small_force / "csv")


@pytest.fixture(scope="module")
def serial(force: str) -> dict[str, set[str]]:
    """Return what has been the graph of one load after the other, by what was loaded."""
    del force
    return {}


def start(words: Words) -> subprocess.Popen[str]:
    """Start a command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", _RANKGRAPH, *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def stands(graph: Graph, kinds: list[Words]) -> set[str]:
    """Return nodes and edges, but for the marker of which load of staff was the last.

    Where documents are loaded beside staff, the totals that a load of staff left are those of the documents then there.
    """
    left_out = ['"StaffLoad"', *(['"LoadTotal"'] if len({one[0] for one in kinds}) > 1 else [])]
    return {line for line in everything(graph) if not any(label in line for label in left_out)}


def loads(random: Random, number: int, force: str) -> tuple[list[Words], bool]:
    """Return the loads of one run, and whether one of them is killed."""
    staff, whole = ("staff", "load", force), ("staff", "load", force, "--full", "--as-of", _DAY)
    documents: Words = ("load", "--samples")
    kinds = ([documents], [staff, whole], [documents, staff, whole])[number % 3]
    return [*kinds, *random.choices(kinds, k=random.randint(3, 4) - len(kinds))], number % 4 == 2


@pytest.mark.parametrize("number", range(2, 2 + RUNS))
@ON_SERVER
def test_loads_at_once_end_in_the_graph_of_one_after_the_other(
    engine: Engine, graph: Graph, force: str, serial: dict[str, set[str]], number: int
) -> None:
    """Documents, staff, whole exports and all of them mixed; of every fourth run one load is killed and repeated."""
    assert EMBEDDED != engine.name
    random = Random(number)  # noqa: S311 -- which loads run, and when one is killed
    words, killed = loads(random, number, force)
    kinds = sorted({*words})
    if str(kinds) not in serial:
        _begin(graph, kinds)
        for one in kinds:
            assert 0 == run(*one).exit_code
        serial[str(kinds)] = stands(graph, kinds)

    _begin(graph, kinds)
    processes = [start(one) for one in words]
    if killed:
        time.sleep(random.uniform(1.5, 4.0))
        processes[-1].send_signal(signal.SIGKILL)
    outcomes = [(process.communicate(timeout=_SECONDS)[1], process.returncode) for process in processes]
    if killed:
        outcomes[-1] = ("", run(*words[-1]).exit_code)

    assert [] == [outcome for outcome in outcomes if outcome[1] != 0]
    assert [] == graph.read(_DOUBLED, {})
    assert (set(), set()) == (stands(graph, kinds) - serial[str(kinds)], serial[str(kinds)] - stands(graph, kinds))


def _begin(graph: Graph, kinds: list[Words]) -> None:
    """Empty the graph; who loads staff alone needs the ranks."""
    delete_all(graph)
    if ("load", "--samples") not in kinds or len(kinds) > 1:
        load(graph, [], reference())
