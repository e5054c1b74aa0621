"""Import a library without what it would take along, at each start, where that is installed."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator

_NAMES = ("numpy", "pandas", "pyarrow")
"""Of driver and engine: up to half a second, for values that we never give them."""


@contextlib.contextmanager
def left_out() -> Iterator[None]:
    """Let no import find these for the length of a block, those that are there already apart."""
    absent = [name for name in _NAMES if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]  # none says that there is no such module
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
