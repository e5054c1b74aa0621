"""The values a force calls its own, and how many core skills there are, in running text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from loaders.language.number_words import number
from loaders.language.patterns import any_case
from loaders.layout.lines import Line
from loaders.profile import Announcement, Statement, ValueLine

_OWN_VALUES = re.compile(
    r"\b(?P<whose>[Oo]ur|[Ii]ts|[Tt]he force's|(?:the )?[A-Z][\w' ]{1,40}'s)(?: core| force| organisational)? values"
    r"(?: (?:of|are)|,? which are|:| –| -)\s*:?\s*(?P<list>[A-Za-z][\w ,&-]{3,120}?)"
    r"(?=[.;:]|$| (?:remain|are|is|will|in|at|underpin|sit|guide|which|that|to|as|shape|form|throughout|run)\b)"
)
_CORE_SKILLS = any_case(r"\b(?P<count>\d{1,2}|[a-z]+) core skills\b")
_ANNOUNCED = any_case(r"\b(?P<count>\d{1,2}|[a-z]+) (?P<kind>competencies|values|core skills)\b")
_MOST_VALUE_WORDS = 4
_FEWEST_VALUES = 2


def own_values(lines: Sequence[Line], organisation: str | None) -> list[ValueLine]:
    """Return the values a force calls its own in running text, each with every line that names it so."""
    values: dict[str, ValueLine] = {}
    for line in lines:
        for match in _OWN_VALUES.finditer(line.text.replace("’", "'")):
            for name in _listed(match["list"]):
                old = values.get(name.casefold())
                if old is None:
                    lines_ = line.lines
                    values[name.casefold()] = ValueLine(text=name, lines=lines_, framework=organisation)
                elif line.first not in (old.lines[0], *old.also):
                    values[name.casefold()] = old.model_copy(update={"also": (*old.also, line.first)})
    return list(values.values())


def _listed(text: str) -> list[str]:
    names = [name.strip() for name in re.split(r",\s*(?:and\s+)?|\s+and\s+|\s*;\s*", text) if name.strip()]
    fit = len(names) >= _FEWEST_VALUES and all(len(name.split()) <= _MOST_VALUE_WORDS for name in names)
    return names if fit else []


def announcements(lines: Sequence[Line], printed: Iterable[str]) -> tuple[Announcement, ...]:
    """Return the first line that says how many competencies, values or core skills there are, of what is not printed.

    A saved web page keeps such a line and loses the list below it. What a text calls the core skills is never printed
    as a list of its own.
    """
    by_kind: dict[str, Announcement] = {}
    for line in lines:
        for match in _ANNOUNCED.finditer(line.text):
            kind, count = match["kind"].casefold().replace(" ", "-"), number(match["count"])
            if count and kind not in {*printed, *by_kind}:
                by_kind[kind] = Announcement(text=line.text, lines=line.lines, kind=kind, announced=count)
    return tuple(by_kind.values())


def core_skills(lines: Sequence[Line]) -> tuple[Statement, int] | None:
    """Return the line that says how many core skills there are, and that number."""
    for line in lines:
        for match in _CORE_SKILLS.finditer(line.text):
            count = number(match["count"])
            if count:
                return Statement(text=line.text, lines=line.lines), count
    return None
