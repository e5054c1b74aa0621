"""Alignment of two texts: by hand, on the real documents, and against an optimum found by trying everything."""

from __future__ import annotations

from functools import cache
from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.text.alignment import ADDS, AWAY, PART, Pair, Scores, Text, align
from graph.text.likeness import SIMILAR, likeness, stems
from graph.text.rewording import change
from loaders import read
from loaders.profile import Statement
from tests.harness.real import needed, path_of

REAL = (needed, pytest.mark.real)
SECTIONS = ("accountabilities", "purpose", "skills", "education", "development", "learning")


def sentences(*texts: str, place: str = "") -> list[Text]:
    """Return statements of one place."""
    return [Text(text, place) for text in texts]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Lead the patrol team.", "Lead the patrol team", "identical"),
        ("Lead the patrol team.", "lead the patrol team", "identical"),
        ("Lead the Patrol Team.", "Lead the patrol team.", "form"),
        ("Lead the team, and plan its shifts.", "Leading the team and planning its shifts", "form"),
        ("Drive change; die trying", "Driving change: dying trying", "form"),
        ("Able to manage a budget", "managing a budget", "form"),
        ("Skilled in managing a budget", "managing a budget", "form"),
        ("To lead the team", "Leads the team", "form"),
        ("Lead the plan", "Lead the plans", "reworded"),
        ("Lead the team", "Lead a team", "reworded"),
        ("Lead the team and its work", "Leading the team. Its work", "reworded"),
        ("Lead the team", "Lead the team well", "reworded"),
        ("", "", "identical"),
    ],
)
def test_a_change_of_form_keeps_every_word(old: str, new: str, expected: str) -> None:
    """Verb forms, capitals, punctuation and what leads in are form; any other word is another wording."""
    assert (expected, expected) == (change(old, new), change(new, old))


def test_the_order_of_the_statements_does_not_matter() -> None:
    """What is equal or alike is paired wherever it stands."""
    old = sentences("Plan the rosters of a shift.", "Check every custody record.", "Buy boats.")
    new = sentences("Checking each custody record", "Train the dogs.", "Plan the rosters of a shift")
    assert (Pair(0, 2, "identical", 100.0), Pair(1, 0, "reworded", 75.0)) == align(old, new)


def test_a_statement_in_two_sentences_is_split() -> None:
    """What is left over joins the pair whose old statement holds what it says."""
    old = sentences("Plan the rosters of every shift each month and check the custody records of all stations.")
    new = sentences("Plan the rosters of every shift each month.", "Check the custody records of all stations.")
    pairs = align(old, new)
    assert (Pair(0, 0, "split", 100.0), Pair(0, 1, "split", 100.0)) == pairs
    assert tuple(Pair(pair.new, pair.old, "merged", pair.score) for pair in pairs) == align(new, old)


def test_what_adds_other_things_is_no_part() -> None:
    """A statement that would lift the score of a pair stays alone where most of it is not in the other text."""
    old = sentences("budget roster patrol custody search horse radio harbour bridge tunnel")
    new = sentences("budget roster patrol custody search horse", "radio harbour piano garden window")
    assert (Pair(0, 0, "reworded", 75.0),) == align(old, new)


def test_a_statement_that_changed_its_place_has_moved() -> None:
    """And what says it again in its old place is paired with it too."""
    old = sentences("Complete all yearly training of the force to keep a licence.", place="development")
    new = [
        *sentences("Complete all yearly training and reading of the force.", place="development"),
        *sentences("Complete all yearly training of the force to keep a licence", place="learning"),
    ]
    assert [(0, 0, "reworded"), (0, 1, "moved")] == [(pair.old, pair.new, pair.change) for pair in align(old, new)]


def test_a_statement_stays_in_its_place_where_it_can() -> None:
    """A text elsewhere has to be much nearer, unless it is the same."""
    old = sentences("Read widely on the law of custody and search.", place="development")
    new = [
        *sentences("Read widely on custody law and stop and search.", place="development"),
        *sentences("Reading widely on the law of search and custody.", place="learning"),
    ]
    assert {(0, 0)} == {(pair.old, pair.new) for pair in align(old, new)}


def test_equal_keys_are_one_thing_whatever_their_words() -> None:
    """The graph knows that two names are one course."""
    old, new = [Text("Authorising training", key="course/a7")], [Text("The A7 programme", key="course/a7")]
    assert (Pair(0, 0, "reworded", 0.0),) == align(old, new)


def test_things_are_not_paired_for_being_merely_alike() -> None:
    """Two laws with nearly one name are two laws."""
    old, new = sentences("Police Act 1996", "Code"), sentences("Police Act 1997", "Code")
    assert (Pair(1, 1, "identical", 100.0),) == align(old, new, alike=False)


def test_nothing_is_aligned_with_nothing() -> None:
    """An empty side has no pairs; texts without content words are paired when equal alone."""
    assert [(), (), (Pair(0, 0, "identical", 100.0),)] == [
        align([], sentences("A")),
        align(sentences("A"), []),
        align(sentences("of the"), sentences("Of the.", "to an")),
    ]


STEMS = st.frozensets(st.sampled_from("abcdefg"), min_size=1)


@settings(max_examples=60, deadline=None)
@given(st.lists(STEMS, max_size=5), st.lists(STEMS, max_size=5))
def test_scores_are_those_of_the_measure(old: list[frozenset[str]], new: list[frozenset[str]]) -> None:
    """All pairs at once score as each pair alone."""
    scores = Scores(old, new, PART)
    alone = {
        (one, other): score
        for one, first in enumerate(old)
        for other, second in enumerate(new)
        if (score := likeness(tuple(sorted(first)), tuple(sorted(second)))) >= PART
    }
    assert alone == {(one, other): score for one in range(len(old)) for other, score in scores.of_old(one, 5).items()}
    assert alone == {(one, other): score for other in range(len(new)) for one, score in scores.of_new(other, 5).items()}


WORDS = ("patrol", "custody", "search", "roster", "budget", "train", "dog", "boat")
TEXTS = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=5, unique=True).map(lambda words: " ".join(sorted(words))),
    min_size=1,
    max_size=5,
    unique=True,
)


def worth(old: list[str], new: list[str], pairs: list[tuple[int, int]]) -> float:
    """Return what an assignment gains: each pair its points above the least score, and a hundredth of its score."""
    scores = [likeness(stems(old[one]), stems(new[other])) for one, other in pairs]
    return round(sum(score - SIMILAR + score / 100 for score in scores if score >= SIMILAR), 6)


@settings(max_examples=80, deadline=None)
@given(TEXTS, TEXTS)
def test_the_assignment_is_the_best_of_all(old: list[str], new: list[str]) -> None:
    """No other way to pair what is not equal gains more."""
    same = [text for text in old if text in new]
    old, new = ([text for text in side if text not in same] for side in (old, new))
    small, large = sorted((old, new), key=len)
    choices = permutations(range(len(large)), len(small))
    best = max(worth(small, large, list(enumerate(choice))) for choice in choices)
    pairs = align(sentences(*old), sentences(*new))
    kept = [(pair.old, pair.new) for pair in pairs if pair.change not in {"split", "merged"}]
    first = [pair for pair in pairs if pair.change in {"split", "merged"}]
    ours = worth(old, new, kept)
    if first:  # the pair that a part joined was one of the assignment
        ours = max(worth(old, new, [*kept, *some]) for some in _one_to_one([(pair.old, pair.new) for pair in first]))
    assert best == ours


def _one_to_one(pairs: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Return the sets of pairs in which each statement stands once."""
    return [
        list(some)
        for size in range(len(pairs) + 1)
        for some in combinations(pairs, size)
        if len({one for one, _ in some}) == len(some) == len({other for _, other in some})
    ]


@cache
def statements(number: str, section: str) -> tuple[Statement, ...]:
    """Return a section of a real document."""
    return tuple(getattr(read(path_of(number)), section))


def paired(old: str, new: str, section: str) -> set[tuple[int, int, str]]:
    """Return the lines of pairs of one section, and how they changed."""
    one, other = statements(old, section), statements(new, section)
    pairs = align(sentences(*(said.text for said in one)), sentences(*(said.text for said in other)))
    return {(one[pair.old].lines[0], other[pair.new].lines[0], pair.change) for pair in pairs}


@needed
@pytest.mark.real
def test_parts_are_found_where_a_reader_finds_them() -> None:
    """Between the Commander's text and the Deputy Assistant Commissioner's one duty and two CPD lines are split."""
    found = {
        (section, *pair)
        for section in SECTIONS
        for pair in paired("002", "001", section)
        if pair[2] in {"split", "merged"}
    }
    assert {
        *(("accountabilities", 24, new, "split") for new in (37, 38)),
        *(("development", 99, new, "split") for new in (116, 117)),
        *(("development", 100, new, "split") for new in (118, 119)),
    } == found


@needed
@pytest.mark.real
def test_the_share_that_a_part_must_hold_lies_between_right_and_wrong() -> None:
    """What would lift the score of a pair and is no part holds less than ADDS by 0.05 at least."""
    wrong = [
        share
        for old, new in (("003", "001"), ("002", "003"), ("000", "001"), ("002", "000"))
        for section in ("accountabilities", "skills", "education", "development")
        for share in lifting(statements(old, section), statements(new, section))
        if share < ADDS
    ]
    assert max(wrong, default=0) <= ADDS - 0.05


def lifting(old: tuple[Statement, ...], new: tuple[Statement, ...]) -> list[float]:
    """Return, of each statement left over that would lift the score of a pair, what share of what it adds is held."""
    one, other = ([frozenset(stems(said.text)) for said in side] for side in (old, new))
    pairs = align(sentences(*(said.text for said in old)), sentences(*(said.text for said in new)))
    free = set(range(len(new))) - {pair.new for pair in pairs}
    found = []
    for pair in pairs:
        for number in free:
            whole, part = one[pair.old], other[number] - other[pair.new]
            before, after = (dice(whole, joined) for joined in (other[pair.new], other[pair.new] | part))
            if after > before and dice(whole, other[number]) >= PART:
                found.append(len(part & whole) / len(part))
    return found


def dice(one: frozenset[str], other: frozenset[str]) -> float:
    """Score two sets of stems."""
    return likeness(tuple(sorted(one)), tuple(sorted(other)))


@needed
@pytest.mark.real
def test_the_line_that_moved_is_nearer_to_its_new_place_by_more_than_is_asked() -> None:
    """The one sentence that changed its section scores 100 there and 53 where it stood."""
    (old,) = (said for said in statements("003", "development") if said.lines[0] == 314)
    at = {said.lines[0]: said for section in ("development", "learning") for said in statements("001", section)}
    there, here = (likeness(stems(old.text), stems(at[line].text)) for line in (99, 120))
    assert (100.0, True) == (there, there - here > AWAY)
