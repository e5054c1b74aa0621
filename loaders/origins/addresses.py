"""Addresses of pages: how they are written, those of a user's list, and those of the College of Policing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, quote, unquote, urlsplit

from pydantic import Field

from graph.errors import DocumentError, DocumentErrors
from loaders.formats import plain_text
from loaders.formats.formats import read_bytes
from loaders.reference.entries import Entry, entries
from loaders.yaml_lines import without_address

EXPECTED = "the address of a page, such as https://force.example/jobs/sergeant"

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_SAVE = "open it in a browser, save the page and give the file"
_PORTS = {"http": 80, "https": 443}
_KEPT = "%/:@!$&'()*+,;=~"


class CollegePage(Entry):
    """A page of the College of Policing with the profile of one role."""

    role: str = Field(description="Id of the rank or role")
    college: Literal["core"] = Field(description="Name of the list that it is on")
    address: str
    seen_on: str = Field(description="Day on which a copy of it was read, YYYY-MM-DD")
    seen_at: str | None = Field(None, description="Address of that copy, where it is another")


def is_address(text: str) -> bool:
    """Return whether a word of a user is an address, and no file.

    >>> is_address("https://force.example/x"), is_address("ftp://x"), is_address("x/y.html")
    (True, True, False)
    """
    return _SCHEME.match(text) is not None


def college_pages(name: str) -> list[str]:
    """Return the addresses of a list of the College's profiles."""
    return [page.address for page in entries("college.yaml", CollegePage) if page.college == name]


def listed(path: Path) -> list[str]:
    """Return the addresses that a file of a user has, one a line; blank lines and those that begin with # have none.

    Raises `DocumentErrors` with each line that is no address, and `DocumentError` for what is no such file.
    """
    found, faults = [], []
    lines = [line.text.strip() for line in plain_text.read_lines(path.name, read_bytes(path)).lines]
    for number, line in enumerate(lines, 1):
        if not line or line.startswith("#"):
            continue
        try:
            found.append(normalised(line))
        except DocumentError as error:
            faults.append(DocumentError(str(path), error.found, error.expected, error.advice, line=number))
    if faults:
        raise DocumentErrors("addresses at fault, nothing was written", faults)
    if not found:
        raise DocumentError(str(path), "no address", f"{EXPECTED}, one a line", "write one")
    return found


def normalised(address: str) -> str:
    """Return an address as it is asked for and kept: without what is after #, each sign as servers take it.

    Raises `DocumentError` for what is no address of a page, and for one that holds something private, without that.

    >>> normalised("HTTPS://Force.Example:443/jobs/chief constable#top")
    'https://force.example/jobs/chief%20constable'
    """
    try:
        parts = urlsplit(address)
        port, host = parts.port, (parts.hostname or "").encode("idna").decode()
    except ValueError as error:
        raise DocumentError("an address", f"what cannot be read ({error})", EXPECTED, "check the address") from error
    shown = f"{parts.scheme}://{host}"
    if parts.scheme not in _PORTS:
        raise DocumentError(shown, f"{parts.scheme or 'nothing'} before ://", EXPECTED, "give an http or https address")
    if not host or re.search(r"[\x00-\x20]", host):
        raise DocumentError(shown, "no name of a server", EXPECTED, "check the address")
    if "@" in parts.netloc:
        raise DocumentError(shown, "a user name or password in the address", EXPECTED, _SAVE)
    if without_address(unquote(address)) is None:
        raise DocumentError(shown, "an e-mail address in it", EXPECTED, _SAVE)
    at = f"[{host}]" if ":" in host else host
    place = at if port in {None, _PORTS[parts.scheme]} else f"{at}:{port}"
    return SplitResult(
        parts.scheme, place, quote(parts.path or "/", safe=_KEPT), quote(parts.query, safe=f"{_KEPT}?"), ""
    ).geturl()
