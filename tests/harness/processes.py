"""Other processes at the same embedded graph."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

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
