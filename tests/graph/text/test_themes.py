"""Themes, against pairs that were judged by hand; and groups by complete linkage, against the slow way."""

from __future__ import annotations

import itertools
import random
from functools import cache

import pytest

from graph.text.alignment import Text, align
from graph.text.likeness import SAME, likeness, similar, subject
from graph.text.linkage import linked
from tests.harness.real import lines_of, needed
from tests.oracles.judged_pairs import LIKE_DUTIES, OTHER_DUTIES, OTHER_THEME, SAME_THEME, Pair, sentence, sentences
from tests.oracles.themes import joined

WORDS = ("plan", "team", "budget", "risk", "crime", "board", "change", "staff")


@cache
def theme_of() -> dict[str, int]:
    """Return the number of the theme of each sentence; kinds are not kept apart here, which is harder."""
    groups = linked(sentences(), similar(sentences()))
    return {key: number for number, group in enumerate(groups) for key in group}


def together(pairs: tuple[Pair, ...]) -> set[Pair]:
    """Return the pairs that are in one theme."""
    return {(one, other) for one, other in pairs if theme_of()[one] == theme_of()[other]}


@needed
@pytest.mark.real
class TestJudgedPairs:
    """What a reader says of two sentences."""

    def test_enough_pairs_were_judged(self) -> None:
        """More than sixty, half of them of one theme, and no two of those are printed alike."""
        alike = [pair for pair in SAME_THEME if sentence(pair[0]) == sentence(pair[1])]
        assert (52, 54, []) == (len(set(SAME_THEME)), len(set(OTHER_THEME)), alike)

    def test_no_theme_holds_two_that_ask_for_different_things(self) -> None:
        """Not one of the pairs that a reader keeps apart."""
        assert set() == together(OTHER_THEME)

    def test_what_asks_for_the_same_is_in_one_theme(self) -> None:
        """At least 48 of the 52 pairs."""
        assert len(together(SAME_THEME)) >= 48, set(SAME_THEME) - together(SAME_THEME)

    def test_only_what_was_judged_to_ask_for_the_same_is_similar(self) -> None:
        """Of all that the five documents ask for, but for what they print alike."""
        found = {(one, other) for one, other, _ in similar(sentences())}
        judged = {tuple(sorted(pair)) for pair in SAME_THEME}
        assert judged == {pair for pair in found if len({sentence(key).rstrip(". ").casefold() for key in pair}) > 1}

    def test_the_threshold_lies_in_the_gap_between_pairs_and_others(self) -> None:
        """No pair of one theme scores under 72, nothing else over 43."""
        same = {frozenset(pair) for pair in SAME_THEME}
        inside: list[float] = []
        outside: list[float] = []
        for one, other in itertools.combinations(sentences(), 2):
            if sentence(one).rstrip(". ").casefold() != sentence(other).rstrip(". ").casefold():
                score = likeness(subject(sentence(one)), subject(sentence(other)))
                (inside if frozenset((one, other)) in same else outside).append(score)
        assert (min(inside) >= 72, max(outside) <= 43) == (True, True), (min(inside), max(outside), SAME)

    def test_like_duties_of_two_ranks_score_more_than_the_others(self) -> None:
        """Those that share one half only stay under the threshold; where one was split, the parts count together."""
        found: dict[Pair, float] = {}
        for upper, lower in (("001", "002"), ("000", "001")):
            above, below = (list(lines_of(number, "accountabilities").items()) for number in (upper, lower))
            for pair in align([Text(text) for _, text in below], [Text(text) for _, text in above]):
                found[f"{upper}:{above[pair.new][0]}", f"{lower}:{below[pair.old][0]}"] = pair.score
        assert set(LIKE_DUTIES) == {pair for pair, score in found.items() if score >= SAME}
        assert set(OTHER_DUTIES) == {pair for pair, score in found.items() if score < SAME}


def drawn(seed: int) -> dict[str, str]:
    """Return texts of few words, many of them as like each other as others are."""
    draw = random.Random(seed)  # noqa: S311 -- the same texts each time
    return {f"t{number}": " ".join(draw.choices(WORDS, k=draw.randint(3, 6))) for number in range(25)}


@pytest.mark.parametrize("seed", range(20))
def test_groups_are_those_of_the_slow_way(seed: int) -> None:
    """All pairs of a group are alike, and of ties the first texts are joined."""
    texts = drawn(seed)
    pairs = similar(texts)
    assert sorted(map(sorted, joined(texts, pairs))) == sorted(map(sorted, linked(texts, pairs)))


@pytest.mark.parametrize("seed", range(20))
def test_groups_do_not_depend_on_the_order_of_texts_or_on_their_ids(seed: int) -> None:
    """Whatever was loaded first."""
    texts = dict(zip(sorted(set(drawn(seed).values())), itertools.count()))  # equal texts would be one
    ids = list(texts.values())
    random.Random(seed).shuffle(ids)  # noqa: S311 -- the same order each time
    groups = []
    for keys in (sorted(ids), ids):
        named = {f"t{key}": text for key, text in zip(keys, texts, strict=True)}
        groups.append(sorted(sorted(named[key] for key in group) for group in linked(named, reversed(similar(named)))))
    assert groups[0] == groups[1]


def test_a_chain_of_likes_is_not_one_group() -> None:
    """Two that are like a third and not each other are apart; the better pair is together."""
    pairs = [("a", "b", 80.0), ("b", "c", 90.0)]
    assert [["a"], ["b", "c"]] == [sorted(group) for group in linked({"a": "x", "b": "y", "c": "z"}, pairs)]


def test_of_two_pairs_that_are_equally_alike_the_first_in_the_order_of_texts_is_joined() -> None:
    """The ids say the contrary."""
    pairs = [("a", "b", 80.0), ("b", "c", 80.0)]
    assert [["b", "c"], ["a"]] == [sorted(group) for group in linked({"a": "z", "b": "y", "c": "x"}, pairs)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Experience of running a risk framework", "Experience of running an audit framework", False),
        ("Experience of large budgets", "Experience of very large budgets", True),
        ("Knowledge of custody law", "Knowledge of firearms law", False),
        ("Able to embed a wide plan for custody staff", "Developing an effective plan for custody staff", True),
        ("Knowledge of evidence", "Knowledge of evidence at a high level", True),
    ],
)
def test_words_of_degree_make_nothing_alike_and_nothing_different(one: str, other: str, *, same: bool) -> None:
    """What counts is what is asked for."""
    assert same == bool(similar({"one": one, "other": other}))
