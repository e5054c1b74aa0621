"""The only module that knows the driver: a Neo4j by its address, else the embedded graph.

A unit of work may be carried out more than once (a conflict, a lost connection, an owner of the
embedded graph that was killed), so it must read what it relies on within its own transaction.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
import time
import warnings
from typing import TYPE_CHECKING, Literal, TypeVar

from graph.engine.bookmarks import MEMBERS, KeptBookmarks
from graph.engine.data_folder import home_folder
from graph.engine.engine_users import READER, ROOT
from graph.engine.file_lock import WRITER_SECONDS, hold_lock, pause
from graph.engine.left_out import left_out
from graph.engine.plain_values import plain_value
from graph.engine.server_address import browser_page, check_address, check_version, unusable, without_user
from graph.engine.server_errors import causes, check_database, query_error, refusal, unreachable
from graph.engine.server_seconds import ACQUIRE, CATCH_UP, CONNECT, DEFAULTS, RETRY, not_ready, seconds
from graph.errors import EngineError, RankgraphError, StoreError, UnreachableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from graph.engine.embedded import Store

    _Severity = Literal["INFORMATION"] | None

with left_out():
    import neo4j
    from neo4j import exceptions

T = TypeVar("T")

_TRIES = 8
_REFUSALS = tuple(f"Neo.ClientError.{group}." for group in ("Statement", "Schema", "Security", "Procedure"))
_MEANWHILE = (exceptions.ConstraintError, exceptions.TransientError)
_CONNECTION_LOST = (exceptions.ServiceUnavailable, exceptions.SessionExpired)
_NO_CONNECTION = getattr(exceptions, "ConnectionAcquisitionTimeoutError", ())  # version 5 of the driver has none
_NO_MEMBER = (exceptions.ReadServiceUnavailable, exceptions.WriteServiceUnavailable)
_NOT_READY = (*_NO_MEMBER, exceptions.NotALeader, exceptions.DatabaseUnavailable)

logging.getLogger("neo4j").addHandler(logging.NullHandler())  # else its notes reach stderr


class Transaction:
    """A transaction under way; it is committed when the unit of work returns, and undone when that raises."""

    def __init__(
        self, inner: neo4j.ManagedTransaction, *, on_server: bool, rewrite: Callable[[str], str] = str
    ) -> None:
        self._inner, self._rewrite, self.on_server = inner, rewrite, on_server

    def run(self, query: str, parameters: Mapping[str, object] | None = None) -> list[dict[str, object]]:
        """Run one statement and return its rows as plain values."""
        result = self._inner.run(self._rewrite(query), dict(parameters or {}))
        names = result.keys()
        return [dict(zip(names, map(plain_value, record.values()), strict=True)) for record in result]


class Graph:
    """An open graph."""

    def __init__(self, place: _Server | _Embedded, notify: Callable[[str], None] = lambda _: None) -> None:
        self._place, self.notify = place, notify
        self.engine, self.on_server = place.engine, isinstance(place, _Server)
        """The engine and its version, and whether it is a Neo4j."""
        self.address = place.address
        """Where the graph is; never with a password."""
        self.wait = WRITER_SECONDS
        """For how many seconds a load waits while another is under way."""
        self.rewrite: Callable[[str], str] = str
        """What becomes of a question before it is sent: one on a graph of an older version is asked as that needs."""

    @property
    def bolt(self) -> str:
        """Where the graph answers now; never with a password."""
        return self._place.bolt

    @property
    def page(self) -> str | None:
        """Where a Neo4j Browser for this graph is; none where nobody serves one."""
        return self._place.page

    def read(self, query: str, parameters: Mapping[str, object]) -> list[dict[str, object]]:
        """Ask one question and return its rows as plain values. Raises EngineError or StoreError."""
        return self.reading(lambda transaction: transaction.run(query, parameters))

    def reading(self, work: Callable[[Transaction], T]) -> T:
        """Carry out a unit of work that may not write. Raises EngineError or StoreError."""
        return _repeated(
            self._place,
            lambda inner: work(Transaction(inner, on_server=self.on_server, rewrite=self.rewrite)),
            write=False,
        )

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Carry out a unit of work in one transaction, all of it or nothing. Raises EngineError or StoreError."""
        return _repeated(self._place, lambda inner: work(Transaction(inner, on_server=self.on_server)), write=True)

    def schema(self, statements: Sequence[str]) -> None:
        """Carry out schema statements, in one transaction of their own."""

        def work(transaction: Transaction) -> None:
            for statement in statements:
                transaction.run(statement)

        self.write(work)

    def fulltext(self, label: str, property_name: str) -> None:
        """Make the full-text index `Label[property]` unless it is there."""
        self._place.fulltext(self, label, property_name)

    def alone(self) -> AbstractContextManager[bool]:
        """Be the only one that loads, where the engine needs it and a lock can see to it; enter whether one does."""
        return self._place.writing(self.wait)

    def notes(self, query: str, parameters: Mapping[str, object]) -> list[str]:
        """Return what the engine warns of when it plans a question; the embedded engine never warns."""
        with self._place.session(write=False, severity="INFORMATION") as session:
            summary = session.execute_read(lambda inner: inner.run(f"EXPLAIN {query}", dict(parameters)).consume())
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # a preview in version 5 of the driver
                statuses = summary.gql_status_objects
        return [status.status_description for status in statuses if status.is_notification]


def _repeated(place: _Server | _Embedded, work: Callable[[neo4j.ManagedTransaction], T], *, write: bool) -> T:
    """Carry out a unit of work, as often as its place wants it repeated."""
    for tries in itertools.count(1):
        location = place.location()
        try:
            with place.session(write=write) as session:
                return (session.execute_write if write else session.execute_read)(work)
        except (exceptions.Neo4jError, exceptions.DriverError, OSError) as error:
            if not place.should_retry(error, tries, location):
                raise place.to_our_error(error) from error
    raise AssertionError  # unreachable: count() has no end


def _agent(transaction: neo4j.ManagedTransaction) -> str:
    """Return what a server calls itself."""
    return str(transaction.run("RETURN 1 AS one").consume().server.agent)


@contextlib.contextmanager
def open_graph(*, write: bool = False, notify: Callable[[str], None] = lambda _: None) -> Iterator[Graph]:
    """Open the graph that NEO4J_URI names, else the embedded one.

    Args:
        write: whether the caller means to write; a question need not.
        notify: told what the user may want to know, such as that an owner waits for its guests.

    Raises UnreachableError, PasswordError, DatabaseMissingError, VersionError or StoreError.
    """
    uri = os.environ.get("NEO4J_URI", "").strip()
    place = _Server(uri, notify, write=write) if uri else _Embedded(notify)
    try:
        yield Graph(place, notify)
    finally:
        place.close()


class _Server:
    """A Neo4j that somebody runs, on one machine or on several."""

    def __init__(self, uri: str, notify: Callable[[str], None], *, write: bool) -> None:
        place, user, password = without_user(uri)
        check_address(place)
        self.address = place.partition("?")[0]
        self.database = check_database(os.environ.get("NEO4J_DATABASE") or "neo4j")
        self._user = os.environ.get("NEO4J_USERNAME") or user or "neo4j"
        self._impersonated = os.environ.get("RANKGRAPH_IMPERSONATE") or None
        password = os.environ.get("NEO4J_PASSWORD") or password
        self._seconds = {name: seconds(name) for name in (CONNECT, ACQUIRE, RETRY)}
        self._bookmarks = KeptBookmarks(self.address, self.database, notify)
        self._met, self._failing_since = False, 0.0
        try:
            self._driver = neo4j.GraphDatabase.driver(
                place,
                auth=(self._user, password) if password else None,
                connection_timeout=self._seconds[CONNECT],
                max_transaction_retry_time=0,  # `should_retry` decides: the driver repeats too little, and too late
                notifications_min_severity="OFF",
            )
        except (exceptions.DriverError, ValueError) as error:
            raise unusable(self.address) from error
        try:
            self.engine = f"neo4j {check_version(self._meet(write=write), self.address)}"
        except BaseException:
            self._driver.close()
            raise

    @property
    def bolt(self) -> str:
        return self.address

    @property
    def page(self) -> str:
        return browser_page(self.address)

    def session(self, *, write: bool, severity: _Severity = None) -> neo4j.Session:  # noqa: ARG002  (one user does both)
        """Open a session that waits for what was written before; until somebody has answered, it soon gives up."""
        return self._driver.session(
            database=self.database,
            bookmark_manager=self._bookmarks if self._met else self._bookmarks.newest,
            impersonated_user=self._impersonated,
            notifications_min_severity=severity,
            connection_acquisition_timeout=self._seconds[ACQUIRE] if self._met else self._seconds[CONNECT] + 1,
        )

    def _meet(self, *, write: bool) -> str:
        """Reach the server and its database once, and return what it calls itself."""
        try:
            agent = _repeated(self, _agent, write=False)
            self._forget_lost()
            self._met = True
            return _repeated(self, _agent, write=True) if write else agent
        except ValueError as error:
            raise self.to_our_error(error) from error

    def _forget_lost(self) -> None:
        """Forget what earlier commands kept where the member that writes has less: it was restored since."""
        kept, end = self._bookmarks, time.monotonic() + CATCH_UP
        with contextlib.suppress(exceptions.Neo4jError, exceptions.DriverError), self.session(write=True) as session:
            while kept.are_unknown() and time.monotonic() < end:
                pause(2)
                session.execute_write(_agent)
            members = session.run(MEMBERS, name=self.database.casefold()).values() if kept.are_unknown() else []
            if len(members) == 1 or (members and self.address.startswith("neo4j")):  # else it may be a follower
                kept.forget()

    def location(self) -> object:
        """Return where the next attempt goes; a server stays where it is."""
        return self.address

    def should_retry(self, error: Exception, tries: int, location: object) -> bool:  # noqa: ARG002  (a server stays)
        """Return whether to try once more, for as long after the first failure as the settings allow."""
        self._failing_since = time.monotonic() if tries == 1 else self._failing_since
        code = getattr(error, "code", None) or ""
        if not (self._met or _answer(error)):
            return False
        if self._is_unknown_bookmark(code) and self._bookmarks.forget():
            return True
        if isinstance(error, exceptions.ConstraintError) or code.endswith("AlreadyExists"):  # made meanwhile
            again = tries < _TRIES
        else:
            retryable = isinstance(error, _NO_CONNECTION) or getattr(error, "is_retryable", bool)()
            again = retryable and time.monotonic() - self._failing_since < self._seconds[RETRY]
        if again:
            pause(tries)
        return again

    def _is_unknown_bookmark(self, code: str) -> bool:
        """Return whether the database can never reach a bookmark of an earlier command, as after it was restored."""
        if not self._bookmarks.inherited or not code.endswith("BookmarkTimeout"):
            return "InvalidBookmark" in code
        try:  # a follower may only be late; the leader has all there is
            with self.session(write=True) as session:
                session.execute_write(_agent)
        except (exceptions.Neo4jError, exceptions.DriverError) as error:
            return getattr(error, "code", None) == code
        return False

    def to_our_error(self, error: Exception) -> EngineError:
        """Turn what the driver raised into our own error."""
        error = _answer(error) or error
        code = getattr(error, "code", None) or ""
        if isinstance(error, _NOT_READY) or code.endswith("BookmarkTimeout"):
            return not_ready(self.address, self._seconds[RETRY], getattr(error, "message", None) or str(error))
        if isinstance(error, exceptions.Neo4jError):
            user, reason = self._impersonated or self._user, error.message or ""
            return refusal(code, reason, address=self.address, user=user, database=self.database)
        if isinstance(error, exceptions.IncompleteCommit):
            message = f"the connection to {self.address} was lost during a commit; run the same again, that is safe"
            return UnreachableError(message, address=self.address)
        return unreachable(error, self.address, first=not self._met)

    def fulltext(self, graph: Graph, label: str, name: str) -> None:
        """Make a full-text index, and wait until it can be asked, on the member that has made it."""
        graph.schema([f"CREATE FULLTEXT INDEX `{label}[{name}]` IF NOT EXISTS FOR (n:{label}) ON EACH [n.{name}]"])
        graph.schema(["CALL db.awaitIndexes(60)"])

    def writing(self, seconds: float) -> AbstractContextManager[bool]:  # noqa: ARG002  (no lock of ours keeps others out)
        return contextlib.nullcontext(enter_result=False)

    def close(self) -> None:
        self._driver.close()


class _Embedded:
    """The graph in a folder of this machine, in this process or in the one that came first."""

    database = "neo4j"

    def __init__(self, notify: Callable[[str], None]) -> None:
        from graph.engine import embedded  # not where a server is named

        self._embedded, self._notify = embedded, notify
        self._store: Store = embedded.enter(home_folder(), notify)
        self._drivers: dict[tuple[int, str], neo4j.Driver] = {}

    @property
    def address(self) -> str:
        return str(self._store.home.folder)

    @property
    def bolt(self) -> str:
        return self._store.address.uri

    @property
    def page(self) -> str | None:
        return self._store.address.page

    @contextlib.contextmanager
    def writing(self, seconds: float) -> Iterator[bool]:
        with hold_lock(self._store.home.folder / "writer.lock", seconds, self._notify):
            self._store.mend_schema()
            yield True

    @property
    def engine(self) -> str:
        return self._store.address.engine

    @contextlib.contextmanager
    def session(self, *, write: bool, severity: _Severity = None) -> Iterator[neo4j.Session]:
        """Open a session of the user who may do just this: questions never run as one who may write."""
        driver = self._driver(write=write)
        with self._store.work(), driver.session(database=self.database, notifications_min_severity=severity) as session:
            yield session

    def _driver(self, *, write: bool) -> neo4j.Driver:
        if write:
            self._store.check_writing()
        port, login = self._store.address.bolt, self._store.address.login(ROOT if write else READER)
        if (port, login[0]) not in self._drivers:
            self._drivers[port, login[0]] = neo4j.GraphDatabase.driver(
                self.bolt,
                auth=login,
                connection_timeout=DEFAULTS[CONNECT],
                max_transaction_retry_time=0,  # `should_retry` decides: the graph may have moved
            )
        return self._drivers[port, login[0]]

    def location(self) -> object:
        """Return where the next attempt goes."""
        return self._store.address

    def should_retry(self, error: Exception, tries: int, location: object) -> bool:
        """Return whether to try once more, after a pause or at the graph's new place."""
        code = getattr(error, "code", None) or ""
        if self._store.recovered(code, tries, location):
            return True
        is_lost = isinstance(error, (*_CONNECTION_LOST, OSError))
        if tries >= _TRIES or not (is_lost or code == self._embedded.REMOVED or isinstance(error, _MEANWHILE)):
            return False
        if is_lost:
            self._store.rejoin(location)
        pause(tries)
        return True

    def to_our_error(self, error: Exception) -> RankgraphError:
        """Turn what the driver raised into our own error; the engine's own log says more."""
        folder = self._store.home.folder
        code = getattr(error, "code", None) or ""
        if code == self._embedded.LOCKED_OUT:
            message = "the engine refuses its passwords; put the file back as it was, or wait half a minute where "
            return StoreError(str(self._store.home.password_file), f"{message}somebody has tried wrong ones")
        if isinstance(error, exceptions.Neo4jError) and code.startswith(_REFUSALS):
            return query_error(code, error.message or "", self.address)
        if full := self._store.home.cannot_grow():
            left = "the document or the rows under way were undone, what was written before stands"
            return StoreError(str(folder), f"cannot be written ({full}); {left}; make room and run the same again")
        return StoreError(str(folder), f"the embedded engine failed ({error}); its log is in {self._store.home.log}")

    def fulltext(self, graph: Graph, label: str, name: str) -> None:
        """Make a full-text index; only the engine's SQL knows how."""
        del graph
        self._store.sql(f"CREATE VERTEX TYPE {label} IF NOT EXISTS")
        self._store.sql(f"CREATE PROPERTY {label}.{name} IF NOT EXISTS STRING")
        self._store.sql(f"CREATE INDEX IF NOT EXISTS ON {label} ({name}) FULL_TEXT")

    def close(self) -> None:
        for driver in self._drivers.values():
            driver.close()
        self._embedded.depart(self._store)


def _answer(error: BaseException | None) -> Exception | None:
    """Return what a server answered, which the driver may hide among the causes of its own error; none for silence."""
    found = list(causes(error))
    answered = (one for one in found if isinstance(one, exceptions.Neo4jError))
    return next(answered, None) or next((one for one in reversed(found) if isinstance(one, _NO_MEMBER)), None)
