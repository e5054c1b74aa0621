"""Whom a line bars, and whom it does not: clauses with numbers, what is desirable, the rank that an exam is for."""

from __future__ import annotations

import pytest

from loaders import annotate
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
