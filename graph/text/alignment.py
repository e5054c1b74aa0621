"""Align the statements of two texts: which of one says what which of the other says, and how it changed.

Texts are scored by the stems they share (graph/text/likeness.py). What is equal is paired first; the rest by the
optimal one-to-one assignment; a statement that is left over joins a pair as a part of it (split, merged).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from graph.ids import even
from graph.text.assignment import Scores, best
from graph.text.likeness import SIMILAR, likeness, stems
from graph.text.rewording import change

PART = 25.0
"""A statement that joins a pair scores at least this with the one that it is a part of."""

ADDS = 0.5
"""At least this share of what a part adds to its pair stands in the other statement.

Measured on the real profiles and packs by tests/graph/text/test_alignment.py: parts that a reader finds hold 0.5
to 1 and score 38 to 55; others that would lift the score of their pair hold at most 0.44.
"""

AWAY = 25.0
"""Points by which a statement must be nearer to one of another place than to those of its own to have moved.

The one that did in the real documents is nearer by 47.
"""


AGAIN = 50.0
"""What stands where a statement moved away says it again if it scores this; in the real documents one does, 53."""

_NEAREST = 10
"""A part is looked for in so many statements, the nearest first."""

_OPEN = frozenset({"reworded", "moved", "split", "merged"})
"""A pair of the same words has no room for a part."""


@dataclass(frozen=True)
class Text:
    """One statement. Equal keys in one place are one thing, whatever their words."""

    words: str
    place: str = ""
    key: str = ""


@dataclass(frozen=True)
class Pair:
    """Two statements, by their number in either text, that say the same.

    change is identical, form, reworded, split, merged or moved; score is 0 to 100, that of the joined text
    where the pair is split or merged.
    """

    old: int
    new: int
    change: str
    score: float


def align(old: Sequence[Text], new: Sequence[Text], *, alike: bool = True) -> tuple[Pair, ...]:
    """Return the pairs of two texts, in the order of the old, then of the new; what is in no pair is left out.

    A statement stands in more than one pair where it was split or merged, or is now said twice. Unless they may
    be merely alike, only equal keys and equal texts are paired.

    >>> align([Text("Lead the team."), Text("Buy boats.")], [Text("Leading the team")])
    (Pair(old=0, new=0, change='form', score=100.0),)
    """
    found = _Alignment(old, new)
    found.pair_equal()
    if alike:
        found.assign()
        found.join()
        found.stay()
    return found.pairs()


class _Alignment:
    """The pairs found so far, and what is still without one."""

    def __init__(self, old: Sequence[Text], new: Sequence[Text]) -> None:
        self._of_old: defaultdict[int, list[Pair]] = defaultdict(list)
        self._of_new: defaultdict[int, list[Pair]] = defaultdict(list)
        self._old, self._new = old, new
        self._free_old, self._free_new = set(range(len(old))), set(range(len(new)))
        self._old_stems = [frozenset(stems(text.words)) for text in old]
        self._new_stems = [frozenset(stems(text.words)) for text in new]
        self._scores = Scores(self._old_stems, self._new_stems, PART)

    def pairs(self) -> tuple[Pair, ...]:
        """Return the pairs in the order of the old text, then of the new."""
        found = (pair for pairs in self._of_old.values() for pair in pairs)
        return tuple(sorted(found, key=lambda pair: (pair.old, pair.new)))

    def pair_equal(self) -> None:
        """Pair what has one key, then what has one text, in one place; then what has one text in two."""
        self._pair_by(lambda text: (text.place, text.key) if text.key else None)
        self._pair_by(lambda text: (text.place, even(text.words)))
        self._pair_by(lambda text: even(text.words))

    def _pair_by(self, mark: Callable[[Text], Hashable]) -> None:
        waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
        for number in sorted(self._free_new):
            waiting[mark(self._new[number])].append(number)
        waiting.pop(None, None)
        for number in sorted(self._free_old):
            if same := waiting.get(mark(self._old[number])):
                self._pair(number, same.pop(0))

    def assign(self) -> None:
        """Pair the rest one to one so that what all pairs score above SIMILAR is greatest together."""
        scores = self._scores
        free = [np.isin(np.arange(len(side)), list(left)) for side, left in self._sides()]
        near = (scores.values >= SIMILAR) & free[0][scores.rows] & free[1][scores.columns]
        rows, columns, values = scores.rows[near], scores.columns[near], scores.values[near]
        known = {
            place: number for number, place in enumerate({text.place for side, _ in self._sides() for text in side})
        }
        places = [np.array([known[text.place] for text in side], dtype=np.int64) for side, _ in self._sides()]
        away = places[0][rows] != places[1][columns]
        gains = np.maximum(values - SIMILAR - AWAY * away, 0) + values / 100
        for one, other in best(rows, columns, gains):
            self._pair(one, other)

    def _sides(self) -> tuple[tuple[Sequence[Text], set[int]], ...]:
        return ((self._old, self._free_old), (self._new, self._free_new))

    def join(self) -> None:
        """Let what is left over join a pair as a part, where the joined text scores higher than the pair alone."""
        for number in sorted(self._free_new):
            self._join(number, self._scores.of_new(number, _NEAREST), "split")
        for number in sorted(self._free_old):
            self._join(number, self._scores.of_old(number, _NEAREST), "merged")

    def _join(self, part: int, near: Iterable[int], how: str) -> None:
        wholes, parts = (self._old_stems, self._new_stems) if how == "split" else (self._new_stems, self._old_stems)
        found = []
        for whole in near:
            pairs = [pair for pair in self._pairs_of(whole, how) if pair.change in _OPEN]
            joined = frozenset().union(*(parts[_ends(pair, how)[1]] for pair in pairs))
            added = parts[part] - joined
            after = _dice(joined | added, wholes[whole])
            adds = len(added & wholes[whole]) >= ADDS * len(added)
            if pairs and adds and after > _dice(joined, wholes[whole]):
                found.append((after, -whole))
        if found:
            score, whole = max(found)
            self._mark(-whole, part, how, score)

    def _pairs_of(self, whole: int, how: str) -> list[Pair]:
        return self._of_old[whole] if how == "split" else self._of_new[whole]

    def _mark(self, whole: int, part: int, how: str, score: float) -> None:
        """Add a part, and let all pairs of its whole say so."""
        ends = [_ends(pair, how)[1] for pair in self._pairs_of(whole, how)]
        for pair in list(self._pairs_of(whole, how)):
            self._of_old[pair.old].remove(pair)
            self._of_new[pair.new].remove(pair)
        for end in (*ends, part):
            self._add(Pair(*((whole, end) if how == "split" else (end, whole)), how, score))

    def stay(self) -> None:
        """Let a statement that moved be paired with one that says it again where it stood."""
        moved = {pair.old for pair in self.pairs() if pair.change == "moved"}
        for number in sorted(self._free_new):
            scores = self._scores.of_new(number, _NEAREST).items()
            near = [
                (score, -one)
                for one, score in scores
                if one in moved and score >= AGAIN and not self._away(one, number)
            ]
            if near:
                self._pair(-max(near)[1], number)

    def _away(self, one: int, other: int) -> bool:
        return self._old[one].place != self._new[other].place

    def _pair(self, one: int, other: int) -> None:
        words = self._old[one].words, self._new[other].words
        score = _dice(self._old_stems[one], self._new_stems[other])
        self._add(Pair(one, other, "moved" if self._away(one, other) else change(*words), score))

    def _add(self, pair: Pair) -> None:
        self._of_old[pair.old].append(pair)
        self._of_new[pair.new].append(pair)
        self._free_old.discard(pair.old)
        self._free_new.discard(pair.new)


def _ends(pair: Pair, how: str) -> tuple[int, int]:
    """Return the whole and the part of a pair that is to be split or merged."""
    return (pair.old, pair.new) if how == "split" else (pair.new, pair.old)


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return likeness(tuple(sorted(one)), tuple(sorted(other)))
