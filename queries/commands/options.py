"""What the command lines of commands share: options, examples in the help, suggestions for a mistyped name."""

from __future__ import annotations

from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from click.core import ParameterSource

from graph.errors import UsageError
from queries.parameters.choices import AUDIENCES, FORMATS, LADDERS, PLACES

if TYPE_CHECKING:
    from collections.abc import Callable

    from queries.catalogue import Parameter

    Function = Callable[..., Any]
    Decorator = Callable[[Function], Function]


_AUDIENCES = (
    "Numbers and names of people, codes in their place, or counts alone where there are any; else RANKGRAPH_AUDIENCE.",
    "All numbers, or with aggregate those of five people and more that tell no smaller one; else RANKGRAPH_AUDIENCE.",
    "Numbers and names of people, or codes in their place; else RANKGRAPH_AUDIENCE.",
)


class Detail(NamedTuple):
    """What a screen is to show beside its lines: words, where they are written, or all of the answer in its place."""

    words: bool
    sources: bool
    whole: bool


_LONGEST = 60
"""Characters of a mistyped name that a message repeats."""


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
        begun = (other for other in names if name and other.startswith(name))
        near = dict.fromkeys((*difflib.get_close_matches(name, names, cutoff=0.65), *begun))
        hint = f"did you mean {', '.join(near)}?" if near else self.listed(names)
        raise click.UsageError(f"no {self.member} is called {name[:_LONGEST]!r}: {hint}", ctx)

    def listed(self, names: list[str]) -> str:
        """Return where the names stand, those near to nothing."""
        return f"expected one of {', '.join(names)}"


def examples(*commands: str) -> str:
    """Return the end of a help page: commands that run as they are."""
    return "\b\nExamples:\n" + "\n".join(f"  rankgraph {command}" for command in commands)


def command(*runs: str, **attributes: Any) -> Callable[[Function], click.Command]:
    """Return what makes a function a command whose help ends in examples."""
    made: Callable[[Function], click.Command] = click.command(epilog=examples(*runs), **attributes)

    def decorate(function: Function) -> click.Command:
        if function.__doc__:
            function.__doc__ = function.__doc__.replace("\\b", "\b")  # raw there; click folds no lines below it
        return made(function)

    return decorate


def in_order(*decorators: Decorator) -> Decorator:
    """Return one decorator that adds what several add, in their order."""

    def decorate(command: Function) -> Function:
        for one in reversed(decorators):
            command = one(command)
        return command

    return decorate


FORMAT = "rankgraph.format"
"""Where the context of a command line keeps what --format asks for."""

OUT = "rankgraph.out"
"""Where the context of a command line keeps the file that --out names for an answer, and its format."""

_OVERWRITE = "rankgraph.overwrite"

ENDINGS = {".csv": "csv", ".json": "json", ".md": "markdown"}

FORCE = "rankgraph.force"
"""Where the context of a command line keeps the id of the force that --in names, else that of --force."""


def own_force() -> str | None:
    """Return the id of the force that the command line names as the user's own; none where it names none."""
    named: str | None = click.get_current_context().meta.get(FORCE)
    return named


def output(*kinds: str) -> Decorator:
    """Add --format, with all formats unless some are named; it is kept in the context, for `cli`."""
    return click.option(
        "--format",
        "kind",
        type=click.Choice(kinds or FORMATS),
        default="table",
        show_default=True,
        is_eager=True,
        expose_value=False,
        callback=lambda context, _, kind: context.meta.update({FORMAT: kind}),
        help="How to write it.",
    )


def _to_file(context: click.Context, _: click.Parameter, name: str | None) -> None:
    """Keep the file; its ending is the format, and there is to be none of that name but with --overwrite."""
    if name is None:
        return
    from queries.show.files import writable

    if (suffix := Path(name).suffix.casefold()) not in ENDINGS:
        raise click.UsageError(f"--out: found {name!r}; expected a name that ends in {', '.join(ENDINGS)}")
    if (kind := context.meta[FORMAT]) not in {"table", ENDINGS[suffix]}:
        found = f"found --format {kind} and a file {name!r}, which is {ENDINGS[suffix]}"
        raise click.UsageError(f"--out: {found}; leave --format out, or name a file of that format")
    context.meta[OUT] = writable(Path(name), overwrite=context.meta[_OVERWRITE]), ENDINGS[suffix]


def audience(default: str | None, text: str = "", *, of_file: bool = False, counts: bool = True) -> Decorator:
    """Add --audience; RANKGRAPH_AUDIENCE sets it for what is shown, and not `of_file`, for what is handed on.

    Without `counts` the help offers no aggregate, which is refused. A message names the setting where that is used.
    """
    add = click.option(
        "--audience",
        type=click.Choice(AUDIENCES),
        metavar=None if counts else f"[{'|'.join(AUDIENCES[:2])}]",
        default=default,
        show_default=True,
        envvar=None if of_file else "RANKGRAPH_AUDIENCE",
        help=text or _AUDIENCES[(1 if default != AUDIENCES[1] else 0) if counts else 2],
    )

    def decorate(command: Function) -> Function:
        @wraps(command)
        def with_setting(*arguments: Any, **named: Any) -> object:
            try:
                return command(*arguments, **named)
            except UsageError as error:
                source = click.get_current_context().get_parameter_source("audience")
                if source is not ParameterSource.ENVIRONMENT:
                    raise
                raise UsageError(str(error).replace("--audience aggregate", "RANKGRAPH_AUDIENCE=aggregate")) from error

        return add(with_setting)

    return decorate


class _Force(click.Choice[str]):
    """A ladder, or a force by its name, which stands for its ladder, empty where that is not known, and its place."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if str(value).casefold() not in LADDERS:
            from queries.parameters.titles import force_ladder, force_named  # reads the names of all forces

            if (named := force_named(str(value))) and ctx:
                ctx.meta.setdefault(FORCE, named)
            value = force_ladder(str(value)) or ("" if named else value)
            if not value:
                return ""
        return super().convert(value, param, ctx)


def _one_file(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> str | None:
    """Return the file about oneself, of which there is one at the most."""
    if len(given) > 1:
        raise click.UsageError(f"found --me {len(given)} times; expected it once: write it all into one file")
    return given[0] if given else None


class _Place(click.Choice[str]):
    """Where a rank is aimed at, or a force by its name, which stands for its place."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if str(value).casefold() not in PLACES:
            from queries.parameters.places import place_named  # reads the names of all forces
            from queries.parameters.titles import force_named

            if (named := force_named(str(value))) and ctx:
                ctx.meta[FORCE] = named
            value = place_named(str(value)) or value
        return super().convert(value, param, ctx)


as_of = click.option("--as-of", metavar="DAY", help="The day asked about, such as 2021-06-01; else today.")
force = click.option(
    "--force",
    type=_Force(LADDERS, case_sensitive=False),
    envvar="RANKGRAPH_FORCE",
    help="Ladder of a rank name that ladders share; else RANKGRAPH_FORCE.",
)
scope = in_order(as_of, force)
unit = click.option("--unit", metavar="UNIT", help="A unit, by id or name, with those below it; else the force.")
wait = click.option(
    "--wait",
    metavar="SECONDS",
    type=click.FloatRange(min=0),
    default=600,
    show_default=True,
    help="How long to wait while another process loads.",
)
overwrite = click.option("--overwrite", is_flag=True, help="Let --out take the place of a file that is there.")
to_file = in_order(
    click.option(
        "--out",
        metavar="FILE",
        expose_value=False,
        callback=_to_file,
        help="Write the answer to FILE: .csv (as Excel reads it), .json or .md.",
    ),
    click.option(
        "--overwrite",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=lambda context, _, value: context.meta.update({_OVERWRITE: value}),
        help="Let --out take the place of a file that is there.",
    ),
)
place = click.option(
    "--in",
    "place",
    type=_Place(PLACES, case_sensitive=False),
    help="Where the rank is aimed at, or the force; else England and Wales.",
)


def complete_rank(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    """Return what a shell can complete a name of a rank to: the ends of ids, which a name in words is like."""
    from loaders.reference.ranks import ranks, roles

    ids = [*(one.id for one in ranks()), *(one.id for one in roles())]
    names = sorted({one.partition("/")[2] for one in ids})
    return [name for name in names if name.startswith(begun.casefold().replace(" ", "-"))]


rank = click.argument("name", metavar="RANK", shell_complete=complete_rank)
ends = in_order(
    click.argument("from_rank", metavar="FROM", shell_complete=complete_rank),
    click.argument("to_rank", metavar="TO", shell_complete=complete_rank),
)
"""The rank held and the rank aimed at."""
whole = click.option("--all", "whole", is_flag=True, help="Show all of it, more than a screen.")


def _renamed(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        raise click.UsageError("found --all; expected --unrecorded, --desirable or both, as it is called now", context)


def counted(command: Function) -> Function:
    """Add --unrecorded and --desirable, given to the command together as `also`, parameters of questions."""

    @wraps(command)
    def with_also(*, unrecorded: bool | None, desirable: bool | None, **others: Any) -> object:
        return command(also={"unrecorded": unrecorded, "desirable": desirable}, **others)

    judged = "Count what no system records, and only a person can judge, too."
    return in_order(
        click.option("--unrecorded", is_flag=True, default=None, help=judged),
        click.option("--desirable", is_flag=True, default=None, help="Count what is desirable, too."),
    )(with_also)


also = in_order(counted, click.option("--all", is_flag=True, hidden=True, expose_value=False, callback=_renamed))
"""Both, where --all, as they were called together, has no other meaning."""


def detail(command: Function) -> Function:
    """Add --words, --sources and --all, given to the command together as `detail`."""

    @wraps(command)
    def with_detail(*, words: bool, sources: bool, whole: bool, **others: Any) -> object:
        return command(detail=Detail(words, sources, whole), **others)

    return in_order(
        click.option("--words", is_flag=True, help="Add what the documents say, with what changed marked."),
        click.option("--sources", is_flag=True, help="Add where each line is written, and its words."),
        whole,
    )(with_detail)


def holdings(command: Function) -> Function:
    """Add --holds, --held-rank and --me, given to the command together as `holdings`."""

    @wraps(command)
    def with_holdings(*, holds: tuple[str, ...], held_rank: tuple[str, ...], me: str | None, **others: Any) -> object:
        from queries.parameters.holdings import from_options

        own_holdings = from_options(holds, held_rank)
        if me is not None:
            from pathlib import Path

            from queries.parameters.my_record import read  # reads YAML, which few commands need

            own_holdings = (*own_holdings, *read(Path(me)))
        return command(holdings=own_holdings, **others)

    passes = "A course or exam you passed, and when: a year counts as its last day. May be given again."
    ranks = "A rank you hold or held, and from when. May be given again."
    file = "A file about yourself; `rankgraph gates --help` shows one."
    return in_order(
        click.option("--holds", multiple=True, metavar="NAME[:DATE]", help=passes),
        click.option("--held-rank", multiple=True, metavar="RANK[:FROM]", help=ranks),
        click.option("--me", metavar="FILE.yaml", help=file, multiple=True, callback=_one_file),
    )(with_holdings)


browser_forms = in_order(
    click.option(
        "--browser",
        is_flag=True,
        help="Print the :params line for Neo4j Browser, and a link that opens it with the question.",
    ),
    click.option(
        "--graph",
        "graph_form",
        is_flag=True,
        help="Print the form of it that Neo4j Browser draws; with --browser, link to that form.",
    ),
)


def parameter_option(parameter: Parameter) -> Decorator:
    """Add the option of a question's parameter, given to the command as `parameter_<name>`."""
    names = (f"--{parameter.name.replace('_', '-')}", f"parameter_{parameter.name}")
    text = f"{parameter.says[:1].upper()}{parameter.says[1:]}."
    if parameter.kind == "flag":
        return click.option(*names, is_flag=True, default=None, help=text)
    return click.option(*names, required=not parameter.optional, metavar=parameter.kind.upper(), help=text)
