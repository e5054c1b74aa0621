"""Turn the pages of a PDF into lines of text: paragraphs that go on are joined, headings and items are told."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from loaders.formats.pdf_columns import Block, Flow, Grid, Place, in_reading_order
from loaders.formats.pdf_page import Page, Piece, as_pieces, with_marks
from loaders.formats.pdf_paragraphs import (
    Line,
    Measures,
    Paragraph,
    as_lines,
    is_full,
    measures,
    paragraphs,
    text_of,
)
from loaders.formats.pdf_tables import Table, ruled_tables
from loaders.formats.source import SourceLine

_HEADING = 1.12
"""Times the size of the text: what is as large is a heading."""

_LONGEST_HEADING = 20
_BOLD_SHARE = 0.4
_NOTE = 0.92
_PADDING = 10.0
_DEEPER = 0.6
_MOST_LEVELS = 6
_Cells = dict[int, tuple[list[Line], float]]
"""By its column, the lines of a cell and where they end."""

_LEADS_ON = re.compile(r"(?:\b(?:a|an|and|at|by|for|from|in|of|on|or|the|to|with)|[,&/–-])$", re.IGNORECASE)
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹*†‡"


def as_text(pages: Sequence[Page]) -> tuple[tuple[SourceLine, ...], tuple[str, ...]]:
    """Return the lines of text of all pages, and notes of what was left out."""
    notes: list[str] = []
    found: list[tuple[Page, list[Piece], list[Table]]] = []
    for page in pages:
        if page.aside:
            page = _without_cells(page, found[-1][2])  # noqa: PLW2901
            notes += _note_of(page)
        tables, words = ruled_tables(page)
        found.append((page, with_marks(as_pieces(words), page.dots), tables))
    known: set[Place] = set()
    for _ in range(2):
        read = [(page, in_reading_order(pieces, tables, known)) for page, pieces, tables in found]
        flows = [(page, block) for page, blocks in read for block in blocks if isinstance(block, Flow)]
        known = {flow.column for _, flow in flows}
    usual = measures((_place(page, flow), as_lines(flow.pieces)) for page, flow in flows)
    document = _Document(usual, notes=notes)
    for page, blocks in read:
        for block in blocks:
            document.add(page, block)
    _tell_headings(document.paragraphs, usual)
    _tell_items(document.paragraphs)
    return tuple(_source_lines(document.paragraphs, usual)), tuple(document.notes)


def _without_cells(page: Page, tables: Sequence[Table]) -> Page:
    """Return text that stands on its side without that of it which stands in cells; those have it."""
    kept = []
    for piece in as_pieces(page.words):
        x, y = page.places[piece.words[0].order]
        cell = next((cell for table in tables for cell in table.cells if cell.holds(x, y)), None)
        if cell:
            middle = (cell.box.y0 + cell.box.y1) / 2
            cell.words.append(
                piece.words[0]._replace(text=piece.text, x0=cell.box.x0 + 1, x1=cell.box.x0 + 1, y=middle)
            )
        else:
            kept += piece.words
    return replace(page, words=kept)


def _note_of(page: Page) -> list[str]:
    text = " ".join(word.text for word in page.words)[:200]
    return [f'stands on its side on page {page.number}, and is read after the rest of it: "{text}"'] if text else []


def _place(page: Page, flow: Flow) -> tuple[int, ...]:
    return (round(page.width), *flow.column)


@dataclass(slots=True)
class _Document:
    """The paragraphs so far, and the table that the last of them stand in."""

    usual: Measures
    paragraphs: list[Paragraph] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    flows: int = 0
    tables: int = 0
    table: _Rows | None = None

    def add(self, page: Page, block: Block) -> None:
        """Add a block of a page."""
        if isinstance(block, Flow):
            right = self.usual.rights[_place(page, block)]
            found = paragraphs(as_lines(block.pieces), page.number, right, self.usual)
            self.flows += 1
            for one in found:
                one.flow, one.left = self.flows, self.usual.lefts[_place(page, block)]
            _set_aside(found, self.usual, aside=page.aside)
            self._go_on(found)
            self.table = None
        else:
            self._add_table(page, _rows_of(page, block))

    def _go_on(self, found: list[Paragraph]) -> None:
        """Add paragraphs of another column or page, the first of them to a sentence that is not ended."""
        above = next((one for one in reversed(self.paragraphs) if not one.aside), None)
        first = found[0]
        if above and self.table is None and not first.aside and _runs_on(above, first, self.usual):
            above.lines += first.lines
            above.right = first.right
            found = found[1:]
        elif above and above.marked and first.marked and above.cell is None:
            first.apart = False
        self.paragraphs += found

    def _add_table(self, page: Page, rows: _Rows) -> None:
        """Add the rows of a table, which may go on with one that began on the page before."""
        table = self.table
        if table and table.page < page.number and table.is_like(rows):
            self._number(table)
            if rows.texts(0) == table.head:
                self.notes.append(
                    f"left out on page {page.number}: the head of a table, which stands on the page before"
                )
                del rows.cells[0]
            is_torn = rows.cells and (table.is_open or rows.is_torn or self._is_rest(rows.cells[0], table))
            first = table.count - (1 if is_torn else 0)
            rows.number, rows.head, rows.is_full = table.number, table.head, table.is_full
        elif rows.is_grid:
            self.tables += 1
            first, rows.number = 0, self.tables
        else:
            first, rows.number = 0, 0
        last = {one.cell: one for one in self.paragraphs if one.cell and one.cell[0] == rows.number}
        for row, cells in enumerate(rows.cells, first + 1):
            for column, (lines, right) in sorted(cells.items()):
                found = paragraphs(lines, page.number, right, self.usual)
                cell = (rows.number, row, column) if rows.number else None
                if cell in last and not (found[0].marked or last[cell].is_ended):
                    last[cell].lines += found[0].lines
                    found = found[1:]
                for one in found:
                    one.cell, one.apart = cell, cell is None and one is found[0]
                rows.loose += [] if cell else [(column, one) for one in found]
                self.paragraphs += found
        rows.count, rows.page = first + len(rows.cells), page.number
        rows.is_full = rows.is_full and all(1 in cells for cells in rows.cells)
        self.table = rows

    def _number(self, table: _Rows) -> None:
        """Make the one row at the end of a page a table, which goes on on the next."""
        if not table.number:
            self.tables += 1
            table.number = self.tables
            for column, one in table.loose:
                one.cell, one.apart = (table.number, 1, column), False

    def _is_rest(self, row: _Cells, table: _Rows) -> bool:
        """Return whether the first row on a page is the rest of the last on the page before: it has no first cell."""
        above = {
            one.cell[2]: one for one in self.paragraphs if one.cell and one.cell[:2] == (table.number, table.count)
        }
        if 1 in row or not row.keys() <= above.keys():
            return False
        goes_on = any(not above[column].is_ended or lines[0].is_rest for column, (lines, _) in row.items())
        return goes_on or table.is_full


@dataclass(slots=True)
class _Rows:
    """The rows of a table, and where its columns end."""

    cells: list[_Cells]
    ends: list[float]
    is_grid: bool
    is_open: bool = False
    is_torn: bool = False
    """Whether no line closes it below, and none above."""

    is_full: bool = True
    """Whether every row so far has a first cell."""

    page: int = 0
    number: int = 0
    count: int = 0
    head: list[str] = field(default_factory=list)
    loose: list[tuple[int, Paragraph]] = field(default_factory=list)
    """By their columns, the paragraphs of one row, which alone is no table."""

    def texts(self, row: int) -> list[str]:
        """Return the texts of a row."""
        return [line.text for _, (lines, _) in sorted(self.cells[row].items()) for line in lines]

    def is_like(self, other: _Rows) -> bool:
        """Return whether another has the same columns."""
        pairs = list(zip(self.ends, other.ends, strict=False))
        return len(self.ends) == len(other.ends) and all(abs(one - two) < _PADDING for one, two in pairs)


def _rows_of(page: Page, block: Table | Grid) -> _Rows:
    cells: dict[int, _Cells] = defaultdict(dict)
    if isinstance(block, Grid):
        for row, found in enumerate(block.rows, 1):
            for column, pieces in enumerate(found, 1):
                if pieces:
                    cells[row][column] = as_lines(pieces), block.ends[column - 1]
        rows = _Rows([cells[row] for row in sorted(cells)], block.ends, is_grid=True)
    else:
        for cell in block.cells:
            dots = [
                dot for dot in page.dots if cell.box.x0 < dot.x0 < cell.box.x1 and cell.box.y0 < dot.y0 < cell.box.y1
            ]
            lines = as_lines(with_marks(as_pieces(cell.words), dots))
            if lines:
                padding = min(_PADDING, *(line.x0 - cell.box.x0 for line in lines))
                cells[cell.row][cell.column] = lines, cell.box.x1 - padding
        ends = sorted({float(round(cell.box.x1)) for cell in block.cells})
        rows = _Rows(
            [cells[row] for row in sorted(cells)], ends, block.is_grid, not block.closed_below, not block.closed_above
        )
    rows.head = rows.texts(0)
    return rows


def _set_aside(found: list[Paragraph], usual: Measures, *, aside: bool) -> None:
    """Mark what text goes on around: notes at the end of a column, and all that stands on its side."""
    for one in reversed(found):
        is_note = one.size < usual.size * _NOTE and (one.lines[0].text[0] in _RAISED or one.marked)
        if not (aside or is_note):
            return
        one.aside = True


def _runs_on(above: Paragraph, below: Paragraph, usual: Measures) -> bool:
    """Return whether a sentence, or a heading that needs another word, goes on in another column or on another page."""
    first = below.lines[0]
    alike = abs(above.size - below.size) < above.size * 0.05 and above.bold == below.bold
    if not alike or below.marked:
        return False
    is_text = above.size < usual.size * _HEADING and not above.bold
    goes_on = (is_text or bool(_LEADS_ON.search(above.lines[-1].text))) and above.word_count > 1
    goes_on = goes_on and _hangs_alike(above, below) and is_full(above, first)
    if above.is_ended:
        # Of a paragraph nothing tells whether it goes on; of an item, what hangs as it does.
        return goes_on and above.marked and above.lines[-1].x0 - above.left > above.size * _DEEPER
    # A line of its own is what stands between two ways: "or".
    return goes_on or (first.is_rest and below.word_count > 1)


def _hangs_alike(above: Paragraph, below: Paragraph) -> bool:
    """Return whether a column opens as far from its left edge as the paragraph at the end of another goes on."""
    hang = (above.lines[-1].x0 if len(above.lines) > 1 else above.lines[0].text_x) - above.left
    return abs(below.lines[0].x0 - below.left - hang) < above.size * _DEEPER


def _tell_headings(found: Sequence[Paragraph], usual: Measures) -> None:
    """Set the level of what is larger than the text, or bold where the text is not."""
    letters: Counter[bool] = Counter()
    for one in found:
        for line in one.lines:
            letters[line.bold] += len(line.text)
    is_bold_rare = letters[True] < _BOLD_SHARE * letters.total()
    heads = [
        one
        for one in found
        if one.cell is None
        and not one.aside
        and (one.size >= usual.size * _HEADING or (one.bold and is_bold_rare))
        and sum(len(line.words) for line in one.lines) <= _LONGEST_HEADING
        and not one.lines[-1].text.endswith((".", ";", ","))
        and not (one.marked and not one.lines[0].words[0].text[0].isalnum())
    ]
    looks = sorted({(round(one.size * 2), one.bold) for one in heads}, reverse=True)
    for one in heads:
        one.heading = min(_MOST_LEVELS, looks.index((round(one.size * 2), one.bold)) + 1)


def _tell_items(found: Sequence[Paragraph]) -> None:
    """Set the depth of each item of a list by how far its mark is indented; in another column, by what mark it is."""
    levels: list[tuple[str, float]] = []
    flow = 0
    for one in found:
        x, near, mark = one.lines[0].x0, one.size * _DEEPER, _kind(one)
        if one.marked and not one.heading:
            if one.flow != flow:
                shift = next((x - level for kind, level in levels if kind == mark), None)
                levels = [(kind, level + shift) for kind, level in levels] if shift is not None else []
            while levels and x < levels[-1][1] - near:
                levels.pop()
            if not levels or x > levels[-1][1] + near:
                levels.append((mark, x))
            one.item, flow = len(levels), one.flow
        elif levels and (one.flow != flow or x < levels[0][1] + near):
            levels.clear()


def _kind(one: Paragraph) -> str:
    """Return what kind of mark a paragraph has, whatever its number."""
    return re.sub(r"[a-z]+", "a", re.sub(r"\d+", "1", one.lines[0].words[0].text))


def _source_lines(found: Sequence[Paragraph], usual: Measures) -> Iterator[SourceLine]:
    above: Paragraph | None = None
    for one in found:
        table, last = (one.cell or (0,))[0], (above.cell or (0,))[0] if above else 0
        if above and (table != last or (not table and (one.apart or one.heading or above.heading))):
            yield SourceLine("", page=one.page)
        text = text_of(one, usual)
        yield SourceLine(text, heading=one.heading, item=one.item, cell=one.cell, page=one.page, whole=True)
        above = one
