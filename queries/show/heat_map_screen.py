"""Draw a heat map: what is shortest first, then its lines unit by unit, or the shortest where a screen has no room."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from queries.answers.answer import number_of
from queries.show.trees import group, tree
from queries.show.views import chosen_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from graph.rows import Row
    from queries.answers.answer import Answer

_MOST = 40
_MOST_OF_ALL = 10
"""Lines that a screen has room for, and how many of them are of the force, or unit, as a whole."""


def heat_map(answer: Answer, columns: Sequence[str], *, whole: bool = False) -> RenderableType | None:
    """Draw the worst line of a heat map, how many are short, and its lines in the order of units.

    The worst is of a unit that has none below it in the answer: one that has is short of all that they are. Of more
    lines than a screen has room for, those that are shortest are drawn.
    """
    if not answer.rows:
        return None
    shown = answer.rows if whole or len(answer.rows) <= _MOST else _shortest(answer.rows)
    more = len(answer.rows) - len(shown)
    rest = [tree(f"More  {number_of(more, 'more line')}: --all (unit by unit), or --unit NAME")] if more else []
    lines = chosen_columns(replace(answer, rows=shown), columns)
    return group([tree(verdict(answer.rows)), *([lines] if lines else []), *rest])


def verdict(rows: Sequence[Row]) -> str:
    """Return which unit is shortest of what, and how many lines are short; rows stand in the order of units."""
    of_units = [row for row in rows if row["unit_id"] is not None]
    short = [row for row in of_units if _number(row["short"])]
    counted = f"{len(short)} of {number_of(len(of_units), 'line')} short"
    hidden = sum(not isinstance(row["short"], int) for row in of_units)
    unknown = sum(bool(_number(row["unknown"])) for row in of_units)
    counted += "".join(f", {count} {word}" for count, word in ((hidden, "hidden"), (unknown, "not known")) if count)
    above = _with_others_below(of_units)
    worst = max(
        (row for row in short if row["unit_id"] not in above), key=lambda row: _number(row["short"]), default=None
    )
    if worst is None:
        return f"Nothing is short: {counted}" if not hidden else f"Nothing that is shown is short: {counted}"
    level = f" (level {worst['level']})" if worst["level"] is not None else ""
    return (
        f"Worst: {worst['unit']}, {worst['requirement']}{level}: {worst['short']} of {worst['need']} short; {counted}"
    )


def _shortest(rows: Sequence[Row]) -> list[Row]:
    """Return the shortest lines of the whole, then of units that have none below; the first lines where none is."""
    above = _with_others_below([row for row in rows if row["unit_id"] is not None])
    short = sorted((row for row in rows if _number(row["short"])), key=lambda row: -_number(row["short"]))
    whole = [row for row in short if row["unit_id"] == rows[0]["unit_id"]][:_MOST_OF_ALL]
    parts = [row for row in short if row["unit_id"] not in {*above, rows[0]["unit_id"]}]
    return [*whole, *parts[: _MOST - len(whole)]] or list(rows[:_MOST])


def _with_others_below(rows: Sequence[Row]) -> set[object]:
    """Return the ids of units that have others of the rows below them."""
    units = {row["unit_id"]: int(str(row["depth"] or 0)) for row in rows}
    ids = list(units)
    return {one for one, following in pairwise(ids) if units[following] > units[one]}


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
