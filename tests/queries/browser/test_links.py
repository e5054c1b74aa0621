"""`ask --browser` and `--graph`: a question as Neo4j Browser takes it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import Result

from graph.session import Graph
from queries.browser.links import link, params_line
from queries.catalogue import Question, graph_form, graph_forms, question, questions
from tests.harness.commands import run
from tests.harness.engines import Engine

PAGE = "http://127.0.0.1:7474/browser/"
GAP = ("--from", "met commander", "--to", "dac")
SENT = ':params {from: "mps/commander", to: "mps/deputy-assistant-commissioner", as_of: null}'


@pytest.fixture
def home(engine: Engine) -> Engine:
    """Have the reference data in the graph."""
    assert run("load").exit_code == 0
    return engine


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> str:
    """Have a Browser page for the graph in use."""
    monkeypatch.setattr(Graph, "page", property(lambda _: PAGE))
    return PAGE


def _text(name: str) -> str:
    found = question(name)
    assert found is not None
    return found.text


def _drawn(name: str) -> str:
    found = graph_form(name)
    assert found is not None
    return found.text


def _opened(found: Result) -> tuple[str, str, str]:
    """Return the first line, the page of the link, and what the link puts into the editor."""
    line, address = found.stdout.splitlines()
    parts = urlsplit(address)
    asked = parse_qs(parts.query, strict_parsing=True)
    assert {"dbms", "cmd", "arg"} == set(asked)
    assert ["edit"] == asked["cmd"]
    return line, f"{parts.scheme}://{parts.netloc}{parts.path}", asked["arg"][0]


@pytest.mark.parametrize("found", [*questions(), *graph_forms()], ids=lambda found: found.title)
def test_an_example_is_said_as_its_file_says_it(found: Question) -> None:
    """The line made of the example's values is the line of the header."""
    assert f"// {params_line(found.example)}" in found.text.splitlines()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "null"),
        (True, "true"),
        (90, "90"),
        (-1.5, "-1.5"),
        ('a "b" \\ c\nd', '"a \\"b\\" \\\\ c\\nd"'),
        ("Zoë’s", '"Zoë’s"'),
        ([], "[]"),
        ((1, None), "[1, null]"),
        ({"id": "course/scc", "since when": {}}, '{id: "course/scc", "since when": {}}'),
    ],
)
def test_each_kind_of_value_is_said_as_browser_reads_it(value: object, said: str) -> None:
    """Keys stand bare where they are names, also within."""
    assert f":params {{it: {said}}}" == params_line({"it": value})


def test_no_parameters_are_said_too() -> None:
    """Browser then forgets those of the question before."""
    assert ":params {}" == params_line({})


@pytest.mark.parametrize("found", questions(), ids=lambda found: found.name)
def test_a_link_brings_the_whole_text(found: Question) -> None:
    """Comments, signs and line ends come back as they were, in an address that a web browser takes."""
    address = link(PAGE, "neo4j://graph.example:7687", found.text)
    assert (found.text, "neo4j://graph.example:7687", True) == (
        parse_qs(urlsplit(address).query)["arg"][0],
        parse_qs(urlsplit(address).query)["dbms"][0],
        len(address) < 32_000,
    )


@pytest.mark.usefixtures("home")
def test_browser_gives_the_parameters_and_a_link_to_the_question(page: str) -> None:
    """Two lines; names are ids by then."""
    assert (SENT, page, _text("rank-gap")) == _opened(run("ask", "rank-gap", *GAP, "--browser"))


@pytest.mark.usefixtures("home")
def test_browser_with_graph_links_to_the_form_that_is_drawn(page: str) -> None:
    """The parameters are the same."""
    assert (SENT, page, _drawn("rank-gap")) == _opened(run("ask", "rank-gap", *GAP, "--browser", "--graph"))


@pytest.mark.usefixtures("home")
def test_graph_prints_what_can_be_pasted() -> None:
    """The `:params` line, then the text of the graph form; no Browser page is needed."""
    assert f"{SENT}\n{_drawn('rank-gap')}" == run("ask", "rank-gap", *GAP, "--graph").stdout


@pytest.mark.usefixtures("home", "page")
def test_what_is_held_is_said_as_it_is_sent() -> None:
    """Holdings are a list of maps by then, and a year its last day."""
    found = run(
        "ask", "gate-status", "--rank", "met ac", "--holdings", "scc:2019, rank met commander:2015", "--browser"
    )
    (line, *_) = found.stdout.splitlines()
    assert line.startswith(':params {rank: "mps/assistant-commissioner", holdings: [{id: "course/scc", ')
    assert line.endswith("in: null, as_of: null}")


@pytest.mark.usefixtures("home", "page")
def test_a_number_and_a_flag_are_said_bare() -> None:
    """As the question takes them."""
    found = run("ask", "expiring", "--days", "90", "--desirable", "--browser")
    assert (
        ":params {unit: null, days: 90, unrecorded: null, desirable: true, as_of: null}" == found.stdout.splitlines()[0]
    )


def test_without_a_browser_page_it_says_what_to_do(home: Engine) -> None:
    """Nothing is on stdout; the parameters are of use all the same."""
    if home.name != "embedded":
        pytest.skip("a Neo4j has its Browser page")
    found = run("ask", "rank-gap", *GAP, "--browser")
    assert (1, "") == (found.exit_code, found.stdout)
    assert "`rankgraph serve --browser JAR`" in found.stderr
    assert SENT in found.stderr


def test_a_neo4j_is_known_to_have_a_browser_page(home: Engine) -> None:
    """At the port that Neo4j gives it unless set up otherwise."""
    if home.name == "embedded":
        pytest.skip("the embedded graph has a page while it is served")
    _, address, _ = _opened(run("ask", "rank-gap", *GAP, "--browser"))
    assert f"http://{urlsplit(home.environment['NEO4J_URI']).hostname}:7474/browser/" == address


def test_a_question_without_a_graph_form_lists_those_that_have_one() -> None:
    """No graph is opened for that."""
    found = run("ask", "counts", "--graph")
    assert (1, "") == (found.exit_code, found.stdout)
    assert {form.name for form in graph_forms()} == set(found.stderr.rpartition(" are ")[2].strip().split(", "))


@pytest.mark.parametrize("option", ["--browser", "--graph"])
def test_a_format_beside_it_is_wrong_usage(option: str) -> None:
    """Neither runs the question, so there is nothing to write in a format."""
    found = run("ask", "rank-gap", *GAP, option, "--format", "table")
    assert (2, "", True) == (found.exit_code, found.stdout, "--format" in found.stderr)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(("words", "code"), [(("--rank", "no-such-rank"), 1), ((), 2)])
def test_a_fault_in_the_parameters_is_said_as_ever(words: tuple[str, ...], code: int) -> None:
    """A name that means nothing, and one that is missing."""
    found = run("ask", "duties-of", *words, "--graph")
    assert (code, "") == (found.exit_code, found.stdout)


@pytest.mark.usefixtures("home")
def test_the_setting_that_the_embedded_graph_needs_is_said_on_stderr(home: Engine) -> None:
    """Browser rounds the numbers of its nodes, so it must not look for further edges by them."""
    found = run("ask", "rank-gap", *GAP, "--graph")
    assert (home.name == "embedded") == (":config autoComplete: false" in found.stderr)


def test_the_folder_of_nobody_is_left_alone(tmp_path: Path) -> None:
    """A wrong use is found before a graph is made."""
    run("ask", "counts", "--graph", RANKGRAPH_HOME=str(tmp_path / "home"))
    assert not (tmp_path / "home").exists()
