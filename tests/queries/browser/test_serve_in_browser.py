"""The real Neo4j Browser, as `rankgraph serve` serves it: whoever may log in sees the graph drawn."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error

from tests.harness.neo4j_browser import Neo4jBrowser, opened
from tests.harness.neo4j_server import free_port
from tests.harness.serving import Serve, serving

OWN = "chosen by an analyst"
HERE = "127.0.0.1"
REFUSED = {"fonts.googleapis.com", "cdn.segment.com", "canny.io"}


@dataclass(frozen=True)
class Served:
    """A serve under way, where its page is with the graph to connect to, and the passwords by user."""

    running: Serve
    address: str
    secrets: dict[str, str]

    def log_in(self, analyst: Neo4jBrowser, user: str) -> None:
        """Open the page and connect."""
        analyst.log_in(self.address, user, self.secrets[user])


@contextmanager
def page_served(common: Path, jar: Path, folder: Path, *terms: str) -> Iterator[Served]:
    """Serve graph and page; what it says of the page is true."""
    port = str(free_port())
    arguments = ("--browser", str(jar), "--page-port", port, *terms)
    with serving(common, folder, *arguments, RANKGRAPH_SERVE_PASSWORD=OWN) as running:
        bolt, page, home = running.ready(), f"http://{HERE}:{port}/browser/", folder / "home"
        assert f"Neo4j Browser: open {page}?dbms={bolt}" in running.said().splitlines()
        assert page == json.loads((home / "address.json").read_text(encoding="utf-8"))["page"]
        secrets = json.loads((home / "passwords.json").read_text(encoding="utf-8"))
        yield Served(running, f"{page}?dbms={bolt}", {**secrets, "analyst": OWN})


@pytest.fixture(scope="module")
def read_only(common: Path, jar: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve for reading only, for all tests that only read."""
    with page_served(common, jar, tmp_path_factory.mktemp("read only"), "--read-only") as found:
        yield found


def count_drawn(analyst: Neo4jBrowser) -> int:
    """Have all ranks drawn, and return how many there are."""
    analyst.say("MATCH (n:Rank) RETURN n")
    return len(analyst.drawing())


def test_each_user_sees_the_ranks_drawn_and_is_not_waited_for(
    common: Path, chromium: Browser, jar: Path, tmp_path: Path
) -> None:
    """Nobody but this machine answers; a Browser that is connected is no guest when serving stops."""
    drawn, asked = {}, set()
    with page_served(common, jar, tmp_path) as place:
        for user in place.secrets:
            with opened(chromium) as analyst:
                place.log_in(analyst, user)
                drawn[user] = count_drawn(analyst)
                asked |= analyst.answered
                left = place.running.stop() if user == "analyst" else None

    assert ({"root": 17, "reader": 17, "analyst": 17}, {HERE}, (0, "")) == (drawn, asked, left)


def test_root_sees_the_ranks_drawn_where_nobody_may_write(read_only: Served, chromium: Browser) -> None:
    """As the reader and the analyst do below."""
    with opened(chromium) as analyst:
        read_only.log_in(analyst, "root")
        assert (17, {HERE}) == (count_drawn(analyst), analyst.answered)


def test_the_policy_keeps_the_page_from_calling_others(read_only: Served, chromium: Browser) -> None:
    """What Neo4j Browser would ask for elsewhere is stopped before it leaves the browser."""
    with opened(chromium) as analyst:
        read_only.log_in(analyst, "reader")
        drawn, end = count_drawn(analyst), time.monotonic() + 30
        while not analyst.refused >= REFUSED and time.monotonic() < end:
            analyst.page.wait_for_timeout(100)  # the calls elsewhere come late
        refused, tried, answered = analyst.refused, analyst.tried, analyst.answered

    assert refused - {"o110884.ingest.sentry.io"} == REFUSED
    assert (17, set(), {HERE}) == (drawn, tried - refused, answered)


def test_an_analyst_with_settings_draws_and_may_not_write(read_only: Served, chromium: Browser) -> None:
    """Browser shows the error of the engine, and goes on answering; it does not look for edges by numbers it rounds.

    The page comes with "Connect result nodes" switched off, and other settings are kept.
    """
    with opened(chromium) as analyst:
        analyst.page.add_init_script(
            "localStorage.setItem('neo4j.settings', JSON.stringify({autoComplete: true, maxFrames: 7}))"
        )
        read_only.log_in(analyst, "analyst")
        kept = json.loads(analyst.page.evaluate("localStorage.getItem('neo4j.settings')"))
        assert (False, 7, 17) == (kept["autoComplete"], kept["maxFrames"], count_drawn(analyst))
        analyst.say("CREATE (n:Mark) RETURN n.id AS id")
        with pytest.raises(Error, match="Browser shows an error"):
            analyst.table()
        analyst.say("MATCH (n:Mark) RETURN count(n) AS n")
        assert (("0",),) == analyst.table().rows
