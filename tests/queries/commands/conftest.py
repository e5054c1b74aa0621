"""Fixtures of graphs that commands ask; each stays open, so that no command has to start the engine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from graph.session import open_graph
from tests.harness.commands import documents, run
from tests.harness.engines import with_settings
from tests.harness.loaded import prepared


@contextmanager
def _filled(home: Path, *commands: tuple[str, ...]) -> Iterator[Path]:
    """Fill a new graph by commands, and keep it open."""
    with ExitStack() as stack:
        with with_settings({"RANKGRAPH_HOME": str(home)}):
            stack.enter_context(open_graph())
        for words in commands:
            found = run(*words, RANKGRAPH_HOME=str(home))
            assert found.exit_code == 0, found.stderr
        yield home


@pytest.fixture(scope="session")
def loaded_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the folder of a graph that holds the two documents."""
    folder = tmp_path_factory.mktemp("loaded")
    with _filled(folder / "home", ("load", str(documents(folder / "documents")))) as home:
        yield home


@pytest.fixture
def loaded(loaded_home: Path, monkeypatch: pytest.MonkeyPatch, _no_settings: None) -> Path:
    """Use the graph that holds the two documents."""
    monkeypatch.setenv("RANKGRAPH_HOME", str(loaded_home))
    return loaded_home


@pytest.fixture
def reference(common: Path, _no_settings: None) -> Iterator[None]:
    """Hold the reference data in the graph of the test."""
    shutil.copytree(prepared(common, "reference"), os.environ["RANKGRAPH_HOME"])
    with open_graph():
        yield


@pytest.fixture(scope="session")
def sampled_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the folder of a graph that holds the samples, and a sample force."""
    folder = tmp_path_factory.mktemp("sampled")
    force = str(folder / "force")
    staff = (("sample-force", force), ("staff", "load", f"{force}/csv"))
    with _filled(folder / "home", ("load", "--samples"), *staff) as home:
        yield home
