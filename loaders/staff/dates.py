"""Read a day as people and spreadsheets write it: ISO, in UK or US order, or with the name of the month.

Nothing is guessed. A day that can be read two ways, such as 03/04/2026, is `AmbiguousDay` until another of its column
shows which part is the day, or the user says so.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Literal

from loaders.staff.faults import WrongCellError

_TIME = r"(?:(?:[T ]|, )\s*\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:[AaPp][Mm])?)?"
_ISO = re.compile(rf"(?P<year>\d{{4}})([-/.]?)(?P<month>\d\d)\2(?P<day>\d\d){_TIME}")
_ZONED = re.compile(
    r"(?P<day>.*\d)[T ]\s*(?P<hour>\d{1,2}):?(?P<minute>\d\d)(?::?\d\d(?:[.,]\d+)?)?\s*"
    r"(?P<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)",
    re.IGNORECASE,
)
_NUMBERS = re.compile(rf"(?P<first>\d{{1,2}})([-/.])(?P<second>\d{{1,2}})\2(?P<year>\d{{4}}|\d\d){_TIME}")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_NAMED = tuple(
    re.compile(f"{_WEEKDAY}{form}{_TIME}", re.IGNORECASE)
    for form in (
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s/-]*{_MONTH}[\s,/'\u2019-]*(?P<year>\d{{4}}|\d\d)",
        rf"{_MONTH}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})",
    )
)
_MONTH_ALONE = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?P<month>\d{1,2})[-/](?P<year>\d{4}|\d\d)",
        r"(?P<year>\d{4})-(?P<month>\d\d)",
        rf"{_MONTH}(?:[\s,/'\u2019-]*(?P<year>\d{{4}})|\s*[/'\u2019-]\s*(?P<short>\d\d))",
    )
)
_LONDON = "Europe/London"
_EARLIEST = 1900
_TURN = 69
_A_DAY = "a day such as 2026-12-31, 31/12/2026 or 31 Dec 2026"
_WRITE = "write it as YYYY-MM-DD"
_EMPTY = _WRITE + ', or list it in a mapping if it means nothing: `empty: ["{}"]`'
_FOUR = "write the year with four digits, or give --dates uk (or us), which counts them from 1969 to 2068"
_MONTH_FIRST = "write it as YYYY-MM-DD, or give --dates us if the month stands first (in a mapping `dates: us`)"
_SERIAL = re.compile(r"(\d{4,5})(?:\.\d+)?")
_FIRST_SERIAL = 15_000
"""A number of a workbook from this on is a day, in 1941 or later."""
_SERIAL_ADVICE = (
    "format the cells of the spreadsheet as days, then export it again, or say `dates: [serial]` in a mapping"
)


Order = Literal["uk", "us"] | None
"""What stands first in a day of numbers: uk the day, us the month, none what is not known."""


@dataclass(frozen=True)
class AmbiguousDay:
    """A day that can be read two ways; `value` is what it is if the day stands first, `other` if the month does."""

    value: str
    other: str


@dataclass
class Days:
    """Reads the days of one column, and keeps what they show of its order.

    `uk` is a text of it in which the day can only be first, `us` one in which only the month can, `both` one
    that can be read either way. `order` is what stands first, where it is known. `epoch` is the day 0 of numbers that
    stand for days, where the column has these, and `serial` one of them. `month` is a text without a day:
    it is its first day, and its last where `ends` says that the column ends a time.
    """

    order: Order = None
    epoch: dt.date | None = None
    ends: bool = False
    uk: str = field(default="", init=False)
    us: str = field(default="", init=False)
    both: str = field(default="", init=False)
    serial: str = field(default="", init=False)
    month: str = field(default="", init=False)
    advice = "write it as YYYY-MM-DD, or give --dates uk if the day stands first, us if the month does"
    what = "a day"

    @property
    def proven(self) -> bool:
        """Return whether the day stands first, by what was read so far."""
        return bool(self.uk) and not self.us

    def read(self, text: str) -> str | AmbiguousDay:
        """Return a day as YYYY-MM-DD, or both days that it may be. Raises WrongCellError for what is none.

        >>> Days().read("31/12/2026"), Days().read("3/4/2026"), Days("uk").read("3/4/2026")
        ('2026-12-31', AmbiguousDay(value='2026-04-03', other='2026-03-04'), '2026-04-03')
        """
        if match := _ZONED.fullmatch(text):
            return self._in_london(match)
        if match := _ISO.fullmatch(text):
            return _iso(int(match["year"]), int(match["month"]), int(match["day"]))
        if match := _NUMBERS.fullmatch(text):
            return self._numbers(text, int(match["first"]), int(match["second"]), match["year"])
        for form in _NAMED:
            if match := form.fullmatch(text):
                month = _MONTHS.index(match["month"][:3].casefold()) + 1
                return _iso(self._year(match["year"]), month, int(match["day"]))
        if day := self._of_month(text):
            self.month = self.month or text
            return day
        if match := _SERIAL.fullmatch(text):
            if self.epoch is None or int(match[1]) < _FIRST_SERIAL:
                raise WrongCellError(_A_DAY, _SERIAL_ADVICE)
            self.serial = self.serial or text
            return (self.epoch + dt.timedelta(int(match[1]))).isoformat()
        raise WrongCellError(_A_DAY, _WRITE if re.search(r"\d", text) else _EMPTY.format(text))

    def _of_month(self, text: str) -> str:
        """Return the first day of a month without a day, or the last; nothing for what is none.

        >>> Days("uk").read("05/27"), Days(ends=True).read("Feb 2028")
        ('2027-05-01', '2028-02-29')
        """
        match = next(filter(None, (form.fullmatch(text) for form in _MONTH_ALONE)), None)
        if not match:
            return ""
        month, parts = match["month"], match.groupdict()
        number = int(month) if month.isdecimal() else _MONTHS.index(month[:3].casefold()) + 1
        year = self._year(parts["year"] or parts["short"])
        last = calendar.monthrange(year, number)[1] if self.ends and 1 <= number <= len(_MONTHS) else 1
        return _iso(year, number, last)

    def _in_london(self, moment: re.Match[str]) -> str | AmbiguousDay:
        """Return the day in the United Kingdom of a moment with its zone: in summer it may be the next one."""
        from zoneinfo import ZoneInfo  # few files have zones

        read, zone = self.read(moment["day"].strip()), moment["zone"].upper()
        offset = "+00:00" if zone[0] not in "+-" else f"{zone[:3]}:{zone[3:].strip(':') or '00'}"

        def day(iso: str) -> str:
            try:
                at = dt.datetime.fromisoformat(f"{iso}T{moment['hour']:0>2}:{moment['minute']}:00{offset}")
                return at.astimezone(ZoneInfo(_LONDON)).date().isoformat()
            except ValueError as error:
                raise WrongCellError("a time that the clock has", _WRITE) from error

        return AmbiguousDay(day(read.value), day(read.other)) if isinstance(read, AmbiguousDay) else day(read)

    def _numbers(self, text: str, first: int, second: int, digits: str) -> str | AmbiguousDay:
        if not first + second + int(digits):
            raise WrongCellError(_A_DAY, _EMPTY.format(text))
        year = self._year(digits)
        uk, us = _date(year, second, first), _date(year, first, second)
        if uk is None and us is None:
            raise WrongCellError("a day that the calendar has", _WRITE)
        if uk is None:
            self.us = self.us or text
        elif us is None:
            self.uk = self.uk or text
        if uk and us and uk != us and self.order is None:
            self.both = self.both or text
            return AmbiguousDay(uk, us)
        if read := us if self.order == "us" else uk:
            return read
        if self.order == "us":
            raise WrongCellError("the month before the day, as in 12/31/2026", _WRITE)
        raise WrongCellError("the day before the month, as in 31/12/2026", _WRITE if self.order else _MONTH_FIRST)

    def _year(self, digits: str) -> int:
        year = int(digits)
        if len(digits) > 2:  # noqa: PLR2004 -- a year without its century
            return year
        if self.order is None:
            raise WrongCellError("a year of four digits", _FOUR)
        return year + (2000 if year < _TURN else 1900)


def _iso(year: int, month: int, day: int) -> str:
    iso = _date(year, month, day)
    if iso is None:
        raise WrongCellError("a day that the calendar has", _WRITE)
    return iso


def _date(year: int, month: int, day: int) -> str | None:
    if year < _EARLIEST:
        raise WrongCellError(f"a year from {_EARLIEST}", _WRITE)
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None
