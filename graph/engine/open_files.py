"""How many files this process may have open: the engine keeps several for each kind of fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path


OPEN_FILES = 768
"""How many files a process may have open that runs the engine: 311 were with all real documents, the samples and a
force of 2,000 people in one graph; the rest is for guests, Browser, new kinds of facts and merges of indexes."""


def allow_open_files(folder: Path) -> None:
    """Let this process have as many files open as the engine needs. Raises StoreError where it may not.

    An engine that runs out of files leaves kinds of facts half made, and says nothing of use.
    """
    try:
        import resource  # Windows has neither the module nor the limit
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= OPEN_FILES:
        return
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, hard))
    except (OSError, ValueError) as error:
        message = f"the engine needs {OPEN_FILES} open files, and this process may have {hard}"
        raise StoreError(str(folder), f"{message}; allow more (`ulimit -n {OPEN_FILES}`) and run this again") from error
