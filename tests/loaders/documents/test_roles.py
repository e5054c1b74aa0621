"""Documents on other ranks and roles, in our own words, are read as people would read them."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from graph.errors import DocumentError
from loaders import read

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

PACK = """\
    Northshire Police
    Chief Constable
    Candidate Information Pack

    Contents
    Welcome from the Commissioner 2
    About Northshire 3
    Job description 4
    Salary and terms 6
    Selection process 7

    WELCOME FROM THE COMMISSIONER

    I want a chief who listens. Our values of fairness, candour and care guide us.

    Yours sincerely,

    Jordan Example

    ABOUT NORTHSHIRE POLICE

    We have a budget of £300 million and police two cities.

    JOB DESCRIPTION

    Post title: Chief Constable

    Job purpose

    To direct and control Northshire Police.

    Main duties and responsibilities

    – Hold the force to its plan.
    – Answer to the Police and Crime Commissioner for results.

    CANDIDATE PACK 5

    – Look after the workforce.

    CANDIDATE PACK 6

    Person specification

    Essential criteria

    – Has served as an assistant chief constable or above.

    Desirable criteria

    – Has worked abroad.

    SALARY AND CONDITIONS OF APPOINTMENT

    The salary is £180,000 per annum.
    The appointment is for a fixed term of five years.
    Relocation expenses of up to £8,000 are paid.

    SELECTION PROCESS

    Stage one – Application form

    Send your form by 12 noon on Friday 5th May 2023 to jobs@northshire.example or call 01632 960001.

    Stage two – Panel interview

    The panel meets on 22 May 2023.
    """

ADVERT = """\
    Eastmoor Constabulary
    Chief Constable

    The Police and Crime Commissioner for Eastmoor is seeking to appoint a new Chief Constable.

    The Chief Constable will lead our officers, delivering the Police and Crime Plan for Eastmoor. They will know us.

    You will also be accountable for the force's budget.

    The post is for an initial four-year term at a salary of £165,000.

    The ideal candidate will:

    * have led change in a large body
    * show sound judgement

    Closing date: noon, 3 March 2025. Interviews will be held on 20 March 2025.
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


def test_another_forces_pack(tmp_path: Path) -> None:
    """Contents, page headers, own values, pay, term, stages and a person specification of another force are read."""
    found = of(tmp_path, PACK)
    assert ("pack", "territorial/chief-constable", "northshire-police", "2023-05", "2023-05-05", 60) == (
        found.document.format,
        found.role.id,
        found.role.organisation,
        found.edition,
        found.closes,
        found.term_months,
    )
    assert [
        "Hold the force to its plan.",
        "Answer to the Police and Crime Commissioner for results.",
        "Look after the workforce.",
    ] == texts(found, "accountabilities")
    assert ["To direct and control Northshire Police."] == texts(found, "purpose")
    assert ["Has served as an assistant chief constable or above."] == texts(found, "criteria")
    assert [("Has worked abroad.", "desirable")] == [(one.text, one.necessity) for one in found.education]
    assert [(180000.0, "year"), (8000.0, None)] == [(one.amount, one.per) for one in found.pay]
    assert [(1, "Application form", "2023-05-05"), (2, "Panel interview", "2023-05-22")] == [
        (one.order, one.name, one.date) for one in found.stages
    ]
    assert ["fairness", "candour", "care"] == texts(found, "values")
    shown = found.model_dump_json()
    assert [] == [word for word in ("Jordan", "@", "960001") if word in shown]


def test_another_forces_advert(tmp_path: Path) -> None:
    """Duties in running text, criteria, term, pay, closing day and interview of an advert are read."""
    found = of(tmp_path, ADVERT)
    assert ("advert", "territorial/chief-constable", "eastmoor-constabulary", "2025-03-03", 48) == (
        found.document.format,
        found.role.id,
        found.role.organisation,
        found.closes,
        found.term_months,
    )
    assert [
        "lead our officers",
        "delivering the Police and Crime Plan for Eastmoor",
        "the force's budget",
    ] == texts(found, "prose_duties")
    assert ["have led change in a large body", "show sound judgement"] == texts(found, "criteria")
    assert [("Applications", "2025-03-03"), ("Interview", "2025-03-20")] == [(s.name, s.date) for s in found.stages]
    assert [(165000.0, "year")] == [(one.amount, one.per) for one in found.pay]
    assert [] == texts(found, "leftovers")


@pytest.mark.parametrize(
    "text",
    [
        "Force praised in report\n\nInspectors found that the force answers calls well.\n\nThe chief was pleased.\n",
        "Policy on lost property\n\nScope\n\nThis policy covers items handed in.\n\nReview\n\nEvery year.\n",
        "Sergeant\n\nThis page has moved.\n",
    ],
)
def test_a_page_that_is_no_profile_is_refused(tmp_path: Path, text: str) -> None:
    """A news item, a policy or an empty page is an error that says what was expected, never an empty profile."""
    with pytest.raises(DocumentError, match="expected a profile, pack or advert"):
        of(tmp_path, text)


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


LETTER = """\
    January 2026

    Dear Candidate,

    Fellshire Police has a vacancy for a Chief Constable.

    I am looking to appoint a Chief Constable who meets two criteria:

    - Working with me on my plan.
    - Candour

    The Chief Constable will be responsible for a visible force, and must hold senior officers to account.

    You will be appointed for five years. The salary is £190,000 per annum. You will lead 3,000 people.

    The post holder will be able to speak plainly.

    Applications close at 5pm on Friday 6 February 2026.

    Yours sincerely,

    Robin Sample
    Police and Crime Commissioner for Fellshire
    """

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

PROMOTION = """\
    Wessex Police
    Inspector Promotion Process 2024
    Applicant information

    Dear Colleague,

    Thank you for thinking of promotion.

    Chief Constable Robin Sample

    The Role

    Inspectors are responsible for a district.

    Key Responsibilities:

    1) Command incidents of note, including:
       a) firearms
       b) disorder
    2) Chair the daily meeting

    Competencies (CVF)
    Level 2
    We take ownership
    We collaborate

    What we offer
    Salary: £62,000 - £66,000 per annum

    Key dates
    Closing date: 29 March 2024 (noon)
    Interviews: 22 April 2024
    """


def test_a_letter_of_a_commissioner(tmp_path: Path) -> None:
    """The role is the one to be filled and not the writer's; the letter's criteria and duties are told apart."""
    found = of(tmp_path, LETTER)
    assert ("advert", "territorial/chief-constable", "fellshire-police", "2026-01", 60) == (
        found.document.format,
        found.role.id,
        found.role.organisation,
        found.edition,
        found.term_months,
    )
    assert ["Working with me on my plan.", "Candour"] == texts(found, "criteria")
    assert ["a visible force", "hold senior officers to account", "lead 3,000 people"] == texts(found, "prose_duties")
    assert ([("Salary", 190000.0)], ["The post holder will be able to speak plainly."]) == (
        [(one.name, one.amount) for one in found.pay],
        texts(found, "leftovers"),
    )


def test_an_investigators_role_profile_of_a_force(tmp_path: Path) -> None:
    """Labels give the title; desirable lines, nested items, levels and what nobody knows are told apart."""
    found = of(tmp_path, INVESTIGATOR)
    assert ("coded-profile", "role/detective-constable") == (found.document.format, found.role.id)
    assert ["To carry out investigations", "To interview: suspects; witnesses"] == texts(found, "accountabilities")
    assert [("Full driving licence", "essential"), ("Trained in joint interviews", "desirable")] == [
        (one.text, one.necessity) for one in found.education
    ]
    assert [("cvf-2016/we-take-ownership", 1)] == [(one.id, one.level) for one in found.competencies]
    assert ["Public Service", "Integrity"] == texts(found, "values")
    assert ["Communication - level 2", "Detective Sergeant"] == texts(found, "leftovers")


def test_a_promotion_pack_without_a_purpose(tmp_path: Path) -> None:
    """The rank is that of the process and not of who signs; what is said about the role is its purpose."""
    found = of(tmp_path, PROMOTION)
    assert ("pack", "uk/inspector", "wessex-police") == (found.document.format, found.role.id, found.role.organisation)
    assert ["Inspectors are responsible for a district."] == texts(found, "purpose")
    assert [
        "Command incidents of note, including: firearms; disorder",
        "Chair the daily meeting",
    ] == texts(found, "accountabilities")
    assert [("We take ownership", 2), ("We collaborate", 2)] == [(one.text, one.level) for one in found.competencies]
    assert [("Salary", 62000.0, "year"), ("Salary", 66000.0, "year")] == [(p.name, p.amount, p.per) for p in found.pay]
    assert [("Applications", "2024-03-29"), ("Interview", "2024-04-22")] == [(s.name, s.date) for s in found.stages]
    assert "Sample" not in found.model_dump_json()
