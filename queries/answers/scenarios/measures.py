"""Count what a force is short of, as heat-map, vacancies, single-points and minimum-cover do: over tables alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

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
_LACKING = -2
"""Below every level that is asked for."""


def measures(force: Force, top: str | None = None) -> Measures:
    """Return what a unit, with each unit within it, is short of; of the force where there is no `top`."""
    scope = scope_of(force, top)
    return Counter({key: number for key, number in _Count(force, scope).all() if number})


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


class _Count:
    def __init__(self, force: Force, scope: Mapping[str, Sequence[str]]) -> None:
        self._force, self._scope = force, scope
        self._posts = {key: post for key, post in force.posts.items() if post.unit in scope}
        self._within = force.occupants()
        self._lowest: dict[str, dict[str, int]] = defaultdict(dict)
        """By unit, the lowest level at which posts ask for a requirement."""

    def all(self) -> Iterator[tuple[Key, int]]:
        yield from self._needs()
        for key, post in self._posts.items():
            yield ("vacancy", post.unit, key, None), self._force.vacant(key, self._within[key])
        present = self._present()
        yield from self._single_points(present)
        for row in self._force.cover:
            yield from self._cover(row, present)

    def _needs(self) -> Iterator[tuple[Key, int]]:
        """Yield what is short, and what nobody holds, by unit, requirement and level."""
        counts: dict[tuple[str, str, int], list[int]] = defaultdict(lambda: [0, 0, 0])
        for key, post in self._posts.items():
            within = [self._force.people[one] for one in self._within[key]]
            for need, level in post.needs.items():
                able = [one.is_present for one in within if one.holdings.get(need, _LACKING) >= level]
                count = counts[post.unit, need, level]
                count[0] += post.places
                count[1] += min(sum(able), post.places)
                count[2] += min(len(able), post.places)
        sums: dict[tuple[str, str, int], list[int]] = defaultdict(lambda: [0, 0, 0])
        for (own, need, level), count in counts.items():
            for unit in self._scope[own]:
                sums[unit, need, level] = [a + b for a, b in zip(sums[unit, need, level], count, strict=True)]
        for (unit, need, level), (asking, here, all_able) in sums.items():
            lowest = self._lowest[unit]
            lowest[need] = min(level, lowest.get(need, level))
            if need in self._force.known:
                shown = None if level < 0 else level
                yield ("short", unit, need, shown), asking - here
                yield ("nobody", unit, need, shown), int(not all_able)

    def _present(self) -> dict[str, list[str]]:
        """Return who is present in posts of each unit, and of those within it."""
        present = defaultdict(list)
        for key, person in self._force.people.items():
            own = {self._posts[post].unit for post in person.posts if post in self._posts} if person.is_present else ()
            for unit in {unit for one in own for unit in self._scope[one]}:
                present[unit].append(key)
        return present

    def _single_points(self, present: Mapping[str, Sequence[str]]) -> Iterator[tuple[Key, int]]:
        for unit, lowest in self._lowest.items():
            holders = Counter(
                need
                for one in present.get(unit, ())
                for need, level in self._force.people[one].holdings.items()
                if level >= lowest.get(need, level + 1)
            )
            yield from ((("single point", unit, need, None), 1) for need, number in holders.items() if number == 1)

    def _cover(self, row: Row, present: Mapping[str, Sequence[str]]) -> Iterator[tuple[Key, int]]:
        unit, need, level = str(row["unit_id"]), str(row["requirement_id"]), row["level"]
        if unit in self._scope and need in self._force.known:
            least = int(str(level or 0))
            have = sum(self._force.people[one].holdings.get(need, _LACKING) >= least for one in present.get(unit, ()))
            key = "cover", unit, need, None if level is None else least
            yield key, max(0, int(str(row["people"])) - have)
