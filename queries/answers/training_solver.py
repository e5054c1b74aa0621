"""The cheapest seats on courses that close gaps: an integer programme, solved by HiGHS through scipy.

A gap is one requirement at one level that one person lacks. A seat costs money and days away from duty, and
closes what its course teaches at that level or above. Gaps of one person that no course teaches together are
independent of each other; equal ones of many people are one whole number, the others a decision a person.

Variables: seats of each part on each course that helps it, and how many people of the part have each gap closed.
A shortfall is a further variable by which a limit is raised.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import networkx as nx
import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

_NONE = 1e-6
_OUT_OF_TIME, _IMPOSSIBLE = 1, 2

Coefficients = dict[int, float]
"""Of a constraint or of what is to be least, by the number of the variable."""


Want = tuple[str, int]
"""A requirement and its level; 0 where none is asked."""


@dataclass(frozen=True)
class Course:
    """A course: pounds and days a seat, how many seats there are (none: no limit), and the level of what it teaches.

    A level of none is taught whole: it closes a gap of any level.
    """

    course: str
    cost: float
    days: float
    seats: int | None
    teaches: Mapping[str, int | None]

    def closes(self, want: Want) -> bool:
        """Return whether a seat closes a gap."""
        if want[0] not in self.teaches:
            return False
        level = self.teaches[want[0]]
        return level is None or level >= want[1]


@dataclass(frozen=True)
class Limits:
    """What there is: pounds, days away from duty of all people together, and days of one person; none: no limit."""

    budget: float | None = None
    days: float | None = None
    days_a_person: float | None = None


@dataclass(frozen=True)
class Shortfall:
    """By how much a limit (budget, days, days_a_person, seats) would have to be raised to close all gaps."""

    limit: str
    course: str | None
    amount: float


@dataclass(frozen=True)
class Part:
    """Gaps decided together, and of how many people; `helps` has the gaps that each course closes, by its number."""

    wants: tuple[Want, ...]
    people: int
    helps: Mapping[int, tuple[int, ...]]


@dataclass(frozen=True)
class Solved:
    """Seats by the number of the course, and of each part how many people have each gap closed."""

    cost: float
    seats: list[int]
    closed: list[list[int]]
    proven: bool


class Programme:
    """One set of gaps, courses and limits."""

    def __init__(self, parts: Sequence[Part], courses: Sequence[Course], limits: Limits, seconds: float) -> None:
        self._parts, self._courses, self._seconds = parts, courses, seconds
        self._seat: dict[tuple[int, int], int] = {}
        self._closed: dict[tuple[int, int], int] = {}
        self._most: list[float] = []
        for number, part in enumerate(parts):
            for course in part.helps:
                self._seat[number, course] = self._variable(part.people)
            for want in range(len(part.wants)):
                self._closed[number, want] = self._variable(part.people)
        self._closing = self._what_closes()
        self._limits = self._what_limits(limits)

    def _variable(self, most: float) -> int:
        self._most.append(most)
        return len(self._most) - 1

    def _what_closes(self) -> list[Coefficients]:
        """A gap is closed at most as often as seats that close it are taken."""
        rows: dict[tuple[int, int], Coefficients] = {key: {column: -1.0} for key, column in self._closed.items()}
        for (number, course), column in self._seat.items():
            for want in self._parts[number].helps[course]:
                rows[number, want][column] = 1.0
        return list(rows.values())

    def _what_limits(self, limits: Limits) -> list[tuple[str, str | None, Coefficients, float]]:
        bounds: list[tuple[str, str | None, Coefficients, float]] = []
        cost = {column: self._courses[course].cost for (_, course), column in self._seat.items()}
        days = {column: self._courses[course].days for (_, course), column in self._seat.items()}
        if limits.budget is not None:
            bounds.append(("budget", None, cost, limits.budget))
        if limits.days is not None:
            bounds.append(("days", None, days, limits.days))
        if limits.days_a_person is not None:
            alone = self._seats_by(0)
            rows = [{column: days[column] for column in columns} for columns in alone.values()]
            bounds += [("days_a_person", None, row, limits.days_a_person) for row in rows]
        for course, columns in sorted(self._seats_by(1).items()):
            seats = self._courses[course].seats
            if seats is not None:
                bounds.append(("seats", self._courses[course].course, dict.fromkeys(columns, 1.0), seats))
        return bounds

    def _seats_by(self, place: int) -> dict[int, list[int]]:
        """Return the variables of seats by the number of their part, or of their course."""
        columns: defaultdict[int, list[int]] = defaultdict(list)
        for key, column in self._seat.items():
            columns[key[place]].append(column)
        return columns

    def cheapest(self, *, limited: bool = True) -> Solved | None:
        """Return the cheapest seats that close every gap; none where the limits do not allow it."""
        return self._solve(self._cost(), whole=True, limited=limited)

    def most(self) -> Solved:
        """Return the cheapest of those seats that close the most gaps within the limits."""
        closing = dict.fromkeys(self._closed.values(), -1.0)
        best = self._solve(closing, whole=False)
        count = sum(map(sum, best.closed)) if best else 0
        least = [(dict.fromkeys(self._closed.values(), 1.0), float(count))]
        solved = self._solve(self._cost(), whole=False, least=least) or best
        if solved is None:
            return Solved(0.0, [0] * len(self._courses), [[0] * len(part.wants) for part in self._parts], proven=False)
        return solved

    def shortfalls(self) -> list[Shortfall]:
        """Return by how much each limit has to be raised, as little as can be in proportion to it."""
        names = list(dict.fromkeys((limit, course) for limit, course, _, _ in self._limits))
        slack = {name: len(self._most) + number for number, name in enumerate(names)}
        weight = {slack[limit, course]: 1 / max(most, 1.0) for limit, course, _, most in self._limits}
        values = self._values(weight, whole=True, slack=slack)
        if values is None:
            return []
        return [Shortfall(*name, float(values[column])) for name, column in slack.items() if values[column] > _NONE]

    def _cost(self) -> Coefficients:
        return {column: self._courses[course].cost for (_, course), column in self._seat.items()}

    def _solve(
        self,
        objective: Coefficients,
        *,
        whole: bool,
        limited: bool = True,
        least: Sequence[tuple[Coefficients, float]] = (),
    ) -> Solved | None:
        values = self._values(objective, whole=whole, limited=limited, least=least)
        if values is None:
            return None
        seats = [0] * len(self._courses)
        for (_, course), column in self._seat.items():
            seats[course] += round(values[column])
        closed = [
            [round(values[self._closed[number, want]]) for want in range(len(part.wants))]
            for number, part in enumerate(self._parts)
        ]
        cost = sum(count * priced.cost for count, priced in zip(seats, self._courses, strict=True))
        return Solved(cost, seats, closed, proven=self._proven)

    def _values(
        self,
        objective: Coefficients,
        *,
        whole: bool,
        limited: bool = True,
        slack: Mapping[tuple[str, str | None], int] | None = None,
        least: Sequence[tuple[Coefficients, float]] = (),
    ) -> Sequence[float] | None:
        self._proven = True
        width = len(self._most) + len(slack or {})
        if not self._most:
            return [0.0] * width
        lowest = [0.0] * width
        if whole:
            for column in self._closed.values():
                lowest[column] = self._most[column]
        rows = [(row, 0.0, np.inf) for row in self._closing] + [(row, count, np.inf) for row, count in least]
        for limit, course, row, most in self._limits if limited else ():
            raised = {**row, slack[limit, course]: -1.0} if slack else row
            rows.append((raised, -np.inf, most))
        solution = milp(
            _dense(objective, width),
            integrality=[1] * len(self._most) + [0] * len(slack or {}),
            bounds=Bounds(lowest, [*self._most, *[np.inf] * len(slack or {})]),
            constraints=_constraint(rows, width),
            options={"time_limit": self._seconds, "mip_rel_gap": 1e-6},
        )
        self._proven = solution.status != _OUT_OF_TIME
        return None if solution.x is None else [float(value) for value in solution.x]


def _dense(row: Coefficients, width: int) -> list[float]:
    return [row.get(column, 0.0) for column in range(width)]


def _constraint(rows: Sequence[tuple[Coefficients, float, float]], width: int) -> LinearConstraint:
    numbers = [number for number, (row, _, _) in enumerate(rows) for _ in row]
    columns = [column for row, _, _ in rows for column in row]
    values = [value for row, _, _ in rows for value in row.values()]
    matrix = csr_array((values, (numbers, columns)), shape=(len(rows), width))
    return LinearConstraint(matrix, [low for _, low, _ in rows], [high for _, _, high in rows])


@dataclass(frozen=True)
class Gap:
    """One requirement that one person lacks; level 0 where none is asked."""

    person: str
    requirement: str
    level: int = 0


@dataclass(frozen=True)
class Plan:
    """Seats by course, their cost in pounds, and how many gaps they close.

    `remaining` are the gaps that a course could close and that stay open, by how many people; `untaught` those
    that no course teaches. `missing` is empty where all that courses teach is closed; else `without_limits` is
    what closing all would cost. `proven` is false where the time for solving ran out: then a cheaper plan may
    exist.
    """

    seats: dict[str, int]
    cost: float
    closed: int
    remaining: Counter[Want]
    untaught: Counter[Want]
    missing: tuple[Shortfall, ...] = ()
    without_limits: float | None = None
    proven: bool = True


def plan(gaps: Iterable[Gap], courses: Sequence[Course], limits: Limits, *, seconds: float = 60.0) -> Plan:
    """Return the cheapest seats that close all gaps within the limits; where that cannot be, the most gaps.

    A gap given twice is one. Each of the programmes that are solved, five at most, may take so many seconds.
    """
    by_person, untaught = _taught(gaps, courses)
    decided = _parts(by_person, courses, alone=limits.days_a_person is not None)
    programme = Programme(decided, courses, limits, seconds)
    whole = programme.cheapest()
    if whole is not None:
        return _plan(decided, courses, whole, untaught)
    missing, free = tuple(programme.shortfalls()), programme.cheapest(limited=False)
    return replace(
        _plan(decided, courses, programme.most(), untaught), missing=missing, without_limits=free.cost if free else None
    )


def parts(gaps: Iterable[Gap], courses: Sequence[Course]) -> list[Part]:
    """Return the gaps that some course teaches, those together that have to be decided together."""
    return _parts(_taught(gaps, courses)[0], courses, alone=False)


def _taught(gaps: Iterable[Gap], courses: Sequence[Course]) -> tuple[dict[str, set[Want]], Counter[Want]]:
    by_person: defaultdict[str, set[Want]] = defaultdict(set)
    untaught: Counter[Want] = Counter()
    teaching: defaultdict[str, list[Course]] = defaultdict(list)
    for course in courses:
        for requirement in course.teaches:
            teaching[requirement].append(course)
    for gap in set(gaps):
        want = (gap.requirement, gap.level)
        if any(course.closes(want) for course in teaching[gap.requirement]):
            by_person[gap.person].add(want)
        else:
            untaught[want] += 1
    return by_person, untaught


def _parts(by_person: Mapping[str, set[Want]], courses: Sequence[Course], *, alone: bool) -> list[Part]:
    """Return gaps that have to be decided together: a person's that share a course, all of a person's if `alone`."""
    counted: Counter[tuple[Want, ...]] = Counter()
    for lacking in by_person.values():
        counted.update([tuple(sorted(lacking))] if alone else _together(lacking, courses))
    result = []
    for wants, people in sorted(counted.items()):
        each = people if len(wants) == 1 and not alone else 1
        closers = tuple(tuple(number for number, want in enumerate(wants) if course.closes(want)) for course in courses)
        result += [Part(wants, each, {n: closed for n, closed in enumerate(closers) if closed})] * (people // each)
    return result


def _together(wants: Iterable[Want], courses: Sequence[Course]) -> list[tuple[Want, ...]]:
    linked: nx.Graph[Want] = nx.Graph()
    linked.add_nodes_from(wants)
    for course in courses:
        closed = [want for want in linked if course.closes(want)]
        linked.add_edges_from(pairwise(closed))
    return [tuple(sorted(part)) for part in nx.connected_components(linked)]


def _plan(decided: Sequence[Part], courses: Sequence[Course], solved: Solved, untaught: Counter[Want]) -> Plan:
    remaining: Counter[Want] = Counter()
    for part, closed in zip(decided, solved.closed, strict=True):
        remaining.update({want: part.people - done for want, done in zip(part.wants, closed, strict=True)})
    seats = {course.course: solved.seats[number] for number, course in enumerate(courses) if solved.seats[number]}
    return Plan(seats, solved.cost, sum(map(sum, solved.closed)), +remaining, untaught, proven=solved.proven)
