"""`rankgraph gap FROM TO`."""

from __future__ import annotations

import click

from queries import options
from queries.options import FORMATS, Asked, examples

__all__ = ["command"]


@click.command("gap", epilog=examples('gap "met commander" dac', "gap sergeant inspector --duties"))
@click.argument("held", metavar="FROM")
@click.argument("aim", metavar="TO")
@click.option("--duties", is_flag=True, help="Add the duties of both ranks.")
@options.as_of
@options.force
@options.output(*FORMATS)
def command(held: str, aim: str, *, duties: bool, as_of: str | None, force: str | None, kind: str) -> Asked:
    """Show what stands between two ranks.

    Each line is one requirement, with where it is written. Ranks are given by id or by name.
    """
    from queries.composed import gap  # noqa: PLC0415

    return Asked(lambda graph: gap(graph, held, aim, as_of=as_of, force=force, duties=duties), kind)
