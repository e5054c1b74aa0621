"""Patterns made of alternatives, so that long ones are lists of words and phrases."""

from __future__ import annotations

import re

MASKED = re.compile(r",?\s*\[(?:name|telephone|e-mail)\]")
"""What stands for a name, a number or an address that was put out of sight."""


def any_case(*forms: str) -> re.Pattern[str]:
    """Return the pattern of any of the forms, in any case; the first that fits counts."""
    return re.compile("|".join(forms), re.IGNORECASE)
