"""`rankgraph report`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from queries.commands import options
from queries.commands.options import FORMATS, Asked, examples

if TYPE_CHECKING:
    from pathlib import Path

    from graph.session import Graph
    from queries.answers.answer import Composed
    from queries.report.model import Told


_KINDS = (".html", ".xlsx", ".md")
_COLUMNS = ("section", "table", "rows")


@click.command(
    "report",
    epilog=examples(
        "report --out gap.html",
        'report --unit "Frontline Policing" --as-of 2027-04-01 --out gap.xlsx',
        "report --out gap.md --audience named --overwrite",
    ),
)
@click.option("--unit", metavar="UNIT", help="The unit, with those below it; else the whole force.")
@click.option("--out", metavar="FILE", required=True, help="The file to write: .html, .xlsx or .md.")
@click.option(
    "--audience",
    type=click.Choice(("named", "pseudonymous", "aggregate")),
    default="aggregate",
    show_default=True,
    help="For whom: with names, with codes, or numbers alone.",
)
@click.option("--overwrite", is_flag=True, help="Let --out take the place of a file that is there.")
@options.as_of
@options.output(*FORMATS)
def command(unit: str | None, *, out: str, audience: str, overwrite: bool, as_of: str | None, kind: str) -> Asked:
    """Write the skills-gap report of a unit or of the force.

    A page (.html) prints on A4, a workbook (.xlsx) has filters, Markdown (.md) is for a paper. What is
    listed on stdout is how many rows each table has.

    aggregate hides numbers of one to four people, and others that they could be worked out from;
    pseudonymous puts codes in place of people, new ones in each report unless RANKGRAPH_PSEUDONYM_KEY
    is set; named shows numbers and names.
    """
    from pathlib import Path

    from graph.errors import UsageError
    from queries.audience import pseudonym_key
    from queries.show.files import writable

    if Path(out).suffix.casefold() not in _KINDS:
        raise UsageError(f"--out: found {out!r}; expected a name that ends in {', '.join(_KINDS)}")
    target = writable(Path(out), overwrite=overwrite)
    key = pseudonym_key() if audience == "pseudonymous" else b""
    return Asked(lambda graph: _run(graph, unit, as_of, audience=audience, key=key, target=target), kind)


def _run(graph: Graph, unit: str | None, as_of: str | None, *, audience: str, key: bytes, target: Path) -> Composed:
    from queries.answers.answer import Composed
    from queries.report.aggregate import for_audience
    from queries.report.gather import gathered
    from queries.report.sections import told
    from queries.show.files import write

    found = gathered(graph, unit, as_of)
    report = told(for_audience(found, audience, key))
    write(target, _written(report, target.suffix.casefold()))
    rows = [
        {"section": section.title, "table": table.caption, "rows": len(table.rows)}
        for section in report.sections
        for table in section.tables
    ]
    return Composed(_COLUMNS, rows, [*found.notes, f"the report, for the audience {audience}, is in {target}"])


def _written(report: Told, suffix: str) -> str | bytes:
    if suffix == ".xlsx":
        from queries.report.workbook import workbook

        return workbook(report)
    if suffix == ".md":
        from queries.report.markdown import markdown

        return markdown(report)
    from queries.report.page import page

    return page(report)
