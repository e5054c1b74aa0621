"""A force of which the rates are known, lived through person by person: what was recorded, and what then came."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import inf

DAY, PAST, AHEAD = date(2026, 1, 1), 3, 4
"""The day of the forecast, years recorded before it, and years after it."""
RANKS = ("uk/constable", "uk/sergeant", "uk/inspector")
UNITS = {"A": {"uk/constable": 60, "uk/sergeant": 34}, "B": {"uk/constable": 45, "uk/inspector": 12}, "C": {}}
UNITS["C"] = {"uk/constable": 38, "uk/sergeant": 12}
TICKETS = {"skill/driving": ("uk/constable",), "skill/first-aid": ("uk/constable", "uk/sergeant")}
"""What is asked for, and of posts of which ranks."""
NAMES = {"skill/driving": "driving", "skill/first-aid": "first aid"}
MONTHS = 24
HOLDING = ("person_id", "requirement", "achieved", "expires")

Row = dict[str, object]


@dataclass
class Planted:
    """The rates of a force: shares of those there who go in a year are 1 - exp of minus these."""

    early: float
    late: float
    sergeants: float
    rising: dict[str, float]
    intake: float
    renewal: float

    def leaving(self, rank: str, service: float) -> float:
        """Return the hazard of leaving in a year; constables of less than two years of service have their own."""
        return self.sergeants if rank != RANKS[0] else self.early if service < 2 else self.late


@dataclass
class Life:
    """One person: when they joined and left, their ranks and units from when on, and until when tickets count."""

    joined: float
    steps: list[tuple[float, str, str]]
    left: float = inf
    renewed: dict[str, list[float]] = field(default_factory=dict)
    """By ticket, when it lapses: the last time for good."""

    def at(self, time: float) -> tuple[str, str] | None:
        """Return rank and unit at a time in years from the day; none where not in the force."""
        if not self.joined <= time < self.left:
            return None
        return [(rank, unit) for first, rank, unit in self.steps if first <= time][-1]

    def holds(self, ticket: str, time: float) -> bool:
        """Return whether a ticket counts at a time, and the post then asks for it."""
        place = self.at(time)
        return bool(place and place[0] in TICKETS[ticket] and time < self.renewed.get(ticket, [-inf])[-1])


class TrueForce:
    """Lives through three recorded years and four to come."""

    def __init__(self, seed: int, *, planned: bool) -> None:
        """Draw a force, whose intake is a plan that is kept, or falls as it may."""
        self.draw = draw = random.Random(seed)  # noqa: S311  (no secret)
        self.planned = planned
        rising = {RANKS[0]: draw.uniform(0.01, 0.05), RANKS[1]: draw.uniform(0.02, 0.06)}
        intake = draw.randint(4, 12)
        self.planted = Planted(
            *(draw.uniform(0.05, 0.12), draw.uniform(0.02, 0.06), draw.uniform(0.02, 0.07)),
            *(rising, float(intake), draw.uniform(0.7, 0.95)),
        )
        self.lives = [
            self._live(-draw.uniform(PAST, PAST + 20), rank, unit, -PAST)
            for unit, places in UNITS.items()
            for rank, number in places.items()
            for _ in range(number)
        ]
        self.lives += [self._live(time, RANKS[0], self._unit(RANKS[0]), time) for time in self._joinings(intake)]
        for life in self.lives:
            for ticket in TICKETS:
                self._hold(life, ticket)

    def _joinings(self, intake: int) -> list[float]:
        if self.planned:
            return [year + self.draw.random() for year in range(-PAST, AHEAD) for _ in range(intake)]
        times, time = [], -PAST + self.draw.expovariate(intake)
        while time < AHEAD:
            times.append(time)
            time += self.draw.expovariate(intake)
        return times

    def _unit(self, rank: str) -> str:
        """Draw where somebody comes to: a unit by its posts of the rank."""
        return self.draw.choices(list(UNITS), [places.get(rank, 0) for places in UNITS.values()])[0]

    def _live(self, joined: float, rank: str, unit: str, time: float) -> Life:
        life = Life(joined, [(joined, rank, unit)])
        while time < AHEAD:
            leaving, rising = self.planted.leaving(rank, time - joined), self.planted.rising.get(rank, 0.0)
            until = joined + 2 if time < joined + 2 else inf
            after = time + self.draw.expovariate(leaving + rising)
            if after >= until:
                time = until
                continue
            time = after
            if self.draw.random() * (leaving + rising) < leaving:
                life.left = time
                return life
            rank = RANKS[RANKS.index(rank) + 1]
            unit = self._unit(rank)
            life.steps.append((time, rank, unit))
        return life

    def _hold(self, life: Life, ticket: str) -> None:
        """Let those who were there at first hold a ticket, and have it renewed each time or lapse once for all."""
        if life.joined > -PAST or self.draw.random() < 0.1:
            return
        years = MONTHS / 12
        lapses = [-PAST + self.draw.random() * years]
        while lapses[-1] < AHEAD and lapses[-1] < life.left and self.draw.random() < self.planted.renewal:
            lapses.append(lapses[-1] + years)
        life.renewed[ticket] = lapses

    def count(self, unit: str, kind: str, one: str, time: float) -> int:
        """Return how many of a rank, or holders of a ticket, a unit has at a time; none named for the force."""
        there = [life for life in self.lives if (place := life.at(time)) and unit in {place[1], "F"}]
        if kind == "rank":
            return sum(place[0] == one for life in there if (place := life.at(time)))
        return sum(life.holds(one, time) for life in there)

    def posts(self) -> list[Row]:
        """Return rows of the question posts-ahead."""
        return [
            {"unit_id": unit, "units": [unit, "F"], "rank": rank, "opened": None, "closed": None, "places": 2 * number}
            | {"needs": [_need(ticket) for ticket, ranks in TICKETS.items() if rank in ranks]}
            for unit, places in UNITS.items()
            for rank, number in places.items()
        ]

    def people(self) -> list[Row]:
        """Return rows of the question people-ahead: who is there on the day."""
        rows: list[Row] = []
        for number, life in enumerate(self.lives):
            if place := life.at(0):
                tickets = [
                    [ticket, None, _day(next(time for time in life.renewed[ticket] if time >= 0))]
                    for ticket in TICKETS
                    if life.holds(ticket, 0)
                ]
                post: Row = {"person_id": _name(number), "post_id": _post(place), "unit_id": place[1], "rank": place[0]}
                days: Row = {"joined": _day(life.joined), "first": _day(life.joined), "last": "9999-12-31"}
                rows.append({**post, "basis": "substantive", **days, "away": [], "tickets": tickets})
        return rows

    def careers(self) -> list[Row]:
        """Return rows of the question careers: what was recorded until the day."""
        return [
            {
                "person_id": _name(number),
                "joined": _day(life.joined),
                "left": _day(life.left) if life.left < 0 else None,
            }
            | {"rank": rank, "first": _day(first), "last": None, "as_rank": True}
            for number, life in enumerate(self.lives)
            for first, rank, _ in life.steps
            if first < 0 and (life.left >= -PAST)
        ]

    def renewals(self, since: str = "") -> list[Row]:
        """Return rows of the question renewals, since a day, or of all that is recorded."""
        rows = []
        for ticket in TICKETS:
            lapses = [
                (n + 1 < len(times))
                for life in self.lives
                for times in (life.renewed.get(ticket, []),)
                for n, time in enumerate(times)
                if time < min(0, life.left) and _day(time) >= since
            ]
            rows.append(
                {"requirement_id": ticket, "requirement": ticket, "lapsed": len(lapses), "renewed": sum(lapses)}
            )
        return rows

    def sheets(self) -> dict[str, list[Row]]:
        """Return what staff files say on the day, a post being a pool of the rank in the unit."""
        past = [(_name(number), life) for number, life in enumerate(self.lives) if life.joined < 0]
        posts = [(str(row["rank"]), str(row["unit_id"]), row["places"]) for row in self.posts()]
        units: list[Row] = [{"unit_id": unit, "name": f"Unit {unit}", "parent_id": "F"} for unit in UNITS]
        holdings: list[Row] = [
            dict(zip(HOLDING, (name, NAMES[ticket].title(), _day(time - MONTHS / 12), _day(time)), strict=True))
            for name, life in past
            for ticket, times in life.renewed.items()
            for time in times
            if time - MONTHS / 12 < min(0, life.left)
        ]
        return {
            "units": [*units, {"unit_id": "F", "name": "Force", "parent_id": None}],
            "posts": [
                {"post_id": _post((rank, unit)), "unit_id": unit, "rank": rank, "places": places, "fte": 15}
                for rank, unit, places in posts
            ],
            "people": [
                {"person_id": name, "name": name, "joined": _day(life.joined), "left": _last(life.left)}
                for name, life in past
            ],
            "occupancies": [row for name, life in past for row in _occupancies(name, life)],
            "ranks_held": [
                {"person_id": row["person_id"], "rank": row["rank"], "from": row["first"]} for row in self.careers()
            ],
            "requirements": [{"requirement": ticket.title(), "valid_months": MONTHS} for ticket in NAMES.values()],
            "post_requirements": [
                {"post_id": _post((rank, unit)), "requirement": NAMES[ticket].title()}
                for rank, unit, _ in posts
                for ticket, ranks in TICKETS.items()
                if rank in ranks
            ],
            "holdings": holdings,
        }


def _occupancies(name: str, life: Life) -> list[Row]:
    """Return one person's times in posts until the day, each for a tenth of a full-time equivalent."""
    ends = [*(first - 1 / 365.25 for first, *_ in life.steps[1:]), inf]
    return [
        {"person_id": name, "post_id": _post((rank, unit)), "fte": 0.1, "from": _day(first)}
        | {"to": _last(min(end, life.left))}
        for (first, rank, unit), end in zip(life.steps, ends, strict=True)
        if first < 0
    ]


def _name(number: int) -> str:
    return f"P{number:04}"


def _post(place: tuple[str, str]) -> str:
    return f"{place[1]}-{place[0].partition('/')[2]}"


def _last(time: float) -> str | None:
    return None if time >= 0 else _day(time)


def _need(ticket: str) -> list[object]:
    return [ticket, MONTHS]


def _day(time: float) -> str:
    return (DAY + timedelta(days=time * 365.25)).isoformat()
