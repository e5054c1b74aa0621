"""The awards behind what a person holds: in force, renewed, about to expire, lapsed, too low, or booked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from loaders.sample_force.calendar import AS_OF, QUIET, WINDOW, after, before, months_later
from loaders.sample_force.catalogue import TICKETS
from loaders.sample_force.model import Award, Qualification

_LONGEST = 2400
_LAST_DAY_OF_ALL_MONTHS = 28
_RECORDED = 96
"""Months that the records go back: so often was a ticket renewed at most."""
_USUAL = 36
"""Months for which the file lets count what has no term by itself."""


def qualification(random: Random, requirement: str, level: int | None, way: str) -> Qualification | None:
    """Return what a person has of a requirement in one of the states of `_WAYS`; none where nothing is on file.

    What has levels expires outside the window of the answers, so that nobody's level changes within it.
    """
    return _WAYS[way](random, requirement, level)


def _current(random: Random, requirement: str, level: int | None) -> Qualification:
    months = _months(requirement)
    if months is None:
        return _lasting(random, level)
    ends = after(random.randint(QUIET, months * 30))
    return _running(random, level, months, ends, older=random.randint(0, _RECORDED // months))


def _higher(random: Random, requirement: str, level: int | None) -> Qualification:
    top = TICKETS[requirement].max_level if requirement in TICKETS else 3
    return _current(random, requirement, min(level + 1, top) if level and top else level)


def _renewed(random: Random, requirement: str, level: int | None) -> Qualification:
    """Have an older award end within the window and a newer one after it."""
    months, with_end = _months(requirement) or _USUAL, _months(requirement) is None
    newer = _award(random, level, months, after(random.randint(months * 30 - 60, months * 30 - 10)), with_end=with_end)
    old_end = after(random.randint(0, WINDOW))
    older = Award(level, months_later(old_end, -months), old_end)
    return Qualification("held", level, _end(newer, months), (older, newer))


def _expiring(random: Random, requirement: str, level: int | None) -> Qualification:
    months = _months(requirement)
    if months is None or level is not None:
        return _current(random, requirement, level)
    return _running(random, level, months, after(_at_times(random, random.choice((0, WINDOW)), 1, WINDOW - 1)), older=1)


def _lapsed(random: Random, requirement: str, level: int | None) -> Qualification:
    months, ends = _months(requirement), before(_at_times(random, 1, 2, 600))
    return _running(random, level, months or _USUAL, ends, older=random.randint(0, 1), with_end=months is None)


def _low(random: Random, requirement: str, level: int | None) -> Qualification | None:
    return _current(random, requirement, level - 1) if level and level > 1 else None


def _fallen(random: Random, requirement: str, level: int | None) -> Qualification:
    """Have the level lapse, and one below it still count."""
    if not level or level == 1:
        return _lapsed(random, requirement, level)
    past, present = _lapsed(random, requirement, level), _current(random, requirement, level - 1)
    days = {award.achieved for award in present.awards}
    over = tuple(award for award in past.awards if award.achieved not in days)
    return Qualification("held", level - 1, present.ends, over + present.awards)


def _ending(random: Random, _requirement: str, level: int | None) -> Qualification:
    """Have the file say an end, after the quiet days, of what has none by itself."""
    ends = after(random.randint(QUIET, 300))
    return Qualification("held", level, ends, (Award(level, ends - timedelta(days=1095), ends),))


def _booked(random: Random, days: tuple[int, int], level: int | None) -> Qualification:
    return Qualification("booked", level, None, (Award(level, after(random.randint(*days)), None),))


_WAYS: dict[str, Callable[[Random, str, int | None], Qualification | None]] = {
    "held": _current,
    "higher": _higher,
    "renewed": _renewed,
    "expiring": _expiring,
    "lapsed": _lapsed,
    "low": _low,
    "fallen": _fallen,
    "ending": _ending,
    "never": lambda _random, _requirement, _level: None,
    "booked 12m": lambda random, _requirement, level: _booked(random, (40, 300), level),
    "booked 24m": lambda random, _requirement, level: _booked(random, (420, 660), level),
}


def _at_times(random: Random, edge: int, least: int, most: int) -> int:
    """Return a number between the two, or one time in seven the one at the edge."""
    return edge if random.random() < 1 / 7 else random.randint(least, most)


def _months(requirement: str) -> int | None:
    return TICKETS[requirement].valid_months if requirement in TICKETS else None


def _lasting(random: Random, level: int | None) -> Qualification:
    unknown = random.random() < 0.03  # noqa: PLR2004 -- some days are not on file
    achieved = None if unknown else before(random.randint(30, _LONGEST))
    return Qualification("held", level, None, (Award(level, achieved, None),))


def _running(
    random: Random, level: int | None, months: int, ends: date, *, older: int, with_end: bool = False
) -> Qualification:
    last = _award(random, level, months, ends, with_end=with_end)
    awards = [last]
    for _ in range(older):
        achieved = months_later(awards[0].achieved or AS_OF, -months) + timedelta(days=random.randint(0, 20))
        awards.insert(0, Award(level, achieved, months_later(achieved, months) if with_end else None))
    return Qualification("lapsed" if ends < AS_OF else "held", level, ends, tuple(awards))


def _award(random: Random, level: int | None, months: int, ends: date, *, with_end: bool = False) -> Award:
    """Return an award that ends on the day, by the file or by the months that it counts."""
    stated = with_end or random.random() < 0.3 or ends.day > _LAST_DAY_OF_ALL_MONTHS  # noqa: PLR2004 -- a share of the rows
    return Award(level, months_later(ends, -months), ends if stated else None)


def _end(award: Award, months: int) -> date:
    return award.expires or months_later(award.achieved or AS_OF, months)
