"""Answers on the workforce, put together from its questions, fit for those who read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from graph.errors import AnswerError, UsageError
from graph.rows import Row
from queries.answers.answer import Answer, group_by, named, some
from queries.answers.earliest import first_common_day
from queries.answers.for_audience import answer_for
from queries.answers.inquiry import Inquiry
from queries.answers.loaded import beyond_load, last_load, unfinished_load
from queries.ask import NO_STAFF, has_staff
from queries.audience.small_numbers import HIDDEN

if TYPE_CHECKING:
    from graph.session import Graph


_AWAY = """MATCH (p:Person {id: $person})
WHERE coalesce(p.joined, '') > $day OR $day > coalesce(p.left, '9999-12-31')
RETURN p.id AS id"""
_HOLDS = """MATCH (p:Person {id: $person})-[e:OCCUPIES|HELD_RANK]->()-[:FOR_ROLE*0..1]->(r:Role {id: $to})
WHERE e.basis = 'substantive' AND coalesce(e.from, '') <= $day AND $day <= coalesce(e.to, '9999-12-31')
RETURN r.id AS id LIMIT 1"""


_SUMMED = ("need", "have", "have_absent", "short", "unknown")


def check_staff(graph: Graph, day: str | None = None) -> list[str]:
    """Return notes where the last load of staff files was before a day, none for today, or is unfinished.

    Raises AnswerError where there never was one.
    """
    if not has_staff(graph):
        raise AnswerError(NO_STAFF)
    note = unfinished_load(graph)
    return [*beyond_load(day, last_load(graph)), *([note] if note else [])]


def on_workforce(
    graph: Graph,
    name: str,
    values: Mapping[str, object],
    *,
    audience: str = "named",
    force: str | None = None,
) -> Answer:
    """Return the answer of a question about people, posts and units, fit for its audience."""
    notes = check_staff(graph, None if values.get("as_of") is None else str(values["as_of"]))
    answer = answer_for(graph, named(name), values, audience, force=force, as_counts=True)
    unknown = unknown_needs(answer.rows) if "unknown" in answer.columns else []
    of_force = _whole_force(answer.rows) if name == "heat-map" and not values.get("unit") else []
    return Answer(answer.columns, [*of_force, *answer.rows], [*notes, *answer.notes, *unknown])


def _whole_force(rows: Iterable[Row]) -> list[Row]:
    """Return the sums of the heat map where several units are at the top, hidden where one of them is."""
    tops = [row for row in rows if row["depth"] == 0]
    if len({row["unit_id"] for row in tops}) <= 1:
        return []
    needs = group_by(tops, lambda row: (str(row["requirement_id"]), int(str(row["level"] or 0))))
    force: Row = {"unit": "Whole force", "unit_id": None, "depth": None}
    return [
        {**of[0], **force, **{name: _sum([row[name] for row in of]) for name in _SUMMED}}
        for _, of in sorted(needs.items())
    ]


def _sum(numbers: list[object]) -> object:
    return HIDDEN if HIDDEN in numbers else sum(int(str(one)) for one in numbers)


def unknown_needs(rows: Iterable[Row]) -> list[str]:
    """Return a note on what is asked for and nobody was ever recorded with, by `unknown` of rows: a number or names."""
    names = sorted({str(one) for row in rows if row["unknown"] for one in _unknown(row)})
    if not names:
        return []
    return [
        f"not known, and counted against nobody: {some(names)}; nobody was ever recorded with it (the sheet holdings)"
    ]


def _unknown(row: Row) -> Iterable[object]:
    return row["unknown"] if isinstance(row["unknown"], list) else [row["requirement"]]


def on_person(inquiry: Inquiry, person: str, to: str, *, also: Row, audience: str = "named") -> Answer:
    """Return what one person still needs to reach a rank or role, gates first; what is met stands last.

    `also` has the parameters unrecorded and desirable: whether what no system records, and what is desirable, counts.
    Raises UsageError for the aggregate audience: all of it is on one person.
    """
    if audience == "aggregate":
        raise UsageError("--audience aggregate: all of this is on one person; expected named or pseudonymous")
    graph, notes = inquiry.graph, check_staff(inquiry.graph, inquiry.as_of)
    reply = inquiry.ask("person-gap", {"person": person, "to": to, **also})
    rows = sorted(reply.rows, key=lambda row: row["status"] == "done")
    of, aim, day = reply.sent["person"], reply.sent["to"], inquiry.day
    who = of if audience == "named" else "this person"
    if graph.read(_AWAY, {"person": of, "day": day}):
        notes.append(f"{who} is not in the force on {day}: has left it, or has yet to join")
    if graph.read(_HOLDS, {"person": of, "to": aim, "day": day}):
        notes.append(f"{who} holds {aim} already on {day}")
    if rows:
        met = sum(row["status"] == "done" for row in rows)
        notes.append(f"{who} meets {met} of {len(rows)} that {aim} asks for on {day}")
        first = first_common_day([row for row in rows if not row["follows"]], day)
        notes.append(f"earliest day on which all of it is done, by what is on file: {first or 'none'}")
    return Answer(reply.columns, rows, [*notes, *reply.notes])
