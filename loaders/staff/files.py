"""Find the sheets of an export: CSV files, those of a folder, and the sheets of workbooks."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cached_property, partial
from pathlib import Path

from graph.errors import DocumentError, DocumentErrors
from loaders.formats.csv_file import LONG, LONGEST_CELL, CsvFile, Record, inspect
from loaders.formats.markup_workbook import is_list_of_text
from loaders.formats.older_workbook import ENDINGS, open_book
from loaders.formats.workbook import Book
from loaders.staff.header import Header, match_header, unmapped_outcomes
from loaders.staff.mapping import NO_MAPPING, SheetMapping
from loaders.staff.schema import Sheet, folded, normalise
from loaders.staff.shaping import Shape
from loaders.staff.sheets import SHEETS

DICTIONARY = "data dictionary"
"""Name of the sheet, and with a hyphen of the page, that explains the others."""

_ENDINGS = (".csv", ".tsv", ".txt")
_BOOKS = (".xlsx", ".xlsm", *ENDINGS, ".html", ".htm", ".xml")
_HEADERS = 10
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_AS_TEXT = re.compile(r'="((?:[^"]|"")*)"')
_KEPT = "\t\n\r"
_SEEN = dict.fromkeys(map(ord, _KEPT))
_UNSEEN = frozenset("\u034f\u115f\u1160\u3164\uffa0\u2800") | frozenset(map(chr, range(0xFE00, 0xFE10)))
_Records = Callable[[Callable[[int], None] | None], Iterator[Record]]


@dataclass
class Place:
    """A CSV file, or a sheet of a workbook, of a name: `tab` is that of the sheet."""

    path: Path
    tab: str | None = None
    book: Book | None = None
    file: CsvFile | None = None
    read: bool = False
    readable: bool = True

    @property
    def name(self) -> str:
        """Return what messages call it."""
        return self.path.name if self.tab is None else f"{self.path.name}, sheet {self.tab}"

    def is_called(self, name: str) -> bool:
        """Return whether the file or sheet has a name, with or without its ending; * stands for any letters."""
        return any(_like(name, one) for one in ([self.path.name] if self.tab is None else [self.tab]))

    @property
    def alone(self) -> bool:
        """Return whether it is the only sheet of its workbook."""
        return self.book is not None and len(self.book.titles) == 1

    def rows(self, score: Callable[[Sequence[str]], int]) -> Iterator[Record]:
        """Yield all rows, cleaned; of a CSV file parted by the sign by which a first row has the highest score."""
        if self.book and self.tab is not None:
            records = self.book.records(self.tab)
        else:
            file = inspect(self.path)
            records = file.records(file.delimiter(score))
        return ((number, _cleaned_row(row)) for number, row in records)

    def fits(self, sheet: Sheet, mapping: SheetMapping) -> bool:
        """Return whether it is the sheet of ours, or what the mapping gives for it."""
        if mapping.file is None or (self.tab is not None and not _like(mapping.file, self.path.name)):
            return self.is_called(mapping.sheet or mapping.file or sheet.name)
        if self.tab is None or mapping.sheet is not None:
            return self.is_called(mapping.sheet if self.tab and mapping.sheet else mapping.file)
        return True


def _like(pattern: str, name: str) -> bool:
    names = {name.casefold(), Path(name).stem.casefold()}
    if "*" in pattern:
        return any(fnmatchcase(one, pattern.casefold().replace("[", "[[]")) for one in names)
    patterns = {normalise(pattern), normalise(Path(pattern).stem)}
    return pattern.casefold() in names or any(normalise(one) in patterns for one in names)


@dataclass(frozen=True)
class Table:
    """One sheet of an export, which can be read again; `size` is in bytes of a CSV file, in rows of a workbook.

    `semicolons` says what parts its cells, `epoch` is the day 0 of its numbers that stand for days. Rows that are the
    same are read once where the file holds several of our sheets. `mended` counts rows with signs that nobody sees.
    """

    sheet: Sheet
    place: str
    header: Header
    first: int
    size: int
    records: _Records
    mapping: SheetMapping = NO_MAPPING
    semicolons: bool = False
    epoch: dt.date | None = None
    shared: bool = False
    name: str = ""
    mended: Counter[str] = field(default_factory=Counter, compare=False)

    @cached_property
    def shape(self) -> Shape | None:
        """Return what makes rows of ours of those of the file; none where they are taken as they stand."""
        return Shape(self.sheet, self.header, self.mapping, self.name) if self.mapping.shapes else None

    @cached_property
    def columns(self) -> Mapping[str, int]:
        """Return where each of our columns stands in a row that is taken."""
        return self.shape.columns if self.shape else self.header.places

    def rows_as_they_stand(self, on_progress: Callable[[int], None] | None = None) -> Iterator[Record]:
        """Yield the rows below the header."""
        return itertools.islice(self.records(on_progress), self.first, None)

    def rows(self, on_progress: Callable[[int], None] | None = None) -> Iterator[Record]:
        """Yield the rows below the header, without signs that nobody sees."""
        for number, row in self.rows_as_they_stand(on_progress):
            cells = _cleaned_row(row)
            if cells != row and not isinstance(cells, str):
                self.mended["rows"] += any(map(_is_unseen, "".join(row).translate(_SEEN))) or "_x" in "".join(row)
            yield number, cells


def _cleaned_row(row: list[str] | str) -> list[str] | str:
    """Return a row whose cells are cleaned, or what was expected of one that is none.

    Most rows have nothing to clean, which shows at once.
    """
    if isinstance(row, str):
        return row
    text = "".join(row)
    if len(text) > LONGEST_CELL and max(map(len, row)) > LONGEST_CELL:
        return LONG
    if text.isascii() and text.isprintable() and "_x" not in text and '="' not in text:
        return row
    return list(map(_cleaned, row))


def _cleaned(cell: str) -> str:
    r"""Return a cell without signs that nobody sees, and as its text where it says that it is one.

    >>> _cleaned("Pat\u200b Lee_x000D_"), _cleaned('="0345"')
    ('Pat Lee', '0345')
    """
    if "_x" in cell:
        cell = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), cell).strip("\r")
    if not cell.isascii() or not cell.isprintable():
        cell = "".join(" " if _is_space(sign) else sign for sign in cell if sign in _KEPT or not _is_unseen(sign))
    if cell[:2] == '="' and (quoted := _AS_TEXT.fullmatch(cell)):
        return quoted[1].replace('""', '"')
    return cell


def _is_space(sign: str) -> bool:
    return unicodedata.category(sign) == "Zs"


def _is_unseen(sign: str) -> bool:
    return sign in _UNSEEN or unicodedata.category(sign) in {"Cc", "Cf"}


@dataclass
class Source:
    """All sheets of an export, what was passed over, and what can tell it from another."""

    parts: list[Table] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    books: list[Book] = field(default_factory=list)
    problems: list[DocumentError] = field(default_factory=list)

    @property
    def tables(self) -> dict[str, Table]:
        """Return the first table of each sheet."""
        return {table.sheet.name: table for table in reversed(self.parts)}

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the names and contents of all files that were read."""
        digest = hashlib.sha256()
        for name, content in sorted(self.files.items()):
            digest.update(f"{name}\0{content}\n".encode())
        return digest.hexdigest()

    def check(self) -> None:
        """Raise DocumentErrors with all that is wrong, if anything is."""
        if self.problems:
            raise DocumentErrors("staff files at fault, nothing was read", self.problems)

    def close(self) -> None:
        """Close what is open."""
        for book in self.books:
            book.close()


def find(paths: Sequence[Path], mapping: Mapping[str, tuple[SheetMapping, ...]]) -> Source:
    """Return the sheets of folders, workbooks and CSV files.

    Raises DocumentErrors for a missing sheet, a missing column and a file that cannot be read, all at once.
    """
    source, places = Source(), list[Place]()
    try:
        for path in paths:
            places += _places(path, mapping, source)
        named = ", ".join(map(str, paths))
        for sheet in sorted(
            SHEETS, key=lambda one: not any(part.file or part.sheet for part in mapping.get(one.name, ()))
        ):
            for part in mapping.get(sheet.name) or (NO_MAPPING,):
                for place in _matching(sheet, part, places, named, source):
                    _open(sheet, part, place, source)
        _share(source)
        _passed(places, source)
        _missing(paths, source)
        source.check()
    except BaseException:
        source.close()
        raise
    return source


def _places(path: Path, mapping: Mapping[str, tuple[SheetMapping, ...]], source: Source) -> Iterator[Place]:
    if path.is_dir():
        files = [part.file for parts in mapping.values() for part in parts if part.file]
        for name in _file_names(path):
            if not name.casefold().endswith(_BOOKS):
                yield Place(path / name, readable=name.casefold().endswith(_ENDINGS))
            elif any(_like(file, name) for file in files):
                yield from _places(path / name, mapping, source)
    elif path.is_file() and path.suffix.casefold() in _BOOKS and not is_list_of_text(path):
        book = open_book(path)
        source.books.append(book)
        source.files[path.name] = book.sha256
        yield from (Place(path, title, book) for title in book.titles)
    elif path.is_file() and path.suffix.casefold() in (*_ENDINGS, *_BOOKS):
        yield Place(path)
    else:
        actual = "a file of another kind" if path.exists() else "nothing"
        advice = "save it as .xlsx, or as CSV UTF-8" if path.exists() else "name one of the two"
        raise DocumentError(
            str(path), actual, "a folder of CSV files, a workbook (XLSX, XLS, XLSB, ODS) or a page of tables", advice
        )


def places_of(path: Path) -> list[Place]:
    """Return the CSV files and the sheets of workbooks of a path. Raises DocumentError for one that is neither."""
    inside = [path / name for name in _file_names(path)] if path.is_dir() else [path]
    known = [one for one in inside if not path.is_dir() or _is_of_export(one)]
    return [place for one in known for place in _places(one, {}, Source())]


def _is_of_export(path: Path) -> bool:
    """Return whether a file of a folder may be of an export, by its ending; the page that explains ours is none."""
    return path.suffix.casefold() in (*_ENDINGS, *_BOOKS) and normalise(path.stem) != DICTIONARY


def _file_names(folder: Path) -> list[str]:
    try:
        there = [entry.name for entry in folder.iterdir() if entry.is_file()]
    except OSError as error:
        actual = f"a folder that cannot be read ({error.strerror})"
        raise DocumentError(str(folder), actual, "a folder of CSV files", "check who may read it") from error
    return sorted(name for name in there if not name.startswith((".", "~")))


def _matching(sheet: Sheet, part: SheetMapping, places: Sequence[Place], named: str, source: Source) -> list[Place]:
    """Return what holds a sheet of ours: one file or sheet, or all that a name with * fits."""
    matches = [place for place in places if place.readable and place.fits(sheet, part)]
    given = part.sheet or part.file
    if len(matches) > 1 and "*" not in f"{part.file}{part.sheet}":
        expected, advice = f"one for {sheet.name}", "leave one, or name it in a mapping file"
        found = " and ".join(place.tab or place.path.name for place in matches)
        source.problems.append(DocumentError(named, found, expected, advice))
        return []
    if given is not None and not matches:
        advice = "correct the name in the mapping file"
        source.problems.append(DocumentError(named, f"no {given}", f"what the mapping gives for {sheet.name}", advice))
    return matches


def _open(sheet: Sheet, part: SheetMapping, place: Place, source: Source) -> None:
    is_of_another = place.read and not (part.file or part.sheet)
    place.read = True
    epoch = dt.date(1899, 12, 30)
    if place.book and place.tab is not None:
        records: _Records = partial(place.book.records, place.tab)
        size, semicolons, epoch = place.book.size(place.tab), False, place.book.epoch
    else:
        try:
            place.file = place.file or inspect(place.path, part.encoding)
        except DocumentError as error:
            source.problems += [error] if str(error) not in map(str, source.problems) else []
            return
        source.files[place.path.name] = place.file.sha256
        delimiter = place.file.delimiter(lambda cells: match_header(sheet, cells, part).known)
        records, size, semicolons = partial(place.file.records, delimiter), place.file.size, delimiter == ";"
    header, first = _header(sheet, records, part)
    if is_of_another and header.problems:  # it has the name of this sheet by chance: the mapping says what it is
        return
    epoch_of_days, name = epoch if "serial" in part.dates else None, place.tab or place.path.stem
    table = Table(sheet, place.name, header, first, size, records, part, semicolons, epoch_of_days, name=name)
    _report(table, source)
    source.parts.append(table)


def _share(source: Source) -> None:
    """Say which columns no sheet reads, and let what is the same in several rows of a file be read once."""
    for place, group in itertools.groupby(sorted(source.parts, key=lambda one: one.place), key=lambda one: one.place):
        tables = list(group)
        unknown = [name for name in tables[0].header.unknown if all(name in one.header.unknown for one in tables)]
        if unknown:
            known = dict.fromkeys(name for one in tables for name in one.sheet.names)
            source.notes.append(f"{place}: not read: {folded(unknown)}; the columns are {folded(list(known))}")
        if tables[0].first > 1 and not tables[0].header.problems:
            said = "what stands above is not read"
            source.notes.append(f"{place}: the header is taken from row {tables[0].first}; {said}")
        if len(tables) > 1:
            source.parts = [replace(one, shared=True) if one.place == place else one for one in source.parts]


def _passed(places: Sequence[Place], source: Source) -> None:
    """Say which files and sheets are not read, how text is encoded, and what is hidden."""
    old = {place.path.name for place in places if place.file and place.file.encoding == "cp1252"}
    if old:
        source.notes.insert(
            0, f"read as cp1252, for they are not UTF-8: {', '.join(sorted(old, key=list(source.files).index))}"
        )
    left = [
        place for place in places if not place.read and normalise(Path(place.tab or place.path.name).stem) != DICTIONARY
    ]
    if files := [place.path.name for place in left if place.tab is None]:
        source.notes.append(f"not read: {folded(files)}; the files of an export are called {_names()}")
    for book in source.books:
        if tabs := [place.tab or "" for place in left if place.book is book]:
            source.notes.append(f"{book.path.name}: not read: {folded(tabs)}; its sheets are called {_names()}")
    for place in places:
        if place.read and place.book and place.tab is not None:
            hidden = len(place.book.layout(place.tab).hidden)
            what = "the sheet is hidden" if place.book.is_hidden(place.tab) else f"{hidden} rows are hidden"
            source.notes += [f"{place.name}: {what}, and read all the same"] * (hidden > 0 or what.startswith("the"))


def _names() -> str:
    return ", ".join(sheet.name for sheet in SHEETS)


def _report(table: Table, source: Source) -> None:
    """Keep what is wrong with the header of a table."""
    sheet, place, header = table.sheet, table.place, table.header
    if header.problems:
        there = ", ".join(name.strip() for name in header.written if name.strip())
        expected = f"the columns {', '.join(column.name for column in sheet.columns if column.required)}, each once"
        empty = "nothing: the file is empty, or its header is"
        actual = f"{'; '.join(header.problems)} among: {there}" if there else empty
        source.problems.append(DocumentError(place, actual, expected, "; ".join(header.advice)))
    elif sheet.outcomes:
        cleaned = (_cleaned_row(row) for _, row in table.rows_as_they_stand())
        rows = (row for row in cleaned if not isinstance(row, str))
        source.problems += unmapped_outcomes(sheet, place, header, table.mapping, rows)


def _header(sheet: Sheet, records: _Records, sheet_mapping: SheetMapping) -> tuple[Header, int]:
    """Return the first row that can be the header, with its number; else the first that is not empty."""
    fallback: tuple[Header, int] | None = None
    for number, cells in itertools.islice(records(None), _HEADERS):
        if isinstance(cells, str) or not any(cell.strip() for cell in cells):
            continue
        header = match_header(sheet, list(map(_cleaned, cells)), sheet_mapping)
        if not header.problems:
            return header, number
        fallback = fallback or (header, number)
    return fallback or (match_header(sheet, (), sheet_mapping), 1)


def _missing(paths: Sequence[Path], source: Source) -> None:
    """Add the missing sheets to the problems, unless a sheet has one of its own already."""
    tables = source.tables
    missing = [sheet.name for sheet in SHEETS if sheet.required and sheet.name not in tables]
    if missing and not source.problems:
        what = "files" if paths[0].is_dir() else "sheets"
        there = ", ".join(sheet.name for sheet in SHEETS if sheet.name in tables) or f"no {what} of an export"
        expected = f"the {what} {', '.join(sheet.name for sheet in SHEETS if sheet.required)} at least"
        advice = "add it, or name yours in a mapping file, which `rankgraph staff mapping` proposes; "
        advice += "`rankgraph template staff` writes templates"
        place = ", ".join(map(str, paths))
        source.problems.append(DocumentError(place, f"{there}, and no {', '.join(missing)}", expected, advice))
