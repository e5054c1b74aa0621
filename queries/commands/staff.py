"""`rankgraph staff load`."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, count
from typing import TYPE_CHECKING, Literal

import click

from queries.commands import options
from queries.commands.options import Suggesting, Writing, examples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from graph.session import Graph
    from loaders.staff import Staff
    from queries.answers.answer import Composed

    Advance = Callable[[str, int], None]


_STEPS = 100
_MAPPING = """

\b
A mapping file (--mapping) has our sheets, and below each our columns with your headers:
  people:
    file: HR extract.csv
    person_id: Payroll ref
    name: Display name
  holdings:
    file: Training.csv
    requirement: Ticket
    only:
      Outcome: [Completed, Passed]
    ignore: [Booking status]
In a workbook, write `sheet: Staff list` in place of `file:`; leave either out where the name is ours.
`only` takes the rows with these words in your column, `ignore` passes a column over: a file of holdings
with a column on how a course went is read with one of the two, so that what was failed does not count.
"""


@click.group("staff", cls=Suggesting, epilog=examples("staff load export", "staff load staff.xlsx --on-error skip"))
def command() -> None:
    """Load an export of staff: units, posts, people and what they hold."""


@command.command(
    "load",
    epilog=examples(
        "template staff --out templates",
        "staff load export --dry-run",
        "staff load staff.xlsx --on-error skip --errors errors.xlsx",
        "staff load export --full --as-of 2026-03-31",
    )
    + _MAPPING,
)
@click.argument("source", metavar="FOLDER_OR_XLSX")
@click.option(
    "--on-error",
    type=click.Choice(("stop", "skip")),
    default="stop",
    show_default=True,
    help="Load nothing if any row is at fault, or all but those rows.",
)
@click.option("--errors", metavar="FILE.xlsx", help="Write each bad row, with what is wrong, to FILE.")
@click.option("--overwrite", is_flag=True, help="Let the error workbook take the place of a file that is there.")
@click.option("--mapping", metavar="FILE.yaml", help="What your files call our sheets and columns.")
@click.option("--dates", type=click.Choice(("uk",)), help="Read 03/04/2026 as 3 April; else it is an error.")
@click.option("--full", is_flag=True, help="The export is whole: close or remove what is not in it.")
@click.option("--as-of", metavar="DAY", help="The day of a whole export, such as 2026-03-31.")
@click.option("--dry-run", is_flag=True, help="Compare and count only; nothing is written into the graph.")
@options.force
@options.output("table", "json")
def load(
    source: str,
    *,
    on_error: Literal["stop", "skip"],
    errors: str | None,
    overwrite: bool,
    mapping: str | None,
    dates: Literal["uk"] | None,
    full: bool,
    as_of: str | None,
    dry_run: bool,
    force: str | None,
    kind: str,
) -> Writing:
    """Load staff files: a folder of CSV files, or a workbook with the same sheets.

    `rankgraph template staff` makes empty ones. Loading the same files again changes nothing, and
    completes a load that was cut short. Nobody is deleted: a person who is not in a whole export
    (--full --as-of) has left on that day at the latest, and an occupancy that is not in it has ended.
    What its sheets say no longer of the people, posts and courses in it is removed; a sheet that the
    export does not have removes nothing.

    Bad rows are written to the workbook of --errors; with --on-error skip always: without --errors
    beside the input, in -errors.xlsx, or -errors-2.xlsx and so on where that is there.
    """
    from pathlib import Path

    export = _Export(
        Path(source),
        skip=on_error == "skip",
        errors=_errors(errors, source, overwrite=overwrite),
        overwrite=overwrite,
        mapping=Path(mapping) if mapping else None,
        dates=dates,
        day=_day(as_of, full=full),
        dry_run=dry_run,
        force=force,
    )
    return Writing(lambda graph, advance: _load(graph, advance, export), kind)


@dataclass(frozen=True)
class _Export:
    """What is loaded, and how."""

    source: Path
    skip: bool
    errors: Path | None
    overwrite: bool
    mapping: Path | None
    dates: Literal["uk"] | None
    day: str | None
    dry_run: bool
    force: str | None


def _errors(said: str | None, source: str, *, overwrite: bool) -> Path | None:
    from pathlib import Path

    from graph.errors import UsageError
    from queries.show.files import writable

    if said is None:
        return None
    if not said.endswith(".xlsx") or Path(said).resolve() == Path(source).resolve():
        raise UsageError(f"--errors: found {said!r}; expected the name of another workbook, ending in .xlsx")
    return writable(Path(said), overwrite=overwrite)


def _day(said: str | None, *, full: bool) -> str | None:
    from graph.errors import UsageError
    from queries.ask import day

    if full != (said is not None):
        missing, given = ("--as-of", "--full") if full else ("--full", "--as-of")
        raise UsageError(f"found {given} without {missing}; expected both for a whole export, and neither for a part")
    return None if said is None else day(said, "--as-of")


def _load(graph: Graph, advance: Advance, export: _Export) -> Composed:
    from graph.staff.load import load as put
    from loaders.staff import read
    from queries.answers.load_result import outcome
    from queries.parameters.staff_names import staff_names

    names = staff_names(graph, as_of=export.day, force=export.force)
    with read(export.source, names, mapping=export.mapping, dates=export.dates, on_row=advance) as staff:
        notes = [*staff.notes, *_faults(staff, export)]
        steps = _steps(staff, advance)
        counts = put(graph, staff, full_day=export.day, dry_run=export.dry_run, on_rows=steps, on_note=notes.append)
        if export.dry_run:
            notes.append("dry run: nothing was written")
        return outcome(staff.counts, counts.model_dump(), notes)


def _faults(staff: Staff, export: _Export) -> list[str]:
    """Write the bad rows out, and return notes on them. Raises CheckError where they stop the load."""
    from graph.errors import CheckError
    from queries.answers.load_result import problems

    if not staff.faults:
        return [f"no row is at fault: {export.errors} was not written"] if export.errors else []
    notes = _written(staff, export)
    unknown = staff.unmatched()
    others = len(staff.faults) - sum(one.rows for one in unknown)
    told = problems((fault for fault in staff.faults if fault.kind != "name"), others, unknown)
    if not export.skip:
        advice = notes or ["--errors FILE.xlsx writes all of them out, --on-error skip loads the other rows"]
        raise CheckError([*staff.notes, *told, *advice])
    return [*told, *notes]


def _written(staff: Staff, export: _Export) -> list[str]:
    from loaders.staff.fault_workbook import write
    from queries.show.files import writable

    path = export.errors
    if path is None and export.skip and not export.dry_run:
        path = writable(_free(export.source.resolve(), overwrite=export.overwrite), overwrite=export.overwrite)
    if path is None:
        return []
    write(staff, path)
    rows = sum(count.skipped for count in staff.counts.values())
    return [f"{rows} row(s) at fault stand in {path}, each with what is wrong"]


def _free(source: Path, *, overwrite: bool) -> Path:
    """Return where bad rows go unless told: beside the input, under the first name that no file has."""
    first = source.with_name(f"{source.stem}-errors.xlsx")
    more = (source.with_name(f"{source.stem}-errors-{number}.xlsx") for number in count(2))
    return next(path for path in chain([first], more) if overwrite or not path.exists())


def _steps(staff: Staff, advance: Advance) -> Callable[[str, int], None]:
    """Return what makes steps of the progress bar of rows that were written."""
    from graph.staff.load import passes

    total = sum(count.taken * passes(name) for name, count in staff.counts.items()) or 1
    done, told = 0, 0

    def on_rows(_sheet: str, rows: int) -> None:
        nonlocal done, told
        done += rows
        while told < done * _STEPS // total:
            advance("writing", _STEPS)
            told += 1

    return on_rows
