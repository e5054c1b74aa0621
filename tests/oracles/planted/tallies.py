"""Count what was planted in a unit: needs and who meets them, who holds what, establishment and strength."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from loaders.sample_force.model import Post, Qualification, Unit

EVER = date.max
"""The end of what has none."""

Key = tuple[str, int | None]
"""A requirement and the level that is asked for."""


@dataclass(slots=True)
class Holders:
    """The two present people who hold a requirement longest at a level: enough to know the only and the last one."""

    best: dict[str, date] = field(default_factory=dict)

    def add(self, person: str, ends: date) -> None:
        """Count a person, each once however often given."""
        self.best[person] = ends
        if len(self.best) > 2:
            del self.best[min(self.best, key=lambda one: (self.best[one], one))]

    def only(self) -> tuple[str, date] | None:
        """Return the only person and the last day, or none."""
        return next(iter(self.best.items())) if len(self.best) == 1 else None

    def none_after(self, day: date) -> bool:
        """Return whether nobody holds it the day after."""
        return all(ends <= day for ends in self.best.values())


@dataclass(slots=True)
class Tally:
    """What is counted of one unit, or of a unit and all below it."""

    needs: dict[Key, list[int]] = field(default_factory=dict)
    holders: dict[str, dict[int, Holders]] = field(default_factory=dict)
    """Who holds each requirement, by the level held, nought where it has none; nobody holds one at two levels."""

    def add(self, other: Tally) -> None:
        """Add what was counted of a unit below."""
        for key, counted in other.needs.items():
            mine = self.needs.setdefault(key, [0, 0, 0])
            for place, number in enumerate(counted):
                mine[place] += number
        for requirement, levels in other.holders.items():
            for level, holders in levels.items():
                for person, ends in holders.best.items():
                    self.hold(requirement, level, person, ends)

    def hold(self, requirement: str, level: int, person: str, ends: date) -> None:
        """Count a present person who holds a requirement."""
        self.holders.setdefault(requirement, {}).setdefault(level, Holders()).add(person, ends)

    def able(self, requirement: str) -> Holders:
        """Return who holds a requirement at the lowest level that any post asks for, or above."""
        asked = [level for one, level in self.needs if one == requirement]
        lowest = min((level or 0 for level in asked), default=0)
        found = Holders()
        for level, holders in self.holders.get(requirement, {}).items():
            if level >= lowest:
                for person, ends in holders.best.items():
                    found.add(person, ends)
        return found

    def asked(self) -> dict[str, int]:
        """Return how many posts ask for each requirement, at whatever level."""
        found: dict[str, int] = {}
        for (requirement, _level), (need, _have, _absent) in self.needs.items():
            found[requirement] = found.get(requirement, 0) + need
        return found


def tally(posts: Iterable[Post]) -> Tally:
    """Return what is counted of posts: need, have and have_absent by requirement and level, and who holds what."""
    found = Tally()
    for post in posts:
        if not post.open:
            continue
        present = [seat.person for seat in post.sitting if not seat.person.absent]
        absent = [seat.person for seat in post.sitting if seat.person.absent]
        for requirement, level in post.needs.items():
            counted = found.needs.setdefault((requirement, level), [0, 0, 0])
            counted[0] += 1
            if any(met_by(one.qualifications.get(requirement), level) for one in present):
                counted[1] += 1
            elif any(met_by(one.qualifications.get(requirement), level) for one in absent):
                counted[2] += 1
        for person in present:
            for requirement, qualification in person.qualifications.items():
                if qualification.state == "held":
                    found.hold(requirement, qualification.level or 0, person.id, qualification.ends or EVER)
    return found


def establishment(unit: Unit) -> dict[str, tuple[int, float, int, float]]:
    """Return posts, established fte, heads and strength by rank, or by role where a post has no rank."""
    posts: dict[str, list[Post]] = {}
    for post in unit.posts:
        if post.open:
            posts.setdefault(post.rank or post.role or "", []).append(post)
    return {rank: _strength(found) for rank, found in posts.items()}


def _strength(posts: list[Post]) -> tuple[int, float, int, float]:
    seats = [seat for post in posts for seat in post.sitting if seat.basis == "substantive"]
    heads = {seat.person.id for seat in seats}
    return len(posts), sum(post.fte for post in posts), len(heads), sum(seat.fte for seat in seats)


def met_by(qualification: Qualification | None, level: int | None) -> bool:
    """Return whether what a person makes of a requirement is enough on the day.

    >>> met_by(Qualification("held", 2, None, ()), 2), met_by(Qualification("held", None, None, ()), 1)
    (True, False)
    """
    if qualification is None or qualification.state != "held":
        return False
    return level is None or (qualification.level or 0) >= level
