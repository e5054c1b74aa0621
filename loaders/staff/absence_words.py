"""What a word of another system says of an absence: its kind, and whether it speaks of one at all."""

from __future__ import annotations

import re
from functools import cache

from loaders.staff.schema import normalise
from loaders.staff.sheets import sheet

_AWAY = re.compile(r"(?:on|all|other|unauthori[sz]ed) (?:\w+ )?(?:leave|absence)|absent|away|not at work|non effective")
_VAGUE = {"leave", "course", "training", "al", "a l", "holiday", "adjusted", "restricted"}
"""Words that say too little beside others."""


def is_away(word: str) -> bool:
    """Return whether a status says that somebody is away, or not on full duties.

    >>> [is_away(word) for word in ("Seconded Out", "On Leave", "Active", "Annual Leave")]
    [True, True, False, False]
    """
    return kind_of(word) not in {"", "annual leave", "training"} or bool(_AWAY.fullmatch(normalise(word)))


def kind_of(word: str) -> str:
    """Return the kind of absence that a word names among others; nothing where it names none.

    >>> kind_of("Sick - Back"), kind_of("Secondment (NCA)"), kind_of("On Leave")
    ('sick', 'secondment', '')
    """
    text = f" {normalise(word)} "
    return next((kind for phrase, kind in _phrases() if f" {phrase} " in text), "")


@cache
def _phrases() -> list[tuple[str, str]]:
    """Return what names each kind, the longest first."""
    kinds = sheet("absences").column("kind").words
    named = {normalise(one): kind for kind, others in kinds.items() for one in (kind, *others.split(", "))}
    return sorted(((one, kind) for one, kind in named.items() if one not in _VAGUE), key=lambda one: -len(one[0]))
