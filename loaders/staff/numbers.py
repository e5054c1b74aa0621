"""Read a number as people and spreadsheets write it; what may be thousands or decimals is not guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from loaders.staff.faults import WrongCellError
from loaders.staff.schema import Column

_NUMBER = re.compile(
    r"£?\s?(-?)(\d[\d.,]{0,24}|[.,]\d{1,12})\s?(%|[fw]te|(?:h|hrs?|hours?)(?: ?(?:per week|pw|/week))?)?", re.IGNORECASE
)
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)(?::00)?")
"""Hours a week as a clock writes them: 22:30."""
_FRACTION = re.compile(r"(\d{1,2}(?:\.\d+)?)\s*/\s*([1-9]\d?(?:\.\d+)?)")
"""A part of a full post: 3/5 of the days, 30/37.5 of the hours."""
_WHOLE = re.compile(r"\d+|\d{1,3}(?:,\d{3}){2,}")
_POINT = re.compile(r"(?:\d*|\d{1,3}(?:,\d{3})+)\.\d+")
_COMMA = re.compile(r"(?:\d*|\d{1,3}(?:\.\d{3})+),\d+")
_EITHER = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_DIGITS = "write digits, with a point before decimals"
PER_CENT = 100
_FULL_TIME, _PART = range(35, 43), 10
"""Hours that a full week has, and a number above which a fraction of hours is likelier than one of posts."""


@dataclass(frozen=True)
class AmbiguousNumber:
    """A number that can be read two ways; `value` is what it is if a comma parts thousands."""

    value: float
    other: float


@dataclass
class Numbers:
    """Reads the numbers of one column, and keeps what they show of its commas.

    `decimal` is the sign before decimals, where the mapping gives one; `semicolons` whether the file has these between
    its cells, as those with decimal commas have. `hours` are the hours of a full week, where the column has hours; 0
    where it is said to have none.
    """

    column: Column
    decimal: str | None = None
    semicolons: bool = False
    hours: float | None = None
    comma: str = field(default="", init=False)
    both: str = field(default="", init=False)
    advice = "write it without the comma, or give `decimal: comma` or `decimal: point` in the mapping"
    what = "a number"

    @property
    def proven(self) -> bool:
        """Return whether a comma parts thousands: in pounds, where none is decimal."""
        return self.decimal is not None or (self.column.name == "cost" and not self.semicolons and not self.comma)

    def read(self, text: str) -> float | AmbiguousNumber:
        """Return a number, or both that it may be. Raises WrongCellError for none, and for one out of bounds.

        >>> from loaders.staff.sheets import sheet
        >>> Numbers(sheet("courses").column("days")).read("2,500"), Numbers(sheet("posts").column("fte")).read("60%")
        (AmbiguousNumber(value=2500.0, other=2.5), 0.6)
        """
        if self.column.name == "fte" and (clock := _CLOCK.fullmatch(text)):
            return self._bounded(self._share(int(clock[1]) + int(clock[2]) / 60, "h"))
        if self.column.name == "fte" and (part := _FRACTION.fullmatch(text)):
            return self._bounded(round(float(part[1]) / float(part[2]), 4))
        match = _NUMBER.fullmatch(text)
        if not match or (match[3] and self.column.name != "fte"):
            worded = f"{_DIGITS}, or say in a mapping what it means: `values: {{{self.column.name}: {{{text}: 1}}}}`"
            raise WrongCellError(self._expected, worded if text.isascii() and text[:1].isalpha() else _DIGITS)
        sign, digits, unit = -1 if match[1] else 1, match[2], (match[3] or "").casefold()
        if _EITHER.fullmatch(digits) and self.decimal is None and ("," in digits or self.comma):
            self.both = self.both or text
            thousands, decimals = (float(re.sub("[.,]", to, digits)) for to in ("", "."))
            return AmbiguousNumber(sign * thousands, sign * decimals)
        return self._bounded(self._share(sign * self._value(digits), unit))

    @property
    def _expected(self) -> str:
        least, most = self.column.least, self.column.most
        return "a number" + (f" from {least:g}" if most is None else f" from {least:g} to {most:g}")

    def _value(self, digits: str) -> float:
        comma = _COMMA.fullmatch(digits) and not (self.decimal == "point" and _EITHER.fullmatch(digits))
        if comma and (self.semicolons or self.decimal == "comma"):
            self.comma = self.comma or digits
            return float(digits.replace(".", "").replace(",", "."))
        if self.decimal == "comma" and _EITHER.fullmatch(digits):
            return float(digits.replace(".", ""))
        if comma or not (_WHOLE.fullmatch(digits) or _POINT.fullmatch(digits) or _EITHER.fullmatch(digits)):
            raise WrongCellError(self._expected, f"{_DIGITS}, or give `decimal: comma` in the mapping")
        return float(digits.replace(",", ""))

    def _share(self, number: float, unit: str) -> float:
        """Return full-time equivalents of a share in percent, or of hours a week; hours cannot be known otherwise."""
        if unit == "%":
            return number / PER_CENT
        if unit.endswith("te"):
            return number
        if self.column.name != "fte" or not (unit or number > 1):
            return number
        if self.hours == PER_CENT and unit:
            raise WrongCellError(
                "per cent, as the mapping says of this column", "write it so, or give hours in all rows"
            )
        if self.hours:
            return round(number / self.hours, 4)
        if self.hours is None and (unit or int(number) in _FULL_TIME or (number > _PART and not number.is_integer())):
            advice = "give the hours of a full week in the mapping, `hours: 37`, or `hours: none` if these are none"
            raise WrongCellError("full-time equivalents, not hours a week", advice)
        if self.hours is None and self.column.most == 1:
            raise WrongCellError(
                self._expected, f"say in the mapping what a full post has: `hours: {PER_CENT}` for per cent"
            )
        return number

    def _bounded(self, number: float) -> float:
        if number < self.column.least or (self.column.most is not None and number > self.column.most):
            raise WrongCellError(self._expected, "mend it, or leave it empty where it is not known")
        return number
