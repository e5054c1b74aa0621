"""Relate requirements of one kind that read nearly the same; never merge them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph import derive
from graph.likeness import similar
from graph.write import Counts, Tally

if TYPE_CHECKING:
    from graph.session import Graph, Transaction

__all__ = ["relate"]

_EDITION = "likeness"
_KINDS = ("Experience", "Knowledge", "Skill")
_TEXTS = """MATCH (n:Requirement) WHERE n:Experience OR n:Knowledge OR n:Skill
RETURN n.id AS id, n.text AS text, labels(n) AS labels ORDER BY id"""
_FOUND = "MATCH (a:Requirement)-[e:SIMILAR_TO]->(b:Requirement) RETURN a.id AS a, b.id AS b, e.score AS score"
_BATCH = 1000

Pair = tuple[str, str, float]


def relate(graph: Graph) -> Counts:
    """Make SIMILAR_TO say what follows from the requirements that stand in the graph, all of them."""
    return graph.write(_relate)


def _relate(transaction: Transaction) -> Counts:
    kinds: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in transaction.run(_TEXTS):
        kind = next(label for label in _KINDS if label in row["labels"])  # type: ignore[operator]
        kinds[kind][str(row["id"])] = str(row["text"])
    wanted = {pair for texts in kinds.values() for pair in similar(texts)}
    found = {(str(row["a"]), str(row["b"]), float(str(row["score"]))) for row in transaction.run(_FOUND)}
    new, gone = sorted(wanted - found), sorted(found - wanted)
    _send(transaction, derive.delete_edges("SIMILAR_TO", "Requirement", "Requirement"), gone)
    _send(transaction, derive.merge_edges("SIMILAR_TO", "Requirement", "Requirement"), new)
    return Counts(
        created=Tally(edges=len(new)), removed=Tally(edges=len(gone)), untouched=Tally(edges=len(wanted & found))
    )


def _send(transaction: Transaction, statement: str, pairs: list[Pair]) -> None:
    place = {"edition": _EDITION, "key": "-"}
    rows = [{"start": a, "end": b, **place, "props": {**place, "score": score}} for a, b, score in pairs]
    for start in range(0, len(rows), _BATCH):
        transaction.run(statement, {"rows": rows[start : start + _BATCH]})
