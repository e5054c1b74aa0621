"""What a report is made of that a reader is shown: sections with tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from queries.answers.skills_gap.facts import Rows


@dataclass(frozen=True)
class Column:
    """A column of a table: where its values are, what stands above it, and how they are written."""

    name: str
    heading: str
    kind: str = "text"
    """text, number, money, day, id or standing (words that end in green, amber or red, or say that none is shown)"""


_KINDS = {
    "id": ("person_id", "post_id"),
    "number": (
        *("posts", "established_fte", "heads", "people", "strength_fte", "vacant_fte", "vacant", "depth", "level"),
        *("need", "have", "have_absent", "short", "last_holders", "days_left", "seats", "days", "ends"),
        *("weight", "established", "in_12m", "short_before", "change", "cover", "low", "central", "high"),
        *("now", "12m", "24m", "unknown", "no"),
    ),
    "money": ("cost",),
    "standing": ("standing",),
    "day": ("day", "by", "vacant_since", "expires", "earliest", "since", "withdrawn", "published", "valid_from"),
}
_KIND_OF = {name: kind for kind, names in _KINDS.items() for name in names}
_HEADINGS = {
    "unit_id": "Unit number",
    "rank": "Rank or role",
    "role": "Rank or role",
    "blocked_by": "Held back by",
    "source_kind": "Kind",
    "authority": "Whose word",
    "problem": "What is loaded",
    "successor": "In its place",
    "person_id": "Number",
    "post_id": "Post",
    "posts": "Open posts",
    "established_fte": "Established FTE",
    "heads": "People",
    "strength_fte": "Strength FTE",
    "vacant_fte": "Vacant FTE",
    "vacant": "Vacant posts",
    "have_absent": "Only absent",
    "seats": "Seats on offer",
    "days": "Days away",
    "now": "Ready now",
    "12m": "In 12 months",
    "24m": "In 24 months",
    "unknown": "Not known",
    "no": "Not by then",
    "cost": "Cost, £",
    "expires": "Counts until",
    "since": "In rank since",
    "earliest": "Earliest day",
    "valid_from": "Counts from",
}
"""Headings of columns that have another than their own name."""


def columns(*names: str, **headings: str) -> tuple[Column, ...]:
    """Return columns by name; `headings` stand above some in place of the usual ones.

    >>> columns("unit", "need")
    (Column(name='unit', heading='Unit', kind='text'), Column(name='need', heading='Need', kind='number'))
    """
    known = {**_HEADINGS, **headings}
    own = {name: name.replace("_", " ").capitalize() for name in names}
    return tuple(Column(name, known.get(name, own[name]), _KIND_OF.get(name, "text")) for name in names)


@dataclass(frozen=True)
class Table:
    """Rows under a caption; `empty` stands where there are none."""

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: Rows
    empty: str
    notes: tuple[str, ...] = ()
    kind: str = "table"
    """table, facts (a name and a value a row) or heat map (pivoted by the writers)."""
    most: int = 200
    """Rows that a page shows; the workbook has them all."""
    bars: tuple[str, ...] = ()
    """Columns that a page and a workbook draw as bars, a group of them a row; what is no number has none."""
    summed: bool = False
    """Whether the last row is the sum of those before."""
    lines: tuple[str, ...] = ()
    """Columns that are drawn as lines over days, a panel for each name in the first; rows of a name stand together."""

    def panels(self) -> Iterator[tuple[str, int, Rows]]:
        """Yield each name of which no number is hidden, where its rows begin, and its rows."""
        for name, place, rows in self.names():
            if not any(isinstance(row[line], str) for row in rows for line in self.lines):
                yield name, place, rows

    def names(self) -> Iterator[tuple[str, int, Rows]]:
        """Yield each name in the first column, where its rows begin, and its rows."""
        place = 0
        for name, group in groupby(self.rows, key=lambda row: row[self.columns[0].name]):
            rows = tuple(group)
            yield str(name), place, rows
            place += len(rows)


@dataclass(frozen=True)
class Section:
    """A heading, the paragraphs under it, and its tables."""

    title: str
    says: tuple[str, ...]
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class SectionedReport:
    """A report as it is shown to an audience."""

    title: str
    says: tuple[str, ...]
    audience: str
    sections: tuple[Section, ...]
    marking: str = ""


def facts_table(
    name: str, caption: str, facts: Sequence[tuple[str, object]], *, numbers: bool = False, empty: str = "Nothing."
) -> Table:
    """Return a table of facts, each a name and a value; values that are all numbers stand to the right."""
    rows: Rows = tuple({"what": what, "value": value} for what, value in facts)
    value = Column("value", "Number", "number") if numbers else Column("value", "Value")
    return Table(name, caption, (*columns("what"), value), rows, empty, kind="facts")
