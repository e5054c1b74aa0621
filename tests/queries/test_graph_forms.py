"""The graph form of a question draws what its rows speak of, and nothing that does not count on the day."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

import pytest

from graph.session import Graph
from queries.ask import ask
from queries.catalogue import Question, graph_form, graph_forms, question
from tests.harness.engines import Engine, with_settings

pytestmark = pytest.mark.holds("samples and a force")

TODAY = date.today().isoformat()  # noqa: DTZ011 -- the day the engine sees
DAYS = (None, None, "2025-06-01", "2022-06-01", "2010-01-01")
RANKS = (
    *("uk/constable", "uk/sergeant", "uk/inspector", "uk/chief-superintendent", "territorial/chief-constable"),
    *("mps/commander", "mps/deputy-assistant-commissioner", "mps/assistant-commissioner", "mps/commissioner"),
    *("city/commander", "city/commissioner"),
)
VALUES = {
    "rank": RANKS,
    "body": ("mopac", "iopc", "mps", "hmicfrs"),
    "words": ("intrusive surveillance", "team", "mayor", "no-such-word"),
    "id": ("mopac", "course/scc", "mps/commander", "uk/inspector", "no-such-id"),
    "unit": (None,),
}
SHOWN = {
    "accountability-chain": {"Body", "Role"},
    "appointment-of": {"Body", "Role"},
    "bodies-of": {"Body", "Role"},
    "chain-of-command": {"Body", "Role"},
    "courses": {"Requirement"},
    "cover": {"Body", "Role"},
    "duties-of": {"Accountability"},
    "editions-of": {"Profile"},
    "feeder-ranks": {"Role"},
    "gates": {"Requirement", "Role"},
    "next-ranks": {"Role"},
    "pathway": {"Role"},
    "plans-of": {"Instrument"},
    "rank-gap": set[str](),
    "ranks": {"Rank"},
    "ranks-with-body": {"Role"},
    "requirements-of": {"Requirement"},
    "shared-requirements": set[str](),
    "shared-themes": {"Theme"},
    "vacancies": {"Post", "Role"},
    "who-is-accountable": {"Role"},
    "who-may-authorise": {"Body", "Role"},
    "why": {"Accountability", "Body", "Gate", "Instrument", "Option", "Requirement", "Role"},
}
"""The labels of which a form draws just the nodes that the rows name; what lies between them is drawn too."""
_NAMED = {"editions-of": {"edition"}, "vacancies": {"rank", "role"}}
"""Columns that hold ids beside those whose names end in _id."""

Drawn = tuple[set[str], list[Mapping[str, object]]]
Answers = dict[str, list[tuple[dict[str, object], Drawn, list[dict[str, object]]]]]


def asked_of(form: Question) -> list[dict[str, object]]:
    """Return the example of a question, and eight other sets of parameters."""
    chance = random.Random(form.name)  # noqa: S311 -- no secret
    asked = [form.example]
    for _ in range(8):
        kinds = {parameter.name: parameter.kind for parameter in form.parameters}
        ranks = iter(chance.sample(RANKS, 2))
        said = {
            name: next(ranks) if kind == "rank" else chance.choice(VALUES.get(kind, (None,)))
            for name, kind in kinds.items()
            if kind != "day"
        }
        asked.append({**said, "as_of": chance.choice(DAYS)})
    return asked


def _drawn(graph: Graph, form: Question, sent: Mapping[str, object]) -> Drawn:
    """Return the ids of all nodes drawn, and all edges."""
    paths = [path for row in graph.read(form.text, sent) for value in row.values() for path in paths_of(value)]
    nodes = {str(node["id"]) for path in paths for node in path[::2]}
    return nodes, [edge for path in paths for edge in path[1::2]]


def paths_of(value: object) -> Iterator[Sequence[Mapping[str, object]]]:
    """Yield the paths of a cell: none, one, or a list of them."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from paths_of(part)


def _ids(name: str, rows: Sequence[Mapping[str, object]]) -> set[str]:
    columns = [column for column in rows[0] if column.endswith("_id") or column in _NAMED.get(name, ())] if rows else []
    return {str(row[column]) for row in rows for column in columns if row[column] is not None}


def _rows(graph: Graph, name: str, sent: Mapping[str, object]) -> list[dict[str, object]]:
    asked = question(name)
    assert asked is not None
    rows = ask(graph, asked, {key: value for key, value in sent.items() if value is not None}).rows
    return rows[:100] if name == "vacancies" else rows  # more are not drawn


@pytest.fixture(scope="module")
def answers(engine_of_module: Engine) -> Answers:
    """Return, of each form, what it is sent, what is drawn, and the rows of its question."""
    with with_settings(engine_of_module.environment), engine_of_module.open(write=False) as graph:
        return {
            form.name: [(sent, _drawn(graph, form, sent), _rows(graph, form.name, sent)) for sent in asked_of(form)]
            for form in graph_forms()
        }


def _labelled(graph: Graph, labels: set[str]) -> set[str]:
    rows = graph.read("MATCH (n) RETURN n.id AS id, labels(n) AS labels ORDER BY id", {})
    return {str(row["id"]) for row in rows if labels & set(map(str, list(row["labels"])))}  # type: ignore[call-overload]


@pytest.mark.parametrize("form", graph_forms(), ids=lambda form: form.name)
def test_what_is_drawn_is_what_the_rows_name(graph: Graph, answers: Answers, form: Question) -> None:
    """For each label of SHOWN the nodes are those of the rows, less those that the user named."""
    shown = _labelled(graph, SHOWN[form.name])
    wrong = []
    for sent, (nodes, _), found in answers[form.name]:
        rows, given = _ids(form.name, found), set(map(str, sent.values()))
        if (rows & shown) - given != (nodes & shown) - given:
            wrong.append((sent, rows & shown - nodes, nodes & shown - rows - given))
    assert [] == wrong


@pytest.mark.parametrize("form", graph_forms(), ids=lambda form: form.name)
def test_every_row_is_drawn(graph: Graph, answers: Answers, form: Question) -> None:
    """The nodes and the statements that the rows name are among those drawn; a role that is no rank has no ladder."""
    everything = _labelled(graph, SHOWN[form.name]) if form.name == "ranks" else None
    missing = []
    for _, (nodes, edges), rows in answers[form.name]:
        named = _ids(form.name, rows) if everything is None else _ids(form.name, rows) & everything
        facts = {row["fact"] for row in rows if "fact" in row}
        missing += sorted((named - nodes) | {str(fact) for fact in facts - {edge.get("fact") for edge in edges}})
    assert [] == missing


@pytest.mark.parametrize("form", graph_forms(), ids=lambda form: form.name)
def test_every_statement_drawn_counts_on_the_day(answers: Answers, form: Question) -> None:
    """Only `why` without a day shows what no longer counts; what rests on reference may have no day."""
    wrong = []
    for sent, (_, edges), _ in answers[form.name]:
        if form.name == "why" and sent["as_of"] is None:
            continue
        wrong += [edge["fact"] for edge in edges if "fact" in edge and not _counts(edge, sent["as_of"])]
    assert [] == wrong


def _counts(edge: Mapping[str, object], as_of: object) -> bool:
    day = str(as_of or TODAY)
    begins, ends = edge.get("valid_from"), edge.get("valid_to")
    return str(begins) <= day < str(ends)


@pytest.mark.parametrize("form", graph_forms(), ids=lambda form: form.name)
def test_paths_come_in_the_same_order_each_time(graph: Graph, form: Question) -> None:
    """What is drawn first, and what a limit leaves out, is no accident."""
    assert graph.read(form.text, form.example) == graph.read(form.text, form.example)


def test_a_route_is_drawn_whole(graph: Graph) -> None:
    """The path of a route goes down from the rank aimed at, a step an edge, with the gates beside it."""
    form = graph_form("pathway")
    assert form is not None
    sent = {"from": "mps/commander", "to": "mps/assistant-commissioner", "as_of": None}
    (row,) = graph.read(form.text, sent)
    (path,) = paths_of(row["path"])
    steps = [(above["id"], below["id"]) for above, below in pairwise(path[::2])]
    middle = "mps/deputy-assistant-commissioner"
    assert [("mps/assistant-commissioner", middle), (middle, "mps/commander")] == steps
    assert {str(gate[0]["id"]) for gate in paths_of(row["gates"])} <= {"mps/assistant-commissioner", middle}


@pytest.mark.parametrize("form", graph_forms(), ids=lambda form: form.name)
def test_a_graph_form_is_named_after_its_question_and_says_how_much_it_draws(form: Question) -> None:
    """Two favourites never share a name, and the limit of the text is that of the prose."""
    asked = question(form.name)
    assert asked is not None
    (most,) = re.findall(r"At most (\d+) ", form.prose)
    limits = re.findall(r"ORDER BY .* LIMIT (\d+)", form.text)
    assert (f"Graph: {asked.title}", asked.no_rows, [most]) == (form.title, form.no_rows, limits)


@pytest.mark.parametrize("form", graph_forms(), ids=lambda form: form.name)
def test_a_graph_form_ends_in_an_order(form: Question) -> None:
    """As every question does."""
    assert form.text.rstrip().splitlines()[-1].startswith("ORDER BY ")


def test_the_questions_that_can_be_drawn_are_known() -> None:
    """At least fourteen; each has its labels above."""
    names = {form.name for form in graph_forms()}
    assert (set(SHOWN), True) == (names, len(names) >= 14)
