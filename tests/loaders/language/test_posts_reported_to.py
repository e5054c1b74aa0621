"""Whom a role reports to, where that is a post and no rank."""

from __future__ import annotations

import pytest

from tests.loaders.language.test_relations import said


@pytest.mark.parametrize(
    ("line", "target"),
    [
        ("You report to the Custody Inspector.", "role/custody-inspector"),
        ("You will report directly to the Crime and Intelligence Manager.", "role/crime-and-intelligence-manager"),
        ("You will be line managed by the Station Duty Officer.", "role/station-duty-officer"),
        ("Your line manager is the Neighbourhood Sergeant.", "role/neighbourhood-sergeant"),
        ("The line manager for this post will be the Head of Kennels.", "role/head-of-kennels"),
        ("Your supervisor will be an Inspector.", "uk/inspector"),
        ("You report to the Temporary Inspector.", "uk/inspector"),
        ("You report to the Detective Inspector.", "role/detective-inspector"),
        ("You report to the Met Commander.", None),
        ("You report to whoever has the keys.", None),
    ],
)
def test_who_a_role_reports_to_is_a_post_by_its_title(line: str, target: str | None) -> None:
    """A title ends in a rank or in what posts are called; the rank within it is not the one reported to."""
    found = said(line, title="Dog Handler", organisation="kent-police", duties=False)
    assert {target} - {None} == {one for _, kind, one in found if kind == "REPORTS_TO"}
