"""The stages of a selection, in their order, each with its day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from loaders.fields.dates import days
from loaders.language.number_words import MONTH, NUMBER, WEEKDAY, number
from loaders.language.patterns import any_case
from loaders.language.sentences import short_sentences
from loaders.layout.columns import is_number
from loaders.layout.lines import Line
from loaders.layout.lines import rows as rows_of_table
from loaders.layout.outline import is_titled
from loaders.profile import StageLine

_STAGE = any_case(rf"(?:stage|step|phase|part)\s+(?P<number>{NUMBER})\b(?P<sign>\s*[-–—:.)]*\s*)(?P<name>.*)")
_ASIDE = any_case(r"\s*\((?:click|see|for|more|find|read)\b[^()]*\)[.]?$")
_LONGEST, _LONGEST_LISTED = 90, 220
_MOST_WORDS_OF_LABEL = 9
_DAY_ALONE = any_case(rf"(?:{WEEKDAY},? )?\d{{1,2}}(?:st|nd|rd|th)? {MONTH}\s*[:–—-]\s+\w")
_SAYS = any_case(r"\b(?:will|shall|be|is|are|was|were|has|have|must|should|may|can)\b|[.;]$")
_FEWEST_ROWS = 2
_ASKED_FOR = any_case(r"\b(?:send|enclose|submit|include|attach|provide|documents?|bring|complete)\b.*:$")
"""What announces papers to send, and not the stages that follow."""
_MOST_WORDS_OF_NAME = 6
_LIKE_A_STAGE = any_case(
    r"\b(?:appl(?:y|ication|ications)|sift\w*|paper|short-?list\w*|long-?list\w*|interviews?|assess\w*|tests?|testing"
    r"|panels?|boards?|presentations?|exercises?|medical|vetting|fitness|psychometric|psychological|centres?|hearing"
    r"|references?|checks?|screening|results?|decision|offers?|posting|briefings?|stakeholders?|exam\w*|selection"
    r"|appointment|confirmation|feedback|induction|competence|promotion|visits?|forms?|quiz|list"
    r"|pools?|comments?|endorse\w*|recommend\w*|approv\w*|nominat\w*|expressions? of interest|eoi)\b"
)
_IN_GENERAL = any_case(
    r"(?:.*\b(?:process|procedure|how|what|who|when|next|after|apply\w*)\b.*|applications?|selection)"
)
"""Titles that name the whole selection, or what is around it, and no stage."""
_HAPPENS = any_case(
    r"(?:you|candidates|applicants|those|shortlisted|an?|the|each|this|there|we|your)\b[^.]*\b(?:will|is|are|complete"
    r"|attend|take|must|may)\b.*\."
)
_PARTED_BEHIND = re.compile(r"\s*[:–—-]\s+\w")
_PARTS_LABEL = re.compile(r"[\s:|–—-]+$")
_ROUND_DAY = any_case(
    r"(?:[\s,(]*\b(?:\d{1,2}(?:[.:]?\d\d)?(?: ?(?:am|pm|hrs|hours))?"
    r"|on|by|from|at|until|(?:(?:to be|is|will be) )?held|(?:to|will) take place"
    r"|no later than|midday|noon|midnight|in|the|of|week|commencing|w/c"
    rf"|{WEEKDAY})\b)+[\s,]*$"
)
_HEAD = any_case(
    r"(?:(?:no|nos|number|#|ref|stages?|steps?|phases?|activity|event|action|milestone|task|item|element|dates?|day|happens"
    r"|times?|when|what|where|who|location|venue|details?|process|deadline|timescales?|timeframe|key|proposed|indicative"
    r"|provisional|selection|recruitment|and|of|[/&])[.:]?\s*)+"
)
_CUES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(form, re.IGNORECASE))
    for name, form in (
        (
            "Applications",
            r"\b(?:clos(?:e|es|ing)|applications?\b.*\b(?:by|submitted|sent|received)|apply by|deadline)\b",
        ),
        ("Longlisting", r"\blong-?\s?list(?:ing|ed)?\b"),
        ("Shortlisting", r"\bshort-?\s?list(?:ing|ed)?\b|\bpaper sift\b|\bsift(?:ing|ed)?\b"),
        ("Assessment centre", r"\bassessment (?:centre|day)s?\b"),
        ("Stakeholder panel", r"\bstakeholder (?:panel|engagement|event)s?\b"),
        ("Interview", r"\binterview(?:s|ed)?\b|\bfinal panel\b|\b(?:promotion|selection) boards?\b|^boards?(?=\s*:)"),
        ("Medical and fitness tests", r"\bmedical (?:examination|assessment|and fitness|tests?)\b|\bfitness tests?\b"),
        ("Confirmation hearing", r"\bconfirm(?:ation|atory) hearing\b"),
    )
)
_LABELLED = re.compile(r"(?P<label>[A-Z][^:.;]{2,60}?)\s*:\s*(?P<when>.+)")
_NO_STAGE = any_case(
    r"\b(?:start\w*|publi\w+|issued?|updated?|posted|adverts?|opens?|opening|version|review\w*|commenc\w+)\b"
)
_OPENS = any_case(r"(?:applications? |window |campaign )?open(?:s|ing)?\b(?! to\b)")
_AHEAD = any_case(
    r"\b(?:candidates|applicants|applications|you|interviews?|tests?|those)\b.*\b(?:will|may"
    r"|shall) (?:be (?:asked|invited|held"
    r"|shortlisted|required)|take place|have to|need to|undergo|undertake|attend)\b"
)
_DAY_AND_MONTH = any_case(rf"\b\d{{1,2}}(?:st|nd|rd|th)? {MONTH}\b")
_WHEN = any_case(r"\b(?:will|shall|take place|held|scheduled|week commencing|w/c|on|by)\b|:")


def around_stages(process: Sequence[Line]) -> list[Line]:
    """Return the heads of the columns of a timetable, and the numbers of its rows, which say nothing of a stage."""
    table = [row for row in rows_of_table(process) if row[0].cell]
    heads = [cell for row in table if all(_HEAD.fullmatch(cell.text) for cell in row) for cell in row]
    return [*heads, *(row[0] for row in table if len(row) > 1 and is_number(row[0].text))]


def numbered_stages(lines: Sequence[Line]) -> list[StageLine]:
    """Return the stages that a selection part numbers; the day of each is the first below it not an earlier one's."""
    marks = [(place, match) for place, line in enumerate(lines) if (match := _stage(line))]
    ends = [*(place for place, _ in marks), len(lines)][1:]
    stages: list[StageLine] = []
    used: set[str] = set()
    for (place, match), end in zip(marks, ends, strict=True):
        line = _with_its_name(lines[place], match, lines[place + 1 : end])
        texts = [
            match["name"],
            *(
                below.text
                for below in lines[place + 1 : end]
                if not (_is_row_of_stage(below) or _OPENS.match(below.text))
            ),
        ]
        date = _first_day(texts, used)
        used |= {date} if date else set()
        order = number(match["number"]) or len(stages) + 1
        name = (
            _name(match) if match["name"].strip(" -–:") else line.text.partition(": ")[2] or f"Stage {match['number']}"
        )
        stages.append(StageLine(text=line.text, lines=line.lines, order=order, name=name, date=date))
    return stages


def _with_its_name(line: Line, match: re.Match[str], below: Sequence[Line]) -> Line:
    """Return a stage that is only numbered, with the line below it, which says what it is."""
    if match["name"].strip(" -–:") or not below or below[0].first != line.last + 1 or below[0].gap:
        return line
    return replace(line, last=below[0].last, text=f"{line.text}: {below[0].text}")


def _stage(line: Line) -> re.Match[str] | None:
    match = _STAGE.fullmatch(_ASIDE.sub("", line.text))
    if not match or (match["sign"].strip() and match["name"]):
        return match
    titled = match["name"][:1].isupper() or not match["name"]
    return match if titled and len(match[0]) <= _LONGEST and not match[0].endswith(".") else None


def listed_stages(process: Sequence[Line], lines: Sequence[Line]) -> list[StageLine]:
    """Return the items of those lists of a selection part most of whose items are called as stages are.

    A list ends where another of the lines of the document, such as a heading, stands between two items.
    """
    lists: list[list[Line]] = [[]]
    asked = False
    above = {below.first: line.first for line, below in pairwise(lines)}
    for line in process:
        if lists[-1] and above.get(line.first, lists[-1][-1].first) > lists[-1][-1].last:
            lists.append([])
        if (line.mark or _is_labelled(line) or _is_named(line)) and not asked:
            if lists[-1] and (bool(line.mark) != bool(lists[-1][-1].mark) or (_is_named(line) and line.gap)):
                lists.append([])
            lists[-1].append(line)
        elif not line.mark:
            asked = bool(_ASKED_FOR.search(line.text))
            lists.append([])
    listed = [line for lines in lists if _lists_stages(lines) for line in lines]
    return [_listed(line, order) for order, line in enumerate(listed, 1)]


def _lists_stages(lines: Sequence[Line]) -> bool:
    brief = (line for line in lines if len(line.text) <= _LONGEST_LISTED)
    alike = [
        one for one in brief if _LIKE_A_STAGE.search(one.text) or any(day.precision == "day" for day in days(one.text))
    ]
    return len(lines) > 1 and 2 * len(alike) > len(lines)


def _is_labelled(line: Line) -> bool:
    """Return whether a line is a stage and what happens at it, behind a colon or a dash."""
    label, sign, _ = line.text.partition(": " if ": " in line.text else " - ")
    return bool(sign) and len(label.split()) < _MOST_WORDS_OF_NAME and bool(_LIKE_A_STAGE.search(label))


def _is_named(line: Line) -> bool:
    """Return whether a line is nothing but the name of a stage."""
    few = is_titled(line) and len(line.text.split()) < _MOST_WORDS_OF_NAME and ": " not in line.text
    return few and bool(_LIKE_A_STAGE.search(line.text)) and not _IN_GENERAL.fullmatch(line.text)


def _is_row_of_stage(line: Line) -> bool:
    return _is_dated_row(line) and bool(_LIKE_A_STAGE.search(line.text) or _CUES[0][1].search(line.text))


def _listed(line: Line, order: int) -> StageLine:
    named = [day for day in days(line.text) if day.precision == "day"]
    name = _ROUND_DAY.sub("", line.text[: named[0].start]) if named else line.text
    if not named and _DAY_ALONE.match(line.text):
        name = re.split(r"\s*[:–—-]\s+", line.text, maxsplit=1)[1]
    name = _PARTS_LABEL.sub("", name).strip(" ,.;") or line.text[named[-1].end :].strip(" :–—-.") or line.text
    cue = next((cue for cue, form in _CUES if form.fullmatch(name)), None)
    name = cue or name
    return StageLine(text=line.text, lines=line.lines, order=order, name=name, date=named[0].iso if named else None)


def dated_rows(process: Sequence[Line]) -> list[Line]:
    """Return the rows of a timetable: a label and its day, in one line."""
    parted = (replace(row, text=text.strip()) for row in process for text in row.text.split(" | "))
    return [row for row in parted if _is_dated_row(row)]


def _is_dated_row(row: Line) -> bool:
    if _DAY_ALONE.match(row.text):
        return len(row.text.split()) <= _MOST_WORDS_OF_LABEL
    named = [day for day in days(row.text) if day.precision == "day"]
    label = _ROUND_DAY.sub("", row.text[: named[0].start]) if named else ""
    after = row.text[named[-1].end :] if named else ""
    if not label.strip(" (") and named:
        return bool(_PARTED_BEHIND.match(after)) and len(after.split()) <= _MOST_WORDS_OF_LABEL
    parted = label[:1].isupper() and (bool(_PARTS_LABEL.search(label)) or not _SAYS.search(row.text))
    return parted and len(label.split()) <= _MOST_WORDS_OF_LABEL and len(after.split()) <= _MOST_WORDS_OF_LABEL


def _name(match: re.Match[str]) -> str:
    name = short_sentences(match["name"].strip(" -–:"))[0].rstrip(".")
    named = days(name)
    if named and named[-1].end == len(name):
        name = _ROUND_DAY.sub("", name[: named[-1].start]).strip(" -–:,(")
    return name


def _first_day(texts: Iterable[str], used: set[str]) -> str | None:
    named = (day.iso for text in texts for day in days(text) if day.precision == "day")
    return next((iso for iso in named if iso not in used), None)


def _cues_by_day(sentence: str) -> list[str]:
    """Return the stages that a sentence names; after days without a year, first the one right before the day."""
    start = next(day.start for day in days(sentence) if day.precision == "day")
    found = [(match.start(), name) for name, form in _CUES if (match := form.search(sentence))]
    if any(_DAY_AND_MONTH.search(sentence[place:start]) for place, _ in found if place < start):
        found.sort(key=lambda one: (one[0] > start, -one[0]))
    return [name for _, name in found]


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
        for sentence in short_sentences(line.text):
            named = [day.iso for day in days(sentence) if day.precision == "day"]
            if not named or not (line.first in listed or _WHEN.search(sentence)):
                continue
            closing = closes is not None and named[0] == closes[0]
            cues = _cues_by_day(sentence)
            name = (
                "Applications"
                if closing
                else next((cue for cue in cues if cue != "Applications" and cue not in kept), "")
            )
            label = _LABELLED.fullmatch(sentence) if not name and line.first in listed else None
            name = label["label"] if label and not _NO_STAGE.search(label["label"]) else name
            if name and name not in kept:
                kept[name] = StageLine(text=sentence, lines=line.lines, order=len(kept) + 1, name=name, date=named[0])
    for line in timetable:
        cues = [name for name, form in _CUES[1:] if form.search(line.text) and name not in kept]
        if cues and _AHEAD.search(line.text) and line.lines not in [one.lines for one in kept.values()]:
            kept[cues[0]] = StageLine(text=line.text, lines=line.lines, order=len(kept) + 1, name=", ".join(cues))
    return list(kept.values())


def titled_stages(lines: Sequence[Line], process: Sequence[Line]) -> list[StageLine]:
    """Return the paragraphs that say what happens at the stage that the title right above each names."""
    first = min((line.first for line in process), default=0)
    told = [
        (title, line)
        for title, line in pairwise(lines)
        if first <= line.first <= process[-1].last
        and is_titled(title)
        and len(title.text.split()) < _MOST_WORDS_OF_NAME
        and _LIKE_A_STAGE.search(title.text)
        and not _IN_GENERAL.fullmatch(title.text)
        and not line.mark
        and _HAPPENS.fullmatch(line.text)
    ]
    return [StageLine(text=line.text, lines=line.lines, order=0, name=title.text) for title, line in told]


def stages(lines: Sequence[Line], process: Sequence[Line], closes: tuple[str, int] | None) -> list[StageLine]:
    """Return the stages that are numbered or listed, with the rows of the timetable around them; else those in prose.

    Paragraphs under titles of stages count from two on.

    Args:
        lines: Lines of the document.
        process: Those of them in parts about the selection.
        closes: The closing day and its line, if the text has one.
    """
    first = numbered_stages(process) or numbered_stages(lines) or listed_stages(process, lines)
    known = {stage.date for stage in first} | {number for stage in first for number in stage.lines}
    closing = [lines[closes[1] - 1]] if closes else []
    listed = [*process, *(line for line in closing if line not in process)]
    rows = [_listed(row, 0) for row in dated_rows(listed) if not known & {row.first, row.last}]
    rows = [
        row.model_copy(update={"name": "Applications"}) if closes and row.date == closes[0] else row for row in rows
    ]
    rows = [row for row in rows if (row.date is None or row.date not in known) and not _NO_STAGE.search(row.name)]
    told = titled_stages(lines, process) if process else []
    if not first and len(rows) < _FEWEST_ROWS and len(told) < _FEWEST_ROWS:
        return prose_stages(lines, closes, process)
    if not first:
        taken = {number for row in rows for number in row.lines}
        beside = prose_stages([line for line in lines if line.first not in taken], closes, process)
        names = {row.name for row in rows}
        rows += [stage for stage in beside if stage.name not in names and not taken & {*stage.lines}]
        known_lines = [stage.lines for stage in rows]
        rows += [stage for stage in told if len(told) >= _FEWEST_ROWS and stage.lines not in known_lines]
    if closes and closes[0] not in {stage.date for stage in (*first, *rows)}:
        rows += [
            StageLine(text=line.text, lines=line.lines, order=0, name="Applications", date=closes[0])
            for line in closing
        ]
    together = sorted([*first, *rows], key=lambda stage: stage.lines)
    return [stage.model_copy(update={"order": order}) for order, stage in enumerate(together, 1)]
