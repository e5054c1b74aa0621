"""Two processes that load at once end in the graph of one after the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path

import pytest

from graph import derive
from graph.documents.load import load as load_documents
from graph.documents.reset import reset
from graph.documents.write import Counts
from graph.engine import file_lock
from graph.errors import BusyError, StoreError
from graph.session import Graph, Transaction, open_graph
from graph.staff import lease
from graph.staff.lease import leased
from graph.staff.load import load
from queries.answers.loaded import unfinished_load
from tests.builders.staff_files import Sheets, dump, force
from tests.harness.engines import Engine
from tests.harness.loaded import fill, reference
from tests.harness.processes import Process

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
DOCUMENTS = """
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
TURNS = """
import sys
from graph.staff import lease
from graph.session import open_graph
lease._POLL_SECONDS = 0.001
with open_graph(write=True) as graph:
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(15):
        with lease.leased(graph) as held:
            [row] = held.write(lambda tx: tx.run("MATCH (n:StaffLoad) RETURN n.count AS count"))
            held.write(lambda tx: tx.run("MATCH (n:StaffLoad) SET n.count = $count", {"count": row["count"] + 1}))
    print("done", flush=True)
"""


@pytest.fixture(scope="module", autouse=True)
def _ranks(engine_of_module: Engine) -> Iterator[None]:
    """Load the reference data once."""
    with fill(engine_of_module, []):
        yield


@pytest.fixture
def graph(engine: Engine) -> Iterator[Graph]:
    """Return a graph that holds the reference data alone."""
    with engine.open() as opened:
        _forget(opened)
        yield opened


def _forget(graph: Graph) -> None:
    for label in ("Unit", "Post", "Person", "Absence", "StaffLoad", "Lease"):
        graph.write(lambda tx, label=label: tx.run(f"MATCH (n:{label}) DETACH DELETE n"))  # type: ignore[misc]
    graph.write(lambda tx: tx.run("MATCH (n:Requirement) WHERE n.declared DETACH DELETE n"))
    graph.write(lambda tx: tx.run("MATCH (n:Theme) WHERE NOT EXISTS { ()-[:VARIANT_OF]->(n) } DELETE n"))


def _at_once(*scripts: str) -> list[list[str]]:
    """Let processes begin at the same time; return what each says when it is done."""
    processes = [Process(script) for script in scripts]
    for process in processes:
        assert process.hear() == "ready"
    for process in processes:
        process.input.write("go\n")
        process.input.flush()
    ended = [process.end() for process in processes]
    for process in processes:
        process.output.close()
    assert [0] * len(scripts) == [code for _, code in ended], ended
    return [said for said, _ in ended]


def _counts(said: list[list[str]]) -> list[Counts]:
    return sorted((Counts.model_validate_json(line) for [line] in said), key=lambda one: -one.created.edges)


def _in_turn(graph: Graph, *exports: Sheets) -> tuple[tuple[list[str], list[str]], list[Counts]]:
    _forget(graph)
    counts = [load(graph, export) for export in exports]
    return dump(graph), counts


def test_two_first_loads_of_the_same_files(graph: Graph) -> None:
    """Each edge stands once, the second finds all of them there, and nobody holds the lease afterwards."""
    counts = _counts(_at_once(*[STAFF.format(people=100, seed=1)] * 2))
    found = dump(graph)

    assert (found, counts) == _in_turn(graph, *[force(100, holdings=4)] * 2)
    assert ([], None) == (graph.read(_LEASE, {}), unfinished_load(graph))


def test_two_first_loads_of_files_that_differ(graph: Graph) -> None:
    """The graph is that of one before the other, whichever came first."""
    _at_once(*(STAFF.format(people=100, seed=seed) for seed in (1, 2)))
    found = dump(graph)

    one, other = force(100, 1, holdings=4), force(100, 2, holdings=4)
    assert found in [_in_turn(graph, *exports)[0] for exports in ((one, other), (other, one))]


def test_a_lease_is_never_held_twice(graph: Graph) -> None:
    """Each turn of three processes, read and written in two transactions, counts."""
    graph.write(lambda tx: tx.run("CREATE (:StaffLoad {id: 'staff', count: 0})"))

    assert [["done"]] * 3 == _at_once(*[TURNS] * 3)
    assert [{"count": 45}] == graph.read("MATCH (n:StaffLoad) RETURN n.count AS count", {})


def test_two_first_loads_of_documents(graph: Graph) -> None:
    """Both make what is not there, constraints and indexes too, and one of them finds that of the other."""
    expected = dump(graph)
    reset(graph)
    _forget_schema(graph)

    assert [["False"], ["True"]] == sorted(_at_once(DOCUMENTS, DOCUMENTS))
    assert expected == dump(graph)


def _forget_schema(graph: Graph) -> None:
    """Make a Neo4j as it was before the first load; the embedded engine lets one process at it at a time."""
    if _on_server(graph):
        for show, kind in (("CONSTRAINTS", "CONSTRAINT"), ("INDEXES", "INDEX")):
            rows = graph.read(f"SHOW {show}", {})
            graph.schema([f"DROP {kind} `{row['name']}`" for row in rows if row["type"] != "LOOKUP"])


@pytest.mark.parametrize(
    "statement", [*derive.constraints().values()][:1] + [*derive.indexes(of_facts=True).values()][:1]
)
def test_what_somebody_else_makes_just_now_is_made(engine: Engine, graph: Graph, statement: str) -> None:
    """A statement that has begun before the same one of another was carried out is no fault."""
    if not _on_server(graph):
        pytest.skip("one process at a time makes them in the embedded graph")
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

    assert [name] == [row["name"] for row in graph.read("SHOW INDEXES", {}) if row["name"] == name]


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

    waiting = f"waiting for another process that is writing to {folder}, at most 0 s"
    given_up = (
        f"{folder}: another process has been writing, or starting or stopping the graph, for 0 s; end it or try again"
    )
    assert ([waiting], given_up) == (told, str(caught.value))
