"""`rankgraph gap FROM TO`."""

from __future__ import annotations

import click

from queries.commands import options
from queries.commands.options import FORMATS, Asked, examples


@click.command(
    "gap", epilog=examples('gap "met commander" dac', "gap sergeant inspector --duties", "gap dac ac --holds scc:2019")
)
@click.argument("held", metavar="FROM")
@click.argument("aim", metavar="TO")
@click.option("--duties", is_flag=True, help="Add the duties of both ranks.")
@options.held
@options.as_of
@options.force
@options.output(*FORMATS)
def command(
    held: str,
    aim: str,
    *,
    duties: bool,
    holds: tuple[str, ...],
    held_rank: tuple[str, ...],
    me: str | None,
    as_of: str | None,
    force: str | None,
    kind: str,
) -> Asked:
    """Show what stands between two ranks.

    Each line is one requirement, with where it is written. Ranks are given by id or by name.
    With what you hold (--holds, --held-rank, --me) it says what of that is met, and until when.
    """
    from queries.answers.answer import gap
    from queries.parameters.holdings import from_options

    said = from_options(holds, held_rank, me)
    return Asked(lambda graph: gap(graph, held, aim, as_of=as_of, force=force, duties=duties, said=said), kind)
