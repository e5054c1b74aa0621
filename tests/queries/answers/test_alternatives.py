"""What the alternatives of a gate are beside those of another: by all that somebody may hold."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from random import Random

import pytest

from graph.rows import Row
from queries.answers.alternatives import difference

_COURSES = ("elp", "scc", "senior-pnac")
_LIMITS = (None, "2023-01-01", "2020-01-01")
_HELD_SINCE = ("2019-06-30", "2021-06-30", "2024-06-30")
_HOLDINGS = [dict(zip(_COURSES, days, strict=True)) for days in product((None, *_HELD_SINCE), repeat=len(_COURSES))]
"""All that somebody may hold: of each course none, or the first day on which it was passed."""

Gate = list[list[Row]]


def _is_open(gate: Gate, held: Mapping[str, str | None]) -> bool:
    return any(
        all((held[str(one["needs_id"])] or "9") < str(one["before"] or "8") for one in option) for option in gate
    )


def _oracle(one: Gate, other: Gate) -> str:
    opened = [{number for number, held in enumerate(_HOLDINGS) if _is_open(gate, held)} for gate in (one, other)]
    if opened[0] == opened[1]:
        return "equal"
    return "harder" if opened[1] < opened[0] else "easier" if opened[0] < opened[1] else "other"


def _drawn(random: Random) -> Gate:
    parts = [{"needs_id": course, "before": limit} for course in _COURSES for limit in _LIMITS]
    return [random.sample(parts, random.randint(1, 2)) for _ in range(random.randint(1, 3))]


def test_a_thousand_drawn_pairs_agree_with_all_that_can_be_held() -> None:
    """Each kind of difference occurs."""
    random = Random(14)  # noqa: S311 -- the same pairs each time
    pairs = [(_drawn(random), _drawn(random)) for _ in range(1000)]
    found = [difference(one, other) for one, other in pairs]
    assert [_oracle(one, other) for one, other in pairs] == found
    assert {"equal", "harder", "easier", "other"} == set(found)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"within_months": 60}, {}, "easier"),
        ({}, {"for_months": 12}, "harder"),
        ({"for_months": 24}, {"for_months": 12}, "easier"),
        ({"at_least": True}, {"at_least": False}, "harder"),
        ({"within_months": 60}, {"for_months": 12}, "other"),
    ],
)
def test_days_and_months_make_a_gate_harder_or_easier(one: Row, other: Row, expected: str) -> None:
    """Whatever meets the stricter of two conditions meets the other."""
    assert expected == difference([[{"needs_id": "a", **one}]], [[{"needs_id": "a", **other}]])
