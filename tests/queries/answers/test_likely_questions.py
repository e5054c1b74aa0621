"""Which questions of the catalogue a sentence may mean."""

from __future__ import annotations

import shlex

import pytest

from cli import COMMANDS
from queries import catalogue
from queries.answers.likely_questions import likely
from queries.parameters.sentences import read_sentence

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
    "skills inspector": "rank inspector",
    "how long must I serve as a sergeant": "gates sergeant",
    "is the nppf required for inspector": "gates inspector",
    "what does a chief inspector do": 'ask duties-of --rank "chief inspector"',
    "responsibilities of a superintendent": "ask duties-of --rank superintendent",
    "who does a commander report to": "ask chain-of-command --rank commander",
    "which ranks work with the IOPC": "ask ranks-with-body --body BODY",
    "what rank is below inspector": "ask feeder-ranks --rank inspector",
    "how many officers do we have": "ask establishment",
    "where are we short of taser": "heat-map",
    "what training should we buy": "training-plan",
    "who only has one trained negotiator": "single-points",
    "who is responsible for custody": "ask who-is-accountable --words WORDS",
    "who signs off RIPA": "ask who-may-authorise --words WORDS",
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


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "what do I need for inspector in Kent after 3 years as sergeant?",
            ["gates inspector", "pathway sergeant inspector", "gap sergeant inspector"],
        ),
        (
            "I have been a sergeant for three years, what do I need for Kent inspector",
            ["gates inspector", "pathway sergeant inspector", "gap sergeant inspector"],
        ),
    ],
)
def test_the_force_and_the_time_that_a_sentence_names_stand_in_the_commands(
    monkeypatch: pytest.MonkeyPatch, sentence: str, expected: list[str]
) -> None:
    """The rank that is held is the one to start from."""
    monkeypatch.setattr("queries.parameters.sentences.today", lambda: "2026-11-30")
    assert [f"rankgraph {one} --in kent --held-rank sergeant:2023-11-30" for one in expected] == likely(sentence)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("inspector in the Met after 18 months as a sergeant", ("met", "sergeant", "2025-05-30")),
        (
            "sergeant since March 2021, inspector in Thames Valley Police",
            ("thames valley police", "sergeant", "2021-03"),
        ),
        ("I was made sergeant in 2019; inspector in Scotland?", ("scotland", None, None)),
        ("inspector of Kent Police with ten years", ("kent police", None, "2016-11-30")),
        ("inspector since 2022", (None, "inspector", "2022")),
        ("have I met the gates for inspector", (None, None, None)),
        ("2 years in", (None, None, "2024-11-30")),
        ("inspector after 3000 years", (None, None, None)),
        ("after years as sergeant", (None, None, None)),
        ("substantive sergeant, with 2 years as constable, for inspector", (None, "sergeant", None)),
        ("inspector: 2 years as constable and then 3 years as a sergeant", (None, "sergeant", "2023-11-30")),
        ("sergeant since 2021, temporary inspector since 2025: inspector?", (None, "sergeant", "2021")),
        ("acting inspector for 2 years, what of inspector", (None, None, None)),
        ("constables of ten years, now sgt, to inspector", (None, "sgt", None)),
        (
            "acting inspector since 2 March 2026, sergeant since 12 April 2021: inspector",
            (None, "sergeant", "2021-04-12"),
        ),
        ("I am a sergeant, 2 years as constable; inspector?", (None, "sergeant", None)),
    ],
)
def test_a_sentence_is_read_for_force_rank_and_time(
    monkeypatch: pytest.MonkeyPatch, sentence: str, expected: tuple[str | None, ...]
) -> None:
    """A word that is a force's name elsewhere names none; a year alone is no time."""
    monkeypatch.setattr("queries.parameters.sentences.today", lambda: "2026-11-30")
    read = read_sentence(sentence)
    assert expected == (read.force, read.start, read.since)
    assert read.ranks == ["inspector"] or sentence in {"2 years in", "after years as sergeant"} or "made" in sentence


def test_a_rank_that_is_only_named_on_the_way_is_not_held() -> None:
    """Of two that are aimed at the higher is meant, and who asks is below both."""
    read = read_sentence("I am a sergeant with 2 years as constable: what stands before inspector and chief inspector?")
    assert ("sergeant", ["chief inspector"]) == (read.start, read.ranks)


def test_the_rank_held_now_stands_in_the_commands_where_its_day_is_not_known() -> None:
    """How long a lower one was held before says nothing of since when."""
    expected = {f"rankgraph {one} --held-rank sergeant" for one in ("gates inspector", "gap sergeant inspector")}
    assert expected <= set(likely("substantive sergeant, with 2 years as constable, what do I need for inspector?"))


def test_a_question_takes_the_force_in_its_own_option() -> None:
    """Questions that name a rank take --force."""
    expected = 'rankgraph ask appointment-of --rank "chief constable" --force "south yorkshire"'
    assert expected == likely("who appoints the chief constable in South Yorkshire")[0]


def test_what_has_no_word_of_ours_suggests_nothing() -> None:
    """Nothing is guessed."""
    assert [] == likely("xyzzy plugh")
