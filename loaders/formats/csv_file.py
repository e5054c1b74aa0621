"""Read one CSV file: whichever of comma, semicolon, tab and bar parts its cells, in UTF-8, UTF-16 or cp1252."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.errors import DocumentError

Record = tuple[int, list[str] | str]
"""The number of a row and its cells, or what is wrong with the row as a whole."""

DELIMITERS = (",", ";", "\t", "|")
_CHUNK = 1 << 20
_SAMPLE = 1 << 16
_HEADERS = 10
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LAST_ASCII = 0x7F
_NOT_CP1252 = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))
_OF_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_OF_CP850 = re.compile(rb"[A-Za-z](?:[\x81-\x83\x86-\x8d\x90\x98\xa1\xa2\xa4]|[\x94\x95\xa0\xa3](?=[a-z]))")
"""Letters of words in cp850; cp1252 has signs there that stand in no word."""
QUOTES = "every quote that opens a cell closed, and a quote inside one doubled"
LONGEST_CELL = 32_767
"""How many characters the cell of a spreadsheet can have."""
LONG = f"at most {LONGEST_CELL:,} characters in each cell, and every quote that opens one closed"


@dataclass(frozen=True)
class CsvFile:
    """One file, how it is encoded, and the SHA-256 of its bytes."""

    path: Path
    encoding: str
    sha256: str
    size: int

    def delimiter(self, score: Callable[[Sequence[str]], int]) -> str:
        """Return the sign that parts the cells: the one by which a first row has the highest score."""
        with self.path.open(encoding=self.encoding, newline="") as file:
            sample = file.read(_SAMPLE)
        once = cache(score)  # a line without any of them is the same by each
        return max(DELIMITERS, key=lambda sign: max(map(once, map(tuple, _first(sample, sign))), default=0))

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
                except csv.Error as error:
                    yield number, LONG if "field limit" in str(error) else QUOTES
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


def inspect(path: Path, given: str | None = None) -> CsvFile:
    """Return a file with its encoding, which may be given. Raises DocumentError for one that cannot be read."""
    digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
    first, size, is_utf8 = b"", 0, True
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                first = first or chunk[:_SAMPLE]
                size += len(chunk)
                digest.update(chunk)
                is_utf8 = is_utf8 and _decodes(decoder, chunk)
    except OSError as error:
        advice = "check its name and who may read it"
        raise DocumentError(
            str(path), f"a file that cannot be read ({error.strerror})", "a CSV file", advice
        ) from error
    is_utf8 = is_utf8 and _decodes(decoder, b"", final=True)
    if two_bytes := _of_two_bytes(first):
        encoding: str | None = _checked(path, two_bytes, "export it again as CSV UTF-8")
    else:
        encoding = "utf-8-sig" if is_utf8 else _checked(path, given, "correct `encoding`") if given else None
    return CsvFile(path, encoding or _of_one_byte(path), digest.hexdigest(), size)


def _of_two_bytes(first: bytes) -> str | None:
    """Return which UTF-16 a file is, by its mark, or by the half of its bytes that is mostly nought."""
    if first[:2] in _UTF16:
        return "utf-16"
    half = len(first) // 4
    return next((f"utf-16-{end}" for end, at in (("le", 1), ("be", 0)) if half and first[at::2].count(0) > half), None)


def _checked(path: Path, encoding: str, advice: str) -> str:
    try:
        path.read_bytes().decode(encoding)
    except UnicodeDecodeError as error:
        row = path.read_bytes()[: error.start].count(b"\n") + 1
        found, expected = f"bytes that are no {encoding}", f"text in {encoding}"
        raise DocumentError(path.name, found, expected, advice, line=row) from error
    return encoding


def _of_one_byte(path: Path) -> str:
    """Return cp1252 for a file that is no UTF-8. Raises DocumentError for one that is neither, and for one of both."""
    raw = path.read_bytes()
    rest = _OF_UTF8.sub(lambda signs: b" " * len(signs[0]), raw)
    odd = [place for place, byte in enumerate(rest) if byte > _LAST_ASCII]
    dos = _OF_CP850.search(raw)
    wrong = next((place for place, byte in enumerate(raw) if byte in _NOT_CP1252), None)
    if len(_OF_UTF8.findall(raw)) >= len(odd):
        found, at = "text that is UTF-8 but for this row", next(iter(odd), 0)
        advice = "correct the row, and export it again as CSV UTF-8"
    elif wrong is not None or dos:
        found, at = "text that is neither UTF-8 nor cp1252", dos.start() if dos else wrong or 0
        advice = "export it again as CSV UTF-8, or give its code in a mapping file, such as `encoding: cp850`"
    else:
        return "cp1252"
    raise DocumentError(path.name, found, "CSV in one of the two", advice, line=raw[:at].count(b"\n") + 1)


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True
