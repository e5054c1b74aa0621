"""Pay and the length of an appointment, in the ways that adverts and forms print them."""

from __future__ import annotations

import pytest

from loaders.fields.pay import pay_lines, term_months
from loaders.layout.lines import logical_lines


@pytest.mark.parametrize(
    ("text", "within", "expected"),
    [
        ("£82,000 - £90,500", False, {("GBP", 82_000), ("GBP", 90_500)}),
        ("£61,614 - £64,092 plus London allowance.", False, {("GBP", 61_614), ("GBP", 64_092)}),
        ("Inspector range: GBP 57,399 to GBP 59,772", True, {("GBP", 57_399), ("GBP", 59_772)}),
        ("GBP 57,399 - 59,772", False, {("GBP", 57_399), ("GBP", 59_772)}),
        ("▪ Scale 5, SCP 18 to 22, £30,060 to £32,076 rising each April", True, {("GBP", 30_060), ("GBP", 32_076)}),
        ("Salary of €60,000 - 70,000 a year", False, {("EUR", 60_000), ("EUR", 70_000)}),
        ("Handles a budget of £3m", False, set()),
        ("Seized £82,000 in cash", False, set()),
        ("Room GBP 4, floor 2", False, set()),
    ],
)
def test_amounts_of_pay(text: str, within: bool, expected: set[tuple[str, int]]) -> None:
    """A range alone on a line is pay; a currency has its sign or its three letters."""
    lines = pay_lines(logical_lines([text]), within=within)
    assert expected == {(line.currency, line.amount) for line in lines}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Term: five years, with the possibility of extension", 60),
        ("Length of post: 18 months", 18),
        ("Contract: fixed term, two years", 24),
        ("Duration: 2 years (may be extended)", 24),
        ("A. Yes. It is for five years in the first instance.", 60),
        ("The post is offered for 12 months", 12),
        ("The training is for five years", None),
        ("Experience: five years in the rank", None),
        ("Length of service: two years", None),
        ("Must have served for two years", None),
    ],
)
def test_the_length_of_an_appointment(text: str, expected: int | None) -> None:
    """It stands behind a label or in a sentence on the post; other lengths of time are none."""
    assert expected == term_months([text])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Salary: £40,000 plus London allowance £3,000", [("Salary", "year"), ("London allowance", "year")]),
        ("Basic pay £40,000 to £45,000 a year", [("Basic pay", "year"), ("Basic pay", "year")]),
        ("Wage: £40,000 rising to £45,000 per annum", [("Wage", "year"), ("Wage", "year")]),
    ],
)
def test_both_ends_of_a_range_are_the_same_pay(text: str, expected: list[tuple[str, str | None]]) -> None:
    """Name and period are those of the range; a name keeps its letters."""
    assert expected == [(one.name, one.per) for one in pay_lines(logical_lines([text]), within=True)]
