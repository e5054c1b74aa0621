"""What joins the parts of a hard condition: and, or, either, and connectors that join nothing."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from loaders.facts.document import facts
from loaders.profile import Statement
from tests.builders.gate_lines import A7, ELP, PNAC, SCC, Part, annotated, gate, gates_of, plain


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


def test_a_condition_longer_than_any_author_writes_is_for_a_person_to_judge() -> None:
    """It is one alternative, in its own words: no rule puts hundreds in order."""
    line = " or ".join(["SCC"] * 400)
    assert {gate((plain(" ".join(line.split()[:99])),))} == gates_of(line)


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
        (
            "Sergeant with the Tall Mast or the inspectors' exam",
            [
                (plain("uk/sergeant"), plain("with the Tall Mast")),
                (plain("uk/sergeant"), plain("course/nppf-exam-inspector")),
            ],
        ),
        ("The Tall Mast or the SCC", [(plain("The Tall Mast"),), (plain(SCC),)]),
        (
            "Substantive sergeants or inspectors holding a boat ticket",
            [
                (plain("uk/sergeant"), plain("holding a boat ticket")),
                (plain("uk/inspector"), plain("holding a boat ticket")),
            ],
        ),
        ("Sergeants who have held the rank for two years", [(plain("uk/sergeant", for_months=24),)]),
        (
            "Applicants must hold at least the substantive rank of Sergeant or Inspector",
            [(plain("uk/sergeant", at_least=True),), (plain("uk/inspector", at_least=True),)],
        ),
        ("PIP 1 accreditation; PIP 2 is desirable", [(plain("course/pip-1"),)]),
        ("Substantive Sergeant; tall mast ticket", [(plain("uk/sergeant"), plain("tall mast ticket"))]),
        ("Substantive Sergeant, trained at sea", [(plain("uk/sergeant"), plain("trained at sea"))]),
        (
            "Substantive Inspector or a Sergeant with a tall mast ticket",
            [(plain("uk/inspector"),), (plain("uk/sergeant"), plain("with a tall mast ticket"))],
        ),
    ],
)
def test_alternatives_keep_what_each_asks(line: str, options: list[tuple[Part, ...]]) -> None:
    """No alternative is lost, doubled, or given another's time."""
    assert {gate(*options)} == gates_of(line)


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
    stated = said.model_copy(update={"purpose": (Statement(text="Leads a team.", lines=(1, 1)),)})
    found = facts(stated, frozenset({("Role", "uk/sergeant"), ("Role", "uk/inspector")}))
    assert len(found.nodes) > len(said.gates)
    parts = [part for one in said.gates for option in one.options for part in option]
    assert [] == [part for part in parts if not part.text.strip(" .,;:()-/") or part.target.endswith("/")]
    assert [] == [one for one in said.gates if not one.options or not all(one.options)]
    if education:
        judged = " ".join(part.text for part in parts if part.target.startswith("experience/"))
        targets = {part.target for part in parts}
        assert [] == [name for name in NAMES if name in words and NAMES[name] not in targets and name not in judged]
