"""When the end of a command is right: an answer, or one clear message with exit code 1."""

from __future__ import annotations

import os
import re
import resource
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.harness.commands import command, environment, run

_SIGNS = re.compile(
    r"Traceback \(most recent|fault of rankgraph|\bjava\.\w|^\s+at \w+[.$]|Fatal error|Segmentation", re.MULTILINE
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\u2066-\u2069]")
_LONGEST = 300


@dataclass(frozen=True)
class End:
    """How a command ended: its exit code, and what stood on stdout and stderr."""

    code: int
    output: str
    notes: str

    def wrong(self, *, answers: bool = False) -> str:
        """Return what is wrong with it, empty where it is an answer, or one clear message unless it had to answer."""
        if sign := _SIGNS.search(self.output + self.notes):
            return f"{sign[0].strip()} in: {self._start(sign.start())}"
        if sign := _CONTROL.search(self.output + self.notes):
            return f"the sign {sign[0]!a} reaches the terminal"
        if self.code == 0 and self.notes.startswith("Error: "):
            return f"exit 0 with: {self._start(0)}"
        if self.code == 0 or (self.code == 1 and not answers and self._messages() == 1):
            return ""
        return f"exit {self.code} with {self._messages()} messages: {self._start(0)}"

    def _messages(self) -> int:
        return sum(line.startswith("Error: ") for line in self.notes.splitlines())

    def _start(self, place: int) -> str:
        text = (self.output + self.notes)[max(0, place - _LONGEST) :] if place else self.notes or self.output
        return " ".join(text[: 2 * _LONGEST].split())


def inside(*words: str, **settings: str) -> End:
    """Run a command in this process."""
    result = run(*words, **settings)
    notes = result.stderr
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        notes += f"Traceback (most recent call last): {result.exception!r}"
    return End(result.exit_code, result.stdout, notes)


def apart(
    *words: str,
    settings: Mapping[str, str],
    limits: Mapping[int, int] | None = None,
    user: int | None = None,
    seconds: float = 100,
) -> End:
    """Run a command in a process of its own, under limits of the system or as another user."""

    def restrict() -> None:
        for kind, most in (limits or {}).items():
            resource.setrlimit(kind, (most, most))

    try:
        done = subprocess.run(
            command(*words),
            env=environment(settings),
            capture_output=True,
            text=True,
            errors="backslashreplace",
            check=False,
            timeout=seconds,
            user=user,
            preexec_fn=restrict if limits else None,
        )
    except subprocess.TimeoutExpired as error:
        return End(-1, "", f"{' '.join(words)} did not end in {error.timeout:.0f} s")
    return End(done.returncode, done.stdout, done.stderr)


def settings_of(home: Path, **more: str) -> dict[str, str]:
    """Return the settings of an embedded graph in a folder, and of no server."""
    return {"RANKGRAPH_HOME": str(home), "NEO4J_URI": "", "PATH": os.environ.get("PATH", ""), **more}
