"""An embedded graph that tests mark, and other processes at the same one."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.session import open_graph

ROOT = Path(__file__).resolve().parents[2]

STAY = """
import sys
from graph.session import open_graph
with open_graph(write=True, notify=lambda said: print("told", said, flush=True)) as graph:
    graph.read("RETURN 1 AS one", {})
    print("in", flush=True)
    for line in sys.stdin:
        try:
            if line.startswith("read"):
                print(graph.read("MATCH (n:Mark) RETURN count(n) AS n", {})[0]["n"], flush=True)
            elif line.startswith("write"):
                graph.write(lambda tx: tx.run("CREATE (:Mark)"))
                print("written", flush=True)
        except Exception as error:
            print(type(error).__name__, error, flush=True)
print("out", flush=True)
"""
"""A process that opens the graph, does what it is told and leaves when its input ends."""


class Process:
    """Another process at the same folder."""

    def __init__(self, script: str = STAY) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self.popen = subprocess.Popen(
            [sys.executable, "-c", script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
        )
        assert self.popen.stdin is not None
        assert self.popen.stdout is not None
        self.input, self.output = self.popen.stdin, self.popen.stdout

    def hear(self) -> str:
        """Return the next line it says."""
        return self.output.readline().strip()

    def ask(self, order: str) -> str:
        """Give an order and return the answer."""
        self.input.write(order + "\n")
        self.input.flush()
        return self.hear()

    def kill(self) -> None:
        """Kill it as nothing can be prepared for."""
        self.popen.send_signal(signal.SIGKILL)
        self.popen.wait()

    def end(self) -> tuple[list[str], int]:
        """Let it leave; return what it said until its end, and its exit code."""
        self.input.close()
        said = self.output.read().split("\n")
        return [line for line in said if line], self.popen.wait(60)


def at_once(*scripts: str) -> list[list[str]]:
    """Let processes that say "ready" go on at the same time; return what each says until its end."""
    processes = [Process(script) for script in scripts]
    for process in processes:
        assert process.hear() == "ready"
    for process in processes:
        process.input.write("go\n")
        process.input.flush()
    ended = [process.end() for process in processes]
    for process in processes:
        process.output.close()
    assert [0] * len(scripts) == [code for _, code in ended], ended
    return [said for said, _ in ended]


Start = Callable[..., Process]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of an embedded graph that is not there yet."""
    folder = tmp_path / "graph"
    monkeypatch.setenv("RANKGRAPH_HOME", str(folder))
    return folder


@pytest.fixture
def process(home: Path) -> Iterator[Start]:
    """Return a way to start other processes at the folder; none outlives the test."""
    started: list[Process] = []

    def start(*script: str) -> Process:
        started.append(Process(*script))
        return started[-1]

    yield start
    del home
    for one in started:
        if one.popen.poll() is None:
            one.popen.kill()
        one.popen.wait()
        one.output.close()
        with contextlib.suppress(BrokenPipeError):
            one.input.close()


def marks() -> object:
    """Return how many marks stand in the graph."""
    with open_graph() as graph:
        return graph.read("MATCH (n:Mark) RETURN count(n) AS n", {})[0]["n"]


def make_mark() -> None:
    """Add a mark to the graph."""
    with open_graph(write=True) as graph:
        graph.write(lambda tx: tx.run("CREATE (:Mark)"))
