"""The real Neo4j Browser with our pack in it: what it shows is what `rankgraph ask` says."""

from __future__ import annotations

import json
import re
import shlex
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from weakref import WeakKeyDictionary

import pytest
from playwright.sync_api import Browser

from graph.nodes import Rank
from graph.session import Graph
from graph.style_sheet import style_sheet
from queries.ask import resolve_parameters
from queries.browser.links import link, params_line
from queries.catalogue import Question, graph_forms, questions
from queries.show.question_help import example
from tests.harness import neo4j_browser
from tests.harness.analyst import Desk, desk, pack, set_up
from tests.harness.captions import caption_lines
from tests.harness.commands import run
from tests.harness.engines import EMBEDDED, ON_EVERY_LINE, Engine
from tests.harness.loaded import reference
from tests.harness.neo4j_browser import HERE, Neo4jBrowser, NoAnswerError, opened, shown

pytestmark = [
    ON_EVERY_LINE,
    pytest.mark.holds("samples and a force", changed=True),  # it is served by a process of its own
    pytest.mark.timeout(900),  # the first test waits for all loads; what hangs ends by itself
]

CALLED = {
    "fonts.googleapis.com",  # the style of its letters
    "cdn.segment.com",  # who uses Browser, and how
    "canny.io",  # asks for opinions and tells news
    "o110884.ingest.sentry.io",  # reports of crashes
}
"""Whom the page of Neo4j Browser 5.24 calls by itself, and must do without."""

COMPLAINTS = ("Failed to load resource", "violates the following Content Security Policy", "Fetch API cannot load")
"""How Browser's own page complains of calls that were refused, and of a Bolt port that does not speak HTTP."""

Rows = tuple[tuple[str, ...], ...]
Sayings = Mapping[str, dict[str, object] | None]


@dataclass
class AtWork:
    """What an analyst has: where page and graph are, the pack, and a page that is connected with the pack on it."""

    chromium: Browser
    desk: Desk
    pack: Path
    style: Path
    _page: Neo4jBrowser | None = None
    _closing: ExitStack = field(default_factory=ExitStack)

    def page(self) -> Neo4jBrowser:
        """Return the page; where there is none, connect a new one and drop the pack on it."""
        if self._page is None:
            with ExitStack() as stack:
                page = stack.enter_context(opened(self.chromium))
                page.log_in(f"{self.desk.page}?dbms={self.desk.bolt}", self.desk.user, self.desk.password)
                page.configure()
                page.drop(self.pack)
                page.drop(self.style)
                page.open_sidebar({family for family, _ in _packed(self.pack)})
                self._page, self._closing = page, stack.pop_all()
        return self._page

    def leave(self) -> None:
        """Close the page, with all that it keeps."""
        self._page = None
        self._closing.close()


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


def _packed(archive: Path) -> list[tuple[str, str]]:
    """Return folder and content of each file in a pack."""
    with zipfile.ZipFile(archive) as packed:
        return [(name.rpartition("/")[0], packed.read(name).decode()) for name in packed.namelist()]


def _title(text: str) -> str:
    return text.splitlines()[0].removeprefix("// ")


def _own_line(question: Question) -> str:
    """Return the `:params` line of a question's header as it stands there."""
    lines = question.text.splitlines()
    return next(line.removeprefix("// ") for line in lines if line.startswith("// :params"))


def _said(question: Question) -> Rows:
    """Return what `rankgraph ask` answers, as Browser would show it; nothing where a name is not loaded."""
    _, *words = shlex.split(example(question))
    found = run(*words, "--format", "json")
    if found.exit_code == 1 and "is called" in found.stderr:
        return ()
    assert found.exit_code == 0, found.stderr
    rows = json.loads(found.stdout)
    return (
        (question.returns, *(tuple(shown(row[column]) for column in question.returns) for row in rows)) if rows else ()
    )


def _seen(browser: Neo4jBrowser, line: str, question: Question) -> Rows:
    """Set parameters, open the favourite, run it, and return its table."""
    browser.clear()
    browser.say(line)
    browser.open_favourite(question.title)
    browser.run()
    table = browser.table()
    assert question.text.split() == table.command.split()
    return (table.columns, *table.rows) if table.columns else ()


def _cases(graph: Graph, question: Question, said: dict[str, object] | None) -> dict[str, Question]:
    """Return the question by `:params` line: with its own example, and with parameters that give rows."""
    own = {_own_line(question): question}
    return own if said is None else {_line(graph, question, said): replace(question, example=said)} | own


def _line(graph: Graph, question: Question, said: Mapping[str, object]) -> str:
    return params_line(resolve_parameters(graph, question, said)[0])


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_the_table_in_browser_is_the_answer_of_ask(
    browser: Neo4jBrowser, engine: Engine, sayings: Sayings, question: Question
) -> None:
    """Every column and row of a favourite, each value with its kind, where there are rows and with the example.

    The page is the same for all engines: without rows it is looked at on the embedded one alone.
    """
    with engine.open(write=False) as graph:
        cases = _cases(graph, question, sayings[question.name])
    if engine.name != EMBEDDED:
        cases = dict(list(cases.items())[:1])

    assert {line: _said(case) for line, case in cases.items()} == {
        line: _seen(browser, line, question) for line in cases
    }


@pytest.mark.parametrize("form", graph_forms(), ids=lambda form: form.name)
def test_every_node_of_a_graph_form_is_drawn(
    browser: Neo4jBrowser, engine: Engine, sayings: Sayings, form: Question
) -> None:
    """Browser draws each node of the paths once; without paths it shows that there are none."""
    with engine.open(write=False) as graph:
        said = sayings[form.name]
        sent = form.example if said is None else resolve_parameters(graph, form, said)[0]
        expected = {node for row in graph.read(form.text, sent) for value in row.values() for node in _nodes(value)}

    browser.say(params_line(sent))
    browser.open_favourite(form.title)
    browser.run()

    assert len(expected) == (len(browser.drawing()) if expected else len(browser.table().rows))


def _nodes(value: object) -> set[object]:
    """Return the ids in a path, which comes as nodes and edges in turn, or in a list of paths."""
    parts = value if isinstance(value, list) else []
    if parts and isinstance(parts[0], dict):
        return {node["id"] for node in parts[::2]}
    return {node for path in parts for node in _nodes(path)}


def test_the_favourites_are_the_files_of_the_pack(browser: Neo4jBrowser, at_work: AtWork) -> None:
    """Browser keeps each file in the folder of its family, and shows its title at the side."""
    packed = _packed(at_work.pack)

    assert sorted(packed) == sorted((str(folder), text) for folder, text in browser.favourites())
    assert sorted(_title(text) for _, text in packed) == sorted(browser.sidebar())


@pytest.mark.parametrize("parameters", [True, False], ids=["parameters", "no-parameters"])
def test_a_link_opens_browser_with_the_question_in_its_editor(
    at_work: AtWork, engine: Engine, chromium: Browser, parameters: bool
) -> None:
    """Browser forgets parameters when its page is loaded; it keeps a question that lacked them, to be run again."""
    del engine  # sets the environment for `rankgraph ask`
    place = at_work.desk
    wanted = (one for one in questions() if bool(one.parameters) == parameters)
    asked, said = next((one, rows) for one in wanted if (rows := _said(one)))

    with opened(chromium) as browser:
        browser.log_in(link(place.page, place.bolt, asked.text), place.user, place.password)
        browser.run()
        if parameters:
            browser.say(_own_line(asked))
            browser.run_again(1)
            browser.close(0)
        table = browser.table()

    assert said == (table.columns, *table.rows)


def test_ranks_have_the_colour_and_caption_of_the_ontology(browser: Neo4jBrowser, engine: Engine) -> None:
    """The style sheet makes a rank look as a rank, though it is a role too."""
    with engine.open(write=False) as graph:
        asked = "MATCH (r:Rank) RETURN r.name AS name, r.ladder AS ladder ORDER BY name, ladder"
        captions = [f"{row['name']} {row['ladder']}" for row in graph.read(asked, {})]

    browser.say("MATCH (r:Rank) RETURN r")
    drawn = [(colour, " ".join(lines)) for colour, lines in browser.drawing()]

    assert sorted((Rank.colour, caption) for caption in captions) == sorted(drawn)


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
    assert [] == [said for said in browser.complaints if not any(known in said for known in COMPLAINTS)]
