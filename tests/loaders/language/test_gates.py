"""Hard conditions read from words: alternatives, dates, ranks, and what only a person can judge."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.errors import DocumentErrors
from graph.nodes import Experience
from loaders import annotate, read
from loaders.facts.document import facts, facts_of_all
from loaders.files import Selection, read_all
from loaders.language.condition_terms import Terms, terms_of
from loaders.language.rank_titles import role_of
from loaders.profile import DocumentInfo, EducationLine, OptionPart, Profile, Statement

SHARED = Path(__file__).resolve().parents[3].parent / "shared"
BEFORE_2023 = "2023-01-01"
Part = tuple[str, str | None, bool, int | None, int | None]


def asked(part: OptionPart, most: int = 99) -> Part:
    """Return what a part asks, without its words; what a person judges stands as its first words."""
    target = " ".join(part.text.split()[:most]) if part.target.startswith("experience/") else part.target
    return (target, part.before, part.at_least, part.within_months, part.for_months)


def plain(target: str, **terms: object) -> Part:
    """Return what a part asks where only some terms are given."""
    part = OptionPart.model_validate({"target": target, "text": "", **terms})
    return (target, part.before, part.at_least, part.within_months, part.for_months)


def annotated(
    *lines: str,
    education: bool = True,
    title: str = "Inspector",
    organisation: str | None = None,
    desirable: bool = False,
) -> Profile:
    """Annotate a profile whose lines are all lines on education, or none of them."""
    return annotate(
        Profile(
            document=DocumentInfo(name="own.txt", sha256="0" * 64, format="pack"),
            role=role_of(title, organisation),
            edition="undated",
            education=tuple(
                EducationLine(text=line, lines=(number, number), necessity="desirable" if desirable else "essential")
                for number, line in enumerate(lines, 1)
                if education
            ),
        ),
        lines,
    )


def gates_of(
    *lines: str, education: bool = True, title: str = "Inspector", organisation: str | None = None
) -> set[frozenset[tuple[Part, ...]]]:
    """Return each gate as the set of its options."""
    said = annotated(*lines, education=education, title=title, organisation=organisation)
    return {frozenset(tuple(asked(part) for part in option) for option in gate.options) for gate in said.gates}


def gate(*options: tuple[Part, ...]) -> frozenset[tuple[Part, ...]]:
    """Return a gate as the set of its options."""
    return frozenset(options)


ELP, A7 = plain("course/elp"), plain("course/a7-authorising-officer")
PNAC, SCC = "course/senior-pnac", "course/scc"
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
    ("line", "expected"),
    [
        (
            "Successful completion of the SCC or equivalent",
            gate((plain(SCC),), (plain("Successful completion of the SCC or equivalent"),)),
        ),
        ("SCC and ELP, or Senior PNAC", gate((plain(SCC), ELP), (plain(PNAC),))),
        ("SCC, ELP or Senior PNAC", gate((plain(SCC),), (ELP,), (plain(PNAC),))),
        ("Either ELP or SCC, and the A7 course", gate((ELP, A7), (plain(SCC), A7))),
        ("The A7 course and either ELP or SCC", gate((A7, ELP), (A7, plain(SCC)))),
        (
            "PIP2 or the NIE and ten years of detective work",
            gate((plain("course/pip-2"),), (plain("course/nie"), plain("ten years of detective work"))),
        ),
        ("SCC and skill in law or finance", gate((plain(SCC), plain("skill in law or finance")))),
        ("Holds or is working towards PIP 2", gate((plain("course/pip-2"),), (plain("is working towards PIP 2"),))),
        ("Hold, or be willing to gain, PIP 2", gate((plain("course/pip-2"),), (plain("be willing to gain, PIP 2"),))),
        ("SCC passed before April 2019", gate((plain(SCC, before="2019-04-01"),))),
        ("NPPF legal exam passed within the last five years", gate((plain("course/nppf-exam", within_months=60),))),
        ("OSPRE Part I (Sergeant)", gate((plain("course/ospre-part-1"),))),
    ],
)
def test_courses_joined_by_words_open_a_gate_by_those_words(line: str, expected: frozenset[tuple[Part, ...]]) -> None:
    """And binds closer than or, but for a comma or "either"; promises and equivalents are for a person to judge."""
    assert {expected} == gates_of(line)


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
        gate((plain("uk/chief-inspector"),), (plain("uk/superintendent"),)),
        gate((plain("uk/inspector"),), (plain("officers who serve abroad"),)),
    }


@pytest.mark.parametrize(
    "line",
    [
        "Full driving licence",
        "Experience as a Sergeant in a busy station",
        "Knowledge of the PIP 2 curriculum",
        "PIP 2 accreditation is not required",
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


@pytest.mark.parametrize(
    ("line", "options"),
    [
        ("A degree, or completion of the SCC", [(plain("A degree"),), (plain(SCC),)]),
        (
            "PIP2 programme (Initial Crime Investigators Development Programme, ICIDP) or PIP Level 2 accreditation",
            [(plain("course/icidp"),), (plain("course/pip-2"),)],
        ),
        (
            "Has held the rank of Sergeant or Inspector for at least two years",
            [(plain("uk/sergeant", for_months=24),), (plain("uk/inspector", for_months=24),)],
        ),
        (
            "Has been a sergeant, or a constable with two years' service",
            [(plain("uk/sergeant"),), (plain("uk/constable", for_months=24),)],
        ),
        (
            "Three years as a constable, or two years for graduates",
            [(plain("uk/constable", for_months=36),), (plain("uk/constable", for_months=24), plain("for graduates"))],
        ),
        (
            "Must hold at least Sergeant or Inspector rank",
            [(plain("uk/sergeant", at_least=True),), (plain("uk/inspector", at_least=True),)],
        ),
        ("Have completed the SCC; and", [(plain(SCC),)]),
        (
            "Sergeant or Inspector, with at least two years' service",
            [(plain("uk/sergeant", for_months=24),), (plain("uk/inspector", for_months=24),)],
        ),
        ("Level 3 qualification and PIP Level 2", [(plain("Level 3 qualification"), plain("course/pip-2"))]),
        ("PIP Level 1 is essential and the SCC is desirable", [(plain("course/pip-1"),)]),
        ("Completed the SCC (or ELP)", [(plain(SCC),), (ELP,)]),
    ],
)
def test_alternatives_keep_what_each_asks(line: str, options: list[tuple[Part, ...]]) -> None:
    """No alternative is lost, doubled, or given another's time."""
    assert {gate(*options)} == gates_of(line)


def test_criteria_that_name_a_course_or_a_rank_held_are_gates_and_no_experience() -> None:
    """The line stays among the criteria; the others are experience to have."""
    lines = ("Have completed the SCC", "Has held the rank of Inspector", "Be able to lead change")
    bare = annotated(*lines, education=False)
    said = annotate(
        bare.model_copy(
            update={"criteria": tuple(Statement(text=line, lines=(at, at)) for at, line in enumerate(lines, 1))}
        ),
        lines,
    )
    experience = {
        node.name for node in facts(said, frozenset({("Role", "uk/inspector")})).nodes if isinstance(node, Experience)
    }
    assert ([(1, 1), (2, 2)], {lines[2]}, 3) == ([one.lines for one in said.gates], experience, len(said.criteria))


@pytest.mark.parametrize(
    ("line", "options"),
    [
        ("Completed the SCC or", [(plain(SCC),), (plain("Completed the SCC or"),)]),
        ("Completed the SCC (or either) .", [(plain(SCC),), (plain("Completed the SCC (or either)"),)]),
        ("Completed the SCC and/or", [(plain(SCC),), (plain("Completed the SCC and/or"),)]),
        (
            "Has held the rank of Sergeant or a",
            [(plain("uk/sergeant"),), (plain("Has held the rank of Sergeant or a"),)],
        ),
        ("Completed the SCC and", [(plain(SCC),)]),
        ("Or the SCC", [(plain(SCC),)]),
        ("Either or the SCC", [(plain(SCC),)]),
        ("The SCC or or the ELP", [(plain(SCC),), (ELP,)]),
        ("The SCC, or, or (or) the ELP", [(plain(SCC),), (ELP,)]),
        ("The SCC and, and the ELP", [(plain(SCC), ELP)]),
        ("The SCC or - or the ELP", [(plain(SCC),), (ELP,)]),
        ("The SCC; ; or the ELP", [(plain(SCC),), (ELP,)]),
        ("The SCC and / or the ELP", [(plain(SCC),), (ELP,)]),
        ("The SCC or/and the ELP", [(plain(SCC),), (ELP,)]),
        ("The SCC or and the ELP", [(plain("The SCC or and the ELP"),)]),
        ("Has held the rank of Sergeant and, or the SCC", [(plain("Has held the rank of Sergeant and, or the SCC"),)]),
        ("Has held the rank of Sergeant or or the SCC", [(plain("uk/sergeant"),), (plain(SCC),)]),
        ("The SCC or, (https://force.example)", [(plain(SCC),), (plain("(https://force.example)"),)]),
    ],
)
def test_a_connector_that_joins_nothing_makes_no_alternative(line: str, options: list[tuple[Part, ...]]) -> None:
    """What an "or" at the end leaves open, and what "or and" means, are for a person to judge."""
    assert {gate(*options)} == gates_of(line)


@pytest.mark.parametrize(
    ("lines", "options"),
    [
        (("Applicants must be serving sergeants or", "above."), [(plain("uk/sergeant", at_least=True),)]),
        (
            ("Applicants must be serving sergeants or an", "inspector."),
            [(plain("uk/sergeant"),), (plain("uk/inspector"),)],
        ),
        (
            ("Applicants must be serving sergeants or", "", "See below."),
            [(plain("uk/sergeant"),), (plain("Applicants must be serving sergeants or"),)],
        ),
        (
            ("Substantive sergeants are sought, and applications are invited from.",),
            [(plain("uk/sergeant"), plain("applications are invited from"))],
        ),
    ],
)
def test_a_line_that_ends_in_a_connector_goes_on_in_the_next(
    lines: tuple[str, ...], options: list[tuple[Part, ...]]
) -> None:
    """However short it is, as in a text wrapped by hand."""
    assert {gate(*options)} == gates_of(*lines, education=False)


NAMES = {"the SCC": SCC, "the ELP": "course/elp", "PIP 2": "course/pip-2", "Sergeants": "uk/sergeant"}
JOINTS = [
    "or",
    "and",
    "either",
    "and/or",
    "and / or",
    "both",
    "or (",
    ")",
    ",",
    ";",
    "-",
    "/",
    "(www.force.example)",
    "a",
]


@example(words=["the SCC", "or", "-", "(www.force.example)"], education=False, wrapped=False)
@example(words=["(www.force.example)", "Sergeants", "the SCC"], education=True, wrapped=False)
@example(words=["the SCC", "or (", "the ELP", ")"], education=True, wrapped=False)
@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.lists(st.sampled_from([*NAMES, *JOINTS, *JOINTS, "law", "above"]), min_size=1, max_size=9),
    st.booleans(),
    st.booleans(),
)
def test_no_option_and_no_part_of_a_gate_is_empty(words: list[str], education: bool, wrapped: bool) -> None:
    """Whatever connectors and signs stand where, facts can be made, and no name in a line on education is lost."""
    text = f"Must have held {' '.join(words)}"
    lines = text.replace(" or ", " or\n").split("\n") if wrapped and not education else [text]
    said = annotated(*lines, education=education)
    found = facts(said, frozenset({("Role", "uk/sergeant"), ("Role", "uk/inspector")}))
    assert len(found.nodes) > len(said.gates)
    parts = [part for one in said.gates for option in one.options for part in option]
    assert [] == [part for part in parts if not part.text.strip(" .,;:()-/") or part.target.endswith("/")]
    assert [] == [one for one in said.gates if not one.options or not all(one.options)]
    if education:
        judged = " ".join(part.text for part in parts if part.target.startswith("experience/"))
        targets = {part.target for part in parts}
        assert [] == [name for name in NAMES if name in words and NAMES[name] not in targets and name not in judged]


def _with_an_empty_part(number: int) -> Profile:
    said = annotated("Full driving licence", "Completed the SCC or the ELP")
    option = (OptionPart(target="experience/", text=""),)
    gates = tuple(one.model_copy(update={"options": (option,)}) for one in said.gates)
    document = said.document.model_copy(update={"name": f"{number}.txt"})
    return said.model_copy(update={"gates": gates, "document": document})


def test_what_the_ontology_does_not_allow_is_a_fault_of_the_document() -> None:
    """Every document at fault is named, with its line and what was found."""
    with pytest.raises(DocumentErrors) as caught:
        facts_of_all([_with_an_empty_part(1), annotated("Completed the SCC"), _with_an_empty_part(2)], frozenset())
    assert [
        f"{number}.txt:2: found '' as Option.name; expected String should have at least 1 character; "
        "reword the line, or leave the document out"
        for number in (1, 2)
    ] == str(caught.value).splitlines()


def test_a_value_that_no_profile_allows_is_a_fault_of_the_document() -> None:
    """Reading names the file, and goes on to the next."""

    def refused(_path: Path) -> Profile:
        return Profile.model_validate({**annotated("Completed the SCC").model_dump(), "edition": None})

    with pytest.raises(DocumentErrors) as caught:
        read_all(Selection([Path("one.txt"), Path("two.txt")]), refused)
    assert [
        f"{name}.txt: found None as Profile.edition; expected Input should be a valid string; "
        "reword the line, or leave the document out"
        for name in ("one", "two")
    ] == str(caught.value).splitlines()
