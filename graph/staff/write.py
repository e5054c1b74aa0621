"""Write rows of staff files batch by batch: read back, compare, write what differs, each in one transaction.

The first batch that writes also says that a load is under way, so a load that was cut short is known
by it, and a load that finds nothing to do writes nothing.
"""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeVar

from graph import derive
from graph.documents.write import Counts, Tally, node_row
from graph.errors import CheckError, WriteError
from graph.nodes import Course, Node
from graph.ontology import node_kind
from graph.staff import cypher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from graph.rows import Row
    from graph.session import Graph, Transaction
    from graph.staff.lease import Lease
    from graph.staff.sheet_rows import EdgeSheet, Values


T = TypeVar("T")

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
    delete_doubles: str = ""
    single: bool = False
    delete_ends: str = ""


@dataclass(frozen=True)
class MissingRows:
    """Which stored rows of people, posts and courses in an export are no longer in it: removed, or only counted.

    `find` takes the rows of the export by key, and returns what tells whether a stored row is missing from them;
    `removed` tells whether one that is missing is removed, none where all are only counted.
    """

    find: Callable[[Mapping[Values, Values]], Callable[[Values], bool]]
    removed: Callable[[Values], bool] | None


@dataclass(frozen=True)
class UnseenRows:
    """What becomes of stored rows that an export does not name at all.

    `become` returns a stored row as it has to be, or None where it stays; `ids` asks which starts may have such rows.
    """

    become: Callable[[Values], Values | None]
    counted: Literal["changed", "closed"]
    ids: str
    parameters: Mapping[str, object]


@dataclass
class Change:
    """What has to be sent, statement by statement, how it counts, how many missing rows stay, and doubled ones went."""

    counts: Counts
    missing: int = 0
    extra: int = 0
    sent: list[tuple[str, Sequence[object], int]] = field(default_factory=list)

    def send(self, statement: str, rows: Sequence[object]) -> None:
        """Add rows for a statement, if there are any."""
        if rows:
            self.sent.append((statement, rows, len(rows)))

    def send_by_end(self, statement: str, edges: Sequence[Values]) -> None:
        """Add edges for a statement that takes them by the node they end at, if there are any."""
        ends: dict[object, list[Values]] = {}
        for edge in edges:
            ends.setdefault(edge[1], []).append(edge)
        if ends:
            self.sent.append((statement, [*ends.items()], len(edges)))


def node_target(kind: type[Node]) -> Target:
    """Return how nodes of one kind are written."""
    label, names = kind.label, cypher.columns(kind)
    statements = cypher.read_nodes(label, names), cypher.create_nodes(kind), cypher.set_nodes(label, names[1:])
    return Target(label, "nodes", 1, *statements)


def edge_target(sheet: EdgeSheet) -> Target:
    """Return how the edges of one sheet are written."""
    ends = (sheet.kind, sheet.start, sheet.end)
    makers = (cypher.read_edges, cypher.create_edges, cypher.set_edges, cypher.delete_edges, cypher.delete_doubles)
    read, create, alter, delete, doubles = (make(*ends) for make in makers)
    gone = cypher.delete_ends(sheet.end) if sheet.ends_go else ""
    return Target(sheet.kind, "edges", 3, read, create, alter, delete, doubles, single=sheet.single, delete_ends=gone)


def batches(rows: Iterable[Row], column: str, size: int = BATCH) -> Iterator[list[Row]]:
    """Yield rows in lists of about one size; rows in a row with one value in a column stay together."""
    batch: list[Row] = []
    for row in rows:
        if len(batch) >= size and row[column] != batch[-1][column]:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def ahead(items: Iterator[T]) -> Iterator[T]:
    """Yield items, none of which is None, and make the next in a thread while one is worked on.

    While the engine writes one batch, Python has time to make the next.

    >>> list(ahead(iter("abc")))
    ['a', 'b', 'c']
    """
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = thread.submit(next, items, None)
            yield item


class Writer:
    """Carries out the batches of one load, and adds up what they did; without a lease it only compares.

    A graph that is `fresh` holds nothing of staff: then nothing is read back, unless a transaction is repeated.
    """

    def __init__(self, graph: Graph, marker: Mapping[str, object], *, fresh: bool, lease: Lease | None) -> None:
        self.graph = graph
        self.counts = Counts()
        self.marked = False
        self.missing = 0
        self._marker = {"props": {**marker, "state": "loading"}}
        self._fresh, self._lease = fresh, lease

    def write_rows(
        self,
        target: Target,
        ids: Sequence[object],
        rows: Iterable[Values],
        unseen: UnseenRows | None = None,
        missing: MissingRows | None = None,
    ) -> None:
        """Make the graph hold these rows of the nodes or starts in `ids`. Raises CheckError for two of one key."""
        wanted = _by_key(target, rows)

        def compare(transaction: Transaction, *, repeated: bool) -> Change:
            stored, extra = self._stored(transaction, target, ids) if repeated or not self._fresh else ({}, 0)
            change = _change(target, wanted, stored, unseen, missing)
            change.counts, change.extra = change.counts + Counts(removed=Tally(edges=extra)), extra
            return change

        self.carry_out(target.name, compare)

    def _stored(
        self, transaction: Transaction, target: Target, ids: Sequence[object]
    ) -> tuple[dict[Values, Values], int]:
        """Return the stored rows of some nodes or starts by key, and how many edges were there again.

        Loads that did not know of each other could once write an edge twice; one of them is left.
        """
        parameters = {"ids": list(ids)}
        stored, count = _by_identity(target, transaction.run(target.read, parameters))
        extra = count - len(stored)
        if extra and self._lease:
            self._mark(transaction)
            transaction.run(target.delete_doubles, parameters)
            stored, _ = _by_identity(target, transaction.run(target.read, parameters))
        return stored, extra

    def write_unseen(
        self, target: Target, seen: set[object], unseen: UnseenRows, missing: MissingRows | None = None
    ) -> None:
        """Write what becomes of the stored rows of starts that were not seen in the files."""
        [result] = self.graph.read(unseen.ids, unseen.parameters)
        left: list[object] = sorted(set(result["ids"]) - seen)  # type: ignore[call-overload]
        for start in range(0, len(left), _STARTS):
            self.write_rows(target, left[start : start + _STARTS], (), unseen, missing)

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
            self.marked = self.marked or bool(change.sent or change.extra)
        else:
            self.graph.reading(work)
        self.counts += change.counts
        self.missing += change.missing

    def _write(self, transaction: Transaction, name: str, change: Change) -> None:
        self._mark(transaction)
        for statement, rows, number in change.sent:
            stored = int(str(transaction.run(statement, {"rows": rows})[0]["rows"]))
            if stored != number:
                raise WriteError(f"staff files, {name}", number, stored)

    def _mark(self, transaction: Transaction) -> None:
        """Write once that a load is under way."""
        if not self.marked:
            transaction.run(cypher.MARKER, self._marker)


def _by_key(target: Target, rows: Iterable[Values]) -> dict[Values, Values]:
    by_key: dict[Values, Values] = {}
    for row in rows:
        key = row[: target.identity]
        if key in by_key:
            raise CheckError(
                [f"{target.name}: found two rows of one key; expected one; remove one of the two from the staff files"]
            )
        by_key[key] = row[target.identity :]
    return by_key


def _by_identity(target: Target, result: Sequence[Mapping[str, object]]) -> tuple[dict[Values, Values], int]:
    """Return stored rows by their key, and how many rows there are."""
    rows: Sequence[Sequence[object]] = result[0]["stored"] if result else ()  # type: ignore[assignment]
    return {tuple(row[: target.identity]): tuple(row[target.identity :]) for row in rows}, len(rows)


def _change(
    target: Target,
    wanted: Mapping[Values, Values],
    stored: Mapping[Values, Values],
    unseen: UnseenRows | None,
    missing: MissingRows | None,
) -> Change:
    new = [(*key, *values) for key, values in wanted.items() if key not in stored]
    other = [(*key, *values) for key, values in wanted.items() if stored.get(key, values) != values]
    left = [key for key in stored if key not in wanted]
    is_missing = missing.find(wanted) if missing else lambda _row: False
    lost = dict.fromkeys(key for key in left if is_missing((*key, *stored[key])))
    goes = missing.removed if missing and missing.removed else lambda _row: False
    removed = dict.fromkeys(key for key in lost if goes((*key, *stored[key])))
    ended = [row for key in left if unseen and key not in removed and (row := unseen.become((*key, *stored[key])))]
    gone = left if target.single else []
    replaced = _replaced(new, gone)
    counts = {
        "created": len(new) - replaced,
        "changed": len(other) + len(gone),
        "untouched": len(wanted) - len(new) - len(other),
    }
    if unseen:
        counts[unseen.counted] = counts.get(unseen.counted, 0) + len(ended)
    change = Change(Counts.model_validate({name: {target.part: count} for name, count in counts.items()}))
    change.missing = len(lost) - len(removed)
    change.counts += Counts(removed=Tally(edges=len(removed), nodes=len(removed) if target.delete_ends else 0))
    change.send(target.delete, [*gone, *removed])
    change.send(target.delete_ends, list(removed) if target.delete_ends else [])
    (change.send_by_end if target.part == "edges" else change.send)(target.create, new)
    change.send(target.alter, [*other, *ended])
    return change


def _replaced(new: Iterable[Values], gone: Iterable[Values]) -> int:
    """Return how many new edges stand in the place of one that is gone: that is one change, not two."""
    places = Counter(key[0] for key in gone)
    return sum(min(count, places[start]) for start, count in Counter(row[0] for row in new).items())


_OF_REQUIREMENTS = ("declared", "valid_months", "max_level")
_OF_COURSES = ("declared", "course_id", "cost", "days", "seats", "provider")
_ALL = tuple(dict.fromkeys((*_OF_REQUIREMENTS, *_OF_COURSES)))
_READ = cypher.read_nodes(Course.label, ("id", *_ALL))


@dataclass
class ListedRequirement:
    """A requirement or course that the files list: kind and name where it is new, and the properties they give it."""

    kind: str
    name: str
    values: dict[str, object] = field(default_factory=dict)

    def names(self) -> tuple[str, ...]:
        """Return the properties that the files give, in one order."""
        return tuple(name for name in _ALL if name in self.values)

    def node(self, id: str) -> Node:  # noqa: A002 -- the key's own name
        """Return the node to be made; pydantic evens out the kinds of number."""
        properties = {name: value for name, value in self.values.items() if value is not None}
        fields = {"id": id, "name": self.name, "text": self.name, "recorded": True, **properties}
        return node_kind(Course.label, self.kind).model_validate(fields)


def list_requirements(requirements: Iterable[Row], courses: Iterable[Row]) -> dict[str, ListedRequirement]:
    """Return what the two sheets list, by id; in both it is a course. Raises CheckError for one listed twice."""
    listed: dict[str, ListedRequirement] = {}
    for one, row in _once("requirements", requirements).items():
        listed[one] = ListedRequirement(str(row["kind"]), str(row["name"]), _values(row, _OF_REQUIREMENTS))
    for one, row in _once("courses", courses).items():
        course = listed.setdefault(one, ListedRequirement(Course.subtype, str(row["name"])))
        course.kind = Course.subtype
        course.values |= _values(row, _OF_COURSES)
    return listed


def _once(sheet: str, rows: Iterable[Row]) -> dict[str, Row]:
    by_id: dict[str, Row] = {}
    for row in rows:
        one = str(row["requirement"])
        if one in by_id:
            raise CheckError([f"{sheet}: found two rows of one key, {one}; expected one; give each a name of its own"])
        by_id[one] = row
    return by_id


def _values(row: Row, names: Iterable[str]) -> dict[str, object]:
    return {name: True if name == "declared" else row[name] for name in names}


def write_requirements(writer: Writer, listed: Mapping[str, ListedRequirement]) -> set[str]:
    """Make the graph hold what is listed; return the ids of known requirements that count for other months now."""
    changed: set[str] = set()
    ids = list(listed)
    for start in range(0, len(ids), BATCH):
        part = {one: listed[one] for one in ids[start : start + BATCH]}

        def compare(
            transaction: Transaction, *, repeated: bool, part: Mapping[str, ListedRequirement] = part
        ) -> Change:
            del repeated  # what documents stated is always read back
            [result] = transaction.run(_READ, {"ids": list(part)})
            rows: Iterable[Sequence[object]] = result["stored"]  # type: ignore[assignment]
            stored = {str(row[0]): dict(zip(_ALL, row[1:], strict=True)) for row in rows}
            changed.update(one for one, row in stored.items() if _other_months(part[one], row))
            return _requirements_change(part, stored)

        writer.carry_out("requirements", compare)
    return changed


def _other_months(one: ListedRequirement, stored: Mapping[str, object]) -> bool:
    return "valid_months" in one.values and one.values["valid_months"] != stored["valid_months"]


def _requirements_change(listed: Mapping[str, ListedRequirement], stored: Mapping[str, Mapping[str, object]]) -> Change:
    new = [one for one in listed if one not in stored]
    other = [one for one in listed if one in stored and any(stored[one][x] != y for x, y in listed[one].values.items())]
    change = Change(Counts.of("nodes", len(listed), created=len(new), changed=len(other)))
    for kind in sorted({listed[one].kind for one in new}):
        rows = [
            {"props": {**node_row(listed[one].node(one)), "digest": None}} for one in new if listed[one].kind == kind
        ]
        change.send(derive.create_nodes(node_kind(Course.label, kind)), rows)
    for names in sorted({listed[one].names() for one in other}):
        values = [[one, *(listed[one].values[name] for name in names)] for one in other if listed[one].names() == names]
        change.send(cypher.set_nodes(Course.label, names), values)
    return change
