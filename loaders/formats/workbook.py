"""Read the sheets of an XLSX workbook, row by row.

A formula comes out as the value that the spreadsheet program kept with it, else as its text: it is never worked out.
Merged cells all have the value of the first.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import itertools
import re
import warnings
import weakref
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import DocumentError

if TYPE_CHECKING:
    from loaders.formats.csv_file import Record


_ROWS = 1000
_CHUNK = 1 << 20
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
_HIDDEN = re.compile(rb'<(?:\w+:)?row (?=[^>]*hidden="(?:1|true)")[^>]*?\br="(\d+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
NO_VALUE = "#FORMULA! "
"""Stands before a formula for which no value was kept."""
_LOST = 1e15
"""A number from this on has lost its last digits: it comes out as 1.2E+15, which nobody takes for an identifier."""
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    RuntimeError,
)
"""What openpyxl and the modules below it raise for a file that is damaged, locked or something else; what XML parsers
raise, that of the standard library and lxml, are kinds of `SyntaxError`."""


@dataclass
class Layout:
    """What a sheet has beside its cells: hidden rows, merged cells by row, whether there are formulas."""

    hidden: set[int] = field(default_factory=set)
    formulas: bool = False
    merged: dict[int, list[tuple[int, int, int]]] = field(default_factory=lambda: defaultdict(list))
    """By row: first and last column, from 0, and the row of the first cell."""


class Book:
    """One workbook, open until it is closed."""

    def __init__(self, path: Path, raw: bytes | None = None, *, data_only: bool = False) -> None:
        """Open a workbook, with what was kept for its formulas or with these; `raw` is what was read of it already."""
        from openpyxl import load_workbook  # CSV files do without

        self.path = path
        try:
            with ExitStack() as opened, warnings.catch_warnings():  # openpyxl leaves open what it cannot read
                file = opened.enter_context(path.open("rb") if raw is None else io.BytesIO(raw))
                self.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
                warnings.simplefilter("ignore")
                self._book = load_workbook(file, read_only=True, data_only=data_only, keep_links=False)
                self._file = opened.pop_all()
                weakref.finalize(self, self._file.close)  # where it is let go and not closed
        except BROKEN as error:
            raise self._broken(error) from error
        self._raw = raw
        self._layouts: dict[str, Layout] = {}
        self.titles = tuple(sheet.title for sheet in self._book.worksheets)
        self.epoch = self._book.epoch.date()

    @cached_property
    def _values(self) -> Book:
        """Return the workbook with the values that were kept for its formulas."""
        return Book(self.path, self._raw, data_only=True)

    def close(self) -> None:
        """Close the file."""
        self._book.close()
        self._file.close()
        if "_values" in self.__dict__:
            self._values.close()

    def is_hidden(self, title: str) -> bool:
        """Return whether a sheet is hidden."""
        return bool(self._book[title].sheet_state != "visible")

    def layout(self, title: str) -> Layout:
        """Return what a sheet has beside its cells."""
        if title not in self._layouts:
            layout = self._layouts[title] = Layout()
            rest = b""
            with self._book[title]._get_source() as part:  # type: ignore[attr-defined]  # noqa: SLF001 -- no other way
                while chunk := part.read(_CHUNK):
                    text = rest + chunk
                    rest = text[text.rfind(b"<") :]
                    _look(text[: len(text) - len(rest)], layout)
                _look(rest, layout)
        return self._layouts[title]

    def size(self, title: str) -> int:
        """Return how many rows a sheet says it has."""
        return self._book[title].max_row or 1

    def records(self, title: str, on_rows: Callable[[int], None] | None = None) -> Iterator[Record]:
        """Yield every row of a sheet with its number, from 1, each cell as text."""
        layout = self.layout(title)
        rows = self._rows(title, on_rows)
        if layout.formulas:
            kept = self._values._rows(title)  # noqa: SLF001 -- of this class
            rows = (
                (number, _with_values(cells, values)) for (number, cells), (_, values) in zip(rows, kept, strict=True)
            )
        first: dict[tuple[int, int], str] = {}
        for number, cells in rows:
            yield number, _spread(number, cells, layout, first)

    def _rows(self, title: str, on_rows: Callable[[int], None] | None = None) -> Iterator[tuple[int, list[str]]]:
        sheet = self._book[title]
        sheet.reset_dimensions()
        rows = enumerate(sheet.iter_rows(values_only=True), 1)
        while chunk := self._next(rows):
            if on_rows:
                on_rows(chunk[-1][0])
            yield from chunk

    def _next(self, rows: Iterator[tuple[int, tuple[object, ...]]]) -> list[tuple[int, list[str]]]:
        """Return the next rows; openpyxl warns of what it does not know, which is no concern of the user."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                return [(number, list(map(text, cells))) for number, cells in itertools.islice(rows, _ROWS)]
            except BROKEN as error:
                raise self._broken(error) from error

    def _broken(self, error: Exception) -> DocumentError:
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        advice = "save it as .xlsx without a password, or as CSV files in a folder"
        actual = f"a file that is no readable workbook ({reason})"
        return DocumentError(str(self.path), actual, "an XLSX workbook", advice)


def _look(text: bytes, layout: Layout) -> None:
    """Add what a part of a sheet says."""
    from openpyxl.utils import range_boundaries

    layout.formulas = layout.formulas or bool(_FORMULA.search(text))
    layout.hidden.update(map(int, _HIDDEN.findall(text)))
    for ref in _MERGED.findall(text):
        left, top, right, bottom = (int(place or 1) for place in range_boundaries(ref.decode()))
        for row in range(top, bottom + 1):
            layout.merged[row].append((left - 1, right - 1, top))


def _with_values(cells: list[str], values: Sequence[str]) -> list[str]:
    pairs = itertools.zip_longest(cells, values, fillvalue="")
    return [value or (NO_VALUE + cell) if cell[:1] == "=" else cell for cell, value in pairs]


def _spread(number: int, cells: list[str], layout: Layout, first: dict[tuple[int, int], str]) -> list[str]:
    """Return the cells of a row, merged ones with the value of their first."""
    for left, right, top in layout.merged.get(number, ()):
        cells += [""] * (right + 1 - len(cells))
        value = first.setdefault((top, left), cells[left])
        cells[left : right + 1] = [value] * (right + 1 - left)
    return cells


def text(value: object) -> str:
    """Return a cell as it would stand in a CSV file; a day as YYYY-MM-DD.

    >>> text(7.0), text(0.6), text(None), text(dt.datetime(2026, 12, 31))
    ('7', '0.6', '', '2026-12-31')
    """
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float) and abs(value) >= _LOST:
        return f"{value:E}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    formula = getattr(value, "text", None)
    return formula if isinstance(formula, str) else str(value)
