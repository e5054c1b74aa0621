"""Edges derived from what stands in the graph: how duties are restated, and which are alike.

RESTATES joins a duty to the same one in the edition before, and COUNTERPART_OF a duty to the like one of the rank next
below. Each load derives all of them anew, and writes what differs; so it does with themes (graph/documents/themes.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph import derive
from graph.days import standing, today
from graph.documents.write import Counts, in_batches
from graph.ontology import EDGE_KINDS, Likeness, Rewording
from graph.rows import Row
from graph.text.likeness import SAME

if TYPE_CHECKING:
    from graph.session import Transaction
    from graph.text.alignment import Pair


_EDITION = "likeness"
_UNSURE: Row = {}
"""What is stored of an edge that was there several times, so that it is written anew."""
_DUTIES = """MATCH (p:Profile)-[:DESCRIBES]->(role:Role)-[e:ACCOUNTABLE_FOR]->(duty:Accountability)
WHERE e.edition = p.id
RETURN p.id AS edition, role.id AS role, p.valid_from AS valid_from, p.valid_to AS valid_to,
  duty.id AS id, e.text AS text, e.lines AS lines
ORDER BY edition, toInteger(split(split(lines, ',')[0], '-')[0]), id"""
_FOLLOWS = """MATCH (new:Profile)-[:SUPERSEDES]->(old:Profile)
RETURN new.id AS upper, old.id AS lower ORDER BY upper, lower"""
_STEPS = """MATCH (upper:Role)-[:PROMOTES_FROM]->(lower:Role)
RETURN DISTINCT upper.id AS upper, lower.id AS lower ORDER BY upper, lower"""

Likenesses = dict[tuple[str, str], Likeness]
"""How alike two nodes are, by their ids."""


@dataclass(frozen=True)
class Duty:
    """A duty as one edition prints it."""

    id: str
    text: str


@dataclass(frozen=True)
class EditionDuties:
    """The duties of one edition, in the order of its lines, and the days it counts."""

    role: str
    valid_from: str
    valid_to: str
    duties: tuple[Duty, ...]


def relate_duties(transaction: Transaction) -> Counts:
    """Make RESTATES and COUNTERPART_OF join what is alike of all duties in the graph."""
    editions = _editions(transaction.run(_DUTIES))
    follows, steps = (
        [(str(row["upper"]), str(row["lower"])) for row in transaction.run(question)] for question in (_FOLLOWS, _STEPS)
    )
    total = sync_edges(transaction, "RESTATES", restatements(editions, follows))
    return total + sync_edges(transaction, "COUNTERPART_OF", counterparts(editions, steps))


def _editions(rows: Iterable[Mapping[str, object]]) -> dict[str, EditionDuties]:
    by_edition: defaultdict[str, list[Mapping[str, object]]] = defaultdict(list)
    for row in rows:
        by_edition[str(row["edition"])].append(row)
    return {
        name: EditionDuties(
            str(duties[0]["role"]),
            str(duties[0]["valid_from"]),
            str(duties[0]["valid_to"]),
            tuple(Duty(str(duty["id"]), str(duty["text"])) for duty in duties),
        )
        for name, duties in by_edition.items()
    }


def restatements(editions: Mapping[str, EditionDuties], follows: Sequence[tuple[str, str]]) -> Likenesses:
    """Return how duties restate those of the edition that theirs follows; a duty kept as it is has none.

    `follows` has pairs of ids: an edition, and one that it takes the place of.
    """
    likenesses: Likenesses = {}
    for new, old in follows:
        for one, other, pair in _aligned(editions.get(new), editions.get(old)):
            if one != other:
                from_day = editions[new].valid_from
                _keep(likenesses, (one, other), Rewording(score=pair.score, change=pair.change, valid_from=from_day))
    return likenesses


def counterparts(editions: Mapping[str, EditionDuties], steps: Sequence[tuple[str, str]]) -> Likenesses:
    """Return which duties are like one of the rank next below, where both editions count on some day.

    `steps` has pairs of ids: a rank, and one that it is promoted from.
    """
    by_role: defaultdict[str, list[EditionDuties]] = defaultdict(list)
    for _, edition in sorted(editions.items()):
        by_role[edition.role].append(edition)
    likenesses: Likenesses = {}
    for upper, lower in steps:
        for one in by_role[upper]:
            for other in by_role[lower]:
                if _overlap(one, other):
                    for above, below, pair in _aligned(one, other):
                        if pair.score < SAME:
                            continue
                        span = max(one.valid_from, other.valid_from), min(one.valid_to, other.valid_to)
                        likeness = Likeness(score=pair.score, valid_from=span[0], valid_to=span[1])
                        _keep(likenesses, (above, below), likeness)
    return likenesses


def _aligned(new: EditionDuties | None, old: EditionDuties | None) -> Iterator[tuple[str, str, Pair]]:
    """Yield the ids of paired duties, the new one first."""
    if new is None or old is None:
        return
    from graph.text.alignment import Text, align  # numpy and scipy, only where there is something to align

    texts = [[Text(duty.text, key=duty.id) for duty in edition.duties] for edition in (old, new)]
    for pair in align(*texts):
        yield new.duties[pair.new].id, old.duties[pair.old].id, pair


def _overlap(one: EditionDuties, other: EditionDuties) -> bool:
    return one.valid_from < other.valid_to and other.valid_from < one.valid_to


def _keep(best: Likenesses, ends: tuple[str, str], likeness: Likeness) -> None:
    """Add a likeness; of two where several editions have the same duties, keep the better, for all of their days."""
    other = best.get(ends, likeness)
    better = max(other, likeness, key=lambda one: (one.score, getattr(one, "change", "")))
    span = {
        "valid_from": min(other.valid_from, likeness.valid_from),
        "valid_to": max(other.valid_to, likeness.valid_to),
    }
    best[ends] = better.model_copy(update=span)


def sync_edges(transaction: Transaction, kind: str, wanted: Likenesses) -> Counts:
    """Make the edges of a kind, which joins nodes of one label to nodes of one, exactly those wanted.

    Those that hold today are marked.
    """
    [start], [end] = EDGE_KINDS[kind].starts, EDGE_KINDS[kind].ends
    day = today()
    states = {ends: standing(one.valid_from, one.valid_to, day) for ends, one in wanted.items()}
    rows = {
        ends: wanted[ends].model_copy(update={"current": state is None, "standing": state}).model_dump()
        for ends, state in states.items()
    }
    stored = _stored(transaction, kind, start, end)
    new = [ends for ends in rows if ends not in stored]
    other = [ends for ends in rows if ends in stored and stored[ends] != rows[ends]]
    gone = [ends for ends in stored if ends not in rows]
    _send(transaction, derive.delete_edges(kind, start, end), {ends: {} for ends in sorted(gone)})
    _send(transaction, derive.merge_edges(kind, start, end), {ends: rows[ends] for ends in sorted([*new, *other])})
    return Counts.of("edges", len(wanted), created=len(new), changed=len(other), removed=len(gone))


def _stored(transaction: Transaction, kind: str, start: str, end: str) -> dict[tuple[str, str], Row]:
    names = ", ".join(f"e.{name} AS {name}" for name in EDGE_KINDS[kind].properties.model_fields)
    rows = transaction.run(f"MATCH (a:{start})-[e:{kind}]->(b:{end}) RETURN a.id AS start, b.id AS end, {names}")
    stored: dict[tuple[str, str], Row] = {(str(row.pop("start")), str(row.pop("end"))): row for row in rows}
    if len(stored) < len(rows):
        transaction.run(derive.delete_doubles(kind), {"edition": _EDITION})
        return dict.fromkeys(stored, _UNSURE)
    return stored


def _send(transaction: Transaction, statement: str, edges: Mapping[tuple[str, str], Row]) -> None:
    place = {"edition": _EDITION, "instance": "-"}
    rows = [{"start": start, "end": end, **place, "props": {**place, **row}} for (start, end), row in edges.items()]
    for batch in in_batches(rows):
        transaction.run(statement, {"rows": batch})
