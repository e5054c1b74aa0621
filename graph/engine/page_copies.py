"""Copies of the pages that were loaded, beside the graph: the lines that answers refer to, for their owner alone."""

from __future__ import annotations

import shutil
from pathlib import Path

from graph.days import today
from graph.engine.data_folder import home_folder, write_privately
from graph.errors import StoreError


def copies() -> Path:
    """Return the folder of the copies, which may not be there yet."""
    return home_folder() / "pages"


def keep(document: str, address: str, sha256: str, lines: str) -> None:
    """Write the numbered lines of a page, with its address, the day and the SHA-256 of its bytes.

    A copy that has the same lines stays as it is, with its day. Raises StoreError where it cannot be written.
    """
    path = copies() / f"{document}.txt"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
    except OSError as error:
        raise StoreError(str(path.parent), f"{path.name} cannot be written ({error})") from error
    if kept.partition("\n\n")[2] != lines:
        write_privately(path, f"address: {address}\nday: {today()}\nsha256: {sha256}\n\n{lines}")


def forget() -> None:
    """Remove all copies. Raises StoreError where they cannot be removed."""
    try:
        if copies().exists():
            shutil.rmtree(copies())
    except OSError as error:
        raise StoreError(str(copies()), f"cannot be removed ({error})") from error
