"""`rankgraph gates RANK`."""

from __future__ import annotations

import click

from queries.commands import options
from queries.commands.options import FORMATS, Asked, examples

_EPILOG = examples(
    'gates "met ac" --holds scc:2019 --holds senior-pnac:2018-06-30 --held-rank "met commander"',
    "gates inspector --me me.yaml --as-of 2027-01-01",
    "gates inspector --in scotland",
)


class _Gates(click.Command):
    """A command whose help ends in a file for --me."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_epilog(ctx, formatter)
        from queries.parameters.my_record import TEMPLATE  # reads YAML, which few commands need

        formatter.write("\nA file for --me, with everything that may stand in it:\n\n")
        formatter.write("".join(f"  {line}\n" for line in TEMPLATE.splitlines()))


@click.command("gates", cls=_Gates, epilog=_EPILOG)
@click.argument("name", metavar="RANK")
@options.held
@click.option("--in", "place", type=click.Choice(options.PLACES), help="Where the rank is aimed at.")
@options.as_of
@options.force
@options.output(*FORMATS)
def command(
    name: str,
    *,
    holds: tuple[str, ...],
    held_rank: tuple[str, ...],
    me: str | None,
    place: str | None,
    as_of: str | None,
    force: str | None,
    kind: str,
) -> Asked:
    """Show which gates of a rank are open to you.

    A gate is open, or blocked and by what, or unknown. What the law asks, a force, a profile and an
    advert stand side by side. Of gates that hold in England and Wales nothing is known elsewhere.
    """
    from queries.answers.answer import gates
    from queries.parameters.holdings import from_options

    said = from_options(holds, held_rank, me)
    return Asked(lambda graph: gates(graph, name, said, place=place, as_of=as_of, force=force), kind)
