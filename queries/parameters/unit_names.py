"""What units are called where several have one name: with the units above them, from where they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from graph.rows import Row
from queries.parameters.names import Entry, entry

if TYPE_CHECKING:
    from graph.session import Graph


_UNITS = """MATCH (u:Unit) OPTIONAL MATCH (u)-[:WITHIN]->(p:Unit)
RETURN u.id AS unit_id, u.name AS unit, p.id AS parent_id ORDER BY unit, unit_id"""
_SHARED = "MATCH (u:Unit) WITH u.name AS unit, count(u) AS units WHERE units > 1 RETURN min(unit) AS unit"
_BETWEEN = " / "


def read_units(graph: Graph) -> list[Row]:
    """Return all units of a graph with the id of their parent; names that several have are told apart."""
    return tell_apart(graph.read(_UNITS, {}))


def unit_entries(graph: Graph) -> list[Entry]:
    """Return what units go by: their id, their name, and that which tells them apart."""
    units = graph.read(_UNITS, {})
    pairs = zip(units, tell_apart(units), strict=True)
    return [
        entry({"id": one["unit_id"], "name": one["unit"], "short": one["unit_id"], "aliases": [other["unit"]]})
        for one, other in pairs
    ]


def with_unit_names(graph: Graph, rows: Sequence[Row]) -> list[dict[str, object]]:
    """Return rows that name units by `unit` and `unit_id`, with names that are told apart."""
    if not rows or graph.read(_SHARED, {})[0]["unit"] is None:
        return [dict(row) for row in rows]
    names = {row["unit_id"]: row["unit"] for row in read_units(graph)}
    return [{**row, "unit": names.get(row["unit_id"], row["unit"])} for row in rows]


def tell_apart(units: Iterable[Row]) -> list[Row]:
    """Return units with as much of the path above them in their name as it takes; with their id where that is all.

    >>> parents = [{"unit_id": one, "unit": one, "parent_id": None} for one in ("North", "South")]
    >>> teams = [{"unit_id": n, "unit": "Team", "parent_id": one["unit_id"]} for n, one in enumerate(parents)]
    >>> [row["unit"] for row in tell_apart([*parents, *teams])]
    ['North', 'South', 'North / Team', 'South / Team']
    """
    rows = {row["unit_id"]: row for row in units}
    names = {one: str(row["unit"]) for one, row in rows.items()}
    above = {one: row["parent_id"] for one, row in rows.items()}
    while same := [one for one, count in _shared(names) if count > 1]:
        for one in same:
            parent = rows.get(above[one])
            names[one] = f"{parent['unit']}{_BETWEEN}{names[one]}" if parent else f"{names[one]} ({one})"
            above[one] = parent["parent_id"] if parent else None
    return [{**row, "unit": names[one]} for one, row in rows.items()]


def _shared(names: dict[object, str]) -> list[tuple[object, int]]:
    counts = Counter(names.values())
    return [(one, counts[name]) for one, name in names.items()]
