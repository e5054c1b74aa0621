"""Time the training plan on made-up cases, and OR-tools on the same programme where it is installed.

Usage: python bench/plan.py [PEOPLE ...]; a line a case: people, cost, seconds of HiGHS, cost and seconds of OR-tools.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from queries.answers.training_solver import Course, Gap, Limits, parts, plan

SIZES = (200, 2_000, 10_000)
REQUIREMENTS = 40
COURSES = 60


def main() -> None:
    """Print the times."""
    for people in map(int, sys.argv[1:] or SIZES):
        gaps, courses = case(people)
        began = time.perf_counter()
        result = plan(gaps, courses, Limits())
        line = f"{people} people: {result.cost:.0f} pounds in {time.perf_counter() - began:.2f} s by HiGHS"
        if importlib.util.find_spec("ortools"):
            began = time.perf_counter()
            cost = by_ortools(gaps, courses)
            line += f", {cost:.0f} pounds in {time.perf_counter() - began:.2f} s by OR-tools"
        print(line, flush=True)


def case(people: int, seed: int = 1) -> tuple[list[Gap], list[Course]]:
    """Return gaps and courses in which some courses teach several things and some have few seats."""
    random = Random(seed)  # noqa: S311 -- a case, no secret
    names = [f"skill/{number}" for number in range(REQUIREMENTS)]
    courses = [
        Course(
            f"course/{number}",
            random.choice([80, 120, 200, 350, 600]),
            random.choice([1, 2, 3, 5]),
            random.choice([None, people // 8]),
            {name: random.choice([None, 1, 2]) for name in random.sample(names, random.choice([1, 1, 1, 2, 3]))},
        )
        for number in range(COURSES)
    ]
    gaps = [
        Gap(f"P{person}", name, random.choice([0, 1, 2]))
        for person in range(people)
        for name in random.sample(names, random.randint(1, 4))
    ]
    return gaps, courses


def by_ortools(gaps: list[Gap], courses: list[Course]) -> float:
    """Return the least cost of the same programme by OR-tools' CP-SAT."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 -- need not be installed

    model = cp_model.CpModel()
    seats: dict[tuple[int, int], Any] = {}
    for number, part in enumerate(parts(gaps, courses)):
        taken = {course: model.new_int_var(0, part.people, "") for course in part.helps}
        seats |= {(number, course): variable for course, variable in taken.items()}
        for want in range(len(part.wants)):
            helping = [variable for course, variable in taken.items() if want in part.helps[course]]
            model.add(sum(helping) >= part.people)
    for course, priced in enumerate(courses):
        if priced.seats is not None:
            model.add(sum(variable for (_, of), variable in seats.items() if of == course) <= priced.seats)
    model.minimize(sum(int(courses[course].cost) * variable for (_, course), variable in seats.items()))
    solver = cp_model.CpSolver()
    solver.solve(model)
    return float(solver.objective_value)


if __name__ == "__main__":
    main()
