"""Themes as a load makes them: which wording names one, and when it goes."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from graph.documents.load import load
from graph.documents.themes import Wording, themes
from graph.documents.write import Counts, Tally
from graph.ontology import Facts
from graph.session import Graph
from loaders import read
from loaders.facts.document import facts
from loaders.facts.reference import known
from tests.harness.commands import SERGEANT
from tests.harness.engines import delete_all
from tests.harness.loaded import reference, rows

UNKNOWN = "9999-12-31"
LINE, NIGHT = "plan the work of one team", "plan the work of one team at night"
"""What the sergeant's page asks for, and the same in other words."""


def wording(name: str, since: str = UNKNOWN, text: str | None = None) -> Wording:
    """Return a requirement for skill."""
    return Wording(since, text or name, f"skill/{name}", name)


@pytest.mark.parametrize(
    ("one", "other", "oldest"),
    [
        (wording("b", "2017-01-01"), wording("a", "2021-01-01"), "b"),
        (wording("b", "2017-01-01"), wording("a"), "b"),
        (wording("b"), wording("a"), "a"),
        (wording("b", "2017-01-01", "Zoo"), wording("a", "2017-01-01", "Zoo"), "a"),
    ],
)
def test_the_oldest_wording_names_a_theme(one: Wording, other: Wording, oldest: str) -> None:
    """What is known to be old goes before what has no day; of equal days the first text, then the first id."""
    for order in itertools.permutations((one, other)):
        [theme] = themes("Skill", order, [(one.id, other.id, 90.0)])
        assert (f"theme/skill/{oldest}", oldest, "skill") == (theme.id, theme.name, theme.kind)


def test_a_requirement_that_is_like_no_other_is_a_theme() -> None:
    """Every one has a theme, so that all can be counted."""
    assert ["theme/skill/a", "theme/skill/b"] == [theme.id for theme in themes("Skill", map(wording, "ab"), [])]


@pytest.fixture
def graph(graph: Graph) -> Graph:
    """Have nothing in the graph."""
    delete_all(graph)
    return graph


def document(folder: Path, name: str, *changes: tuple[str, str]) -> Facts:
    """Return the facts of the sergeant's page with other words."""
    text = SERGEANT
    for old, new in changes:
        text = text.replace(old, new)
    path = folder / f"{name}.txt"
    path.write_text(text, encoding="utf-8")
    return facts(read(path), known())


def made(graph: Graph, *ids: str) -> set[tuple[object, ...]]:
    """Return each theme with its wordings, of all requirements or of these, and how alike they are."""
    themed = graph.read(
        "MATCH (t:Theme) OPTIONAL MATCH (n)-[e:VARIANT_OF]->(t) "
        "RETURN t.id AS theme, n.id AS wording, e.score AS score ORDER BY theme, wording",
        {},
    )
    return {tuple(row.values()) for row in themed if not ids or row["wording"] in ids or row["theme"] in ids}


def test_a_theme_goes_with_its_last_wording_and_takes_the_name_of_the_next(graph: Graph, tmp_path: Path) -> None:
    """The graph is each time as if only what counts had been loaded."""
    skill, longer = (f"skill/able-to-{line.replace(' ', '-')}" for line in (LINE, NIGHT))
    inspector = document(tmp_path, "inspector", ("Sergeant", "Inspector"), (LINE, NIGHT))
    load(graph, [document(tmp_path, "sergeant"), inspector], reference())
    assert {(f"theme/{skill}", skill, 100.0), (f"theme/{skill}", longer, 88.9)} == made(graph, skill, longer)

    load(graph, [document(tmp_path, "sergeant", (LINE, "brief a shift"))], reference(), replace=True)

    assert {(f"theme/{longer}", longer, 100.0)} == made(graph, skill, longer)


def test_a_theme_that_a_rank_asks_for_twice_counts_once(graph: Graph, tmp_path: Path) -> None:
    """And shows both of its wordings beside the other rank's."""
    twice = document(tmp_path, "sergeant", (f"Able to {LINE}.", f"Able to {LINE}.\n  • Able to {NIGHT}."))
    inspector = document(tmp_path, "inspector", ("Sergeant", "Inspector"), ("confirmed constable", "sergeant"))
    load(graph, [twice, inspector], reference())
    ranks = ("uk/sergeant", "uk/inspector")
    names = ("shared", "only_here", "only_there", "likeness")
    answers = [[row[name] for name in names] for rank in ranks for row in rows(graph, "similar-ranks", rank=rank)]
    lines = [row["lines"] for row in rows(graph, "shared-themes", first=ranks[0], second=ranks[1])]
    assert ([[1, 1, 1, 0.33]] * 2, ["27", "28"]) == (answers, lines)


def test_a_theme_that_stands_for_nothing_is_removed(graph: Graph, tmp_path: Path) -> None:
    """Whoever made it; and one that is missing is made again."""
    page = document(tmp_path, "page")
    load(graph, [page], reference())
    before = made(graph)
    graph.write(lambda transaction: transaction.run("MATCH (t:Theme) WHERE t.kind = 'skill' DETACH DELETE t"))
    graph.write(
        lambda transaction: transaction.run("CREATE (t:Theme {id: 'theme/skill/no', name: 'x', kind: 'skill'})")
    )

    counts = load(graph, [page], reference()).counts

    skills = len({row[0] for row in before if str(row[0]).startswith("theme/skill/")})
    assert before == made(graph)
    assert (Tally(nodes=skills, edges=skills), Tally(nodes=1)) == (counts.created, counts.removed)
    again = load(graph, [page], reference()).counts
    assert Counts(untouched=again.untouched) == again
