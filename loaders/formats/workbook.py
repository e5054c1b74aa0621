"""Read the sheets of an XLSX workbook, row by row; a formula comes out as its text and is never worked out."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import itertools
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import DocumentError

if TYPE_CHECKING:
    from loaders.formats.csv_file import Record


_ROWS = 1000
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


class Book:
    """One workbook, open until it is closed."""

    def __init__(self, path: Path, raw: bytes | None = None) -> None:
        """Open a workbook; `raw` is what stands in it where that has been read already."""
        from openpyxl import load_workbook  # CSV files do without

        self.path = path
        try:
            with path.open("rb") if raw is None else io.BytesIO(raw) as file:
                self.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            source = path if raw is None else io.BytesIO(raw)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._book = load_workbook(source, read_only=True, data_only=False, keep_links=False)
        except BROKEN as error:
            raise self._broken(error) from error
        self.titles = tuple(sheet.title for sheet in self._book.worksheets)

    def close(self) -> None:
        """Close the file."""
        self._book.close()

    def size(self, title: str) -> int:
        """Return how many rows a sheet says it has."""
        return self._book[title].max_row or 1

    def records(self, title: str, on_rows: Callable[[int], None] | None = None) -> Iterator[Record]:
        """Yield every row of a sheet with its number, from 1, each cell as text."""
        sheet = self._book[title]
        sheet.reset_dimensions()
        rows = enumerate(sheet.iter_rows(values_only=True), 1)
        while chunk := self._next(rows):
            if on_rows:
                on_rows(chunk[-1][0])
            yield from chunk

    def _next(self, rows: Iterator[tuple[int, tuple[object, ...]]]) -> list[Record]:
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


def text(value: object) -> str:
    """Return a cell as it would stand in a CSV file; a day as YYYY-MM-DD.

    >>> text(7.0), text(0.6), text(None), text(dt.datetime(2026, 12, 31))
    ('7', '0.6', '', '2026-12-31')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    formula = getattr(value, "text", None)
    return formula if isinstance(formula, str) else str(value)
