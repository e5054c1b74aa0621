"""Days as full ISO texts, YYYY-MM-DD, which sort as they follow each other."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, date, timedelta

FIRST_DAY, LAST_DAY = "0001-01-01", "9999-12-31"
"""The ends of a time of which the first or the last day is open."""


def today() -> str:
    """Return the user's day."""
    return date.today().isoformat()  # noqa: DTZ011 -- the day where the user is


def standing(valid_from: str, valid_to: str, day: str) -> str | None:
    """Return what an analyst is shown of something that does not count on a day; none where it counts.

    >>> standing("2021-01-01", "2024-05-01", "2024-05-01"), standing("2021-01-01", LAST_DAY, "2020-12-31")
    ('ended 2024-05-01', 'begins 2021-01-01')
    """
    if day < valid_from:
        return f"begins {valid_from}"
    return None if day < valid_to else f"ended {valid_to}"


def edition_start(published: str | None, closes: str | None, not_before: str | None) -> str | None:
    """Return the day from which an edition counts; none where nothing tells.

    What gives a closing day is known to have stood on that day: without a day of publication it counts from the first
    of that month, or the later day that its text shows it cannot precede.

    >>> edition_start(None, "2021-01-11", "2020-11-01"), edition_start(None, "2021-01-11", "2021-01-05")
    ('2021-01-01', '2021-01-05')
    """
    if published or not closes:
        return published or not_before
    return min(closes, max(f"{closes[:7]}-01", not_before or FIRST_DAY))


def day_before(day: str) -> str:
    """Return the eve of a day; the first of all days has none but itself.

    >>> day_before("2024-03-01"), day_before(FIRST_DAY)
    ('2024-02-29', '0001-01-01')
    """
    return add_days(day, -1) if day > FIRST_DAY else day


def add_days(day: str, days: int) -> str:
    """Return the day so many days later, or earlier."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def add_months(day: str, months: int) -> str | None:
    """Return the same day of the month so many months later, or the last of a shorter one; none beyond the calendar.

    >>> add_months("2023-08-31", 6)
    '2024-02-29'
    """
    first = date.fromisoformat(day)
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    if year > MAXYEAR:
        return None
    return f"{year:04}-{month + 1:02}-{min(first.day, monthrange(year, month + 1)[1]):02}"
