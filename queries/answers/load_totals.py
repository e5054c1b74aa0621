"""What a load of staff files leaves of itself, totals by unit, rank and requirement; and how they went since."""

from __future__ import annotations

from collections import Counter
from difflib import get_close_matches
from typing import TYPE_CHECKING

from graph.staff_nodes import LoadTotal
from queries.answers.answer import Answer, named
from queries.answers.for_audience import answer_for
from queries.answers.loaded import unfinished_load
from queries.answers.skills_gap.data_quality import IN_POST, OPEN
from queries.ask import ask
from queries.parameters.unit_names import read_units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.rows import Row
    from graph.session import Graph

_DEPTH = 1
"""Levels of units below the first of which requirements are kept: to count them for all takes twice the time."""

_SEATS = f"""MATCH (unit:Unit)<-[:WITHIN]-(p:Post)<-[o:OCCUPIES]-(person:Person) WHERE {OPEN} AND {IN_POST}
OPTIONAL MATCH (p)-[:FOR_ROLE]->(rank:Rank)
OPTIONAL MATCH (p)-[:FOR_ROLE]->(role:Role) WHERE NOT role:Rank
RETURN person.id AS person_id, unit.id AS unit_id, coalesce(rank.id, role.id, '-') AS rank,
  CASE o.basis WHEN 'substantive' THEN 1 ELSE 0 END AS substantive, p.id AS post_id
ORDER BY person_id, substantive, post_id"""

_OF_POSTS = {
    "posts": "posts",
    "heads": "heads",
    "need": "established_fte",
    "have": "strength_fte",
    "short": "vacant_fte",
}
"""Properties of a total of a rank, and the columns of establishment that they add up."""


def load_totals(graph: Graph, day: str) -> list[LoadTotal]:
    """Return the totals of a day, of units with all that are within them: by rank, and by what posts ask for.

    Those by what posts ask for are of the units at the top and one level below.
    """
    needs = ask(graph, named("heat-map"), {"depth": _DEPTH, "as_of": day}).rows
    return [*_by_rank(graph, day), *(_by_requirement(day, row) for row in needs)]


def _by_requirement(day: str, row: Row) -> LoadTotal:
    numbers = {name: row[name] for name in ("level", "need", "have", "short", "unknown")}
    return _total(day, "requirement", row["unit_id"], row["requirement_id"], numbers)


def units_above(graph: Graph) -> dict[str, str | None]:
    """Return the unit above each, by id; none above one at the top."""
    return {str(row["unit_id"]): row["parent_id"] and str(row["parent_id"]) for row in read_units(graph)}  # type: ignore[misc]


def seats(graph: Graph, day: str) -> dict[str, Row]:
    """Return where each person in a post counts, by number: unit_id and rank, of the post held substantively if any."""
    return {str(row["person_id"]): row for row in graph.read(_SEATS, {"day": day})}


def _by_rank(graph: Graph, day: str) -> Iterator[LoadTotal]:
    parents = units_above(graph)
    sums: dict[tuple[str, object], Counter[str]] = {}
    for row in ask(graph, named("establishment"), {"as_of": day}).rows:
        unit: str | None = str(row["unit_id"])
        while unit is not None:
            sums.setdefault((unit, row["rank"]), Counter()).update({name: row[of] for name, of in _OF_POSTS.items()})
            unit = parents[unit]
    for (unit, rank), counts in sums.items():
        yield _total(day, "rank", unit, rank, {name: round(counts[name], 2) for name in _OF_POSTS})


def _total(day: str, kind: str, unit: object, of: object, numbers: Row) -> LoadTotal:
    level = [str(numbers["level"])] if numbers.get("level") is not None else []
    key = "/".join([day, str(unit), kind, str(of or "-"), *level])
    return LoadTotal.model_validate({"id": key, "day": day, "unit_id": unit, "kind": kind, "of": of, **numbers})


def trend(graph: Graph, parameters: Row, audience: str = "named") -> Answer:
    """Return how totals went from load to load, as an audience may see them. Raises as queries.ask.ask does."""
    reply = answer_for(graph, named("trend"), parameters, audience)
    first = reply.rows and not any(row["before"] for row in reply.rows)
    alone = "one load has left totals so far: the next is compared with it" if first else None
    near = None if reply.rows else _near(graph, str(parameters.get("what") or ""))
    return Answer(reply.columns, reply.rows, [*filter(None, (unfinished_load(graph), alone, near)), *reply.notes])


def _near(graph: Graph, what: str) -> str | None:
    """Return a note on names that loads left totals of and that are like one of which they left none."""
    totals = ask(graph, named("trend"), {}).rows if what else []
    names = {str(row[of]).casefold(): str(row[of]) for row in totals for of in ("id", "name")}
    near = [names[one] for one in get_close_matches(what.casefold(), sorted(names), cutoff=0.4)]
    return f"no load left a total of {what!r}: did you mean {', '.join(near)}?" if near else None
