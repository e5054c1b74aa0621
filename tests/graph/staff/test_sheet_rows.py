"""What rows of staff files become before they are written, and the days that follow from months."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest

from graph.ontology import EDGE_KINDS
from graph.staff import cypher
from graph.staff.sheet_rows import expiry
from graph.staff.write import batches
from graph.staff_nodes import Absence, CourseRun, Person, Post, Unit
from tests.harness.engines import Engine


def test_the_columns_of_rows_are_those_of_the_ontology() -> None:
    """Rows are lists in the order of the fields of a model; columns of staff files have the same names."""
    assert {
        "Unit": ("id", "name", "circle"),
        "Post": ("id", "title", "circle", "fte", "places", "attributes", "opened", "closed"),
        "Person": ("id", "name", "joined", "left"),
        "Absence": ("id", "from", "to", "kind"),
        "WITHIN": ("instance",),
        "FOR_ROLE": ("instance",),
        "ASKS_FOR": ("instance", "level", "necessity", "weight", "by_rule"),
        "MUST_COVER": ("instance", "level", "people", "weight"),
        "OCCUPIES": ("instance", "from", "to", "basis", "fte"),
        "HOLDS": ("instance", "level", "achieved", "expires", "expires_given", "evidence"),
        "NOT_MET": ("instance", "judged"),
        "HELD_RANK": ("instance", "from", "to", "basis"),
        "ABSENT": ("instance",),
        "TEACHES": ("instance", "level"),
        "CourseRun": ("id", "starts", "seats"),
        "HAS_RUN": ("instance",),
    } == {
        **{kind.label: cypher.columns(kind) for kind in (Unit, Post, Person, Absence, CourseRun)},
        **{name: cypher.edge_columns(name) for name, kind in EDGE_KINDS.items() if kind.staff},
    }


def test_rows_of_one_first_column_stay_together() -> None:
    """A batch grows until the next person begins."""
    rows = [{"requirement": "Taser", "person": person} for person in ("P1", "P1", "P1", "P2", "P3", "P4")]

    assert [rows[:3], rows[3:5], rows[5:]] == list(batches(rows, "person", 2))


def test_months_from_a_day_end_as_cypher_has_it(engine: Engine) -> None:
    """The same day of the month, or the last of a shorter one, on every engine."""
    days = [(date(2023, 1, 1) + timedelta(days=number)).isoformat() for number in range(0, 800, 3)]
    ends = ["2024-02-29", "2023-12-31", "2024-08-31", "2024-08-30", "2023-01-31"]
    asked = [[day, months] for day, months in product([*days, *ends], (0, 1, 6, 12, 18, 36, 120))]
    with engine.open() as graph:
        rows = graph.read(
            "UNWIND $rows AS row RETURN row[0] AS day, row[1] AS months, "
            "toString(date(row[0]) + duration({months: row[1]})) AS until",
            {"rows": asked},
        )

    assert {(row["day"], row["months"], row["until"]) for row in rows} == {
        (day, months, expiry(str(day), int(str(months)))) for day, months in asked
    }


@pytest.mark.parametrize(("achieved", "months"), [(None, 12), ("2024-01-01", None), ("2024-01-01", 12 * 8000)])
def test_no_last_day_follows_where_something_is_unknown(achieved: str | None, months: int | None) -> None:
    """Nor does one beyond the calendar."""
    assert expiry(achieved, months) is None
