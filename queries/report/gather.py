"""Ask for all that a report tells, once, so that everything after works on values alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from queries import overview
from queries.ask import Answer, ask
from queries.composed import named
from queries.report import counting
from queries.report.model import Load, Quality, Report, Row, Rows
from queries.staffing import staffed

if TYPE_CHECKING:
    from graph.session import Graph

__all__ = ["gathered"]

_UNITS = """MATCH (u:Unit) OPTIONAL MATCH (u)-[:WITHIN]->(p:Unit)
RETURN u.id AS unit_id, u.name AS unit, p.id AS parent_id ORDER BY unit, unit_id"""
_OPEN = "coalesce(p.opened, '') <= $day AND $day <= coalesce(p.closed, '9999-12-31')"
_IN_POST = """coalesce(o.from, '') <= $day AND $day <= coalesce(o.to, '9999-12-31')
  AND coalesce(person.joined, '') <= $day AND $day <= coalesce(person.left, '9999-12-31')"""
_ROLES = f"""MATCH (p:Post)-[:FOR_ROLE]->(r:Role) WHERE {_OPEN}
MATCH (p)-[:WITHIN]->(u:Unit)
WITH u, r, count(p) AS posts
RETURN u.id AS unit_id, r.id AS role_id, r.name AS role, posts ORDER BY unit_id, role_id"""
_HIGH = f"""MATCH (r:Rank)<-[:FOR_ROLE]-(p:Post) WHERE r.step >= $step AND {_OPEN}
MATCH (p)-[:WITHIN]->(u:Unit)
OPTIONAL MATCH (person:Person)-[o:OCCUPIES]->(p) WHERE {_IN_POST}
WITH r, p, u, count(DISTINCT person) AS people
RETURN p.id AS post_id, p.title AS title, u.id AS unit_id, u.name AS unit, r.id AS rank_id, r.name AS rank,
  r.step AS step, people ORDER BY step DESC, rank_id, unit, post_id"""
_EDITIONS = """MATCH (r:Role)<-[:DESCRIBES]-(p:Profile)-[:PUBLISHED_IN]->(d:Document)
WHERE r.id IN $roles AND (p.valid_from <= $day OR p.valid_from IS NULL AND $open)
  AND $day < coalesce(p.valid_to, '9999-12-31')
RETURN DISTINCT r.id AS role_id, r.name AS role, p.id AS edition, p.source_kind AS source_kind,
  p.authority AS authority, d.name AS document, p.published AS published, p.valid_from AS valid_from
ORDER BY role_id, edition"""
_REFERENCE = """MATCH (:Role)-[e:PROMOTES_FROM]->(:Role)
RETURN DISTINCT e.edition AS edition ORDER BY edition"""
_LOAD = """MATCH (s:StaffLoad) RETURN s.state AS state, s.files AS files, s.sha256 AS sha256, s.loaded AS loaded,
  s.export_day AS export_day, s.people AS people, s.skipped AS skipped ORDER BY loaded"""
_RECORDED = """MATCH (r:Requirement) WHERE r.id IN $ids AND EXISTS { MATCH (:Person)-[:HOLDS]->(r) }
RETURN r.id AS id ORDER BY id"""
_WITHOUT = f"""MATCH (p:Post)-[:WITHIN]->(u:Unit) WHERE u.id IN $units AND {_OPEN}
MATCH (person:Person)-[o:OCCUPIES]->(p)
WHERE {_IN_POST} AND NOT EXISTS {{ MATCH (person)-[:HOLDS]->(:Requirement) }}
RETURN count(DISTINCT person) AS people"""
_RANKS = "MATCH (r:Role) RETURN r.id AS id, r.name AS name, coalesce(r.step, 0) AS step ORDER BY step DESC, id"

HIGH = 5
"""Superintendent, the lowest step of a critical post: the ranks above those of the Police Federation."""
_YEAR = 365


class _Asking:
    """The questions of one report: the same unit and day each time."""

    def __init__(self, graph: Graph, unit: str | None, as_of: str | None) -> None:
        self.graph, self.unit, self.as_of, self.notes = graph, unit, as_of, list[str]()

    def __call__(self, name: str, **said: object) -> Answer:
        found = ask(self.graph, named(name), {"unit": self.unit, "as_of": self.as_of, **said})
        self.notes += [note for note in found.notes if not note.startswith("no rows")]
        return found


def gathered(graph: Graph, unit: str | None, as_of: str | None) -> Report:
    """Return all that a report on a unit tells, with the numbers of people.

    Args:
        graph: An open graph.
        unit: The unit, by id or name; none for the whole force.
        as_of: The day asked about; none for today.

    Raises AnswerError where no unit is loaded, NameUnknownError and NameAmbiguousError for the unit.
    """
    asked = _Asking(graph, unit, as_of)
    asked.notes += staffed(graph)
    every = graph.read(_UNITS, {})
    vacancies = asked("vacancies")
    top = vacancies.sent["unit"]
    asked.unit = None if top is None else str(top)
    today = date.today().isoformat()  # noqa: DTZ011 -- the user's day
    given = vacancies.sent["as_of"]
    day = today if given is None else str(given)
    units = counting.tree(every, asked.unit)
    return _Gathering(asked, units, day, today).report(vacancies.rows)


class _Gathering:
    """What the parts of a report have in common while it is put together."""

    def __init__(self, asked: _Asking, units: Rows, day: str, today: str) -> None:
        self.asked, self.graph, self.units, self.day, self.today = asked, asked.graph, units, day, today
        self.inside = {row["unit_id"]: row["unit"] for row in units}
        self.open = asked.as_of is None

    def report(self, vacancies: Sequence[Row]) -> Report:
        asked, units = self.asked, self.units
        heat = tuple(asked("heat-map").rows)
        single = tuple(asked("single-points").rows)
        expiring = asked("expiring", days=_YEAR).rows
        ranks = self._ranks()
        establishment = counting.establishment(asked("establishment").rows, vacancies, ranks, self.inside)
        roles = self._roles()
        critical = self._critical(vacancies)
        succession = self._succession(critical)
        return Report(
            unit_id=asked.unit,
            unit=str(units[0]["unit"]) if asked.unit else "Whole force",
            day=self.day,
            made=self.today,
            audience="named",
            units=units,
            editions=tuple(self.graph.read(_EDITIONS, {"roles": list(roles), "day": self.day, "open": self.open})),
            reference=tuple(str(row["edition"]) for row in self.graph.read(_REFERENCE, {})),
            load=self._load(),
            strength=counting.strength(establishment, ranks),
            establishment=establishment,
            vacancies=tuple(self._placed(vacancies)),
            heat_map=heat,
            single=counting.single(single, heat),
            single_points=single,
            expiries=counting.expiries(expiring),
            expiring=tuple(row for row in expiring if counting.number(row["days_left"]) <= counting.WINDOWS[1]),
            readiness=counting.readiness(critical, succession, roles),
            blockers=counting.blockers(critical, succession),
            critical_posts=critical,
            succession=succession,
            training=tuple(asked("training-demand").rows),
            quality=self._quality(roles, heat),
            notes=tuple(dict.fromkeys(asked.notes)),
        )

    def _ranks(self) -> dict[object, object]:
        """Return the names of ranks and roles, the highest first."""
        names = self.graph.read(_RANKS, {})
        return {row["id"]: row["name"] for row in names} | {None: "no rank or role"}

    def _placed(self, vacancies: Iterable[Row]) -> Iterable[Row]:
        return ({**row, "unit": self.inside.get(row["unit_id"])} for row in vacancies)

    def _roles(self) -> dict[str, tuple[str, int]]:
        """Return the ranks and roles of open posts in scope, each with its name and number of posts."""
        rows = [row for row in self.graph.read(_ROLES, {"day": self.day}) if row["unit_id"] in self.inside]
        names = {str(row["role_id"]): str(row["role"]) for row in rows}
        posts = Counter[str]()
        for row in rows:
            posts[str(row["role_id"])] += int(counting.number(row["posts"]))
        return {role: (names[role], posts[role]) for role in sorted(names)}

    def _critical(self, vacancies: Sequence[Row]) -> Rows:
        empty = {row["post_id"] for row in vacancies}
        rows = [row for row in self.graph.read(_HIGH, {"day": self.day, "step": HIGH}) if row["unit_id"] in self.inside]
        return tuple(
            {**row, "state": "vacant" if row["post_id"] in empty else "one person in it"}
            for row in rows
            if row["post_id"] in empty or counting.number(row["people"]) <= 1
        )

    def _succession(self, critical: Rows) -> Rows:
        ranks = dict.fromkeys(str(row["rank_id"]) for row in critical)
        return tuple({"for_rank": rank, **row} for rank in ranks for row in self.asked("succession", rank=rank).rows)

    def _load(self) -> Load | None:
        rows = self.graph.read(_LOAD, {})
        if not rows:
            return None
        row = rows[-1]
        files = row["files"]
        return Load(
            str(row["state"]),
            tuple(str(file) for file in files) if isinstance(files, list) else (),
            str(row["sha256"]),
            str(row["loaded"]),
            None if row["export_day"] is None else str(row["export_day"]),
            int(counting.number(row["people"])),
            int(counting.number(row["skipped"])),
        )

    def _quality(self, roles: Mapping[str, tuple[str, int]], heat: Rows) -> Quality:
        missing = overview.unprofiled(self.graph, list(roles), self.asked.as_of)
        stale = ask(self.graph, named("stale"), {"as_of": self.asked.as_of}).rows
        needs = {str(row["requirement_id"]): row for row in heat if row["depth"] == 0}
        known = {row["id"] for row in self.graph.read(_RECORDED, {"ids": list(needs)})}
        without = self.graph.read(_WITHOUT, {"units": list(self.inside), "day": self.day})
        return Quality(
            tuple(
                {"role_id": role, "role": roles[role][0], "posts": roles[role][1], "problem": problem}
                for role, problem in missing.items()
            ),
            tuple({**row, "role": row["rank"]} for row in stale if row["rank_id"] in roles),
            tuple(row for requirement, row in needs.items() if requirement not in known),
            int(counting.number(without[0]["people"])) if without else 0,
        )
