"""`rankgraph picture`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from queries.commands import options
from queries.commands.options import FORMATS, Asked, Suggesting, examples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from graph.session import Graph
    from queries.answers.answer import Composed
    from queries.picture.shapes import Look, Picture

    Drawing = Callable[[Graph, Look], Picture]


class _Pictures(Suggesting):
    what = "picture"


class _Replaceable(click.Command):
    """Lets --force stand before anything: without a ladder behind it, it means --overwrite."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, _told_apart(args))


def _told_apart(args: list[str]) -> list[str]:
    """Return the words of a command with each --force that nothing follows written as --overwrite.

    >>> _told_apart(["dac", "--force", "mps", "--force", "--out", "x.svg"])
    ['dac', '--force', 'mps', '--overwrite', '--out', 'x.svg']
    """
    following = [*args, "-"][1:]
    return [
        "--overwrite" if word == "--force" and after.startswith("-") else word
        for word, after in zip(args, following, strict=True)
    ]


def _written(*, ranks: bool) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add --out, --overwrite, --as-of, --format and, where the picture is of ranks, --force."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        replace = ("--overwrite",) if ranks else ("--overwrite", "--force")
        command = options.as_of(options.output(*FORMATS)(command))
        command = options.force(command) if ranks else command
        more = "; --force without a ladder does the same" if ranks else ""
        command = click.option(
            *replace, "overwrite", is_flag=True, help=f"Let --out take the place of a file that is there{more}."
        )(command)
        return click.option("--out", metavar="FILE", required=True, help="The file to write: .svg, .html or .png.")(
            command
        )

    return decorate


@click.group(
    "picture",
    cls=_Pictures,
    epilog=examples(
        "picture ladder --out ladder.svg",
        'picture pathway constable "met commissioner" --out pathway.html',
        "picture rank dac --force mps --out dac.png --overwrite",
    ),
)
def command() -> None:
    """Draw the ladders, a rank, a pathway, a gap, or who oversees a rank.

    An .svg scales and its text stays text; an .html page holds the same picture, prints on A4, and has a
    table of all that the picture shows; a .png is for slides. What is shown is listed on stdout too.
    """


@command.command("ladder", cls=_Replaceable, epilog=examples("picture ladder --out ladder.svg"))
@_written(ranks=False)
def ladder(*, out: str, overwrite: bool, as_of: str | None, kind: str) -> Asked:
    """Draw the promotion ladders of three kinds of force, side by side.

    The ranks that all forces share stand under them; equal ranks stand on one line.
    """
    from queries.picture.ladder import ladder as draw

    return _asked(lambda graph, look: draw(graph, look, as_of=as_of), out, overwrite=overwrite, kind=kind)


@command.command(
    "rank",
    cls=_Replaceable,
    epilog=examples("picture rank dac --out dac.svg", "picture rank ac --force mps --out ac.png"),
)
@click.argument("said", metavar="RANK")
@_written(ranks=True)
def rank(said: str, *, out: str, overwrite: bool, as_of: str | None, force: str | None, kind: str) -> Asked:
    """Draw the card of a rank: its place, duties, requirements, gates and documents.

    Of a long list the first entries stand on the card, with the command that shows the others.
    """
    from queries.picture.rank import rank as draw

    return _asked(
        lambda graph, look: draw(graph, look, said, as_of=as_of, force=force), out, overwrite=overwrite, kind=kind
    )


@command.command(
    "pathway",
    cls=_Replaceable,
    epilog=examples(
        'picture pathway constable "met commissioner" --out pathway.html',
        "picture pathway inspector acc --way 2 --out pathway.svg",
    ),
)
@click.argument("held", metavar="FROM")
@click.argument("aim", metavar="TO")
@click.option("--way", type=click.IntRange(min=1), default=1, show_default=True, help="Which of several ways.")
@_written(ranks=True)
def pathway(
    held: str,
    aim: str,
    *,
    way: int,
    out: str,
    overwrite: bool,
    as_of: str | None,
    force: str | None,
    kind: str,
) -> Asked:
    """Draw a way from one rank to another, with the gates of each step.

    Ways by promotion alone come first, then the shortest; the others are named in the picture.
    """
    from queries.picture.pathway import pathway as draw

    return _asked(
        lambda graph, look: draw(graph, look, held, aim, way=way, as_of=as_of, force=force),
        out,
        overwrite=overwrite,
        kind=kind,
    )


@command.command("gap", cls=_Replaceable, epilog=examples('picture gap "met commander" dac --out gap.svg'))
@click.argument("held", metavar="FROM")
@click.argument("aim", metavar="TO")
@_written(ranks=True)
def gap(held: str, aim: str, *, out: str, overwrite: bool, as_of: str | None, force: str | None, kind: str) -> Asked:
    """Draw what one rank asks for beside another: new, raised, reworded, kept, dropped."""
    from queries.picture.gap import gap as draw

    return _asked(
        lambda graph, look: draw(graph, look, held, aim, as_of=as_of, force=force), out, overwrite=overwrite, kind=kind
    )


@command.command("oversight", cls=_Replaceable, epilog=examples('picture oversight "met ac" --out oversight.html'))
@click.argument("said", metavar="RANK")
@_written(ranks=True)
def oversight(said: str, *, out: str, overwrite: bool, as_of: str | None, force: str | None, kind: str) -> Asked:
    """Draw the bodies and offices around a rank, and its way up to the public."""
    from queries.picture.oversight import oversight as draw

    return _asked(
        lambda graph, look: draw(graph, look, said, as_of=as_of, force=force), out, overwrite=overwrite, kind=kind
    )


def _asked(drawing: Drawing, out: str, *, overwrite: bool, kind: str) -> Asked:
    from pathlib import Path

    from graph.errors import UsageError
    from queries.picture.writing import ENDINGS
    from queries.show.files import writable

    if Path(out).suffix.casefold() not in ENDINGS:
        raise UsageError(f"--out: found {out!r}; expected a name that ends in {', '.join(ENDINGS)}")
    target = writable(Path(out), overwrite=overwrite)
    return Asked(lambda graph: _draw(graph, drawing, target), kind)


def _draw(graph: Graph, drawing: Drawing, target: Path) -> Composed:
    from queries.answers.answer import Composed
    from queries.picture.shapes import COLUMNS
    from queries.picture.writing import is_long, written
    from queries.show.files import write

    found = drawing(graph, _look())
    ending = target.suffix.casefold()
    write(target, written(found, ending))
    notes = [*found.notes, f"the picture is in {target}"]
    if is_long(found) and ending != ".html":
        notes.append("it is longer than a sheet of A4 on which it could be read; as .html it prints on several")
    return Composed(COLUMNS, found.rows, notes)


def _look() -> Look:
    """Return colours and words of the ontology, their one home."""
    from graph.ontology import EDGE_KINDS, NODE_KINDS
    from queries.picture.shapes import Look

    return Look(
        {one.subtype or one.label: one.colour for one in NODE_KINDS},
        {name: edge.says for name, edge in EDGE_KINDS.items()},
    )
