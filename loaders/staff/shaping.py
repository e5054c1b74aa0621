"""Make rows of ours of the rows of other systems, as a mapping says: joined columns, units of a path, a matrix."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from loaders.staff import rank_prefixes
from loaders.staff.header import PLACE_OF_SHEET, Header
from loaders.staff.mapping import SheetMapping
from loaders.staff.schema import Sheet, normalise

PART = 1 << 32
"""Rows that come of one row of a file have its number, and so many more for each that came before."""

COUNTED = "counted"
"""Names the value of a row of people that has what is only counted."""

DAY_OF_COURSE = re.compile(
    r"(?P<course>.+) (?:(?P<expires>exp(?:iry|ires)?(?: date| on)?|valid (?:to|until)|renewal(?: date| due)?|due)"
    r"|date(?: achieved| passed| completed| attended)?|achieved|passed|completed)"
)
"""A column beside that of a course which says since when it is held, or until when."""
SEVERAL = re.compile(r"\s*[,;|\n]\s*")
"""What parts the names that a cell lists."""
_BETWEEN = {"id": "/"}
_HELD = "held"
_NONE = "none"
_DAYS = frozenset(("achieved", "expires"))
WORDS_AND_DAY = re.compile(r"(?P<words>[^\W\d][^\d]*?)[\s:.–-]*(?P<day>\d.*)")
"""A cell of a matrix with words before a day, which a mapping writes with a star: `Booked *: none`."""
_NUMBER = re.compile(r"\b[A-Za-z]{0,2}\d{2,}\b")
_BEHIND = re.compile(r"(?P<rest>.*\S)\s*[(\[](?P<rank>(?:[^()\[\]]|\([^()]*\))+)[)\]]")
_IN_FRONT = re.compile(r"(?P<rank>[^\W\d]+(?:[/. ]+[^\W\d]+)*)[\s./:-]*(?P<rest>\d\S*)")


@dataclass(frozen=True)
class Shape:
    """Turns each row of a file into rows with a cell for each of our columns, in their order."""

    sheet: Sheet
    header: Header
    mapping: SheetMapping
    name: str = ""
    """What the file or the sheet of a workbook is called, which a mapping may take for a column."""

    @property
    def columns(self) -> dict[str, int]:
        """Return where each of our columns that the file or the mapping has stands in the rows that come out."""
        there = {*self.header.parts, *self.mapping.fixed}
        if self.mapping.path:
            there |= {"unit_id", "name", "parent_id"}
        if self.mapping.matrix:
            levels = {"level"} if any(map(str.isdecimal, self._words.values())) else set()
            there |= {day for days in self._days_beside.values() for day in days or ()}
            there |= {"requirement", self.mapping.matrix, *_DAYS.intersection(self._words.values()), *levels}
        counted = {COUNTED: len(self.sheet.names)} if self.header.counted else {}
        return {name: place for place, name in enumerate(self.sheet.names) if name in there} | counted

    def rows(self, number: int, row: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows that come of one; a unit for each column of a path, a holding for each course of a matrix."""
        cells = {name: self._cell(name, row) for name in self.sheet.names}
        made: Iterable[tuple[int, dict[str, str]]]
        if self.mapping.path:
            made = enumerate(self._units(row))
        elif self.mapping.matrix:
            made = self._holdings(row, cells)
        else:
            made = enumerate(self._split(cells))
        for part, one in made:
            yield number + part * PART, [one.get(name, "") for name in self.sheet.names] + self._counted(row)

    def _split(self, cells: dict[str, str]) -> Iterator[dict[str, str]]:
        """Yield the row for each of what a cell lists; a cell that lists nothing holds nothing."""
        lists = [[(name, part) for part in SEVERAL.split(cells[name]) if part] for name in self.mapping.split]
        return ({**cells, **dict(parts)} for parts in itertools.product(*lists))

    def _counted(self, row: Sequence[str]) -> list[str]:
        """Return the cells that are only counted, as one of JSON; none where there are none."""
        cells = {name: " ".join(row[place].split()) for name, place in self.header.counted.items()}
        return [json.dumps(cells, ensure_ascii=False)] if cells else []

    def _cell(self, name: str, row: Sequence[str]) -> str:
        if name in self.mapping.fixed:
            return self.mapping.fixed[name]
        parts = (self._at(row, place) for place in self.header.parts.get(name, ()))
        cell = _BETWEEN.get(self.sheet.column(name).kind, " ").join(part for part in parts if part)
        if name in self.mapping.number_beside and (found := number_beside(cell)):
            cell = found[self.sheet.column(name).kind != "id"]
        if name in self.mapping.without_rank:
            cell = without_rank(cell)
        return cell.zfill(self.mapping.pad[name]) if cell.isdecimal() and name in self.mapping.pad else cell

    def _at(self, row: Sequence[str], place: int) -> str:
        return self.name if place == PLACE_OF_SHEET else row[place].strip()

    def _units(self, row: Sequence[str]) -> Iterator[dict[str, str]]:
        above: list[str] = []
        for name in (self._at(row, place) for place in self.header.path):
            if name:
                parent = _BETWEEN["id"].join(above)
                above.append(name)
                yield {"unit_id": _BETWEEN["id"].join(above), "name": name, "parent_id": parent}

    def _holdings(self, row: Sequence[str], cells: dict[str, str]) -> Iterator[tuple[int, dict[str, str]]]:
        empty = {" ".join(word.split()).casefold() for word in self.mapping.empty}
        for part, place in enumerate(self.header.courses):
            if place in self._days_beside and self._days_beside[place] is None:
                continue
            column, cell = self._of_course(" ".join(row[place].split()))
            beside = {of: " ".join(row[at].split()) for of, at in (self._days_beside.get(place) or {}).items()}
            days = {of: day for of, day in beside.items() if day and day.casefold() not in empty}
            if (cell or days) and cell.casefold() not in empty and cell != _NONE:
                of_cell = {column: "" if cell == _HELD else cell}
                yield part, {**cells, "requirement": self.header.written[place], **of_cell, **days}

    @cached_property
    def _days_beside(self) -> dict[int, dict[str, int] | None]:
        """Return the days of a course that stand in columns of their own, such as "Taser Expiry"; none for these."""
        places = {normalise(self.header.written[place]): place for place in self.header.courses}
        found: dict[int, dict[str, int] | None] = {}
        for name, place in places.items():
            match = DAY_OF_COURSE.fullmatch(name)
            if match and (of := places.get(match["course"])) is not None:
                days = found[of] = found.get(of) or {}
                days["expires" if match["expires"] else "achieved"] = place
                found[place] = None
        return found

    @cached_property
    def _words(self) -> dict[str, str]:
        words = self.mapping.values.get("matrix", {})
        return {" ".join(word.split()).casefold(): to for word, to in words.items()}

    def _of_course(self, cell: str) -> tuple[str, str]:
        """Return of which column of ours a cell of a matrix is, and what it says there: "Exp 03/02/27" is expires."""
        column = self.mapping.matrix or _HELD
        match = None if cell.casefold() in self._words else WORDS_AND_DAY.fullmatch(cell)
        to = self._words.get(f"{match['words']} *".casefold()) if match else None
        if match and to in _DAYS:
            return to, match["day"]
        if (word := self._words.get(cell.casefold())) and word.isdecimal():
            return "level", word
        return column, to or word or cell


def number_beside(text: str) -> tuple[str, str] | None:
    """Return the one number of a text, and the name beside it without a rank; None where there are not both.

    >>> number_beside("PC 1007 Lloyd"), number_beside("LEE, Kim (0345)"), number_beside("0345")
    (('1007', 'Lloyd'), ('0345', 'LEE, Kim'), None)
    """
    match = next(iter(numbers), None) if len(numbers := [*_NUMBER.finditer(text)]) == 1 else None
    parts = [part.strip(" ,-–:/()[]") for part in (text[: match.start()], text[match.end() :])] if match else []
    name = " ".join(part for part in parts if part and not rank_prefixes.is_rank(part))
    return (match[0], name) if match and name else None


def without_rank(text: str) -> str:
    """Return a number or a name without the rank in front of it, or in brackets behind it.

    >>> without_rank("PS 0345"), without_rank("PC1456"), without_rank("LEE, Kim (T/DCI)"), without_rank("AB 12")
    ('0345', '1456', 'LEE, Kim', 'AB 12')
    """
    for form in (_BEHIND, _IN_FRONT):
        match = form.fullmatch(text)
        if match and (form is _BEHIND or rank_prefixes.is_rank(match["rank"])):
            return match["rest"]
    return text
