"""Each recipe of CONTRIBUTING.md, carried out as it stands there on a copy of the project."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MOST_STEPS = 5
RECIPES = dict(re.findall(r"^### (.+?)\n(.*?)(?=^### |\Z)", PAGE, re.MULTILINE | re.DOTALL))
_BLOCK = re.compile(r"^```(\w+)(?: (file|into)=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Step:
    """A block of a recipe: a text for a file, or commands and what they print."""

    language: str
    where: str
    file: str
    text: str


def steps(recipe: str) -> list[Step]:
    """Return the blocks of a recipe, in their order."""
    return [Step(*found) for found in _BLOCK.findall(recipe)]


def copy(folder: Path) -> Path:
    """Copy what a recipe may change into a folder of its own."""
    for name in ("graph", "loaders", "queries", "docs"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.png"))
    shutil.copy(ROOT / "cli.py", folder)
    return folder


def change(step: Step, folder: Path) -> None:
    """Add the text of a step to its file: at the end, or below its own first line."""
    path = folder / step.file
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if step.where == "file":
        after = before + step.text
    else:
        line = step.text.partition("\n")[0] + "\n"
        assert 1 == before.count(line), f"{step.file} has no line, or several, that read {line!r}"
        after = before.replace(line, step.text)
    path.write_text(after, encoding="utf-8")


def printed(command: str, folder: Path) -> list[str]:
    """Run a command in the copy, and return what it prints on stdout."""
    program, *arguments = shlex.split(command)
    words = [sys.executable, *(["-m", "cli"] if program == "rankgraph" else []), *arguments]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "RANKGRAPH_"))}
    settings = {**kept, "PYTHONPATH": str(folder), "RANKGRAPH_HOME": str(folder / "home")}
    ran = subprocess.run(words, cwd=folder, env=settings, capture_output=True, text=True, check=False)
    assert 0 == ran.returncode, ran.stderr
    return ran.stdout.splitlines()


def check(step: Step, folder: Path) -> None:
    """Run the commands of a step; each line shown below one is printed, in that order."""
    for shown in re.split(r"^\$ ", step.text, flags=re.MULTILINE)[1:]:
        command, *expected = shown.splitlines()
        lines = iter(printed(command, folder))
        assert [line for line in expected if line not in lines] == [], command


def test_there_is_a_recipe_for_each_thing_that_is_added_often() -> None:
    """The recipes are those that the page promises."""
    assert [
        "A kind of node",
        "A relationship",
        "A question",
        "A family of documents",
        "A file format",
        "A command",
        "A column of staff files",
        "A piece of reference data",
    ] == list(RECIPES)


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_is_short_and_names_what_to_copy(name: str) -> None:
    """At most five steps, the first of which names a file."""
    numbers = re.findall(r"^(\d)\. (.*)$", re.sub(_BLOCK, "", RECIPES[name]), re.MULTILINE)
    assert [str(number) for number in range(1, len(numbers) + 1)] == [number for number, _ in numbers]
    assert (True, True) == (len(numbers) <= MOST_STEPS, "`" in numbers[0][1])


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_does_what_it_says(name: str, tmp_path: Path) -> None:
    """Its texts go where it says, and its commands print what it shows."""
    folder = copy(tmp_path / "copy")
    for step in steps(RECIPES[name]):
        if step.where:
            change(step, folder)
        elif step.language == "console":
            check(step, folder)
