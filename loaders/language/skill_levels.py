"""Levels behind the names of skills: "Business architecture - level 3", "User research (Working)", "Welsh (B2)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from loaders.language.patterns import any_case
from loaders.profile import SkillLine, Statement
from loaders.reference.rules import scales

_CALLED = r"(?:at\s+)?level\s*[:–-]?\s*(?:(?P<number>[1-9])|(?P<after>[A-Za-z]\w*))"
"""A level that is called one: any word may be its name."""
_BEFORE = r"(?:\s+[-–—]\s*|\s*[–—:|]\s*|\s*(?=\())\(?\s*"
"""What parts a name from its level; the hyphen of "team-working" does not."""
_END = r"\s*\)?[.;]?"


def with_levels(skills: Sequence[Statement]) -> tuple[tuple[Statement, ...], tuple[str, ...]]:
    """Return skills with the levels that stand behind their names, or below them on a line of their own; and notes.

    A word is a level where a scale has it, or where it is called one; a note names those without a number.
    """
    behind, alone = _patterns()
    found: list[Statement] = []
    for line in skills:
        above = found[-1] if found else None
        if above and not isinstance(above, SkillLine) and (match := alone.fullmatch(line.text)):
            text, lines = f"{above.text} - {line.text}", (above.lines[0], line.lines[1])
            joined = above.model_copy(update={"text": text, "lines": lines})
            found[-1] = _with_level(joined, above.text, match)
        else:
            match = behind.fullmatch(line.text)
            found.append(_with_level(line, match["name"], match) if match else line)
    words = {one.level_word.casefold() for one in found if isinstance(one, SkillLine)}
    numbers = _numbers(words)
    unknown = sorted(words - numbers.keys())
    note = f"levels of skills that are on no scale that is known, and so have no number: {', '.join(unknown)}"
    numbered = (
        one.model_copy(update={"level": numbers.get(one.level_word.casefold())}) if isinstance(one, SkillLine) else one
        for one in found
    )
    return tuple(numbered), (note,) if unknown else ()


def _with_level(line: Statement, name: str, match: re.Match[str]) -> SkillLine:
    word = match["number"] or match["word"] or match["after"]
    return SkillLine(text=line.text, lines=line.lines, certain=line.certain, name=name, level_word=word)


def _numbers(words: set[str]) -> dict[str, int]:
    """Return the number of each level: its own, or its place on the scale that has it.

    Beside a word that no scale has, others may be of that unknown scale too; codes with a number in them are not.
    """
    places = {level.casefold(): place for scale in scales() for place, level in enumerate(scale.levels, 1)}
    places |= {word: int(word) for word in words if word.isdecimal()}
    doubtful = bool(words - places.keys())
    return {word: places[word] for word in words & places.keys() if not (doubtful and word.isalpha())}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what a name with its level is, and a level alone."""
    word = rf"(?P<word>{'|'.join(level for scale in scales() for level in scale.levels)})(?:\s+level)?"
    behind = any_case(rf"(?P<name>\S.*?)(?:{_BEFORE}{word}|(?:{_BEFORE}|\s*[,;]\s*){_CALLED}){_END}")
    return behind, any_case(rf"\(?\s*(?:{word}|{_CALLED}){_END}")
