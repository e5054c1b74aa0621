"""`rankgraph serve` in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import neo4j
import pytest

from tests.harness.commands import command, environment
from tests.harness.loaded import prepared
from tests.harness.neo4j_server import free_port


def _listen() -> None:
    """Hear signals that the one who started the tests has switched off, as nohup does."""
    for name in ("SIGINT", "SIGHUP"):
        signal.signal(getattr(signal, name), signal.SIG_DFL)


class Serve:
    """A serve under way; what it says on stderr goes to a file."""

    def __init__(self, notes: Path, *arguments: str, **settings: str) -> None:
        self._notes = notes
        with notes.open("w", encoding="utf-8") as file:
            self.popen = subprocess.Popen(
                command("serve", *arguments),
                env=environment(settings),
                stdout=subprocess.PIPE,
                stderr=file,
                text=True,
                preexec_fn=_listen if os.name == "posix" else None,  # noqa: PLW1509 -- no thread of ours holds a lock
            )
        assert self.popen.stdout is not None
        self.output = self.popen.stdout

    def ready(self) -> str:
        """Wait for the line that says where it serves; empty if it ends instead."""
        return self.output.readline().strip()

    def ready_as_json(self) -> dict[str, object]:
        """Wait for the object that says where it serves."""
        lines = [self.output.readline()]
        while lines[-1] and lines[-1] != "}\n":
            lines.append(self.output.readline())
        found: dict[str, object] = json.loads("".join(lines))
        return found

    def said(self) -> str:
        """Return what it said on stderr up to now."""
        return self._notes.read_text(encoding="utf-8")

    def hear(self, words: str, seconds: float = 60) -> None:
        """Wait until it has said some words on stderr."""
        end = time.monotonic() + seconds
        while words not in self.said():
            assert self.popen.poll() is None, self.said()
            assert time.monotonic() < end, self.said()
            time.sleep(0.05)

    def stop(self, *signals: signal.Signals) -> tuple[int, str]:
        """Send signals, and return the exit code and what stdout held still."""
        for one in signals or (signal.SIGINT,):
            self.popen.send_signal(one)
        rest = self.output.read()
        return self.popen.wait(60), rest

    def end(self) -> None:
        """Make sure that it is gone."""
        if self.popen.poll() is None:
            self.popen.kill()
        self.popen.wait()
        self.output.close()


@contextmanager
def serving(common: Path, folder: Path, *arguments: str, **settings: str) -> Iterator[Serve]:
    """Serve the reference data for the length of a block, from the folder `home` in a folder."""
    home = shutil.copytree(prepared(common, "reference"), folder / "home")
    port = ("--bolt-port", str(free_port()))
    found = Serve(folder / "notes", *arguments, *port, RANKGRAPH_HOME=str(home), **settings)
    try:
        yield found
    finally:
        found.end()


@pytest.fixture
def home(tmp_path: Path, common: Path) -> Path:
    """Return the folder of the embedded graph of a test, which holds the reference data."""
    return shutil.copytree(prepared(common, "reference"), tmp_path / "home")


@pytest.fixture
def serve(tmp_path: Path, home: Path) -> Iterator[Start]:
    """Return a way to start `rankgraph serve` of that graph; none outlives the test."""
    del home
    started: list[Serve] = []

    def start(*arguments: str, **settings: str) -> Serve:
        port = () if "--bolt-port" in arguments else ("--bolt-port", str(free_port()))
        started.append(Serve(tmp_path / f"notes-{len(started)}", *arguments, *port, **settings))
        return started[-1]

    yield start
    for one in started:
        one.end()


def may(bolt: str, user: str, password: str, query: str) -> list[object]:
    """Run one statement as a user and return the values of its rows."""
    with (
        neo4j.GraphDatabase.driver(bolt, auth=(user, password), max_transaction_retry_time=0) as driver,
        driver.session(database="neo4j") as session,
    ):
        return [value for record in session.execute_write(lambda tx: list(tx.run(query))) for value in record.values()]


def refused(bolt: str, user: str, password: str, query: str) -> bool:
    """Return whether the engine refuses a statement; a refusal to log in counts too."""
    try:
        may(bolt, user, password, query)
    except neo4j.exceptions.Neo4jError:
        return True
    return False


Start = Callable[..., Serve]
