"""A document in parts, and the lines that could be the headings of them."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass, field

from loaders.language.patterns import any_case
from loaders.language.sentences import split_sentences
from loaders.layout.headings import heading
from loaders.layout.lines import Line

LONGEST_TITLE = 90
MOST_WORDS = 12
GROUP = any_case(r"(?:[a-z]+ (?:and [a-z]+ )?)?(?:skills|development|learning)|leadership|wellbeing")
"""Names of groups within a list."""
GROUPS_OF_CRITERIA = frozenset({"education", "skills", "behaviours", "competencies", "learning"})
"""Parts that are groups where they stand in a person specification."""
_LEAD = any_case(
    r"(?:(?:as|in|to|for) [^:;]{2,60}?,? )?(?:you|your|we|they|those|it"
    r"|(?:the|this|each|an?) (?:[a-z-]+ ){0,2}?(?:candidate|applicant|appointee|officer|individual|person|role|job|post"
    r"|position|(?:post|role|job) ?-?holder)s?|applicants?|candidates?|officers?"
    r"|(?:the |your )?(?:(?:main|key|other|specific|principal) )*(?:duties|responsibilities|tasks))\b[^:;]*:"
)
"""A clause on the holder, or on who applies, that waits for its list."""


_LONGEST_LABEL, _FEWEST_LABELS = 3, 2


@dataclass(slots=True)
class Section:
    """A part of a document: what it is, and its lines below the heading."""

    kind: str
    title: Line | None
    lines: list[Line] = field(default_factory=list)
    closed: bool = False
    """Whether it is a label with its value: what stands below goes on with the part above."""


@dataclass(slots=True)
class Outline:
    """A document in parts: `frames` holds what is furniture, `head` what stands before all parts."""

    head: list[Line] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    frames: list[Line] = field(default_factory=list)
    lone: frozenset[int] = frozenset()
    """First lines of those that stand apart with a number, and have none with a number right below."""

    def of(self, *kinds: str) -> list[Section]:
        """Return the parts of these kinds, in the order of the document."""
        return [section for section in self.sections if section.kind in kinds]

    @property
    def current(self) -> Section | None:
        """Return the part that goes on, or none before the first."""
        return next((section for section in reversed(self.sections) if not section.closed), None)


def is_titled(line: Line) -> bool:
    """Return whether a line could be a heading: short, unmarked, begun with a capital, ended without a stop."""
    return (
        not line.mark
        and len(line.text) <= LONGEST_TITLE
        and sum(any(map(str.isalnum, word)) for word in line.text.split()) <= MOST_WORDS
        and not line.text.endswith((".", ";", ",", "!"))
        and not line.text[:1].islower()
    )


def leads_to_list(text: str) -> bool:
    """Return whether a line is a clause that a list completes item by item, and no item with parts of its own.

    >>> [leads_to_list(text) for text in ("Your main duties will be to:", "Applicants must:", "Lead the team by:")]
    [True, True, False]
    """
    return _LEAD.fullmatch(text) is not None and len(split_sentences(text)) == 1


def kind_of(line: Line) -> str | None:
    """Return the part that a line opens by all its words, or none."""
    opened = heading(line.text)
    return opened.kind if opened else None


def first_lines_of_labels(lines: Sequence[Line]) -> frozenset[int]:
    """Return the first lines of words that stand over sentences, each over its own: they say what those are about."""
    short = [
        len(line.text.split()) <= _LONGEST_LABEL and not line.text.endswith((".", ";", ":", "!", "?")) for line in lines
    ]
    sentences = [line.text.endswith(".") and len(line.text.split()) > _LONGEST_LABEL for line in lines]
    if sum(short) < _FEWEST_LABELS or any(map(operator.eq, short, sentences)):
        return frozenset()
    over = all(below for is_label, below in zip(short, (*sentences[1:], False), strict=True) if is_label)
    return (
        frozenset(line.first for line, is_label in zip(lines, short, strict=True) if is_label) if over else frozenset()
    )
