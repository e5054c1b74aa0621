"""What a report begins with, made of what its audience sees anyway."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from queries.answers.skills_gap.facts import Report
from queries.audience import FEW, HIDDEN
from queries.parameters.choices import AUDIENCES
from queries.report.aggregate import for_audience
from queries.report.model import Section
from queries.report.summary import summary
from tests.builders.report_rows import report

_COUNTS = ("need", "have", "short")


def _of(report: Report, audience: str) -> Section:
    return summary(for_audience(report, audience, b"a key that nobody can guess"))


def _row(name: str, counts: tuple[object, object, object], unit: str = "front", depth: int = 0) -> dict[str, object]:
    what = {"requirement": name, "requirement_id": f"skill/{name}", "level": None, "have_absent": 0}
    return {"unit_id": unit, "unit": unit, "depth": depth, **what, **dict(zip(_COUNTS, counts, strict=True))}


def _gaps(section: Section) -> list[tuple[object, ...]]:
    return [(row["requirement"], row["short"]) for row in section.tables[0].rows]


def _facts(section: Section) -> list[object]:
    return [row["value"] for row in section.tables[1].rows]


def test_the_five_largest_gaps_are_those_of_the_unit_asked_about() -> None:
    """The largest first, by name where alike; neither a unit below nor what is not short."""
    shorts = {"A": 10, "B": 30, "C": 20, "D": 20, "E": 15, "F": 12, "G": 0}
    heat = tuple(_row(name, (40, 40 - short, short)) for name, short in shorts.items())
    below = _row("H", (40, 0, 40), "t1", 1)

    section = _of(replace(report(), heat_map=(*heat, below)), "named")

    assert [("B", 30), ("C", 20), ("D", 20), ("E", 15), ("F", 12)] == _gaps(section)
    assert ["requirement", "level", "need", "have", "short"] == [column.name for column in section.tables[0].columns]


def test_the_gaps_of_a_force_of_several_units_say_whose_they_are() -> None:
    """Units without a parent have a row each."""
    units = tuple({"unit_id": unit, "unit": unit, "parent_id": None, "depth": 0} for unit in ("east", "west"))
    heat = (_row("A", (9, 2, 7), "east"), _row("A", (9, 1, 8), "west"))

    table = _of(replace(report(), units=units, heat_map=heat), "named").tables[0]

    assert ([("west", 8), ("east", 7)], "unit") == (
        [(row["unit"], row["short"]) for row in table.rows],
        table.columns[0].name,
    )


@pytest.mark.parametrize("audience", AUDIENCES)
def test_what_it_begins_with_stands_further_down(audience: str) -> None:
    """Every gap is a row that the audience sees whole, and every number one of another table."""
    seen = for_audience(report(), audience, b"a key that nobody can guess")
    section = summary(seen)

    shown = [row for row in seen.heat_map if row["depth"] == 0 and row["short"] not in {0, HIDDEN}]
    assert [] == [row for row in section.tables[0].rows if row not in shown]
    assert min(5, len(shown)) == len(section.tables[0].rows)
    assert [seen.strength[-1]["vacant"], seen.single["cases"]] == _facts(section)[:2]


def test_a_hidden_gap_is_left_out_and_that_is_said() -> None:
    """Which of the hidden ones is large is not told, nor are they ordered."""
    heat = (_row("A", (6, 4, 2)), _row("B", (60, 30, 30)))
    of = replace(report(0), heat_map=heat)

    assert [("B", 30), ("A", 2)] == _gaps(_of(of, "named"))
    assert [("B", 30)] == _gaps(_of(of, "aggregate"))
    assert ("What is hidden is left out here, whatever its size.",) == _of(of, "aggregate").tables[0].notes


@pytest.mark.parametrize(
    ("within", "expected"),
    [(((7, 8), (0, 9)), 24), (((7, FEW), (0, 9)), "more than 16"), (((0, 0), (0, 0)), 0), (((FEW, 0),), "more than 0")],
)
def test_what_ends_within_90_days_adds_up_what_is_shown(
    within: tuple[tuple[object, object], ...], expected: object
) -> None:
    """A hidden number is not added; what ends later neither."""
    rows: tuple[Mapping[str, object], ...] = tuple(
        {"requirement": "A", "requirement_id": "a", "within_30": first, "within_90": second, "within_365": 99}
        for first, second in within
    )
    assert expected == _facts(summary(replace(report(), expiries=rows)))[2]


@pytest.mark.parametrize(("hidden", "said"), [(1, False), (2, False), (3, True)])
def test_where_most_is_hidden_another_audience_is_named(hidden: int, *, said: bool) -> None:
    """Half of the cells is not most; to the other audiences nothing is hidden."""
    heat = tuple(_row(str(place), (9, HIDDEN, HIDDEN) if place < hidden else (9, 0, 9)) for place in range(4))
    of = replace(report(), heat_map=heat)

    found = [
        any("--audience pseudonymous" in text for text in summary(replace(of, audience=audience)).says)
        for audience in ("aggregate", "named")
    ]
    assert [said, False] == found
