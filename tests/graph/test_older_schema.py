"""A graph that was loaded under version 1 of the schema: read as it is, and brought up to date by the next load.

`fixtures/schema-1.json.gz` has the nodes and edges that version 0.1.0 made of the samples and of a sample force.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

import pytest

from graph.documents.load import load
from graph.documents.schema_change import stored_version
from graph.documents.write import prepare
from graph.ids import SCHEMA_VERSION
from graph.session import Graph, Transaction
from tests.harness.commands import run
from tests.harness.engines import Engine, delete_all, with_settings
from tests.harness.loaded import reference, samples

_FIXTURE = Path(__file__).parents[1] / "fixtures" / "schema-1.json.gz"
_NODES = "MATCH (n) WHERE NOT n:Lease RETURN labels(n) AS labels, properties(n) AS properties"
_DAY_OF_LOAD = {"StaffLoad": {"loaded": None}}
"""A load that changes nothing keeps the day of the one before, which in the fixture is that on which it was made."""
_EDGES = "MATCH (a)-[e]->(b) RETURN a.id AS start, type(e) AS kind, b.id AS end, properties(e) AS properties"
_ASKED = (
    ("gates", "--rank", "inspector"),
    ("requirements-of", "--rank", "sergeant"),
    ("appointment-of", "--rank", "met commander"),
    ("heat-map",),
    ("vacancies",),
)


def everything(graph: Graph) -> set[str]:
    """Return all that stands in the graph, node by node and edge by edge, but for the day of a staff load."""
    nodes = [_node(row["labels"], row["properties"]) for row in graph.read(_NODES, {})]  # type: ignore[arg-type]
    return {json.dumps(row, sort_keys=True) for row in (*nodes, *graph.read(_EDGES, {}))}


def _node(labels: Iterable[str], properties: dict[str, object]) -> dict[str, object]:
    named = sorted(labels)
    return {"labels": named, "properties": {**properties, **_DAY_OF_LOAD.get(named[0], {})}}


def fill(graph: Graph) -> None:
    """Write the nodes and edges of the fixture into the empty graph."""
    nodes, edges = json.loads(gzip.decompress(_FIXTURE.read_bytes()))
    delete_all(graph)
    prepare(graph)

    def base(labels: Iterable[str]) -> str:
        return next(label for label in labels if label not in {"Rank", *_SUBTYPES})

    def write(transaction: Transaction) -> None:
        for labels, some in groupby(sorted(nodes, key=lambda node: base_first(node["labels"])), _labels):
            transaction.run(
                f"UNWIND $rows AS row CREATE (n:{':'.join(labels)}) SET n = row",
                {"rows": [one["props"] for one in some]},
            )
        ends = sorted(edges, key=lambda edge: (edge["kind"], base(edge["sl"]), base(edge["el"])))
        for (kind, start, end), some in groupby(ends, lambda edge: (edge["kind"], base(edge["sl"]), base(edge["el"]))):
            transaction.run(
                f"UNWIND $rows AS row MATCH (a:{start} {{id: row.s}}) MATCH (b:{end} {{id: row.e}}) "
                f"CREATE (a)-[e:{kind}]->(b) SET e = row.props",
                {"rows": [{name: one[name] for name in ("s", "e", "props")} for one in some]},
            )

    graph.write(write)


_SUBTYPES = {"Skill", "Knowledge", "Experience", "Course", "Competency", "Value", "CoreSkillSet"}


def base_first(labels: Iterable[str]) -> tuple[str, ...]:
    """Return labels with the one that ids are unique in first."""
    return tuple(sorted(labels, key=lambda label: (label in {"Rank", *_SUBTYPES}, label)))


def _labels(node: dict[str, list[str]]) -> tuple[str, ...]:
    return base_first(node["labels"])


@pytest.fixture(scope="module")
def force(small_force: Path) -> str:
    """Return the folder with the staff files that the fixture was made from."""
    return str(small_force / "csv")


def _load(graph: Graph, force: str) -> None:
    load(graph, list(samples()), reference())
    assert 0 == run("staff", "load", force).exit_code


@pytest.fixture(scope="module")
def fresh(engine_of_module: Engine, force: str) -> tuple[set[str], dict[str, list[dict[str, object]]]]:
    """Return what stands in a graph that this version loads, and what it answers."""
    with with_settings(engine_of_module.environment), engine_of_module.open() as graph:
        delete_all(graph)
        _load(graph, force)
        return everything(graph), _answers()


def _answers() -> dict[str, list[dict[str, object]]]:
    """Return what some questions answer, but for the ids of facts."""
    answers = {}
    for words in _ASKED:
        found = run("ask", *words, "--format", "json")
        assert 0 == found.exit_code, found.stderr
        answers[words[0]] = [{**row, "fact": None} for row in json.loads(found.stdout)]
    return answers


def _of_documents(answers: dict[str, list[dict[str, object]]]) -> dict[str, list[dict[str, object]]]:
    """Return the rows that do not rest on the reference data, whose facts a release may change."""
    return {question: [row for row in rows if not _is_reference(row)] for question, rows in answers.items()}


def _of_reference(answers: dict[str, list[dict[str, object]]]) -> dict[str, set[tuple[object, object]]]:
    """Return words and source of what rests on the reference data."""
    return {
        question: {(row["quote"], row["authority"]) for row in rows if _is_reference(row)}
        for question, rows in answers.items()
        if question in _REFERENCE_EDGES
    }


def _is_reference(row: dict[str, object]) -> bool:
    return str(row.get("document")).startswith("reference/")


_REFERENCE_EDGES = {
    "gates": ("uk/inspector", {"REQUIRES"}),
    "appointment-of": ("mps/commander", {"APPOINTED_BY", "CONSULTED_BY", "SUSPENDED_BY", "HAS_FIGURE"}),
}
"""The rank and the kinds of edges, by their older names, that two of the questions speak of."""


def _stored_reference() -> dict[str, set[tuple[object, object]]]:
    """Return words and source of what the reference data of the fixture says."""
    _, edges = json.loads(gzip.decompress(_FIXTURE.read_bytes()))
    stated = [one for one in edges if str(one["props"].get("edition")).startswith("reference@")]
    return {
        question: {
            (one["props"]["text"], one["props"]["authority"])
            for one in stated
            if one["s"] == rank and one["kind"] in kinds
        }
        for question, (rank, kinds) in _REFERENCE_EDGES.items()
    }


def test_an_older_graph_is_read_as_it_is_and_brought_up_to_date(
    fresh: tuple[set[str], dict[str, list[dict[str, object]]]], graph: Graph, force: str
) -> None:
    """It answers as a fresh one does, of the reference data what stands in it, with one note.

    After the next loads it is a fresh one.
    """
    expected, answers = fresh
    fill(graph)
    assert 1 == stored_version(graph)
    found = run("ask", "gates", "--rank", "inspector", "--format", "json")
    assert 1 == found.stderr.count("older version of rankgraph")
    older = _answers()
    assert (_of_documents(answers), _stored_reference()) == (_of_documents(older), _of_reference(older))

    _load(graph, force)
    assert (SCHEMA_VERSION, set()) == (stored_version(graph), everything(graph) ^ expected)


def test_a_dry_run_on_an_older_graph_takes_nothing_for_lost(graph: Graph, force: str) -> None:
    """What stands there under the older names is compared as it is, but for relationships that have another name now.

    Nothing is written, and status says the version that stands there.
    """
    fill(graph)
    before = everything(graph)
    documents = json.loads(run("load", "--samples", "--dry-run", "--format", "json").stdout)
    staff = json.loads(run("staff", "load", force, "--dry-run", "--format", "json").stdout)

    assert 1 == json.loads(run("status", "--format", "json").stdout)["schema_version"]
    assert before == everything(graph)
    undrawn = "MATCH (n:{}) WHERE coalesce(n.name, n.title) IS NOT NULL RETURN count(n) AS nodes"
    changed = sum(int(str(graph.read(undrawn.format(one), {})[0]["nodes"])) for one in ("Unit", "Post"))
    assert [{"nodes": changed, "edges": 0}, *[{"nodes": 0, "edges": 0}] * 3] == [
        staff[name]
        for name in ("changed", "created", "removed", "closed")  # a caption for each unit and post
    ]
    [renamed] = graph.read("MATCH ()-[e:CONSULTED_BY]->() RETURN count(e) AS edges", {})
    done = json.loads(run("load", "--samples", "--format", "json").stdout)
    assert documents["removed"]["edges"] <= done["removed"]["edges"] + renamed["edges"]


def test_an_upgrade_that_was_killed_is_completed(
    fresh: tuple[set[str], dict[str, list[dict[str, object]]]],
    graph: Graph,
    force: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever it had done by then."""
    fill(graph)
    with monkeypatch.context() as patch:
        patch.setattr("graph.documents.schema_change._SERIES", "RETURN error")
        assert 1 == run("staff", "load", force).exit_code
    assert 1 == stored_version(graph)
    _load(graph, force)
    assert set() == everything(graph) ^ fresh[0]


@pytest.mark.parametrize("old", [1, SCHEMA_VERSION])
def test_a_relationship_that_has_another_name_now_is_renamed(graph: Graph, force: str, old: int) -> None:
    """In a graph of version 1, and of version 2 before its release; a load of staff files alone does it."""
    if old == 1:
        fill(graph)
    else:
        delete_all(graph)
        load(graph, list(samples()), reference())
    asked = "MATCH (a)-[e:{}]->(b) RETURN a.id AS start, b.id AS end, e.text AS text ORDER BY start, end, text"
    before = graph.read(asked.format("INFORMS"), {})
    rename = (
        "MATCH (a)-[e:INFORMS]->(b) CREATE (a)-[n:ENABLES]->(b) SET n = properties(e) DELETE e RETURN count(*) AS n"
    )
    graph.write(lambda transaction: transaction.run(rename))
    assert ([], before) == (graph.read(asked.format("INFORMS"), {}), graph.read(asked.format("ENABLES"), {}))

    assert 0 == run("staff", "load", force).exit_code
    assert (before, []) == (graph.read(asked.format("INFORMS"), {}), graph.read(asked.format("ENABLES"), {}))
    assert SCHEMA_VERSION == stored_version(graph)
