"""`rankgraph heat-map`."""

from __future__ import annotations

import click

from queries.commands import options
from queries.commands.options import FORMATS, Asked, examples

_SHOWN = ("unit", "requirement", "level", "need", "have", "have_absent", "short")


@click.command("heat-map", epilog=examples("heat-map", 'heat-map --unit "Frontline Policing"', "heat-map --format csv"))
@options.unit
@options.everything
@options.as_of
@options.output(*FORMATS)
def command(unit: str | None, *, everything: bool, as_of: str | None, kind: str) -> Asked:
    """Show what posts need, have and are short of.

    A line is one requirement in one unit; a unit includes those below it. Need hangs on posts: a vacant
    post is short, and a post counts once however many are in it.
    """
    from queries.answers.workforce import on_units

    said = {"unit": unit, "all": everything or None, "as_of": as_of}
    return Asked(lambda graph: on_units(graph, "heat-map", said, _SHOWN), kind)
