"""A reader of an aggregate report who subtracts: what numbers does each hidden cell still leave open?

Independent of how cells are chosen to be hidden: it knows only what is printed, the tree of units, and what the
columns mean. Every unknown is a variable of a linear programme.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import linprog

Row = Mapping[str, object]
_PARTS = ("have", "have_absent", "lack")
_IMPOSSIBLE = 2
"""What the solver says where nothing fits."""


@dataclass
class Known:
    """Equations and bounds over named unknowns."""

    names: dict[object, int] = field(default_factory=dict)
    most: list[float] = field(default_factory=list)
    equal: list[tuple[dict[int, float], float]] = field(default_factory=list)
    at_most: list[tuple[dict[int, float], float]] = field(default_factory=list)

    def unknown(self, name: object, most: float = math.inf) -> int:
        """Add a number from nought up."""
        self.names[name] = len(self.most)
        self.most.append(most)
        return self.names[name]

    def says(self, terms: Mapping[Any, float], total: float) -> None:
        """Add what a sum is."""
        self.equal.append(({self.names[name]: factor for name, factor in terms.items()}, total))

    def limits(self, terms: Mapping[Any, float], total: float) -> None:
        """Add what a sum does not go beyond."""
        self.at_most.append(({self.names[name]: factor for name, factor in terms.items()}, total))

    def range_of(self, name: object) -> tuple[float, float]:
        """Return the least and the most that an unknown can be."""
        return self._extreme(name, 1.0), -self._extreme(name, -1.0)

    def is_possible(self) -> bool:
        """Return whether there are numbers of which all that was added is true."""
        return not self.names or self._solved(np.zeros(len(self.most))).status != _IMPOSSIBLE

    def _extreme(self, name: object, sign: float) -> float:
        goal = np.zeros(len(self.most))
        goal[self.names[name]] = sign
        found = self._solved(goal)
        if found.status == 3:  # no end
            return -math.inf
        assert found.status == 0, found.message
        return float(found.fun)

    def _solved(self, goal: object) -> Any:
        left, right = self._matrix(self.equal)
        below, limit = self._matrix(self.at_most)
        bounds = [(0.0, None if math.isinf(most) else most) for most in self.most]
        return linprog(goal, A_ub=below, b_ub=limit, A_eq=left, b_eq=right, bounds=bounds, method="highs")

    def _matrix(self, rows: Sequence[tuple[dict[int, float], float]]) -> tuple[object, object]:
        if not rows:
            return None, None
        left = np.zeros((len(rows), len(self.most)))
        for number, (terms, _) in enumerate(rows):
            for at, factor in terms.items():
                left[number, at] = factor
        return left, np.array([total for _, total in rows])


def heat_map(rows: Sequence[Row], units: Sequence[Row]) -> dict[tuple[object, str], tuple[float, float]]:
    """Return the range of every hidden cell of the rows of one requirement and level, by unit and column.

    What the posts of a unit itself tell stands under (unit, "own").
    """
    known, by_unit = Known(), {row["unit_id"]: row for row in rows}
    return _open(known, by_unit, add_heat_map(known, by_unit, units, 0))


def add_heat_map(
    known: Known, by_unit: Mapping[object, Row], units: Sequence[Row], table: int
) -> Mapping[object, float]:
    """Add what the rows of one requirement in a table say; return the posts of each unit itself.

    The unknowns are (table, unit, part) of have, have_absent and lack, and (table, (unit, "own"), part).
    """
    own = {unit: _own(unit, by_unit, units) for unit in by_unit}
    for unit, row in by_unit.items():
        for kind, posts in ((unit, row["need"]), ((unit, "own"), own[unit])):
            parts = {(table, kind, part): known.unknown((table, kind, part)) for part in _PARTS}
            known.says(dict.fromkeys(parts, 1.0), _number(posts))
    for unit, row in by_unit.items():
        for part in _PARTS:
            terms: dict[object, float] = {(table, unit, part): 1.0, (table, (unit, "own"), part): -1.0}
            below = {(table, child, part): -1.0 for child in _below(unit, by_unit, units)}
            known.says(terms | below, 0.0)
        for part in ("have", "have_absent"):
            if not isinstance(row[part], str):
                known.says({(table, unit, part): 1.0}, _number(row[part]))
        if not isinstance(row["short"], str):
            known.says({(table, unit, "have"): 1.0}, _number(row["need"]) - _number(row["short"]))
    return own


def _number(value: object) -> float:
    assert isinstance(value, int | float), value
    return float(value)


def _below(unit: object, by_unit: Mapping[object, Row], units: Sequence[Row]) -> list[object]:
    return [row["unit_id"] for row in units if row["parent_id"] == unit and row["unit_id"] in by_unit]


def _own(unit: object, by_unit: Mapping[object, Row], units: Sequence[Row]) -> float:
    return _number(by_unit[unit]["need"]) - sum(_number(by_unit[c]["need"]) for c in _below(unit, by_unit, units))


def _open(
    known: Known, by_unit: Mapping[object, Row], own: Mapping[object, float]
) -> dict[tuple[object, str], tuple[float, float]]:
    found: dict[tuple[object, str], tuple[float, float]] = {}
    for unit, row in by_unit.items():
        for part in ("have", "have_absent"):
            if isinstance(row[part], str):
                found[unit, part] = known.range_of((0, unit, part))
        if isinstance(row["short"], str):
            least, most = known.range_of((0, unit, "have"))
            found[unit, "short"] = (_number(row["need"]) - most, _number(row["need"]) - least)
        if own[unit]:
            found[unit, "own"] = known.range_of((0, (unit, "own"), "have"))
    return found


def staffing(
    strength: Sequence[Row], establishment: Sequence[Row], within: Sequence[Row] = (), units: Sequence[Row] = ()
) -> dict[tuple[object, str], tuple[float, float]]:
    """Return the range of every hidden cell of establishment and strength, by row and column.

    `within` are rows of units with all below them. The reader takes it that nobody is in two posts, works more than
    full time, or is missing from an occupied one.
    """
    known = Known()
    rows: dict[object, Row] = {("by rank", row["rank_id"]): row for row in strength}
    rows |= {(row["unit_id"], row["rank_id"]): row for row in establishment}
    rows |= {(row["unit_id"], row["rank_id"], "within"): row for row in within}
    for key, row in rows.items():
        _person_by_person(known, key, row)
    ranks = [row["rank_id"] for row in strength[:-1]]
    for part in _STAFFED:
        known.says({(("by rank", None), part): 1.0} | {(("by rank", rank), part): -1.0 for rank in ranks}, 0.0)
        for rank in ranks:
            below = [key for key in rows if key[1:] == (rank,) and key[0] != "by rank"]  # type: ignore[index]
            known.says({(("by rank", rank), part): 1.0} | {(key, part): -1.0 for key in below}, 0.0)
        for row in within:
            of, rank = row["unit_id"], row["rank_id"]
            parts = [(child["unit_id"], rank, "within") for child in units if child["parent_id"] == of]
            known.says({((of, rank, "within"), part): 1.0} | _less([(of, rank), *parts], rows, part), 0.0)
    hidden = [(key, part) for key, row in rows.items() for part in _STAFFED if row.get(part) == "[c]"]
    return {(key, part): known.range_of((key, part)) for key, part in hidden}


_STAFFED = ("heads", "vacant", "strength_fte")


def _less(keys: Sequence[object], rows: Mapping[object, Row], part: str) -> dict[object, float]:
    return {(key, part): -1.0 for key in keys if key in rows}


def _person_by_person(known: Known, key: object, row: Row) -> None:
    known.unknown((key, "heads"))
    known.unknown((key, "vacant"), most=_number(row["posts"]))
    known.unknown((key, "strength_fte"))
    known.limits({(key, "heads"): -1.0, (key, "vacant"): -1.0}, -_number(row["posts"]))
    known.limits({(key, "strength_fte"): 1.0, (key, "heads"): -1.0}, 0.0)
    for part in _STAFFED:
        if isinstance(row.get(part), int | float):
            known.says({(key, part): 1.0}, _number(row[part]))
    if not isinstance(row["vacant_fte"], str):
        known.says({(key, "strength_fte"): 1.0}, _number(row["established_fte"]) - _number(row["vacant_fte"]))
