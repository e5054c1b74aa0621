"""Job descriptions, person specifications, terms and policies in the many forms that forces give them."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.nodes import Gate
from loaders import read
from loaders.facts.document import facts
from loaders.facts.reference import known
from loaders.profile import Profile


def of(folder: Path, text: str) -> Profile:
    """Return what a text says."""
    path = folder / "a.txt"
    path.write_text(text, encoding="utf-8")
    return read(path)


def texts(profile: Profile, name: str) -> list[str]:
    """Return the words of one list."""
    return [one.text for one in getattr(profile, name)]


def criteria(profile: Profile) -> list[tuple[str, str]]:
    """Return what candidates must have, and whether they must."""
    return [(one.text, one.necessity) for one in profile.criteria]


def at_rank(profile: Profile) -> set[str]:
    """Return the ranks that the job is graded at."""
    return {one.target for one in profile.relations if one.kind == "AT_RANK"}


TABLE = """\
WESTSHIRE POLICE
ROLE PROFILE

Role Title\tIntelligence Development Officer
Reports to\tDetective Sergeant, Force Intelligence
Grade\tScale 6

Job Purpose
To develop intelligence on organised crime groups so that tactical teams can act on it.

Key Tasks
1\tResearch and develop intelligence from open and closed sources.
2\tBrief tactical teams before operations and debrief them afterwards.

Person Specification
Criteria\tEssential\tDesirable\tMethod
Qualifications\tGCSE English at grade C or above\tA degree in criminology\tApplication form
Experience\tExperience of working in an intelligence unit\t\tInterview
Skills\tAble to write clear reports\tAble to use charting software\tA/I
"""


def test_a_table_of_criteria_split_by_tabs(tmp_path: Path) -> None:
    """Each cell is one criterion with the necessity of its column; an empty cell is none, and no label is one."""
    found = of(tmp_path, TABLE)
    assert ("job-description", "Intelligence Development Officer", "westshire-police") == (
        found.document.format,
        found.role.name,
        found.role.organisation,
    )
    assert [
        "Research and develop intelligence from open and closed sources.",
        "Brief tactical teams before operations and debrief them afterwards.",
    ] == texts(found, "accountabilities")
    assert [
        ("GCSE English at grade C or above", "essential"),
        ("A degree in criminology", "desirable"),
        ("Experience of working in an intelligence unit", "essential"),
        ("Able to write clear reports", "essential"),
        ("Able to use charting software", "desirable"),
    ] == criteria(found)


CELLS = """\
Person Specification
Post: Crime Scene Investigator
Department: Forensic Services

ATTRIBUTES
ESSENTIAL (E) OR DESIRABLE (D)
HOW ASSESSED

Education and qualifications
Five GCSEs including English and a science
E
A
A levels or equivalent in a science subject
D
A

Personal qualities
Resilient when faced with distressing scenes
E
I
"""


def test_a_table_of_criteria_with_a_cell_a_line(tmp_path: Path) -> None:
    """Letters below a criterion say whether it is essential and how it is assessed; groups are no criteria."""
    found = of(tmp_path, CELLS)
    assert ("role/crime-scene-investigator", []) == (found.role.id, texts(found, "leftovers"))
    assert [
        ("Five GCSEs including English and a science", "essential"),
        ("A levels or equivalent in a science subject", "desirable"),
        ("Resilient when faced with distressing scenes", "essential"),
    ] == criteria(found)


CAPITALS = """\
JOB TITLE: Control Room Supervisor (nights)
DEPARTMENT: Contact and Control
RANK/GRADE: Sergeant
RESPONSIBLE TO: Inspector, Force Control Room

AIM OF JOB
To supervise a team of controllers.

DUTIES AND RESPONSIBILITIES
1.
Supervise the team and allocate work.
2.
Monitor the grading of incidents under
the force's contact strategy.
Page 1 of 2
3.
Report risks to the duty inspector.

PERSON SPECIFICATION
ESSENTIAL
Qualified sergeant
DESIRABLE
Experience of command and control systems

METHOD OF ASSESSMENT
Application, interview
"""


def test_capitals_numbers_on_lines_of_their_own_and_page_numbers(tmp_path: Path) -> None:
    """A job graded at a rank is a role of its own, tied to the rank; brackets of its title stay."""
    found = of(tmp_path, CAPITALS)
    assert ("Control Room Supervisor (nights)", {"uk/sergeant"}) == (found.role.name, at_rank(found))
    assert ["To supervise a team of controllers."] == texts(found, "purpose")
    assert [
        "Supervise the team and allocate work.",
        "Monitor the grading of incidents under the force's contact strategy.",
        "Report risks to the duty inspector.",
    ] == texts(found, "accountabilities")
    assert [
        ("Qualified sergeant", "essential"),
        ("Experience of command and control systems", "desirable"),
    ] == criteria(found)


OPENED = """\
What does a response sergeant do at Midshire Police?

Response sergeants lead teams of constables who answer emergency calls.

Day to day you will:

    * supervise a team of up to twelve constables
    * take command of incidents on the ground

You will need to have:

    * passed the sergeants' legal exam
"""


def test_sentences_that_open_lists(tmp_path: Path) -> None:
    """What somebody will do are duties, what they will need are criteria; a question names the role."""
    found = of(tmp_path, OPENED)
    assert ("Response sergeant", "midshire-police", {"uk/sergeant"}) == (
        found.role.name,
        found.role.organisation,
        at_rank(found),
    )
    assert [
        "supervise a team of up to twelve constables",
        "take command of incidents on the ground",
    ] == texts(found, "accountabilities")
    assert [("passed the sergeants' legal exam", "essential")] == criteria(found)


RANK = "Job description\n\nJob title: Inspector\nFenland Police\n\nMain duties\n\n• Runs custody suites of the force.\n"


def test_a_forces_paper_about_one_post_is_not_about_the_rank(tmp_path: Path) -> None:
    """Its duties are those of one job at that rank."""
    found = of(tmp_path, RANK)
    assert ("role/fenland-police-inspector", {"uk/inspector"}) == (found.role.id, at_rank(found))


TERMS = """\
Terms and Conditions of Appointment - Deputy Chief Constable, Fenland Police

1. Appointment
The appointment is for a fixed term of five years and may be extended by agreement.

2. Salary
The salary is £158,931 per annum.

3. Annual leave
Leave is 35 days a year plus bank holidays.

4. Notice
Three months' notice is required by either side.
"""


def test_terms_of_appointment(tmp_path: Path) -> None:
    """They give pay and term of the rank that is appointed to."""
    found = of(tmp_path, TERMS)
    assert ("terms", "territorial/deputy-chief-constable", 60, [158931.0]) == (
        found.document.format,
        found.role.id,
        found.term_months,
        [one.amount for one in found.pay],
    )


POLICY = """\
PROMOTION POLICY

Southshire Police

Version 3.2   Published 1st June 2023

1. Aim
This policy sets out how constables and sergeants gain promotion.

2. The promotion process
Stage 1: Line manager's endorsement
Stage 2: Written application
Stage 3: Assessment centre
"""


def test_a_promotion_policy(tmp_path: Path) -> None:
    """Its stages stand in their order; no line of it is taken for the title of a role."""
    found = of(tmp_path, POLICY)
    assert (
        "policy",
        "",
        [(1, "Line manager's endorsement"), (2, "Written application"), (3, "Assessment centre")],
    ) == (
        found.document.format,
        found.role.name,
        [(one.order, one.name) for one in found.stages],
    )


@pytest.mark.parametrize("part", ["Responsibilities", "2. Roles and responsibilities", "DUTIES", "Key tasks:"])
def test_who_does_what_in_a_policy_is_no_duty_of_a_rank(tmp_path: Path, part: str) -> None:
    """It is left over, line by line; who is to be promoted and how is read as before."""
    who = f"{part}\n\n- Line managers endorse each application.\n- The board marks all candidates alike.\n\n"
    found = of(tmp_path, POLICY.replace("2. The promotion", f"{who}3. The promotion"))
    assert ("policy", [], 3) == (found.document.format, texts(found, "accountabilities"), len(found.stages))
    left = ["Line managers endorse each application.", "The board marks all candidates alike."]
    assert left == [one.text for one in found.leftovers if one.why == "in a list"]


@pytest.mark.parametrize(
    "title",
    [
        "Promotion Procedure: Constable to Sergeant and Sergeant to Inspector",
        "Policy for the promotion of Constables and Sergeants",
        "Sergeant and Inspector Promotion Framework",
        "Acting and temporary promotion policy",
    ],
)
def test_a_policy_on_several_ranks_is_about_none_of_them(title: str, tmp_path: Path) -> None:
    """Its title is no stage either."""
    who = "Roles and responsibilities\n\n- Line managers endorse each application.\n\n"
    found = of(
        tmp_path, POLICY.replace("PROMOTION POLICY", title).replace("2. The promotion", f"{who}3. The promotion")
    )
    assert ("policy", "", [], 3) == (
        found.document.format,
        found.role.name,
        texts(found, "accountabilities"),
        len(found.stages),
    )


@pytest.mark.parametrize(
    "title", ["Promotion Policy Officer", "Head of Promotion Policy", "Promotions Framework Manager"]
)
def test_who_works_on_a_policy_has_duties(tmp_path: Path, title: str) -> None:
    """A title that ends in a kind of post is that of a job, whatever it is about."""
    text = f"{title}\n\nSouthshire Police\n\nResponsibilities\n\n- Write the promotion policy.\n- Run each promotion.\n"
    assert ["Write the promotion policy.", "Run each promotion."] == texts(of(tmp_path, text), "accountabilities")


def test_what_no_family_claims_is_uncertain(tmp_path: Path) -> None:
    """A sentence on what somebody does is read, and says that it is uncertain."""
    found = of(tmp_path, "Notes on drones\n\nThe drone officer will keep the log of flights.\n\nWeather matters.\n")
    assert [("keep the log of flights", False)] == [(one.text, one.certain) for one in found.prose_duties]
    assert ["Notes on drones", "Weather matters."] == texts(found, "leftovers")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Job description\n\nPost: Quay Sergeant\nForce: Northshire Police\n\nMain duties\n\n- Keep the quay\n",
            "job_description",
        ),
        ("Quay Sergeant\n\nRole Purpose\n\nKeeps the quay.\n\nKey Accountabilities\n\n- Keep the quay\n", "profile"),
    ],
)
def test_what_a_paper_asks_for_stands_in_the_graph(tmp_path: Path, text: str, kind: str) -> None:
    """A gate says what sort of paper asks for it, and each sort can be loaded."""
    found = of(tmp_path, text + "\nQualifications and experience\n\n- Must have held the rank of Sergeant.\n")
    gates = [node for node in facts(found, known()).nodes if isinstance(node, Gate)]
    assert [kind] == [gate.source for gate in gates]


LETTERHEADS = (
    "Southshire Police\nForce Headquarters\nCastle Road\nNorham\nNH1 2AB\nTelephone 101",
    "The Chief Constable\nSouthshire Police Headquarters\nNorham NH1 2AB",
    "SOUTHSHIRE\nPOLICE AND CRIME\nCOMMISSIONER\n\nSt George's House, Constable Street\nNorham, NH10 2AB\nTel: 0100",
    "Office of the Police and Crime Commissioner for Southshire\nChief Executive\nwww.southshire.example",
)


@pytest.mark.parametrize("letterhead", LETTERHEADS)
@pytest.mark.parametrize(
    "title", ["Head of Governance", "Superintendent - Local Policing", "Complaints Review Officer", "Chief Constable"]
)
def test_the_title_stands_below_the_letterhead(letterhead: str, title: str, tmp_path: Path) -> None:
    """Whoever writes and wherever they sit, though street and sender bear the name of a rank."""
    duties = "Main duties\n\n- Answer letters.\n- Write the report.\n"
    text = f"{letterhead}\n\nRef: SP/2026/14\n\n{title}\n\nJob description and person specification\n\n{duties}"
    found = of(tmp_path, text)
    assert (title, "job-description") == (found.role.name, found.document.format)


def test_an_address_below_the_title_is_no_letterhead(tmp_path: Path) -> None:
    """What stands below it names no role."""
    text = "Vetting Manager\n\nCastle House, Norham NH1 2AB\n\nHead of Vetting\n\nMain duties\n\n- Vet officers.\n"
    assert "Vetting Manager" == of(tmp_path, text).role.name


def test_labels_in_a_table_of_pay_say_what_it_is(tmp_path: Path) -> None:
    """A salary is yearly though its cell says no more, and a tenure of years is the term."""
    rows = {"Salary": "£42,000 rising to £46,000", "Tenure": "Five years in the first instance", "Leave": "30 days"}
    table = "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in rows.items())
    duties = "<h1>Quay Sergeant</h1><p>Job description</p><h2>Main duties</h2><ul><li>Keep the quay.</li></ul>"
    file = tmp_path / "a.html"
    file.write_text(f"{duties}<h2>Terms and conditions</h2><table>{table}</table>", encoding="utf-8")
    found = read(file)
    assert ([(42000.0, "year"), (46000.0, "year")], 60) == (
        [(one.amount, one.per) for one in found.pay],
        found.term_months,
    )


@pytest.mark.parametrize(
    "heading",
    ["Behaviours (Competency and Values Framework)", "Behaviours: the Competency & Values Framework", "Behaviours"],
)
def test_a_heading_of_behaviours_may_name_the_framework(heading: str, tmp_path: Path) -> None:
    """It is a frame, and the competencies below it are read."""
    levels = "We take ownership - level 2\nWe analyse critically - level 1\n"
    found = of(tmp_path, f"Quay Sergeant\n\nMain duties\n\n- Keep the quay.\n\n{heading}\n\n{levels}")
    assert (2, []) == (len(found.competencies), list(found.leftovers))


@pytest.mark.parametrize(
    "line", ["{} | Eastmark Police | Permanent", "Eastmark Police | {} | 37 hours", "Eastmark Police | {}"]
)
@pytest.mark.parametrize("title", ["Custody Sergeant", "Head of Vetting"])
def test_a_title_between_strokes(title: str, line: str, tmp_path: Path) -> None:
    """The force and the hours beside it are no titles."""
    text = f"{line.format(title)}\n\nMain duties\n\n- Answer letters.\n- Write the report.\n"
    assert title == of(tmp_path, text).role.name
