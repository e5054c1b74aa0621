"""What would change if people left or rose: answers before and after, set side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import AnswerError
from graph.rows import Row
from queries.answers.answer import named
from queries.ask import ask, find_person

if TYPE_CHECKING:
    from graph.session import Graph


Measure = dict[tuple[object, ...], object]
"""What is counted, by kind, unit, unit_id, what, what_id and level."""

COLUMNS = ("kind", "unit", "unit_id", "what", "what_id", "level", "before", "after")
"""`kind` is short (posts), vacancy, single point or nobody (1 if it is so, else 0).

A single point is what just one person holds, nobody what posts ask for and nobody in them holds.
"""

QUESTIONS = ("heat-map", "vacancies", "single-points")
"""What is asked before and after."""

_SERVICE = "MATCH (p:Person {id: $person}) RETURN p.joined AS joined, p.left AS left"
_STEPS = """MATCH (p:Person {id: $person}) MATCH (aim:Role {id: $rank})
OPTIONAL MATCH (p)-[e:OCCUPIES|HELD_RANK]->()-[:FOR_ROLE*0..1]->(held:Rank)
WHERE e.basis = 'substantive' AND coalesce(e.from, '') <= $day AND $day <= coalesce(e.to, '9999-12-31')
WITH aim, held ORDER BY held.step DESC LIMIT 1
RETURN aim.step AS aim, held.step AS step, held.id AS held"""


@dataclass(frozen=True)
class Rise:
    """A person, the rank they are to rise to, and how many of its requirements they do not meet."""

    person: str
    rank: str
    unmet: int


def in_force(graph: Graph, name: str, day: str) -> str:
    """Return the number of a person who is in the force on a day.

    Raises NameUnknownError, NameAmbiguousError, or AnswerError for one who has not joined or has left.
    """
    person = find_person(graph, name)
    [row] = graph.read(_SERVICE, {"person": person})
    if not str(row["joined"] or "") <= day <= str(row["left"] or "9999-12-31"):
        raise AnswerError(
            f"{person} is not in the force on {day} (joined {row['joined'] or 'on no known day'}, left "
            f"{row['left'] or 'never'}); expected somebody who is; name another, or another day by --as-of"
        )
    return person


def rise(graph: Graph, name: str, rank: str, *, as_of: str, force: str | None) -> tuple[Rise, list[str]]:
    """Return who is to rise to which rank, and notes on how the names were read.

    Raises AnswerError where the person holds that rank, one on its step or above it: nobody is promoted downwards.
    """
    who = in_force(graph, name, as_of)
    reply = ask(graph, named("person-gap"), {"person": who, "to": rank, "as_of": as_of}, force=force)
    [steps] = graph.read(_STEPS, {"person": who, "rank": reply.sent["to"], "day": as_of})
    aim, step = steps["aim"], steps["step"]
    if isinstance(aim, int) and isinstance(step, int) and aim <= step:
        found = f"{who} holds {steps['held']} on {as_of}, which is not below {reply.sent['to']}"
        raise AnswerError(f"{found}; expected a rank above it: nobody is promoted downwards")
    unmet = sum(row["status"] != "done" for row in reply.rows)
    notes = [note for note in reply.notes if not note.startswith("no rows")]
    return Rise(who, str(reply.sent["to"]), unmet), notes


def differences(before: Sequence[Sequence[Row]], after: Sequence[Sequence[Row]]) -> list[Row]:
    """Return what differs between the answers of `QUESTIONS` before and after, by kind and unit."""
    old, new = _measure(before), _measure(after)
    changed = [key for key in {**old, **new} if old.get(key, 0) != new.get(key, 0)]
    return [
        dict(zip(COLUMNS, (*key, old.get(key, 0), new.get(key, 0)), strict=True))
        for key in sorted(changed, key=lambda key: tuple(map(str, key)))
    ]


def _measure(answers: Sequence[Iterable[Row]]) -> Measure:
    heat, vacant, single = answers
    measured: Measure = {}
    for row in heat:
        measured["short", *_place(row), row["level"]] = row["short"]
        if row["have"] == row["have_absent"] == row["unknown"] == 0:
            measured["nobody", *_place(row), row["level"]] = 1
    for row in vacant:
        measured["vacancy", None, row["unit_id"], row["title"] or row["rank"], row["post_id"], None] = 1
    return {**measured, **{("single point", *_place(row), None): 1 for row in single}}


def _place(row: Row) -> tuple[object, ...]:
    return row["unit"], row["unit_id"], row["requirement"], row["requirement_id"]
