"""Check facts before they are written: no loose ends, every end of the declared kind, no cycles or self loops."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import networkx as nx

from graph.errors import CheckError
from graph.ontology import EDGE_KINDS, Edge, Facts

_AMONG_PEERS = ("COLLABORATES_WITH", "OPEN_TO")
"""What a role may have to itself, for it stands for all who hold it."""
_ACYCLIC = ("PROMOTES_FROM", "REPORTS_TO", "SUPERSEDES", "REPLACES", "SUCCEEDS")


def check(facts: Sequence[Facts]) -> None:
    """Raise `CheckError` with every problem of facts that are to stand together: reference data and documents."""
    known = {(node.label, node.id) for part in facts for node in part.nodes}
    edges = [edge for part in facts for edge in part.edges]
    problems = [*_loose(edges, known), *_wrong_kinds(edges), *_cycles(edges), *_closed_gates(facts)]
    if problems:
        raise CheckError(problems)


def _loose(edges: Iterable[Edge], known: set[tuple[str, str]]) -> Iterable[str]:
    for edge in edges:
        for end in (edge.start, edge.end):
            if (end.label, end.id) not in known:
                yield f"{_name(edge)}: found no {end.label} {end.id!r}; expected it among the nodes; declare it"


def _wrong_kinds(edges: Iterable[Edge]) -> Iterable[str]:
    for edge in edges:
        kind = EDGE_KINDS.get(edge.kind)
        if kind is None:
            yield f"{_name(edge)}: found an undeclared relationship; expected one of graph/ontology.py; declare it"
        elif edge.start.label not in kind.starts or edge.end.label not in kind.ends:
            ends = f"{'/'.join(kind.starts)} to {'/'.join(kind.ends)}"
            yield f"{_name(edge)}: found {edge.start.label} to {edge.end.label}; expected {ends}; mend the fact"
        elif kind.stated != (edge.statement is not None):
            yield f"{_name(edge)}: expected {'a' if kind.stated else 'no'} statement; mend the fact"
        if edge.start == edge.end and edge.kind not in _AMONG_PEERS:
            yield f"{_name(edge)}: found one node at both ends; expected two; mend the fact"


def _cycles(edges: Sequence[Edge]) -> Iterable[str]:
    for kind in _ACYCLIC:
        graph: nx.DiGraph[str] = nx.DiGraph((edge.start.id, edge.end.id) for edge in edges if edge.kind == kind)
        for cycle in sorted(nx.simple_cycles(graph)):
            yield f"{kind}: found the cycle {' -> '.join([*cycle, cycle[0]])}; expected none; mend one of its edges"


def _closed_gates(facts: Sequence[Facts]) -> Iterable[str]:
    """A gate without options, or an option without parts, would open or block in silence."""
    starts = {(edge.kind, edge.start.id) for part in facts for edge in part.edges}
    for part in facts:
        for node in part.nodes:
            below = {"Gate": "OPTION", "Option": "NEEDS"}.get(node.label)
            if below and (below, node.id) not in starts:
                yield f"{node.label} {node.id!r}: found no {below}; expected at least one; mend the fact"


def _name(edge: Edge) -> str:
    place = f" ({edge.statement.edition}, lines {edge.statement.lines})" if edge.statement else ""
    return f"{edge.kind} {edge.start.id!r} -> {edge.end.id!r}{place}"
