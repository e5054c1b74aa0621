"""Hide numbers of one to four people where no other number leads back to them."""

from __future__ import annotations

from collections.abc import Mapping

LEAST = 5
"""People that a number shown to the aggregate audience stands for at least."""

FEW = "<5"
"""Shown for a number of one to four people where no other number leads back to it."""

HIDDEN = "[c]"
"""Shown, c for confidential, where numbers add up: for what is too small and, just the same, for what hides it."""


def covered(counts: Mapping[str, int]) -> set[str]:
    """Return which parts of a sum to hide: small ones and, because the sum may be known, more until they are five.

    >>> sorted(covered({"now": 2, "12m": 0, "24m": 6, "no": 30})), covered({"now": 0, "no": 7})
    (['24m', 'now'], set())
    """
    hidden = {name for name, number in counts.items() if 0 < number < LEAST}
    waiting = sorted((name for name in counts if name not in hidden), key=lambda name: (not counts[name], counts[name]))
    while hidden and waiting and sum(counts[name] for name in hidden) < LEAST:
        hidden.add(waiting.pop(0))
    return hidden


def few(number: int) -> int | str:
    """Return a number of people, or `FEW` for one to four.

    >>> [few(number) for number in (0, 1, 4, 5)]
    [0, '<5', '<5', 5]
    """
    return FEW if 0 < number < LEAST else number
