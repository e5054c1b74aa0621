"""Answers on the workforce, put together from its questions, for those who read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.days import today
from graph.errors import AnswerError
from graph.rows import Row
from queries.answers.answer import Composed, named
from queries.answers.staff_state import unfinished
from queries.ask import Answer, ask
from queries.audience import counted, few, pseudonym_key, pseudonymous
from queries.show.tables import cell, table, visible

if TYPE_CHECKING:
    from rich.table import Table

    from graph.session import Graph


@dataclass(frozen=True)
class Shape:
    """The columns of the table that is drawn, and those by which people are counted for the aggregate audience.

    Other forms than the table have all columns.
    """

    shown: tuple[str, ...]
    by: tuple[str, ...]


_CODED = "people are shown by codes; --audience named shows their numbers"
_AWAY = """MATCH (p:Person {id: $person})
WHERE coalesce(p.joined, '') > $day OR $day > coalesce(p.left, '9999-12-31')
RETURN p.id AS id"""
_HOLDS = """MATCH (p:Person {id: $person})-[e:OCCUPIES|HELD_RANK]->()-[:FOR_ROLE*0..1]->(r:Role {id: $to})
WHERE e.basis = 'substantive' AND coalesce(e.from, '') <= $day AND $day <= coalesce(e.to, '9999-12-31')
RETURN r.id AS id LIMIT 1"""
_STAFF = "MATCH (u:Unit) RETURN u.id AS id LIMIT 1"


def staffed(graph: Graph) -> list[str]:
    """Return what is to be said of the last load of staff files. Raises AnswerError where there never was one."""
    if not graph.read(_STAFF, {}):
        raise AnswerError(
            "found no units in the graph; expected the files of a force; load them with `rankgraph staff load`, "
            "or make a force to try with `rankgraph sample-force`"
        )
    note = unfinished(graph)
    return [note] if note else []


def on_units(graph: Graph, name: str, said: Mapping[str, object], shown: Sequence[str]) -> Composed:
    """Return the answer of a question whose rows name no person.

    Args:
        graph: An open graph.
        name: The question.
        said: Its parameters.
        shown: The columns of the table that is drawn; other forms have all.
    """
    notes = staffed(graph)
    found = ask(graph, named(name), said)
    return Composed(named(name).returns, found.rows, [*notes, *found.notes], drawn(shown, found.rows))


def on_people(
    graph: Graph,
    name: str,
    said: Mapping[str, object],
    shape: Shape,
    *,
    audience: str,
    force: str | None = None,
) -> Composed:
    """Return the answer of a question whose rows name people, fit for its audience.

    Args:
        graph: An open graph.
        name: The question.
        said: Its parameters.
        shape: What is shown, and what is counted.
        audience: named, pseudonymous or aggregate.
        force: Ladder for names that ladders share.
    """
    notes = staffed(graph)
    found = ask(graph, named(name), said, force=force)
    columns, rows, more = _fit(named(name).returns, found, audience, shape.by)
    kept = (
        [column for column in shape.shown if column in columns]
        if "person_id" in columns or "post_id" in columns
        else columns
    )
    return Composed(columns, rows, [*notes, *found.notes, *more], drawn(kept, rows))


def _fit(
    columns: tuple[str, ...], found: Answer, audience: str, by: Sequence[str]
) -> tuple[tuple[str, ...], Sequence[Row], list[str]]:
    if audience == "pseudonymous":
        return *pseudonymous(columns, found.rows, pseudonym_key()), [
            _CODED
        ] if found.rows and "person_id" in columns else []
    if audience == "aggregate" and "person_id" not in columns:
        return _tallied(found.rows, by)
    if audience == "aggregate":
        return *counted(found.rows, by), []
    return columns, found.rows, []


def _tallied(rows: Sequence[Row], by: Sequence[str]) -> tuple[tuple[str, ...], Sequence[Row], list[str]]:
    """Count posts; few vacant ones of a small team would tell of people, so few are hidden."""
    counts = Counter(tuple(row[name] for name in by) for row in rows)
    columns = (*by, "posts")
    return columns, [dict(zip(columns, (*values, few(count)), strict=True)) for values, count in counts.items()], []


def on_person(
    graph: Graph, person: str, to: str, *, everything: bool, as_of: str | None, force: str | None
) -> Composed:
    """Return what one person still needs to reach a rank or role, gates first; what is met stands last.

    Args:
        graph: An open graph.
        person: Number or name.
        to: The rank or role, by id or name.
        everything: Count what no system records, and what is desirable, too.
        as_of: The day asked about; none for today.
        force: Ladder for names that ladders share.
    """
    notes = staffed(graph)
    said = {"person": person, "to": to, "all": everything or None, "as_of": as_of}
    found = ask(graph, named("person-gap"), said, force=force)
    rows = sorted(found.rows, key=lambda row: row["status"] == "met")
    open_rows = [row for row in rows if row["status"] != "met"]
    aim, day = found.sent["to"], as_of or today()
    if graph.read(_AWAY, {"person": found.sent["person"], "day": day}):
        notes.append(f"{found.sent['person']} is not in the force on {day}: has left it, or has yet to join")
    if graph.read(_HOLDS, {"person": found.sent["person"], "to": aim, "day": day}):
        notes.append(f"{found.sent['person']} holds {aim} already on {day}")
    if rows:
        notes.append(
            f"{found.sent['person']} meets {len(rows) - len(open_rows)} of {len(rows)} that {aim} asks for on {day}"
        )
    shown = ("status", "kind", "requirement", "held_level", "needed_level", "until", "document", "lines")
    return Composed(named("person-gap").returns, rows, [*notes, *found.notes], drawn(shown, rows))


def drawn(columns: Sequence[str], rows: Sequence[Row]) -> Table | None:
    """Draw some of the columns; units are set in by their depth."""
    texts = [[_text(row, column) for column in columns] for row in rows]
    return table(columns, texts) if rows else None


def _text(row: Row, column: str) -> str:
    depth = row.get("depth") if column == "unit" else None
    return "  " * int(str(depth or 0)) + visible(cell(row[column]))
