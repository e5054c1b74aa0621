"""The page of short queries, docs/cookbook.md: what each is, and the rows below it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from docs.shown import Block, blocks

Row = Mapping[str, object]
Parameters = Mapping[str, object]
Ask = Callable[[str, Parameters], Sequence[Row]]

_HEADING = re.compile(r"### (\d+)\. (.+)")
_SET = ":params "
_VALUE = re.compile(r"(\w+): '([^']*)'")


@dataclass(frozen=True)
class Recipe:
    """A query of the page: number, title, text, the parameters that it reads, and the table that the page shows."""

    number: int
    title: str
    query: str
    parameters: Parameters
    table: tuple[str, ...]


def recipes(page: str) -> list[Recipe]:
    """Return the queries of a page, in order."""
    lines, values = page.split("\n"), _parameters(page)
    found = []
    for block in _queries(page):
        number, title = next(match for line in lines[block.first :: -1] if (match := _HEADING.fullmatch(line))).groups()
        query = "\n".join(block.lines)
        read = {name: value for name, value in values.items() if f"${name}" in query}
        start, end = _table_below(lines, block)
        found.append(Recipe(int(number), title, query, read, tuple(lines[start:end])))
    return found


def filled(page: str, ask: Ask) -> str:
    """Return a page with the rows that each query has now. Raises ValueError for a query without rows."""
    lines = page.split("\n")
    for block, recipe in reversed(list(zip(_queries(page), recipes(page), strict=True))):
        rows = ask(recipe.query, recipe.parameters)
        if not rows:
            raise ValueError(f"query {recipe.number}, {recipe.title}: found no row; expected some to show")
        start, end = _table_below(lines, block)
        lines[start:end] = [*([] if recipe.table else [""]), *table(rows)]
    return "\n".join(lines)


def table(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return rows as a table in Markdown: nothing for null, and commas between the items of a list."""
    names = list(rows[0])
    return tuple(map(_line, (names, ["---"] * len(names), *(row.values() for row in rows))))


def _queries(page: str) -> list[Block]:
    return [block for block in blocks(page) if block.language == "cypher" and not block.lines[0].startswith(_SET)]


def _parameters(page: str) -> dict[str, str]:
    """Return what the page has its reader set once."""
    lines = (line for block in blocks(page) for line in block.lines if line.startswith(_SET))
    return {name: value for line in lines for name, value in _VALUE.findall(line)}


def _table_below(lines: Sequence[str], block: Block) -> tuple[int, int]:
    """Return where the table below a block begins and ends; the line after the block twice where there is none yet."""
    fence = block.first + len(block.lines)
    end = start = fence + 1
    while end < len(lines) and lines[end].startswith("|"):
        end += 1
    return (start, end) if end > start else (fence, fence)


def _line(cells: Iterable[object]) -> str:
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_cell, value))
    text = "" if value is None else str(value)
    return (text.lower() if isinstance(value, bool) else text).replace("|", "\\|")
