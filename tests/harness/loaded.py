"""The real documents as facts, loaded once for the tests of a module on each engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache

import pytest

from graph.documents.load import load
from graph.ontology import Facts
from graph.session import Graph
from loaders import read
from loaders.facts.document import facts
from loaders.facts.reference import known, reference_facts
from queries.ask import ask
from queries.catalogue import question
from tests.harness.engines import Engine
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


@contextmanager
def fill(engine: Engine, wanted: Iterable[Facts]) -> Iterator[Engine]:
    """Load documents into the empty graph of a module."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("NEO4J_URI", raising=False)
        for name, value in engine.environment.items():
            patch.setenv(name, value)
        with engine.open() as graph:
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
