"""The plan of a sample force: units, posts and what they ask for, people and what they hold, who sits where."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Need:
    """What a post asks for; desirable ones count in no answer."""

    requirement: str
    level: int | None = None
    desirable: bool = False


@dataclass(frozen=True, slots=True)
class Award:
    """One row of holdings; `expires` is none where the file leaves it to valid_months, or nothing ends it."""

    level: int | None
    achieved: date | None
    expires: date | None


@dataclass(frozen=True, slots=True)
class Qualification:
    """What a person has of one requirement: whether it counts on the day, its level, its last day and its rows.

    `state` is held, lapsed or booked. What has lapsed keeps the level and the last day that it had.
    """

    state: str
    level: int | None
    ends: date | None
    awards: tuple[Award, ...]


@dataclass(slots=True)
class RankPeriod:
    """One row of ranks held."""

    word: str
    begins: date | None
    ends: date | None
    basis: str


@dataclass(slots=True)
class Absence:
    """One row of absences."""

    begins: date
    ends: date | None
    kind: str


@dataclass(slots=True)
class Person:
    """One person; `absent` is about the day of the answers."""

    id: str
    joined: date | None
    since: date | None = None
    left: date | None = None
    absent: bool = False
    rank: str | None = None
    qualifications: dict[str, Qualification] = field(default_factory=dict)
    rank_periods: list[RankPeriod] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    career: str = ""


@dataclass(slots=True)
class Seat:
    """One row of occupancies; `now` where it counts on the day."""

    person: Person
    begins: date
    ends: date | None = None
    basis: str = "substantive"
    fte: float = 1.0
    now: bool = True


@dataclass(slots=True)
class Post:
    """One post; `needs` are all that it asks for, by requirement, with the level that counts."""

    id: str
    unit: str
    title: str
    rank: str | None
    role: str | None
    extras: tuple[Need, ...]
    needs: dict[str, int | None]
    fte: float = 1.0
    opened: date | None = None
    closed: date | None = None
    open: bool = True
    vacant_since: date | None = None
    seats: list[Seat] = field(default_factory=list)

    @property
    def sitting(self) -> list[Seat]:
        """Return who is in it on the day."""
        return [seat for seat in self.seats if seat.now] if self.open else []

    @property
    def vacant(self) -> bool:
        """Return whether it is open and nobody is in it substantively."""
        return self.open and not any(seat.basis == "substantive" for seat in self.sitting)


@dataclass(slots=True)
class Unit:
    """One unit and the units above it, the highest first."""

    id: str
    name: str
    above: tuple[str, ...]
    posts: list[Post] = field(default_factory=list)


@dataclass(slots=True)
class Block:
    """Units that are planned together, the one that holds the others first; nobody sits in two blocks."""

    units: list[Unit]
    people: list[Person] = field(default_factory=list)
