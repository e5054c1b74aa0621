"""Number the items of lists as word processors do: counters by level, and how a count is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from loaders.formats.office.blocks import Paragraph

BULLET = "•"
_ROMAN = {1000: "m", 900: "cm", 500: "d", 400: "cd", 100: "c", 90: "xc", 50: "l", 40: "xl", 10: "x", 9: "ix"}
_ROMAN |= {5: "v", 4: "iv", 1: "i"}
_LARGEST_ROMAN = 3999
_LARGEST_LETTERS = 780
_LETTERS = 26
_LONGEST_MARK = 200
DEEPEST = 9
"""Level of lists, from 0, below which there is none."""

_WHOLE = re.compile(r"[+-]?\d{1,9}")


def whole(text: str | None, default: int = 0) -> int:
    """Return a whole number as files write it, the default for what is none."""
    return int(text) if text and _WHOLE.fullmatch(text) else default


def roman(count: int) -> str:
    """Return a count as a roman number; one that is too large for that, or below 1, in digits.

    >>> roman(4), roman(0)
    ('iv', '0')
    """
    if not 0 < count <= _LARGEST_ROMAN:
        return str(count)
    written = ""
    for value, letters in _ROMAN.items():
        times, count = divmod(count, value)
        written += letters * times
    return written


def letters(count: int) -> str:
    """Return a count as letters, doubled after z; one that is too large for that, or below 1, in digits.

    >>> letters(2), letters(28), letters(0)
    ('b', 'bb', '0')
    """
    if not 0 < count <= _LARGEST_LETTERS:
        return str(count)
    times, letter = divmod(count - 1, _LETTERS)
    return chr(ord("a") + letter) * (times + 1)


def ordinal(count: int) -> str:
    """Return a count as an ordinal number.

    >>> ordinal(1), ordinal(12), ordinal(23)
    ('1st', '12th', '23rd')
    """
    ending = "th" if count // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{ending}"


WRITTEN: Mapping[str, Callable[[int], str]] = {
    **dict.fromkeys(("lowerLetter", "a", "lower-alpha"), letters),
    **dict.fromkeys(("upperLetter", "A", "upper-alpha"), lambda count: letters(count).upper()),
    **dict.fromkeys(("lowerRoman", "i", "lower-roman"), roman),
    **dict.fromkeys(("upperRoman", "I", "upper-roman"), lambda count: roman(count).upper()),
    **dict.fromkeys(("decimalZero", "01, 02, 03, ..."), "{:02}".format),
    **dict.fromkeys(("ordinal", "1st"), ordinal),
    **dict.fromkeys(("none", "bullet", ""), lambda _: ""),
}
"""How a count is written, by the names of Word, OpenDocument and web pages; any other is written in digits."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its items are counted and marked."""

    kind: str = "bullet"
    """A name of WRITTEN, "decimal" or "bullet"."""
    text: str = ""
    """What is printed, as "%1.%2."; %2 is the count of the second level."""
    start: int = 1
    restarts_after: int | None = None
    """Level, from 1, at or above which an item lets this one begin again; 0 for none, nothing for any above it."""
    in_digits: bool = False
    """Whether the counts of all levels are in digits here."""
    indent: int = 0
    style: str = ""
    """The style of paragraphs that stand on this level."""


class Counters:
    """The counts of one list, by level from 0."""

    def __init__(self) -> None:
        """Begin before the first item."""
        self._counts: dict[int, int] = {}

    def begin(self, level: int, start: int) -> None:
        """Let the next item of a level have this number."""
        self._counts[level] = start - 1

    def number(self, paragraph: Paragraph, levels: Mapping[int, Level], at: int) -> None:
        """Count an item, and give it its mark and level, and its indent where it has none of its own."""
        paragraph.mark = self.mark(levels, at)
        paragraph.level = at + 1 if paragraph.mark and not paragraph.look.heading else 0
        if paragraph.look.indent is None:
            paragraph.look = replace(paragraph.look, indent=levels.get(at, Level()).indent)

    def mark(self, levels: Mapping[int, Level], at: int) -> str:
        """Count an item and return its mark; empty for a level that prints none."""
        level = levels.get(at, Level())
        for above in (above for above in levels if above < at):
            self._counts.setdefault(above, levels[above].start)
        self._counts[at] = self._counts.get(at, level.start - 1) + 1
        for other in [other for other in self._counts if other > at]:
            after = levels[other].restarts_after if other in levels else None
            if at < (other if after is None else after):
                del self._counts[other]
        if level.kind == "bullet":
            return BULLET if level.text.strip() else ""
        pattern = level.text[:_LONGEST_MARK]
        mark = re.sub(r"%([1-9])", lambda match: self._written(levels, int(match[1]) - 1, level), pattern, count=9)
        return mark[:_LONGEST_MARK].strip()

    def _written(self, levels: Mapping[int, Level], at: int, of: Level) -> str:
        level = levels.get(at, Level("decimal"))
        count = self._counts.get(at, level.start)
        return WRITTEN.get("decimal" if of.in_digits else level.kind, str)(count)
