"""Find names in a text: the longest form first, whole words, in the case that the name demands.

Quotes of both kinds are equal, a no-break space is a space, "and" is "&". A name of three words or
more is known in any case, one of two as written or in capitals, a single word only as written; a
name as written may run over a line break. "Name (ABC)" is one mention.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from operator import attrgetter
from typing import NamedTuple

from graph.ids import even_marks
from graph.nodes import Model
from loaders.language.patterns import any_case

_GAP = r"(?:[ ]+|[ ]*\n[ ]*)"
_LOOSE_GAP = r"(?:[ ]*[:,;-]+[ ]*|[ ]+|[ ]*\n[ ]*)"
_ANY_CASE_WORDS = 3
_SPACED_LETTERS = 3
_LONGEST_ABBREVIATION = 14


class Name(Model):
    """One form under which a thing is known in a document."""

    thing: str
    text: str
    any_case: bool = False
    exact: bool = False
    loose: bool = False
    apart: bool = False
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()


class Found(NamedTuple):
    """A place where a name is printed."""

    start: int
    end: int
    thing: str
    text: str


def line_of(text: str, place: int) -> int:
    """Return the 1-based line on which a place of a text stands."""
    return bisect_left(_breaks(text), place) + 1


@lru_cache(maxsize=4)
def _breaks(text: str) -> tuple[int, ...]:
    return tuple(match.start() for match in re.finditer("\n", text))


class Lexicon:
    """Names in a shape that finds them fast: by the first word of each."""

    def __init__(self, names: Iterable[Name]) -> None:
        self.names = tuple(names)
        self._brackets = _brackets(self.names)
        self._by_word: dict[str, list[Name]] = {}
        self._by_thing: dict[str, list[Name]] = {}
        for name in self.names:
            self._by_thing.setdefault(name.thing, []).append(name)
            self._by_word.setdefault(_first_word(name.text), []).append(name)
            if _is_abbreviation(name.text):
                self._by_word.setdefault(name.text[0].casefold(), []).append(name)

    def find(self, text: str, inside: Mapping[str, tuple[str, ...]] | None = None) -> tuple[Found, ...]:
        """Return the places where names are printed, in their order; where two overlap the longer counts.

        Args:
            text: Words of a document, as printed.
            inside: For a thing, the things that it is a part of: their names count inside its own.
        """
        plain = even_marks(text)
        taken = _apart(set(self._places(text, plain)))
        inner = [
            found
            for outer in taken
            for thing in (inside or {}).get(outer.thing, ())
            for found in _apart(self._of(thing, text, plain, outer))
        ]
        return tuple(sorted([*taken, *inner]))

    def _places(self, text: str, plain: str) -> Iterable[Found]:
        for word in re.finditer(r"\w+", plain):
            for name in self._by_word.get(word[0].casefold(), ()):
                bracket = "" if name.apart else self._brackets.get(name.thing, "")
                match = _pattern(name.text, loose=name.loose, bracket=bracket).match(plain, word.start())
                if match and _fits(name, match["name"]) and not _belongs_elsewhere(name, plain, match):
                    start = _with_owner(name, plain, match.start())
                    yield Found(start, match.end(), name.thing, text[start : match.end()])

    def _of(self, thing: str, text: str, plain: str, outer: Found) -> Iterable[Found]:
        """Yield the names of one thing inside another's, an abbreviation in brackets apart from its name."""
        for name in self._by_thing.get(thing, ()):
            for match in _pattern(name.text, loose=name.loose, bracket="").finditer(plain, outer.start, outer.end):
                if _fits(name, match["name"]):
                    yield Found(match.start(), match.end(), thing, text[match.start() : match.end()])


def _apart(candidates: Iterable[Found]) -> list[Found]:
    taken: list[Found] = []
    for found in sorted(candidates, key=lambda one: (one.start - one.end, one.start)):
        place = bisect_left(taken, found.end, key=attrgetter("start"))
        if place == 0 or taken[place - 1].end <= found.start:
            taken.insert(place, found)
    return taken


def _first_word(name: str) -> str:
    return re.split(r"\W", even_marks(name).casefold(), maxsplit=1)[0]


def _is_abbreviation(name: str) -> bool:
    return name.isalpha() and name.isupper() and len(name) >= _SPACED_LETTERS


def _brackets(names: Sequence[Name]) -> dict[str, str]:
    """For each thing, what may stand in the brackets after its name: its one-word forms, or those with a word more."""
    forms: dict[str, list[str]] = {}
    for name in names:
        if not name.apart and len(name.text) <= _LONGEST_ABBREVIATION and any(one.isupper() for one in name.text[1:]):
            forms.setdefault(name.thing, []).append(re.escape(even_marks(name.text)))
    return {thing: "|".join(sorted(found, key=len, reverse=True)) for thing, found in forms.items()}


@cache
def _pattern(text: str, *, loose: bool, bracket: str) -> re.Pattern[str]:
    gap = _LOOSE_GAP if loose else _GAP
    words = gap.join(_word(word) for word in even_marks(text).split())
    form = f"{words}|{' '.join(text)}" if _is_abbreviation(text) else words
    after = rf"(?:{_GAP}\((?:the )?['\"]?(?:{bracket})s?['\"]?\))?" if bracket else ""
    return any_case(rf"(?<!\w)(?P<name>{form})(?!\w){after}")


def _word(word: str) -> str:
    if word in {"and", "&"}:
        return "(?:and|&)"
    return re.escape(word).replace("'", "'?")


def _with_owner(name: Name, plain: str, start: int) -> int:
    """Return where a name begins with its owner's name before it: "the College of Policing's ..."."""
    owner = next((one for one in name.owners if plain.endswith(f"{one} ", 0, start)), None)
    return start - len(owner) - 1 if owner else start


def _fits(name: Name, found: str) -> bool:
    """Return whether the case of what was found is one in which the name is known."""
    wanted, got = even_marks(name.text), " ".join(found.split())
    if _evened(got) == _evened(wanted) or got == " ".join(wanted):
        return True
    count = len(wanted.split())
    if name.any_case and count > 1:
        return True
    if name.exact or "\n" in found or count == 1:
        return False
    return count >= _ANY_CASE_WORDS or got.isupper() or (count > 1 and got[1:] == wanted[1:] and wanted[:4] == "the ")


def _evened(text: str) -> str:
    return text.replace("'", "").replace("&", "and")


def _belongs_elsewhere(name: Name, plain: str, match: re.Match[str]) -> bool:
    before = plain[max(0, match.start() - 40) : match.start()].rstrip(" (\n")
    after = plain[match.end() : match.end() + 40]
    return any(re.search(rf"(?<!\w){re.escape(word)}$", before, re.IGNORECASE) for word in name.not_after) or any(
        re.match(rf"{re.escape(word)}(?!\w)", after.lstrip(), re.IGNORECASE) for word in name.not_before
    )
