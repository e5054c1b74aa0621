"""What the sheets of staff files say, as rows of nodes and edges in the order of graph/staff/cypher.py."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from graph.nodes import Node
from graph.staff_nodes import Absence, Person, Post, Unit

Row = tuple[object, ...]
_LAST_YEAR = 9999


@dataclass(frozen=True)
class NodeSheet:
    """A sheet whose rows are nodes; `take` makes a node's row of a sheet's."""

    sheet: str
    kind: type[Node]
    take: Callable[[Row], Row]


@dataclass(frozen=True)
class EdgeSheet:
    """A sheet whose rows are edges of one kind that start at what its first column names.

    Where `single`, the edges of a start are those of its row and no others. `of` is the sheet whose rows are the
    starts, where a whole export says all edges of each; where `ends_go`, what such an edge ends at goes with it.
    """

    sheet: str
    kind: str
    start: str
    end: str
    take: Callable[[Row], Iterable[Row]]
    single: bool = False
    of: str = ""
    ends_go: bool = False


@lru_cache(maxsize=1 << 16)
def expiry(achieved: str | None, months: int | None) -> str | None:
    """Return the last day on which something counts that does so for months: that day of the month, or its last.

    None where the day or the months are unknown, or where it lies beyond the calendar.

    >>> expiry("2023-08-31", 6)
    '2024-02-29'
    """
    if achieved is None or months is None:
        return None
    day = date.fromisoformat(achieved)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > _LAST_YEAR:
        return None
    return f"{year:04}-{month + 1:02}-{min(day.day, calendar.monthrange(year, month + 1)[1]):02}"


def holding(months: Mapping[str, int]) -> Callable[[Row], Iterable[Row]]:
    """Return what makes edges of a row of holdings, where requirements by id count for months."""

    def take(row: Row) -> Iterator[Row]:
        person, requirement, level, achieved, expires, evidence = row
        until = expires or expiry(achieved, months.get(requirement))  # type: ignore[call-overload]
        yield (person, requirement, achieved or "-", level, achieved, until, True if expires else None, evidence)

    return take


def _post(row: Row) -> Row:
    post, _unit, _rank, title, _role, fte, opened, closed = row
    return (post, title, _number(fte), opened, closed)


def _absence(row: Row) -> Row:
    _person, begins, ends, kind = row
    return (_absence_id(row), begins, ends, kind)


def _absence_id(row: Row) -> str:
    """Neither a day nor a kind has a slash, so no two absences share an id."""
    person, begins, _ends, kind = row
    return f"{person}/{begins or '-'}/{kind or '-'}"


def _number(fte: object) -> float:
    return 1.0 if fte is None else float(str(fte))


def _parent(row: Row) -> Iterator[Row]:
    if row[2]:
        yield (row[0], row[2], "-")


def _unit(row: Row) -> Iterator[Row]:
    yield (row[0], row[1], "-")


def _rank_and_role(row: Row) -> Iterator[Row]:
    for role in dict.fromkeys((row[2], row[4])):
        if role:
            yield (row[0], role, "-")


def _extra(row: Row) -> Iterator[Row]:
    post, requirement, level, necessity = row
    yield (post, requirement, "-", level, necessity or "essential")


def _occupancy(row: Row) -> Iterator[Row]:
    person, post, begins, ends, fte, basis = row
    yield (person, post, begins or "-", begins, ends, basis or "substantive", _number(fte))


def _rank_held(row: Row) -> Iterator[Row]:
    person, rank, begins, ends, basis = row
    yield (person, rank, begins or "-", begins, ends, basis or "substantive")


def _away(row: Row) -> Iterator[Row]:
    yield (row[0], _absence_id(row), "-")


def _teaching(row: Row) -> Iterator[Row]:
    course, requirement, level = row
    yield (course, requirement, "-", level)


NODE_SHEETS = (
    NodeSheet("units", Unit, lambda row: (row[0], row[1])),
    NodeSheet("posts", Post, _post),
    NodeSheet("people", Person, lambda row: row),
    NodeSheet("absences", Absence, _absence),
)
"""In the order of writing; requirements and courses are apart (graph/staff/requirements.py)."""

EDGE_SHEETS = (
    EdgeSheet("units", "WITHIN", "Unit", "Unit", _parent, single=True),
    EdgeSheet("posts", "WITHIN", "Post", "Unit", _unit, single=True),
    EdgeSheet("posts", "FOR_ROLE", "Post", "Role", _rank_and_role, single=True),
    EdgeSheet("post_requirements", "ASKS_FOR", "Post", "Requirement", _extra, of="posts"),
    EdgeSheet("teaches", "TEACHES", "Requirement", "Requirement", _teaching, of="courses"),
    EdgeSheet("occupancies", "OCCUPIES", "Person", "Post", _occupancy, of="people"),
    EdgeSheet("ranks_held", "HELD_RANK", "Person", "Role", _rank_held, of="people"),
    EdgeSheet("absences", "ABSENT", "Person", "Absence", _away, of="people", ends_go=True),
)
"""In the order of writing, when all nodes stand."""

HOLDINGS = EdgeSheet("holdings", "HOLDS", "Person", "Requirement", holding({}), of="people")
"""Written last; for how many months a requirement counts is told by `holding`."""
