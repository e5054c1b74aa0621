"""Write empty staff files to fill in, and the dictionary that says what stands where; all from the declarations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from loaders.staff.files import DICTIONARY
from loaders.staff.schema import KINDS, Column
from loaders.staff.sheets import SHEETS

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


_HEADER = ("sheet", "column", "must be filled in", "what it is", "what a cell holds", "example", "other headers read")
_WIDTHS = (18, 16, 16, 60, 60, 20, 60)
_HEAD = "D9E1F2"
_FORMATS = {"day": "yyyy-mm-dd", "id": "@", "rank": "@", "name": "@", "text": "@", "requirement": "@", "role": "@"}
_ROWS = 10_000
"""Rows that the list of words to choose from is offered in."""


def csv_texts() -> dict[str, str]:
    """Return the text of each CSV file by its name: the header alone."""
    return {f"{sheet.name}.csv": ",".join(sheet.names) + "\r\n" for sheet in SHEETS}


def dictionary_page() -> str:
    """Return the data dictionary as Markdown."""
    parts = [_INTRODUCTION]
    for sheet in SHEETS:
        need = "Must be there." if sheet.required else "May be missing."
        parts.append(f"## {sheet.name}\n\n{sheet.says}. {need}\n")
        parts.append("| " + " | ".join(_HEADER[1:]) + " |\n" + "|---" * (len(_HEADER) - 1) + "|")
        parts += ["| " + " | ".join(_escaped(cell) for cell in _line(column)) + " |" for column in sheet.columns]
        parts.append("")
    return "\n".join(parts)


_INTRODUCTION = """# Data dictionary of staff files

Made from the declarations of rankgraph. A folder of CSV files, or one workbook with sheets of these names; the
first four must be there. Columns are found by their name or by one of the other headers, in any order; a mapping
file (YAML: our sheet, below it our column and your header) names yours. A column of holdings that says how a
course went (Outcome, Result, Status) needs a mapping that says which words count: `only: {Outcome: [Completed]}`.
CSV: comma, semicolon or tab; UTF-8 or cp1252. Days that can be read two ways, such as 03/04/2026, are an error
unless another day of the column shows the order, or `--dates uk` (or us) is given. Both ends of a period count;
an empty end is open.
"""


def workbook(path: Path) -> None:
    """Write the sheets to fill in, and the dictionary behind them, as a workbook."""
    from openpyxl import Workbook  # only templates write one so

    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in SHEETS:
        page = book.create_sheet(sheet.name)
        page.append(sheet.names)
        _head(page)
        for number, column in enumerate(sheet.columns, 1):
            _prepare(page, number, column)
    _dictionary(book)
    book.save(path)


def _dictionary(book: Workbook) -> None:
    page = book.create_sheet(DICTIONARY)
    page.append(list(_HEADER))
    for row in _lines():
        page.append(list(row))
    _head(page)
    for letter, width in zip("ABCDEFG", _WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    page.auto_filter.ref = page.dimensions


def _head(page: Worksheet) -> None:
    from openpyxl.styles import Font, PatternFill

    page.freeze_panes = "A2"
    for cell in page[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=_HEAD)


def _prepare(page: Worksheet, number: int, column: Column) -> None:
    """Set the form of a column: identifiers are text, so that a leading nought stays; words can be chosen."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    letter = get_column_letter(number)
    page.column_dimensions[letter].width = max(14, len(column.name) + 4)
    page.column_dimensions[letter].number_format = _FORMATS.get(column.kind, "General")
    if column.words:
        choice = DataValidation("list", formula1=f'"{",".join(column.words)}"', allow_blank=True, errorStyle="warning")
        choice.add(f"{letter}2:{letter}{_ROWS}")
        page.add_data_validation(choice)


def _lines() -> Iterator[tuple[str, ...]]:
    return ((sheet.name, *_line(column)) for sheet in SHEETS for column in sheet.columns)


def _line(column: Column) -> tuple[str, ...]:
    holds = ", ".join(column.words) if column.words else KINDS[column.kind]
    if column.kind in {"number", "whole"}:
        holds += f" from {column.least:g}" if column.most is None else f" from {column.least:g} to {column.most:g}"
    if column.points_to:
        holds += f", which stands in {column.points_to}"
    if column.default is not None:
        holds += f"; empty counts as {column.default}"
    must = "yes" if column.required else "no"
    return column.name, must, column.says, holds, column.example, column.synonyms


def _escaped(cell: str) -> str:
    return cell.replace("|", "\\|")
