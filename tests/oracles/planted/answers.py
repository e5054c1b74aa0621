"""The answers, counted while the force is planned: one list of rows a question and scope, spooled to the disk."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import IO, Self

from loaders.sample_force.calendar import AS_OF, WINDOW
from loaders.sample_force.catalogue import OFFERS, Offer, names
from loaders.sample_force.model import Block, Post, Seat, Unit
from tests.oracles.planted.tallies import EVER, Tally, establishment, met_by, tally

_COLUMNS = {
    "heat-map": (
        *("unit", "unit_id", "depth", "requirement", "requirement_id", "level"),
        *("need", "have", "have_absent", "short", "unknown"),
    ),
    "single-points": ("unit", "unit_id", "requirement", "requirement_id", "need", "person_id", "expires"),
    "expiring": ("person_id", "requirement", "expires", "days_left", "post_id", "last_holder", "requirement_id"),
    "vacancies": ("unit_id", "post_id", "rank", "title", "vacant_since", "covered_by"),
    "establishment": ("unit_id", "rank", "posts", "established_fte", "heads", "strength_fte", "vacant_fte"),
    "training-demand": ("course", "people", "seats", "days", "cost"),
}  # fmt: skip
"""Columns of the questions about units, those of the issue first."""


class Answer:
    """One answer: rows go to a file of their own until all are known."""

    def __init__(self, question: str, parameters: dict[str, object], columns: Sequence[str], spool: IO[str]) -> None:
        self.question, self.parameters, self.columns, self._spool = question, parameters, tuple(columns), spool

    def add(self, *row: object) -> None:
        """Add one row, its values in the order of the columns."""
        self._spool.write(json.dumps(row, ensure_ascii=False) + "\n")

    def rows(self) -> Iterator[list[object]]:
        """Yield the rows, each with its values in the order of the columns."""
        self._spool.seek(0)
        yield from map(json.loads, self._spool)


@dataclass
class Scope:
    """The whole force, or a unit with what is below it, and what is known of it only at the end."""

    unit: Unit | None
    answers: dict[str, Answer]
    expiring: IO[str]
    tally: Tally = field(default_factory=Tally)
    demand: dict[str | None, int] = field(default_factory=dict)

    def holds(self, unit: Unit) -> bool:
        """Return whether a unit is within it."""
        return self.unit is None or self.unit.id in (*unit.above, unit.id)

    def depth(self, unit: Unit) -> int:
        """Return how far below the one asked for a unit is; below the top_units for the whole force."""
        return len(unit.above) - (len(self.unit.above) if self.unit else 0)


class Answers:
    """All answers, and the scopes that are asked for. A context: its spools are gone afterwards."""

    def __init__(self) -> None:
        self._stack, self.all, self.scopes = ExitStack(), list[Answer](), list[Scope]()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def answer(self, question: str, parameters: dict[str, object], columns: Sequence[str]) -> Answer:
        """Start an answer."""
        found = Answer(question, parameters, columns, self._spool())
        self.all.append(found)
        return found

    def scope(self, unit: Unit | None) -> None:
        """Ask all questions about units of the whole force, or of one unit; before anything in it is counted."""
        asked: dict[str, object] = {"unit": unit.id if unit else None}
        answers = {
            name: self.answer(name, {**asked, **({"days": WINDOW} if name == "expiring" else {})}, columns)
            for name, columns in _COLUMNS.items()
        }
        self.scopes.append(Scope(unit, answers, self._spool()))

    def _spool(self) -> IO[str]:
        return self._stack.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8"))

    def block(self, block: Block) -> Tally:
        """Count a block, and return what is counted of all of its units together."""
        top, *teams = block.units
        whole = tally(top.posts)
        for unit in teams:
            found = tally(unit.posts)
            whole.add(found)
            self.unit(unit, found)
            self._gather(unit, found)
        for unit in block.units:
            self._posts(unit)
        self._courses(block)
        self._gather_top(top, whole)
        return whole

    def unit(self, unit: Unit, found: Tally) -> None:
        """Write the heat map and the single points of a unit, now that all below it is counted."""
        asked, called = found.asked(), names()
        for scope in self.scopes:
            if not scope.holds(unit):
                continue
            for (requirement, level), (need, have, absent) in found.needs.items():
                scope.answers["heat-map"].add(
                    unit.name,
                    unit.id,
                    scope.depth(unit),
                    called[requirement],
                    requirement,
                    level,
                    need,
                    have,
                    absent,
                    need - have,
                    0,
                )
            for requirement, need in asked.items():
                if (only := found.able(requirement).only()) is not None:
                    scope.answers["single-points"].add(
                        unit.name, unit.id, called[requirement], requirement, need, only[0], day(only[1])
                    )

    def _gather(self, unit: Unit, found: Tally) -> None:
        for scope in self.scopes:
            if scope.unit is unit:
                scope.tally = found

    def _gather_top(self, top: Unit, whole: Tally) -> None:
        """Count a block for the scopes that are its own unit, or above it."""
        for scope in self.scopes:
            if scope.unit is None or scope.unit.id in (*top.above, top.id):
                scope.tally.add(whole)

    def _posts(self, unit: Unit) -> None:
        for scope in self.scopes:
            if not scope.holds(unit):
                continue
            for rank, (posts, fte, heads, strength) in establishment(unit).items():
                scope.answers["establishment"].add(unit.id, rank, posts, fte, heads, strength, fte - strength)
            for post in unit.posts:
                if post.vacant:
                    scope.answers["vacancies"].add(*_vacancy(post))
                for seat in post.sitting:
                    scope.expiring.writelines(f"{json.dumps(row)}\n" for row in _expiring(post, seat))

    def _courses(self, block: Block) -> None:
        lacking = [(unit, *found) for unit in block.units for post in unit.posts for found in _lacking(post)]
        for scope in self.scopes:
            people: dict[str | None, set[str]] = {}
            for unit, person, course in lacking:
                if scope.holds(unit):
                    people.setdefault(course, set()).add(person)
            for course, found in people.items():
                scope.demand[course] = scope.demand.get(course, 0) + len(found)

    def close(self) -> None:
        """Write what only the whole of a scope tells: who is the last holder, and how many seats are wanted."""
        for scope in self.scopes:
            scope.expiring.seek(0)
            able = {requirement: scope.tally.able(requirement) for requirement in scope.tally.asked()}
            for line in scope.expiring:
                person, requirement, ends, left, post = json.loads(line)
                last = able[requirement].none_after(date.fromisoformat(ends))
                scope.answers["expiring"].add(person, names()[requirement], ends, left, post, last, requirement)
            offers = {offer.id: offer for offer in OFFERS}
            for course, people in scope.demand.items():
                if course is None:
                    scope.answers["training-demand"].add(None, people, None, None, None)
                    continue
                offer = offers[course]
                days, cost = _times(people, offer.days), _times(people, offer.cost)
                scope.answers["training-demand"].add(offer.name, people, offer.seats, days, cost)


def day(found: date | None) -> str | None:
    """Return a day as the graph has it; none where there is no end."""
    return None if found is None or found == EVER else found.isoformat()


def _times(people: int, each: float | None) -> float | None:
    return None if each is None else people * each


def _vacancy(post: Post) -> Iterable[object]:
    covers = sorted(seat.person.id for seat in post.sitting)
    return post.unit, post.id, post.rank or post.role, post.title, day(post.vacant_since), covers


def _expiring(post: Post, seat: Seat) -> Iterator[tuple[str, str, str, int, str]]:
    for requirement in post.needs:
        qualification = seat.person.qualifications.get(requirement)
        if qualification is None or qualification.state != "held" or qualification.ends is None:
            continue
        left = (qualification.ends - AS_OF).days
        if left <= WINDOW:
            yield seat.person.id, requirement, qualification.ends.isoformat(), left, post.id


def _lacking(post: Post) -> Iterator[tuple[str, str | None]]:
    """Yield who lacks what a short post asks for, and the cheapest course that brings it."""
    present = [seat.person for seat in post.sitting if not seat.person.absent]
    for requirement, level in post.needs.items():
        if any(met_by(person.qualifications.get(requirement), level) for person in present):
            continue
        offer = cheapest(requirement, level)
        yield from ((person.id, offer.id if offer else None) for person in present)


@cache
def cheapest(requirement: str, level: int | None) -> Offer | None:
    """Return the course that brings somebody to the level for the least money; none where nobody teaches it."""
    offers = [offer for offer in OFFERS if _brings(offer, requirement, level)]
    unknown = float("inf")
    return min(
        offers,
        key=lambda offer: (
            unknown if offer.cost is None else offer.cost,
            unknown if offer.days is None else offer.days,
            offer.id,
        ),
        default=None,
    )


def _brings(offer: Offer, requirement: str, level: int | None) -> bool:
    """Return whether somebody who passed the course holds the requirement at the level."""
    if requirement == offer.id:
        return level is None
    return any(taught == requirement and (level is None or (at or 0) >= level) for taught, at in offer.teaches)
