"""`rankgraph succession RANK`."""

from __future__ import annotations

import click

from queries.commands import options
from queries.commands.options import FORMATS, Asked, examples

_SHOWN = ("ready", "person_id", "rank", "since", "blocked_by")


@click.command("succession", epilog=examples('succession "met commander"', "succession inspector --audience named"))
@click.argument("rank", metavar="RANK")
@options.unit
@options.audience("pseudonymous")
@options.as_of
@options.force
@options.output(*FORMATS)
def command(rank: str, *, unit: str | None, audience: str, as_of: str | None, force: str | None, kind: str) -> Asked:
    """Show who could follow into a rank, and when.

    A line is one person of a rank just below: ready now, within 12 or 24 months by the mere passing of
    time, or not, with what blocks on the day. No training is assumed that is not recorded.
    """
    from queries.answers.workforce import Shape, on_people

    said = {"rank": rank, "unit": unit, "as_of": as_of}
    shape = Shape(_SHOWN, ("ready",))
    return Asked(lambda graph: on_people(graph, "succession", said, shape, audience=audience, force=force), kind)
