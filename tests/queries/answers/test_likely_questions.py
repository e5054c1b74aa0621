"""Which questions of the catalogue a sentence may mean."""

from __future__ import annotations

import shlex

import pytest

from cli import COMMANDS
from queries import catalogue
from queries.answers.likely_questions import likely

SENTENCES = {
    "what do I need for inspector?": "gates inspector",
    "Who appoints the Met Commissioner?": 'ask appointment-of --rank "met commissioner"',
    "which ranks come after sergeant": "ask next-ranks --rank sergeant",
    "who can authorise intrusive surveillance": "ask who-may-authorise --words WORDS",
    "how do I get from constable to sergeant": "pathway constable sergeant",
    "how do I become a chief constable": 'pathway territorial/deputy-chief-constable "chief constable"',
    "difference between dac and met ac": 'gap dac "met ac"',
    "what is changing in policing": "ask changes-ahead",
    "when do my exams expire": "expiring",
    "who covers for the chief constable": 'ask cover --rank "chief constable"',
    "where do sources disagree": "conflicts",
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_likeliest_question_comes_first(sentence: str) -> None:
    """With the ranks that the sentence names; what it does not say stands in capitals."""
    found = likely(sentence)
    assert f"rankgraph {SENTENCES[sentence]}" == found[0]
    assert len(found) <= 3
    words = [shlex.split(one)[1:] for one in found]
    assert {name for command, *more in words if command == "ask" for name in more[:1]} <= {
        question.name for question in catalogue.questions()
    }
    assert {command for command, *_ in words} <= set(COMMANDS)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("what do I need for inspector?", ["gates inspector", "pathway sergeant inspector", "gap sergeant inspector"]),
        (
            "when can I be promoted",
            ["pathway sergeant inspector", "gates inspector", "pathway-gap sergeant inspector"],
        ),
    ],
)
def test_commands_with_a_screen_come_before_rows(sentence: str, expected: list[str]) -> None:
    """They run as they stand, with the rank below the one that is named, or with examples."""
    assert [f"rankgraph {one}" for one in expected] == likely(sentence)


def test_what_has_no_word_of_ours_suggests_nothing() -> None:
    """Nothing is guessed."""
    assert [] == likely("xyzzy plugh")
