"""Find names that may be one, written otherwise: nothing is matched by it, the user is told and decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from loaders.staff.name_register import NameRegister
from loaders.staff.row_store import RowStore

_LIGHT = frozenset(
    (
        *("an", "and", "at", "for", "in", "of", "on", "or", "the", "to", "with", "level", "lvl", "police", "training"),
        *("award", "certificate", "course", "qualification", "skill", "skills", "ticket"),
    )
)
"""Words that say little of what a name is the name of."""

_ENDING = re.compile(r"(?<=[a-z]{3})(?:ing|ers?|ors?|ions?|ed|es|s|e)$")
_ALIKE, _LONG = 80, 5
_MOST = 10
_ASKING = ("rules", "post_requirements", "cover")
_NAMED = "SELECT DISTINCT requirement FROM {}"
_KINDS = "SELECT DISTINCT rank FROM posts UNION SELECT DISTINCT role FROM posts"


def notes_on_unrecorded(store: RowStore, register: NameRegister) -> Iterator[str]:
    """Yield a note on each requirement that is asked for and never recorded, where a recorded one has a near name."""
    names = register.names
    recorded = {*names.recorded, *_column(store, _NAMED, "holdings")}
    kinds = {"", *_column(store, _KINDS)}
    asked = {one: "" for one, by in names.asked.items() if kinds.intersection(by)}
    asked |= {one: sheet for sheet in reversed(_ASKING) for one in _column(store, _NAMED, sheet)}
    theirs = {name: one for one in sorted(recorded) for name in register.all_names(one, "holdings")}
    found = []
    for one, sheet in sorted(asked.items()):
        ours = register.all_names(one, sheet)
        if ours and one not in recorded and (near := nearest(ours, theirs)):
            other = register.all_names(theirs[near], "holdings")[0]
            found.append((ours[0], other, sheet or "holdings", (ours[0], other) if sheet else (other, ours[0])))
    for name, other, sheet, (first, to) in found[:_MOST]:
        cure = f'{sheet}: {{values: {{requirement: {{"{first}": "{to}"}}}}}}'
        advice = f"if they are one, write in a mapping `{cure}`"
        yield f"{name!r} is asked for and was never recorded, {other!r} was; {advice}"
    if len(found) > _MOST:
        yield f"{len(found) - _MOST} more are asked for, never recorded, and called nearly as something that was"


def _column(store: RowStore, statement: str, sheet: str = "") -> Iterator[str]:
    return (one for (one,) in store.run(statement.format(sheet)) if one)


def nearest(names: Sequence[str], others: Iterable[str]) -> str | None:
    """Return which of other names may be that of something with some names, none where no one may."""
    near = [other for other in others if any(are_near(name, other) for name in names)]
    best = process.extractOne(names[0], near, scorer=fuzz.ratio, processor=str.casefold)
    return best[0] if best else None


def are_near(name: str, other: str) -> bool:
    """Return whether all that one name says is said by the other, or one is made of the first letters of the other.

    >>> are_near("Taser", "Taser (CED)"), are_near("First aid training", "First Aid at Work"), are_near("PIP 1", "PIP2")
    (True, True, False)
    """
    fewer, more = sorted((_words(name), _words(other)), key=len)
    if fewer and all(any(map(_alike, [word] * len(more), more)) for word in fewer):
        return True
    return name.casefold() in _initials(other) or other.casefold() in _initials(name)


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    words = re.findall(r"[^\W\d_]+|\d+", re.sub(r"\bl(?=\d)", "", name.casefold()))
    return tuple(_ENDING.sub("", word) for word in words if word not in _LIGHT) or tuple(words)


def _alike(word: str, other: str) -> bool:
    return word == other or (min(len(word), len(other)) >= _LONG and fuzz.ratio(word, other) >= _ALIKE)


@lru_cache(maxsize=4096)
def _initials(name: str) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]+", name.casefold())
    some = [word for word in words if word not in {"a", "and", "of", "the", "in", "for"}]
    return frozenset("".join(word[0] for word in one) for one in (words, some) if len(one) > 2)  # noqa: PLR2004 -- two letters mean many things
