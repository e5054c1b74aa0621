"""Words of conditions: dates, spans of time, "or above", and what only promises."""

from __future__ import annotations

import re
from typing import NamedTuple

from loaders.language.number_words import MONTH, NUMBER, month_number, number
from loaders.language.patterns import any_case

_MORE_NUMBERS = {"eighteen": 18, "twenty four": 24, "twenty-four": 24, "a": 1}
_NUMBER = rf"(?P<number>{NUMBER}|{'|'.join(_MORE_NUMBERS)})"
_SPAN = rf"{_NUMBER}(?:\s*\(\d+\))?[\s-]*(?P<unit>months?|years?)'?s?'?"
_BEFORE = any_case(
    r"\b(?:prior\s+to|before|up\s+to|until)\s+(?:the\s+)?(?:(?P<day>\d{1,2})(?:st|nd|rd"
    rf"|th)?\s+)?(?:(?P<month>{MONTH})\s+)?(?P<year>(?:19|20)\d\d)\b"
)
_WITHIN = any_case(rf"\b(?:with)?in\s+(?:the\s+)?(?:last\s+|past\s+|previous\s+|preceding\s+)?{_SPAN}")
_LAST = any_case(r"\blast\b|\bpast\b|\bprevious\b|\bpreceding\b|\bwithin\b")
_FOR = any_case(
    r"\b(?:(?P<led>minimum(?:\s+of)?|at\s+least|not\s+less\s+than|for|with|over"
    rf"|completed)\s+(?:a\s+minimum\s+of\s+)?)?{_SPAN}(?P<followed>\s+(?:or\s+more"
    r"|(?:substantive\s+|operational\s+)?(?:service|experience)|as\b|in\b|at\b))?"
)
_SENIOR = (
    r"(?:an?\s+|any\s+|of\s+(?:an?\s+)?)?"
    r"(?:more\s+senior(?:\s+(?:rank|ranks|officer|officers|position))?|above|higher|upwards)"
)
_AT_LEAST = any_case(
    rf"\b(?:or|and)\s+{_SENIOR}\b|\bat\s+least\s+(?:the\s+)?rank\b|\bminimum\s+(?:the\s+)?rank\b|\bat\s+or\s+above\b"
)
_SENIOR_PIECE = any_case(rf"^\s*(?:the\s+rank\s+of\s+)?{_SENIOR}\b")
_HEDGED = any_case(
    r"\b(?:working\s+towards?|willing(?:ness)?|prepared\s+to|able\s+to|ability\s+to|agree(?:s|ment)?\s+to"
    r"|aspir\w+\s+to|commit(?:ted|ment)?\s+to|undertaking\s+to|expected\s+to|intend\w*\s+to"
    r"|in\s+the\s+process\s+of|to\s+be\s+completed|if\s+(?:you\s+|they\s+)?(?:join|apply"
    r"|enter)\w*\s+(?:through|via|by|on)|capable\s+of|potential\s+to|opportunity\s+to)\b"
)
_VERB = any_case(
    r"^\s*(?:(?:must|should|to|be|has|have|having|is|are|been|already|either|successfully"
    r"|the)\s+)*(?:complete[ds]?|achieve[ds]?|attain(?:ed|s)?|pass(?:ed|es)?|held|holds?|holding"
    r"|possess(?:es)?|obtain(?:ed|s)?|gain(?:ed|s)?|qualified|accredited|trained)?\s*$"
)


class Terms(NamedTuple):
    """The times that a condition names."""

    before: str | None = None
    within_months: int | None = None
    for_months: int | None = None


def terms_of(text: str) -> Terms:
    """Return the times in the words of a condition.

    >>> terms_of("the course, completed prior to 2023")
    Terms(before='2023-01-01', within_months=None, for_months=None)
    >>> terms_of("at least two years in the rank of sergeant").for_months
    24
    """
    before, within = _BEFORE.search(text), _WITHIN.search(text)
    recent = within if within and _LAST.search(within[0]) else None
    rest = text.replace(recent[0], " ") if recent else text
    lasting = next((span for span in _FOR.finditer(rest) if span["led"] or span["followed"]), None)
    return Terms(
        _day(before) if before else None, _months(recent) if recent else None, _months(lasting) if lasting else None
    )


def spanned(text: str) -> tuple[int, str] | None:
    """Return the months with which words begin, and the words on whom they hold for: "a year for graduates"."""
    match = re.match(rf"\s*(?:or\s+)?{_SPAN}\s+(?P<whom>(?:for|if|where|when)\b.*)$", text, re.IGNORECASE)
    return (_months(match), match["whom"]) if match else None


def _day(match: re.Match[str]) -> str:
    """Widen a year or month to its first day: what came before it came before all of it."""
    month = month_number(match["month"]) if match["month"] else 1
    day = int(match["day"]) if match["day"] and match["month"] else 1
    return f"{match['year']}-{month:02}-{day:02}"


def _months(match: re.Match[str]) -> int:
    word = match["number"].casefold()
    count = _MORE_NUMBERS.get(word) or number(word) or 0
    return count * 12 if match["unit"].casefold().startswith("year") else count


def at_least(text: str) -> bool:
    """Return whether a higher rank does as well."""
    return bool(_AT_LEAST.search(text))


def is_senior(piece: str) -> bool:
    """Return whether words stand for any higher rank: "above", "a more senior rank"."""
    return bool(_SENIOR_PIECE.match(piece))


def is_hedged(piece: str) -> bool:
    """Return whether words promise a thing, and so do not say that it is done."""
    return bool(_HEDGED.search(piece))


def is_only_verb(piece: str) -> bool:
    """Return whether words lack what they speak of: "has completed" before "or is working towards ..."."""
    return bool(_VERB.match(piece))
