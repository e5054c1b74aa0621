"""Draw a forecast on one screen: ranks against establishment, the worst shortfalls, tickets, and what is assumed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from graph.rows import Row
from queries.answers.answer import number_of
from queries.audience.small_numbers import HIDDEN
from queries.parameters.assumptions import Rate
from queries.show.screen import Screen
from queries.show.tables import table
from queries.show.trees import Folded

if TYPE_CHECKING:
    from rich.console import RenderableType

    from queries.answers.forecast_answer import ForecastAnswer

_WORST, _TICKETS = 5, 6
_A_YEAR = ("leavers", "promotions", "intake")

Series = Sequence[Row]
"""What becomes of one rank or ticket in one unit, day by day."""


def forecast(answer: ForecastAnswer) -> RenderableType | None:
    """Draw ranks of the force or unit asked, units most short, tickets that fewer will hold, and what is assumed."""
    if not answer.rows:
        return None
    series = [list(rows) for _, rows in groupby(answer.rows, key=lambda row: (row["unit_id"], row["kind"], row["id"]))]
    series.sort(key=lambda rows: (-_short(rows[-1]), str(rows[0]["id"])))
    ranks = [rows for rows in series if rows[0]["kind"] == "rank"]
    whole = [rows for rows in ranks if rows[0]["unit_id"] == answer.top]
    below = sum(_short(rows[-1]) > 0 for rows in whole)
    name = answer.units[answer.top] if answer.top else "Whole force"
    start, end = series[0][0]["day"], series[0][-1]["day"]
    hidden = sum(rows[-1]["central"] == HIDDEN for rows in whole)
    verdict = f"{below} of {number_of(len(whole) - hidden, 'rank')} and roles below establishment in the end"
    if hidden:
        shown = f"; of the others, {verdict}" if 2 * hidden < len(whole) else ""
        verdict = (
            f"the end of {hidden} of {number_of(len(whole), 'rank')} and roles is not shown to this audience{shown}"
        )
    head = Screen(f"{answer.warnings[0][:1].upper()}{answer.warnings[0][1:]}")
    head.below_title(f"{name}, {start} to {end}: {verdict}")
    foot = Screen("Most short of the units within")
    for rows in [rows for rows in ranks if rows not in whole and _short(rows[-1]) > 0][:_WORST]:
        _add(foot, answer.units[str(rows[0]["unit_id"])], answer.names.get(str(rows[0]["id"]), ""), rows)
    foot.head("Most short of tickets")
    tickets = [rows for rows in series if rows[0]["kind"] == "ticket" and rows[0]["unit_id"] == answer.top]
    for rows in tickets[:_TICKETS]:
        _add(foot, answer.names[str(rows[0]["id"])], "", rows)
    foot.head("Assumed")
    for name in answer.assumptions.names:
        foot.add(f"{name} a year" if name in _A_YEAR else name, _assumed(answer, name))
    foot.add("otherwise", answer.warnings[1])
    foot.add("More", "--format csv (every unit, rank, ticket and day; recorded and assumed apart)")
    return Folded([head, _table(answer, whole), foot])


def _short(row: Row) -> int:
    """Return how many are short; none where that is hidden."""
    return int(str(row["established"])) - row["central"] if isinstance(row["central"], int) else 0


def _short_text(row: Row) -> str:
    return HIDDEN if row["central"] == HIDDEN else str(_short(row))


def _count(row: Row) -> str:
    """Return the central number, and the band around it where there is one."""
    return f"{row['central']}" if row["low"] == row["high"] else f"{row['central']} ({row['low']}-{row['high']})"


def _add(screen: Screen, label: str, name: str, rows: Series) -> None:
    first, last = rows[0], rows[-1]
    before = f"{name}: " if name else ""
    beside = f"; recorded: {last['recorded']}" if last["kind"] == "ticket" and last["assumed"] else ""
    count = f"{first['central']} now, {_count(last)} on {last['day']}, of {last['established']}"
    screen.add(label, f"{before}{count}{beside}")


def _table(answer: ForecastAnswer, whole: Sequence[Series]) -> RenderableType:
    last = str(whole[0][-1]["day"])[:4]
    heads = (
        "rank or role",
        f"posts {last}",
        "now",
        *(f"{12 * number} m" for number in range(1, len(whole[0]))),
        "short",
    )
    texts = [
        [
            "no rank or role" if rows[0]["id"] == "None" else f"{answer.names.get(str(rows[0]['id']), rows[0]['id'])}",
            *(str(rows[-1]["established"]), *map(_count, rows), _short_text(rows[-1])),
        ]
        for rows in whole
    ]
    drawn = table(heads, texts)
    drawn.columns[0].min_width = max(len(word) for name, *_ in texts for word in name.split())
    return drawn


def _assumed(answer: ForecastAnswer, name: str) -> str:
    if name == "retirement":
        schemes = answer.assumptions.retirement
        after = [f"{years:g} years{f', joined from {day}' if schemes[1:] else ''}" for day, years in schemes]
        return f"after {'; '.join(after)}"
    return "; ".join(
        f"{answer.names.get(one, one)} {_rates(value, name)}"
        for one, value in getattr(answer.assumptions, name).items()
    )


def _rates(value: Rate | Sequence[tuple[float, Rate]], name: str) -> str:
    if isinstance(value, Rate):
        number = f"{value.value:.3g}" if name == "intake" else f"{100 * value.value:.3g} %"
        return f"{number}{f' (of {value.counted:.3g})' if value.counted else ''}"
    first, *more = value
    later = "".join(f", {_rates(rate, name)} from {years:g} years" for years, rate in more)
    return f"{_rates(first[1], name)}{later}"
