"""What a graph holds of an edition, as a load reads it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from graph import derive

if TYPE_CHECKING:
    from graph.session import Transaction

Row = dict[str, object]


def edges_of(transaction: Transaction, edition: str) -> list[Row]:
    """Return all edges of an edition: kind, ends with their labels, instance, digest, validity."""
    return transaction.run(derive.edges_of_edition(on_server=transaction.on_server), {"edition": edition})


def read_nodes(transaction: Transaction, keys: Collection[tuple[str, str]]) -> list[Row]:
    """Return those nodes of a label and an id that exist, with all their labels and digest."""
    ids = {label: [key[1] for key in keys if key[0] == label] for label in derive.document_labels()}
    return transaction.run(
        derive.read_nodes(on_server=transaction.on_server), {"ids": ids} if transaction.on_server else ids
    )
