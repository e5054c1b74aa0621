"""Read pages by their addresses, as files are read."""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from graph.errors import DocumentError
from graph.ids import fingerprint
from loaders.formats.formats import CSV, WORKBOOK, YAML, Format, format_of, source_of

if TYPE_CHECKING:
    from loaders.formats.source import Source
    from loaders.origins.fetch import Page
    from loaders.profile import Profile

_TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
}
"""What servers say of documents, and the ending of such a file."""

_UNKNOWN = ("", "application/octet-stream", "binary/octet-stream", "application/download", "application/force-download")
"""What servers say that know nothing of a file: the ending of its address tells."""

_EXPECTED = "a web page, a PDF, a Word or OpenDocument file, or a text"
_FILE = "save it as a file and load that"


def page_source(page: Page) -> Source:
    """Return the numbered lines of a page, masked as those of a file are; its name is the address.

    Its hash is that of the lines: the bytes of one page differ from one answer to the next. Raises `DocumentError`.
    """
    source = source_of(page.address, page.raw, _form(page), page.charset)
    digest = hashlib.sha256("\n".join(source.lines).encode()).hexdigest()
    notes = (*source.notes, *([f"it leads to {page.reached}"] if page.reached else []))
    return source.model_copy(update={"sha256": digest, "notes": notes})


def with_address(profile: Profile) -> Profile:
    """Return what a page says with its address as its source; where nothing dates it, that tells its edition too."""
    address = profile.document.name
    edition = f"undated-{fingerprint(address)}" if profile.edition.startswith("undated-") else profile.edition
    document = profile.document.model_copy(update={"source": address})
    of_roles = tuple(map(with_address, profile.of_roles))
    return profile.model_copy(update={"document": document, "edition": edition, "of_roles": of_roles})


def _form(page: Page) -> Format:
    if not page.raw:
        raise DocumentError(page.address, "an empty answer", _EXPECTED, "check the address")
    ending = PurePosixPath(urlsplit(page.address).path).suffix.lower()
    form = format_of(page.address, page.raw, _TYPES.get(page.media_type, ending))
    if form in {YAML, CSV, WORKBOOK}:
        raise DocumentError(page.address, f"a file in the format {form.name}", _EXPECTED, _FILE)
    if page.media_type not in {*_TYPES, *_UNKNOWN} and not form.magic:
        raise DocumentError(page.address, f"what its server calls {page.media_type}", _EXPECTED, _FILE)
    return form
