"""Run the commands that a page shows, and compare what is printed with what the page says.

docs/README.md has the rules by which pages are written.
"""

from __future__ import annotations

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import zipfile
from contextlib import ExitStack, chdir, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from click.testing import CliRunner

from cli import main

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


ROOT = Path(__file__).resolve().parents[1]

CUT = "..."
"""Stands for lines left out where it is a line of its own, else for the rest of what stands there in its line."""

BACKGROUND = "background"
"""The mark of a block whose one command goes on until the end of its page."""

_PROGRAMS = {"rankgraph": (sys.executable, "-m", "cli"), "python": (sys.executable,)}
_FENCE = re.compile(r"```(?P<language>\w+) ?(?P<marks>.*)")
_SETTING = re.compile(r"([A-Z0-9_]+)=(\S*)")
_SECONDS = 60


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the words after it, the number of its first line in the page, its lines."""

    language: str
    marks: tuple[str, ...]
    first: int
    lines: tuple[str, ...]

    @property
    def title(self) -> str | None:
        """Name the file that the block shows; none where it shows no file."""
        return self._said("title")

    @property
    def gives(self) -> str | None:
        """Name the jar that the block, which is not run, would fetch; none where it fetches nothing."""
        return self._said("gives")

    @property
    def ports(self) -> list[str]:
        """Return the ports that the page has from here on."""
        return (self._said("ports") or "").split(",") if self._said("ports") else []

    @property
    def settings(self) -> dict[str, str]:
        """Return the variables that the block's commands run with."""
        return {found[1]: found[2] for mark in self.marks if (found := _SETTING.fullmatch(mark))}

    @property
    def exit_code(self) -> int:
        """Return what the block's commands end with."""
        return int(self._said("exit") or 0)

    @property
    def steps(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield each command of the block, and the lines that are shown below it."""
        starts = [number for number, line in enumerate(self.lines) if line.startswith("$ ")]
        if starts[:1] != [0]:
            raise ValueError(f"line {self.first}: expected `$ ` and a command at the beginning of the block")
        for start, end in zip(starts, [*starts[1:], len(self.lines)], strict=True):
            yield self.lines[start].removeprefix("$ "), self.lines[start + 1 : end]

    def _said(self, name: str) -> str | None:
        return next((mark.removeprefix(f"{name}=") for mark in self.marks if mark.startswith(f"{name}=")), None)


@dataclass(frozen=True)
class Shown:
    """A command of a page, the lines that the page shows below it, and those that were printed."""

    command: str
    expected: tuple[str, ...]
    printed: tuple[str, ...]

    @property
    def true(self) -> bool:
        """Say whether the page shows what was printed."""
        return matches(self.expected, self.printed)


def blocks(page: str) -> list[Block]:
    """Return the fenced blocks of a page."""
    found: list[Block] = []
    opened: re.Match[str] | None = None
    first = 0
    for number, line in enumerate(lines := page.split("\n"), 1):
        if opened is None and line.startswith("```"):
            opened, first = _FENCE.fullmatch(line), number + 1
            if opened is None:
                raise ValueError(f"line {number}: found {line!r}; expected a language after ```")
        elif opened is not None and line == "```":
            marks = tuple(opened["marks"].split())
            found.append(Block(opened["language"], marks, first, tuple(lines[first - 1 : number - 1])))
            opened = None
    return found


def inline(page: str) -> set[str]:
    """Return the commands that stand within sentences."""
    prose = re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL)
    return {" ".join(found.split()) for found in re.findall(r"`(rankgraph [^`]+)`", prose)}


@dataclass(frozen=True)
class _Place:
    """Where a page is run: its folder, and the ports that stand here for those that it shows."""

    folder: Path
    ports: dict[str, str] = field(default_factory=dict)

    def have(self, ports: Iterable[str]) -> None:
        """Find a free port for each."""
        with ExitStack() as taken:
            for port in ports:
                found = taken.enter_context(socket.socket())
                found.bind(("127.0.0.1", 0))
                self.ports[port] = str(found.getsockname()[1])

    def here(self, text: str) -> str:
        """Return a text of the page with the ports of this machine."""
        return _replaced(text, self.ports)

    def shown(self, lines: Iterable[str]) -> tuple[str, ...]:
        """Return what was printed with the ports that the page shows."""
        back = {here: port for port, here in self.ports.items()}
        return tuple(_replaced(line, back) for line in lines)

    def environment(self, block: Block) -> dict[str, str]:
        """Return the variables that a block's commands run with."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "RANKGRAPH_"))}
        home = str(self.folder.with_name(f"{self.folder.name}-home"))
        fixed = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "COLUMNS": "100"}
        return {**kept, **fixed, "RANKGRAPH_HOME": home, **block.settings}


def _replaced(text: str, ports: dict[str, str]) -> str:
    for port, other in ports.items():
        text = re.sub(rf"(?<!\d){port}(?!\d)", other, text)
    return text


def run(page: str, folder: Path, *, in_process: bool = False) -> Iterator[Shown]:
    """Carry out what a page shows, in its order, in a folder that is empty, and yield each command with its outcome.

    Blocks that show a file are written into the folder. The graph is a new one beside the folder.
    Each command is a process, as a reader's is; `in_process` runs those of rankgraph in this one, sooner, but
    for the last, which finds what they left.
    Raises RuntimeError where a command ends with another exit code than the page says.
    """
    place = _Place(folder)
    last = [(block.first, command) for block in blocks(page) if _runs(block) for command, _ in block.steps][-1:]
    with ExitStack() as running:
        for block in blocks(page):
            place.have(block.ports)
            if block.title is not None:
                file = folder / block.title
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(place.here("\n".join((*block.lines, ""))), encoding="utf-8", newline="\n")
            elif block.gives is not None:
                _stand_in(folder / block.gives)
            elif block.language == "console" and BACKGROUND in block.marks:
                ((command, expected),) = block.steps
                yield Shown(command, expected, running.enter_context(_started(command, place, block)))
            elif block.language == "console":
                for command, expected in block.steps:
                    here = in_process and [(block.first, command)] != last
                    yield Shown(command, expected, (_printed_here if here else _printed)(command, place, block))


def _stand_in(jar: Path) -> None:
    """Write a jar with an empty page: whether the real one works is for another test."""
    with zipfile.ZipFile(jar, "w") as file:
        file.writestr("browser/index.html", "<!doctype html><title>page</title>")


def _words(command: str) -> list[str]:
    program, *rest = shlex.split(command)
    if program not in _PROGRAMS:
        raise ValueError(f"found {command!r}; expected one of {', '.join(_PROGRAMS)}")
    return [*_PROGRAMS[program], *rest]


def _printed(command: str, place: _Place, block: Block) -> tuple[str, ...]:
    """Return what a terminal would show: notes and answer in the order they come."""
    done = subprocess.run(  # noqa: S603 -- commands of our own pages
        _words(place.here(command)),
        cwd=place.folder,
        env=place.environment(block),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=_SECONDS,
        check=False,
    )
    return _as_shown(command, place, block, done.returncode, done.stdout)


def _printed_here(command: str, place: _Place, block: Block) -> tuple[str, ...]:
    """Return the same from a command of ours in this process, which has no Python and no engine to start."""
    program, *rest = shlex.split(place.here(command))
    if program != "rankgraph":
        return _printed(command, place, block)
    with chdir(place.folder), mock.patch.dict(os.environ, place.environment(block), clear=True):
        done = CliRunner().invoke(main, rest, prog_name=program)
    return _as_shown(command, place, block, done.exit_code, done.output)


def _as_shown(command: str, place: _Place, block: Block, code: int, output: str) -> tuple[str, ...]:
    if code != block.exit_code:
        raise RuntimeError(f"{command}: expected exit code {block.exit_code}, found {code}:\n{output}")
    return place.shown(output.splitlines())


@contextmanager
def _started(command: str, place: _Place, block: Block) -> Iterator[tuple[str, ...]]:
    """Start a command that goes on, and give what it says until it is ready: its notes, then its line on stdout."""
    notes = place.folder.with_name(f"{place.folder.name}-notes")
    with (
        notes.open("wb") as said,
        subprocess.Popen(  # noqa: S603 -- commands of our own pages
            _words(place.here(command)),
            cwd=place.folder,
            env=place.environment(block),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
            encoding="utf-8",
        ) as process,
    ):
        try:
            ready = process.stdout.readline() if process.stdout else ""
            if not ready:
                raise RuntimeError(f"{command}: ended before it was ready:\n{notes.read_text(encoding='utf-8')}")
            yield place.shown((*notes.read_text(encoding="utf-8").splitlines(), ready.rstrip("\n")))
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
    if process.returncode != block.exit_code:
        raise RuntimeError(f"{command}: expected exit code {block.exit_code} at the end, found {process.returncode}")


def matches(expected: Sequence[str], printed: Iterable[str]) -> bool:
    """Say whether lines are as shown.

    >>> matches(["a", "...", "port ..."], ["a", "b", "c", "port 17"]), matches(["a", "..."], ["a"])
    (True, False)
    """
    pattern = "".join(r"(?:.*\n)+?" if line == CUT else f"{_pattern(line)}\n" for line in expected)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


def _pattern(line: str) -> str:
    return ".+".join(map(re.escape, line.split(CUT)))


def kept(expected: Sequence[str], printed: Sequence[str]) -> list[str]:
    """Return what a page should show: what was printed, left out what the page leaves out between lines still there.

    >>> kept(["a", "...", "port ..."], ["a", "b", "port 17", "d"])
    ['a', '...', 'port ...', 'd']
    """
    marked = [line for line in expected if CUT in line and line != CUT]
    lines = [next((mark for mark in marked if re.fullmatch(_pattern(mark), line)), line) for line in printed]
    for place, line in enumerate(expected):
        if line == CUT:
            lines = _cut(lines, expected[place - 1] if place else None, next(iter(expected[place + 1 :]), None))
    return lines


def _cut(lines: list[str], before: str | None, after: str | None) -> list[str]:
    """Leave out what stands between two lines; nothing where one of them is not there."""
    if (before is not None and before not in lines) or (after is not None and after not in lines):
        return lines
    start = 0 if before is None else lines.index(before) + 1
    end = len(lines) if after is None else next((n for n in range(start, len(lines)) if lines[n] == after), start)
    return [*lines[:start], CUT, *lines[end:]] if end > start else lines


def rewritten(page: str, folder: Path) -> str:
    """Return a page with what its commands print now."""
    found = iter(list(run(page, folder)))
    return _filled(page, {block.first: [next(found) for _ in block.steps] for block in blocks(page) if _runs(block)})


def _runs(block: Block) -> bool:
    return block.language == "console"


def _filled(page: str, shown: dict[int, list[Shown]]) -> str:
    lines = page.split("\n")
    for block in reversed(blocks(page)):
        found = shown.get(block.first, [])
        new = [line for one in found for line in (f"$ {one.command}", *kept(one.expected, one.printed))]
        if new:
            lines[block.first - 1 : block.first - 1 + len(block.lines)] = new
    return "\n".join(lines)
