"""Write a report as one page of HTML that asks for nothing else: no network, no script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import shorten

from queries.answers.skills_gap.facts import Rows
from queries.answers.skills_gap.totals import number
from queries.report import heat_map_table
from queries.report.cell_text import by_day, cell_text, left_out
from queries.report.model import SectionedReport, Table
from queries.show.html import fill

_LONG = 24
"""Letters of the longest word that a column of a printed table is as wide as."""
_CUT = " \N{HORIZONTAL ELLIPSIS}"


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
        "panels": panels,
        "is_long": _is_long,
        "by_day": by_day,
    }
    return fill(Path(__file__).with_name("page.html"), filters, {"report": report}) + "\n"


def bars(table: Table) -> tuple[list[tuple[str, list[float], str]], float]:
    """Return the lines of a chart and the highest number; the sum is no line of it.

    A line is a name, its numbers, and the first of them as text, which may say that it is hidden.
    """
    rows = table.rows[:-1] if table.summed else table.rows
    name = table.columns[0].name
    lines = [
        (
            shorten(cell_text(row[name]), 32, placeholder=_CUT),
            [number(row[bar]) for bar in table.bars],
            cell_text(row[table.bars[0]]),
        )
        for row in rows
    ]
    return lines, max((value for _, values, _ in lines for value in values), default=0) or 1


def panels(table: Table) -> list[dict[str, str]]:
    """Return the lines of each name as points in a field of 140 by 50, and its first and last numbers as text.

    The fields begin a little below the least number, not at nought.
    """
    return [_panel(table, name, rows) for name, _, rows in table.panels()]


def _panel(table: Table, name: str, rows: Rows) -> dict[str, str]:
    values = [number(row[line]) for row in rows for line in table.lines]
    least, most = 0.9 * min(values), max(values)
    scale = 50 / ((most - least) or 1)
    step = 140 / max(1, len(rows) - 1)
    points = {
        line: [f"{step * place:.1f},{50 - scale * (number(row[line]) - least):.1f}" for place, row in enumerate(rows)]
        for line in table.lines
    }
    first, last = (f"{str(row['day'])[:4]}: {cell_text(row['central'])}" for row in (rows[0], rows[-1]))
    band = " ".join([*points["low"], *reversed(points["high"])]) if points["low"] != points["high"] else ""
    lines = {line: " ".join(points[line]) for line in ("central", "established")}
    return {**lines, "band": band, "name": shorten(cell_text(name), 24, placeholder=_CUT), "first": first, "last": last}


def bar_headings(table: Table) -> list[str]:
    """Return what each bar of a line stands for, in the order of the bars."""
    return [column.heading for bar in table.bars for column in table.columns if column.name == bar]


def _is_long(value: object) -> bool:
    """Return whether a value has a word that may not fit into a column, such as an id."""
    return any(len(word) > _LONG for word in cell_text(value).split())


def _slug(title: str) -> str:
    return "-".join(title.casefold().replace(",", "").split())
