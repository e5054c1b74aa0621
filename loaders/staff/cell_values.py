"""Turn the cells of a column into values; each text is worked out once."""

from __future__ import annotations

import re
from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from loaders.formats.workbook import NO_VALUE
from loaders.staff import rank_prefixes
from loaders.staff.dates import AmbiguousDay, Days, Order
from loaders.staff.faults import Problem, WrongCellError
from loaders.staff.mapping import SheetMapping
from loaders.staff.name_register import NameRegister
from loaders.staff.numbers import AmbiguousNumber, Numbers
from loaders.staff.schema import Column, word_of

if TYPE_CHECKING:
    from loaders.staff.files import Table

_MOST = 50_000
"""Texts of a column that are remembered: more would let memory grow with the file."""

_NUMBER = re.compile(r"£?\s?(-?(?:\d{1,3}(?:,\d{3})+|\d{1,12})?(?:\.\d{1,12})?)")
_LEVEL = re.compile(r"(?:level|lvl|l)?\s*(-?\d{1,6}(?:\.0+)?)", re.IGNORECASE)
_FILL = "fill it in"
_ERROR = re.compile(r"#(?:N/A|NV|(?:[A-Z0-9_]+/)?[A-Z0-9_]+[!?])|(?:Err|Fehler):\s?\d{3}", re.IGNORECASE)
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_DAY = re.compile(
    rf"\d{{4}}-\d\d-\d\d|\d{{1,2}}/\d{{1,2}}/\d{{4}}|\d{{1,2}}[-/ ]{_MONTH}(?:[-/ ]\d{{2,4}})?|{_MONTH}-\d\d",
    re.IGNORECASE,
)
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+?\d+|\d{15}0+", re.IGNORECASE)
_LATIN = re.compile("[\u0000-\u017f\u2000-\u20bf\u2122]*")
_AS_TEXT = "export it again with that column as text"
_EMPTY = "none"
"""What a mapping translates a word to that stands for nothing."""


class Cells(dict[str, object]):
    """What each text of a column means: its value, none for an empty cell, `Problem` or `AmbiguousDay`.

    `flagged` is true from the first text that is one of the two last.
    """

    def __init__(self, column: Column, convert: Callable[[str], object], mapping: SheetMapping) -> None:
        super().__init__()
        self.column, self._convert = column, convert
        self._values = {_name(word).casefold(): to for word, to in mapping.values.get(column.name, {}).items()}
        self._none = {_name(word).casefold() for word in mapping.empty}
        self.flagged = False

    def __missing__(self, text: str) -> object:
        stripped = text.strip()
        try:
            stripped = self._translate(stripped)
            value = self._convert(stripped) if stripped else self._empty()
        except WrongCellError as error:
            value = error.problem
        self.flagged = self.flagged or isinstance(value, Problem | AmbiguousDay | AmbiguousNumber)
        if len(self) >= _MOST:
            self.clear()
        self[text] = value
        return value

    def translated(self, text: str) -> str:
        """Return what the mapping makes of a text: the text itself where it does not name it."""
        evened = _name(text).casefold()
        to = "" if evened in self._none else self._values.get(evened, text)
        if to is text and text:
            patterns = (ours for theirs, ours in self._values.items() if "*" in theirs and fnmatchcase(evened, theirs))
            to = next(patterns, text)
        return to

    def _translate(self, text: str) -> str:
        """Return what the mapping makes of a text. Raises WrongCellError for what a spreadsheet or a code spoilt."""
        to = self.translated(text)
        if to is text:
            _refuse_broken(text)
        return "" if to.casefold() == _EMPTY and to is not text else to

    def _empty(self) -> object:
        if self.column.required:
            raise WrongCellError("a value", _FILL)
        return self.column.default


def _refuse_broken(text: str) -> None:
    """Raise WrongCellError for an error or a formula of a spreadsheet, and for text read in a wrong code."""
    if _ERROR.fullmatch(text):
        raise WrongCellError(
            "a value; this is an error of the spreadsheet", f'correct its formula, or list it: `empty: ["{text}"]`'
        )
    if text.startswith(NO_VALUE):
        advice = "open the file in the spreadsheet program, save it, and load it again"
        raise WrongCellError("a value; this is a formula without one", advice)
    if not text.isascii() and (right := _decoded(text)):
        raise WrongCellError(f"text in one code; this may be {right}", "export it again as CSV UTF-8")


def _decoded(text: str) -> str | None:
    """Return what a text is if its UTF-8 was read as another code; none for one that was not."""
    for code in ("cp1252", "latin-1", "cp850"):
        try:
            right = text.encode(code).decode()
        except UnicodeError:
            continue
        return right if _LATIN.fullmatch(right) else None
    return None


Readers = Days | Numbers


def cells(table: Table, register: NameRegister, readers: dict[str, Readers], order: Order) -> dict[str, Cells]:
    """Return what reads each column of a sheet; `readers` is given those of days and numbers."""
    by_column: dict[str, Cells] = {}
    mapping = table.mapping
    for column in table.sheet.columns:
        convert: Callable[[str], object]
        if column.kind == "day":
            ends = any(column.name == last for _, last in table.sheet.periods)
            days = readers[column.name] = Days(mapping.order or order, table.epoch, ends)
            convert = days.read
        elif column.kind == "number":
            hours = None if mapping.hours is None else float(mapping.hours.replace(_EMPTY, "0"))
            numbers = readers[column.name] = Numbers(column, mapping.decimal, table.semicolons, hours)
            convert = numbers.read
        else:
            convert = _converter(column, register, table.sheet.name)
        by_column[column.name] = Cells(column, convert, mapping)
    return by_column


def _converter(column: Column, register: NameRegister, sheet: str) -> Callable[[str], object]:
    by_kind: dict[str, Callable[[str], object]] = {
        "id": _identifier,
        "text": str,
        "name": _name,
        "rank": lambda text: register.rank(rank_prefixes.read(text).name),
        "role": register.role,
        "requirement": lambda text: register.requirement(_name(text), sheet),
        "whole": lambda text: _whole(column, text),
        "level": _level,
        "word": lambda text: _word(column, text),
    }
    return by_kind[column.kind]


def _identifier(text: str) -> str:
    if _DAY.fullmatch(text):
        raise WrongCellError("an identifier; a spreadsheet has made a day of this one", _AS_TEXT)
    if _ROUNDED.fullmatch(text):
        raise WrongCellError("an identifier; a spreadsheet has rounded this one", _AS_TEXT)
    return text


def _name(text: str) -> str:
    return " ".join(text.split())


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
        cure = f"values: {{{column.name}: {{{text}: ...}}}}"
        advice = f"write one of them, or leave it empty, or translate it in a mapping: `{cure}`"
        raise WrongCellError(f"one of {', '.join(column.words)}", advice)
    return word
