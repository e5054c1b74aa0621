"""Read tables of criteria: which column says what is essential, what is desirable, and how each is assessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from loaders.language.patterns import any_case
from loaders.layout.headings import heading, heading_key
from loaders.layout.lines import Line
from loaders.layout.list_items import Item, Items, items

_HEADS = {
    "essential": any_case(
        r"essentials?(?: (?:criteria|requirements?|attributes|qualities|skills))?|E|essential \(E\)|essential .{0,30}"
    ),
    "desirable": any_case(
        r"desirables?(?: (?:criteria|requirements?|attributes|qualities|skills))?|D|desirable \(D\)|desirable .{0,30}"
    ),
    "method": any_case(
        r"(?:method|means|how|where|stage|when|evidence)?s?(?: (?:of|will|to|it|is|be|this|candidates?|the|they))* ?"
        r"(?:assess(?:ed|ment|ing)|measur(?:ed|ement)|identified|tested|evidenced|evidence)(?: (?:method|by|at"
        r"|via|through|stage))?s?"
    ),
    "label": any_case(
        r"(?:selection |assessment )?(?:criteria|criterion|attributes?|area|category|factor|requirements?"
        r"|heading|no\.?|ref)"
    ),
}
_MARKED = any_case(r"(?P<word>E|D|essential|desirable)|[✓✔√☑xX●•*]|yes|no")
_METHOD = any_case(
    r"(?:(?:application(?: form)?|interview|assessment(?: centre| day)?|tests?|presentation|certificates?"
    r"|references?|form|cv|panel"
    r"|exercise|[AICTPRF])(?:[\s,;/&+.]+(?:and )?)?)+"
)
_LETTER = re.compile(r"[ED]")
_KEY = any_case(r"(?=.*essential)(?=.*desirable)(?:essential|desirable|[\s()/&,=ED-]|or|and)+")
_NECESSITIES = frozenset({"essential", "desirable"})
_LONGEST_LABEL = 4
_FEWEST_WORDS = 2


def is_table(lines: Sequence[Line]) -> bool:
    """Return whether lines of a person specification stand in the cells of a table."""
    return sum(line.cell is not None for line in lines) > 1


def is_method(text: str) -> bool:
    """Return whether a line only says how a criterion is assessed.

    >>> [is_method(text) for text in ("Application form / Interview", "A/I", "Interviews suspects")]
    [True, True, False]
    """
    return bool(_METHOD.fullmatch(text.strip()))


def criteria_of_table(lines: Sequence[Line]) -> Items:
    """Return each criterion with its necessity; heads, labels of rows and how each is assessed are frames.

    What stands below a cell without a cell of its own goes on in the column of the cell above it.
    """
    heads, content = _Heads(), Items()
    for row in _rows(lines):
        if heads.take(row):
            content.frames += row
            continue
        marked = next((match for line in row if (match := _MARKED.fullmatch(line.text)) and match["word"]), None)
        letter = {"e": "essential", "d": "desirable"}.get(marked["word"].lower()[:1]) if marked else None
        for line in row:
            if (
                _MARKED.fullmatch(line.text)
                or is_method(line.text)
                or _is_label(line, heads.labels)
                or (kind := heads.of(line)) == "method"
            ):
                content.frames.append(line)
            else:
                _add(content, line, letter or (kind if kind in _NECESSITIES else heads.group))
    return content.without_page_numbers()


class _Heads:
    """What the columns of a table are called, as far as it was read."""

    def __init__(self) -> None:
        self.group: str | None = None
        """The necessity that a row of its own gave to those below it."""
        self._columns: dict[int, str] = {}
        self._order: list[str] = []
        """Heads in their order, where they were copied one below the other, and columns are lost."""
        self._row, self._next, self._now = 0, 0, ""

    @property
    def labels(self) -> frozenset[int]:
        """Return the columns that name groups of criteria."""
        return frozenset(column for column, head in self._columns.items() if head == "label")

    def take(self, row: Sequence[Line]) -> bool:
        """Return whether a row holds heads, and keep them."""
        heads = {(line.cell or (0, 1))[1]: head for line in row if (head := _head(line.text))}
        kinds = set(heads.values())
        if not kinds & _NECESSITIES and not ("method" in kinds and self._columns):
            return False
        if any(self._columns.get(column, head) != head for column, head in heads.items()) or self._order:
            self._order = list(dict.fromkeys([*(self._order or self._columns.values()), *heads.values()]))
        self._columns.update(heads)
        if len(row) == 1:
            self.group = next(iter(heads.values()))
        return True

    def of(self, line: Line) -> str | None:
        """Return the head of the column that a line stands in; without a cell that of the one above it."""
        if line.cell is None:
            return self._now or None
        if not self._order:
            self._now = self._columns.get(line.cell[1], "")
            return self._now or None
        self._next = self._next + 1 if line.cell[0] == self._row else 0
        self._row, kinds = line.cell[0], [one for one in self._order if one != "label"]
        self._now = kinds[min(self._next, len(kinds) - 1)]
        return self._now


def _rows(lines: Sequence[Line]) -> Iterator[list[Line]]:
    for _, together in groupby(enumerate(lines), key=lambda one: one[1].cell[0] if one[1].cell else -one[0] - 1):
        yield [line for _, line in together]


def _head(text: str) -> str | None:
    words = heading_key(text)
    return (
        next((name for name, pattern in _HEADS.items() if pattern.fullmatch(words)), None) if len(words) > 1 else None
    )


def _is_label(line: Line, labels: frozenset[int]) -> bool:
    """Return whether a cell only names the group of criteria beside it."""
    first = line.cell is not None and line.cell[1] == 1
    short = len(line.text.split()) <= _LONGEST_LABEL and not line.text.endswith(".")
    return not line.mark and (line.text.endswith(":") or (first and short) or (line.cell or (0, 0))[1] in labels)


def _add(content: Items, line: Line, necessity: str | None) -> None:
    above = content.items[-1] if content.items else None
    torn = above and line.text[:1].islower() and not line.mark and not above.text.endswith((".", ";", ":"))
    if above and torn and line.first <= above.last + 1:
        above.go_on(line)
        return
    if line.cell is None and not line.mark and len(line.text.split()) < _FEWEST_WORDS:
        return
    content.items += items([replace(line, mark=line.mark or "•")], necessity=necessity).items or [
        Item(line.text, line.first, line.last, marked=True, line=line, necessity=necessity)
    ]


def without_notes(lines: Sequence[Line]) -> tuple[list[Line], list[Line], dict[int, str]]:
    """Return the lines of a list without those that only say something of the criteria, as cells pasted one a line do.

    Returns also those lines, and the necessity that a letter gives to the criterion whose last line is given.
    """
    kept: list[Line] = []
    aside: list[Line] = []
    necessities: dict[int, str] = {}
    for line in lines:
        letter = None if line.mark else _LETTER.fullmatch(line.text)
        if letter and kept:
            necessities[kept[-1].last] = "essential" if letter[0].casefold().startswith("e") else "desirable"
        is_group = heading(line.text) is not None and _head(line.text) is None
        is_note = (
            letter or is_group or is_method(line.text) or _head(line.text) == "method" or _KEY.fullmatch(line.text)
        )
        (aside if is_note and not line.mark else kept).append(line)
    return kept, aside, necessities
