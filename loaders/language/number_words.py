"""Small numbers, months and days of the week, in figures or words."""

from __future__ import annotations

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

NUMBER = rf"(?:\d{{1,2}}|{'|'.join(_WORDS)})"
"""Pattern of a small number."""

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
WELSH_MONTHS = (
    *("ionawr", "chwefror", "mawrth", "ebrill", "mai", "mehefin"),
    *("gorffennaf", "awst", "medi", "hydref", "tachwedd", "rhagfyr"),
)
MONTH = rf"(?:{'|'.join(MONTHS)})"
"""Pattern of the whole name of a month."""

WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
"""Pattern of the whole name of a day of the week."""


def number(text: str) -> int | None:
    """Return the number that a word or figure stands for, or none.

    >>> number("Five"), number("12"), number("a")
    (5, 12, None)
    """
    word = text.strip().casefold()
    if word.isdigit():
        return int(word)
    return _WORDS.index(word) + 1 if word in _WORDS else None


def month_number(name: str) -> int:
    """Return the number of a month by its name, in English or Welsh, or the first letters of the English one.

    >>> month_number("Sept"), month_number("May")
    (9, 5)
    """
    if name.casefold() in WELSH_MONTHS:
        return WELSH_MONTHS.index(name.casefold()) + 1
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name.casefold()[:3]))
