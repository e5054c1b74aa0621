"""A process that was suspended holds the graph: others say which one, and give up in time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.engine import processes
from graph.engine.file_lock import hold_lock
from graph.engine.processes import Patience, holder_of, is_stopped
from graph.errors import StoreError
from tests.harness.processes import STAY, Start

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux says who holds a lock")

HURRIED = "from graph.engine import processes\nprocesses.STOPPED_SECONDS, processes._QUIET_SECONDS = 0.6, 0.2\n"
HOLD = """
import sys
from pathlib import Path
from graph.engine.file_lock import hold_lock
with hold_lock(Path(sys.argv[1]), 1):
    print("in", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Return another process that holds a lock."""
    command = [sys.executable, "-c", HOLD, str(tmp_path / "writer.lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        assert "in\n" == started.stdout.readline()
        yield started
        started.kill()


def test_who_holds_a_lock_and_is_suspended_is_named(
    holder: subprocess.Popen[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that only works is waited for to the end of the time; one that is suspended not so long."""
    lock, told = tmp_path / "writer.lock", list[str]()
    monkeypatch.setattr(processes, "STOPPED_SECONDS", 0.2)
    monkeypatch.setattr(processes, "_QUIET_SECONDS", 0.1)
    assert (holder.pid, False, None) == (holder_of(lock), is_stopped(holder.pid), holder_of(tmp_path / "none"))
    with pytest.raises(StoreError, match=f"for 0 s .process {holder.pid}."), hold_lock(lock, 0.3):
        pass

    os.kill(holder.pid, signal.SIGSTOP)
    os.waitpid(holder.pid, os.WUNTRACED)
    with pytest.raises(StoreError, match=f"process {holder.pid} does not answer"), hold_lock(lock, 60, told.append):
        pass

    assert [f"process {holder.pid} does not answer"] == [one.partition(":")[0] for one in told]
    assert is_stopped(holder.pid)


def test_a_process_that_goes_on_in_time_is_waited_for(
    holder: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The seconds are counted anew from each time that it is suspended, and one that is gone is not."""
    patience = Patience(list[str]().append)
    monkeypatch.setattr(processes, "STOPPED_SECONDS", 0.0)
    os.kill(holder.pid, signal.SIGSTOP)
    os.waitpid(holder.pid, os.WUNTRACED)
    assert patience.is_over(holder.pid)
    os.kill(holder.pid, signal.SIGCONT)
    os.waitpid(holder.pid, os.WCONTINUED)
    assert not patience.is_over(holder.pid)
    assert not patience.is_over(2**30)


def test_a_guest_of_a_suspended_owner_gives_up(home: Path, process: Start) -> None:
    """It says which process does not answer; one that waits for no answer stays."""
    del home
    owner = process()
    assert "in" == owner.hear()
    guest, idle = process(HURRIED + STAY), process(HURRIED + STAY)
    assert ("in", "in") == (guest.hear(), idle.hear())

    owner.popen.send_signal(signal.SIGSTOP)
    first = guest.ask("read")
    second, ended = guest.hear(), guest.popen.wait(30)
    stays = idle.popen.poll()
    owner.popen.send_signal(signal.SIGCONT)

    assert first.startswith(f"told process {owner.popen.pid} does not answer: it is suspended")
    assert (True, 1, None) == (second.startswith("told gave up after"), ended, stays)
    assert "0" == idle.ask("read")
