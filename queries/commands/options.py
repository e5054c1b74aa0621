"""What commands share: options, examples in the help, and what to say of a mistyped name."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.session import Graph
    from queries.answers.answer import Composed
    from queries.catalogue import Parameter


FORMATS = ("table", "json", "csv", "markdown")
LADDERS = ("mps", "city", "territorial")
AUDIENCES = ("named", "pseudonymous", "aggregate")
PLACES = ("england-and-wales", "scotland", "northern-ireland")


@dataclass(frozen=True)
class Asked:
    """What a command asks of the open graph, and in which form the answer is written."""

    run: Callable[[Graph], Composed]
    kind: str


@dataclass(frozen=True)
class Writing:
    """What a command does to the graph, told how to report its progress, and in which form the outcome is written.

    `run` takes the open graph and a function that is given the name of a task and its number of steps, once a step.
    """

    run: Callable[[Graph, Callable[[str, int], None]], Composed]
    kind: str


@dataclass(frozen=True)
class Made:
    """What a command that needs no graph has to tell: rows for stdout, notes for stderr."""

    answer: Composed
    kind: str


@dataclass(frozen=True)
class Serving:
    """What a command does that stays.

    `run` is given three functions: one that makes sure that the graph holds the reference data, one that
    writes what is to stand on stdout, and one that says a note.
    """

    run: Callable[[Callable[[], None], Callable[[Composed], None], Callable[[str], None]], None]
    kind: str


class Suggesting(click.Group):
    """A group that says what a mistyped name may have meant."""

    what = "command"

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the first argument names, or fail with those that are near it."""
        name = args[0]
        if name.startswith("-") or self.get_command(ctx, name) is not None:
            return super().resolve_command(ctx, args)
        names = self.list_commands(ctx)
        near = difflib.get_close_matches(name, names, cutoff=0.5)
        hint = f"did you mean {', '.join(near)}?" if near else f"expected one of {', '.join(names)}"
        raise click.UsageError(f"no {self.what} is called {name!r}: {hint}", ctx)


def examples(*commands: str) -> str:
    """Return the end of a help page: commands that run as they are."""
    return "\b\nExamples:\n" + "\n".join(f"  rankgraph {command}" for command in commands)


def output(*kinds: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add --format, given to the command as `kind`."""
    return click.option(
        "--format", "kind", type=click.Choice(kinds), default="table", show_default=True, help="How to write it."
    )


def force(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --force."""
    return click.option(
        "--force",
        type=click.Choice(LADDERS, case_sensitive=False),
        envvar="RANKGRAPH_FORCE",
        help="Ladder of a rank name that ladders share; else RANKGRAPH_FORCE.",
    )(command)


def as_of(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --as-of."""
    return click.option("--as-of", metavar="DAY", help="The day asked about, such as 2021-06-01; else today.")(command)


def unit(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --unit."""
    return click.option("--unit", metavar="UNIT", help="A unit, by id or name, with those below it; else the force.")(
        command
    )


def everything(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --all, given to the command as `everything`."""
    return click.option(
        "--all", "everything", is_flag=True, help="Count what no system records, and what is desirable, too."
    )(command)


def audience(default: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add --audience."""
    return click.option(
        "--audience",
        type=click.Choice(AUDIENCES),
        default=default,
        show_default=True,
        help="With numbers of people, with codes in their place, or counts alone, fewer than five hidden.",
    )


def held(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --holds, --held-rank and --me."""
    for option in (
        click.option("--me", metavar="FILE.yaml", help="A file about yourself; `rankgraph gates --help` shows one."),
        click.option(
            "--held-rank",
            multiple=True,
            metavar="RANK[:FROM]",
            help="A rank you hold or held, and from when. May be given again.",
        ),
        click.option(
            "--holds",
            multiple=True,
            metavar="NAME[:DATE]",
            help="A course or exam you passed, and when: a year counts as its last day. May be given again.",
        ),
    ):
        command = option(command)
    return command


def in_browser(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --browser and --graph, given to the command as `browser` and `drawn`."""
    for option in (
        click.option(
            "--graph",
            "drawn",
            is_flag=True,
            help="Print the form of it that Neo4j Browser draws; with --browser, link to that form.",
        ),
        click.option(
            "--browser",
            is_flag=True,
            help="Print the :params line for Neo4j Browser, and a link that opens it with the question.",
        ),
    ):
        command = option(command)
    return command


def said(parameter: Parameter) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add the option of a question's parameter, given to the command as `said_<name>`."""
    if parameter.kind == "flag":
        return click.option(
            f"--{parameter.name.replace('_', '-')}",
            f"said_{parameter.name}",
            is_flag=True,
            default=None,
            help=f"{parameter.says[:1].upper()}{parameter.says[1:]}.",
        )
    return click.option(
        f"--{parameter.name.replace('_', '-')}",
        f"said_{parameter.name}",
        required=not parameter.optional,
        metavar=parameter.kind.upper(),
        help=f"{parameter.says[:1].upper()}{parameter.says[1:]}.",
    )
