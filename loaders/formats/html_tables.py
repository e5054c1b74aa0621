"""Tell tables of data from those used for layout, and reckon where each cell stands."""

from __future__ import annotations

from collections.abc import Iterator

from loaders.formats.html_tree import Element
from loaders.formats.office.counters import whole

_MOST_COLUMNS, _MOST_ROWS = 100, 65_534
"""More columns than a page can show; each row may have to pass over as many that cells above it span."""


def places(table: Element) -> dict[Element, tuple[int, int]]:
    """Return the row and column of each cell of a table, from 1; nothing for one used for layout.

    That is one that says so, or of which only one row or column has words.
    """
    if table.role in {"presentation", "none"}:
        return {}
    found = dict(_placed(table))
    filled = [place for cell, place in found.items() if cell.words]
    return found if all(len({place[axis] for place in filled}) > 1 for axis in (0, 1)) else {}


def _placed(table: Element) -> Iterator[tuple[Element, tuple[int, int]]]:
    taken: dict[int, int] = {}
    group = None
    for number, row in enumerate(_rows(table), 1):
        if row.parent is not group:
            group, taken = row.parent, {}
        column = 1
        for cell in (cell for cell in row.children if not isinstance(cell, str) and cell.tag in {"td", "th"}):
            while taken.get(column, 0) >= number:
                column += 1
            yield cell, (number, column)
            # A rowspan of 0 goes on to the end.
            width, height = _span(cell, "colspan") or 1, _span(cell, "rowspan") or _MOST_ROWS
            end = min(column + width, _MOST_COLUMNS)
            if height > 1:
                taken |= dict.fromkeys(range(column, end), number + height - 1)
            column = max(end, column)


def _rows(table: Element) -> Iterator[Element]:
    """Yield the rows of a table, not those of the tables in it."""
    stack = [table]
    while stack:
        one = stack.pop()
        if one.tag == "tr":
            yield one
        else:
            stack += [child for child in reversed(one.elements) if child.tag != "table"]


def _span(cell: Element, name: str) -> int:
    return max(0, whole(cell.attributes.get(name, "").strip(), 1))
