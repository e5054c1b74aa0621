"""Draw who is nearest to closing each gap on one screen: how many gaps, then the nearest person of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.rows import Row
from queries.answers.answer import group_by, number_of
from queries.show.screen import Screen
from queries.show.words import with_kinds

if TYPE_CHECKING:
    from queries.answers.answer import Answer

_MOST = 16


def growth(answer: Answer) -> Screen | None:
    """Draw the gaps in their order, each with who is nearest to it, by what, at what cost and from when."""
    if not answer.rows:
        return None
    rows = with_kinds(answer.rows)
    gaps = group_by(rows, lambda row: (row["unit_id"], row["requirement_id"], row["level"], row["gap"]))
    renewed = sum(rows[0]["near"] == "lapsed" for rows in gaps.values())
    screen = Screen(f"{number_of(len(gaps), 'gap')} that somebody there could close, {renewed} by a renewal")
    people = len({row["person_id"] for row in answer.rows})
    first = f"; first {_MOST}" if len(gaps) > _MOST else ""
    screen.below_title(
        f"{people} people; minimum cover first, then what matters most, then where most are short{first}"
    )
    for rows in list(gaps.values())[:_MOST]:
        row = rows[0]
        level = f" (level {row['level']})" if row["level"] is not None else ""
        others = f"; {number_of(len(rows) - 1, 'other')}" if rows[1:] else ""
        screen.add(f"{row['requirement']}{level}", f"{row['unit']}, {row['short']} short: {_nearest(row)}{others}")
    screen.add("More", "--format csv (every person and gap), --unit NAME (one unit)")
    return screen


def _nearest(row: Row) -> str:
    near = f"lapsed {row['lapsed']}" if row["near"] == "lapsed" else str(row["near"])
    if row["course"] is None:
        return f"{row['person_id']} ({near}), no course of the force"
    cost = f" for £{row['cost']:g}" if isinstance(row["cost"], int | float) else ""
    return f"{row['person_id']} ({near}), {row['course']}{cost} {_from(row)}"


def _from(row: Row) -> str:
    return f"from {row['earliest']}" if row["earliest"] else "with no run to come"
