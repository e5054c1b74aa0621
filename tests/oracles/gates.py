"""Whether gates are open, computed in plain Python from what was drawn: no Cypher, no engine."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from loaders.reference.ranks import RankEntry, ranks
from loaders.reference.rules import ladder

HOPEFUL = ("done", "unclear", "to_judge", "opens", "lapsed", "missing")
NEVER = "9999-99-99"


@dataclass(frozen=True)
class Part:
    """What an option needs."""

    target: str
    before: str | None = None
    at_least: bool = False
    within_months: int | None = None
    for_months: int | None = None

    @property
    def is_rank(self) -> bool:
        """Return whether a rank is needed."""
        return not self.target.startswith(("course/", "experience/"))

    @property
    def is_judged(self) -> bool:
        """Return whether only a person can judge it."""
        return self.target.startswith("experience/")


@dataclass(frozen=True)
class Held:
    """What is held, as it is sent: its days are the last that can be meant, those of `_from` the first."""

    id: str
    achieved: str | None = None
    begun: str | None = None
    ended: str | None = None
    ended_unknown: bool = False
    achieved_from: str | None = None
    begun_from: str | None = None
    ended_from: str | None = None
    result: str | None = None


@dataclass(frozen=True)
class Case:
    """A gate, what is held, and where and when it is asked about."""

    options: tuple[tuple[Part, ...], ...]
    holdings: tuple[Held, ...]
    applies_in: str
    place: str | None
    day: str


@dataclass(frozen=True)
class Verdict:
    """What one holding does for one part."""

    status: str
    until: str | None = None
    opens: str | None = None
    window: str | None = None


Counting = list[list[tuple[Part, list[Held]]]]
"""The options of a gate, each a list of parts with the holdings that count for them."""


@cache
def months_later(day: str, months: int) -> str:
    """Return the same day some months on, or the last of a shorter month."""
    start = date.fromisoformat(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1])).isoformat()


def answer(case: Case) -> list[tuple[object, ...]]:
    """Return option, needs_id, part_status, option_open, gate_open, until, opens and windows of each part, in order."""
    known = case.applies_in in {"uk", case.place} or case.place in {None, "england-and-wales"}
    nothing = (Verdict("unclear"), ())
    parts = [[(part, _part(part, case) if known else nothing) for part in option] for option in case.options]
    states = [_option([verdict.status for _, (verdict, _) in option]) for option in parts]
    gate = True if True in states else None if None in states else False
    return [
        (number, part.target, verdict.status, state, gate, verdict.until, verdict.opens, list(windows))
        for number, (option, state) in enumerate(zip(parts, states, strict=True), 1)
        for part, (verdict, windows) in sorted(option, key=lambda pair: pair[0].target)
    ]


def _option(statuses: list[str]) -> bool | None:
    if set(statuses) == {"done"}:
        return True
    return None if set(statuses) <= {"done", "unclear", "not_stated"} else False


def _part(part: Part, case: Case) -> tuple[Verdict, tuple[str, ...]]:
    if not case.holdings:
        return Verdict("not_stated"), ()
    held = still_counting(case.holdings, case.day)
    found = [judge(part, one, case.day) for one in held if counts_for(part, one.id) != "no"]
    windows = tuple(one.window for one in found if one.window is not None)
    if not found:
        has_rank = any(one.id in _ranks() for one in case.holdings)
        asked = "not_stated" if part.is_rank and not has_rank else "missing"
        return Verdict("to_judge" if part.is_judged else asked), windows
    status = min((one.status for one in found), key=HOPEFUL.index)
    same = [one for one in found if one.status == status]
    if status == "done":
        untils = [one.until for one in same]
        return Verdict(status, None if None in untils else max(until for until in untils if until)), windows
    return Verdict(status, None, min((one.opens for one in same if one.opens), default=None)), windows


def still_counting(holdings: tuple[Held, ...], day: str) -> tuple[Held, ...]:
    """Return what is held without what was judged not met by a day, on its own day or later."""
    refused = {
        one.id: max(other.achieved or "" for other in holdings if other.id == one.id and _is_refusal(other, day))
        for one in holdings
        if _is_refusal(one, day)
    }
    return tuple(
        one
        for one in holdings
        if one.result == "not met" or one.id not in refused or (one.achieved or one.begun or "") > refused[one.id]
    )


def _is_refusal(one: Held, day: str) -> bool:
    return one.result == "not met" and (one.achieved or "") <= day


def judge(part: Part, one: Held, day: str) -> Verdict:
    """Judge one holding on a day: what cannot be mended first, then what is not known."""
    refused, waits = one.result == "not met", one.begun is not None and one.achieved is None
    vague, sure = _is_unknown(part, one), time_of(part, one, is_sure=True)
    window = None if refused or waits or vague else sure
    begins = _days(part, one, is_sure=True)[0]
    first, last = _days(part, one, is_sure=False)
    status = next(
        status
        for status, is_so in {
            "to_judge": refused and (one.achieved or one.begun or "") > day,
            "missing": refused or _is_too_late_or_short(part, one, is_sure=False),
            "lapsed": last < day,
            "to_judge ": waits,
            "unclear": vague or first > last or not sure,
            "opens": first > day,
            "done": window is not None and window[0] <= day <= window[1],
            "unclear ": True,
        }.items()
        if is_so
    ).strip()
    text = f"{window[0]}/{window[1].replace(NEVER, '')}" if window else None
    until = window[1] if status == "done" and window and window[1] != NEVER else None
    is_to_come = status == "to_judge" or (status in {"opens", "unclear"} and window is not None)
    return Verdict(status, until, begins if is_to_come and begins > day else None, text)


def time_of(part: Part, one: Held, *, is_sure: bool) -> tuple[str, str] | None:
    """Return the first and last day on which a holding meets a part, surely or perhaps; none where it never does."""
    first, last = _days(part, one, is_sure=is_sure)
    return None if _is_too_late_or_short(part, one, is_sure=is_sure) or first > last else (first, last)


def _choose(one: Held, day: str, *, is_last: bool) -> str | None:
    last: str | None = getattr(one, day)
    first: str | None = getattr(one, f"{day}_from")
    return last if is_last or first is None else first


def _full(part: Part, one: Held, *, is_sure: bool) -> str | None:
    begun, achieved = (_choose(one, day, is_last=is_sure) for day in ("begun", "achieved"))
    start = begun or (None if part.is_judged else achieved)
    return months_later(start, part.for_months) if part.for_months is not None and start else None


def _is_too_late_or_short(part: Part, one: Held, *, is_sure: bool) -> bool:
    achieved = _choose(one, "achieved", is_last=is_sure)
    if part.before and achieved and achieved >= part.before:
        return True
    full, is_the_rank = _full(part, one, is_sure=is_sure), part.is_rank and not part.at_least
    end = _choose(one, "achieved", is_last=not is_sure) if one.begun else None
    if not one.begun and is_the_rank:
        end = _choose(one, "ended", is_last=not is_sure)
    return bool(full and end and full > end)


def _days(part: Part, one: Held, *, is_sure: bool) -> tuple[str, str]:
    days = [_choose(one, day, is_last=is_sure) for day in ("achieved", "begun")]
    first = max(day or "" for day in [*days, _full(part, one, is_sure=is_sure)])
    of = "achieved" if not part.is_rank else None if part.at_least else "ended"
    since = _choose(one, of, is_last=not is_sure) if of else None
    return first, NEVER if part.within_months is None or since is None else months_later(since, part.within_months)


def _is_unknown(part: Part, one: Held) -> bool:
    start = one.begun or (None if part.is_judged else one.achieved)
    vague = part.is_rank and one.ended_unknown and (not part.at_least or one.achieved is None)
    return (
        counts_for(part, one.id) == "perhaps"
        or (part.before is not None and one.achieved is None)
        or (part.within_months is not None and (vague or (not part.is_rank and one.achieved is None)))
        or (part.for_months is not None and not part.is_judged and (start is None or (vague and not part.at_least)))
    )


def counts_for(part: Part, held: str) -> str:
    """Return whether what is held is of the kind that is needed: yes, perhaps or no."""
    if held == part.target:
        return "yes"
    known = _ranks()
    if not part.at_least or held not in known or part.target not in known:
        return "no"
    mine, needed = known[held], known[part.target]
    if mine.step < needed.step:
        return "no"
    if needed.ladder in {"uk", mine.ladder}:
        return "yes"
    levels = [known[other] for other in _equals(needed.id)]
    return "yes" if any(level.ladder == mine.ladder and level.step <= mine.step for level in levels) else "perhaps"


@cache
def _ranks() -> dict[str, RankEntry]:
    return {rank.id: rank for rank in ranks()}


@cache
def _equals(rank: str) -> tuple[str, ...]:
    pairs = [(entry.rank, entry.other) for entry in ladder() if entry.relation == "EQUIVALENT_TO"]
    return tuple(other for pair in (*pairs, *((b, a) for a, b in pairs)) for one, other in [pair] if one == rank)


def is_met_on(part: Part, one: Held, day: str) -> bool:
    """Return whether a holding surely meets a part on a day, day by day, from the days of both alone."""
    return not _is_unknown(part, one) and _is_in_time(part, one, day)


def _is_in_time(part: Part, one: Held, day: str) -> bool:
    days = [one.achieved or "", one.begun or ""]
    if one.result == "not met" or (one.begun and not one.achieved) or max(days) > day:
        return False
    if part.before and one.achieved and one.achieved >= part.before:
        return False
    of_rank = part.is_rank and not part.at_least
    if part.for_months is not None and (start := one.begun or (None if part.is_judged else one.achieved)):
        end = (one.achieved_from or one.achieved) if one.begun else (one.ended_from or one.ended) if of_rank else None
        if months_later(start, part.for_months) > min(day, end or day):
            return False
    since = (one.ended_from or one.ended) if of_rank else None if part.is_rank else one.achieved_from or one.achieved
    return part.within_months is None or since is None or day <= months_later(since, part.within_months)


def first_open_day(
    gates: tuple[tuple[tuple[Part, ...], ...], ...],
    held: tuple[Held, ...],
    days: list[str],
    after: Mapping[int, tuple[int, ...]] | None = None,
) -> str | None:
    """Return the first of some days on which every gate has an option of which each part is met.

    `after` has the places of the gates that come before another: they are met, too, if they were when what it asks for
    was begun.
    """
    kept = {
        earlier: [_time_begun(gates[later], held) for later, earliers in (after or {}).items() if earlier in earliers]
        for earlier in range(len(gates))
    }
    counting = [_counting(options, held) for options in gates]
    for day in days if all(counting) else ():
        if all(
            any(_is_open(options, one) for one in (day, *(one for one in kept[place] if one and one <= day)))
            for place, options in enumerate(counting)
        ):
            return day
    return None


def is_open_on(options: tuple[tuple[Part, ...], ...], held: tuple[Held, ...], day: str) -> bool:
    """Return whether a gate has an option of which each part is met on a day."""
    return _is_open(_counting(options, held), day)


def _counting(options: tuple[tuple[Part, ...], ...], held: tuple[Held, ...]) -> Counting:
    """Return the options that can be met on some day, and with each part what is held of its kind and known of."""
    found = [
        [
            (part, [one for one in held if counts_for(part, one.id) != "no" and not _is_unknown(part, one)])
            for part in option
        ]
        for option in options
    ]
    return [option for option in found if all(some for _, some in option)]


def _is_open(options: Counting, day: str) -> bool:
    return any(all(any(_is_in_time(part, one, day) for one in some) for part, some in option) for option in options)


def _with(part: Part, come: list[Held], day: str) -> list[Held]:
    """Return what has come with what a part needs, done or begun on a day if it is not there, or there no more."""
    months = part.for_months
    same = [one for one in come if one.id == part.target]
    if same and (months or is_met_on(part, same[0], day)):
        return come
    done = Held(part.target, months_later(day, months), day) if months else Held(part.target, day)
    return [*(one for one in come if one not in same), done]


def _is_of_use(
    place: int,
    gates: tuple[tuple[tuple[Part, ...], ...], ...],
    held: tuple[Held, ...],
    days: list[str],
    after: Mapping[int, tuple[int, ...]],
) -> bool:
    """Return whether a gate is open on some day to come, or was when what comes after it was begun."""
    begun = [_time_begun(gates[later], held) for later, earliers in after.items() if place in earliers]
    return any(is_open_on(gates[place], held, day) for day in (*days, *filter(None, begun)))


def _time_begun(options: tuple[tuple[Part, ...], ...], held: tuple[Held, ...]) -> str | None:
    wanted = {part.target: part for option in options for part in option}
    return next((one.begun for one in held if one.begun and one.id in wanted and not one.result), None)


def walk(
    gates: tuple[tuple[tuple[Part, ...], ...], ...],
    held: tuple[Held, ...],
    days: list[str],
    after: Mapping[int, tuple[int, ...]],
) -> str | None:
    """Return the first day on which all gates are open, if day by day what nobody has is begun once it may be.

    A course is passed, and a judgement given, on the first day on which the gates before it are open; what takes months
    is begun on that day, and judged when they are over. What has lapsed on the first day is done anew,
    and so is what was done on the way and lapses.
    """
    gone = {
        part.target
        for place, options in enumerate(gates)
        for part in options[0]
        if part.within_months and not _is_of_use(place, gates, held, days, after)
    }
    come = [one for one in held if one.id not in gone]
    for day in days:
        for place, options in enumerate(gates):  # what comes first stands first
            ready = all(is_open_on(gates[one], tuple(come), day) for one in after.get(place, ()))
            for part in options[0] if ready else ():
                if not part.is_rank and part.target not in {one.id for one in held if one.id not in gone}:
                    come = _with(part, come, day)
        if first_open_day(gates, tuple(come), [day], after):
            return day
    return None
