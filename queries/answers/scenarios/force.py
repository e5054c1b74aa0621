"""A force on a day as plain tables: its posts and what they ask for, its people and what they hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from graph.rows import Row, list_or_empty, text_or_none


class Post(NamedTuple):
    """A post that is open; `needs` has the level asked for by requirement, -1 for any."""

    unit: str
    rank: str | None
    role: str | None
    title: str | None
    places: int
    needs: Mapping[str, int]

    @property
    def kind(self) -> str | None:
        """The rank, or the role where there is none."""
        return self.rank or self.role

    def is_for(self, rank: str | None) -> bool:
        """Return whether it is a post of a rank or role."""
        return rank in (self.rank, self.role)


class Person(NamedTuple):
    """Somebody in the force.

    `posts` are open posts with whether the person is in them substantively, `holdings` what counts with its level, 0
    for none.
    """

    is_present: bool
    ranks: tuple[str, ...]
    posts: Mapping[str, bool]
    holdings: Mapping[str, int]
    fte: float = 1.0

    @property
    def own_posts(self) -> list[str]:
        """The posts that the person is in substantively, or where there are none, all that the person is in."""
        return [post for post, substantive in self.posts.items() if substantive] or [*self.posts]


@dataclass(frozen=True)
class Force:
    """Posts and people by id, the units that each unit is within from itself outwards, and what must be covered.

    `cover` are rows of the question minimum-cover; `known` is what anybody was ever recorded with.
    """

    posts: dict[str, Post]
    people: dict[str, Person]
    above: Mapping[str, Sequence[str]]
    cover: Sequence[Row]
    known: set[str]

    @classmethod
    def of(
        cls,
        posts: Iterable[Row],
        people: Iterable[Row],
        units: Iterable[Row],
        cover: Sequence[Row],
        known: Iterable[str],
    ) -> Force:
        """Return the force of rows of posts-and-needs and people-and-holdings, and of units with their parents."""
        above = ways(units)
        open_posts = {post: one for row in posts for post, one in _posts(row) if one.unit in above}
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in people:
            rows[str(row["person_id"])].append(row)
        persons = {one: _person(of, open_posts) for one, of in rows.items()}
        return cls(open_posts, persons, above, cover, {*known})

    def occupants(self) -> dict[str, set[str]]:
        """Return who is in each post, on whatever basis; posts with nobody in them are left out."""
        within: dict[str, set[str]] = defaultdict(set)
        for one, person in self.people.items():
            for post in person.posts:
                within[post].add(one)
        return within

    def vacant(self, post: str, within: Collection[str]) -> int:
        """Return how many places of a post are vacant; `within` are those who are in it on any basis."""
        return max(0, self.posts[post].places - sum(post in self.people[one].own_posts for one in within))


def _posts(row: Row) -> Iterable[tuple[str, Post]]:
    needs = {str(need): int(level) for need, level in row["needs"]}  # type: ignore[attr-defined]
    rank, role = text_or_none(row["rank"]), text_or_none(row["role"])
    for post, unit, places, title in row["posts"]:  # type: ignore[attr-defined]
        yield str(post), Post(str(unit), rank, role, text_or_none(title), int(places), needs)


def _person(rows: Sequence[Row], posts: Mapping[str, Post]) -> Person:
    stays: dict[str, bool] = {}
    fte: dict[bool, float] = defaultdict(float)
    for row in rows:
        post, substantive = str(row["post_id"]), row["basis"] == "substantive"
        if post in posts:
            stays[post] = stays.get(post, False) or substantive
            fte[substantive] += float(str(1.0 if row["fte"] is None else row["fte"]))
    first = rows[0]
    ranks = tuple(map(str, list_or_empty(first["ranks"]))) or tuple(filter(None, (posts[one].kind for one in stays)))
    holdings = {str(need): int(level) for need, level in first["holdings"]}  # type: ignore[attr-defined]
    return Person(bool(first["present"]), ranks, stays, holdings, min(1.0, fte[True] or fte[False] or 1.0))


def ways(units: Iterable[Row]) -> dict[str, list[str]]:
    """Return the units that each unit is within, from itself outwards."""
    parents = {str(row["unit_id"]): text_or_none(row["parent_id"]) for row in units}
    above = {unit: [unit] for unit in parents}
    for way in above.values():
        while parent := parents.get(way[-1]):
            way.append(parent)
    return above
