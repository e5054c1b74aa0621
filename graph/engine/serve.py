"""Keep the embedded graph open for others until this process is told to stop."""

from __future__ import annotations

import contextlib
import signal
import threading
from typing import TYPE_CHECKING

from graph.engine.data_folder import DataFolder
from graph.engine.embedded import depart, enter, served
from graph.engine.engine_users import READER, ROOT
from graph.engine.file_lock import Lock, hold_lock
from graph.engine.serve_settings import ANALYST
from graph.errors import ServeError, StoreError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from types import FrameType

    from graph.engine.data_folder import Address, Passwords
    from graph.engine.serve_settings import ServeSettings


PASSWORD = "RANKGRAPH_SERVE_PASSWORD"  # noqa: S105  (the name of a setting)

_SHORTEST, _LONGEST = 8, 256
_LOOK = 0.2
_DOOR_SECONDS = 60.0


class Stop:
    """What the signals of this process ask for: to stop, and the second time at once."""

    def __init__(self) -> None:
        self._signalled = threading.Event()
        self._ready = False
        self._hasten: Callable[[], None] = lambda: None

    @contextlib.contextmanager
    def listening(self) -> Iterator[None]:
        """Listen for the length of a block: to SIGINT, SIGTERM, Ctrl-Break on Windows, and a terminal that closes."""
        names = [name for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name)]
        if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:  # nohup ignores it
            names.append("SIGHUP")
        before = {name: signal.signal(getattr(signal, name), self._on_signal) for name in names}
        try:
            yield
        finally:
            for name, handler in before.items():
                signal.signal(getattr(signal, name), handler)

    def ready(self, hasten: Callable[[], None]) -> None:
        """From now on a signal is a wish to stop, no interruption; a second one calls what is given."""
        self._hasten = hasten
        self._ready = True

    def wait(self) -> None:
        """Wait for the first signal."""
        while not self._signalled.wait(_LOOK):  # without an end Windows would not hear Ctrl-C
            pass

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        if not self._ready:
            raise KeyboardInterrupt
        if self._signalled.is_set():
            self._hasten()
        self._signalled.set()


@contextlib.contextmanager
def open_for_others(
    folder: Path, settings: ServeSettings, notify: Callable[[str], None]
) -> Iterator[tuple[Address, Passwords, Callable[[], None]]]:
    """Serve a folder's graph for the length of a block, and then until the last guest has left.

    Yields where it is served, the passwords, and what makes the end not wait for guests. Raises StoreError or
    ServeError.
    """
    store = enter(folder, notify, settings)
    try:
        yield store.address, store.passwords, store.hurry.set
    finally:
        depart(store)


def check_folder(folder: Path) -> None:
    """Raise StoreError where another process serves the folder, or others could read its passwords."""
    home = DataFolder(folder)
    if not folder.exists():
        return
    home.check_private()
    home.prepare()
    lock = Lock(home.owner_lock)
    with hold_lock(home.door_lock, _DOOR_SECONDS):  # else who comes just now would take this for an owner
        free = lock.take()
        lock.release()
        other = home.owner()
    if not free and other and other.serving:
        raise StoreError(str(folder), f"{served(other)}; use that, or stop it (Ctrl-C there, or end that process)")


def password_of(environment: Mapping[str, str], settings: ServeSettings) -> str | None:
    """Return the password that the user set, if any. Raises UsageError for one that will not do, or is missing."""
    password = environment.get(PASSWORD)
    if password is None and not settings.alone:
        raise UsageError(
            f"others reach {settings.host} too; set {PASSWORD} (at least {_SHORTEST} characters) for the user "
            f"{ANALYST}, or leave --host out to serve this machine alone"
        )
    if password is not None and not _SHORTEST <= len(password) <= _LONGEST:
        raise UsageError(f"{PASSWORD} has {len(password)} characters; expected {_SHORTEST} to {_LONGEST}")
    return password


def users(settings: ServeSettings) -> tuple[str, ...]:
    """Return who may be told of, the one to begin with first."""
    own = (ANALYST,) if settings.password else ()
    return (*own, READER) if settings.read_only else (*own, READER, ROOT)


def check_environment(environment: Mapping[str, str]) -> None:
    """Raise ServeError where a Neo4j is named, which serves itself."""
    if environment.get("NEO4J_URI", "").strip():
        raise ServeError("NEO4J_URI names a Neo4j, which serves itself; unset it to serve the embedded graph")
