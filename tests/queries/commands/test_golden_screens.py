"""The screens that people see first, kept as files: to be looked at when they change."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from graph.session import open_graph
from tests.harness.commands import documents, process
from tests.harness.loaded import prepared

SCREENS = Path(__file__).parent / "screens"
ON = ("--as-of", "2026-11-29")
COMMANDS = {
    "pathway": ("pathway", "sergeant", "inspector", "--me", str(SCREENS / "me.yaml"), *ON),
    "pathway-of-many-steps": ("pathway", "constable", "dac", *ON),
    "gap": ("gap", "met commander", "dac", "--holds", "scc:2021", *ON),
    "gap-in-words": ("gap", "met commander", "dac", "--words", *ON),
    "gates": ("gates", "inspector", "--me", str(SCREENS / "me.yaml"), *ON),
    "gates-with-sources": ("gates", "inspector", "--sources", *ON),
    "rank": ("rank", "sergeant", *ON),
    "compare": ("compare", "dac@2021-03", "dac@since-2025"),
    "conflicts": ("conflicts",),
    "load": ("load", "FOLDER", "--mix", "--dry-run"),
}
WIDTHS = (60, 100, 200)
MOST_LINES = 40


@pytest.fixture
def folder(common: Path, tmp_path: Path, _no_settings: None) -> Iterator[Path]:
    """Hold the samples in the graph of the test, and return a folder of documents of which one cannot be read."""
    shutil.copytree(prepared(common, "samples"), os.environ["RANKGRAPH_HOME"])
    there = documents(tmp_path / "documents")
    (there / "broken.pdf").write_bytes(b"no PDF")
    with open_graph():
        yield there


def shown(name: str, folder: Path, width: int, charset: str = "utf-8") -> str:
    """Return what a command has on stdout where that is no terminal."""
    words = [str(folder) if word == "FOLDER" else word for word in COMMANDS[name]]
    found = CliRunner(charset=charset).invoke(main, words, prog_name="rankgraph", env={"COLUMNS": str(width)})
    assert 0 == found.exit_code, found.stderr
    return found.stdout


def test_screens_are_those_that_were_looked_at(folder: Path) -> None:
    """At three widths; to write them anew, set REWRITE_SCREENS=1, run this test, and look at what `git diff` shows."""
    actual = {f"{name}.{width}.txt": shown(name, folder, width) for name in COMMANDS for width in WIDTHS}
    if os.environ.get("REWRITE_SCREENS"):
        for name, text in actual.items():
            (SCREENS / name).write_text(text, encoding="utf-8")
    assert {path.name: path.read_text(encoding="utf-8") for path in SCREENS.glob("*.txt")} == actual


def test_screens_are_as_wide_as_they_may_be_and_no_longer_than_one(folder: Path) -> None:
    """At 100 columns; those with words or sources may be longer. Where letters are few, signs are plain."""
    for name in COMMANDS:
        text = shown(name, folder, 100)
        lines = text.splitlines()
        assert max(map(len, lines)) <= 100
        assert len(lines) <= MOST_LINES or name.endswith(("words", "sources"))
        plain = text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        assert (text, plain) == (shown(name, folder, 100, "cp1252"), shown(name, folder, 100, "ascii"))


@pytest.mark.usefixtures("_no_settings")
def test_a_screen_needs_no_locale(common: Path) -> None:
    """With LANG=C, in a process of its own, without colour."""
    shutil.copytree(prepared(common, "samples"), os.environ["RANKGRAPH_HOME"])
    found = process(*COMMANDS["gap"], LANG="C", LC_ALL="C", COLUMNS="100", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert (SCREENS / "gap.100.txt").read_text(encoding="utf-8") == found.stdout
