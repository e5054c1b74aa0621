"""Patterns made of alternatives, so that long ones are lists of words and phrases."""

from __future__ import annotations

import re


def any_case(*forms: str) -> re.Pattern[str]:
    """Return the pattern of any of the forms, in any case; the first that fits counts."""
    return re.compile("|".join(forms), re.IGNORECASE)
