"""One load of staff at a time, on a server too: who loads holds a lease, and each transaction makes sure of it.

The lease is one node with its holder and the time at which it lapses, by the clock of the database. A load that
ends gives it back, one that was killed lets it lapse. On the embedded engine a lock on a file keeps others out, so
that a lease which is still there is that of a killed process.
"""

from __future__ import annotations

import contextlib
import os
import platform
import time
import uuid
from typing import TYPE_CHECKING, TypeVar

from graph.documents.load import bring_up_to_date
from graph.documents.write import prepare
from graph.engine.file_lock import QUIET_SECONDS
from graph.errors import BusyError, RankgraphError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.session import Graph, Transaction


T = TypeVar("T")

_LEASE_SECONDS = 60.0
_POLL_SECONDS = 0.5
_NODE = "(n:Lease {id: 'staff'})"
# what stands in the node is read after it was written to: before, nothing keeps another from changing it
_READ = "SET n.asked = timestamp() WITH count(*) AS locked MATCH (m:Lease {id: 'staff'}) "
_TAKE = (
    f"MERGE {_NODE} {_READ} WITH m, $alone OR m.owner IS NULL OR m.until < timestamp() AS free "
    "SET m.until = CASE WHEN free THEN timestamp() + $length ELSE m.until END, "
    "m.owner = CASE WHEN free THEN $owner ELSE m.owner END RETURN m.owner AS owner"
)
_RENEW = (
    f"MATCH {_NODE} {_READ} WITH m WHERE m.owner = $owner SET m.until = timestamp() + $length RETURN m.owner AS owner"
)
_HOLDER = f"MATCH {_NODE} RETURN n.owner AS owner"
_END = f"MATCH {_NODE} WHERE n.owner = $owner DELETE n"


@contextlib.contextmanager
def leased(graph: Graph) -> Iterator[Lease]:
    """Hold the lease for the length of a block, in a graph that is prepared. Raises BusyError or StoreError."""
    with graph.alone() as alone:
        prepare(graph)
        lease = Lease(graph)
        try:
            lease.take(alone=alone)
            bring_up_to_date(graph, lease.write)
            yield lease
        finally:
            with contextlib.suppress(RankgraphError):  # it lapses by itself
                lease.end()


class Lease:
    """The right of this process to load staff."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        owner = f"process {os.getpid()} on {platform.node() or 'an unnamed machine'} ({uuid.uuid4().hex[:8]})"
        self._mine = {"owner": owner, "length": round(_LEASE_SECONDS * 1000)}

    def take(self, *, alone: bool) -> None:
        """Take the lease as soon as nobody holds it; at once where this process is `alone`. Raises BusyError."""
        begun, quiet = time.monotonic(), True
        while (holder := self._ask(alone=alone)) != self._mine["owner"]:
            waited = time.monotonic() - begun
            if waited >= self._graph.wait:
                raise BusyError(
                    f"found a load of staff under way for {self._graph.wait:.0f} s, by {holder}; "
                    "expected one at a time; wait for it or end it, then run the same again",
                    address=self._graph.address,
                )
            if quiet and waited >= QUIET_SECONDS:
                quiet = False
                self._graph.notify(
                    f"waiting for another load of staff, by {holder}, at most {self._graph.wait:.0f} s; "
                    f"if that was killed, this one begins within {_LEASE_SECONDS:.0f} s"
                )
            time.sleep(_POLL_SECONDS)

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Carry out a unit of work in one transaction, which renews the lease. Raises BusyError where it is lost."""

        def renewed(transaction: Transaction) -> T:
            if not transaction.run(_RENEW, self._mine):
                raise self._lost(transaction)
            return work(transaction)

        return self._graph.write(renewed)

    def end(self) -> None:
        """Give the lease back, if it is still ours."""
        self._graph.write(lambda transaction: transaction.run(_END, self._mine))

    def _ask(self, *, alone: bool) -> object:
        """Take the lease if it is free, and return who holds it now; nobody where it was given back just then."""
        rows = self._graph.write(lambda transaction: transaction.run(_TAKE, {**self._mine, "alone": alone}))
        return rows[0]["owner"] if rows else None

    def _lost(self, transaction: Transaction) -> BusyError:
        holder = [row["owner"] for row in transaction.run(_HOLDER)]
        reason = f"another load, by {holder[0]}, took over" if holder else "the graph was emptied"
        return BusyError(
            f"found that {reason} while this load of staff was under way; expected one at a time; "
            "when nobody else loads or resets, run the same again",
            address=self._graph.address,
        )
