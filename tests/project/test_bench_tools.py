"""The tools that say what a large move of modules changes: they see a change where there is one."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bench.lines import code_lines
from bench.mutants import bare, changes, replaced
from bench.reach import functions
from bench.snapshot import compare, section

MODULE = '''"""Of duties."""


class Duty:
    """A duty.

    It has a rank.
    """

    # as printed

    def is_of(self, rank: str = "é", least: int = 2) -> bool:
        """Return whether it is."""
        return rank == f"{least}" and not (
            least < 3
        )
'''


def test_code_is_counted_without_blanks_comments_and_docstrings() -> None:
    """A class, a function and the three lines that it returns are code; text within a docstring is none."""
    assert code_lines(MODULE) == 5


def test_a_change_changes_one_thing() -> None:
    """Each change stands where its expression stood, whatever letters and lines are before it; a docstring stays."""
    ((name, function),) = functions(ast.parse(MODULE))
    asked = 'rank == f"{least}" and not (\n            least < 3\n        )'
    expected = [
        (asked, "(None)"),
        ('"é"', "('éX')"),
        ("= 2", "= (3)"),
        (asked, "(rank == f'{least}' or not least < 3)"),
        ('rank == f"{least}"', "(rank != f'{least}')"),
        (asked[23:], "(least < 3)"),
        ("least < 3", "(least >= 3)"),
        ("< 3", "< (4)"),
    ]
    assert name == "Duty.is_of"
    assert [MODULE.replace(*pair) for pair in expected] == [
        replaced(MODULE.encode(), change).decode() for change in changes(bare(function))
    ]


def recording(folder: Path, files: dict[str, str]) -> Path:
    """Write a recording."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_recordings_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Equal ones give 0; another line, an exit code or a file too many give 1 and are shown."""
    old = recording(tmp_path / "old", {"force/check.txt": "exit 0\nall is well\n", "texts/a.txt": "", "b.txt": "b"})
    new = recording(tmp_path / "new", {"force/check.txt": "exit 1\nall is well\n", "texts/c.txt": "", "b.txt": "b"})
    assert compare(old, old) == 0
    assert capsys.readouterr().out == "0 of 3 files differ\n"
    assert compare(old, new) == 1
    assert capsys.readouterr().out == (
        "== force/check.txt\n   @@ -1 +1 @@\n   -exit 0\n   +exit 1\n"
        f"== texts/a.txt: only in {old}\n\n== texts/c.txt: only in {new}\n\n3 of 4 files differ\n"
    )


@pytest.mark.parametrize("name", ["texts", "documents", "samples", "force", "asked of documents", "asked of the force"])
def test_each_section_has_commands(name: str) -> None:
    """A section that is misspelt would record nothing."""
    assert section(name)
    assert all(words for words in section(name))
