"""`rankgraph check`."""

from __future__ import annotations

import click

from queries.commands import options
from queries.commands.options import FORMATS, Asked, examples


@click.command("check", epilog=examples("check", "check --format json", "check --as-of 2026-10-01"))
@options.as_of
@options.output(*FORMATS)
def command(as_of: str | None, kind: str) -> Asked:
    """Check the graph by its rules of health.

    A row is a finding: an error (exit code 1), a warning, or a note, with what to do about it. No rows:
    all is well. Each rule is a question file of queries/health, and can be asked by itself.
    """
    from graph.nodes import SCHEMA_VERSION
    from queries.answers.health import checked

    return Asked(lambda graph: checked(graph, {"schema": SCHEMA_VERSION, "as_of": as_of}), kind)
