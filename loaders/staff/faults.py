"""What can be wrong with a row of a staff file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one row: where, what was found there, what was expected, and what to do.

    `row` is the number that a spreadsheet shows. `column` names the columns at fault, parted by a comma and a space
    where it takes two to see it, and `value` what stands in them; it is empty where the row as a whole is at fault.
    `kind` is cell (missing or unreadable), name (unmatched), duplicate, order, level, reference (an id that
    stands nowhere), left out (an id whose own row is at fault), cycle, post, establishment, person or row.
    """

    sheet: str
    row: int
    column: str
    value: str
    expected: str
    advice: str
    kind: str

    def __str__(self) -> str:
        place = f"{self.sheet}, row {self.row}{f', {self.column}' if self.column else ''}"
        return f"{place}: found {self.value!r}; expected {self.expected}; {self.advice}"


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A name of a rank, role or requirement that means nothing here, or more than one thing.

    `first` is the number of the first of its rows.
    """

    sheet: str
    column: str
    name: str
    rows: int
    advice: str
    first: int


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
