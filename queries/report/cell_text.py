"""Write the values of a report as text, the same in a page and in Markdown."""

from __future__ import annotations

from queries.report.model import Table
from queries.show.tables import visible


def shown(value: object, kind: str = "text") -> str:
    """Return a value as a reader expects it: thousands apart, no half pennies, lists with semicolons.

    >>> shown(12345), shown(7.5), shown(None), shown(["a", "b"]), shown(1234.5, "money")
    ('12,345', '7.5', '', 'a; b', '1,234.50')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _number(value, kind)
    if isinstance(value, list | tuple):
        return "; ".join(shown(part) for part in value)
    return visible(str(value))


def _number(value: float, kind: str) -> str:
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.2f}" if kind == "money" else f"{value:,.2f}".rstrip("0")


def left_out(table: Table) -> str | None:
    """Say how many rows of a table a page does not show."""
    many = len(table.rows)
    if many <= table.most:
        return None
    return f"The first {table.most} of {many:,} rows; the workbook (--out FILE.xlsx) has them all."
