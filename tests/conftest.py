"""Fixtures: a module asks for `engine` or `graph` and runs on every engine that can be had here."""

from __future__ import annotations

import gc
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

from graph.session import Graph, open_graph
from tests.harness import tiers, workers
from tests.harness.answerable import sayings_with_rows
from tests.harness.chromium import CHROMIUM, launched, missing
from tests.harness.commands import run
from tests.harness.engines import EMBEDDED, FIRST_LINE, SETTINGS, Contents, Engine, Servers, with_settings
from tests.harness.loaded import fill_graph, prepared
from tests.harness.neo4j_server import LINES, NoServerError, browser_jar
from tests.harness.once import made_once


def pytest_addoption(parser: pytest.Parser) -> None:
    """Know the quick tier."""
    parser.addoption("--quick", action="store_true", help="only tests that need no engine, no browser and no office")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what asks for an engine on the embedded one and the first line, or on every line; a test may name others."""
    marks = metafunc.definition.iter_markers("parametrize")
    if "engine_of_module" not in metafunc.fixturenames or any("engine_of_module" in mark.args[0] for mark in marks):
        return
    lines = LINES if metafunc.definition.get_closest_marker("every_line") else (FIRST_LINE,)
    metafunc.parametrize("engine_of_module", [EMBEDDED, *lines], indirect=True, scope="module")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even import what the quick tier leaves out whole."""
    if not config.getoption("--quick"):
        return None
    return tiers.is_slow_module(collection_path.relative_to(config.rootpath).as_posix()) or None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what the tier does not have, and tell workers which tests belong together."""
    if config.getoption("--quick"):
        slow = [item for item in items if not tiers.is_quick(item)]
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if tiers.is_quick(item)]
    if hasattr(config, "workerinput"):
        workers.write_groups(config, items)


def pytest_collection_finish() -> None:
    """Let what has been collected lie: to go through ten thousand tests for garbage takes long, and they stay."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: WorkerController) -> None:
    """Tell a worker what all workers share."""
    workers.name_file(node, _groups(node.config))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Hand out groups of tests."""
    return workers.ByGroup(config, log, _groups(config))


def _groups(config: pytest.Config) -> Path:
    """Return the file that names the group of each test of this run."""
    folder: Path = config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]  # noqa: SLF001 -- as xdist does
    return folder / "groups.json"


@pytest.fixture(scope="session")
def common(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all workers of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def sayings(common: Path) -> dict[str, dict[str, object] | None]:
    """Return parameters that give rows on the samples and their force by question, none where nothing does."""

    def make(draft: Path) -> None:
        shutil.copytree(prepared(common, "samples and a force"), draft / "home")
        with with_settings({"RANKGRAPH_HOME": str(draft / "home")}), open_graph() as graph:
            (draft / "sayings.json").write_text(json.dumps(sayings_with_rows(graph)), encoding="utf-8")

    found: dict[str, dict[str, object] | None] = json.loads(
        (made_once(common, "sayings", make) / "sayings.json").read_text(encoding="utf-8")
    )
    return found


@pytest.fixture(scope="session")
def small_force(common: Path) -> Path:
    """Return the folder of the smallest sample force, made once for all tests that only read it."""

    def make(draft: Path) -> None:
        assert 0 == run("sample-force", str(draft), "--people", "150", "--seed", "1").exit_code

    return made_once(common, "small force", make)


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """Start servers for the length of the run."""
    running = Servers()
    yield running
    running.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start Chromium once in each worker."""
    if CHROMIUM is None:
        missing("no Chromium found")
    with launched() as browser:
        yield browser


@pytest.fixture(scope="session")
def jar() -> Path:
    """Return the jar of Neo4j Browser."""
    try:
        return browser_jar()
    except NoServerError as error:
        missing(f"no page of Neo4j Browser: {error}")
        raise


_NUMBERS = count()


@pytest.fixture(autouse=True)
def _no_settings(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Keep every test away from the user's own graph, and from a server of another test.

    Most tests need no folder of their own: to make one takes longer than they do.
    """
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path_factory.getbasetemp() / "homes" / str(next(_NUMBERS))
    if "tmp_path" in request.fixturenames:
        folder = request.getfixturevalue("tmp_path")
    monkeypatch.setenv("RANKGRAPH_HOME", str(folder / "home"))


@pytest.fixture(autouse=True, scope="session")
def _no_engine(pytestconfig: pytest.Config) -> Iterator[None]:
    """In the quick tier, let whoever starts an engine fail: it has to be named in tests/harness/tiers.py."""
    with pytest.MonkeyPatch.context() as patch:
        if pytestconfig.getoption("--quick"):
            patch.setattr("graph.engine.embedded.enter", lambda *_: pytest.fail("found an engine in a quick test"))
        yield


@pytest.fixture(scope="module")
def engine_of_module(
    request: pytest.FixtureRequest, servers: Servers, common: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """Return an engine whose graph holds what the module's mark `holds` names, the same for all of its tests."""
    name, contents = request.param, Contents.of(request.node)
    if name == EMBEDDED:
        home = tmp_path_factory.mktemp("embedded") / "home"
        shutil.copytree(prepared(common, contents.name), home)
        found = Engine(name, {"RANKGRAPH_HOME": str(home)})
        with ExitStack() as opened:
            if not _is_served(request):  # to start the engine takes longer than most tests
                with with_settings(found.environment):
                    opened.enter_context(found.open())
            yield found
        shutil.rmtree(home, ignore_errors=True)
        return
    try:
        yield servers.engine(name, contents, fill_graph)
    except NoServerError as error:
        if os.environ.get("RANKGRAPH_REQUIRE_NEO4J") and _required(name, error):
            pytest.fail(f"{name} is required here: {error}")
        pytest.skip(f"no {name}: {error}")


def _is_served(request: pytest.FixtureRequest) -> bool:
    """Return whether tests of a module have another process serve its graph, which nobody may have open then."""
    tests = (item for item in request.session.items if item.getparent(pytest.Module) is request.node)
    return any({"chromium", "serve"} & set(getattr(item, "fixturenames", ())) for item in tests)


def _required(name: str, error: NoServerError) -> bool:
    """Return whether CI needs a line: only the second may be missing, where its Java is."""
    return name == FIRST_LINE or not ("no Java" in str(error) or "NEO4J_URI" in str(error))


@pytest.fixture
def engine(engine_of_module: Engine, monkeypatch: pytest.MonkeyPatch, _no_settings: None) -> Engine:
    """Make this process use the module's engine."""
    for name, value in engine_of_module.environment.items():
        monkeypatch.setenv(name, value)
    return engine_of_module


@pytest.fixture
def graph(request: pytest.FixtureRequest, engine: Engine) -> Iterator[Graph]:
    """Open the graph of the module."""
    with engine.open(write=Contents.of(request.node).changed) as opened:
        yield opened
