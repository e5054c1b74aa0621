"""`rankgraph person PERSON --to RANK`."""

from __future__ import annotations

import click

from queries.commands import options
from queries.commands.options import FORMATS, Asked, examples


@click.command("person", epilog=examples("person P123 --to inspector", "person P123 --to sergeant --as-of 2027-04-01"))
@click.argument("person", metavar="PERSON")
@click.option("--to", required=True, metavar="RANK", help="The rank or role aimed at, by id or name.")
@options.everything
@options.as_of
@options.force
@options.output(*FORMATS)
def command(person: str, *, to: str, everything: bool, as_of: str | None, force: str | None, kind: str) -> Asked:
    """Show what one person still needs to reach a rank.

    What is not met comes first, gates before all; until is the last day on which what is held counts.
    PERSON is the number that the staff files give.
    """
    from queries.answers.workforce import on_person

    return Asked(lambda graph: on_person(graph, person, to, everything=everything, as_of=as_of, force=force), kind)
