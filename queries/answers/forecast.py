"""Forecast how many people of each rank, and holders of each ticket, a unit will have: sums over tables alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from itertools import groupby
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from graph.days import FIRST_DAY, LAST_DAY, add_months
from graph.rows import Row
from queries.parameters.assumptions import ALL, Assumptions, Rate

COLUMNS = (
    *("unit_id", "kind", "id", "day", "established", "low", "central", "high"),
    *("recorded", "assumed", "assumptions"),
)
DRAWS = 500
"""How often what is uncertain is drawn."""
BAND = 0.8
"""Share of the draws that lie within the band."""
_KEPT = 2000
"""How many chances of people with equal careers are kept."""
_UNMOVED = (("rank", "renewals"), ("ticket", "intake"))
"""Ranks do not move by renewals, and who joins brings no ticket: all else may move both."""
_DAYS_A_MONTH = 365.25 / 12
WHOLE = ""
"""Stands for the whole force where that is not one unit; rows have no unit_id then."""

Draws = NDArray[np.float64]
Key = tuple[str, str, str]
"""Unit, kind and id of what is counted."""
State = tuple[int | None, ...]
"""On each day: none where gone by what is recorded, 0 where there, else how often the ticket has lapsed."""


class Career(NamedTuple):
    """People with equal careers: rank, whole years of service on the day, and the first and last day as their numbers.

    Who joins in the second year begins on day 2; who retires in the third is gone on day 3, its end.
    """

    rank: str
    service: int
    begins: int
    end: int


@dataclass(frozen=True)
class Force:
    """Rows of the questions posts-ahead and people-ahead, and the rank that follows each by promotion."""

    posts: Sequence[Row]
    people: Sequence[Row]
    next_ranks: Mapping[str, str]


def forecast(
    force: Force, assumptions: Assumptions, day: str, *, years: int = 4, unit: str | None = None, seed: int = 0
) -> list[Row]:
    """Return how many there will be on a day and each year after it, by `COLUMNS`, for a unit and those within it.

    A unit counts those within it too. The same seed gives the same rows, whichever unit is asked.
    """
    days = [str(add_months(day, 12 * year)) for year in range(years + 1)]
    supply = _Supply(force, assumptions, days)
    future = _Future(supply, assumptions, force.next_ranks, seed)
    ways = [way for way in supply.units.values() if unit is None or unit in way]
    inside = {one for way in ways for one in (way if unit is None else way[: way.index(unit) + 1])}
    if len({way[-2] for way in supply.units.values()}) == 1:
        inside.discard(WHOLE)
    keys = sorted(key for key in {*supply.established, *supply.counts} if key[0] in inside)
    return [row for key in keys for row in future.rows(key)]


class _Supply:
    """What is recorded: places that are open, and who is there, day by day."""

    def __init__(self, force: Force, assumptions: Assumptions, days: Sequence[str]) -> None:
        self.days, self._assumptions = days, assumptions
        self._ordinals = [date.fromisoformat(one).toordinal() for one in days]
        self.established: dict[Key, list[int]] = defaultdict(lambda: [0] * len(days))
        self.counts: dict[Key, Counter[tuple[Career, State]]] = defaultdict(Counter)
        self.units: dict[str, list[str]] = {}
        """Each unit with those that it is within, and the whole force."""
        self._months: dict[str, int | None] = {}
        self._states: dict[object, State] = {}
        self.asked: set[tuple[str, str]] = set()
        """Ranks and what posts of them ask for."""
        for row in force.posts:
            self._add_places(row)
        for _, rows in groupby(force.people, key=lambda row: row["person_id"]):
            self._add_person(rows)

    def _add_places(self, row: Row) -> None:
        units, places = [*map(str, row["units"]), WHOLE], int(str(row["places"]))  # type: ignore[call-overload]
        self.units[str(row["unit_id"])] = units
        is_open = self._within(row["opened"], row["closed"])
        needs = {str(need): months for need, months in row["needs"]}  # type: ignore[attr-defined]
        self._months.update(needs)
        self.asked.update((str(row["rank"]), need) for need in needs)
        for unit in units:
            for kind, one in (("rank", row["rank"]), *(("ticket", need) for need in needs)):
                counted = self.established[unit, kind, str(one)]
                for number, opened in enumerate(is_open):
                    counted[number] += places * opened

    def _within(self, first: object, last: object) -> list[bool]:
        return [str(first or FIRST_DAY) <= one <= str(last or LAST_DAY) for one in self.days]

    def _add_person(self, rows: Iterable[Row]) -> None:
        """Count one person, who may be in several posts, once in each unit, rank and ticket.

        Of a rank is who holds a post of it substantively, or is acting or temporary in one and holds none.
        """
        states: dict[Key, tuple[Career, State]] = {}
        times = [(row, self._within(row["first"], row["last"])) for row in rows]
        held = [any(on_day) for on_day in zip(*(there for row, there in times if _is_held(row)), strict=True)]
        for row, present in times:
            career = self._career(row)
            away = [self._within(*one) for one in row["away"]]  # type: ignore[attr-defined]
            here = [there and not any(one[n] for one in away) for n, there in enumerate(present)]
            counted: dict[tuple[str, str], State] = {}
            elsewhere = [] if _is_held(row) else held
            in_rank = [n for n, there in enumerate(present) if there and not (elsewhere and elsewhere[n])]
            if in_rank:
                counted["rank", career.rank] = tuple(0 if n in in_rank else None for n in range(len(present)))
            for need, holdings in groupby(row["tickets"], key=lambda one: str(one[0])):  # type: ignore[call-overload]
                if need in self._months:
                    counted["ticket", need] = self._ticket_state(need, list(holdings), here)
            for (kind, one), state in counted.items():
                for unit in self.units[str(row["unit_id"])]:
                    key = unit, kind, one
                    before = states.get(key)
                    states[key] = (
                        (career, tuple(map(_nearer_to_valid, before[1], state))) if before else (career, state)
                    )
        for key, pair in states.items():
            self.counts[key][pair] += 1

    def _career(self, row: Row) -> Career:
        joined = str(row["joined"] or row["first"] or self.days[0])
        joined = joined if joined > FIRST_DAY else self.days[0]
        service = max(0, int((self._ordinals[0] - date.fromisoformat(joined).toordinal()) / 365.25))
        return Career(str(row["rank"]), service, 0, self._retirement(str(row["rank"]), joined))

    def _retirement(self, rank: str, joined: str) -> int:
        """Return on which of the days somebody has retired; who has served so long already goes within a year."""
        years = [years for first, years in self._assumptions.retirement if first <= joined]
        if not years or rank.startswith("role/"):
            return len(self.days)
        last = str(add_months(joined, round(12 * years[-1])))
        return sum(one < last for one in self.days)

    def _ticket_state(self, need: str, holdings: Sequence[Sequence[object]], here: Sequence[bool]) -> State:
        """Return the state of a ticket on each day: 0 while it is valid, else the renewals it would have needed."""
        key = need, tuple((first, last) for _, first, last in holdings), tuple(here)
        if key not in self._states:
            self._states[key] = self._judged(need, holdings, here)
        return self._states[key]

    def _judged(self, need: str, holdings: Sequence[Sequence[object]], here: Sequence[bool]) -> State:
        state: list[int | None] = []
        for one, ordinal, is_here in zip(self.days, self._ordinals, here, strict=True):
            begun = [str(last or LAST_DAY) for _, first, last in holdings if str(first or FIRST_DAY) <= one]
            if not is_here or not begun:
                state.append(None)
            elif (last := max(begun)) >= one:
                state.append(0)
            else:
                span = (self._months[need] or 1200) * _DAYS_A_MONTH
                state.append(1 + int((ordinal - date.fromisoformat(last).toordinal()) / span))
        return tuple(state)


def _is_held(row: Row) -> bool:
    return row["basis"] == "substantive"


def _nearer_to_valid(one: int | None, other: int | None) -> int | None:
    """Return the state with fewer renewals missing; none is the furthest."""
    return max(one, other, key=lambda state: -1e9 if state is None else -state)


class _Future:
    """What comes by the assumptions, drawn many times: estimated rates, and who leaves, joins, rises or renews."""

    def __init__(self, supply: _Supply, assumptions: Assumptions, next_ranks: Mapping[str, str], seed: int) -> None:
        self._supply, self._assumptions, self._next, self._seed = supply, assumptions, next_ranks, seed
        self._years = len(supply.days) - 1
        rng = np.random.default_rng(seed)
        self._leavers = {
            rank: [(years, _hazard(rate, rng)) for years, rate in bands]
            for rank, bands in sorted(assumptions.leavers.items())
        }
        self._promotions = {rank: _hazard(rate, rng) for rank, rate in sorted(assumptions.promotions.items())}
        self._renewals = {one: _share(rate, rng) for one, rate in sorted(assumptions.renewals.items())}
        self._intake = {rank: _counted(rate, rng) for rank, rate in sorted(assumptions.intake.items())}
        self.paths, self.chances = cache(self._paths), lru_cache(_KEPT)(self._chances)
        self._names = {
            kind: [assumptions.label(one) for one in assumptions.names if one != no] for kind, no in _UNMOVED
        }

    def _leaving_hazard(self, rank: str, service: int) -> Draws:
        """Return the hazard of a year that begins with so many years of service on average half a year ago."""
        bands = self._leavers.get(rank) or self._leavers.get(ALL) or [(0.0, np.zeros(DRAWS))]
        ends = (max(0, service), max(0, service + 1))
        hazards = [next((hazard for years, hazard in reversed(bands) if years <= end), np.zeros(DRAWS)) for end in ends]
        return np.asarray((hazards[0] + hazards[1]) / 2)

    def _promotion_hazard(self, rank: str) -> Draws:
        none = np.zeros(DRAWS)
        return self._promotions.get(rank, self._promotions.get(ALL, none)) if rank in self._next else none

    def _paths(self, career: Career) -> dict[str, Draws]:
        """Return by rank the chance to be in it on each day: days by draws."""
        ranks = [career.rank]
        while ranks[-1] in self._next and len(ranks) <= self._years:
            ranks.append(self._next[ranks[-1]])
        out, state = np.zeros((len(ranks), self._years + 1, DRAWS)), np.zeros((len(ranks), DRAWS))
        for number in range(career.begins, min(career.end, self._years + 1)):
            if number == career.begins:
                state[0] = 1
            if number:
                length = 1.0 if number > career.begins else 0.5
                state = self._year_later(state, ranks, career.service + number - 1, length)
            out[:, number] = state
        return dict(zip(ranks, out, strict=True))

    def _year_later(self, state: Draws, ranks: Sequence[str], service: int, length: float) -> Draws:
        leaving = [self._leaving_hazard(rank, service) * length for rank in ranks]
        rising = [self._promotion_hazard(rank) * length for rank in ranks]
        after = np.zeros_like(state)
        for number, (leave, rise) in enumerate(zip(leaving, rising, strict=True)):
            both = leave + rise
            after[number] += state[number] * np.exp(-both)
            if number + 1 < len(ranks):
                up = -np.expm1(-both) * np.divide(rise, both, out=np.zeros(DRAWS), where=both > 0)
                after[number + 1] += state[number] * up * np.exp(-(leaving[number + 1] + rising[number + 1]) / 2)
        return after

    def _joiners(self, rank: str) -> list[Career]:
        """Return who joins in a rank, year by year."""
        return [Career(rank, -year, year, self._years + 1) for year in range(1, self._years + 1)]

    @cached_property
    def _promoted(self) -> dict[str, tuple[NDArray[np.int64], Draws]]:
        """Return by rank and day how many people can have been promoted to it, and how many are on average."""
        supply, days = self._supply, np.arange(self._years + 1)
        sources: list[tuple[Career, NDArray[np.bool_], Draws | int]] = [
            (career, np.array([one is not None for one in state]), number)
            for (unit, kind, _), people in supply.counts.items()
            if (unit, kind) == (WHOLE, "rank")
            for (career, state), number in people.items()
        ]
        for rank, amount in self._intake.items():
            sources += [(career, days >= career.begins, amount) for career in self._joiners(rank)]
        promoted = {rank: (np.zeros(len(days), np.int64), np.zeros((len(days), DRAWS))) for rank in self._next.values()}
        for career, there, number in sources:
            for rank, chances in self.paths(career).items():
                if rank != career.rank and chances.any():
                    of, mean = promoted[rank]
                    of += there * int(np.ceil(np.max(number)))
                    mean += there[:, None] * number * chances
        return promoted

    def rows(self, key: Key) -> Iterator[Row]:
        """Yield what becomes of one rank or ticket in one unit, day by day."""
        supply, (unit, kind, one) = self._supply, key
        names, counts, places = self._names[kind], supply.counts[key], supply.established[key]
        recorded = [sum(n for (_, state), n in counts.items() if state[day] == 0) for day in range(len(supply.days))]
        bands = [(number, number, number) for number in recorded]
        if names:
            rng = np.random.default_rng((self._seed, crc32("/".join(key).encode())))
            drawn = self._remaining(key, rng)
            drawn += self._arrivals(one, np.array(places), rng) if kind == "rank" else 0
            bands[1:] = map(band, drawn[1:])
        for day, there, now, (low, central, high) in zip(supply.days, places, recorded, bands, strict=True):
            values = (unit or None, kind, one, day, there, low, central, high, now, central - now, names)
            yield dict(zip(COLUMNS, values, strict=True))

    def _remaining(self, key: Key, rng: np.random.Generator) -> NDArray[np.int64]:
        """Draw for each day how many of those still are there who are by what is recorded."""
        total, mean = np.zeros((self._years + 1, 1), np.int64), np.zeros((self._years + 1, DRAWS))
        for (career, state), people in self._supply.counts[key].items():
            counted, chances = self.chances(career, state, key[2])
            total += people * counted
            mean += people * chances
        return rng.binomial(total, np.clip(mean / np.maximum(total, 1), 0, 1))

    def _chances(self, career: Career, state: State, one: str) -> tuple[NDArray[np.int64], Draws]:
        """Return for each day whether people count at all, and the chance that they do: their ticket may be renewed."""
        renewed = self._renewals.get(one, self._renewals.get(ALL, np.zeros(DRAWS)))
        lapsed = np.array([[0 if times is None else times] for times in state])
        path = [path for rank, path in self.paths(career).items() if rank == one or (rank, one) in self._supply.asked]
        is_there = [[times is not None and day < career.end] for day, times in enumerate(state)]
        chances = sum(path, np.zeros((len(state), DRAWS))) * renewed**lapsed * is_there
        return np.any(chances > 0, axis=1, keepdims=True).astype(np.int64), chances

    def _arrivals(self, rank: str, places: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
        """Draw how many will have joined a rank, or been promoted to it, in a unit, by its share of the posts."""
        share = (places / np.maximum(self._supply.established[WHOLE, "rank", rank], 1))[:, None]
        arrived = np.zeros((self._years + 1, DRAWS), np.int64)
        if rank in self._promoted:
            of, mean = self._promoted[rank]
            arrived += rng.binomial(of[:, None], np.clip(share * mean / np.maximum(of, 1)[:, None], 0, 1))
        if rank in self._intake:
            amount, years = self._intake[rank], np.arange(self._years + 1)[:, None]
            stay = sum((self.paths(one)[rank] for one in self._joiners(rank)), np.zeros(arrived.shape))
            if self._assumptions.intake[rank].counted:
                return arrived + rng.poisson(share * amount * stay)
            planned = np.round(amount[0] * years).astype(np.int64)  # a plan is kept
            arrived += rng.binomial(planned, np.clip(share * stay / np.maximum(years, 1), 0, 1))
        return arrived


def band(drawn: NDArray[np.int64]) -> tuple[int, int, int]:
    """Return the ends of the band of whole numbers with nearest to `BAND` of the draws, and the median between them.

    >>> band(np.repeat([28, 29, 30], [17, 37, 46]))
    (29, 29, 30)
    """
    ordered = np.sort(drawn)
    size, tail = len(ordered), (1 - BAND) / 2
    low, central, high = (int(ordered[min(size - 1, int(size * share))]) for share in (tail, 0.5, 1 - tail))
    ends = [(a, b) for a in (low, low + 1) for b in (high, high - 1) if a <= central <= b]
    within = np.searchsorted(ordered, [b for _, b in ends], "right") - np.searchsorted(ordered, [a for a, _ in ends])
    low, high = ends[int(np.argmin(np.abs(within / size - BAND)))]
    return low, central, high


def _hazard(rate: Rate, rng: np.random.Generator) -> Draws:
    """Draw the hazard of a year that has the same share of people leave."""
    return _counted(Rate(-np.log1p(-min(rate.value, 1 - 1e-9)), rate.counted), rng)


def _counted(rate: Rate, rng: np.random.Generator) -> Draws:
    """Draw a number a year: as given, or from the gamma posterior of what was counted in so many years."""
    if rate.counted is None:
        return np.full(DRAWS, rate.value)
    return rng.gamma(rate.value * rate.counted + 0.5, 1 / rate.counted, DRAWS)


def _share(rate: Rate, rng: np.random.Generator) -> Draws:
    if rate.counted is None:
        return np.full(DRAWS, rate.value)
    return rng.beta(rate.value * rate.counted + 0.5, (1 - rate.value) * rate.counted + 0.5, DRAWS)
