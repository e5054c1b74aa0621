"""Number the sources of an answer, so that each line names its own in little room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.rows import Row
from queries.show.trees import leaf, tree
from queries.show.words import place

if TYPE_CHECKING:
    from rich.console import RenderableType


class Citations:
    """Gathers whose word rows are, to be listed once, at the end."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, source: object) -> int:
        """Return the number of a source: the first that is named is 1."""
        return self._numbers.setdefault(str(source), len(self._numbers) + 1)

    def mark(self, source: object) -> str:
        """Return the mark of a source."""
        return f"[{self.number(source)}]"

    def cite(self, row: Row) -> str:
        """Return where a row stands and the mark of whose word it is."""
        return f"{place(row)} {self.mark(row['authority'])}"

    def listed(self) -> list[RenderableType]:
        """Return the list of sources, empty where there are none."""
        if not self._numbers:
            return []
        sources = tree("Sources")
        for authority, number in self._numbers.items():
            leaf(sources, f"[{number}] {authority}")
        return [sources]
