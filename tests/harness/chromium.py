"""A real browser for tests of pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)

Opened = tuple[Page, list[str]]
"""A page, and what it asked the network for or complained of."""


def missing(reason: str) -> None:
    """Skip what needs a browser; in CI, fail."""
    if os.environ.get("RANKGRAPH_REQUIRE_BROWSER"):
        pytest.fail(f"{reason}, and one is required here")
    pytest.skip(reason)


@contextmanager
def launched() -> Iterator[Browser]:
    """Run Chromium for the length of a block."""
    with (
        sync_playwright() as playwright,
        closing(playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))) as found,
    ):
        yield found


@contextmanager
def opened_quietly(browser: Browser, address: str, **settings: Any) -> Iterator[Opened]:
    """Open a page of a file in a profile of its own, with the settings of a new page; note requests and complaints."""
    with closing(browser.new_context(**settings)) as context:
        page = context.new_page()
        heard: list[str] = []
        page.on("request", lambda request: heard.append(request.url) if not request.url.startswith("file:") else None)
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.goto(address)
        yield page, heard
