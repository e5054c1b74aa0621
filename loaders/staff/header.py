"""Find which column of a file is which of ours, by name, synonym or mapping."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from loaders.staff.mapping import SheetMapping
from loaders.staff.schema import Column, Sheet, normalise, split_names

_OUTCOME = re.compile(
    r"(?:outcome|result|status)(?:e?s)?\b|\b(?:pass|passed|passes|passfail|fail|failed|complete|completed|completion|"
    r"incomplete|attend|attended|attendance|achieved|attained|success|successful|competent|withdrawn|revoked|"
    r"cancelled|no show|dna)\b"
)
_OF_TIME = re.compile(r"^(?:days|hours)\b|\bdate\b|\b(?:days?|year|month|hours|on|by)$")
_WORD_OF_OUTCOME = re.compile(
    r"(?:not |in|un)?(?:pass|passed|fail|failed|complete|completed|attended|achieved|successful)"
    r"|(?:not (?:yet )?)?competent|refer|referred|withdrawn|withdrew|cancelled|absent|dna|no show"
    r"|did not (?:attend|pass|complete|achieve|finish)"
    r"|in progress|not started|booked|enrolled"
)

_Problem = tuple[str, str]
"""What was found, and what to do."""


@dataclass(frozen=True)
class Header:
    """The columns of a file: where ours are, from 0, and what else there is.

    `only` has the words that the rows taken have in a column, by its place; `unread` are the places of `unknown`.
    """

    written: tuple[str, ...]
    places: dict[str, int] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    unread: tuple[int, ...] = ()
    only: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()

    def reason_to_leave_out(self, row: Sequence[str]) -> str | None:
        """Return the cell for which the mapping leaves a row out, with its header; None for a row to take."""
        for place, words in self.only.items():
            if _word(row[place]) not in words:
                return f"{self.written[place].strip()} {' '.join(row[place].split()) or '(empty)'}"
        return None

    @property
    def width(self) -> int:
        """Return how many cells a row has at most: those behind the last header are none of it."""
        return max((place + 1 for place, name in enumerate(self.written) if name.strip()), default=0)


def is_outcome_column(name: str, cells: Iterable[str]) -> bool:
    """Return whether a column says of each row whether it was passed or attended, by its header or by its cells.

    >>> [is_outcome_column(*column) for column in (("CourseStatus", []), ("Completion date", []), ("A", ["Failed"]))]
    [True, False, True]
    """
    normal = normalise(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name))
    named = _OUTCOME.search(normal) and ("?" in name or not _OF_TIME.search(normal))
    return bool(named) or any(_WORD_OF_OUTCOME.fullmatch(normalise(cell)) for cell in cells)


def match_header(sheet: Sheet, written: Sequence[str], sheet_mapping: SheetMapping) -> Header:
    """Return where the columns of a sheet stand in a header.

    A name of the mapping goes before ours, ours before a synonym; a question such as "Achieved?" is no day. A problem
    is a required column that is not there, a mapped one that is not, or two columns for one; `advice` says once what
    mends those of a kind.
    """
    names = [normalise(name) for name in written]
    days = ["" if name.rstrip().endswith("?") else normalise(name) for name in written]
    places: dict[str, int] = {}
    problems: dict[str, str] = {}
    for column in sheet.columns:
        mapped = sheet_mapping.columns.get(column.name)
        position, problem = _find(column, days if column.kind == "day" and mapped is None else names, mapped)
        if position is not None:
            places[column.name] = position
        if problem:
            problems[problem[0]] = problem[1]
    called = [normalise(_called(place, name)) for place, name in enumerate(written)]
    only: dict[int, tuple[str, ...]] = {}
    for name, words in sheet_mapping.only.items():
        position, problem = _one(_named(name, called), name, f"the column {name!r}, which the mapping gives for only")
        if position is not None:
            only[position] = tuple(map(_word, words))
        if problem:
            problems[problem[0]] = problem[1]
    taken = {*places.values(), *only, *(place for name in sheet_mapping.ignore for place in _named(name, called))}
    last = max((place for place, name in enumerate(names) if name), default=-1)
    unread = tuple(place for place in range(last + 1) if place not in taken)
    unknown = tuple(_called(place, written[place]) for place in unread)
    advice = tuple(dict.fromkeys(problems.values()))
    return Header(tuple(written), places, unknown, unread, only, tuple(problems), advice)


def _named(name: str, names: Sequence[str]) -> list[int]:
    return [place for place, one in enumerate(names) if one == normalise(name)]


def _word(cell: str) -> str:
    return " ".join(cell.split()).casefold()


def _called(place: int, name: str) -> str:
    return name.strip() or f"(column {place + 1}, without a name)"


def _find(column: Column, names: Sequence[str], mapped: str | None) -> tuple[int | None, _Problem | None]:
    if mapped is not None:
        return _one(
            _named(mapped, names), column.name, f"the column {mapped!r}, which the mapping gives for {column.name}"
        )
    exact = _named(column.name, names)
    if exact:
        return _one(exact, column.name, column.name)
    others = split_names(column.synonyms)
    positions = [place for place, name in enumerate(names) if name in others]
    return _one(positions, column.name, column.name) if positions or column.required else (None, None)


def _one(positions: Sequence[int], named: str, expected: str) -> tuple[int | None, _Problem | None]:
    if len(positions) == 1:
        return positions[0], None
    if not positions:
        return None, (f"no {expected}", "add it, or name yours in a mapping file")
    places = " and ".join(str(place + 1) for place in positions)
    advice = "leave one of them, or name the one that is meant in a mapping file"
    return None, (f"more than one column for {named} (columns {places})", advice)
