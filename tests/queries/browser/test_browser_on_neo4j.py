"""The real Neo4j Browser on a Neo4j of each line: it connects, shows each kind of value, and draws."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from queries.catalogue import Question, graph_forms, questions
from tests.harness.analyst import AtWork
from tests.harness.engines import FIRST_LINE, Engine
from tests.harness.favourites import (
    CALLED,
    OF_EACH_KIND,
    Sayings,
    answered,
    captions_drawn,
    count_of_drawn,
    drawn_ranks,
    edges_drawn,
    line_of,
    looks_of_ranks,
    nodes_of_paths,
    seen,
    strange_complaints,
)
from tests.harness.neo4j_browser import HERE, Neo4jBrowser
from tests.harness.neo4j_server import LINES

pytestmark = [
    pytest.mark.holds("samples and a force"),
    pytest.mark.timeout(900),  # the first test waits for all loads; what hangs ends by itself
]

ON_LINES, ON_FIRST_LINE = (
    pytest.mark.parametrize("engine_of_module", lines, indirect=True, scope="module")
    for lines in (list(LINES), [FIRST_LINE])
)
"""What Browser draws is made of the values that its tables show: they are compared on each line."""

PATHS = ("pathway", "editions-of")
"""Graph forms with lists of paths, and with paths that may be missing."""


@ON_LINES
@pytest.mark.parametrize("question", [one for one in questions() if one.name in OF_EACH_KIND], ids=lambda one: one.name)
def test_the_table_in_browser_is_the_answer_of_ask(
    browser: Neo4jBrowser, engine: Engine, sayings: Sayings, question: Question
) -> None:
    """Every column and row, with rows of each kind of value."""
    said = sayings[question.name]
    assert said is not None
    with engine.open(write=False) as graph:
        line = line_of(graph, question, said)

    rows = answered(replace(question, example=said))

    assert (rows, True) == (seen(browser, line, question), len(rows) > 1)


@ON_FIRST_LINE
@pytest.mark.parametrize("form", [one for one in graph_forms() if one.name in PATHS], ids=lambda one: one.name)
def test_every_node_of_a_graph_form_is_drawn(
    browser: Neo4jBrowser, engine: Engine, sayings: Sayings, form: Question
) -> None:
    """Browser draws each node of the paths once."""
    with engine.open(write=False) as graph:
        line, nodes = nodes_of_paths(graph, form, sayings[form.name])

    assert (len(nodes), True) == (count_of_drawn(browser, line, form, some=True), len(nodes) > 1)


@ON_FIRST_LINE
def test_ranks_have_the_colour_and_caption_of_the_ontology(browser: Neo4jBrowser, engine: Engine) -> None:
    """A rank is a role too, and each engine lists its labels in an order of its own."""
    with engine.open(write=False) as graph:
        looks = looks_of_ranks(graph)

    assert looks == drawn_ranks(browser)


@ON_FIRST_LINE
def test_what_ended_says_so_and_nothing_but_the_answer_is_drawn(
    at_work: AtWork, engine: Engine, chromium: Browser
) -> None:
    """In a page that nobody has set up: "Connect result nodes" would draw old editions beside today's."""
    with engine.open(write=False) as graph:
        wanted, drawn = edges_drawn(at_work.desk, at_work.style, chromium, graph)

    assert wanted == drawn
    assert {"ended 2025-01-01 REQUIRES 3", "REQUIRES 3"} <= set(drawn)


@ON_FIRST_LINE
def test_no_circle_cuts_a_word_or_is_blank(browser: Neo4jBrowser, engine: Engine) -> None:
    """Of each duty and requirement Browser draws all of what its circle holds."""
    with engine.open(write=False) as graph:
        wanted, drawn = captions_drawn(browser, graph)

    assert (wanted, True) == (drawn, all(drawn))


@ON_LINES
def test_the_page_calls_only_whom_we_know_and_nobody_answers(browser: Neo4jBrowser) -> None:
    """Here no policy of ours keeps it from calling."""
    assert {HERE} == browser.answered
    assert (True, set()) == (browser.tried <= CALLED, browser.refused)
    assert [] == strange_complaints(browser)
