"""The page of a comparison, in a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.harness.chromium import opened_quietly
from tests.harness.commands import run
from tests.harness.loaded import prepared
from tests.harness.real import needed

pytestmark = [needed, pytest.mark.real]


@pytest.fixture(scope="module")
def written(common: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of the two editions of the Deputy Assistant Commissioner."""
    folder = tmp_path_factory.mktemp("compared")
    home = shutil.copytree(prepared(common, "documents"), folder / "home")
    page = folder / "page.html"
    found = run("compare", "dac@2021-01", "dac", "--out", str(page), RANKGRAPH_HOME=str(home))
    assert found.exit_code == 0, found.stderr
    return page


@pytest.fixture
def page(chromium: Browser, written: Path) -> Iterator[tuple[Page, list[str]]]:
    """Open the page, and note what it asks the network for and what it complains of."""
    with opened_quietly(chromium, written.as_uri(), viewport={"width": 390, "height": 844}) as found:
        yield found


def test_the_page_is_silent_and_asks_for_nothing(page: tuple[Page, list[str]]) -> None:
    """No request, no message on the console, no error."""
    _, heard = page
    assert [] == heard


def test_the_changed_words_are_marked(page: tuple[Page, list[str]]) -> None:
    """What went and what came are shown as such, and can be told apart without colour."""
    opened, _ = page
    went, came = opened.locator("del"), opened.locator("ins")
    assert (went.count() > 50, came.count() > 50) == (True, True)
    lines = [one.first.evaluate("element => getComputedStyle(element).textDecorationLine") for one in (went, came)]
    assert ["line-through", "underline"] == lines


def test_the_page_is_no_wider_than_a_phone(page: tuple[Page, list[str]]) -> None:
    """Nothing has to be moved sideways to be read."""
    opened, _ = page
    assert opened.evaluate("document.documentElement.scrollWidth") <= 390
