"""Count what a force is short of, as heat-map, vacancies, single-points and minimum-cover do: over tables alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from graph.rows import Row
from queries.answers.scenarios.force import Force

Key = tuple[str, str, str, int | None]
"""Kind, unit, requirement or post, and level; `kind` is one of `KINDS`."""
Measures = Counter[Key]
"""What is counted; what is left out is 0."""

KINDS = {
    "short": "posts short",
    "vacancy": "vacant places",
    "single point": "single points",
    "nobody": "nobody holds",
    "cover": "short of cover",
}
"""What is measured, and what its total is called.

short is how many places ask for something that nobody in them holds, vacancy how many places of a post are empty,
cover how many people are missing by minimum cover. Of the others it is 1 if it is so: a single point is what just one
person there holds, nobody what posts ask for and nobody in them holds.
"""
PLACES = "places"
"""Stands for places in posts, a total that is neither better nor worse, shown where scenarios change it."""
ROUNDED = "to the nearest five"
"""Stands after a total that is rounded."""
LACKING = -2
"""Below every level that is asked for."""


def measures(force: Force, top: str | None = None) -> Measures:
    """Return what a unit, with each unit within it, is short of; of the force where there is no `top`."""
    scope = scope_of(force, top)
    return Counter({key: number for key, number in Count(force, scope).all() if number})


def scope_of(force: Force, top: str | None) -> dict[str, Sequence[str]]:
    """Return each unit in scope, with those that it is within, up to the top."""
    return {
        unit: way[: way.index(top) + 1] if top else way
        for unit, way in force.above.items()
        if top is None or top in way
    }


def totals(measured: Measures, force: Force, top: str | None) -> dict[str, int]:
    """Return the sum of each kind: short in the top units, which count those within them, all else in every unit."""
    tops = {way[-1] for way in scope_of(force, top).values()}
    sums = dict.fromkeys(KINDS, 0)
    for (kind, unit, _, _), number in measured.items():
        sums[kind] += number if kind != "short" or unit in tops else 0
    return sums


class Count:
    """What posts of some units ask for, and who has it; `scope` has each unit with those it counts in."""

    def __init__(self, force: Force, scope: Mapping[str, Sequence[str]]) -> None:
        self.force, self.scope = force, scope
        self.posts = {key: post for key, post in force.posts.items() if post.unit in scope}
        self.within = force.occupants()

    def all(self) -> Iterator[tuple[Key, int]]:
        """Yield all that is measured, nought too."""
        for (unit, need, level), (asking, here, able) in self.needs.items():
            if need in self.force.known:
                shown = None if level < 0 else level
                yield ("short", unit, need, shown), asking - here
                yield ("nobody", unit, need, shown), int(not able)
        for key, post in self.posts.items():
            yield ("vacancy", post.unit, key, None), self.force.vacant(key, self.within[key])
        for unit, need in self.single_points():
            yield ("single point", unit, need, None), 1
        for row in self.force.cover:
            yield from self._cover(row)

    @cached_property
    def needs(self) -> dict[tuple[str, str, int], tuple[int, ...]]:
        """By unit, requirement and level: places that ask for it, those that have it present, and have it at all."""
        counts: dict[tuple[str, str, int], tuple[int, ...]] = defaultdict(lambda: (0, 0, 0))
        for key, post in self.posts.items():
            within = [self.force.people[one] for one in self.within[key]]
            for need, level in post.needs.items():
                able = [one.is_present for one in within if one.holdings.get(need, LACKING) >= level]
                asking, here, all_able = counts[post.unit, need, level]
                more = min(sum(able), post.places), min(len(able), post.places)
                counts[post.unit, need, level] = asking + post.places, here + more[0], all_able + more[1]
        sums: dict[tuple[str, str, int], tuple[int, ...]] = defaultdict(lambda: (0, 0, 0))
        for (own, need, level), count in counts.items():
            for unit in self.scope[own]:
                sums[unit, need, level] = tuple(map(sum, zip(sums[unit, need, level], count, strict=True)))
        return sums

    @cached_property
    def lowest(self) -> dict[str, dict[str, int]]:
        """By unit, the lowest level at which posts ask for a requirement."""
        lowest: dict[str, dict[str, int]] = defaultdict(dict)
        for unit, need, level in self.needs:
            lowest[unit][need] = min(level, lowest[unit].get(need, level))
        return lowest

    @cached_property
    def present(self) -> dict[str, list[str]]:
        """Who is present in posts of each unit, and of those within it."""
        present = defaultdict(list)
        for key, person in self.force.people.items():
            own = {self.posts[post].unit for post in person.posts if post in self.posts} if person.is_present else ()
            for unit in {unit for one in own for unit in self.scope[one]}:
                present[unit].append(key)
        return present

    def single_points(self) -> dict[tuple[str, str], str]:
        """Return who alone holds something at the lowest level asked for, by unit and requirement."""
        holders: dict[tuple[str, str], str | None] = {}
        for unit, lowest in self.lowest.items():
            for one in self.present.get(unit, ()):
                for need, level in self.force.people[one].holdings.items():
                    if level >= lowest.get(need, level + 1):
                        holders[unit, need] = None if (unit, need) in holders else one
        return {key: one for key, one in holders.items() if one}

    def _cover(self, row: Row) -> Iterator[tuple[Key, int]]:
        unit, need, level = str(row["unit_id"]), str(row["requirement_id"]), row["level"]
        if unit in self.scope and need in self.force.known:
            least = int(str(level or 0))
            here = self.present.get(unit, ())
            have = sum(self.force.people[one].holdings.get(need, LACKING) >= least for one in here)
            key = "cover", unit, need, None if level is None else least
            yield key, max(0, int(str(row["people"])) - have)
