"""`rankgraph conflicts`."""

from __future__ import annotations

import click

from queries.commands import options
from queries.commands.options import FORMATS, Asked, examples


@click.command("conflicts", epilog=examples("conflicts", "conflicts --as-of 2021-06-01 --format json"))
@options.as_of
@options.output(*FORMATS)
def command(as_of: str | None, kind: str) -> Asked:
    """Show where sources disagree, side by side.

    Every edition is read, old ones too, with the days each counts; --as-of keeps what counts on one
    day. Nothing is chosen.
    """
    from queries.answers.sources import conflicts

    return Asked(lambda graph: conflicts(graph, as_of=as_of), kind)
