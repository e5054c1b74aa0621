"""Cypher that follows from graph/ontology.py: constraints, indexes and the statements that write.

No label, type or property name here comes from input; values are always parameters.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import yaml
from pydantic import BaseModel

from graph.days import LAST_DAY
from graph.ids import SCHEMA_VERSION
from graph.nodes import Node
from graph.ontology import EDGE_KINDS, NODE_KINDS, Place, Statement, Stored

FULLTEXT: tuple[tuple[str, str], ...] = (
    ("Accountability", "text"),
    *((label, "names") for label in ("Role", "Body", "Requirement")),
    *((label, "name") for label in ("Requirement", "Instrument")),
)
"""Label and property of each full-text index; of requirements, only courses have several names."""


def labels() -> tuple[str, ...]:
    """Return the labels that nodes are unique in, sorted."""
    return tuple(sorted({kind.label for kind in NODE_KINDS}))


def document_labels() -> tuple[str, ...]:
    """Return the labels of what documents and the reference data give, sorted."""
    return tuple(sorted({kind.label for kind in NODE_KINDS if not kind.staff}))


def document_edges() -> tuple[str, ...]:
    """Return the relationship types that carry an edition."""
    return tuple(name for name, kind in EDGE_KINDS.items() if not kind.staff)


def constraints() -> dict[str, str]:
    """Return the statement that makes each uniqueness constraint, by its name; one a base label."""
    return {
        f"{label}[id]": f"CREATE CONSTRAINT `{label}[id]` IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        for label in labels()
    }


def indexes(*, of_facts: bool) -> dict[str, str]:
    """Return the statement that makes each index, by its name: of second labels, and of the editions of edges.

    That of the ids of facts is for a Neo4j: the embedded engine reads no index for edges of many kinds at once.
    """
    seconds = {kind.subtype: f"FOR (n:{kind.subtype}) ON (n.id)" for kind in NODE_KINDS if kind.subtype}
    edges = [(kind, "edition") for kind in document_edges()]
    edges += [(kind, "fact") for kind in document_edges() if of_facts and EDGE_KINDS[kind].stated]
    places = {f"{label}[id]": place for label, place in seconds.items()}
    places |= {f"{kind}[{name}]": f"FOR ()-[e:{kind}]-() ON (e.{name})" for kind, name in edges}
    return {name: f"CREATE INDEX `{name}` IF NOT EXISTS {place}" for name, place in places.items()}


def fulltext_name(label: str, name: str) -> str:
    """Return the name of a full-text index.

    >>> fulltext_name("Accountability", "text")
    'Accountability[text]'
    """
    return f"{label}[{name}]"


@cache
def create_nodes(kind: type[Node]) -> str:
    """Return the statement that creates nodes of one kind from `$rows` of id and props.

    Which nodes are new is known from `read_nodes`, and the constraint refuses a second one. A MERGE
    on two labels reads all nodes of that kind for each row on the embedded engine: 6 ms a row among 9,000.
    """
    return f"UNWIND $rows AS row CREATE (n:{':'.join(kind.labels())}) SET n = row.props RETURN count(*) AS rows"


@cache
def update_nodes(label: str) -> str:
    """Return the statement that replaces the properties of nodes from `$rows` of id and props.

    What staff files gave them stays.
    """
    kept = sorted({name for kind in NODE_KINDS if kind.label == label for name in kind.kept})
    carried = "".join(f", n.{name} AS {name}" for name in kept)
    back = "".join(f" SET n.{name} = {name}" for name in kept)
    return (
        f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) WITH n, row{carried} "
        f"SET n = row.props{back} RETURN count(*) AS rows"
    )


@cache
def read_nodes(*, on_server: bool) -> str:
    """Return the question which nodes exist, with labels and digest; `$<label>` holds the ids asked for, or none.

    One question for all labels: a Neo4j spends more on each round trip than on what is asked. It seeks in all labels at
    once, in `$ids` by label, while on the embedded engine each has a branch of its own.
    """
    answer = "RETURN label, n.id AS id, n.digest AS digest, labels(n) AS labels"
    if on_server:
        return (
            f"UNWIND keys($ids) AS label UNWIND $ids[label] AS id MATCH (n:{'|'.join(document_labels())} {{id: id}}) "
            f"WHERE label IN labels(n) {answer}, elementId(n) AS element"
        )
    return " UNION ALL ".join(
        f"UNWIND ${label} AS id MATCH (n:{label} {{id: id}}) WITH '{label}' AS label, n {answer}"
        for label in document_labels()
    )


@cache
def unstated_nodes(label: str) -> str:
    """Return the question which of `$ids` no stated edge touches, but for those of `$edition`, and no staff file names.

    Edges of staff files have no edition.
    """
    return (
        f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) WHERE n.declared IS NULL AND n.course_id IS NULL "
        "AND NOT EXISTS { (n)-[e]-() WHERE e.edition IS NULL OR e.fact IS NOT NULL AND e.edition <> $edition } "
        "RETURN n.id AS id"
    )


@cache
def delete_nodes(label: str) -> str:
    """Return the statement that deletes nodes by `$rows` of id, with the edges that hang on them."""
    return f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) DETACH DELETE n RETURN count(*) AS rows"


def _edge(kind: str, start: str, end: str) -> str:
    """Match both ends of the edges in `$rows` by the label they are unique in."""
    for label in (start, end):
        if label not in labels():
            raise KeyError(label)
    return (
        f"UNWIND $rows AS row MATCH (a:{start} {{id: row.start}}) MATCH (b:{end} {{id: row.end}}) "
        f"%s (a)-[e:{EDGE_KINDS[kind].name} {{edition: row.edition, instance: row.instance}}]->(b) "
    )


@cache
def merge_edges(kind: str, start: str, end: str) -> str:
    """Return the statement that writes edges of one kind from `$rows` of start, end, edition, instance and props.

    A row whose start or end is missing is not among the rows counted.
    """
    return _edge(kind, start, end) % "MERGE" + "SET e = row.props RETURN count(*) AS rows"


@cache
def merge_edges_of_elements(kind: str) -> str:
    """Return the statement that writes edges of one kind in a Neo4j, as `merge_edges`; start and end are element ids.

    One for each pair of labels takes twice as long to plan.
    """
    return (
        "UNWIND $rows AS row MATCH (a) WHERE elementId(a) = row.start MATCH (b) WHERE elementId(b) = row.end "
        f"MERGE (a)-[e:{EDGE_KINDS[kind].name} {{edition: row.edition, instance: row.instance}}]->(b) "
        "SET e = row.props RETURN count(*) AS rows"
    )


@cache
def delete_edges(kind: str, start: str, end: str) -> str:
    """Return the statement that deletes edges of one kind by `$rows` of start, end, edition and instance."""
    return _edge(kind, start, end) % "MATCH" + "DELETE e RETURN count(*) AS rows"


@cache
def edges_of_edition(*, on_server: bool) -> str:
    """Return the question for all edges of `$edition`: kind, ends with their labels, instance, digest, validity.

    On the embedded engine one branch a kind, because each can then use its index; a Neo4j uses the indexes of all kinds
    at once, and takes twenty times as long to plan so many branches.
    """
    kinds = ["|".join(document_edges())] if on_server else document_edges()
    own = ", elementId(e) AS element" if on_server else ""
    return " UNION ALL ".join(
        f"MATCH (a)-[e:{kind}]->(b) WHERE e.edition = $edition RETURN type(e) AS kind, labels(a) AS start_labels, "
        "a.id AS start, labels(b) AS end_labels, b.id AS end, e.instance AS instance, e.digest AS digest, "
        "e.valid_from AS valid_from, e.valid_to AS valid_to, e.current AS current, e.standing AS standing, "
        "e.aside AS aside" + own
        for kind in kinds
    )


@cache
def delete_doubles(kind: str) -> str:
    """Return the statement that leaves one of several edges of one kind, start, end and instance of `$edition`."""
    return (
        f"MATCH (a)-[e:{EDGE_KINDS[kind].name}]->(b) WHERE e.edition = $edition "
        "WITH a, b, e.instance AS instance, collect(e) AS edges WHERE size(edges) > 1 "
        "UNWIND tail(edges) AS extra DELETE extra RETURN count(*) AS rows"
    )


_VALID = {
    "valid_from": "$valid_from",
    "valid_to": f"CASE WHEN e.aside THEN '{LAST_DAY}' ELSE $valid_to END",
    "current": "CASE WHEN e.aside THEN $begun ELSE $current END",
    "standing": "CASE WHEN NOT $begun THEN 'begins ' + $valid_from WHEN e.aside OR $current THEN null "
    "ELSE 'ended ' + $valid_to END",
}
"""What is said in passing of another role does not end with the edition."""

_DIFFERS = " OR ".join(
    f"coalesce(toString(e.{name}), '') <> coalesce(toString({value}), '')" for name, value in _VALID.items()
)
_SET_VALID = (
    f"SET {', '.join(f'e.{name} = {value}' for name, value in _VALID.items())} RETURN type(e) AS kind, count(*) AS rows"
)


@cache
def set_validity(kind: str) -> str:
    """Return the statement that gives the edges of `$edition` the validity in the parameters."""
    return f"MATCH ()-[e:{EDGE_KINDS[kind].name}]->() WHERE e.edition = $edition AND ({_DIFFERS}) {_SET_VALID}"


def set_validity_of_elements() -> str:
    """Return the statement that gives `$elements`, edges of a Neo4j, the validity in the parameters.

    It takes a third of a second to plan a statement for each kind, and next to nothing to find an edge by its id.
    """
    return f"UNWIND $elements AS element MATCH ()-[e]->() WHERE elementId(e) = element {_SET_VALID}"


_EXAMPLE = ("start", "end", "ids", "source")
_ON_THE_DAY = "(e.valid_from <= $today AND $today < e.valid_to)"


@cache
def refresh_current(kind: str) -> str:
    """Return the statement that makes `current` of the edges of `$edition` right on `$today`, each by its own days."""
    return (
        f"MATCH ()-[e:{EDGE_KINDS[kind].name}]->() WHERE e.edition = $edition "
        f"AND (e.current AND NOT {_ON_THE_DAY} OR NOT e.current AND {_ON_THE_DAY}) "
        "SET e.current = NOT e.current, e.standing = CASE WHEN $today < e.valid_from THEN 'begins ' + e.valid_from "
        "WHEN $today < e.valid_to THEN null ELSE 'ended ' + e.valid_to END RETURN count(*) AS rows"
    )


def model() -> dict[str, Any]:
    """Return the declarations as plain data: labels and relationship types with their properties, values and examples.

    Raises KeyError for a relationship type of which graph/model.yaml says nothing.
    """
    said = yaml.safe_load((Path(__file__).parent / "model.yaml").read_text(encoding="utf-8"))
    return {
        "schema_version": SCHEMA_VERSION,
        "id_parts": said["parts"],
        "nodes": [
            {
                "labels": list(kind.labels()),
                "unique_in": kind.label,
                "says": (kind.__doc__ or "").strip(),
                "id": kind.id_form,
                "owned": kind.owned,
                "staff": kind.staff,
                "properties": _properties(kind),
            }
            for kind in NODE_KINDS
        ],
        "of_documents": _properties(Stored),
        "statement": _properties(Statement),
        "unstated": _properties(Place),
        "relationships": [
            {
                "type": kind.name,
                "from": list(kind.starts),
                "to": list(kind.ends),
                "reads": kind.says,
                "reads_back": said["relationships"][kind.name]["back"],
                "example": {name: said["relationships"][kind.name].get(name) for name in _EXAMPLE},
                "stated": kind.stated,
                "staff": kind.staff,
                "properties": _properties(kind.properties),
            }
            for kind in EDGE_KINDS.values()
        ],
    }


def _properties(of: type[BaseModel]) -> dict[str, dict[str, Any]]:
    """Return what each property holds, and the values it can have where they are listed."""
    properties: dict[str, dict[str, Any]] = {}
    for name, field in of.model_fields.items():
        values = _values(field.annotation)
        properties[field.alias or name] = {"holds": field.description, **({"values": values} if values else {})}
    return properties


def _values(annotation: object) -> list[object]:
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    return [value for part in get_args(annotation) for value in _values(part)]
