"""Whether gates are open, computed in plain Python from what was drawn: no Cypher, no engine."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from loaders.reference.ranks import RankEntry, ranks
from loaders.reference.rules import ladder

HOPEFUL = ("met", "unknown", "not yet", "too short", "lapsed", "too late")


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
    """What is held, as it is sent."""

    id: str
    achieved: str | None = None
    begun: str | None = None
    ended: str | None = None
    ended_unknown: bool = False


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
    earliest: str | None = None


def months_later(day: str, months: int) -> str:
    """Return the same day some months on, or the last of a shorter month."""
    start = date.fromisoformat(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1])).isoformat()


def answer(case: Case) -> list[tuple[object, ...]]:
    """Return option, needs_id, part_status, option_open, gate_open, until and earliest of each part, in order."""
    known = case.applies_in in {"uk", case.place} or case.place in {None, "england-and-wales"}
    parts = [[(part, _part(part, case) if known else Verdict("unknown")) for part in option] for option in case.options]
    states = [_option([verdict.status for _, verdict in option]) for option in parts]
    gate = True if True in states else None if None in states else False
    return [
        (number, part.target, verdict.status, state, gate, verdict.until, verdict.earliest)
        for number, (option, state) in enumerate(zip(parts, states, strict=True), 1)
        for part, verdict in sorted(option, key=lambda pair: pair[0].target)
    ]


def _option(statuses: list[str]) -> bool | None:
    if set(statuses) == {"met"}:
        return True
    return None if set(statuses) <= {"met", "unknown"} else False


def _part(part: Part, case: Case) -> Verdict:
    found = [_judge(part, one, case.day) for one in case.holdings if _counts_for(part, one.id) != "no"]
    if not found:
        return Verdict("missing")
    status = min((one.status for one in found), key=HOPEFUL.index)
    same = [one for one in found if one.status == status]
    if status == "met":
        untils = [one.until for one in same]
        return Verdict(status, None if None in untils else max(until for until in untils if until))
    if status in {"not yet", "too short"}:
        return Verdict(status, None, min((one.earliest for one in same if one.earliest), default=None))
    return Verdict(status)


def _judge(part: Part, one: Held, day: str) -> Verdict:
    """Judge one holding: what cannot be mended first, then what is not known."""
    until = _lapse(part, one)
    start = one.begun or (None if part.is_judged else one.achieved)
    full = months_later(start, part.for_months) if part.for_months is not None and start else None
    last = _last(part, one, day)
    reached = one.achieved or one.begun
    if part.before and one.achieved and one.achieved >= part.before:
        return Verdict("too late")
    first = None if full and full > last and last < day else max(full or "", reached or "") or None
    if any(moment is not None and moment > day for moment in (one.achieved, one.begun)):
        return Verdict("not yet", earliest=first)
    if until and until <= day:
        return Verdict("lapsed")
    if full and full > last:
        return Verdict("too short", earliest=first)
    return Verdict("unknown") if _is_unknown(part, one, start) else Verdict("met", until)


def _last(part: Part, one: Held, day: str) -> str:
    """Return the last day that counts into how long something was held."""
    if part.is_rank and not part.at_least and one.ended:
        return min(one.ended, day)
    return min(one.achieved, day) if one.begun and one.achieved else day


def _lapse(part: Part, one: Held) -> str | None:
    since = one.achieved if not part.is_rank else None if part.at_least else one.ended
    if part.within_months is None or since is None:
        return None
    return (date.fromisoformat(months_later(since, part.within_months)) + timedelta(days=1)).isoformat()


def _is_unknown(part: Part, one: Held, start: str | None) -> bool:
    vague = part.is_rank and one.ended_unknown and (not part.at_least or one.achieved is None)
    return (
        _counts_for(part, one.id) == "perhaps"
        or (one.begun is not None and one.achieved is None)
        or (part.before is not None and one.achieved is None)
        or (part.within_months is not None and (vague or (not part.is_rank and one.achieved is None)))
        or (part.for_months is not None and not part.is_judged and (start is None or (vague and not part.at_least)))
    )


def _counts_for(part: Part, held: str) -> str:
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
