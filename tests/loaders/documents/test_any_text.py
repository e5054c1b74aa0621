"""Any text is read: heads without rows, marks without words, and parts in any order stop nothing."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from loaders import read
from loaders.profile import Profile

if TYPE_CHECKING:
    from pathlib import Path

LEAST = {
    "heads above rows with one text": "Skills\n\n            Essential      Desirable\n\nWorking in a team     ✓\n",
    "heads above nothing": "Experience\n\nEssential            Desirable\n",
    "heads in bars": "Skills and experience\n\n| Essential | Desirable |\n",
    "heads behind tabs, and a mark": "Qualifications\nEssential\tDesirable\n\tX\n",
    "heads and an empty row": "Knowledge\n| Criteria | Essential | Desirable |\n| | | |\n",
    "a letter alone is an item": "Skills\n• (E)\nable to swim\n• able to row\n• able to dive\n",
    "contents at the end": "1. A\nB\n\nContents\n",
    "contents alone": "Contents\n",
    "marks alone": "•\n\n*\n\n1.\n",
}
_PIECES = (
    *("Skills", "Person specification", "Knowledge and Experience", "Main duties", "Selection process", "Contents"),
    *("Essential", "Desirable", "Key dates", "3. ELIGIBILITY", "Competencies and values", "Salary", "About the role"),
    *("          Essential      Desirable", "Essential\tDesirable", "| Criteria | E | D |", "Rank     Service needed"),
    *("Two years of service     ✓", "| Swimming | X | |", "Swimming\t\tX", "Sergeant     Two years", "✓", "E", "A/I"),
    *("• (E)", "•", "1.", "a)", "1 Fitness test", "| | |", ";", "or", "Applicants must:", "able to swim", "• lead"),
    *("Closing date:", "12 May 2031", "Level 2", "Stage 1", "Job title", "We are emotionally aware", "", "", "", ""),
)


@pytest.mark.parametrize("text", LEAST.values(), ids=LEAST)
def test_parts_without_matter_are_read(text: str, tmp_path: Path) -> None:
    """A list may be empty, a table may have heads only, and a row no words."""
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")

    assert isinstance(read(path), Profile)


def test_pieces_in_any_order_are_read(tmp_path: Path) -> None:
    """Headings, heads, rows, marks and labels, drawn by lot, make documents that nobody would write."""
    random, path = Random(3), tmp_path / "a.txt"  # noqa: S311
    drawn = [[random.choice(_PIECES) for _ in range(random.randint(2, 16))] for _ in range(150)]
    for pieces in drawn:
        path.write_text("\n".join(["Dog handler", *pieces, ""]), encoding="utf-8")
        assert isinstance(read(path), Profile), pieces
