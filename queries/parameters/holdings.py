"""What somebody holds: courses and ranks with their days, as they are given, and as gates are asked about them.

A day that is known to the year or month alone counts from its last day, and lapses as if it were its first.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any

from graph.errors import UsageError
from queries.parameters.days import LIKE_A_DAY, first_day, last_day
from queries.parameters.titles import basis_of, read_title

KEYS = ("id", "achieved", "begun", "ended", "ended_unknown", "achieved_from", "begun_from", "ended_from", "result")
"""What a holding is sent as: `achieved` is the day a course was passed, or a rank held from.

Of a year or month a day is the last, and the one that ends in `_from` the first. `result` is "not met" where somebody
judged so.
"""

_DAYS = (*KEYS[1:4], *KEYS[5:8])
_KINDS = ("rank", "temporary")


@dataclass(frozen=True)
class Holding:
    """A rank, course or exam that somebody states to hold.

    `kind` is course (or anything else that a gate can need), rank, start (the rank that a way starts from), temporary
    (promotion to a rank), exam (the one on the way to a rank), gate (what of it only a person can judge) or id (as it
    is sent). `printed` is the day as it was given; `file` and `line` are set where a file says it.
    """

    kind: str
    name: str
    achieved: str | None = None
    begun: str | None = None
    ended: str | None = None
    ended_unknown: bool | None = None
    achieved_from: str | None = None
    begun_from: str | None = None
    ended_from: str | None = None
    result: str | None = None
    now: bool = False
    printed: str | None = None
    file: str | None = None
    line: int | None = None


def from_options(courses: Sequence[str] = (), ranks: Sequence[str] = ()) -> tuple[Holding, ...]:
    """Return what NAME[:DATE] of courses, exams and the like, and RANK[:FROM] of ranks mean. Raises UsageError."""
    return (
        *(_item(text, "course", "--holds") for text in courses),
        *(_item(text, "rank", "--held-rank") for text in ranks),
    )


def with_rank(holdings: Sequence[Holding], rank: str) -> tuple[Holding, ...]:
    """Return holdings with a rank that a way starts from, since a day that is not known; not beside one held now."""
    return (*holdings,) if any(one.now for one in holdings) else (*holdings, Holding("start", rank))


def from_text(text: str, option: str = "--holdings") -> tuple[Holding, ...]:
    """Return what a text says: items parted by commas, or a JSON list of items or of what is sent.

    >>> from_text("scc:2019, rank met commander")[0].achieved
    '2019-12-31'

    Raises UsageError.
    """
    if not text.lstrip().startswith("["):
        return tuple(_worded(item, option) for item in text.split(",") if item.strip())
    try:
        items = json.loads(text)
    except ValueError as error:
        raise UsageError(f"{option}: found {text!r}; expected a list in JSON: {error}") from error
    return tuple(_worded(item, option) if isinstance(item, str) else _sent(item, option) for item in items)


def _worded(item: str, option: str) -> Holding:
    words = item.split(maxsplit=1)
    if len(words) > 1 and words[0].casefold() in _KINDS:
        return _item(words[1], words[0].casefold(), option)
    return _item(item, "course", option)


def _item(text: str, kind: str, option: str) -> Holding:
    name, colon, day_text = text.rpartition(":")
    _, again, middle = name.rpartition(":")
    if colon and (not day_text.strip() or (again and LIKE_A_DAY.fullmatch(middle))):
        raise UsageError(f"{option}: found {text!r}; expected a name alone, or one day behind it, such as scc:2019-06")
    if not colon or not LIKE_A_DAY.fullmatch(day_text):  # a name may hold a colon: "NPPF step 2: legal exam"
        name, day_text = text.strip(), ""
    if not name.strip():
        raise UsageError(f"{option}: found {text!r}; expected a name, or NAME:DATE such as scc:2019-06-30")
    if kind == "rank" and (basis := basis_of(name)):
        if basis == "acting":
            raise UsageError(
                f"{option}: found {text!r}; expected a substantive rank: acting in a rank is not holding it, "
                "and no condition is known that counts it: leave it out"
            )
        kind, name = "temporary", read_title(name).name
    day = last_day(day_text, option) if day_text else None
    first = first_day(day_text, day) if day else None
    if kind == "temporary" and day is None:
        example = text if basis_of(text) else f"temporary {text}"
        raise UsageError(f"{option}: found {text!r}; expected the day that it began, such as {example}:2025-09-01")
    if kind == "temporary":
        return Holding(kind, name.strip(), begun=day, begun_from=first, printed=day_text)
    return Holding(kind, name.strip(), achieved=day, achieved_from=first, printed=day_text or None)


def _sent(item: object, option: str) -> Holding:
    expected = f"{', '.join(KEYS)}, with an id at least"
    if not isinstance(item, dict) or not set(item) <= set(KEYS) or not isinstance(item.get("id"), str):
        raise UsageError(f"{option}: found {json.dumps(item)}; expected {expected}")
    stated = {name: str(value) for name, value in item.items() if name in _DAYS and value is not None}
    days: dict[str, Any] = {name: last_day(text, option) for name, text in stated.items()}
    firsts = {f"{name}_from": first_day(stated[name], days[name]) for name in KEYS[1:4] if name in days}
    unknown, result = item.get("ended_unknown"), item.get("result")
    whole = Holding("id", item["id"], ended_unknown=None if unknown is None else bool(unknown), result=result)
    return replace(whole, **{**firsts, **days})


def with_rank_now(holdings: Sequence[Holding], steps: dict[str, int]) -> list[Holding]:
    """Return holdings with the rank held now marked: the one that is given so, else the highest that has not ended.

    The rank that a way starts from counts as held where it is that one, and is left out where another is.
    """
    if any(one.now for one in holdings):
        return list(holdings)
    others = [one for one in holdings if one.kind != "start"]
    lasting = [one for one in with_ends(others) if one.kind == "rank" and one.ended is None]
    starts = [replace(one, kind="rank") for one in holdings if one.kind == "start"]
    now = max((*starts, *lasting), key=lambda one: steps.get(one.name, 0), default=None)
    marked = [replace(one, now=one.kind == "rank" and now is not None and one.name == now.name) for one in others]
    return [*marked, *(replace(one, now=True) for one in starts if one == now)]


def first_day_of(holding: Holding) -> str:
    """Return the first day that can be meant by the one since when something is held."""
    return holding.achieved_from or holding.achieved or ""


def with_ends(holdings: Sequence[Holding]) -> list[Holding]:
    """Return holdings with the day until which each rank was held: when the next one began, as far as it is known."""
    held = [one for one in holdings if one.kind == "rank"]
    ranks = {one.name: one for one in held} | {one.name: one for one in held if one.achieved}
    undated, now = {name for name, one in ranks.items() if one.achieved is None}, {one.name for one in held if one.now}
    is_past = [one.kind == "rank" and one.name not in now for one in holdings]
    return [_ended(one, ranks, undated) if past else one for one, past in zip(holdings, is_past, strict=True)]


def _ended(one: Holding, ranks: dict[str, Holding], undated: set[str]) -> Holding:
    later = [
        (other.achieved, other.achieved_from)
        for other in ranks.values()
        if other.achieved and other.achieved > (one.achieved or "9")
    ]
    ended, first = min(later, key=itemgetter(0), default=(None, None))
    return replace(one, ended=ended, ended_from=first, ended_unknown=bool(undated) or None)
