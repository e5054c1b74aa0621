"""Commands whose streams are closed, or lead to a full disk: the answer stands, or words say why it does not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.harness.commands import SERGEANT, command, environment

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to be had")

FULL = "Error: the disk is full where the answer goes; make room, or send it elsewhere"


def _run(redirected: str, *arguments: str, folder: Path) -> tuple[int, str, str]:
    (folder / "sergeant.txt").write_text(SERGEANT, encoding="utf-8")
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {redirected}', "sh", *command(*arguments)],
        env=environment({"RANKGRAPH_HOME": str(folder / "home")}),
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr.strip()


@pytest.mark.parametrize("arguments", [(), ("--help",), ("--version",), ("questions",), ("read", "--help")])
def test_a_full_disk_is_said_wherever_the_answer_goes(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Also by what is written before a command begins."""
    assert (1, "", FULL) == _run(">/dev/full", *arguments, folder=tmp_path)


@pytest.mark.parametrize("redirected", ["2>/dev/full", "2>&-", "<&-", "<&- 2>&-"])
def test_notes_that_cannot_be_written_cost_no_answer(tmp_path: Path, redirected: str) -> None:
    """The answer is that of a command whose notes are read, and so is the exit code of a refusal."""
    code, whole, _ = _run("", "read", "sergeant.txt", folder=tmp_path)
    assert (0, (code, whole)) == (code, _run(redirected, "read", "sergeant.txt", folder=tmp_path)[:2])
    assert (2, "") == _run(redirected, "reed", folder=tmp_path)[:2]


def test_no_file_takes_the_place_of_a_stream_that_is_closed(tmp_path: Path) -> None:
    """Else what a library prints would be written into it."""
    script = "import os, cli; cli._prepare_streams(); print(os.open('file', os.O_CREAT), file=open('said', 'w'))"
    line = f'exec "{sys.executable}" -c "{script}" <&- >&- 2>&-'
    path = {"PYTHONPATH": str(Path(__file__).resolve().parents[3])}
    subprocess.run(["sh", "-c", line], cwd=tmp_path, env={**os.environ, **path}, check=True)
    assert int((tmp_path / "said").read_text(encoding="utf-8")) > 2
