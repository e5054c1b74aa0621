"""What a training plan is made of: gaps, courses with their slots, limits and covers; and how gaps part into groups.

A gap is one requirement at one level that one person lacks. A seat costs money and days away from duty, and
closes what its course teaches at that level or above. Gaps of one person that no course teaches together are
independent of each other; equal ones of several people of a unit are one whole number, the others a decision a person.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

Place = tuple[str, str]
"""A unit, and a person of it whose days are kept apart, or nobody."""

MUST, DESIRABLE, FOR_COVER = range(3)
"""The tiers of gaps: what is asked for and must be held, what is desirable, and what counts for cover alone."""

Want = tuple[str, int]
"""A requirement and its level; 0 where none is asked."""


@dataclass(frozen=True)
class Slot:
    """When a course can be taken: first and last day, days away by month, and seats (none: no limit).

    One that is not `dated` is a month in which a run can be arranged.
    """

    starts: str = ""
    ends: str = ""
    days: Mapping[str, float] = field(default_factory=dict)
    seats: int | None = None
    dated: bool = False


@dataclass(frozen=True)
class Course:
    """A course: pounds and days a seat, how many seats there are (none: no limit), what it teaches, and when.

    A level of none is taught whole: it closes a gap of any level. Slots are in the order of their first days.
    """

    course: str
    cost: float
    days: float
    seats: int | None
    teaches: Mapping[str, int | None]
    slots: Sequence[Slot] = (Slot(),)

    def closes(self, want: Want) -> bool:
        """Return whether a seat closes a gap."""
        if want[0] not in self.teaches:
            return False
        level = self.teaches[want[0]]
        return level is None or level >= want[1]


@dataclass(frozen=True)
class Limits:
    """What there is: pounds, days away from duty of all people together, and of one person; none: no limit.

    `away` are the days away from duty of a unit's people in a month, `working` the days that a month has.
    """

    budget: float | None = None
    days: float | None = None
    days_a_person: float | None = None
    away: Mapping[tuple[str, str], float] = field(default_factory=dict)
    working: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Gap:
    """One requirement that one person of a unit lacks; level 0 where none is asked.

    `due` is the day before which it has to be closed, where somebody holds it until then; `covers` are the numbers of
    the covers for which it counts.
    """

    person: str
    requirement: str
    level: int = 0
    unit: str = ""
    tier: int = MUST
    weight: float = 1.0
    due: str = ""
    covers: frozenset[int] = frozenset()

    @property
    def want(self) -> Want:
        """Return what is lacking."""
        return self.requirement, self.level


@dataclass(frozen=True)
class Cover:
    """How many people a unit has too few of who hold something, and how much that matters."""

    short: int
    weight: float = 1.0


@dataclass(frozen=True)
class Shortfall:
    """By how much a limit (budget, days, days_a_person, seats, away) would have to be raised to close all gaps."""

    limit: str
    of: str | None
    amount: float


@dataclass(frozen=True)
class Seat:
    """A seat of one person on a course, and the gaps that it closes."""

    person: str
    unit: str
    course: Course
    slot: Slot
    closes: tuple[Gap, ...]


@dataclass(frozen=True)
class Plan:
    """Seats, and the gaps that stay open though a course could close them, and those that none closes, or not in time.

    `missing` is empty where all that courses teach is closed; else `without_limits` is what closing all would cost.
    `covered` is by how much each cover is mended. `distance` is empty where no plan is better, else by how much one
    may be, in the `weight` that stays open or in pounds of `cost`. `clashes` are people with two courses at once.
    """

    taken: tuple[Seat, ...]
    remaining: tuple[Gap, ...]
    untaught: tuple[Gap, ...]
    late: tuple[Gap, ...]
    covered: Sequence[int] = ()
    missing: tuple[Shortfall, ...] = ()
    without_limits: float | None = None
    distance: Mapping[str, float] = field(default_factory=dict)
    clashes: frozenset[str] = frozenset()

    @property
    def seats(self) -> dict[str, int]:
        """Return how many seats are taken, by course."""
        return dict(Counter(seat.course.course for seat in self.taken))

    @property
    def cost(self) -> float:
        """Return what the seats cost, in pounds."""
        return sum(seat.course.cost for seat in self.taken)

    @property
    def closed(self) -> int:
        """Return how many gaps of posts are closed."""
        return sum(gap.tier != FOR_COVER for seat in self.taken for gap in seat.closes)


@dataclass(frozen=True)
class Part:
    """Gaps that are decided together: several of one person, or the same one of several, who falls due first before.

    `helps` has the gaps that each course closes, by its number. `apart` is the person whose days are kept apart.
    """

    people: tuple[tuple[Gap, ...], ...]
    helps: Mapping[int, tuple[int, ...]]
    apart: str = ""

    @property
    def wants(self) -> tuple[Gap, ...]:
        """Return the gaps of the first person; those of the others are alike."""
        return self.people[0]

    @property
    def place(self) -> Place:
        """Return whose days away are added up."""
        return self.wants[0].unit, self.apart


def taught(gaps: Iterable[Gap], courses: Sequence[Course]) -> tuple[list[Gap], list[Gap], list[Gap]]:
    """Return the gaps that courses close in time, those that no course closes, and those that none closes in time.

    A gap given twice is one: it has the higher tier, the higher weight and the covers of both.
    """
    teaching: defaultdict[str, list[Course]] = defaultdict(list)
    for course in courses:
        for requirement in course.teaches:
            teaching[requirement].append(course)
    found: tuple[list[Gap], list[Gap], list[Gap]] = [], [], []
    for gap in _once(gaps):
        closing = [course for course in teaching[gap.requirement] if course.closes(gap.want)]
        found[0 if any(course.slots for course in closing) else 2 if closing else 1].append(gap)
    return found


def _once(gaps: Iterable[Gap]) -> Iterable[Gap]:
    by_key: dict[tuple[str, Want], Gap] = {}
    for gap in gaps:
        same = by_key.get((gap.person, gap.want), gap)
        tier, weight, due = min(gap.tier, same.tier), max(gap.weight, same.weight), min(gap.due, same.due)
        unit, covers = min(gap.unit, same.unit), gap.covers | same.covers
        by_key[gap.person, gap.want] = replace(gap, unit=unit, tier=tier, weight=weight, due=due, covers=covers)
    return by_key.values()


def parts(
    gaps: Iterable[Gap], courses: Sequence[Course], *, most_days: float | None = None, apart: Collection[str] = ()
) -> list[Part]:
    """Return gaps that have to be decided together: a person's that share a course, or all of a person's.

    All of them where the courses that help may take more days than a person has, or where the person is kept apart.
    """
    by_person: defaultdict[str, list[Gap]] = defaultdict(list)
    for gap in gaps:
        by_person[gap.person].append(gap)
    alike: defaultdict[Gap, list[tuple[Gap, ...]]] = defaultdict(list)
    result = []
    for person, lacking in sorted(by_person.items()):
        unit = min(gap.unit for gap in lacking)
        own = [replace(gap, unit=unit) for gap in sorted(lacking, key=lambda gap: gap.want)]
        helpful = [course for course in courses if any(course.closes(gap.want) for gap in own)]
        whole = person in apart or (most_days is not None and sum(course.days for course in helpful) > most_days)
        for together in [own] if whole else _together(own, helpful):
            if whole or len(together) > 1:
                result.append(_part([tuple(together)], courses, person if person in apart else ""))
            else:
                alike[replace(together[0], person="", due="")].append(tuple(together))
    by_due = (sorted(people, key=lambda wants: (wants[0].due, wants[0].person)) for people in alike.values())
    return [*result, *(_part(people, courses, "") for people in by_due)]


def _part(people: Sequence[tuple[Gap, ...]], courses: Sequence[Course], apart: str) -> Part:
    closes = {
        number: tuple(place for place, gap in enumerate(people[0]) if course.closes(gap.want))
        for number, course in enumerate(courses)
        if course.slots
    }
    return Part(tuple(people), {number: closed for number, closed in closes.items() if closed}, apart)


def _together(wants: Sequence[Gap], courses: Iterable[Course]) -> list[list[Gap]]:
    groups = [[want] for want in wants]
    for course in courses:
        sharing = [group for group in groups if any(course.closes(gap.want) for gap in group)]
        if len(sharing) > 1:
            joined = [gap for group in sharing for gap in group]
            groups = [*(group for group in groups if group not in sharing), joined]
    return groups
