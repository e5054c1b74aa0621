"""Profiles of other ranks and roles, in our own words, are read as people would read them; other pages are refused."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from graph.errors import DocumentError
from loaders import read
from loaders.facts.document import facts
from loaders.facts.reference import known

if TYPE_CHECKING:
    from pathlib import Path

    from loaders.profile import Profile

SERGEANT = """\
    Sergeant

    Code CR-TL-Sergeant V1.2

    Role Purpose

    This profile has recently been rewritten, and the new one is elsewhere.

    Sergeants lead a shift of constables and see to their wellbeing.

    Key Accountabilities

    • Brief the shift and share out its tasks.

    • Check case files before they go to prosecutors.

    • Look after the welfare of:

        o officers on the shift
        o volunteers

    Behaviours

    All roles are expected to act within the ethics and values of the service.

    Resolute, compassionate and committed

    We are emotionally aware - Level 1

    We take ownership - Level 2

    Inclusive, enabling and visionary leadership

    We are collaborative

    Level 2

    Education, Qualifications, Skills and Experience

    Prior education and experience:

    • Passed the exam for the rank.

    Essential:

    • Served as a constable.

    Desirable:

    • Led a small team.

    Skills:

    • Able to run a briefing.

    Continuing Professional Development (CPD)

    Personal Skills

    • Seek feedback from the shift.

    Leadership

    • Mentor a new sergeant.

    Professional Registration/Licenses

    Not applicable.

    Links to other Profiles

    None

    Leave Feedback
    """

PCSO = """\
    Information about the role of a police community support officer (PCSO), including the skills required.
    About the role
    A police community support officer sits within the community sector of policing. It's a service deliverer role.
    Role purpose
    PCSOs walk the beat, and their patrols help to:
    - calm neighbours
    - deter thieves
    They also know their schools.
    Key responsibilities
    - Patrolling on foot. Being seen by the public.
    - Passing on what residents report.
    Competencies, values and core skills
    The competency and values framework (CVF) says how people in policing behave.
    Competencies
    This role should be operating at level 1 of the CVF.
    We collaborate
    We support and inspire
    Values
    - Courage
    - Respect and empathy
    - Public service
    Core skills
    Everyone in policing shares nine core skills.
    Education, qualifications and experience
    - A clean record of attendance (desirable)
    Skills
    This role requires the following skills:
    - listening to people in distress
    - writing plain notes
    Continuing professional development
    Learning and accreditation
    - Complete the yearly first aid course.
    Professional development
    This role should consider the following CPD:
    - visiting a control room
    Related roles
    There are no related roles for this profile.
    """

CALL_HANDLER = """\
    Contact Centre Officer

    Job Family Contact
    Code OPS-CON-SD-Contact Centre Officer – v1.0

    Role Purpose

    Answer calls and grade each one.

    Key Accountabilities

    1. Answer calls in turn.
    2. Grade each call by its risk,
    harm and vulnerability.
    3. Log what callers say.

    Behaviours

    We are innovative and open minded: 1

    Skills:

    Typing at speed

    Calm speech on the telephone
    """


def of(folder: Path, text: str) -> Profile:
    """Return what is read of a text."""
    path = folder / "document.txt"
    path.write_text(dedent(text), encoding="utf-8")
    return read(path)


def texts(found: Profile, field: str) -> list[str]:
    """Return the words of a field."""
    return [one.text for one in getattr(found, field)]


def test_a_sergeants_coded_profile(tmp_path: Path) -> None:
    """Marks of two kinds, blank lines between items, status note, levels beside and below names are understood."""
    found = of(tmp_path, SERGEANT)
    assert ("uk/sergeant", "CR-TL-Sergeant", "1.2", "v1.2", "coded-profile") == (
        found.role.id,
        found.code,
        found.version,
        found.edition,
        found.document.format,
    )
    assert ["Sergeants lead a shift of constables and see to their wellbeing."] == texts(found, "purpose")
    assert [
        "Brief the shift and share out its tasks.",
        "Check case files before they go to prosecutors.",
        "Look after the welfare of: officers on the shift; volunteers",
    ] == texts(found, "accountabilities")
    assert [("We are emotionally aware", 1), ("We take ownership", 2), ("We are collaborative", 2)] == [
        (one.text, one.level) for one in found.competencies
    ]
    assert [
        ("Passed the exam for the rank.", "essential"),
        ("Served as a constable.", "essential"),
        ("Led a small team.", "desirable"),
    ] == [(one.text, one.necessity) for one in found.education]
    assert [("Seek feedback from the shift.", "Personal Skills"), ("Mentor a new sergeant.", "Leadership")] == [
        (one.text, one.group) for one in found.development
    ]
    assert [] == texts(found, "leftovers")


@pytest.mark.parametrize(
    ("above", "authority"),
    [
        ("", "profile of unknown origin"),
        ("Issued by Training, edition of spring\n\n", "profile of unknown origin"),
        ("Code CR-TL-Sergeant V1.2\n\n", "national profile"),
    ],
)
def test_a_profile_claims_the_authority_that_it_shows(tmp_path: Path, above: str, authority: str) -> None:
    """A text with the parts of a profile is a national one by its code; without, nobody has said whose word it is."""
    text = "Sergeant\n\n{}Role Purpose\n\nSergeants lead a shift.\n\nKey Skills\n\n• Calm speech\n• Plain notes\n"
    found = facts(of(tmp_path, text.format(above)), known())
    assert {authority} == {edge.statement.authority for edge in found.edges if edge.statement}


def test_a_support_officers_compact_web_page(tmp_path: Path) -> None:
    """A page without title and blank lines is read by its summary; a level for all counts for those listed."""
    found = of(tmp_path, PCSO)
    assert ("role/pcso", "SD", "web-page", "cvf-2024") == (
        found.role.id,
        found.role.profile_level,
        found.document.format,
        found.framework,
    )
    assert [
        "PCSOs walk the beat, and their patrols help to: calm neighbours; deter thieves",
        "They also know their schools.",
    ] == texts(found, "purpose")
    assert [("We collaborate", 1), ("We support and inspire", 1)] == [(c.text, c.level) for c in found.competencies]
    assert ["Courage", "Respect and empathy", "Public service"] == texts(found, "values")
    assert [("A clean record of attendance", "desirable")] == [(one.text, one.necessity) for one in found.education]
    assert ["listening to people in distress", "writing plain notes"] == texts(found, "skills")
    assert (["Complete the yearly first aid course."], ["visiting a control room"], 9) == (
        texts(found, "learning"),
        texts(found, "development"),
        found.core_skill_count,
    )
    assert [] == texts(found, "leftovers")


def test_a_contact_centre_profile_with_numbers_and_lost_marks(tmp_path: Path) -> None:
    """Numbered items, a torn item, a dash before the version and items without marks are understood."""
    found = of(tmp_path, CALL_HANDLER)
    assert ("role/contact-centre-officer", "OPS-CON-SD-Contact Centre Officer", "1.0") == (
        found.role.id,
        found.code,
        found.version,
    )
    assert [
        "Answer calls in turn.",
        "Grade each call by its risk, harm and vulnerability.",
        "Log what callers say.",
    ] == texts(found, "accountabilities")
    assert [("We are innovative and open minded", 1)] == [(one.text, one.level) for one in found.competencies]
    assert ["Typing at speed", "Calm speech on the telephone"] == texts(found, "skills")


@pytest.mark.parametrize(
    "text",
    [
        "Force praised in report\n\nInspectors found that the force answers calls well.\n\nThe chief was pleased.\n",
        "Policy on lost property\n\nScope\n\nThis policy covers items handed in.\n\nReview\n\nEvery year.\n",
        "Sergeant\n\nThis page has moved.\n",
    ],
)
def test_a_page_that_is_no_profile_is_refused(tmp_path: Path, text: str) -> None:
    """A news item, a policy or an empty page can be looked at, and never becomes an empty profile in the graph."""
    found = of(tmp_path, text)
    with pytest.raises(DocumentError, match="expected what one police role does or needs"):
        facts(found, known())


def test_unknown_lines_are_reported(tmp_path: Path) -> None:
    """What stands under a heading that nobody knows is left over, and taken for no item of the list above it."""
    text = SERGEANT.replace(
        "    Behaviours\n",
        "    Uniform and equipment\n\n    A badge is worn at all times. It is issued on joining.\n\n    Behaviours\n",
        1,
    )
    found = of(tmp_path, text)
    assert ["Uniform and equipment", "A badge is worn at all times. It is issued on joining."] == texts(
        found, "leftovers"
    )


@pytest.mark.parametrize("label", ["Context", "Values", "Background", "Scope of the post"])
def test_what_stands_behind_the_title_of_a_part_is_not_lost(label: str, tmp_path: Path) -> None:
    """A frame takes only its own words of a line; what no field holds of the rest is left over."""
    said = "The boats of the harbour are all of wood"
    found = of(tmp_path, SERGEANT.replace("    Behaviours\n", f"    {label}: {said}\n\n    Behaviours\n", 1))
    assert any(said in text for text in texts(found, "leftovers"))


INVESTIGATOR = """\
    Role Profile

    Job Title: Detective Constable (PIP2)
    Department: Crime
    Reports to: Detective Sergeant
    Grade: Constable

    Overall purpose of role:
    To investigate serious crime.

    Main responsibilities:
    To carry out investigations

    To interview:
    - suspects
    - witnesses

    Qualifications, Knowledge and Skills

    Essential
    Full driving licence
    Desirable
    Trained in joint interviews

    Behaviours
    Competency: We take ownership - Level 1
    Communication - level 2
    Values: Public Service, Integrity

    Related roles
    Detective Sergeant
    """


def test_an_investigators_role_profile_of_a_force(tmp_path: Path) -> None:
    """Labels give the title; desirable lines, nested items, levels and what nobody knows are told apart."""
    found = of(tmp_path, INVESTIGATOR)
    assert ("job-description", "role/detective-constable") == (found.document.format, found.role.id)
    assert ["To carry out investigations", "To interview: suspects; witnesses"] == texts(found, "accountabilities")
    assert [("Full driving licence", "essential"), ("Trained in joint interviews", "desirable")] == [
        (one.text, one.necessity) for one in found.education
    ]
    assert [("cvf-2016/we-take-ownership", 1)] == [(one.id, one.level) for one in found.competencies]
    assert ["Public Service", "Integrity"] == texts(found, "values")
    assert ["Communication - level 2", "Detective Sergeant"] == texts(found, "leftovers")


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (
            (
                "Behaviours\n\nCluster                      Competency                       Level\n"
                "Resolute, compassionate      We are emotionally aware         1\n"
                "and committed                We take ownership                2"
            ),
            [("We are emotionally aware", 1), ("We take ownership", 2)],
        ),
        (
            (
                "Behaviours\n\nCluster                 Competency                       Level\n"
                "Inclusive, enabling     We are collaborative             3"
            ),
            [("We are collaborative", 3)],
        ),
        (
            "COMPETENCY AND VALUES FRAMEWORK - Level 2\n\nWe take ownership\nWe are collaborative",
            [("We take ownership", 2), ("We are collaborative", 2)],
        ),
        (
            (
                "Person Specification\n\nEssential\n\n• A full driving licence\n\nCVF level: 3\n\nWe take ownership\n"
                "We are collaborative"
            ),
            [("We take ownership", 3), ("We are collaborative", 3)],
        ),
        (
            "Competencies (Level 1)\n\n• We take ownership\n• We analyse critically: level 2",
            [("We take ownership", 1), ("We analyse critically", 2)],
        ),
        (
            "Behaviours\n\nCompetency\tLevel required\nWe take ownership\t2\nWe analyse critically\tLevel 1",
            [("We take ownership", 2), ("We analyse critically", 1)],
        ),
    ],
)
def test_a_competency_has_the_level_of_its_row_or_of_its_heading(
    tmp_path: Path, part: str, expected: list[tuple[str, int]]
) -> None:
    """A level in a column, with a cluster wrapped beside it, and one in the heading above are levels of the names."""
    found = of(tmp_path, f"Custody Sergeant\n\nRole Purpose\n\nRuns the suite.\n\n{part}\n")
    assert (expected, []) == (
        [(one.text, one.level) for one in found.competencies],
        texts(found, "leftovers"),
    )
