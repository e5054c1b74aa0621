"""Read a PDF: printed pages become paragraphs, headings, items and cells, in the order in which they are read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from graph.errors import DocumentError
from loaders.formats.masking import mask
from loaders.formats.pdf_margins import without_margins
from loaders.formats.pdf_page import Box, Page, Word, as_pieces, without_overprint
from loaders.formats.pdf_text import as_text
from loaders.formats.source import EXPECTED, Text

_GLYPHS = Path(__file__).with_name("pdf_glyphs.py")
_LONGEST_WAIT = 60.0
"""Seconds; the program itself ends after three seconds of work, and waits only where others keep a machine busy."""

_SCANNED = 0.5
"""Share of a page that pictures cover at the least, when it has no text because it is a scan."""

_READABLE = "a PDF with text in it"


def read_lines(name: str, raw: bytes) -> Text:
    """Return the lines of a PDF, one for each paragraph, heading and item, and notes of what was left out.

    Raises `DocumentError` for a scan, an encrypted or damaged file, and one that takes too long or too much to read.
    """
    pages, notes = _pages(name, _glyphs(name, raw))
    kept, left_out = without_margins(pages)
    lines, dropped = as_text(kept)
    if not any(line.text for line in lines):
        raise DocumentError(name, "a PDF with no text but at the edges of its pages", _READABLE, _ADVICE)
    return Text(lines, tuple(mask((*notes, *left_out, *dropped))))


_ADVICE = "give a file that text can be copied from"


def _glyphs(name: str, raw: bytes) -> dict[str, Any]:
    """Return what a program of its own reads of the file: a file made for it cannot take this process down."""
    try:
        done = subprocess.run(  # noqa: S603  (our own program)
            [sys.executable, "-P", str(_GLYPHS)],
            input=raw,
            capture_output=True,
            timeout=_LONGEST_WAIT,
            check=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        actual = "a PDF that takes too long or too much memory to read"
        raise DocumentError(name, actual, EXPECTED, "print it to a new PDF, or save its text") from error
    glyphs: dict[str, Any] = json.loads(done.stdout)
    fault, advice = glyphs.get("fault"), "print it to a new PDF, or save its text"
    if fault == "password":
        raise DocumentError(name, "a PDF that asks for a password", EXPECTED, "save it without a password")
    if fault == "pages":
        actual = f"a PDF of {glyphs['pages']:,} pages"
        raise DocumentError(name, actual, f"1 to {glyphs['most']} pages", "give the document alone")
    if fault == "letters":
        actual = f"a PDF with more letters on page {glyphs['page']} than anybody reads"
        raise DocumentError(name, actual, EXPECTED, advice)
    if fault:
        raise DocumentError(name, "a damaged PDF", EXPECTED, advice)
    return glyphs


def _pages(name: str, glyphs: dict[str, Any]) -> tuple[list[Page], list[str]]:
    """Return the pages, what is turned to its side as a page of its own behind, and notes of what is no text."""
    pages, notes = [], []
    kinds: dict[str, list[int]] = {"a picture": [], "empty": [], "damaged": []}
    for number, page in enumerate(glyphs["pages"], 1):
        layers = page.get("layers", [])
        if not layers:
            pictures = page.get("pictures", 0) >= _SCANNED
            kinds["damaged" if page.get("broken") else "a picture" if pictures else "empty"].append(number)
        if page.get("slanted"):
            notes.append(f'left out on page {number}, printed aslant: "{page["slanted"]}"')
        for n, layer in enumerate(layers):
            words = [
                Word(text, x0, x1, y, size, bool(bold), bool(symbol), order)
                for order, (text, x0, x1, y, size, bold, symbol) in enumerate(layer["words"])
            ]
            pieces, covered = without_overprint(as_pieces(words))
            notes += [f'left out on page {number}, printed over other text: "{text}"' for text in covered]
            lines, dots = ([Box(*box) for box in page[kind]] if n == 0 else [] for kind in ("lines", "dots"))
            kept = [word for piece in pieces for word in piece.words]
            width, height, places = layer["width"], layer["height"], layer.get("places", ())
            pages.append(Page(number, width, height, kept, lines, dots, aside=n > 0, places=places))
    if not pages:
        actual = "a scan: pictures of pages, with no text" if kinds["a picture"] else "a PDF without text"
        raise DocumentError(name, actual, _READABLE, f"{_ADVICE}, such as one made by text recognition")
    for kind, numbers in kinds.items():
        if numbers:
            notes.append(f"no text on page {', '.join(map(str, numbers))}, which is {kind}")
    return pages, notes
