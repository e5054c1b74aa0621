"""What the screen of a comparison says of numbers that changed, on statements made up for the test."""

from __future__ import annotations

from graph.text.edition_diff import COLUMNS, compare
from queries.answers.comparison import Comparison, summary
from queries.show import evidence_screens


def _statement(kind: str, text: str, lines: str, level: int | None = None) -> dict[str, object]:
    same = {"id": text if level is None else "value", "succeeds": None, "necessity": "essential"}
    return {"kind": kind, "text": text, "lines": lines, "level": level, **same}


def test_a_number_that_changed_is_shown_with_its_sentence() -> None:
    """Money, months and levels; not what only came into other words, nor the other part of what was split."""
    duty = "Approve the spending of a command on goods and services up to {} in any year, within {} months of asking."
    rest = "Keep a register of the gifts that the officers and the staff of the command have been offered."
    olds = (
        _statement("duty", duty.format("£50,000", "eighteen"), "4"),
        _statement("skill", duty.format("£50,000", "two"), "9"),
        _statement("purpose", rest, "2"),
        _statement("competency", "We are collaborative", "12", 3),
    )
    news = (
        _statement("duty", duty.format("£65,500.50", "eighteen"), "5"),
        _statement("skill", duty.format("£50,000", "12"), "8"),
        _statement("purpose", rest.replace("Keep", "Hold"), "3"),
        _statement("competency", "We are collaborative", "14", 4),
    )
    rows = compare(olds, news)
    edition = {"edition": "a@1", "role": "A", "authority": "x", "valid_from": None, "valid_to": None, "outdated": ""}
    one = {**edition, "document": "a.txt"}
    answer = Comparison(COLUMNS, rows, [], old=one, new=one, summary=summary(rows), announcements=())
    reworded = next(text for label, text, _ in evidence_screens.comparison(answer).lines if label == "REWORDED")
    assert (
        "of what is kept: Duties 1, Purpose 1, Skills 1; "
        "numbers: 50000 > 65500.50 (services up to £65,500.50 in any year, line 5); "
        "2 > 12 (any year, within 12 months of asking, line 8); "
        "3 > 4 (are collaborative, level 4, line 14)"
    ) == reworded
