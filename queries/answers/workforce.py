"""Answers on the workforce, put together from its questions, fit for those who read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from graph.errors import AnswerError
from graph.rows import Row
from queries.answers.answer import Answer, named, some
from queries.answers.earliest import first_common_day
from queries.answers.inquiry import Inquiry, answer_of
from queries.answers.loaded import beyond_load, last_load, unfinished_load
from queries.ask import NO_STAFF, has_staff
from queries.audience import counted, few, pseudonym_key, pseudonymous

if TYPE_CHECKING:
    from graph.session import Graph


_CODED = "people are shown by codes; --audience named shows their numbers"
_AWAY = """MATCH (p:Person {id: $person})
WHERE coalesce(p.joined, '') > $day OR $day > coalesce(p.left, '9999-12-31')
RETURN p.id AS id"""
_HOLDS = """MATCH (p:Person {id: $person})-[e:OCCUPIES|HELD_RANK]->()-[:FOR_ROLE*0..1]->(r:Role {id: $to})
WHERE e.basis = 'substantive' AND coalesce(e.from, '') <= $day AND $day <= coalesce(e.to, '9999-12-31')
RETURN r.id AS id LIMIT 1"""


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
    by: Sequence[str] = (),
    *,
    audience: str = "named",
    force: str | None = None,
) -> Answer:
    """Return the answer of a question about people, posts and units, fit for its audience.

    `by` are the columns by which people, or posts, are counted for the aggregate audience.
    """
    notes = check_staff(graph, None if values.get("as_of") is None else str(values["as_of"]))
    answer = answer_of(graph, named(name), values, force=force)
    columns, rows, notes = answer.columns, answer.rows, [*notes, *answer.notes]
    notes += unknown_needs(rows) if "unknown" in columns else []
    if audience == "pseudonymous":
        notes += [_CODED] if rows and "person_id" in columns else []
        return Answer(*pseudonymous(columns, rows, pseudonym_key()), notes)
    if audience == "aggregate":
        count = counted if "person_id" in columns else _count_posts
        return Answer(*count(rows, by), notes)
    return Answer(columns, rows, notes)


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


def _count_posts(rows: Sequence[Row], by: Sequence[str]) -> tuple[tuple[str, ...], list[Row]]:
    """Return how many posts stand behind each value of some columns; few vacant ones of a team would tell of people."""
    counts = Counter(tuple(row[name] for name in by) for row in rows)
    columns = (*by, "posts")
    return columns, [dict(zip(columns, (*values, few(count)), strict=True)) for values, count in counts.items()]


def on_person(inquiry: Inquiry, person: str, to: str, *, also: Row) -> Answer:
    """Return what one person still needs to reach a rank or role, gates first; what is met stands last.

    `also` has the parameters unrecorded and desirable: whether what no system records, and what is desirable, counts.
    """
    graph, notes = inquiry.graph, check_staff(inquiry.graph, inquiry.as_of)
    reply = inquiry.ask("person-gap", {"person": person, "to": to, **also})
    rows = sorted(reply.rows, key=lambda row: row["status"] == "done")
    who, aim, day = reply.sent["person"], reply.sent["to"], inquiry.day
    if graph.read(_AWAY, {"person": who, "day": day}):
        notes.append(f"{who} is not in the force on {day}: has left it, or has yet to join")
    if graph.read(_HOLDS, {"person": who, "to": aim, "day": day}):
        notes.append(f"{who} holds {aim} already on {day}")
    if rows:
        met = sum(row["status"] == "done" for row in rows)
        notes.append(f"{who} meets {met} of {len(rows)} that {aim} asks for on {day}")
        first = first_common_day([row for row in rows if not row["follows"]], day)
        notes.append(f"earliest day on which all of it is done, by what is on file: {first or 'none'}")
    return Answer(reply.columns, rows, [*notes, *reply.notes])
