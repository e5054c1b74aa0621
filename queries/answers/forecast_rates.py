"""Estimate who leaves, rises and joins, and what is renewed, from what a force has recorded so far: sums alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby, pairwise
from math import exp

from graph.days import FIRST_DAY, LAST_DAY
from graph.rows import Row
from queries.answers.answer import number_of
from queries.parameters.assumptions import ALL, Assumptions, Rate

BANDS = (0.0, 2.0, 5.0, 10.0, 20.0, 25.0, 30.0)
"""Years of service from which another share of leavers may hold."""
_ENOUGH = 100
"""Person-years of which a band of service has a share of its own; one of fewer is taken together with the next."""
_LEAST = 20
"""Person-years of a rank, or lapses of a ticket, from which it is counted apart from all."""
_YEAR = 365.25


def estimate(
    careers: Sequence[Row], renewals: Iterable[Row], next_ranks: Mapping[str, str], since: str, until: str
) -> tuple[Assumptions, str]:
    """Return the rates of a time, each with what it was counted of, and a note on how much that was.

    Args:
        careers: Rows of the question careers.
        renewals: Rows of the question renewals, of the same time.
        next_ranks: The rank that follows each by promotion.
        since: The last day before the time.
        until: The last day of the time.
    """
    exposed, years = defaultdict[tuple[str, float], float](float), defaultdict[str, float](float)
    left, risen, joined = Counter[tuple[str, float]](), Counter[str](), Counter[str]()
    begins, ends = _ordinal(since), _ordinal(until)
    for _, of_person in groupby(careers, key=lambda row: row["person_id"]):
        rows = list(of_person)
        steps, end = _steps(rows), _ordinal(rows[0]["left"] or LAST_DAY)
        start, rank = steps[0]
        joined[rank] += begins < start <= ends
        for (first, rank), (after, above) in pairwise([*steps, (end + 1, "")]):
            for band, span in _spans(max(first, begins + 1) - start, min(after, ends + 1) - start):
                exposed[rank, band] += span
                years[rank] += span
            risen[rank] += begins < after <= ends and next_ranks.get(rank) == above
        left[rank, max(band for band in BANDS if band * _YEAR <= end - start)] += begins < end <= ends
    time = (ends - begins) / _YEAR
    lapsed = {str(row["requirement_id"]): (int(str(row["renewed"])), int(str(row["lapsed"]))) for row in renewals}
    rates = {
        "leavers": _leavers(exposed, left, years),
        "promotions": _apart({rank: (risen[rank], years[rank]) for rank in years if rank in next_ranks}, _of_years),
        "intake": {rank: Rate(number / time, time) for rank, number in sorted(joined.items()) if number},
        # where no renewal at all is recorded, old holdings are not kept
        "renewals": _apart(lapsed, lambda n, of: Rate(n / of, of)) if any(n for n, _ in lapsed.values()) else {},
    }
    counts = {"leaver": left.total(), "promotion": risen.total(), "joiner": joined.total()}
    events = ", ".join(number_of(number, noun) for noun, number in counts.items())
    note = f"{sum(years.values()):.0f} person-years after {since}, until {until}: {events}"
    return Assumptions().model_copy(update=rates), note


def _ordinal(day: object) -> int:
    return date.fromisoformat(str(day)).toordinal()


def _steps(rows: Sequence[Row]) -> list[tuple[int, str]]:
    """Return when a person came into each rank, by ranks held where they are recorded, else by posts."""
    joined = str(rows[0]["joined"] or FIRST_DAY)
    of_ranks = [row for row in rows if row["as_rank"]] or rows
    days = sorted((_ordinal(max(str(row["first"] or joined), joined)), str(row["rank"])) for row in of_ranks)
    first = _ordinal(joined) if joined > FIRST_DAY else days[0][0]
    return [(first, days[0][1]), *(step for before, step in pairwise(days) if before[1] != step[1])]


def _spans(first: int, end: int) -> Iterable[tuple[float, float]]:
    """Yield each band of service, and the years of it, between two days of service, the second not counted."""
    for band, after in pairwise([*BANDS, float("inf")]):
        if (span := min(end, after * _YEAR) - max(first, band * _YEAR)) > 0:
            yield band, span / _YEAR


def _of_years(events: float, years: float) -> Rate:
    """Return the share that goes with events in so many person-years."""
    return Rate(1 - exp(-events / years), years)


def _apart(counts: Mapping[str, tuple[float, float]], rate: Callable[[float, float], Rate]) -> dict[str, Rate]:
    """Return the rate of all together, and of each of which enough was counted."""
    if not counts:
        return {}
    events, of = (sum(pair[n] for pair in counts.values()) for n in (0, 1))
    return {ALL: rate(events, of), **{one: rate(*pair) for one, pair in sorted(counts.items()) if pair[1] >= _LEAST}}


def _leavers(
    exposed: Mapping[tuple[str, float], float], left: Mapping[tuple[str, float], int], years: Mapping[str, float]
) -> dict[str, tuple[tuple[float, Rate], ...]]:
    """Return the shares of leavers by rank and service, and those of all, for ranks of few person-years."""
    shares = {}
    for name, ranks in {ALL: [*years], **{rank: [rank] for rank in sorted(years) if years[rank] >= _LEAST}}.items():
        bands: list[list[float]] = []
        for band in BANDS:
            if not bands or bands[-1][2] >= _ENOUGH:
                bands.append([band, 0, 0])
            for number, counts in enumerate((left, exposed), 1):
                bands[-1][number] += sum(counts.get((rank, band), 0) for rank in ranks)
        if bands[1:] and bands[-1][2] < _ENOUGH:
            _, *rest = bands.pop()
            bands[-1][1:] = [a + b for a, b in zip(bands[-1][1:], rest, strict=True)]
        shares[name] = tuple((band, _of_years(events, of)) for band, events, of in bands if of)
    return shares
