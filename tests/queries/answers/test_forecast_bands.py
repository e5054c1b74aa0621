"""The bands of forecasts against what came: forces of planted rates, lived through person by person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from math import exp
from typing import NamedTuple

import pytest

from queries.answers.forecast import Force, forecast
from queries.answers.forecast_rates import estimate
from queries.parameters.assumptions import Assumptions
from tests.oracles.careers import AHEAD, DAY, PAST, RANKS, TrueForce

FORCES = 200
LEAST = 30
NEXT = {RANKS[0]: RANKS[1], RANKS[1]: RANKS[2]}


def _percent(hazard: float) -> str:
    return f"{100 * (1 - exp(-hazard)):.6f} %"


def _given(true: TrueForce) -> Assumptions:
    planted = true.planted
    return Assumptions.model_validate(
        {
            "leavers": {
                RANKS[0]: {"0": _percent(planted.early), "2": _percent(planted.late)},
                "all": _percent(planted.sergeants),
            },
            "promotions": {rank: _percent(hazard) for rank, hazard in planted.rising.items()},
            "intake": {RANKS[0]: str(planted.intake)},
            "renewals": {"all": f"{100 * planted.renewal} %"},
        }
    )


def _estimated(true: TrueForce) -> Assumptions:
    since = (DAY - timedelta(days=PAST * 365.25)).isoformat()
    return estimate(true.careers(), true.renewals(), NEXT, since, DAY.isoformat())[0]


class Cell(NamedTuple):
    """What was forecast of a unit's rank or ticket for a day, what there was at first, and what came."""

    low: int
    central: int
    high: int
    now: int
    came: int


@cache
def cells(kind: str, *, planned: bool) -> list[Cell]:
    """Return the cells of many people, of forces of which rates are given, or estimated of three years."""
    found = []
    for seed in range(int(planned), FORCES, 2):
        for row, now, came in _lived(seed, planned=planned):
            if row["kind"] == kind and now >= LEAST:
                low, central, high = (int(str(row[name])) for name in ("low", "central", "high"))
                found.append(Cell(low, central, high, now, came))
    return found


@cache
def _lived(seed: int, *, planned: bool) -> list[tuple[Mapping[str, object], int, int]]:
    true = TrueForce(seed, planned=planned)
    assumptions = _given(true) if planned else _estimated(true)
    rows = forecast(Force(true.posts(), true.people(), NEXT), assumptions, DAY.isoformat(), years=AHEAD, seed=seed)
    lived = []
    for number, row in enumerate(rows):
        years = number % (AHEAD + 1)
        if years:
            came = true.count(str(row["unit_id"]), str(row["kind"]), str(row["id"]), years)
            lived.append((row, int(str(rows[number - years]["recorded"])), came))
    return lived


@pytest.mark.parametrize("planned", [True, False], ids=["rates given", "rates estimated"])
@pytest.mark.parametrize("kind", ["rank", "ticket"])
def test_the_bands_hold_what_came_in_eight_of_ten(kind: str, planned: bool) -> None:
    """Over 200 forces, half with rates that are given, half with those that three years of records give."""
    every = cells(kind, planned=planned)
    share = sum(cell.low <= cell.came <= cell.high for cell in every) / len(every)
    width = sum(cell.high - cell.low for cell in every) / len(every)
    size = sum(cell.came for cell in every) / len(every)
    print(f"{len(every)} cells of {size:.1f} on average: {share:.1%} within bands {width:.1f} wide")  # noqa: T201
    assert 0.75 <= share <= 0.85


@pytest.mark.parametrize("planned", [True, False], ids=["rates given", "rates estimated"])
@pytest.mark.parametrize("kind", ["rank", "ticket"])
def test_the_central_line_errs_less_than_as_last_year(kind: str, planned: bool) -> None:
    """The mean error of the central line is below that of no change."""
    every = cells(kind, planned=planned)
    central, unchanged = (
        sum(abs(cell.came - getattr(cell, name)) for cell in every) / len(every) for name in ("central", "now")
    )
    print(f"{len(every)} cells: {central:.2f} off, {unchanged:.2f} by no change")  # noqa: T201
    assert central < unchanged
