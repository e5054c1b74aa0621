"""The command line: `rankgraph`. The only module that prints.

Data goes to stdout, everything else to stderr. Heavy modules are imported by the command that needs
them, so that help and questions start at once.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import os
import re
import shlex
import shutil
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph.errors import AnswerError, RankgraphError, UsageError
from queries import commands
from queries.commands import options
from queries.commands.options import FORMATS, examples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from rich.console import RenderableType

    from graph.documents.write import Counts
    from graph.session import Graph
    from loaders.profile import Profile
    from queries.answers.answer import Composed
    from queries.catalogue import Question


_INTERRUPTED = 130


class _Main(options.Suggesting):
    """The one place where errors become messages and exit codes.

    Beside the commands of this module it has those of queries/commands, one a module, imported when used.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *_modules()])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _modules():
            return super().get_command(ctx, cmd_name)
        found: click.Command = importlib.import_module(f"queries.commands.{cmd_name.replace('-', '_')}").command
        return found

    def invoke(self, ctx: click.Context) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except UsageError as error:
            raise click.UsageError(str(error)) from error
        except RankgraphError as error:
            raise click.ClickException(str(error)) from error
        except KeyboardInterrupt:
            _say("interrupted; no document is in the graph by halves, and running the same again completes it")
            raise click.exceptions.Exit(_INTERRUPTED) from None
        except Exception as error:
            if os.environ.get("RANKGRAPH_DEBUG"):
                raise
            raise click.ClickException(_unexpected(error)) from error


class _Questions(options.Suggesting):
    """The catalogue as commands; only the file of the question that is asked is read."""

    what = "question"

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        from queries.catalogue import questions as catalogue

        return [question.name for question in catalogue()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        from queries.catalogue import question

        found = question(cmd_name) if re.fullmatch(r"[a-z0-9-]+", cmd_name) else None
        return _command(found) if found else None


@cache
def _modules() -> list[str]:
    folder = Path(commands.__path__[0])  # pkgutil takes 7 ms to import
    return sorted(file.stem.replace("_", "-") for file in folder.glob("[!_]*.py"))


def _unexpected(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return "the disk is full where the answer goes; make room, or send it elsewhere"
    said = " ".join(f"{type(error).__name__}: {error}".split())
    return f"{said}; this is a fault of rankgraph, please report it with what RANKGRAPH_DEBUG=1 shows"


def _say(*notes: str) -> None:
    from queries.show.tables import visible

    for note in notes:
        click.echo(visible(note), err=True)


def _terminal() -> tuple[int | None, bool]:
    """Return the columns of the terminal, none where stdout is no terminal, and whether it has colours."""
    if not sys.stdout.isatty():
        return None, False
    return shutil.get_terminal_size().columns, not os.environ.get("NO_COLOR")


def _show_rows(columns: Sequence[str], rows: Sequence[Mapping[str, object]], kind: str) -> None:
    from queries.show.tables import written

    width, colour = _terminal()
    click.echo(written(columns, rows, kind, width=width, colour=colour), nl=False)


def _show_parts(found: Mapping[str, object], view: Callable[[Mapping[str, object]], RenderableType], kind: str) -> None:
    from queries.show.tables import as_json, draw

    width, colour = _terminal()
    click.echo(as_json(found) if kind == "json" else draw(view(found), width, colour=colour), nl=False)


@contextlib.contextmanager
def _asking(*, write: bool = False) -> Iterator[Graph]:
    """Open the graph; an embedded graph that is empty is given the reference data first."""
    from graph.session import open_graph
    from queries.answers.loaded import has_reference

    with open_graph(write=write, notify=_say) as graph:
        if not has_reference(graph):
            _first(graph)
        yield graph


def _first(graph: Graph) -> None:
    if not graph.engine.startswith("embedded"):
        raise AnswerError(f"found no ranks at {graph.address}; expected the reference data; run `rankgraph load`")
    from graph.documents.load import load as put
    from loaders.facts.reference import reference_facts

    put(graph, [], reference_facts())
    _say(f"the graph in {graph.address} was empty: the reference data was loaded into it first")


def _present(found: Composed, kind: str) -> None:
    _say(*found.notes)
    if kind == "table" and (view := found.view) is not None:
        _show_parts({}, lambda _: view, kind)
    elif found.parts is not None:
        _show_parts(found.parts, str, kind)
    else:
        _show_rows(found.columns, found.rows, kind)
    if found.failed is not None:
        raise AnswerError(found.failed)


@click.group(
    cls=_Main,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=examples("load --samples", 'pathway constable "met commissioner"', 'gap "met commander" dac'),
)
@click.version_option(package_name="rankgraph")
def main() -> None:
    """Ask what stands between one police rank and the next, and where each answer is written.

    NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE name a Neo4j. Without them the graph
    is embedded, in the folder of RANKGRAPH_HOME or the user's data folder.
    """


@main.result_callback()
def _answer(asked: object) -> None:
    """Carry out what a command wants of the open graph, and show it."""
    if isinstance(asked, options.Asked):
        with _asking() as graph:
            found = asked.run(graph)
        _present(found, asked.kind)
    elif isinstance(asked, options.Writing):
        with _progress() as advance, _asking(write=True) as graph:
            found = asked.run(graph, advance)
        _present(found, asked.kind)
    elif isinstance(asked, options.Made):
        _present(asked.answer, asked.kind)
    elif isinstance(asked, options.Serving):
        asked.run(_fill, lambda found: _present(found, asked.kind), _say)


def _fill() -> None:
    with _asking(write=True):
        pass


@main.command(
    epilog=examples("load --samples", "load profiles --dry-run", "load commander.txt inspector.txt --format json")
)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--samples", is_flag=True, help="Load the invented documents that come with rankgraph.")
@click.option("--mix", is_flag=True, help="Let samples and real documents stand in one graph.")
@click.option("--replace", is_flag=True, help="Let a file take the place of another of the same edition.")
@click.option("--dry-run", is_flag=True, help="Compare and count only; nothing is written.")
@options.output("table", "json")
def load(paths: tuple[str, ...], *, samples: bool, mix: bool, replace: bool, dry_run: bool, kind: str) -> None:
    """Load documents, or folders of them.

    The reference data that they rest on is loaded with them; without a PATH it is loaded alone. Every
    file is read first: if one is at fault, nothing is written. Loading again changes nothing.

    A sources.yaml beside the documents says of each file what its text does not show: edition,
    published, source, licence, authority (national profile, force policy, pack or advert), and
    sample where it is invented.
    """
    from graph.documents.load import load as put
    from graph.session import open_graph
    from loaders.facts.reference import known, reference_facts
    from loaders.files import facts_of_all
    from loaders.files import samples as sample_folder
    from queries.answers.loading import Line, shown

    with _progress() as advance:
        shipped = [str(sample_folder())] if samples else []
        own, invented = _read(paths, advance), _read(shipped, advance)
        wanted = [*facts_of_all(own, known()), *facts_of_all(invented, known(), basis="sample")]
        named = zip((*own, *invented), wanted, strict=True)
        waiting = [(profile.document.name, profile.role.name, found.edition) for profile, found in named]
        lines: list[Line] = []

        def done(name: str, counts: Counts) -> None:
            place = next(number for number, document in enumerate(waiting) if document[0] == name)
            lines.append(Line(*waiting.pop(place), counts.model_dump()))
            advance("writing", len(wanted))

        with open_graph(write=True, notify=_say) as graph:
            loaded = put(graph, wanted, reference_facts(), mix=mix, replace=replace, dry_run=dry_run, on_document=done)
    _say(*loaded.notes, *(["dry run: nothing was written"] if dry_run else []))
    total = loaded.counts.model_dump()
    _show_parts(total, lambda _: shown(lines, total), kind)


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[str, int], None]]:
    """Show how far a load is, on a terminal; what is given takes a task and its number of steps."""
    if not sys.stderr.isatty():
        yield lambda _task, _steps: None
        return
    from rich.console import Console
    from rich.progress import Progress, TaskID

    with Progress(console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def advance(task: str, steps: int) -> None:
            tasks[task] = tasks[task] if task in tasks else bar.add_task(task, total=steps)
            bar.advance(tasks[task])

        yield advance


def _read(paths: Sequence[str], advance: Callable[[str, int], None]) -> Sequence[Profile]:
    """Return the profile of every document, each with its notes said."""
    from loaders import files
    from loaders import read as extract

    found = files.find(paths)
    profiles = files.read_all(found, extract, lambda _: advance("reading", len(found.documents)))
    _say(*found.notes)
    for path, profile in zip(found.documents, profiles, strict=True):
        for note in profile.notes:
            _say(f"{path}: {note}")
        if profile.leftovers:
            command = f"rankgraph read {shlex.quote(str(path))}"
            _say(f"{path}: {len(profile.leftovers)} statement(s) not understood; `{command}` lists them")
    return profiles


@main.command(
    cls=_Questions,
    epilog=examples(
        'ask bodies-of --rank "met ac"',
        'ask rank-gap --from "met commander" --to dac --format csv',
        "ask pathway --from constable --to dac --graph",
        "ask duties-of --help",
    ),
)
def ask() -> None:
    """Ask one question of the catalogue.

    Each question has a help page of its own.
    """


def _command(question: Question) -> click.Command:
    from queries.show.question_help import help_text

    def answer(kind: str, *, browser: bool, drawn: bool, force: str | None = None, **said: str | None) -> None:
        from queries.ask import ask as run
        from queries.browser import links

        given = {name.removeprefix("said_"): said[name] for name in said}
        if browser or drawn:
            form = links.form(question, click.get_current_context(), drawn=drawn)
            with _asking() as graph:
                text, notes = links.asked(graph, form, given, force=force, linked=browser)
            _say(*notes)
            click.echo(text, nl=False)
            return
        with _asking() as graph:
            found = run(graph, question, given, force=force)
        for note in found.notes:
            _say(note)
        _show_rows(question.returns, found.rows, kind)

    command = options.in_browser(options.output(*FORMATS)(answer))
    if {"rank", "role"} & {parameter.kind for parameter in question.parameters}:
        command = options.force(command)
    for parameter in reversed(question.parameters):
        command = options.said(parameter)(command)
    return click.command(question.name, help=help_text(question))(command)


@main.command(epilog=examples("status", "status --format json"))
@options.output("table", "json")
def status(kind: str) -> None:
    """Say which graph is in use, and what it holds."""
    from graph.nodes import SCHEMA_VERSION
    from graph.session import open_graph
    from loaders.facts.reference import EDITION
    from queries.answers.loaded import contents
    from queries.show.words import status as view

    with open_graph(notify=_say) as graph:
        found = {"engine": graph.engine, "address": graph.address, "schema_version": SCHEMA_VERSION, **contents(graph)}
    if found["reference"] != [EDITION]:
        _say(f"the reference data of this version is {EDITION}: `rankgraph load` loads it")
    _show_parts(found, view, kind)


@main.command(epilog=examples("reset", "reset --yes"))
@click.option("--yes", is_flag=True, help="Do not ask first.")
def reset(yes: bool) -> None:
    """Delete all that rankgraph wrote."""
    from graph.documents.reset import reset as clear
    from graph.session import open_graph

    with open_graph(write=True, notify=_say) as graph:
        if not yes and not sys.stdin.isatty():
            raise UsageError("found no terminal to ask at; expected --yes where nobody can answer")
        if not yes:
            click.confirm(
                f"Delete all that rankgraph wrote into {graph.address} ({graph.engine})?", abort=True, err=True
            )
        gone = clear(graph)
    _say(f"{gone} nodes deleted from {graph.address}")


if __name__ == "__main__":
    main(prog_name="rankgraph")
