"""The earliest day of a promotion: against a walk day by day over drawn records, and in words."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta

from graph.rows import Row
from queries.answers.earliest import along, earliest
from queries.answers.gate_rows import by_gate
from queries.show.gate_words import earliest_words
from tests.oracles.gates import Case, Held, Part, answer, first_open_day, is_open_on, months_later, still_counting, walk

RECORDS = 10_000
FIRST = date(2024, 1, 20)
"""Months of 28 to 31 days follow: the records fall into some twenty weeks."""

DAYS = [(FIRST + timedelta(days=number)).isoformat() for number in range(330)]
EXAM, COURSE, JUDGED, SERVED = "course/exam", "course/other", "experience/selected", "experience/assessed"
_TARGETS = ("uk/sergeant", "uk/inspector", EXAM, COURSE, JUDGED, SERVED)

Gates = tuple[tuple[tuple[Part, ...], ...], ...]


def _day(chance: random.Random) -> str:
    return DAYS[chance.randrange(140)]


def _half(chance: random.Random) -> bool:
    return chance.random() < 0.5


def _may_lapse(gates: Gates, one: Held, held: list[Held], after: Mapping[int, tuple[int, ...]]) -> bool:
    """Return whether what is held lapses: it did not count when what comes after it was begun."""
    for place, options in enumerate(gates):
        if options[0][0].target == one.id and options[0][0].within_months:
            later = {gates[other][0][0].target for other, earlier in after.items() if place in earlier}
            begun = [other.begun for other in held if other.id in later and other.begun]
            return not any(is_open_on(options, tuple(held), day) for day in begun)
    return False


def _part(chance: random.Random, target: str) -> Part:
    asked = chance.random()
    months = chance.choice((1, 2, 3))
    return Part(
        target,
        before=_day(chance) if asked < 0.1 else None,
        at_least=target.startswith("uk/") and chance.random() < 0.3,
        within_months=months if 0.1 < asked < 0.4 else None,
        for_months=months if 0.3 < asked < 0.6 else None,
    )


def _held(chance: random.Random, target: str) -> Held:
    first, second = sorted((_day(chance), _day(chance)))
    vague = chance.random() < 0.2
    if target.startswith("uk/"):
        ended = second if chance.random() < 0.4 else None
        return Held(target, first, None, ended, achieved_from=f"{first[:7]}-01" if vague else None)
    begun = first if target == SERVED and chance.random() < 0.7 else None
    result = "not met" if target.startswith("experience/") and chance.random() < 0.1 else None
    achieved = second if chance.random() < 0.9 else None
    achieved_from = f"{second[:7]}-01" if vague and achieved and not begun else None
    return Held(target, achieved, begun, achieved_from=achieved_from, result=result)


def _record(chance: random.Random) -> tuple[Gates, tuple[Held, ...], str]:
    gates = tuple(
        tuple(
            tuple(_part(chance, target) for target in chance.sample(_TARGETS, k=chance.choice((1, 1, 2))))
            for _ in range(chance.choice((1, 1, 2)))
        )
        for _ in range(chance.randint(1, 4))
    )
    held = tuple(_held(chance, target) for target in _TARGETS for _ in range(chance.choice((0, 1, 1, 2))))
    return gates, held, _day(chance)


def _rows(
    gates: Gates, held: tuple[Held, ...], day: str, after: Mapping[int, tuple[int, ...]] | None = None
) -> list[Row]:
    """Return rows as `gate-status` has them."""
    rows: list[Row] = []
    for number, options in enumerate(gates):
        parts = {(place, part.target): part for place, option in enumerate(options, 1) for part in option}
        for option, target, status, _, is_open, _, opens, windows in answer(Case(options, held, "uk", None, day)):
            part = parts[int(str(option)), str(target)]
            name = f"Gate {number}"
            where: Row = {"gate": name, "gate_id": name, "document": "drawn", "lines": "1", "option": option}
            where = {**where, "after": [f"Gate {one}" for one in (after or {}).get(number, ())]}
            asked = {"needs_id": target, "before": part.before, "for_months": part.for_months, "gate_open": is_open}
            kind = "rank" if part.is_rank else "experience" if part.is_judged else "course"
            some = next((one for one in held if one.id == target), None)
            where = {**where, "begun": some.begun if some else None}
            rows.append({**where, **asked, "kind": kind, "held": some.id if some else None})
            rows[-1] = {**rows[-1], "part_status": status, "opens": opens, "windows": windows}
    return rows


def test_the_earliest_day_is_the_first_of_a_walk_day_by_day() -> None:
    """Ten thousand drawn records: service, validity, days before which a course counts, temporary promotion."""
    chance = random.Random(14)  # noqa: S311 -- a test, not a secret
    found = 0
    for gates, held, day in (_record(chance) for _ in range(RECORDS)):
        expected = first_open_day(gates, still_counting(held, day), DAYS[DAYS.index(day) :])
        first = earliest(_rows(gates, held, day), day)
        assert (gates, held, day, expected) == (gates, held, day, first.day)
        assert (expected is not None and expected > day) == bool(expected and first.decided_by)
        found += expected is not None and expected > day
    assert found > RECORDS // 20


def test_a_day_that_waits_for_others_is_that_of_a_walk_that_does_each_as_soon_as_it_may() -> None:
    """Service that is not done, an exam that only who has served may take, selection, and a time after all of them."""
    chance, records = random.Random(15), 1500  # noqa: S311 -- a test, not a secret
    found = {"sure": 0, "later": 0, "never": 0}
    for number in range(records):
        months = chance.choice((1, 2, 3))
        gates: Gates = (
            ((Part("uk/sergeant", for_months=chance.choice((1, 2, 3))),),),
            ((Part(EXAM, within_months=chance.choice((None, 2, 3))),),),
            ((Part(JUDGED, within_months=chance.choice((None, 2))),),),
            ((Part(SERVED, for_months=months),),),
        )
        after = chance.choice(({1: (0,), 3: (0, 1, 2)}, {3: (0, 1, 2)}, {3: (1,)}, {}))
        held = [
            Held("uk/sergeant", _day(chance)),
            *(Held(one, _day(chance)) for one in (EXAM, JUDGED) if _half(chance)),
        ]
        if _half(chance):
            begun = _day(chance)
            held.append(Held(SERVED, months_later(begun, months), begun))
        day = _day(chance)
        expected = walk(gates, tuple(held), DAYS[DAYS.index(day) :], after)
        if expected is None:
            lapses = [one for one in held if _may_lapse(gates, one, held, after)]
            if any(str(one.achieved) > day for one in lapses):
                continue  # a plan that comes to nothing: nobody can say what is planned in its place
            lasting = [one for one in held if one not in lapses]
            expected = walk(gates, tuple(lasting), DAYS[DAYS.index(day) :], after)
        sure = first_open_day(gates, tuple(held), DAYS[DAYS.index(day) :], after)
        first = earliest(_rows(gates, tuple(held), day, after), day)
        assert (number, sure, None if sure else expected) == (number, first.day, first.not_before)
        found["sure" if sure else "later" if expected else "never"] += 1
    assert min(found["sure"], found["later"]) > records // 20


def test_the_least_service_of_a_step_counts_where_no_gate_asks_for_it() -> None:
    """From the day on which the rank below was reached; what comes next waits for that day too."""
    steps = [
        {"order": order, "rank_id": rank, "from_rank": below, "minimum_months": 24}
        for order, rank, below in ((1, "uk/sergeant", "Constable"), (2, "uk/inspector", "Sergeant"))
    ]
    found = {
        day: [(one.day, one.not_before) for one in along(steps, {}, "2026-11-30", "uk/constable", since)]
        for day, since in (("known", {"uk/constable": "2025-01-15"}), ("unknown", dict[str, str]()))
    }
    assert {
        "known": [("2027-01-15", None), (None, "2029-01-15")],
        "unknown": [(None, "2026-11-30"), (None, "2028-11-30")],
    } == found


def test_an_exam_that_lapses_before_the_rest_can_be_done_is_passed_again() -> None:
    """It has to be passed again, and the words say so."""
    gates: Gates = (((Part(EXAM, within_months=2),),), ((Part(SERVED, for_months=3),),))
    rows = _rows(gates, (Held(EXAM, "2024-01-20"),), "2024-02-01")
    first = earliest(rows, "2024-02-01")
    assert (None, "2024-05-01") == (first.day, first.not_before)
    words = "not before 1 May 2024, once your force has judged, once you have again Gate 0"
    assert words == earliest_words(first, "2024-02-01", by_gate(rows))
