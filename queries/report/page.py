"""Write a report as one page of HTML that asks for nothing else: no network, no script."""

from __future__ import annotations

from pathlib import Path

from queries.report import heat_map_table
from queries.report.cell_text import left_out, shown
from queries.report.model import Table, Told


def page(told: Told) -> str:
    """Return the page; every text in it is escaped."""
    import jinja2  # a report alone needs it

    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"shown": shown, "mark": heat_map_table.mark, "says": heat_map_table.says, "slug": _slug}
    template = environment.from_string((Path(__file__).parent / "page.html").read_text(encoding="utf-8"))
    return template.render(told=told, blocks=_blocks, left_out=left_out) + "\n"


def _slug(title: str) -> str:
    return "-".join(title.casefold().replace(",", "").split())


def _blocks(table: Table) -> tuple[tuple[heat_map_table.Block, ...], str | None]:
    return heat_map_table.blocks(table.rows)
