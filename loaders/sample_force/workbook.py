"""Write the CSV files again as one workbook, days as days and numbers as numbers."""

from __future__ import annotations

import csv
import re
import shutil
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from loaders.sample_force.calendar import AS_OF
from loaders.staff.schema import Kind, Sheet
from loaders.staff.sheets import SHEETS

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet


_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def write_workbook(folder: Path, path: Path) -> None:
    """Write a workbook with a sheet for each CSV file of a folder; the same files give the same bytes."""
    from openpyxl import Workbook  # only this needs it

    book = Workbook(write_only=True)
    for sheet in SHEETS:
        _fill(book.create_sheet(sheet.name), sheet, folder / f"{sheet.name}.csv")
    with TemporaryDirectory(prefix="rankgraph-") as place:
        book.save(Path(place) / path.name)
        _copy_undated(Path(place) / path.name, path)


def _fill(page: WriteOnlyWorksheet, sheet: Sheet, file: Path) -> None:
    page.append(sheet.names)
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            page.append([_value(column.kind, row[column.name]) for column in sheet.columns])


def _value(kind: Kind, text: str) -> str | float | date | None:
    if not text:
        return None
    if kind == "day":
        return date.fromisoformat(text)
    if kind in {"whole", "level"}:
        return int(text)
    return float(text) if kind == "number" else text


def _copy_undated(source: Path, target: Path) -> None:
    """Copy a workbook without the moment at which it was written."""
    stamp = f"{AS_OF.isoformat()}T00:00:00Z".encode()
    with ZipFile(source) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            about = ZipInfo(entry.filename)
            about.compress_type = ZIP_DEFLATED
            with old.open(entry) as reading, new.open(about, "w", force_zip64=True) as writing:
                if entry.filename == "docProps/core.xml":
                    writing.write(_STAMP.sub(rb"\g<1>" + stamp, reading.read()))
                    continue
                shutil.copyfileobj(reading, writing, 1 << 20)
