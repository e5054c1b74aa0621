"""Turn the cells of a column into values; each text is worked out once."""

from __future__ import annotations

import re
from collections.abc import Callable

from loaders.staff import rank_prefixes
from loaders.staff.dates import AmbiguousDay, Days
from loaders.staff.faults import Problem, WrongCellError
from loaders.staff.name_register import NameRegister
from loaders.staff.schema import Column, Sheet, word_of

_MOST = 50_000
"""Texts of a column that are remembered: more would let memory grow with the file."""

_NUMBER = re.compile(r"£?\s?(-?(?:\d{1,3}(?:,\d{3})+|\d{1,12})?(?:\.\d{1,12})?)")
_LEVEL = re.compile(r"(?:level|lvl|l)?\s*(-?\d{1,6}(?:\.0+)?)", re.IGNORECASE)
_FILL = "fill it in"


class Cells(dict[str, object]):
    """What each text of a column means: its value, none for an empty cell, `Problem` or `AmbiguousDay`.

    `flagged` is true from the first text that is one of the two last.
    """

    def __init__(self, column: Column, convert: Callable[[str], object]) -> None:
        super().__init__()
        self.column, self._convert = column, convert
        self.flagged = False

    def __missing__(self, text: str) -> object:
        stripped = text.strip()
        try:
            value = self._convert(stripped) if stripped else self._empty()
        except WrongCellError as error:
            value = error.problem
        self.flagged = self.flagged or isinstance(value, Problem | AmbiguousDay)
        if len(self) >= _MOST:
            self.clear()
        self[text] = value
        return value

    def _empty(self) -> object:
        if self.column.required:
            raise WrongCellError("a value", _FILL)
        return self.column.default


def cells(sheet: Sheet, register: NameRegister, days: dict[str, Days], *, day_first: bool) -> dict[str, Cells]:
    """Return what reads each column of a sheet; `days` is given what reads those of its columns that hold days."""
    by_column: dict[str, Cells] = {}
    for column in sheet.columns:
        if column.kind == "day":
            days[column.name] = Days(day_first=day_first)
            by_column[column.name] = Cells(column, days[column.name].read)
        else:
            by_column[column.name] = Cells(column, _converter(column, register))
    return by_column


def _converter(column: Column, register: NameRegister) -> Callable[[str], object]:
    by_kind: dict[str, Callable[[str], object]] = {
        "id": str,
        "text": str,
        "name": _name,
        "rank": lambda text: register.rank(rank_prefixes.read(text).name),
        "role": register.role,
        "requirement": lambda text: register.requirement(_name(text)),
        "number": lambda text: _number(column, text),
        "whole": lambda text: _whole(column, text),
        "level": _level,
        "word": lambda text: _word(column, text),
    }
    return by_kind[column.kind]


def _name(text: str) -> str:
    return " ".join(text.split())


def _number(column: Column, text: str) -> float:
    match = _NUMBER.fullmatch(text)
    expected = "a number" + (f" from {column.least:g}" if column.most is None else f" from 0 to {column.most:g}")
    if not match or not match[1].strip("-"):
        raise WrongCellError(expected, "write digits, with a point before decimals")
    number = float(match[1].replace(",", ""))
    if number < column.least or (column.most is not None and number > column.most):
        raise WrongCellError(expected, "mend it, or leave it empty where it is not known")
    return number


def _whole(column: Column, text: str) -> int:
    match = _NUMBER.fullmatch(text)
    if not match or not match[1].strip("-") or not float(match[1].replace(",", "")).is_integer():
        raise WrongCellError(f"a whole number from {column.least:g}", "write digits only")
    number = int(float(match[1].replace(",", "")))
    if number < column.least:
        raise WrongCellError(f"a whole number from {column.least:g}", "mend it, or leave it empty where there is none")
    return number


def _level(text: str) -> int:
    match = _LEVEL.fullmatch(text)
    if not match:
        raise WrongCellError("a level as a whole number", "write digits only")
    return int(float(match[1]))


def _word(column: Column, text: str) -> str:
    word = word_of(column, text)
    if word is None:
        raise WrongCellError(f"one of {', '.join(column.words)}", "write one of them, or leave it empty")
    return word
