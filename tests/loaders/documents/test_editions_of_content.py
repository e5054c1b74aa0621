"""What nothing dates is the edition of what it says, in whatever form it was saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loaders import read
from tests.builders.word_file import p, word_file

if TYPE_CHECKING:
    from pathlib import Path

LINES = (
    "Role Profile",
    "Job Title: Custody Sergeant",
    "Force: {force}",
    "Key Accountabilities",
    "Keep the custody record of everyone who is held.",
    "Brief the {team} before every shift.",
)


def _edition(folder: Path, form: str, force: str = "Essex Police", team: str = "gaolers") -> str:
    """Return the edition of a profile, saved in a form."""
    lines = [line.format(force=force, team=team) for line in LINES]
    path = folder / f"{force}{team}.{form}"
    if form == "docx":
        path.write_bytes(word_file("".join(map(p, lines))))
    elif form == "html":
        path.write_text("".join(f"<p>{line}</p>" for line in lines), encoding="utf-8")
    else:
        path.write_text("\n\n".join(lines), encoding="utf-8")
    return read(path).edition


@pytest.mark.parametrize("form", ["docx", "html", "md"])
def test_another_rendering_is_the_same_edition(tmp_path: Path, form: str) -> None:
    """A folder often holds a document and its print."""
    assert _edition(tmp_path, "txt") == _edition(tmp_path, form)


def test_other_words_or_another_force_make_another_edition(tmp_path: Path) -> None:
    """One force may have taken its profile from another."""
    editions = {
        _edition(tmp_path, "txt"),
        _edition(tmp_path, "txt", team="night team"),
        _edition(tmp_path, "txt", force="Kent Police"),
    }
    assert 3 == len(editions)
    assert all(edition.startswith("undated-") for edition in editions)


def test_what_says_nothing_is_known_by_its_bytes(tmp_path: Path) -> None:
    """Two papers of which nothing was understood are not taken for one."""
    for name, words in (("a.txt", "Inspector"), ("b.txt", "Inspector\n\nof nothing else")):
        (tmp_path / name).write_text(words, encoding="utf-8")
    assert read(tmp_path / "a.txt").edition != read(tmp_path / "b.txt").edition


def test_a_deadline_that_is_put_off_is_another_text(tmp_path: Path) -> None:
    """Papers of one month that differ in it alone do not say the same."""
    texts = []
    for day in (15, 22):
        path = tmp_path / f"{day}.txt"
        path.write_text(
            f"Sergeant\n\nClosing date: {day} January 2027\n\nDuties\n\n- Lead the team.\n", encoding="utf-8"
        )
        texts.append(read(path))
    assert ["2027-01", "2027-01"] == [one.edition for one in texts]
    assert texts[0].content != texts[1].content
