"""Which files a named folder stands for."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import DocumentErrors
from loaders.files import find, read_all
from loaders.profile import Profile


def _write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Role profile\n", encoding="utf-8")


def test_a_folder_stands_for_its_files_and_those_of_folders_below(tmp_path: Path) -> None:
    """Hidden ones, and what Word leaves beside an open document, are none of them; what is left out is named."""
    _write(
        tmp_path, "b.txt", "north/a.txt", "north/old/c.md", "north/plan.png", ".git/d.txt", "north/~$e.docx", ".f.txt"
    )

    inputs = find([tmp_path])

    assert [tmp_path / name for name in ("b.txt", "north/a.txt", "north/old/c.md")] == inputs.documents
    assert [tmp_path / "north/plan.png"] == inputs.left_out
    assert [f"left out {Path('north/plan.png')}"] == [note.split(": ")[1].split(";")[0] for note in inputs.notes]


def test_a_folder_below_named_itself_too_is_read_once(tmp_path: Path) -> None:
    """Each document is listed once, where it was named first."""
    _write(tmp_path, "b.txt", "north/a.txt")

    assert [tmp_path / "b.txt", tmp_path / "north/a.txt"] == find([tmp_path, tmp_path / "north"]).documents


def test_what_stands_only_in_folders_below_is_named_where_none_is_a_document(tmp_path: Path) -> None:
    """The fault is of the folder that the user named."""
    _write(tmp_path, "north/plan.png", "south/old/plan.png")

    def read(path: Path) -> Profile:
        raise AssertionError(path)

    with pytest.raises(DocumentErrors) as raised:
        read_all(find([tmp_path]), read)
    names = f"{Path('north/plan.png')}, {Path('south/old/plan.png')}"
    assert f"{tmp_path}: found a folder without documents ({names})" in str(raised.value.exceptions[0])
