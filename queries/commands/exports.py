"""Commands that write to files: the skills-gap report, pictures, and the graph for other tools."""

from __future__ import annotations

from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph.errors import UsageError
from queries.answers.answer import Answer
from queries.commands import options
from queries.commands.options import Suggesting, examples
from queries.commands.running import Result, opened
from queries.parameters.choices import EXPORTS, TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from queries.answers.inquiry import Inquiry
    from queries.commands.options import Function
    from queries.parameters.holdings import Holding
    from queries.picture.shapes import Look, Picture
    from queries.report.model import SectionedReport

    Drawing = Callable[[Inquiry, Look], Picture]


@options.command(
    "report --out gap.html",
    'report --unit "Frontline Policing" --as-of 2027-04-01 --since 2026-10-01 --out gap.xlsx',
    "report --out gap.md --audience named --overwrite",
)
@click.option("--unit", metavar="UNIT", help="The unit, with those below it; else the whole force.")
@click.option("--out", metavar="FILE", required=True, help="The file to write: .html, .xlsx or .md.")
@options.audience("aggregate", "For whom: with names, with codes, or numbers alone.", of_file=True)
@click.option("--since", metavar="DAY", help="Say on the first page what changed since an earlier day.")
@click.option(
    "--assume", metavar="FILE", help="A YAML file of what is assumed and paid, or `recorded`: see forecast --help."
)
@click.option("--annexes", is_flag=True, help="Show the heat map of all units, and up to 200 rows of each table.")
@click.option("--marking", help="The protective marking; else OFFICIAL, with -SENSITIVE where rows are on people.")
@options.overwrite
@options.as_of
@options.output()
def report(
    unit: str | None, *, audience: str, since: str | None, assume: str | None, marking: str | None, **to: Any
) -> Result:
    """Write the skills-gap report of a unit or of the force.

    A page (.html) prints on A4, a workbook (.xlsx) has filters, Markdown (.md) is for a paper. What is
    listed on stdout is how many rows each table has.

    aggregate hides numbers of one to four people, and others that they could be worked out from;
    pseudonymous puts codes in place of people, new ones in each report unless RANKGRAPH_PSEUDONYM_KEY
    is set; named shows numbers and names.
    """
    from queries.answers.skills_gap.gather import skills_gap
    from queries.audience.codes import pseudonym_key
    from queries.report.aggregate import for_audience
    from queries.report.sections import to_sections
    from queries.show.files import write

    target = output_file(to["out"], (".html", ".xlsx", ".md"), overwrite=to["overwrite"])
    key = pseudonym_key() if audience == "pseudonymous" else b""
    with opened() as graph:
        facts = skills_gap(graph, unit, to["as_of"], since, assume, for_aggregate=audience == "aggregate")
    facts = replace(facts, marking=marking or ("OFFICIAL" if audience == "aggregate" else "OFFICIAL-SENSITIVE"))
    fitted = for_audience(facts, audience, key)
    sections = to_sections(fitted, annexes=to["annexes"] or target.suffix.casefold() == ".xlsx")
    write(target, _report_content(sections, target.suffix.casefold()), private=audience != "aggregate")
    rows: list[dict[str, object]] = [
        {"section": section.title, "table": table.caption, "rows": len(table.rows)}
        for section in sections.sections
        for table in section.tables
    ]
    notes = [*facts.notes, f"the report, for the audience {audience}, is in {target}"]
    return Result(Answer(("section", "table", "rows"), rows, notes))


@options.command(
    "export graphml graph.graphml",
    "export tables OUT --audience aggregate",
    "export csv OUT --texts none --overwrite",
)
@click.argument("tool_format", type=click.Choice(EXPORTS), metavar="|".join(EXPORTS))
@click.argument("path", metavar="PATH")
@options.audience(
    "pseudonymous", "For whom: with names, with codes for people and posts, or no row on a person.", of_file=True
)
@click.option(
    "--texts",
    type=click.Choice(TEXTS),
    default="licensed",
    show_default=True,
    help="Texts of documents that stand whole: of open licences, all, or none; of others eight words do.",
)
@click.option("--overwrite", is_flag=True, help="Replace an export that is there.")
@options.output("table", "json")
def export(tool_format: str, path: str, *, audience: str, texts: str, overwrite: bool) -> Result:
    """Write the whole graph for other tools: a file, or a folder of CSV files.

    graphml and jsonld are files. csv has the headers that neo4j-admin imports, tables plain ones. A manifest
    (manifest.json in the folder, else beside the file) says which documents it is made from, with their
    licences, and how much is in it.

    Codes are new in each export unless RANKGRAPH_PSEUDONYM_KEY is set. Days of service, posts and what is
    held stand in it, by which somebody who knows a person may know the code: hand it on only to those who
    may see that.
    """
    from queries.export.writing import write_export

    with opened() as graph:
        counts, notes = write_export(graph, Path(path), tool_format, audience, texts, overwrite=overwrite)
    rows = [{"part": part, "kind": name, "rows": rows} for part, of in counts.items() for name, rows in of.items()]
    return Result(Answer(("part", "kind", "rows"), rows, notes))


def output_file(name: str, suffixes: Collection[str], *, overwrite: bool) -> Path:
    """Return the path of --out. Raises UsageError for another ending, OutputError where it may not be written."""
    from queries.show.files import writable

    if Path(name).suffix.casefold() not in suffixes:
        raise UsageError(f"--out: found {name!r}; expected a name that ends in {', '.join(suffixes)}")
    return writable(Path(name), overwrite=overwrite)


def _report_content(sections: SectionedReport, suffix: str) -> str | bytes:
    if suffix == ".xlsx":
        from queries.report.workbook import workbook

        return workbook(sections)
    if suffix == ".md":
        from queries.report.markdown import markdown

        return markdown(sections)
    from queries.report.page import page

    return page(sections)


class _Picture(click.Command):
    """A command that takes --force anywhere: without a ladder behind it, it means --overwrite."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, _with_overwrite(args))


class _Pictures(Suggesting):
    member = "picture"
    command_class = _Picture


def _with_overwrite(args: list[str]) -> list[str]:
    """Return the words of a command with each --force that nothing follows written as --overwrite.

    >>> _with_overwrite(["dac", "--force", "mps", "--force", "--out", "x.svg"])
    ['dac', '--force', 'mps', '--overwrite', '--out', 'x.svg']
    """
    following = [*args, "-"][1:]
    return [
        "--overwrite" if word == "--force" and after.startswith("-") else word
        for word, after in zip(args, following, strict=True)
    ]


def _writes_picture(*, ranks: bool) -> Callable[[Callable[..., Drawing]], Function]:
    """Write what a command draws to the file of --out, and add the options for that.

    They are --out, --overwrite, --as-of, --format and, where the picture is of ranks, --force.
    """

    def decorate(command: Callable[..., Drawing]) -> Function:
        @wraps(command)
        def write(*, out: str, overwrite: bool, as_of: str | None, force: str | None = None, **others: Any) -> Result:
            return _write_picture(command(**others), out, as_of, force, overwrite=overwrite)

        replace = ("--overwrite",) if ranks else ("--overwrite", "--force")
        more = "; --force without a ladder does the same" if ranks else ""
        text = f"Let --out take the place of a file that is there{more}."
        return options.in_order(
            click.option("--out", metavar="FILE", required=True, help="The file to write: .svg, .html or .png."),
            click.option(*replace, "overwrite", is_flag=True, help=text),
            *([options.force] if ranks else []),
            *(options.as_of, options.output()),
        )(write)

    return decorate


@click.group(
    cls=_Pictures,
    epilog=examples(
        "picture ladder --out ladder.svg",
        'picture pathway constable "met commissioner" --out pathway.html',
        "picture rank dac --force mps --out dac.png --overwrite",
    ),
)
def picture() -> None:
    """Draw the ladders, a rank, a pathway, a gap, or who oversees a rank.

    An .svg scales and its text stays text; an .html page holds the same picture, prints on A4, and has a
    table of all that the picture shows; a .png is for slides. With --format what is shown is listed on stdout.
    """


@picture.command(epilog=examples("picture ladder --out ladder.svg"))
@_writes_picture(ranks=False)
def ladder() -> Drawing:
    """Draw the promotion ladders of three kinds of force, side by side.

    The ranks that all forces share stand under them; equal ranks stand on one line.
    """
    from queries.answers.rank import ladders as ask
    from queries.picture.ladder import ladder as draw

    return lambda inquiry, look: draw(ask(inquiry), look)


@picture.command(epilog=examples("picture rank dac --out dac.svg", "picture rank ac --force mps --out ac.png"))
@options.rank
@_writes_picture(ranks=True)
def rank(name: str) -> Drawing:
    """Draw the card of a rank: its place, duties, requirements, gates and documents.

    Of a long list the first entries stand on the card, with the command that shows the others.
    """
    from queries.answers.rank import rank as ask
    from queries.picture.rank import rank as draw

    return lambda inquiry, look: draw(ask(inquiry, name), look)


@picture.command(
    epilog=examples(
        'picture pathway constable "met commissioner" --out pathway.html',
        "picture pathway inspector acc --way 2 --out pathway.svg",
    ),
)
@options.ends
@click.option("--way", type=click.IntRange(min=1), default=1, show_default=True, help="Which of several ways.")
@options.holdings
@_writes_picture(ranks=True)
def pathway(from_rank: str, to_rank: str, way: int, holdings: Sequence[Holding]) -> Drawing:
    """Draw a way from one rank to another, with the gates of each step.

    Ways by promotion alone come first, then the shortest; the others are named in the picture. With what you hold
    (--holds, --held-rank, --me) each gate says how it stands.
    """
    from queries.answers.pathway import pathway as ask
    from queries.picture.pathway import pathway as draw

    return lambda inquiry, look: draw(ask(inquiry, from_rank, to_rank, holdings=holdings, route=way), look, way=way)


@picture.command(epilog=examples('picture gap "met commander" dac --out gap.svg'))
@options.ends
@options.holdings
@_writes_picture(ranks=True)
def gap(from_rank: str, to_rank: str, holdings: Sequence[Holding]) -> Drawing:
    """Draw what one rank asks for beside another: new, raised, reworded, kept, dropped.

    With what you hold (--holds, --held-rank, --me) each gate says how it stands.
    """
    from queries.answers.gap import gap as ask
    from queries.picture.gap import gap as draw

    return lambda inquiry, look: draw(ask(inquiry, from_rank, to_rank, gates_of_both=True, holdings=holdings), look)


@picture.command(epilog=examples('picture oversight "met ac" --out oversight.html'))
@options.rank
@_writes_picture(ranks=True)
def oversight(name: str) -> Drawing:
    """Draw the bodies and offices around a rank, and its way up to the public."""
    from queries.answers.rank import oversight as ask
    from queries.picture.oversight import oversight as draw

    return lambda inquiry, look: draw(ask(inquiry, name), look)


def _write_picture(drawing: Drawing, out: str, as_of: str | None, force: str | None, *, overwrite: bool) -> Result:
    """Draw a picture, write it to the file of --out, and return what it shows."""
    from graph.days import today
    from graph.ontology import EDGE_KINDS, NODE_KINDS
    from queries.answers.inquiry import Inquiry
    from queries.ask import day
    from queries.picture.shapes import COLUMNS, Look
    from queries.picture.writing import ENDINGS, is_long, write_as
    from queries.show.files import write

    target = output_file(out, ENDINGS, overwrite=overwrite)
    colours = {node.subtype or node.label: node.colour for node in NODE_KINDS}
    look = Look(
        colours, {name: edge.says for name, edge in EDGE_KINDS.items()}, day(as_of, "--as-of") if as_of else today()
    )
    with opened() as graph:
        drawn = drawing(Inquiry(graph, as_of, force, options.own_force()), look)
    suffix = target.suffix.casefold()
    write(target, write_as(drawn, suffix))
    notes = list(drawn.notes)
    if is_long(drawn) and suffix != ".html":
        notes.append("it is longer than a sheet of A4 on which it could be read; as .html it prints on several")
    line = f"the picture is in {target}"
    return Result(Answer(COLUMNS, drawn.rows, notes, warnings=[line]), lambda _: line, says_warnings=True)
