"""Patterns made of alternatives, so that long ones are lists of words and phrases."""

from __future__ import annotations

import re

MASKED = re.compile(r",?\s*\[(?:name|telephone|e-mail)\]")
"""What stands for a name, a number or an address that was put out of sight."""


NEAR = 120
"""How many characters around a place are looked at for what belongs to it, so that work grows with the text only."""


def any_case(*forms: str) -> re.Pattern[str]:
    """Return the pattern of any of the forms, in any case; the first that fits counts."""
    return re.compile("|".join(forms), re.IGNORECASE)


def ends_with(pattern: re.Pattern[str], text: str, end: int, near: int = NEAR) -> re.Match[str] | None:
    """Return the match of a pattern that ends in `$` in the words right before a place of a text."""
    return pattern.search(text, max(0, end - near), end)
