"""The calendar of a training plan as a report, for a workbook: what is booked when, who goes, and what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.audience.codes import pseudonym_key, pseudonymous
from queries.report.model import Section, SectionedReport, Table, columns, facts_table

if TYPE_CHECKING:
    from queries.answers.training_plan import PlanAnswer

_PLAN = ("course", "when", "seats", "days", "cost", "closes", "weight", "per_1000", "course_id")
_PEOPLE = ("month", "when", "unit", "person_id", "course", "days", "due")
_AWAY = ("month", "unit", "days", "per_cent", "ceiling", "unit_id")
_LEFT = ("outcome", "unit", "requirement", "level", "people", "priority", "weight", "unit_id", "requirement_id")
_HEADS = {
    "when": "Run, or month to arrange",
    "seats": "Seats",
    "closes": "Gaps closed",
    "per_1000": "Weight for £1,000",
    "people": "People or places",
    "due": "Held until",
    "per_cent": "% of the unit's days",
    "ceiling": "Ceiling, days",
}
_KEPT = "Not shown to this audience: --audience named or pseudonymous does."


def plan_calendar(answer: PlanAnswer, audience: str) -> SectionedReport:
    """Return the sheets of a plan; the aggregate audience is shown nobody."""
    rows = [] if audience == "aggregate" else list(answer.people)
    if audience == "pseudonymous" and rows:
        rows = pseudonymous(tuple(rows[0]), rows, pseudonym_key())[1]
    taken = [row for row in answer.rows if row["outcome"] == "take"]
    left = [row for row in answer.rows if row["outcome"] != "take"]
    empty = _KEPT if audience == "aggregate" else "Nobody goes."
    tables = (
        Table("plan", "Seats by course and run or month", columns(*_PLAN, **_HEADS), tuple(taken), "No seat is taken."),
        Table("people", "Who goes when", columns(*_PEOPLE, **_HEADS), tuple(rows), empty),
        Table(
            "days away", "Days away from duty by month and unit", columns(*_AWAY, **_HEADS), tuple(answer.away), "None."
        ),
        Table("uncovered", "What stays uncovered", columns(*_LEFT, **_HEADS), tuple(left), "Nothing."),
        facts_table("assumed", "What was considered and assumed", answer.assumed),
    )
    return SectionedReport("Training plan", tuple(answer.notes), audience, (Section("Calendar", (), tables),))
