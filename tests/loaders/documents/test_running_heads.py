"""What runs along the pages of a text is a frame: no duty, and what it names is no body of the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loaders import read

if TYPE_CHECKING:
    from pathlib import Path

HEADS = (
    "Fenland and Holland Joint Marine Unit        College of Policing licence no 12",
    "OFFICIAL     In partnership with the Independent Office for Police Conduct     Issue 4",
    "Made with the College of Policing",
)


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("turn", ["{head}\n\nPage {page} of 3", "Page {page}\n{head}", "{page}\n\n{head}"])
def test_a_running_head_is_a_frame(head: str, turn: str, tmp_path: Path) -> None:
    """Above or below the number of the page, in the midst of a list, however long it is."""
    one, two = (turn.format(head=head, page=page) for page in (1, 2))
    duties = (
        f"- Search vessels.\n- Brief the harbour master.\n\n{one}\n\n- Keep the log.\n- Inform the Marine Trust (MT).\n"
    )
    file = tmp_path / "a.txt"
    text = f"Harbour Officer\n\nMain duties\n\n{duties}\n{two}\n\nEssential\n\n- Can swim.\n"
    file.write_text(text, encoding="utf-8")
    found = read(file)
    assert (
        ["Search vessels.", "Brief the harbour master.", "Keep the log.", "Inform the Marine Trust (MT)."],
        ["Marine Trust"],
        [],
    ) == ([one.text for one in found.accountabilities], [one.name for one in found.bodies], list(found.leftovers))


def test_a_body_that_the_text_names_too_stays(tmp_path: Path) -> None:
    """A head takes nothing away from what the document says."""
    file = tmp_path / "a.txt"
    turn = f"\n\n{HEADS[2]}\n\nPage 1\n\n"
    text = f"Harbour Officer\n\nMain duties\n\n- Teach at the College of Policing.{turn}- Keep the log.{turn}"
    file.write_text(text, encoding="utf-8")
    assert ["college-of-policing"] == [one.id for one in read(file).bodies]
