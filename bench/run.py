"""Compare with the bare driver, on the engine that the environment chooses; one ratio a line.

Each ratio is that of the medians of five rounds, in which the two sides take turns. Without NEO4J_URI every
round writes into an embedded graph of its own; with it, the database must be empty and is left empty.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import neo4j  # noqa: E402

from bench.align import reissued  # noqa: E402
from bench.generate import generate, row_count  # noqa: E402
from graph import derive  # noqa: E402
from graph.documents.load import load  # noqa: E402
from graph.documents.write import write  # noqa: E402
from graph.engine.data_folder import DataFolder  # noqa: E402
from graph.nodes import Node  # noqa: E402
from graph.ontology import Edge, Facts  # noqa: E402
from graph.session import Graph, open_graph  # noqa: E402
from graph.text.alignment import align  # noqa: E402
from loaders import read  # noqa: E402
from loaders.facts.document import facts  # noqa: E402
from loaders.facts.reference import known, reference_facts  # noqa: E402
from loaders.files import samples as sample_folder  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROUNDS = 5
PROFILES = 200
STATEMENTS = 1000
EDITIONS = ("dac@2021-03", "dac")
QUESTION = ("gates", {"rank": "uk/sergeant", "as_of": None})
Batches = list[tuple[str, list[dict[str, object]]]]
"""Statements with their rows, in the order of writing."""


def main() -> None:
    """Print the ratios."""
    documents = generate(PROFILES)
    rows = row_count(documents)
    with _folder() as folder:
        ours, bare = _in_turn(lambda: _write_ours(folder, documents), lambda: _write_bare(folder, _rows(documents)))
        _tell("write", f"{rows / ours:.0f} rows/s", f"{rows / bare:.0f} rows/s bare", bare / ours, "at least 0.8")
    with _folder() as folder:
        _fill(folder)
        ours, bare = _in_turn(lambda: _cold(_our_command()), lambda: _cold(_bare_command()))
        _tell("ask, cold", f"{ours:.2f} s", f"{bare:.2f} s bare", ours / bare, "at most 1.3")
    _tell_alignment()
    with _folder() as folder:
        _fill(folder, samples=True)
        ours, bare = _in_turn(lambda: _cold(_our_comparison()), lambda: _cold(_our_command()))
        _tell("compare, cold", f"{ours:.2f} s", f"{bare:.2f} s for one question", ours / bare, "at most 4")
    ours, bare = _in_turn(lambda: _cold(_importing("cli")), lambda: _cold(_importing("click")))
    _tell("import of cli", f"{ours:.3f} s", f"{bare:.3f} s for click alone", ours / bare, "at most 1.5")


def _tell(what: str, ours: str, bare: str, ratio: float, target: str) -> None:
    print(f"{what}: {ratio:.2f} ({ours}, {bare}; {target})", flush=True)


def _tell_alignment() -> None:
    """Time the alignment of many statements with as many, and of four times as many with as many."""
    few, many = reissued(STATEMENTS), reissued(4 * STATEMENTS)
    larger, smaller = _in_turn(lambda: _seconds(lambda: align(*many)), lambda: _seconds(lambda: align(*few)))
    _tell(
        f"alignment of {4 * STATEMENTS} and of {STATEMENTS} statements",
        f"{larger:.2f} s",
        f"{smaller:.2f} s",
        larger / smaller,
        "at most 16",
    )


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _in_turn(ours: Callable[[], float], bare: Callable[[], float]) -> tuple[float, float]:
    """Return the median seconds of both sides, after one round that does not count."""
    pairs = [(ours(), bare()) for _ in range(ROUNDS + 1)][1:]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


@contextmanager
def _folder() -> Iterator[Path]:
    """Give an embedded graph a place, and leave nothing behind, in a server neither."""
    folder = Path(tempfile.mkdtemp(prefix="rankgraph-bench-"))
    before = os.environ.get("RANKGRAPH_HOME")
    os.environ["RANKGRAPH_HOME"] = str(folder / "home")
    _refuse_other_data()
    try:
        yield folder
    finally:
        _empty()
        shutil.rmtree(folder, ignore_errors=True)
        os.environ.pop("RANKGRAPH_HOME")
        if before is not None:
            os.environ["RANKGRAPH_HOME"] = before


def _refuse_other_data() -> None:
    with open_graph(write=True) as graph:
        if graph.read("MATCH (n) RETURN n.id AS id LIMIT 1", {}):
            sys.exit(f"found data at {graph.address}; the benchmark writes, so give it an empty database")


def _empty() -> None:
    """Empty the server; an embedded graph goes with its folder."""
    if not os.environ.get("NEO4J_URI"):
        return
    with open_graph(write=True) as graph:
        while graph.read("MATCH (n) RETURN n.id AS id LIMIT 1", {}):
            graph.write(lambda transaction: transaction.run("MATCH (n) WITH n LIMIT 5000 DETACH DELETE n"))


@contextmanager
def _fresh(folder: Path) -> Iterator[Graph]:
    """Open a graph that holds the reference data alone."""
    _empty()
    os.environ["RANKGRAPH_HOME"] = tempfile.mkdtemp(dir=folder)
    with open_graph(write=True) as graph:
        load(graph, [], reference_facts())
        yield graph


def _fill(folder: Path, *, samples: bool = False) -> None:
    os.environ["RANKGRAPH_HOME"] = str(folder / "home")
    shipped = sorted(sample_folder().glob("*.txt")) if samples else []
    with open_graph(write=True) as graph:
        load(graph, [facts(read(path), known(), basis="sample") for path in shipped], reference_facts())


def _write_ours(folder: Path, documents: list[Facts]) -> float:
    with _fresh(folder) as graph:
        began = time.perf_counter()
        for document in documents:
            write(graph, document.edition, document.nodes, document.edges, edition=document.edition)
        return time.perf_counter() - began


def _write_bare(folder: Path, documents: list[Batches]) -> float:
    with _fresh(folder) as graph, _bare_driver(graph) as driver, driver.session(database=_database()) as session:
        began = time.perf_counter()
        for document in documents:
            session.execute_write(_send, document)
        return time.perf_counter() - began


def _send(transaction: neo4j.ManagedTransaction, batches: Batches) -> None:
    for statement, rows in batches:
        transaction.run(statement, {"rows": rows}).consume()


def _rows(documents: list[Facts]) -> list[Batches]:
    """Return what a bare script would send for each document: every shared node once, all rows by kind."""
    created: set[tuple[str, str]] = set()
    return [_batches(document, created) for document in documents]


def _batches(document: Facts, created: set[tuple[str, str]]) -> Batches:
    batches: dict[str, list[dict[str, object]]] = {}
    for node in document.nodes:
        if (node.label, node.id) not in created:
            created.add((node.label, node.id))
            batches.setdefault(derive.create_nodes(type(node)), []).append(_node_row(node))
    for edge in document.edges:
        statement = derive.merge_edges(edge.kind, edge.start.label, edge.end.label)
        batches.setdefault(statement, []).append(_edge_row(edge, document.edition))
    return list(batches.items())


def _node_row(node: Node) -> dict[str, object]:
    return {"id": node.id, "props": node.model_dump(exclude_none=True)}


def _edge_row(edge: Edge, edition: str) -> dict[str, object]:
    statement = (
        edge.statement.model_dump(exclude_none=True) if edge.statement else {"edition": edition, "instance": "-"}
    )
    props = {**statement, **edge.properties.model_dump(exclude_none=True)}
    return {
        "start": edge.start.id,
        "end": edge.end.id,
        "edition": edition,
        "instance": statement["instance"],
        "props": props,
    }


def _database() -> str:
    return os.environ.get("NEO4J_DATABASE", "neo4j") if os.environ.get("NEO4J_URI") else "neo4j"


def _bare_driver(graph: Graph) -> neo4j.Driver:
    """Return a driver of our own to the same engine."""
    if uri := os.environ.get("NEO4J_URI"):
        user = os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD", "")
        return neo4j.GraphDatabase.driver(uri, auth=user)
    home = DataFolder(Path(os.environ["RANKGRAPH_HOME"]))
    graph.read("RETURN 1 AS one", {})
    return neo4j.GraphDatabase.driver(
        f"bolt://127.0.0.1:{home.address().bolt}", auth=("root", home.passwords().root), max_connection_pool_size=1
    )


def _our_command() -> list[str]:
    command = Path(sysconfig.get_path("scripts")) / "rankgraph"
    name, parameters = QUESTION
    options = [word for key, value in parameters.items() if value for word in (f"--{key}", str(value))]
    return [str(command), "ask", name, *options, "--format", "json"]


def _our_comparison() -> list[str]:
    return [str(Path(sysconfig.get_path("scripts")) / "rankgraph"), "compare", *EDITIONS, "--format", "json"]


def _bare_command() -> list[str]:
    name, parameters = QUESTION
    file = next((ROOT / "queries").glob(f"*/{name}.cypher"))
    return [sys.executable, str(ROOT / "bench" / "bare.py"), str(file), json.dumps(parameters)]


def _importing(module: str) -> list[str]:
    return [sys.executable, "-c", f"import {module}"]


def _cold(command: list[str]) -> float:
    """Return the seconds of a whole process. Raises CalledProcessError where it fails."""
    began = time.perf_counter()
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
