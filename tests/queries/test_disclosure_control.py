"""What an aggregate report hides, against a reader who subtracts."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import pytest

from queries.answers.skills_gap.totals import strength
from queries.audience.small_numbers import HIDDEN
from queries.audience.staff_tables import STAFFING, SUPPLY, hidden_needs, hidden_staffing, need_of, staffing, supply
from tests.oracles import attacker

Row = dict[str, object]


def heat_map(rows: Sequence[Row], units: Sequence[Row]) -> list[Row]:
    """Return the rows of a whole heat map without what has to be hidden."""
    hidden = hidden_needs(rows, units)
    return [{**row, **dict.fromkeys(hidden.get(need_of(row), ()), HIDDEN)} for row in rows]


_ROUNDS, _FEWER = 60, 24
"""How many forces are drawn, and where each has many unknowns."""


def _unit(unit: str, parent: str | None, depth: int) -> Row:
    return {"unit_id": unit, "unit": unit, "parent_id": parent, "depth": depth}


def _tree(source: random.Random) -> list[Row]:
    """Return a tree of three levels, each unit after its parent."""
    found = [_unit("u", None, 0)]
    for number in range(source.randint(0, 4)):
        found.append(_unit(f"u{number}", "u", 1))
        found += [_unit(f"u{number}{team}", f"u{number}", 2) for team in range(source.randint(0, 4))]
    return found


def _own_posts(source: random.Random) -> tuple[int, int, int]:
    """Return the posts of a unit itself, those held, and those that only somebody absent holds."""
    posts = source.choice((0, 1, 2, 3, 6, 9, 14, 30))
    held = source.choice((0, posts, source.randint(0, posts), max(0, posts - 2), min(posts, 3)))
    return posts, held, source.choice((0, 0, min(posts - held, source.randint(0, 7))))


def _heat(units: Sequence[Row], source: random.Random) -> list[Row]:
    """Return the rows of one requirement, parents including their children."""
    own = {str(row["unit_id"]): _own_posts(source) for row in units}
    found = []
    for row in units:
        within = [numbers for unit, numbers in own.items() if unit.startswith(str(row["unit_id"]))]
        need, have, away = (sum(part) for part in zip(*within, strict=True))
        if need:
            told = {"requirement": "Taser", "requirement_id": "skill/taser", "level": None}
            counts = {"need": need, "have": have, "have_absent": away, "short": need - have}
            found.append({**row, **told, **counts})
    return found


@dataclass(frozen=True)
class _Drawn:
    """A heat map that was drawn, what is shown of it, and the range of each cell that is left to the reader."""

    units: Sequence[Row]
    true: Sequence[Row]
    shown: Sequence[Mapping[str, object]]
    ranges: Mapping[tuple[object, str], tuple[float, float]]


@cache
def _drawn(seed: int) -> _Drawn:
    """Return the same heat map for the same seed."""
    source = random.Random(seed)  # noqa: S311 -- no secret
    units = _tree(source)
    true = _heat(units, source)
    shown = tuple(heat_map(tuple(true), tuple(units)))
    return _Drawn(units, true, shown, attacker.heat_map(shown, units))


@pytest.mark.parametrize("seed", range(_ROUNDS))
def test_no_hidden_cell_of_the_heat_map_can_be_worked_out(seed: int) -> None:
    """Each leaves two whole numbers open at least, whatever is subtracted from whatever."""
    assert {} == {
        cell: bounds
        for cell, bounds in _drawn(seed).ranges.items()
        if cell[1] != "own" and bounds[1] - bounds[0] < 1 - 1e-6
    }


@pytest.mark.parametrize("seed", range(_ROUNDS))
def test_what_a_unit_has_beside_its_children_is_no_way_round(seed: int) -> None:
    """A few posts of the unit itself are found by subtraction too, though they have no row."""
    drawn = _drawn(seed)
    exact = attacker.heat_map(drawn.true, drawn.units)

    few = {cell for cell, (have, _) in exact.items() if cell[1] == "own" and 0.5 < have < 4.5}

    assert few == {cell for cell in few if drawn.ranges[cell][1] - drawn.ranges[cell][0] > 1 - 1e-6}


@pytest.mark.parametrize("seed", range(_ROUNDS))
def test_no_number_of_one_to_four_is_shown(seed: int) -> None:
    """Neither of those who hold, nor of the absent, nor of those who lack; that nobody of a few holds is no number."""
    shown = _drawn(seed).shown

    assert [] == [row for row in shown if row["have"] in {1, 2, 3, 4} or row["have_absent"] in {1, 2, 3, 4}]
    assert [] == [row for row in shown if row["short"] in {1, 2, 3, 4} and (row["have"], row["have_absent"]) != (0, 0)]


@pytest.mark.parametrize(
    ("posts", "own"),
    [((6, 7), 0), ((6, 7), 1), ((5, 5), 3), ((10, 10), 1), ((3, 8), 6), ((5, 6, 7), 0), ((3, 4, 9), 1)],
)
def test_who_knows_the_rule_learns_no_hidden_number(posts: tuple[int, ...], own: int) -> None:
    """Of all forces that would be shown in the same way, there are two at least that differ in each hidden cell."""
    units = (_unit("u", None, 0), *(_unit(f"u{place}", "u", 1) for place in range(len(posts))))
    alike: dict[tuple[object, ...], list[tuple[int, ...]]] = {}
    for below in itertools.product(*(range(most + 1) for most in posts)):
        for beside in range(own + 1):
            whole = (sum(posts) + own, sum(below) + beside, 0)
            pairs = zip(posts, below, strict=True)
            rows = (_row("u", whole), *(_row(f"u{place}", (*pair, 0)) for place, pair in enumerate(pairs)))
            shown = tuple(row["have"] for row in heat_map(rows, units))
            alike.setdefault(shown, []).append((whole[1], *below))

    assert [] == [
        (shown, place)
        for shown, forces in alike.items()
        for place, have in enumerate(shown)
        if have == HIDDEN and len({force[place] for force in forces}) == 1
    ]


def _posts(source: random.Random, units: Sequence[str]) -> list[Row]:
    """Return establishment by unit and rank: nobody in two posts, some part-time, some posts shared."""
    found = []
    for unit in units:
        for rank in ("uk/constable", "uk/sergeant", "uk/inspector"):
            posts = source.choice((0, 1, 2, 5, 8, 20, 40))
            vacant = source.choice((0, 0, posts, source.randint(0, posts)))
            heads = posts - vacant + (source.choice((0, 0, 1)) if posts > vacant else 0)
            filled = max(0.0, heads - source.choice((0.0, 0.0, 0.4)))
            if posts:
                found.append(_establishment(unit, rank, (posts, vacant, heads), filled))
    return found


def _establishment(unit: str, rank: str, counts: tuple[int, int, int], filled: float) -> Row:
    posts, vacant, heads = counts
    left = round(posts - filled, 2)
    names = {"unit_id": unit, "unit": unit, "rank_id": rank, "rank": rank}
    fte = {"established_fte": float(posts), "strength_fte": filled, "vacant_fte": left}
    return {**names, "posts": posts, "vacant": vacant, "heads": heads, **fte}


@pytest.mark.parametrize("seed", range(_ROUNDS))
def test_no_hidden_cell_of_the_establishment_can_be_worked_out(seed: int) -> None:
    """Not from the ranks, nor from the whole, nor from full-time equivalents or vacancies beside it."""
    source = random.Random(seed)  # noqa: S311 -- no secret
    units = [_unit(f"u{number}", None, 0) for number in range(source.randint(1, 6))]
    rows = tuple(_posts(source, [str(one["unit_id"]) for one in units]))

    by_rank, by_unit = staffing(strength(rows), rows, hidden_staffing(rows, units))
    ranges = attacker.staffing(by_rank, by_unit)

    tight = {cell: (low, high) for cell, (low, high) in ranges.items() if high - low < 1 - 1e-6}
    assert {} == {cell: bounds for cell, bounds in tight.items() if cell[1] != "strength_fte" or bounds[0] == bounds[1]}
    assert [] == [row for row in (*by_rank, *by_unit) if row["heads"] in {1, 2, 3, 4}]


def _within(rows: Sequence[Row], units: Sequence[Row]) -> list[Row]:
    """Return what units have with all below them, by rank."""
    below = {str(one["unit_id"]): [row for row in rows if _is_in(row["unit_id"], one["unit_id"])] for one in units}
    return [{**row, "unit_id": unit} for unit, of in below.items() for row in strength(tuple(of))[:-1]]


def _is_in(unit: object, over: object) -> bool:
    return str(unit).startswith(str(over))


@pytest.mark.parametrize("seed", range(_FEWER))
def test_no_hidden_cell_is_told_by_the_sums_of_units(seed: int) -> None:
    """A trend shows units with all below them, the establishment their own posts: both hide so that neither tells."""
    source = random.Random(seed)  # noqa: S311 -- no secret
    units = _tree(source)
    rows = tuple(_posts(source, [str(one["unit_id"]) for one in units]))
    hidden = hidden_staffing(rows, units)
    within = tuple(_masked(row, (row["unit_id"], row["rank_id"], True) in hidden) for row in _within(rows, units))

    by_rank, by_unit = staffing(strength(rows), rows, hidden)
    ranges = attacker.staffing(by_rank, by_unit, within, units)

    tight = {cell: (low, high) for cell, (low, high) in ranges.items() if high - low < 1 - 1e-6}
    assert {} == {cell: bounds for cell, bounds in tight.items() if cell[1] != "strength_fte" or bounds[0] == bounds[1]}
    assert [] == [row for row in (*by_rank, *by_unit, *within) if row["heads"] in {1, 2, 3, 4}]


def _masked(row: Row, is_hidden: bool) -> Row:
    return {**row, **dict.fromkeys(STAFFING, HIDDEN)} if is_hidden else row


def _forecast(units: Sequence[Row], source: random.Random) -> list[Row]:
    """Return what units with all below them will have on three days, by rank: some leave, some come."""
    own = {str(row["unit_id"] or "u"): source.choice((0, 1, 3, 5, 9, 30)) for row in units}
    rows: list[Row] = []
    for day in ("2026-01-01", "2027-01-01", "2028-01-01"):
        for row in units:
            people = sum(number for unit, number in own.items() if _is_in(unit, row["unit_id"] or "u"))
            of = {"unit_id": row["unit_id"], "kind": "ticket", "id": "taser", "day": day}
            rows.append({**of, **dict.fromkeys(SUPPLY, people), "established": 40})
        own = {unit: max(0, number - source.choice((0, 0, 1, 6))) for unit, number in own.items()}
    return rows


@pytest.mark.parametrize("seed", range(_FEWER))
def test_no_few_of_a_forecast_can_be_worked_out(seed: int) -> None:
    """Neither what a unit has on a day, nor what those below leave for it itself, as far as few are hidden."""
    source = random.Random(seed)  # noqa: S311 -- no secret
    units = _tree(source)
    if seed % 2:  # several units at the top: the force is above them, and no unit
        units = [{**one, "unit_id": None} if one["unit_id"] == "u" else one for one in units]
        units = [{**one, "parent_id": None, "depth": 0} if one["parent_id"] == "u" else one for one in units]
    rows = _forecast(units, source)
    shown = supply(rows, [one for one in units if one["unit_id"]], set())

    assert [tuple(row[name] for name in ("unit_id", "day")) for row in rows] == [
        tuple(row[name] for name in ("unit_id", "day")) for row in shown
    ]
    for day in {str(row["day"]) for row in rows}:
        of_day = {row["unit_id"]: row for row in shown if row["day"] == day}
        true = {row["unit_id"]: row for row in rows if row["day"] == day}
        known, left = attacker.Known(), {}
        for unit in units:
            key = unit["unit_id"]
            below = [one["unit_id"] for one in units if one["parent_id"] == key != one["unit_id"]]
            left[key] = _people(true[key]) - sum(_people(true[one]) for one in below)
            known.unknown(key)
            known.unknown((key, "own"))
        for unit in units:
            key = unit["unit_id"]
            below = [one["unit_id"] for one in units if one["parent_id"] == key != one["unit_id"]]
            known.says({key: 1.0, (key, "own"): -1.0} | dict.fromkeys(below, -1.0), 0.0)
            if of_day[key]["central"] != HIDDEN:
                known.says({key: 1.0}, _people(of_day[key]))
        few = [key for key in left if 0 < _people(true[key]) < 5]
        few += [(key, "own") for key, number in left.items() if 0 < number < 5]
        assert [] == [key for key in few if known.range_of(key)[1] - known.range_of(key)[0] < 1 - 1e-6]


def _people(row: Mapping[str, object]) -> int:
    return int(str(row["recorded"]))


def _counts(rows: Iterable[Mapping[str, object]]) -> dict[object, tuple[object, ...]]:
    return {row["unit_id"]: tuple(row[name] for name in ("need", "have", "have_absent", "short")) for row in rows}


def _row(unit: str, counts: tuple[int, int, int]) -> Row:
    need, have, away = counts
    what: Row = {"requirement_id": "skill/taser", "level": None, "requirement": "Taser", "unit_id": unit}
    return {**what, "unit": unit, "need": need, "have": have, "have_absent": away, "short": need - have}


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"u": (60, 40, 0), "u0": (40, 30, 0), "u1": (20, 10, 0)}, set()),
        ({"u": (60, 32, 0), "u0": (40, 30, 0), "u1": (20, 2, 0)}, {"u0", "u1"}),
        ({"u": (90, 47, 0), "u0": (40, 30, 0), "u1": (20, 2, 0), "u2": (30, 15, 0)}, {"u1", "u2"}),
        ({"u": (60, 58, 0), "u0": (40, 40, 0), "u1": (20, 18, 0)}, {"u", "u1"}),
        ({"u": (60, 0, 0), "u0": (57, 0, 0), "u1": (3, 0, 0)}, set()),
        ({"u": (60, 9, 0), "u0": (57, 9, 0), "u1": (3, 0, 0)}, {"u", "u0", "u1"}),
        ({"u": (60, 2, 0), "u0": (30, 0, 0), "u1": (30, 2, 0)}, {"u", "u1"}),
        ({"u": (60, 40, 6), "u0": (40, 30, 2), "u1": (20, 10, 4)}, set()),
        ({"u": (50, 32, 0), "u0": (40, 30, 0)}, {"u0"}),
    ],
    ids=[
        "nothing small",
        "the small one and its only sibling",
        "the small one and its smaller sibling",
        "few missing altogether",
        "nobody anywhere is said, of small units too",
        "a unit of three without anybody",
        "few altogether: then a sibling without any can stay",
        "few absent: who is present stays",
        "a sum less its one child is the unit's own",
    ],
)
def test_hand_made_trees_hide_just_these(counts: dict[str, tuple[int, int, int]], expected: set[str]) -> None:
    """The rows that are hidden, whole."""
    units = tuple(_unit(unit, unit[:-1] or None, len(unit) - 1) for unit in counts)

    shown = heat_map(tuple(_row(unit, numbers) for unit, numbers in counts.items()), units)

    assert expected == {row["unit_id"] for row in shown if row["have"] == HIDDEN}


def test_the_absent_are_hidden_without_those_who_are_present() -> None:
    """Two of 40 and four of 20 are few, their sum is not."""
    units = (_unit("u", None, 0), _unit("u0", "u", 1), _unit("u1", "u", 1))
    rows = (_row("u", (60, 40, 6)), _row("u0", (40, 30, 2)), _row("u1", (20, 10, 4)))

    shown = heat_map(rows, units)

    assert {"u": (60, 40, 6, 20), "u0": (40, 30, HIDDEN, 10), "u1": (20, 10, HIDDEN, 10)} == _counts(shown)


def test_a_hidden_row_keeps_its_need_and_that_nobody_is_absent() -> None:
    """Posts are public, and nobody is no number of people."""
    units = (_unit("u", None, 0), _unit("u0", "u", 1), _unit("u1", "u", 1))
    rows = (_row("u", (60, 32, 0)), _row("u0", (40, 30, 0)), _row("u1", (20, 2, 0)))

    shown = heat_map(rows, units)

    assert {"u": (60, 32, 0, 28), "u0": (40, HIDDEN, 0, HIDDEN), "u1": (20, HIDDEN, 0, HIDDEN)} == _counts(shown)
