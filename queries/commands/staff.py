"""Commands on the files of a force: load them, make empty ones, make those of an invented force."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from graph.errors import CheckError, OutputError, UsageError
from queries.answers.answer import Answer
from queries.commands import options
from queries.commands.options import Suggesting, examples
from queries.commands.running import Result, opened, progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.session import Graph
    from graph.staff_nodes import LoadTotal, PeopleCount
    from loaders.staff.read import Staff
    from queries.commands.running import Advance


_STEPS = 100
"""Steps of the progress bar of rows that are written."""

_TENTH = 0.1
"""Share of the people that a whole export may close without being asked."""
_WORKBOOK_PEOPLE = 20_000
_MOST_WORKBOOK_PEOPLE = 50_000
"""A sheet of a workbook has at most 1,048,576 rows; holdings of more people may be more."""

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
`rankgraph staff mapping FILE...` proposes a mapping of raw exports; the planner's tutorial lists its keys.
"""


@click.group(cls=Suggesting, epilog=examples("staff load export", "staff load staff.xlsx --on-error skip"))
def staff() -> None:
    """Load an export of staff: units, posts, people and what they hold."""


@staff.command(
    epilog=examples(
        "template staff --out templates",
        "staff load export --dry-run",
        "staff load staff.xlsx --on-error skip --errors errors.xlsx",
        "staff load export --full --as-of 2026-03-31",
    )
    + _MAPPING,
)
@click.argument("source", metavar="FOLDER_OR_FILE...", nargs=-1, required=True)
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
@click.option("--dates", type=click.Choice(("uk", "us")), help="Read 03/04/2026 as 3 April, or as 4 March.")
@click.option("--full", is_flag=True, help="The export is whole: close or remove what is not in it.")
@click.option("--as-of", metavar="DAY", help="The day of a whole export, such as 2026-03-31.")
@click.option(
    "--allow-closing", type=click.IntRange(0), metavar="N", help="People that --full may close; else a tenth."
)
@click.option("--dry-run", is_flag=True, help="Compare and count only; nothing is written into the graph.")
@options.force
@options.wait
@options.output("table", "json")
def load(
    source: tuple[str, ...], *, on_error: str, errors: str | None, full: bool, as_of: str | None, **others: Any
) -> Result:
    """Load staff files: a folder of CSV files, a workbook with the same sheets, or raw exports with a mapping.

    `rankgraph template staff` makes empty ones, `rankgraph staff mapping` proposes a mapping of raw
    exports. Loading the same files again changes nothing, and
    completes a load that was cut short. Nobody is deleted: a person who is not in a whole export
    (--full --as-of) left by the day before, and an occupancy that is not in it ended by then;
    an export in which more than a tenth of the people are missing stops, unless --allow-closing says so.
    What its sheets say no longer of the people, posts and courses in it is removed; a sheet that the
    export does not have removes nothing.

    Bad rows are written to the workbook of --errors; with --on-error skip always: without --errors
    beside the input, in -errors.xlsx, or -errors-2.xlsx and so on where that is there.
    """
    from queries.show import views

    workbook = _error_workbook(errors, source, overwrite=others["overwrite"])
    day = _export_day(as_of, full=full)
    export = _Export(tuple(map(Path, source)), skip=on_error == "skip", errors=workbook, day=day, **others)
    with progress() as advance, opened(write=not export.dry_run) as graph:
        graph.wait = export.wait
        return Result(_load(graph, advance, export), views.staff_load)


@staff.command(
    epilog=examples(
        "staff mapping HR.xlsx TRAINING.txt MATRIX.xlsx --out force.yaml",
        "staff load HR.xlsx TRAINING.txt MATRIX.xlsx --mapping force.yaml --dry-run",
    )
)
@click.argument("source", metavar="FOLDER_OR_FILE...", nargs=-1)
@click.option("--schema", is_flag=True, help="Print the JSON Schema of a mapping, for an editor.")
@click.option("--out", metavar="FILE.yaml", help="Where the mapping goes; else stdout.")
@click.option("--overwrite", is_flag=True, help="Let it take the place of a file that is there.")
@options.output()
def mapping(source: tuple[str, ...], *, schema: bool, out: str | None, overwrite: bool) -> Result:
    """Propose how raw exports are to be understood.

    Looks at files of an HR or a training system, and writes a mapping: which file or sheet is what, which of
    its columns are ours, what words mean, which rows are none. What is not sure is a value that begins with ?
    and lists its candidates: choose one of them, or take the line out. Nothing is loaded.
    """
    from loaders.staff.mapping import model
    from loaders.staff.proposal import propose
    from queries.parameters.staff_names import staff_names
    from queries.show.files import writable

    if schema:
        return Result(
            Answer((), [], []), text=json.dumps(model().model_json_schema(), indent=2, ensure_ascii=False) + "\n"
        )
    if not source:
        raise UsageError("found no files; expected those of an HR or a training system")
    path = writable(Path(out), overwrite=overwrite) if out else None
    with opened() as graph:
        text = propose([Path(one) for one in source], staff_names(graph))
    choices = [f"line {number}: {line.strip()}" for number, line in enumerate(text.splitlines(), 1) if "? " in line]
    notes = [f"choose: {len(choices)} line(s) with ?", *choices] if choices else []
    if path is None:
        return Result(Answer((), [], notes), text=text)
    path.write_text(text, encoding="utf-8")
    do = f"rankgraph staff load {' '.join(source)} --mapping {out} --dry-run"
    rows = [{"file": out, "lines": len(text.splitlines()), "choices": len(choices)}]
    return Result(Answer(("file", "lines", "choices"), rows, [*notes, f"then: {do}"]))


@dataclass(frozen=True)
class _Export:
    """An export that is to be loaded, and how."""

    source: tuple[Path, ...]
    skip: bool
    errors: Path | None
    day: str | None
    overwrite: bool
    mapping: str | None
    dates: Literal["uk", "us"] | None
    allow_closing: int | None
    dry_run: bool
    force: str | None
    wait: float


def _error_workbook(name: str | None, source: tuple[str, ...], *, overwrite: bool) -> Path | None:
    from queries.show.files import writable

    if name is None:
        return None
    if not name.endswith(".xlsx") or Path(name).resolve() in {Path(one).resolve() for one in source}:
        raise UsageError(f"--errors: found {name!r}; expected the name of another workbook, ending in .xlsx")
    return writable(Path(name), overwrite=overwrite)


def _export_day(as_of: str | None, *, full: bool) -> str | None:
    from queries.ask import day

    if full != (as_of is not None):
        missing, given = ("--as-of", "--full") if full else ("--full", "--as-of")
        raise UsageError(f"found {given} without {missing}; expected both for a whole export, and neither for a part")
    return None if as_of is None else day(as_of, "--as-of")


def _load(graph: Graph, advance: Advance, export: _Export) -> Answer:
    from graph.staff.load import check_day
    from graph.staff.load import load as write
    from loaders.staff.read import read
    from queries.answers.load_result import staff_load
    from queries.parameters.staff_names import staff_names

    if export.day:
        check_day(graph, export.day)
    names = staff_names(graph, as_of=export.day, force=export.force)
    mapping = Path(export.mapping) if export.mapping else None
    with read(export.source, names, mapping=mapping, dates=export.dates, on_row=advance) as rows:
        notes = [*_handle_faults(rows, export), *rows.notes]
        on_rows = _writing_steps(rows, advance)
        counts = write(
            graph,
            rows,
            full_day=export.day,
            most_closed=export.allow_closing or _TENTH,
            dry_run=export.dry_run,
            count_totals=partial(_count, rows),
            on_rows=on_rows,
            on_note=notes.append,
        )
        counted = f"people are counted by {', '.join(rows.counted)}: `rankgraph ask people-counts` has how many"
        notes += [counted] if rows.counted else []
        lasting = f"tickets left out that may still be valid: {rows.lasting}; who holds one is short of it here"
        notes += [lasting] if rows.lasting else []
        notes += _exposed(graph)
        if export.dry_run:
            notes.append("dry run: nothing was written")
        sheets = {name: asdict(count) for name, count in rows.counts.items()}
        return staff_load(sheets, counts.model_dump(), notes)


def _count(rows: Staff, graph: Graph, day: str) -> list[LoadTotal | PeopleCount]:
    """Return what a load leaves of its day, and how many people have what the mapping asks to count."""
    from queries.answers.load_totals import load_totals, seats, units_above
    from queries.audience.people_counts import people_counts

    totals = load_totals(graph, day)
    if not rows.counted:
        return [*totals]
    return [*totals, *people_counts(rows.rows("people"), seats(graph, day), units_above(graph), day)]


def _exposed(graph: Graph) -> list[str]:
    """Return a note where others on this machine may enter the folder of the graph, which will hold names."""
    if graph.on_server or os.name != "posix" or not Path(graph.address).stat().st_mode & 0o077:
        return []
    return [f"others on this machine may enter {graph.address}; `chmod 700 {graph.address}` keeps them out"]


def _handle_faults(rows: Staff, export: _Export) -> list[str]:
    """Write the bad rows out, and return notes on them. Raises CheckError where they stop the load."""
    from queries.answers.load_result import problems

    if not rows.faults:
        return [f"found no faulty rows, so {export.errors} was not written"] if export.errors else []
    notes = _write_faults(rows, export)
    groups, unknown = list(rows.fault_groups()), list(map(asdict, rows.unmatched()))
    lines = problems(groups, len(groups), unknown, rows.following())
    if unknown:
        name = json.dumps(unknown[0]["name"], ensure_ascii=False)
        cure = f"{unknown[0]['sheet']}: {{values: {{{unknown[0]['column']}: {{{name}: OURS}}}}}}"
        lines.append(f"a mapping (--mapping) translates names, `none` being an empty cell: `{cure}`")
    if not export.skip:
        advice = notes or ["--errors FILE.xlsx writes all of them out, --on-error skip loads the other rows"]
        raise CheckError([*lines, *advice, *rows.notes])
    return [*lines, *notes]


def _write_faults(rows: Staff, export: _Export) -> list[str]:
    """Write the bad rows to the error workbook, if there is to be one, and return a note on it."""
    from loaders.staff.fault_workbook import write
    from queries.show.files import make_private, writable

    path = export.errors
    if path is None and export.skip and not export.dry_run:
        path = writable(_free_name(export.source[0].resolve(), overwrite=export.overwrite), overwrite=export.overwrite)
    if path is None:
        return []
    make_private(path)
    write(rows, path)
    skipped = sum(sheet.skipped for sheet in rows.counts.values())
    return [f"{skipped} row(s) at fault stand in {path}, each with what is wrong"]


def _free_name(source: Path, *, overwrite: bool) -> Path:
    """Return where bad rows go by default: beside the input, under the first name that no file has."""
    first = source.with_name(f"{source.stem}-errors.xlsx")
    more = (source.with_name(f"{source.stem}-errors-{number}.xlsx") for number in count(2))
    return next(path for path in chain([first], more) if overwrite or not path.exists())


def _writing_steps(rows: Staff, advance: Advance) -> Callable[[str, int], None]:
    """Return a function that takes a sheet and how many of its rows were written, and advances the bar by that."""
    from graph.staff.load import writes_per_sheet

    total = sum(sheet.taken * writes_per_sheet(name) for name, sheet in rows.counts.items()) or 1
    written, steps = 0, 0

    def on_rows(_sheet: str, number: int) -> None:
        nonlocal written, steps
        written += number
        while steps < written * _STEPS // total:
            advance("writing", _STEPS)
            steps += 1

    return on_rows


@options.command("sample-force OUT/", "sample-force OUT/ --people 5000 --seed 7", "sample-force OUT/ --overwrite")
@click.argument("out", metavar="OUT")
@click.option("--people", type=int, default=300, show_default=True, help="How many people; 150 at least.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same force.")
@click.option("--xlsx", is_flag=True, help="Write the workbook for more than 20,000 people, too.")
@click.option("--overwrite", is_flag=True, help="Write into a folder that is not empty.")
@options.output()
def sample_force(out: str, *, people: int, seed: int, xlsx: bool, overwrite: bool) -> Result:
    """Write a force that nobody serves in into the folder OUT.

    Staff files (csv, and staff.xlsx up to 20,000 people) and documents that say what its ranks ask for.
    README.md says how to load it, and for which day to ask.
    """
    return Result(_make_force(Path(out), people, seed, xlsx=xlsx, overwrite=overwrite))


def _make_force(out: Path, people: int, seed: int, *, xlsx: bool, overwrite: bool) -> Answer:
    from loaders.sample_force import LEAST, MOST, make, write_workbook

    if not LEAST <= people <= MOST:
        raise UsageError(f"found --people {people}; expected a number from {LEAST} to {MOST:,}")
    if xlsx and people > _MOST_WORKBOOK_PEOPLE:
        raise UsageError(
            f"found --xlsx for {people:,} people; a workbook holds {_MOST_WORKBOOK_PEOPLE:,}: leave it out"
        )
    _refuse_place(out, overwrite=overwrite)
    book, notes = out / "staff.xlsx", list[str]()
    try:
        book.unlink(missing_ok=True)
        counted = make(out, people, seed)
        if xlsx or people <= _WORKBOOK_PEOPLE:
            write_workbook(out / "csv", book)
        else:
            notes.append(f"no workbook is written for more than {_WORKBOOK_PEOPLE:,} people; --xlsx writes it")
    except OSError as error:
        raise OutputError(str(out), f"cannot be written ({error.strerror}); name another place") from error
    notes.append(f"{out / 'README.md'} says how to load it")
    rows = [{"sheet": sheet, "rows": number} for sheet, number in counted.items()]
    return Answer(("sheet", "rows"), rows, notes)


def _refuse_place(out: Path, *, overwrite: bool) -> None:
    """Raise OutputError unless files may be written into the folder."""
    if out.exists() and not out.is_dir():
        raise OutputError(str(out), "found a file; expected the name of a folder")
    if not out.is_dir() and not out.parent.is_dir():
        raise OutputError(str(out), f"found no folder {out.parent}; make it first, or name another place")
    if out.is_dir() and any(out.iterdir()) and not overwrite:
        raise OutputError(str(out), "found a folder that is not empty; name another, or give --overwrite")
