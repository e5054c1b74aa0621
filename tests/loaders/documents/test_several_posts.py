"""Papers on several posts of one rank, on ranks of specials, and policies in parts: each part is of its own role."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from loaders import read
from loaders.facts.document import facts
from loaders.facts.reference import known
from tests.loaders.documents.test_several_roles import each, gates_of

if TYPE_CHECKING:
    from pathlib import Path


COUNTED = """\
    Valleyshire Police

    Two vacancies for Detective Sergeants

    {one} Detective Sergeant, Harbour
    Reports to: Harbour Inspector
    Closing date: 3 May 2027

    Main duties
    - Search ships.

    Essential
    - Substantive sergeant

    {two} Detective Sergeant, Airport
    Reports to: Airport Inspector
    Closing date: 10 May 2027

    Main duties
    - Search planes.

    Essential
    - Substantive sergeant with one year in the rank

    How to apply

    Interviews are on 20 May 2027.
"""


@pytest.mark.parametrize(
    ("one", "two"), [("Post 1:", "Post 2:"), ("Vacancy A -", "Vacancy B -"), ("Role i)", "Role ii)")]
)
def test_posts_of_one_rank_are_told_apart_by_their_numbers(one: str, two: str, tmp_path: Path) -> None:
    """Each has its own duties, conditions, day and superior; what stands below the last is of both."""
    roles = each(tmp_path, COUNTED.format(one=one, two=two))
    assert {
        "role/detective-sergeant-harbour": (["Search ships."], "2027-05-03", "role/harbour-inspector", None),
        "role/detective-sergeant-airport": (["Search planes."], "2027-05-10", "role/airport-inspector", 12),
    } == {
        key: (
            [duty.text for duty in role.accountabilities],
            role.closes,
            next(one.target for one in role.relations if one.kind == "REPORTS_TO"),
            role.gates[0].options[0][0].for_months,
        )
        for key, role in roles.items()
    }
    assert all("2027-05-20" in [stage.date for stage in role.stages] for role in roles.values())


SPECIALS = """\
    Valleyshire Police

    {title}

    Special Sergeant

    Who may apply
    - You must have a year as a special constable.

    Special Inspector

    Who may apply
    - You must have a year as a Special Sergeant.

    How to apply

    Closing date: 5 March 2027
"""


@pytest.mark.parametrize(
    "title", ["Special Sergeant and Special Inspector selection 2027", "Special Sergeants / Special Inspectors: boards"]
)
def test_two_ranks_of_specials_have_each_their_part(title: str, tmp_path: Path) -> None:
    """They are roles without a rank of the ladder, which the title names together and the parts one by one."""
    roles = each(tmp_path, SPECIALS.format(title=title))
    assert {
        "role/special-sergeant": (["You must have a year as a special constable."], "2027-03-05"),
        "role/special-inspector": (["You must have a year as a Special Sergeant."], "2027-03-05"),
    } == {key: ([one.text for one in role.criteria], role.closes) for key, role in roles.items()}


BARE = """\
    VALLEYSHIRE POLICE

    {title}

    1. SCOPE
    1.1 {scope}

    2. SERGEANT
    2.1 A constable must have completed probation.
    2.2 A constable must hold a pass in NPPF Step 2 for sergeant.

    3. INSPECTOR
    3.1 A sergeant must have passed NPPF Step 2 at inspector level.

    4. TEMPORARY PROMOTION
    4.1 No temporary promotion lasts more than a year.
"""


@pytest.mark.parametrize(
    ("title", "scope"),
    [
        ("PROMOTION POLICY", "It covers promotion of officers from constable to inspector."),
        ("PROMOTION PROCEDURE", "It says how promotion works."),
        ("Title: Selection and promotion of police officers", "It says how promotion works."),
    ],
)
def test_parts_of_a_policy_that_only_name_a_rank_are_on_promotion_to_it(title: str, scope: str, tmp_path: Path) -> None:
    """What such a part asks beside the rank below is a part of its condition."""
    roles = each(tmp_path, BARE.format(title=title, scope=scope))
    exams = {key: gates_of(one) - {("uk/constable", None), ("uk/sergeant", None)} for key, one in roles.items()}
    assert {
        "uk/sergeant": {
            ("experience/must-have-completed-probation", None),
            ("course/nppf-exam-sergeant", None),
        },
        "uk/inspector": {("course/nppf-exam-inspector", None)},
    } == exams


def test_a_policy_is_not_that_of_a_force_whose_passes_it_takes(tmp_path: Path) -> None:
    """Nor is the exam that it asks for that other force's own."""
    path = tmp_path / "policy.txt"
    path.write_text(
        dedent(BARE.format(title="PROMOTION POLICY", scope="It says how promotion works.")).replace(
            "VALLEYSHIRE POLICE", "People services"
        )
        + "    3.2 An equivalent pass from Police Scotland counts.\n",
        encoding="utf-8",
    )
    assert (None, ["course/nppf-exam-sergeant", "course/nppf-exam-inspector"]) == (
        (whole := read(path)).role.organisation,
        [one.id for one in whole.courses],
    )


@pytest.mark.parametrize("force", ["Valleyshire", "Coastshire"])
def test_adverts_of_two_forces_for_a_role_that_all_have_are_editions_of_their_own(force: str, tmp_path: Path) -> None:
    """Both are of one month: one would refuse the load of the other."""
    path = tmp_path / "advert.txt"
    path.write_text(
        f"Job description\n\nJob title: Custody Sergeant\n\n{force} Police\n\nClosing date: 3 May 2027\n\n"
        "Main duties\n- Check cells.\n- Keep records.\n",
        encoding="utf-8",
    )
    assert f"role/custody-sergeant@2027-05-{force.lower()}-police" == facts(read(path), known()).edition


def test_what_is_not_understood_of_a_rank_is_reported(tmp_path: Path) -> None:
    """A part of which nothing is read makes no profile, and its lines are left over."""
    path = tmp_path / "policy.txt"
    path.write_text(
        "VALLEYSHIRE POLICE\n\nPROMOTION POLICY\n\n1. SERGEANT\n1.1 A constable must have two years in the rank.\n\n"
        "2. INSPECTOR\n2.1 Boards sit when they are called.\n",
        encoding="utf-8",
    )
    whole = read(path)
    assert [("uk/sergeant", {("uk/constable", 24)})] == [(one.role.id, gates_of(one)) for one in whole.of_roles]
    assert "Boards sit when they are called." in {one.text for one in whole.leftovers}
