"""The registry of file formats: a format is one module and one line here; and what is common to reading them all."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING

from graph.errors import DocumentError
from loaders.formats.masking import mask
from loaders.formats.source import EXPECTED, Source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from loaders.formats.source import Text

LARGEST_TEXT = 1_000_000
"""Bytes; the longest real pack seen has 40 thousand."""

LARGEST_TABLE = 20_000_000
"""Bytes; the table of a framework with 205 role levels has 2.5 million."""

LARGEST_PAGE = 30_000_000
"""Bytes; a saved web page may have its pictures in it."""

LARGEST_ZIPPED = 50_000_000
"""Bytes; nearly all of them are pictures, which are not read."""

MOST_LINES = 8_000
LONGEST_LINE = 500_000
LONGEST_WORD = 2_000
"""Lines and characters; the longest real pack has 465 lines, whole packs stand on one, addresses are long words."""


@dataclass(frozen=True)
class Format:
    """A file format: how its files are named, how their bytes begin, and the module that reads them.

    The module has `read_lines(name, raw) -> Text`. It is imported when a file of the format is read, so that its
    library costs other commands nothing.
    """

    name: str
    endings: tuple[str, ...]
    module: str
    magic: tuple[bytes, ...] = ()
    largest: int = LARGEST_TEXT
    inside: tuple[str, ...] = ()
    """What a zipped file of the format says that it is: how its media type begins."""

    def read_lines(self, name: str, raw: bytes, charset: str = "") -> Text:
        """Return the lines of a file. Raises `DocumentError` for what is at fault in it.

        Args:
            name: What messages call it.
            raw: Its bytes.
            charset: The encoding that a server names, which only a web page needs.
        """
        named = (charset,) if charset and self.module == HTML else ()
        text: Text = import_module(self.module).read_lines(name, raw, *named)
        return text


HTML = "loaders.formats.html"

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")

TEXT = Format("text", (".txt", ".text", ".md"), "loaders.formats.plain_text")
YAML = Format("yaml", (".yaml", ".yml"), "loaders.formats.plain_text")
CSV = Format("csv", (".csv",), "loaders.formats.plain_text", largest=LARGEST_TABLE)
WORKBOOK = Format(
    *("workbook", (".xlsx", ".xlsm"), "loaders.formats.table", _ZIP, LARGEST_TABLE),
    inside=("application/vnd.openxmlformats-officedocument.spreadsheetml.", "application/vnd.ms-excel.sheet."),
)

FORMATS: tuple[Format, ...] = (
    # Those that are known by their first bytes stand first.
    Format("html", (), HTML, (b"<!doctype html", b"<html", b"from: <saved by"), largest=LARGEST_PAGE),
    Format("html", (".html", ".htm", ".mhtml", ".mht"), HTML, largest=LARGEST_PAGE),
    Format("pdf", (".pdf",), "loaders.formats.pdf", (b"%PDF",), LARGEST_ZIPPED),
    Format(
        *("word", (".docx",), "loaders.formats.word", _ZIP, LARGEST_ZIPPED),
        inside=("application/vnd.openxmlformats-officedocument.wordprocessingml.",),
    ),
    Format(
        *("open-document", (".odt",), "loaders.formats.open_document", _ZIP, LARGEST_ZIPPED),
        inside=("application/vnd.oasis.opendocument.text",),
    ),
    TEXT,
    YAML,
    CSV,
    WORKBOOK,
)
"""Formats in the order in which they are told by their first bytes; a folder is searched for their endings."""

_ONE_ALONE = "give the text of one document alone"
ENDINGS = tuple(ending for one in FORMATS for ending in one.endings)

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_OTHERS = {
    _OLD_OFFICE: ("an old Word document", "save it as .docx or as plain text and read that"),
    b"{\\rtf": ("a rich text file", "save it as .docx or as plain text and read that"),
    b"\x89PNG": ("a picture", "give the text of the document"),
    b"\xff\xd8\xff": ("a picture", "give the text of the document"),
    b"GIF8": ("a picture", "give the text of the document"),
    b"\x1f\x8b": ("a compressed file", "unpack it and read the text"),
}
"""How files begin that no format here reads, what they are, and what to do."""

_ZIPPED_OTHERS = {
    "ms-word": ("a Word document with macros", "save it as .docx, which has none, and read that"),
    "spreadsheet": ("a workbook", "save the document as .docx; what has staff in it is for `rankgraph staff load`"),
    "ms-excel": ("a workbook with macros", "save the document as .docx; staff files go to `rankgraph staff load`"),
    "presentation": ("slides", "give the text of the document"),
    "ms-powerpoint": ("slides", "give the text of the document"),
    "": ("a zipped file", "unpack it and read the documents in it"),
}
"""What else zipped files say that they are, by a part of their media type, and what to do."""


def read_source(path: Path) -> Source:
    """Return the numbered lines of a file, with what must not go further put out of sight. Raises `DocumentError`."""
    raw = read_bytes(path)
    return source_of(path.name, raw, format_of(path.name, raw))


def source_of(name: str, raw: bytes, form: Format, charset: str = "") -> Source:
    """Return the numbered lines of bytes in a format, as `read_source` does."""
    if len(raw) > form.largest:
        raise _too_large(name, len(raw), form.largest)
    text = form.read_lines(name, raw, charset)
    lines = [line.text for line in text.lines]
    _check_lengths(name, lines)
    masked = mask(lines)
    return Source(
        name=name,
        sha256=hashlib.sha256(raw).hexdigest(),
        form=form.name,
        lines=masked,
        marks=tuple(replace(one, text=line) for one, line in zip(text.lines, masked, strict=True)),
        hidden=tuple(len(line) - len(masked_line) for line, masked_line in zip(lines, masked, strict=True)),
        notes=mask(text.notes),
        around=(*text.around, *text.notes),
    )


def format_of(name: str, raw: bytes, ending: str | None = None) -> Format:
    """Return the format of bytes by the first of them, else by the ending, else text. Raises `DocumentError`.

    The ending is that of the name, unless another is given.
    """
    start = raw[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    ending = f".{name.rpartition('.')[2].lower()}" if ending is None else ending
    if raw.startswith(_ZIP):
        return _zipped_format(name, raw)
    named = [form for form in FORMATS if ending in form.endings]
    for form in (*named, *FORMATS):
        if any(start.startswith(magic.lower()) for magic in form.magic):
            return form
    if raw.startswith(_OLD_OFFICE) and "EncryptedPackage".encode("utf-16-le") in raw:
        raise _unread(name, "a document with a password", "take the password off, save it again and read that")
    by_name = named[0] if named and not named[0].magic else TEXT
    for magic, (actual, advice) in _OTHERS.items() if by_name.module == TEXT.module else ():
        if start.startswith(magic.lower()):
            raise _unread(name, actual, advice)
    return by_name


def _zipped_format(name: str, raw: bytes) -> Format:
    from loaders.formats.office.package import media_type

    actual = media_type(name, raw)
    for form in FORMATS:
        if form.inside and actual.startswith(form.inside) and (form is not WORKBOOK or name.endswith(form.endings)):
            return form
    raise _unread(name, *next(other for part, other in _ZIPPED_OTHERS.items() if part in actual))


def _unread(name: str, actual: str, advice: str) -> DocumentError:
    return DocumentError(name, actual, f"{EXPECTED} as {', '.join(ENDINGS)}", advice)


def _check_lengths(name: str, lines: Sequence[str]) -> None:
    """Refuse what no author wrote: it would cost minutes to look through."""
    if len(lines) > MOST_LINES:
        raise DocumentError(name, f"{len(lines):,} lines", f"at most {MOST_LINES:,}", _ONE_ALONE, line=MOST_LINES + 1)
    for number, line in enumerate(lines, 1):
        word = max(map(len, line.split()), default=0) if len(line) > LONGEST_WORD else 0
        if len(line) > LONGEST_LINE or word > LONGEST_WORD:
            actual = f"a line of {len(line):,} characters, the longest word of {word:,}"
            expected = f"lines of at most {LONGEST_LINE:,} and words of at most {LONGEST_WORD:,}"
            raise DocumentError(name, actual, expected, _ONE_ALONE, line=number)


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file. Raises `DocumentError` where it cannot be read, or is larger than any format's."""
    largest = max(form.largest for form in FORMATS)
    try:
        if path.is_dir():
            raise DocumentError(str(path), "a folder", "a file", "name a file in it")
        size = path.stat().st_size
        if size > largest:
            raise _too_large(path.name, size, largest)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise DocumentError(str(path), "no such file", "a file", "check the name") from error
    except OSError as error:
        actual = f"a file that cannot be read ({error.strerror or error})"
        raise DocumentError(str(path), actual, "a readable file", "check its permissions") from error


def _too_large(name: str, size: int, largest: int) -> DocumentError:
    return DocumentError(name, f"{size:,} bytes", f"at most {largest:,}", _ONE_ALONE)
