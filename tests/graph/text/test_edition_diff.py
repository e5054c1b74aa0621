"""What two editions of a profile say, compared statement by statement."""

from __future__ import annotations

from graph.text.edition_diff import COLUMNS, compare

ROW: dict[str, object] = {
    "succeeds": [],
    "level": None,
    "necessity": None,
    "current": True,
    "fact": "f",
    "authority": "a",
    "document": "d",
}


def said(kind: str, text: str, lines: str = "1", **other: object) -> dict[str, object]:
    """Return a row as the question gives it."""
    return {**ROW, "kind": kind, "text": text, "id": text, "lines": lines, **other}


def test_rows_have_the_columns_and_no_others() -> None:
    """An added statement has no old side, no change and no score."""
    assert [
        dict(zip(COLUMNS, ("duty", "kept", "form", "Lead it.", "Leading it", "1", "2", 100.0), strict=True)),
        dict(zip(COLUMNS, ("duty", "added", None, None, "Buy boats", None, "3", None), strict=True)),
        dict(zip(COLUMNS, ("body", "dropped", None, "IOPC", None, "9", None, None), strict=True)),
    ] == compare(
        [said("duty", "Lead it."), said("body", "IOPC", "9")],
        [said("duty", "Leading it", "2"), said("duty", "Buy boats", "3")],
    )


def test_a_level_and_what_is_desirable_are_part_of_what_is_asked() -> None:
    """The same competency at another level is kept with other words."""
    rows = compare(
        [said("competency", "We care", level=1), said("skill", "Able to swim", necessity="desirable")],
        [said("competency", "We care", level=2), said("skill", "Able to swim", necessity="essential")],
    )
    assert [
        ("skill", "reworded", "Able to swim (desirable)", "Able to swim"),
        ("competency", "reworded", "We care, level 1", "We care, level 2"),
    ] == [(row["kind"], row["change"], row["old_text"], row["new_text"]) for row in rows]


def test_what_succeeds_another_is_kept() -> None:
    """A renamed competency is not dropped and added."""
    (row,) = compare(
        [said("competency", "We are kind", id="old/kind")],
        [said("competency", "Kindness", id="new/kind", succeeds=["older/kind", "old/kind"])],
    )
    assert ("kept", "reworded") == (row["status"], row["change"])


def test_what_is_said_twice_on_one_line_counts_once() -> None:
    """A course asked for by itself and inside a gate is one line of the text."""
    twice = [said("education", "The course.", id="gate"), said("education", "The course", id="course")]
    assert [("kept", "identical")] == [(row["status"], row["change"]) for row in compare(twice, twice)]
