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
from itertools import takewhile
from operator import attrgetter
from typing import NamedTuple

from graph.ids import even_marks
from graph.nodes import Model
from loaders.language.patterns import any_case

_GAP = r"(?:[ ]+|[ ]*\n[ ]*)"
_LOOSE_GAP = r"(?:[ ]*[:,;-]+[ ]*|[ ]+|[ ]*\n[ ]*)"
_OPENS = re.compile(rf"{_GAP}\(")
_WORD_ENDS = re.compile(r"(?!\w)")
_ANY_CASE_WORDS = 3
_SPACED_LETTERS = 3
_LONGEST_ABBREVIATION = 14


class Name(Model):
    """One form under which a thing is known in a document."""

    entity_id: str
    text: str
    any_case: bool = False
    exact: bool = False
    loose: bool = False
    apart: bool = False
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()


class NameMention(NamedTuple):
    """A place where a name is printed."""

    start: int
    end: int
    entity_id: str
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
        self._by_word: dict[str, list[tuple[Name, list[str]]]] = {}
        self._by_entity: dict[str, list[Name]] = {}
        for name in self.names:
            self._by_entity.setdefault(name.entity_id, []).append(name)
            first, *others = _first_words(name.text)
            self._by_word.setdefault(first, []).append((name, others))
            if _is_abbreviation(name.text):
                self._by_word.setdefault(name.text[0].casefold(), []).append((name, list(name.text[1:].casefold())))

    def with_names(self, names: Iterable[Name]) -> Lexicon:
        """Return a lexicon of these names and some more: this one, with what it found before, where there are none."""
        more = tuple(names)
        return Lexicon((*self.names, *more)) if more else self

    def find(self, text: str, inside: Mapping[str, tuple[str, ...]] | None = None) -> tuple[NameMention, ...]:
        """Return the places where names are printed, in their order; where two overlap the longer counts.

        Args:
            text: Words of a document, as printed.
            inside: For a thing, the things that it is a part of: their names count inside its own.
        """
        even_text, taken = even_marks(text), self._outermost(text)
        inner = [
            mention
            for outer in taken
            for part in (inside or {}).get(outer.entity_id, ())
            for mention in _apart(self._of(part, text, even_text, outer))
        ]
        return tuple(sorted([*taken, *inner]))

    @lru_cache(maxsize=64)  # noqa: B019 -- a sentence is asked for by several readers in turn
    def _outermost(self, text: str) -> tuple[NameMention, ...]:
        return tuple(_apart(dict.fromkeys(self._places(text, even_marks(text)))))

    def _places(self, text: str, even_text: str) -> Iterable[NameMention]:
        places, words = _words(even_text)
        for at, word in enumerate(words):
            for name, others in self._by_word.get(word, ()):
                if others and others != words[at + 1 : at + 1 + len(others)]:
                    continue
                place = places[at]
                end = self._end(name, even_text, place)
                if end and not _belongs_elsewhere(name, even_text, place, end):
                    start = _with_owner(name, even_text, place)
                    yield NameMention(start, end, name.entity_id, text[start:end])

    def _end(self, name: Name, even_text: str, place: int) -> int:
        """Return where a name ends that is printed from a place on, its abbreviation in brackets with it; else 0."""
        bracket = "" if name.apart else self._brackets.get(name.entity_id, "")
        end = place + len(name.text)
        whole = name.text[-1].isalnum() and _WORD_ENDS.match(even_text, end)
        if (
            whole
            and even_text.startswith(even_marks(name.text), place)
            and not (bracket and _OPENS.match(even_text, end))
        ):
            return end
        match = _pattern(name.text, loose=name.loose, bracket=bracket).match(even_text, place)
        return match.end() if match and _fits(name, match["name"]) else 0

    def _of(self, entity_id: str, text: str, even_text: str, outer: NameMention) -> Iterable[NameMention]:
        """Yield the names of one thing inside another's, an abbreviation in brackets apart from its name."""
        for name in self._by_entity.get(entity_id, ()):
            for match in _pattern(name.text, loose=name.loose, bracket="").finditer(even_text, outer.start, outer.end):
                if _fits(name, match["name"]):
                    yield NameMention(match.start(), match.end(), entity_id, text[match.start() : match.end()])


@lru_cache(maxsize=64)
def _words(text: str) -> tuple[list[int], list[str]]:
    """Return where each word of a text starts, and the words in lower case."""
    words = list(re.finditer(r"\w+|&", text))
    return [word.start() for word in words], ["and" if word[0] == "&" else word[0].casefold() for word in words]


def _apart(candidates: Iterable[NameMention]) -> list[NameMention]:
    taken: list[NameMention] = []
    for mention in sorted(candidates, key=lambda one: (one.start - one.end, one.start)):
        place = bisect_left(taken, mention.end, key=attrgetter("start"))
        if place == 0 or taken[place - 1].end <= mention.start:
            taken.insert(place, mention)
    return taken


@lru_cache(maxsize=20_000)
def _first_words(name: str) -> list[str]:
    """Return the first word of a name, and those behind it up to one that is printed in more than one way."""
    words = even_marks(name).split()
    plain = list(takewhile(lambda word: "'" not in word, words))
    return _words(" ".join(plain or words[:1]))[1][: None if plain else 1]


def _is_abbreviation(name: str) -> bool:
    return name.isalpha() and name.isupper() and len(name) >= _SPACED_LETTERS


def _brackets(names: Sequence[Name]) -> dict[str, str]:
    """For each thing, what may stand in the brackets after its name: its one-word forms, or those with a word more."""
    forms: dict[str, list[str]] = {}
    for name in names:
        if not name.apart and len(name.text) <= _LONGEST_ABBREVIATION and any(one.isupper() for one in name.text[1:]):
            forms.setdefault(name.entity_id, []).append(re.escape(even_marks(name.text)))
    return {entity_id: "|".join(sorted(texts, key=len, reverse=True)) for entity_id, texts in forms.items()}


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


def _with_owner(name: Name, even_text: str, start: int) -> int:
    """Return where a name begins with its owner's name before it: "the College of Policing's ..."."""
    owner = next((one for one in name.owners if even_text.endswith(f"{one} ", 0, start)), None)
    return start - len(owner) - 1 if owner else start


def _fits(name: Name, printed: str) -> bool:
    """Return whether the case of what was found is one in which the name is known."""
    known, got = even_marks(name.text), " ".join(printed.split())
    if _evened(got) == _evened(known) or got == " ".join(known):
        return True
    count = len(known.split())
    if name.any_case and count > 1:
        return True
    if name.exact or "\n" in printed or count == 1:
        return False
    return count >= _ANY_CASE_WORDS or got.isupper() or (count > 1 and got[1:] == known[1:] and known[:4] == "the ")


def _evened(text: str) -> str:
    return text.replace("'", "").replace("&", "and")


def _belongs_elsewhere(name: Name, even_text: str, start: int, end: int) -> bool:
    if not (name.not_after or name.not_before):
        return False
    before = even_text[max(0, start - 40) : start].rstrip(" (\n")
    after = even_text[end : end + 40]
    return bool(
        (name.not_after and _one_of(name.not_after, r"(?<!\w)(?:{})$").search(before))
        or (name.not_before and _one_of(name.not_before, r"(?:{})(?!\w)").match(after.lstrip()))
    )


@cache
def _one_of(words: tuple[str, ...], form: str) -> re.Pattern[str]:
    return any_case(form.format("|".join(map(re.escape, words))))
