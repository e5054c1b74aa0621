"""`rankgraph pathway-gap FROM TO`."""

from __future__ import annotations

import click

from queries.commands import options
from queries.commands.options import FORMATS, Asked, examples


@click.command(
    "pathway-gap",
    epilog=examples('pathway-gap constable "met commissioner"', 'pathway-gap inspector "dcc" --all'),
)
@click.argument("held", metavar="FROM")
@click.argument("aim", metavar="TO")
@click.option("--all", "whole", is_flag=True, help="Show every route step by step, not the first alone.")
@options.as_of
@options.force
@options.output(*FORMATS)
def command(held: str, aim: str, *, whole: bool, as_of: str | None, force: str | None, kind: str) -> Asked:
    """Show what all steps between two ranks ask for together.

    What several steps ask for is counted once, at the highest level. The gates stand in the order in
    which they are met, and with each step the least time to it, as far as a source gives one.
    """
    from queries.answers.pathway_gap import pathway_gap

    return Asked(lambda graph: pathway_gap(graph, held, aim, as_of=as_of, force=force, whole=whole), kind)
