"""A force from a day on, read once: its posts and what they ask for, who is in them, and what people hold."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from graph.days import LAST_DAY
from graph.rows import Row, text_or_none
from queries.answers.scenarios.force import Force, Person, Post, ways
from queries.parameters.unit_names import read_units

if TYPE_CHECKING:
    from graph.session import Graph

_POSTS = """MATCH (own:Unit)<-[:WITHIN]-(post:Post) WHERE $day <= coalesce(post.closed, '9999-12-31')
OPTIONAL MATCH (post)-[e:FOR_ROLE|ASKS_FOR]->(asked)
WITH own, post, collect([asked, e.level, e.necessity]) AS asks
WITH asks, collect({own: own, post: post}) AS places
WITH places, head(places).post AS post
WITH places, post, COLLECT {
  MATCH (post)-[:FOR_ROLE*0..1]->(by)-[e:REQUIRES|ASKS_FOR]->(need:Requirement)
  WHERE (need.recorded OR need.declared) AND coalesce(e.necessity, 'essential') = 'essential'
    AND (type(e) = 'ASKS_FOR' OR e.valid_from <= $day AND $day < e.valid_to)
  WITH need, max(coalesce(e.level, -1)) AS level
  RETURN [need.id, level] AS ask ORDER BY need.id
} AS needs
OPTIONAL MATCH (post)-[:FOR_ROLE]->(rank:Rank)
OPTIONAL MATCH (post)-[:FOR_ROLE]->(role:Role) WHERE NOT role:Rank
RETURN rank.id AS rank, role.id AS role, needs, [place IN places | [place.post.id, place.own.id,
  coalesce(place.post.places, 1), place.post.opened, place.post.closed]] AS posts"""
_TIMES = """MATCH (person:Person) WHERE $day <= coalesce(person.left, '9999-12-31')
OPTIONAL MATCH (person)-[o:OCCUPIES]->(post:Post) WHERE $day <= coalesce(o.to, '9999-12-31')
RETURN person.id AS person_id, person.name AS name, person.joined AS joined, person.left AS left, post.id AS post_id,
  o.basis AS basis, o.from AS first, o.to AS last"""
_HOLDINGS = """MATCH (person:Person)-[h:HOLDS]->(need:Requirement) WHERE h.expires IS NULL OR $day <= h.expires
WITH need, h.level AS level, CASE WHEN h.achieved > $day THEN h.achieved END AS first, h.expires AS last,
  collect(person.id) AS people
RETURN need.id AS need, collect([level, first, last, people]) AS tickets"""
_ABSENCES = """MATCH (person:Person)-[:ABSENT]->(absence:Absence) WHERE $day <= coalesce(absence.to, '9999-12-31')
RETURN person.id AS person_id, absence.from AS first, absence.to AS last"""
_REQUIREMENTS = """MATCH (n:Requirement)
RETURN n.id AS id, n.name AS name, n.valid_months AS months, EXISTS { (n)<-[:HOLDS]-() } AS known"""
_COURSES = """MATCH (course:Course) WHERE $day < coalesce(course.withdrawn, '9999-12-31')
OPTIONAL MATCH (course)-[t:TEACHES]->(need:Requirement)
RETURN course.id AS id, course.name AS name, course.cost AS cost, course.days AS days, course.seats AS seats,
  collect([need.id, coalesce(t.level, 0)]) AS teaches"""


class Ticket(NamedTuple):
    """A holding: its level, the day from which it counts where that is a later one, and its last day."""

    level: int | None
    first: str | None
    last: str | None

    @property
    def level_or_zero(self) -> int:
        """The level, 0 for none."""
        return self.level or 0


class ForceTables:
    """What is essential and recorded, of all posts and people that are there on a day or later."""

    def __init__(self, graph: Graph, day: str) -> None:
        self.day, self.units = day, read_units(graph)
        self.requirements = {str(row["id"]): row for row in graph.read(_REQUIREMENTS, {})}
        posts, self.times, holdings, away, self.courses = (
            graph.read(query, {"day": day}) for query in (_POSTS, _TIMES, _HOLDINGS, _ABSENCES, _COURSES)
        )
        self.posts: dict[str, Post] = {}
        self.ends: dict[str, tuple[str, str]] = {}
        """The first and last day on which each post is open."""
        for row in posts:
            needs = {str(need): int(level) for need, level in row["needs"]}  # type: ignore[attr-defined]
            rank, role = text_or_none(row["rank"]), text_or_none(row["role"])
            for post, unit, places, opened, closed in row["posts"]:  # type: ignore[attr-defined]
                self.posts[post] = Post(unit, rank, role, None, places, needs)
                self.ends[post] = opened or "", closed or LAST_DAY
        self.tickets: dict[str, dict[str, list[Ticket]]] = defaultdict(lambda: defaultdict(list))
        """By person and requirement."""
        for row in holdings:
            need = str(row["need"])
            for *of_ticket, people in row["tickets"]:  # type: ignore[attr-defined]
                ticket = Ticket(*of_ticket)
                for person in people:
                    self.tickets[person][need].append(ticket)
        self.away: dict[object, list[tuple[str, str]]] = defaultdict(list)
        for row in away:
            self.away[row["person_id"]].append((str(row["first"] or ""), str(row["last"] or LAST_DAY)))

    @cached_property
    def force(self) -> Force:
        """The force on the day, without ranks and FTE of people, the basis of their times, and what must be covered."""
        people: dict[str, Person] = {}
        posts = {post: self.posts[post] for post, (opened, _) in self.ends.items() if opened <= self.day}
        for time in self.times:
            one, post = str(time["person_id"]), time["post_id"]
            if str(time["joined"] or "") > self.day:
                continue
            if one not in people:
                holdings = {
                    need: max(one.level_or_zero for one in tickets if not one.first)
                    for need, tickets in self.tickets.get(one, {}).items()
                    if not all(one.first for one in tickets)
                }
                present = not any(first <= self.day for first, _ in self.away.get(one, ()))
                people[one] = Person(present, (), {}, holdings)
            if post in posts and str(time["first"] or "") <= self.day:
                people[one].posts[str(post)] = True  # type: ignore[index]
        known = {need for need, row in self.requirements.items() if row["known"]}
        return Force(posts, people, ways(self.units), (), known)

    @cached_property
    def names(self) -> dict[str, object]:
        """What people are called, by their numbers."""
        return {str(row["person_id"]): row["name"] for row in self.times}

    def posts_ahead(self) -> list[Row]:
        """Return what the question posts-ahead does, in no order."""
        above, places = ways(self.units), Counter[tuple[object, ...]]()
        groups: dict[tuple[object, ...], Post] = {}
        for one, post in self.posts.items():
            opened, closed = self.ends[one]
            key = (post.unit, post.kind, opened if opened > self.day else "", closed, *post.needs)
            groups[key] = post
            places[key] += post.places
        return [
            {
                "unit_id": post.unit,
                "units": above[post.unit],
                "rank": post.kind,
                "opened": key[2],
                "closed": key[3],
                "places": places[key],
                "needs": [
                    (need, self.requirements[need]["months"])
                    for need in sorted(post.needs)
                    if self.requirements[need]["known"]
                ],
            }
            for key, post in groups.items()
        ]

    def people_ahead(self) -> list[Row]:
        """Return what the question people-ahead does; each day at which nothing is recorded is the first or last."""
        return sorted(map(self._ahead, (time for time in self.times if time["post_id"] in self.posts)), key=_order)

    def _ahead(self, time: Row) -> Row:
        person, post = str(time["person_id"]), str(time["post_id"])
        tickets, (opened, closed) = self.tickets.get(person, {}), self.ends[post]
        return {
            "person_id": person,
            "post_id": post,
            "unit_id": self.posts[post].unit,
            "rank": self.posts[post].kind,
            "basis": time["basis"],
            "joined": time["joined"],
            "first": max(opened, str(time["first"] or ""), str(time["joined"] or "")),
            "last": min(closed, str(time["last"] or LAST_DAY), str(time["left"] or LAST_DAY)),
            "away": self.away.get(person, ()),
            "tickets": [
                (need, one.first, one.last)
                for need, least in self.posts[post].needs.items()
                for one in tickets.get(need, ())
                if one.level_or_zero >= least
            ],
        }


def _order(row: Row) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in ("person_id", "post_id", "first", "last", "basis"))
