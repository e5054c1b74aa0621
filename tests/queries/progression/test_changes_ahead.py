"""What is proposed and not law: shown by one question, and by no other."""

from __future__ import annotations

import pytest

from graph.session import Graph
from queries.catalogue import questions
from tests.harness.engines import ON_EMBEDDED
from tests.harness.loaded import rows
from tests.harness.real import needed
from tests.queries.test_questions import every_question

pytestmark = pytest.mark.holds("documents")

AHEAD = [
    ("2025-10", "police-leadership-commission", "proposed", "text"),
    ("2025-11-13", "end-of-commissioners", "proposed", "text"),
    ("2026", "crime-and-policing-act-2026", "enacted", "text"),
    ("2026", "new-mayors", "proposed", "cited"),
    ("2026-01", "dismissal-of-chief-constables", "proposed", "text"),
    ("2026-01", "licence-to-practise", "proposed", "text"),
    ("2026-01", "national-police-service", "proposed", "text"),
    ("2026-01", "return-of-direct-entry", "proposed", "cited"),
    ("2026-01-26", "white-paper-2026", "proposed", "text"),
    ("2026-03-17", "force-structures-review", "proposed", "text"),
    ("2026-07", "leadership-commission-report", "proposed", "cited"),
]
NAMES_NODES = {"source-of", "unsourced", "why"}
"""Questions on what any node rests on."""


@pytest.mark.parametrize(
    ("day", "count"), [("2026-11-30", 11), ("2026-01-26", 9), ("2025-12-01", 2), ("2020-01-01", 0)]
)
def test_a_change_ahead_is_shown_from_the_day_on_which_it_is_proposed(graph: Graph, day: str, count: int) -> None:
    """Each has its state, its source and how that was seen; what it would be and whom it would touch is said."""
    found = rows(graph, "changes-ahead", as_of=day)
    assert [(row["proposed"], row["change_id"], row["status"], row["seen"]) for row in found] == AHEAD[:count]
    assert all(row["says"] and row["touches"] and "https://" in str(row["authority"]) for row in found)


@ON_EMBEDDED  # the rows are equal on every engine: tests/queries/test_questions.py
@pytest.mark.real
@needed
def test_no_other_answer_names_a_change_ahead(graph: Graph) -> None:
    """It is no law yet; only what a node rests on may show that it is declared."""
    names = {str(row[key]) for row in rows(graph, "changes-ahead") for key in ("change", "change_id")}
    others = [one for one in every_question() if one.name not in {"changes-ahead", *NAMES_NODES}]
    assert len({one.name for one in others}) > len(questions()) / 2
    found = {(one.name, name) for one in others for row in one.rows(graph) for name in names if name in row.values()}
    assert not found
