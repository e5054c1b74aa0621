"""Draw an answer on one screen: lines of a label, a text and where it stands, folded to the width there is."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from graph.rows import Row
from queries.show.tables import WIDE, visible
from queries.show.words import place

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.text import Text

_WIDTH = 100
"""Columns of what is no terminal, unless COLUMNS says otherwise."""

_WITH_SHORT_FORM = re.compile(r"\b[A-Z][^(),:;]*? \(([A-Z][\w .-]*)\)")
"""A name and, in brackets, what it is called for short."""


class Screen:
    """Lines of a label and a text, no wider than the terminal, else COLUMNS, else 100 columns."""

    def __init__(self, title: str) -> None:
        self.lines: list[tuple[str | None, str, str]] = [(None, title, "")]
        """Label, text and place of each line; a heading has no label."""
        self._sources: dict[str, int] = {}
        self._abbreviated: set[str] = set()

    def head(self, text: str) -> None:
        """Add a heading over the lines that follow."""
        self.lines.append((None, self._with_short_forms(text), ""))

    def add(self, label: str, text: str, row: Row | None = None) -> None:
        """Add a line, and where its row stands; of several with one label below each other only the first shows it."""
        self.lines.append((label, self._with_short_forms(text), self._place(row) if row else ""))

    def _place(self, row: Row) -> str:
        """Return where a row of a document stands, or the number of the source that reference data rests on."""
        if not str(row["document"]).startswith("reference/"):
            return f"{place(row)}{closed_words(row)}"
        return f"[{self._sources.setdefault(_short_name(row['authority']), len(self._sources) + 1)}]"

    def _with_short_forms(self, text: str) -> str:
        """Return a text with the short form alone of each name that stood with it before."""

        def short(found: re.Match[str]) -> str:
            is_known = found.group() in self._abbreviated
            self._abbreviated.add(found.group())
            return found[1] if is_known else found.group()

        return _WITH_SHORT_FORM.sub(short, text)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        """Yield headings, lines and sources, for rich to draw."""
        from rich.text import Text

        width = options.max_width if options.max_width < WIDE else int(os.environ.get("COLUMNS") or _WIDTH)
        for is_heading, lines in groupby(self.lines, key=lambda line: line[0] is None):
            if is_heading:
                yield from (_folded(Text(visible(text), style="bold"), width) for _, text, _ in lines)
            else:
                yield self._grid([(str(label), text, at) for label, text, at in lines], width)
        if self._sources:
            names = "; ".join(f"[{number}] {name}" for name, number in self._sources.items())
            yield _folded(Text(visible(f"Sources: {names}"), style="dim"), width)

    def _grid(self, lines: Sequence[tuple[str, str, str]], width: int) -> RenderableType:
        from rich.table import Table
        from rich.text import Text

        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.width = width
        labels = max(len(label or "") for label, _, _ in self.lines)
        grid.add_column(no_wrap=True, style="bold", min_width=min(labels, width // 3))
        grid.add_column(ratio=1, overflow="fold")
        above = ""
        for label, text, at in lines:
            line = Text(visible(text))
            grid.add_row("" if label == above else label, line.append(f"  {visible(at)}", "dim") if at else line)
            above = label or above
        return grid


def _folded(text: Text, width: int) -> RenderableType:
    from rich.table import Table

    grid = Table.grid()
    grid.width = width
    grid.add_row(text)
    return grid


def closed_words(row: Row) -> str:
    """Return that the advert which a row rests on has closed, as its authority says.

    >>> closed_words({"authority": "advert, closed on 2017-01-04"})
    ', closed on 2017-01-04'
    """
    _, closed, day = str(row["authority"]).partition(", closed on ")
    return f"{closed}{day}"


def _short_name(authority: object) -> str:
    """Return the name of a source without its parts and its address.

    >>> _short_name("Framework of Ranks, College of Policing, steps 1 to 4, https://example.org")
    'Framework of Ranks, College of Policing'
    """
    first, *others = str(authority).split(", ")
    return ", ".join([first, *others[:1]] if others and others[0][:1].isupper() else [first])
