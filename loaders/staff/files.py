"""Find the sheets of an export: the CSV files of a folder, or the sheets of one workbook."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from graph.errors import DocumentError, DocumentErrors
from loaders.formats.csv_file import CsvFile, Record, inspect
from loaders.formats.workbook import Book
from loaders.staff.header import Header, is_outcome_column, match_header
from loaders.staff.mapping import NO_MAPPING, SheetMapping
from loaders.staff.schema import Sheet, normalise
from loaders.staff.sheets import SHEETS

DICTIONARY = "data dictionary"
"""Name of the sheet, and with a hyphen of the page, that explains the others."""

_ENDINGS = (".csv", ".tsv", ".txt")
_BOOKS = (".xlsx", ".xlsm")
_HEADERS = 10
_SAMPLE = 2000
_MOST_WORDS = 5
_LONGEST_WORD = 30
_Records = Callable[[Callable[[int], None] | None], Iterator[Record]]


@dataclass(frozen=True)
class _Place:
    """A file, or a sheet of one: its name, how much there is to read, and how it is read."""

    name: str
    size: int
    records: _Records


@dataclass(frozen=True)
class Table:
    """One sheet of an export, which can be read again; `size` is in bytes of a CSV file, in rows of a workbook."""

    sheet: Sheet
    place: str
    header: Header
    first: int
    size: int
    records: _Records

    def rows(self, on_progress: Callable[[int], None] | None = None) -> Iterator[Record]:
        """Yield the rows below the header."""
        return itertools.islice(self.records(on_progress), self.first, None)


@dataclass
class Source:
    """All sheets of an export, what was passed over, and what can tell it from another."""

    tables: dict[str, Table] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    book: Book | None = None
    problems: list[DocumentError] = field(default_factory=list)

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the names and contents of all files that were read."""
        digest = hashlib.sha256()
        for name, content in sorted(self.files.items()):
            digest.update(f"{name}\0{content}\n".encode())
        return digest.hexdigest()

    def close(self) -> None:
        """Close what is open."""
        if self.book:
            self.book.close()


def find(path: Path, mapping: Mapping[str, SheetMapping]) -> Source:
    """Return the sheets of a folder or workbook.

    Raises DocumentErrors for a missing sheet, a missing column and a file that cannot be read, all at once.
    """
    source = Source()
    if path.is_dir():
        _folder(path, mapping, source)
    elif path.is_file() and path.suffix.casefold() in _BOOKS:
        _workbook(path, mapping, source)
    else:
        actual = "a file of another kind" if path.exists() else "nothing"
        raise DocumentError(str(path), actual, "a folder of CSV files, or an XLSX workbook", "name one of the two")
    _missing(path, source)
    if source.problems:
        source.close()
        raise DocumentErrors("staff files at fault, nothing was read", source.problems)
    return source


def _folder(folder: Path, mapping: Mapping[str, SheetMapping], source: Source) -> None:
    names = _file_names(folder)
    known = [name for name in names if name.casefold().endswith(_ENDINGS)]
    passed = [name for name in names if normalise(Path(name).stem) != DICTIONARY]
    old: list[str] = []
    for sheet in SHEETS:
        theirs = mapping.get(sheet.name, NO_MAPPING)
        file_name = _named(sheet, known, theirs.place, str(folder), source)
        if file_name is None:
            continue
        passed = [name for name in passed if name != file_name]
        try:
            file = inspect(folder / file_name)
        except DocumentError as error:
            source.problems.append(error)
            continue
        source.files[file_name] = file.sha256
        old += [file_name] if file.encoding == "cp1252" else []
        _csv(sheet, file, theirs, source)
    if old:
        source.notes.append(f"read as cp1252, for they are not UTF-8: {', '.join(old)}")
    if passed:
        source.notes.append(f"not read: {', '.join(passed)}; the files of an export are called {_names()}")


def _file_names(folder: Path) -> list[str]:
    try:
        there = [entry.name for entry in folder.iterdir() if entry.is_file()]
    except OSError as error:
        actual = f"a folder that cannot be read ({error.strerror})"
        raise DocumentError(str(folder), actual, "a folder of CSV files", "mend it") from error
    return sorted(name for name in there if not name.startswith((".", "~")))


def _csv(sheet: Sheet, file: CsvFile, sheet_mapping: SheetMapping, source: Source) -> None:
    delimiter = file.delimiter(lambda cells: len(match_header(sheet, cells, sheet_mapping).places))
    place = _Place(file.path.name, file.size, partial(file.records, delimiter))
    _table(sheet, place, sheet_mapping, source)


def _workbook(path: Path, mapping: Mapping[str, SheetMapping], source: Source) -> None:
    book = source.book = Book(path)
    source.files[path.name] = book.sha256
    passed = [title for title in book.titles if normalise(title) != DICTIONARY]
    for sheet in SHEETS:
        theirs = mapping.get(sheet.name, NO_MAPPING)
        tab = _named(sheet, list(book.titles), theirs.place, str(path), source)
        if tab is not None:
            passed = [title for title in passed if title != tab]
            place = _Place(f"{path.name}, sheet {tab}", book.size(tab), partial(book.records, tab))
            _table(sheet, place, theirs, source)
    if passed:
        source.notes.append(f"{path.name}: not read: {', '.join(passed)}; its sheets are called {_names()}")


def _names() -> str:
    return ", ".join(sheet.name for sheet in SHEETS)


def _named(sheet: Sheet, names: list[str], mapped: str | None, place: str, source: Source) -> str | None:
    """Return the file or sheet that holds a sheet of ours, `mapped` by its name; none where there is none."""
    keys = {normalise(sheet.name)} if mapped is None else {normalise(mapped), normalise(Path(mapped).stem)}
    matches = [name for name in names if normalise(name) in keys or normalise(Path(name).stem) in keys]
    if len(matches) > 1:
        expected, advice = f"one for {sheet.name}", "leave one, or name it in a mapping file"
        source.problems.append(DocumentError(place, " and ".join(matches), expected, advice))
    elif mapped is not None and not matches:
        advice = "mend the name in the mapping file"
        source.problems.append(DocumentError(place, f"no {mapped}", f"what the mapping gives for {sheet.name}", advice))
    return matches[0] if len(matches) == 1 else None


def _table(sheet: Sheet, at: _Place, sheet_mapping: SheetMapping, source: Source) -> None:
    place, (header, first) = at.name, _header(sheet, at.records, sheet_mapping)
    if header.problems:
        there = ", ".join(name.strip() for name in header.written if name.strip()) or "nothing"
        expected = f"the columns {', '.join(column.name for column in sheet.columns if column.required)}, each once"
        actual = f"{'; '.join(header.problems)} among: {there}"
        source.problems.append(DocumentError(place, actual, expected, "; ".join(header.advice)))
    elif sheet.outcomes:
        source.problems += _unmapped_outcomes(sheet, place, header, itertools.islice(at.records(None), first, _SAMPLE))
    if header.unknown:
        unknown, known = ", ".join(header.unknown), ", ".join(sheet.names)
        source.notes.append(f"{place}: not read: {unknown}; the columns are {known}")
    if first > 1 and not header.problems:
        source.notes.append(f"{place}: the header is taken from row {first}; what stands above is not read")
    source.tables[sheet.name] = Table(sheet, place, header, first, at.size, at.records)


def _unmapped_outcomes(sheet: Sheet, place: str, header: Header, rows: Iterator[Record]) -> Iterator[DocumentError]:
    """Yield a fault for each column that says how a row went, where no mapping says which rows count."""
    cells = [row for _, row in rows if not isinstance(row, str)]
    for at, name in zip(header.unread, header.unknown, strict=True):
        words = list(dict.fromkeys(" ".join(row[at].split()) for row in cells if at < len(row) and row[at].strip()))
        if is_outcome_column(name, words):
            sample = ", ".join(word[:_LONGEST_WORD] for word in words[:_MOST_WORDS]) + (
                " ..." if len(words) > _MOST_WORDS else ""
            )
            column = json.dumps(name, ensure_ascii=False)
            yield DocumentError(
                place,
                f"the column {name!r} ({sample or 'empty'}), of which no mapping says which of its words count",
                f"in {sheet.name} only rows of what is held: not what was failed or not attended",
                f"write in a mapping file (--mapping) `{sheet.name}: {{only: {{{column}: [WORD, WORD]}}}}` with the "
                f"words of the rows that count, or `{sheet.name}: {{ignore: [{column}]}}` where all rows do",
            )


def _header(sheet: Sheet, records: _Records, sheet_mapping: SheetMapping) -> tuple[Header, int]:
    """Return the first row that can be the header, with its number; else the first that is not empty."""
    fallback: tuple[Header, int] | None = None
    for number, cells in itertools.islice(records(None), _HEADERS):
        if isinstance(cells, str) or not any(cell.strip() for cell in cells):
            continue
        header = match_header(sheet, cells, sheet_mapping)
        if not header.problems:
            return header, number
        fallback = fallback or (header, number)
    return fallback or (match_header(sheet, (), sheet_mapping), 1)


def _missing(path: Path, source: Source) -> None:
    """Add the missing sheets to the problems, unless a sheet has one of its own already."""
    missing = [sheet.name for sheet in SHEETS if sheet.required and sheet.name not in source.tables]
    if missing and not source.problems:
        what = "files" if path.is_dir() else "sheets"
        there = ", ".join(source.tables) or f"no {what} of an export"
        expected = f"the {what} {', '.join(sheet.name for sheet in SHEETS if sheet.required)} at least"
        advice = "add it, or name yours in a mapping file; `rankgraph template staff` writes templates"
        source.problems.append(DocumentError(str(path), f"{there}, and no {', '.join(missing)}", expected, advice))
