"""Read documents about police roles: what each says, with its lines, and what was not understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loaders.documents.reading import annotate, read, read_text

__all__ = ["annotate", "read", "read_text"]


def __getattr__(name: str) -> object:
    """Return what the package shows, imported only when it is asked for: names alone are understood without it."""
    if name not in __all__:
        raise AttributeError(name)
    from loaders.documents import reading

    return getattr(reading, name)
