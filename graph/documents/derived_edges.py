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
from graph.days import LAST_DAY
from graph.documents.write import Counts, in_batches
from graph.ontology import EDGE_KINDS, Likeness
from graph.rows import text_or_none
from graph.text.likeness import SAME

if TYPE_CHECKING:
    from graph.session import Transaction
    from graph.text.alignment import Pair


_EDITION = "likeness"
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
    valid_from: str | None
    valid_to: str | None
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
            text_or_none(duties[0]["valid_from"]),
            text_or_none(duties[0]["valid_to"]),
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
                _keep(likenesses, (one, other), Likeness(score=pair.score, change=pair.change))
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
                        if pair.score >= SAME:
                            _keep(likenesses, (above, below), Likeness(score=pair.score))
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
    return all(a.valid_from is None or a.valid_from < (b.valid_to or LAST_DAY) for a, b in ((one, other), (other, one)))


def _keep(best: Likenesses, ends: tuple[str, str], likeness: Likeness) -> None:
    """Add a likeness, or keep the better of two where several editions have the same duties."""
    if ends not in best or (best[ends].score, best[ends].change or "") < (likeness.score, likeness.change or ""):
        best[ends] = likeness


def sync_edges(transaction: Transaction, kind: str, wanted: Likenesses) -> Counts:
    """Make the edges of a kind, which joins nodes of one label to nodes of one, exactly those wanted."""
    [start], [end] = EDGE_KINDS[kind].starts, EDGE_KINDS[kind].ends
    stored = _stored(transaction, kind, start, end)
    new = [ends for ends in wanted if ends not in stored]
    other = [ends for ends in wanted if ends in stored and stored[ends] != wanted[ends]]
    gone = [ends for ends in stored if ends not in wanted]
    _send(transaction, derive.delete_edges(kind, start, end), [(ends, stored[ends]) for ends in sorted(gone)])
    _send(transaction, derive.merge_edges(kind, start, end), [(ends, wanted[ends]) for ends in sorted([*new, *other])])
    return Counts.of("edges", len(wanted), created=len(new), changed=len(other), removed=len(gone))


def _stored(transaction: Transaction, kind: str, start: str, end: str) -> dict[tuple[str, str], Likeness]:
    rows = transaction.run(
        f"MATCH (a:{start})-[e:{kind}]->(b:{end}) RETURN a.id AS a, b.id AS b, e.score AS score, e.change AS change"
    )
    return {
        (str(row["a"]), str(row["b"])): Likeness.model_validate({"score": row["score"], "change": row["change"]})
        for row in rows
    }


def _send(transaction: Transaction, statement: str, edges: Sequence[tuple[tuple[str, str], Likeness]]) -> None:
    place = {"edition": _EDITION, "instance": "-"}
    rows = [
        {"start": a, "end": b, **place, "props": {**place, **likeness.model_dump(exclude_none=True)}}
        for (a, b), likeness in edges
    ]
    for batch in in_batches(rows):
        transaction.run(statement, {"rows": batch})
