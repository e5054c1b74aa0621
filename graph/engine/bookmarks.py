"""The last bookmarks of a Neo4j, kept for the next command, which then finds on any member what this one wrote."""

from __future__ import annotations

import base64
import contextlib
import json
import time
from collections.abc import Callable, Collection

from graph.engine.data_folder import home_folder, write_privately
from graph.engine.file_lock import hold_lock
from graph.errors import StoreError

MEMBERS = "SHOW DATABASES YIELD name WHERE name = $name"
"""Returns a row for each member that has a database."""
_SECONDS = 3600.0
"""How long the file counts after it was last written: no member that answers is an hour behind."""


class KeptBookmarks:
    """The bookmarks of one database at one address: what the driver calls a bookmark manager.

    They are kept in a file beside the embedded graph; without it the next command just waits for nothing.
    """

    def __init__(self, address: str, database: str, notify: Callable[[str], None] = lambda _: None) -> None:
        self._address, self._notify = address, notify
        self._place = f"{address.partition('://')[2]}/{database}".casefold()
        self.inherited = frozenset(_read_file().get(self._place, ()))
        """Those of earlier commands, until the database has given one that follows them."""
        self._own: frozenset[str] = frozenset()
        self.newest = NewestBookmarks()

    def get_bookmarks(self) -> Collection[str]:
        """Return what the next transaction has to wait for."""
        return self.inherited | self._own

    def update_bookmarks(self, previous_bookmarks: Collection[str], new_bookmarks: Collection[str]) -> None:
        """Take new bookmarks in place of those that a transaction began with."""
        before = self.get_bookmarks()
        self.inherited = self.inherited.difference(previous_bookmarks)
        self._own = self._own.difference(previous_bookmarks).union(new_bookmarks)
        if self.get_bookmarks() != before:
            self._write_file(gone=previous_bookmarks)

    def are_unknown(self) -> bool:
        """Return whether an earlier command kept one that comes after all that the member asked last has."""
        member = dict(filter(None, map(_position, self.newest.bookmarks)))
        kept = filter(None, map(_position, self.inherited))
        return any(database in member and member[database] < number for database, number in kept)

    def forget(self) -> bool:
        """Forget what earlier commands kept, with a note, and return whether there was anything."""
        gone = self.inherited
        self.update_bookmarks(gone, ())
        if gone:
            self._notify(f"{self._address} does not know what was written to it before (it may have been restored)")
        return bool(gone)

    def _write_file(self, gone: Collection[str]) -> None:
        """Write those of this place, beside what another process has written meanwhile."""
        with contextlib.suppress(StoreError, OSError):
            folder = home_folder()
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with hold_lock(folder / "bookmarks.lock", seconds=1):
                places = _read_file()
                kept = {*places.get(self._place, ())}.difference(gone)
                places[self._place] = sorted(kept.union(self.get_bookmarks()))
                write_privately(folder / "bookmarks.json", json.dumps(places), lasting=False)


class NewestBookmarks:
    """What the member that was last asked has: a bookmark manager that lets nobody wait."""

    def __init__(self) -> None:
        self.bookmarks: frozenset[str] = frozenset()

    def get_bookmarks(self) -> Collection[str]:
        """Return nothing to wait for."""
        return ()

    def update_bookmarks(self, previous_bookmarks: Collection[str], new_bookmarks: Collection[str]) -> None:  # noqa: ARG002
        """Keep what a member answered."""
        self.bookmarks = frozenset(new_bookmarks)


def _position(bookmark: str) -> tuple[bytes, int] | None:
    """Return the database of a bookmark and the number of its last transaction; none for one of another form.

    Neo4j 5 and 2026 pack a list of one pair, 16 bytes and a number of one to nine, and an empty list.

    >>> _position("FB:kcwQrNStkyIxRHeuwWXZkOyLyckAspA=")[1], _position("FB:kcwQrNStkyIxRHeuwWXZkOyLyQWQ")[1]
    (178, 5)
    """
    try:
        packed = base64.b64decode(bookmark.removeprefix("FB:"), validate=True)
    except ValueError:
        return None
    start, database, number, end = packed[:3], packed[3:19], packed[19:-1], packed[-1:]
    if (start, end) != (b"\x91\xcc\x10", b"\x90") or not number:
        return None
    return database, int.from_bytes(number[1:] or number, "big")


def _read_file() -> dict[str, list[str]]:
    try:
        path = home_folder() / "bookmarks.json"
        places = json.loads(path.read_text(encoding="utf-8")) if time.time() < path.stat().st_mtime + _SECONDS else {}
        return {place: [str(one) for one in bookmarks] for place, bookmarks in places.items()}
    except (StoreError, OSError, ValueError, TypeError, AttributeError):
        return {}
