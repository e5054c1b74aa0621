"""Order the editions of a series: which takes the place of which, and from which day.

All of a series is computed anew at each load, so the order of loading changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Edition:
    """One edition, as it stands by itself."""

    id: str
    code: str | None
    version: str | None
    valid_from: str | None
    """The day from which it counts by itself (graph/days.py); none where nothing tells."""


@dataclass(frozen=True)
class Place:
    """Where an edition stands in its series."""

    id: str
    valid_from: str | None
    valid_to: str | None
    supersedes: tuple[str, ...]
    beside: tuple[str, ...]
    """Editions that it cannot be ordered against: both stay open, and a note names them."""


def order(editions: Sequence[Edition]) -> tuple[Place, ...]:
    """Return the place of each edition, in the order of their ids.

    By version where both have one of the same code, else by valid_from. A later version counts no
    earlier than the one before it. An edition of unknown age supersedes nothing and stays open.

    >>> old, new = order([Edition("r@v1.9", "R", "1.9", "2020-01-01"), Edition("r@v1.10", "R", "1.10", None)])
    >>> old.supersedes, old.valid_from, old.valid_to
    (('r@v1.9',), '2020-01-01', None)
    >>> new.valid_to
    '2020-01-01'
    """
    start = {edition.id: _start(edition, editions) for edition in editions}
    places = []
    for edition in sorted(editions, key=lambda one: one.id):
        later = [other for other in editions if _before(edition, other)]
        earlier = [other for other in editions if _before(other, edition)]
        end = min((day for other in later if (day := start[other.id]) is not None), default=None)
        nearest = sorted(one.id for one in earlier if not any(_before(one, other) for other in earlier))
        beside = sorted(other.id for other in editions if other not in (*later, *earlier, edition))
        places.append(Place(edition.id, start[edition.id], end, tuple(nearest), tuple(beside)))
    return tuple(places)


def _start(edition: Edition, editions: Sequence[Edition]) -> str | None:
    """An edition is no older than any version before it."""
    before = (one for one in editions if _versions(one, edition) and _number(one) < _number(edition))
    return max((day for one in (edition, *before) if (day := one.valid_from) is not None), default=None)


def _before(one: Edition, other: Edition) -> bool:
    if _versions(one, other) and _number(one) != _number(other):
        return _number(one) < _number(other)
    return bool(one.valid_from and other.valid_from and one.valid_from < other.valid_from)


def _versions(one: Edition, other: Edition) -> bool:
    return bool(one.version and other.version and one.code == other.code)


def _number(edition: Edition) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", edition.version or ""))
