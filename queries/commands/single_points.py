"""`rankgraph single-points`."""

from __future__ import annotations

import click

from queries.commands import options
from queries.commands.options import FORMATS, Asked, examples

_SHOWN = ("unit", "requirement", "need", "person_id", "expires")


@click.command("single-points", epilog=examples("single-points", "single-points --as-of 2027-04-01 --audience named"))
@options.unit
@options.everything
@options.audience("pseudonymous")
@options.as_of
@options.output(*FORMATS)
def command(unit: str | None, *, everything: bool, audience: str, as_of: str | None, kind: str) -> Asked:
    """Show what only one person in a unit holds on the day.

    A line is one requirement that posts of the unit need and that exactly one present person holds; a
    unit includes those below it.
    """
    from queries.answers.workforce import Shape, on_people

    said = {"unit": unit, "all": everything or None, "as_of": as_of}
    shape = Shape(_SHOWN, ("unit", "unit_id"))
    return Asked(lambda graph: on_people(graph, "single-points", said, shape, audience=audience), kind)
