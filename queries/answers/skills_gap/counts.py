"""Count what a report says of people and posts, over tables read once: rows as of the questions of these names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from itertools import takewhile
from operator import itemgetter

from graph.days import add_days
from graph.rows import Row
from queries.answers.force_tables import ForceTables, Ticket
from queries.answers.scenarios.measures import LACKING, Count, scope_of

_ENDLESS = "9999-12-32"
_HIGHEST = 1e300
"""What a course costs, and takes, where that is not known: more than any other."""


class Counts:
    """What is counted of a unit and those within it, or of the whole force."""

    def __init__(self, tables: ForceTables, top: str | None) -> None:
        self._tables = tables
        self._count = Count(tables.force, scope_of(tables.force, top))
        self._units = {str(row["unit_id"]): row["unit"] for row in tables.units}

    def _unit(self, unit: str, need: str) -> dict[str, object]:
        return {
            "unit": self._units[unit],
            "unit_id": unit,
            "depth": len(self._count.scope[unit]) - 1,
            **self._need(need),
        }

    def _need(self, need: str) -> dict[str, object]:
        return {"requirement": self._tables.requirements[need]["name"], "requirement_id": need}

    def heat_map(self) -> list[Row]:
        """Return where each unit is short of what its posts ask for."""
        rows: list[Row] = []
        for (unit, need, level), (places, have, able) in self._count.needs.items():
            unknown = 0 if need in self._tables.force.known else places
            counted = {"have": have, "have_absent": able - have, "short": places - have - unknown, "unknown": unknown}
            rows.append({**self._unit(unit, need), "level": None if level < 0 else level, "need": places, **counted})
        return sorted(rows, key=_place)

    def single_points(self) -> list[Row]:
        """Return what only one person in a unit holds."""
        places: dict[tuple[str, str], int] = defaultdict(int)
        for (unit, need, _), (number, *_) in self._count.needs.items():
            places[unit, need] += number
        rows: list[Row] = []
        for (unit, need), person in self._count.single_points().items():
            least, tickets = self._count.lowest[unit][need], self._tables.tickets[person][need]
            last = max(one.last or _ENDLESS for one in tickets if not one.first and one.level_or_zero >= least)
            who = {
                "person_id": person,
                "expires": None if last == _ENDLESS else last,
                "name": self._tables.names[person],
            }
            rows.append({**self._unit(unit, need), "need": places[unit, need], **who})
        return sorted(rows, key=_place)

    def expiring(self, days: int) -> list[Row]:
        """Return what people hold, and their posts ask for, that ends within so many days."""
        start = date.fromisoformat(self._tables.day).toordinal()
        until = date.fromordinal(min(start + days, date.max.toordinal())).isoformat()
        rows: list[Row] = []
        for post, person, need in self._needs_of_people():
            tickets = self._tables.tickets[person].get(need, ())
            if not any(one.last and one.last <= until for one in tickets):
                continue
            now = {one for one in tickets if not one.first}
            for one in now:
                if one.last is None or one.last > until or any(_outlasts(other, one) for other in now):
                    continue
                ends = {"expires": one.last, "days_left": date.fromisoformat(one.last).toordinal() - start}
                of = {"post_id": post, "last_holder": self._is_last(person, need, one.last), "level": one.level}
                who = {"person_id": person, "name": self._tables.names[person]}
                rows.append({**who, **self._need(need), **ends, **of, "unit_id": self._count.posts[post].unit})
        return sorted(rows, key=_end)

    def _needs_of_people(self) -> Iterator[tuple[str, str, str]]:
        """Yield each post, each person in it, and what it asks for."""
        for key, post in self._count.posts.items():
            for person in self._count.within.get(key, ()):
                for need in post.needs:
                    yield key, person, need

    def _is_last(self, person: str, need: str, last: str) -> bool:
        """Return whether nobody else who is present holds something on the day after its last for a person."""
        later = takewhile(lambda one: one[0] > last, self._holders[need])
        return not any(other != person and (not first or first <= add_days(last, 1)) for _, other, first in later)

    @cached_property
    def _holders(self) -> dict[str, list[tuple[str, str, str | None]]]:
        """Last day, person and first day of what people present hold, at the lowest level asked for; latest first."""
        least: dict[str, int] = {}
        for post in self._count.posts.values():
            for need, level in post.needs.items():
                least[need] = min(level, least.get(need, level))
        holders: dict[str, list[tuple[str, str, str | None]]] = defaultdict(list)
        for person in {one for key in self._count.posts for one in self._count.within.get(key, ())}:
            if self._tables.force.people[person].is_present:
                for need, tickets in self._tables.tickets[person].items():
                    lowest = least.get(need)
                    some = [one for one in tickets if lowest is not None and one.level_or_zero >= lowest]
                    holders[need] += [(one.last or _ENDLESS, person, one.first) for one in some]
        return {need: sorted(of, key=itemgetter(0), reverse=True) for need, of in holders.items()}

    def training_demand(self) -> list[Row]:
        """Return what courses would close the gaps of those who are present in posts."""
        course_of: dict[object, Row] = {None: {}}
        people, needs = defaultdict[object, list[str]](list), defaultdict[object, set[object]](set)
        for (need, level), lacking in self._lacking().items():
            best = min(self._teachers(need, level), key=itemgetter("price"), default={"id": None})
            course_of[best["id"]] = best
            people[best["id"]] += lacking
            needs[best["id"]].add(self._tables.requirements[need]["name"])
        rows: list[Row] = []
        for key, learners in people.items():
            course, many = course_of[key], len({*learners})
            each = {name: None if course.get(name) is None else course[name] * many for name in ("days", "cost")}  # type: ignore[operator]
            of = {"course": course.get("name"), "people": many, "seats": course.get("seats"), **each}
            rows.append({**of, "course_id": key, "gaps": len(learners), "requirements": sorted(map(str, needs[key]))})
        return sorted(rows, key=lambda row: (row["course_id"] is None, -int(str(row["people"])), str(row["course_id"])))

    def _lacking(self) -> dict[tuple[str, int], set[str]]:
        """Return who is present in a post that is short of something, and lacks it, by requirement and level."""
        force, lacking = self._tables.force, defaultdict[tuple[str, int], set[str]](set)
        for key, post in self._count.posts.items():
            here = [one for one in self._count.within.get(key, ()) if force.people[one].is_present]
            for need, level in post.needs.items() if here else ():
                without = [one for one in here if force.people[one].holdings.get(need, LACKING) < level]
                if without and need in force.known and len(here) - len(without) < post.places:
                    lacking[need, max(level, 0)].update(without)
        return lacking

    def _teachers(self, need: str, level: int) -> Iterator[Row]:
        """Yield the courses that teach a requirement to a level, with what they are ordered by."""
        for course in self._tables.courses:
            taught = {one: top for one, top in course["teaches"] if one is not None}  # type: ignore[attr-defined]
            if course["id"] == need or taught.get(need, LACKING) >= level:
                price = (_HIGHEST if course[name] is None else course[name] for name in ("cost", "days"))
                yield {**course, "price": (*price, str(course["id"]))}


def _outlasts(other: Ticket, one: Ticket) -> bool:
    return other.level_or_zero >= one.level_or_zero and (other.last or _ENDLESS) > str(one.last)


def _place(row: Row) -> tuple[object, ...]:
    return row["depth"], row["unit_id"], row["requirement_id"], -1 if row.get("level") is None else row.get("level")


def _end(row: Row) -> tuple[object, ...]:
    level = -1 if row["level"] is None else row["level"]
    return row["expires"], row["person_id"], row["requirement_id"], row["post_id"], level
