"""`rankgraph expiring`."""

from __future__ import annotations

import click

from queries.commands import options
from queries.commands.options import FORMATS, Asked, examples

_SHOWN = ("expires", "days_left", "requirement", "person_id", "post_id", "last_holder")


@click.command("expiring", epilog=examples("expiring", "expiring --days 30 --audience aggregate"))
@click.option("--days", type=click.IntRange(0, 36_500), default=90, show_default=True, help="So many days ahead.")
@options.unit
@options.everything
@options.audience("pseudonymous")
@options.as_of
@options.output(*FORMATS)
def command(days: int, *, unit: str | None, everything: bool, audience: str, as_of: str | None, kind: str) -> Asked:
    """Show what people hold, and their posts need, that is about to lapse.

    last_holder is true where nobody else in the unit holds it on the day after.
    """
    from queries.answers.workforce import Shape, on_people

    said = {"unit": unit, "days": days, "all": everything or None, "as_of": as_of}
    shape = Shape(_SHOWN, ("requirement", "requirement_id"))
    return Asked(lambda graph: on_people(graph, "expiring", said, shape, audience=audience), kind)
