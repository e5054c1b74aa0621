"""The one day that the sample force is planned for, and the time around it in which nothing else changes."""

from __future__ import annotations

from datetime import date, timedelta

from graph.days import LAST_DAY, add_months

AS_OF = date(2026, 10, 1)
"""The day of all answers."""

WINDOW = 90
"""Days in which a holding that ends is about to expire."""

QUIET = 101
"""Days from the day of the answers in which nobody comes, goes or returns, so that only holdings run out."""


def after(days: int) -> date:
    """Return the day so many days after the day of the answers."""
    return AS_OF + timedelta(days=days)


def before(days: int) -> date:
    """Return the day so many days before the day of the answers."""
    return AS_OF - timedelta(days=days)


def months_later(day: date, months: int) -> date:
    """Return the same day of another month, or the last of a shorter one; months may be negative.

    >>> months_later(date(2026, 8, 31), 6).isoformat(), months_later(date(2026, 1, 15), -2).isoformat()
    ('2027-02-28', '2025-11-15')
    """
    return date.fromisoformat(add_months(day.isoformat(), months) or LAST_DAY)
