"""The registry of file formats: a format is one module and one line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loaders.formats import plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from loaders.formats.plain_text import Source

FORMATS: Mapping[str, Callable[[Path], Source]] = {
    ".md": plain_text.read_source,
    ".text": plain_text.read_source,
    ".txt": plain_text.read_source,
}
"""What turns a file of each ending into numbered lines; a folder is searched for these endings."""


def read_source(path: Path) -> Source:
    """Return the numbered lines of a file; one of an unknown ending is taken for text. Raises `DocumentError`."""
    return FORMATS.get(path.suffix.lower(), plain_text.read_source)(path)
