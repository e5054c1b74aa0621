"""Write rows of staff files batch by batch: read back, compare, write what differs, each in one transaction.

The first batch that writes also says that a load is under way, so a load that was cut short is known
by it, and a load that finds nothing to do writes nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from graph.documents.write import Counts, Tally
from graph.errors import CheckError, WriteError
from graph.staff import cypher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from graph.nodes import Node
    from graph.session import Graph, Transaction
    from graph.staff.lease import Lease
    from graph.staff.sheet_rows import EdgeSheet, Row


BATCH = 2000
"""Rows a transaction; measured: 1,000 to 10,000 differ by a tenth."""

_STARTS = 1000


@dataclass(frozen=True)
class Target:
    """How rows of one kind are read and written; the first `identity` values of a row tell it from others."""

    name: str
    part: Literal["nodes", "edges"]
    identity: int
    read: str
    create: str
    alter: str
    delete: str = ""
    single: bool = False
    delete_ends: str = ""


@dataclass(frozen=True)
class Unsaid:
    """Which stored rows of the starts in hand the files say no longer: removed, or only counted.

    `among` makes of the rows that the files name what tells whether they say a stored one no longer.
    """

    among: Callable[[Mapping[Row, Row]], Callable[[Row], bool]]
    removed: bool


@dataclass(frozen=True)
class Rest:
    """What becomes of stored rows that the files do not name.

    `become` returns a stored row as it has to be, or None where it stays; `ids` asks which starts may have such rows.
    """

    become: Callable[[Row], Row | None]
    counted: Literal["changed", "closed"]
    ids: str
    parameters: Mapping[str, object]


@dataclass
class Change:
    """What has to be sent, statement by statement, how it counts, and how many rows stay that are unsaid."""

    counts: Counts
    unsaid: int = 0
    sent: list[tuple[str, Sequence[object]]] = field(default_factory=list)

    def send(self, statement: str, rows: Sequence[object]) -> None:
        """Add rows for a statement, if there are any."""
        if rows:
            self.sent.append((statement, rows))


def node_target(kind: type[Node]) -> Target:
    """Return how nodes of one kind are written."""
    names = cypher.columns(kind)
    return Target(
        kind.label,
        "nodes",
        1,
        cypher.read_nodes(kind.label, names),
        cypher.create_nodes(kind),
        cypher.set_nodes(kind.label, names[1:]),
    )


def edge_target(sheet: EdgeSheet) -> Target:
    """Return how the edges of one sheet are written."""
    ends = (sheet.kind, sheet.start, sheet.end)
    return Target(
        sheet.kind,
        "edges",
        3,
        cypher.read_edges(*ends),
        cypher.create_edges(*ends),
        cypher.set_edges(*ends),
        cypher.delete_edges(*ends),
        single=sheet.single,
        delete_ends=cypher.delete_ends(sheet.end) if sheet.ends_go else "",
    )


def batches(rows: Iterable[Row], size: int = BATCH) -> Iterator[list[Row]]:
    """Yield rows in lists of about one size; rows in a row with one first value stay together."""
    batch: list[Row] = []
    for row in rows:
        if len(batch) >= size and row[0] != batch[-1][0]:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


class Writer:
    """Carries out the batches of one load, and adds up what they did; without a lease it only compares.

    A graph that is `fresh` holds nothing of staff: then nothing is read back, unless a transaction is repeated.
    """

    def __init__(self, graph: Graph, marker: Mapping[str, object], *, fresh: bool, lease: Lease | None) -> None:
        self.graph = graph
        self.counts = Counts()
        self.marked = False
        self.unsaid = 0
        self._marker = {"props": {**marker, "state": "loading"}}
        self._fresh, self._lease = fresh, lease

    def rows(
        self,
        target: Target,
        ids: Sequence[object],
        rows: Iterable[Row],
        rest: Rest | None = None,
        unsaid: Unsaid | None = None,
    ) -> None:
        """Make the graph hold these rows of the nodes or starts in `ids`. Raises CheckError for two of one key."""
        wanted = _by_key(target, rows)

        def compare(transaction: Transaction, *, repeated: bool) -> Change:
            found = transaction.run(target.read, {"ids": list(ids)}) if repeated or not self._fresh else []
            return _change(target, wanted, _stored(target, found), rest, unsaid)

        self.carry_out(target.name, compare)

    def rest(self, target: Target, seen: set[object], rest: Rest) -> None:
        """Do with stored rows of all starts that were not seen in the files what `rest` says."""
        [found] = self.graph.read(rest.ids, rest.parameters)
        left: list[object] = sorted(set(found["ids"]) - seen)  # type: ignore[call-overload]
        for start in range(0, len(left), _STARTS):
            self.rows(target, left[start : start + _STARTS], (), rest)

    def carry_out(self, name: str, compare: Callable[..., Change]) -> None:
        """Compare and write in one transaction, which may be repeated and holds the lease."""
        tries = 0
        change = Change(Counts())

        def work(transaction: Transaction) -> None:
            nonlocal tries, change
            tries += 1
            change = compare(transaction, repeated=tries > 1)
            if change.sent and self._lease:
                self._write(transaction, name, change)

        if self._lease:
            self._lease.write(work)
            self.marked = self.marked or bool(change.sent)
        else:
            self.graph.reading(work)
        self.counts += change.counts
        self.unsaid += change.unsaid

    def _write(self, transaction: Transaction, name: str, change: Change) -> None:
        if not self.marked:
            transaction.run(cypher.MARKER, self._marker)
        for statement, rows in change.sent:
            found = int(str(transaction.run(statement, {"rows": rows})[0]["rows"]))
            if found != len(rows):
                raise WriteError(f"staff files, {name}", len(rows), found)


def _by_key(target: Target, rows: Iterable[Row]) -> dict[Row, Row]:
    found: dict[Row, Row] = {}
    for row in rows:
        key = row[: target.identity]
        if key in found:
            raise CheckError(
                [f"{target.name}: found two rows of one key; expected one; remove one of the two from the staff files"]
            )
        found[key] = row[target.identity :]
    return found


def _stored(target: Target, found: Sequence[Mapping[str, object]]) -> dict[Row, Row]:
    rows: Iterable[Sequence[object]] = found[0]["found"] if found else ()  # type: ignore[assignment]
    return {tuple(row[: target.identity]): tuple(row[target.identity :]) for row in rows}


def _change(
    target: Target,
    wanted: Mapping[Row, Row],
    stored: Mapping[Row, Row],
    rest: Rest | None,
    unsaid: Unsaid | None,
) -> Change:
    new = [(*key, *said) for key, said in wanted.items() if key not in stored]
    other = [(*key, *said) for key, said in wanted.items() if stored.get(key, said) != said]
    left = [key for key in stored if key not in wanted]
    lost = _lost(left, wanted, stored, unsaid)
    removed = lost if unsaid and unsaid.removed else {}
    ended = [row for key in left if rest and key not in removed and (row := rest.become((*key, *stored[key])))]
    gone = left if target.single else []
    replaced = _replaced(new, gone)
    counts = {
        "created": len(new) - replaced,
        "changed": len(other) + len(gone),
        "untouched": len(wanted) - len(new) - len(other),
    }
    if rest:
        counts[rest.counted] = counts.get(rest.counted, 0) + len(ended)
    change = Change(Counts.model_validate({name: {target.part: count} for name, count in counts.items()}))
    change.unsaid = len(lost) - len(removed)
    change.counts += Counts(removed=Tally(edges=len(removed), nodes=len(removed) if target.delete_ends else 0))
    change.send(target.delete, [*gone, *removed])
    change.send(target.delete_ends, list(removed) if target.delete_ends else [])
    change.send(target.create, new)
    change.send(target.alter, [*other, *ended])
    return change


def _lost(
    left: Iterable[Row], wanted: Mapping[Row, Row], stored: Mapping[Row, Row], unsaid: Unsaid | None
) -> dict[Row, None]:
    """Return the keys, of those that the files do not name, that they say no longer."""
    if unsaid is None:
        return {}
    told = unsaid.among(wanted)
    return {key: None for key in left if told((*key, *stored[key]))}


def _replaced(new: Iterable[Row], gone: Iterable[Row]) -> int:
    """Return how many new edges stand in the place of one that is gone: that is one change, not two."""
    places = Counter(key[0] for key in gone)
    return sum(min(count, places[start]) for start, count in Counter(row[0] for row in new).items())
