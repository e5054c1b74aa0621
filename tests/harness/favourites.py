"""What `rankgraph ask` answers, and what the same question shows as a favourite of Neo4j Browser."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable, Mapping
from pathlib import Path

from playwright.sync_api import Browser

from graph.nodes import Rank
from graph.session import Graph
from queries.ask import resolve_parameters
from queries.browser.links import params_line
from queries.catalogue import Question
from queries.show.question_help import example
from tests.harness.analyst import Desk
from tests.harness.browser_values import shown
from tests.harness.commands import run
from tests.harness.neo4j_browser import Neo4jBrowser, opened

OF_EACH_KIND = ("gate-status", "pathway", "people-ahead", "posts-ahead", "shared-themes")
"""Questions whose answers have together each kind of value that any answer has; a test holds them to that."""

CALLED = {
    "fonts.googleapis.com",  # the style of its letters
    "cdn.segment.com",  # who uses Browser, and how
    "canny.io",  # asks for opinions and tells news
    "o110884.ingest.sentry.io",  # reports of crashes
}
"""Whom the page of Neo4j Browser 5.24 calls by itself, and must do without."""

_COMPLAINTS = ("Failed to load resource", "violates the following Content Security Policy", "Fetch API cannot load")
"""How Browser's own page complains of calls that were refused, and of a Bolt port that does not speak HTTP."""

Rows = tuple[tuple[str, ...], ...]
"""Columns and rows, each value as Browser shows it; empty without rows."""
Sayings = Mapping[str, dict[str, object] | None]


def own_line(question: Question) -> str:
    """Return the `:params` line of a question's header as it stands there."""
    lines = question.text.splitlines()
    return next(line.removeprefix("// ") for line in lines if line.startswith("// :params"))


def in_order_of_lines(wanted: Iterable[Question]) -> list[Question]:
    """Return questions so that those with the same `:params` line follow each other: a page then takes it once."""
    return sorted(wanted, key=lambda question: (own_line(question), question.name))


def line_of(graph: Graph, question: Question, said: Mapping[str, object]) -> str:
    """Return the `:params` line of what a user says."""
    return params_line(resolve_parameters(graph, question, said)[0])


def answered(question: Question) -> Rows:
    """Return what `rankgraph ask` answers to the example; nothing where a name is not loaded."""
    _, *words = shlex.split(example(question))
    found = run(*words, *(["--audience", "named"] if question.audience else []), "--format", "json")
    if found.exit_code == 1 and "is called" in found.stderr:
        return ()
    assert found.exit_code == 0, found.stderr
    rows = json.loads(found.stdout)
    return (
        (question.returns, *(tuple(shown(row[column]) for column in question.returns) for row in rows)) if rows else ()
    )


def seen(browser: Neo4jBrowser, line: str, question: Question) -> Rows:
    """Set parameters, open the favourite, run it, and return its table."""
    browser.set_parameters(line)
    browser.open_favourite(question.title)
    browser.run()
    table = browser.table()
    assert question.text.split() == table.command.split()
    return (table.columns, *table.rows) if table.columns else ()


def nodes_of_paths(graph: Graph, form: Question, said: dict[str, object] | None) -> tuple[str, set[object]]:
    """Return the `:params` line of a graph form, and the ids of the nodes that its paths pass; its example unsaid."""
    sent = form.example if said is None else resolve_parameters(graph, form, said)[0]
    rows = graph.read(form.text, sent)
    return params_line(sent), {node for row in rows for value in row.values() for node in _nodes(value)}


def _nodes(value: object) -> set[object]:
    """Return the ids in a path, which comes as nodes and edges in turn, or in a list of paths."""
    parts = value if isinstance(value, list) else []
    if parts and isinstance(parts[0], dict):
        return {node["id"] for node in parts[::2]}
    return {node for path in parts for node in _nodes(path)}


def count_of_drawn(browser: Neo4jBrowser, line: str, form: Question, *, some: bool) -> int:
    """Set parameters, run the favourite, and return how many nodes it draws, or rows it shows where it draws none."""
    browser.set_parameters(line)
    browser.open_favourite(form.title)
    browser.run()
    return len(browser.drawing()) if some else len(browser.table().rows)


def looks_of_ranks(graph: Graph) -> list[tuple[str, str]]:
    """Return colour and caption that each rank of a graph has by the ontology."""
    asked = "MATCH (r:Rank) RETURN r.name AS name, r.ladder AS ladder"
    return sorted((Rank.colour, f"{row['name']} {row['ladder']}") for row in graph.read(asked, {}))


def drawn_ranks(browser: Neo4jBrowser) -> list[tuple[str, str]]:
    """Have all ranks drawn, and return colour and caption of each."""
    browser.say("MATCH (r:Rank) RETURN r")
    return sorted((colour, " ".join(lines)) for colour, lines in browser.drawing())


def edges_drawn(place: Desk, style: Path, chromium: Browser, graph: Graph) -> tuple[list[str], list[str]]:
    """Return the captions that the edges of a rank should have, of all editions and then of today's, and those drawn.

    The page is new: nobody has set anything there.
    """
    wanted, drawn = [], []
    with opened(chromium) as page:
        page.log_in(f"{place.page}?dbms={place.bolt}", place.user, place.password)
        page.await_plain()
        page.drop(style)
        for which in ("", " {current: true}"):
            path = f"(:Role {{id: 'mps/deputy-assistant-commissioner'}})-[e:REQUIRES{which}]->(need)"
            rows = graph.read(f"MATCH {path} RETURN e.standing AS standing, e.level AS level", {})
            captions = [f"{row['standing'] or ''} REQUIRES {row['level'] or ''}".strip() for row in rows]
            page.say(f"MATCH path = {path} RETURN path")
            page.drawing()
            wanted += sorted(captions)
            drawn += sorted(page.edges())
    return wanted, drawn


def captions_drawn(browser: Neo4jBrowser, graph: Graph) -> tuple[list[str], list[str]]:
    """Return the captions that duties and requirements have in the graph, and those that are drawn."""
    rows = graph.read("MATCH (n:Accountability|Requirement) RETURN n.circle AS circle", {})
    browser.say("MATCH (n:Accountability|Requirement) RETURN n")
    drawn = [" ".join(lines) for _, lines in browser.drawing()]
    return sorted(_words(str(row["circle"])) for row in rows), sorted(map(_words, drawn))


def _words(caption: str) -> str:
    return " ".join(caption.split())


def strange_complaints(browser: Neo4jBrowser) -> list[str]:
    """Return what the page complained of, except that its own calls elsewhere were refused."""
    return [said for said in browser.complaints if not any(known in said for known in _COMPLAINTS)]
