"""Find what a user means by a name: a rank, a role or a body of the loaded graph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.errors import NameAmbiguousError, NameUnknownError
from graph.rows import Row, list_or_empty

LADDERS = {"met": "mps", "mps": "mps", "metropolitan": "mps", "city": "city", "territorial": "territorial"}
"""Words that name a ladder, and the ladder they name."""

_SUGGESTIONS = 3
_NEAR = 60
_SHORT = 5
"""An abbreviation is near what has nearly the same letters, not what holds some of them."""


@dataclass(frozen=True)
class Entry:
    """Something that can be named."""

    id: str
    names: tuple[str, ...]
    ladder: str | None = None


@dataclass(frozen=True)
class Choice:
    """What a name was taken to mean; `note` says why where there was a choice."""

    id: str
    note: str | None = None


def entry(row: Row, *others: str) -> Entry:
    """Return the entry of a row with id, name and aliases, and short name and ladder where it has them."""
    names = (row["name"], row.get("short"), *list_or_empty(row["aliases"]), *others)
    ladder = row.get("ladder")
    return Entry(str(row["id"]), tuple(str(name) for name in names if name), str(ladder) if ladder else None)


def requirement_entry(row: Row) -> Entry:
    """Return the entry of a requirement; a course is named by the end of its id too.

    >>> requirement_entry({"id": "course/scc", "name": "Strategic Command Course", "aliases": None, "course": 1}).names
    ('Strategic Command Course', 'scc')
    """
    return entry(row, *([str(row["id"]).partition("/")[2]] if row["course"] else []))


def resolve(
    given: str, kind: str, entries: Sequence[Entry], *, other: str | None = None, force: str | None = None
) -> Choice:
    """Return which entry of a kind the user means by an id or by a name such as "dac", "met ac" or "ac (met)".

    Of entries that share the name, the one on the ladder of the command's other rank is taken, where that is plain,
    else the one on the ladder of --force or RANKGRAPH_FORCE.

    Raises NameUnknownError with the nearest names, NameAmbiguousError with the candidates.
    """
    if any(entry.id == given for entry in entries):
        return Choice(given)
    matches = _named(given, entries)
    if not matches:
        raise NameUnknownError(given, kind, _nearest(given, entries))
    if len(matches) == 1:
        return Choice(matches[0].id)
    for ladder, why in ((other, "as the other rank"), (force, "as --force or RANKGRAPH_FORCE says")):
        chosen = [entry for entry in matches if entry.ladder == ladder]
        if ladder and len(chosen) == 1:
            return Choice(chosen[0].id, f"{given!r} is taken as {chosen[0].id}, {why}")
    laddered = any(entry.ladder for entry in matches)
    advice = "give the id, name the force, or set --force or RANKGRAPH_FORCE" if laddered else ""
    raise NameAmbiguousError(given, kind, [entry.id for entry in matches], advice)


def ladder_of(given: str, entries: Sequence[Entry]) -> str | None:
    """Return the ladder of a name where it is plain and not shared by all forces."""
    matches = [entry for entry in entries if entry.id == given] or _named(given, entries)
    ladders = {entry.ladder for entry in matches}
    return matches[0].ladder if len(ladders) == 1 and matches[0].ladder != "uk" else None


def _named(given: str, entries: Iterable[Entry]) -> list[Entry]:
    words = _words(given)
    exact = [entry for entry in entries if any(_words(name) == words for name in entry.names)]
    if exact:
        return exact
    ladders = {LADDERS[word] for word in words if word in LADDERS}
    bare = [word for word in words if word not in LADDERS and word not in {"police", "service", "of", "the", "london"}]
    return [
        entry
        for entry in entries
        if len(ladders) == 1 and entry.ladder in ladders and any(_words(name) == bare for name in entry.names)
    ]


def _words(name: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", name.casefold().replace("’", "").replace("'", "").replace("&", " and "))


def _nearest(given: str, entries: Iterable[Entry]) -> list[str]:
    from rapidfuzz import fuzz, process  # only a wrong name needs it

    named = [(name, entry.id) for entry in entries for name in ((entry.id,) if "/" in given else entry.names)]
    near = process.extract(
        given,
        [name for name, _ in named],
        scorer=fuzz.ratio if len(given) <= _SHORT else fuzz.WRatio,
        processor=str.casefold,
        limit=12,
        score_cutoff=_NEAR,
    )
    best: dict[str, str] = {}
    for name, _, place in near:
        best.setdefault(named[place][1], name)
    return [key if name == key else f"{key} ({name})" for key, name in best.items()][:_SUGGESTIONS]
