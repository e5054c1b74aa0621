"""Tables of criteria and of duties, however they are written: what is asked comes out, and nothing around it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loaders import read

if TYPE_CHECKING:
    from pathlib import Path

    from loaders.profile import Profile

HEAD = "Fenland Police\nJob description\n\nJob title: Property Store Officer\n\n"

TABBED = """\
Person specification

Criteria\tEssential\tDesirable\tAssessed by
Qualifications
GCSE in English and Maths\tYes\t\tApplication form
Forklift licence\t\tYes\tCertificate
Other requirements
Able to lift 20 kg\tYes\t\tMedical
"""
DRAWN = """\
+---------------------------+---+-----+
| Person Specification      |E/D| How |
+---------------------------+---+-----+
| Qualifications            |   |     |
+---------------------------+---+-----+
| GCSE in English and Maths | E | A   |
| Forklift licence          | D | C   |
+---------------------------+---+-----+
| Able to lift 20 kg        | E | A/I |
+---------------------------+---+-----+
E = Essential, D = Desirable; A = Application, I = Interview, C = Certificate
"""
TICKED = """\
## Person specification

| | Essential | Desirable | Method of assessment |
|---|:---:|:---:|---|
| **Qualifications** | | | |
| GCSE in English and Maths | ✓ | | Application |
| Forklift licence | | ✓ | Interview |
| **Other** | | | |
| Able to lift 20 kg | ✓ | | Test |
"""
ASKED = """\
Person specification
| No | Requirement | Essential (Y/N) | Evidence |
|----|-------------|-----------------|----------|
| 1 | GCSE in English and Maths | Y | Certificate |
| 2 | Forklift licence | N | Certificate |
| 3 | Able to lift 20 kg | Y | Interview |
"""
LETTERS_FIRST = """\
Person Specification

Category\tE/D\tCriterion\tAssessed
Qualifications\tE\tGCSE in English and Maths\tA
\tD\tForklift licence\tA
Other\tE\tAble to lift 20 kg\tT
"""
SPACED = """\
PERSON SPECIFICATION

REQUIREMENTS                         E/D    METHOD
GCSE in English and Maths             E      A/I
Forklift licence                      D      A
Able to lift 20 kg                    E      I

E - Essential   D - Desirable   A - Application form   I - Interview
"""
CENTRED = """\
Person specification

                               Essential  Desirable  Assessed by
Qualifications
  GCSE in English and Maths        X                    A, C
  Forklift licence                            X         A
Other
  Able to lift 20 kg               X                    I

Key: A application, C certificate, I interview
"""
PASTED = """\
Person specification
Requirement
Essential or Desirable
How assessed
Qualifications
GCSE in English and Maths
Essential
Application
Forklift licence
Desirable
Interview
Other
Able to lift 20 kg
Essential
Test
"""
BRACKETS = """\
Person specification

E = Essential     D = Desirable
A = Application   I = Interview

QUALIFICATIONS AND TRAINING
GCSE in English and Maths (E) (A)
Forklift licence (D) (A/I)

SKILLS AND ABILITIES
Able to lift 20 kg (E) (I)
"""
WRITINGS = {
    name: text for name, text in globals().items() if name.isupper() and isinstance(text, str) and "Forklift" in text
}


def of(folder: Path, text: str) -> Profile:
    """Read a document of a force with this text below its head."""
    path = folder / "tables.txt"
    path.write_text(HEAD + text, encoding="utf-8")
    return read(path)


def criteria(profile: Profile) -> list[tuple[str, str]]:
    """Return each criterion with its necessity."""
    return [(one.text, one.necessity) for one in profile.criteria]


def statements(profile: Profile) -> dict[str, list[str]]:
    """Return the texts of all lists of statements that are not empty."""
    names = ("purpose", "accountabilities", "skills", "education", "development", "learning", "stages", "prose_duties")
    lists = {name: [one.text for one in getattr(profile, name)] for name in names}
    return {name: texts for name, texts in lists.items() if texts}


@pytest.mark.parametrize("name", sorted(WRITINGS))
def test_a_specification_in_any_writing(tmp_path: Path, name: str) -> None:
    """Heads, groups, legends, marks and ways of assessment are none of its criteria."""
    found = of(tmp_path, WRITINGS[name])
    assert ([
        ("GCSE in English and Maths", "essential"),
        ("Forklift licence", "desirable"),
        ("Able to lift 20 kg", "essential"),
    ], {}, ()) == (criteria(found), statements(found), found.leftovers)  # fmt: skip


COLUMNS = """\
Person specification

\tEssential\tDesirable
Qualifications\tA level in computing
Experience\tTalks to small firms about risk\tHas run an exercise

Hours
37 a week.
"""
HEADS_OF_SEVERAL_LINES = """\
Person specification

CRITERIA
ESSENTIAL
DESIRABLE
METHOD OF
ASSESSMENT

QUALIFICATIONS

A level in computing

Has run an exercise

Application

EXPERIENCE

Talks to small firms about risk

Used to be a trainer

Application / Interview
"""
BARS = """\
|3. ESSENTIAL CRITERIA|
|No|Criteria|Assessed|
|1|Has led a team of ten or more|Form|
|2|Knows the law on property|Form/Interview|

|4. DESIRABLE CRITERIA|
|1|Moved a store|Form|
"""
UNEVEN = """\
Person specification

Essential
Desirable
Knowledge
The law as it bears on outdoor scenes
How samples are kept and moved
What the laboratory asks of those who send them
"""


@pytest.mark.parametrize(
    ("text", "expected", "left"),
    [
        (
            COLUMNS,
            [
                ("A level in computing", "essential"),
                ("Talks to small firms about risk", "essential"),
                ("Has run an exercise", "desirable"),
            ],
            ["Hours", "37 a week."],
        ),
        (
            HEADS_OF_SEVERAL_LINES,
            [
                ("A level in computing", "essential"),
                ("Has run an exercise", "desirable"),
                ("Talks to small firms about risk", "essential"),
                ("Used to be a trainer", "desirable"),
            ],
            [],
        ),
        (
            BARS,
            [
                ("Has led a team of ten or more", "essential"),
                ("Knows the law on property", "essential"),
                ("Moved a store", "desirable"),
            ],
            [],
        ),
        (
            UNEVEN,
            [
                ("The law as it bears on outdoor scenes", "essential"),
                ("How samples are kept and moved", "essential"),
                ("What the laboratory asks of those who send them", "essential"),
            ],
            [],
        ),
    ],
)
def test_columns_say_what_is_essential(
    tmp_path: Path, text: str, expected: list[tuple[str, str]], left: list[str]
) -> None:
    """What stands below a table is none of it; where the columns are lost and do not come out even, all is asked."""
    found = of(tmp_path, text)
    assert (expected, left) == (criteria(found), [one.text for one in found.leftovers])


def test_what_no_head_explains_is_left(tmp_path: Path) -> None:
    """Rows of single words may mean anything: they are reported, never framed."""
    found = of(
        tmp_path, "Person specification\nArea\tLevel\tSource\nFaith\tGood\tCV\nPlans\tSome\tCV\nListening\tHigh\tCV\n"
    )
    assert ((), {"Area", "Level", "Faith", "Good", "Plans", "Some", "Listening", "High", "CV"}) == (
        found.criteria,
        {one.text for one in found.leftovers} - {"Source"},
    )


MEASURED = """\
| Key accountabilities | Measures | % |
|---|---|---|
| Decide grants of certificates within the time that is set | Within 16 weeks | 50 |
| Lead twelve enquiry officers and see to their training | Dip samples | 50 |
"""
WEIGHED = """\
KEY RESULT AREAS
No.
Key result area
% of time
1
Decide grants of certificates within the time that is set
50
2
Lead twelve enquiry officers and see to their training
50
"""
AREAS = """\
MAIN RESPONSIBILITIES
Ref\tArea\tWhat you are answerable for\tWeighting
1\tLaw\tDecide grants of certificates within the time that is set\t50%
2\tTeam\tLead twelve enquiry officers and see to their training\t50%
"""


@pytest.mark.parametrize(("text", "left"), [(MEASURED, ["Within 16 weeks", "Dip samples"]), (WEIGHED, []), (AREAS, [])])
def test_duties_in_a_table(tmp_path: Path, text: str, left: list[str]) -> None:
    """Numbers, shares, areas and heads are no duties; how one is measured is reported as not understood."""
    found = of(tmp_path, text)
    duties = [
        "Decide grants of certificates within the time that is set",
        "Lead twelve enquiry officers and see to their training",
    ]
    assert ({"accountabilities": duties}, left) == (statements(found), [one.text for one in found.leftovers])


BEHAVIOURS = """\
Section C: Person specification
Criteria\tEssential/Desirable\tAssessed at
Clear written English\tEssential\tApplication
Knows the guidance on charging\tEssential\tInterview
Competencies (CVF)
We take ownership\tLevel 1\tInterview
We analyse critically\t2\tInterview

Section D: Special conditions
Nights are worked.
"""


def test_competencies_in_a_specification(tmp_path: Path) -> None:
    """They are competencies with their level; the next lettered section is none of either."""
    found = of(tmp_path, BEHAVIOURS)
    asked = [("Clear written English", "essential"), ("Knows the guidance on charging", "essential")]
    named = [("We take ownership", 1), ("We analyse critically", 2)]
    assert (asked, named, ["Section D: Special conditions", "Nights are worked."]) == (
        criteria(found),
        [(one.text, one.level) for one in found.competencies],
        [one.text for one in found.leftovers],
    )


RANKS = """\
Promotion procedure
This procedure says who may apply for promotion. Promotion is by vacancy.

Promotion to | Time in rank | Qualification
Sergeant | 24 months as a constable | Sergeants' legal exam
Inspector | 12 months as a sergeant | N/A

The procedure is kept at headquarters.
"""


def test_a_table_of_ranks(tmp_path: Path) -> None:
    """What each rank needs is a criterion; what stands below the table is none."""
    path = tmp_path / "ranks.txt"
    path.write_text(RANKS, encoding="utf-8")
    found = read(path)
    assert [
        ("24 months as a constable", "essential"),
        ("Sergeants' legal exam", "essential"),
        ("12 months as a sergeant", "essential"),
    ] == criteria(found)


def test_hints_and_other_numbers_are_no_statements(tmp_path: Path) -> None:
    """What a form asks its author for, and what follows a list under another number, is nothing of the role."""
    text = (
        "B. Purpose of the job: Why the post exists\nOutline the main purpose of the job in one sentence\n"
        "Finds who did it.\n\nC. Skills\nThe skills required for this role\n- Reads maps\n\n"
        "4. Any other business\nThe lift is broken.\n"
    )
    assert {"purpose": ["Finds who did it."], "skills": ["Reads maps"]} == statements(of(tmp_path, text))


def test_numbers_below_bullets_go_on(tmp_path: Path) -> None:
    """Several numbers in a row are items of the list, not heads of other parts."""
    text = "Main duties\n\nEach day:\n- Runs three stores.\n\n1. Answer to courts\n\n2. Keep the register\n"
    duties = ["Runs three stores.", "Answer to courts", "Keep the register"]
    assert {"accountabilities": duties} == statements(of(tmp_path, text))


def test_two_languages(tmp_path: Path) -> None:
    """A heading in Welsh and English is one heading; a slash within a criterion parts nothing."""
    text = (
        "PWRPAS Y SWYDD / PURPOSE OF THE POST\nTo look after detained persons.\n\nPRIF DDYLETSWYDDAU / MAIN DUTIES\n"
        "- Serve meals.\n\nMANYLEB PERSON / PERSON SPECIFICATION\nHanfodol / Essential\n- Level 1 Welsh / English\n"
        "Dymunol / Desirable\n- Has worked in care\n"
    )
    found = of(tmp_path, text)
    assert (
        {"purpose": ["To look after detained persons."], "accountabilities": ["Serve meals."]},
        [("Level 1 Welsh / English", "essential"), ("Has worked in care", "desirable")],
    ) == (statements(found), criteria(found))


def test_what_a_row_without_all_its_cells_asks_is_not_lost(tmp_path: Path) -> None:
    """Cells pasted one a line do not say what an empty one is: what follows is left over, and no frame."""
    whole = "Licences\nFull driving licence\nForklift licence\nA\nExperience\nA year in a store\nA year in a court\nI\n"
    torn = "Leading a small team through change\nI\nKnowledge\nThe law on lost property and what follows of it\nT\n"
    found = of(tmp_path, f"Person specification\n\nCriteria\nEssential\nDesirable\nAssessed by\n{whole}{torn}")
    told = [one.text for one in (*found.criteria, *found.leftovers)]
    asked = {"Leading a small team through change", "The law on lost property and what follows of it"}
    assert asked <= set(told), told
