"""Hard conditions read from words: courses, ranks, dates, and what only a person can judge."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import DocumentError, DocumentErrors
from graph.nodes import Experience
from loaders import annotate, read
from loaders.facts.document import facts
from loaders.files import Selection, read_all
from loaders.language.condition_terms import Terms, terms_of
from loaders.profile import Criterion, OptionPart, Profile
from tests.builders.gate_lines import A7, ELP, PNAC, SCC, Part, annotated, asked, gate, gates_of, plain

SHARED = Path(__file__).resolve().parents[3].parent / "shared"
BEFORE_2023 = "2023-01-01"
REAL: dict[str, set[frozenset[tuple[Part, ...]]]] = {
    "000": {
        gate(
            (plain("territorial/assistant-chief-constable", at_least=True),),
            (plain("mps/commander", at_least=True),),
            (plain("have held one of the"),),
        ),
        gate((ELP,), (plain(PNAC, before=BEFORE_2023), plain(SCC, before=BEFORE_2023))),
        gate((A7,)),
    },
    "001": {gate((ELP,), (plain(PNAC, before=BEFORE_2023), plain(SCC, before=BEFORE_2023))), gate((A7,))},
    "002": {gate((ELP,), (plain(SCC, before=BEFORE_2023),)), gate((A7,))},
    "003": {
        gate((plain(PNAC), plain(SCC))),
        gate((A7,)),
        gate(
            (plain("territorial/assistant-chief-constable"),),
            (plain("mps/commander"),),
            (plain("territorial/deputy-chief-constable"),),
        ),
    },
    "004": {
        gate(
            (plain("territorial/chief-constable", at_least=True),),
            (plain("have recent experience at these"),),
            (plain("eligible police officers from overseas"),),
        )
    },
}


@pytest.mark.real
@pytest.mark.skipif(not SHARED.exists(), reason="the real documents are not beside the project")
@pytest.mark.parametrize("number", REAL)
def test_the_gates_of_a_real_document_have_the_logic_of_its_words(number: str) -> None:
    """Courses, ranks, dates and alternatives are those of the annotation, and there is no other gate."""
    path = next((SHARED / "profiles").glob(f"{number}_*.txt"))
    said = read(path)
    assert {
        frozenset(tuple(asked(part, 5) for part in option) for option in one.options) for one in said.gates
    } == REAL[number]


@pytest.mark.real
@pytest.mark.skipif(not SHARED.exists(), reason="the real documents are not beside the project")
def test_lines_on_education_of_a_real_document_are_sorted_by_kind() -> None:
    """One rank to have held, two lines on courses, six on experience, three on knowledge."""
    path = next((SHARED / "profiles").glob("000_*.txt"))
    said = read(path)
    assert ["rank", "course", "course", *["experience"] * 6, *["knowledge"] * 3] == [one.kind for one in said.education]


@pytest.mark.parametrize(
    ("line", "organisation", "expected"),
    [
        ("Must be a substantive Sergeant", None, gate((plain("uk/sergeant"),))),
        ("Has held the rank of Superintendent or above", None, gate((plain("uk/superintendent", at_least=True),))),
        ("At least 12 months as a substantive Constable", None, gate((plain("uk/constable", for_months=12),))),
        (
            "Served as an Inspector or higher for two years or more",
            None,
            gate((plain("uk/inspector", at_least=True, for_months=24),)),
        ),
        ("Has held the rank of commander", "mps", gate((plain("mps/commander"),))),
        ("Has held the rank of commander", None, gate((plain("mps/commander"),), (plain("city/commander"),))),
        (
            "Must hold the rank of Sergeant or Inspector, and have passed the SCC and the A7 course, or the ELP",
            None,
            gate(
                *(
                    (plain(rank), *courses)
                    for rank in ("uk/sergeant", "uk/inspector")
                    for courses in ((plain(SCC), A7), (ELP,))
                )
            ),
        ),
        (
            "Substantive Inspectors, or Sergeants who have passed the inspectors' exam",
            None,
            gate((plain("uk/inspector"),), (plain("uk/sergeant"), plain("course/nppf-exam-inspector"))),
        ),
        (
            "Sergeants with PIP 2, Inspectors with PIP 3",
            None,
            gate((plain("Sergeants with PIP 2, Inspectors with PIP 3"),)),
        ),
        (
            "A substantive Sergeant who passed the inspectors' exam in the last 5 years",
            None,
            gate((plain("uk/sergeant"), plain("course/nppf-exam-inspector", within_months=60))),
        ),
    ],
)
def test_ranks_to_have_held_open_a_gate(
    line: str, organisation: str | None, expected: frozenset[tuple[Part, ...]]
) -> None:
    """Spans of time and "or above" count; a title that ladders share counts on any of them."""
    assert {expected} == gates_of(line, organisation=organisation)


def test_who_may_apply_is_a_gate_wherever_it_stands() -> None:
    """Each rank invited is an alternative, once, and those who come from elsewhere are another."""
    assert gates_of(
        "Applications are invited from substantive Chief Inspectors, and Superintendents on lateral transfer.",
        "",
        "Applications are invited from substantive Chief Inspectors, and Superintendents on lateral transfer.",
        "",
        "The post is open to Inspectors. Applications are also welcome from officers who serve abroad.",
        education=False,
        title="Superintendent",
    ) == {
        gate((plain("uk/chief-inspector"),), (plain("Superintendents on lateral transfer"),)),
        gate((plain("uk/inspector"),), (plain("officers who serve abroad"),)),
    }


@pytest.mark.parametrize(
    "line",
    [
        "Full driving licence",
        "Experience as a Sergeant in a busy station",
        "Knowledge of the PIP 2 curriculum",
        "PIP 2 accreditation is not required",
        "There is no legal exam for this rank.",
        "Wide ranging experience",
    ],
)
def test_what_is_no_hard_condition_is_no_gate(line: str) -> None:
    """Experience, knowledge, licences and what is not needed bar nobody."""
    assert set() == gates_of(line)


def test_a_desirable_course_bars_nobody() -> None:
    """Only essential lines are hard conditions."""
    assert () == annotated("PIP 2 accreditation", desirable=True).gates


def test_probation_is_for_a_person_to_judge() -> None:
    """What no reference holds never opens a gate in silence."""
    assert {gate((plain("Must have completed probation"),))} == gates_of("Must have completed probation.")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("PIP 2 accreditation", "course"),
        ("Must be a substantive Constable", "rank"),
        ("Sound working knowledge of criminal law", "knowledge"),
        ("Up to date operational knowledge", "knowledge"),
        ("An understanding of custody", "knowledge"),
        ("Experience of leading sergeants", "experience"),
        ("Experience of assessing PIP 2 portfolios", "experience"),
        ("Full driving licence", "experience"),
    ],
)
def test_a_line_on_education_is_sorted_by_what_it_asks(line: str, kind: str) -> None:
    """Courses, ranks held, knowledge; the rest is experience."""
    assert [kind] == [one.kind for one in annotated(line).education]


def test_a_condition_said_twice_is_one_gate() -> None:
    """The first place where it stands is kept."""
    line = "Applications are invited from substantive Chief Inspectors."
    assert [(1, 1)] == [one.lines for one in annotated(line, "", line, education=False, title="Superintendent").gates]


def test_gates_of_one_name_are_told_apart_by_their_line() -> None:
    """The name is the key of a gate in its edition."""
    names = [one.name for one in annotated("SCC passed before 2019", "SCC passed before 2020").gates]
    assert ["Strategic Command Course (SCC)", "Strategic Command Course (SCC) (line 2)"] == names


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        ("prior to 2023", Terms(before="2023-01-01")),
        ("before 3 May 2021", Terms(before="2021-05-03")),
        ("within the last 36 months", Terms(within_months=36)),
        ("a minimum of 2 years service", Terms(for_months=24)),
        ("for twelve months or more", Terms(for_months=12)),
        ("in 2023", Terms()),
    ],
)
def test_times_in_words_are_months_and_days(words: str, terms: Terms) -> None:
    """A year or month that something came before is widened to its first day."""
    assert terms == terms_of(words)


@pytest.mark.parametrize(
    ("line", "course"),
    [
        ("Must hold a pass in the inspector's legal exam (NPPF step 2)", "course/nppf-exam-inspector"),
        ("Has passed the sergeants\u2019 NPPF examination", "course/nppf-exam-sergeant"),
        ("NPPF step 2 exam for the rank of Sergeant", "course/nppf-exam-sergeant"),
        ("NPPF legal exam (Inspector)", "course/nppf-exam-inspector"),
    ],
)
def test_the_rank_in_the_name_of_an_exam_says_which_exam_it_is(line: str, course: str) -> None:
    """It is no rank to have held, and a second name in brackets is no second exam."""
    assert {gate((plain(course),))} == gates_of(line)


def test_a_rank_that_owns_an_unknown_course_is_no_rank_to_have_held() -> None:
    """What is not known in the line is for a person to judge."""
    assert {gate((plain(SCC),), (plain("the superintendents' selection board"),))} == gates_of(
        "Completed the Strategic Command Course or the superintendents' selection board"
    )


@pytest.mark.parametrize(
    "line",
    [
        "Ideally has completed the SCC",
        "It would be an advantage to hold PIP Level 2",
        "PIP 3 accreditation is desirable",
        "No requirement to have completed the SCC",
        "There is no need to have passed the NPPF exam",
        "The SCC is not required",
        "Has not failed the NPPF step 2 exam",
    ],
)
def test_what_is_wished_denied_or_not_needed_is_no_gate(line: str) -> None:
    """A gate is a hard condition, in lines on education and in prose on who may apply."""
    assert set() == gates_of(line) | gates_of(f"Applicants must be ready. {line}.", education=False)


def test_what_is_wished_or_not_needed_is_not_essential() -> None:
    """What is denied is no course to hold either."""
    said = annotated("Ideally has completed the SCC", "The SCC is not required", "Has not failed the NPPF exam")
    assert [("course", "desirable"), ("experience", "desirable"), ("experience", "essential")] == [
        (line.kind, line.necessity) for line in said.education
    ]


def test_a_denial_does_not_reach_over_and() -> None:
    """What follows is asked for."""
    assert {gate((plain("uk/sergeant"),))} == gates_of(
        "Applicants must not be suspended and must hold the rank of Sergeant.", education=False
    )


def test_criteria_that_name_a_course_or_a_rank_held_are_gates_and_no_experience() -> None:
    """The line stays among the criteria; the others are experience to have."""
    lines = ("Have completed the SCC", "Has held the rank of Inspector", "Be able to lead change")
    bare = annotated(*lines, education=False)
    said = annotate(
        bare.model_copy(
            update={"criteria": tuple(Criterion(text=line, lines=(at, at)) for at, line in enumerate(lines, 1))}
        ),
        lines,
    )
    experience = {
        node.name for node in facts(said, frozenset({("Role", "uk/inspector")})).nodes if isinstance(node, Experience)
    }
    assert ([(1, 1), (2, 2)], {lines[2]}, 3) == ([one.lines for one in said.gates], experience, len(said.criteria))


def _with_an_empty_part(number: int) -> Profile:
    said = annotated("Full driving licence", "Completed the SCC or the ELP")
    option = (OptionPart(target="experience/", text=""),)
    gates = tuple(one.model_copy(update={"options": (option,)}) for one in said.gates)
    document = said.document.model_copy(update={"name": f"{number}.txt"})
    return said.model_copy(update={"gates": gates, "document": document})


def test_what_the_ontology_does_not_allow_is_a_fault_of_the_document() -> None:
    """It is named, with its line and what was found."""
    with pytest.raises(DocumentError) as caught:
        facts(_with_an_empty_part(1), frozenset())
    assert ("1.txt:2: found '' as Option.name; expected words; reword the line, or leave the document out") == str(
        caught.value
    )


def test_a_value_that_no_profile_allows_is_a_fault_of_the_document() -> None:
    """Reading names the file, and goes on to the next."""

    def refused(_path: Path) -> Profile:
        return Profile.model_validate({**annotated("Completed the SCC").model_dump(), "edition": None})

    with pytest.raises(DocumentErrors) as caught:
        read_all(Selection([Path("one.txt"), Path("two.txt")]), refused)
    assert [
        f"{name}.txt: found None as Profile.edition; expected words; reword the line, or leave the document out"
        for name in ("one", "two")
    ] == str(caught.value).splitlines()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            (
                "For transfer you must have served in the rank of Inspector. "
                "Those who seek promotion will need at least 2 years' experience as a substantive Sergeant."
            ),
            gate(
                (plain("For transfer you must have served in the rank of Inspector"),),
                (plain("uk/sergeant", for_months=24),),
            ),
        ),
        (
            (
                "Rejoiners must have held the rank of Chief Inspector. Promotion candidates must be substantive "
                "Sergeants who have passed the inspectors' exam."
            ),
            gate(
                (plain("uk/chief-inspector"),),
                (plain("uk/sergeant"), plain("course/nppf-exam-inspector")),
            ),
        ),
        (
            (
                "All must have passed the strategic command course. On transfer you must be a Chief Inspector. "
                "On promotion you must be a Sergeant."
            ),
            gate((plain(SCC), plain("uk/chief-inspector")), (plain(SCC), plain("uk/sergeant"))),
        ),
    ],
)
def test_sentences_on_different_ways_into_a_rank_are_alternatives(
    line: str, expected: frozenset[tuple[Part, ...]]
) -> None:
    """Who transfers and who is promoted need not meet what the other must; what is asked of all stands in both."""
    assert {expected} == gates_of(line, title="Inspector")


def test_no_gate_asks_for_the_rank_itself() -> None:
    """What is asked of its holders a person judges, beside what opens it to others; alone it is no way to the rank."""
    assert set() == gates_of("Must be a substantive Inspector", "Has held the rank of Inspector", title="Inspector")
    found = gates_of("Must be a substantive Sergeant or Inspector", title="Inspector")
    assert {gate((plain("uk/sergeant"),), (plain("Inspector"),))} == found


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("The Superintendent expects you to have completed the SCC", {gate((plain(SCC),))}),
        ("You must have completed the SCC for these Sergeant posts", {gate((plain(SCC),))}),
        ("Superintendents expecting promotion must have completed the SCC", None),
        ("The SCC is the minimum or essential course for entry to senior ranks, and for staff", {gate((plain(SCC),))}),
    ],
)
def test_who_asks_and_what_is_to_be_filled_is_no_rank_to_have_held(
    line: str, expected: set[frozenset[tuple[Part, ...]]] | None
) -> None:
    """A chief who expects something is not what an applicant must be; a group of holders may be."""
    ranks = {part[0] for one in gates_of(line) for option in one for part in option if part[0].startswith("uk/")}
    assert gates_of(line) == expected if expected else ranks


def test_the_name_of_a_gate_is_short() -> None:
    """Words that a person judges come without "applicants must", and no more than fit a line."""
    words = "be able to show that all they did in their whole career was done with care, in every post that they had"
    (found,) = annotated(f"Applicants must have served as a Sergeant or {words}").gates
    assert found.name.startswith("Sergeant or be able to show that all they did")
    assert len(found.name) <= 100
    assert ["completed probation"] == [one.name for one in annotated("Officers must have completed probation").gates]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "Candidates for Chief Inspector must have served two years as an Inspector.",
            {gate((plain("uk/inspector", for_months=24),))},
        ),
        ("A temporarily promoted sergeant must be a substantive constable.", {gate((plain("uk/constable"),))}),
        (
            "An officer may be promoted to sergeant or inspector only if they have passed the NPPF legal exam.",
            {gate((plain("course/nppf-exam"),))},
        ),
    ],
)
def test_the_rank_that_is_aimed_at_is_no_condition(line: str, expected: set[object]) -> None:
    """It is what candidates want."""
    assert expected == gates_of(line, education=False)
