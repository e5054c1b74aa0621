"""Other processes of this machine: who holds a lock, and whether it is suspended, so that it answers nobody."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

STOPPED_SECONDS = 30.0
"""For so long a suspended process is waited for."""
_QUIET_SECONDS = 5.0


class Patience:
    """For how long a process has been suspended: the user is told after some seconds, and it ends after more."""

    def __init__(self, notify: Callable[[str], None]) -> None:
        self._notify, self._since = notify, 0.0
        self.told = False
        """Whether the user knows."""

    def is_over(self, process: int | None) -> bool:
        """Return whether a process has been suspended for too long; to be asked again and again."""
        if process is None or not is_stopped(process):
            self._since = 0.0
            return False
        self._since = self._since or time.monotonic()
        waited = time.monotonic() - self._since
        if waited >= _QUIET_SECONDS and not self.told:
            self._notify(no_answer(process))
            self.told = True
        return waited >= STOPPED_SECONDS


def holder_of(lock: Path) -> int | None:
    """Return which process holds the lock of a file; none where the system does not say it."""
    try:
        inode = str(lock.stat().st_ino)
        locks = [line.split() for line in Path("/proc/locks").read_text(encoding="utf-8").splitlines()]
    except OSError:
        return None
    held = (line for line in locks if line[1] == "FLOCK" and line[5].rpartition(":")[2] == inode)
    return next((int(line[4]) for line in held), None)


def is_stopped(process: int) -> bool:
    """Return whether a process is suspended, by Ctrl-Z, SIGSTOP or a debugger; not where nobody can tell."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
    except OSError:
        command = ["ps", "-o", "state=", "-p", str(process)]  # as on macOS
        try:
            state = subprocess.run(command, capture_output=True, text=True, check=False, timeout=5).stdout  # noqa: S603
        except (OSError, subprocess.SubprocessError):
            return False
    return state.strip()[:1] in {"T", "t"}


def no_answer(process: int) -> str:
    """Return what a message says of a suspended process."""
    return (
        f"process {process} does not answer: it is suspended (by Ctrl-Z, or SIGSTOP); let it go on (`fg` in its "
        f"terminal, or `kill -CONT {process}`), or end it (`kill -KILL {process}`)"
    )
