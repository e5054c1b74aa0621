"""A page or a graph that does not answer is named at once, and a browser waits for it no second time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from weakref import WeakKeyDictionary

import pytest
from playwright.sync_api import Browser

from tests.harness import neo4j_browser
from tests.harness.neo4j_browser import HERE, NoAnswerError, opened, served
from tests.harness.neo4j_server import free_port


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget what did not answer other tests."""
    monkeypatch.setattr(neo4j_browser, "_SILENT", WeakKeyDictionary())


@pytest.fixture
def page(tmp_path: Path) -> Iterator[str]:
    """Serve a page that asks for nobody's name."""
    (tmp_path / "browser").mkdir()
    (tmp_path / "browser" / "index.html").write_text("<!DOCTYPE html><title>Nothing</title>", encoding="utf-8")
    with served(tmp_path) as address:
        yield address


def _said(chromium: Browser, address: str) -> str:
    """Return why nobody could log in, with a port as 0 and without what the system says."""
    with pytest.raises(NoAnswerError) as raised, opened(chromium) as browser:
        browser.log_in(address, "reader", "a password")
    return re.sub(r":\d{4,5}\b", ":0", str(raised.value)).partition(": [")[0]


def test_a_page_that_nobody_serves_is_named(chromium: Browser) -> None:
    """And is not waited for."""
    assert f"nothing listens at http://{HERE}:0/browser/" == _said(chromium, f"http://{HERE}:{free_port()}/browser/")


def test_a_page_that_is_not_there_is_named(chromium: Browser, page: str) -> None:
    """The server answers, but with an error."""
    assert f"the page http://{HERE}:0/browser/none answered 404" == _said(chromium, f"{page}none")


def test_a_graph_that_nobody_serves_is_named(chromium: Browser, page: str) -> None:
    """Browser itself would try for long."""
    assert f"nothing listens at bolt://{HERE}:0" == _said(chromium, f"{page}?dbms=bolt://{HERE}:{free_port()}")


def test_a_page_that_is_not_browser_is_named(chromium: Browser, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is given the time that Browser may take."""
    monkeypatch.setattr(neo4j_browser, "_SOON", 1)
    wanted = f"the page http://{HERE}:0/browser/ did not ask for a user within 1 seconds: Page.fill: Timeout 1000ms"
    assert f"{wanted} exceeded." == _said(chromium, page)


def test_what_did_not_answer_is_not_tried_again(chromium: Browser, page: str) -> None:
    """All other tests of a module fail at once, and say why; another browser goes on."""
    first = _said(chromium, f"{page}none")
    assert f"not tried again: {first}" == _said(chromium, page)
