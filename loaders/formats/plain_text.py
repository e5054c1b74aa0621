"""Read a text: what it is written in, and what is wrong with it."""

from __future__ import annotations

import codecs
import html
import re
from functools import lru_cache

from graph.errors import DocumentError
from loaders.formats.source import EXPECTED, SourceLine, Text

_BINARY = ("a binary file", EXPECTED, "give the text of the document, saved as UTF-8")
_UNKNOWN, _ENCODINGS = "text in an unknown encoding", "UTF-8, UTF-16 with its mark or Windows-1252"
_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_FOREIGN_SHARE = 0.25
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a]")
_CONTROL_SHARE = 0.01

_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,5}|#x[0-9A-Fa-f]{2,5});")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_MARKDOWN = re.compile(r"^\s*(?:#{1,6}|>)\s+(?=\S)")
_TAG = re.compile(r"</?(?:p|br|li|ul|ol|td|tr|th|span|strong|em|b|i|u|div|h[1-6])\s*/?>", re.IGNORECASE)
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
_LIGATURE = re.compile(f"[{''.join(_LIGATURES)}]")
# No English word but wifi, sci-fi and hi-fi ends like this: a space after it is damage.
_SPLIT_WORD = re.compile(r"\b(?!wifi\b|sci-fi\b|hi-fi\b)([A-Za-z]*(?:ffi|ffl|fi|fl)) (?=[a-z])")


def read_lines(name: str, raw: bytes) -> Text:
    """Return the lines of a text in UTF-8, UTF-16 with its mark, or Windows-1252, which is said in the notes.

    Raises `DocumentError` for what is no text.
    """
    text, notes = decoded(name, raw)
    if not text.strip():
        raise DocumentError(name, "an empty file", EXPECTED, "give a file with text in it")
    return Text(tuple(map(SourceLine, re.split(r"\r*\n|\r", text))), notes)


def decoded(name: str, raw: bytes) -> tuple[str, tuple[str, ...]]:
    """Return bytes as text, and notes on what is not UTF-8. Raises `DocumentError` for what is no text."""
    marked = next((encoding for bom, encoding in _BOMS.items() if raw.startswith(bom)), None)
    try:
        text = raw.decode(marked or "utf-8")
    except UnicodeDecodeError as error:
        if marked:
            actual = f"bytes that are not {marked.removesuffix('-sig').upper()}, which its first bytes promise"
            raise DocumentError(name, actual, EXPECTED, "save it as UTF-8") from error
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


_LEADERS = re.compile(r"(?:(?<=^\d)|(?<=^\d\d))(?P<number> ?\.{3,} )(?=[^\W\d])|(?<=\w) ?\.{4,} ?(?=\S*[^\W\d]|£)")
"""Dots that lead from a number or a label to what it has; those to the number of a page stay."""


@lru_cache(maxsize=20_000)
def clean(line: str) -> str:
    """Return a line without tags, emphasis and damage: spaces of every kind folded, split ligatures mended.

    >>> clean("  The <p>offi cers\u00a0of the **Force**</p> ")
    'The officers of the Force'
    >>> [clean(line) for line in ("Pay ....... Band 4", "2 ... Keep the log", "Pay ....... 7")]
    ['Pay: Band 4', '2. Keep the log', 'Pay ....... 7']
    """
    line = html.unescape(line) if _ENTITY.search(line) else line
    text = _MARKDOWN.sub("", _INVISIBLE.sub("", _LIGATURE.sub(lambda one: _LIGATURES[one[0]], line)))
    text = _EMPHASIS.sub(r"\1", _TAG.sub(" ", text).replace("**", "").replace("__", ""))
    return _LEADERS.sub(_mark_for_leaders, _SPLIT_WORD.sub(r"\1", " ".join(text.split())))


def _mark_for_leaders(match: re.Match[str]) -> str:
    return ". " if match["number"] else ": "
