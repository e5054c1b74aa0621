"""The screen of scenarios: a verdict first, then totals, and no more lines than a screen has."""

from __future__ import annotations

from graph.rows import Row
from queries.answers.answer import Answer
from queries.answers.scenarios.answer import COLUMNS
from queries.answers.scenarios.measures import KINDS
from queries.show.scenario_screen import scenarios
from queries.show.tables import draw

Detail = tuple[str, str, str, str, str, None, int, int]


def drawn(differing: int, *others: Detail) -> list[str]:
    """Return the lines of an answer with so many rows that differ, each of which is one more post short."""
    totals = [
        ("total", None, None, label, kind, None, 0, differing * (kind == "short")) for kind, label in KINDS.items()
    ]
    details = [("short", "A", "A", f"skill {number}", f"skill/{number}", None, 0, 1) for number in range(differing)]
    columns = (*COLUMNS, "after")
    rows: list[Row] = [dict(zip(columns, row, strict=True)) for row in (*totals, *details, *others)]
    return draw(scenarios(Answer(columns, rows, [])), 100).splitlines()


def test_the_verdict_comes_first_and_what_is_too_long_is_cut() -> None:
    """With how many lines more there are, and how they are had."""
    lines = drawn(40)
    assert "Worse: posts short 0 to 40" == lines[0].strip()
    assert (30, "10 more lines: --format csv") == (sum(" skill " in line for line in lines), lines[-1].strip())
    assert "skill 29" in drawn(30)[-1]


def test_an_id_stands_behind_a_post_and_behind_a_name_that_two_have() -> None:
    """Other names are enough."""
    lines = drawn(
        1,
        ("vacancy", "A", "A", "Constable", "T1", None, 0, 1),
        ("short", "A", "A", "Courage", "cvf-2016/courage", None, 0, 1),
        ("short", "A", "A", "Courage", "cvf-2024/courage", None, 0, 1),
    )
    shown = [" ".join(line.split()) for line in lines[-4:]]
    assert [
        "short A skill 0 0 1",
        "vacancy A Constable (T1) 0 1",
        "short A Courage (cvf-2016/courage) 0 1",
        "short A Courage (cvf-2024/courage) 0 1",
    ] == shown


def test_where_nothing_differs_it_says_so() -> None:
    """And shows the totals alone."""
    lines = drawn(0)
    assert ("All totals as before", 1 + 2 + len(KINDS)) == (lines[0].strip(), len(lines))
