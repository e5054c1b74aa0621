"""Write rows as a table, JSON, CSV or Markdown; nothing here prints."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from graph.rows import STEERING, Row, visible

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table


WIDE = 100_000
"""Columns of what is not a terminal: nothing is folded or cut there."""

_WIDTH = 100
"""Columns of what is no terminal, where texts are folded, unless COLUMNS says otherwise."""

_RUNS = re.compile(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b].", re.DOTALL)
"""How a cell begins that a spreadsheet runs instead of showing: full-width and small signs are like the usual ones."""
_SIGNS = re.compile(r"([\\`*_\[\]<>|#~&$])")
_CONFIDENTIAL = re.compile(r"\\\[c\\\]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")


def screen_width(available: int) -> int:
    """Return the columns to which texts are folded: those available, or of what is no terminal COLUMNS, else 100."""
    return available if available < WIDE else int(os.environ.get("COLUMNS") or _WIDTH)


def as_text(
    columns: Sequence[str], rows: Sequence[Row], kind: str, *, width: int | None = None, colour: bool = False
) -> str:
    """Return rows in one of FORMATS, ending in a newline; a table as wide as the terminal, if that has a width."""
    if kind == "json":
        return as_json([{name: row[name] for name in columns} for row in rows])
    if kind == "csv":
        return as_csv(columns, rows)
    if kind == "markdown":
        return as_markdown(columns, rows)
    return as_table(columns, rows, width, colour=colour)


def as_json(value: object, indent: int | None = 2) -> str:
    r"""Return a value as JSON, letters as they are; signs that steer are escaped, and so not lost.

    >>> as_json("\N{LATIN SMALL LETTER E WITH ACUTE}\u202ea")
    '"é\\u202ea"\n'
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent) + "\n"
    return STEERING.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def as_csv(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """Return rows as CSV under a header; a list is joined by "; ", and text that a spreadsheet would run is quoted.

    Of a text only the signs that steer are replaced.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([inert(cell(row[name])) for name in columns] for row in rows)
    return text.getvalue()


def inert(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula; numbers and a sign alone stay.

    >>> [inert(text) for text in ("=1+1", "-5", "+4.5e3", "@SUM(A1)", "-a", "-", "＝1+1")]
    ["'=1+1", '-5', '+4.5e3', "'@SUM(A1)", "'-a", '-', "'＝1+1"]
    """
    quoted = f"'{text}" if _RUNS.match(text) and not _NUMBER.fullmatch(text) else text
    # csv quotes no lone CR, and readers end a row there
    return visible(quoted.replace("\r\n", "\n").replace("\r", "\n"))


def as_markdown(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """Return rows as a Markdown table."""
    texts = ([markdown(cell(row[name])) for name in columns] for row in rows)
    lines = [list(columns), ["---"] * len(columns), *texts]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def markdown(text: str) -> str:
    r"""Return text in one line, every sign escaped that Markdown would read as more than itself.

    >>> print(markdown("=1+1 | <b>[a](b) [c]"))
    =1+1 \| \<b\>\[a\](b) [c]
    """
    return _CONFIDENTIAL.sub("[c]", _SIGNS.sub(r"\\\1", visible(" ".join(text.split()))))


def cell(value: object) -> str:
    """Return a value as the text of one cell.

    >>> cell(None), cell(True), cell(["a", 1])
    ('', 'true', 'a; 1')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list | tuple):
        return "; ".join(cell(part) for part in value)
    return str(value)


def as_table(columns: Sequence[str], rows: Sequence[Row], width: int | None = None, *, colour: bool = False) -> str:
    """Return rows as a table; on a terminal that is too narrow for it, a block of lines a row."""
    texts = [[visible(cell(row[name])) for name in columns] for row in rows]
    whole = table(columns, texts)
    if width is not None and texts and _natural_width(whole) > width:
        return draw(_blocks(columns, texts), width, colour=colour)
    return draw(whole, width, colour=colour)


def table(columns: Sequence[str], texts: Sequence[Sequence[str]]) -> Table:
    """Return a table of texts, columns of numbers to the right."""
    from rich import box  # only a table needs it
    from rich.table import Table
    from rich.text import Text

    result = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for number, name in enumerate(columns):
        numeric = bool(texts) and all(_is_number(line[number]) for line in texts)
        result.add_column(Text(name), justify="right" if numeric else "left", overflow="fold")
    for line in texts:
        result.add_row(*(Text(text) for text in line))
    return result


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).removeprefix("-").isdecimal() or not text


def _natural_width(of: Table) -> int:
    from rich.measure import Measurement

    console = _console(None)
    return Measurement.get(console, console.options, of).maximum


def _blocks(columns: Sequence[str], texts: Sequence[Sequence[str]]) -> RenderableType:
    from rich.console import Group
    from rich.rule import Rule
    from rich.table import Table
    from rich.text import Text

    parts: list[RenderableType] = []
    for number, line in enumerate(texts, 1):
        block = Table.grid(padding=(0, 2, 0, 0))
        block.add_column(style="bold", no_wrap=True)
        block.add_column(overflow="fold")
        for name, text in zip(columns, line, strict=True):
            block.add_row(Text(name), Text(text))
        parts += [Rule(f"{number} of {len(texts)}", align="left"), block]
    return Group(*parts)


def _console(width: int | None, *, colour: bool = False) -> Console:
    from rich.console import Console  # JSON, CSV and Markdown do without

    return Console(
        file=io.StringIO(),
        width=width or WIDE,
        force_terminal=colour,
        color_system="standard" if colour else None,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )


def draw(what: RenderableType, width: int | None, *, colour: bool = False) -> str:
    """Return a renderable as text, without blanks at the ends of lines; what a view let through steers nothing."""
    from rich.segment import Segment, Segments

    with _console(width, colour=colour) as console, console.capture() as kept:
        parts = (Segment(visible(part.text), part.style) for part in console.render(what) if not part.control)
        console.print(Segments(parts), crop=False)
    return "".join(f"{line.rstrip()}\n" for line in kept.get().splitlines())
