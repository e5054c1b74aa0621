"""`rankgraph vacancies`."""

from __future__ import annotations

import click

from queries.commands import options
from queries.commands.options import FORMATS, Asked, examples

_SHOWN = ("unit_id", "post_id", "rank", "title", "vacant_since", "covered_by")


@click.command("vacancies", epilog=examples("vacancies", 'vacancies --unit "Frontline Policing" --as-of 2027-04-01'))
@options.unit
@options.audience("pseudonymous")
@options.as_of
@options.output(*FORMATS)
def command(unit: str | None, *, audience: str, as_of: str | None, kind: str) -> Asked:
    """Show the open posts that nobody is in substantively.

    A post that somebody covers, acting or temporary, is vacant too; by default it is said how many do.
    """
    from queries.answers.workforce import Shape, on_people

    said = {"unit": unit, "as_of": as_of}
    return Asked(
        lambda graph: on_people(
            graph, "vacancies", said, Shape(_SHOWN, ("unit", "unit_id", "rank")), audience=audience
        ),
        kind,
    )
