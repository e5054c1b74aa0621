"""What docs/operations.md promises: a copied folder is a backup, and the same input makes the same graph anywhere."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
from collections import Counter
from pathlib import Path

import pytest

from queries.catalogue import questions
from tests.harness.commands import ROOT, run
from tests.harness.engines import Engine

DAY = "2026-10-01"
FORCE = {"RANKGRAPH_FORCE": "mps"}
EXAMPLES = {
    "ranks": (),
    "pathway": ("--from", "constable", "--to", "commissioner"),
    "gates": ("--rank", "sergeant"),
    "duties-of": ("--rank", "commander"),
    "why": ("--id", "course/elp"),
    "heat-map": (),
    "succession": ("--rank", "commander"),
    "person-gap": ("--person", "P000017", "--to", "sergeant"),
}
"""Questions of every family that is not health, with their parameters."""


@pytest.fixture(scope="module")
def force(small_force: Path) -> Path:
    """Return the folder of a small made-up force."""
    return small_force


def _load(force: Path, **settings: str) -> None:
    for words in (("load", str(force / "documents")), ("staff", "load", str(force / "csv"))):
        done = run(*words, **settings)
        assert done.exit_code == 0, done.stderr


def _counts(**settings: str) -> tuple[object, object]:
    found = json.loads(run("status", "--format", "json", **settings).stdout)
    return found["nodes"], found["edges"]


def _more(has_day: bool, is_named: bool) -> list[str]:
    return [*(["--as-of", DAY] if has_day else []), *(["--audience", "named"] if is_named else [])]


def _answers(**settings: str) -> dict[str, str]:
    """Return what is answered, each answer as text."""
    given = {**FORCE, **settings}
    days = {one.name for one in questions() if any(parameter.name == "as_of" for parameter in one.parameters)}
    named = {one.name for one in questions() if one.names_people}
    asked = {
        name: run("ask", name, *words, *_more(name in days, name in named), "--format", "json", **given)
        for name, words in EXAMPLES.items()
    }
    assert {name: done.stderr for name, done in asked.items() if done.exit_code} == {}
    return {name: done.stdout for name, done in asked.items()}


def _modes(folder: Path) -> dict[str, int]:
    return {name: stat.S_IMODE((folder / name).stat().st_mode) for name in (".", "passwords.json")}


def test_a_copy_of_the_folder_is_a_backup(force: Path, tmp_path: Path) -> None:
    """Put back in another place it gives the same answers, takes new documents, and what was there is as it was."""
    home, backup, restored = tmp_path / "home", tmp_path / "backup", tmp_path / "elsewhere" / "restored"
    _load(force, RANKGRAPH_HOME=str(home))
    before, answers = _counts(RANKGRAPH_HOME=str(home)), _answers(RANKGRAPH_HOME=str(home))
    shutil.copytree(home, backup)
    emptied = run("reset", "--yes", RANKGRAPH_HOME=str(home))
    shutil.copytree(backup, restored)
    settings = {"RANKGRAPH_HOME": str(restored)}
    assert (0, before, answers) == (emptied.exit_code, _counts(**settings), _answers(**settings))
    again = json.loads(run("load", str(force / "documents"), "--format", "json", **settings).stdout)
    assert {"nodes": 0, "edges": 0} == again["created"] == again["changed"] == again["removed"]
    assert before != _counts(RANKGRAPH_HOME=str(home))


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_a_copy_keeps_the_passwords_private(tmp_path: Path) -> None:
    """The copy that the page shows keeps the modes of the folder and of its passwords."""
    home = tmp_path / "home"
    assert run("load", RANKGRAPH_HOME=str(home)).exit_code == 0
    shutil.copytree(home, tmp_path / "backup")
    assert {".": 0o700, "passwords.json": 0o600} == _modes(home) == _modes(tmp_path / "backup")


def test_the_same_input_makes_the_same_graph_on_every_engine(engine: Engine, force: Path, tmp_path: Path) -> None:
    """Moving is loading again: counts and answers of the new place are those of an embedded graph."""
    embedded = {"RANKGRAPH_HOME": str(tmp_path / "first"), "NEO4J_URI": ""}
    _load(force, **embedded)
    _load(force, **engine.environment)
    counts, answers = _counts(**embedded), _answers(**embedded)
    assert (counts, answers) == (_counts(**engine.environment), _answers(**engine.environment))
    assert Counter(name for name, answer in answers.items() if answer.strip() == "[]") == Counter()


def _messages() -> list[str]:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    table = page.partition("| what you see |")[2].partition("\n\n")[0]
    firsts = [row.split(" | ")[0] for row in table.splitlines()[2:]]
    return [
        piece.strip() for first in firsts for said in re.findall(r'"([^"]+)"', first) for piece in said.split("...")
    ]


def test_the_messages_that_the_page_explains_are_said() -> None:
    """Each stands in the code, word for word but for what varies."""
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "cli.py", *sorted((ROOT / "graph").rglob("*.py")))]
    messages = [message for message in _messages() if message]
    assert ([], True) == (
        [message for message in messages if not any(message in source for source in sources)],
        len(messages) > 10,
    )
