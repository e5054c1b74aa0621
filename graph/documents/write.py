"""Write one document's facts: read back, compare, write what differs, all in one transaction.

The engines call an equal value "set", so every count comes from the comparison, and the rows that
stand in the database afterwards are compared with the rows sent.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar

from graph import derive
from graph.days import FIRST_DAY, LAST_DAY
from graph.documents.stored import edges_of, read_nodes
from graph.errors import CheckError, WriteError
from graph.ids import fingerprint
from graph.nodes import Line, Model, Named, Node, Profile
from graph.ontology import EDGE_KINDS, NODE_KINDS, Edge
from graph.text.captions import circle_caption

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from graph.session import Graph, Transaction


Row = dict[str, object]

BATCH = 1000
_DIGITS = 16
_LOCK = "MERGE (n:Lease {id: 'documents'}) SET n.asked = timestamp() RETURN count(*) AS rows"
_UNLOCK = "MATCH (n:Lease {id: 'documents'}) DELETE n RETURN count(*) AS rows"
_SET_PROFILE = "MATCH (p:Profile {id: $edition}) SET p.valid_from = $valid_from, p.valid_to = $valid_to RETURN 1 AS n"
ALWAYS: Row = {"valid_from": FIRST_DAY, "valid_to": LAST_DAY, "current": True}
"""The validity of an edge that has no days."""
_VALIDITY = ("valid_from", "valid_to", "current", "standing")
_OWNED = frozenset(kind.label for kind in NODE_KINDS if kind.owned)
_BASE = frozenset(derive.document_labels())

K = TypeVar("K")
T = TypeVar("T")
NodeKey = tuple[str, str]
"""Label and id."""
EdgeKey = tuple[str, str, str, str, str, str]
"""Kind, start label and id, end label and id, instance."""


class Tally(Model):
    """How many nodes and edges."""

    nodes: int = 0
    edges: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(nodes=self.nodes + other.nodes, edges=self.edges + other.edges)


class Counts(Model):
    """What a load did to the graph."""

    created: Tally = Tally()
    changed: Tally = Tally()
    removed: Tally = Tally()
    closed: Tally = Tally()
    untouched: Tally = Tally()

    def __add__(self, other: Counts) -> Counts:
        return Counts(**{name: getattr(self, name) + getattr(other, name) for name in Counts.model_fields})

    @classmethod
    def of(cls, part: Literal["nodes", "edges"], wanted: int, **done: int) -> Counts:
        """Return what was done to nodes or edges of which so many are wanted; all others are untouched.

        >>> Counts.of("edges", 3, created=1, removed=2).untouched
        Tally(nodes=0, edges=2)
        """
        done["untouched"] = wanted - done.get("created", 0) - done.get("changed", 0)
        return cls.model_validate({name: {part: number} for name, number in done.items()})


@dataclass(frozen=True)
class _StatedRows:
    """What a document states: rows by key, and the class of each node."""

    nodes: dict[NodeKey, Row]
    kinds: dict[NodeKey, type[Node]]
    edges: dict[EdgeKey, Row]


@dataclass(frozen=True)
class _Difference:
    """What has to happen so that the graph says what the document says."""

    new_nodes: list[NodeKey]
    changed_nodes: list[NodeKey]
    new_edges: list[EdgeKey]
    changed_edges: list[EdgeKey]
    gone_edges: list[EdgeKey]
    gone_nodes: list[NodeKey]
    doubled: Counter[str]


def prepare(graph: Graph) -> None:
    """Make the constraints and indexes that are not there yet."""
    there = {str(row["name"]) for show in ("CONSTRAINTS", "INDEXES") for row in graph.read(f"SHOW {show}", {})}
    statements = {**derive.constraints(), **derive.indexes(of_facts=graph.on_server)}
    missing = [statement for name, statement in statements.items() if name not in there]
    if missing:
        graph.schema(missing)
    for label, name in derive.FULLTEXT:
        if derive.fulltext_name(label, name) not in there:
            graph.fulltext(label, name)


def write(
    graph: Graph,
    name: str,
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    *,
    edition: str,
    dry_run: bool = False,
    before: Callable[[Transaction], bool] = lambda _: True,
    after: Callable[[Transaction], Counts] = lambda _: Counts(),
) -> Counts:
    """Make the graph say of one edition what its document says, in one transaction.

    Args:
        graph: opened for writing, unless this is a dry run; `prepare` has been called on it.
        name: names the document in errors.
        nodes: all nodes that the edges speak of, unless they stand in the graph already.
        edges: all edges of the edition; what is stored for it and not among them is removed.
        edition: the id that all these edges carry.
        dry_run: compare and count only.
        before: says in the same transaction, at its beginning, whether the document is to be written at all.
        after: carried out in the same transaction, at its end; what it returns is added.

    Raises CheckError where two of the nodes or edges contradict each other, and WriteError where fewer
    rows stand in the database than were sent; nothing is kept then.
    """
    wanted = _stated_rows(nodes, edges, edition)

    def work(transaction: Transaction) -> Counts:
        if not before(transaction):
            return Counts()
        difference = _compare(transaction, wanted, edition)
        more = Counts(removed=Tally(edges=sum(difference.doubled.values())))
        if not dry_run:
            _delete_doubles(transaction, difference, edition)
            _carry_out(transaction, name, wanted, difference, edition)
            more += after(transaction)
        return _counts(wanted, difference) + more

    return graph.reading(work) if dry_run else graph.write(locked(work))


def locked(work: Callable[[Transaction], T]) -> Callable[[Transaction], T]:
    """Return a unit of work that begins when no other load of documents is under way in a transaction.

    What it reads is then what stands when it writes, on a server with several loads at once too. Other loads of the
    embedded graph are kept out by a lock on a file.
    """

    def wait_and_work(transaction: Transaction) -> T:
        if not transaction.on_server:
            return work(transaction)
        transaction.run(_LOCK)
        result = work(transaction)
        transaction.run(_UNLOCK)  # never seen by others; its lock is held until the end of the transaction
        return result

    return wait_and_work


def set_validity(
    transaction: Transaction,
    edition: str,
    valid_from: str,
    valid_to: str,
    *,
    begun: bool = True,
    current: bool,
) -> int:
    """Write the validity of an edition to its profile and stated edges; return how many stated ones that changed.

    What it says in passing of other roles (`aside`) has begun, or not, but does not end.
    """
    values: Row = {
        "edition": edition,
        "valid_from": valid_from,
        "valid_to": valid_to,
        "begun": begun,
        "current": current,
    }
    transaction.run(_SET_PROFILE, values)
    outdated = [row for row in edges_of(transaction, edition) if _outdated(row, values)]
    if not transaction.on_server:
        kinds = sorted({str(row["kind"]) for row in outdated})
        changed = [row for kind in kinds for row in transaction.run(derive.set_validity(kind), values)]
    else:
        elements = {"elements": [row["element"] for row in outdated]}
        changed = transaction.run(derive.set_validity_of_elements(), values | elements)
    return sum(int(str(row["rows"])) for row in changed if EDGE_KINDS[str(row["kind"])].stated)


def _outdated(edge: Row, values: Row) -> bool:
    to, current = (LAST_DAY, values["begun"]) if edge["aside"] else (values["valid_to"], values["current"])
    state = None if current else f"ended {to}" if values["begun"] else f"begins {values['valid_from']}"
    return tuple(edge[name] for name in _VALIDITY) != (values["valid_from"], to, current, state)


def _stated_rows(nodes: Sequence[Node], edges: Sequence[Edge], edition: str) -> _StatedRows:
    problems: list[str] = []
    rows: dict[NodeKey, Row] = {}
    kinds: dict[NodeKey, type[Node]] = {}
    for node in nodes:
        key, row = (node.label, node.id), node_row(node)
        if rows.setdefault(key, row)["digest"] != row["digest"] or kinds.setdefault(key, type(node)) is not type(node):
            problems.append(f"two nodes have the id {node.id!r} of {node.label} and differ; give each an id of its own")
    stated: dict[EdgeKey, Row] = {}
    for edge in edges:
        place, row = _edge_key(edge), _edge_row(edge, edition)
        if row["edition"] != edition:
            problems.append(f"an edge {place} is of edition {row['edition']!r}; expected {edition!r}")
        if stated.setdefault(place, row)["digest"] != row["digest"]:
            problems.append(f"two edges {place} of {edition!r} differ; give each an instance of its own")
    if problems:
        raise CheckError(problems)
    return _StatedRows(rows, kinds, stated)


def node_row(node: Node) -> Row:
    """Return a node as it is stored, with its caption and the digest by which a change is known."""
    drawn = {"circle": circle_caption(node.name)} if isinstance(node, (Named, Line)) else {}
    return _with_digest({**node.__dict__, **drawn}, _VALIDITY if isinstance(node, Profile) else ())


def _edge_key(edge: Edge) -> EdgeKey:
    instance = edge.statement.instance if edge.statement else "-"
    return (edge.kind, edge.start.label, edge.start.id, edge.end.label, edge.end.id, instance)


def _edge_row(edge: Edge, edition: str) -> Row:
    statement = edge.statement.__dict__ if edge.statement else {"edition": edition, "instance": "-", **ALWAYS}
    return _with_digest({**statement, **edge.properties.__dict__})


def _with_digest(values: Mapping[str, object], decided: Collection[str] = _VALIDITY) -> Row:
    """Add the fingerprint of what a document says, which does not include how long that counts: its series decides."""
    row = {name: value for name, value in values.items() if value is not None}
    stated = {name: value for name, value in row.items() if name not in decided}
    return {**row, "digest": fingerprint(json.dumps(stated, sort_keys=True), _DIGITS)}


def _compare(transaction: Transaction, wanted: _StatedRows, edition: str) -> _Difference:
    stored_nodes = _stored_nodes(transaction, wanted)
    # an edition whose profile is not there yet has no edges either: both are written in one transaction
    new = (Profile.label, edition) in wanted.nodes and (Profile.label, edition) not in stored_nodes
    stored_edges, doubled = ({}, Counter[str]()) if new else _stored_edges(transaction, edition)
    gone = [key for key in stored_edges if key not in wanted.edges]
    return _Difference(
        *_new_and_changed(wanted.nodes, stored_nodes),
        *_new_and_changed(wanted.edges, stored_edges),
        gone_edges=gone,
        gone_nodes=_gone_nodes(transaction, wanted, gone, edition),
        doubled=doubled,
    )


def _new_and_changed(wanted: Mapping[K, Row], stored: Mapping[K, object]) -> tuple[list[K], list[K]]:
    changed = [key for key, row in wanted.items() if stored.get(key, row["digest"]) != row["digest"]]
    return [key for key in wanted if key not in stored], changed


def _stored_nodes(transaction: Transaction, wanted: _StatedRows) -> dict[NodeKey, object]:
    digests: dict[NodeKey, object] = {}
    problems = []
    for row in read_nodes(transaction, wanted.nodes):
        key = (str(row["label"]), str(row["id"]))
        digests[key] = row["digest"]
        if set(row["labels"]) != set(wanted.kinds[key].labels()):  # type: ignore[call-overload]
            problems.append(f"{key[1]!r} is stored as {row['labels']}, and stated as {wanted.kinds[key].labels()}")
    if problems:
        raise CheckError(problems)
    return digests


def _stored_edges(transaction: Transaction, edition: str) -> tuple[dict[EdgeKey, object], Counter[str]]:
    """Return the digests of the stored edges, and how many of each kind are there once more.

    Loads that did not know of each other could once write an edge twice. One is left; it has no digest here, so that
    it is written anew.
    """
    edges: dict[EdgeKey, object] = {}
    doubled: Counter[str] = Counter()
    for row in edges_of(transaction, edition):
        ends = _base(row["start_labels"]), str(row["start"]), _base(row["end_labels"]), str(row["end"])
        key = (str(row["kind"]), *ends, str(row["instance"]))
        doubled[key[0]] += key in edges
        edges[key] = None if key in edges else row["digest"]
    return edges, +doubled


def _base(labels: object) -> str:
    """Return the label that a node is unique in."""
    return next(label for label in labels if label in _BASE)  # type: ignore[attr-defined, no-any-return]


def _gone_nodes(transaction: Transaction, wanted: _StatedRows, gone: Iterable[EdgeKey], edition: str) -> list[NodeKey]:
    """Return the owned nodes at the ends of edges that are gone which no edge states any more."""
    kept = {end for key in wanted.edges for end in (key[1:3], key[3:5])} | set(wanted.nodes)
    touched = {end for key in gone for end in (key[1:3], key[3:5]) if end[0] in _OWNED} - kept
    nodes = []
    for label, keys in _grouped(sorted(touched), lambda key: key[0]).items():
        for batch in in_batches([key[1] for key in keys]):
            rows = transaction.run(derive.unstated_nodes(label), {"ids": batch, "edition": edition})
            nodes += [(label, str(row["id"])) for row in rows]
    return nodes


def _delete_doubles(transaction: Transaction, difference: _Difference, edition: str) -> None:
    for kind in sorted(difference.doubled):
        transaction.run(derive.delete_doubles(kind), {"edition": edition})


def _carry_out(transaction: Transaction, name: str, wanted: _StatedRows, todo: _Difference, edition: str) -> None:
    def send(statement: str, rows: Sequence[Row]) -> None:
        for batch in in_batches(rows):
            stored = _count(transaction.run(statement, {"rows": batch}))
            if stored != len(batch):
                raise WriteError(name, len(batch), stored)

    def node_rows(keys: Iterable[NodeKey]) -> list[Row]:
        return [{"id": key[1], "props": wanted.nodes[key]} for key in keys]

    for kind, keys in _grouped(todo.new_nodes, wanted.kinds.__getitem__).items():
        send(derive.create_nodes(kind), node_rows(keys))
    for label, keys in _grouped(todo.changed_nodes, lambda key: key[0]).items():
        send(derive.update_nodes(label), node_rows(keys))
    for statement, rows in _merges(transaction, wanted, [*todo.new_edges, *todo.changed_edges], edition):
        send(statement, rows)
    for ends, places in _grouped(todo.gone_edges, _ends).items():
        send(derive.delete_edges(*ends), [_edge_at(place, edition) for place in places])
    for label, keys in _grouped(todo.gone_nodes, lambda key: key[0]).items():
        send(derive.delete_nodes(label), [{"id": key[1]} for key in keys])


def _merges(
    transaction: Transaction, wanted: _StatedRows, places: Sequence[EdgeKey], edition: str
) -> Iterator[tuple[str, list[Row]]]:
    """Yield the statements that write edges, and the rows of each."""
    rows = {place: _edge_at(place, edition, wanted.edges[place]) for place in places}
    if not transaction.on_server:
        for ends, group in _grouped(rows, _ends).items():
            yield derive.merge_edges(*ends), [rows[place] for place in group]
    elif rows:
        both = {end for place in rows for end in (place[1:3], place[3:5])}
        elements = {(row["label"], row["id"]): row["element"] for row in read_nodes(transaction, both)}
        for kind, group in _grouped(rows, lambda place: place[0]).items():
            found = [{"start": elements.get(place[1:3]), "end": elements.get(place[3:5])} for place in group]
            yield derive.merge_edges_of_elements(kind), [rows[p] | ends for p, ends in zip(group, found, strict=True)]


def _ends(place: EdgeKey) -> tuple[str, str, str]:
    return (place[0], place[1], place[3])


def _edge_at(place: EdgeKey, edition: str, properties: Row | None = None) -> Row:
    row: Row = {"start": place[2], "end": place[4], "edition": edition, "instance": place[5]}
    return row if properties is None else {**row, "props": properties}


def _counts(wanted: _StatedRows, done: _Difference) -> Counts:
    nodes, edges = (
        {"created": len(new), "changed": len(changed), "removed": len(gone)}
        for new, changed, gone in (
            (done.new_nodes, done.changed_nodes, done.gone_nodes),
            (done.new_edges, done.changed_edges, done.gone_edges),
        )
    )
    return Counts.of("nodes", len(wanted.nodes), **nodes) + Counts.of("edges", len(wanted.edges), **edges)


def _count(rows: Sequence[Mapping[str, object]]) -> int:
    return int(str(rows[0]["rows"]))


def _grouped(items: Iterable[T], by: Callable[[T], K]) -> dict[K, list[T]]:
    groups: defaultdict[K, list[T]] = defaultdict(list)
    for item in items:
        groups[by(item)].append(item)
    return groups


def in_batches(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield rows, at most BATCH at a time."""
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
