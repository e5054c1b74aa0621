"""Whom a line bars, and whom it does not: clauses with numbers, what is desirable, the rank that an exam is for."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from loaders import annotate, read
from loaders.profile import Criterion
from tests.builders.gate_lines import annotated


@pytest.mark.parametrize("mark", ["(a)", "4.1", "2.3.1", "iv)", "(12)"])
def test_a_clause_asks_once_whatever_its_number(mark: str) -> None:
    """The number of a clause is none of its words, so that the list and its sentence are one gate."""
    text = f"Sergeant\n\nEligibility\n\n{mark} You must have completed your probation in a UK force.\n"
    profile = annotated("You must have completed your probation in a UK force.")
    assert len(annotate(profile, text.splitlines()).gates) == 1


def test_a_desirable_criterion_bars_nobody() -> None:
    """Only what a person specification calls essential is a condition."""
    profile = annotated("x", education=False)
    for necessity, gates in (("essential", 1), ("desirable", 0)):
        line = Criterion.model_validate({"text": "PIP 2 accreditation", "lines": (1, 1), "necessity": necessity})
        assert len(annotate(profile.model_copy(update={"criteria": (line,)}), ["PIP 2 accreditation"]).gates) == gates


def test_the_rank_that_an_exam_is_for_may_not_apply() -> None:
    """Those who may apply hold the rank that is said of them, and have passed an exam for the next."""
    line = "Applications are invited from substantive sergeants who have passed the inspectors' exam."
    profile = annotated(line, education=False)
    assert ["uk/sergeant"] == [one.target for one in profile.relations if one.kind == "OPEN_TO"]


@pytest.mark.parametrize(
    ("line", "months"),
    [
        ("Two and a half years in the rank of Sergeant.", 30),
        ("You must have held the rank of Sergeant for no fewer than 30 months.", 30),
        ("Not fewer than 18 months in the rank of Sergeant.", 18),
        ("At least 1.5 years in the rank of Sergeant.", 18),
    ],
)
def test_a_time_in_rank_is_a_part_of_the_condition(line: str, months: int) -> None:
    """In whatever words it is."""
    assert [[("uk/sergeant", months)]] == [
        [(part.target, part.for_months) for part in option] for one in annotated(line).gates for option in one.options
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Passed the NPPF step 2 inspectors' exam since 1 January 2025.",
        "Passed the NPPF step 2 inspectors' exam after 2024.",
        "Completed the Strategic Command Course not many years ago.",
        "Passed the inspectors' exam (valid for five years).",
        "Pass the PIP 2 course within 12 months of appointment.",
        "Pass the PIP 2 course within two years of taking up the post.",
    ],
)
def test_a_time_that_is_not_understood_is_for_a_person_to_judge(line: str) -> None:
    """The exam or course alone does not open the gate."""
    options = [option for one in annotated(line).gates for option in one.options]
    assert options
    assert all(any(part.target.startswith("experience/") for part in option) for option in options)


def test_who_is_exempt_has_another_way() -> None:
    """Whether somebody is exempt a person judges; the exam opens the gate by itself."""
    (gate,) = annotated("Passed, or be exempt from, the sergeants' exam.").gates
    assert [["course"], ["experience"]] == [[part.target.partition("/")[0] for part in one] for one in gate.options]


def test_what_is_preferred_is_desirable(tmp_path: Path) -> None:
    """Among things that are essential too."""
    path = tmp_path / "sergeant.txt"
    lines = ("Promotion to Sergeant", "Eligibility", "Candidates must:", "- Have passed the NPPF step 2.")
    path.write_text("\n\n".join((*lines, "- Preferably have led a search.")), encoding="utf-8")
    assert {"essential": 1, "desirable": 1} == Counter(one.necessity for one in read(path).criteria)
