"""A clause that leads to a list frames it: each item is a statement, and what the clause wishes for is desirable."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest

from loaders import read

if TYPE_CHECKING:
    from pathlib import Path

    from loaders.profile import Profile

DUTIES = ["search vessels", "brief the harbour master", "keep the log"]


def _of(folder: Path, text: str) -> Profile:
    path = folder / "a.txt"
    path.write_text(text, encoding="utf-8")
    return read(path)


@pytest.mark.parametrize(
    "lead",
    [
        "Your main duties will be to:",
        "Your key responsibilities will include:",
        "In this post you will be asked to:",
        "The post holder is expected to:",
        "The successful candidate will, from the first day:",
        "Duties include the following:",
    ],
)
def test_a_lead_clause_below_a_paragraph_opens_the_list(lead: str, tmp_path: Path) -> None:
    """The paragraph above is a duty, too, as it has no mark; the clause is none."""
    bullets = "\n".join(f"- {duty}" for duty in DUTIES)
    above = "As a harbour constable you will work on the water."
    found = _of(tmp_path, f"Harbour Constable\n\nWhat will I be doing?\n\n{above}\n\n{lead}\n\n{bullets}\n")

    assert set(DUTIES) == {one.text for one in found.accountabilities} - {above}
    assert lead in {one.text for one in found.frames}


def test_a_duty_that_ends_in_a_colon_keeps_its_parts(tmp_path: Path) -> None:
    """What has no subject is a duty itself, and the items below complete it."""
    text = (
        "Harbour Sergeant\n\nMain duties\n\n1. Lead the watch:\n   - set targets\n   - hold reviews\n2. Keep the log.\n"
    )

    assert ["Lead the watch: set targets; hold reviews", "Keep the log."] == [
        one.text for one in _of(tmp_path, text).accountabilities
    ]


@pytest.mark.parametrize(
    "lead",
    [
        "3.1  Applicants must, by the closing date for applications:",
        "3.1  Candidates should be able to show that they:",
        "1.  To be considered you must on the day of the board:",
        "Officers who wish to be considered must, when they apply:",
    ],
)
def test_numbered_clauses_lead_to_lettered_conditions(lead: str, tmp_path: Path) -> None:
    """Each letter is a criterion, also where a later clause speaks of essential criteria."""
    later = "4.   CRITERIA\n\n4.1  Applicants should describe how they meet each of these essential criteria:\n\n"
    text = (
        f"Harbour Inspector\n\n3.   ELIGIBILITY\n\n{lead}\n\n(a)  hold the rank of Sergeant; and\n"
        f"(b)  have passed the boat test.\n\n{later}1.   Leading a watch in bad weather.\n2.   Working with ports.\n"
    )

    assert [
        "hold the rank of Sergeant; and",
        "have passed the boat test.",
        "Leading a watch in bad weather.",
        "Working with ports.",
    ] == [one.text for one in _of(tmp_path, text).criteria]


@pytest.mark.parametrize("heading", ["About you", "Essential criteria", "Eligibility"])
@pytest.mark.parametrize(
    "lead",
    [
        "It would be great if you also have:",
        "Ideally you will have:",
        "Nice to have",
        "You may also have:",
        "It would help if you had:",
        "We would also welcome applicants who have:",
        "Bonus points if you have:",
        "Preferably, candidates will also have:",
        "It is an advantage if you have:",
    ],
)
def test_wishes_in_a_lead_are_desirable(lead: str, heading: str, tmp_path: Path) -> None:
    """What follows the wish is desirable up to the next clause that asks."""
    found = _of(
        tmp_path,
        f"Harbour Constable\n\n{heading}\n\nYou must:\n\n- be a serving officer\n\n{lead}\n\n- a boat licence\n"
        "- a second language\n\nYou must also be:\n\n- able to swim\n",
    )

    assert [
        ("be a serving officer", "essential"),
        ("a boat licence", "desirable"),
        ("a second language", "desirable"),
        ("able to swim", "essential"),
    ] == [(one.text, one.necessity) for one in found.criteria]


ABOUT = (
    "The marine unit guards the ports of the county, by day and by night.",
    "You will lead a team of eight constables on two boats.",
    "You will plan searches with the coastguard, the harbour masters and the fishery officers of three ports.",
    "The post holder will keep the training of the team up to date.",
)


@pytest.mark.parametrize(
    "laid_out",
    [
        "\n\n".join(ABOUT),
        " ".join(ABOUT),
        textwrap.fill(" ".join(ABOUT), 60),
        "\n\n".join((ABOUT[0], " ".join(ABOUT[1:]))),
        "\n".join((" ".join(ABOUT[:2]), " ".join(ABOUT[2:]))),
    ],
)
@pytest.mark.parametrize("called", ["You will", "The post holder will"])
def test_what_the_holder_does_is_a_duty_however_paragraphs_fall(laid_out: str, called: str, tmp_path: Path) -> None:
    """Sentences count, so that a text, a web page and a print of it say the same; what is left is the purpose."""
    about = laid_out.replace("You will", called)
    text = (
        f"Marine Sergeant\n\nFenland Police\nJob description\n\nAbout the role\n\n{about}\n\nEssential\n\n- Can swim.\n"
    )
    found = _of(tmp_path, text)
    duties = [one.replace("You will", called) for one in ABOUT[1:]]
    assert ([ABOUT[0]], duties) == ([one.text for one in found.purpose], [one.text for one in found.accountabilities])


@pytest.mark.parametrize("who", ["The successful candidate", "Successful candidates", "The ideal candidate"])
def test_what_a_candidate_will_do_is_a_duty_and_what_one_will_have_is_asked(who: str, tmp_path: Path) -> None:
    """The same clause leads to both; the items tell."""
    does = "".join(f"- {duty};\n" for duty in DUTIES)
    has = "- have a diving licence;\n- be able to swim;\n- hold a boat licence;\n"
    duty, asked = (_of(tmp_path, f"Harbour Officer\n\nNorland Police\n\n{who} will:\n\n{one}") for one in (does, has))
    assert ([f"{one};" for one in DUTIES], []) == ([one.text for one in duty.accountabilities], list(duty.criteria))
    assert ([], 3) == (list(asked.accountabilities), len(asked.criteria))


@pytest.mark.parametrize(
    "wish",
    [
        "It would be an advantage if you can dive.",
        "It would also be desirable for candidates to hold a boat licence.",
        "It'd be helpful to speak Dutch.",
    ],
)
def test_a_wish_in_passing_is_desirable(wish: str, tmp_path: Path) -> None:
    """Below what is essential, in a sentence of its own."""
    text = f"Main duties\n\n- Keep the log.\n\nYou must:\n\n- be able to swim.\n\n{wish}\n\nPay\n\nNone.\n"
    found = _of(tmp_path, f"Job description\n\nHarbour Officer\n\n{text}")
    assert [("be able to swim.", "essential"), (wish, "desirable")] == [
        (one.text, one.necessity) for one in found.criteria
    ]


@pytest.mark.parametrize("lead", ["It'd be great if you also have", "It would be good to have", "It’d be nice to have"])
def test_a_wish_over_a_list_makes_it_desirable(lead: str, tmp_path: Path) -> None:
    """However short it is written."""
    found = _of(
        tmp_path, f"Harbour Officer\n\nMain duties\n\n- Keep the log.\n\n{lead}\n\n- A diving licence.\n- Dutch.\n"
    )
    assert [("A diving licence.", "desirable"), ("Dutch.", "desirable")] == [
        (one.text, one.necessity) for one in found.criteria
    ]


@pytest.mark.parametrize(
    ("duties", "wishes"),
    [
        ("What you'll do", "Ideally you'll also have"),
        ("In this role, you’ll", "It’d be good to have"),
        ("You'll", "You may have"),
    ],
)
def test_shortened_words_open_the_parts_that_whole_ones_do(duties: str, wishes: str, tmp_path: Path) -> None:
    """As web pages write them, with either mark."""
    text = f"Harbour Officer\n\n{duties}\n\n- Keep the log.\n\n{wishes}\n\n- A diving licence.\n"
    found = _of(tmp_path, f"Westmark Constabulary\n\n{text}")
    assert ("Harbour Officer", ["Keep the log."], [("A diving licence.", "desirable")]) == (
        found.role.name,
        [one.text for one in found.accountabilities],
        [(one.text, one.necessity) for one in found.criteria],
    )


@pytest.mark.parametrize(
    "force", ["Westmark Constabulary | Full time | Permanent", "Eastmark and Holland Police", "Port of Leigh Police"]
)
def test_the_name_of_a_force_is_no_title(force: str, tmp_path: Path) -> None:
    """Though no list has it."""
    found = _of(tmp_path, f"{force}\n\nApplications are invited by 5 June 2026.\n\nYou must:\n\n- be able to swim.\n")
    assert not found.role.name
