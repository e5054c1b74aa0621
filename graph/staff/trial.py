"""Try a change of the workforce without keeping it: in one transaction that is undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from graph.days import LAST_DAY, day_before

if TYPE_CHECKING:
    from graph.session import Graph, Transaction


T = TypeVar("T")

_FAR = 1000


def _on_day(name: str, first: str, last: str) -> str:
    return f"coalesce({name}.{first}, '') <= $day AND $day <= coalesce({name}.{last}, '{LAST_DAY}')"


_LEAVE = "MATCH (p:Person {id: $person}) SET p.left = $eve RETURN count(*) AS rows"
_STEP_OUT = f"""MATCH (p:Person {{id: $person}})-[o:OCCUPIES]->(:Post)
WHERE o.basis = 'substantive' AND {_on_day("o", "from", "to")} SET o.to = $eve RETURN count(*) AS rows"""
_END_RANK = f"""MATCH (p:Person {{id: $person}})-[h:HELD_RANK]->(:Role)
WHERE h.basis = 'substantive' AND {_on_day("h", "from", "to")} SET h.to = $eve RETURN count(*) AS rows"""
_RISE = """MATCH (p:Person {id: $person}) MATCH (r:Role {id: $rank})
CREATE (p)-[h:HELD_RANK]->(r) SET h = $held RETURN count(*) AS rows"""
_VACANT = f"""MATCH (post:Post)-[:FOR_ROLE]->(:Role {{id: $rank}}) WHERE {_on_day("post", "opened", "closed")}
  AND NOT EXISTS {{ MATCH (q:Person)-[o:OCCUPIES]->(post)
    WHERE {_on_day("o", "from", "to")} AND {_on_day("q", "joined", "left")}
      AND (o.basis = 'substantive' OR NOT EXISTS {{ MATCH (q)-[sub:OCCUPIES]->(held:Post)
        WHERE sub.basis = 'substantive' AND {_on_day("sub", "from", "to")}
          AND {_on_day("held", "opened", "closed")} }}) }}
MATCH (post)-[:WITHIN]->(unit:Unit) RETURN post.id AS post, unit.id AS unit ORDER BY post"""
_NEAR = f"""MATCH (:Person {{id: $person}})-[o:OCCUPIES]->(:Post)-[:WITHIN]->(own:Unit)
WHERE {_on_day("o", "from", "to")}
MATCH path = (own)-[:WITHIN*0..20]->(above:Unit)
MATCH (unit:Unit)-[:WITHIN*0..20]->(above)
RETURN unit.id AS unit, min(length(path)) AS distance ORDER BY distance, unit"""
_STEP_IN = """MATCH (p:Person {id: $person}) MATCH (post:Post {id: $post})
CREATE (p)-[o:OCCUPIES]->(post) SET o = $worked RETURN count(*) AS rows"""


@dataclass(frozen=True)
class Move:
    """What became of one person; `post` is none where no vacant post of the rank was found."""

    person: str
    rank: str | None
    post: str | None


class _Undone(Exception):  # noqa: N818 -- no fault: it makes the driver undo the transaction
    """Carry the result out of a transaction that is undone."""

    def __init__(self, result: object) -> None:
        self.result = result
        super().__init__()


def rehearse(graph: Graph, work: Callable[[Transaction], T]) -> T:
    """Carry out work that may change anything, and return its result; the graph stays as it was."""

    def undone(transaction: Transaction) -> T:
        raise _Undone(work(transaction))

    try:
        return graph.write(undone)
    except _Undone as done:
        return done.result  # type: ignore[return-value]


def leave(transaction: Transaction, person: str, day: str) -> Move:
    """Write that a person left the force on the eve of a day."""
    transaction.run(_LEAVE, {"person": person, "eve": day_before(day)})
    return Move(person, None, None)


def promote(transaction: Transaction, person: str, rank: str, day: str) -> Move:
    """Write that a person holds a rank from a day on, in the nearest vacant post in the tree of units, if there is one.

    The posts held substantively until then fall vacant. Where no post is vacant nothing changes.
    """
    at = {"person": person, "day": day, "eve": day_before(day), "rank": rank}
    post = _nearest(transaction, at)
    if post is None:
        return Move(person, rank, None)
    for statement in (_STEP_OUT, _END_RANK):
        transaction.run(statement, at)
    period = {"instance": day, "from": day, "basis": "substantive"}
    transaction.run(_RISE, {**at, "held": period})
    transaction.run(_STEP_IN, {**at, "post": post, "worked": {**period, "fte": 1.0}})
    return Move(person, rank, post)


def _nearest(transaction: Transaction, at: dict[str, str]) -> str | None:
    vacant = [(str(row["post"]), str(row["unit"])) for row in transaction.run(_VACANT, at)]
    distance = {str(row["unit"]): int(str(row["distance"])) for row in transaction.run(_NEAR, at)}
    return min(vacant, key=lambda place: (distance.get(place[1], _FAR), place[0]))[0] if vacant else None
