"""What the graph of a module can hold when its tests begin, made once for the run; and how tests ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.documents.load import load
from graph.documents.write import prepare
from graph.ontology import Facts
from graph.session import Graph, open_graph
from loaders import files, read
from loaders.facts.document import facts
from loaders.facts.reference import known, reference_facts
from queries.ask import ask
from queries.catalogue import question
from tests.builders.person_forces import aims
from tests.builders.unit_forces import prepare as prepare_units
from tests.harness.analyst import load_force, load_samples
from tests.harness.engines import Engine, with_settings
from tests.harness.once import made_once
from tests.harness.real import DOCUMENTS, path_of
from tests.oracles.facts import Oracle

TODAY = date.today().isoformat()  # noqa: DTZ011 -- the day the engine sees
Row = dict[str, object]


@cache
def reference() -> Facts:
    """Return the reference data as facts."""
    return reference_facts()


@cache
def documents() -> tuple[Facts, ...]:
    """Return the facts of the five documents."""
    return tuple(facts(read(path_of(number)), known()) for number in DOCUMENTS)


@cache
def oracle() -> Oracle:
    """Return all facts in memory."""
    return Oracle([reference(), *documents()])


@cache
def samples() -> tuple[Facts, ...]:
    """Return the facts of the shipped samples."""
    found = files.find([str(files.samples())]).documents
    return tuple(facts(read(path), known(), basis="sample") for path in found)


def _with_force(graph: Graph) -> None:
    """Load the samples and the smallest sample force by the commands, into the graph in use."""
    del graph
    with TemporaryDirectory() as folder:
        load_samples(Path(folder))


def _documents_with_force(graph: Graph) -> None:
    load(graph, list(documents()), reference())
    with TemporaryDirectory() as folder:
        load_force(Path(folder))


def _with_aims(graph: Graph) -> None:
    load(graph, [], reference())
    aims(graph)


_FILL: dict[str, Callable[[Graph], object]] = {
    "": prepare,
    "reference": lambda graph: load(graph, [], reference()),
    "documents": lambda graph: load(graph, list(documents()), reference()),
    "documents and a force": _documents_with_force,
    "samples": lambda graph: load(graph, list(samples()), reference()),
    "samples and a force": _with_force,
    "what drawn people speak of": _with_aims,
    "what drawn units speak of": lambda graph: graph.write(prepare_units),
}
"""What a mark `holds` can name."""


def fill_graph(graph: Graph, name: str) -> None:
    """Load contents into an empty graph, which is the one in use."""
    _FILL[name](graph)


def prepared(common: Path, name: str) -> Path:
    """Return the folder of an embedded graph that holds these contents; copy it, do not open it."""

    def make(draft: Path) -> None:
        with with_settings({"RANKGRAPH_HOME": str(draft)}), open_graph(write=True) as graph:
            fill_graph(graph, name)

    return made_once(common, f"graph of {name}", make)


@contextmanager
def fill(engine: Engine, wanted: Iterable[Facts]) -> Iterator[Engine]:
    """Load other documents into the empty graph of a module."""
    with with_settings(engine.environment), engine.open() as graph:
        load(graph, list(wanted), reference())
    yield engine


def rows(graph: Graph, name: str, **said: str | None) -> list[Row]:
    """Ask a question; a parameter called after a keyword has a trailing underscore here."""
    found = question(name)
    assert found is not None
    return ask(graph, found, {key.rstrip("_"): value for key, value in said.items()}).rows


def places(found: Iterable[Row], *columns: str) -> set[tuple[object, ...]]:
    """Return some columns of rows, and where each stands: 003:39, or the file alone for reference data."""
    return {(*(row[column] for column in columns), _place(row)) for row in found}


def _place(row: Row) -> str:
    document = str(row["document"])
    return document if document.startswith("reference/") else f"{document[:3]}:{row['lines']}"
