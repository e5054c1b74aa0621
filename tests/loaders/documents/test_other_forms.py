"""Forms that other forces give the same parts: other marks, headings a format knows, underlined ones, days in a row."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders import read
from loaders.fields.dates import closing_day, not_before, published
from loaders.layout.headings import heading, likely_heading
from loaders.profile import Profile

LISTS = ("purpose", "accountabilities", "criteria", "education", "stages")
PAGE = """<html><body><h1>Harbour Sergeant</h1><p>Northdale Police</p>
<h2>Your duties</h2><ul><li>Patrol the quay</li><li>Check the moorings</li></ul>
<h2>{title}</h2><ul><li>One of the crew</li><li>Two of the crew</li></ul></body></html>"""


def found(tmp_path: Path, text: str, ending: str = "txt") -> Profile:
    """Return what a text says."""
    file = tmp_path / f"document.{ending}"
    file.write_text(text, encoding="utf-8")
    return read(file)


def lists(profile: Profile) -> dict[str, list[str]]:
    """Return the lists of a document that have something in them."""
    return {name: texts for name in LISTS if (texts := [one.text for one in getattr(profile, name)])}


@pytest.mark.parametrize(
    "marks",
    [("›", "›"), (">", ">"), ("+", "+"), ("a.", "b."), ("A.", "B."), ("i.", "ii."), ("(a)", "(b)"), ("1)", "2)")],
)
def test_what_marks_an_item_is_no_word_of_it(marks: tuple[str, str], tmp_path: Path) -> None:
    """Signs, letters and numbers of both cases, before a capital."""
    one, two = marks
    text = f"Northdale Police\nHarbour Sergeant\n\nKey duties\n\n{one} Patrol the quay\n{two} Check the moorings\n"
    assert lists(found(tmp_path, text)) == {"accountabilities": ["Patrol the quay", "Check the moorings"]}


def test_a_number_that_print_set_against_its_item_begins_one(tmp_path: Path) -> None:
    """A wide number leaves no room before the words: "10.Check", "iii.check"."""
    nine = "".join(f"{number}. Watch pier {number}\n" for number in range(1, 10))
    text = f"Northdale Police\nHarbour Sergeant\n\nKey duties\n\n{nine}10.Check the moorings\n"
    assert lists(found(tmp_path, text))["accountabilities"][-2:] == ["Watch pier 9", "Check the moorings"]
    roman = (
        "Northdale Police\nHarbour Sergeant\n\nKey duties\n\ni. patrol the quay\nii. log the tides\niii.check ropes\n"
    )
    assert lists(found(tmp_path, roman)) == {"accountabilities": ["patrol the quay", "log the tides", "check ropes"]}


@pytest.mark.parametrize("title", ["Life by the sea", "Out of bounds", "Come aboard"])
def test_a_heading_of_the_same_level_ends_a_list(title: str, tmp_path: Path) -> None:
    """Whatever its words are, what stands below it is no duty; it is left over with its heading."""
    profile = found(tmp_path, PAGE.format(title=title), "html")
    assert lists(profile) == {"accountabilities": ["Patrol the quay", "Check the moorings"]}
    assert {"One of the crew", "Two of the crew"} <= {one.text for one in profile.leftovers}


def test_a_heading_of_a_lower_level_groups_a_list(tmp_path: Path) -> None:
    """What stands below it goes on with the part."""
    page = PAGE.format(title="At night").replace("<h2>At night</h2>", "<h3>At night</h3>")
    assert lists(found(tmp_path, page, "html"))["accountabilities"][-1] == "Two of the crew"


def test_an_underlined_line_is_a_heading(tmp_path: Path) -> None:
    """By the words in it, though it stands right above its list and is no heading as a whole."""
    text = (
        "Northdale Police\nHarbour Sergeant\n================\n\nWhat the crew is responsible for at sea\n---------\n"
        "* Patrol the quay\nWhat the crew must have in the locker\n----------\n* A ticket for the launch\n"
    )
    assert lists(found(tmp_path, text)) == {
        "accountabilities": ["Patrol the quay"],
        "criteria": ["A ticket for the launch"],
    }


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("You'll bring", "criteria"),
        ("You will bring to the crew", "criteria"),
        ("The leader we want", "criteria"),
        ("Individual sought", "criteria"),
        ("Prerequisites for the post", "criteria"),
        ("To be considered you need:", "criteria"),
        ("To apply, candidates will need to have", "criteria"),
        ("What we expect from you", "criteria"),
        ("What we expect you to do at sea", "accountabilities"),
        ("What harbour masters answer for", "accountabilities"),
        ("Why we need you", "purpose"),
        ("The difference this role makes", "purpose"),
        ("Key milestones", "process"),
        ("What is on offer", "pay"),
        ("On this page", "contents"),
        ("CVF levels for the role", "behaviours"),
        ("Other relevant information", "vetting"),
        ("In an average month at sea", "accountabilities"),
        ("What this job looks like", "accountabilities"),
        ("Who may enter", "eligibility"),
        ("Role statement", "purpose"),
        ("The sailors we are after", "criteria"),
        ("Behaviours (CVF 2024)", "behaviours"),
    ],
)
def test_headings_in_other_words(text: str, kind: str) -> None:
    """What is asked, done, offered and planned is called by many names."""
    opened = heading(text) or likely_heading(text)
    assert opened is not None
    assert opened.kind == kind


def test_hashes_make_headings_and_a_label_above_a_list_is_one(tmp_path: Path) -> None:
    """A text in Markdown has levels, too; "Accountable for" labels the value of a form elsewhere."""
    text = (
        "# Harbour Sergeant\n\nNorthdale Police\n\n## Accountable for\n1. Patrol the quay\n2. Check the moorings\n\n"
        "## Out of bounds\n- The lighthouse\n\n## What you need\n- A ticket for the launch\n"
    )
    profile = found(tmp_path, text)
    assert lists(profile) == {
        "accountabilities": ["Patrol the quay", "Check the moorings"],
        "criteria": ["A ticket for the launch"],
    }
    assert "The lighthouse" in {one.text for one in profile.leftovers}


def test_a_title_above_a_list_ends_the_purpose(tmp_path: Path) -> None:
    """A purpose has no groups: a list under a title that nobody knows is left over."""
    text = "Northdale Police\nHarbour Sergeant\n\nPurpose\nTo keep the quay safe.\n\nExtras\n* A free berth\n* Ropes\n"
    profile = found(tmp_path, text)
    assert lists(profile) == {"purpose": ["To keep the quay safe."]}
    assert {"A free berth", "Ropes"} <= {one.text for one in profile.leftovers}


def test_a_contents_list_below_the_first_part_leaves_it(tmp_path: Path) -> None:
    """What stands above the way through a page is part of it."""
    page = """<html><body><h1>Harbour warden</h1><h2>Overview</h2><p>Wardens keep the quay safe.</p>
<h2>In this section</h2><ul><li>Overview</li><li>Main duties</li></ul>
<h2>Main duties</h2><ul><li>Patrol the quay</li></ul></body></html>"""
    profile = found(tmp_path, page, "html")
    assert lists(profile) == {"purpose": ["Wardens keep the quay safe."], "accountabilities": ["Patrol the quay"]}
    assert not profile.leftovers


def test_the_name_of_a_column_opens_a_part_beside_its_numbers(tmp_path: Path) -> None:
    """The first column counts; the second says what the rows are."""
    text = """\
| Post title | Harbour Sergeant |
| Force | Northdale Police |

| Purpose |
| To keep the quay safe. |

| Ref | Accountabilities |
| 1 | Patrol the quay |
| 2 | Check the moorings |
"""
    assert lists(found(tmp_path, text)) == {
        "purpose": ["To keep the quay safe."],
        "accountabilities": ["Patrol the quay", "Check the moorings"],
    }


def test_lettered_rows_open_parts_and_marks_beside_a_row_say_what_is_desirable(tmp_path: Path) -> None:
    """In one table the parts follow each other, each under a row over all columns."""
    cells = [
        *("<th colspan=2>A. Job purpose</th>", "<td colspan=2>To keep the quay safe.</td>"),
        *("<th colspan=2>B. The work and what one is accountable for</th>", "<td>1</td><td>Patrol the quay.</td>"),
        *("<td>2</td><td>Check the moorings.</td>", "<th colspan=2>C. Qualifications and experience</th>"),
        *("<td>Essential</td><td>A ticket for the launch.</td>", "<td>Desirable</td><td>A ticket for the tug.</td>"),
    ]
    table = "".join(f"<tr>{row}</tr>" for row in cells)
    page = f"<html><body><h1>Harbour Sergeant</h1><p>Northdale Police</p><table>{table}</table></body></html>"
    profile = found(tmp_path, page, "html")
    assert lists(profile) == {
        "purpose": ["To keep the quay safe."],
        "accountabilities": ["Patrol the quay.", "Check the moorings."],
        "education": ["A ticket for the launch.", "A ticket for the tug."],
    }
    assert [one.necessity for one in profile.education] == ["essential", "desirable"]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Posted 3 March 2031 · Closes 31 March 2031 · Quay House", "2031-03-31"),
        ("Opened 1 May 2031, deadline 9 May 2031", "2031-05-09"),
        ("The 9 May 2031 deadline stands", "2031-05-09"),
        ("Forms sent by 3 May 2031 are read by 9 May 2031", "2031-05-03"),
    ],
)
def test_the_closing_day_is_the_one_behind_its_word(line: str, day: str) -> None:
    """Another day may stand before it in the line; where none follows, it is that one."""
    assert closing_day([line]) == (day, 1)


def test_what_a_head_says_of_its_edition_stands_in_pieces(tmp_path: Path) -> None:
    """Its number and day, in one line with other words; the day of the next review is ahead."""
    text = (
        "Northdale Police\nRole Profile 88 | Issue 3 | Oct 2031\n\nHarbour Sergeant\n\nKey duties\n* Patrol the quay\n"
    )
    profile = found(tmp_path, text)
    assert ("3", "2031-10-01") == (profile.version, profile.published)
    assert published(["Version 6.2. Effective from 1 April 2031. Review due May 2033."]) == "2031-04-01"
    assert not_before(["In force since June 2031, review due May 2033"], None) == "2031-06-01"
    assert published(["Published May 12, 2031"]) == "2031-05-12"
    assert published(["Advert end date:", "12 September 2031"]) is None
    assert closing_day(["Advert ends 12 September 2031"]) == ("2031-09-12", 1)
    assert published(["Closing date", "18/01/2031"], "2031-01-18") is None


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("Harbour Sergeants wanted!\n£40,000 to £48,000", "Harbour Sergeant"),
        ("£40,000 to £48,000\nLaunch Officer - Northdale", "Launch Officer - Northdale"),
        ("Role Profile No. 77\nLaunch Officer", "Launch Officer"),
    ],
)
def test_a_title_is_no_pay_number_or_question(head: str, name: str, tmp_path: Path) -> None:
    """Nor is a rank that an applicant is in already."""
    eligible = "Eligibility\n* Confirmed in the rank of Constable\n"
    text = f"Northdale Police\n{head}\n\nKey duties\n* Patrol the quay\n\n{eligible}"
    assert name.endswith(found(tmp_path, text).role.name)


@pytest.mark.parametrize("lead", ["To be considered you need:", "To join us, candidates will need:"])
def test_a_lead_that_begins_with_to_opens_what_is_asked(lead: str, tmp_path: Path) -> None:
    """It is no duty, though duties begin so too."""
    text = f"Northdale Police\nHarbour Sergeant\n\nKey duties\n\n* Patrol the quay\n\n{lead}\n\n* A ticket\n"
    assert lists(found(tmp_path, text)) == {"accountabilities": ["Patrol the quay"], "criteria": ["A ticket"]}


def test_a_heading_that_asks_below_the_title_leaves_it(tmp_path: Path) -> None:
    """A paper on no one role is titled so; an advert may go on so."""
    text = "Northdale Police\nChief Officer of Police\n\nWhat will be expected\nThe closing date is 9 May 2031.\n"
    assert found(tmp_path, text).role.name == "Chief Officer of Police"


def test_a_rank_whose_word_is_asked_for_is_none_to_hold(tmp_path: Path) -> None:
    """Support comes from others; a rank of one's own, or that applications come from, is one to hold."""
    text = """\
Northdale Police
Harbour Inspector

Key duties
* Patrol the quay

Eligibility
* Must have a letter from a Superintendent
* Must hold the support of their Chief Inspector
* Must have served as a Sergeant for two years
"""
    gates = {
        one.text: [part.target for option in one.options for part in option] for one in found(tmp_path, text).gates
    }
    assert gates["Must have served as a Sergeant for two years"] == ["uk/sergeant"]
    assert not {"uk/superintendent", "uk/chief-inspector"} & {target for one in gates.values() for target in one}


def test_what_one_could_be_doing_is_a_duty(tmp_path: Path) -> None:
    """A lead that promises is no wish on who applies; one that ends without a colon is no item."""
    text = """\
Northdale Police
Harbour Sergeant

What do harbour sergeants do?

At sea you could be:
* Patrolling the quay
* Checking the moorings

Can I apply?

Yes, if you
* have a ticket for the launch
"""
    assert lists(found(tmp_path, text)) == {
        "accountabilities": ["Patrolling the quay", "Checking the moorings"],
        "criteria": ["have a ticket for the launch"],
    }
