"""Find in the graph what staff files name: ranks, roles and requirements, all read once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.days import today
from graph.errors import NameAmbiguousError, NameUnknownError
from graph.ids import name_key
from graph.rows import Row, list_or_empty
from graph.staff_nodes import StaffNames
from queries.parameters.names import Entry, entry, requirement_entry, resolve

if TYPE_CHECKING:
    from graph.session import Graph


_ROLES = """MATCH (r:Role)
RETURN r.id AS id, r.name AS name, r.short_name AS short, r.aliases AS aliases, r.ladder AS ladder,
  CASE WHEN r:Rank THEN 1 ELSE 0 END AS rank ORDER BY id"""
_REQUIREMENTS = """MATCH (n:Requirement)
RETURN n.id AS id, n.name AS name, n.aliases AS aliases, n.framework AS framework, n.max_level AS top,
  CASE WHEN n:Course THEN 1 ELSE 0 END AS course, CASE WHEN n:Competency THEN 1 ELSE 0 END AS competency,
  EXISTS { (n)<-[:HOLDS]-(:Person) } AS held,
  CASE WHEN n.recorded THEN [(r:Role)-[e:REQUIRES]->(n) WHERE e.current | r.id] ELSE [] END
    + CASE WHEN EXISTS { (n)<-[:ASKS_FOR|MUST_COVER]-() } THEN [''] ELSE [] END AS asked
ORDER BY id"""
_FRAMEWORKS = """MATCH (f:Framework)
RETURN f.id AS id, f.valid_from AS valid_from, f.valid_to AS valid_to, f.scale AS scale ORDER BY id"""
_PEOPLE = "MATCH (p:Person) RETURN collect(p.id) AS people"

_FRAMEWORK_LEVELS = 3
"""Competencies of both competency and values frameworks have the levels 1 to 3."""

_MOST_SEARCHED = 300
"""A column that holds something else has a new unknown name in each row: only the first are compared."""


def staff_names(graph: Graph, *, as_of: str | None = None, force: str | None = None) -> StaffNames:
    """Return the names of all ranks, roles and requirements of an open graph, and the ids of its people.

    Where two frameworks have a competency of one name, that of the framework in force on the day counts.
    """
    roles, requirements = graph.read(_ROLES, {}), graph.read(_REQUIREMENTS, {})
    names = names_of(roles, requirements, graph.read(_FRAMEWORKS, {}), day=as_of or today(), force=force)
    (found,) = graph.read(_PEOPLE, {})
    return replace(names, people=sorted(map(str, list_or_empty(found["people"]))))


def names_of(
    roles: Iterable[Row], requirements: Sequence[Row], frameworks: Iterable[Row], *, day: str, force: str | None
) -> StaffNames:
    """Return what names mean where these are the ranks and roles, the requirements and the frameworks."""
    roles = list(roles)
    finder = _Resolver(roles, requirements, frameworks, day=day, force=force)
    names = {str(row["id"]): str(row["name"]) for row in (*requirements, *roles)}
    max_levels = {str(row["id"]): _top(row) for row in requirements}
    finders = (finder.rank, finder.role, finder.requirement, finder.candidates)
    aliases = {str(row["id"]): requirement_entry(row).names for row in requirements}
    recorded = {str(row["id"]) for row in requirements if row.get("held")}
    asked = {str(row["id"]): list(map(str, list_or_empty(row.get("asked")))) for row in requirements}
    return StaffNames(*finders, names, max_levels, finder.notes, aliases, recorded, asked)


class _Resolver:
    """Finds ids by names.

    Of a name that frameworks share, the one of the framework in force on the day is taken, and given once in
    `notes`; so is the ladder that --force chose.
    """

    def __init__(
        self,
        roles: Iterable[Row],
        requirements: Sequence[Row],
        frameworks: Iterable[Row],
        *,
        day: str,
        force: str | None,
    ) -> None:
        known = [(entry(row), bool(row["rank"])) for row in roles]
        self._ranks = _Index("rank", [one for one, is_rank in known if is_rank], force)
        self._others = _Index("role", [one for one, is_rank in known if not is_rank], force)
        self._requirements = _Index("requirement", [requirement_entry(row) for row in requirements], force)
        self._framework = {str(row["id"]): str(row["framework"]) for row in requirements if row["framework"]}
        self._begins = {str(row["id"]): str(row["valid_from"] or "") for row in frameworks if _counts(row, day)}
        self._day = day
        self._chosen: dict[str, None] = {}

    def notes(self) -> list[str]:
        """Return which of several things of one name was taken, and why."""
        return [*self._chosen, *self._ranks.notes, *self._others.notes]

    def rank(self, given: str) -> str:
        """Return the id of a rank, or of a role that HR lists among the ranks, such as PCSO.

        Raises NameUnknownError with the nearest names, NameAmbiguousError with the candidates.
        """
        return self._either(self._ranks, self._others, given)

    def role(self, given: str) -> str:
        """Return the id of a role; a rank is one too. Raises as `rank` does."""
        return self._either(self._others, self._ranks, given)

    @staticmethod
    def _either(first: _Index, second: _Index, given: str) -> str:
        if not first.named(given) and second.named(given):
            return second.find(given)
        return first.find(given)

    def requirement(self, given: str) -> str:
        """Return the id of a requirement of any kind. Raises as `rank` does."""
        candidates = self.candidates(given)
        if len(candidates) > 1:
            raise NameAmbiguousError(given, "requirement", candidates)
        return candidates[0] if candidates else self._requirements.find(given)

    def candidates(self, given: str) -> Sequence[str]:
        """Return the ids of all requirements of a name, without those of a framework that is not in force."""
        named = self._requirements.named(given)
        ids = [one.id for one in named if given == one.id or name_key(given) in map(name_key, one.names)]
        begins = {one: self._begins[self._framework[one]] for one in ids if self._framework.get(one) in self._begins}
        if len(ids) == 1 or not begins or any(one not in self._framework for one in ids):
            return ids
        latest = [one for one in begins if begins[one] == max(begins.values())]
        if len(latest) == 1:
            others = ", ".join(one for one in ids if one != latest[0])
            self._chosen[
                f"{given!r} is taken as {latest[0]}, of the framework in force on {self._day}, not {others}"
            ] = None
        return latest


class _Index:
    """Entries by id and by the words of their names."""

    def __init__(self, kind: str, entries: Sequence[Entry], force: str | None) -> None:
        self._kind, self._entries, self._force = kind, entries, force
        self._by_name: dict[str, dict[str, Entry]] = defaultdict(dict)
        for one in entries:
            for name in (one.id, *map(_folded, one.names)):
                self._by_name[name][one.id] = one
        self._unknown = 0
        self.notes: list[str] = []

    def named(self, given: str) -> list[Entry]:
        """Return the entries of an id, else of a name."""
        return list((self._by_name.get(given) or self._by_name.get(_folded(given)) or {}).values())

    def find(self, given: str) -> str:
        """Return the id that is meant."""
        entries = self.named(given)
        if not entries:
            self._unknown += 1
        if self._unknown > _MOST_SEARCHED and not entries:
            raise NameUnknownError(given, self._kind, [])
        choice = resolve(given, self._kind, entries or self._entries, force=self._force)
        if choice.note and choice.note not in self.notes:
            self.notes.append(choice.note)
        return choice.id


def _folded(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", re.sub("['’]", "", name.casefold()).replace("&", " and ")))


def _top(row: Row) -> int | None:
    if isinstance(row["top"], int):
        return row["top"]
    return _FRAMEWORK_LEVELS if row["competency"] and row["framework"] else None


def _counts(row: Row, day: str) -> bool:
    return str(row["valid_from"] or "") <= day < str(row["valid_to"] or "9999-12-31")
