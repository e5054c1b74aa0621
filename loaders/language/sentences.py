"""Sentences of a document, each with the lines it stands on and who speaks in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from graph.ids import even_marks
from loaders.language.patterns import any_case, ends_with
from loaders.profile import Profile, Statement

ENDS_OPEN = any_case(
    r"\w[\w)’'\]”\"]*\s+(?:and|or|and/or|either)(?:\s+(?:an?|the))?$",
    r"^.{40,}\s(?:the|an?|its|their|our|your|his|her|into|between)$",
)
"""What a line ends in that cannot be its end: the next line carries it on."""
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)’'\]”\"]\.)\s+(?=[A-Z‘“\"(])|(?<=[a-z)][?!])\s+(?=[A-Z])")
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|[Nn]o|vs|St|Dr|Sir|Mr|Mrs|Ms|approx|inc|s|p\.a)\.$")
_MARK_UP = re.compile(r"</?[a-z]+>|\*\*|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)")
_BULLET = re.compile(
    r"^\s*(?:[•▪·*–-]|o|\d{1,2}(?:\.\d{1,2}){1,3}(?=\s+[A-Z])|\d{1,2}(?:\.\d{1,2})*[.)]"
    r"|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)])\s+"
)
_LABEL = re.compile(r"^[A-Z][A-Za-z /()&-]{2,60}:\s*\S")
_LONG = 60
_LONGEST = 1_000
_PART = re.compile(rf"\S.{{0,{_LONGEST}}}(?<=\S)(?!\S)|\S+", re.DOTALL)


class Sentence(NamedTuple):
    """Words that say one thing; `even_text` has one kind of quote and dash, `block` is the statement around them."""

    text: str
    even_text: str
    lines: tuple[int, int]
    block: str
    of_role: bool


def stated_blocks(profile: Profile) -> tuple[Statement, ...]:
    """Return the statements whose subject is the role, where none is printed."""
    return (*profile.purpose, *profile.accountabilities, *profile.development, *profile.learning, *profile.skills)


def loose_blocks(profile: Profile, lines: Sequence[str]) -> Iterable[Statement]:
    """Yield the paragraphs that are no such statement: forewords, structure, eligibility, prose."""
    taken = {
        line
        for statement in (*stated_blocks(profile), *profile.education)
        for line in range(statement.lines[0], statement.lines[1] + 1)
    }
    block: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        text = _without_mark_up(line)
        if block and (not text or number in taken or not _goes_on(block, line)):
            yield _block(block)
            block = []
        if text and number not in taken:
            block.append((number, text))
    if block:
        yield _block(block)


@lru_cache(maxsize=20_000)
def _without_mark_up(line: str) -> str:
    return " ".join(_MARK_UP.sub("", _BULLET.sub("", line.replace("\u00a0", " "))).split())


def _goes_on(block: Sequence[tuple[int, str]], line: str) -> bool:
    """Return whether a line carries on the one above it, as in a text wrapped by hand."""
    above = block[-1][1]
    ended = above.endswith((".", "!", "?", ":", ";"))
    torn = len(above) >= _LONG or ENDS_OPEN.search(above)
    return bool(torn) and not ended and not _BULLET.match(line) and not _LABEL.match(line)


def _block(block: Sequence[tuple[int, str]]) -> Statement:
    return Statement(text=" ".join(text for _, text in block), lines=(block[0][0], block[-1][0]))


def sentences(statement: Statement, *, of_role: bool) -> tuple[Sentence, ...]:
    """Part a statement into its sentences, spaces and mark-up evened out."""
    return _sentences(statement.text, statement.lines, of_role)


@lru_cache(maxsize=20_000)
def _sentences(printed: str, lines: tuple[int, int], of_role: bool) -> tuple[Sentence, ...]:
    text = " ".join(_MARK_UP.sub("", printed.replace("\u00a0", " ")).split())
    return tuple(Sentence(part, even_marks(part), lines, text, of_role) for part in short_sentences(text))


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text.

    >>> split_sentences("They lead (e.g. crime). They plan.")
    ['They lead (e.g. crime).', 'They plan.']
    """
    result: list[str] = []
    for piece in _SENTENCE_END.split(text):
        if result and len(result[-1]) < _LONGEST and ends_with(_ABBREVIATION, result[-1], len(result[-1])):
            result[-1] = f"{result[-1]} {piece}"
        elif piece.strip():
            result.append(piece.strip())
    return result


def short_sentences(text: str) -> list[str]:
    """Return the sentences of a text; one that is longer than any author's is cut between words.

    What is looked for in a sentence is compared with all that is found in it, so its length is bounded.

    >>> [len(part) for part in short_sentences("They lead. They plan " + "and plan " * 150)]
    [10, 999, 359]
    """
    return [part for sentence in split_sentences(text) for part in _PART.findall(sentence)]
