"""Empty a graph of what this project wrote; constraints and indexes stay."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from graph import derive

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.session import Graph, Transaction


_BATCH = 1000


def reset(graph: Graph, on_batch: Callable[[int], None] = lambda _: None) -> int:
    """Delete every node that carries one of our labels, and return how many there were.

    `on_batch` is called after each transaction with how many nodes are gone.
    """
    gone = 0
    for label in derive.labels():
        while count := graph.write(partial(_delete_some, label=label)):
            gone += count
            on_batch(gone)
    return gone


def _delete_some(transaction: Transaction, label: str) -> int:
    statement = f"MATCH (n:{label}) WITH n LIMIT $most DETACH DELETE n RETURN count(*) AS gone"
    rows = transaction.run(statement, {"most": _BATCH})
    return int(str(rows[0]["gone"])) if rows else 0
