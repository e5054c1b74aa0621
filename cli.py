"""The command line: `rankgraph`. The only module that prints.

Data goes to stdout, everything else to stderr. Heavy modules are imported by the command that needs
them, so that help and questions start at once.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import importlib
import io
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from graph.errors import TOO_LITTLE_MEMORY, AnswerError, RankgraphError, UsageError
from graph.rows import visible
from queries.commands import options

if TYPE_CHECKING:
    from collections.abc import Generator

    from queries.commands.running import Result


COMMANDS = {
    "ask": ("questions", "Ask one question of the catalogue."),
    "browser-pack": ("graph", "Write favourites, a style sheet and a guide for Neo4j Browser, and a dashboard."),
    "check": ("evidence", "Check the graph by its rules of health, or against a state that was saved."),
    "compare": ("evidence", "Show what changed between two editions, duty by duty."),
    "conflicts": ("evidence", "Show where sources disagree, side by side."),
    "expiring": ("workforce", "Show what people hold, and their posts need, that is about to lapse."),
    "export": ("exports", "Write the whole graph for other tools: a file, or a folder of CSV files."),
    "forecast": ("workforce", "Show how many of each rank, and holders of each ticket, there will be year by year."),
    "gap": ("progression", "Show what stands between two ranks."),
    "gates": ("progression", "Show which gates of a rank are open to you."),
    "growth": ("workforce", "Show who is nearest to closing each gap, by level, cost and time."),
    "heat-map": ("workforce", "Show what posts need, have and are short of."),
    "load": ("documents", "Load documents, or folders of them, or pages by their addresses."),
    "mcp": ("questions", "Answer the questions to an assistant, over stdin and stdout (Model Context Protocol)."),
    "model": ("graph", "Show the labels, relationship types and properties of the graph."),
    "pathway": ("progression", "Show the ways from one rank to another."),
    "pathway-gap": ("progression", "Show what all steps between two ranks ask for together."),
    "person": ("workforce", "Show what one person still needs to reach a rank."),
    "picture": ("exports", "Draw the ladders, a rank, a pathway, a gap, or who oversees a rank."),
    "questions": ("questions", "List the questions that `rankgraph ask` knows."),
    "rank": ("progression", "Show all that is known of a rank or role."),
    "read": ("documents", "Show what a file or page says, line by line."),
    "report": ("exports", "Write the skills-gap report of a unit or of the force."),
    "reset": ("graph", "Delete all that rankgraph wrote."),
    "sample-force": ("staff", "Write a force that nobody serves in into the folder OUT."),
    "serve": ("graph", "Keep the embedded graph open until Ctrl-C, for Neo4j Browser and other commands."),
    "single-points": ("workforce", "Show what only one person in a unit holds on the day."),
    "staff": ("staff", "Load an export of staff: units, posts, people and what they hold."),
    "status": ("graph", "Say which graph is in use, and what it holds."),
    "succession": ("workforce", "Show who could follow into a rank, and when."),
    "template": (
        "templates",
        "Write files to fill in: staff files, a profile by hand, or a table of roles and skills.",
    ),
    "training-plan": ("training", "Find the courses that close what matters most for the least money, and when."),
    "trend": (
        "workforce",
        "Show what got worse and what better since the last load of staff files, and from load to load.",
    ),
    "vacancies": ("workforce", "Show the open posts that nobody is in substantively, and pools with empty places."),
    "what-if": ("workforce", "Show what would change if people, posts or needs did."),
    "why": ("evidence", "Show every source of a fact or a node."),
}
"""The module of queries/commands where each command stands, as a function of its name, and the start of its help."""

GROUPS = {
    "For officers": ("progression",),
    "For planners": ("workforce", "training", "exports", "staff"),
    "For analysts": ("questions", "evidence"),
    "Documents and the graph": ("documents", "graph", "templates"),
}
"""For whom the commands of a module are, in the order in which the help of all has them."""

TRY = {
    "An officer": (
        "load --samples",
        "pathway sergeant inspector --held-rank sergeant:2021-04",
        'gap "met commander" dac --holds scc:2021',
    ),
    "A planner": ("sample-force OUT", "single-points", "report --out gap.xlsx"),
    "An analyst": ("questions", "conflicts", "why course/elp"),
    "Whoever has documents": ("load --college core", "load FOLDER", "read FILE"),
}
"""Three commands to try for each kind of user."""

_PLAIN = str.maketrans("├└│─━╴→‘’“”–—•", "|`|--->''\"\"--*")
"""Signs of trees, tables and documents, and what stands for them where the terminal has no such letters."""

_INTERRUPTED = 130
_WRITING = ("load", "staff", "reset")
_INTERRUPTED_LOAD = (
    "interrupted; every document is in the graph either whole or not at all; run the same again to finish"
)


@contextlib.contextmanager
def _visible_messages() -> Iterator[None]:
    """Let no message steer the terminal, be it ours or one that repeats what was typed."""
    try:
        yield
    except click.ClickException as error:
        vars(error)["message"] = visible(error.message)  # final, says its type
        raise


class _Main(options.Suggesting):
    """The commands, each imported when it is used; the one place where errors become messages and exit codes."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        _prepare_streams()
        try:
            return super().main(*args, **kwargs)
        except OSError as error:  # help is written before `invoke`
            _note(f"Error: {_unexpected(error)}")
            sys.exit(1)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        return sorted(COMMANDS)

    def listed(self, names: list[str]) -> str:
        """Return where the commands stand, and how one is found by what it does."""
        return f'`rankgraph --help` lists the {len(names)} that there are, `rankgraph ask "WORDS"` finds one'

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"queries.commands.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by the table and for whom they are, so that the help of all imports none."""
        longest = max(map(len, COMMANDS))
        width = formatter.width - 6 - longest
        for title, modules in GROUPS.items():
            lines = [
                (name.ljust(longest), click.Command(name, help=COMMANDS[name][1]).get_short_help_str(width))
                for name in self.list_commands(ctx)
                if COMMANDS[name][0] in modules
            ]
            with formatter.section(title):
                formatter.write_dl(lines)

    @_visible_messages()
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args or ctx.resilient_parsing:
            return super().parse_args(ctx, args)
        click.echo("What stands between one police rank and the next, and where each answer is written. To try:")
        for user, lines in TRY.items():
            click.echo(f"\n{user}:")
            for line in lines:
                click.echo(f"  rankgraph {line}")
        click.echo("\nAll commands: rankgraph --help")
        raise click.exceptions.Exit(0)

    @_visible_messages()
    def invoke(self, ctx: click.Context) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        _print_log()
        gc.set_threshold(50_000, 20, 20)  # rows are no garbage: to look through them took 3 tenths of a forecast
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except UsageError as error:
            raise click.UsageError(str(error)) from error
        except RankgraphError as error:
            raise click.ClickException(str(error)) from error
        except KeyboardInterrupt:
            raise _interrupted(ctx) from None
        except Exception as error:
            if isinstance(error.__context__, KeyboardInterrupt):  # what a library raises when it is interrupted
                raise _interrupted(ctx) from None
            if os.environ.get("RANKGRAPH_DEBUG"):
                raise
            raise click.ClickException(_unexpected(error)) from error


class _Notes(io.FileIO):
    """stderr, which loses what cannot be written to it: no answer fails for want of a note."""

    def write(self, data: Any, /) -> int:
        with contextlib.suppress(OSError):
            return super().write(data)
        return memoryview(data).nbytes


def _prepare_streams() -> None:
    """Fill the streams that are closed, so that no file of a graph takes their place, and set notes apart.

    Notes go to stderr by a handle of their own: the engine, which writes the stacks of its faults there by itself, is
    heard with RANKGRAPH_DEBUG only; it keeps a log.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free
    if os.name == "posix" and sys.stderr is sys.__stderr__:
        notes = _Notes(os.dup(2), "w")
        encoding = sys.stderr.encoding if sys.stderr else "utf-8"  # closed, what is meant for it would go to stdout
        sys.stderr = io.TextIOWrapper(notes, encoding, "backslashreplace", write_through=True)
        if not os.environ.get("RANKGRAPH_DEBUG"):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 2)
            os.close(nowhere)


def _interrupted(ctx: click.Context) -> click.exceptions.Exit:
    """Say what an interrupted command leaves, and return what ends it."""
    _note(_INTERRUPTED_LOAD if ctx.invoked_subcommand in _WRITING else "interrupted; nothing was changed")
    return click.exceptions.Exit(_INTERRUPTED)


def _unexpected(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return "the disk is full where the answer goes; make room, or send it elsewhere"
    if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM):
        return TOO_LITTLE_MEMORY
    text = " ".join(f"{type(error).__name__}: {error}".split())
    return f"{text}; this is a fault of rankgraph, please report it with what RANKGRAPH_DEBUG=1 shows"


def _note(*notes: str) -> None:
    for note in notes:
        click.echo(visible(note), err=True)


def _print_log() -> None:
    """Print on stderr what commands log for the user while they run."""
    import logging

    class Printer(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            _note(record.getMessage())

    log = logging.getLogger("rankgraph")
    log.handlers, log.level, log.propagate = [Printer()], logging.INFO, False


def _terminal() -> tuple[int | None, bool]:
    """Return the columns of the terminal, none where stdout is no terminal, and whether it has colours."""
    if not sys.stdout.isatty():
        return None, False
    import shutil

    return shutil.get_terminal_size().columns, not os.environ.get("NO_COLOR")


def _text(result: Result) -> str:
    """Return what stands on stdout."""
    from queries.show.tables import as_json, as_text, draw

    answer, (width, colour) = result.answer, _terminal()
    meta = click.get_current_context().meta
    kind = meta[options.OUT][1] if options.OUT in meta else meta.get(options.FORMAT, "table")
    if result.text is not None:
        return visible(result.text)
    is_drawn = kind == "table" and result.view is not None
    _note(*(() if is_drawn and result.says_warnings else answer.warnings))
    if is_drawn and result.view and (view := result.view(answer)) is not None:
        return draw(view, width, colour=colour)
    if answer.parts is not None:
        return as_json(answer.parts)
    if kind == "table" and answer.notes and not answer.rows:
        return ""  # what that means is noted; a header of nothing tells no more
    return as_text(answer.columns, answer.rows, kind, width=width, colour=colour)


def _show(result: Result) -> None:
    if sys.stdout is None:
        raise AnswerError(
            "found nowhere to write the answer: stdout is closed; send it to a terminal, a file or a pipe"
        )
    _note(*result.answer.notes)
    text = _text(result)
    if options.OUT in (meta := click.get_current_context().meta):
        from queries.show.files import write

        target, kind = meta[options.OUT]
        write(target, f"\ufeff{text}" if kind == "csv" else text, private=True)
        _note(f"the answer is in {target}")
        text = ""
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = text.translate(_PLAIN)
    click.echo(text, nl=False)
    if result.answer.failed is not None:
        raise AnswerError(result.answer.failed)


@click.group(
    cls=_Main,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=options.examples(
        "load --samples",
        "pathway sergeant inspector --held-rank sergeant:2021-04",
        'gap "met commander" dac --holds scc:2021',
        'picture pathway sergeant "chief inspector" --out way.svg',
        "report --out gap.xlsx",
        "single-points",
        "training-plan",
        "questions",
        "conflicts",
        "why course/elp",
    ),
)
@click.version_option(package_name="rankgraph")
def main() -> None:
    """Ask what stands between one police rank and the next, and where each answer is written.

    NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE name a Neo4j. Without them the graph
    is embedded, in the folder of RANKGRAPH_HOME or the user's data folder. A Neo4j is waited for as long
    as RANKGRAPH_CONNECT_SECONDS, RANKGRAPH_ACQUIRE_SECONDS and RANKGRAPH_RETRY_SECONDS say, and asked as
    the user of RANKGRAPH_IMPERSONATE.
    """


@main.result_callback()
def _show_all(returned: Result | Generator[Result]) -> None:
    """Show the result of a command, or each that it yields while it goes on."""
    if not isinstance(returned, Iterator):
        _show(returned)
        return
    with contextlib.closing(returned):
        for result in returned:
            _show(result)


if __name__ == "__main__":
    main(prog_name="rankgraph")
