"""Small numbers, in figures or words."""

from __future__ import annotations

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

NUMBER = rf"(?:\d{{1,2}}|{'|'.join(_WORDS)})"
"""Pattern of a small number."""


def number(text: str) -> int | None:
    """Return the number that a word or figure stands for, or none.

    >>> number("Five"), number("12"), number("a")
    (5, 12, None)
    """
    word = text.strip().casefold()
    if word.isdigit():
        return int(word)
    return _WORDS.index(word) + 1 if word in _WORDS else None
