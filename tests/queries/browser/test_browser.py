"""The real Neo4j Browser with our pack in it: what it shows is what `rankgraph ask` says."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from weakref import WeakKeyDictionary

import pytest
from playwright.sync_api import Browser

from graph.nodes import Rank
from graph.style_sheet import style_sheet
from queries.ask import ask
from queries.browser.links import link
from queries.catalogue import Question, graph_forms, questions
from tests.harness import neo4j_browser
from tests.harness.analyst import AtWork, packed
from tests.harness.captions import caption_lines
from tests.harness.engines import EMBEDDED, Engine
from tests.harness.favourites import (
    CALLED,
    OF_EACH_KIND,
    Sayings,
    answered,
    captions_drawn,
    count_of_drawn,
    drawn_ranks,
    edges_drawn,
    in_order_of_lines,
    line_of,
    looks_of_ranks,
    nodes_of_paths,
    own_line,
    seen,
    strange_complaints,
)
from tests.harness.loaded import reference
from tests.harness.neo4j_browser import HERE, Neo4jBrowser, NoAnswerError, opened

pytestmark = [
    # the page is the same for all engines: what a Neo4j changes is in test_browser_on_neo4j.py
    pytest.mark.parametrize("engine_of_module", [EMBEDDED], indirect=True, scope="module"),
    pytest.mark.holds("samples and a force", changed=True),  # it is served by a process of its own
    pytest.mark.timeout(900),  # the first test waits for all loads; what hangs ends by itself
]


def _title(text: str) -> str:
    return text.splitlines()[0].removeprefix("// ")


@pytest.mark.parametrize("question", in_order_of_lines(questions()), ids=lambda question: question.name)
def test_the_table_in_browser_is_the_answer_of_ask(
    browser: Neo4jBrowser, engine: Engine, sayings: Sayings, question: Question
) -> None:
    """Every column and row of a favourite, each value with its kind: with parameters that give rows, or its example."""
    said, line, case = sayings[question.name], own_line(question), question
    if said is not None:
        with engine.open(write=False) as graph:
            line, case = line_of(graph, question, said), replace(question, example=said)

    assert answered(case) == seen(browser, line, question)


def test_those_looked_at_on_neo4j_have_each_kind_of_value(engine: Engine, sayings: Sayings) -> None:
    """A kind of value that only another question answers with would be seen on no Neo4j."""
    with engine.open(write=False) as graph:
        kinds = {
            question.name: {_kind(value) for row in ask(graph, question, said).rows for value in row.values()}
            for question in questions()
            if (said := sayings[question.name]) is not None
        }
    assert set().union(*kinds.values()) == set().union(*(kinds[name] for name in OF_EACH_KIND))


def _kind(value: object) -> str:
    """Return what kind a value is, and those in a list or map."""
    name = type(value).__name__
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return f"{name} of {sorted({_kind(one) for one in inner})}" if inner else name


@pytest.mark.parametrize("form", in_order_of_lines(graph_forms()), ids=lambda form: form.name)
def test_every_node_of_a_graph_form_is_drawn(
    browser: Neo4jBrowser, engine: Engine, sayings: Sayings, form: Question
) -> None:
    """Browser draws each node of the paths once; without paths it shows that there are none."""
    with engine.open(write=False) as graph:
        line, nodes = nodes_of_paths(graph, form, sayings[form.name])

    assert len(nodes) == count_of_drawn(browser, line, form, some=bool(nodes))


def test_the_favourites_are_the_files_of_the_pack(browser: Neo4jBrowser, at_work: AtWork) -> None:
    """Browser keeps each file in the folder of its family, and shows its title at the side."""
    files = packed(at_work.pack)

    assert sorted(files) == sorted((str(folder), text) for folder, text in browser.favourites())
    assert sorted(_title(text) for _, text in files) == sorted(browser.sidebar())


@pytest.mark.parametrize("parameters", [True, False], ids=["parameters", "no-parameters"])
def test_a_link_opens_browser_with_the_question_in_its_editor(
    at_work: AtWork, engine: Engine, chromium: Browser, parameters: bool
) -> None:
    """Browser forgets parameters when its page is loaded; it keeps a question that lacked them, to be run again."""
    del engine  # sets the environment for `rankgraph ask`
    place = at_work.desk
    wanted = (one for one in questions() if bool(one.parameters) == parameters)
    asked, said = next((one, rows) for one in wanted if (rows := answered(one)))

    with opened(chromium) as browser:
        browser.log_in(link(place.page, place.bolt, asked.text), place.user, place.password)
        browser.run()
        if parameters:
            browser.say(own_line(asked))
            browser.run_again(1)
            browser.close(0)
        table = browser.table()

    assert said == (table.columns, *table.rows)


def test_ranks_have_the_colour_and_caption_of_the_ontology(browser: Neo4jBrowser, engine: Engine) -> None:
    """The style sheet makes a rank look as a rank, though it is a role too."""
    with engine.open(write=False) as graph:
        looks = looks_of_ranks(graph)

    assert looks == drawn_ranks(browser)


def test_what_ended_says_so_and_nothing_but_the_answer_is_drawn(
    at_work: AtWork, engine: Engine, chromium: Browser
) -> None:
    """In a page that nobody has set up: "Connect result nodes" would draw old editions beside today's."""
    with engine.open(write=False) as graph:
        wanted, drawn = edges_drawn(at_work.desk, at_work.style, chromium, graph)

    assert wanted == drawn
    assert {"ended 2025-01-01 REQUIRES 3", "REQUIRES 3"} <= set(drawn)


def test_the_first_favourite_of_the_guide_switches_off_what_nobody_returned(at_work: AtWork, chromium: Browser) -> None:
    """As it stands, comment and all, in any Browser."""
    place = at_work.desk
    with opened(chromium) as page:
        page.log_in(f"{place.page}?dbms={place.bolt}", place.user, place.password)
        page.configure(autoComplete=True)
        page.drop(at_work.pack)
        page.open_sidebar({"guide"})
        page.open_favourite("00: Draw what a question returns, and no more")
        page.page.click("[data-testid=editor-Run]")  # its frame holds no answer to be waited for
        page.await_plain()


def test_no_circle_cuts_a_word_or_is_blank(browser: Neo4jBrowser, engine: Engine) -> None:
    """Of each duty and requirement Browser draws all of what its circle holds."""
    with engine.open(write=False) as graph:
        wanted, drawn = captions_drawn(browser, graph)

    assert (wanted, True) == (drawn, all(drawn))


def test_browser_breaks_a_caption_as_we_work_it_out(browser: Neo4jBrowser, tmp_path: Path) -> None:
    """Whether the names of ranks fit can so be known for letters that this machine has not."""
    captions = [f"{node.name} {node.ladder}" for node in reference().nodes if isinstance(node, Rank)]
    wide = browser.widths([" ", *{word for caption in captions for word in caption.split()}], 10)
    wanted, drawn = {}, {}

    for diameter in (72, 96, 112):
        style = tmp_path / "other.grass"
        style.write_text(re.sub(r"diameter: \d+px", f"diameter: {diameter}px", style_sheet()), encoding="utf-8")
        browser.drop(style)
        browser.say("MATCH (r:Rank) RETURN r")
        lines = [lines for _, lines in browser.drawing()]
        drawn[diameter] = sorted(found if " ".join(found) in captions else ("cut",) for found in lines)
        worked_out = [caption_lines(caption, diameter, 10, wide.__getitem__) for caption in captions]
        wanted[diameter] = sorted(tuple(found or ["cut"]) for found in worked_out)

    assert wanted == drawn


def test_why_browser_does_not_connect_is_said(at_work: AtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read from the page, as soon as it stands there."""
    monkeypatch.setattr(neo4j_browser, "_SILENT", WeakKeyDictionary())  # others go on
    place = at_work.desk
    address = f"{place.page}?dbms={place.bolt}"
    wanted = f"Browser of {address} did not connect as {place.user}: Neo.ClientError.Security."

    with pytest.raises(NoAnswerError, match=re.escape(wanted)), opened(at_work.chromium) as browser:
        browser.log_in(address, place.user, "no password")


def test_the_page_calls_only_whom_we_know_and_nobody_answers(browser: Neo4jBrowser) -> None:
    """What the page tried is listed here, was refused, and it complains of nothing else."""
    assert {HERE} == browser.answered
    assert CALLED >= browser.tried | browser.refused
    assert [] == strange_complaints(browser)
