"""A document says the same in each format that people save it in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from loaders import read
from loaders.formats.formats import ENDINGS
from loaders.profile import Profile
from tests.oracles.annotation import FOLDER, LISTS

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the annotated documents are not beside the project"),
]

SAVED = sorted(path for path in (FOLDER / "formats").glob("*") if path.suffix in ENDINGS)
_NAME = re.compile(r"(?:\.one-column|\.two-columns)?\.\w+$")


def _said(profile: Profile) -> tuple[str, set[tuple[str, str]]]:
    """Return the role, and the words of each statement by list."""
    words = {
        (name, " ".join(re.findall(r"\w+", one.text.casefold()))) for name in LISTS for one in getattr(profile, name)
    }
    return profile.role.id, words


@pytest.mark.parametrize("saved", SAVED, ids=lambda path: path.name)
def test_each_format_gives_the_statements_of_the_text(saved: Path) -> None:
    """Role and words of all lists; the lines are those of each file."""
    text = FOLDER / "pages" / f"{_NAME.sub('', saved.name)}.txt"
    assert _said(read(text)) == _said(read(saved))
