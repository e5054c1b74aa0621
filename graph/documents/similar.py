"""Relate requirements of one kind that read nearly the same; never merge them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph.documents.derived_edges import settle
from graph.documents.write import Counts
from graph.ontology import Likeness
from graph.text.likeness import similar

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.session import Transaction


_KINDS = ("Experience", "Knowledge", "Skill")
_TEXTS = """MATCH (n:Requirement) WHERE n:Experience OR n:Knowledge OR n:Skill
RETURN n.id AS id, n.text AS text, labels(n) AS labels ORDER BY id"""


def relate(write: Callable[[Callable[[Transaction], Counts]], Counts]) -> Counts:
    """Make SIMILAR_TO say what follows from the requirements that stand in the graph, all of them."""
    return write(_relate)


def _relate(transaction: Transaction) -> Counts:
    kinds: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in transaction.run(_TEXTS):
        kind = next(label for label in _KINDS if label in row["labels"])  # type: ignore[operator]
        kinds[kind][str(row["id"])] = str(row["text"])
    wanted = {(one, other): Likeness(score=score) for texts in kinds.values() for one, other, score in similar(texts)}
    return settle(transaction, "SIMILAR_TO", "Requirement", wanted)
