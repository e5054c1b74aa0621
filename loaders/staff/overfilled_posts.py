"""Find posts held substantively beyond their establishment, and people substantively in more than one whole post.

Rows are taken in their order; one that goes beyond what the earlier ones leave, on any day, is at fault.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_FIRST, _LAST = "", "9999-12-31"
_GRAIN = 1e-6
"""Parts such as 0.33 do not add up to whole posts exactly."""


@dataclass(frozen=True)
class Span:
    """One row: whose it is, how much that one may have at most, and how much it takes from when until when."""

    whose: str
    most: float
    row: int
    begins: str | None
    ends: str | None
    fte: float


@dataclass(frozen=True)
class Excess:
    """A row that goes beyond: the sum that it would make, on which day, and with which earlier rows."""

    span: Span
    total: float
    day: str
    beside: tuple[int, ...]


def find_excesses(spans: Iterable[Span]) -> Iterator[Excess]:
    """Yield the rows that go beyond; `spans` are sorted by whose they are and by row.

    >>> spans = [Span("A", 1, 2, None, None, 1), Span("A", 1, 3, "2026-01-01", None, 0.5)]
    >>> [excess.span.row for excess in find_excesses(spans)]
    [3]
    """
    for _, group in itertools.groupby(spans, key=lambda span: span.whose):
        kept: list[Span] = []
        for span in group:
            if excess := _find_excess(span, kept):
                yield excess
            else:
                kept.append(span)


def _find_excess(span: Span, kept: list[Span]) -> Excess | None:
    beside = [one for one in kept if _begins(one) <= _ends(span) and _begins(span) <= _ends(one)]
    for day in sorted({_begins(one) for one in (*beside, span) if _begins(one) >= _begins(span)}):
        there = [one for one in beside if _begins(one) <= day <= _ends(one)]
        total = span.fte + sum(one.fte for one in there)
        if total > span.most + _GRAIN:
            return Excess(span, total, day, tuple(one.row for one in there))
    return None


def _begins(span: Span) -> str:
    return span.begins or _FIRST


def _ends(span: Span) -> str:
    return span.ends or _LAST
