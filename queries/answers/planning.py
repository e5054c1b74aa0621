"""Find the cheapest seats on courses that close gaps: an integer programme, solved by HiGHS through scipy.

A gap is one requirement at one level that one person lacks. A seat costs money and days away from duty, and
closes what its course teaches at that level or above. Gaps of one person that no course teaches together are
independent of each other; equal ones of many people are one whole number, the others a decision a person.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import networkx as nx

from queries.answers.training_solver import Course, Limits, Part, Programme, Shortfall, Solved, Want


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

    Args:
        gaps: What people lack; a gap said twice is one.
        courses: What can be had.
        limits: What may be spent.
        seconds: Time for each of the programmes that are solved, five at most.
    """
    wanted, untaught = _taught(gaps, courses)
    decided = _parts(wanted, courses, alone=limits.days_a_person is not None)
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
    wanted: defaultdict[str, set[Want]] = defaultdict(set)
    untaught: Counter[Want] = Counter()
    teaching: defaultdict[str, list[Course]] = defaultdict(list)
    for course in courses:
        for requirement in course.teaches:
            teaching[requirement].append(course)
    for gap in set(gaps):
        want = (gap.requirement, gap.level)
        if any(course.closes(want) for course in teaching[gap.requirement]):
            wanted[gap.person].add(want)
        else:
            untaught[want] += 1
    return wanted, untaught


def _parts(wanted: Mapping[str, set[Want]], courses: Sequence[Course], *, alone: bool) -> list[Part]:
    """Return gaps that have to be decided together: a person's that share a course, all of a person's if `alone`."""
    counted: Counter[tuple[Want, ...]] = Counter()
    for lacking in wanted.values():
        counted.update([tuple(sorted(lacking))] if alone else _together(lacking, courses))
    found = []
    for wants, people in sorted(counted.items()):
        each = people if len(wants) == 1 and not alone else 1
        closers = tuple(tuple(number for number, want in enumerate(wants) if course.closes(want)) for course in courses)
        found += [Part(wants, each, {n: closed for n, closed in enumerate(closers) if closed})] * (people // each)
    return found


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
