"""An analyst's desk for tests and screenshots: data that is loaded, a page of Neo4j Browser, a pack to drop on it."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import threading
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from graph.engine.data_folder import DataFolder
from graph.session import open_graph
from tests.harness.commands import command, environment, run
from tests.harness.engines import SETTINGS, Engine
from tests.harness.neo4j_browser import Neo4jBrowser, opened, served

_READY_SECONDS = 60


@dataclass(frozen=True)
class Desk:
    """Where the page and the graph are, and whom to log in as."""

    page: str
    bolt: str
    user: str
    password: str = field(repr=False)


@contextlib.contextmanager
def set_up(settings: Mapping[str, str]) -> Iterator[None]:
    """Have the settings of one engine, and no others, for a while."""
    with pytest.MonkeyPatch.context() as patch:
        for name in SETTINGS:
            patch.delenv(name, raising=False)
        for name, value in settings.items():
            patch.setenv(name, value)
        yield


def load_samples(folder: Path) -> None:
    """Load the shipped samples and the smallest sample force into the graph in use."""
    _done("load", "--samples")
    load_force(folder)


def load_force(folder: Path) -> None:
    """Load the smallest sample force into the graph in use."""
    force = str(folder / "force")
    for words in (("sample-force", force, "--people", "150"), ("staff", "load", f"{force}/csv")):
        _done(*words)


def pack(folder: Path) -> tuple[Path, Path]:
    """Write the pack into a folder, and return its zip and its style sheet."""
    _done("browser-pack", str(folder / "pack.zip"))
    return folder / "pack.zip", folder / "pack.grass"


def _done(*words: str) -> None:
    found = run(*words)
    assert found.exit_code == 0, f"{words}: {found.stderr}"


@contextlib.contextmanager
def desk(engine: Engine, jar: Path, folder: Path) -> Iterator[Desk]:
    """Serve the page: `rankgraph serve` for the embedded graph, a plain server as Neo4j's own is for a Neo4j."""
    if engine.name != "embedded":
        with zipfile.ZipFile(jar) as archive:
            archive.extractall(folder / "page")
        settings = engine.environment
        with served(folder / "page") as page:
            yield Desk(page, settings["NEO4J_URI"], settings["NEO4J_USERNAME"], settings["NEO4J_PASSWORD"])
        return
    with _serving(jar), open_graph() as graph:
        assert graph.page is not None
        password = DataFolder(Path(graph.address)).passwords().reader
        yield Desk(graph.page, graph.bolt, "reader", password)


@contextlib.contextmanager
def _serving(jar: Path) -> Iterator[None]:
    """Run `rankgraph serve` as an analyst does, and stop it as Ctrl-C does."""
    words = command("serve", "--read-only", "--browser", str(jar))
    with subprocess.Popen(words, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as serve:
        assert serve.stdout is not None
        assert serve.stderr is not None
        late = threading.Timer(_READY_SECONDS, serve.kill)
        late.start()
        try:
            ready = serve.stdout.readline()
            late.cancel()
            assert ready.startswith("bolt://"), (
                f"nothing is served after {_READY_SECONDS} seconds: {serve.stderr.read()}"
            )
            yield
        finally:
            serve.send_signal(signal.SIGTERM)
            said, code = serve.stderr.read(), serve.wait(60)
    assert code == 0, said


def packed(archive: Path) -> list[tuple[str, str]]:
    """Return folder and content of each file in a pack."""
    with zipfile.ZipFile(archive) as packed:
        return [(name.rpartition("/")[0], packed.read(name).decode()) for name in packed.namelist()]


@dataclass
class AtWork:
    """What an analyst has: where page and graph are, the pack, and a page that is connected with the pack on it."""

    chromium: Browser
    desk: Desk
    pack: Path
    style: Path
    _page: Neo4jBrowser | None = None
    _closing: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def page(self) -> Neo4jBrowser:
        """Return the page; where there is none, connect a new one and drop the pack on it."""
        if self._page is None:
            with contextlib.ExitStack() as stack:
                page = stack.enter_context(opened(self.chromium))
                page.log_in(f"{self.desk.page}?dbms={self.desk.bolt}", self.desk.user, self.desk.password)
                page.configure()
                page.drop(self.pack)
                page.drop(self.style)
                page.open_sidebar({family for family, _ in packed(self.pack)})
                self._page, self._closing = page, stack.pop_all()
        return self._page

    def leave(self) -> None:
        """Close the page, with all that it keeps."""
        self._page = None
        self._closing.close()
