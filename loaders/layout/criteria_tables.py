"""Read tables: which column says what is essential, what is desirable, how each is assessed, and which the matter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from loaders.language.patterns import any_case
from loaders.layout.columns import (
    NECESSITIES,
    column_head,
    heads_of_row,
    is_head_row,
    is_legend,
    is_mark,
    is_method,
    is_number,
    necessity_of,
)
from loaders.layout.headings import heading
from loaders.layout.lines import Line, rows
from loaders.layout.list_items import Item, Items, is_template, items
from loaders.layout.outline import is_titled

_LETTER = re.compile(r"[ED]")
_LONGEST_LABEL = 4
_FEWEST_WORDS = 2


def is_table(lines: Sequence[Line]) -> bool:
    """Return whether lines stand in the cells of a table."""
    return sum(line.cell is not None for line in lines) > 1


def criteria_of_table(lines: Sequence[Line], titled: str | None = None) -> Items:
    """Return each criterion with its necessity; heads, labels of rows and how each is assessed are frames.

    What stands below a cell without a cell of its own goes on in the column of the cell above it, unless marks beside
    the criteria say what is essential: then a row without one names a group, or is left as not understood. `titled` is
    the necessity that the title of the part gives.
    """
    marked = _is_marked(table := list(rows(lines)))
    if not marked and not titled and not _is_understood(table):
        return Items(rest=list(lines))
    heads, ended = _Heads(_labels_of_rows(table, titled), marked=marked), False
    table, content = _without_above(table)
    matter = max(_words_by_column(table).items(), key=lambda one: one[1], default=(0, 0))[0]
    for whole in table:
        row = heads.without_label(whole, content)
        if row is whole and heads.take(row):
            content.frames += row
            continue
        ended = _is_below(row[0]) or (ended and row[0].cell is None)
        if ended and not marked:
            content.rest += row
            continue
        kinds = [None if marked and line.cell is None else heads.of(line) for line in row]
        aside = [_is_aside(line, row) or kind in {"method", "number"} for line, kind in zip(row, kinds, strict=True)]
        marks = [necessity_of(line.text, kind) for line, kind in zip(row, kinds, strict=True)]
        necessity = next(filter(None, marks), None)
        beside = len(row) > 1 and any(is_mark(line.text) for line in row)
        for line, kind, is_aside in zip(row, kinds, aside, strict=True):
            group = marked and line.cell is None and is_titled(line) and len(line.text.split()) <= _LONGEST_LABEL
            in_matter = line.cell is not None and line.cell[1] == matter
            alone = len(row) > 1 and aside.count(False) == 1
            lone = (beside and (alone or in_matter)) or (alone and in_matter)
            other = beside and not lone and len(line.text.split()) <= _LONGEST_LABEL
            if line.cell is None and kind in {"method", "number"} and not _is_aside(line, row):
                content.rest.append(line)
            elif is_aside or group or other or (_is_label(line, heads.labels) and not lone):
                content.frames.append(line)
            elif lone or not marked or _goes_on(content, line):
                _add(content, line, necessity or (kind if kind in NECESSITIES else heads.group or titled))
    return content.without_page_numbers()


def _labels_of_rows(table: Sequence[Sequence[Line]], titled: str | None) -> list[Line]:
    """Return the first cells that say what the rest of their row is: one row is essential, another desirable."""
    named = [(row[0], heads_of_row([line.text for line in row])) for row in table if len(row) > 1]
    labels = [(line, heads[0]) for line, heads in named if len(heads) == 1 and heads.get(0) in NECESSITIES]
    return [line for line, _ in labels] if {*(one for _, one in labels), titled} >= NECESSITIES else []


def _without_above(table: Sequence[list[Line]]) -> tuple[list[list[Line]], Items]:
    """Return the rows without what stands above the heads in no cell: titles are frames, sentences are left."""
    first = next((place for place, row in enumerate(table) if is_head_row([line.text for line in row])), 0)
    above = [row[0] for row in table[:first] if row[0].cell is None and not row[0].mark]
    titles = [line for line in above if is_titled(line)]
    kept = [row for row in table if row[0] not in above]
    return kept, Items(frames=titles, rest=[line for line in above if line not in titles])


def _words_by_column(table: Sequence[Sequence[Line]]) -> Counter[int]:
    """Return how many words stand in each column, heads and what is no matter left out."""
    counts: Counter[int] = Counter()
    for row in table:
        if len(row) > 1 and not is_head_row([line.text for line in row]):
            counts.update(
                {line.cell[1]: len(line.text.split()) for line in row if line.cell and not _is_aside(line, row)}
            )
    return counts


def _is_below(line: Line) -> bool:
    """Return whether a line stands apart below a table, as a heading does."""
    return line.cell is None and line.gap and not line.whole and is_titled(line)


def _is_marked(table: Sequence[Sequence[Line]]) -> bool:
    """Return whether marks beside the criteria say what is essential: the same mark stands in several rows."""
    texts = [[line.text for line in row] for row in table if len(row) > 1]
    if any("necessity" in heads_of_row(row).values() for row in texts):
        return True
    marks = [text for row in texts if not is_head_row(row) for text in row if is_mark(text)]
    return len(marks) > len(set(marks))


def _is_understood(table: Sequence[Sequence[Line]]) -> bool:
    """Return whether heads say what is essential, or whole phrases stand in the cells: words alone may be anything."""
    if any(column_head(line.text) in {*NECESSITIES, "method"} for row in table for line in row):
        return True
    cells = [[line for line in row if not _is_aside(line, row)] for row in table if len(row) > 1]
    phrases = sum(any(len(line.text.split()) > _LONGEST_LABEL for line in row) for row in cells)
    return 2 * phrases > len(cells)


def _is_aside(line: Line, row: Sequence[Line]) -> bool:
    """Return whether a line of a table is no matter of it: a mark, a number, a method, a legend."""
    number = len(row) > 1 and is_number(line.text)
    return number or is_mark(line.text) or is_method(line.text) or is_legend(line.text) or is_template(line)


def matter_of_table(lines: Sequence[Line], title: Line | None) -> tuple[list[Line], list[Line]]:
    """Return the lines of a list, and those that are heads of its columns, numbers, shares or labels of its rows.

    What other columns say of the matter, as how it is measured, is neither.
    """
    if not is_table(lines):
        return list(lines), []
    matter: list[Line] = []
    aside: list[Line] = []
    table = list(rows(lines))
    words = _words_by_column(table)
    for before, row, below in zip(([], *table), table, (*table[1:], []), strict=False):
        beside = title is not None and row[0].first == title.first and len(below) > len(row)
        first = len(row) > 1 and (not before or before[-1].cell is None)
        for line in row:
            framed = ((first or beside) and _is_row_of_heads(row, below, known=beside)) or (
                len(row) > 1 and (is_number(line.text) or is_mark(line.text) or _is_label_beside(line, row))
            )
            few = len(row) > 1 and line.cell is not None and 2 * words[line.cell[1]] < max(words.values(), default=0)
            if framed or not few:
                (aside if framed else matter).append(line)
    return matter, aside


def _is_row_of_heads(row: Sequence[Line], below: Sequence[Line], *, known: bool) -> bool:
    """Return whether the first row of a table holds heads: short, and known ones or numbers below one."""
    numbers = sum(is_number(line.text) for line in below) > sum(is_number(line.text) for line in row)
    short = all(
        column_head(line.text) or (len(line.text.split()) <= 2 * _LONGEST_LABEL and not line.text.endswith("."))
        for line in row
    )
    return short and len(below) > 1 and (known or numbers or any(column_head(line.text) for line in row))


def _is_label_beside(line: Line, row: Sequence[Line]) -> bool:
    """Return whether the first text of a row is short and only names what the one beside it says."""
    texts = [one for one in row if not is_number(one.text) and not is_mark(one.text)]
    return (
        len(texts) > 1
        and line is texts[0]
        and _is_label(line, frozenset({line.cell[1]} if line.cell else ()))
        and (len(line.text.split()) <= _LONGEST_LABEL < len(texts[1].text.split()))
    )


class _Heads:
    """What the columns of a table are called, as far as it was read."""

    def __init__(self, of_rows: Sequence[Line], *, marked: bool) -> None:
        self._marked, self._of_rows = marked, of_rows
        self.group: str | None = None
        """The necessity that a row of its own gave to those below it."""
        self._columns: dict[int, str] = {}
        self._order: list[str] = []
        """Heads in their order, where they were copied one below the other, and columns are lost."""
        self._row, self._next, self._now = 0, 0, ""

    def without_label(self, row: list[Line], content: Items) -> list[Line]:
        """Return a row without the cell that says what the rest of it is, which is kept."""
        if row[0] not in self._of_rows:
            return row
        self.group = column_head(row[0].text)
        content.frames.append(row[0])
        return row[1:]

    @property
    def labels(self) -> frozenset[int]:
        """Return the columns that name groups of criteria."""
        return frozenset(column for column, head in self._columns.items() if head == "label")

    def take(self, row: Sequence[Line]) -> bool:
        """Return whether a row holds heads, and keep them."""
        named = heads_of_row([line.text for line in row])
        heads = {(row[place].cell or (0, 1))[1]: head for place, head in named.items()}
        kinds = set(heads.values())
        if not kinds & {*NECESSITIES, "necessity"} and not ("method" in kinds and (self._columns or len(row) > 1)):
            return False
        if self._marked and len(row) > 1 and len(named) < len(row) and any(is_mark(line.text) for line in row):
            return False
        if len(row) == 1 and row[0].cell is None and kinds <= NECESSITIES:
            self.group = next(iter(kinds))
            return True
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


def _is_label(line: Line, labels: frozenset[int]) -> bool:
    """Return whether a cell only names the group of criteria beside it."""
    first = line.cell is not None and line.cell[1] == 1
    short = len(line.text.split()) <= _LONGEST_LABEL and not line.text.endswith(".")
    return not line.mark and (line.text.endswith(":") or (first and short) or (line.cell or (0, 0))[1] in labels)


def _goes_on(content: Items, line: Line) -> bool:
    """Return whether a line is the rest of a torn criterion."""
    above = content.items[-1] if content.items else None
    torn = above and line.text[:1].islower() and not line.mark and not above.text.endswith((".", ";", ":"))
    return bool(above and torn and line.first <= above.last + 1)


def _add(content: Items, line: Line, necessity: str | None) -> None:
    if _goes_on(content, line):
        content.items[-1].go_on(line)
        return
    if line.cell is None and not line.mark and len(line.text.split()) < _FEWEST_WORDS:
        return
    content.items += items([replace(line, mark=line.mark or "•")], necessity=necessity).items or [
        Item(line.text, line.first, line.last, marked=True, line=line, necessity=necessity)
    ]


_SAYS_ITSELF = any_case(r"\w[ \w]*\s[(\[](?:essential|desirable|[ED])[)\]]\.?$")
"""A criterion with its necessity behind it."""


def set_above(lines: Sequence[Line]) -> int:
    """Return how many lines stand above the one that begins what is essential: a title, labels, how to use the list."""
    if any(_SAYS_ITSELF.search(line.text) for line in lines[:1]):
        return 0
    starts = [place for place, line in enumerate(lines) if not line.mark and column_head(line.text) == "essential"]
    above = lines[: starts[0]] if len(starts) == 1 else ()
    return 0 if any(line.mark for line in above) else len(above)


def without_notes(lines: Sequence[Line]) -> tuple[list[Line], list[Line], dict[int, str]]:
    """Return the lines of a list without those that only say something of the criteria, as cells pasted one a line do.

    Returns also those lines, and the necessity that a letter gives to the criterion whose last line is given.
    """
    kept: list[Line] = []
    aside: list[Line] = []
    necessities: dict[int, str] = {}
    plain = not any(line.mark for line in lines)
    kinds = [column_head(line.text) for line in lines]
    for line, before, kind, after in zip(lines, [None, *kinds], kinds, [*kinds[1:], None], strict=False):
        letter = None if line.mark else _LETTER.fullmatch(line.text)
        if letter and kept:
            necessities[kept[-1].last] = "essential" if letter[0].casefold().startswith("e") else "desirable"
        in_row = plain and kind in NECESSITIES and {before, after} & (NECESSITIES - {kind})
        is_group = heading(line.text) is not None and kind is None
        is_note = letter or is_group or in_row or is_method(line.text) or kind == "method" or is_legend(line.text)
        (aside if is_note and not line.mark else kept).append(line)
    return kept, aside, necessities
