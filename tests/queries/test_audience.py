"""What an audience may see of rows."""

from __future__ import annotations

import pytest

from graph.errors import UsageError
from queries.answers.aggregate import HIDING
from queries.audience.codes import KEY, code, fit, pseudonym_key, pseudonymous
from queries.catalogue import question, questions

EXPIRING = ("person_id", "requirement", "expires", "days_left", "post_id", "last_holder")
ROWS: list[dict[str, object]] = [
    {
        "person_id": f"HR-{number}",
        "requirement": "Taser" if number < 7 else "Search",
        "expires": "2027-05-01",
        "days_left": 30,
        "post_id": f"POST-{number}",
        "last_holder": False,
    }
    for number in (1, 2, 3, 4, 5, 5, 8, 9)
]
SECRET = b"a key that nobody can guess"


def test_codes_take_the_place_of_people_and_of_their_posts() -> None:
    """Everything else stays, and nobody's number or name is left."""
    columns, rows = pseudonymous(("name", *EXPIRING), [{**row, "name": "Person 1"} for row in ROWS], SECRET)

    kept = ("requirement", "expires", "days_left", "last_holder")
    assert EXPIRING == columns
    assert [tuple(row[name] for name in kept) for row in ROWS] == [tuple(row[name] for name in kept) for row in rows]
    assert set() == {value for row in rows for value in row.values() if str(value).startswith(("HR-", "POST-"))}


def test_one_person_has_one_code_and_two_have_two() -> None:
    """The rows of somebody can be seen together."""
    _, rows = pseudonymous(EXPIRING, ROWS, SECRET)

    assert {(row["person_id"], code(f"person_id:{row['person_id']}", SECRET)) for row in ROWS} == {
        (before["person_id"], after["person_id"]) for before, after in zip(ROWS, rows, strict=True)
    }
    assert 7 == len({row["person_id"] for row in rows})


def test_those_who_cover_a_post_that_is_named_become_a_number() -> None:
    """Else the post would give away whose code it is."""
    row = {"unit_id": "u", "post_id": "POST-1", "covered_by": ["HR-1", "HR-2"]}

    assert [{"unit_id": "u", "post_id": "POST-1", "covered_by": 2}] == pseudonymous(tuple(row), [row], SECRET)[1]


def test_a_key_of_the_setting_makes_codes_that_can_be_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two reports agree with it; without it each has codes of its own."""
    alone = {code("HR-1", pseudonym_key()) for _ in range(3)}
    monkeypatch.setenv(KEY, "sixteen signs or more")
    together = {code("HR-1", pseudonym_key()) for _ in range(3)}

    assert (3, 1) == (len(alone), len(together))


def test_a_key_that_can_be_guessed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message does not repeat it."""
    monkeypatch.setenv(KEY, "hunter2")

    with pytest.raises(UsageError, match=r"^RANKGRAPH_PSEUDONYM_KEY: found 7 signs; expected 16 or more"):
        pseudonym_key()


def test_rows_with_codes_keep_the_order_that_tells_nothing_of_numbers() -> None:
    """What ends first stands first; of what ends on one day, codes decide and not numbers."""
    columns = ("person_id", "expires", "blocked_by")
    days = ["2026-05-01"] * 6 + ["2026-04-01"] * 6
    rows = [{"person_id": f"P{n}", "expires": day, "blocked_by": [str(n)]} for n, day in enumerate(days)]
    coded = fit(columns, rows, b"a key of these tests", ("expires", "blocked_by"))
    assert days == [row["expires"] for row in coded]
    for part in (coded[:6], coded[6:]):
        assert [row["person_id"] for row in part] == sorted(str(row["person_id"]) for row in part)
    assert [str(n) for n in range(12)] != [row["blocked_by"][0] for row in coded]  # type: ignore[index]
    growth = question("growth")
    assert growth is not None
    gaps, nearness = ("gap", "necessity", "weight", "short", "unit_id", "requirement_id", "level"), ("levels", "near")
    assert (*gaps, *nearness, "cost", "earliest") == growth.ordered_by


COUNTS = {"people", "heads", "have", "have_absent", "strength_fte", "vacant_fte", "lapsed", "renewed"}
"""Columns that count people."""
HIDDEN_BEFORE = {"people-counts"}
"""Of which the load leaves no small number."""


def test_each_question_that_counts_people_says_so_and_hides_small_numbers() -> None:
    """A new one without the line in its header fails here."""
    counting = {one.name for one in questions() if COUNTS & {*one.returns} and not one.names_people}
    declared = {one.name for one in questions() if one.counts_people}
    assert counting - HIDDEN_BEFORE == declared == {*HIDING}
    assert {one.audience for one in questions() if one.counts_people} == {"aggregate"}
