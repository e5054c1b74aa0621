"""Constraints and indexes that two loads make at once, which only a Neo4j lets them."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, wait

import pytest

from graph import derive
from graph.session import Graph, Transaction
from tests.builders.staff_files import dump
from tests.harness.engines import ON_SERVER, Engine, delete_all
from tests.harness.processes import at_once

pytestmark = pytest.mark.holds("reference", changed=True, schema=True)

LOAD = """
import sys
from graph.documents.load import load
from graph.session import open_graph
from tests.harness.loaded import reference
facts = reference()
with open_graph(write=True) as graph:
    print("ready", flush=True)
    sys.stdin.readline()
    print(load(graph, [], facts).counts.created.nodes > 0, flush=True)
"""


@ON_SERVER
def test_two_first_loads(graph: Graph) -> None:
    """Both make what is not there, constraints and indexes too, and one of them finds that of the other."""
    expected, names = dump(graph), _names(graph)
    delete_all(graph)
    for show, kind in (("CONSTRAINTS", "CONSTRAINT"), ("INDEXES", "INDEX")):
        rows = graph.read(f"SHOW {show}", {})
        graph.schema([f"DROP {kind} `{row['name']}`" for row in rows if row["type"] != "LOOKUP"])

    assert [["False"], ["True"]] == sorted(at_once(LOAD, LOAD))
    assert (expected, names) == (dump(graph), _names(graph))


def _names(graph: Graph) -> set[object]:
    return {row["name"] for show in ("CONSTRAINTS", "INDEXES") for row in graph.read(f"SHOW {show}", {})}


@ON_SERVER
@pytest.mark.parametrize(
    "statement", [*derive.constraints().values()][:1] + [*derive.indexes(of_facts=True).values()][:1]
)
def test_what_somebody_else_makes_just_now_is_made(engine: Engine, graph: Graph, statement: str) -> None:
    """A statement that has begun before the same one of another was carried out is no fault."""
    name = statement.split("`")[1]
    graph.schema([f"DROP {statement.split()[1]} `{name}`"])
    with ThreadPoolExecutor() as threads, engine.open() as other:

        def work(transaction: Transaction) -> Future[None]:
            transaction.run(statement)
            late = threads.submit(other.schema, [statement])
            wait([late], 1)
            assert not late.done()
            return late

        graph.write(work).result(60)

    assert name in _names(graph)
