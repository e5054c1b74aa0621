"""Run the command line in tests, and the documents that those tests load: made up, in the formats of real ones."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from click.testing import CliRunner, Result

from cli import main

ROOT = Path(__file__).resolve().parents[2]

SERGEANT = """Sergeant

Job Family Core : Rank profiles
Code CR-TL-Sergeant v7.1

Role Purpose

A sergeant runs one team and answers for its shifts.

Key Accountabilities

  • Give each constable a clear task at the start of a shift.
  • Tell the Independent Office for Police Conduct (IOPC) of any complaint that it must see.

Behaviours

We take ownership Level 1

Education, Qualifications, Skills and Experience

Prior education and experience:

  • Experience of work as a confirmed constable.

Skills:

  • Able to plan the work of one team.
"""

INSPECTOR = """Inspector

Job Family Core : Rank profiles
Code CR-ME-Inspector v7.1

Role Purpose

An inspector runs several teams and answers for a whole shift.

Key Accountabilities

  • Give each sergeant a clear task at the start of a shift.

Behaviours

We take ownership Level 2

Education, Qualifications, Skills and Experience

Prior education and experience:

  • Experience of work as a confirmed sergeant.

Skills:

  • Able to plan the work of one team.
  • Able to lead at an incident with many casualties.
"""


def run(*arguments: str, **settings: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, arguments, prog_name="rankgraph", env=settings)


def process(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, as a user does."""
    return subprocess.run(command(*arguments), env=environment(settings), capture_output=True, text=True, check=False)


def command(*arguments: str) -> list[str]:
    """Return the words that start the command line with the interpreter of the tests."""
    return [sys.executable, "-m", "cli", *arguments]


def environment(settings: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return this process's environment, with the project on the path."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **(settings or {})}


def documents(folder: Path) -> Path:
    """Write the two documents into a folder and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sergeant.txt").write_text(SERGEANT, encoding="utf-8")
    (folder / "inspector.txt").write_text(INSPECTOR, encoding="utf-8")
    return folder
