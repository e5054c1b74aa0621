"""The embedded graph: one process owns its folder and runs the engine, the others are its guests.

    door.lock      held for a moment by whoever comes or goes
    owner.lock     held by the owner as long as it serves
    guests/*.lock  one held by each guest
    address.json   where the owner serves

The operating system lets go of a killed process's locks, so a lock that nobody holds means nothing.
An owner serves until its last guest has left. A guest whose owner was killed takes over (`rejoin`).
"""

from __future__ import annotations

import json
import os
import threading
import time
import uuid
from typing import TYPE_CHECKING, Any

from graph.errors import StoreError
from graph.home import Address, Home, Passwords
from graph.lock import Lock, held

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["DATABASE", "READER", "ROOT", "Store", "depart", "enter"]

DATABASE = "neo4j"
ROOT = "root"
READER = "reader"

_DOOR_SECONDS = 60.0
_LOOK_FOR_GUESTS = 0.05
_PORT_TRIES = 3
_KEPT_EVENT_LOGS = 3
_GROUPS = {
    "admin": {
        "resultSetLimit": -1,
        "readTimeout": -1,
        "access": ["updateSecurity", "updateSchema", "updateDatabaseSettings"],
        "types": {"*": {"access": ["createRecord", "readRecord", "updateRecord", "deleteRecord"]}},
    },
    "readonly": {
        "resultSetLimit": -1,
        "readTimeout": -1,
        "access": [],
        "types": {"*": {"access": ["readRecord"]}},
    },
}


class Store:
    """This process's place at one folder: its owner or a guest."""

    def __init__(self, folder: Path, notify: Callable[[str], None]) -> None:
        self.home = Home(folder)
        self.uses = 1
        self._notify = notify
        self._changing = threading.RLock()
        self._ownership = Lock(self.home.owner_lock)
        self._guest: Lock | None = None
        self._server: Any = None
        self.home.prepare()
        with self._door():
            self._address = self._take_place()
        self.passwords: Passwords = self.home.passwords()

    @property
    def address(self) -> Address:
        """Where the graph is served now."""
        return self._address

    @property
    def owner(self) -> bool:
        """Say whether this process runs the engine."""
        return self._server is not None

    def rejoin(self, failed: object) -> None:
        """Find the graph again after the address given stopped answering: at its new owner, or in this process.

        Raises StoreError if the engine that does not answer is in this process.
        """
        with self._changing:
            if self._address != failed:
                return
            if self.owner:
                message = f"the engine in this process no longer answers; its log is in {self.home.log}"
                raise StoreError(str(self.home.folder), message)
            with self._door():
                self._leave_as_guest()
                self._address = self._take_place()

    def leave(self) -> None:
        """Give up the place: at once as a guest, after the last guest has left as the owner."""
        with self._changing:
            if not self.owner:
                self._leave_as_guest()
                return
            try:
                self._see_guests_off()
            finally:
                self._stop()

    def sql(self, command: str) -> None:
        """Carry out one SQL statement of the engine, for what its Cypher does not know."""
        _post(self._address, self.passwords, f"command/{DATABASE}", {"language": "sql", "command": command})

    def _door(self) -> Any:
        return held(self.home.door_lock, _DOOR_SECONDS)

    def _take_place(self) -> Address:
        if not self._ownership.take():
            address = self.home.address()
            self._guest = Lock(self.home.guests / f"{os.getpid()}-{uuid.uuid4().hex[:8]}.lock")
            self._guest.take()
            return address
        try:
            self._server, address = _start(self.home)
            self.home.publish(address)
        except BaseException:
            self._stop()
            raise
        return address

    def _leave_as_guest(self) -> None:
        if self._guest is not None:
            self._guest.release(remove=True)
            self._guest = None

    def _see_guests_off(self) -> None:
        """Wait for the guests, then close the door for good: whoever comes next is the owner."""
        told = False
        while True:
            with self._door():
                guests = self._guests()
                if not guests:
                    self._stop()
                    return
            if not told:
                self._notify(f"serving {guests} other process(es) on {self.home.folder} until they are done")
                told = True
            time.sleep(_LOOK_FOR_GUESTS)

    def _guests(self) -> int:
        found = 0
        for path in self.home.guests.glob("*.lock"):
            lock = Lock(path)
            if lock.take():
                lock.release(remove=True)
            else:
                found += 1
        return found

    def _stop(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            self.home.withdraw()
            server.stop()
        self._ownership.release()


_stores: dict[tuple[int, str], Store] = {}
_entering = threading.Lock()


def enter(folder: Path, notify: Callable[[str], None]) -> Store:
    """Take a place at a folder; within one process all callers share one. Each call needs one `depart`."""
    with _entering:
        place = (os.getpid(), str(folder))
        if place in _stores:
            _stores[place].uses += 1
        else:
            _stores[place] = Store(folder, notify)
        return _stores[place]


def depart(store: Store) -> None:
    """Give up one use of a place, and the place with its last use."""
    with _entering:
        store.uses -= 1
        if store.uses:
            return
        _stores.pop((os.getpid(), str(store.home.folder)), None)
    store.leave()


def _start(home: Home) -> tuple[Any, Address]:
    """Start the engine on a folder; a first start that was cut short is begun again."""
    first = not home.finished
    if first:
        home.begin()
    passwords = home.passwords()
    try:
        if first:
            _allow_reading_only(home)
        _forget_old_events(home)
        server, address = _serve(home, passwords)
    except OSError as error:
        raise StoreError(str(home.folder), f"cannot be written ({error})") from error
    if first:
        _fill_first_time(home, server, address, passwords)
    return server, address


def _allow_reading_only(home: Home) -> None:
    """Write the groups file, which the engine reads only when it starts."""
    file = home.engine / "config" / "server-groups.json"
    file.parent.mkdir(parents=True)
    groups = {"databases": {"*": {"groups": _GROUPS}}, "version": 1}
    file.write_text(json.dumps(groups), encoding="utf-8")


def _forget_old_events(home: Home) -> None:
    """Remove the engine's event files of long ago: it writes one at each start and removes none."""
    files = sorted((home.engine / "log").glob("server-event-log-*.jsonl"))
    for file in files[:-_KEPT_EVENT_LOGS]:
        file.unlink(missing_ok=True)


def _serve(home: Home, passwords: Passwords) -> tuple[Any, Address]:
    os.environ.setdefault("ARCADEDB_LOG_CONSOLE", "0")
    os.environ.setdefault("ARCADEDB_LOG_DIR", str(home.log))
    import arcadedb  # noqa: PLC0415  (a guest never needs it)

    for attempt in range(1, _PORT_TRIES + 1):
        bolt, http = _free_ports()
        server = arcadedb.create_server(
            str(home.engine),
            root_password=passwords.root,
            config={
                "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
                "bolt_port": bolt,
                "http_port": http,
                "host": "127.0.0.1",
                "mode": "production",  # a commit has reached the disk when it returns
            },
        )
        try:
            server.start()
        except arcadedb.ArcadeDBError as error:
            # the port may have been taken in between
            if attempt == _PORT_TRIES:
                raise _failure(home, "does not start", error) from error
        else:
            break
    return server, Address(bolt, http, os.getpid(), f"embedded ArcadeDB {arcadedb.ENGINE_VERSION}")


def _fill_first_time(home: Home, server: Any, address: Address, passwords: Passwords) -> None:
    try:
        server.create_database(DATABASE)
        user = {"name": READER, "password": passwords.reader, "databases": {DATABASE: ["readonly"]}}
        _post(address, passwords, "server", {"command": f"create user {json.dumps(user)}"})
        home.finish()
    except Exception as error:
        server.stop()
        if isinstance(error, StoreError):
            raise
        raise _failure(home, "could not make its database", error) from error


def _failure(home: Home, what: str, error: Exception) -> StoreError:
    """Say why the engine failed: no room if there is none, else its own words."""
    full = home.cannot_grow()
    said = f"cannot be written ({full}); make room and try again" if full else f"the embedded engine {what} ({error})"
    return StoreError(str(home.folder), f"{said}; its log is in {home.log}")


def _free_ports() -> tuple[int, int]:
    import socket  # noqa: PLC0415  (the owner's only)

    with socket.socket() as first, socket.socket() as second:
        first.bind(("127.0.0.1", 0))
        second.bind(("127.0.0.1", 0))
        return first.getsockname()[1], second.getsockname()[1]


def _post(address: Address, passwords: Passwords, path: str, body: dict[str, str]) -> None:
    """Ask the engine over HTTP for what Bolt does not offer."""
    import base64  # noqa: PLC0415  (no question needs it)
    import http.client  # noqa: PLC0415

    secret = base64.b64encode(f"{ROOT}:{passwords.root}".encode()).decode()
    headers = {"Content-Type": "application/json", "Authorization": f"Basic {secret}"}
    connection = http.client.HTTPConnection("127.0.0.1", address.http, timeout=60)
    try:
        connection.request("POST", f"/api/v1/{path}", json.dumps(body), headers)
        answer = connection.getresponse()
        said = answer.read().decode(errors="replace")
    finally:
        connection.close()
    if answer.status != http.client.OK:
        raise RuntimeError(f"the embedded engine refused {path}: {answer.status} {said[:200]}")
