"""Locks on files: who holds one is known to every process, and a killed process holds none."""

from __future__ import annotations

import contextlib
import random
import time
from typing import TYPE_CHECKING, NoReturn

from filelock import FileLock, Timeout

from graph.engine.processes import Patience, holder_of, no_answer
from graph.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


QUIET_SECONDS = 5.0
"""Who waits longer is told for what."""
WRITER_SECONDS = 600.0
"""Nobody waits longer for another load."""
_POLL = 0.01
_LOOK = 1.0


class Lock:
    """A lock that this process holds on a file, until it lets go or ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # not bound to a thread: the thread that leaves may be another than the one that came
        self._lock = FileLock(path, thread_local=False)

    def take(self, seconds: float = 0) -> bool:
        """Take the lock if it is free within so many seconds, and return whether it is ours now. Raises StoreError."""
        try:
            self._lock.acquire(timeout=seconds, poll_interval=_POLL)
        except Timeout:
            return False
        except (OSError, NotImplementedError) as error:
            _refuse(self.path, error)
        return True

    def wait(self, seconds: float, notify: Callable[[str], None] = lambda _: None) -> None:
        """Take the lock as soon as it is free; tell who has to wait long.

        Raises StoreError when it is not free in time, and earlier where who holds it is suspended.
        """
        begun, patience, told = time.monotonic(), Patience(notify), False
        folder = str(self.path.parent)
        while not self.take(max(0.0, min(_LOOK, seconds + begun - time.monotonic()))):
            waited, holder = time.monotonic() - begun, holder_of(self.path)
            who = f" (process {holder})" if holder else ""
            if holder and patience.is_over(holder):
                raise StoreError(folder, no_answer(holder))
            if waited >= min(seconds, QUIET_SECONDS) and not (told or patience.told):
                notify(f"waiting for another process that is writing to {folder}{who}, at most {seconds:.0f} s")
                told = True
            if waited >= seconds:
                message = "another process has been writing, or starting or stopping the graph, for"
                raise StoreError(folder, f"{message} {seconds:.0f} s{who}; end it or try again")

    def release(self, *, remove: bool = False) -> None:
        """Release the lock, and remove its file if nobody else will ever want it."""
        self._lock.release()
        if remove:
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)


@contextlib.contextmanager
def hold_lock(path: Path, seconds: float, notify: Callable[[str], None] = lambda _: None) -> Iterator[None]:
    """Hold the lock of a file for the length of a block."""
    lock = Lock(path)
    lock.wait(seconds, notify)
    try:
        yield
    finally:
        lock.release()


def pause(tries: int) -> None:
    """Wait a little longer each time, and never in step with another writer."""
    time.sleep(min(0.02 * 2**tries, 1.0) * random.uniform(0.5, 1.0))  # noqa: S311  (no secret)


def _refuse(path: Path, error: BaseException) -> NoReturn:
    message = f"cannot be locked ({error}); it has to be a folder that you can write, on a disk that knows locks"
    raise StoreError(str(path.parent), message) from error
