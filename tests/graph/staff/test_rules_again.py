"""A sheet of rules takes the place of the one before, at each load; what posts themselves ask for stays."""

from __future__ import annotations

import random

import pytest

from graph.session import Graph
from graph.staff.load import load
from tests.builders.staff_files import Row, Sheets
from tests.harness.engines import delete_all

TASER, DRIVING, SEARCH = "skill/taser", "skill/driving", "skill/search"
POSTS = ("A", "B", "C")
Asked = dict[tuple[str, str], tuple[int | None, bool]]


@pytest.fixture
def graph(graph: Graph) -> Graph:
    """Have the one rank in an empty graph."""
    delete_all(graph)
    graph.write(lambda tx: tx.run("CREATE (:Role:Rank {id: 'uk/sergeant', name: 'Sergeant'})", {}))
    return graph


def _export(asked: Asked, posts: tuple[str, ...] = POSTS, *, rules: bool = True, skipped: int = 0) -> Sheets:
    """Return an export with what its posts ask for, of their own or by rule, as the reader gives it."""
    rows: dict[str, list[Row]] = {
        "units": [("U1", "Force", None)],
        "posts": [(post, "U1", "uk/sergeant", None, None, None, None, None) for post in posts],
        "people": [("P1", "Person 1", None, None)],
        "occupancies": [("P1", posts[0], None, None, None, None)],
        "requirements": [(one, one, "Skill", None, 3) for one in (TASER, DRIVING, SEARCH)],
        "post_requirements": [
            (post, need, level, "essential", None, 1 if by_rule else None)
            for (post, need), (level, by_rule) in sorted(asked.items())
        ],
    }
    return Sheets({**rows, **({"rules": []} if rules else {})}, skipped, "rules" if rules else "people")


def _stored(graph: Graph) -> Asked:
    rows = graph.read(
        "MATCH (p:Post)-[e:ASKS_FOR]->(n) RETURN p.id AS p, n.id AS n, e.level AS level, e.by_rule AS by_rule", {}
    )
    return {(str(row["p"]), str(row["n"])): (row["level"], row["by_rule"] is True) for row in rows}  # type: ignore[misc]


def test_what_former_rules_asked_alone_is_removed(graph: Graph) -> None:
    """A changed level is changed; what a post asks for of its own, and has no row for, is only counted."""
    first: Asked = {("A", TASER): (1, True), ("B", TASER): (1, True), ("A", DRIVING): (None, False)}
    load(graph, _export(first))
    notes: list[str] = []
    then: Asked = {("A", TASER): (2, True), ("A", SEARCH): (None, True)}
    counts = load(graph, _export(then), on_note=notes.append)
    assert ({**then, ("A", DRIVING): (None, False)}, 1) == (_stored(graph), counts.removed.edges)
    assert [
        "at least 1 row(s) in the graph are not in this export; --full --as-of DAY takes the export as whole"
    ] == notes
    assert 0 == load(graph, _export(then)).removed.edges


def test_an_export_without_rules_leaves_them(graph: Graph) -> None:
    """And so do rules of which a row is at fault, which is said."""
    first: Asked = {("A", TASER): (1, True)}
    load(graph, _export(first))
    load(graph, _export({}, rules=False))
    assert first == _stored(graph)
    notes: list[str] = []
    load(graph, _export({}, skipped=1), on_note=notes.append)
    assert (first, ["post_requirements: 1 row(s) at fault, so nothing of this sheet was removed"]) == (
        _stored(graph),
        notes,
    )


def test_rules_speak_of_the_posts_of_their_export(graph: Graph) -> None:
    """A part of the force leaves the others as they are."""
    load(graph, _export({(post, TASER): (1, True) for post in POSTS}))
    load(graph, _export({("A", DRIVING): (None, True)}, ("A", "B")))
    assert {("A", DRIVING): (None, True), ("C", TASER): (1, True)} == _stored(graph)


@pytest.mark.parametrize("seed", range(6))
def test_loads_in_a_row_leave_what_plain_python_leaves(graph: Graph, seed: int) -> None:
    """Rows of posts and rules change into each other, whole exports and parts alike."""
    draw, expected = random.Random(seed), Asked()  # noqa: S311 -- no secret
    for _ in range(6):
        posts = tuple(draw.sample(POSTS, draw.randint(1, 3)))
        pairs = [(post, need) for post in posts for need in (TASER, DRIVING, SEARCH)]
        rules, full = draw.random() < 0.7, draw.random() < 0.2
        drawn = {
            pair: (draw.choice((None, 1, 2)), rules and draw.random() < 0.6) for pair in pairs if draw.random() < 0.5
        }
        load(graph, _export(drawn, posts, rules=rules), full_day="2026-03-31" if full else None)
        gone = {pair for pair, (_, by_rule) in expected.items() if pair[0] in posts and (full or (rules and by_rule))}
        expected = {**{pair: one for pair, one in expected.items() if pair not in gone}, **drawn}
        assert expected == _stored(graph)
