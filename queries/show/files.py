"""Write an answer to a file that the user names: nothing there is replaced unless that was asked for."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from graph.errors import OutputError


def writable(path: Path, *, overwrite: bool) -> Path:
    """Return a path that may be written to.

    Raises OutputError for a folder, a missing folder, a place within that of a graph, or a file there.
    """
    try:
        target = path.resolve()
        above = target.parent if path.is_symlink() else path.parent
        folder, parent, there = path.is_dir(), above.is_dir(), path.exists()
        _refuse_graph(path, target)
    except (OSError, RuntimeError) as error:  # the latter for a link that leads to itself
        raise OutputError(str(path), f"cannot be a file here ({_reason(error)}); name another") from error
    if folder:
        raise OutputError(str(path), "found a folder; expected the name of a file to write")
    if not parent:
        raise OutputError(str(path), f"found no folder {above}; make it first, or name another place")
    if there and not overwrite:
        raise OutputError(str(path), "found a file there; name another, or give --overwrite to replace it")
    return path


def _refuse_graph(path: Path, target: Path) -> None:
    """Raise OutputError for a place within the folder of a graph, whose own files would go."""
    homes = (
        one for one in (target, *target.parents) if (one / "passwords.json").exists() and (one / "engine").is_dir()
    )
    if home := next(homes, None):
        raise OutputError(
            str(path), f"found the folder of a graph, {home}, which only its engine fills; name another place"
        )


def _reason(error: OSError | RuntimeError) -> str:
    return error.strerror or "" if isinstance(error, OSError) else "its link leads to itself"


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


def write(path: Path, content: str | bytes | Iterable[str], *, private: bool = False) -> None:
    """Write a file whole, also one that is made line by line: what was there stays until the new one is complete.

    One that is `private` may be read by its owner only. Raises OutputError.
    """
    parts = [content] if isinstance(content, str | bytes) else content
    data = (part.encode("utf-8") if isinstance(part, str) else part for part in parts)
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        if target.exists() and not target.is_file():  # a pipe or /dev/stdout cannot be put in place of
            path.write_bytes(b"".join(data))
            return
        with open(beside, "wb", opener=_open_privately if private else None) as file:
            file.writelines(data)
        beside.replace(target)
    except OSError as error:
        raise OutputError(str(path), f"cannot be written ({error.strerror}); name another place") from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


@contextlib.contextmanager
def writing_folder(path: Path, mark: str, *, overwrite: bool, private: bool = False) -> Iterator[Path]:
    """Give an empty folder to fill, which takes the name of `path` when it is full; one that was there goes then.

    Only a folder that has the file `mark`, and so was written in this way, is replaced. Raises OutputError.
    """
    try:
        target = path.resolve()
        _refuse_graph(path, target)
        there, is_ours, parent = path.exists(), (target / mark).is_file(), target.parent.is_dir()
        is_empty = path.is_dir() and not any(path.iterdir())
    except (OSError, RuntimeError) as error:
        raise OutputError(str(path), f"cannot be a folder here ({_reason(error)}); name another") from error
    if there and not (is_empty or (overwrite and is_ours)):
        advice = "give --overwrite to replace it" if is_ours else f"it has no {mark}, so it stays; name another place"
        raise OutputError(str(path), f"found {'a folder' if path.is_dir() else 'a file'} there; {advice}")
    if not parent:
        raise OutputError(str(path), f"found no folder {path.parent}; make it first, or name another place")
    beside, before = (target.with_name(f".{target.name}.{os.getpid()}{end}") for end in ("", ".before"))
    try:
        beside.mkdir(mode=0o700 if private else 0o777)
        yield beside
        if target.exists():
            target.replace(before)
        beside.replace(target)
    except OSError as error:
        if before.exists() and not target.exists():
            before.replace(target)
        raise OutputError(str(path), f"cannot be written ({error.strerror}); name another place") from error
    finally:
        for folder in (beside, before):
            shutil.rmtree(folder, ignore_errors=True)
