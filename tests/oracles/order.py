"""What was passed before its time, in plain Python: before the rank, or the months in it, that have to come first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tests.oracles.gates import Case, Held, Part, answer

EVER = "9999-12-31"
Dated = list[tuple[Held, str]]
"""What is held, each with its last day."""


@dataclass(frozen=True)
class Gate:
    """A gate that a rank or role asks for."""

    id: str
    role: str
    options: tuple[tuple[Part, ...], ...]
    desirable: bool = False
    after: tuple[str, ...] = ()


@cache
def met_until(part: Part, one: Held, day: str) -> str:
    """Return the last day on which a holding meets a part, empty if it does not on the day."""
    _, _, status, _, _, until, *_ = answer(Case(((part,),), (one,), "uk", None, day))[0]
    return str(until or EVER) if status == "done" else ""


def _is_requirement(one: Held) -> bool:
    return one.id.startswith(("course/", "experience/", "skill/"))


def begins(option: Sequence[Part], stated: Sequence[Held], day: str) -> str:
    """Return the first day on which the ranks of an option are held for long enough; empty where nobody can tell."""
    ranks_held = tuple(one for one in stated if not _is_requirement(one))
    parts = answer(Case((tuple(part for part in option if part.is_rank),), ranks_held, "uk", None, day))
    if not ranks_held or not parts or parts[0][2] == "unclear":
        return ""
    windows = [[str(one) for one in last] for *_, last in parts if isinstance(last, list)]
    return max(min((one.partition("/")[0] for one in every), default=EVER) for every in windows)


def in_time(held: Dated, firsts: Sequence[str]) -> Dated:
    """Return holdings without requirements that were met before the last of some days."""
    first = max(firsts, default="")
    return [(one, last) for one, last in held if not _is_requirement(one) or (one.achieved or EVER) >= first]


def counts_ever(part: Part, held: Dated, day: str) -> bool:
    """Return whether something held meets a part on a day, or on a later one before it ends."""
    judged = ((answer(Case(((part,),), (one,), "uk", None, day))[0], last) for one, last in held)
    return any(row[2] == "done" or (row[2] == "opens" and str(row[6]) <= last) for row, last in judged)
