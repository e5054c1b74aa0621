"""What is given twice, asked of nobody, or has nowhere to go is said in one line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.harness.commands import ROOT, command, environment, run


def test_a_file_about_oneself_is_given_once(tmp_path: Path) -> None:
    """A second one does not take the place of the first in silence."""
    file = tmp_path / "me.yaml"
    file.write_text("rank: sergeant\n", encoding="utf-8")
    found = run("gates", "inspector", "--me", str(file), "--me", str(file))

    assert (2, "Error: found --me 2 times; expected it once: write it all into one file") == (
        found.exit_code,
        found.stderr.splitlines()[-1],
    )


@pytest.mark.parametrize("sentence", ["Wer ist der Chef?", "?", "", "x" * 500])
def test_what_is_like_no_question_is_answered_in_one_line(sentence: str) -> None:
    """It says where the questions stand; the long list of them is another command's."""
    found = run("ask", sentence)
    line = found.stderr.splitlines()[-1]

    assert (2, True, True) == (found.exit_code, "`rankgraph questions` lists the" in line, len(line) < 150)


def test_an_empty_answer_in_full_is_a_sentence(tmp_path: Path) -> None:
    """No head of a table without rows."""
    found = run("pathway", "deputy commissioner", "chief inspector", "--all", RANKGRAPH_HOME=str(tmp_path))

    assert found.stdout.startswith("No promotion that is known leads from Deputy Commissioner to Chief Inspector")


def test_a_closed_stdout_is_a_fault_of_the_call(tmp_path: Path) -> None:
    """As `>&-` of a shell closes it."""
    code = "import sys; sys.stdout = None; from cli import main; sys.argv = ['rankgraph', 'rank', 'sergeant']; main()"
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"RANKGRAPH_HOME": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    last = found.stderr.splitlines()[-1]
    assert (
        1,
        "Error: found nowhere to write the answer: stdout is closed; send it to a terminal, a file or a pipe",
    ) == (
        found.returncode,
        last,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is of Linux")
@pytest.mark.parametrize("words", [(), ("--help",), ("--version",), ("gap", "--help")], ids=" ".join)
def test_a_help_that_finds_no_room_is_an_error_in_words(words: tuple[str, ...]) -> None:
    """As of an answer; no trace of the program."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        found = subprocess.run(
            command(*words), env=environment(), stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )

    expected = "Error: the disk is full where the answer goes; make room, or send it elsewhere"
    assert (1, [expected]) == (found.returncode, found.stderr.splitlines()[:1])
