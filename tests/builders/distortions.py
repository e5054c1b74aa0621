"""Damage that documents suffer on their way: wrapping, other bullets, page numbers, lost marks and the like."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from random import Random
from textwrap import wrap

Lines = list[str]
_ITEM = re.compile(r"^(\s*)(?:[•●*-]|\d{1,2}[.)])\s+(?=\S)")
_TITLE = re.compile(r"[A-Z][\w ,&/()'’-]{2,60}:?")


def _wrapped(width: int) -> Callable[[Lines, Random], Lines]:
    def damage(lines: Lines, _: Random) -> Lines:
        return [part for line in lines for part in (wrap(line, width) if len(line) > width else [line])]

    return damage


def _marked(mark: str) -> Callable[[Lines, Random], Lines]:
    return lambda lines, _: [_ITEM.sub(rf"\g<1>{mark}", line) for line in lines]


def _numbers_alone(lines: Lines, _: Random) -> Lines:
    number, result = 0, []
    for line in lines:
        if match := _ITEM.match(line):
            number += 1
            result += [f"{number}.", line[match.end() :]]
        else:
            number = 0 if line.strip() else number
            result.append(line)
    return result


def _capital_headings(lines: Lines, _: Random) -> Lines:
    return [line.upper() if _TITLE.fullmatch(line.strip()) and len(line.split()) < 7 else line for line in lines]


def _between(words: Callable[[int], str]) -> Callable[[Lines, Random], Lines]:
    """Put a line between two bullets, now and then, as the end of a page does."""

    def damage(lines: Lines, random: Random) -> Lines:
        result: Lines = []
        page = 1
        for line in lines:
            if result and _ITEM.match(line) and _ITEM.match(result[-1]) and random.random() < 0.3:
                page += 1
                result.append(words(page))
            result.append(line)
        return result

    return damage


def _divided(lines: Lines, random: Random) -> Lines:
    """Divide a long word at the end of some lines, as a printed page does."""
    result = []
    for line in lines:
        words = line.split(" ")
        places = [place for place, word in enumerate(words) if len(word) > 9 and word.isalpha() and place > 8]
        if places and random.random() < 0.5:
            place = random.choice(places)
            word = words[place]
            result += [" ".join([*words[:place], f"{word[:5]}-"]), " ".join([word[5:], *words[place + 1 :]])]
        else:
            result.append(line)
    return result


def _entities(lines: Lines, _: Random) -> Lines:
    return [line.replace("&", "&amp;").replace("’", "&rsquo;").replace("•", "&bull;") for line in lines]


def _ligatures(lines: Lines, _: Random) -> Lines:
    return [line.replace("ffi", "ﬃ").replace("fi", "ﬁ").replace("fl", "ﬂ") for line in lines]


def _soft_hyphens(lines: Lines, random: Random) -> Lines:
    return [
        re.sub(r"\b(\w{5})(\w{4,})", lambda m: f"{m[1]}\u00ad{m[2]}" if random.random() < 0.3 else m[0], line)
        for line in lines
    ]


DISTORTIONS: dict[str, Callable[[Lines, Random], Lines]] = {
    "wrapped at 40": _wrapped(40),
    "wrapped at 72": _wrapped(72),
    "section signs": _marked("§ "),
    "crossed letters": _marked("Ø "),
    "letters q": _marked("q "),
    "diamonds": _marked("◆ "),
    "arrows": _marked("→ "),
    "numbers alone": _numbers_alone,
    "no marks": _marked(""),
    "headings in capitals": _capital_headings,
    "dashes for colons": lambda lines, _: [re.sub(r":$", " –", line) for line in lines],
    "entities": _entities,
    "ligatures": _ligatures,
    "soft hyphens": _soft_hyphens,
    "divided words": _divided,
    "page numbers between": _between(str),
    "dates between": _between(lambda page: f"{page} March 2023"),
    "versions between": _between(lambda _: "Version 2.1"),
    "blank lines doubled": lambda lines, _: [part for line in lines for part in ([line, ""] if not line else [line])],
    "tabs": lambda lines, _: [re.sub(r"^ +", "\t", line) for line in lines],
    "carriage returns": lambda lines, _: ["\r".join(lines)],
    "decomposed letters": lambda lines, _: [unicodedata.normalize("NFD", line) for line in lines],
    "running head": _between(lambda _: "Metropolitan Police Service"),
}
"""Each returns the lines of a document with one kind of damage, the same for the same random numbers."""
