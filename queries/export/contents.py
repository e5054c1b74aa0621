"""Read a whole graph, label by label and relationship type by relationship type, as it is to stand in an export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, get_args, get_origin

from graph.ontology import EDGE_KINDS, NODE_KINDS, Place, Statement, Stored

if TYPE_CHECKING:
    from pydantic import BaseModel

    from graph.session import Graph
    from queries.export.people import People
    from queries.export.texts import Texts

Properties = Mapping[str, object]

_INTERNAL = ("Lease",)
_PAGE = 1000
_IDS = "MATCH (n:{label}) RETURN n.id AS id"
_NODES = "UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN id, labels(n) AS labels, properties(n) AS properties"
_EDGES = """UNWIND $ids AS id MATCH (a:{start} {{id: id}})-[e:{kind}]->(b:{end})
RETURN id AS start, b.id AS end, properties(e) AS properties"""


class NodeRow(NamedTuple):
    """A node: the label that its id is unique in, its id, all its labels, and its properties."""

    label: str
    id: str
    labels: Sequence[str]
    properties: Properties


class EdgeRow(NamedTuple):
    """An edge: its relationship type, both ends by label and id, and its properties."""

    kind: str
    start_label: str
    start: str
    end_label: str
    end: str
    properties: Properties


def base_labels() -> tuple[str, ...]:
    """Return the labels that ids are unique in, but for what only serves loading, in the order of declaration."""
    return tuple(dict.fromkeys(kind.label for kind in NODE_KINDS if kind.label not in _INTERNAL))


@cache
def node_properties(label: str) -> dict[str, str]:
    """Return the properties that nodes of a label may have, with their types.

    >>> node_properties("Unit")
    {'id': 'string', 'name': 'string', 'circle': 'string'}
    """
    kinds = [kind for kind in NODE_KINDS if kind.label == label]
    of_documents: list[type[BaseModel]] = [] if all(kind.staff for kind in kinds) else [Stored]
    return _types([*kinds, *of_documents])


@cache
def edge_properties(kind: str) -> dict[str, str]:
    """Return the properties that edges of a relationship type may have, with their types.

    >>> edge_properties("OCCUPIES")
    {'instance': 'string', 'from': 'string', 'to': 'string', 'basis': 'string', 'fte': 'double'}
    """
    declared = EDGE_KINDS[kind]
    also: list[type[BaseModel]] = [] if declared.staff else [Statement, Stored] if declared.stated else [Place, Stored]
    return _types([*also, declared.properties])


def _types(models: Sequence[type[BaseModel]]) -> dict[str, str]:
    fields = {field.alias or name: field for model in models for name, field in model.model_fields.items()}
    return {name: _type(field.annotation) for name, field in fields.items()}


def _type(annotation: object) -> str:
    """Return the type of a property as the importer of Neo4j names it.

    >>> [_type(one) for one in (str | None, tuple[str, ...], int | None, bool, float)]
    ['string', 'string[]', 'int', 'boolean', 'double']
    """
    named: dict[object, str] = {bool: "boolean", int: "int", float: "double"}
    parts = [part for part in get_args(annotation) if part is not type(None) and part is not Ellipsis]
    if get_origin(annotation) is tuple:
        return f"{_type(parts[0])}[]"
    return named.get(annotation) or next((kind for kind in map(_type, parts) if kind != "string"), "string")


class Contents:
    """The nodes and edges of a graph as an audience may have them, in the order of the ids that it sees."""

    def __init__(self, graph: Graph, people: People, texts: Texts) -> None:
        self._graph, self._people, self._texts = graph, people, texts
        self._ids: dict[str, dict[str, str]] = {}

    def nodes(self, label: str) -> Iterator[NodeRow]:
        """Yield the nodes of a label."""
        seen = self._seen(label)
        for page in _pages(list(seen)):
            rows: dict[str, Any] = {
                str(row["id"]): row for row in self._graph.read(_NODES.format(label=label), {"ids": page})
            }
            for one in page:
                if one in rows:  # else it went while the export was under way
                    fitted = self._people.node(label, self._texts.node(label, one, rows[one]["properties"]))
                    labels = sorted(rows[one]["labels"])
                    yield NodeRow(label, seen[one], labels, {**fitted, "id": seen[one]})

    def edges(self, kind: str) -> Iterator[EdgeRow]:
        """Yield the edges of a relationship type."""
        declared = EDGE_KINDS[kind]
        for start in declared.starts:
            for end in declared.ends:
                yield from self._between(kind, start, end)

    def _between(self, kind: str, start: str, end: str) -> Iterator[EdgeRow]:
        starts, ends = self._seen(start), self._seen(end)
        if not starts or not ends:
            return
        question = _EDGES.format(kind=kind, start=start, end=end)
        for page in _pages(list(starts)):
            edges = [
                EdgeRow(kind, start, starts[a], end, ends[b], self._people.edge(kind, self._texts.edge(properties)))
                for row in self._graph.read(question, {"ids": page})
                if (a := str(row["start"])) in starts and (b := str(row["end"])) in ends
                if isinstance(properties := row["properties"], dict)
            ]
            yield from sorted(edges, key=_order)

    def _seen(self, label: str) -> dict[str, str]:
        """Return each id of a label, and what the audience sees in its place, in the order of the latter."""
        if label not in self._ids:
            ids = [str(row["id"]) for row in self._graph.read(_IDS.format(label=label), {})]
            seen = ((one, self._people.id(label, one)) for one in ids)
            self._ids[label] = dict(sorted(((a, b) for a, b in seen if b is not None), key=lambda pair: pair[1]))
        return self._ids[label]


def _pages(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + _PAGE] for start in range(0, len(ids), _PAGE))


def _order(edge: EdgeRow) -> tuple[str, ...]:
    return (edge.start, edge.end, *(str(edge.properties.get(name, "")) for name in ("edition", "instance")))
