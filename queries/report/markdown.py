"""Write a report as Markdown, for a paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from queries.report import heat_map_table
from queries.report.cell_text import by_day, cell_text, left_out
from queries.report.model import SectionedReport, Table
from queries.show.tables import markdown as escape


def markdown(report: SectionedReport) -> str:
    """Return the report as Markdown, its tables in the form that GitHub and pandoc read."""
    lines = [f"# {escape(report.title)}", "", *_paragraphs(report.says)]
    for section in report.sections:
        lines += [f"## {escape(section.title)}", "", *_paragraphs(section.says)]
        for table in section.tables:
            lines += [f"**{escape(table.caption)}**", "", *_table(table)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _paragraphs(texts: Sequence[str]) -> list[str]:
    return [line for text in texts for line in (escape(text), "")]


def _table(table: Table) -> list[str]:
    if not table.rows:
        return [escape(table.empty), ""]
    if table.kind == "heat map":
        return list(_heat(table))
    table = by_day(table)
    headings = [column.heading for column in table.columns]
    right = [column.kind in {"number", "money"} for column in table.columns]
    rows = [[cell_text(row[column.name], column.kind) for column in table.columns] for row in table.rows[: table.most]]
    note = left_out(table)
    return [*_grid(headings, right, rows), "", *_paragraphs([*table.notes, *([note] if note else [])])]


def _grid(headings: Sequence[str], right: Sequence[bool], rows: Sequence[Sequence[str]]) -> list[str]:
    rule = ["---:" if number else "---" for number in right]
    texts = [[escape(cell) for cell in row] for row in (headings, *rows)]
    return [f"| {' | '.join(row)} |" for row in (texts[0], rule, *texts[1:])]


def _heat(table: Table) -> Iterator[str]:
    blocks, note = heat_map_table.blocks(table.rows, table.most)
    for block in blocks:
        rows = [
            [
                f"{'› ' * line.depth}{line.unit}",
                *(", ".join(filter(None, heat_map_table.cell_lines(cell))) if cell else "" for cell in line.cells),
            ]
            for line in block.lines
        ]
        yield from _grid(["Unit", *block.headings], [False] * (1 + len(block.headings)), rows)
        yield ""
    yield from _paragraphs([note] if note else [])
