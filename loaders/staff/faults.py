"""What can be wrong with a row of a staff file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one row: where, what was found there, what was expected, and what to do.

    `row` is the number that a spreadsheet shows. `column` names the columns at fault, parted by a comma and a space
    where it takes two to see it, and `value` what stands in them; it is empty where the row as a whole is at fault.
    `kind` is cell (missing or unreadable), name (unmatched), duplicate, order, level, reference (an id that
    stands nowhere), left out (an id whose own row is at fault), cycle, post, establishment, person or row.
    `place` and `header` are what their file calls sheet and column, where a mapping gives them. `others` counts the
    faults that are the same in other rows, which have the `words`, and `follow` the rows left out because of all these.
    """

    sheet: str
    row: int
    column: str
    value: str
    expected: str
    advice: str
    kind: str
    place: str = ""
    header: str = ""
    others: int = 0
    follow: int = 0
    words: str = ""

    def __str__(self) -> str:
        sheet = f"{self.place} ({self.sheet})" if self.place else self.sheet
        column = f"{self.header} ({self.column})" if self.header else self.column
        place = f"{sheet}, row {self.row}{f', {column}' if column else ''}"
        words = self.words if len(self.words) <= _LONGEST else f"{self.words[:_LONGEST]}…"
        more = f"; so are {self.others:,} more, in all {words!r}" if self.others else ""
        follow = f"; {self.follow:,} row(s) follow from it" if self.follow else ""
        return f"{place}: found {self.value!r}; expected {self.expected}; {self.advice}{more}{follow}"


@dataclass(frozen=True)
class Origin:
    """What a file calls a sheet and its columns, where a mapping gives them; `courses` are the columns of a matrix."""

    place: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    courses: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A name of a rank, role or requirement that means nothing here, or more than one thing.

    `first` is the number of the first of its rows; `place` is what its file is called, where a mapping gives it.
    """

    sheet: str
    column: str
    name: str
    rows: int
    advice: str
    first: int
    place: str = ""


@dataclass(frozen=True)
class Problem:
    """Why a cell cannot be taken."""

    expected: str
    advice: str
    kind: str = "cell"


class WrongCellError(Exception):
    """Carry why a cell cannot be taken to where its row is known."""

    def __init__(self, expected: str, advice: str, kind: str = "cell") -> None:
        self.problem = Problem(expected, advice, kind)
        super().__init__(expected)
