"""Relate duties: to the same duty in the edition before, and to the like duty of the rank next below."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.documents.derived_edges import settle
from graph.documents.write import Counts
from graph.ontology import Likeness

if TYPE_CHECKING:
    from graph.session import Graph, Transaction
    from graph.text.alignment import Pair


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


@dataclass(frozen=True)
class Duty:
    """A duty as one edition prints it."""

    id: str
    text: str


@dataclass(frozen=True)
class Edition:
    """The duties of one edition, in the order of its lines, and the days it counts."""

    role: str
    valid_from: str | None
    valid_to: str | None
    duties: tuple[Duty, ...]


def relate(graph: Graph) -> Counts:
    """Make RESTATES and COUNTERPART_OF say what follows from the duties that stand in the graph, all of them."""
    return graph.write(_relate)


def _relate(transaction: Transaction) -> Counts:
    editions = _editions(transaction.run(_DUTIES))
    follows = [(str(row["upper"]), str(row["lower"])) for row in transaction.run(_FOLLOWS)]
    steps = [(str(row["upper"]), str(row["lower"])) for row in transaction.run(_STEPS)]
    total = settle(transaction, "RESTATES", "Accountability", restatements(editions, follows))
    return total + settle(transaction, "COUNTERPART_OF", "Accountability", counterparts(editions, steps))


def _editions(rows: Iterable[Mapping[str, object]]) -> dict[str, Edition]:
    found: defaultdict[str, list[Mapping[str, object]]] = defaultdict(list)
    for row in rows:
        found[str(row["edition"])].append(row)
    return {
        name: Edition(
            str(duties[0]["role"]),
            _day(duties[0]["valid_from"]),
            _day(duties[0]["valid_to"]),
            tuple(Duty(str(duty["id"]), str(duty["text"])) for duty in duties),
        )
        for name, duties in found.items()
    }


def _day(value: object) -> str | None:
    return None if value is None else str(value)


def restatements(editions: Mapping[str, Edition], follows: Sequence[tuple[str, str]]) -> Likenesses:
    """Return how duties restate those of the edition that theirs takes the place of; a duty kept as it is has none.

    Args:
        editions: Editions by id.
        follows: Ids of each edition and of one that it takes the place of.
    """
    found: Likenesses = {}
    for new, old in follows:
        for one, other, pair in _aligned(editions.get(new), editions.get(old)):
            if one != other:
                _keep(found, (one, other), Likeness(score=pair.score, change=pair.change))
    return found


def counterparts(editions: Mapping[str, Edition], steps: Sequence[tuple[str, str]]) -> Likenesses:
    """Return how duties are like those of the rank next below, where both editions count on some day.

    Args:
        editions: Editions by id.
        steps: Ids of each rank and of one that it is promoted from.
    """
    by_role: defaultdict[str, list[Edition]] = defaultdict(list)
    for _, edition in sorted(editions.items()):
        by_role[edition.role].append(edition)
    found: Likenesses = {}
    for upper, lower in steps:
        for one in by_role[upper]:
            for other in by_role[lower]:
                if _overlap(one, other):
                    for above, below, pair in _aligned(one, other):
                        _keep(found, (above, below), Likeness(score=pair.score))
    return found


def _aligned(new: Edition | None, old: Edition | None) -> Iterator[tuple[str, str, Pair]]:
    """Yield the ids of paired duties, the new one first."""
    if new is None or old is None:
        return
    from graph.text.alignment import Text, align  # numpy and scipy, only where there is something to align

    texts = [[Text(duty.text, key=duty.id) for duty in edition.duties] for edition in (old, new)]
    for pair in align(*texts):
        yield new.duties[pair.new].id, old.duties[pair.old].id, pair


def _overlap(one: Edition, other: Edition) -> bool:
    return (one.valid_from or "") < (other.valid_to or "9999-12-31") and (other.valid_from or "") < (
        one.valid_to or "9999-12-31"
    )


def _keep(found: Likenesses, ends: tuple[str, str], likeness: Likeness) -> None:
    """Keep the best where editions with the same duties say it twice."""
    if ends not in found or (found[ends].score, found[ends].change or "") < (likeness.score, likeness.change or ""):
        found[ends] = likeness
