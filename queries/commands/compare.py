"""`rankgraph compare OLD NEW`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from queries.commands import options
from queries.commands.options import FORMATS, Asked, examples

if TYPE_CHECKING:
    from pathlib import Path

    from graph.session import Graph
    from queries.answers.answer import Composed


@click.command(
    "compare",
    epilog=examples(
        "compare dac@2021-01 dac",
        "compare dac@2021-01 dac@since-2023 --out changes.html",
        'compare "met commander" dac --format markdown',
    ),
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--out", metavar="FILE", help="Write a page with both side by side to FILE.")
@click.option("--overwrite", is_flag=True, help="Let --out take the place of a file that is there.")
@options.as_of
@options.force
@options.output(*FORMATS)
def command(
    old: str, new: str, *, out: str | None, overwrite: bool, as_of: str | None, force: str | None, kind: str
) -> Asked:
    """Show what changed between two editions, duty by duty.

    An edition is a rank and what stands after the @ in `rankgraph ask editions-of`; a rank alone is its
    edition that counts on the day. Duties, purpose, skills and the like are aligned by their words; what is
    kept is identical, another form of the same words, reworded, split, merged or moved.
    """
    from pathlib import Path

    from queries.show.files import writable

    target = writable(Path(out), overwrite=overwrite) if out else None
    return Asked(lambda graph: _run(graph, (old, new), as_of, force, target), kind)


def _run(
    graph: Graph, editions: tuple[str, str], as_of: str | None, force: str | None, target: Path | None
) -> Composed:
    from graph.text.edition_diff import COLUMNS, compare  # numpy and scipy
    from queries.answers.answer import Composed
    from queries.answers.comparison import compared, view

    found = compared(graph, *editions, compare, as_of=as_of, force=force)
    notes = list(found.notes)
    if target:
        from queries.show.comparison_page import page
        from queries.show.files import write

        write(target, page(found))
        notes.append(f"both editions stand side by side in {target}")
    return Composed(COLUMNS, found.rows, notes, view(found))
