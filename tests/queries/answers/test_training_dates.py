"""Plans with dates, priorities, minimum cover and ceilings: equal to trying every choice, and nobody at two places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, product
from random import Random
from typing import Any

import pytest

from queries.answers.training_parts import DESIRABLE, FOR_COVER, MUST, Course, Cover, Gap, Limits, Slot
from queries.answers.training_solver import Programme, plan

A, B, C = "skill/a", "skill/b", "skill/c"
MONTHS = {"2026-01": 3.0, "2026-02": 3.0}
Option = tuple[tuple[str, int], ...]
"""The courses that one person takes, each with the number of its slot."""
Case = tuple[list[Gap], list[Course], Limits, list[Cover]]


def dated_case(seed: int) -> Case:
    """Make a small case with units, priorities, a minimum cover, runs on days, months to arrange, and a ceiling."""
    random = Random(seed)  # noqa: S311 -- a case, no secret
    courses = [
        Course(
            f"c{number}",
            random.choice([100, 150, 220]),
            days := random.choice([1.0, 2.0]),
            random.choice([None, 2]),
            {name: random.choice([None, 1, 2]) for name in random.sample([A, B, C], random.randint(1, 2))},
            tuple(drawn_slots(random, days, crowded=bool(seed % 2))),
        )
        for number in range(3)
    ]
    units = [random.choice("UV") for _ in range(3)]
    cover = random.choice([A, B, C])
    gaps = [
        Gap(
            f"P{number}", name, random.choice([0, 1, 2]), unit, random.choice([MUST, MUST, DESIRABLE]),
            random.choice([1.0, 2.0, 3.5]), random.choice(["", "2026-01-20"]),
        )
        for number, unit in enumerate(units)
        for name in random.sample([A, B, C], random.randint(1, 2))
    ]  # fmt: skip
    gaps += [
        Gap(f"P{number}", cover, 1, unit, FOR_COVER, covers=frozenset({0}))
        for number, unit in enumerate(units)
        if random.random() < 0.6
    ]
    away = {(unit, month): random.choice([1.0, 2.0, 4.0]) for unit in "UV" for month in MONTHS}
    limits = Limits(random.choice([None, 250, 500]), away=away if seed % 3 else {}, working=MONTHS)
    return gaps, courses, limits, [Cover(random.choice([1, 2]), random.choice([1.0, 4.0]))]


def drawn_slots(random: Random, days: float, *, crowded: bool) -> Iterator[Slot]:
    """Yield two months, or up to two runs of which some fall on the same days; where it is crowded, most do."""
    if random.random() < (0.1 if crowded else 0.4):
        yield from (Slot(f"{month}-01", f"{month}-28", {month: days}) for month in MONTHS)
    else:
        for first in sorted(
            {random.choice(["2026-01-05", "2026-01-06", "2026-02-03"]) for _ in range(1 if crowded else 2)}
        ):
            last = f"{first[:8]}{int(first[8:]) + int(days) - 1:02}"
            yield Slot(first, last, {first[:7]: days}, random.choice([None, 1, 2]), dated=True)


def options(courses: Sequence[Course]) -> Iterator[Option]:
    """Yield every way in which one person can take courses: not two at once, nor more days than a month has."""
    for numbers in product(*([None, *range(len(one.slots))] for one in courses)):
        taken = [(one, place) for one, place in zip(courses, numbers, strict=True) if place is not None]
        slots = [one.slots[place] for one, place in taken]
        away = {month: sum(slot.days.get(month, 0) for slot in slots) for month in MONTHS}
        dated = [slot for slot in slots if slot.dated]
        apart = all(one.ends < other.starts or other.ends < one.starts for one, other in combinations(dated, 2))
        if apart and all(away[month] <= most for month, most in MONTHS.items()):
            yield tuple((one.course, place) for one, place in taken)


def best_dated(case: Case) -> tuple[float, float, float]:
    """Return the most weight of what must be and of what is desirable, and the least cost of it."""
    gaps, courses, limits, [cover] = case
    people = {gap.person: gap.unit for gap in gaps}
    named = {one.course: one for one in courses}
    ways = list(options(courses))
    worth = {
        (person, way): [
            gap for gap in gaps if gap.person == person and any(named[name].closes(gap.want) for name, _ in way)
        ]
        for person in people
        for way in ways
    }
    scores = []
    for choice in product(ways, repeat=len(people)):
        chosen = list(zip(people, choice, strict=True))
        if not kept(chosen, people, named, limits):
            continue
        closed = [gap for one in chosen for gap in worth[one]]
        covered = min(cover.short, len({gap.person for gap in closed if gap.covers}))
        must = sum(gap.weight for gap in closed if gap.tier == MUST) + cover.weight * covered
        wished = sum(gap.weight for gap in closed if gap.tier == DESIRABLE)
        scores.append((must, wished, -sum(named[name].cost for _, way in chosen for name, _ in way)))
    return max(scores)


def kept(chosen: Sequence[tuple[str, Option]], units: dict[str, str], named: dict[str, Course], limits: Limits) -> bool:
    """Say whether seats stay within the budget, what runs and courses have, and the days away of each unit."""
    seats = [(units[person], named[name], place) for person, way in chosen for name, place in way]
    if limits.budget is not None and sum(one.cost for _, one, _ in seats) > limits.budget:
        return False
    for one in named.values():
        taken = [place for _, other, place in seats if other is one]
        if one.seats is not None and len(taken) > one.seats:
            return False
        if any(slot.seats is not None and taken.count(n) > slot.seats for n, slot in enumerate(one.slots)):
            return False
    return all(
        sum(one.slots[place].days.get(month, 0) for own, one, place in seats if own == unit) <= most
        for (unit, month), most in limits.away.items()
    )


def score(case: Case) -> tuple[float, float, float]:
    """Return what a plan makes of a case."""
    gaps, courses, limits, [cover] = case
    found = plan(gaps, courses, limits, [cover])
    closed = [gap for seat in found.taken for gap in seat.closes]
    must, wished = (sum(gap.weight for gap in closed if gap.tier == tier) for tier in (MUST, DESIRABLE))
    return must + cover.weight * found.covered[0], wished, -found.cost


@pytest.mark.parametrize("seed", range(45))
def test_a_plan_with_dates_and_priorities_is_the_best_of_all_that_can_be_tried(seed: int) -> None:
    """What must be held and is covered comes first, then what is desirable, then the money."""
    case = dated_case(seed)
    assert pytest.approx(best_dated(case)) == score(case)


@pytest.mark.parametrize("seed", range(45))
def test_a_plan_with_dates_keeps_every_limit(seed: int) -> None:
    """The seats themselves, with who takes them when, stay within all of them, and nobody is at two places."""
    gaps, courses, limits, covers = dated_case(seed)
    found = plan(gaps, courses, limits, covers)
    units, named = {gap.person: gap.unit for gap in gaps}, {one.course: one for one in courses}
    ways = {person: [s for s in found.taken if s.person == person] for person in units}
    chosen = [
        (person, tuple(sorted((s.course.course, s.course.slots.index(s.slot)) for s in own)))
        for person, own in ways.items()
    ]
    assert (True, set(), frozenset()) == (
        kept(chosen, units, named, limits),
        {way for _, way in chosen} - set(options(courses)),
        found.clashes,
    )


def test_a_short_budget_buys_what_must_be_held_then_what_weighs_most() -> None:
    """One seat of three: what is desirable waits however much it weighs, and so does what weighs less."""
    courses = [Course(name[-1], 100, 1, None, {name: None}) for name in (A, B, C)]
    wished = Gap("P1", C, tier=DESIRABLE, weight=9.0)
    gaps = [Gap("P1", A, weight=1.0), Gap("P2", B, weight=2.0), wished]
    found = [plan(gaps, courses, Limits(budget=money)).seats for money in (100, 200, 300)]
    assert [{"b": 1}, {"a": 1, "b": 1}, {"a": 1, "b": 1, "c": 1}] == found


@pytest.mark.parametrize(("dated", "working"), [(True, 20.0), (False, 3.0)])
def test_nobody_is_at_two_places(dated: bool, working: float) -> None:
    """Two runs on one day, or more days than the month has, cannot both be taken: the weightier is."""
    runs = [Slot("2026-01-05", "2026-01-06", {"2026-01": 2}, dated=dated)]
    courses = [Course(name, 100, 2, None, {name: None}, runs) for name in (A, B)]
    found = plan([Gap("P1", A), Gap("P1", B, weight=2.0)], courses, Limits(working={"2026-01": working}))
    assert ({B: 1}, frozenset()) == (found.seats, found.clashes)


def test_who_can_change_runs_does_so_that_nobody_is_at_two_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """P0 could go to either run of B, P1 to the first alone: the days of nobody need be decided apart."""
    monkeypatch.setattr("queries.answers.training_solver._ROUNDS", 1)
    early, late = (Slot(f"2026-01-{day}", f"2026-01-{day}", {}, 1, dated=True) for day in ("05", "12"))
    courses = [Course("a", 100, 1, None, {A: None}, (late,)), Course("b", 100, 1, None, {B: None}, (early, late))]
    found = plan([Gap("P0", B), Gap("P1", A), Gap("P1", B)], courses, Limits())
    assert ({("P0", late.starts), ("P1", early.starts)}, frozenset()) == (
        {(seat.person, seat.slot.starts) for seat in found.taken if seat.course.course == "b"},
        found.clashes,
    )


def test_a_clash_is_said_where_there_is_no_time_for_another_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was found before stands: it is better than what the rest of the time gives."""
    solved, rounds = Programme.solve, list[int]()

    def hurried(self: Programme, *words: Any) -> tuple[float, float]:
        rounds.append(id(self))
        best, more = solved(self, *words)
        return best, more if id(self) == rounds[0] else 1.0

    monkeypatch.setattr(Programme, "solve", hurried)
    run = Slot("2026-01-05", "2026-01-05", {}, dated=True)
    courses = [Course(name, 100, 1, None, {name: None}, (run,)) for name in (A, B)]
    found = plan([Gap("P1", A), Gap("P1", B)], courses, Limits())
    assert (2, {"P1"}, {}) == (found.closed, set(found.clashes), dict(found.distance))


def test_seats_are_as_early_as_they_can_be() -> None:
    """Two courses in the first month, and a third in the second where the first has no days left."""
    months = [Slot(f"{month}-01", f"{month}-28", {month: 1.0}) for month in MONTHS]
    gaps = [Gap(f"P{number}", name) for number, name in enumerate((A, A, B))]
    courses = [Course(name, 100, 1, None, {name: None}, months) for name in (A, B)]
    found = [plan(gaps, courses, Limits(away={("", "2026-01"): most})).taken for most in (9.0, 2.0)]
    assert [[("2026-01-01", 3)], [("2026-01-01", 2), ("2026-02-01", 1)]] == [
        sorted(Counter(seat.slot.starts for seat in taken).items()) for taken in found
    ]


def test_who_falls_due_first_goes_first() -> None:
    """Who lacks it today goes before who holds it for a while, and those by their last days."""
    runs = tuple(Slot(f"2026-0{month}-05", f"2026-0{month}-05", {}, 1, dated=True) for month in (1, 2, 3))
    gaps = [Gap("P1", A, due="2026-06-30"), Gap("P2", A, due="2026-02-28"), Gap("P3", A)]
    found = plan(gaps, [Course("a", 100, 1, None, {A: None}, runs)], Limits())
    assert [("P3", "2026-01-05"), ("P2", "2026-02-05"), ("P1", "2026-03-05")] == sorted(
        ((seat.person, seat.slot.starts) for seat in found.taken), key=lambda one: one[1]
    )


def test_what_lapses_is_renewed_shortly_before() -> None:
    """In the month before the last day, or the last run that ends in time; late where the unit cannot spare anybody."""
    months = [Slot(f"2026-0{month}-01", f"2026-0{month}-01", {f"2026-0{month}": 1.0}) for month in (1, 2, 3, 4)]
    runs = [replace(slot, dated=True) for slot in months]
    gaps = [Gap("P0", A), Gap("P1", A, due="2026-03-15"), Gap("P2", A, due="2026-04-01")]

    def starts(slots: Sequence[Slot], limits: Limits) -> list[str]:
        taken = plan(gaps, [Course("a", 100, 1, None, {A: None}, slots)], limits).taken
        return [seat.slot.starts[5:7] for seat in sorted(taken, key=lambda seat: seat.person)]

    none_in_march = Limits(away={("", "2026-03"): 0.0})
    found = [starts(slots, limits) for slots, limits in ((months, Limits()), (runs, Limits()), (runs, none_in_march))]
    assert [["01", "02", "03"], ["01", "03", "04"], ["01", "02", "04"]] == found


def test_what_has_no_run_in_time_is_late() -> None:
    """A course teaches it, so it is not untaught; no limit would have to be raised."""
    gap = Gap("P1", A)
    found = plan([gap], [Course("a", 100, 1, None, {A: None}, ())], Limits())
    assert ((gap,), (), (), ()) == (found.late, found.untaught, found.remaining, found.missing)


def test_the_distance_to_the_best_is_given_where_the_time_runs_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """What HiGHS knows of the best that could be is not kept back."""
    monkeypatch.setattr(Programme, "solve", lambda *_: (0.0, 12.0))
    found = plan([Gap("P1", A)], [Course("a", 100, 1, None, {A: None})], Limits())
    assert {"weight": 24.0, "cost": 12.0} == found.distance
