"""The engines that tests run on: the embedded one, and a Neo4j of each line that can be started here."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from graph.engine import embedded
from graph.engine.serve_settings import ServeSettings
from graph.engine.server_seconds import DEFAULTS
from graph.session import Graph, open_graph
from tests.harness.neo4j_server import LINES, NoServerError, Server, container, from_jars

EMBEDDED, FIRST_LINE = "embedded", next(iter(LINES))

ON_EVERY_LINE = pytest.mark.every_line
"""For the questions of the catalogue, the loads and the Browser; other modules run on the first line alone."""
ON_EMBEDDED, ON_SERVER = (
    pytest.mark.parametrize("engine_of_module", [name], indirect=True, scope="module")
    for name in (EMBEDDED, FIRST_LINE)
)
"""For what does not depend on the engine, and for what the other one does not have."""

SETTINGS = (
    *("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE", "RANKGRAPH_HOME", "RANKGRAPH_IMPERSONATE"),
    *("RANKGRAPH_AUDIENCE", "RANKGRAPH_PSEUDONYM_KEY"),
    *DEFAULTS,
)
_ASKED = {name: os.environ[name] for name in SETTINGS if name in os.environ}
"""The settings that the run was started with; tests see none of them."""


@dataclass(frozen=True)
class Engine:
    """A graph on one engine; `environment` is set for this process and right for others."""

    name: str
    environment: dict[str, str]

    def open(self, *, write: bool = True) -> AbstractContextManager[Graph]:
        """Open the graph that the settings of this process name."""
        return open_graph(write=write)


@dataclass(frozen=True)
class Contents:
    """What the graph of a module holds when its tests begin, by a name of tests/harness/loaded.py; empty for nothing.

    Where tests change it, the next module does not find it as it was. Where they change constraints and indexes, a
    Neo4j has every statement to plan anew.
    """

    name: str = ""
    changed: bool = False
    schema: bool = False

    @classmethod
    def of(cls, node: pytest.Item | pytest.Collector) -> Contents:
        """Return what the mark `holds` of a module or test says."""
        mark = node.get_closest_marker("holds")
        return cls(*mark.args, **mark.kwargs) if mark else cls(changed=True)


@contextmanager
def with_settings(environment: Mapping[str, str]) -> Iterator[None]:
    """Have the settings of one engine, and no others, for a while; nothing is kept in the user's own folder."""
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as nowhere:
        for name in SETTINGS:
            patch.delenv(name, raising=False)
        patch.setenv("RANKGRAPH_HOME", nowhere)
        for name, value in environment.items():
            patch.setenv(name, value)
        yield


@contextmanager
def engine_stays() -> Iterator[None]:
    """Let the embedded engine run on between the commands of this process: to start it takes longer than most of them.

    It is stopped before another process is started, as that would be its guest.
    """
    enter, start = embedded.enter, subprocess.Popen.__init__
    staying, homes = ExitStack(), set[Path]()

    def leave() -> None:
        homes.clear()
        staying.close()

    def enter_and_stay(
        folder: Path, notify: Callable[[str], None], settings: ServeSettings | None = None
    ) -> embedded.Store:
        if settings is None and folder not in homes:
            homes.add(folder)
            staying.callback(embedded.depart, enter(folder, notify))
        return enter(folder, notify, settings)

    def leave_and_start(process: subprocess.Popen[Any], *arguments: Any, **named: Any) -> None:
        leave()
        start(process, *arguments, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(embedded, "enter", enter_and_stay)
        patch.setattr(subprocess.Popen, "__init__", leave_and_start)
        try:
            yield
        finally:
            leave()


class Servers:
    """Start each line of Neo4j when it is first asked for, and end them all at the end of the run."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._known: dict[str, Server | NoServerError] = {}
        self._holds: dict[str, str] = {}

    def engine(self, name: str, contents: Contents, fill: Callable[[Graph, str], None]) -> Engine:
        """Return the engine of a line with these contents, filled unless they stand there still. Raises NoServerError.

        A Neo4j of the free edition has one database for users, so it is emptied before it is filled anew.
        """
        found = Engine(name, self.get(name).environment)
        if self._holds.get(name) != contents.name:
            with with_settings(found.environment), found.open() as graph:
                delete_all(graph)
                fill(graph, contents.name)
        self._holds.pop(name, None)
        if not contents.changed:
            self._holds[name] = contents.name
        return found

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
        named = named_server()
        if named is not None:
            if name != FIRST_LINE:
                raise NoServerError("NEO4J_URI names the one server to test")
            self._stack.callback(_leave_empty, named)
            return named
        with suppress(NoServerError):
            return self._stack.enter_context(container(LINES[name].version))
        return self._stack.enter_context(from_jars(LINES[name]))

    def close(self) -> None:
        """End what was started."""
        self._stack.close()


def delete_all(graph: Graph) -> None:
    """Delete all nodes and edges."""
    graph.write(lambda transaction: transaction.run("MATCH (n) DETACH DELETE n"))


def _leave_empty(server: Server) -> None:
    with with_settings(server.environment), open_graph(write=True) as graph:
        delete_all(graph)


def named_server() -> Server | None:
    """Return the server that NEO4J_URI named when the run was started."""
    uri = _ASKED.get("NEO4J_URI")
    return Server(uri, _ASKED.get("NEO4J_PASSWORD", "")) if uri else None
