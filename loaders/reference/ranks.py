"""The ranks and roles of the reference data, and which of the ranks that share a title is meant."""

from __future__ import annotations

import re
from functools import cache

from pydantic import Field

from graph.nodes import Ladder, ProfileLevel
from loaders.reference.entries import Entry, entries
from loaders.reference.names import bodies, courses

_FORCES = {"mps": "mps", "city": "city-of-london-police"}


class RankEntry(Entry):
    """A rank on its ladder, and how documents print it."""

    id: str
    name: str
    short_name: str
    step: int = Field(ge=1, le=11)
    ladder: Ladder
    profile_level: ProfileLevel
    insignia: str | None = None
    titles: tuple[str, ...] = Field((), description="Further titles that documents print, in any case")
    abbreviations: tuple[str, ...] = Field((), description="Printed in these capitals only")
    aliases: tuple[str, ...] = Field((), description="Names a person may give it, in lower case")
    not_after: tuple[str, ...] = Field((), description="Words before the title that make it another thing")
    not_before: tuple[str, ...] = Field((), description="Words after the title that make it another thing")
    only_after: tuple[str, ...] = Field((), description="The capitalised words that may stand before the title")
    term_months: int | None = Field(None, description="Longest fixed term that law sets for the rank")
    says: str


class RoleEntry(Entry):
    """A role that is no rank, or says more than its rank."""

    id: str = Field(pattern="^role/")
    name: str
    short_name: str | None = None
    aliases: tuple[str, ...] = Field((), description="Other titles, their words in any order")
    informal: tuple[str, ...] = Field((), description="Names a person may give it, not sought in documents")
    profile_level: ProfileLevel | None = None
    rank: str | None = Field(None, description="Id of the rank that its holder has")
    says: str


def ranks() -> tuple[RankEntry, ...]:
    """Return the ranks, ladder by ladder, the lowest first."""
    return entries("ranks.yaml", RankEntry)


def roles() -> tuple[RoleEntry, ...]:
    """Return the known roles that are no ranks."""
    return entries("roles.yaml", RoleEntry)


@cache
def ladder_of(organisation: str | None) -> str | None:
    """Return the ladder of a force's chief officers, the territorial one outside London; none for other bodies."""
    if organisation is None or organisation in _other_bodies():
        return None
    return {force: ladder for ladder, force in _FORCES.items()}.get(organisation, "territorial")


@cache
def _other_bodies() -> frozenset[str]:
    return frozenset(body.id for body in bodies() if body.kind != "force")


@cache
def _abroad() -> frozenset[str]:
    return frozenset(body.id for body in bodies() if body.abroad)


def is_abroad(organisation: str | None) -> bool:
    """Return whether a body is outside the United Kingdom: a rank of it is another than ours of the same name."""
    return organisation in _abroad()


def force_of(ladder: str) -> str | None:
    """Return the id of the one force that a ladder belongs to."""
    return _FORCES.get(ladder)


def is_shared(role: str) -> bool:
    """Return whether a role is a rank of a ladder that forces share.

    >>> is_shared("uk/sergeant"), is_shared("mps/commander"), is_shared("role/custody-sergeant")
    (True, False, False)
    """
    return any(rank.id == role and force_of(rank.ladder) is None for rank in ranks())


@cache
def rank_names() -> dict[str, tuple[RankEntry, ...]]:
    """Return the titles that documents print, in lower case, each with the ranks that bear it."""
    by_name: dict[str, tuple[RankEntry, ...]] = {}
    for rank in ranks():
        for name in dict.fromkeys((rank.name.casefold(), *(title.casefold() for title in rank.titles))):
            by_name[name] = (*by_name.get(name, ()), rank)
    return by_name


@cache
def rank_abbreviations() -> dict[str, tuple[RankEntry, ...]]:
    """Return the abbreviations of ranks in the capitals that documents print, each with its ranks."""
    by_abbreviation: dict[str, tuple[RankEntry, ...]] = {}
    for rank in ranks():
        for short in rank.abbreviations:
            by_abbreviation[short] = (*by_abbreviation.get(short, ()), rank)
    return by_abbreviation


@cache
def _abbreviations() -> frozenset[str]:
    names = {alias for one in (*bodies(), *courses()) for alias in one.aliases}
    names |= {*rank_abbreviations(), *(alias for role in roles() for alias in role.aliases)}
    return frozenset(name.casefold() for name in names if name.isalpha() and name.isupper())


def is_abbreviation(word: str) -> bool:
    """Return whether a word in lower case is written in capitals: known as such, without a vowel, or with a digit.

    >>> [is_abbreviation(word) for word in ("psd", "pcso", "cbrn", "pip2", "dog", "why", "st")]
    [True, True, True, True, False, False, False]
    """
    no_vowel = re.fullmatch(r"(?!(?:st|dr|mrs?)$)[b-df-hj-np-tv-xz]{2,}", word)
    return bool(no_vowel or re.search(r"\d", word)) or word in _abbreviations()


def rank_of(candidates: tuple[RankEntry, ...], organisation: str | None) -> RankEntry | None:
    """Choose among ranks that share a title: the only one, else the one on the organisation's ladder, else none."""
    if len(candidates) == 1:
        return candidates[0]
    ladder = ladder_of(organisation)
    return next((rank for rank in candidates if rank.ladder == ladder), None)
