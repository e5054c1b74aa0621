"""Days in running text: as full ISO days, and what they say of the day a document was written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from operator import itemgetter

from graph.nodes import Model
from loaders.language.number_words import MONTHS, WEEKDAY, WELSH_MONTHS, month_number
from loaders.language.patterns import any_case
from loaders.language.sentences import short_sentences

_SHORT_MONTHS = "|".join((*(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS), *WELSH_MONTHS))
_MONTH = rf"(?P<month>{_SHORT_MONTHS}|sept)\.?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_SHORT_YEAR = r"'?(?P<year>[0-4]\d)(?![\d:/%-]|[.,]\d)"
_AFTER_YEAR = r"(?=\s*(?:$|[^\w\s]|(?:at|by|and|to|or|until|from|noon|midday|midnight|in|for|on|am|pm)\b))"
_NUMBERED = any_case(
    r"\b(?:section|para(?:graph)?|rule|regulation|version|ver|part|clause|appendix|annex|schedule|v)\.?\s*$"
)
_DAY = r"(?P<day>[0-3]?\d)\s?(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:Mon|Tue|Tues|Wed|Wednes|Thu|Thur|Thurs|Fri|Sat|Satur|Sun)(?:day)?\s+)"
_OTHER_DAY = rf"(?:\s*(?:,|and|&|to|or|[-–/])\s*{_WEEKDAY}?[0-3]?\d\s?(?:st|nd|rd|th)?){{0,4}}"
_OTHER_MONTH = rf"(?:\s*(?:to|until|and|[-–])\s*{_WEEKDAY}?[0-3]?\d\s?(?:st|nd|rd|th)?\s+(?:{_SHORT_MONTHS})\.?)?"
_CENTURY, _LONGEST_LABEL = 99, 20
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<![\d£]){_DAY}{_OTHER_DAY}(?:\s+of)?[\s-]+{_MONTH}{_OTHER_MONTH},?[\s-]+{_YEAR}\b",
        rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}\b",
        rf"(?<![\d£/.-])(?P<day>[0-3]?\d)[/.](?P<number>[01]?\d)[/.]{_YEAR}(?![\d/])",
        rf"(?<![\d£/.v-])(?P<day>[0-3]?\d)(?P<sign>[/.])(?P<number>[01]?\d)(?P=sign){_SHORT_YEAR}",
        rf"(?<![\d£]){_DAY}{_OTHER_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+{_SHORT_YEAR}{_AFTER_YEAR}",
        rf"(?<![\d£/-]){_YEAR}-(?P<number>[01]\d)-(?P<day>[0-3]\d)(?!\d)",
        rf"\b{_MONTH}\s+{_YEAR}\b",
    )
)
_BARE = re.compile(rf"(?<![\d£$€/.,:#-])\b{_YEAR}\b(?![\d%]|[,.]\d|/\d{{3,}})")
_ANY_YEAR = re.compile(r"(?:1[89]|20)\d\d|\d[./][01]?\d[./][0-4]\d|[A-Za-z]\.?[\s-]+'?[0-4]\d(?!\d)")
_WEB = re.compile(r"https?://\S+|www\.\S+")
_RANGE_END = re.compile(r"(?:1[89]|20)\d\d\s?(?:to|until|[-–—/])\s?$")
_AHEAD = any_case(
    r"\b(?:by|until|till|towards?|through to|up to|next(?: review(?: date)?:?)?|from now to|vision"
    r"|(?<!last )review(?: due)?(?: date| on| in)?\s*:?"
    r"|due(?: (?:by|in|on|for))?:?|expires?(?: in| on)?|end of"
    r"|extended to)\s+(?:the end of\s+)?$"
)
_COUNT = re.compile(
    r"\s+(?:[a-z-]+\s)?(?:officers|staff|people|volunteers|residents|specials|square|miles|homes|calls|km)\b"
)
_MEASURE = any_case(r"(?:over|nearly|around|about|approximately|some|than|least|almost)\s+$")
_LAW = r"(?:acts?|bill|measure|(?:\w+ )?(?:regulations?|orders?|rules))"
_LAW_BEFORE = any_case(rf"\b{_LAW}(?: \([^()]*\))?(?: of)?\s+\(?$", r"\bv\.? [^.;]*[\[(]$")
_LAW_AFTER = any_case(rf"^\)?\s+{_LAW}\b")
_CLOSES = any_case(
    r"\b(?:clos(?:e|es|ed|ing)|shuts?|deadline)\b|\b(?:advert|vacancy|posting|applications?) (?:ends?|expir(?:y|es))\b"
    r"|\bno later than\b|\bnot later than\b|\bappl(?:y"
    r"|ications?)\b[^.]{0,40}\b(?:by|before)\b",
    r"\b(?:forms?|cvs?|letters?|expressions? of interest|eois?)\b[^.]{0,60}\bby\b|\blast (?:day|date) (?:for|to|of)\b",
    r"\bdyddiad cau\b|^\W*expires\b|\bapplications? (?:in|due|back)(?=\s*:)",
    r"\b(?:submitted|sent|received|returned|reach|e-?mail(?:ed)?|submit|send|return|arrive)\b[^.]*\bby\b",
)
_CLOSES_NOT = any_case(r"\binterview|\bsift|\bvisit")
_PUBLISHED = any_case(
    r"^\W*(?:last |first )?(?:updated|published|posted|date(?: (?:published|posted|of issue|issued))?|issued"
    r"|issue date|version date|reviewed|effective(?: from| date)?|in force from"
    r"|(?:issue|version|revision|edition) [\d.]+,?)\b"
)
_APART = re.compile(r"\s+[|·•]\s+|;\s+|(?<=\d)[.,]\s+(?=[A-Z\d])(?!(?:19|20)\d\d\b)")
_HEAD = 15
_MOST_WORDS_OF_LABEL, _MOST_WORDS_BESIDE = 6, 4
_BESIDE = 80
"""How many characters around a day are looked at for what it is."""


class Day(Model):
    """A day named in a text, a month or year widened to its first day."""

    iso: str
    precision: str
    start: int
    end: int


@lru_cache(maxsize=20_000)
def days(text: str) -> tuple[Day, ...]:
    """Return the days, months and years named, in the order of the text; the address of a page names none.

    >>> [(day.iso, day.precision) for day in days("by noon on 4th January 2017, under the Act of 2011")]
    [('2017-01-04', 'day'), ('2011-01-01', 'year')]
    """
    if not _ANY_YEAR.search(text):
        return ()
    text = _blanked(_WEB, text)
    named: list[Day | None] = []
    for form in (*_FORMS, _BARE):
        matches = list(form.finditer(text))
        named += [_day(match) for match in matches if form is _BARE or not _is_numbered(text, match)]
        text = _blanked(form, text) if matches else text
    return tuple(sorted(filter(None, named), key=lambda day: day.start))


def _is_numbered(text: str, match: re.Match[str]) -> bool:
    """Return whether what looks like a day is the number of a section or version."""
    return _NUMBERED.search(text[max(0, match.start() - _LONGEST_LABEL) : match.start()]) is not None


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: " " * len(match[0]), text)


def _day(match: re.Match[str]) -> Day | None:
    parts = match.groupdict()
    month = int(parts["number"]) if parts.get("number") else month_number(parts.get("month") or MONTHS[0])
    number = int(parts["day"]) if parts.get("day") else 1
    year = int(parts["year"])
    try:
        iso = dt.date(year if year > _CENTURY else 2000 + year, month, number).isoformat()
    except ValueError:
        return None
    named = "day" if parts.get("day") else "month" if parts.get("month") else "year"
    return Day(iso=iso, precision=named, start=match.start(), end=match.end())


def closing_day(lines: Sequence[str]) -> tuple[str, int] | None:
    """Return the day applications close and its 1-based line, the first that the text names."""
    for number, line in enumerate(lines, 1):
        for sentence in short_sentences(line.replace("*", "")):
            closes = _CLOSES.search(sentence)
            if not closes or (_CLOSES_NOT.search(sentence) and not re.search("clos|deadline", sentence.lower())):
                continue
            exact = [day for day in days(_with_next(sentence, lines, number)) if day.precision == "day"]
            if exact:
                return next((day for day in exact if day.start > closes.start()), exact[0]).iso, number
    return None


def names_closing(text: str) -> bool:
    """Return whether a text is a label of the closing day, without the day."""
    short = len(text.split()) <= _MOST_WORDS_OF_LABEL and not text.endswith(".")
    return short and _CLOSES.search(text) is not None and not days(text)


def only_day(text: str) -> bool:
    """Return whether a text gives one full day and little beside it, as its time.

    >>> [only_day(text) for text in ("Midday on 1 September 2025", "September 2025", "It ended on 1 May 2025 or later")]
    [True, False, False]
    """
    named = days(text)
    return len(named) == 1 and named[0].precision == "day" and len(_beside_day(text, named[0])) <= _MOST_WORDS_BESIDE


def _beside_day(text: str, day: Day) -> list[str]:
    return (text[: day.start] + text[day.end :]).split()


def _with_next(sentence: str, lines: Sequence[str], number: int) -> str:
    """Return the sentence, with the next line that has words when it is only a label."""
    if not sentence.rstrip().endswith(":"):
        return sentence
    below = next((line for line in lines[number : number + 3] if line.strip()), "")
    return f"{sentence} {below}"


def published(lines: Sequence[str], closes: str | None = None) -> str | None:
    """Return the day that the head of the document gives as its own, a month widened to its first day.

    A day alone that is the closing one is none: its label may stand in a cell of its own.
    """
    head = [line.strip(" *#\t\u00a0") for line in lines if line.strip()][:_HEAD]
    for above, line in pairwise(["", *chain.from_iterable(map(pieces, head))]):
        named = days(line)
        if (
            len(named) == 1
            and (closes is None or named[0].iso < closes)
            and named[0].precision != "year"
            and (_PUBLISHED.match(line) or (_is_date_alone(line, named[0]) and not _is_other_label(above)))
        ):
            return named[0].iso
    return None


def pieces(line: str) -> list[str]:
    """Return what strokes, points and stops set apart in a line of the head.

    >>> pieces("Version 6.2. Effective from 1 April 2024 | Review due May 2026")
    ['Version 6.2', 'Effective from 1 April 2024', 'Review due May 2026']
    """
    return _APART.split(line)


def _is_other_label(text: str) -> bool:
    """Return whether a text is the label of another day than that of issue, below it or beside it."""
    return text.endswith(":") and not _PUBLISHED.match(text)


def _is_date_alone(line: str, day: Day) -> bool:
    rest = line[: day.start] + line[day.end :]
    return not re.sub(rf"\b{WEEKDAY}\b|\W", "", rest, flags=re.IGNORECASE)


def not_before(lines: Iterable[str], closes: str | None) -> str | None:
    """Return the latest day that the text names as past or existing; the end of a range and plans ahead are not.

    The year of a law or a case that it cites is none either: it bounds nothing worth having.

    >>> not_before(["Under the Plan 2022 to 2025 and the Requirement 2023, by 2030."], None)
    '2023-01-01'
    """
    named = [(day.iso, line, day) for line in lines for day in days(line) if closes is None or day.iso < closes]
    latest = sorted(named, key=itemgetter(0), reverse=True)
    return next((iso for iso, line, day in latest if _is_past(line, day)), None)


def _is_past(line: str, day: Day) -> bool:
    before, after = line[max(0, day.start - _BESIDE) : day.start], line[day.end : day.end + _BESIDE]
    if day.precision == "year" and (_COUNT.match(after) or _MEASURE.search(before)):
        return False
    is_law = day.precision == "year" and (_LAW_BEFORE.search(before) or _LAW_AFTER.search(after))
    return not (is_law or _RANGE_END.search(before) or _AHEAD.search(before))


def edition(
    version: str | None, *, published_on: str | None, closes: str | None, earliest: str | None, sha256: str
) -> str:
    """Return the name of the edition: its version, else month, else the year it cannot be older than."""
    if version:
        return f"v{version.lower().lstrip('v').strip()}"
    dated = published_on or closes
    if dated:
        return dated[:7]
    return f"since-{earliest[:4]}" if earliest else f"undated-{sha256[:8]}"
