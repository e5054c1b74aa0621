"""Where a rank is aimed at, outside England and Wales: which force that is, and whose rules of promotion hold there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.parameters.titles import force_named

if TYPE_CHECKING:
    from loaders.reference.rules import ElsewhereEntry

HOME = "england-and-wales"


def place_of(force: str | None) -> str | None:
    """Return the place of a force whose promotions are not those of England and Wales; none for other forces.

    >>> place_of("psni"), place_of("mps"), place_of(None)
    ('northern-ireland', None, None)
    """
    return next((one.id for one in _elsewhere() if one.body == force), None) if force else None


def place_named(name: str) -> str | None:
    """Return the place of a force by its name, England and Wales for most; none where no force has that name.

    >>> place_named("Police Scotland"), place_named("Kent"), place_named("Narnia")
    ('scotland', 'england-and-wales', None)
    """
    force = force_named(name)
    return (place_of(force) or HOME) if force else None


def elsewhere(place: str | None) -> ElsewhereEntry | None:
    """Return what is known of a place outside England and Wales; none for England and Wales, or no place."""
    return next((one for one in _elsewhere() if one.id == place), None) if place not in {None, HOME} else None


def why_not(rank: str, force: str | None) -> str | None:
    """Return why a force may not have a rank, where it is one whose ladder is not known to hold it.

    >>> why_not("uk/sergeant", "psni"), why_not("uk/sergeant", "nca")[:40]
    (None, 'The National Crime Agency has grades 1 t')
    """
    entry = elsewhere(place_of(force))
    return entry.rules if entry and rank not in entry.ranks else None


def _elsewhere() -> tuple[ElsewhereEntry, ...]:
    from loaders.reference import rules  # a name without a force needs none of it

    return rules.elsewhere()
