"""What stands around criteria is none: titles, labels, how to use the list, names of groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loaders import read

if TYPE_CHECKING:
    from pathlib import Path

    from loaders.profile import Profile


def _of(folder: Path, text: str) -> Profile:
    path = folder / "a.txt"
    path.write_text(text, encoding="utf-8")
    return read(path)


def _criteria(profile: Profile) -> list[tuple[str, str]]:
    return [(one.text, one.necessity) for one in profile.criteria]


LISTED = "ESSENTIAL\n\nExperience\nTwo years on boats\nWork with ports\n\nDESIRABLE\n\nA diving licence\n"


@pytest.mark.parametrize(
    "above",
    [
        "Person Specification: Harbour Sergeant\n\nCommand: Coast\nBand: H",
        "Person Specification\n\nHarbour Sergeant\n\nBasin: Leigh, with some work at sea",
        "Person specification - Harbour Sergeant\n\nPlease quote the number of each criterion in your form.",
        "Person Specification: Harbour Sergeant\n\nNotes on use: each line has a number. Quote it when you write.",
    ],
)
def test_titles_and_labels_above_the_essential_part_are_no_criteria(above: str, tmp_path: Path) -> None:
    """The first line that is asked stands below the word that calls it essential."""
    assert [
        ("Two years on boats", "essential"),
        ("Work with ports", "essential"),
        ("A diving licence", "desirable"),
    ] == _criteria(_of(tmp_path, f"Northdale Police\n\n{above}\n\n{LISTED}"))


def test_a_sentence_above_the_heads_of_a_table_is_no_criterion(tmp_path: Path) -> None:
    """It is left as not understood; the rows below are criteria."""
    note = "When you fill in the form, say how you meet each line marked with a star."
    found = _of(
        tmp_path,
        f"PERSON SPECIFICATION\n\nPost title: Harbour Clerk\n\n{note}\n\n| Criteria | Essential | Desirable |\n"
        "| Experience | Two years in a busy office * | Work in a port |\n| Skills | Able to type letters fast * | |\n",
    )

    assert [
        ("Two years in a busy office *", "essential"),
        ("Work in a port", "desirable"),
        ("Able to type letters fast *", "essential"),
    ] == _criteria(found)
    assert [note] == [one.text for one in found.leftovers]


@pytest.mark.parametrize(
    "lone", ["Equality and diversity at the counter", "Data protection in an office", "Health and safety at sea"]
)
def test_a_cell_alone_in_its_row_goes_on_with_the_table(lone: str, tmp_path: Path) -> None:
    """Its words may be those of a heading, but no heading stands in the last column."""
    found = _of(
        tmp_path,
        "Person specification\n\n| Area | Essential | Desirable |\n| Knowledge | | The harbour byelaws |\n"
        f"| | | {lone} |\n| Skills | Able to write clear letters | A second language |\n"
        "| Other | Willing to work nights and weekends | Full driving licence |\n",
    )

    assert [
        ("The harbour byelaws", "desirable"),
        (lone, "desirable"),
        ("Able to write clear letters", "essential"),
        ("A second language", "desirable"),
        ("Willing to work nights and weekends", "essential"),
        ("Full driving licence", "desirable"),
    ] == _criteria(found)


@pytest.mark.parametrize("heading", ["Section 5: Knowledge, Skills and Experience", "Qualifications", "Skills"])
def test_heads_of_what_is_essential_and_desirable_make_criteria(heading: str, tmp_path: Path) -> None:
    """Whatever the part is called, its rows have marks; the names of groups between them open nothing."""
    rows = [
        "                                       Essential     Desirable",
        "Experience",
        "Work with personal papers                  ✓",
        "Work in a harbour office                                 ✓",
        "Knowledge",
        "Data protection principles                 ✓",
        "Harbour systems                                          ✓",
    ]

    assert [
        ("Work with personal papers", "essential"),
        ("Work in a harbour office", "desirable"),
        ("Data protection principles", "essential"),
        ("Harbour systems", "desirable"),
    ] == _criteria(_of(tmp_path, f"Harbour Clerk\n\n{heading}\n\n{rows[0]}\n\n" + "\n".join(rows[1:])))


def test_a_stage_below_the_criteria_is_read_once(tmp_path: Path) -> None:
    """A sentence that says when interviews are held is a stage and asks nothing."""
    when = "Interviews and presentations will be held at Leigh in the week of 9 March 2031."
    found = _of(tmp_path, f"Harbour Clerk\n\nEssential criteria\n\nTwo years in a busy office\n\n{when}\n")

    assert (["Two years in a busy office"], [when]) == (
        [one.text for one in found.criteria],
        [one.text for one in found.stages],
    )


@pytest.mark.parametrize("number", ["", "{}. ", "4.{} "])
def test_words_over_a_sentence_each_are_no_criteria(number: str, tmp_path: Path) -> None:
    """They say what the sentence below is about, and are left as titles that nobody understood."""
    asked = {
        "Age": "You must be at least 18 on the day you start.",
        "Health and fitness": "You must swim forty lengths in your kit without a rest.",
        "Residency": "You must have lived near a port for three years.",
    }
    lines = [f"{number.format(place)}{label}\n{text}" for place, (label, text) in enumerate(asked.items(), 1)]
    found = _of(tmp_path, "Harbour Constable\n\nRole requirements\n\n" + "\n".join(lines) + "\n")

    assert list(asked.values()) == [one.text for one in found.criteria]
    assert set(asked) <= {one.text for one in found.leftovers}


@pytest.mark.parametrize(
    "title",
    [
        "Knowledge, skills and experience required",
        "Essential knowledge and experience",
        "Qualifications",
        "Prior education and experience",
    ],
)
def test_lines_that_say_their_necessity_are_criteria(title: str, tmp_path: Path) -> None:
    """Whatever the heading is called; the first is no heading itself."""
    asked = "A sound knowledge of the tides (essential)\nTwo years on boats (essential)\nA diving licence (desirable)\n"

    assert [
        ("A sound knowledge of the tides", "essential"),
        ("Two years on boats", "essential"),
        ("A diving licence", "desirable"),
    ] == _criteria(_of(tmp_path, f"Harbour Officer\n\n{title}\n\n{asked}"))


@pytest.mark.parametrize(
    "foot", ["Prepared by:\nHarbour Desk\nDate:\n02/11/2026\n", "Reviewed and approved by\nJune\n"]
)
def test_who_made_a_form_is_no_criterion(foot: str, tmp_path: Path) -> None:
    """The last criterion stays as it is, too."""
    listed = (
        "Essential\n\n- Two years on boats\n- Work with ports\n\nDesirable\n\n- A diving licence\n- A crane ticket\n"
    )

    assert [
        ("Two years on boats", "essential"),
        ("Work with ports", "essential"),
        ("A diving licence", "desirable"),
        ("A crane ticket", "desirable"),
    ] == _criteria(_of(tmp_path, f"Harbour Officer\n\nPerson specification\n\n{listed}\n{foot}"))


def test_a_box_within_a_list_does_not_end_it(tmp_path: Path) -> None:
    """Labels with their values stand between two duties, as where a page has a box at its side."""
    box = "Salary: £30,000\n\nBase: Harbour House\n\nClosing date: 5pm, Friday 23 April 2027\n"
    text = (
        f"Harbour Officer\n\nKey duties\n\n- lead the watch;\n\n{box}\n- keep the quays safe; and\n- train the crew.\n"
    )
    found = _of(tmp_path, text)

    assert ["lead the watch;", "keep the quays safe; and", "train the crew."] == [
        one.text for one in found.accountabilities
    ]


@pytest.mark.parametrize(
    "lead",
    [
        "Duties and responsibilities will include (but are not limited to):",
        "Main duties are as follows:",
        "Key responsibilities include:",
        "The main tasks may include, but are not limited to:",
    ],
)
def test_a_lead_that_names_the_duties_opens_them(lead: str, tmp_path: Path) -> None:
    """Below the title of the form."""
    found = _of(tmp_path, f"Harbour Analyst\n\nJob description\n\n{lead}\nMapping the tides\nWriting reports\n")

    assert ["Mapping the tides", "Writing reports"] == [one.text for one in found.accountabilities]
