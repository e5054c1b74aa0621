"""Empty a graph of what this project wrote; constraints and indexes stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph import derive

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.session import Graph


_BATCH = 1000


def reset(graph: Graph, on_batch: Callable[[int], None] = lambda _: None) -> int:
    """Delete every node that carries one of our labels, in bounded transactions, and return how many there were.

    Args:
        graph: Opened for writing.
        on_batch: Called after each transaction with how many nodes are gone.
    """
    gone = 0
    for label in derive.labels():
        while count := _some(graph, label):
            gone += count
            on_batch(gone)
    return gone


def _some(graph: Graph, label: str) -> int:
    statement = f"MATCH (n:{label}) WITH n LIMIT $most DETACH DELETE n RETURN count(*) AS gone"
    rows = graph.write(lambda transaction: transaction.run(statement, {"most": _BATCH}))
    return int(str(rows[0]["gone"])) if rows else 0
