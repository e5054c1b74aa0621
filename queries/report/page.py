"""Write a report as one page of HTML that asks for nothing else: no network, no script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from queries.report import heat_map_table
from queries.report.cell_text import cell_text, left_out
from queries.report.model import SectionedReport
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
    }
    return fill(Path(__file__).with_name("page.html"), filters, {"report": report}) + "\n"


def _slug(title: str) -> str:
    return "-".join(title.casefold().replace(",", "").split())
