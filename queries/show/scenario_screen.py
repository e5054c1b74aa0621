"""Draw scenarios side by side on one screen: a verdict on each, totals and costs, then what differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from graph.rows import Row
from queries.answers.scenarios.measures import PLACES, ROUNDED
from queries.show.screen import Screen
from queries.show.tables import cell, table
from queries.show.trees import group

if TYPE_CHECKING:
    from rich.console import RenderableType

    from queries.answers.answer import Answer

_LINES = 30


def scenarios(answer: Answer) -> RenderableType:
    """Draw the verdict on each scenario, the one that leaves fewest posts short first where there are several."""
    first = answer.columns.index("before")
    names = answer.columns[first + 1 :]
    totals = [row for row in answer.rows if row["kind"] in {"total", "cost"}]
    details = answer.rows[len(totals) :]
    if names[1:]:
        fewest = min(int(str(totals[0][name])) for name in names)
        head = Screen(f"Fewest posts short: {', '.join(name for name in names if totals[0][name] == fewest)}")
        for name in names:
            head.add(name, _verdict(totals, name))
    else:
        head = Screen(_verdict(totals, names[0]).capitalize())
    parts: list[RenderableType] = [head, _table(("what", *answer.columns[first:]), totals)]
    if details:
        parts.append(_table(("kind", "unit", "what", *answer.columns[first - 1 :]), _told_apart(details)[:_LINES]))
    if details[_LINES:]:
        parts.append(Screen(f"{len(details) - _LINES} more lines: --format csv"))
    return group(parts)


def _told_apart(details: Sequence[Row]) -> list[Row]:
    """Return rows with the id behind the name of a post, and behind a name that several have."""
    ids: dict[object, set[object]] = defaultdict(set)
    for row in details:
        ids[row["what"]].add(row["what_id"])
    unclear = {name for name, of in ids.items() if len(of) > 1}
    return [
        {**row, "what": f"{row['what']} ({row['what_id']})"}
        if row["kind"] == "vacancy" or row["what"] in unclear
        else row
        for row in details
    ]


def _verdict(totals: Sequence[Row], name: str) -> str:
    """Return what is better and worse by a scenario, and what it costs."""
    of_totals = [row for row in totals if row["kind"] == "total"]
    every = [(row["what"], int(str(row["before"])), int(str(row[name]))) for row in of_totals]
    counts = [one for one, row in zip(every, of_totals, strict=True) if row["what_id"] != PLACES]
    asked = [f"{what} {before} to {after}" for what, before, after in every[len(counts) :] if after != before]
    worse = [f"{what} {before} to {after}" for what, before, after in counts if after > before]
    better = [f"{what} {before} to {after}" for what, before, after in counts if after < before]
    costs = [
        f"{row['what']} {row[name]:,.0f} pounds" for row in totals if row["kind"] == "cost" and row[name] is not None
    ]
    rounded = any(ROUNDED in str(row["what"]) for row in totals)
    kinds = (("asks for", asked), ("worse", worse), ("better", better), ("cost", costs))
    parts = [f"{word}: {', '.join(of)}" for word, of in kinds if of]
    return "; ".join(
        parts
        if worse or better
        else ["no total differs by as much as is shown" if rounded else "all totals as before", *parts]
    )


def _table(columns: Sequence[str], rows: Sequence[Row]) -> RenderableType:
    return table(columns, [[cell(row[name]) for name in columns] for row in rows])
