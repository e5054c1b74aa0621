"""Fixtures: a module asks for `engine` and runs on every engine that can be had here."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.harness.chromium import CHROMIUM, launched, missing
from tests.harness.engines import SETTINGS, Engine, Servers
from tests.harness.neo4j_server import LINES, NoServerError, browser_jar


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """Start servers for the length of the run."""
    running = Servers()
    yield running
    running.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Start Chromium for the tests of a module."""
    if CHROMIUM is None:
        missing("no Chromium found")
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def jar() -> Path:
    """Return the jar of Neo4j Browser."""
    try:
        return browser_jar()
    except NoServerError as error:
        missing(f"no page of Neo4j Browser: {error}")
        raise


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep every test away from the user's own graph, and from a server of another test."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("RANKGRAPH_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="module", params=["embedded", *LINES])
def engine_of_module(
    request: pytest.FixtureRequest, servers: Servers, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """Return an engine with an empty graph, the same for all tests of a module."""
    name = request.param
    if name == "embedded":
        yield Engine(name, {"RANKGRAPH_HOME": str(tmp_path_factory.mktemp("embedded") / "home")})
        return
    try:
        server = servers.get(name)
    except NoServerError as error:
        if os.environ.get("RANKGRAPH_REQUIRE_NEO4J") and _required(name, error):
            pytest.fail(f"{name} is required here: {error}")
        pytest.skip(f"no {name}: {error}")
    found = Engine(name, server.environment)
    _wipe(found)
    yield found
    _wipe(found)


def _required(name: str, error: NoServerError) -> bool:
    """Say whether CI may do without: only without a second line where its Java is missing."""
    return name == next(iter(LINES)) or not ("no Java" in str(error) or "NEO4J_URI" in str(error))


def _wipe(engine: Engine) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in engine.environment.items():
            patch.setenv(name, value)
        with engine.open() as graph:
            graph.write(lambda transaction: transaction.run("MATCH (n) DETACH DELETE n"))


@pytest.fixture
def engine(engine_of_module: Engine, monkeypatch: pytest.MonkeyPatch, _no_settings: None) -> Engine:
    """Make this process use the module's engine."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    for name, value in engine_of_module.environment.items():
        monkeypatch.setenv(name, value)
    return engine_of_module
