"""Ask what is wrong with, or missing from, the data that a report rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.rows import Row
from queries.answers.answer import named
from queries.answers.force_tables import ForceTables
from queries.answers.loaded import unprofiled
from queries.answers.skills_gap.facts import Quality, Rows
from queries.answers.skills_gap.totals import number
from queries.ask import ask
from queries.parameters.editions import Roles

if TYPE_CHECKING:
    from graph.session import Graph


OPEN = "coalesce(p.opened, '') <= $day AND $day <= coalesce(p.closed, '9999-12-31')"
IN_POST = """coalesce(o.from, '') <= $day AND $day <= coalesce(o.to, '9999-12-31')
  AND coalesce(person.joined, '') <= $day AND $day <= coalesce(person.left, '9999-12-31')"""

_LISTED = 5_000
"""People in no post that are listed; they are counted to the last."""

_WITHOUT = """UNWIND $people AS one
MATCH (person:Person {id: one}) WHERE NOT EXISTS { (person)-[:HOLDS]->(:Requirement) }
RETURN count(person) AS people"""
_CONTRADICTING = f"""UNWIND $units AS unit MATCH (:Unit {{id: unit}})<-[:WITHIN]-(p:Post) WHERE {OPEN}
MATCH (person:Person)-[o:OCCUPIES]->(p) WHERE o.basis = 'substantive' AND {IN_POST}
MATCH (p)-[:FOR_ROLE]->(rank:Rank)
MATCH (person)-[h:HELD_RANK]->(held:Rank)
WHERE h.basis = 'substantive' AND coalesce(h.from, '') <= $day AND $day <= coalesce(h.to, '9999-12-31')
  AND held.id <> rank.id
RETURN count(DISTINCT person) AS people"""


@dataclass(frozen=True)
class Scope:
    """What is asked about: units by id, whether they are the whole force, its tables, the day given, and its ranks."""

    units: Sequence[object]
    whole: bool
    tables: ForceTables
    as_of: str | None
    ranks: Roles


def data_quality(graph: Graph, scope: Scope, roles: Mapping[str, tuple[str, int]], heat: Rows) -> Quality:
    """Return what a reader should know of the data; `roles` are names and numbers of posts, by id."""
    missing = unprofiled(scope.ranks, roles)
    people, posts, inside = scope.tables.force.people, scope.tables.force.posts, {*scope.units}
    idle = sorted(one for one, person in people.items() if not person.posts) if scope.whole else []
    bare = [
        one for one, person in people.items() if not person.holdings and inside & {posts[p].unit for p in person.posts}
    ]
    stale = ask(graph, named("stale"), {"as_of": scope.as_of}).rows
    return Quality(
        tuple(
            {"role_id": role, "role": roles[role][0], "posts": roles[role][1], "problem": problem}
            for role, problem in missing.items()
        ),
        tuple({**row, "role": row["rank"]} for row in stale if row["rank_id"] in roles),
        tuple(summed_needs(row for row in heat if row["unknown"]).values()),
        _people(graph, _WITHOUT, {"people": bare}),
        _people(graph, _CONTRADICTING, {"day": scope.tables.day, "units": list(scope.units)}),
        len(idle) if scope.whole else None,
        tuple({"person_id": one, "name": scope.tables.names[one]} for one in idle[:_LISTED]),
    )


def summed_needs(heat: Iterable[Row]) -> dict[str, Row]:
    """Return one row a requirement by its id: what all units at the top need of it, at all levels together."""
    rows: dict[str, Row] = {}
    for row in heat:
        if row["depth"] == 0:
            before = rows.get(str(row["requirement_id"]), {"need": 0})
            rows[str(row["requirement_id"])] = {**row, "need": int(number(before["need"]) + number(row["need"]))}
    return rows


def _people(graph: Graph, query: str, sent: Row) -> int:
    [row] = graph.read(query, sent)
    return int(number(row["people"]))
