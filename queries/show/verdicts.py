"""Draw a table of the workforce under its verdict, as many of its lines as a screen has room for."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from queries.answers.answer import number_of
from queries.show.trees import group, tree
from queries.show.views import chosen_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rich.console import RenderableType

    from graph.rows import Row
    from queries.answers.answer import Answer

_MOST = 40
_MOST_OF_ALL = 10
"""Lines that a screen has room for, and how many of them are of the force, or unit, as a whole."""


def under_verdict(name: str, answer: Answer, columns: Sequence[str], *, whole: bool = False) -> RenderableType | None:
    """Draw what a question answers: a line that says what matters most, and its lines in their order.

    Of more lines than a screen has room for, the first are drawn, of a heat map those that are shortest. What an
    audience is shown as counts has columns of its own, and no verdict.
    """
    if not answer.rows:
        return None
    shown = answer.rows
    if not whole and len(shown) > _MOST:
        shown = _shortest(shown) if name == "heat-map" else shown[:_MOST]
    more = len(answer.rows) - len(shown)
    rest = [tree(f"More  {number_of(more, 'more line')}: --all, or --unit NAME (one unit)")] if more else []
    first = [tree(VERDICTS[name](answer.rows))] if set(columns) <= set(answer.columns) else []
    lines = chosen_columns(replace(answer, rows=shown), columns)
    return group([*first, *([lines] if lines else []), *rest])


def _of_heat_map(rows: Sequence[Row]) -> str:
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
    place = f"{worst['unit']}, {worst['requirement']}{level}"
    of_shown = " of what is shown" if hidden else ""
    return f"Worst{of_shown}: {place}: {worst['short']} of {worst['need']} short; {counted}"


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


def _of_expiring(rows: Sequence[Row]) -> str:
    """Return how many tickets end, of how many people, when the first does, and how many nobody else holds there."""
    first = min(rows, key=lambda row: str(row["expires"]))
    last_day = max(str(row["expires"]) for row in rows)
    people, last = {row["person_id"] for row in rows}, sum(row["last_holder"] is True for row in rows)
    alone = f"; of {last} nobody else there is a holder" if last else ""
    return (
        f"{number_of(len(rows), 'ticket')} of {_people(len(people))} will end by {last_day}, "
        f"first on {first['expires']} ({first['requirement']}); most {_most(rows, 'requirement')}{alone}"
    )


def _of_single_points(rows: Sequence[Row]) -> str:
    """Return how many requirements of units rest on one person, and on whom most."""
    person, count = Counter(row["person_id"] for row in rows).most_common(1)[0]
    units, people = ({row[name] for row in rows} for name in ("unit_id", "person_id"))
    rest = "rests" if len(rows) == 1 else "rest"
    return (
        f"{number_of(len(rows), 'requirement')} of {number_of(len(units), 'unit')} {rest} on one person, "
        f"{_people(len(people))} in all; most on {person}: {count}"
    )


def _of_vacancies(rows: Sequence[Row]) -> str:
    """Return how many places are empty, how many posts are covered, and which ranks and units have most."""
    places = sum(_number(row["vacant"]) for row in rows)
    covered = sum(bool(row["covered_by"]) for row in rows)
    return (
        f"{number_of(places, 'place')} empty in {number_of(len(rows), 'post')}, {covered or 'none'} of them covered; "
        f"most {_most(rows, 'rank', 'vacant')}, {_most(rows, 'unit', 'vacant')}"
    )


def _of_succession(rows: Sequence[Row]) -> str:
    """Return how many are ready, when, and of how many that cannot be known."""
    ready = Counter(row["ready"] for row in rows)
    words = {"12m": "within 12 months", "24m": "within 24 months", "no": "not ready", "unknown": "not known"}
    rest = "".join(f", {ready[key]} {text}" for key, text in words.items() if ready[key])
    return f"Of {_people(len(rows))} {ready['now'] or 'nobody'} ready now{rest}"


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


def _most(rows: Sequence[Row], column: str, number: str | None = None) -> str:
    """Return the value that most rows have, or that has most by a number of theirs, with that number."""
    counts: Counter[object] = Counter()
    for row in rows:
        counts[row[column]] += _number(row[number]) if number else 1
    value, count = counts.most_common(1)[0]
    return f"{value}: {count}"


VERDICTS: Mapping[str, Callable[[Sequence[Row]], str]] = {
    "heat-map": _of_heat_map,
    "expiring": _of_expiring,
    "single-points": _of_single_points,
    "vacancies": _of_vacancies,
    "succession": _of_succession,
}
"""What a table of the workforce says first, by its question."""
