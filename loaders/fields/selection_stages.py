"""The stages of a selection, in their order, each with its day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from loaders.fields.dates import days
from loaders.language.number_words import NUMBER, WEEKDAY, number
from loaders.language.patterns import any_case
from loaders.language.sentences import split_sentences
from loaders.layout.lines import Line
from loaders.profile import StageLine

_STAGE = any_case(rf"(?:stage|step|phase|part)\s+(?P<number>{NUMBER})\s*[-–—:.)]*\s*(?P<name>.*)")
_ASIDE = any_case(r"\s*\((?:click|see|for|more|find|read)\b[^()]*\)[.]?$")
_BEFORE_DAY = any_case(rf"(?:\s*\b(?:on|by|from|week commencing|w/c|{WEEKDAY})\s*)+$")
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
        ("Medical and fitness tests", r"\bmedical (?:examination|assessment|and fitness|tests?)\b|\bfitness tests?\b"),
        ("Confirmation hearing", r"\bconfirm(?:ation|atory) hearing\b"),
    )
)
_LABELLED = re.compile(r"(?P<label>[A-Z][^:.;]{2,60}?)\s*:\s*(?P<when>.+)")
_NO_STAGE = any_case(r"\b(?:start\w*|publi\w+|issued?|updated?|posted|version|review\w*|commenc\w+)\b")
_AHEAD = any_case(
    r"\b(?:candidates|applicants|applications|you|interviews?|tests?|those)\b.*\b(?:will|may"
    r"|shall) (?:be (?:asked|invited|held"
    r"|shortlisted|required)|take place|have to|need to|undergo|undertake|attend)\b"
)
_WHEN = any_case(r"\b(?:will|shall|take place|held|scheduled|week commencing|w/c|on|by)\b|:")


def numbered_stages(lines: Sequence[Line]) -> list[StageLine]:
    """Return the stages that a selection part numbers; the day of each is the first below it not an earlier one's."""
    marks = [(place, match) for place, line in enumerate(lines) if (match := _stage(line))]
    ends = [*(place for place, _ in marks), len(lines)][1:]
    stages: list[StageLine] = []
    used: set[str] = set()
    for (place, match), end in zip(marks, ends, strict=True):
        line = lines[place]
        texts = [match["name"], *(below.text for below in lines[place + 1 : end])]
        date = _first_day(texts, used)
        used |= {date} if date else set()
        order = number(match["number"]) or len(stages) + 1
        stages.append(StageLine(text=line.text, lines=line.lines, order=order, name=_name(match), date=date))
    return stages


def _stage(line: Line) -> re.Match[str] | None:
    match = _STAGE.fullmatch(_ASIDE.sub("", line.text))
    return match if match and len(match[0]) <= _LONGEST and not match[0].endswith(".") else None


def _name(match: re.Match[str]) -> str:
    name = match["name"].strip(" -–:")
    named = days(name)
    if named and named[-1].end == len(name):
        name = _BEFORE_DAY.sub("", name[: named[-1].start]).strip(" -–:,(")
    return name or f"Stage {match['number']}"


def _first_day(texts: Iterable[str], used: set[str]) -> str | None:
    named = (day.iso for text in texts for day in days(text) if day.precision == "day")
    return next((iso for iso in named if iso not in used), None)


def prose_stages(
    lines: Iterable[Line], closes: tuple[str, int] | None, timetable: Sequence[Line] = ()
) -> list[StageLine]:
    """Return the stages that sentences with a day name, in the order of the text; the closing day is Applications.

    Args:
        lines: Lines of the document.
        closes: The closing day and its line, if the text has one.
        timetable: Those of the lines in which a label with a day is a stage, whatever it is called.
    """
    listed = {line.first for line in timetable}
    kept: dict[str, StageLine] = {}
    for line in lines:
        for sentence in split_sentences(line.text):
            named = [day.iso for day in days(sentence) if day.precision == "day"]
            if not named or not (line.first in listed or _WHEN.search(sentence)):
                continue
            closing = closes is not None and named[0] == closes[0]
            cues = [name for name, form in _CUES if form.search(sentence)]
            name = "Applications" if closing else next((cue for cue in cues if cue != "Applications"), "")
            label = _LABELLED.fullmatch(sentence) if not name and line.first in listed else None
            name = label["label"] if label and not _NO_STAGE.search(label["label"]) else name
            if name and name not in kept:
                kept[name] = StageLine(text=sentence, lines=line.lines, order=len(kept) + 1, name=name, date=named[0])
    for line in timetable:
        cues = [name for name, form in _CUES[1:] if form.search(line.text) and name not in kept]
        if cues and _AHEAD.search(line.text) and line.lines not in [one.lines for one in kept.values()]:
            kept[cues[0]] = StageLine(text=line.text, lines=line.lines, order=len(kept) + 1, name=", ".join(cues))
    return list(kept.values())


def with_timetable(
    numbered: Sequence[StageLine], process: Sequence[Line], closes: tuple[str, int] | None
) -> list[StageLine]:
    """Add to numbered stages the lines of the timetable around them that are a label with another day."""
    known = {stage.date for stage in numbered} | {stage.lines[0] for stage in numbered}
    labelled = [line for line in process if line.first not in known and _LABELLED.fullmatch(line.text)]
    names = " ".join(stage.name.casefold() for stage in numbered)
    others = [
        stage
        for stage in prose_stages(labelled, closes, labelled)
        if stage.date not in known and stage.name.casefold().rstrip("s") not in names
    ]
    if not others:
        return list(numbered)
    together = sorted([*numbered, *others], key=lambda stage: stage.lines)
    return [stage.model_copy(update={"order": order}) for order, stage in enumerate(together, 1)]
