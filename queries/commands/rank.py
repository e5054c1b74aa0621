"""`rankgraph rank RANK`."""

from __future__ import annotations

import click

from queries.commands import options
from queries.commands.options import Asked, examples


@click.command("rank", epilog=examples("rank dac", 'rank "chief constable" --format json'))
@click.argument("name", metavar="RANK")
@options.as_of
@options.force
@options.output("table", "json")
def command(name: str, as_of: str | None, force: str | None, kind: str) -> Asked:
    """Show all that is known of a rank or role."""
    from queries.answers.answer import rank

    return Asked(lambda graph: rank(graph, name, as_of=as_of, force=force), kind)
