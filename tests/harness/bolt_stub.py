"""A stand-in for a cluster of Neo4j that speaks Bolt 5.4 by the driver's own packstream.

It knows no Cypher: a statement with the parameter `n` writes a row, one that begins with MATCH returns the rows that
the member has, SHOW DATABASES returns a row a member, and any other a 1. A follower gets rows only when somebody waits
for them by a bookmark, so who sends none reads what is old.
"""

from __future__ import annotations

import base64
import contextlib
import itertools
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from neo4j._codec.packstream import v1

NAMES = ("a", "b", "c")
"""The members; the first is the first leader, and the one whose address a user gives."""

_PACKSTREAM: Any = v1  # it has no types
_VERSION = b"\x00\x00\x04\x05"
_SUCCESS, _RECORD, _IGNORED, _FAILURE = b"\x70", b"\x71", b"\x7e", b"\x7f"
_RESET, _GOODBYE = b"\x0f", b"\x02"

NOT_A_LEADER = "Neo.ClientError.Cluster.NotALeader"
BOOKMARK_TIMEOUT = "Neo.TransientError.Transaction.BookmarkTimeout"
INVALID_BOOKMARK = "Neo.ClientError.Transaction.InvalidBookmark"
UNAVAILABLE = "Neo.TransientError.General.DatabaseUnavailable"


class _Refusal(Exception):  # noqa: N818 -- what a server says, not a fault of the stub
    def __init__(self, code: str, message: str = "refused by the stub") -> None:
        self.code, self.message = code, message
        super().__init__(code)


@dataclass(frozen=True)
class Statement:
    """One statement that a member was sent."""

    member: str
    text: str
    mode: str
    bookmarks: frozenset[str]
    user: str | None


@dataclass
class _Member:
    name: str
    listener: socket.socket
    applied: int = 0
    """How many rows it has; the leader has all."""
    silent: bool = False
    """Whether it takes calls and never answers."""
    sockets: set[socket.socket] = field(default_factory=set)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.listener.getsockname()[1]}"


class Cluster:
    """Three members with one database.

    `lag` is how long a follower takes to get what somebody waits for, and `patience` how long a member waits for what a
    bookmark names before it refuses.
    """

    def __init__(self) -> None:
        self.members = {name: _Member(name, socket.create_server(("127.0.0.1", 0))) for name in NAMES}
        self.lock = threading.RLock()
        self.rows: list[int] = []
        self.statements: list[Statement] = []
        self.lag, self.patience, self.life = 0.02, 1.0, "one"
        self._leader, self._elected = NAMES[0], 0.0
        self._refusals: list[str] = []
        self._at_write: list[Callable[[], None]] = []
        self._at_commit: list[Callable[[], None]] = []
        self.unready = 0
        """How many requests for a routing table are refused yet."""

    @property
    def uri(self) -> str:
        """The address that finds the leader by itself."""
        return f"neo4j://{self.members[NAMES[0]].address}"

    @property
    def leader(self) -> str | None:
        """The member that takes writes; none in an election."""
        return self._leader if time.monotonic() >= self._elected else None

    @property
    def newest(self) -> str:
        """The bookmark of all there is."""
        return bookmark(self.life, len(self.rows))

    def elect(self, name: str, seconds: float = 0.0) -> None:
        """Make a member the leader after an election of so many seconds."""
        with self.lock:
            self._leader, self._elected = name, time.monotonic() + seconds

    def restore(self, rows: Sequence[int]) -> None:
        """Put an older backup in place of what there is."""
        with self.lock:
            self.rows = list(rows)
            for member in self.members.values():
                member.applied = len(rows)

    def refuse(self, *codes: str) -> None:
        """Refuse the next statements, each with one of these codes."""
        self._refusals += codes

    def at_write(self, deed: Callable[[], None]) -> None:
        """Do something once, when the next write arrives and before it is carried out."""
        self._at_write.append(deed)

    def at_commit(self, deed: Callable[[], None]) -> None:
        """Do something once, when a write is about to be committed."""
        self._at_commit.append(deed)

    def cut_off(self, name: str, *, silent: bool = False) -> None:
        """End all connections of a member, and let it never answer again if it is to be silent."""
        member = self.members[name]
        with self.lock:
            member.silent, ended = silent or member.silent, tuple(member.sockets)
        for one in ended:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def routing_table(self, database: str | None) -> dict[str, object]:
        """Return who reads, writes and knows the others, as a member says it; who hangs is left out."""
        if self.unready > 0:
            self.unready -= 1
            raise _Refusal(UNAVAILABLE)
        every, leader = [member.address for member in self.members.values() if not member.silent], self.leader
        writers = [self.members[leader].address] if leader else []
        roles = {"ROUTE": every, "READ": [one for one in every if one not in writers], "WRITE": writers}
        servers = [{"role": role, "addresses": addresses} for role, addresses in roles.items()]
        return {"ttl": 300, "db": database or "neo4j", "servers": servers}

    def await_bookmarks(self, member: _Member, bookmarks: Sequence[str]) -> None:
        """Wait until a member has what bookmarks name; a bookmark of another life of the database names nothing."""
        for life, number in map(_parsed, bookmarks):
            if life == self.life:
                self._await(member, number)

    def _await(self, member: _Member, number: int) -> None:
        if number <= self.applied(member):
            return
        late = number > len(self.rows) or self.lag > self.patience
        threading.Event().wait(self.patience if late else self.lag)
        if late:
            raise _Refusal(BOOKMARK_TIMEOUT, "Database 'neo4j' not up to the requested version")
        member.applied = len(self.rows)

    def applied(self, member: _Member) -> int:
        """Return how many rows a member has."""
        if member.name == self.leader:
            member.applied = len(self.rows)
        return member.applied

    def check_statement(self, member: _Member, *, writes: bool) -> None:
        """Refuse a statement that is to be refused, or a write where the member may not."""
        with self.lock:
            if self._refusals:
                raise _Refusal(self._refusals.pop(0))
            while writes and self._at_write:
                self._at_write.pop()()
        if member.silent:
            raise ConnectionError
        if writes and member.name != self.leader:
            raise _Refusal(NOT_A_LEADER, "No write operations are allowed on this member")

    def commit(self, member: _Member, rows: Sequence[int]) -> str:
        """Keep rows, and return the bookmark of what the member has now."""
        while rows and self._at_commit:
            self._at_commit.pop()()
        with self.lock:
            self.rows += rows
            return bookmark(self.life, self.applied(member))

    def close(self) -> None:
        """End all members."""
        for name, member in self.members.items():
            with contextlib.suppress(OSError):
                member.listener.shutdown(socket.SHUT_RDWR)
            member.listener.close()
            self.cut_off(name)


def bookmark(life: str, number: int) -> str:
    """Return a bookmark of so many rows, in the form of Neo4j."""
    packed = b"\x91\xcc\x10" + life.encode().ljust(16) + b"\xc9" + number.to_bytes(2, "big") + b"\x90"
    return f"FB:{base64.b64encode(packed).decode()}"


def _parsed(text: str) -> tuple[str, int]:
    """Return the life and the number of rows of a bookmark, be it of a form that only the stub knows."""
    form, _, rest = text.partition(":")
    life, _, number = rest.partition(":")
    if form == "FB":
        packed = base64.b64decode(rest)
        return packed[3:19].decode().strip(), int.from_bytes(packed[20:22], "big")
    if form != "stub" or not number.isdigit():
        raise _Refusal(INVALID_BOOKMARK, f"Parsing of supplied bookmarks failed: {text}")
    return life, int(number)


@contextlib.contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Run a cluster for the length of a block."""
    cluster = Cluster()
    for member in cluster.members.values():
        threading.Thread(target=_listen, args=(cluster, member), daemon=True).start()
    try:
        yield cluster
    finally:
        cluster.close()


def _listen(cluster: Cluster, member: _Member) -> None:
    with contextlib.suppress(OSError):  # the listener was closed
        while True:
            connection, _ = member.listener.accept()
            threading.Thread(target=_converse, args=(cluster, member, connection), daemon=True).start()


def _converse(cluster: Cluster, member: _Member, connection: socket.socket) -> None:
    with cluster.lock:
        member.sockets.add(connection)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with connection, contextlib.suppress(OSError, EOFError):
        if member.silent:
            connection.recv(20)
            connection.recv(1)  # returns when the other side gives up
        else:
            _Conversation(cluster, member, connection).hold()
    with cluster.lock:
        member.sockets.discard(connection)


class _Conversation:
    """One connection, from the handshake to its end."""

    def __init__(self, cluster: Cluster, member: _Member, connection: socket.socket) -> None:
        self._cluster, self._member, self._socket = cluster, member, connection
        self._failed = False
        self._start({})
        self._records: list[list[object]] = []
        self._answers: dict[bytes, Callable[..., dict[str, object]]] = {
            b"\x01": self._hello,
            b"\x10": self._run,
            b"\x11": self._begin,
            b"\x12": self._commit,
            b"\x3f": self._pull,
            b"\x66": self._route,
        }

    def hold(self) -> None:
        """Answer until the other side leaves."""
        self._read(20)
        self._socket.sendall(_VERSION)
        while True:
            tag, fields = self._receive()
            if tag == _GOODBYE:
                return
            if tag == _RESET:
                self._failed = False
            if self._failed:
                self._send(_IGNORED)
            else:
                self._answer(tag, fields)

    def _answer(self, tag: bytes, fields: list[Any]) -> None:
        try:
            outcome = self._answers.get(tag, _agree)(*fields)
        except _Refusal as refusal:
            self._failed = True
            self._send(_FAILURE, {"code": refusal.code, "message": refusal.message})
        else:
            self._send(_SUCCESS, outcome)

    def _hello(self, _headers: dict[str, Any]) -> dict[str, object]:
        return {"server": "Neo4j/5.26.30", "connection_id": f"stub-{next(_NUMBERS)}", "hints": {}}

    def _route(self, _context: dict[str, Any], bookmarks: list[str], extra: dict[str, Any]) -> dict[str, object]:
        for one in bookmarks:
            _parsed(one)
        return {"rt": self._cluster.routing_table(extra.get("db"))}

    def _begin(self, extra: dict[str, Any]) -> dict[str, object]:
        self._start(extra)
        self._cluster.await_bookmarks(self._member, extra.get("bookmarks", ()))
        return {}

    def _start(self, extra: dict[str, Any]) -> None:
        self._extra: dict[str, Any] = extra
        self._written: list[int] = []

    def _run(self, text: str, parameters: dict[str, Any], _extra: dict[str, Any]) -> dict[str, object]:
        mode, user = self._extra.get("mode", "w"), self._extra.get("imp_user")
        bookmarks = frozenset(self._extra.get("bookmarks", ()))
        self._cluster.statements.append(Statement(self._member.name, text, mode, bookmarks, user))
        self._cluster.check_statement(self._member, writes="n" in parameters)
        if "n" in parameters:
            self._written.append(parameters["n"])
            self._records = []
        elif text.startswith("MATCH"):
            self._records = [[row] for row in self._cluster.rows[: self._cluster.applied(self._member)]]
        else:
            self._records = [[1]] * (len(NAMES) if text.startswith("SHOW DATABASES") else 1)
        return {"fields": ["n"], "qid": 0, "t_first": 0}

    def _pull(self, _extra: dict[str, Any]) -> dict[str, object]:
        for record in self._records:
            self._send(_RECORD, record)
        return {"type": "rw", "t_last": 0, "db": "neo4j"}

    def _commit(self) -> dict[str, object]:
        return {"bookmark": self._cluster.commit(self._member, self._written)}

    def _send(self, tag: bytes, *fields: object) -> None:
        buffer = _PACKSTREAM.Packer.new_packable_buffer()
        _PACKSTREAM.Packer(buffer).pack_struct(tag, fields)
        self._socket.sendall(struct.pack(">H", len(buffer.data)) + bytes(buffer.data) + b"\x00\x00")

    def _receive(self) -> tuple[bytes, list[Any]]:
        parts = []
        while size := struct.unpack(">H", self._read(2))[0]:
            parts.append(self._read(size))
        buffer = _PACKSTREAM.Unpacker.new_unpackable_buffer()
        buffer.data, buffer.used = bytearray(b"".join(parts)), sum(map(len, parts))
        unpacker = _PACKSTREAM.Unpacker(buffer)
        count, tag = unpacker.unpack_structure_header()
        return tag, [unpacker.unpack() for _ in range(count)]

    def _read(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            part = self._socket.recv(size - len(data))
            if not part:
                raise EOFError
            data += part
        return data


_NUMBERS = itertools.count(1)


def _agree(*_fields: object) -> dict[str, object]:
    return {}
