"""The cheapest seats: equal to trying every set of courses, and honest where the limits do not allow it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations, product
from random import Random

import pytest

from queries.answers.training_parts import Course, Gap, Limits, Shortfall
from queries.answers.training_solver import plan

A, B, C = "skill/a", "skill/b", "skill/c"
Choice = tuple[frozenset[str], ...]
"""The courses of each person, in the order of their names."""


def course(name: str, cost: float, teaches: dict[str, int | None], **more: float | None) -> Course:
    """Return a course of one day without a limit of seats, unless more says otherwise."""
    seats = more.get("seats")
    return Course(name, cost, more.get("days") or 1.0, None if seats is None else int(seats), teaches)


def subsets(names: Sequence[str]) -> Iterator[frozenset[str]]:
    """Yield every set of some of the names."""
    return map(frozenset, chain.from_iterable(combinations(names, size) for size in range(len(names) + 1)))


def allowed(choice: Choice, courses: dict[str, Course], limits: Limits) -> bool:
    """Say whether the seats of a choice stay within every limit."""
    days = [sum(courses[name].days for name in taken) for taken in choice]
    return (
        (limits.budget is None or cost_of(choice, courses) <= limits.budget)
        and (limits.days is None or sum(days) <= limits.days)
        and (limits.days_a_person is None or max(days) <= limits.days_a_person)
        and all(
            one.seats is None or sum(name in taken for taken in choice) <= one.seats for name, one in courses.items()
        )
    )


def cost_of(choice: Choice, courses: dict[str, Course]) -> float:
    """Return what the seats of a choice cost."""
    return sum(courses[name].cost for taken in choice for name in taken)


def reaches(teaches: Mapping[str, int | None], requirement: str, level: int) -> bool:
    """Say whether what a course teaches is enough: whole, or at the level or above."""
    return requirement in teaches and (teaches[requirement] is None or (teaches[requirement] or 0) >= level)


def closed_by(choice: Choice, wants: Sequence[set[tuple[str, int]]], courses: dict[str, Course]) -> int:
    """Return how many gaps a choice closes."""
    return sum(
        any(reaches(courses[name].teaches, *want) for name in taken)
        for taken, lacking in zip(choice, wants, strict=True)
        for want in lacking
    )


def best(gaps: Sequence[Gap], courses: Sequence[Course], limits: Limits) -> tuple[int, float]:
    """Return the most gaps that can be closed and the least that this costs, by trying everything."""
    people = sorted({gap.person for gap in gaps})
    wants = [{(gap.requirement, gap.level) for gap in gaps if gap.person == person} for person in people]
    named = {one.course: one for one in courses}
    choices = product(list(subsets(sorted(named))), repeat=len(people))
    found = [
        (closed_by(choice, wants, named), -cost_of(choice, named))
        for choice in choices
        if allowed(choice, named, limits)
    ]
    closed, cost = max(found)
    return closed, -cost


def random_case(seed: int) -> tuple[list[Gap], list[Course], Limits]:
    """Make a small case in which courses overlap and limits bite."""
    random = Random(seed)  # noqa: S311 -- a case, no secret
    courses = [
        course(
            f"c{number}",
            random.choice([100, 150, 220, 300]),
            {name: random.choice([None, 1, 2]) for name in random.sample([A, B, C], random.randint(1, 2))},
            seats=random.choice([None, None, 1, 2]),
            days=random.choice([1, 2, 3]),
        )
        for number in range(4)
    ]
    gaps = [
        Gap(f"P{number}", name, random.choice([0, 1, 2]))
        for number in range(3)
        for name in random.sample([A, B, C], random.randint(1, 3))
    ]
    limits = Limits(
        budget=random.choice([None, 300, 700]),
        days=random.choice([None, None, 5]),
        days_a_person=random.choice([None, None, 2, 3]),
    )
    return gaps, courses, limits


@pytest.mark.parametrize("seed", range(60))
def test_a_plan_is_the_best_of_all_that_can_be_tried(seed: int) -> None:
    """It closes as many gaps as any choice within the limits, for as little as any."""
    gaps, courses, limits = random_case(seed)
    found = plan(gaps, courses, limits)
    closed, cost = best(gaps, courses, limits)
    assert (closed, round(cost)) == (found.closed, round(found.cost))


@pytest.mark.parametrize("seed", range(60))
def test_nothing_is_missing_just_where_all_that_is_taught_is_closed(seed: int) -> None:
    """A limit is named where gaps that a course teaches stay open, and only there."""
    found = plan(*random_case(seed))
    assert bool(found.missing) == bool(found.remaining)


@pytest.mark.parametrize("seed", range(60))
def test_raising_the_limits_by_what_is_missing_closes_all(seed: int) -> None:
    """What a plan says is missing is enough."""
    gaps, courses, limits = random_case(seed)
    more = {(one.limit, one.of): one.amount for one in plan(gaps, courses, limits).missing}
    budget, days, alone = (
        None if most is None else most + more.get((name, None), 0.0) + 1e-6
        for name, most in (
            ("budget", limits.budget),
            ("days", limits.days),
            ("days_a_person", limits.days_a_person),
        )
    )
    raised = Limits(budget, days, alone)
    wider = [
        Course(
            one.course,
            one.cost,
            one.days,
            None if one.seats is None else one.seats + round(more.get(("seats", one.course), 0.0) + 0.5 - 1e-6),
            one.teaches,
        )
        for one in courses
    ]
    assert ((), ()) == ((again := plan(gaps, wider, raised)).remaining, again.missing)


def test_a_course_that_teaches_two_things_is_taken_where_it_is_cheaper() -> None:
    """Two gaps of one person are closed by one seat; the person with one gap takes the cheaper course."""
    courses = [course("both", 150, {A: None, B: None}), course("a", 100, {A: None}), course("b", 100, {B: None})]
    found = plan([Gap("P1", A), Gap("P1", B), Gap("P2", B)], courses, Limits())
    assert ({"both": 1, "b": 1}, 250, 3) == (found.seats, found.cost, found.closed)


def test_the_budget_that_is_missing_is_said_to_the_pound() -> None:
    """Three seats at 100 pounds with 250 pounds: two gaps are closed and 50 pounds are missing."""
    gaps = [Gap(f"P{number}", A) for number in range(3)]
    found = plan(gaps, [course("a", 100, {A: None})], Limits(budget=250))
    missing = [(one.limit, one.of, round(one.amount, 2)) for one in found.missing]
    assert ([("budget", None, 50.0)], 2, 300) == (missing, found.closed, found.without_limits)


def test_seats_that_are_missing_are_said_by_course() -> None:
    """Three people and two seats: one seat is missing."""
    gaps = [Gap(f"P{number}", A) for number in range(3)]
    found = plan(gaps, [course("a", 100, {A: None}, seats=2)], Limits())
    assert ((Shortfall("seats", "a", 1.0),), (gaps[2],)) == (found.missing, found.remaining)


def test_a_gap_that_no_course_teaches_is_told_apart() -> None:
    """A course that teaches a lower level does not help."""
    gaps = (Gap("P1", A, 3), Gap("P2", B))
    found = plan(gaps, [course("a", 100, {A: 2})], Limits())
    assert ({}, gaps, (), ()) == (found.seats, found.untaught, found.remaining, found.missing)


def test_a_course_at_the_very_level_is_enough() -> None:
    """Level 2 closes a gap of level 2."""
    found = plan([Gap("P1", A, 2)], [course("a", 100, {A: 2})], Limits())
    assert ({"a": 1}, ()) == (found.seats, found.untaught)


def test_a_gap_said_twice_is_one() -> None:
    """A person in two posts that ask for the same takes one seat."""
    found = plan([Gap("P1", A), Gap("P1", A)], [course("a", 100, {A: None})], Limits())
    assert ({"a": 1}, 1) == (found.seats, found.closed)


def test_no_gap_needs_no_seat() -> None:
    """Nothing to close costs nothing."""
    found = plan([], [course("a", 100, {A: None})], Limits(budget=0))
    assert ({}, 0, ()) == (found.seats, found.cost, found.missing)
