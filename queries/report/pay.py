"""What vacancies leave unspent of the pay, by the pay table of a report."""

from __future__ import annotations

from collections.abc import Mapping

from graph.rows import Row
from queries.answers.skills_gap.facts import Report, Rows
from queries.answers.skills_gap.totals import number
from queries.audience.small_numbers import HIDDEN
from queries.report.cell_text import cell_text
from queries.report.model import Column

NOT_SPENT = "not_spent"


def pay_columns(report: Report) -> tuple[Column, ...]:
    """Return the column of pay that is not spent, where there is a pay table."""
    return (Column(NOT_SPENT, "Pay not spent a year, £", "money"),) if report.pay else ()


def ranks_with_pay(report: Report) -> Rows:
    """Return strength by rank with the pay not spent; what hides the vacant FTE hides it, and the sum of it."""
    rows = tuple({**row, NOT_SPENT: _of_rank(row, report.pay)} for row in report.strength[:-1])
    hidden = any(row[NOT_SPENT] == HIDDEN for row in rows)
    return (*rows, {**report.strength[-1], NOT_SPENT: HIDDEN if hidden else _sum(rows)})


def posts_with_pay(report: Report) -> Rows:
    """Return the vacant posts with the pay not spent: their FTE, in a pool one for each empty place at most."""
    return (
        tuple(
            {**row, NOT_SPENT: _pounds(min(number(row["fte"]), number(row["vacant"])), row, report.pay)}
            for row in (report.vacancies if report.pay else ())
        )
        or report.vacancies
    )


def pay_note(report: Report) -> str:
    """Return what is not spent a year on what is shown, and which vacant ranks the pay table leaves out."""
    rows = ranks_with_pay(report)[:-1]
    counted = [row for row in rows if isinstance(row[NOT_SPENT], int | float)]
    fte = sum(max(0.0, number(row["vacant_fte"])) for row in counted)
    hidden = " of ranks whose numbers are shown" if any(row[NOT_SPENT] == HIDDEN for row in rows) else ""
    missing = [str(row["rank"]) for row in rows if row[NOT_SPENT] is None and number(row["vacant_fte"]) > 0]
    left_out = f"; without pay in the table: {', '.join(missing)}" if missing else ""
    return f"£{_sum(rows):,.0f} a year not spent, on {cell_text(fte)} vacant FTE{hidden}{left_out}"


def _of_rank(row: Row, pay: Mapping[str, float]) -> object:
    vacant = row["vacant_fte"]
    return vacant if isinstance(vacant, str) else _pounds(max(0.0, number(vacant)), row, pay)


def _pounds(fte: float, row: Row, pay: Mapping[str, float]) -> float | None:
    of = pay.get(str(row["rank_id"]))
    return None if of is None else round(fte * of, 2)


def _sum(rows: Rows) -> float:
    return sum(number(row[NOT_SPENT]) for row in rows)
