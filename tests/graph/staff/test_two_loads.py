"""Two processes that load at once end in the graph of one after the other."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.documents.load import load as load_documents
from graph.documents.write import Counts
from graph.engine import file_lock
from graph.errors import BusyError, StoreError
from graph.session import Graph, open_graph
from graph.staff import lease
from graph.staff.lease import leased
from graph.staff.load import load
from queries.answers.loaded import unfinished_load
from tests.builders.staff_files import Sheets, dump, force
from tests.harness.engines import Engine
from tests.harness.loaded import reference
from tests.harness.processes import at_once

pytestmark = pytest.mark.holds("reference", changed=True)

_LEASE = "MATCH (n:Lease) RETURN n.owner AS owner"
_ASIDE = "MERGE (n:Lease {id: 'staff'}) SET n.owner = 'another', n.until = timestamp() + 3600000"
STAFF = """
import sys
from graph.staff import load as staff
from graph.session import open_graph
from graph.staff.write import batches
from tests.builders.staff_files import force
staff.batches = lambda rows, column: batches(rows, column, 30)
with open_graph(write=True) as graph:
    print("ready", flush=True)
    sys.stdin.readline()
    counts = staff.load(graph, force({people}, {seed}, holdings=4))
    print(counts.model_dump_json(), flush=True)
"""
TURNS = """
import sys
from graph.staff import lease
from graph.session import open_graph
lease._POLL_SECONDS = 0.001
with open_graph(write=True) as graph:
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(8):
        with lease.leased(graph) as held:
            [row] = held.write(lambda tx: tx.run("MATCH (n:StaffLoad) RETURN n.count AS count"))
            held.write(lambda tx: tx.run("MATCH (n:StaffLoad) SET n.count = $count", {"count": row["count"] + 1}))
    print("done", flush=True)
"""


@pytest.fixture
def graph(graph: Graph) -> Graph:
    """Return a graph that holds the reference data alone."""
    _forget(graph)
    return graph


def _forget(graph: Graph) -> None:
    for label in ("Unit", "Post", "Person", "Absence", "StaffLoad", "Lease"):
        graph.write(lambda tx, label=label: tx.run(f"MATCH (n:{label}) DETACH DELETE n"))  # type: ignore[misc]
    graph.write(lambda tx: tx.run("MATCH (n:Requirement) WHERE n.declared DETACH DELETE n"))
    graph.write(lambda tx: tx.run("MATCH (n:Theme) WHERE NOT EXISTS { ()-[:VARIANT_OF]->(n) } DELETE n"))


def _counts(said: list[list[str]]) -> list[Counts]:
    return sorted((Counts.model_validate_json(line) for [line] in said), key=lambda one: -one.created.edges)


def _in_turn(graph: Graph, *exports: Sheets) -> tuple[tuple[list[str], list[str]], list[Counts]]:
    _forget(graph)
    counts = [load(graph, export) for export in exports]
    return dump(graph), counts


def test_two_first_loads_of_the_same_files(graph: Graph) -> None:
    """Each edge stands once, the second finds all of them there, and nobody holds the lease afterwards."""
    counts = _counts(at_once(*[STAFF.format(people=40, seed=1)] * 2))
    found = dump(graph)

    assert (found, counts) == _in_turn(graph, *[force(40, holdings=4)] * 2)
    assert ([], None) == (graph.read(_LEASE, {}), unfinished_load(graph))


def test_two_first_loads_of_files_that_differ(graph: Graph) -> None:
    """The graph is that of one before the other, whichever came first."""
    at_once(*(STAFF.format(people=40, seed=seed) for seed in (1, 2)))
    found = dump(graph)

    one, other = force(40, 1, holdings=4), force(40, 2, holdings=4)
    assert found in [_in_turn(graph, *exports)[0] for exports in ((one, other), (other, one))]


def test_a_lease_is_never_held_twice(graph: Graph) -> None:
    """Each turn of three processes, read and written in two transactions, counts."""
    graph.write(lambda tx: tx.run("CREATE (:StaffLoad {id: 'staff', count: 0})"))

    assert [["done"]] * 3 == at_once(*[TURNS] * 3)
    assert [{"count": 24}] == graph.read("MATCH (n:StaffLoad) RETURN n.count AS count", {})


def _on_server(graph: Graph) -> bool:
    return graph.engine.startswith("neo4j")


def _of_another(graph: Graph) -> None:
    graph.write(lambda tx: tx.run(_ASIDE))


def test_who_waits_is_told_and_takes_over_what_has_lapsed(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """A load that was killed keeps the next one only until its lease lapses; embedded it keeps nobody."""
    monkeypatch.setattr(lease, "QUIET_SECONDS", 0.1)
    monkeypatch.setattr(lease, "_POLL_SECONDS", 0.2)
    told: list[str] = []

    def lapse(said: str) -> None:
        told.append(said)
        graph.write(lambda tx: tx.run("MATCH (n:Lease) SET n.until = timestamp() - 1"))

    graph.notify = lapse
    _of_another(graph)

    load(graph, force(20))

    waiting = (
        "waiting for another load of staff, by another, at most 600 s; if that was killed, this one begins within 60 s"
    )
    assert ([waiting] if _on_server(graph) else [], []) == (told, graph.read(_LEASE, {}))


def test_who_has_waited_long_enough_gives_up(graph: Graph) -> None:
    """Nothing is written then, and the lease stays with who holds it."""
    if not _on_server(graph):
        pytest.skip("a lock on a file keeps others out of the embedded graph")
    graph.wait = 0
    _of_another(graph)
    before = dump(graph)[1]

    with pytest.raises(BusyError) as caught:
        load(graph, force(20))

    expected = (
        "found a load of staff under way for 0 s, by another; expected one at a time; "
        "wait for it or end it, then run the same again"
    )
    assert (expected, before, [{"owner": "another"}]) == (str(caught.value), dump(graph)[1], graph.read(_LEASE, {}))


@pytest.mark.parametrize(
    ("meanwhile", "found"),
    [
        (_of_another, "another load, by another, took over"),
        (lambda graph: graph.write(lambda tx: tx.run("MATCH (n:Lease) DELETE n")), "the graph was emptied"),
    ],
)
def test_a_load_that_was_overtaken_writes_no_more(
    graph: Graph, meanwhile: Callable[[Graph], object], found: str
) -> None:
    """It stops at the next transaction, which is undone, and leaves the lease of the other alone."""
    with leased(graph) as held:
        meanwhile(graph)
        before = dump(graph), graph.read(_LEASE, {})
        with pytest.raises(BusyError) as caught:
            held.write(lambda tx: tx.run("CREATE (:StaffLoad {id: 'staff'})"))

    expected = (
        f"found that {found} while this load of staff was under way; expected one at a time; "
        "when nobody else loads or resets, run the same again"
    )
    assert (expected, before) == (str(caught.value), (dump(graph), graph.read(_LEASE, {})))


def test_each_batch_renews_the_lease(graph: Graph) -> None:
    """A long load does not lapse while it writes."""
    ends: list[int] = []

    def end(_sheet: str, _rows: int) -> None:
        ends.append(int(str(graph.read("MATCH (n:Lease) RETURN n.until AS until", {})[0]["until"])))
        time.sleep(0.002)

    load(graph, force(20), on_rows=end)

    assert len(ends) > 5
    assert sorted(set(ends)) == ends


@pytest.mark.parametrize("what", ["staff", "documents"])
def test_who_waits_for_a_folder_is_told(
    engine: Engine, graph: Graph, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """There a load of whatever kind holds a lock on a file, which nobody waits for without end."""
    if _on_server(graph):
        pytest.skip("a server has no folder")
    monkeypatch.setattr(file_lock, "QUIET_SECONDS", 0.1)
    folder, told = Path(engine.environment["RANKGRAPH_HOME"]), list[str]()

    with file_lock.hold_lock(folder / "writer.lock", 1), open_graph(write=True, notify=told.append) as other:
        other.wait = 0.3
        with pytest.raises(StoreError) as caught:
            load(other, force(20)) if what == "staff" else load_documents(other, [], reference())

    who = f" (process {os.getpid()})" if sys.platform == "linux" else ""
    waiting = f"waiting for another process that is writing to {folder}{who}, at most 0 s"
    given_up = (
        f"{folder}: another process has been writing, or starting or stopping the graph, for 0 s{who}; "
        "end it or try again"
    )
    assert ([waiting], given_up) == (told, str(caught.value))
