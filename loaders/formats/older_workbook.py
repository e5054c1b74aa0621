"""Read the sheets of workbooks that are not XLSX: XLS, XLSB and ODS.

What such a file keeps of errors of the spreadsheet is not to be had: their cells are empty.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from loaders.formats.workbook import Book, Layout, text

ENDINGS = (".xls", ".xlsb", ".ods")
_ROWS = 1000


class OlderBook(Book):
    """One workbook, read whole; days are days, and merged cells of XLS have the value of the first."""

    def __init__(self, path: Path) -> None:
        """Open a workbook. Raises DocumentError for a file that is none, or that has a password."""
        from python_calamine import CalamineError, CalamineWorkbook, PasswordError, XmlError, ZipError

        self.path, self.epoch = path, dt.date(1899, 12, 30)
        try:
            with path.open("rb") as file:
                self.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            self._sheets = CalamineWorkbook.from_path(str(path))
        except (CalamineError, PasswordError, XmlError, ZipError, OSError, ValueError) as error:
            raise self._broken(error) from error
        self.titles = tuple(self._sheets.sheet_names)

    def close(self) -> None:
        """Close the file."""
        self._sheets.close()

    def is_hidden(self, title: str) -> bool:
        """Return whether a sheet is hidden."""
        from python_calamine import SheetVisibleEnum

        visible = {one.name: one.visible for one in self._sheets.sheets_metadata}
        return bool(visible[title] != SheetVisibleEnum.Visible)

    def layout(self, title: str) -> Layout:
        """Return the merged cells of a sheet; which rows are hidden is not kept."""
        layout = Layout()
        for (top, left), (bottom, right) in self._sheets.get_sheet_by_name(title).merged_cell_ranges or ():
            for row in range(top + 1, bottom + 2):
                layout.merged[row].append((left, right, top + 1))
        return layout

    def size(self, title: str) -> int:
        """Return how many rows a sheet has."""
        return int(self._sheets.get_sheet_by_name(title).total_height) or 1

    def _rows(self, title: str, on_rows: Callable[[int], None] | None = None) -> Iterator[tuple[int, list[str]]]:
        rows = self._sheets.get_sheet_by_name(title).to_python(skip_empty_area=False)
        for number, cells in enumerate(rows, 1):
            if on_rows and number % _ROWS == 0:
                on_rows(number)
            yield number, list(map(text, cells))


def open_book(path: Path) -> Book:
    """Return a workbook of any kind that is read. Raises DocumentError for a file that is none."""
    from loaders.formats.markup_workbook import MarkupBook, is_markup  # few files are such

    with contextlib.suppress(OSError):  # opened again below, and refused
        if is_markup(path):
            return MarkupBook(path)
    return OlderBook(path) if path.suffix.casefold() in ENDINGS else Book(path)
