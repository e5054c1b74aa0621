"""Locks on files: who holds one is known to every process, and a killed process holds none."""

from __future__ import annotations

import contextlib
import random
import time
from typing import TYPE_CHECKING, NoReturn

from filelock import FileLock, Timeout

from graph.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Lock", "held", "pause"]

_POLL = 0.01


class Lock:
    """A lock that this process holds on a file, until it lets go or ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # not bound to a thread: the thread that leaves may be another than the one that came
        self._lock = FileLock(path, thread_local=False)

    def take(self) -> bool:
        """Take the lock if nobody holds it, and say whether it is ours now. Raises StoreError."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        except (OSError, NotImplementedError) as error:
            _refuse(self.path, error)
        return True

    def wait(self, seconds: float) -> None:
        """Take the lock as soon as it is free. Raises StoreError when it is not free in time."""
        try:
            self._lock.acquire(timeout=seconds, poll_interval=_POLL)
        except Timeout:
            message = (
                f"another process has been writing, or starting or stopping the graph, for {seconds:.0f} s; "
                "end it or try again"
            )
            raise StoreError(str(self.path.parent), message) from None
        except (OSError, NotImplementedError) as error:
            _refuse(self.path, error)

    def release(self, *, remove: bool = False) -> None:
        """Let go of the lock, and remove its file if nobody else will ever want it."""
        self._lock.release()
        if remove:
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)


@contextlib.contextmanager
def held(path: Path, seconds: float) -> Iterator[None]:
    """Hold the lock of a file for the length of a block."""
    lock = Lock(path)
    lock.wait(seconds)
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
