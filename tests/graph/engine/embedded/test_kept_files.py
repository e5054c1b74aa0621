"""Damage to the files of a folder while nobody has it open: it is said, or mended, and nothing goes in silence."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.engine.data_folder import DataFolder
from graph.engine.kept_files import KeptFiles
from graph.errors import StoreError
from tests.harness.processes import make_mark, marks


def _cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def _replace(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _change(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    os.utime(file, ns=(1, 1))


DAMAGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "gone": (Path.unlink, "part.bucket is missing"),
    "emptied": (lambda file: os.truncate(file, 0), "part.bucket has 0 bytes, not 6"),
    "cut": (_cut, "part.bucket has 3 bytes, not 6"),
    "changed": (_change, "part.bucket has other contents"),
    "a folder": (_replace, "part.bucket has "),
}


@pytest.fixture
def stopped(tmp_path: Path) -> Path:
    """Return the folder of a database whose engine has stopped."""
    folder = tmp_path / "graph"
    database = folder / "engine" / "databases" / "neo4j"
    database.mkdir(parents=True)
    for name in ("part.bucket", "other.bucket", "statistics.json"):
        (database / name).write_text("record", encoding="utf-8")
    KeptFiles(DataFolder(folder)).keep()
    return database


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_named(stopped: Path, damage: str) -> None:
    """The list stays, so that the next command says the same; without it what is left is taken."""
    spoil, words = DAMAGES[damage]
    spoil(stopped / "part.bucket")
    kept = stopped.parents[2] / "files.json"

    for _ in range(2):
        with pytest.raises(StoreError, match="found files that are not as they were left") as caught:
            KeptFiles(DataFolder(stopped.parents[2])).check(print)
        assert words in str(caught.value)
    kept.unlink()
    KeptFiles(DataFolder(stopped.parents[2])).check(print)


@pytest.mark.parametrize("text", ["", "[1", "\0noise", "[1]", '"a"'])
def test_a_list_that_cannot_be_read_is_named_and_bars_nothing(stopped: Path, text: str) -> None:
    """The next stop writes it anew."""
    (stopped.parents[2] / "files.json").write_text(text, encoding="utf-8")
    notes: list[str] = []

    KeptFiles(DataFolder(stopped.parents[2])).check(notes.append)

    assert ["files.json cannot be read"] == [note.rpartition("/")[2].partition(":")[0] for note in notes]
    assert not (stopped.parents[2] / "files.json").exists()


def test_a_copy_of_the_folder_is_as_good_as_the_folder(stopped: Path, tmp_path: Path) -> None:
    """Its files have other times; what the engine makes anew may be missing."""
    copy = shutil.copytree(stopped.parents[2], tmp_path / "copy", copy_function=shutil.copyfile)
    (copy / "engine" / "databases" / "neo4j" / "statistics.json").unlink()

    KeptFiles(DataFolder(copy)).check(print)


def test_records_that_are_gone_are_not_taken_for_none(home: Path) -> None:
    """A file of records that is missing refuses each command; files of users and groups are made anew."""
    make_mark()
    [*records] = (home / "engine" / "databases" / "neo4j").glob("Mark_0.*.bucket")
    aside = home.parent / "aside"
    aside.mkdir()
    for file in records:
        file.rename(aside / file.name)

    for _ in range(2):
        with pytest.raises(StoreError, match="is missing"):
            marks()
    for file in records:
        (aside / file.name).rename(file)
    for name in ("server-users.jsonl", "server-groups.json"):
        (home / "engine" / "config" / name).write_bytes(b"\xff\xfe noise \x80")
    assert 1 == marks()
