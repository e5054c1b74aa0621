"""Days as full ISO texts, YYYY-MM-DD, which sort as they follow each other."""

from __future__ import annotations

from datetime import date


def today() -> str:
    """Return the user's day."""
    return date.today().isoformat()  # noqa: DTZ011 -- the day where the user is
