"""Write an answer to a file that the user names: nothing there is replaced unless that was asked for."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from graph.errors import OutputError


def writable(path: Path, *, overwrite: bool) -> Path:
    """Return a path that may be written to. Raises OutputError for a folder, a missing folder, or a file there."""
    try:
        folder, parent, there = path.is_dir(), path.parent.is_dir(), path.exists()
    except OSError as error:
        raise OutputError(str(path), f"cannot be a file here ({error.strerror}); name another") from error
    if folder:
        raise OutputError(str(path), "found a folder; expected the name of a file to write")
    if not parent:
        raise OutputError(str(path), f"found no folder {path.parent}; make it first, or name another place")
    if there and not overwrite:
        raise OutputError(str(path), "found a file there; name another, or give --overwrite to replace it")
    return path


def make_private(path: Path) -> None:
    """Make an empty file that its owner only may read, for somebody else to fill. Raises OutputError."""
    try:
        os.close(_open_privately(str(path), os.O_WRONLY | os.O_CREAT | os.O_TRUNC))
    except OSError as error:
        raise OutputError(str(path), f"cannot be written ({error.strerror}); name another place") from error


def _open_privately(path: str, flags: int) -> int:
    handle = os.open(path, flags, 0o600)
    if os.name == "posix" and stat.S_ISREG(os.fstat(handle).st_mode):
        os.fchmod(handle, 0o600)
    return handle


def write(path: Path, content: str | bytes, *, private: bool = False) -> None:
    """Write a file whole: what was there stays until the new one is complete. Raises OutputError.

    One that is `private` may be read by its owner only.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        if target.exists() and not target.is_file():  # a pipe or /dev/stdout cannot be put in place of
            path.write_bytes(data)
            return
        with open(beside, "wb", opener=_open_privately if private else None) as file:
            file.write(data)
        beside.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise OutputError(str(path), f"cannot be written ({error.strerror}); name another place") from error
