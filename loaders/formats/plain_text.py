"""Read a file into numbered lines: what it is written in, what is wrong with it, and what never goes further."""

from __future__ import annotations

import codecs
import hashlib
import re
from pathlib import Path

from pydantic import Field

from graph.errors import DocumentError
from graph.nodes import Model

LARGEST = 1_000_000
"""Bytes; the longest real pack seen has 40 thousand."""

LONGEST_LINE = 500_000
LONGEST_WORD = 2_000
"""Characters; whole packs stand on one line, and addresses of pages are the longest words."""

_EXPECTED = "a role profile, pack or advert as plain text"
_MAGIC = {
    b"%PDF": ("a PDF file", "save its text (for example with pdftotext) and read that"),
    b"PK\x03\x04": ("a zipped file (a Word document?)", "save it as plain text and read that"),
    b"\xd0\xcf\x11\xe0": ("an old Word document", "save it as plain text and read that"),
    b"{\\rtf": ("a rich text file", "save it as plain text and read that"),
    b"\x89PNG": ("a picture", "give the text of the document"),
    b"\xff\xd8\xff": ("a picture", "give the text of the document"),
    b"GIF8": ("a picture", "give the text of the document"),
    b"\x1f\x8b": ("a compressed file", "unpack it and read the text"),
}
_BINARY = ("a binary file", _EXPECTED, "give the text of the document, saved as UTF-8")
_UNKNOWN, _ENCODINGS = "text in an unknown encoding", "UTF-8, UTF-16 with its mark or Windows-1252"
_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_FOREIGN_SHARE = 0.25
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a]")
_CONTROL_SHARE = 0.01
_HTML = re.compile(r"\s*<(?:!doctype html|html|head|body)\b", re.IGNORECASE)

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_MARKDOWN = re.compile(r"^\s*(?:#{1,6}|>)\s+(?=\S)")
_TAG = re.compile(r"</?(?:p|br|li|ul|ol|td|tr|th|span|strong|em|b|i|u|div|h[1-6])\s*/?>", re.IGNORECASE)
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})
# No English word but wifi, sci-fi and hi-fi ends like this: a space after it is damage.
_SPLIT_WORD = re.compile(r"\b(?!wifi\b|sci-fi\b|hi-fi\b)([A-Za-z]*(?:ffi|ffl|fi|fl)) (?=[a-z])")

_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+|\[email[\s\u00a0]protected\]", re.IGNORECASE)
_TELEPHONE = re.compile(r"(?<![\w/£.,])(?:\+44\s?(?:\(0\)\s?)?|\(?0)\d(?:[\s()-]{0,2}\d){8,9}(?!\d)")
_NAME = r"[A-Z][a-z'’]+(?:[ -][A-Z][\w'’-]+|[ ][A-Z]\.?){1,2}"
_HONOURED = re.compile(
    rf"\b(?:Sir|Dame|Mr|Mrs|Ms|Miss|Dr|Lord(?! (?:Mayor|Chief|Lieutenant|Advocate|Chancellor|Justice))"
    rf"|Lady)\.? {_NAME}|\b(?:Mr|Mrs|Ms|Miss|Dr)\.? [A-Z][a-z]+\b"
)
_NO_NAME = (
    r"(?!(?:[A-Z]\w* )*(?:Centre|Team|Human|Resources|Police|Office|Officer|Department|Services?|Manager"
    r"|Chief|Executive|Unit|"
    r"Constabulary|Commissioner|Recruitment|Appointments?|Line|Support|Crime|Federation|Control|Management|Handler|Room)\b)"
)
_CONTACT = re.compile(
    rf"(?P<cue>(?<=[a-z,:] )(?:contact|speak (?:to|with)|call|ring|telephone"
    rf"|e-?mail) ){_NO_NAME}(?P<name>{_NAME})(?= (?:on|at|by|via|or|\[)|[,.(]|$)"
)
_SIGNATURE = re.compile(rf"\s*(?:{_NAME})(?:,? (?:QPM|CBE|OBE|MBE|KPM|CVO))*\s*")
_SIGNED_BY = re.compile(
    r"\s*(?:the |temporary |acting )?(?:deputy |assistant )*"
    r"(?:commissioner|chief constable|police(?:,? fire)? and crime commissioner|mayor|chief executive"
    r"|home secretary)\b.*",
    re.IGNORECASE,
)
_TITLE_WORDS = (
    "Police|Constabulary|Service|Force|Selection|Recruitment|Promotion|Process|Pack|Profile|Role|Information|Application|Candidate"
    "|Applicant|Vacancy|Appointment|Advert|Description|Job|Person|Board|Panel|Met|Metropolitan|London|Scotland|City|Level|Core"
)
_RANKED_NAME = re.compile(
    r"\s*(?:(?:temporary|acting|deputy|assistant|chief|detective|police|t/|a/)\s*)*(?:constable|superintendent|inspector|commissioner|commander)"
    rf"(?-i:,? (?!(?:[A-Z]\w* )*(?:{_TITLE_WORDS})\b){_NAME})(?-i:,? (?:QPM|KPM|CBE|OBE|MBE))*\s*",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"\s*(?:yours (?:sincerely|faithfully|truly)|(?:kind|best|warm) (?:regards|wishes)|regards),?\s*", re.IGNORECASE
)
_WINDOW = 4


class Source(Model):
    """A file as numbered lines."""

    name: str
    sha256: str
    lines: tuple[str, ...] = Field(description="Line n is lines[n-1]; addresses, numbers and names of people masked")
    hidden: tuple[int, ...] = Field((), description="Characters that masking took from each line")
    notes: tuple[str, ...] = ()


def read_source(path: Path) -> Source:
    """Read a file as UTF-8, UTF-16 with its mark, or Windows-1252, which is said in `notes`.

    Raises `DocumentError` for what is no text of a bearable size.
    """
    raw = _bytes_of(path)
    text, notes = _decoded(path.name, raw)
    lines = re.split(r"\r*\n|\r", text)
    if not text.strip():
        raise DocumentError(path.name, "an empty file", _EXPECTED, "give a file with text in it")
    if _HTML.match(text):
        raise DocumentError(path.name, "an HTML page", _EXPECTED, "save the page as plain text and read that")
    _check_lengths(path.name, lines)
    masked = mask(lines)
    hidden = tuple(len(line) - len(masked_line) for line, masked_line in zip(lines, masked, strict=True))
    return Source(name=path.name, sha256=hashlib.sha256(raw).hexdigest(), lines=masked, hidden=hidden, notes=notes)


def _check_lengths(name: str, lines: list[str]) -> None:
    """Refuse what no author wrote: it would cost minutes to look through."""
    for number, line in enumerate(lines, 1):
        word = max(map(len, line.split()), default=0) if len(line) > LONGEST_WORD else 0
        if len(line) > LONGEST_LINE or word > LONGEST_WORD:
            actual = f"a line of {len(line):,} characters, the longest word of {word:,}"
            expected = f"lines of at most {LONGEST_LINE:,} and words of at most {LONGEST_WORD:,}"
            raise DocumentError(name, actual, expected, "give the text of one document alone", line=number)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise DocumentError(str(path), "a folder", "a file", "name a file in it")
        size = path.stat().st_size
        if size > LARGEST:
            actual = f"{size:,} bytes"
            raise DocumentError(path.name, actual, f"at most {LARGEST:,}", "give the text of one document alone")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise DocumentError(str(path), "no such file", "a file", "check the name") from error
    except OSError as error:
        actual = f"a file that cannot be read ({error.strerror or error})"
        raise DocumentError(str(path), actual, "a readable file", "check its permissions") from error


def _decoded(name: str, raw: bytes) -> tuple[str, tuple[str, ...]]:
    for magic, (actual, advice) in _MAGIC.items():
        if raw.startswith(magic):
            raise DocumentError(name, actual, _EXPECTED, advice)
    marked = next((encoding for bom, encoding in _BOMS.items() if raw.startswith(bom)), None)
    try:
        text = raw.decode(marked or "utf-8")
    except UnicodeDecodeError as error:
        if marked:
            actual = f"bytes that are not {marked.removesuffix('-sig').upper()}, which its first bytes promise"
            raise DocumentError(name, actual, _EXPECTED, "save it as UTF-8") from error
        return _windows(name, raw), ("read as Windows-1252: it is not UTF-8",)
    if "\x00" in text or len(_CONTROL.findall(text)) > _CONTROL_SHARE * len(text):
        raise DocumentError(name, *_BINARY)
    return text, (f"read as UTF-16: {name} starts with its mark",) if marked == "utf-16" else ()


def _windows(name: str, raw: bytes) -> str:
    foreign = sum(byte > 0x7F for byte in raw)  # noqa: PLR2004  (ASCII ends there)
    if b"\x00" in raw:
        raise DocumentError(name, *_BINARY)
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError as error:
        actual = f"{_UNKNOWN} (byte {raw[error.start]:#04x} at {error.start})"
        raise DocumentError(name, actual, _ENCODINGS, "save it as UTF-8") from error
    if foreign > _FOREIGN_SHARE * len(raw):
        raise DocumentError(name, _UNKNOWN, _ENCODINGS, "save it as UTF-8")
    return text


def clean(line: str) -> str:
    """Return a line without tags, emphasis and damage: spaces of every kind folded, split ligatures mended.

    >>> clean("  The <p>offi cers\u00a0of the **Force**</p> ")
    'The officers of the Force'
    """
    text = _MARKDOWN.sub("", _INVISIBLE.sub("", line.translate(_LIGATURES)))
    text = _EMPHASIS.sub(r"\1", _TAG.sub(" ", text).replace("**", "").replace("__", ""))
    return _SPLIT_WORD.sub(r"\1", " ".join(text.split()))


def mask(lines: list[str]) -> tuple[str, ...]:
    """Return the lines with e-mail addresses, telephone numbers and the names of people put out of sight."""
    masked = [_mask_line(line) for line in lines]
    for index, line in enumerate(masked):
        ranked = index and _RANKED_NAME.fullmatch(line) and _lone(masked, index)
        if ranked or (_SIGNATURE.fullmatch(line) and _is_signature(masked, index)):
            masked[index] = "[name]"
    return tuple(masked)


def _mask_line(line: str) -> str:
    line = _TELEPHONE.sub("[telephone]", _EMAIL.sub("[e-mail]", line))
    return _CONTACT.sub(r"\g<cue>[name]", _HONOURED.sub("[name]", line))


def _is_signature(lines: list[str], index: int) -> bool:
    """Return whether a line is a name: a sign-off stands above it, or an office right below it."""
    above = [line for line in lines[max(0, index - _WINDOW) : index] if line.strip()]
    if any(_SIGN_OFF.fullmatch(line) for line in above):
        return True
    office = index + 1 < len(lines) and _SIGNED_BY.fullmatch(lines[index + 1])
    return bool(above and office) and _lone(lines, index)


def _lone(lines: list[str], index: int) -> bool:
    """Return whether a blank line stands above it and a letter before that: a title page has no letter."""
    sentences = sum(line.rstrip().endswith((".", "!", "?")) for line in lines[max(0, index - 12) : index])
    return not lines[index - 1].strip() and sentences > 0
