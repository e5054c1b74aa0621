"""Read what a sentence names: ranks, a force, and how long a rank has been held."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from graph.days import add_months, today
from loaders.language.number_words import MONTHS, month_number, number
from queries.parameters.titles import force_named, rank_names

_LONGEST = 5
"""Words in the longest name of a rank or force that is looked for."""

_UNITS = {**dict.fromkeys(("year", "years", "yr", "yrs"), 12), **dict.fromkeys(("month", "months"), 1)}
_CAREER = 600
"""Months: nobody has held a rank for longer."""

_NOT_SUBSTANTIVE = frozenset(("temporary", "temp", "t", "acting"))
_OWN = frozenset(("am", "m", "substantive", "currently", "serving", "now"))
_BEFORE_FORCE = frozenset(("in", "at", "for", "with", "within", "from", "of"))
_AROUND_TIME = frozenset(
    ("a", "an", "the", "my", "as", "in", "of", "at", "rank", "for", "after", "with", "having", "been", "being", "held")
)
"""Words between a time and the rank of which it is, and before a time."""


@dataclass(frozen=True)
class Sentence:
    """What a sentence names, in its own words: ranks, a force, and the other words.

    `start` is the rank that somebody holds now, the highest that is named beside a time and below the one aimed at; it
    is not among `ranks` if there are others. `since` is the day from which, or its year or month.
    """

    ranks: list[str]
    words: list[str]
    force: str | None = None
    start: str | None = None
    since: str | None = None


def read_sentence(text: str) -> Sentence:
    """Return what a sentence names.

    >>> read_sentence("Inspector in Kent, a sergeant since March 2021?")
    Sentence(ranks=['inspector'], words=['in'], force='kent', start='sergeant', since='2021-03')
    """
    parts = _parts(text)
    times = _times(parts)
    left = [part for place, part in enumerate(parts) if not any(place in places for _, places in times)]
    ranks, steps = [name for kind, name in left if kind == "rank"], rank_names()
    starts = list[tuple[str | None, str | None]](_ranks_since(parts, times))
    if any(rank for rank, _ in starts):
        own = [name for place, (kind, name) in enumerate(left) if kind == "rank" and _is_own(left, place)]
        starts += [(rank, None) for rank in own]
        ranks = sorted((rank for rank in ranks if rank not in own), key=lambda rank: steps[rank])[-1:]
    start, since = max(starts, key=lambda one: steps.get(one[0] or "", -1), default=(None, None))
    ranks = ranks or ([start] if start else [])
    force = next((name for kind, name in left if kind == "force"), None)
    return Sentence(ranks, [name for kind, name in left if kind == "word"], force, start, since)


def numbers(text: str) -> Counter[str]:
    """Return the numbers in a text, in figures without commas; "one" and those of codes such as A7 are none.

    >>> sorted(numbers("£65,500 after two years, level 3").elements())
    ['2', '3', '65500']
    """
    figures = (one.replace(",", "").rstrip(".") for one in re.findall(r"(?<![A-Za-z])\b\d[\d,.]*", text))
    words = (str(value) for one in re.findall(r"[a-z]+", text.casefold()) if (value := number(one) or 0) > 1)
    return Counter((*figures, *words))


def _parts(text: str) -> list[tuple[str, str]]:
    """Return the words of a sentence in their order, with those that name a rank or a force together."""
    words, names, found = re.findall(r"[a-z']+|\d+", text.casefold()), rank_names(), list[tuple[str, str]]()
    while words:
        runs = [(size, " ".join(words[:size])) for size in range(min(_LONGEST, len(words)), 0, -1)]
        size, name = next(((size, run) for size, run in runs if run in names), (0, ""))
        kind = "rank" if size else "word"
        if not size and (force := next((one for one in runs if _is_force(one, words, found, names)), None)):
            kind, (size, name) = "force", force
        found.append((kind, name or words[0]))
        words = words[size or 1 :]
    return found


def _is_force(run: tuple[int, str], words: list[str], before: list[tuple[str, str]], names: Collection[str]) -> bool:
    """Return whether a run of words names a force: behind a word such as "in", or before a rank."""
    size, name = run
    previous = next((word for _, word in reversed(before) if word != "the"), "")
    is_near = previous in _BEFORE_FORCE or any(
        " ".join(words[size : size + more]) in names for more in range(1, _LONGEST + 1)
    )
    return is_near and {*_BEFORE_FORCE, "the"}.isdisjoint((words[0], words[size - 1])) and force_named(name) is not None


def _ranks_since(parts: list[tuple[str, str]], times: list[tuple[str, range]]) -> Iterator[tuple[str | None, str]]:
    """Yield the rank that goes with each time, None where none does, and the time; no temporary or acting rank."""
    for since, places in times:
        place = next((one for one in places if parts[one][0] == "rank"), None)
        if place is None or not place or parts[place - 1][1] not in _NOT_SUBSTANTIVE:
            yield parts[place][1] if place is not None else None, since


def _is_own(parts: list[tuple[str, str]], place: int) -> bool:
    """Return whether a rank is the user's own: "I am a sergeant", "substantive sergeant", "sergeant to inspector"."""
    last = max((at for at, (kind, _) in enumerate(parts[:place]) if kind == "rank"), default=-1)
    before = [word for _, word in parts[max(last + 1, place - 3) : place]]
    behind = [word for _, word in parts[place + 1 : place + 2]]
    return bool(_OWN.intersection(before) or behind == ["to"]) and not _NOT_SUBSTANTIVE.intersection(before[-1:])


def _times(parts: list[tuple[str, str]]) -> list[tuple[str, range]]:
    """Return the first day of each rank, as far as it is given, with the places of the words for it and of the rank."""
    words, times = [name for _, name in parts], list[tuple[str, range]]()
    for place, word in enumerate(words):
        amount = number(words[place - 1]) if place and word in _UNITS else None
        if amount and amount * _UNITS[word] <= _CAREER and (day := add_months(today(), -amount * _UNITS[word])):
            since, first, last = day, place - 1, place
        elif word == "since" and (date := _day(words[place + 1 : place + 4])):
            since, first, last = date[0], place, place + date[1]
        else:
            continue
        while first and words[first - 1] in _AROUND_TIME:
            first -= 1
        while last + 1 < len(words) and words[last + 1] in _AROUND_TIME:
            last += 1
        beside = (last + 1, first - 1) if word in _UNITS else (first - 1, last + 1)
        near = [one for one in beside if 0 <= one < len(words) and parts[one][0] == "rank"]
        begins = min([first, *near[:1]])
        while near and begins and words[begins - 1] in {"a", "an", "as"}:
            begins -= 1
        times.append((since, range(begins, max([last, *near[:1]]) + 1)))
    return times


def _day(words: list[str]) -> tuple[str, int] | None:
    """Return a day, month or year that words begin with, and of how many words it is."""
    day = words[0] if words and re.fullmatch(r"[12]?\d|3[01]", words[0]) else ""
    month = _month_or_year(words[bool(day) :][:2])
    if not month or (day and "-" not in month):
        return None
    return f"{month}-{int(day):02}" if day else month, bool(day) + 1 + ("-" in month)


def _month_or_year(words: list[str]) -> str | None:
    month, *year = words if words and words[0] in MONTHS else ["", *words[:1]]
    if not (year and re.fullmatch(r"(19|20)\d\d", year[0])):
        return None
    return f"{year[0]}-{month_number(month):02}" if month else year[0]
