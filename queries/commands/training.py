"""The command that plans training: who goes on which course when, and what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from queries.commands import options
from queries.commands.running import Result, opened

if TYPE_CHECKING:
    from graph.rows import Row


@options.command(
    "training-plan --budget 50000",
    "training-plan --deadline 2027-03-31 --away 5 --format csv",
    "training-plan --deadline 2027-03-31 --away 5 --out plan.xlsx --audience named",
)
@click.option("--budget", type=click.FloatRange(min=0), metavar="POUNDS", help="Pounds that may be spent.")
@click.option("--days", type=click.FloatRange(min=0), help="Days away from duty of all people together.")
@click.option("--deadline", metavar="DAY", help="The day by which all courses are to be done.")
@click.option(
    "--away",
    type=click.FloatRange(min=0, max=100),
    metavar="PERCENT",
    help="Share of the working days of a unit's people that may go to courses in a month.",
)
@click.option("--out", metavar="FILE.xlsx", help="Write the calendar of the plan as a workbook, too.")
@options.overwrite
@click.option(
    "--seconds", type=click.FloatRange(min=1), default=90.0, show_default=True, help="How long to look for the best."
)
@options.audience(
    "aggregate", "Who the workbook is for: with numbers of people, codes in their place, or nobody.", of_file=True
)
@options.unit
@options.also
@options.as_of
@options.output()
def training_plan(
    *,
    budget: float | None,
    days: float | None,
    deadline: str | None,
    away: float | None,
    out: str | None,
    overwrite: bool,
    seconds: float,
    audience: str,
    unit: str | None,
    also: Row,
    as_of: str | None,
) -> Result:
    """Find the courses that close what matters most for the least money, and when.

    The gap is what posts are short of and somebody in them could learn, and what units have too few of by their
    minimum cover. With --deadline it is that of the day after: what lapses until then is renewed. What must be held
    and minimum cover come before what is desirable, then what weighs more. Seats, runs on their days, budget, days,
    deadline and --away are kept; where not all can be closed, it says by how much they fall short.
    """
    from queries.answers import training_plan as answer
    from queries.commands.exports import output_file
    from queries.report.plan_calendar import plan_calendar
    from queries.report.workbook import workbook
    from queries.show.files import write
    from queries.show.plan_tables import plan_tables

    terms = answer.terms(budget=budget, days=days, deadline=deadline, away=away, as_of=as_of, seconds=seconds)
    target = output_file(out, (".xlsx",), overwrite=overwrite) if out else None
    with opened() as graph:
        best = answer.training_plan(graph, unit=unit, also=also, terms=terms)
    if target:
        write(target, workbook(plan_calendar(best, audience)), private=audience != "aggregate")
    return Result(best, plan_tables)
