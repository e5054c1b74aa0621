"""A label and its value are one, whether they stand on a line, on two, or in the cells of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loaders import read

if TYPE_CHECKING:
    from pathlib import Path

    from loaders.profile import Profile

TIMETABLE = [
    ("Applications close", "noon, Friday 4 July 2031"),
    ("Paper sift", "w/c 14 July 2031"),
    ("Boat handling day", "22 to 24 July 2031"),
    ("Board", "Monday 11 August 2031"),
]
FORM = [
    ("Rank", "Inspector"),
    ("Salary", "£61,000 to £66,000 a year"),
    ("Deadline for applications", "3 May 2031, 5pm"),
]
FOOT = "\n\nPurpose of the role\n\nTo lead the marine unit.\n"


def _html(rows: list[tuple[str, str]], cell: str = "td") -> str:
    return "<table>" + "".join(f"<tr><{cell}>{one}</{cell}><td>{two}</td></tr>" for one, two in rows) + "</table>"


def _of(folder: Path, text: str, name: str) -> Profile:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read(path)


def _page(heading: str, table: str) -> str:
    return f"<main><h1>Marine Unit Inspector</h1><h2>{heading}</h2>{table}<h2>Purpose of the role</h2><p>To lead.</p>"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", _page("Key dates", _html(TIMETABLE))),
        ("a.html", _page("Important dates for candidates", _html([("Activity", "Date"), *TIMETABLE], "th"))),
        ("a.txt", "Inspector\n\nTimetable\n\n" + "\n".join(f"| {one} | {two} |" for one, two in TIMETABLE) + FOOT),
        ("a.txt", "Inspector\n\nTimeline\n\n" + "\n".join(f"{one}\t{two}" for one, two in TIMETABLE) + FOOT),
    ],
    ids=["cells below each other", "heads above", "bars", "tabs"],
)
def test_a_table_of_dates_is_the_stages(name: str, text: str, tmp_path: Path) -> None:
    """Each row is a stage with its first day, and the row on which applications close gives the closing day."""
    found = _of(tmp_path, text, name)

    assert ("2031-07-04", [f"{one}: {two}" for one, two in TIMETABLE]) == (
        found.closes,
        [stage.text for stage in found.stages],
    )
    assert ["2031-07-04", "2031-07-14", "2031-07-22", "2031-08-11"] == [stage.date for stage in found.stages]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", f"<main><h1>Marine Unit Inspector</h1>{_html(FORM)}<h2>Purpose</h2><p>To lead the unit.</p>"),
        ("a.txt", "Marine Unit Inspector\n\n" + "\n".join(f"{one}: {two}" for one, two in FORM) + FOOT),
        ("a.txt", "Marine Unit Inspector\n\n" + "\n".join(f"| {one} | {two} |" for one, two in FORM) + FOOT),
        (
            "a.txt",
            "Marine Unit Inspector\n\n| Rank | Inspector | Salary | £61,000 to £66,000 a year |\n"
            "| Deadline for applications | 3 May 2031, 5pm | Hours | 40 |" + FOOT,
        ),
    ],
    ids=["cells below each other", "lines", "bars", "two labels in a row"],
)
def test_a_form_gives_pay_and_closing_day(name: str, text: str, tmp_path: Path) -> None:
    """What stands in the next cell is the amount or the day of the label before it."""
    found = _of(tmp_path, text, name)

    assert {("Salary", 61_000.0, "year"), ("Salary", 66_000.0, "year")} == {
        (one.name, one.amount, one.per) for one in found.pay
    }
    assert "2031-05-03" == found.closes


@pytest.mark.parametrize(
    ("label", "value", "expected"),
    [
        ("Closing date", "Midday on 1 September 2031", "2031-09-01"),
        ("Deadline", "1 September 2031 (23:59)", "2031-09-01"),
        ("Applications close", "Sunday 14th September 2031", "2031-09-14"),
        ("Closing date", "September 2031", None),
        ("We are closing the gap", "Interviews are held in Leigh on 1 September 2031 by a panel of three.", None),
    ],
)
def test_a_closing_day_may_stand_on_the_next_line(label: str, value: str, expected: str | None, tmp_path: Path) -> None:
    """A label of the closing day belongs to the day below it, and to nothing else."""
    assert expected == _of(tmp_path, f"Marine Unit Inspector\n\n{label}\n{value}{FOOT}", "a.txt").closes


@pytest.mark.parametrize(
    ("label", "amounts"),
    [
        ("Salary: £33,459 on appointment, rising to £50,256", {33_459.0, 50_256.0}),
        ("Cyflog / Salary: £26,745 - £29,184, plus weekend allowance", {26_745.0, 29_184.0}),
        ("Grade: PO3, £41,100 to £44,200", {41_100.0, 44_200.0}),
        ("Starting salary (negotiable): £28,000", {28_000.0}),
        ("Budget: £2,000 to £3,000", set()),
        ("Location: 20 miles from £1,000,000 homes", set()),
    ],
)
def test_pay_in_the_top_block_counts_beside_a_part_on_benefits(label: str, amounts: set[float], tmp_path: Path) -> None:
    """A later part on rewards does not take the place of the salary that the form at the top gives."""
    text = (
        f"Westshire Police\n\nConstable\n\nLocation: Leigh\n{label}{FOOT}\nREWARDS\n\n• A pension\n• 28 days of leave\n"
    )

    assert amounts == {one.amount for one in _of(tmp_path, text, "a.txt").pay if one.amount}


def test_a_second_title_that_says_what_the_role_is_is_left_over(tmp_path: Path) -> None:
    """It is no title, and was lost among the labels."""
    found = _of(
        tmp_path,
        "Valleyshire Police\n\nJob description\n\nJob title: Dog Officer\nRole: reviews of kennels; care of vans\n"
        "Grade: C\n\nDuties\n- Feed the dogs.\n- Train the dogs.\n",
        "a.txt",
    )
    assert ("Dog Officer", ["Role: reviews of kennels; care of vans"]) == (
        found.role.name,
        [one.text for one in found.leftovers],
    )
