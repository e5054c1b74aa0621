"""Turn the elements of a page into lines: a block is a line, an item has its mark, a cell its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from loaders.formats.html_surroundings import HEADINGS
from loaders.formats.html_tree import Element, UnreasonablePageError, names, walk
from loaders.formats.office.blocks import twips
from loaders.formats.office.counters import WRITTEN, whole
from loaders.formats.source import SourceLine

MOST_LINES = 50_000
"""The longest packs have some two thousand."""

_LISTS = names("ul ol menu dir")
_PREFORMATTED = names("pre listing xmp plaintext")
_APART = frozenset([*HEADINGS, *_LISTS, *_PREFORMATTED, *names("p dl table blockquote figure hr fieldset")])
"""Blocks with a gap above and below."""

_BLOCKS = _APART | names(
    "address article aside body caption center col colgroup dd details dialog div dt figcaption footer form header"
    " hgroup html legend li main nav optgroup section search summary tbody td tfoot th thead tr"
)
_DISPLAYED = names("block flex grid list-item table")
_TYPED_MARK = re.compile(r"\s*(?P<mark>\(?\w{1,5}[.)]|\d+(?:\.\d+)*|[^\w\s]|[ovqnluüØ])[\s\u00a0]*\u00a0\s*(?=\S)")
_LEVEL = 720
"""Twips by which Word sets in each level of a list."""

_MOST_COLUMNS, _MOST_ROWS = 100, 65_534
"""More columns than a page can show; each row may have to pass over as many that cells above it span."""


def lines_of(root: Element) -> tuple[SourceLine, ...]:
    """Return the lines of a page, with a blank one wherever it shows a gap."""
    writer = _Writer()
    for one, ends in walk(root):
        if isinstance(one, str):
            writer.write(one)
        elif ends:
            writer.end(one)
        else:
            writer.start(one)
    writer.flush()
    return tuple(writer.lines)


@dataclass
class _List:
    """A list, and the number of its next item; one without numbers has bullets."""

    written: Callable[[int], str] | None = None
    number: int = 1
    step: int = 1

    def mark(self, item: Element) -> str:
        """Count an item and return its mark."""
        count = whole(item.attributes.get("value", "").strip(), self.number)
        self.number = count + self.step
        return f"{self.written(count)}. " if self.written else "• "


class _Place(NamedTuple):
    """What a block stands in."""

    heading: int = 0
    is_preformatted: bool = False
    depth: int = 0
    """How many lists."""
    list: _List = _List()
    in_item: bool = False
    cell: tuple[int, int, int] | None = None

    @property
    def shows_gaps(self) -> bool:
        """Return whether blocks stand apart here: within an item or a cell they do not."""
        return not self.in_item and self.cell is None


class _Writer:
    """The lines so far, and what the next one stands in."""

    def __init__(self) -> None:
        self.lines: list[SourceLine] = []
        self.text: list[str] = []
        self.within = [_Place()]
        self.mark = ""
        self.typed_depth = 0
        """The depth of a paragraph that Word saved as an item."""
        self.gap = False
        self.tables = 0
        self.after_link = False
        """Whether a link has just ended: one right after it is shown apart."""
        self.places: dict[Element, tuple[int, int, int]] = {}

    def write(self, text: str) -> None:
        self.text.append(text)
        self.after_link = False

    def start(self, one: Element) -> None:
        if one.tag == "br":
            self.break_line()
        elif one.tag == "q":
            self.write("“")
        elif one.tag == "a" and self.after_link:
            self.flush()
        if _is_block(one):
            self.flush()
            self._part(one)
            self.within.append(self._place(one, self.within[-1]))

    def end(self, one: Element) -> None:
        if one.tag == "q":
            self.write("”")
        self.after_link = one.tag == "a"
        if _is_block(one):
            self.flush()
            self.within.pop()
            self._part(one)
            self.typed_depth = 0
            self.mark = "" if one.tag == "li" else self.mark

    def _part(self, one: Element) -> None:
        """Leave a gap above or below a block that has one."""
        is_apart = one.tag in _APART or _heading(one) > 0
        self.gap = self.gap or (is_apart and self.within[-1].shows_gaps)

    def _place(self, one: Element, outer: _Place) -> _Place:
        """Return what stands in a block stands in."""
        if one.tag in _PREFORMATTED or one.style.get("white-space", "").startswith("pre"):
            outer = outer._replace(is_preformatted=True)
        if level := _heading(one):
            return outer._replace(heading=level)
        if one.tag in _LISTS:
            return outer._replace(depth=outer.depth + 1, list=_list(one))
        if one.tag == "li":
            self.mark = outer.list.mark(one)
            return outer._replace(in_item=True)
        if one.tag in {"td", "th"}:
            return outer._replace(cell=self.places.get(one, outer.cell))
        if one.tag == "table":
            cells = _places(one)
            self.tables += bool(cells)
            self.places |= {cell: (self.tables, *place) for cell, place in cells.items()}
        else:
            self.typed_depth = _typed_depth(one)
        return outer

    def break_line(self) -> None:
        if self.within[-1].is_preformatted:
            self.text.append("\n")
        elif not self.flush(whole=False):
            self.gap = self.gap or self.within[-1].shows_gaps

    def flush(self, *, whole: bool = True) -> bool:
        """Write the text that has come together as lines; return whether there was any."""
        raw, self.text = "".join(self.text), []
        rows = re.split(r"\r\n|\r|\n", raw) if self.within[-1].is_preformatted else [raw]
        filled = [number for number, row in enumerate(rows) if row.strip()]
        if not filled:
            # What is not folded away, such as a hard space alone, is shown as a blank line.
            self.gap = self.gap or (raw.strip(" \t\r\n\f") != "" and self.within[-1].shows_gaps)
            return False
        for number in range(filled[0], filled[-1] + 1):
            self._write(self._line(rows[number], whole=whole and number == filled[-1]))
        self.typed_depth = 0
        return True

    def _line(self, raw: str, *, whole: bool) -> SourceLine:
        """Return a line with its mark: that of its item, or the one that Word wrote into the text."""
        text, item, place = " ".join(raw.split()), 0, self.within[-1]
        if self.mark and text:
            # A heading shows its number, but stands for itself where it had a bullet.
            item = 0 if place.heading else max(1, place.depth)
            text, self.mark = f"{'' if place.heading and self.mark == '• ' else self.mark}{text}", ""
        elif self.typed_depth and not place.heading and (typed := _TYPED_MARK.match(raw)):
            # Signs and letters of Word's fonts for signs are bullets.
            mark = typed["mark"] if typed["mark"][-1] in ".)" or typed["mark"][0].isdigit() else "•"
            text, item = " ".join([mark, *raw[typed.end() :].split()]), self.typed_depth
        elif place.is_preformatted and not place.heading:
            text = raw.rstrip().expandtabs(8)
        return SourceLine(text, place.heading, item, place.cell, whole=whole)

    def _write(self, line: SourceLine) -> None:
        # Word gives each item a paragraph of its own.
        between_items = line.item and not self.within[-1].depth and self.lines and self.lines[-1].item
        if self.gap and self.lines and not between_items:
            self.lines.append(SourceLine(""))
        self.lines.append(line)
        self.gap = False
        if len(self.lines) > MOST_LINES:
            raise UnreasonablePageError(f"a page of more than {MOST_LINES:,} lines")


def _is_block(one: Element) -> bool:
    return one.tag in _BLOCKS or one.style.get("display") in _DISPLAYED


def _heading(one: Element) -> int:
    """Return the level of a heading, or 0."""
    if one.role == "heading":
        return min(6, max(1, whole(one.attributes.get("aria-level"), 2)))
    return int(one.tag[1]) if one.tag in HEADINGS else 0


def _typed_depth(one: Element) -> int:
    """Return the depth of a paragraph that Word saved as a list item, or 0."""
    if level := re.search(r"level(\d)", one.style.get("mso-list", "")):
        return int(level[1])
    is_hanging = one.style.get("text-indent", "").startswith("-")
    return max(1, round(twips(one.style.get("margin-left")) / _LEVEL)) if is_hanging else 0


def _list(one: Element) -> _List:
    if one.tag != "ol":
        return _List()
    style = one.style.get("list-style", "") + one.style.get("list-style-type", "")
    kind = next((kind for kind in WRITTEN if "-" in kind and kind in style), one.attributes.get("type") or "1")
    items = sum(child.tag == "li" for child in one.elements)
    step = -1 if "reversed" in one.attributes else 1
    first = whole(one.attributes.get("start", "").strip(), items if step < 0 else 1)
    return _List(WRITTEN.get(kind, str), first, step)


def _places(table: Element) -> dict[Element, tuple[int, int]]:
    """Return the row and column of each cell of a table, from 1; nothing for one used for layout.

    That is one that says so, or of which only one row or column has words.
    """
    if table.role in {"presentation", "none"}:
        return {}
    found = dict(_placed(table))
    filled = [place for cell, place in found.items() if cell.words]
    return found if all(len({place[axis] for place in filled}) > 1 for axis in (0, 1)) else {}


def _placed(table: Element) -> Iterator[tuple[Element, tuple[int, int]]]:
    taken: dict[int, int] = {}
    group = None
    for number, row in enumerate(_rows(table), 1):
        if row.parent is not group:
            group, taken = row.parent, {}
        column = 1
        for cell in (cell for cell in row.children if not isinstance(cell, str) and cell.tag in {"td", "th"}):
            while taken.get(column, 0) >= number:
                column += 1
            yield cell, (number, column)
            # A rowspan of 0 goes on to the end.
            width, height = _span(cell, "colspan") or 1, _span(cell, "rowspan") or _MOST_ROWS
            end = min(column + width, _MOST_COLUMNS)
            if height > 1:
                taken |= dict.fromkeys(range(column, end), number + height - 1)
            column = max(end, column)


def _rows(table: Element) -> Iterator[Element]:
    """Yield the rows of a table, not those of the tables in it."""
    stack = [table]
    while stack:
        one = stack.pop()
        if one.tag == "tr":
            yield one
        else:
            stack += [child for child in reversed(one.elements) if child.tag != "table"]


def _span(cell: Element, name: str) -> int:
    return max(0, whole(cell.attributes.get(name, "").strip(), 1))
