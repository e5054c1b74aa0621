"""Make the edges that follow from what stands in the graph what they should be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from graph import derive
from graph.documents.write import Counts, Tally
from graph.ontology import Likeness

if TYPE_CHECKING:
    from graph.session import Transaction


_EDITION = "likeness"
_BATCH = 1000

Wanted = Mapping[tuple[str, str], Likeness]
"""What edges of one kind are to carry, by the ids of their ends."""


def settle(transaction: Transaction, kind: str, label: str, wanted: Wanted) -> Counts:
    """Make the edges of a kind between nodes of one label exactly those wanted."""
    found = _found(transaction, kind, label)
    new = {ends: likeness for ends, likeness in wanted.items() if ends not in found}
    other = {ends: likeness for ends, likeness in wanted.items() if ends in found and found[ends] != likeness}
    gone = [ends for ends in found if ends not in wanted]
    _send(transaction, derive.delete_edges(kind, label, label), [(ends, found[ends]) for ends in sorted(gone)])
    _send(transaction, derive.merge_edges(kind, label, label), sorted({**new, **other}.items(), key=lambda x: x[0]))
    return Counts(
        created=Tally(edges=len(new)),
        changed=Tally(edges=len(other)),
        removed=Tally(edges=len(gone)),
        untouched=Tally(edges=len(wanted) - len(new) - len(other)),
    )


def _found(transaction: Transaction, kind: str, label: str) -> dict[tuple[str, str], Likeness]:
    rows = transaction.run(
        f"MATCH (a:{label})-[e:{kind}]->(b:{label}) RETURN a.id AS a, b.id AS b, e.score AS score, e.change AS change"
    )
    return {
        (str(row["a"]), str(row["b"])): Likeness.model_validate({"score": row["score"], "change": row["change"]})
        for row in rows
    }


def _send(transaction: Transaction, statement: str, edges: Sequence[tuple[tuple[str, str], Likeness]]) -> None:
    place = {"edition": _EDITION, "key": "-"}
    rows = [
        {"start": a, "end": b, **place, "props": {**place, **likeness.model_dump(exclude_none=True)}}
        for (a, b), likeness in edges
    ]
    for start in range(0, len(rows), _BATCH):
        transaction.run(statement, {"rows": rows[start : start + _BATCH]})
