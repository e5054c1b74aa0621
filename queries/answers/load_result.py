"""Tell what reading and loading staff files did: a line a sheet, the totals, and what is wrong with rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from queries.answers.answer import Composed
from queries.show.tables import table

if TYPE_CHECKING:
    from rich.console import RenderableType


_COUNTED = ("created", "changed", "removed", "closed", "untouched")
_MOST = 20
_MOST_NAMES = 10

Counts = Mapping[str, Mapping[str, int]]


class Read(Protocol):
    """How many rows of a sheet there are, and what became of them."""

    @property
    def read(self) -> int:
        """All rows."""

    @property
    def taken(self) -> int:
        """Rows without a fault."""

    @property
    def skipped(self) -> int:
        """Rows left out."""


class Unknown(Protocol):
    """A name that means nothing here, and in how many rows it stands."""

    @property
    def sheet(self) -> str:
        """Where it stands."""

    @property
    def column(self) -> str:
        """In which column."""

    @property
    def name(self) -> str:
        """The name."""

    @property
    def rows(self) -> int:
        """How often it stands there."""

    @property
    def first(self) -> int:
        """The first of those rows."""

    @property
    def advice(self) -> str:
        """The nearest names, or what else to do."""


def outcome(sheets: Mapping[str, Read], counts: Counts, notes: Sequence[str]) -> Composed:
    """Return a row a sheet that has rows, and the totals of nodes and edges."""
    rows = [
        {"sheet": name, "read": count.read, "taken": count.taken, "skipped": count.skipped}
        for name, count in sheets.items()
        if count.read
    ]
    columns = ("sheet", "read", "taken", "skipped")
    parts = {"sheets": {row["sheet"]: {name: row[name] for name in columns[1:]} for row in rows}, **counts}
    return Composed(columns, rows, list(notes), _view(columns, rows, counts), parts)


def _view(columns: Sequence[str], rows: Sequence[Mapping[str, object]], counts: Counts) -> RenderableType:
    from rich.console import Group  # only to draw

    totals = [[part, *(str(counts[name][part]) for name in _COUNTED)] for part in ("nodes", "edges")]
    return Group(
        table(columns, [[str(row[name]) for name in columns] for row in rows]),
        table(("in the graph", *_COUNTED), totals),
    )


def problems(faults: Iterable[object], others: int, unknown: Sequence[Unknown]) -> list[str]:
    """Return the first faults of rows, a line each, and how many more there are; an unknown name has one line for all.

    Args:
        faults: Those that are not of an unknown name.
        others: How many those are.
        unknown: The names.
    """
    lines = [
        f"{one.sheet}, row {one.first}, {one.column}: found {one.name!r}{_often(one.rows)}; {one.advice}"
        for one in unknown[:_MOST_NAMES]
    ]
    lines += [str(fault) for fault in islice(faults, _MOST - len(lines))]
    more = others + len(unknown) - len(lines)
    return [*lines, f"and {more} more"] if more > 0 else lines


def _often(rows: int) -> str:
    return f" (in {rows} rows)" if rows > 1 else ""
