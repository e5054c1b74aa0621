"""Exports hold the whole graph, what an audience may see of it, and no more of a text than its licence allows."""

from __future__ import annotations

import csv
import html
import re
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import networkx as nx
import pytest
import rdflib

from graph.session import Graph
from tests.harness.engines import ON_EMBEDDED, Engine
from tests.harness.exports import KINDS, export, files, place

pytestmark = pytest.mark.holds("samples and a force")
_NODES = "MATCH (n) WHERE NOT n:Lease RETURN labels(n) AS labels, properties(n) AS properties"
_EDGES = "MATCH (a)-[e]->(b) RETURN a.id AS start, type(e) AS kind, b.id AS end, properties(e) AS properties"


Key = tuple[Any, ...]
"""What tells a node or edge, its properties last."""


def frozen(properties: object) -> frozenset[tuple[str, object]]:
    """Return properties that can be counted, without those that have no value."""
    assert isinstance(properties, dict)
    return frozenset(
        (name, tuple(value) if isinstance(value, list) else value)
        for name, value in properties.items()
        if value is not None
    )


def nodes_of(graph: Graph) -> Counter[Key]:
    """Return all nodes of a graph."""
    rows: list[dict[str, Any]] = graph.read(_NODES, {})
    return Counter((frozenset(row["labels"]), frozen(row["properties"])) for row in rows)


def edges_of(graph: Graph) -> Counter[Key]:
    """Return all edges of a graph."""
    rows = graph.read(_EDGES, {})
    return Counter((row["start"], row["kind"], row["end"], frozen(row["properties"])) for row in rows)


def imported(path: Path) -> Iterator[dict[str, object]]:
    """Yield the rows of a file for the importer, read by its header: a name, and a type behind a colon."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    for cells in rows:
        yield {
            (head if head.startswith(":") else head.partition(":")[0]): _typed(cell or None, head.partition(":")[2])
            for head, cell in zip(header, cells, strict=True)
        }


def _typed(cell: str | None, kind: str) -> object:
    if cell is None or kind in {"", "ID", "LABEL", "START_ID", "END_ID", "TYPE"}:
        return cell
    if kind.endswith("[]"):
        return [_typed(part, kind.removesuffix("[]")) for part in cell.split("␟")]
    kinds: dict[str, Callable[[str], object]] = {"int": int, "double": float, "boolean": "true".__eq__, "string": str}
    return kinds[kind](cell)


def test_csv_holds_every_node_and_edge_with_every_property(graph: Graph, tmp_path: Path) -> None:
    """Every node and edge stands in the files for the importer, with every property and its type."""
    manifest = export("csv", tmp_path / "out", "--audience", "named", "--texts", "all")
    nodes: Counter[Key] = Counter()
    for path in (tmp_path / "out" / "nodes").iterdir():
        for row in imported(path):
            labels = str(row.pop(":LABEL")).split("␟")
            assert row.pop(":ID") == f"{path.stem}:{row['id']}"
            nodes[frozenset(labels), frozen(row)] += 1
    edges: Counter[Key] = Counter()
    for path in (tmp_path / "out" / "edges").iterdir():
        for row in imported(path):
            start, end = (str(row.pop(name)).partition(":")[2] for name in (":START_ID", ":END_ID"))
            assert row.pop(":TYPE") == path.stem
            edges[start, path.stem, end, frozen(row)] += 1
    assert (_filled(nodes), _filled(edges)) == (_filled(nodes_of(graph)), _filled(edges_of(graph)))
    assert (manifest["counts"]["of_nodes"], manifest["counts"]["of_edges"]) == (nodes.total(), edges.total())


def _filled(counted: Counter[Key]) -> Counter[Key]:
    """Leave out empty texts and lists: Python's reader of CSV does not tell them from no value; the importer does."""
    result: Counter[Key] = Counter()
    for (*rest, properties), count in counted.items():
        result[(*rest, frozenset(pair for pair in properties if pair[1] not in {"", ()}))] += count
    return result


def test_tables_have_plain_headers_and_the_same_rows(graph: Graph, tmp_path: Path) -> None:
    """Tables have plain headers, and rows in the order of ids."""
    export("tables", tmp_path / "out", "--audience", "named", "--texts", "all")
    with (tmp_path / "out" / "edges" / "PROMOTES_FROM.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {"circle", "standing"}.isdisjoint(rows[0])
    promotions = {(row["start_label"], row["start"], row["end_label"], row["end"]) for row in rows}
    wanted = graph.read("MATCH (a)-[:PROMOTES_FROM]->(b) RETURN a.id AS start, b.id AS end", {})
    assert promotions == {("Role", row["start"], "Role", row["end"]) for row in wanted}
    with (tmp_path / "out" / "nodes" / "Person.csv").open(encoding="utf-8") as file:
        people = [(row["id"], row["labels"], row["name"], "circle" in row) for row in csv.DictReader(file)]
    wanted = graph.read("MATCH (p:Person) RETURN p.id AS id, p.name AS name", {})
    assert people == sorted((row["id"], "Person", row["name"], False) for row in wanted)


def test_networkx_opens_graphml_with_every_edge(graph: Graph, tmp_path: Path) -> None:
    """The file opens in networkx with every edge."""
    manifest = export("graphml", tmp_path / "out.graphml", "--audience", "named", "--texts", "all")
    drawn = nx.read_graphml(tmp_path / "out.graphml", force_multigraph=True)
    found = Counter(
        (drawn.nodes[start]["id"], values.pop("type"), drawn.nodes[end]["id"], frozen(values))
        for start, end, values in drawn.edges(data=True)
    )
    assert _filled(found) == _filled(edges_of(graph))
    assert drawn.number_of_nodes() == manifest["counts"]["of_nodes"] == nodes_of(graph).total()


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_rdflib_reads_json_ld_with_every_edge_as_a_triple_and_a_statement(graph: Graph, tmp_path: Path) -> None:
    """Each edge is read by rdflib as a triple and as a statement on it, and each word of our own is defined."""
    export("jsonld", tmp_path / "out.jsonld", "--audience", "named", "--texts", "all")
    triples = rdflib.Graph()
    triples.parse(tmp_path / "out.jsonld", format="json-ld")
    rdf, own = rdflib.RDF, "urn:rankgraph:"
    statements = list(triples.subjects(rdf.type, rdf.Statement))
    found: Counter[tuple[str, str]] = Counter()
    for one in statements:
        triple: Any = tuple(triples.value(one, part) for part in (rdf.subject, rdf.predicate, rdf.object))
        assert triple in triples, triple
        found[str(triple[0]).removeprefix(own), str(triple[2]).removeprefix(own)] += 1
    rows = graph.read(_EDGES, {})
    assert Counter((str(row["start"]), str(row["end"])) for row in rows) == Counter(
        {(_plain(start), _plain(end)): count for (start, end), count in found.items()}
    )
    schema, esco = rdflib.Namespace("https://schema.org/"), rdflib.Namespace("http://data.europa.eu/esco/model#")
    sergeant = rdflib.URIRef(f"{own}Role:uk/sergeant")
    assert (sergeant, rdf.type, esco.Occupation) in triples
    assert triples.value(sergeant, schema.name) == rdflib.Literal("Sergeant")
    own_words = {str(one) for one in triples.predicates() if str(one).startswith(f"{own}vocabulary:")}
    assert own_words <= {str(one) for one in triples.subjects(rdflib.RDFS.comment)}


def _plain(iri: str) -> str:
    return unquote(iri.partition(":")[2])


@pytest.mark.parametrize("kind", KINDS)
def test_by_default_no_file_names_a_person_a_post_or_a_certificate(graph: Graph, tmp_path: Path, kind: str) -> None:
    """No file names a person, a post or a certificate, and nobody else may read it."""
    path = place(tmp_path, kind)
    manifest = export(kind, path)
    assert manifest["audience"] == "pseudonymous"
    rows = graph.read(
        "MATCH (p:Person) RETURN p.id AS id, p.name AS name UNION MATCH (p:Post) RETURN p.id AS id, NULL AS name", {}
    )
    telling = {str(value) for row in rows for value in row.values() if value}
    evidence = graph.read("MATCH (:Person)-[e:HOLDS]->() WHERE e.evidence IS NOT NULL RETURN e.evidence AS one", {})
    telling |= {str(row["one"]) for row in evidence}
    text = "\n".join(one.read_text(encoding="utf-8") for one in files(path))
    text = re.sub(r"[ \N{NO-BREAK SPACE}]+", " ", html.unescape(text))  # the lines of a circle are no names
    assert set(re.findall(r"[\w-]+(?: [\w-]+)*", text)) & telling == set()
    assert manifest["counts"]["nodes"]["Person"] == graph.read("MATCH (p:Person) RETURN count(*) AS n", {})[0]["n"]
    assert {stat.S_IMODE(one.stat().st_mode) for one in files(path)} == {0o600}


@ON_EMBEDDED
def test_rows_stand_in_the_order_of_the_codes(engine: Engine, tmp_path: Path) -> None:
    """The order of rows tells nothing of the numbers that codes hide."""
    del engine
    export("tables", tmp_path / "out")
    with (tmp_path / "out" / "nodes" / "Person.csv").open(encoding="utf-8") as file:
        people = [row["id"] for row in csv.DictReader(file)]
    with (tmp_path / "out" / "edges" / "HOLDS.csv").open(encoding="utf-8") as file:
        holders = [row["start"] for row in csv.DictReader(file)]
    assert (people, holders) == (sorted(people), sorted(holders))


def test_the_aggregate_audience_has_no_row_on_a_person(graph: Graph, tmp_path: Path) -> None:
    """For the aggregate audience no row is on a person."""
    manifest = export("csv", tmp_path / "out", "--audience", "aggregate")
    people = {"Person", "Absence", "LoadTotal", "OCCUPIES", "HOLDS", "HELD_RANK", "ABSENT", "NOT_MET"}
    counts = manifest["counts"]
    assert people & {*counts["nodes"], *counts["edges"]} == set()
    assert counts["nodes"]["Post"] == graph.read("MATCH (p:Post) RETURN count(*) AS n", {})[0]["n"]
