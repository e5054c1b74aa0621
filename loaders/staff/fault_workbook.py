"""Write the rows at fault as a workbook: each as it was, what is wrong with it, and the cells at fault marked.

A cell is always text there: what begins with = stands as it stood, and is never worked out.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from graph.errors import OutputError
from graph.rows import visible
from loaders.staff.faults import Fault
from loaders.staff.files import Table
from loaders.staff.sheets import SHEETS

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from loaders.staff.read import Staff


SUMMARY = "summary"
"""Name of the first sheet."""

_MOST_ROWS = 1_000_000
"""A sheet of a workbook has 1,048,576 rows."""
_MOST_NAMES = 10_000
_MOST_SIGNS = 32_000
_HEAD, _MARK = "header", "at fault"
_COLOURS = {_HEAD: "D9E1F2", _MARK: "F8CBAD"}
_COUNTS = ("sheet", "rows read", "rows taken", "rows skipped", "faults")
_UNMATCHED = ("sheet", "column", "name", "rows", "what to do")
_WIDE = 70


@dataclass(frozen=True)
class _BadRow:
    number: int
    cells: Sequence[str]
    faults: Sequence[Fault]


def write(staff: Staff, path: Path) -> Path:
    """Write all faults of an export to a workbook, and return its path.

    The rows are read again from the files. Raises OutputError where it cannot be written.
    """
    try:
        with path.open("wb") as file:
            _write(staff, file)
    except OSError as error:
        raise OutputError(str(path), f"cannot be written ({error.strerror}); name another place") from error
    return path


def _write(staff: Staff, file: BinaryIO) -> None:
    from openpyxl import Workbook  # only where there are faults

    book = Workbook(write_only=True)
    _styles(book)
    summary = book.create_sheet(SUMMARY)
    totals: dict[str, int] = {}
    for (name, place), faults in itertools.groupby(staff.faults, key=lambda fault: (fault.sheet, fault.place)):
        table = next(one for one in staff.parts if one.sheet.name == name and place in {"", one.place})
        _sheet(book.create_sheet(name), table, itertools.islice(_bad_rows(table, faults, totals), _MOST_ROWS))
    _summary(summary, staff, totals)
    book.save(file)


def _bad_rows(table: Table, sheet_faults: Iterator[Fault], totals: dict[str, int]) -> Iterator[_BadRow]:
    """Yield the rows of a table that have faults, both sorted by row."""
    rows = table.rows_as_they_stand()
    if table.mapping.matrix:  # several rows of ours come of one of the file
        sheet_faults = iter(sorted(sheet_faults, key=lambda fault: fault.row))
    for number, faults in itertools.groupby(sheet_faults, key=lambda fault: fault.row):
        listed = list(faults)
        totals[table.sheet.name] = totals.get(table.sheet.name, 0) + len(listed)
        cells = next((cells for at, cells in rows if at == number), [])
        yield _BadRow(number, [] if isinstance(cells, str) else cells, listed)


def _sheet(sheet: WriteOnlyWorksheet, table: Table, rows: Iterator[_BadRow]) -> None:
    header = [*("row", "what is wrong"), *table.header.written]
    sheet.freeze_panes = "C2"
    sheet.column_dimensions["B"].width = _WIDE  # type: ignore[attr-defined]
    sheet.append([_cell(sheet, name, _HEAD) for name in header])
    for row in rows:
        marked = {table.header.places.get(named) for fault in row.faults for named in fault.column.split(", ")}
        described = "\n".join(_describe_fault(fault) for fault in row.faults)
        cells = [_cell(sheet, text, _MARK if place in marked else None) for place, text in enumerate(row.cells)]
        sheet.append([row.number, _cell(sheet, described), *cells])


def _describe_fault(fault: Fault) -> str:
    actual = f"found {fault.value!r}; " if fault.value else ""
    return f"{fault.column or 'the row'}: {actual}expected {fault.expected}; {fault.advice}"


def _summary(sheet: WriteOnlyWorksheet, staff: Staff, totals: Mapping[str, int]) -> None:
    sheet.column_dimensions["E"].width = _WIDE  # type: ignore[attr-defined]
    sheet.append([_cell(sheet, name, _HEAD) for name in _COUNTS])
    for one in SHEETS:
        count = staff.counts[one.name]
        sheet.append([one.name, count.read, count.taken, count.skipped, totals.get(one.name, 0)])
    unmatched = staff.unmatched(_MOST_NAMES)
    if unmatched:
        sheet.append([])
        sheet.append([_cell(sheet, name, _HEAD) for name in _UNMATCHED])
    for entry in unmatched:
        advice = _cell(sheet, entry.advice)
        sheet.append([entry.sheet, entry.column, _cell(sheet, entry.name), entry.rows, advice])


def _styles(book: Workbook) -> None:
    """Make the two styles once: a fill of its own for each cell takes longer than all else."""
    from openpyxl.styles import Font, NamedStyle, PatternFill

    for name, colour in _COLOURS.items():
        style = NamedStyle(name, font=Font(bold=True), fill=PatternFill("solid", fgColor=colour))
        book.add_named_style(style)


def _cell(sheet: WriteOnlyWorksheet, text: str, style: str | None = None) -> Cell | None:
    from openpyxl.cell import WriteOnlyCell

    if not text and not style:
        return None
    cell = WriteOnlyCell(sheet, value=visible(text)[:_MOST_SIGNS])
    cell.data_type = "s"
    if style:
        cell.style = style
    return cell
