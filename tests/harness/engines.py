"""The engines that tests run on: the embedded one, and a Neo4j of each line that can be started here."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, ExitStack, suppress
from dataclasses import dataclass

import pytest

from graph.session import Graph, open_graph
from tests.harness.neo4j_server import LINES, NoServerError, Server, container, from_jars

ONE_NEO4J = pytest.mark.parametrize("engine_of_module", ["embedded", next(iter(LINES))], indirect=True, scope="module")
"""For modules whose subject is not Cypher: what the questions answer is tested on every line elsewhere."""

SETTINGS = ("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE", "RANKGRAPH_HOME")
_ASKED = {name: os.environ[name] for name in SETTINGS if name in os.environ}
"""The settings that the run was started with; tests see none of them."""


@dataclass(frozen=True)
class Engine:
    """An empty graph on one engine; `environment` is set for this process and right for others."""

    name: str
    environment: dict[str, str]

    def open(self, *, write: bool = True) -> AbstractContextManager[Graph]:
        """Open the graph."""
        return open_graph(write=write)


class Servers:
    """Start each line of Neo4j when it is first asked for, and end them all at the end of the run."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._known: dict[str, Server | NoServerError] = {}

    def get(self, name: str) -> Server:
        """Return the server of a line. Raises NoServerError."""
        if name not in self._known:
            try:
                self._known[name] = self._start(name)
            except NoServerError as error:
                self._known[name] = error
        known = self._known[name]
        if isinstance(known, NoServerError):
            raise known
        return known

    def _start(self, name: str) -> Server:
        named = _named_server()
        if named is not None:
            if name != next(iter(LINES)):
                raise NoServerError("NEO4J_URI names the one server to test")
            return named
        with suppress(NoServerError):
            return self._stack.enter_context(container(LINES[name].version))
        return self._stack.enter_context(from_jars(LINES[name]))

    def close(self) -> None:
        """End what was started."""
        self._stack.close()


def _named_server() -> Server | None:
    uri = _ASKED.get("NEO4J_URI")
    return Server(uri, _ASKED.get("NEO4J_PASSWORD", "")) if uri else None
