"""Fixtures: a page of Neo4j Browser that is connected with the pack on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.harness.analyst import AtWork, desk, pack, set_up
from tests.harness.engines import Engine
from tests.harness.neo4j_browser import Neo4jBrowser


@pytest.fixture(scope="module")
def at_work(
    engine_of_module: Engine, chromium: Browser, jar: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[AtWork]:
    """Do what an analyst does first: serve what is loaded, connect, drop the pack, open the favourites."""
    folder = tmp_path_factory.mktemp("analyst")
    with set_up(engine_of_module.environment):
        archive, style = pack(folder)
        with desk(engine_of_module, jar, folder) as place:
            found = AtWork(chromium, place, archive, style)
            found.page()
            yield found
            found.leave()


@pytest.fixture
def browser(at_work: AtWork, engine: Engine, request: pytest.FixtureRequest) -> Iterator[Neo4jBrowser]:
    """Return the page without frames and files of other tests; each test sets all parameters by one `:params` line.

    A page is closed where its test failed or left other files or settings; the next test gets a new one.
    """
    del engine  # sets the environment for `rankgraph ask`
    failed, clean = request.session.testsfailed, False
    try:
        page = at_work.page()
        kept = page.kept()
        yield page
        if request.session.testsfailed == failed and page.kept() == kept:
            page.clear()
            clean = True
    finally:
        if not clean:
            at_work.leave()
