"""Fixtures of a graph that holds the two documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harness.commands import documents, run


@pytest.fixture(scope="session")
def loaded_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a graph that holds the two documents."""
    home = tmp_path_factory.mktemp("loaded") / "home"
    found = run("load", str(documents(tmp_path_factory.mktemp("documents"))), RANKGRAPH_HOME=str(home))
    assert found.exit_code == 0, found.stderr
    return home


@pytest.fixture
def loaded(loaded_home: Path, monkeypatch: pytest.MonkeyPatch, _no_settings: None) -> Path:
    """Use the graph that holds the two documents."""
    monkeypatch.setenv("RANKGRAPH_HOME", str(loaded_home))
    return loaded_home
