"""The training that closes what a unit is short of, as far as those who are there can be trained: who goes when."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from graph.days import add_days, add_months, day_before, today
from graph.errors import AnswerError, UsageError
from graph.rows import Row
from queries.answers.answer import Answer, named, number_of
from queries.answers.training_calendar import days_away, slots, when, working_days
from queries.answers.training_parts import DESIRABLE, FOR_COVER, MUST, Course, Cover, Gap, Limits, Plan, Shortfall
from queries.answers.training_solver import plan
from queries.answers.workforce import check_staff, unknown_needs
from queries.ask import ask, day

if TYPE_CHECKING:
    from graph.session import Graph


COLUMNS = (
    *("outcome", "course", "course_id", "when", "unit", "unit_id", "requirement", "requirement_id", "level"),
    *("priority", "weight", "seats", "people", "days", "cost", "closes", "per_1000"),
)
"""`outcome` is take (seats on a course), open (what the limits leave open) or untaught (no course teaches it).

`when` is the first day of a run, or the month in which one is to be arranged. `weight` is what seats close of it, or
what one gap has; `per_1000` what 1,000 pounds close of it.
"""

Held = dict[tuple[object, object], list[tuple[int, str]]]
"""The level and the last day of what lapses, by person and requirement."""

_MONTHS = 12
"""How far a plan without a deadline looks ahead."""
_PRIORITIES = {MUST: "essential", DESIRABLE: "desirable"}
_UNITS = {
    "budget": "pound",
    "days": "day away from duty",
    "days_a_person": "day of one person",
    "seats": "seat",
    "away": "day",
}
_MOST_SHORT = 5
"""How many limits that would have to be raised are named."""
_LIMITS = {
    "budget": "the budget",
    "days": "the days away from duty",
    "days_a_person": "the deadline",
    "seats": "the seats that courses have",
    "away": "the days that units can spare",
}


@dataclass(frozen=True)
class Terms:
    """Within what a plan has to keep: pounds, days away in all, first and last day, per cent of a unit that is away."""

    budget: float | None
    days: float | None
    first: str
    deadline: str | None
    away: float | None
    seconds: float = 90.0

    @property
    def timed(self) -> bool:
        """Return whether it matters how long a course is."""
        return any(most is not None for most in (self.days, self.deadline, self.away))

    @property
    def last(self) -> str:
        """Return the last day of the plan."""
        return self.deadline or day_before(add_months(self.first, _MONTHS) or self.first)


@dataclass(frozen=True)
class PlanAnswer(Answer):
    """A plan with who goes when, the days away of units by month, and what it takes for granted."""

    people: Sequence[Row] = ()
    away: Sequence[Row] = ()
    assumed: Sequence[tuple[str, object]] = ()


def terms(
    *,
    budget: float | None,
    days: float | None,
    deadline: str | None,
    away: float | None,
    as_of: str | None,
    seconds: float,
) -> Terms:
    """Return within what a plan has to keep.

    Raises UsageError for a deadline that is no day, or before the day asked about, and for what is no number.
    """
    for name, most in (("--budget", budget), ("--days", days)):
        if most is not None and not math.isfinite(most):
            raise UsageError(f"{name}: found {most}; expected a number, or no {name} where there is no limit")
    first = day(as_of, "--as-of") if as_of else today()
    last = day(deadline, "--deadline") if deadline else None
    if last and last < first:
        raise UsageError(f"--deadline: found {last}; expected a day that is not before {first}")
    return Terms(budget, days, first, last, away, seconds)


def training_plan(graph: Graph, *, unit: str | None, also: Row, terms: Terms) -> PlanAnswer:
    """Return the seats that close what matters most for the least money, what stays open, and why.

    What is short on the day after the deadline counts, so that what lapses until then is renewed, and who has left
    is not trained. Raises AnswerError where the files name no course.
    """
    notes, working = check_staff(graph, terms.first), working_days(terms.first, terms.last)
    until = add_days(terms.deadline, 1) if terms.deadline else terms.first
    scope, place = {"unit": unit, **also, "as_of": until}, {"unit": unit, "as_of": until}
    courses, names, left_out = _courses(graph, terms, working)
    if not names:
        raise AnswerError(
            "found no courses in the graph; expected the sheets courses and teaches; load them with the staff files"
        )
    lacking = ask(graph, named("training-gaps"), scope).rows
    due = _due(graph, terms, {"unit": unit, **also})
    own = [_gap(row, due) for row in lacking]
    short = [row for row in ask(graph, named("minimum-cover"), place).rows if row["short"]]
    covers = [Cover(int(str(row["short"])), float(str(row["weight"]))) for row in short]
    gaps = [*own, *_for_cover(ask(graph, named("cover-gaps"), place).rows, short)]
    units = _Units(ask(graph, named("establishment"), {"unit": unit, "as_of": terms.first}).rows, lacking)
    months = {month: float(number) for month, number in Counter(one[:7] for one in working).items()}
    best = plan(gaps, courses, _limits(terms, units, months), covers, seconds=terms.seconds)
    names |= units.names | {row["requirement_id"]: row["requirement"] for row in (*lacking, *short)}
    heat = ask(graph, named("heat-map"), scope).rows
    about = _notes(best, terms, len({(gap.person, gap.want) for gap in own}))
    return PlanAnswer(
        COLUMNS,
        [*_taken(best, names, covers), *_left(best, names, short)],
        [*notes, *left_out, *about, *_nobody_to_train(heat, lacking), *unknown_needs(heat)],
        people=_people(best, names),
        away=days_away(best.taken, names, units.heads, months, terms.away),
        assumed=[("Considered", _considered(terms)), *(("Note", note) for note in (*left_out, *about))],
    )


class _Units:
    """Names of units by id, and how many people are in their posts."""

    def __init__(self, strength: Sequence[Row], lacking: Sequence[Row]) -> None:
        self.names: dict[object, object] = {row["unit_id"]: row["unit"] for row in (*strength, *lacking)}
        self.heads: Counter[object] = Counter()
        for row in strength:
            self.heads[row["unit_id"]] += int(str(row["heads"]))


def _limits(terms: Terms, units: _Units, months: Mapping[str, float]) -> Limits:
    share, alone = terms.away, sum(months.values()) if terms.deadline else None
    away = {
        (str(unit), month): max(1, units.heads[unit]) * days * share / 100
        for unit in units.names
        for month, days in months.items()
        if share is not None
    }
    return Limits(terms.budget, terms.days, alone, away, months)


def _due(graph: Graph, terms: Terms, scope: Row) -> Held:
    """Return at which level, and until when, people hold what lapses by the deadline."""
    held: Held = defaultdict(list)
    if terms.deadline:
        ahead = (date.fromisoformat(terms.deadline) - date.fromisoformat(terms.first)).days
        for row in ask(graph, named("expiring"), {**scope, "days": ahead, "as_of": terms.first}).rows:
            held[row["person_id"], row["requirement_id"]].append((int(str(row["level"] or 0)), str(row["expires"])))
    return held


def _gap(row: Row, held: Held) -> Gap:
    person, need, level = str(row["person_id"]), str(row["requirement_id"]), int(str(row["level"] or 0))
    tier = DESIRABLE if row["necessity"] == "desirable" else MUST
    due = max((expires for at, expires in held.get((person, need), ()) if at >= level), default="")
    return Gap(person, need, level, str(row["unit_id"]), tier, float(str(row["weight"])), due)


def _for_cover(rows: Sequence[Row], uncovered: Sequence[Row]) -> list[Gap]:
    numbers = {(row["unit_id"], row["requirement_id"]): number for number, row in enumerate(uncovered)}
    return [
        Gap(
            str(row["person_id"]),
            str(row["requirement_id"]),
            int(str(row["level"] or 0)),
            str(row["own_unit_id"]),
            FOR_COVER,
            covers=frozenset({numbers[row["unit_id"], row["requirement_id"]]}),
        )
        for row in rows
    ]


def _courses(
    graph: Graph, terms: Terms, working: Sequence[str]
) -> tuple[list[Course], dict[object, object], list[str]]:
    """Return the courses whose cost is known, and days where they count, all their names, and what was left out."""
    runs: defaultdict[object, list[tuple[str, int | None]]] = defaultdict(list)
    for row in ask(graph, named("course-dates"), {"as_of": terms.first}).rows:
        runs[row["course_id"]].append((str(row["starts"]), None if row["seats"] is None else int(str(row["seats"]))))
    taught: defaultdict[object, dict[str, int | None]] = defaultdict(dict)
    about: dict[object, Row] = {}
    for row in ask(graph, named("courses"), {"as_of": terms.first}).rows:
        about[row["course_id"]] = row
        itself = row["requirement_id"] == row["course_id"]
        taught[row["course_id"]][str(row["requirement_id"])] = None if itself else int(str(row["level"] or 0))
    offered, notes = list[Course](), list[str]()
    for key, one in about.items():
        if one["cost"] is None or (terms.timed and one["days"] is None):
            what = "cost" if one["cost"] is None else "days"
            notes.append(f"{one['course']} is left out: its {what} is not known")
        else:
            seats, days = None if one["seats"] is None else int(str(one["seats"])), float(str(one["days"] or 0))
            times = slots(days, runs[key], working)
            offered.append(Course(str(key), float(str(one["cost"])), days, seats, taught[key], times))
    return offered, {key: row["course"] for key, row in about.items()}, notes


def _nobody_to_train(heat: Sequence[Row], lacking: Sequence[Row]) -> list[str]:
    """Return a note on what no training closes: what posts lack that are vacant, or whose people are all away."""
    short = sum(int(str(row["short"])) for row in heat if row["depth"] == 0)
    people = Counter((row["post_id"], row["requirement_id"], int(str(row["short"]))) for row in lacking)
    trained = sum(min(many, places) for (*_, places), many in people.items())
    if short == trained:
        return []
    alone = f"{short - trained} of these are vacant or have nobody present, so people have to be found, not trained"
    return [f"posts are short {short} times; {alone}"]


def _taken(best: Plan, names: Mapping[object, object], covers: Sequence[Cover]) -> list[Row]:
    """Return a row of each course and run or month, with what its seats close; a cover counts until it is enough."""
    left = [cover.short for cover in covers]
    rows: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: dict.fromkeys(("seats", "closes", "weight"), 0))
    about: dict[str, Course] = {}
    for seat in best.taken:
        course, row = seat.course, rows[seat.course.course, when(seat.slot)]
        about[course.course] = course
        row["seats"] += 1
        for gap in seat.closes:
            mended = [number for number in gap.covers if left[number]]
            for number in mended:
                left[number] -= 1
            row["closes"] += gap.tier != FOR_COVER or bool(mended)
            row["weight"] += gap.weight * (gap.tier != FOR_COVER) + sum(covers[number].weight for number in mended)
    return [
        _row(
            "take",
            course=names[key],
            course_id=key,
            when=start,
            people=row["seats"],
            days=row["seats"] * about[key].days,
            cost=(cost := row["seats"] * about[key].cost),
            per_1000=round(1000 * row["weight"] / cost, 2) if cost else None,
            **row,
        )
        for (key, start), row in sorted(rows.items(), key=lambda one: (str(names[one[0][0]]), one[0]))
    ]


def _left(best: Plan, names: Mapping[object, object], short: Sequence[Row]) -> list[Row]:
    """Return what stays uncovered, by unit and requirement, what matters most first; minimum cover before all."""
    rows = [
        _row("open", **{name: row[name] for name in ("unit", "unit_id", "requirement", "requirement_id", "level")})
        | {"priority": "cover", "weight": row["weight"], "people": left}
        for row, mended in zip(short, best.covered, strict=True)
        if (left := int(str(row["short"])) - mended)
    ]
    gaps = Counter(
        (outcome, gap.tier, -gap.weight, gap.unit, *gap.want)
        for outcome, some in (("open", (*best.remaining, *best.late)), ("untaught", best.untaught))
        for gap in some
    )
    for (outcome, tier, weight, unit, need, level), people in sorted(gaps.items()):
        where = {"unit": names[unit], "unit_id": unit, "requirement": names[need], "requirement_id": need}
        row = _row(outcome, **where, level=level or None, people=people)
        rows.append(row | {"priority": _PRIORITIES[tier], "weight": -weight})
    return list[Row](rows)


def _people(best: Plan, names: Mapping[object, object]) -> list[Row]:
    """Return who goes when, by month; due is the last day on which they hold what they renew."""
    return [
        {"month": seat.slot.starts[:7], "when": when(seat.slot), "unit": names[seat.unit], "unit_id": seat.unit}
        | {"person_id": seat.person, "course": names[seat.course.course], "days": seat.course.days}
        | {"due": min((gap.due for gap in seat.closes if gap.due), default=None)}
        for seat in sorted(best.taken, key=lambda seat: (when(seat.slot), seat.unit, seat.person))
    ]


def _row(outcome: str, **known: object) -> dict[str, object]:
    return {**dict.fromkeys(COLUMNS), "outcome": outcome, **known}


def _notes(best: Plan, terms: Terms, gaps: int) -> list[str]:
    if not gaps and not best.covered:
        return ["no rows: nobody who is there lacks what their post is short of"]
    seats = number_of(len(best.taken), "seat")
    notes = [f"{seats} for {_amount(best.cost)} pounds: {best.closed} of {number_of(gaps, 'gap')} closed"]
    if terms.deadline:
        renewed = sum(bool(gap.due) for seat in best.taken for gap in seat.closes)
        notes.append(f"of these {renewed} are renewals of what lapses by {terms.deadline}")
    if best.covered:
        notes.append(f"minimum cover: {sum(best.covered)} more people hold what units have too few of")
    notes.append(
        "`rankgraph ask training-gaps` names who lacks what, and `rankgraph ask courses` what each course teaches"
    )
    if best.untaught:
        notes.append(f"{number_of(len(best.untaught), 'gap')} cannot be closed by any course taken into account")
    if best.late:
        notes.append(f"{number_of(len(best.late), 'gap')} left open: no course that closes them ends by {terms.last}")
    if best.missing:
        limits = ", ".join(sorted({_LIMITS[one.limit] for one in best.missing}))
        some = "; ".join(map(_short, best.missing[:_MOST_SHORT]))
        more = len(best.missing) - _MOST_SHORT
        rest = f"; and {number_of(more, 'other limit')}" if more > 0 else ""
        left = number_of(len(best.remaining), "gap")
        notes.append(f"impossible by {limits}: {left} left open; it would take {some}{rest}")
        notes.append(f"without any limit all that is taught would cost {_amount(best.without_limits or 0)} pounds")
    elif best.remaining:
        notes.append(f"{number_of(len(best.remaining), 'gap')} left open: somebody would be on two courses at once")
    if best.clashes:
        notes.append(f"{number_of(len(best.clashes), 'person')} would be on two courses at once: choose another run")
    return [*notes, *_distance(best)]


def _distance(best: Plan) -> list[str]:
    """Return how far from the best the plan may be."""
    if not best.distance:
        return ["proven: no plan closes more of what matters, and none that closes as much costs less"]
    weight, cost = (_up_to(best.distance.get(name, 0.0)) for name in ("weight", "cost"))
    more = f"may close {weight} more in weight, or cost {cost} pounds less"
    return [f"not proven, because the time for solving ran out: a better plan {more}; --seconds gives more time"]


def _up_to(most: float) -> str:
    return f"up to {_amount(most)}" if math.isfinite(most) else "an unknown number of"


def _considered(terms: Terms) -> str:
    """Return what a plan takes for granted, in words.

    >>> _considered(Terms(None, None, "2026-03-01", None, None))
    'courses from 2026-03-01 to 2027-02-28, Monday to Friday; budget: no limit; days: no limit; away at once: no limit'
    """
    budget = "no limit" if terms.budget is None else f"{_amount(terms.budget)} pounds"
    days = "no limit" if terms.days is None else _amount(terms.days)
    away = "no limit" if terms.away is None else f"{_amount(terms.away)} % of a unit's days in a month"
    return (
        f"courses from {terms.first} to {terms.last}, Monday to Friday; budget: {budget}; days: {days}; "
        f"away at once: {away}"
    )


def _short(missing: Shortfall) -> str:
    where = {"seats": f" on {missing.of}", "away": f" of {missing.of}"}.get(missing.limit, "")
    first, *rest = _UNITS[missing.limit].split(" ", 1)
    unit = " ".join([first if missing.amount == 1 else f"{first}s", *rest])
    return f"{_amount(missing.amount)} {unit} more{where}"


def _amount(number: float) -> str:
    """Write a number without needless decimals.

    >>> _amount(1200.0), _amount(2.5)
    ('1,200', '2.50')
    """
    return f"{number:,.0f}" if abs(number - round(number)) < 1e-6 else f"{number:,.2f}"  # noqa: PLR2004 -- rounding
