"""Damaged, unsafe and unknown zipped files are refused in one sentence, and cost next to nothing."""

from __future__ import annotations

import io
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_LZMA, ZipFile

import pytest

from graph.errors import DocumentError
from loaders.formats.formats import format_of
from loaders.formats.source import Text
from tests.builders.marked_lines import marked
from tests.builders.odf_file import NAMESPACES, items, odf_file
from tests.builders.odf_file import cell as odf_cell
from tests.builders.odf_file import p as odf_p
from tests.builders.odf_file import table as odf_table
from tests.builders.word_file import cell, field, item, p, r, table, word_file, zipped

SECONDS = 5
WORD = word_file(
    p("Sergeant", style="Titel")
    + item("one")
    + item("two", 1)
    + p("Page ", field("PAGE", r("1")))
    + table([cell("A"), cell("B")], [cell("C"), cell("D")])
    + p("Text", '<w:r><w:footnoteReference w:id="2"/></w:r>'),
    '<w:headerReference w:type="first" r:id="header1"/><w:titlePg/>',
    header1=p("Head"),
    footnotes=f'<w:footnote w:id="2">{p("Foot")}</w:footnote>',
)
ODF = odf_file(
    odf_p("Sergeant", "P2")
    + items("one", "two", style="Counted")
    + odf_table(odf_cell("A") + odf_cell("B"), odf_cell("C"))
)
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
LOCKED = f"<manifest:manifest {NAMESPACES}><manifest:encryption-data/></manifest:manifest>"
ENTITIES = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def read(name: str, raw: bytes) -> Text:
    """Return the lines of a file of any format."""
    return format_of(name, raw).read_lines(name, raw)


def altered(raw: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a zipped file with one part changed."""
    with ZipFile(io.BytesIO(raw)) as file:
        return zipped({name: change(file.read(name)) if name == part else file.read(name) for name in file.namelist()})


def typed(declaration: str) -> Callable[[bytes], bytes]:
    """Return what puts a document type into a part, and has what it declares stand in the text."""
    return lambda part: part.replace(b"?>", f"?>{declaration}".encode(), 1).replace(b"Sergeant", b"&a;")


def packed_with_lzma() -> bytes:
    """Return a Word document that is packed as no word processor packs it."""
    made = io.BytesIO()
    with ZipFile(io.BytesIO(WORD)) as file, ZipFile(made, "w", ZIP_LZMA) as other:
        for name in file.namelist():
            other.writestr(name, file.read(name))
    return made.getvalue()


REFUSED: dict[str, tuple[bytes, str]] = {
    "a workbook": (word_file(p("a"), main_type=SPREADSHEET), "a workbook"),
    "a workbook of OpenDocument": (
        odf_file("", media_type="application/vnd.oasis.opendocument.spreadsheet"),
        "a workbook",
    ),
    "slides": (word_file(p("a"), main_type=SLIDES), "slides"),
    "macros": (word_file(p("a"), main_type=MACROS), "a Word document with macros"),
    "any zipped file": (zipped({"a.txt": "text"}), "a zipped file"),
    "an empty zipped file": (zipped({}), "a zipped file"),
    "a password of Word": (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "a document with a password"),
    "a password of OpenDocument": (
        odf_file(odf_p("a"), **{"META-INF/manifest.xml": LOCKED}),
        "a document with a password",
    ),
    "no words": (word_file(p()), "a document without words"),
    "no words of OpenDocument": (odf_file(odf_p()), "a document without words"),
    "no text": (
        altered(WORD, "word/document.xml", lambda part: part.replace(b"w:body", b"w:b")),
        "a Word document without its text",
    ),
    "no text of OpenDocument": (
        altered(ODF, "content.xml", lambda part: part.replace(b"office:text", b"office:t")),
        "an OpenDocument text without its text",
    ),
    "cut off": (WORD[:-100], "a zipped file that is damaged"),
    "entities": (
        altered(WORD, "word/document.xml", typed(ENTITIES)),
        "word/document.xml with XML that cannot be read (a document type declaration)",
    ),
    "a file outside": (
        altered(ODF, "content.xml", typed(OUTSIDE)),
        "content.xml with XML that cannot be read (a document type declaration)",
    ),
    "an odd packing": (packed_with_lzma(), "[Content_Types].xml encrypted or packed in an unusual way"),
    "more text than anyone writes": (word_file(p("a " * 10_000_000)), "more than 16,000,000 bytes of text and layout"),
    "more layout than anyone uses": (word_file("<w:p/>" * 300_000), "more than 250,000 pieces of text and layout"),
    "cells in cells": (
        word_file(table(["<w:tc>"]).replace("</w:tr></w:tbl>", "") * 3_000 + "</w:tc></w:tr></w:tbl>" * 3_000),
        "parts nested in each other without end",
    ),
    "lists in lists": (
        odf_file("<text:list><text:list-item>" * 3_000 + "</text:list-item></text:list>" * 3_000),
        "parts nested in each other without end",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused(name: str) -> None:
    """The error says what was found."""
    raw, expected = REFUSED[name]
    start = time.process_time()
    with pytest.raises(DocumentError) as error:
        read("a.docx", raw)
    assert (True, True) == (error.value.found.startswith(expected), time.process_time() - start < SECONDS), error.value


HEAVY: dict[str, bytes] = {
    "empty paragraphs": word_file("<w:p/>" * 240_000 + p("x")),
    "items of long marks": word_file(
        item("a") * 25_000,
        numbering='<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="'
        + "%1" * 50_000
        + '"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
    ),
    "one note a thousand times": word_file(
        p(*['<w:r><w:footnoteReference w:id="2"/></w:r>'] * 60_000),
        footnotes=f'<w:footnote w:id="2">{p("Foot " * 1000)}</w:footnote>',
    ),
    "spaces without end": odf_file(odf_p('a<text:s text:c="999999999"/>b' * 100_000)),
    "rows without end": odf_file(
        odf_table(odf_cell("A"), odf_cell("B")).replace(
            "<table:table-row>", '<table:table-row table:number-rows-repeated="999999999">'
        )
    ),
}


@pytest.mark.parametrize("name", HEAVY)
def test_what_is_heavy_is_read_in_time(name: str) -> None:
    """Nothing grows beyond what stands in the file."""
    start = time.process_time()
    text = read("a", HEAVY[name])
    assert (True, True) == (bool(text.lines), time.process_time() - start < SECONDS)


def _garbled(raw: bytes, rng: random.Random) -> bytes:
    garbled = bytearray(raw)
    for _ in range(rng.choice([1, 3, 20])):
        place, other = rng.randrange(len(garbled)), rng.randrange(len(garbled))
        piece = [bytes([rng.randrange(256)]), b"", bytes(garbled[other : other + 40])][rng.randrange(3)]
        garbled[place : place + rng.randrange(1, 30)] = piece
    return bytes(garbled)


def _garbled_part(raw: bytes, rng: random.Random) -> bytes:
    with ZipFile(io.BytesIO(raw)) as file:
        part = rng.choice(file.namelist())
    tags = re.compile(rb"<[^>]*>")

    def change(text: bytes) -> bytes:
        for _ in range(rng.choice([1, 2, 10])):
            found = [match.span() for match in tags.finditer(text)]
            if not found:
                break
            (start, end), (first, last) = rng.choice(found), rng.choice(found)
            value = rng.choice([b"-1", b"9999999999999", b"", b"x"])
            text = rng.choice(
                [
                    text[:start] + text[end:],
                    text[:start] + text[first:last] + text[end:],
                    text[:start] + re.sub(rb'(:\w+)="[^"]*"', rb'\1="' + value + b'"', text[start:end]) + text[end:],
                ]
            )
        return text

    return altered(raw, part, change)


@pytest.mark.parametrize("raw", [WORD, ODF], ids=["word", "open-document"])
def test_garbled_files_are_read_or_refused(raw: bytes) -> None:
    """A thousand files, garbled as a whole or in one part, give the same lines each time, or one error."""
    rng = random.Random(19)  # noqa: S311 -- no secret
    outcomes = {"read": 0, "refused": 0}
    start = time.process_time()
    for number in range(1_000):
        garbled = (_garbled, _garbled_part)[number % 2](raw, rng)
        try:
            lines = read("a.docx", garbled)
            assert lines == read("a.docx", garbled)
            outcomes["read"] += 1
        except DocumentError:
            outcomes["refused"] += 1
    assert (True, True) == (min(outcomes.values()) > 50, time.process_time() - start < 10 * SECONDS), outcomes


@pytest.mark.parametrize(("name", "expected"), [("a.txt", "# Sergeant"), ("a.odt", "# Sergeant"), ("a", "# Sergeant")])
def test_a_file_is_known_by_what_it_holds(name: str, expected: str) -> None:
    """Its name says nothing."""
    assert expected in marked(read(name, WORD))


def test_the_strict_edition_of_the_standard_is_read() -> None:
    """Other names of the same things are the same."""
    names = {
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main": b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    with ZipFile(io.BytesIO(WORD)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    for old, new in names.items():
        parts = {name: part.replace(old, new) for name, part in parts.items()}
    assert read("a", WORD) == read("a", zipped(parts))


def test_no_reader_is_imported_before_a_file_needs_it() -> None:
    """What only knows which formats there are costs other commands nothing."""
    readers = ("xml", "loaders.formats.office", "loaders.formats.word", "loaders.formats.open_document")
    code = f"import sys, loaders.formats.formats; print([name for name in sys.modules if name.startswith({readers})])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3]
    )
    assert "[]" == done.stdout.strip()
