"""`rankgraph sample-force OUT`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from queries.commands import options
from queries.commands.options import FORMATS, Made, examples

if TYPE_CHECKING:
    from pathlib import Path

    from queries.answers.answer import Composed


_WORKBOOK = 20_000
_LARGEST_WORKBOOK = 50_000
"""A sheet of a workbook has at most 1,048,576 rows; holdings of more people may be more."""


@click.command(
    "sample-force",
    epilog=examples("sample-force OUT/", "sample-force OUT/ --people 5000 --seed 7", "sample-force OUT/ --overwrite"),
)
@click.argument("out", metavar="OUT")
@click.option("--people", type=int, default=300, show_default=True, help="How many people; 150 at least.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same force.")
@click.option("--xlsx", is_flag=True, help="Write the workbook for more than 20,000 people, too.")
@click.option("--overwrite", is_flag=True, help="Write into a folder that is not empty.")
@options.output(*FORMATS)
def command(out: str, *, people: int, seed: int, xlsx: bool, overwrite: bool, kind: str) -> Made:
    """Write a force that nobody serves in into the folder OUT.

    Staff files (csv, and staff.xlsx up to 20,000 people), documents that say what its ranks ask for, and
    answers.json: what the questions about the workforce must answer on the day that it names. README.md
    says how to load it.
    """
    from pathlib import Path

    return Made(_make(Path(out), people, seed, xlsx=xlsx, overwrite=overwrite), kind)


def _make(out: Path, people: int, seed: int, *, xlsx: bool, overwrite: bool) -> Composed:
    from graph.errors import OutputError, UsageError
    from loaders.sample_force import LEAST, MOST, make, write_workbook
    from queries.answers.answer import Composed

    if not LEAST <= people <= MOST:
        raise UsageError(f"found --people {people}; expected a number from {LEAST} to {MOST:,}")
    if xlsx and people > _LARGEST_WORKBOOK:
        raise UsageError(f"found --xlsx for {people:,} people; a workbook holds {_LARGEST_WORKBOOK:,}: leave it out")
    _check(out, overwrite=overwrite)
    book, notes = out / "staff.xlsx", list[str]()
    try:
        book.unlink(missing_ok=True)
        made = make(out, people, seed)
        if xlsx or people <= _WORKBOOK:
            write_workbook(out / "csv", book)
        else:
            notes.append(f"no workbook is written for more than {_WORKBOOK:,} people; --xlsx writes it")
    except OSError as error:
        raise OutputError(str(out), f"cannot be written ({error.strerror}); name another place") from error
    notes.append(f"{sum(made.answers.values()):,} rows of answers are in {out / 'answers.json'}")
    notes.append(f"{out / 'README.md'} says how to load it")
    rows = [{"sheet": sheet, "rows": count} for sheet, count in made.rows.items()]
    return Composed(("sheet", "rows"), rows, notes)


def _check(out: Path, *, overwrite: bool) -> None:
    from graph.errors import OutputError

    if out.exists() and not out.is_dir():
        raise OutputError(str(out), "found a file; expected the name of a folder")
    if not out.is_dir() and not out.parent.is_dir():
        raise OutputError(str(out), f"found no folder {out.parent}; make it first, or name another place")
    if out.is_dir() and any(out.iterdir()) and not overwrite:
        raise OutputError(str(out), "found a folder that is not empty; name another, or give --overwrite")
