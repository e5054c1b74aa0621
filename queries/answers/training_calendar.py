"""When courses can be taken, and how many days their people are away: working days, Monday to Friday."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from math import ceil

from graph.rows import Row
from queries.answers.training_parts import Seat, Slot


def working_days(first: str, last: str) -> list[str]:
    """Return the days from Monday to Friday, both ends included.

    >>> working_days("2026-03-01", "2026-03-03")
    ['2026-03-02', '2026-03-03']
    """
    begins = date.fromisoformat(first)
    days = (begins + timedelta(days=number) for number in range((date.fromisoformat(last) - begins).days + 1))
    return [day.isoformat() for day in days if day.weekday() < 5]  # noqa: PLR2004 -- Saturday


def slots(days: float, runs: Sequence[tuple[str, int | None]], working: Sequence[str]) -> tuple[Slot, ...]:
    """Return when a course of so many days can be taken and ends in time: its runs, by first day and seats, or months.

    >>> [(slot.starts, dict(slot.days)) for slot in slots(2.5, [], working_days("2026-03-27", "2026-04-30"))]
    [('2026-03-27', {'2026-03': 2.5}), ('2026-04-01', {'2026-04': 2.5})]
    """
    months = {day[:7]: day for day in reversed(working)}
    starts: Iterable[tuple[str, int | None]] = runs or [(months[month], None) for month in sorted(months)]
    return tuple(_slots(days, starts, working, dated=bool(runs)))


def _slots(
    days: float, starts: Iterable[tuple[str, int | None]], working: Sequence[str], *, dated: bool
) -> Iterator[Slot]:
    length = max(1, ceil(days))
    for first, seats in starts:
        at = bisect_left(working, first)
        stretch = working[at : at + length]
        if len(stretch) == length:
            away: Counter[str] = Counter()
            for number, day in enumerate(stretch):
                away[day[:7]] += min(1.0, days - number)  # type: ignore[assignment]  # half days are days too
            yield Slot(first, stretch[-1], away, seats, dated)


def when(slot: Slot) -> str:
    """Return the first day of a run, or the month in which one has to be arranged."""
    return slot.starts if slot.dated else slot.starts[:7]


def days_away(
    taken: Iterable[Seat],
    names: Mapping[object, object],
    heads: Mapping[object, int],
    months: Mapping[str, float],
    share: float | None,
) -> list[Row]:
    """Return the days away from duty of each unit by month, their per cent of its people's days, and the ceiling."""
    days: Counter[tuple[str, str]] = Counter()
    for seat in taken:
        for month, number in seat.slot.days.items():
            days[seat.unit, month] += number  # type: ignore[assignment]  # half days are days too
    rows = list[Row]()
    for (unit, month), number in sorted(days.items()):
        there = max(1, heads.get(unit, 0)) * months[month]
        ceiling = None if share is None else round(there * share / 100, 1)
        row = {"month": month, "unit": names[unit], "unit_id": unit, "days": number, "ceiling": ceiling}
        rows.append({**row, "per_cent": round(100 * number / there, 1)})
    return rows
