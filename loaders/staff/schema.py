"""What a sheet and a column of staff files are; loaders/staff/sheets.py declares them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
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
        "day": "a day: 2026-12-31, 31/12/2026, 31 Dec 2026 or a month (its first or last); both ends of a period count",
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

    `synonyms`, and the words that mean the same as each of `words`, are parted by a comma and a space. `points_to`
    names the sheet in which an id must stand. `least` and `most` bound a number, both included. `default`
    is what an empty cell counts as.
    """

    name: str
    kind: Kind
    says: str
    example: str = ""
    required: bool = False
    synonyms: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    points_to: str = ""
    least: float = 0
    most: float | None = None
    default: str | float | None = None


@dataclass(frozen=True)
class Sheet:
    """One sheet, or CSV file.

    `derived` are values of a row that are worked out when it is read, and come first. `key` are the values that tell
    a row from all others, and by which rows are sorted. `periods` are pairs of days of which the first is never after
    the second. `one_of` are columns of which one must be there. `outcomes` says that other systems list here, too,
    what was failed or not attended, in a column that is none of ours. `added` are values that other sheets give rows.
    """

    name: str
    says: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    required: bool = False
    derived: tuple[str, ...] = ()
    periods: tuple[tuple[str, str], ...] = ()
    one_of: tuple[str, ...] = ()
    outcomes: bool = False
    added: tuple[str, ...] = ()

    @cached_property
    def values(self) -> tuple[str, ...]:
        """Return the names of the values of a row once it is read, each once."""
        return tuple(dict.fromkeys((*self.derived, *self.names, *self.added)))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return tuple(column.name for column in self.columns)

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
        first = name.partition(",")[0]
        return self.names.index(first) if first in self.names else len(self.names)


@lru_cache(4096)
def normalise(text: str) -> str:
    """Even out what headers differ in: case, spaces, underscores and other signs.

    >>> normalise("Collar_Number "), normalise("PERSON-ID")
    ('collar number', 'person id')
    """
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


@lru_cache(4096)
def split_names(text: str) -> tuple[str, ...]:
    """Return the names that are parted by a comma and a space, each evened out.

    >>> split_names("HR ID, staff-id"), split_names("")
    (('hr id', 'staff id'), ())
    """
    return tuple(normalise(name) for name in text.split(", ") if name)


def word_of(column: Column, text: str) -> str | None:
    """Return which of the words of a column a text means, none where it means none of them."""
    evened, exact = normalise(text), text.casefold()
    return next(
        (
            word
            for word, same in column.words.items()
            if evened in {word, normalise(word), *_words(same)} or exact in same.split(", ")
        ),
        None,
    )


def _words(names: str) -> list[str]:
    """Return the names that are words; one that ends in a sign, such as t/, means itself only."""
    return [normalise(name) for name in names.split(", ") if name[-1:].isalnum()]


def folded(names: Sequence[str], most: int = 12) -> str:
    """Return names as a list, those beyond a number only counted.

    >>> folded(["A", "B", "C"], 2), folded(["A", "B", "C"], 3)
    ('A, B and 1 more', 'A, B, C')
    """
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"{', '.join(names[:most])}{more}"
