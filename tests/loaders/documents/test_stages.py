"""The steps of a selection, whatever stands before them: a number without a point, a title, or none of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loaders import read

if TYPE_CHECKING:
    from pathlib import Path

    from loaders.profile import Profile

STEPS = ["Online application and sift", "Swimming test at Leigh", "Interview", "Medical and vetting"]


def _of(folder: Path, text: str) -> Profile:
    path = folder / "a.txt"
    path.write_text(text, encoding="utf-8")
    return read(path)


@pytest.mark.parametrize(
    "number", ["{}  ", "{}. ", "{}) ", "{}\t", "{} → ", "{} - ", "{}: ", "    {}   ", "Step {}: ", "• "]
)
@pytest.mark.parametrize(
    "heading", ["HOW WE SELECT", "Selection process", "How we will choose", "The route in", "What happens next?"]
)
def test_the_steps_of_a_selection_are_its_stages(heading: str, number: str, tmp_path: Path) -> None:
    """Every step is a stage, the last one too, though its words are those of a heading."""
    steps = "\n".join(f"{number.format(place)}{step}" for place, step in enumerate(STEPS, 1))
    text = (
        f"Harbour Constable\n\nRole overview\n\nYou will protect ports.\n\n{heading}\n\n{steps}\n\nTraining\n\nNone.\n"
    )

    assert STEPS == [one.text.partition(": ")[2] or one.text for one in _of(tmp_path, text).stages]


def test_numbers_without_points_number_duties(tmp_path: Path) -> None:
    """The number is no part of the duty; a line that only begins with an amount is as it is written."""
    duties = "1  Search vessels\n2  Brief the master of the port, whatever\n   the weather\n3  Keep the log\n"
    text = f"Harbour Constable\n\nMain duties\n\n{duties}\nEssential criteria\n\n2 years of service\n3 dives a year\n"
    found = _of(tmp_path, text)

    assert (
        ["Search vessels", "Brief the master of the port, whatever the weather", "Keep the log"],
        ["2 years of service", "3 dives a year"],
    ) == ([one.text for one in found.accountabilities], [one.text for one in found.criteria])


@pytest.mark.parametrize("heading", ["The assessment", "Selection process", "How you will be assessed"])
def test_paragraphs_under_titles_of_stages_are_stages(heading: str, tmp_path: Path) -> None:
    """Each title names the stage that the paragraph below it describes; what a title names in general is none."""
    told = {
        "Written exercise": "You will answer two questions on tides.",
        "Panel interview": "Candidates are asked by three officers, for an hour.",
        "Swimming test": "There will be four lengths to swim.",
    }
    body = "\n\n".join(f"{title}\n\n{text}" for title, text in told.items())
    process = f"{heading}\n\n{body}\n\nAfter the selection process\n\nYou will hear from us in a month.\n"
    found = _of(tmp_path, f"Harbour Inspector\n\nPurpose\n\nTo lead the harbour unit.\n\n{process}")

    assert list(told.items()) == [(one.name, one.text) for one in found.stages]


@pytest.mark.parametrize(
    ("says", "closes"),
    [
        ("02 MAY 23 - last day for forms (1600Z)", "2023-05-02"),
        ("Expressions of interest to the Harbour Desk by 1700 hrs Fri 5/5/23.", "2023-05-05"),
        ("Dyddiad cau: 5 May 2023", "2023-05-05"),
        ("Advert closes: 5 May 2023 | Longlist: 9 May 2023 | Interviews: 20 May 2023", "2023-05-05"),
    ],
)
def test_the_closing_day_is_known_however_it_is_called(says: str, closes: str, tmp_path: Path) -> None:
    """A notice that nobody signs closes on the day it gives, too."""
    text = f"Harbour Constable\n\nRole overview\n\nYou will protect ports.\n\nOrder of events\n\n{says}\n"

    assert closes == _of(tmp_path, text).closes


def test_stages_in_one_line_are_parted(tmp_path: Path) -> None:
    """Each label with its day is a stage."""
    days = ["Advert closes: 5 May 2023", "Longlist: 9 May 2023", "Interviews: 20 May 2023"]
    text = f"Harbour Constable\n\nRole overview\n\nYou will protect ports.\n\nKey dates\n\n{' | '.join(days)}\n"

    assert set(days) == {one.text for one in _of(tmp_path, text).stages}


def test_a_table_that_numbers_its_rows_gives_stages(tmp_path: Path) -> None:
    """The number is none of the stage; the cell beside it says when."""
    table = "Step\tWhat\tWhen\n1\tOnline form\tMarch\n2\tInterview\tApril\n3\tPosting panel\tWithin a month\n"
    found = _of(
        tmp_path,
        f"Harbour Constable\n\nRole overview\n\nYou will protect ports.\n\nSelection process\n{table}",
    )

    assert ["Online form: March", "Interview: April", "Posting panel: Within a month"] == [
        one.text for one in found.stages
    ]


def test_a_timetable_on_lines_of_its_own_gives_stages(tmp_path: Path) -> None:
    """Each title has its day on the line below it."""
    dated = "Shortlisting\n28 April 2027\nFinal interview\n7 May 2027\n"
    text = f"Harbour Constable\n\nRole overview\n\nYou will protect ports.\n\nTimetable\n\n{dated}"

    assert [("Shortlisting: 28 April 2027", "2027-04-28"), ("Final interview: 7 May 2027", "2027-05-07")] == [
        (one.text, one.date) for one in _of(tmp_path, text).stages
    ]


def test_stages_without_marks_below_behaviours_are_a_list_of_their_own(tmp_path: Path) -> None:
    """What is assessed in the selection, above it, makes them neither more nor fewer."""
    assessed = "We'll assess you against these behaviours during the selection process:\n\n- Steering\n- Mooring\n"
    text = (
        f"Harbour Constable\n\nRole overview\n\nYou will protect ports.\n\n{assessed}\n"
        "Selection process details\n\n- Sift of applications\n- Written test\n- Video interview\n"
    )

    assert ["Sift of applications", "Written test", "Video interview"] == [
        one.text for one in _of(tmp_path, text).stages
    ]


def test_those_sifted_and_those_interviewed_are_two_stages(tmp_path: Path) -> None:
    """Each sentence with its day, though one word stands in both."""
    sentences = [
        "Applications will be sifted by two sergeants during the week beginning 8 March 2027.",
        "Shortlisted candidates will be interviewed on 22 March 2027.",
    ]
    text = "Harbour Constable\n\nRole overview\n\nYou will protect ports.\n\nSelection\n\n" + "\n".join(sentences)

    assert set(sentences) == {one.text for one in _of(tmp_path, text).stages}


DATED = {"Applications close": "6 March 2026", "Shortlisting": "13 March 2026", "Panel and interview": "27 March 2026"}


@pytest.mark.parametrize("heads", [("No.", "Stage", "Date"), ("#", "Activity", "When"), ("Step", "What", "Key dates")])
@pytest.mark.parametrize("number", ["{}", "{}.", "({})"])
def test_heads_and_numbers_of_a_timetable_are_around_it(
    heads: tuple[str, str, str], number: str, tmp_path: Path
) -> None:
    """They are known frames: nothing of the table is left over."""
    rows = [heads, *((number.format(place), *row) for place, row in enumerate(DATED.items(), 1))]
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    file = tmp_path / "a.html"
    duties = "<h1>Harbour Constable</h1><h2>Main duties</h2><ul><li>Search vessels.</li></ul>"
    file.write_text(f"{duties}<h2>Selection process</h2><table>{table}</table>", encoding="utf-8")
    found = read(file)
    assert (list(DATED), []) == ([one.name for one in found.stages], list(found.leftovers))


@pytest.mark.parametrize("number", ["{} ", "{}. ", ""])
def test_a_stage_that_ends_in_its_day_is_no_heading(number: str, tmp_path: Path) -> None:
    """Though it stands apart and speaks of an interview, it opens no part of its own, and is not lost."""
    steps = "\n\n".join(f"{number.format(place)}{name} {day}" for place, (name, day) in enumerate(DATED.items(), 1))
    text = f"Harbour Constable\n\nMain duties\n\n- Search vessels.\n\nSelection process\n\n{steps}\n\nPay\n\nNone.\n"
    assert ["2026-03-06", "2026-03-13", "2026-03-27"] == [one.date for one in _of(tmp_path, text).stages]
