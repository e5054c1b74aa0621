"""What a web page prints around its text is a frame, however the page was saved, and gives neither title nor facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loaders import read

if TYPE_CHECKING:
    from pathlib import Path

    from loaders.profile import Profile

CONSENT = (
    (
        "We value your privacy\nWe use cookies to count visits. By clicking on accept you agree to cookies.\n"
        "Cookies Settings\nReject All\nAccept All Cookies"
    ),
    (
        "Your cookie settings\nThis site uses cookies to store information on your computer.\nI Accept All\n"
        "Necessary Cookies\nOn\nOff\nAnalytical Cookies\nAnalytical cookies help us to improve our website.\nClose"
    ),
    (
        "Privacy Preference Centre\nWhen you visit any website, it may store information in the form of cookies.\n"
        "Manage Consent\nStrictly Necessary Cookies\nAlways Active\nThese cookies allow us to count visits.\n"
        "Confirm My Choices"
    ),
)
SHARES = (
    "Share this page\nFacebook\nX\nLinkedIn\nEmail",
    "Share this job:\n• Facebook\n• Twitter\n• WhatsApp\n• Copy link",
    "Share this vacancy Facebook Twitter LinkedIn",
    "Share on Facebook\nShare on X\nShare on LinkedIn",
)
WAYS = ("Home\nJobs\nContact us", "• Home\n• Current vacancies\n• Log in", "Back to search results", "Print this page")
DUTIES = ["Search vessels.", "Share each log with the harbour master."]
TEXT = "Harbour Sergeant\n\nMain duties\n\n• Search vessels.\n• Share each log with the harbour master.\n"
CRITERIA = "\nEssential\n\n• Can swim.\n"


def of(folder: Path, text: str) -> Profile:
    """Return what a text says."""
    file = folder / "a.txt"
    file.write_text(text, encoding="utf-8")
    return read(file)


@pytest.mark.parametrize("piece", [*CONSENT, *SHARES, *WAYS])
@pytest.mark.parametrize("place", ["{0}\n\n{1}{2}", "{1}\n{0}\n{2}", "{1}{2}\n{0}\n"])
def test_it_is_a_frame_wherever_it_stands(piece: str, place: str, tmp_path: Path) -> None:
    """Above the title, between two parts, or below the last list."""
    found = of(tmp_path, place.format(piece, TEXT, CRITERIA))
    assert ("Harbour Sergeant", DUTIES, ["Can swim."], []) == (
        found.role.name,
        [one.text for one in found.accountabilities],
        [one.text for one in found.criteria],
        list(found.leftovers),
    )


@pytest.mark.parametrize(
    "duty",
    [
        "Make sure that the website sets no cookies without consent",
        "Email",
        "Share on the day what the search has found",
        "Contact us",
        "Search",
    ],
)
def test_a_duty_of_like_words_stays(duty: str, tmp_path: Path) -> None:
    """Alone among duties it is one."""
    found = of(tmp_path, TEXT.replace("• Search vessels.", f"• {duty}") + CRITERIA)
    assert [duty, DUTIES[1]] == [one.text for one in found.accountabilities]
