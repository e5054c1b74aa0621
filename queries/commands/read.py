"""`rankgraph read FILE`."""

from __future__ import annotations

import click

from queries.commands import options
from queries.commands.options import Made, examples


@click.command("read", epilog=examples("read profile.txt", "read profile.txt --format json"))
@click.argument("file")
@options.output("table", "json")
def command(file: str, kind: str) -> Made:
    """Show what FILE says, line by line.

    What was not understood is listed as leftovers. Nothing is written.
    """
    from pathlib import Path

    from loaders import files
    from loaders import read as extract
    from queries.answers.answer import Composed
    from queries.show.document_tree import document

    [found] = files.read_all(files.Found([Path(file)]), extract)
    notes = [f"{file}: {note}" for note in found.notes]
    if found.leftovers:
        notes.append(f"{file}: {len(found.leftovers)} statement(s) not understood, listed as leftovers")
    parts = found.model_dump(mode="json")
    return Made(Composed((), [], notes, view=document(parts), parts=parts), kind)
