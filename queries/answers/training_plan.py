"""The cheapest training that closes what a unit is short of, as far as those who are there can be trained."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from graph.days import today
from graph.errors import AnswerError, UsageError
from graph.rows import Row
from queries.answers.answer import Answer, named, number_of
from queries.answers.training_solver import Course, Gap, Limits, Plan, Shortfall, Want, plan
from queries.answers.workforce import check_staff, unknown_needs
from queries.ask import ask, day

if TYPE_CHECKING:
    from graph.session import Graph


COLUMNS = (
    *("outcome", "course", "course_id", "requirement", "requirement_id", "level", "seats", "people", "days", "cost"),
)
"""`outcome` is take (seats on a course), open (a gap that the limits leave open) or untaught (no course teaches it)."""

_UNITS = {"budget": "pound", "days": "day away from duty", "days_a_person": "day of one person", "seats": "seat"}
_LIMITS = {
    "budget": "the budget",
    "days": "the days away from duty",
    "days_a_person": "the deadline",
    "seats": "the seats that courses have",
}


def limits_until(*, budget: float | None, days: float | None, deadline: str | None, as_of: str | None) -> Limits:
    """Return the limits of a plan; until a deadline a person has its working days, Monday to Friday.

    Raises UsageError for a deadline that is no day, or before the day asked about, and for what is no number.
    """
    for name, most in (("--budget", budget), ("--days", days)):
        if most is not None and not math.isfinite(most):
            raise UsageError(f"{name}: found {most}; expected a number, or no {name} where there is no limit")
    if deadline is None:
        return Limits(budget, days, None)
    import numpy as np  # few plans have a deadline

    begins = day(as_of, "--as-of") if as_of else today()
    ends = day(deadline, "--deadline")
    if ends < begins:
        raise UsageError(f"--deadline: found {ends}; expected a day that is not before {begins}")
    working = int(np.busday_count(begins, np.datetime64(ends) + 1))
    return Limits(budget, days, float(working))


def training_plan(graph: Graph, *, unit: str | None, also: Row, as_of: str | None, limits: Limits) -> Answer:
    """Return the cheapest seats that close what posts are short of, and what stays open, and why.

    Raises AnswerError where the files name no course.
    """
    notes, scope = check_staff(graph, as_of), {"unit": unit, **also, "as_of": as_of}
    lacking = ask(graph, named("training-gaps"), scope)
    offered, left_out = _courses(ask(graph, named("courses"), {"as_of": as_of}).rows, limits)
    if not offered and not left_out:
        raise AnswerError(
            "found no courses in the graph; expected the sheets courses and teaches; load them with the staff files"
        )
    gaps = [_gap(row) for row in lacking.rows]
    best = plan(gaps, [course for course, _ in offered], limits)
    names = {str(row["requirement_id"]): str(row["requirement"]) for row in lacking.rows}
    heat = ask(graph, named("heat-map"), scope).rows
    vacant = [*_nobody_to_train(heat, lacking.rows), *unknown_needs(heat)]
    rows = [*_taken(best, offered), *_left(best.remaining, "open", names), *_left(best.untaught, "untaught", names)]
    return Answer(COLUMNS, rows, [*notes, *left_out, *_notes(best, len(set(gaps))), *vacant])


def _nobody_to_train(heat: Sequence[Row], lacking: Sequence[Row]) -> list[str]:
    """Return a note on what no training closes: what posts lack that are vacant, or whose people are all away."""
    short = sum(int(str(row["short"])) for row in heat if row["depth"] == 0)
    people = Counter((row["post_id"], row["requirement_id"], int(str(row["short"]))) for row in lacking)
    trained = sum(min(many, places) for (*_, places), many in people.items())
    if short == trained:
        return []
    alone = f"{short - trained} of these are vacant or have nobody present, so people have to be found, not trained"
    return [f"posts are short {short} times; {alone}"]


def _gap(row: Row) -> Gap:
    return Gap(str(row["person_id"]), str(row["requirement_id"]), int(str(row["level"] or 0)))


def _courses(rows: Sequence[Row], limits: Limits) -> tuple[list[tuple[Course, str]], list[str]]:
    """Return the courses whose cost is known, and days where they count, with their names; and what was left out."""
    taught: defaultdict[str, dict[str, int | None]] = defaultdict(dict)
    about: dict[str, Row] = {}
    for row in rows:
        about[str(row["course_id"])] = row
        itself = row["requirement_id"] == row["course_id"]
        taught[str(row["course_id"])][str(row["requirement_id"])] = None if itself else int(str(row["level"] or 0))
    timed = limits.days is not None or limits.days_a_person is not None
    unknown = {
        key: "cost" if row["cost"] is None else "days"
        for key, row in about.items()
        if row["cost"] is None or (timed and row["days"] is None)
    }
    notes = [f"{about[key]['course']} is left out: its {what} is not known" for key, what in unknown.items()]
    known = {key: row for key, row in about.items() if key not in unknown}
    return [(_course(key, row, taught[key]), str(row["course"])) for key, row in known.items()], notes


def _course(key: str, row: Row, teaches: dict[str, int | None]) -> Course:
    seats = None if row["seats"] is None else int(str(row["seats"]))
    return Course(key, float(str(row["cost"])), float(str(row["days"] or 0)), seats, teaches)


def _taken(best: Plan, offered: Sequence[tuple[Course, str]]) -> list[Row]:
    rows = []
    for course, name in offered:
        seats = best.seats.get(course.course, 0)
        if seats:
            spent = {"seats": seats, "days": seats * course.days, "cost": seats * course.cost}
            rows.append(_row("take", course=name, course_id=course.course, people=seats, **spent))
    return rows


def _left(wants: Counter[Want], outcome: str, names: Mapping[str, str]) -> list[Row]:
    return [
        _row(outcome, requirement=names[need], requirement_id=need, level=level or None, people=people)
        for (need, level), people in sorted(wants.items())
    ]


def _row(outcome: str, **known: object) -> Row:
    return {**dict.fromkeys(COLUMNS), "outcome": outcome, **known}


def _notes(best: Plan, gaps: int) -> list[str]:
    if not gaps:
        return ["no rows: nobody who is there lacks what their post is short of"]
    seats = number_of(sum(best.seats.values()), "seat")
    spent = f"{seats} for {_amount(best.cost)} pounds: {best.closed} of {number_of(gaps, 'gap')} closed"
    notes = [
        spent,
        "`rankgraph ask training-gaps` names who lacks what, and `rankgraph ask courses` what each course teaches",
    ]
    if best.untaught:
        notes.append(f"{number_of(best.untaught.total(), 'gap')} cannot be closed by any course taken into account")
    if best.missing:
        limits = ", ".join(sorted({_LIMITS[one.limit] for one in best.missing}))
        short = "; ".join(map(_short, best.missing))
        notes.append(
            f"impossible by {limits}: {number_of(best.remaining.total(), 'gap')} left open; it would take {short}"
        )
        if best.without_limits is not None:
            notes.append(f"without any limit all that is taught would cost {_amount(best.without_limits)} pounds")
    if not best.proven:
        notes.append("the time for solving ran out: a cheaper plan may exist")
    return notes


def _short(missing: Shortfall) -> str:
    where = f" on {missing.course}" if missing.course else ""
    first, *rest = _UNITS[missing.limit].split(" ", 1)
    unit = " ".join([first if missing.amount == 1 else f"{first}s", *rest])
    return f"{_amount(missing.amount)} {unit} more{where}"


def _amount(number: float) -> str:
    """Write a number without needless decimals.

    >>> _amount(1200.0), _amount(2.5)
    ('1,200', '2.50')
    """
    return f"{number:,.0f}" if abs(number - round(number)) < 1e-6 else f"{number:,.2f}"  # noqa: PLR2004 -- rounding
