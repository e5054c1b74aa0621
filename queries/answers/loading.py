"""Lay out what a load did: a line a document, and the totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from queries.show.tables import table

if TYPE_CHECKING:
    from rich.table import Table


Counts = Mapping[str, Mapping[str, int]]

_COUNTED = ("created", "changed", "removed", "closed", "untouched")
_COLUMNS = ("document", "role", "edition", *_COUNTED)


@dataclass(frozen=True)
class Line:
    """One document and what was done for it."""

    document: str
    role: str
    edition: str
    counts: Counts


def shown(lines: Sequence[Line], total: Counts) -> Table:
    """Draw counts as nodes+edges; what no document accounts for is the reference data and likeness of texts."""
    rest = {
        name: {part: total[name][part] - sum(line.counts[name][part] for line in lines) for part in ("nodes", "edges")}
        for name in _COUNTED
    }
    rows = [
        Line("reference data and likenesses", "", "", rest),
        *lines,
        Line("total", "", "", total),
    ]
    return table(_COLUMNS, [_texts(line) for line in rows])


def _texts(line: Line) -> list[str]:
    counts = [f"{line.counts[name]['nodes']}+{line.counts[name]['edges']}" for name in _COUNTED]
    return [line.document, line.role, line.edition, *counts]
