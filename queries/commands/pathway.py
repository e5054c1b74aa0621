"""`rankgraph pathway FROM TO`."""

from __future__ import annotations

import click

from queries.commands import options
from queries.commands.options import FORMATS, Asked, examples


@click.command("pathway", epilog=examples('pathway constable "met commissioner"', 'pathway inspector "dcc" --all'))
@click.argument("held", metavar="FROM")
@click.argument("aim", metavar="TO")
@click.option("--all", "whole", is_flag=True, help="Show every route step by step, not the first alone.")
@options.held
@options.as_of
@options.force
@options.output(*FORMATS)
def command(
    held: str,
    aim: str,
    *,
    whole: bool,
    holds: tuple[str, ...],
    held_rank: tuple[str, ...],
    me: str | None,
    as_of: str | None,
    force: str | None,
    kind: str,
) -> Asked:
    """Show the ways from one rank to another.

    Each step comes with what it asks for. Ranks are given by id or by name.
    With what you hold (--holds, --held-rank, --me) it says what of that is met, and until when.
    """
    from queries.answers.answer import pathway
    from queries.parameters.holdings import from_options

    said = from_options(holds, held_rank, me)
    return Asked(lambda graph: pathway(graph, held, aim, as_of=as_of, force=force, whole=whole, said=said), kind)
