"""The paragraphs and tables of a document of a word processor, and the lines that they are given as."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from loaders.formats.source import SourceLine

GAP = 60
"""Twips, 1440 to the inch: space between two paragraphs that is seen as a blank line."""

_NESTED_BY = 150
"""Twips by which an item stands further in than the one that it is nested in."""

_DEEPEST_HEADING = 6
_HEADING = re.compile(r"heading ([1-9])|title")
_LENGTH = re.compile(r"(-?\d{1,5}(?:\.\d{1,6})?)(in|cm|mm|pt|pc)")
_TWIPS = {"in": 1440.0, "cm": 566.93, "mm": 56.693, "pt": 20.0, "pc": 240.0}


def twips(length: str | None) -> int:
    """Return a length in twips, 0 for one that is none or relative.

    >>> twips("0.5in"), twips("12pt"), twips("100%")
    (720, 240, 0)
    """
    match = _LENGTH.fullmatch(length or "")
    return round(float(match[1]) * _TWIPS[match[2]]) if match else 0


def heading_of(style: str) -> int:
    """Return the level of a heading by the name of its style, 0 for any other style.

    >>> heading_of("Heading 2"), heading_of("Title"), heading_of("Normal")
    (2, 1, 0)
    """
    match = _HEADING.fullmatch(style.lower())
    return int(match[1] or 1) if match else 0


@dataclass(frozen=True, slots=True)
class Look:
    """What a paragraph is given by its style, and by its own properties over those of its style."""

    style: str = ""
    heading: int = 0
    list_id: str = ""
    """The list that an item belongs to."""
    level: int | None = None
    """Level of an item within its list, from 0; none where the list says which."""
    indent: int | None = None
    """Twips from the margin; none where the list says how many."""
    above: int = 0
    below: int = 0
    """Twips of space."""
    is_close: bool = False
    """Whether there is no space to paragraphs of the same style."""
    is_hidden: bool = False


@dataclass(slots=True)
class Paragraph:
    """A paragraph; its text has a line feed where the author broke a line, and no words where it is empty."""

    text: str = ""
    look: Look = field(default_factory=Look)
    mark: str = ""
    """What stands before the text by itself, as "•" or "2."."""
    level: int = 0
    """Level of an item within its list, from 1; 0 for what is no item."""


@dataclass(slots=True)
class Table:
    """A table: its cells that have words, row by row, each with the row and column of its first part, from 1."""

    cells: list[tuple[int, int, Sequence[Block]]]

    def __post_init__(self) -> None:
        """Leave out the empty cells."""
        self.cells = [cell for cell in self.cells if any(words(cell[2]))]

    @property
    def is_layout(self) -> bool:
        """Return whether only one row or one column has words: it puts paragraphs in their place."""
        return any(len({cell[axis] for cell in self.cells}) <= 1 for axis in (0, 1))


Block = Paragraph | Table


def words(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the text of each paragraph that has one, wherever it stands."""
    for block in blocks:
        if isinstance(block, Table):
            for *_, inner in block.cells:
                yield from words(inner)
        elif block.text.strip():
            yield " ".join(block.text.split())


def as_note(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks of a note as they stand below the text, without the space that was left for its number."""
    yield Paragraph()
    for block in blocks:
        if isinstance(block, Paragraph):
            block.text = block.text.lstrip()
        yield block


def lines(blocks: Iterable[Block]) -> tuple[SourceLine, ...]:
    """Return the lines of a document: a blank one where a page shows a gap, but none between items of a list."""
    writer = _Writer()
    writer.write(blocks, None)
    return tuple(writer.lines)


class _Writer:
    """Turn blocks into lines, one after the other."""

    def __init__(self) -> None:
        """Begin at the top of the first page."""
        self.lines: list[SourceLine] = []
        self._tables = 0
        self._gap = False
        self._last: Paragraph | None = None
        self._indents: list[int] = []

    def write(self, blocks: Iterable[Block], cell: tuple[int, int, int] | None) -> None:
        for block in blocks:
            if isinstance(block, Table):
                self._table(block, cell)
            else:
                self._paragraph(block, cell)

    def _table(self, table: Table, outer: tuple[int, int, int] | None) -> None:
        is_layout, last = table.is_layout, 0
        self._tables += not is_layout
        number = self._tables
        for row, column, inner in table.cells:
            self._break(is_layout or row != last)
            last = row
            self.write(inner, outer if is_layout else (number, row, column))
        self._break(True)

    def _break(self, gap: bool) -> None:
        self._gap, self._last, self._indents = gap, None, []

    def _paragraph(self, paragraph: Paragraph, cell: tuple[int, int, int] | None) -> None:
        if not paragraph.text.strip():
            self._gap = True
            return
        last, look = self._last, paragraph.look
        in_list = last and last.level and paragraph.level and last.look.list_id == look.list_id
        if self.lines and not in_list and (self._gap or look.heading or (last and _is_apart(last.look, look))):
            self.lines.append(SourceLine(""))
        pieces = [piece.rstrip() for piece in paragraph.text.split("\n") if piece.strip()]
        if paragraph.mark:
            pieces[0] = f"{paragraph.mark} {pieces[0].lstrip()}"
        item, heading = self._depth(paragraph), min(look.heading, _DEEPEST_HEADING)
        for left, piece in zip(reversed(range(len(pieces))), pieces, strict=True):
            self.lines.append(SourceLine(piece, heading, 0 if heading else item, cell, whole=not left))
            item = 0
        self._gap, self._last = False, paragraph

    def _depth(self, paragraph: Paragraph) -> int:
        """Return how deep an item is nested: by its level, or by where it stands if that is deeper."""
        if not paragraph.level:
            self._indents = []
            return 0
        indent = paragraph.look.indent or 0
        while self._indents and self._indents[-1] > indent - _NESTED_BY:
            self._indents.pop()
        self._indents.append(indent)
        return max(paragraph.level, len(self._indents))


def _is_apart(one: Look, two: Look) -> bool:
    same = one.style == two.style
    return max(0 if one.is_close and same else one.below, 0 if two.is_close and same else two.above) >= GAP
