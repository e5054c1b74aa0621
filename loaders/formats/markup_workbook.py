"""Read workbooks that are written as markup: tables of a web page, and the XML of Excel 2003, whatever their ending.

Report servers give out both under the ending .xls.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from loaders.formats.workbook import Book, Layout

_MOST_CELLS, _MOST_ROWS = 16_384, 1_048_576
"""Columns and rows that a sheet of Excel has at most; a cell that says that it spans more spans these."""
_DAY = len("2026-12-31")
_MIDNIGHT = "T00:00:00"
_FIRST_BYTES = 1024


def is_markup(path: Path) -> bool:
    """Return whether a file begins as markup does, whatever its ending. Raises OSError."""
    return _start(path).startswith("<")


def is_list_of_text(path: Path) -> bool:
    """Return whether a file begins as text with tabs, commas and the like does, whatever its ending. Raises OSError."""
    first, *_ = _start(path).splitlines() or [""]
    return (
        not first.startswith("<")
        and all(one.isprintable() or one == "\t" for one in first)
        and bool(re.search("[\t,;|]", first))
    )


def _start(path: Path) -> str:
    with path.open("rb") as file:
        return _decoded(file.read(_FIRST_BYTES), errors="ignore").lstrip("\ufeff\0 \t\r\n")


def _decoded(raw: bytes, errors: str = "strict") -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors)
    try:
        return raw.decode("utf-8-sig", errors)
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


class MarkupBook(Book):
    """One page or XML file, read whole: its tables are sheets; each cell that spans others stands in all of them."""

    def __init__(self, path: Path) -> None:
        """Open a file. Raises DocumentError for one that has no table."""
        self.path, self.epoch = path, dt.date(1899, 12, 30)
        try:
            raw = path.read_bytes()
            tables = list(_tables(_decoded(raw)))
        except (OSError, etree.LxmlError, ValueError) as error:
            raise self._broken(error) from error
        self.sha256 = hashlib.sha256(raw).hexdigest()
        self._tables = {title: rows for title, rows in tables if any(rows)}
        if not self._tables:
            raise self._broken(ValueError("a page without a table"))
        self.titles = tuple(self._tables)

    def close(self) -> None:
        """Close the file, which was read whole."""

    def is_hidden(self, title: str) -> bool:
        """Return whether a sheet is hidden: none is."""
        return not title

    def layout(self, title: str) -> Layout:  # noqa: ARG002 -- the same for all
        """Return the layout of a sheet: what spans several cells is written into each of them already."""
        return Layout()

    def size(self, title: str) -> int:
        """Return how many rows a sheet has."""
        return len(self._tables[title])

    def _rows(self, title: str, on_rows: Callable[[int], None] | None = None) -> Iterator[tuple[int, list[str]]]:
        if on_rows:
            on_rows(self.size(title))
        yield from enumerate(self._tables[title], 1)


def _tables(text: str) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield the tables of a text with their names, those of a page with their numbers."""
    if "schemas-microsoft-com:office:spreadsheet" in text[:_FIRST_BYTES]:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        for sheet in etree.fromstring(text.encode(), parser).iter("{*}Worksheet"):
            yield _attribute(sheet, "Name") or "Sheet", _spread(sheet.iter("{*}Row"), "Cell", _in_sheet)
        return
    page = etree.fromstring(text.encode(), etree.HTMLParser(encoding="utf-8", no_network=True))
    tables = () if page is None else page.iter("table")
    outer = [one for one in tables if next(one.iterancestors("table"), None) is None]
    for number, table in enumerate(outer, 1):
        rows = (row for row in table.iter("tr") if next(row.iterancestors("table")) is table)
        yield f"Table {number}", _spread(rows, "td th", _in_page)


_Place = tuple[int | None, int, int, str]
"""Where a cell or row says that it stands, from 1, how many columns and rows it spans, and what stands in it."""


def _in_sheet(cell: etree._Element) -> _Place:
    across, down = (int(_attribute(cell, name) or 0) + 1 for name in ("MergeAcross", "MergeDown"))
    data = next(cell.iter("{*}Data"), None)
    text = "" if data is None else "".join(data.itertext())
    is_day = data is not None and _attribute(data, "Type") == "DateTime" and text[_DAY:].startswith(_MIDNIGHT)
    return int(_attribute(cell, "Index") or 0) or None, across, down, text[:_DAY] if is_day else text


def _in_page(cell: etree._Element) -> _Place:
    spans = (str(cell.get(name, "")) for name in ("colspan", "rowspan"))
    across, down = (int(one) if one.isdecimal() and int(one) else 1 for one in spans)
    return None, across, down, " ".join("".join(map(str, cell.itertext())).split())


def _attribute(element: etree._Element, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def _spread(rows: Iterator[etree._Element], tags: str, read: Callable[[etree._Element], _Place]) -> list[list[str]]:
    """Return rows of cells, each at its column; what spans several columns or rows stands in all of them."""
    found: list[list[str]] = []
    below: dict[int, tuple[int, str]] = {}  # by column: in how many rows below a cell goes on, and its text
    for row in rows:
        number = int(_attribute(row, "Index") or 0)
        found += [[] for _ in range(min(number, _MOST_ROWS) - len(found) - 1)]
        cells = {column: text for column, (_, text) in below.items()}
        below = {column: (left - 1, text) for column, (left, text) in below.items() if left > 1}
        column = 0
        for cell in (one for one in row if isinstance(one.tag, str) and etree.QName(one).localname in tags.split()):
            at, across, down, text = read(cell)
            column = at - 1 if at else column
            while column in cells:
                column += 1
            for place in range(column, min(column + across, _MOST_CELLS)):
                cells[place] = text
                if down > 1:
                    below[place] = (down - 1, text)
            column += across
        found.append([cells.get(one, "") for one in range(max(cells, default=-1) + 1)])
    return found
