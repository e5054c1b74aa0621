"""The short queries of docs/cookbook.md: every row that the page shows, on every engine, and the two patterns."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.cookbook import Recipe, filled, recipes, table
from graph.ontology import EDGE_KINDS
from graph.session import Graph

pytestmark = [pytest.mark.holds("samples and a force")]

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "cookbook.md").read_text(encoding="utf-8")
RECIPES = recipes(PAGE)
VALIDITY = ("edition", "valid_from", "valid_to", "current")
STATED = [name for name, kind in EDGE_KINDS.items() if kind.stated]


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.title)
def test_a_query_gives_the_rows_that_the_page_shows(graph: Graph, recipe: Recipe) -> None:
    """The same on every engine; `python docs/update.py docs/cookbook.md` writes them anew."""
    assert recipe.table == table(graph.read(recipe.query, recipe.parameters))


def test_the_page_has_twenty_short_queries() -> None:
    """Numbered in order, of 2 to 8 lines, with an order in the last, and none that writes."""
    assert list(range(1, 21)) == [recipe.number for recipe in RECIPES]
    for recipe in RECIPES:
        lines = recipe.query.split("\n")
        assert (True, True) == (2 <= len(lines) <= 8, lines[-1].startswith("ORDER BY ")), recipe.title
        assert not re.search(r"\b(CREATE|MERGE|SET|DELETE|CALL|shortestPath)\b", recipe.query), recipe.title


def test_rows_are_written_below_a_query_with_and_without_a_table() -> None:
    """What is there is replaced, and nothing else of the page changes."""
    bare = "### 1. One\n\n```cypher\nRETURN $day AS day\n```\n\nMore.\n"
    page = f"```cypher\n:params {{day: 'then'}}\n```\n\n{bare}"
    once = filled(page, lambda _, given: [given])
    assert page.replace("```\n\nMore", "```\n\n| day |\n| --- |\n| then |\n\nMore") == once
    assert once.replace("then |", "now |") == filled(once, lambda *_: [{"day": "now"}])


def test_a_table_shows_values_as_an_analyst_reads_them() -> None:
    """Null is empty, a list has commas, and a bar within a cell ends no cell."""
    rows: list[dict[str, object]] = [{"a": 1, "b": None}, {"a": ["x", "y|z"], "b": True}]
    assert ("| a | b |", "| --- | --- |", "| 1 |  |", "| x, y\\|z | true |") == table(rows)


def test_a_query_without_rows_is_no_example() -> None:
    """It ends the update of the page."""
    with pytest.raises(ValueError, match="query 1, One: found no row"):
        filled("### 1. One\n\n```cypher\nRETURN 1 AS one\n```\n", lambda *_: [])


def test_a_fact_leads_to_its_document_in_one_hop(graph: Graph) -> None:
    """Every stated edge, of reference data too, carries the id of one Document, and no other edge carries a fact."""
    rows = graph.read(
        "MATCH ()-[e]->() WHERE e.fact IS NOT NULL OR type(e) IN $stated "
        "OPTIONAL MATCH (d:Document {id: e.document}) WITH e, count(d) AS documents "
        "RETURN type(e) IN $stated AS stated, e.fact IS NOT NULL AS fact, documents, "
        "count(DISTINCT CASE e.basis WHEN 'reference' THEN 'reference' ELSE 'document' END) AS kinds, "
        "count(e) > 1000 AS many ORDER BY documents",
        {"stated": STATED},
    )
    assert [{"stated": True, "fact": True, "documents": 1, "kinds": 2, "many": True}] == rows


def test_a_gate_its_options_and_their_needs_count_on_the_same_days(graph: Graph) -> None:
    """So the pattern filters the first relationship alone; an option belongs to one gate."""
    same = " AND ".join(f"e.{name} = p.{name} AND p.{name} = c.{name}" for name in VALIDITY)
    rows = graph.read(
        "MATCH ()-[e:REQUIRES]->(g:Gate)-[p:OPTION]->(o:Option)-[c:NEEDS]->() "
        f"WITH o, count(DISTINCT g) AS gates, sum(CASE WHEN {same} THEN 0 ELSE 1 END) AS others "
        "RETURN DISTINCT gates, others ORDER BY gates, others",
        {},
    )
    assert [{"gates": 1, "others": 0}] == rows
