"""Read one CSV file: whichever of comma, semicolon and tab parts its cells, in UTF-8, UTF-16 or cp1252."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.errors import DocumentError

Record = tuple[int, list[str] | str]
"""The number of a row and its cells, or what is wrong with the row as a whole."""

DELIMITERS = (",", ";", "\t")
_CHUNK = 1 << 20
_SAMPLE = 1 << 16
_HEADERS = 10
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NOT_CP1252 = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))
QUOTES = "every quote that opens a cell closed, and a quote inside one doubled"


@dataclass(frozen=True)
class CsvFile:
    """One file, how it is encoded, and the SHA-256 of its bytes."""

    path: Path
    encoding: str
    sha256: str
    size: int

    def delimiter(self, score: Callable[[list[str]], int]) -> str:
        """Return the sign that parts the cells: the one by which a first row has the highest score."""
        with self.path.open(encoding=self.encoding, newline="") as file:
            sample = file.read(_SAMPLE)
        return max(DELIMITERS, key=lambda sign: max(map(score, _first(sample, sign)), default=0))

    def records(self, delimiter: str, on_bytes: Callable[[int], None] | None = None) -> Iterator[Record]:
        """Yield every row with the number that a spreadsheet shows, from 1; tell now and then how far it is."""
        with self.path.open("rb") as raw, io.TextIOWrapper(raw, self.encoding, newline="") as file:
            reader, number = csv.reader(file, delimiter=delimiter, strict=True), 0
            while True:
                number += 1
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error:
                    yield number, QUOTES
                    continue
                if on_bytes and not number % 2000:
                    on_bytes(raw.tell())
                yield number, cells


def _first(sample: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    try:
        for _ in range(_HEADERS):
            yield next(reader)
    except (StopIteration, csv.Error):
        return


def inspect(path: Path) -> CsvFile:
    """Return a file with its encoding. Raises DocumentError where it cannot be read or is no text."""
    digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
    first, size, is_utf8, is_cp1252 = b"", 0, True, True
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                first = first or chunk[:4]
                size += len(chunk)
                digest.update(chunk)
                is_utf8 = is_utf8 and _decodes(decoder, chunk)
                is_cp1252 = is_cp1252 and len(chunk.translate(None, _NOT_CP1252)) == len(chunk)
    except OSError as error:
        raise DocumentError(
            str(path), f"a file that cannot be read ({error.strerror})", "a CSV file", "mend it"
        ) from error
    is_utf8 = is_utf8 and _decodes(decoder, b"", final=True)
    encoding = "utf-16" if first[:2] in _UTF16 else "utf-8-sig" if is_utf8 else "cp1252" if is_cp1252 else None
    if encoding is None:
        raise DocumentError(
            path.name, "text that is neither UTF-8 nor cp1252", "CSV in one of the two", "export it again as CSV UTF-8"
        )
    return CsvFile(path, encoding, digest.hexdigest(), size)


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True
