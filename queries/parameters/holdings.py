"""Say what somebody holds: courses and ranks with their days, from options, a text or a file about oneself.

A day that is known to the year or month alone counts as its last day, which is the cautious end of
what was achieved, begun or held from then on.
"""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from graph.errors import UsageError

KEYS = ("id", "achieved", "begun", "ended", "ended_unknown")
"""What a holding is sent as: `achieved` is the day a course was passed, or a rank held from."""

_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d?)(?:-(?P<day>\d\d?))?)?")
_LIKE_A_DATE = re.compile(r"[\d\s/.-]+")
_KINDS = ("rank", "temporary")


@dataclass(frozen=True)
class Holding:
    """One thing that somebody says of themselves.

    `kind` is course (or anything else that a gate can need), rank, temporary (promotion to a rank), exam
    (the one on the way to a rank) or id (as it is sent). `printed` is the day as it was given; `file` and
    `line` are set where a file says it.
    """

    kind: str
    name: str
    achieved: str | None = None
    begun: str | None = None
    ended: str | None = None
    ended_unknown: bool | None = None
    now: bool = False
    printed: str | None = None
    file: str | None = None
    line: int | None = None


def from_options(
    holds: Sequence[str] = (), held_ranks: Sequence[str] = (), me: str | None = None
) -> tuple[Holding, ...]:
    """Return what the options of a command say.

    Args:
        holds: NAME or NAME:DATE of courses, exams and what only a person can judge.
        held_ranks: RANK or RANK:FROM.
        me: A file about oneself, see queries/parameters/my_record.py.

    Raises UsageError for a day that is none, DocumentErrors for faults of the file.
    """
    said = [_item(text, "course", "--holds") for text in holds]
    said += [_item(text, "rank", "--held-rank") for text in held_ranks]
    if me is None:
        return tuple(said)
    from queries.parameters.my_record import read  # few commands are given a file

    return (*said, *read(Path(me)))


def now(rank: str) -> Holding:
    """Return the rank that is held now, since a day that is not known."""
    return Holding("rank", rank, now=True)


def from_text(text: str, option: str = "--holdings") -> tuple[Holding, ...]:
    """Return what a text says: items parted by commas, or a JSON list of items or of what is sent.

    >>> from_text("scc:2019, rank met commander")[0].achieved
    '2019-12-31'

    Raises UsageError.
    """
    if not text.lstrip().startswith("["):
        return tuple(_worded(item, option) for item in text.split(",") if item.strip())
    try:
        found = json.loads(text)
    except ValueError as error:
        raise UsageError(f"{option}: found {text!r}; expected a list in JSON: {error}") from error
    return tuple(_worded(item, option) if isinstance(item, str) else _sent(item, option) for item in found)


def _worded(item: str, option: str) -> Holding:
    words = item.split(maxsplit=1)
    if len(words) > 1 and words[0].casefold() in _KINDS:
        return _item(words[1], words[0].casefold(), option)
    return _item(item, "course", option)


def _item(text: str, kind: str, option: str) -> Holding:
    name, colon, said = text.rpartition(":")
    if not colon or not _LIKE_A_DATE.fullmatch(said):  # a name may hold a colon: "NPPF step 2: legal exam"
        name, said = text.strip(), ""
    if not name.strip():
        raise UsageError(f"{option}: found {text!r}; expected a name, or NAME:DATE such as scc:2019-06-30")
    day = last_day(said, option) if said else None
    if kind == "temporary" and day is None:
        raise UsageError(
            f"{option}: found {text!r}; expected the day that it began, such as temporary {text}:2025-09-01"
        )
    if kind == "temporary":
        return Holding(kind, name.strip(), begun=day, printed=said)
    return Holding(kind, name.strip(), achieved=day, printed=said or None)


def _sent(item: object, option: str) -> Holding:
    expected = f"{', '.join(KEYS)}, with an id at least"
    if not isinstance(item, dict) or not set(item) <= set(KEYS) or not isinstance(item.get("id"), str):
        raise UsageError(f"{option}: found {json.dumps(item)}; expected {expected}")
    days = {name: last_day(str(item[name]), option) for name in KEYS[1:4] if item.get(name) is not None}
    unknown = item.get("ended_unknown")
    return Holding(
        "id",
        item["id"],
        achieved=days.get("achieved"),
        begun=days.get("begun"),
        ended=days.get("ended"),
        ended_unknown=None if unknown is None else bool(unknown),
    )


def last_day(said: str, option: str) -> str:
    """Return the last day of a year, a month or a day. Raises UsageError for anything else.

    >>> last_day("2019", "--holds"), last_day("2020-02", "--holds"), last_day("2018-06-30", "--holds")
    ('2019-12-31', '2020-02-29', '2018-06-30')
    """
    found = _DATE.fullmatch(said.strip())
    try:
        if found is None:
            raise ValueError  # noqa: TRY301 -- one message for both faults
        year, month = int(found["year"]), int(found["month"] or 12)
        ends = calendar.monthrange(year, month)[1] if 1 <= month <= 12 and year else 0  # noqa: PLR2004 -- months
        return date(year, month, int(found["day"] or ends)).isoformat()
    except ValueError:
        raise UsageError(f"{option}: found {said!r}; expected a day such as 2018-06-30, 2018-06 or 2018") from None
