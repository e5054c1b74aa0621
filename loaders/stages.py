"""The stages of a selection, in their order, each with its day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loaders.dates import days
from loaders.layout import sentences
from loaders.numbers import NUMBER, number
from loaders.profile import StageLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loaders.layout import Line

__all__ = ["numbered_stages", "prose_stages"]

_STAGE = re.compile(
    rf"(?:stage|step|phase|part)\s+(?P<number>{NUMBER})\s*[-–—:.)]*\s*(?P<name>.*)",
    re.IGNORECASE,
)
_LONGEST = 90
_CUES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(form, re.IGNORECASE))
    for name, form in (
        (
            "Applications",
            r"\b(?:clos(?:e|es|ing)|applications?\b.*\b(?:by|submitted|sent|received)|apply by|deadline)\b",
        ),
        ("Longlisting", r"\blong-?\s?list(?:ing|ed)?\b"),
        ("Shortlisting", r"\bshort-?\s?list(?:ing|ed)?\b|\bpaper sift\b|\bsift(?:ing)?\b"),
        ("Assessment centre", r"\bassessment (?:centre|day)s?\b"),
        ("Stakeholder panel", r"\bstakeholder (?:panel|engagement|event)s?\b"),
        ("Interview", r"\binterviews?\b|\bfinal panel\b|\bpromotion boards?\b"),
        ("Confirmation hearing", r"\bconfirm(?:ation|atory) hearing\b"),
    )
)
_WHEN = re.compile(r"\b(?:will|shall|take place|held|scheduled|week commencing|w/c|on|by)\b|:", re.IGNORECASE)


def numbered_stages(lines: Sequence[Line]) -> list[StageLine]:
    """Return the stages that a selection part numbers; the day of each is the first below it not an earlier one's."""
    marks = [(place, match) for place, line in enumerate(lines) if (match := _stage(line))]
    ends = [*(place for place, _ in marks), len(lines)][1:]
    found: list[StageLine] = []
    used: set[str] = set()
    for (place, match), end in zip(marks, ends, strict=True):
        line = lines[place]
        texts = [match["name"], *(below.text for below in lines[place + 1 : end])]
        date = _first_day(texts, used)
        used |= {date} if date else set()
        order = number(match["number"]) or len(found) + 1
        found.append(
            StageLine(text=line.text, lines=(line.first, line.last), order=order, name=_name(match), date=date)
        )
    return found


def _stage(line: Line) -> re.Match[str] | None:
    match = _STAGE.fullmatch(line.text)
    return match if match and len(line.text) <= _LONGEST and not line.text.endswith(".") else None


def _name(match: re.Match[str]) -> str:
    name = match["name"].strip(" -–:")
    return name or f"Stage {match['number']}"


def _first_day(texts: Iterable[str], used: set[str]) -> str | None:
    named = (day.iso for text in texts for day in days(text) if day.precision == "day")
    return next((iso for iso in named if iso not in used), None)


def prose_stages(lines: Iterable[Line], closes: tuple[str, int] | None) -> list[StageLine]:
    """Return the stages that sentences with a day name, in the order of the text; the closing day is Applications."""
    found: dict[str, StageLine] = {}
    for line in lines:
        for sentence in sentences(line.text):
            named = [day.iso for day in days(sentence) if day.precision == "day"]
            if not named or not _WHEN.search(sentence):
                continue
            closing = closes is not None and named[0] == closes[0]
            cues = [name for name, form in _CUES if form.search(sentence)]
            name = "Applications" if closing else next((cue for cue in cues if cue != "Applications"), "")
            if name and name not in found:
                found[name] = StageLine(
                    text=sentence, lines=(line.first, line.last), order=len(found) + 1, name=name, date=named[0]
                )
    return list(found.values())
