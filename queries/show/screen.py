"""Draw an answer on one screen: lines of a label, a text and where it stands, folded to the width there is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from graph.rows import Row, visible
from queries.show.tables import screen_width
from queries.show.words import place

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.text import Text

_GONE, _NEW = "[-", "{+"
"""What stands before words that are gone from a text, and before new ones."""

_AS_AT = re.compile(r", as at (\d{4})")
"""The year as in which the text of a source stood when it was read."""

_WITH_SHORT_FORM = re.compile(r"\b[A-Z][^(),:;]*? \(([A-Z][\w .-]*)\)")
"""A name and, in brackets, what it is called for short."""


class Screen:
    """Lines of a label and a text, no wider than the terminal, else COLUMNS, else 100 columns."""

    def __init__(self, title: str) -> None:
        self.lines: list[tuple[str | None, str, str]] = [(None, title, "")]
        """Label, text and place of each line; a heading has no label."""
        self._rows: dict[int, Sequence[Row]] = {}
        self._sources: dict[str, int] = {}
        self._is_in_full = False
        self._more = ""
        self._years: dict[str, set[str]] = {}
        self._abbreviated: set[str] = set()

    def below_title(self, text: str) -> None:
        """Add a line below the title."""
        self.lines.insert(1, (None, text, ""))
        self._rows = {number + 1: rows for number, rows in self._rows.items()}

    def head(self, text: str) -> None:
        """Add a heading over the lines that follow."""
        self.lines.append((None, self._with_short_forms(text), ""))

    def add(self, label: str, text: str, row: Row | None = None, rows: Sequence[Row] = ()) -> None:
        """Add a line, and where its row stands; of several with one label below each other only the first shows it.

        What the line rests on are its `rows`, or its row alone.
        """
        self._rows[len(self.lines)] = rows or ([row] if row else [])
        self.lines.append((label, self._with_short_forms(text), self._place(row) if row else ""))

    def more(self, *others: str, words: str = "what the documents say") -> None:
        """Set the last line, which names the options that show more."""
        options = f"--words ({words})", "--sources (where each line stands)", "--all"
        self._more = f"More: {', '.join([*options, *others])}"

    def detailed(self, *, words: bool, sources: bool) -> Screen:
        """Return the screen with the words that each line rests on, changes marked, and with where those stand."""
        if not (words or sources):
            return self
        self._is_in_full, self._sources = sources, {}
        lines = [*self.lines]
        self.lines = []
        for number, (label, text, at) in enumerate(lines):
            rows = self._rows.get(number, ())
            places = sources or (not at and bool(rows))
            self.lines.append((label, text, "" if places else self._place(rows[0]) if rows else at))
            above = text.casefold() if len(rows) == 1 else ""
            found = (self._evidence(row, above, words=words, places=places) for row in rows)
            self.lines += [(label, line, "") for line in dict.fromkeys(found) if line]
        if any(_GONE in text or _NEW in text for _, text, _ in self.lines):
            self.lines.insert(1, (None, f"{_GONE}so-] stood there before, {_NEW}so+}} is new", ""))
        return self

    def _evidence(self, row: Row, above: str, *, words: bool, places: bool) -> str:
        """Return the words of a row, unless they stand above, and where they are written."""
        quote = str(next((row[name] for name in ("quote", "duty", "text") if row.get(name)), ""))
        if words and row.get("held_quote"):
            quote = marked(str(row["held_quote"]), quote)
        quoted = f'"{quote}"' if quote and quote.casefold() not in above else ""
        return f"{quoted}  {self._place(row)}".strip() if places else quoted

    def _place(self, row: Row) -> str:
        """Return where a row of a document stands, or the number of its source for reference data; or both."""
        if self._is_in_full:
            return f"{place(row)} [{self._sources.setdefault(str(row['authority']), len(self._sources) + 1)}]"
        if not str(row["document"]).startswith("reference/"):
            return f"{place(row)}{closed_words(row)}"
        name = _short_name(row["authority"])
        self._years.setdefault(name, set()).update(_AS_AT.findall(str(row["authority"])))
        return f"[{self._sources.setdefault(name, len(self._sources) + 1)}]"

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

        width = screen_width(options.max_width)
        for is_heading, lines in groupby(self.lines, key=lambda line: line[0] is None):
            if is_heading:
                yield from (_folded(Text(visible(text), style="bold"), width) for _, text, _ in lines)
            else:
                yield self._grid([(str(label), text, at) for label, text, at in lines], width)
        if self._sources:
            between = "\n" if self._is_in_full else "; "
            names = between.join(f"[{number}] {name}{self._as_in(name)}" for name, number in self._sources.items())
            yield _folded(Text(visible(f"Sources: {names}"), style="dim"), width)
        if self._more:
            yield _folded(Text(self._more, style="dim"), width)

    def _as_in(self, name: str) -> str:
        """Return in brackets of what years the texts of a source are that an answer rests on."""
        years = sorted(self._years.get(name, ()))
        return f" (as in {' and '.join(years)})" if years else ""

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


def marked(old: str, new: str) -> str:
    """Return a text with the words that it lost and those that are new in it marked; capitals and signs may differ.

    >>> marked("Plan the work of a team.", "plan work of two teams")
    'plan [-the-] work of [-a team.-] {+two teams+}'
    """
    from difflib import SequenceMatcher  # only for --words

    before, after, parts = old.split(), new.split(), list[str]()
    old_letters, new_letters = ([word.strip(".,;:").casefold() for word in words] for words in (before, after))
    for tag, i, j, k, m in SequenceMatcher(None, old_letters, new_letters, autojunk=False).get_opcodes():
        if tag == "equal":
            parts += after[k:m]
            continue
        parts += [f"{_GONE}{' '.join(before[i:j])}-]"] if j > i else []
        parts += [f"{_NEW}{' '.join(after[k:m])}+}}"] if m > k else []
    return " ".join(parts)


def _folded(text: Text, width: int) -> RenderableType:
    from rich.table import Table

    grid = Table.grid()
    grid.width = width
    grid.add_column(overflow="fold")
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
