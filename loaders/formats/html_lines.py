"""Turn the elements of a page into lines: a block is a line, an item has its mark, a cell its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loaders.formats.html_surroundings import HEADINGS
from loaders.formats.html_tables import places
from loaders.formats.html_tree import UnreasonablePageError, names
from loaders.formats.source import SourceLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.formats.html_tree import Element

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
_DISPLAYED = re.compile(r"(?:^|;)display:(?:block|flex|grid|list-item|table)(?:;|!|$)")
_TYPED_MARK = re.compile(r"\s*(?P<mark>\(?\w{1,5}[.)]|\d+(?:\.\d+)*|[^\w\s]|[ovqnluüØ])[\s\u00a0]*\u00a0\s*(?=\S)")
_WORD_LEVEL = re.compile(r"(?:^|;)mso-list:\w+level(\d)")
_WORD_INDENT = re.compile(r"(?:^|;)text-indent:-")
_MARGIN = re.compile(r"(?:^|;)margin-left:(\d+(?:\.\d+)?)(pt|cm|in)")
_MARGIN_OF_LEVEL = {"pt": 36.0, "cm": 1.27, "in": 0.5}
_KINDS = {"lower-alpha": "a", "upper-alpha": "A", "lower-roman": "i", "upper-roman": "I"}
_ROMAN: tuple[tuple[int, str], ...] = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_LARGEST_ROMAN = 4_000


def lines_of(root: Element) -> tuple[SourceLine, ...]:
    """Return the lines of a page, with a blank one wherever it shows a gap."""
    writer = _Writer()
    for one, ends in _tags(root):
        if isinstance(one, str):
            writer.write(one)
        elif ends:
            writer.end(one)
        else:
            writer.start(one)
    writer.flush()
    return tuple(writer.lines)


def _tags(root: Element) -> Iterator[tuple[Element | str, bool]]:
    """Yield texts and elements in their order, each element once as it begins and once as it ends."""
    stack: list[tuple[Element | str, bool]] = [(root, False)]
    while stack:
        one, ends = stack.pop()
        if isinstance(one, str) or ends:
            yield one, ends
        elif not one.left_out:
            yield one, False
            stack.append((one, True))
            stack.extend((child, False) for child in reversed(one.children))


@dataclass
class _List:
    """A list, and the number of its next item."""

    kind: str
    number: int = 1
    step: int = 1


class _Writer:
    """The lines so far, and what the next one stands in."""

    def __init__(self) -> None:
        self.lines: list[SourceLine] = []
        self.text: list[str] = []
        self.heading = 0
        self.preformatted = 0
        self.lists: list[_List] = []
        self.cells: list[tuple[int, int, int] | None] = []
        self.items = 0
        self.mark = ""
        self.depth = 0
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
        if not _is_block(one):
            return
        self.flush()
        self.gap = self.gap or self._stands_apart(one)
        if level := _heading(one):
            self.heading = level
        elif one.tag in _LISTS:
            self.lists.append(_list(one))
        elif one.tag == "li":
            self._start_item(one)
        elif one.tag == "table":
            self._start_table(one)
        elif one.tag in {"td", "th"}:
            self.cells.append(self.places.get(one, self.cells[-1] if self.cells else None))
        else:
            self.depth = _level(one.style)
        self.preformatted += _is_preformatted(one)

    def end(self, one: Element) -> None:
        if one.tag == "q":
            self.write("”")
        self.after_link = one.tag == "a"
        if not _is_block(one):
            return
        self.flush()
        self.preformatted -= _is_preformatted(one)
        if _heading(one):
            self.heading = 0
        elif one.tag in _LISTS:
            self.lists.pop()
        elif one.tag == "li":
            self.items, self.mark = self.items - 1, ""
        elif one.tag in {"td", "th"}:
            self.cells.pop()
        self.depth = 0
        self.gap = self.gap or self._stands_apart(one)

    def _stands_apart(self, one: Element) -> bool:
        return (one.tag in _APART or _heading(one) > 0) and self._shows_gaps()

    def _shows_gaps(self) -> bool:
        """Return whether blocks stand apart here: within a list or a table they do not."""
        return not self.items and self._cell is None

    def _start_item(self, one: Element) -> None:
        self.items += 1
        within = self.lists[-1] if self.lists else _List("")
        within.number = _number(one.attributes.get("value", ""), within.number)
        self.mark = f"{_numeral(within.number, within.kind)}. " if within.kind else "• "
        within.number += within.step

    def _start_table(self, one: Element) -> None:
        cells = places(one)
        self.tables += bool(cells)
        self.places |= {cell: (self.tables, *place) for cell, place in cells.items()}

    def break_line(self) -> None:
        if self.preformatted:
            self.text.append("\n")
        elif not self.flush(whole=False):
            self.gap = self.gap or self._shows_gaps()

    def flush(self, *, whole: bool = True) -> bool:
        """Write the text that has come together as lines; return whether there was any."""
        raw, self.text = "".join(self.text), []
        rows = re.split(r"\r\n|\r|\n", raw) if self.preformatted else [raw]
        filled = [number for number, row in enumerate(rows) if row.strip()]
        if not filled:
            # What is not folded away, such as a hard space alone, is shown as a blank line.
            self.gap = self.gap or (raw.strip(" \t\r\n\f") != "" and self._shows_gaps())
            return False
        for number in range(filled[0], filled[-1] + 1):
            self._write(self._line(rows[number], whole=whole and number == filled[-1]))
        self.depth = 0
        return True

    def _line(self, raw: str, *, whole: bool) -> SourceLine:
        """Return a line with its mark: that of its item, or the one that Word wrote into the text."""
        text, item = " ".join(raw.split()), 0
        if self.mark and text:
            # A heading shows its number, but stands for itself where it had a bullet.
            item = 0 if self.heading else max(1, len(self.lists))
            text, self.mark = f"{'' if self.heading and self.mark == '• ' else self.mark}{text}", ""
        elif self.depth and not self.heading and (typed := _TYPED_MARK.match(raw)):
            text, item = f"{_typed_mark(typed['mark'])} {' '.join(raw[typed.end() :].split())}", self.depth
        elif self.preformatted and not self.heading:
            text = raw.rstrip().expandtabs(8)
        return SourceLine(text, self.heading, item, self._cell, whole=whole)

    @property
    def _cell(self) -> tuple[int, int, int] | None:
        return self.cells[-1] if self.cells else None

    def _write(self, line: SourceLine) -> None:
        # Word gives each item a paragraph of its own.
        between_items = line.item and not self.lists and self.lines and self.lines[-1].item
        if self.gap and self.lines and not between_items:
            self.lines.append(SourceLine(""))
        self.lines.append(line)
        self.gap = False
        if len(self.lines) > MOST_LINES:
            raise UnreasonablePageError(f"a page of more than {MOST_LINES:,} lines")


def _is_block(one: Element) -> bool:
    return one.tag in _BLOCKS or (one.style != "" and _DISPLAYED.search(one.style) is not None)


def _heading(one: Element) -> int:
    """Return the level of a heading, or 0."""
    if one.role == "heading":
        return min(6, max(1, _number(one.attributes.get("aria-level", ""), 2)))
    return int(one.tag[1]) if one.tag in HEADINGS else 0


def _is_preformatted(one: Element) -> bool:
    return one.tag in _PREFORMATTED or "white-space:pre" in one.style


def _level(style: str) -> int:
    """Return the depth of a paragraph that Word saved as a list item, or 0."""
    if level := _WORD_LEVEL.search(style):
        return int(level[1])
    if not _WORD_INDENT.search(style):
        return 0
    margin = _MARGIN.search(style)
    return max(1, round(float(margin[1]) / _MARGIN_OF_LEVEL[margin[2]])) if margin else 1


def _typed_mark(mark: str) -> str:
    """Return a mark of Word as it is shown: signs and letters of its fonts for signs are bullets."""
    return mark if mark[-1] in ".)" or mark[0].isdigit() else "•"


def _list(one: Element) -> _List:
    if one.tag != "ol":
        return _List("")
    style = re.search(r"(?:^|;)list-style(?:-type)?:[^;]*?(lower-alpha|upper-alpha|lower-roman|upper-roman)", one.style)
    kind = _KINDS[style[1]] if style else one.attributes.get("type", "1")
    step = -1 if "reversed" in one.attributes else 1
    items = sum(not isinstance(child, str) and child.tag == "li" for child in one.children)
    first = _number(one.attributes.get("start", ""), items if step < 0 else 1)
    return _List(kind if kind in {*_KINDS.values()} else "1", first, step)


def _number(digits: str, default: int) -> int:
    return int(digits) if re.fullmatch(r"\s*-?\d{1,6}\s*", digits) else default


def _numeral(number: int, kind: str) -> str:
    """Return a number as its list counts: 3, c or iii.

    >>> [_numeral(28, kind) for kind in ("1", "a", "I")]
    ['28', 'ab', 'XXVIII']
    """
    text = ""
    if kind in "aA":
        while number > 0:
            number, digit = divmod(number - 1, 26)
            text = chr(ord("a") + digit) + text
    elif kind in "iI" and 0 < number < _LARGEST_ROMAN:
        for value, sign in _ROMAN:
            count, number = divmod(number, value)
            text += sign * count
    return (text.upper() if kind in "AI" else text) or str(number)
