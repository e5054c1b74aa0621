"""What kind of change lies between two wordings: none, form only, or other words."""

from __future__ import annotations

import re
from itertools import pairwise

from graph.ids import canonical, even

_LEAD_IN = re.compile(r"^(?:to|(?:be )?able to|ability to|(?:highly )?skilled (?:in|at))\s+")
_JOINS = frozenset({"and", "or"})
_VOWELS = frozenset("aeiou")


def change(old: str, new: str) -> str:
    """Return identical, form (verb forms, capitals, punctuation and what leads in alone) or reworded.

    >>> change("Lead the Service, and plan its work.", "Leading the service and planning its work")
    'form'
    >>> change("Lead the service.", "Lead the service")
    'identical'
    """
    if even(old) == even(new):
        return "identical"
    before, after = _words(old), _words(new)
    same = len(before) == len(after) and all(
        _same_word(one, other, opens=opens) for one, other, opens in zip(before, after, _opens(before), strict=True)
    )
    return "form" if same and before else "reworded"


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", _LEAD_IN.sub("", canonical(text)).replace("'", ""))


def _opens(words: list[str]) -> list[bool]:
    """Return for each word whether a verb may stand there in the third person: first, or after a join."""
    return [True, *(before in _JOINS for before, _ in pairwise(words))] if words else []


def _same_word(one: str, other: str, *, opens: bool) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return long in _gerunds(short) or (opens and long in {f"{short}s", f"{short}es"})


def _gerunds(verb: str) -> set[str]:
    """Return what the -ing form of a word could be.

    >>> sorted(_gerunds("plan")), sorted(_gerunds("lie")), sorted(_gerunds("drive"))
    (['planing', 'planning'], ['lieing', 'lying'], ['driveing', 'driving'])
    """
    gerunds = {f"{verb}ing"}
    if verb.endswith("ie"):
        gerunds.add(f"{verb[:-2]}ying")
    elif verb.endswith("e"):
        gerunds.add(f"{verb[:-1]}ing")
    elif verb[-1] not in _VOWELS:
        gerunds.add(f"{verb}{verb[-1]}ing")
    return gerunds
