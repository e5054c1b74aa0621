"""What a report says of succession where nobody could follow, or no post is a critical one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from queries.answers.skills_gap.facts import Critical, Report
from queries.parameters.choices import AUDIENCES
from queries.report.aggregate import for_audience
from queries.report.model import Section
from queries.report.people_tables import succession
from tests.builders.report_rows import report

_HIGH = Critical(("Superintendent",), high=True)
_INSTEAD = Critical(("Inspector", "Sergeant"), high=False)
_NONE = Critical((), high=False)
_FIRST = {
    _HIGH: "A critical post is an open post of superintendent or above that is vacant or has one person in it.",
    _INSTEAD: (
        "No post in scope is superintendent or above, so the highest ranks that it has, two at most and each with a "
        "rank below it, are taken instead: Inspector, Sergeant. A critical post is an open post of these that is "
        "vacant or has one person in it."
    ),
    _NONE: (
        "No post in scope is superintendent or above, nor of any rank with another below it, so none is a critical one."
    ),
}
_EMPTY = {
    _HIGH: "No post is superintendent or above and vacant or held by one: succession was not asked for.",
    _INSTEAD: (
        "No post is of these ranks (Inspector, Sergeant) and vacant or held by one: succession was not asked for."
    ),
    _NONE: "No post is of a rank with another below it: nobody could follow by promotion.",
}


def _of(report: Report, audience: str = "named") -> Section:
    return succession(for_audience(report, audience, b"a key that nobody can guess"))


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("critical", _FIRST, ids=["high", "instead", "none"])
def test_without_a_critical_post_each_table_says_that_there_is_none(critical: Critical, audience: str) -> None:
    """That nothing holds a candidate back would be another finding."""
    nothing = replace(report(), critical_ranks=critical, critical_posts=(), readiness=(), blockers=(), succession=())

    section = _of(nothing, audience)

    assert (_FIRST[critical], {_EMPTY[critical]}) == (section.says[0], {table.empty for table in section.tables})


def _empty(now: int, blocked: int) -> dict[str, str]:
    """Return what the tables say of a critical post for which so many are ready and so many are not."""
    row = {**report().readiness[0], "now": now, "12m": 0, "24m": 0, "unknown": 0, "no": blocked}
    section = _of(replace(report(), readiness=(row,), blockers=(), succession=()))
    return {table.name: table.empty for table in section.tables if not table.rows}


def test_a_critical_post_without_candidates_says_so() -> None:
    """Nobody holds a rank below; where somebody does and is ready, nothing holds them back."""
    nobody = "Nobody in scope holds a rank below: there is no candidate."

    assert {"blockers": nobody, "candidates": nobody} == _empty(0, 0)
    assert {"blockers": "Nothing on file holds a candidate back.", "candidates": "There is none."} == _empty(6, 0)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_each_candidate_has_the_earliest_day(audience: str) -> None:
    """To those who may see single people alone."""
    tables = {table.name: table for table in _of(report(), audience).tables}
    assert (audience != "aggregate") == ("candidates" in tables)
    if audience != "aggregate":
        heading = {column.name: (column.heading, column.kind) for column in tables["candidates"].columns}
        assert ("Earliest day", "day") == heading["earliest"]
        assert {"2026-05-01"} == {row["earliest"] for row in tables["candidates"].rows}
