"""`rankgraph why ID`."""

from __future__ import annotations

import click

from queries.commands import options
from queries.commands.options import FORMATS, Asked, examples


@click.command(
    "why", epilog=examples("why mopac", 'why "met commander"', 'why "strategic command course" --format json')
)
@click.argument("said", metavar="ID")
@options.as_of
@options.force
@options.output(*FORMATS)
def command(said: str, as_of: str | None, force: str | None, kind: str) -> Asked:
    """Show every source of a fact or a node.

    ID is the id of a fact or node, as answers give it, or the name of a rank, body, course or plan.
    Statements that no longer count are shown with their days; --as-of keeps those of one day.
    """
    from queries.answers.sources import why

    return Asked(lambda graph: why(graph, said, as_of=as_of, force=force), kind)
