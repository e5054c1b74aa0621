"""A page is read as a file of its kind is, by its bytes and by what its server says of them."""

from __future__ import annotations

import hashlib

import pytest

from graph.errors import DocumentError
from loaders.formats.source import EXPECTED as PROFILE
from loaders.origins.fetch import Page
from loaders.origins.pages import page_source
from tests.builders.odf_file import odf_file
from tests.builders.odf_file import p as odf_p
from tests.builders.pdf_file import pdf_file
from tests.builders.word_file import p, word_file

ADDRESS = "https://force.example/jobs/sergeant"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = b"<html><nav><a href=/>Home</a></nav><h1>Sergeant</h1><p>Caf\xe9 duties, by jo@force.example</p></html>"
TEXT = "Café duties, by [e-mail]"

READ = {
    "a page": (HTML, "text/html", ("html", ("Sergeant", TEXT))),
    "a page of which nothing is said": (HTML, "", ("html", ("Sergeant", TEXT))),
    "a piece of a page": (b"<h1>Sergeant</h1><p>Duties</p>", "text/html", ("html", ("Sergeant", "Duties"))),
    "a page that wants scripts and does without": (
        b"<html><p>You need to enable JavaScript.</p><p>" + b"Sergeant " * 40,
        *("text/html", ("html", ("You need to enable JavaScript.", "Sergeant " * 39 + "Sergeant"))),
    ),
    "a page that is called a PDF": (HTML, "application/pdf", ("html", ("Sergeant", TEXT))),
    "a PDF": (pdf_file([(50, 700, "Sergeant")]), "application/pdf", ("pdf", ("Sergeant",))),
    "a PDF that is called a page": (pdf_file([(50, 700, "Sergeant")]), "text/html", ("pdf", ("Sergeant",))),
    "a PDF to keep": (pdf_file([(50, 700, "Sergeant")]), "application/x-download", ("pdf", ("Sergeant",))),
    "a Word file": (word_file(p("Sergeant")), WORD, ("word", ("Sergeant",))),
    "an OpenDocument text": (odf_file(odf_p("Sergeant")), "application/octet-stream", ("open-document", ("Sergeant",))),
    "a text": (b"Sergeant\n\n<h1> Duties", "text/plain", ("text", ("Sergeant", "", "<h1> Duties"))),
}


@pytest.mark.parametrize("name", READ)
def test_a_page_is_read_as_what_it_is(name: str) -> None:
    """Its lines are masked and have a hash of their own; its name is its address."""
    raw, kind, (form, lines) = READ[name]

    found = page_source(Page(ADDRESS, raw, kind))

    shown = tuple(line for line in found.lines if line.strip()) if form != "text" else found.lines
    digest = hashlib.sha256("\n".join(found.lines).encode()).hexdigest()
    assert (ADDRESS, form, lines, digest) == (found.name, found.form, shown, found.sha256)


@pytest.mark.parametrize(
    ("charset", "meta", "shown"),
    [
        ("iso-8859-15", "", "€ 5"),
        ("iso-8859-15", "<meta charset=utf-8>", "€ 5"),
        ("", "<meta charset=iso-8859-15>", "€ 5"),
        ("no-such", "", "¤ 5"),
        ("unicode_escape", "", "¤ 5"),
    ],
)
def test_the_encoding_that_a_server_names_is_used(charset: str, meta: str, shown: str) -> None:
    """Before that of the page; one that nobody knows, and one of no page, counts as none."""
    raw = f"<html>{meta}<p>\xa4 5</p></html>".encode("latin-1")
    assert (shown,) == page_source(Page(ADDRESS, raw, "text/html", charset)).lines


def test_bytes_win_over_an_encoding_that_is_wrong() -> None:
    """A note says what the server called it; another says where the page was found."""
    page = Page(ADDRESS, "<html><p>Café</p></html>".encode(), "text/html", "iso-8859-1", "https://force.example/new")
    found = page_source(page)
    notes = ("read as UTF-8, which its bytes are, though it says iso-8859-1", "it leads to https://force.example/new")
    assert (("Café",), notes) == (found.lines, found.notes)


KINDS = "a web page, a PDF, a Word or OpenDocument file, or a text"
FILE = "save it as a file and load that"
SCRIPTS = "a page without text, such as one that scripts fill when it is shown"
AGAIN = "save the page again from a browser"
MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
REFUSED = {
    "nothing": (b"", "text/html", "", "an empty answer", KINDS, "check the address"),
    "data": (b'{"rank": "sergeant"}', "application/json", "", "what its server calls application/json", KINDS, FILE),
    "a table": (b"rank,level\n", "", ".csv", "a file in the format csv", KINDS, FILE),
    "a profile by hand": (b"rankgraph: profile\n", "", ".yaml", "a file in the format yaml", KINDS, FILE),
    "scripts alone": (
        b"<html><script>x()</script><noscript>Sergeant</noscript>",
        "text/html",
        "",
        SCRIPTS,
        PROFILE,
        AGAIN,
    ),
    "a call for scripts": (
        b"<html><title>Jobs</title><p>You need to enable JavaScript to run this app.</p>",
        *("text/html", "", SCRIPTS, PROFILE, AGAIN),
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_document_is_refused(name: str) -> None:
    """With what it is, and what to do."""
    raw, kind, ending, *expected = REFUSED[name]
    with pytest.raises(DocumentError) as caught:
        page_source(Page(ADDRESS + str(ending), bytes(raw), str(kind)))
    error = caught.value
    assert [ADDRESS + ending, *expected] == [error.file, error.found, error.expected, error.advice]


def test_a_picture_at_an_address_is_no_text() -> None:
    """It is told as a file would be."""
    with pytest.raises(DocumentError, match="found a picture"):
        page_source(Page(f"{ADDRESS}.png", b"\x89PNG\r\n", "image/png"))
