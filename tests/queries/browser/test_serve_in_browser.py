"""The real Neo4j Browser, as `rankgraph serve` serves it: whoever may log in sees the graph drawn."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error

from tests.harness.neo4j_browser import opened
from tests.harness.neo4j_server import free_port
from tests.harness.serving import Start

OWN = "chosen by an analyst"
HERE = "127.0.0.1"


@pytest.mark.parametrize("terms", [(), ("--read-only",)], ids=["writing", "read-only"])
def test_each_user_sees_the_ranks_drawn(
    serve: Start, home: Path, chromium: Browser, jar: Path, terms: tuple[str, ...]
) -> None:
    """Log in, run a query, and count the nodes; nobody but this machine answers."""
    port = str(free_port())
    running = serve("--browser", str(jar), "--page-port", port, *terms, RANKGRAPH_SERVE_PASSWORD=OWN)
    bolt, page = running.ready(), f"http://{HERE}:{port}/browser/"
    secrets = {**json.loads((home / "passwords.json").read_text(encoding="utf-8")), "analyst": OWN}

    drawn, asked = {}, set()
    for user, password in secrets.items():
        with opened(chromium) as analyst:
            analyst.log_in(f"{page}?dbms={bolt}", user, password)
            analyst.say("MATCH (n:Rank) RETURN n")
            analyst.page.wait_for_selector("svg g.node")
            drawn[user] = analyst.page.locator("svg g.node").count()
            asked |= analyst.answered

    assert ({"root": 17, "reader": 17, "analyst": 17}, {HERE}) == (drawn, asked)
    assert f"Neo4j Browser: open {page}?dbms={bolt}" in running.said().splitlines()
    assert page == json.loads((home / "address.json").read_text(encoding="utf-8"))["page"]


def test_the_policy_keeps_the_page_from_calling_others(serve: Start, home: Path, chromium: Browser, jar: Path) -> None:
    """What Neo4j Browser would ask for elsewhere is stopped before it leaves the browser."""
    port = str(free_port())
    bolt = serve("--browser", str(jar), "--page-port", port).ready()
    password = json.loads((home / "passwords.json").read_text(encoding="utf-8"))["reader"]

    with opened(chromium) as analyst:
        analyst.log_in(f"http://{HERE}:{port}/browser/?dbms={bolt}", "reader", password)
        analyst.say("MATCH (n:Rank) RETURN n.id AS id")
        analyst.page.wait_for_timeout(2000)  # the calls elsewhere come late
        refused, tried, answered = analyst.refused, analyst.tried, analyst.answered

    assert {"fonts.googleapis.com", "cdn.segment.com", "canny.io"} == refused - {"o110884.ingest.sentry.io"}
    assert (set(), {HERE}) == (tried - refused, answered)


def test_browser_does_not_look_for_edges_by_numbers_that_it_rounds(
    serve: Start, home: Path, chromium: Browser, jar: Path
) -> None:
    """The page comes with "Connect result nodes" switched off, and other settings are kept."""
    port = str(free_port())
    bolt = serve("--browser", str(jar), "--page-port", port).ready()
    password = json.loads((home / "passwords.json").read_text(encoding="utf-8"))["reader"]

    with opened(chromium) as analyst:
        analyst.page.add_init_script(
            "localStorage.setItem('neo4j.settings', JSON.stringify({autoComplete: true, maxRows: 7}))"
        )
        analyst.log_in(f"http://{HERE}:{port}/browser/?dbms={bolt}", "reader", password)
        kept = json.loads(analyst.page.evaluate("localStorage.getItem('neo4j.settings')"))
        assert (False, 7) == (kept["autoComplete"], kept["maxRows"])


def test_a_write_of_an_analyst_is_refused_on_the_page(serve: Start, chromium: Browser, jar: Path) -> None:
    """Browser shows the error of the engine, and goes on answering."""
    port = str(free_port())
    running = serve("--browser", str(jar), "--page-port", port, "--read-only", RANKGRAPH_SERVE_PASSWORD=OWN)
    bolt = running.ready()

    with opened(chromium) as analyst:
        analyst.log_in(f"http://{HERE}:{port}/browser/?dbms={bolt}", "analyst", OWN)
        analyst.say("CREATE (n:Mark) RETURN n.id AS id")
        with pytest.raises(Error, match="Browser shows an error"):
            analyst.table()
        analyst.say("MATCH (n:Mark) RETURN count(n) AS n")
        assert (("0",),) == analyst.table().rows


def test_it_stops_while_a_browser_is_connected(serve: Start, home: Path, chromium: Browser, jar: Path) -> None:
    """A Browser is no guest: nobody waits for it."""
    port = str(free_port())
    running = serve("--browser", str(jar), "--page-port", port)
    bolt = running.ready()
    password = json.loads((home / "passwords.json").read_text(encoding="utf-8"))["reader"]

    with opened(chromium) as analyst:
        analyst.log_in(f"http://{HERE}:{port}/browser/?dbms={bolt}", "reader", password)
        assert (0, "") == running.stop()
