"""The days that a user gives: YYYY-MM-DD, or as they are written in the UK where that has one reading."""

from __future__ import annotations

import calendar
import re
from datetime import date

from graph.errors import UsageError

_PARTS = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d?)(?:-(?P<day>\d\d?))?)?")
_MONTH_FIRST = re.compile(r"(\d\d?)[/.-](\d{4})")
_MONTHS = "|".join(calendar.month_abbr[1:])
LIKE_A_DAY = re.compile(rf"[\d\s/.-]+|(?:\d\d?[a-z]*\s+)?(?:{_MONTHS})[a-z]*\.?,?\s+\d{{4}}", re.IGNORECASE)
"""What is meant as a day, a month or a year, whether or not it is one."""


def full_day(text: str, option: str) -> str:
    """Return a day as YYYY-MM-DD. Raises UsageError for anything else, and for a day that can be read two ways.

    >>> full_day("2021-06-01", "--as-of"), full_day("14/03/2023", "--as-of"), full_day("14 March 2023", "--as-of")
    ('2021-06-01', '2023-03-14', '2023-03-14')
    """
    day = _read(text, option)
    if day is None:
        raise UsageError(f"{option}: found {text!r}; expected a day such as 2021-06-01")
    return day


def last_day(text: str, option: str) -> str:
    """Return the last day of a year, a month or a day. Raises UsageError as `full_day` does.

    >>> last_day("2019", "--holds"), last_day("2020-02", "--holds"), last_day("2018-06-30", "--holds")
    ('2019-12-31', '2020-02-29', '2018-06-30')
    >>> last_day("March 2023", "--holds"), last_day("03/2023", "--holds"), last_day("14/03/2023", "--holds")
    ('2023-03-31', '2023-03-31', '2023-03-14')
    """
    given = _MONTH_FIRST.sub(r"\2-\1", text.strip()) if _MONTH_FIRST.fullmatch(text.strip()) else text.strip()
    if re.fullmatch(r"[A-Za-z]+\.?\s+\d{4}", given):
        given = (_read(f"1 {given}", option) or "")[:7]
    match = _PARTS.fullmatch(given)
    try:
        day = _last(match) if match else _read(given, option)
    except ValueError:
        day = None
    if day is None:
        raise UsageError(f"{option}: found {text!r}; expected a day such as 2018-06-30, 2018-06 or 2018")
    return day


def first_day(text: str, last: str) -> str | None:
    """Return the first day of a year or month of which `last_day` gave the last, none where the day was given.

    >>> first_day("2019", "2019-12-31"), first_day("March 2023", "2023-03-31"), first_day("14/03/2023", "2023-03-14")
    ('2019-01-01', '2023-03-01', None)
    """
    return {1: f"{last[:4]}-01-01", 2: f"{last[:7]}-01"}.get(len(re.findall(r"\w+", text)))


def _last(match: re.Match[str]) -> str:
    year, month = int(match["year"]), int(match["month"] or 12)
    ends = calendar.monthrange(year, month)[1] if 1 <= month <= 12 and year else 0  # noqa: PLR2004 -- months
    return date(year, month, int(match["day"] or ends)).isoformat()


def _read(text: str, option: str) -> str | None:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            return None
    from loaders.staff.dates import AmbiguousDay, Days  # only a day in other words needs it
    from loaders.staff.faults import WrongCellError

    try:
        day = Days().read(text)
    except WrongCellError:
        return None
    if isinstance(day, AmbiguousDay):
        raise UsageError(f"{option}: found {text!r}, which can be read two ways; expected {day.value} or {day.other}")
    return day
