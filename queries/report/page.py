"""Write a report as one page of HTML that asks for nothing else: no network, no script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from queries.answers.skills_gap.totals import number
from queries.report import heat_map_table
from queries.report.cell_text import cell_text, left_out
from queries.report.model import SectionedReport, Table
from queries.show.html import fill


def page(report: SectionedReport) -> str:
    """Return the page; every text in it is escaped."""
    filters: dict[str, Callable[..., object]] = {
        "shown": cell_text,
        "mark": heat_map_table.mark,
        "lines": heat_map_table.cell_lines,
        "slug": _slug,
        "blocks": heat_map_table.blocks,
        "left_out": left_out,
        "bars": bars,
        "bar_headings": bar_headings,
    }
    return fill(Path(__file__).with_name("page.html"), filters, {"report": report}) + "\n"


def bars(table: Table) -> tuple[list[tuple[str, list[float], str]], float]:
    """Return the lines of a chart and the highest number; the sum is no line of it.

    A line is a name, its numbers, and the first of them as text, which may say that it is hidden.
    """
    rows = table.rows[:-1] if table.summed else table.rows
    name = table.columns[0].name
    lines = [
        (cell_text(row[name])[:32], [number(row[bar]) for bar in table.bars], cell_text(row[table.bars[0]]))
        for row in rows
    ]
    return lines, max((value for _, values, _ in lines for value in values), default=0) or 1


def bar_headings(table: Table) -> list[str]:
    """Return what each bar of a line stands for, in the order of the bars."""
    return [column.heading for bar in table.bars for column in table.columns if column.name == bar]


def _slug(title: str) -> str:
    return "-".join(title.casefold().replace(",", "").split())
