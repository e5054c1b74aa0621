"""What is made once for the whole run, by the worker that needs it first, and copied by those who change it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock


def made_once(common: Path, name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder of a name that all workers share, filled by `make` unless another worker has done so.

    It is there whole or not at all: a worker that fails leaves the making to the next.
    """
    folder, draft = common / name, common / f"{name}.draft"
    with FileLock(common / f"{name}.lock"):
        if not folder.exists():
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir()
            make(draft)
            draft.rename(folder)
    return folder
