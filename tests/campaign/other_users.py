"""Another user of the machine: sees nothing of the home, and cannot stop a load by wrong passwords at its port."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import neo4j

from tests.campaign.homes import FORCE, contents_of, difference, fresh, whole
from tests.campaign.judge import End, inside, settings_of
from tests.campaign.kills import SCENARIOS, settings, undisturbed, words_of
from tests.campaign.trial import Part
from tests.harness.commands import command, environment

_NOBODY = 65_534
_LISTENS = "0A"
_LOGINS = 6
_COMMANDS = (("status",), ("gap", "sergeant", "inspector"), ("load", "--samples"), ("serve", "--wait", "1"))
_LOADS = tuple(one for one in SCENARIOS if one.name in {"documents", "staff", "full"})


def missing() -> str:
    """Return why nobody else can be played here."""
    return "" if os.name == "posix" and os.geteuid() == 0 else "only root can run a process as another user"


def as_nobody(work: Callable[[Connection], None]) -> Connection:
    """Start a process of another user, and return the way to speak to it."""
    ours, theirs = multiprocessing.Pipe()

    def begin() -> None:
        os.setgroups([])
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)
        work(theirs)

    multiprocessing.get_context("fork").Process(target=begin, daemon=True).start()
    return ours


def _reading(home: Path, own: Path) -> str:
    """Return a file of the home that another user can read, or what our commands say to such a user."""
    names = [str(path) for path in home.rglob("*") if path.is_file()]
    (own / "theirs").mkdir(mode=0o777)
    for words in _COMMANDS[:3]:  # what a command imports has to be imported before the user changes
        inside(*words, **settings_of(own / "first"))

    def work(parent: Connection) -> None:
        parent.send([name for name in names if os.access(name, os.R_OK | os.W_OK) or os.access(name, os.R_OK)])
        os.chdir(own / "theirs")
        parent.send([inside(*words, **settings_of(home)) for words in _COMMANDS])

    connection = as_nobody(work)
    readable, ends = connection.recv(), connection.recv()
    if readable:
        return f"another user can read {len(readable)} files, such as {readable[0]}"
    wrong = [
        (words, end.wrong() or ("" if end.code else "an answer")) for words, end in zip(_COMMANDS, ends, strict=True)
    ]
    return next((f"{' '.join(words)} as another user: {why}" for words, why in wrong if why), "")


def _attacked(shared: Path, own: Path, number: int) -> str:
    """Return what is wrong with a load at whose port another user tries wrong passwords all the time."""
    scenario = _LOADS[number % len(_LOADS)]
    expected, home = undisturbed(shared, scenario), fresh(shared, scenario.begins, own / "home")
    connection = as_nobody(_log_in)
    with subprocess.Popen(
        command(*words_of(scenario, shared, own)),
        env=environment(settings(home)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as load:
        while load.poll() is None:
            connection.send(ports_of(load.pid))
            time.sleep(0.02)
        output, notes = load.communicate()
    connection.send(None)
    logins = connection.recv()
    why = End(load.returncode, output, notes).wrong(answers=True)
    why = f"after {logins} wrong passwords: {why}" if why else ""
    return why or difference(expected.graph, contents_of(home))


def _log_in(parent: Connection) -> None:
    """Try wrong passwords at the ports that come in, until none comes; send how many."""
    logins = 0
    while (ports := parent.recv()) is not None:
        for port in ports:
            for user in ("root", "reader", "analyst") * (_LOGINS // 3):
                logins += 1
                with (
                    suppress(neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError, OSError),
                    neo4j.GraphDatabase.driver(f"bolt://127.0.0.1:{port}", auth=(user, "wrong-password")) as driver,
                ):
                    driver.verify_connectivity()
        while parent.poll():
            if parent.recv() is None:
                parent.send(logins)
                return
    parent.send(logins)


def ports_of(pid: int) -> list[int]:
    """Return the ports at which a process listens; no other process is ever tried."""
    own = set()
    with suppress(OSError):
        for entry in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                own.add(str(entry.readlink()))
    ports = []
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text(encoding="utf-8").splitlines()[1:]:
            cells = line.split()
            if cells[3] == _LISTENS and f"socket:[{cells[9]}]" in own:
                ports.append(int(cells[1].rpartition(":")[2], 16))
    return ports


def attempt(shared: Path, own: Path, seed: int) -> str:
    """Read the home as another user, or disturb a load."""
    if seed % 4 == 1:
        return _reading(fresh(shared, FORCE, own / "home"), own)
    return _attacked(shared, own, seed)


def prepare(shared: Path) -> None:
    """Make what stands before, and what the loads leave undisturbed."""
    whole(shared, FORCE)
    for scenario in _LOADS:
        undisturbed(shared, scenario)


PART = Part(
    "other-users",
    count=12,
    means="another user reads no file of the home and gets one message from each command; a load at whose port wrong "
    "passwords are tried all the time ends as an undisturbed one",
    attempt=attempt,
    prepare=prepare,
    missing=missing,
    seconds=240,
)
