"""Grow the trees that readable answers are drawn as; text from documents never steers the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.rows import visible
from queries.show.tables import screen_width

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.text import Text
    from rich.tree import Tree


def tree(title: str) -> Tree:
    """Return a tree with nothing but its title."""
    from rich.tree import Tree  # JSON, CSV and Markdown do without

    return Tree(_text(title, "bold"), guide_style="dim")


def branch(under: Tree, title: str) -> Tree:
    """Add a heading and return it."""
    return under.add(_text(title, "bold"))


def leaf(under: Tree, text: str, at: str = "", *, state: str = "", crossed_out: bool = False) -> Tree:
    """Add a line, with its state and the place it rests on if there are any, and return it.

    A line is crossed out where a terminal can; `state` says what that means.
    """
    line = _text(text, "strike" if crossed_out else "")
    if state:
        line.append(f"  [{visible(state)}]", style="bold")
    if at:
        line.append(f"  {visible(at)}", style="dim")
    return under.add(line)


def group(parts: Iterable[RenderableType]) -> RenderableType:
    """Return several things to be drawn one below the other."""
    from rich.console import Group

    return Group(*parts)


@dataclass(frozen=True)
class Folded:
    """Trees one below the other, folded to the terminal's width, else to COLUMNS, else to 100 columns."""

    parts: Sequence[RenderableType]

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        """Yield the lines, for rich to draw."""
        from rich.constrain import Constrain

        yield Constrain(group(self.parts), screen_width(options.max_width))


def _text(text: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(visible(text), style=style)
