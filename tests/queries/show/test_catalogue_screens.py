"""The questions of the catalogue and what its rules find are on screens that no terminal has to cut."""

from __future__ import annotations

import pytest

from queries.answers.answer import Answer
from queries.answers.health import COLUMNS
from queries.show.catalogue_screens import check
from queries.show.tables import draw
from tests.harness.commands import run


def _finding(node: str, finding: str, **more: str) -> dict[str, object]:
    row: dict[str, object] = dict.fromkeys(COLUMNS)
    return {**row, "severity": "error", "rule": "loose-ends", "label": "Post", "id": node, "finding": finding, **more}


def test_a_cause_stands_once_with_how_many_nodes_it_is_of() -> None:
    """The first of them are named, and what to do stands beside; another finding is another line."""
    rows = [_finding(f"P{n}", "is in no unit", mend="load again") for n in range(7)]
    rows += [_finding("P9", "is for no rank or role", mend="give it one")]
    screen = check(Answer(COLUMNS, rows, []))
    assert screen is not None
    assert [
        (None, "8 findings of 2 kinds"),
        ("error: loose-ends", "7 Posts, is in no unit: P0, P1, P2, P3, P4 and 2 more. To mend: load again"),
        ("error: loose-ends", "1 Post, is for no rank or role: P9. To mend: give it one"),
        ("More", "--format csv (every node, with fact, document and lines)"),
    ] == [(label, text) for label, text, _ in screen.lines]
    assert max(map(len, draw(screen, None).splitlines())) <= 100


def test_a_graph_without_findings_has_no_screen() -> None:
    """The headings of the table stand there."""
    assert check(Answer(COLUMNS, [], [])) is None


def test_questions_stand_by_family_in_the_width_of_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each with its title; what they take is in their help."""
    monkeypatch.setenv("COLUMNS", "100")
    lines = run("questions", COLUMNS="100").stdout.splitlines()
    assert max(map(len, lines)) <= 100
    assert lines.index("duties") < lines.index("workforce")
    assert any(line.split("  ")[0] == "units" for line in lines)
