"""Draw what became of a force since its load before: worse first, then better, then what cannot be compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from graph.rows import Row
from queries.answers.answer import group_by, number_of
from queries.answers.skills_gap.totals import number
from queries.show.screen import Screen
from queries.show.tables import table
from queries.show.trees import Folded

if TYPE_CHECKING:
    from rich.console import RenderableType

    from queries.answers.answer import Answer

_MOST = 6
_FEW = 24
"""Rows that are a table of their own below: as many as one ticket has in two years of months."""

_COLUMNS = ("day", "unit", "name", "level", "need", "have", "short", "change", "differs")
_APART = {
    "new": "Not there before",
    "gone": "Not asked for any more",
    "recorded since": "Nobody was recorded with it before",
    "recorded no longer": "Nobody is recorded with it any more",
}


def trend(answer: Answer) -> RenderableType | None:
    """Draw the last load against the one before, and all loads where what is asked has few rows."""
    if not answer.rows:
        return None
    last = max(str(row["day"]) for row in answer.rows)
    rows = [row for row in answer.rows if row["day"] == last]
    before = rows[0]["before"]
    changed = sorted((row for row in rows if _change(row)), key=lambda row: -abs(_change(row)))
    worse, better = ([row for row in changed if (_change(row) > 0) is is_worse] for is_worse in (True, False))
    screen = Screen(f"Load of {last}, against that of {before}" if before else f"Load of {last}, the first with totals")
    if before:
        screen.below_title(f"{len(worse)} worse, {len(better)} better, of {number_of(len(rows), 'total')}")
        for title, some in (("Got worse", worse), ("Got better", better)):
            _list(screen, title, some)
    else:
        _list(screen, "Most short", sorted((row for row in rows if _short(row) > 0), key=lambda row: -_short(row)))
    apart = group_by((row for row in rows if row["differs"] in _APART), lambda row: str(row["differs"]))
    if apart:
        screen.head("Cannot be compared with the load before")
    for differs, some in apart.items():
        more = f" and {len(some) - _MOST} more" if len(some) > _MOST else ""
        screen.add(_APART[differs], f"{', '.join(map(_name, some[:_MOST]))}{more}")
    screen.add("More", "--depth 1 (units within), --what NAME (one of them, load by load), --format csv (all)")
    every = [[_text(row[name]) for name in _COLUMNS] for row in answer.rows]
    return Folded([screen, *([table(_COLUMNS, every)] if len(every) <= _FEW else [])])


def _list(screen: Screen, title: str, rows: Sequence[Row]) -> None:
    screen.head(f"{title}{f' (first {_MOST} of {len(rows)})' if len(rows) > _MOST else '' if rows else ': nothing'}")
    for row in rows[:_MOST]:
        change = f" ({_change(row):+g})" if isinstance(row["change"], int | float) else ""
        differs = f"; {row['differs']}" if row["differs"] else ""
        short, have, need = (_text(row[name]) for name in ("short", "have", "need"))
        of = " FTE" if row["kind"] == "rank" else ""
        screen.add(_name(row), f"{short}{of} short{change}: {have} of {need}{differs}")


def _name(row: Row) -> str:
    level = f" (level {row['level']})" if row["level"] is not None else ""
    return f"{row['name']}{level}, {row['unit']}"


def _change(row: Row) -> float:
    return number(row["change"])


def _short(row: Row) -> float:
    return number(row["short"])


def _text(value: object) -> str:
    return f"{value:g}" if isinstance(value, int | float) else "" if value is None else str(value)
