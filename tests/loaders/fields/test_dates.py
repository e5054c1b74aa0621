"""Days in running text, and what they say of the age of a document."""

from __future__ import annotations

import pytest

from loaders.fields.dates import closing_day, days, edition, not_before, published


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 4 January 2017", ["2017-01-04"]),
        ("the **11th January 2021**", ["2021-01-11"]),
        ("on 21 st October 2013", ["2013-10-21"]),
        ("September 24, 2021", ["2021-09-24"]),
        ("31/03/2022 and 2022-03-31", ["2022-03-31", "2022-03-31"]),
        ("since Nov 2020", ["2020-11-01"]),
        ("the Act 2011", ["2011-01-01"]),
        ("31 February 2020", []),
        ("£2,018 or 2000.5 or #2019", []),
        ("see http://site.example/2014/2376", []),
    ],
)
def test_days_are_full_and_real(text: str, expected: list[str]) -> None:
    """Every form of a day is known, a month or year is widened to its first day, money is no year."""
    assert expected == [day.iso for day in days(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("completed the course prior to 2023", "2023-01-01"),
        ("the Plan for 2022 to 2025", "2022-01-01"),
        ("the Plan 2021-2024", "2021-01-01"),
        ("Structure November 2020", "2020-11-01"),
        ("by 2030 we shall", None),
        ("Policing Vision 2025", None),
        ("over 2000 officers", None),
        ("1999 officers and staff", None),
        ("Her Majesty's Inspectorate", None),
        ("interviews on 20 January 2021", None),
    ],
)
def test_a_text_is_no_older_than_what_it_names_as_past(text: str, expected: str | None) -> None:
    """The end of a range, a plan ahead, a count, a pronoun and days from the closing day on date nothing."""
    assert expected == not_before([text], "2021-01-11" if "interviews" in text else None)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Applications should be sent by noon on 4 January 2017."], ("2017-01-04", 1)),
        (["Closing Date:", "31 March 2022 23:59:00"], ("2022-03-31", 1)),
        (["This process closes at 09:00am Monday 17th November 2025."], ("2025-11-17", 1)),
        (["The papers should be submitted by midday on the **11th January 2021**"], ("2021-01-11", 1)),
        (["Applications close on 4 May."], None),
        (["Interviews will be held by the panel on 4 May 2020."], None),
    ],
)
def test_the_closing_day_is_found_by_its_words(lines: list[str], expected: tuple[str, int] | None) -> None:
    """A full day beside words of closing is the closing day; a day without a year is not completed by guessing."""
    assert expected == closing_day(lines)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Advert", "Updated 13 April 2022"], "2022-04-13"),
        (["January 2025", "Dear Candidate,"], "2025-01-01"),
        (["Posted on 8th Sep 2025"], "2025-09-08"),
        (["Structure November 2020"], None),
    ],
)
def test_the_head_gives_the_day_of_publication(lines: list[str], expected: str | None) -> None:
    """A line that says so, or a date alone, is the document's own day."""
    assert expected == published(lines)


@pytest.mark.parametrize(
    ("version", "issued", "closes", "earliest", "expected"),
    [
        ("2.1", "2022-04-13", None, None, "v2.1"),
        ("V1.2", None, None, None, "v1.2"),
        (None, "2022-04-13", "2022-05-04", None, "2022-04"),
        (None, None, "2017-01-04", "2014-01-01", "2017-01"),
        (None, None, None, "2023-01-01", "since-2023"),
        (None, None, None, None, "undated-0123abcd"),
    ],
)
def test_an_edition_is_named_by_the_best_that_is_known(
    version: str | None, issued: str | None, closes: str | None, earliest: str | None, expected: str
) -> None:
    """Version, then month, then year, then the fingerprint of the file."""
    sha256 = "0123abcd" * 8
    assert expected == edition(version, published_on=issued, closes=closes, earliest=earliest, sha256=sha256)
