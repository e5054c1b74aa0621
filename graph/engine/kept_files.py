"""The files of the database as they were when the engine last stopped, so that none goes or changes in silence.

The engine itself starts without a file that has gone, and answers as if nothing had ever been in it.
"""

from __future__ import annotations

import contextlib
import json
import zlib
from typing import TYPE_CHECKING

from graph.engine.data_folder import DATABASE, sync_folder, write_privately
from graph.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from graph.engine.data_folder import DataFolder

_REMADE = ("statistics.json", "schema.prev.json", "last-tx-id.bin")
"""What the engine makes anew without a loss."""
_SHOWN = 3
_PART = 1 << 20


class KeptFiles:
    """The list of a database's files: their sizes, times of change and checksums.

    It is there only while no engine runs, for a killed one leaves its files to its own recovery.
    """

    def __init__(self, home: DataFolder) -> None:
        self._list = home.folder / "files.json"
        self._database = home.engine / "databases" / DATABASE
        self._kept: dict[str, list[int]] = {}

    def check(self, notify: Callable[[str], None]) -> None:
        """Take the list away before the engine starts. Raises StoreError where a file is not as it was left."""
        try:
            self._kept = dict(json.loads(self._list.read_text(encoding="utf-8")))
        except FileNotFoundError:
            pass  # an engine was killed, or ran before there was such a list: nothing is known of them
        except (OSError, ValueError, TypeError):
            notify(f"{self._list} cannot be read: whether a file of the database has gone or changed is not known")
        faults = [fault for name, entry in self._kept.items() if (fault := self._fault(name, entry))]
        if faults:
            more = f" and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
            raise StoreError(
                str(self._database),
                f"found files that are not as they were left: {', '.join(faults[:_SHOWN])}{more}; put a copy of the "
                f"whole folder back, or remove {self._list} to go on with what is left: then run `rankgraph check`, "
                "and load again",
            )
        with contextlib.suppress(FileNotFoundError):
            self._list.unlink()
            sync_folder(self._list.parent)  # a list that came back after a crash would speak of older files

    def keep(self) -> None:
        """Write the list once the engine has stopped; where it cannot be written the next start goes without."""
        with contextlib.suppress(OSError, StoreError):
            files = (file for file in self._database.iterdir() if file.is_file() and file.name not in _REMADE)
            entries = {file.name: self._entry(file) for file in sorted(files)}
            write_privately(self._list, json.dumps(entries), lasting=False)

    def _entry(self, file: Path) -> list[int]:
        """Return size, time of change in nanoseconds and checksum; that of a file as it was is not reckoned again."""
        found = file.stat()
        known = self._kept.get(file.name, [])
        state = [found.st_size, found.st_mtime_ns]
        return known if known[:2] == state else [*state, _checksum(file)]

    def _fault(self, name: str, entry: list[int]) -> str | None:
        file = self._database / name
        try:
            found = file.stat()
            if found.st_size != entry[0]:
                return f"{name} has {found.st_size:,} bytes, not {entry[0]:,}"
            if found.st_mtime_ns != entry[1] and _checksum(file) != entry[2]:  # a copy has another time
                return f"{name} has other contents"
        except OSError as error:
            return f"{name} is missing" if isinstance(error, FileNotFoundError) else f"{name} ({error.strerror})"
        return None


def _checksum(file: Path) -> int:
    checksum = 0
    with file.open("rb") as opened:
        while part := opened.read(_PART):
            checksum = zlib.crc32(part, checksum)
    return checksum
