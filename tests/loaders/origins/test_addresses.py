"""Addresses are written in one way, hold nothing private, and those of the College say when they were seen."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from graph.errors import DocumentError, DocumentErrors
from loaders.facts.reference import known
from loaders.origins.addresses import EXPECTED, CollegePage, college_pages, listed, normalised
from loaders.reference.entries import entries
from tests.harness.commands import run

HTTP = "give an http or https address"
SAVE = "open it in a browser, save the page and give the file"
CHECK = "check the address"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://force.example", "https://force.example/"),
        ("HTTP://Force.Example:80/A?b=c d#e", "http://force.example/A?b=c%20d"),
        ("https://force.example:8443/a%20b/é", "https://force.example:8443/a%20b/%C3%A9"),
        ("https://straße.example/@force", "https://strasse.example/@force"),
        ("http://[::1]:80/", "http://[::1]/"),
    ],
)
def test_an_address_is_written_in_one_way(given: str, expected: str) -> None:
    """Two ways to write it are one page; what is normal stays as it is."""
    assert [expected] * 2 == [normalised(given), normalised(expected)]


FAULTS = {
    "ftp://force.example/x": ("ftp://force.example", "ftp before ://", HTTP),
    "file:///etc/hosts": ("file://", "file before ://", HTTP),
    "https:///x": ("https://", "no name of a server", CHECK),
    "https://a b/x": ("https://a b", "no name of a server", CHECK),
    "https://[x/": ("an address", "what cannot be read (Invalid IPv6 URL)", CHECK),
    "https://anna:secret@force.example/x": ("https://force.example", "a user name or password in the address", SAVE),
    "https://anna@force.example/x": ("https://force.example", "a user name or password in the address", SAVE),
    "https://force.example/x?to=anna%40force.example": ("https://force.example", "an e-mail address in it", SAVE),
}


@pytest.mark.parametrize("address", FAULTS)
def test_what_is_no_address_of_a_page_is_refused(address: str) -> None:
    """And nothing private in it is repeated."""
    with pytest.raises(DocumentError) as caught:
        normalised(address)
    error = caught.value
    assert (*FAULTS[address], EXPECTED) == (error.file, error.found, error.advice, error.expected)


def test_a_list_has_an_address_a_line(tmp_path: Path) -> None:
    """Blank lines and notes are none; all that are at fault are told with their lines, without what is private."""
    file = tmp_path / "pages.txt"
    file.write_text("# jobs\n\n https://force.example/a \nhttps://force.example/b#c\n", encoding="utf-8")
    assert ["https://force.example/a", "https://force.example/b"] == listed(file)
    file.write_text("https://force.example/a\nforce.example/b\nhttps://x:y@force.example/\n", encoding="utf-8")
    with pytest.raises(DocumentErrors) as caught:
        listed(file)
    assert [
        f"{file}:2: found nothing before ://; expected {EXPECTED}; {HTTP}",
        f"{file}:3: found a user name or password in the address; expected {EXPECTED}; {SAVE}",
    ] == str(caught.value).splitlines()
    file.write_text("# none\n", encoding="utf-8")
    with pytest.raises(DocumentError, match="no address"):
        listed(file)


def test_the_pages_of_the_college_are_known_by_role_address_and_day() -> None:
    """Each role once, at the College over https, with a day; a copy that was seen elsewhere has the same path."""
    pages = entries("college.yaml", CollegePage)

    assert {("Role", page.role) for page in pages} <= known()
    assert len(pages) == len({page.role for page in pages}) == len(set(college_pages("core"))) > 10
    for page in pages:
        parts = urlsplit(page.address)
        assert ("https", page.address) == (parts.scheme, normalised(page.address))
        assert parts.netloc.endswith(".college.police.uk")
        assert page.seen_on == date.fromisoformat(page.seen_on).isoformat()
        assert page.seen_at is None or parts.path == urlsplit(page.seen_at).path


def test_a_password_on_the_command_line_is_not_repeated() -> None:
    """Neither by `load` nor by `read`, and nothing is loaded."""
    address = "https://anna:secret@force.example/x"
    message = f"Error: https://force.example: found a user name or password in the address; expected {EXPECTED}; {SAVE}"
    for words in (("load", address), ("read", address), ("read", address, "--as-text")):
        found = run(*words)
        assert (1, "", message) == (found.exit_code, found.stdout, found.stderr.strip())
