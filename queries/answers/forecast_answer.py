"""What comes: the tables of a graph, what is assumed, and the forecast that follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.days import add_months, today
from graph.errors import AnswerError, UsageError
from queries.answers.aggregate import Force, hides
from queries.answers.answer import Answer, named, number_of
from queries.answers.force_tables import ForceTables
from queries.answers.forecast import COLUMNS, forecast
from queries.answers.forecast import Force as People
from queries.answers.forecast_rates import estimate
from queries.answers.loaded import last_load
from queries.answers.skills_gap import totals
from queries.answers.workforce import check_staff
from queries.ask import ask, day, resolve_parameters
from queries.audience.staff_tables import supply
from queries.parameters.assumptions import SECTIONS, Assumptions, read_assumptions
from queries.parameters.staff_names import staff_names

if TYPE_CHECKING:
    from graph.session import Graph
    from graph.staff_nodes import StaffNames

RECORDED = "only what is recorded moves: no assumption was given (--assume FILE, or --assume recorded to estimate)"
_NOT_RECORDED = "not recorded, so not counted: courses booked, pension schemes"
_UNITS = "MATCH (u:Unit) RETURN u.id AS id, u.name AS name ORDER BY id"


@dataclass(frozen=True)
class ForecastAnswer(Answer):
    """A forecast, what it assumes, and the names of ranks, tickets and units by their ids."""

    assumptions: Assumptions = field(default_factory=Assumptions)
    names: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    top: str | None = None
    """The unit asked, else the one that all others are within; none where there are several."""


def forecast_answer(
    graph: Graph,
    *,
    years: int,
    unit: str | None,
    assume: str | None,
    as_of: str | None,
    seed: int,
    tables: ForceTables | None = None,
) -> ForecastAnswer:
    """Return what a unit will have each year, with the assumptions of a file, of what is recorded, or none.

    `tables` are those of the day, where they were read before. Raises AnswerError where no staff are loaded,
    UsageError for a day at the end of the calendar, DocumentErrors for the file, and what names of units raise.
    """
    notes, on = check_staff(graph, as_of), day(as_of, "--as-of") if as_of else today()
    if add_months(on, 12 * years) is None:
        raise UsageError(
            f"--as-of: found {on}; expected a day with {number_of(years, 'year')} after it, before the year 10000"
        )
    scope, more = resolve_parameters(graph, named("heat-map"), {"unit": unit, "as_of": on})
    names, force = staff_names(graph, as_of=on), _force(graph, tables or ForceTables(graph, on))
    assumptions, origin = _assumed(graph, assume, names, force.next_ranks, on)
    top = None if scope["unit"] is None else str(scope["unit"])
    tops = {str(row["units"][-1]) for row in force.posts}  # type: ignore[index]
    rows = forecast(force, assumptions, on, years=years, unit=top, seed=seed)
    first = f"assumed: {', '.join(assumptions.names)} ({origin})" if assumptions.names else RECORDED
    return ForecastAnswer(
        COLUMNS,
        rows,
        [*notes, *more, *names.notes(), *([] if rows else ["no rows: no post there is open on the day or later"])],
        warnings=[first, _NOT_RECORDED],
        assumptions=assumptions,
        names=names.names,
        units={str(row["id"]): str(row["name"]) for row in graph.read(_UNITS, {})},
        top=top or (tops.pop() if len(tops) == 1 else None),
    )


def _force(graph: Graph, tables: ForceTables) -> People:
    """Return the tables of the whole force from a day on."""
    posts, people = tables.posts_ahead(), tables.people_ahead()
    ladder = ask(graph, named("ladders"), {"as_of": tables.day}).rows
    ranks = {row["rank"] for row in posts}
    steps = [
        (str(row["other_id"]), str(row["rank_id"]))
        for row in ladder
        if row["relation"] == "PROMOTES_FROM" and row["rank_id"] in ranks
    ]
    return People(posts, people, dict(reversed(steps)))


def _assumed(
    graph: Graph, assume: str | None, names: StaffNames, next_ranks: Mapping[str, str], on: str
) -> tuple[Assumptions, str]:
    """Return what a file assumes, what is left out in it estimated where that is wished, and its name or of how much.

    Raises AnswerError where it cannot be estimated.
    """
    given = Assumptions(estimate=assume == "recorded")
    if assume and not given.estimate:
        given = read_assumptions(Path(assume), names)
    if not given.estimate:
        return given, Path(assume or "").name
    until = min(on, last_load(graph) or on)
    careers = ask(graph, named("careers"), {"as_of": until}).rows
    # before somebody first left by what is recorded, those who did may not have been kept
    since = given.since or min((str(row["left"]) for row in careers if row["left"]), default=None)
    if since is None or since >= until:
        raise AnswerError(
            f"found nobody who left before {until}, after the first who did; expected staff files of two months at the "
            "least, loaded with --full; load them, or give rates in a file (--assume FILE), or `since: DAY` in it"
        )
    renewals = ask(graph, named("renewals"), {"since": since, "as_of": until}).rows
    estimated, counted = estimate(careers, renewals, next_ranks, since, until)
    left_out = {name: getattr(estimated, name) for name in SECTIONS if not getattr(given, name)}
    return given.model_copy(update=left_out), counted


def forecast_for(graph: Graph, audience: str, *, unit: str | None, **asked: Any) -> ForecastAnswer:
    """Return a forecast as an audience may see it: without small numbers for the aggregate one. Raises as it does."""
    if audience != "aggregate":
        return forecast_answer(graph, unit=unit, **asked)
    answer = forecast_answer(graph, unit=None, **asked)
    force = Force(graph, asked["as_of"])
    rows = supply(answer.rows, force.units, force.staffing)
    if unit is not None:
        scope, _ = resolve_parameters(graph, named("heat-map"), {"unit": unit, "as_of": asked["as_of"]})
        within = {row["unit_id"] for row in totals.tree(force.units, str(scope["unit"]))}
        rows = tuple(row for row in rows if row["unit_id"] in within)
        answer = replace(answer, top=str(scope["unit"]))
    return replace(answer, rows=rows, notes=[*answer.notes, *hides(rows)])
