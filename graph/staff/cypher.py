"""Cypher that writes what staff files say, derived from graph/ontology.py.

A row is a list in a fixed order, because maps cost the driver twice the time: 25,000 rows a second instead
of 13,000. No label, type or property name here comes from input; values are always parameters.
"""

from __future__ import annotations

from functools import cache

from graph.nodes import Node
from graph.ontology import EDGE_KINDS, Properties

MARKER = "MERGE (n:StaffLoad {id: 'staff'}) SET n = $props RETURN count(*) AS rows"
"""Write the one node that says whether a load is under way."""


@cache
def columns(kind: type[Node]) -> tuple[str, ...]:
    """Return the properties of a node in the order of a row, its id first.

    >>> from graph.staff_nodes import Absence
    >>> columns(Absence)
    ('id', 'from', 'to', 'kind')
    """
    return _names(kind, "id")


@cache
def edge_columns(kind: str) -> tuple[str, ...]:
    """Return the properties of an edge in the order of a row, after the ids of both ends, its instance first.

    >>> edge_columns("HELD_RANK")
    ('instance', 'from', 'to', 'basis')
    """
    return _names(EDGE_KINDS[kind].properties, "instance")


def edge_place(kind: str, name: str) -> int:
    """Return where a property of an edge stands in a row.

    >>> edge_place("HELD_RANK", "instance")
    2
    """
    return 2 + edge_columns(kind).index(name)


@cache
def defaults(kind: type[Node | Properties]) -> dict[str, object]:
    """Return what each property of a node or edge is where nothing is given."""
    return {field.alias or name: field.default for name, field in kind.model_fields.items()}


def _names(kind: type[Node | Properties], first: str) -> tuple[str, ...]:
    names = [field.alias or name for name, field in kind.model_fields.items()]
    return (first, *(name for name in names if name != first))


def _map(names: tuple[str, ...], start: int) -> str:
    return ", ".join(f"`{name}`: row[{place}]" for place, name in enumerate(names, start))


def _settings(variable: str, names: tuple[str, ...], start: int) -> str:
    return ", ".join(f"{variable}.`{name}` = row[{place}]" for place, name in enumerate(names, start))


def _list(variable: str, names: tuple[str, ...]) -> str:
    return ", ".join(f"{variable}.`{name}`" for name in names)


@cache
def create_nodes(kind: type[Node]) -> str:
    """Return the statement that creates nodes from `$rows`."""
    return (
        f"UNWIND $rows AS row CREATE (n:{':'.join(kind.labels())} {{{_map(columns(kind), 0)}}}) RETURN count(*) AS rows"
    )


@cache
def set_nodes(label: str, names: tuple[str, ...]) -> str:
    """Return the statement that gives nodes the named properties from `$rows` of id and values; null takes one away."""
    return (
        f"UNWIND $rows AS row MATCH (n:{label} {{id: row[0]}}) SET {_settings('n', names, 1)} RETURN count(*) AS rows"
    )


@cache
def read_nodes(label: str, names: tuple[str, ...]) -> str:
    """Return the question for the named properties of nodes by `$ids`, all in one list: half the time of rows."""
    return f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN collect([{_list('n', names)}]) AS stored"


def _ends(start: str, end: str) -> str:
    return f"UNWIND $rows AS row MATCH (a:{start} {{id: row[0]}}) MATCH (b:{end} {{id: row[1]}}) "


@cache
def create_edges(kind: str, start: str, end: str) -> str:
    """Return the statement that creates edges from `$rows` of an end and its edges; a missing node is not counted.

    To look each end up once takes a third less time; a MERGE, in place of `read_edges`, two to three times as long.
    """
    return (
        f"UNWIND $rows AS ending MATCH (b:{end} {{id: ending[0]}}) UNWIND ending[1] AS row MATCH (a:{start} "
        f"{{id: row[0]}}) CREATE (a)-[e:{kind} {{{_map(edge_columns(kind), 2)}}}]->(b) RETURN count(*) AS rows"
    )


@cache
def set_edges(kind: str, start: str, end: str) -> str:
    """Return the statement that gives edges new values from `$rows`; null takes one away."""
    settings = _settings("e", edge_columns(kind)[1:], 3)
    return f"{_ends(start, end)}MATCH (a)-[e:{kind} {{instance: row[2]}}]->(b) SET {settings} RETURN count(*) AS rows"


@cache
def delete_edges(kind: str, start: str, end: str) -> str:
    """Return the statement that deletes edges by `$rows`."""
    return f"{_ends(start, end)}MATCH (a)-[e:{kind} {{instance: row[2]}}]->(b) DELETE e RETURN count(*) AS rows"


@cache
def delete_doubles(kind: str, start: str, end: str) -> str:
    """Return the statement that leaves one of several edges of one start, end and instance, by `$ids` of starts."""
    return (
        f"UNWIND $ids AS id MATCH (a:{start} {{id: id}})-[e:{kind}]->(b:{end}) "
        "WITH a, b, e.instance AS instance, collect(e) AS edges WHERE size(edges) > 1 "
        "UNWIND tail(edges) AS extra DELETE extra RETURN count(*) AS rows"
    )


@cache
def delete_ends(end: str) -> str:
    """Return the statement that deletes, by `$rows`, nodes that edges ended at and that nothing else is tied to."""
    return f"UNWIND $rows AS row MATCH (n:{end} {{id: row[1]}}) DETACH DELETE n RETURN count(*) AS rows"


@cache
def read_edges(kind: str, start: str, end: str) -> str:
    """Return the question for all edges of one kind that start at `$ids`, as rows in one list."""
    return (
        f"UNWIND $ids AS id MATCH (a:{start} {{id: id}})-[e:{kind}]->(b:{end}) "
        f"RETURN collect([a.id, b.id, {_list('e', edge_columns(kind))}]) AS stored"
    )
