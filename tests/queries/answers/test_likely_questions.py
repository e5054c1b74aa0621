"""Which questions of the catalogue a sentence may mean."""

from __future__ import annotations

import shlex

import pytest

from queries import catalogue
from queries.answers.likely_questions import likely

SENTENCES = {
    "what do I need for inspector?": "gates --rank inspector",
    "Who appoints the Met Commissioner?": 'appointment-of --rank "met commissioner"',
    "which ranks come after sergeant": "next-ranks --rank sergeant",
    "who can authorise intrusive surveillance": "who-may-authorise --words WORDS",
    "how do I get from constable to sergeant": "pathway --from constable --to sergeant",
    "how do I become a chief constable": 'pathway --from FROM --to "chief constable"',
    "difference between dac and met ac": 'rank-gap --from dac --to "met ac"',
    "what is changing in policing": "changes-ahead",
    "when do my exams expire": "expiring",
    "who covers for the chief constable": 'cover --rank "chief constable"',
    "where do sources disagree": "conflicts",
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_likeliest_question_comes_first(sentence: str) -> None:
    """With the ranks that the sentence names; what it does not say stands in capitals."""
    found = likely(sentence)
    assert f"rankgraph ask {SENTENCES[sentence]}" == found[0]
    assert len(found) <= 3
    assert {shlex.split(one)[2] for one in found} <= {question.name for question in catalogue.questions()}


def test_what_has_no_word_of_ours_suggests_nothing() -> None:
    """Nothing is guessed."""
    assert [] == likely("xyzzy plugh")
