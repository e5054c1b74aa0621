"""The figures that a text gives of a body, and those that it gives of something else."""

from __future__ import annotations

import pytest

from loaders import annotate, read
from loaders.language.rank_titles import role_of
from loaders.profile import DocumentInfo, FigureLine, Profile, Statement
from tests.harness.real import DOCUMENTS, needed, path_of

Figure = tuple[str, str, str | None, float]
KENT = "kent-police"


def figures_of(*lines: str, duties: bool = False, family: str = "pack") -> tuple[FigureLine, ...]:
    """Read lines of a document of Kent Police: prose, or duties of the role."""
    stated = tuple(Statement(text=line, lines=(number, number)) for number, line in enumerate(lines, 1) if duties)
    return annotate(
        Profile(
            document=DocumentInfo.model_validate({"name": "own.txt", "sha256": "0" * 64, "format": family}),
            role=role_of("Chief Constable", None).model_copy(update={"organisation": KENT}),
            edition="undated",
            accountabilities=stated,
        ),
        lines,
    ).figures


def said(*lines: str, duties: bool = False) -> set[Figure]:
    """Return subject, name, qualifier and amount of each figure."""
    return {(one.subject, one.name, one.qualifier, one.amount) for one in figures_of(*lines, duties=duties)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kent Police employs around 3,900 police officers and 2,600 police staff, serving 200,000 people.",
            {(KENT, "police officers", "around", 3900), (KENT, "police staff", None, 2600)},
        ),
        (
            "We have over 2,400 police officers, 1,700 police staff, 150 PCSOs and 300 volunteers.",
            {
                (KENT, "police officers", "over", 2400),
                (KENT, "police staff", None, 1700),
                (KENT, "PCSOs", None, 150),
                (KENT, "volunteers", None, 300),
            },
        ),
        (
            "The force has a budget of £330 million and a workforce of 6,500.",
            {(KENT, "budget", None, 330e6), (KENT, "head count", None, 6500)},
        ),
        (
            "West Midlands Police serves a large region with more than 11,000 officers and staff.",
            {("west-midlands-police", "head count", "more than", 11000)},
        ),
        ("We are a 6,000-strong organisation.", {(KENT, "head count", None, 6000)}),
        ("Our 4,000 staff and officers are proud.", {(KENT, "head count", None, 4000)}),
    ],
)
def test_a_figure_is_of_the_body_named_last_or_of_the_roles_own(text: str, expected: set[Figure]) -> None:
    """Officers and staff in either order are one head count."""
    assert expected == said(text)


@pytest.mark.parametrize(
    "text",
    [
        "You will lead a team of 300 officers and staff across the county.",
        "The response command of Kent Police has 1,200 officers and staff.",
        "The county is home to 1,800,000 people.",
        "Our 2023 officers and staff survey was open to all.",
        "We will recruit 250 police officers.",
    ],
)
def test_a_figure_of_a_part_or_of_people_in_general_is_none_of_the_force(text: str) -> None:
    """A command, the population, a year and a plan say nothing of the size of a force."""
    assert set() == said(text)


def test_a_budget_in_a_duty_is_not_the_forces() -> None:
    """What the role answers for is its own part."""
    assert set() == said("Own the part of the force with a budget of £20m.", duties=True)


@pytest.mark.parametrize(
    ("family", "expected"), [("pack", {("term of appointment", 48.0, (1, 1))}), ("web-page", set())]
)
def test_the_term_of_an_appointment_is_a_figure_of_the_role(
    family: str, expected: set[tuple[str, float, tuple[int, int]]]
) -> None:
    """Packs and adverts offer it, profiles do not."""
    found = figures_of("The appointment is for a fixed term of four years.", family=family)
    assert expected == {(one.name, one.amount, one.lines) for one in found if one.subject.endswith("chief-constable")}


@needed
@pytest.mark.real
def test_the_figures_of_the_real_documents() -> None:
    """Two head counts in the pack, one in the advert, a budget and a term: none is rounded to another."""
    found = {
        (number, one.lines[0], one.subject, one.name, one.qualifier, one.amount, one.unit)
        for number in DOCUMENTS
        for one in read(path_of(number)).figures
    }
    expected = {
        ("003", 37, "mps", "head count", "nearly", 48000, "people"),
        ("003", 75, "mps", "head count", "more than", 48000, "people"),
        ("003", 326, "mps/deputy-assistant-commissioner", "term of appointment", None, 60, "months"),
        ("004", 14, "mps", "head count", "over", 43000, "people"),
        ("004", 14, "mps", "budget", "over", 3e9, "GBP"),
    }
    assert expected == found
