"""Time the training plan on made-up cases: units, priorities, minimum cover, runs on days, a budget and a ceiling.

Usage: python bench/plan.py [PEOPLE ...]; a line a case: gaps and seats, cost, seconds, and the distance to the best.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from queries.answers.training_calendar import slots, working_days
from queries.answers.training_parts import DESIRABLE, FOR_COVER, MUST, Course, Cover, Gap, Limits
from queries.answers.training_solver import plan

SIZES = (200, 2_000, 10_000)
REQUIREMENTS, COURSES, TEAM = 20, 26, 20
FIRST, LAST = "2026-04-01", "2027-03-31"
BUDGET = 0.6
"""The share of what all would cost that may be spent."""


def main() -> None:
    """Print the times."""
    for people in map(int, sys.argv[1:] or SIZES):
        gaps, courses, limits, covers = case(people)
        free = 0.0
        for name in ("no budget", "60 % of it"):
            budget = BUDGET * free if free else None
            began = time.perf_counter()
            result = plan(gaps, courses, replace(limits, budget=budget), covers)
            took, free = time.perf_counter() - began, result.cost
            distance = ", ".join(f"{what} at most {more:.2f} better" for what, more in result.distance.items())
            print(
                f"{people} people, {name}: {len(result.taken)} seats close {result.closed} gaps for {result.cost:.0f} "
                f"pounds in {took:.1f} s: {distance or 'proven'}",
                flush=True,
            )


def case(people: int, seed: int = 1) -> tuple[list[Gap], list[Course], Limits, list[Cover]]:
    """Return gaps and courses in which some courses teach several things, some have few seats, and some have runs."""
    random = Random(seed)  # noqa: S311 -- a case, no secret
    names = [f"skill/{number}" for number in range(REQUIREMENTS)]
    working = working_days(FIRST, LAST)
    courses = [_course(random, number, names, working, people) for number in range(COURSES)]
    units = [f"U{number}" for number in range(max(1, people // TEAM))]
    gaps = [
        Gap(
            f"P{person}",
            name,
            random.choice([0, 1, 2]),
            units[person % len(units)],
            random.choice([MUST, MUST, DESIRABLE]),
            random.choice([1.0, 1.0, 2.0, 5.0]),
        )
        for person in range(people)
        for name in random.sample(names, random.randint(1, 4))
    ]
    covers = [Cover(2, 3.0) for _ in units]
    for number, unit in enumerate(units):
        name, team = random.choice(names), range(number, people, len(units))
        gaps += [Gap(f"P{person}", name, 0, unit, FOR_COVER, covers=frozenset({number})) for person in team]
    months = {month: float(days) for month, days in Counter(day[:7] for day in working).items()}
    away = {(unit, month): 0.05 * TEAM * days for unit in units for month, days in months.items()}
    return gaps, courses, Limits(away=away, working=months), covers


def _course(random: Random, number: int, names: list[str], working: list[str], people: int) -> Course:
    days = random.choice([1.0, 1.0, 2.0, 3.0, 5.0])
    runs = [(working[at], people // 20) for at in range(random.randint(0, 20), len(working), 21)]
    teaches = {name: random.choice([None, 1, 2]) for name in random.sample(names, random.choice([1, 1, 1, 2, 3]))}
    cost, seats = random.choice([80, 120, 200, 350, 600]), random.choice([None, people // 4])
    return Course(f"course/{number}", cost, days, seats, teaches, slots(days, random.choice([[], runs]), working))


if __name__ == "__main__":
    main()
