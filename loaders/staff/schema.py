"""What a sheet and a column of staff files are; loaders/staff/sheets.py declares them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

Kind = Literal["id", "name", "text", "rank", "role", "requirement", "day", "number", "whole", "level", "word"]

KINDS: MappingProxyType[Kind, str] = MappingProxyType(
    {
        "id": "an identifier, as your own systems write it",
        "name": "a name",
        "text": "any text",
        "rank": "a rank by id or name; T/, A/, detective and the usual abbreviations are read",
        "role": "a role by id or name",
        "requirement": "a requirement by id or name",
        "day": "a day: 2026-12-31, 31/12/2026 or 31 Dec 2026; both ends of a period count",
        "number": "a number",
        "whole": "a whole number",
        "level": "a level from 1 to the highest of the requirement",
        "word": "one of the words listed",
    }
)
"""What the cells of a column may hold, in words."""


@dataclass(frozen=True)
class Column:
    """One column: what its cells mean, and the other names it goes by.

    `words` maps each word that a cell of the kind word may hold to the others that mean the same. `points_to`
    names the sheet in which an id must stand. `least` and `most` bound a number, both included. `default`
    is what an empty cell counts as.
    """

    name: str
    kind: Kind
    says: str
    example: str = ""
    required: bool = False
    synonyms: tuple[str, ...] = ()
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    points_to: str = ""
    least: float = 0
    most: float | None = None
    default: str | float | None = None


@dataclass(frozen=True)
class Sheet:
    """One sheet, or CSV file.

    `gives` are the values of a row once it is read, in the order that `Staff.rows` has them; ids of ranks, roles
    and requirements are those of the graph. `key` are the values that tell a row from all others, and by which
    rows are sorted. `periods` are pairs of days of which the first is never after the second. `outcomes` says that
    other systems list here, too, what was failed or not attended, in a column that is none of ours.
    """

    name: str
    says: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    required: bool = False
    gives: tuple[str, ...] = ()
    periods: tuple[tuple[str, str], ...] = ()
    outcomes: bool = False

    @property
    def values(self) -> tuple[str, ...]:
        """Return the names of the values of a row."""
        return self.gives or tuple(column.name for column in self.columns)

    @property
    def identifier(self) -> str | None:
        """Return the column that other sheets name its rows by; none where they do not."""
        first = self.columns[0]
        return first.name if first.kind == "id" and not first.points_to else None

    def column(self, name: str) -> Column:
        """Return a column by its name. Raises KeyError for one that the sheet has not."""
        return next(column for column in self.columns if column.name == name)

    def place(self, name: str) -> int:
        """Return where a column stands, from 0; what is no single column stands where its first one does."""
        names = [column.name for column in self.columns]
        first = name.partition(",")[0]
        return names.index(first) if first in names else len(names)


@lru_cache(4096)
def even(text: str) -> str:
    """Even out what headers differ in: case, spaces, underscores and other signs.

    >>> even("Collar_Number "), even("PERSON-ID")
    ('collar number', 'person id')
    """
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def word_of(column: Column, text: str) -> str | None:
    """Return which of the words of a column a text means, none where it means none of them."""
    said = even(text)
    for word, others in column.words.items():
        if said in {even(word), *(even(other) for other in others)}:
            return word
    return None
