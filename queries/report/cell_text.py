"""Write the values of a report as text, the same in a page and in Markdown."""

from __future__ import annotations

from dataclasses import replace

from graph.rows import Row
from queries.report.model import Column, Table

_UNBROKEN = "\N{NON-BREAKING HYPHEN}"


def cell_text(value: object, kind: str = "text") -> str:
    """Return a value as a reader expects it: thousands apart, no half pennies, lists with semicolons.

    >>> cell_text(12345), cell_text(7.5), cell_text(None), cell_text(["a", "b"]), cell_text(1234.5, "money")
    ('12,345', '7.5', '', 'a; b', '1,234.50')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _number(value, kind)
    if isinstance(value, list | tuple):
        return "; ".join(cell_text(part) for part in value)
    return str(value)


def _number(value: float, kind: str) -> str:
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.2f}" if kind == "money" else f"{value:,.2f}".rstrip("0")


def by_day(table: Table) -> Table:
    """Return a table that has lines with a row for each name and a column for each day, for a page."""
    if not table.lines:
        return table
    first, days = table.columns[0], dict.fromkeys(str(row["day"]) for row in table.rows)
    rows = tuple(
        {first.name: name, "established": of[-1]["established"], **{str(row["day"]): _band(row) for row in of}}
        for name, _, of in table.names()
    )
    last = Column("established", "Established in the end", "number")
    return replace(
        table, columns=(first, last, *(Column(day, day.replace("-", _UNBROKEN), "number") for day in days)), rows=rows
    )


def _band(row: Row) -> str:
    """Return what is expected, with the band where it has a width."""
    low, central, high = (cell_text(row[name]) for name in ("low", "central", "high"))
    return central if low == high else f"{central} ({low} to {high})"


def left_out(table: Table) -> str | None:
    """Return the note on rows of a table that a page does not show; none where it shows all."""
    many = len(table.rows)
    if many <= table.most:
        return None
    return f"The first {table.most} of {many:,} rows; --annexes shows more, the workbook (--out FILE.xlsx) all."
