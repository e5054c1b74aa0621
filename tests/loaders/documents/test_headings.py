"""Headings that no list has: questions, capitals, numbers and lead-ins open the part that their words speak of."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders import read
from loaders.fields.dates import days
from loaders.profile import Profile

QUESTIONS = """\
Careers

Wildlife crime officer

Print this page

What is a wildlife crime officer?

A wildlife crime officer is a constable who protects rare animals.

What will I do in a week?

* Visit keepers of birds of prey
* Follow tracks of poachers

What must I have before I try?

* Two years of service
* A licence to drive off the road

Which courses will I go on?

* Wildlife law, five days

How are officers chosen?

1. Written application
2. Interview at the kennels

Anything else?

The moor is wet.
"""

NUMBERED = """\
Northdale Police
Promotion policy

1.0  Purpose of the policy

1.1  Promotion is by merit in promotion boards, for all.

2.0  WHO CAN APPLY

2.1  To apply for Sergeant an officer must:
     a.  be confirmed as a constable;
     b.  have a tutor's report.

3.0  SELECTION

3.1  There are these steps.
     Stage One - form of two pages, marked by two sergeants who do not know the officer
     Stage Two - a talk

4.0  UNIONS

4.1  All unions were asked.
"""

LETTER = """\
Dear colleague,

Harbour watch constable

As a watch constable you would:

 - walk the quay at night
 - log each boat

We ask that you:

 - can swim
 - know knots

Yours sincerely
"""

TIMETABLE = """\
Job description

Post: Marine Sergeant
Force: Northdale Police

Main duties

- Keep the launch ready
- Train crews

Dates to note

Advert closes\t4 May 2024
Sift\t9 May 2024
Swim test - 14 May 2024
21 MAY 24 - board

Contact us

Speak to the office.
"""


LETTERED = """\
ROLE: DUTY HARBOUR SERGEANT

THE HARBOUR SERGEANT IS ACCOUNTABLE FOR:
    A   Keeping the harbour safe in all
        weathers.
    B   The crew.

IT IS AN ADVANTAGE TO HAVE:
    A   A licence for boats.
    B   A second language.

STEPS OF SELECTION
Sift: papers are read by two people
Interview: on the quay, 4 May 2024

Please send these documents:
- A form for the interview
- A reference for the panel
"""


def found(tmp_path: Path, text: str) -> Profile:
    """Return what a text says."""
    file = tmp_path / "document.txt"
    file.write_text(text, encoding="utf-8")
    return read(file)


def lists(profile: Profile) -> dict[str, list[str]]:
    """Return the lists of a document that have something in them."""
    names = ("purpose", "accountabilities", "prose_duties", "criteria", "education", "development", "stages")
    return {name: texts for name in names if (texts := [one.text for one in getattr(profile, name)])}


def test_questions_are_headings(tmp_path: Path) -> None:
    """A question opens the part that it asks about; the menu above takes nothing of it, and the last asks for none."""
    profile = found(tmp_path, QUESTIONS)
    assert {
        "purpose": ["A wildlife crime officer is a constable who protects rare animals."],
        "accountabilities": ["Visit keepers of birds of prey", "Follow tracks of poachers"],
        "criteria": ["Two years of service", "A licence to drive off the road"],
        "development": ["Wildlife law, five days"],
        "stages": ["Written application", "Interview at the kennels"],
    } == lists(profile)
    assert "The moor is wet." in [one.text for one in profile.leftovers]


def test_numbered_headings_in_capitals_end_each_other(tmp_path: Path) -> None:
    """A part of a policy ends at the next number; what officers must be is asked of them one by one."""
    profile = found(tmp_path, NUMBERED)
    assert {
        "criteria": ["be confirmed as a constable;", "have a tutor's report."],
        "stages": [
            "Stage One - form of two pages, marked by two sergeants who do not know the officer",
            "Stage Two - a talk",
        ],
    } == {name: texts for name, texts in lists(profile).items() if name in {"criteria", "stages", "accountabilities"}}
    assert "All unions were asked." in [one.text for one in profile.leftovers]


def test_a_letter_lists_what_you_would_do_and_what_is_asked(tmp_path: Path) -> None:
    """A sentence that ends in a colon opens the list below it."""
    assert {
        "accountabilities": ["walk the quay at night", "log each boat"],
        "criteria": ["can swim", "know knots"],
    } == lists(found(tmp_path, LETTER))


def test_letters_number_items_and_papers_to_send_are_no_stages(tmp_path: Path) -> None:
    """Capital letters one below the other are marks; a stage may be a label; what is to be sent is not told as one."""
    profile = found(tmp_path, LETTERED)
    assert {
        "accountabilities": ["Keeping the harbour safe in all weathers.", "The crew."],
        "criteria": ["A licence for boats.", "A second language."],
        "stages": ["Sift: papers are read by two people", "Interview: on the quay, 4 May 2024"],
    } == lists(profile)
    assert {"desirable"} == {one.necessity for one in profile.criteria}


def test_the_rows_of_a_timetable_are_stages(tmp_path: Path) -> None:
    """A label and a day are a stage: in two cells, parted by a dash, or the day first."""
    assert [
        ("Applications", "2024-05-04"),
        ("Shortlisting", "2024-05-09"),
        ("Swim test", "2024-05-14"),
        ("board", "2024-05-21"),
    ] == [(one.name, one.date) for one in found(tmp_path, TIMETABLE).stages]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("by Fri 3/11/23.", ["2023-11-03"]),
        ("30.4.24", ["2024-04-30"]),
        ("noon, 8-Dec-2023", ["2023-12-08"]),
        ("02 OCT 23 - last day", ["2023-10-02"]),
        ("5 Chwefror 2024 / 5 February 2024", ["2024-02-05", "2024-02-05"]),
        ("29 January - 9 February 2024", ["2024-01-29"]),
        ("version 1.2.13, section 5.3.21", []),
        ("10 march 20 miles", []),
        ("£1.10.23", []),
    ],
)
def test_days_in_short_forms(text: str, expected: list[str]) -> None:
    """Two figures are a year of this century; a number of a version, a section or of miles is no day."""
    assert expected == [day.iso for day in days(text) if day.precision == "day"]


ON_THIS_PAGE = """\
Marine platform

Home > Careers > Boats

Launch coxswain

On this page
Purpose of the role
Key responsibilities
What we're looking for

Purpose of the role

A coxswain steers the police launch.

Key responsibilities

- Steer the launch
- Log each trip

What we're looking for

You will:

- hold a licence for boats
- swim well

The following may be used to make the list shorter.

Training

You train for two weeks on the river.
"""

STEPS = """\
Promotion on the river

Promotion of constables to sergeant is by promotion board.

3.1 Eligibility

Officers must be constables who have passed their probation.

3.2 Help for candidates

Mentors are found for all who want one.

3.3 The steps

Step one – say so. Your sergeant is told by the end of the month in which you do.

Step two – a swim. It is held in the old dock.

Timetable

3 November - forms are due
12 November - swim
Results      Friday 28 November 2025
"""


def test_the_menu_of_a_page_is_no_content(tmp_path: Path) -> None:
    """Headings that stand together at the top open nothing; a lead-in below a heading keeps to it."""
    assert {
        "purpose": ["A coxswain steers the police launch."],
        "accountabilities": ["Steer the launch", "Log each trip"],
        "criteria": ["hold a licence for boats", "swim well"],
        "development": ["You train for two weeks on the river."],
    } == lists(found(tmp_path, ON_THIS_PAGE))


def test_a_numbered_title_ends_the_part_before_and_steps_may_be_told(tmp_path: Path) -> None:
    """Help for candidates is asked of nobody; a step has its words behind a dash; a day may lack its year."""
    profile = found(tmp_path, STEPS)
    assert ["Officers must be constables who have passed their probation."] == [one.text for one in profile.criteria]
    assert [
        ("say so", None),
        ("a swim", None),
        ("forms are due", None),
        ("swim", None),
        ("Results", "2025-11-28"),
    ] == [(one.name, one.date) for one in profile.stages]
    assert "Mentors are found for all who want one." in [one.text for one in profile.leftovers]


@pytest.mark.parametrize("group", ["Problem solving", "Decision making", "Resources and budgets", "Line management"])
def test_the_name_of_a_group_of_duties_opens_no_part(group: str, tmp_path: Path) -> None:
    """Where the duties have groups; what would be a part of its own elsewhere does not end them."""
    text = f"Main duties\n\nLeadership\n- Brief the shift.\n\n{group}\n- Keep the log.\n- Mend the boats.\n"
    file = tmp_path / "a.txt"
    file.write_text(f"Harbour Officer\n\n{text}\nKey contacts\n- The harbour master.\n", encoding="utf-8")
    assert ["Brief the shift.", "Keep the log.", "Mend the boats."] == [one.text for one in read(file).accountabilities]


@pytest.mark.parametrize("lead", ["Key responsibilities include:", "You will:", "The main duties are:"])
def test_a_lead_at_the_end_of_a_paragraph_opens_its_list(lead: str, tmp_path: Path) -> None:
    """The sentence before it stays what it was."""
    file = tmp_path / "a.txt"
    text = f"Harbour Officer\n\nThe role\n\nOfficers work on the water. {lead}\n\n- Keep the log.\n- Mend the boats.\n"
    file.write_text(text, encoding="utf-8")
    assert ["Keep the log.", "Mend the boats."] == [one.text for one in read(file).accountabilities]


def test_a_line_that_ends_in_an_article_goes_on(tmp_path: Path) -> None:
    """Also where the next begins with a capital, and few lines are wrapped."""
    file = tmp_path / "a.txt"
    duty = "- Manage the stores of the harbour and report on what they hold once a month to the\n  Commissioner.\n"
    file.write_text(f"Harbour Officer\n\nMain duties\n\n{duty}- Keep the log.\n", encoding="utf-8")
    whole = "Manage the stores of the harbour and report on what they hold once a month to the Commissioner."
    assert [whole, "Keep the log."] == [one.text for one in read(file).accountabilities]
