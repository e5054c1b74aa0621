"""Rows of the questions `gates` and `gate-status`, gate by gate and option by option."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from graph.rows import Row

Gates = Mapping[tuple[str, str, str], Sequence[Row]]
"""What gates need, rows of the question `gates` or `gate-status`, by gate, document and lines."""


def gates_by_place(rows: Iterable[Row]) -> Gates:
    """Return rows of the question `gates` or `gate-status` by the gate that they belong to."""
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        parts = groups.setdefault((str(row["gate"]), str(row["document"]), str(row["lines"])), [])
        if row not in parts:  # two ranks can ask for one gate
            parts.append(row)
    return groups


def by_gate(rows: Iterable[Row]) -> list[list[Row]]:
    """Return rows of the question `gate-status` gate by gate, in their order."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(str(row[name]) for name in ("gate_id", "document", "lines")), []).append(row)
    return list(groups.values())


def by_option(parts: Iterable[Row]) -> list[list[Row]]:
    """Return what a gate needs option by option."""
    ordered = sorted(parts, key=lambda part: int(str(part["option"])))
    return [list(option) for _, option in groupby(ordered, key=lambda part: part["option"])]


def is_open(parts: Sequence[Row]) -> bool | None:
    """Return whether a gate is open; none where that is unknown."""
    state = parts[0]["gate_open"]
    return state if isinstance(state, bool) else None


def last_open_day(parts: Sequence[Row]) -> str | None:
    """Return the last day on which an open gate is open, none where it does not lapse."""
    days = [
        min((str(part["until"]) for part in option if part["until"]), default=None)
        for option in by_option(parts)
        if option[0]["option_open"]
    ]
    return None if None in days else max((day for day in days if day), default=None)
