"""What the command lines of commands share: options, examples in the help, suggestions for a mistyped name."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from queries.parameters.choices import AUDIENCES, LADDERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from queries.catalogue import Parameter

    Function = Callable[..., Any]


class Suggesting(click.Group):
    """A group that suggests what a mistyped name may have meant."""

    member = "command"

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the first argument names, or fail with those that are near it."""
        name = args[0]
        if name.startswith("-") or self.get_command(ctx, name) is not None:
            return super().resolve_command(ctx, args)
        import difflib  # only for a mistake

        names = self.list_commands(ctx)
        near = difflib.get_close_matches(name, names, cutoff=0.5)
        hint = f"did you mean {', '.join(near)}?" if near else f"expected one of {', '.join(names)}"
        raise click.UsageError(f"no {self.member} is called {name!r}: {hint}", ctx)


def examples(*commands: str) -> str:
    """Return the end of a help page: commands that run as they are."""
    return "\b\nExamples:\n" + "\n".join(f"  rankgraph {command}" for command in commands)


def output(*kinds: str) -> Callable[[Function], Function]:
    """Add --format, given to the command as `kind`."""
    return click.option(
        "--format", "kind", type=click.Choice(kinds), default="table", show_default=True, help="How to write it."
    )


def force(command: Function) -> Function:
    """Add --force."""
    return click.option(
        "--force",
        type=click.Choice(LADDERS, case_sensitive=False),
        envvar="RANKGRAPH_FORCE",
        help="Ladder of a rank name that ladders share; else RANKGRAPH_FORCE.",
    )(command)


def as_of(command: Function) -> Function:
    """Add --as-of."""
    return click.option("--as-of", metavar="DAY", help="The day asked about, such as 2021-06-01; else today.")(command)


def unit(command: Function) -> Function:
    """Add --unit."""
    return click.option("--unit", metavar="UNIT", help="A unit, by id or name, with those below it; else the force.")(
        command
    )


def everything(command: Function) -> Function:
    """Add --all, given to the command as `everything`."""
    return click.option(
        "--all", "everything", is_flag=True, help="Count what no system records, and what is desirable, too."
    )(command)


_AUDIENCE = "With numbers of people, with codes in their place, or counts alone, fewer than five hidden."


def audience(default: str, text: str = _AUDIENCE) -> Callable[[Function], Function]:
    """Add --audience."""
    return click.option(
        "--audience",
        type=click.Choice(AUDIENCES),
        default=default,
        show_default=True,
        help=text,
    )


def holdings(command: Function) -> Function:
    """Add --holds, --held-rank and --me, given to the command together as `holdings`."""

    @wraps(command)
    def with_holdings(*, holds: tuple[str, ...], held_rank: tuple[str, ...], me: str | None, **others: Any) -> object:
        from queries.parameters.holdings import from_options

        held = from_options(holds, held_rank)
        if me is not None:
            from pathlib import Path

            from queries.parameters.my_record import read  # reads YAML, which few commands need

            held = (*held, *read(Path(me)))
        return command(holdings=held, **others)

    file = click.option("--me", metavar="FILE.yaml", help="A file about yourself; `rankgraph gates --help` shows one.")
    ranks = click.option(
        "--held-rank",
        multiple=True,
        metavar="RANK[:FROM]",
        help="A rank you hold or held, and from when. May be given again.",
    )
    passes = click.option(
        "--holds",
        multiple=True,
        metavar="NAME[:DATE]",
        help="A course or exam you passed, and when: a year counts as its last day. May be given again.",
    )
    return passes(ranks(file(with_holdings)))


def in_browser(command: Function) -> Function:
    """Add --browser and --graph, given to the command as `browser` and `graph_form`."""
    drawn = click.option(
        "--graph",
        "graph_form",
        is_flag=True,
        help="Print the form of it that Neo4j Browser draws; with --browser, link to that form.",
    )
    link = click.option(
        "--browser",
        is_flag=True,
        help="Print the :params line for Neo4j Browser, and a link that opens it with the question.",
    )
    return link(drawn(command))


def parameter_option(parameter: Parameter) -> Callable[[Function], Function]:
    """Add the option of a question's parameter, given to the command as `parameter_<name>`."""
    names = (f"--{parameter.name.replace('_', '-')}", f"parameter_{parameter.name}")
    text = f"{parameter.says[:1].upper()}{parameter.says[1:]}."
    if parameter.kind == "flag":
        return click.option(*names, is_flag=True, default=None, help=text)
    return click.option(*names, required=not parameter.optional, metavar=parameter.kind.upper(), help=text)
