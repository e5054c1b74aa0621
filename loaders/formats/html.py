"""Read a saved web page, as one file or within a MIME archive: the lines of its text, and what surrounded them."""

from __future__ import annotations

import codecs
import email
import re
from contextlib import suppress
from html import unescape

from graph.errors import DocumentError
from loaders.formats import plain_text
from loaders.formats.formats import LARGEST_TEXT
from loaders.formats.html_lines import lines_of
from loaders.formats.html_surroundings import leave_out
from loaders.formats.html_tree import Tree, UnreasonablePageError, walk
from loaders.formats.source import EXPECTED, Text

_MIME = re.compile(rb"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,30}?(?:MIME-Version|Content-Type):", re.IGNORECASE)
_MOST_MIME_LINES, _MOST_PARTS = 500_000, 2_000
_NESTED, _DEEPEST = re.compile(rb"^content-type:\s*multipart/", re.IGNORECASE | re.MULTILINE), 10
_LONG_HEADER = re.compile(rb"^content-type:(?:[^\n]{2000}|[^\n]*(?:\n[ \t][^\n]*){20})", re.IGNORECASE | re.MULTILINE)
"""With longer ones, or parts within more parts, the time that `email` takes grows with their square."""

_HTML = frozenset(["text/html", "application/xhtml+xml"])
_HEAD = 4_096
_CHARSET = re.compile(rb"<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_ENCODINGS = ("utf-8", "ascii", "cp125", "iso8859", "mac-roman")
"""How Python calls the encodings that a page may name; some of its others run code's own escapes or never end."""

_REPLACED = "\ufffd"
_TAG = re.compile(r"<[a-zA-Z!?/]")
_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{1,1000})</title>", re.IGNORECASE)
_AROUND = frozenset(["page header", "page footer"])
_ADVICE = "save the page again from a browser"
_SCRIPTED = re.compile(
    r"\b(?:enable|turn on|switch on|activate|needs?|requires?) java ?script|\bjava ?script (?:is|must be|has to be)\b",
    re.IGNORECASE,
)
_FEW_WORDS = 40
"""What a page says that only asks for scripts."""


def read_lines(name: str, raw: bytes, charset: str = "") -> Text:
    """Return the lines of a page's text; the notes tell its encoding if it is not UTF-8, and what was left out.

    Args:
        name: What messages call it.
        raw: Its bytes.
        charset: The encoding that a server names.

    Raises `DocumentError` for what is no page, for one without text, and for one that no author wrote.
    """
    page, of_archive, parts = _unpacked(name, raw)
    charset = of_archive or charset
    page_text, notes = _decoded(name, page, charset)
    if len(page) <= LARGEST_TEXT and not _TAG.search(page_text):
        return plain_text.read_lines(name, page)
    try:
        tree = Tree(page_text)
        kinds = leave_out(tree)
        lines = lines_of(tree.elements[0])
    except UnreasonablePageError as error:
        raise DocumentError(name, str(error), EXPECTED, "give the text of one document alone") from error
    text = " ".join(line.text for line in lines)
    if not lines or (len(text.split()) < _FEW_WORDS and _SCRIPTED.search(text)):
        actual = "a page without text, such as one that scripts fill when it is shown"
        raise DocumentError(name, actual, EXPECTED, _ADVICE)
    around = (
        *map(unescape, _TITLE.findall(page_text)),
        *(
            " ".join(one for one, _ in walk(part) if isinstance(one, str))
            for part in tree.elements
            if part.left_out in _AROUND
        ),
    )
    left_out = ", ".join(f"{kind} ({count})" for kind, count in sorted(kinds.items()))
    return Text(lines, (*notes, *parts, *([f"left out, as no part of the text: {left_out}"] if kinds else [])), around)


def _unpacked(name: str, raw: bytes) -> tuple[bytes, str, tuple[str, ...]]:
    """Return the bytes of the page, the encoding that its archive names, and what else the archive holds."""
    if not _MIME.match(raw):
        return raw, "", ()
    boundaries = raw.count(b"\n--") - raw.count(b"\n-->")
    many = raw.count(b"\n") > _MOST_MIME_LINES or boundaries > _MOST_PARTS or len(_NESTED.findall(raw)) > _DEEPEST
    if many or _LONG_HEADER.search(raw):
        raise DocumentError(name, "a MIME archive that no browser wrote", EXPECTED, _ADVICE)
    try:
        message = email.message_from_bytes(raw)
        parts = [part for part in message.walk() if not part.is_multipart()]
        pages = [part for part in parts if part.get_content_type() in _HTML]
        # The page that the archive names as its start stands first, or else the first of all.
        start = message.get_param("start")
        page = min(pages, key=lambda part: bool(start) and part.get("Content-ID") != start, default=None)
        payload = page.get_payload(decode=True) if page else None
        charset = str(page.get_content_charset() or "") if page else ""
    except (RecursionError, ValueError, LookupError) as error:
        raise DocumentError(name, "a MIME archive whose parts cannot be told apart", EXPECTED, _ADVICE) from error
    if not isinstance(payload, bytes):
        raise DocumentError(name, "a MIME archive without a page in HTML", EXPECTED, _ADVICE)
    others = f"left out of the archive: {len(parts) - 1} other parts (pictures, styles, frames)"
    return payload, charset, (others,) if len(parts) > 1 else ()


def _decoded(name: str, raw: bytes, charset: str) -> tuple[str, tuple[str, ...]]:
    """Return a page as text: as its mark, archive or head says, else as UTF-8 or Windows-1252."""
    head = _CHARSET.search(_COMMENT.sub(b"", raw[:_HEAD]))
    named = charset or (head[1].decode() if head else "")
    encoding = "" if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else _encoding(named)
    text = raw.decode("utf-8-sig", errors="replace")
    wrong = text.count(_REPLACED) - raw.count(_REPLACED.encode())
    if not wrong:
        contrary = encoding not in {"", "utf-8"} and not raw.isascii()
        note = f"read as UTF-8, which its bytes are, though it says {named}"
        text, notes = plain_text.decoded(name, raw)
        return text, (*notes, *([note] if contrary else []))
    if encoding == "utf-8" and 2 * wrong < sum(not sign.isascii() for sign in text):
        return text, (f"read as UTF-8, as it says, though {wrong} of its bytes are not",)
    if encoding not in {"", "utf-8"}:
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding), (f"read as {named}, as it says",)
    return plain_text.decoded(name, raw)


def _encoding(name: str) -> str:
    """Return how Python calls an encoding, or nothing for one that no page of ours has."""
    try:
        found = codecs.lookup(name).name if name else ""
    except LookupError:
        return ""
    # Browsers read these as Windows-1252, which has all their signs and the quotes that pages use.
    found = "cp1252" if found in {"ascii", "iso8859-1"} else found
    return found if found.startswith(_ENCODINGS) else ""
