"""Align the statements of two texts: pair those that say the same, and name how each changed.

Statements are scored by the stems they share (graph/text/likeness.py). Equal ones are paired first, the others by the
optimal one-to-one assignment; one that is left over may then join a pair as a part of it (split, merged).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, min_weight_full_bipartite_matching

from graph.ids import even
from graph.text.likeness import SIMILAR, likeness, stems
from graph.text.rewording import change

if TYPE_CHECKING:
    from numpy.typing import NDArray

PART = 25.0
"""A statement that joins a pair scores at least this with the one that it is a part of."""

ADDS = 0.5
"""At least this share of what a part adds to its pair stands in the other statement.

Measured on the real profiles and packs by tests/graph/text/test_alignment.py: parts that a reader finds hold 0.5
to 1 and score 38 to 55; others that would lift the score of their pair hold at most 0.44.
"""

AWAY = 25.0
"""A statement has moved if one of another place scores so much more than those of its own place.

In the real documents one statement moved; the difference is 47.
"""

REPEATED = 50.0
"""A statement is repeated where it stood before it moved if it scores at least this; one real statement scores 53."""

_NEAREST = 10
"""A part is looked for in so many statements, the nearest first."""

_OPEN = frozenset({"reworded", "moved", "split", "merged"})
"""Changes of a pair that a part may join: a pair of the same words has no room for one."""

_BLOCK = 500
"""Rows scored at a time: so many against 4,000 texts take 16 MB."""


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
    alignment = _Alignment(old, new)
    alignment.pair_equal()
    if alike:
        alignment.pair_best()
        alignment.join_parts()
        alignment.pair_repeats()
    return alignment.pairs()


class Scores:
    """The score of every old text with every new one, as `likeness` gives it, where it is at least `least`."""

    def __init__(self, old: Sequence[frozenset[str]], new: Sequence[frozenset[str]], least: float) -> None:
        self.rows, self.columns, self.values = _scored(old, new, least)
        self._by_row = np.argsort(self.rows, kind="stable")
        self._by_column = np.argsort(self.columns, kind="stable")

    def of_old(self, number: int, most: int) -> dict[int, float]:
        """Return the scores of the new texts that are nearest to an old one, the nearest first."""
        return self._nearest(self.rows, self._by_row, self.columns, number, most)

    def of_new(self, number: int, most: int) -> dict[int, float]:
        """Return the scores of the old texts that are nearest to a new one, the nearest first."""
        return self._nearest(self.columns, self._by_column, self.rows, number, most)

    def _nearest(
        self, keys: NDArray[np.int64], order: NDArray[np.int64], others: NDArray[np.int64], number: int, most: int
    ) -> dict[int, float]:
        first, last = np.searchsorted(keys, [number, number + 1], sorter=order)
        places = order[first:last]
        nearest = places[np.lexsort((others[places], -self.values[places]))[:most]]
        return {int(others[at]): float(self.values[at]) for at in nearest}


def _scored(
    old: Sequence[frozenset[str]], new: Sequence[frozenset[str]], least: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    known = {stem: place for place, stem in enumerate(sorted(frozenset().union(*old, *new)))}
    one, other = _incidence(old, known), _incidence(new, known).T.tocsr()
    lengths = np.array([len(stems) for stems in new], dtype=np.float64)
    blocks = []
    for start in range(0, len(old), _BLOCK):
        shared = (one[start : start + _BLOCK] @ other).tocoo()
        own = np.array([len(stems) for stems in old[start : start + _BLOCK]], dtype=np.float64)
        values = np.round(200 * shared.data / (own[shared.row] + lengths[shared.col]), 1)
        near = values >= least
        blocks.append((shared.row[near].astype(np.int64) + start, shared.col[near].astype(np.int64), values[near]))
    if not blocks:
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0)
    rows, columns, values = (np.concatenate(parts) for parts in zip(*blocks, strict=True))
    return rows, columns, values


def _incidence(texts: Sequence[frozenset[str]], known: dict[str, int]) -> csr_array:
    rows = [number for number, stems in enumerate(texts) for _ in stems]
    columns = [known[stem] for stems in texts for stem in stems]
    return csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(texts), len(known)))


class _Alignment:
    """The pairs found so far, and what is still without one."""

    def __init__(self, old: Sequence[Text], new: Sequence[Text]) -> None:
        self._of_old: defaultdict[int, list[Pair]] = defaultdict(list)
        self._of_new: defaultdict[int, list[Pair]] = defaultdict(list)
        self._of_whole = {"split": self._of_old, "merged": self._of_new}
        self._old, self._new = old, new
        self._free_old, self._free_new = set(range(len(old))), set(range(len(new)))
        self._old_stems = [frozenset(stems(text.words)) for text in old]
        self._new_stems = [frozenset(stems(text.words)) for text in new]
        self._scores = Scores(self._old_stems, self._new_stems, PART)

    def pairs(self) -> tuple[Pair, ...]:
        """Return the pairs in the order of the old text, then of the new."""
        unordered = (pair for pairs in self._of_old.values() for pair in pairs)
        return tuple(sorted(unordered, key=lambda pair: (pair.old, pair.new)))

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

    def pair_best(self) -> None:
        """Pair the rest one to one so that what all pairs score above SIMILAR is greatest together."""
        scores = self._scores
        free = [np.isin(np.arange(len(side)), list(left)) for side, left in self._sides()]
        near = (scores.values >= SIMILAR) & free[0][scores.rows] & free[1][scores.columns]
        rows, columns, values = scores.rows[near], scores.columns[near], scores.values[near]
        places = [np.array([text.place for text in side], dtype=object) for side, _ in self._sides()]
        away = places[0][rows] != places[1][columns]
        gains = np.maximum(values - SIMILAR - AWAY * away, 0) + values / 100
        for one, other in _best(rows, columns, gains):
            self._pair(one, other)

    def _sides(self) -> tuple[tuple[Sequence[Text], set[int]], ...]:
        return ((self._old, self._free_old), (self._new, self._free_new))

    def join_parts(self) -> None:
        """Add each statement left over to a pair as a part, where the joined text scores higher than the pair alone."""
        for number in sorted(self._free_new):
            self._join(number, self._scores.of_new(number, _NEAREST), "split")
        for number in sorted(self._free_old):
            self._join(number, self._scores.of_old(number, _NEAREST), "merged")

    def _join(self, part: int, near: Iterable[int], how: str) -> None:
        wholes, parts = (self._old_stems, self._new_stems) if how == "split" else (self._new_stems, self._old_stems)
        scored = []
        for whole in near:
            pairs = [pair for pair in self._of_whole[how][whole] if pair.change in _OPEN]
            joined = frozenset().union(*(parts[_ends(pair, how)[1]] for pair in pairs))
            added = parts[part] - joined
            after = _dice(joined | added, wholes[whole])
            adds = len(added & wholes[whole]) >= ADDS * len(added)
            if pairs and adds and after > _dice(joined, wholes[whole]):
                scored.append((after, -whole))
        if scored:
            score, whole = max(scored)
            self._mark(-whole, part, how, score)

    def _mark(self, whole: int, part: int, how: str, score: float) -> None:
        """Add a part, and mark all pairs of its whole as split or merged."""
        ends = [_ends(pair, how)[1] for pair in self._of_whole[how][whole]]
        for pair in list(self._of_whole[how][whole]):
            self._of_old[pair.old].remove(pair)
            self._of_new[pair.new].remove(pair)
        for end in (*ends, part):
            self._add(Pair(*((whole, end) if how == "split" else (end, whole)), how, score))

    def pair_repeats(self) -> None:
        """Pair a statement that moved also with one that repeats it where it stood."""
        moved = {pair.old for pair in self.pairs() if pair.change == "moved"}
        for number in sorted(self._free_new):
            scores = self._scores.of_new(number, _NEAREST).items()
            near = [
                (score, -one)
                for one, score in scores
                if one in moved and score >= REPEATED and not self._away(one, number)
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


def _best(rows: NDArray[np.int64], columns: NDArray[np.int64], gains: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Return the one-to-one pairs whose gains together are greatest, sorted; gains are above 0.

    What no chain of possible pairs ties together is solved apart, so that many texts take little more than few.
    """
    if not len(rows):
        return []
    olds, row = np.unique(rows, return_inverse=True)
    news, column = np.unique(columns, return_inverse=True)
    size = len(olds) + len(news)
    ties = coo_array((np.ones(len(row)), (row, column + len(olds))), shape=(size, size))
    _, group = connected_components(ties, directed=False)
    order = np.argsort(group[row], kind="stable")
    cuts = np.flatnonzero(np.diff(group[row][order])) + 1
    pairs: list[tuple[int, int]] = []
    for part in np.split(order, cuts):
        pairs += _solved(rows[part], columns[part], gains[part])
    return sorted(pairs)


def _solved(rows: NDArray[np.int64], columns: NDArray[np.int64], gains: NDArray[np.float64]) -> list[tuple[int, int]]:
    olds, row = np.unique(rows, return_inverse=True)
    news, column = np.unique(columns, return_inverse=True)
    table = np.zeros((len(olds), len(news)))
    table[row, column] = gains
    costs = csr_array(table.max() + 1 - table)  # above 0, for what is 0 counts as no edge
    chosen = zip(*min_weight_full_bipartite_matching(costs), strict=True)
    return [(int(olds[one]), int(news[other])) for one, other in chosen if table[one, other] > 0]
