"""Lay a heat map out as tables narrow enough for a sheet of A4: units down, a few requirements across."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from graph.rows import Row
from queries.answers.skills_gap.facts import Rows
from queries.answers.skills_gap.totals import number

ACROSS = 6
"""Requirements side by side in one table."""

_MOST = 3_000
"""Cells that a page lays out; units further down than these are in the workbook."""


@dataclass(frozen=True)
class Line:
    """A unit, and for each requirement of the block its row, none where it asks for nothing."""

    unit: str
    depth: int
    cells: tuple[Row | None, ...]


@dataclass(frozen=True)
class Block:
    """Some requirements across, and the units that ask for any of them down."""

    headings: tuple[str, ...]
    lines: tuple[Line, ...]


def requirement(row: Row) -> str:
    """Return a requirement with its level."""
    return str(row["requirement"]) if row["level"] is None else f"{row['requirement']}, level {row['level']}"


def blocks(rows: Rows, most: int) -> tuple[tuple[Block, ...], str | None]:
    """Return the tables, the most short first, and a note where units further down, or requirements, are left out.

    `most` is how many requirements there may be.

    `rows` are in the order of the units.
    """
    depth, note = _depth(rows)
    kept = [row for row in rows if number(row["depth"]) <= depth]
    by_key = {_key(row): row for row in reversed(kept)}
    lack = Counter[object]()
    for row in kept:
        lack[_key(row)] += int(number(row["short"])) if not row["depth"] else 0
    order = sorted(by_key, key=lambda key: (-lack[key], requirement(by_key[key]), str(key)))
    shown = order[:most]
    tables = [_block(kept, by_key, shown[start : start + ACROSS]) for start in range(0, len(shown), ACROSS)]
    if len(order) > most:
        left_out = f"{len(order) - most} requirements that are less short are left out here"
        note = f"{left_out}; --annexes shows more, the workbook (--out FILE.xlsx) all."
    return tuple(tables), note


def _key(row: Row) -> tuple[object, object]:
    return row["requirement_id"], row["level"]


def _depth(rows: Rows) -> tuple[float, str | None]:
    """Return how far down the units are shown: as far as the page stays one that can be read."""
    cells = Counter(number(row["depth"]) for row in rows)
    depth = max(cells, default=0)
    while depth > min(cells, default=0) and sum(many for at, many in cells.items() if at <= depth) > _MOST:
        depth -= 1
    left = {row["unit_id"] for row in rows if number(row["depth"]) > depth}
    note = f"{len(left):,} units further down are left out here; the workbook (--out FILE.xlsx) has them all."
    return depth, note if left else None


def _block(rows: list[Row], by_key: dict[tuple[object, object], Row], keys: list[tuple[object, object]]) -> Block:
    wanted = set(keys)
    lines: dict[object, dict[tuple[object, object], Row]] = {}
    for row in rows:
        if _key(row) in wanted:
            lines.setdefault(row["unit_id"], {})[_key(row)] = row
    return Block(
        tuple(requirement(by_key[key]) for key in keys),
        tuple(_line(cells, keys) for cells in lines.values()),
    )


def _line(cells: dict[tuple[object, object], Row], keys: list[tuple[object, object]]) -> Line:
    first = next(iter(cells.values()))
    return Line(str(first["unit"]), int(number(first["depth"])), tuple(cells.get(key) for key in keys))


def mark(row: Row) -> str:
    """Return how much is lacking in one word: full, few (under a quarter), some (under half), many, nobody, hidden."""
    need, have, short = row["need"], row["have"], row["short"]
    if isinstance(short, str):
        return "hidden"
    if not have:
        return "nobody"
    share = number(short) / number(need)
    return next((word for word, most in (("full", 0.0), ("few", 0.25), ("some", 0.5)) if share <= most), "many")


def cell_lines(row: Row) -> tuple[str, str]:
    """Return the two lines of a cell, which are understood without colour."""
    words = {"full": "none short", "nobody": "nobody", "hidden": ""}
    shortage = mark(row)
    return f"{row['have']} of {row['need']}", words.get(shortage, f"short {row['short']}")
