"""Write a graph as GraphML, which networkx, yEd, Gephi and igraph open."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import networkx as nx

from graph.ontology import EDGE_KINDS
from graph.rows import visible
from queries.export.contents import Contents, base_labels
from queries.export.folder import Counts, key


def graphml(contents: Contents) -> tuple[Iterator[str], Counts]:
    """Return the lines of a file, and how many nodes and edges of each kind are in it.

    A node is called by its first label and its id, for ids are unique in a label only. Its labels and all lists are
    JSON, because GraphML has no lists; `type` of an edge is its relationship type.
    """
    drawn: nx.MultiDiGraph[str] = nx.MultiDiGraph(name="rankgraph")
    counts: Counts = {"nodes": {}, "edges": {}}
    for label in base_labels():
        for node in contents.nodes(label):
            drawn.add_node(key(label, node.id), labels=json.dumps(node.labels), **_values(node.properties))
            counts["nodes"][label] = counts["nodes"].get(label, 0) + 1
    edges = (edge for kind in EDGE_KINDS for edge in contents.edges(kind))
    for number, edge in enumerate(edges):
        start, end = key(edge.start_label, edge.start), key(edge.end_label, edge.end)
        drawn.add_edge(start, end, f"e{number}", type=edge.kind, **_values(edge.properties))
        counts["edges"][edge.kind] = counts["edges"].get(edge.kind, 0) + 1
    return (f"{line}\n" for line in nx.generate_graphml(drawn)), counts


def _values(properties: Mapping[str, object]) -> dict[str, Any]:
    return {name: _value(value) for name, value in properties.items() if value is not None}


def _value(value: object) -> object:
    if isinstance(value, list | tuple):
        return _value(json.dumps(value, ensure_ascii=False))
    return visible(value) if isinstance(value, str) else value
