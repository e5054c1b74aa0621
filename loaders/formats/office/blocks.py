"""The paragraphs and tables of a document of a word processor, and the lines that they are given as."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from loaders.formats.source import SourceLine

GAP = 60
"""Twips, 1440 to the inch: space between two paragraphs that is seen as a blank line."""

_NESTED_BY = 150
"""Twips by which an item stands further in than the one that it is nested in."""

_DEEPEST_HEADING = 6


@dataclass(slots=True)
class Paragraph:
    """A paragraph; its text has a line feed where the author broke a line, and no words where it is empty."""

    text: str
    heading: int = 0
    mark: str = ""
    """What stands before the text by itself, as "•" or "2."."""
    level: int = 0
    """Level of an item within its list, from 1; 0 for what is no item."""
    group: str = ""
    """The list that an item belongs to."""
    indent: int = 0
    """Twips from the margin."""
    style: str = ""
    above: int = 0
    below: int = 0
    """Twips of space."""
    close: bool = False
    """Whether there is no space to paragraphs of the same style."""


@dataclass(slots=True)
class Cell:
    """A cell, with the row and column of its first part, from 1."""

    row: int
    column: int
    blocks: Sequence[Block]
    has_words: bool = field(init=False)

    def __post_init__(self) -> None:
        """Find out whether anything stands in it."""
        self.has_words = any(has_words(block) for block in self.blocks)


@dataclass(slots=True)
class Table:
    """A table: its cells, row by row."""

    cells: list[Cell]

    @property
    def is_layout(self) -> bool:
        """Return whether only one row or one column has words: it puts paragraphs in their place."""
        places = [(cell.row, cell.column) for cell in self.cells if cell.has_words]
        return not places or any(len(set(numbers)) == 1 for numbers in zip(*places, strict=True))


Block = Paragraph | Table


def has_words(block: Block) -> bool:
    """Return whether anything but space stands in a block."""
    if isinstance(block, Table):
        return any(cell.has_words for cell in block.cells)
    return bool(block.text.strip())


def words(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the text of each paragraph that has one, wherever it stands."""
    for block in blocks:
        if isinstance(block, Table):
            for cell in block.cells:
                yield from words(cell.blocks)
        elif block.text.strip():
            yield " ".join(block.text.split())


def as_note(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks of a note as they stand below the text, without the space that was left for its number."""
    yield Paragraph("")
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
        number, row, is_layout = 0, 0, table.is_layout
        if not is_layout:
            number = self._tables = self._tables + 1
        for cell in (cell for cell in table.cells if cell.has_words):
            self._break(is_layout or cell.row != row)
            row = cell.row
            self.write(cell.blocks, outer if is_layout else (number, cell.row, cell.column))
        self._break(True)

    def _break(self, gap: bool) -> None:
        self._gap, self._last, self._indents = gap, None, []

    def _paragraph(self, paragraph: Paragraph, cell: tuple[int, int, int] | None) -> None:
        if not paragraph.text.strip():
            self._gap = True
            return
        last = self._last
        in_list = last is not None and last.level and paragraph.level and last.group == paragraph.group
        if self.lines and not in_list and (self._gap or paragraph.heading or (last and _is_apart(last, paragraph))):
            self.lines.append(SourceLine(""))
        depth = self._depth(paragraph)
        pieces = [piece.rstrip() for piece in paragraph.text.split("\n") if piece.strip()]
        for number, piece in enumerate(pieces):
            self.lines.append(
                SourceLine(
                    f"{paragraph.mark} {piece.lstrip()}" if paragraph.mark and not number else piece,
                    heading=min(paragraph.heading, _DEEPEST_HEADING),
                    item=0 if number or paragraph.heading else depth,
                    cell=cell,
                    whole=number == len(pieces) - 1,
                )
            )
        self._gap, self._last = False, paragraph

    def _depth(self, paragraph: Paragraph) -> int:
        """Return how deep an item is nested: by its level, or by where it stands if that is deeper."""
        if not paragraph.level:
            self._indents = []
            return 0
        while self._indents and self._indents[-1] > paragraph.indent - _NESTED_BY:
            self._indents.pop()
        self._indents.append(paragraph.indent)
        return max(paragraph.level, len(self._indents))


def _is_apart(one: Paragraph, two: Paragraph) -> bool:
    same = one.style == two.style
    below = 0 if one.close and same else one.below
    above = 0 if two.close and same else two.above
    return max(below, above) >= GAP
