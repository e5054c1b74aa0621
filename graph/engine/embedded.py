"""The embedded graph: one process owns its folder and runs the engine, the others are its guests.

    door.lock      held for a moment by whoever comes or goes
    owner.lock     held by the owner as long as it serves
    guests/*.lock  one held by each guest
    address.json   where the owner serves

The operating system lets go of a killed process's locks, so a lock that nobody holds means nothing.
An owner serves until its last guest has left. A guest whose owner was killed takes over (`rejoin`).
An owner that came to serve (it has `ServeSettings`) is never a guest: it waits until the folder is free, and stays.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import threading
import time
import uuid
from typing import TYPE_CHECKING, Any

from graph.engine.data_folder import DATABASE, Address, DataFolder, Passwords, allow_open_files, room
from graph.engine.engine_http import post
from graph.engine.engine_users import write_groups, write_users
from graph.engine.file_lock import Lock, hold_lock
from graph.engine.kept_files import KeptFiles
from graph.engine.left_out import left_out
from graph.engine.processes import STOPPED_SECONDS, Patience, no_answer
from graph.engine.serve_settings import LOCALHOST, ServeSettings, bolt_port, free_port, reached_at
from graph.errors import TOO_LITTLE_MEMORY, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


LOCKED_OUT = "Neo.ClientError.Security.Unauthorized"
"""What the engine says to a wrong password, and for half a minute to all after five of them."""
REMOVED = "Neo.ClientError.Statement.EntityNotFound"
"""What it says to who reads what another process takes away meanwhile: the same question then has an answer."""

_DOOR_SECONDS = 60.0
_LOOK_FOR_GUESTS = 0.05
_LOOK_FOR_OWNER = 0.1
_PORT_TRIES = 3
_KEPT_EVENT_LOGS = 3
_PATIENT_TRIES = 40
_STOP_IT = "stop it (Ctrl-C there, or end that process) and run this again"


class Store:
    """This process's place at one folder: its owner or a guest; with settings, its owner."""

    def __init__(self, folder: Path, notify: Callable[[str], None], settings: ServeSettings | None = None) -> None:
        self.home = DataFolder(folder)
        self.uses = 1
        self.hurry = threading.Event()
        self._notify = notify
        self._changing = threading.RLock()
        self._ownership = Lock(self.home.owner_lock)
        self._files = KeptFiles(self.home)
        self._guest: Lock | None = None
        self._at_work = 0
        self._server: Any = None
        if self.home.owner() is None:  # so that a refusal leaves nothing behind
            allow_open_files(folder)
        self.home.prepare()
        if settings is None:
            with self._door():
                self.address = self._take_place()
        else:
            self.address = self._own(settings)
        self.passwords: Passwords = self.home.passwords()

    @property
    def owner(self) -> bool:
        """Whether this process runs the engine."""
        return self._server is not None

    def gone(self, location: object) -> bool:
        """Return whether the owner that served there has stopped or is stopping; what it answers then means nothing."""
        return not self.owner and self.home.owner() != location

    def recovered(self, code: str, tries: int, location: object) -> bool:
        """Return whether to ask again: the owner was stopping, or wrong passwords had locked a user out for a while."""
        if tries >= _PATIENT_TRIES:
            return False
        if self.gone(location):
            self.rejoin(location)
            return True
        if code != LOCKED_OUT or not self.address.serving:
            return False
        time.sleep(1)
        return True

    def rejoin(self, failed: object) -> None:
        """Find the graph again after the address given stopped answering: at its new owner, or in this process.

        Raises StoreError if the engine that does not answer is in this process.
        """
        with self._changing:
            if self.address != failed:
                return
            if self.owner:
                message = f"the engine in this process no longer answers; its log is in {self.home.log}"
                raise StoreError(str(self.home.folder), message)
            with self._door():
                self._leave_as_guest()
                self.address = self._take_place()

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

    @contextlib.contextmanager
    def work(self) -> Iterator[None]:
        """Mark, for the length of a block, that an answer of the engine is waited for."""
        self._at_work += 1
        try:
            yield
        finally:
            self._at_work -= 1

    def _watch(self, place: Lock, owner: int) -> None:
        """End this process where it waits for an owner that is suspended: the driver would wait without end."""
        patience = Patience(self._notify)
        while self._guest is place:
            if patience.is_over(owner if self._at_work else None):
                self._notify(f"gave up after {STOPPED_SECONDS:.0f} s; run the same again when that process goes on")
                os._exit(1)  # nothing else ends a thread that reads from a socket; locks go with the process
            time.sleep(_LOOK_FOR_OWNER)

    def check_writing(self) -> None:
        """Raise StoreError where the graph is served for reading only."""
        if self.address.read_only:
            raise StoreError(str(self.home.folder), f"{served(self.address)}, so nothing can be written; {_STOP_IT}")

    def sql(self, command: str) -> list[dict[str, Any]]:
        """Carry out one SQL statement of the engine, for what its Cypher does not know, and return its rows.

        Where the owner goes away meanwhile it is carried out again, so twice must be as good as once. Raises StoreError
        where the engine in this process does not answer.
        """
        self.check_writing()
        while True:
            address = self.address
            try:
                with self.work():
                    rows: list[dict[str, Any]] = post(address, {"language": "sql", "command": command})["result"]
            except OSError:
                self.rejoin(address)
                if self.address == address:  # one that lives and does not answer
                    raise
            else:
                return rows

    def mend_schema(self) -> None:
        """Drop the types without a bucket, which a change that broke off leaves, and triggers; for who writes alone.

        Such types hold no record and nothing can be written to them; the next to need them makes them anew. Triggers
        are none of ours: whoever may write can leave one over HTTP, and it would act on what we write.
        """
        for row in self.sql("SELECT name FROM schema:triggers"):
            self.sql("DROP TRIGGER `{}`".format(str(row["name"]).replace("`", "\\`")))
        for row in self.sql("SELECT name, buckets FROM schema:types"):
            if not row["buckets"]:
                self.sql(f"DROP TYPE `{row['name']}` IF EXISTS")

    def _door(self) -> Any:
        return hold_lock(self.home.door_lock, _DOOR_SECONDS, self._notify)

    def _take_place(self) -> Address:
        if not self._ownership.take():
            address = self.home.address()
            self._guest = Lock(self.home.guests / f"{os.getpid()}-{uuid.uuid4().hex[:8]}.lock")
            self._guest.take()
            threading.Thread(target=self._watch, args=(self._guest, address.owner), daemon=True).start()
            return address
        return self._open(None)

    def _open(self, settings: ServeSettings | None) -> Address:
        try:
            self._server, address = _start(self.home, settings, self._notify, self._files)
            self.home.publish(address)
        except BaseException:
            self._stop()
            raise
        return address

    def _own(self, settings: ServeSettings) -> Address:
        """Become the owner, as soon as whoever is has gone. Raises StoreError for one that serves, or stays."""
        waited_from, patience = time.monotonic(), Patience(self._notify)
        notified = False
        while True:
            with self._door():
                if self._ownership.take():
                    return self._open(settings)
                other = self.home.owner()
            who = f"process {other.owner}" if other else "another process"
            if other and other.serving:
                raise StoreError(str(self.home.folder), f"{served(other)}; use that, or {_STOP_IT}")
            if other and patience.is_over(other.owner):
                raise StoreError(str(self.home.folder), no_answer(other.owner))
            if time.monotonic() - waited_from > settings.wait:
                message = f"{who} has had the graph open for more than {settings.wait:.0f} s; end it or try again"
                raise StoreError(str(self.home.folder), message)
            if not notified:
                self._notify(f"{who} has {self.home.folder} open: waiting until it is done")
                notified = True
            time.sleep(_LOOK_FOR_OWNER)

    def _leave_as_guest(self) -> None:
        if self._guest is not None:
            self._guest.release(remove=True)
            self._guest = None

    def _see_guests_off(self) -> None:
        """Wait for the guests, then close the door for good: whoever comes next is the owner."""
        notified = False
        while True:
            with self._door():
                guests = self._guests()
                if not guests or self.hurry.is_set():
                    self._stop()
                    return
            if not notified:
                self._notify(f"serving {guests} other process(es) on {self.home.folder} until they are done")
                notified = True
            time.sleep(_LOOK_FOR_GUESTS)

    def _guests(self) -> int:
        count = 0
        for path in self.home.guests.glob("*.lock"):
            lock = Lock(path)
            if lock.take():
                lock.release(remove=True)
            else:
                count += 1
        return count

    def _stop(self) -> None:
        server, self._server = self._server, None
        try:
            if server is not None:
                self.home.withdraw()
                server.stop()
                write_users(self.home, self.home.passwords())
                self._files.keep()
        finally:
            self._ownership.release()


_stores: dict[tuple[int, str], Store] = {}
_entering = threading.Lock()


def served(address: Address) -> str:
    """Return, for a message, where a graph is served and by which process."""
    how = "served read-only" if address.read_only else "served"
    return f"is {how} at {address.uri} by process {address.owner} (`rankgraph serve`)"


def enter(folder: Path, notify: Callable[[str], None], settings: ServeSettings | None = None) -> Store:
    """Take a place at a folder; within one process all callers share one. Each call needs one `depart`.

    With settings the place is that of an owner who serves. Raises StoreError.
    """
    with _entering:
        place = (os.getpid(), str(folder))
        if place in _stores:
            _stores[place].uses += 1
        else:
            _stores[place] = Store(folder, notify, settings)
        return _stores[place]


def depart(store: Store) -> None:
    """Give up one use of a place, and the place with its last use."""
    with _entering:
        store.uses -= 1
        if store.uses:
            return
        _stores.pop((os.getpid(), str(store.home.folder)), None)
    store.leave()


def _start(
    home: DataFolder, settings: ServeSettings | None, notify: Callable[[str], None], files: KeptFiles
) -> tuple[Any, Address]:
    """Start the engine on a folder; a first start that was cut short is begun again, and what is there is kept."""
    allow_open_files(home.folder)  # a guest that takes over has not been asked yet
    database = home.engine / "databases" / DATABASE
    if home.finished and not database.is_dir():
        message = f"holds no database any more ({database} is gone); put a copy of the folder back, or remove the "
        raise StoreError(str(home.folder), f"{message}folder and load again")
    try:
        aside = None if home.finished else home.begin()
        passwords = home.passwords()
        files.check(notify)
        write_groups(home, read_only=bool(settings and settings.read_only))
        key = secrets.token_urlsafe(24)
        write_users(home, passwords, key=key, analyst=settings.password if settings else None)
        _forget_old_events(home)
        server, address = _serve(home, passwords, settings, key)
    except OSError as error:
        raise StoreError(str(home.folder), f"cannot be written ({error}){room(error)}") from error
    if aside:
        notify(f"a first start was cut short before it held anything; it was set aside in {aside}: you can remove that")
    if not home.finished:
        _complete(home, server)
    return server, address


def _forget_old_events(home: DataFolder) -> None:
    """Remove the engine's event files of long ago: it writes one at each start and removes none."""
    files = sorted((home.engine / "log").glob("server-event-log-*.jsonl"))
    for file in files[:-_KEPT_EVENT_LOGS]:
        file.unlink(missing_ok=True)


def _serve(home: DataFolder, passwords: Passwords, settings: ServeSettings | None, key: str) -> tuple[Any, Address]:
    os.environ.setdefault("ARCADEDB_LOG_CONSOLE", "0")
    os.environ.setdefault("ARCADEDB_LOG_DIR", str(home.log))
    with left_out():
        import arcadedb  # a guest never needs it

    for attempt in range(1, _PORT_TRIES + 1):
        config = _engine_settings(settings)
        with left_out():
            server = arcadedb.create_server(str(home.engine), root_password=passwords.root, config=config)
        try:
            server.start()
        except arcadedb.ArcadeDBError as error:
            # the port may have been taken in between
            if attempt == _PORT_TRIES:
                raise _failure(home, "does not start", error) from error
        else:
            break
    kind = f"embedded ArcadeDB {arcadedb.ENGINE_VERSION}"
    where = {"bolt": config["bolt_port"], "http": config["http_port"], "owner": os.getpid(), "engine": kind, "key": key}
    if settings is None:
        return server, Address(**where)
    host = reached_at(settings.host)
    return server, Address(**where, page=settings.page, host=host, serving=True, read_only=settings.read_only)


def _engine_settings(settings: ServeSettings | None) -> dict[str, Any]:
    """Return what the engine is started with; its HTTP port is for this machine alone, whoever is served."""
    bolt = bolt_port(settings) if settings else free_port()
    http = free_port()
    while http == bolt:
        http = free_port()
    return {
        "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "host": LOCALHOST,
        "mode": "production",  # a commit has reached the disk when it returns
        **({"bolt_host": settings.host} if settings else {}),
        "bolt_port": bolt,
        "http_port": http,
    }


def _complete(home: DataFolder, server: Any) -> None:
    """Make what a first start makes, as far as it is missing."""
    try:
        if not (home.engine / "databases" / DATABASE).is_dir():
            server.create_database(DATABASE)
        home.finish()
    except Exception as error:
        server.stop()
        if isinstance(error, StoreError):
            raise
        raise _failure(home, "could not make its database", error) from error


def _failure(home: DataFolder, what: str, error: Exception) -> StoreError:
    """Return the error of an engine that failed: no memory or no room if there is none, else its own words."""
    if "create_isolate" in str(error):  # it asks for far more addresses at once than it takes memory
        return StoreError(str(home.folder), f"cannot be opened: {TOO_LITTLE_MEMORY}")
    full = home.cannot_grow()
    reason = f"cannot be written ({full}); make room and try again" if full else f"the embedded engine {what} ({error})"
    return StoreError(str(home.folder), f"{reason}; its log is in {home.log}")
