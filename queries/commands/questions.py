"""`rankgraph questions`."""

from __future__ import annotations

import click

from queries.commands import options
from queries.commands.options import FORMATS, Made, examples

_COLUMNS = ("question", "family", "title", "parameters")


@click.command("questions", epilog=examples("questions", "questions --format json"))
@options.output(*FORMATS)
def command(kind: str) -> Made:
    """List the questions that `rankgraph ask` knows."""
    from queries.answers.answer import Composed
    from queries.catalogue import questions

    rows: list[dict[str, object]] = [
        {
            "question": question.name,
            "family": question.family,
            "title": question.title,
            "parameters": [parameter.name for parameter in question.parameters],
        }
        for question in questions()
    ]
    return Made(Composed(_COLUMNS, rows, []), kind)
