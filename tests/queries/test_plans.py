"""How a Neo4j answers the questions of the catalogue: by its indexes, and never by reading the whole graph."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import neo4j
import pytest

from graph.ontology import EDGE_KINDS
from graph.session import Graph
from queries.ask import resolve_parameters
from queries.catalogue import Question, graph_forms, questions
from tests.harness.engines import FIRST_LINE, Engine

pytestmark = pytest.mark.holds("samples and a force")
on_neo4j = pytest.mark.parametrize("engine_of_module", [FIRST_LINE], indirect=True, scope="module")

LOOKS_AT_EVERYTHING = {"counts", "unsourced"}
COMPARES_WITH_ALL = {"similar-ranks", "lateral-moves"}
"""Questions that set one rank beside every other: they read what all of them ask for."""

Sayings = Mapping[str, Mapping[str, object] | None]

STARTS = {"rank", "role", "body", "edition", "person", "id"}
ID, ROW, EDGE, MOST_PRODUCT = 200, 50, 12, 1000
"""Database hits for the id that a question starts at, for a row and for a staff edge; rows of a product."""

_STATED = [kind for kind in EDGE_KINDS.values() if kind.stated]
_COVERED = """
MATCH (top:Unit)
WHERE top.id = $unit OR $unit IS NULL AND NOT EXISTS { (top)-[:WITHIN]->(:Unit) }
MATCH (top)<-[:WITHIN*0..]-(:Unit)<-[:WITHIN]-(post:Post)
OPTIONAL MATCH (post)<-[:OCCUPIES]-(person:Person)
WITH collect(DISTINCT post) + collect(DISTINCT person) AS covered
UNWIND covered AS one
MATCH (one)-[e:WITHIN|FOR_ROLE|ASKS_FOR|OCCUPIES|HOLDS|HELD_RANK|ABSENT]-()
RETURN count(DISTINCT e) AS edges
"""


@dataclass(frozen=True)
class Work:
    """What a Neo4j did for an answer: rows, database hits, and the operators with the rows that each passed on."""

    rows: int
    hits: int
    operators: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Profiled:
    """A bare driver, as a profile is no part of an answer, and what it has had planned for what the graph holds now."""

    driver: neo4j.Driver
    planned: set[tuple[object, ...]]

    def begin(self, question: Question, sent: dict[str, object]) -> str:
        """Return how a statement begins that is planned anew the first time; what is none is planned for apart."""
        key = (question.text, *(value is None for value in sent.values()))
        anew = key not in self.planned
        self.planned.add(key)
        return "CYPHER replan=force PROFILE" if anew else "PROFILE"


@pytest.fixture(scope="module")
def driver(engine_of_module: Engine) -> Iterator[Profiled]:
    """Return a driver of a module; what others had planned stays theirs."""
    settings = engine_of_module.environment
    login = (settings["NEO4J_USERNAME"], settings["NEO4J_PASSWORD"])
    with neo4j.GraphDatabase.driver(settings["NEO4J_URI"], auth=login) as opened:
        yield Profiled(opened, set())


def profiled(driver: Profiled, question: Question, sent: dict[str, object]) -> Work:
    """Answer a question, and return what that took; of a path, each edge counts as a row."""
    with driver.driver.session(database="neo4j", default_access_mode="READ") as session:
        result = session.run(f"{driver.begin(question, sent)} {question.text}", sent)
        rows = sum(_size(record) for record in result)
        plan = result.consume().profile
    assert plan is not None
    operators = tuple(_operators(plan))
    return Work(rows, sum(hits for _, _, hits in operators), tuple((name, passed) for name, passed, _ in operators))


def _size(record: neo4j.Record) -> int:
    paths = [path for value in record.values() for path in (value if isinstance(value, list) else [value])]
    return sum(len(path.relationships) for path in paths if isinstance(path, neo4j.graph.Path)) or 1


def _operators(plan: dict[str, object]) -> Iterator[tuple[str, int, int]]:
    yield str(plan["operatorType"]).partition("@")[0], int(str(plan.get("rows", 0))), int(str(plan.get("dbHits", 0)))
    for child in plan.get("children", []):  # type: ignore[attr-defined]
        yield from _operators(child)


def sent_for(graph: Graph, question: Question, sayings: Sayings, **values: object) -> dict[str, object]:
    """Return parameters with which a question has rows, or those of its example, with some values in their place."""
    said = sayings[question.name] or {
        name: json.dumps(value) if isinstance(value, list) else value for name, value in question.example.items()
    }
    return resolve_parameters(graph, question, {**said, **values})[0]


def every_form() -> list[Question]:
    """Return all questions, and their graph forms under names of their own."""
    return [*questions(), *graph_forms()]


def name_of(question: Question) -> str:
    """Return a name for a test."""
    return f"{question.name}.graph" if question.returns[0] == "path" else question.name


@on_neo4j
@pytest.mark.parametrize("question", every_form(), ids=name_of)
def test_a_question_reads_no_more_than_it_needs(
    graph: Graph, driver: Profiled, sayings: Sayings, question: Question
) -> None:
    """No scan of all nodes or all edges, no large product; from one id, so many hits for it and for each row."""
    work = profiled(driver, question, sent_for(graph, question, sayings))
    scans = {name for name, _ in work.operators if name == "AllNodesScan" or "AllRelationshipsScan" in name}
    products = {rows for name, rows in work.operators if name == "CartesianProduct" and rows > MOST_PRODUCT}
    ids = [one for one in question.parameters if one.kind in STARTS and not one.optional]
    units = [one for one in question.parameters if one.kind == "unit"]

    assert (set(), set()) == (scans if question.name not in LOOKS_AT_EVERYTHING else set(), products)
    if len(ids) == 1 and not units and question.name not in COMPARES_WITH_ALL:
        assert ID + ROW * work.rows >= work.hits


@on_neo4j
@pytest.mark.parametrize("name", sorted(COMPARES_WITH_ALL))
def test_a_comparison_with_every_rank_reads_each_statement_once(
    graph: Graph, driver: Profiled, sayings: Sayings, name: str
) -> None:
    """What all ranks ask for is read, each statement at the price of a staff edge."""
    (question,) = (one for one in questions() if one.name == name)
    statements = graph.read("MATCH (:Role)-[e:REQUIRES]->() RETURN count(e) AS edges", {})[0]["edges"]
    assert ID + EDGE * int(str(statements)) >= profiled(driver, question, sent_for(graph, question, sayings)).hits


@on_neo4j
@pytest.mark.parametrize(
    "question", [one for one in every_form() if any(p.kind == "unit" for p in one.parameters)], ids=name_of
)
@pytest.mark.parametrize("depth", [0, 1, 2], ids=["force", "unit within", "unit within that"])
def test_a_question_on_a_unit_reads_what_belongs_to_it(
    graph: Graph, driver: Profiled, sayings: Sayings, question: Question, depth: int
) -> None:
    """The work grows with the people and posts of the unit, not with those of the force."""
    units = graph.read(
        f"MATCH way = (u:Unit)-[:WITHIN*{depth}]->(top:Unit) WHERE NOT EXISTS {{ (top)-[:WITHIN]->(:Unit) }} "
        "RETURN u.id AS id ORDER BY id LIMIT 1",
        {},
    )
    unit = units[0]["id"] if depth else None
    covered = int(str(graph.read(_COVERED, {"unit": unit})[0]["edges"]))
    assert ID + EDGE * covered >= profiled(driver, question, sent_for(graph, question, sayings, unit=unit)).hits


def test_questions_on_any_node_or_fact_name_all_labels_and_kinds() -> None:
    """A Neo4j uses an index only where labels or kinds are named; a new kind of edge has to be named there too."""
    kinds = {"|".join(sorted(kind.name for kind in _STATED))}
    starts = {"|".join(sorted({label for kind in _STATED for label in kind.starts}))}
    every_start = {"|".join(sorted({label for kind in EDGE_KINDS.values() for label in kind.starts}))}
    labels = {"|".join(sorted({label for kind in _STATED for label in (*kind.starts, *kind.ends)}))}
    named = {
        name_of(one): {
            re.sub(r"\s", "", words) for words in re.findall(r"[A-Z][A-Za-z_]+(?:\s*\|[A-Z][A-Za-z_]+){9,}", one.text)
        }
        for one in every_form()
    }

    assert {
        "why": kinds | labels,
        "why.graph": kinds | labels,
        "source-of": kinds | labels,
        "changed-since": starts,
        "current-out-of-date": starts,
        "facts-without-source": starts,
        "doubled-edges": every_start,
    } == {name: words for name, words in named.items() if words and name != "loose-ends"}
