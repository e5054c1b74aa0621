"""What stands in a column of a file of another system: days, ticks, levels, ranks, or whether somebody is at work."""

from __future__ import annotations

import contextlib
import re
from collections import Counter

from loaders.staff.dates import Days
from loaders.staff.faults import WrongCellError
from loaders.staff.rank_prefixes import is_rank
from loaders.staff.schema import Column, word_of
from loaders.staff.shaping import WORDS_AND_DAY, number_beside

MANY = 0.5
"""Share of the words of a column from which on it is of a kind."""
NOTHING = re.compile(r"n/?a|not req\w*|not applicable|exempt|-+|nil|none|null", re.IGNORECASE)
TICK = re.compile(r"y|yes|x|true|✓|✔|☑|held|pass|passed|complete|completed|in date", re.IGNORECASE)
CROSS = re.compile(
    r"no?|false|✗|✘|☒|not held|expired|lapsed|overdue|out of date|not (?:trained|attended)|failed|booked|pending"
    r"|req(?:uired)?|tb[acd]|to be \w+|outstanding",
    re.IGNORECASE,
)
LEVEL = re.compile(
    r"(?:level|lvl|l|tier) ?(?P<number>[1-9])"
    r"|basic|foundation|standard|intermediate|enhanced|advanced|expert|awareness|practitioner|specialist",
    re.IGNORECASE,
)
"""How a matrix writes up to which level somebody holds what its column is called."""
STAFF_GRADE = re.compile(
    r"(?:(?:police|support|ps|nhs|njc|staff|pay|civilian) )*(?:grade|band|scale|level|gr)\s*[A-Z]?\d{0,2}[A-Z]?"
    r"|pse [A-Z]\d?|(?:(?:police|support|civilian) )*staff|civilian|volunteer",
    re.IGNORECASE,
)
"""How a grade of police staff is written where others have a rank."""
AT_WORK = re.compile(
    r"(?:in)?active\b.*|current|live|employed|future|(?:new )?starter|leaver|left|terminated\b.*", re.IGNORECASE
)
"""What a system says of whether somebody works at present, and not how a post is held."""
_OF_DIGITS = frozenset(("id", "number", "whole", "level"))


def before_a_day(word: str) -> str:
    """Return the words before a day, with a star in its place; what is no such pair as it stands.

    >>> before_a_day("Booked 03/02/2027"), before_a_day("Exp: 3 Feb 2027"), before_a_day("Y")
    ('Booked *', 'Exp *', 'Y')
    """
    match = WORDS_AND_DAY.fullmatch(word)
    return f"{match['words']} *" if match and read_day(match["day"]) else word


def is_of_matrix(words: Counter[str]) -> bool:
    """Return whether a column is one of a matrix: days, ticks and the like."""
    if words.keys() == {"0", "1"} or (words and words.keys() <= {"TRUE", "FALSE"}):
        return True
    filled = [word for word in words if not NOTHING.fullmatch(word) and not CROSS.fullmatch(word)]
    fitting = sum(
        words[one]
        for one in filled
        if TICK.fullmatch(one) or read_day(one) or before_a_day(one) != one or LEVEL.fullmatch(one)
    )
    return bool(fitting) and fitting >= MANY * sum(words[word] for word in filled)


def has_ranks(words: Counter[str]) -> bool:
    """Return whether most words of a column are ranks or grades of police staff, some of them ranks."""
    ranks = [word for word in words if is_rank(word)]
    return bool(ranks) and len(ranks) + sum(map(bool, map(STAFF_GRADE.fullmatch, words))) >= MANY * len(words)


def has_numbers_beside(words: Counter[str]) -> bool:
    """Return whether most words of a column are a number and a name: "PC 1007 Lloyd"."""
    return bool(words) and sum(number_beside(word) is not None for word in words) >= MANY * len(words)


def fits(words: Counter[str], column: Column) -> bool:
    """Return whether what stands in a column can be what a header seems to say that it is."""
    numbered = sum(any(map(str.isdecimal, word)) for word in words)
    if column.name in {"person_id", "post_id"}:
        return numbered >= MANY * len(words)
    if column.kind == "day":
        return not words or any(map(is_day, words))
    if column.kind == "word":
        return any(word_of(column, word) for word in words)
    return not words or any(any(map(str.isalpha, word)) for word in words) or column.kind in _OF_DIGITS


def is_of_course(word: str) -> bool:
    """Return whether a part of a word is a day, a tick or a cross."""
    return any(TICK.fullmatch(part) or CROSS.fullmatch(part) or read_day(part) for part in word.split())


def of_grade(word: str) -> str:
    """Return the name of a grade of police staff for all of its letters or numbers.

    >>> of_grade("Police Staff Grade E"), of_grade("Volunteer")
    ('Police Staff Grade *', 'Volunteer')
    """
    return re.sub(r"(?i)\b((?:grade|band|scale|level|gr|pse)\s*)[A-Z]?\d{0,2}[A-Z]?$", r"\1*", word)


def is_day(word: str) -> bool:
    """Return whether a word is a day, or a number that a spreadsheet has in place of one."""
    return bool(read_day(word) or re.fullmatch(r"[1-9]\d{4}", word))


def read_day(word: str) -> str:
    """Return a day, the day first where it can be, or nothing for what is none."""
    for order in ("uk", "us"):
        with contextlib.suppress(WrongCellError):
            return str(Days(order).read(word))
    return ""
