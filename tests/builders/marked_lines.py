"""Write the lines of a file in one column with what its format knows of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loaders.formats.source import Text


def marked(text: Text) -> list[str]:
    """Return the lines: # a heading by its level, > an item by its depth, [table row column], ~ before what goes on."""
    return [
        f"{'~' if line.text and not line.whole else ''}"
        f"{'[' + ' '.join(map(str, line.cell)) + '] ' if line.cell else ''}"
        f"{'#' * line.heading}{'>' * line.item}{' ' if line.heading or line.item else ''}{line.text}"
        for line in text.lines
    ]
