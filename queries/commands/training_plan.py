"""`rankgraph training-plan`."""

from __future__ import annotations

import click

from queries.commands import options
from queries.commands.options import FORMATS, Asked, examples


@click.command(
    "training-plan",
    epilog=examples("training-plan --budget 50000", "training-plan --days 200 --deadline 2027-03-31 --format csv"),
)
@click.option("--budget", type=click.FloatRange(min=0), metavar="POUNDS", help="Pounds that may be spent.")
@click.option("--days", type=click.FloatRange(min=0), help="Days away from duty of all people together.")
@click.option("--deadline", metavar="DAY", help="The day by which all courses are to be done.")
@options.unit
@options.everything
@options.as_of
@options.output(*FORMATS)
def command(
    budget: float | None,
    *,
    days: float | None,
    deadline: str | None,
    unit: str | None,
    everything: bool,
    as_of: str | None,
    kind: str,
) -> Asked:
    """Find the cheapest courses that close the gap.

    The gap is what posts are short of and somebody in them could learn. Seats, budget, days and deadline
    are kept; where not all can be closed, it says by how much they fall short, and closes the most.
    """
    from queries.answers.training_plan import limits_until, training_plan

    limits = limits_until(budget=budget, days=days, deadline=deadline, as_of=as_of)
    return Asked(lambda graph: training_plan(graph, unit=unit, everything=everything, as_of=as_of, limits=limits), kind)
