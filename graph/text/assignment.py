"""Score many texts against many, and find the optimal one-to-one assignment; alone in knowing numpy and scipy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from numpy.typing import NDArray


_BLOCK = 500
"""Rows scored at a time: so many against 4,000 texts take 16 MB."""


class Scores:
    """The score of every old text with every new one, as `likeness` gives it, where it is at least `least`."""

    def __init__(self, old: Sequence[frozenset[str]], new: Sequence[frozenset[str]], least: float) -> None:
        self._shape = (len(old), len(new))
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
        found = order[first:last]
        nearest = found[np.lexsort((others[found], -self.values[found]))[:most]]
        return {int(others[at]): float(self.values[at]) for at in nearest}


def _scored(
    old: Sequence[frozenset[str]], new: Sequence[frozenset[str]], least: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    known = {stem: place for place, stem in enumerate(sorted(frozenset().union(*old, *new)))}
    one, other = _incidence(old, known), _incidence(new, known).T.tocsr()
    lengths = np.array([len(stems) for stems in new], dtype=np.float64)
    found = []
    for start in range(0, len(old), _BLOCK):
        shared = (one[start : start + _BLOCK] @ other).tocoo()
        own = np.array([len(stems) for stems in old[start : start + _BLOCK]], dtype=np.float64)
        values = np.round(200 * shared.data / (own[shared.row] + lengths[shared.col]), 1)
        near = values >= least
        found.append((shared.row[near].astype(np.int64) + start, shared.col[near].astype(np.int64), values[near]))
    if not found:
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0)
    rows, columns, values = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return rows, columns, values


def _incidence(texts: Sequence[frozenset[str]], known: dict[str, int]) -> csr_array:
    rows = [number for number, stems in enumerate(texts) for _ in stems]
    columns = [known[stem] for stems in texts for stem in stems]
    return csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(texts), len(known)))


def best(rows: NDArray[np.int64], columns: NDArray[np.int64], gains: NDArray[np.float64]) -> list[tuple[int, int]]:
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
    found: list[tuple[int, int]] = []
    for part in np.split(order, cuts):
        found += _solved(rows[part], columns[part], gains[part])
    return sorted(found)


def _solved(rows: NDArray[np.int64], columns: NDArray[np.int64], gains: NDArray[np.float64]) -> list[tuple[int, int]]:
    olds, row = np.unique(rows, return_inverse=True)
    news, column = np.unique(columns, return_inverse=True)
    table = np.zeros((len(olds), len(news)))
    table[row, column] = gains
    chosen = zip(*linear_sum_assignment(table, maximize=True), strict=True)
    return [(int(olds[one]), int(news[other])) for one, other in chosen if table[one, other] > 0]
