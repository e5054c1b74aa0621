"""Read a table row by row, each with the lines it stands on: a CSV file, or a sheet of a workbook."""

from __future__ import annotations

import csv
import hashlib
import io
import itertools
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from graph.errors import DocumentError
from loaders.formats import plain_text
from loaders.formats.csv_file import DELIMITERS, QUOTES
from loaders.formats.formats import CSV, WORKBOOK, read_bytes
from loaders.formats.masking import mask
from loaders.formats.source import SourceLine, Text
from loaders.formats.workbook import BROKEN, Book

ENDINGS = (*CSV.endings, *WORKBOOK.endings)

_HEADERS = 10
_MOST_ROWS = 100_000
_MOST_COLUMNS = 1_000
_LONGEST_CELL = 32_767
"""Characters that a cell of a workbook can hold."""

_MOST_UNPACKED, _MOST_MARKS = 50_000_000, 500_000
"""Bytes of all parts of a workbook, and marks of XML in them, four a cell: what has more was made to fill a machine."""

_CHUNK = 1_000_000


class Row(NamedTuple):
    """A row: its 1-based lines, first and last, which are the rows of a workbook, and the cells, each on one line."""

    lines: tuple[int, int]
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """All rows of a table that hold anything, with addresses, numbers and names of people masked."""

    name: str
    sha256: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


def read_table(path: Path, columns: Sequence[str], sheet: str | None = None) -> Table:
    """Return the rows of a table.

    Args:
        path: A CSV file or a workbook.
        columns: Names in its header: the sign that parts the cells of a CSV file is the one by which most are found.
        sheet: The sheet of a workbook; the first where none is named.

    Raises `DocumentError` for a file that is none, and for a sheet that is not there.
    """
    raw = read_bytes(path)
    if path.suffix.lower() in WORKBOOK.endings:
        rows, notes = _workbook_rows(path.name, raw, sheet)
    else:
        text = plain_text.read_lines(path.name, raw)
        lines, notes = [line.text for line in text.lines], text.notes
        rows = _csv_rows(path.name, lines, _delimiter(lines, columns))
    masked: dict[str, str] = {}

    def masked_text(cell: str) -> str:
        if cell not in masked:
            masked[cell] = mask((" ".join(cell.split()),))[0]
        return masked[cell]

    filled = (row for row in rows if any(map(str.strip, row.cells)))
    kept = [_measured(path.name, row) for row in itertools.islice(filled, _MOST_ROWS + 1)]
    if len(kept) > _MOST_ROWS:
        raise _too_much(path.name, f"more than {_MOST_ROWS:,} rows")
    cells = (Row(row.lines, tuple(map(masked_text, row.cells))) for row in kept)
    return Table(path.name, hashlib.sha256(raw).hexdigest(), tuple(cells), notes)


def read_lines(name: str, raw: bytes) -> Text:
    """Return the first sheet of a workbook, a line a row. Raises `DocumentError` for what is no workbook."""
    rows, notes = _workbook_rows(name, raw, None)
    return Text(tuple(SourceLine("\t".join(row.cells)) for row in itertools.islice(rows, _MOST_ROWS)), notes)


def _measured(name: str, row: Row) -> Row:
    """Return a row without the empty cells at its end, which is as long as an author makes one."""
    last = max(place for place, cell in enumerate(row.cells, 1) if cell.strip())
    longest = max(map(len, row.cells))
    if last > _MOST_COLUMNS:
        raise _too_much(name, f"more than {_MOST_COLUMNS:,} columns", row.lines[0])
    if longest > _LONGEST_CELL:
        raise _too_much(name, f"a cell of {longest:,} characters", row.lines[0])
    return Row(row.lines, row.cells[:last])


def _too_much(name: str, actual: str, line: int | None = None) -> DocumentError:
    return DocumentError(name, actual, "a table of one framework", "divide it", line=line)


def _csv_rows(name: str, lines: Sequence[str], delimiter: str) -> Iterator[Row]:
    reader, last = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, strict=True), 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            advice = "close the quote, or save the table as .xlsx"
            raise DocumentError(name, f"what is no row ({error})", QUOTES, advice, line=last + 1) from error
        yield Row((last + 1, reader.line_num), tuple(cells))
        last = reader.line_num


def _delimiter(lines: Sequence[str], columns: Sequence[str]) -> str:
    wanted = set(map(folded, columns))

    def known_columns(delimiter: str) -> int:
        rows = csv.reader((f"{line[:_CHUNK]}\n" for line in lines[:_HEADERS]), delimiter=delimiter)
        try:
            return max((len(wanted & set(map(folded, row))) for row in rows), default=0)
        except csv.Error:
            return 0

    return max(DELIMITERS, key=known_columns)


def folded(name: str) -> str:
    """Return what names of columns and words of cells share that differ in spaces and capitals only."""
    return " ".join(name.split()).casefold()


def _workbook_rows(name: str, raw: bytes, sheet: str | None) -> tuple[Iterator[Row], tuple[str, ...]]:
    _check_size(name, raw)
    book = Book(Path(name), raw)
    titles = {folded(title): title for title in book.titles}
    title = titles.get(folded(sheet)) if sheet else next(iter(book.titles), None)
    if title is None:
        there = ", ".join(book.titles) or "no sheet"
        raise DocumentError(name, f"{there}, and no {sheet!r}", "the sheet of the mapping", "name one that is there")
    others = [one for one in book.titles if one != title]
    notes = (f"the sheet {title} is read; not read: {', '.join(others)}",) if others else ()
    return (Row((number, number), tuple(cells)) for number, cells in book.records(title)), notes


def _check_size(name: str, raw: bytes) -> None:
    """Refuse a workbook that would cost minutes; one that cannot be unpacked is left to its reader."""
    advice, marks = "save the sheet alone", 0
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            size = sum(part.file_size for part in parts.infolist())
            if size > _MOST_UNPACKED:
                raise DocumentError(name, f"{size:,} bytes when unpacked", f"at most {_MOST_UNPACKED:,}", advice)
            for part in parts.namelist():
                with parts.open(part) as file:
                    marks += sum(chunk.count(b"<") for chunk in iter(lambda: file.read(_CHUNK), b""))
    except BROKEN:
        return
    if marks > _MOST_MARKS:
        raise DocumentError(
            name, f"a workbook of {marks:,} marks of XML", f"at most {_MOST_MARKS:,}, four a cell", advice
        )
