"""Draw a training plan on one screen: a line a course, then what matters most of what stays uncovered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from graph.rows import visible
from queries.answers.answer import Answer, group_by
from queries.show.tables import cell, table
from queries.show.trees import group

if TYPE_CHECKING:
    from rich.console import RenderableType

    from graph.rows import Row

_TAKE = ("course", "seats", "days", "cost", "closes", "per_1000", "when")
_LEFT = ("uncovered", "unit", "requirement", "level", "people", "priority", "weight")
_MOST = 12


def plan_tables(answer: Answer) -> RenderableType | None:
    """Draw the courses with their months or runs, those whose pounds close most first, and the first that stay open."""
    taken = group_by((row for row in answer.rows if row["outcome"] == "take"), lambda row: str(row["course_id"]))
    left = [row for row in answer.rows if row["outcome"] != "take"]
    courses = sorted((_course(rows) for rows in taken.values()), key=lambda row: -float(str(row["per_1000"] or 0)))
    tables = [table(_TAKE, [_texts(row, _TAKE) for row in courses])] if courses else []
    if left:
        lines = [_texts({**row, "uncovered": row["outcome"]}, _LEFT) for row in left[:_MOST]]
        if len(left) > _MOST:
            lines.append([f"{len(left) - _MOST} more lines: --format csv", *[""] * (len(_LEFT) - 1)])
        tables.append(table(_LEFT, lines))
    return group(tables) if tables else None


def _course(rows: Sequence[Row]) -> Row:
    sums = {
        name: sum(float(str(row[name] or 0)) for row in rows) for name in ("seats", "days", "cost", "closes", "weight")
    }
    per = round(1000 * sums["weight"] / sums["cost"], 2) if sums["cost"] else None
    whens = ", ".join(f"{row['when']}: {row['seats']}" for row in rows)
    whole = {name: int(sums[name]) for name in ("seats", "closes")}
    return {**rows[0], **sums, **whole, "per_1000": per, "when": whens}


def _texts(row: Row, columns: Sequence[str]) -> list[str]:
    return [visible(cell(row[name])) for name in columns]
