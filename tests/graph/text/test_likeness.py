"""The measure of likeness, against the pairs that an annotator sees in the real documents."""

from __future__ import annotations

import itertools
import random
import re

import pytest

from graph.text import likeness as likeness_module
from graph.text.likeness import SAME, SIMILAR, likeness, similar, stems, subject
from tests.harness.real import lines_of, needed

REWORDED = {
    ("002", "001", "skills"): {
        (65, 82),
        (66, 83),
        (67, 84),
        (68, 85),
        (69, 86),
        (70, 88),
        (71, 89),
        (72, 90),
        (73, 91),
    },
    ("002", "001", "education_experience"): {
        *((51, 64), (53, 66), (54, 67), (55, 68), (56, 69), (57, 70)),
        *((58, 71), (59, 72), (60, 73), (61, 74)),
    },
    ("003", "001", "accountabilities"): {
        *((193, 31), (194, 32), (198, 33), (199, 34), (200, 35), (201, 36), (202, 37), (203, 38)),
        *((204, 39), (205, 40), (206, 41), (207, 42)),
    },
}


def texts(number: str, field: str) -> dict[str, str]:
    """Return the texts of a field by document and line, without bullets."""
    return {
        f"{number}:{line}": re.sub(r"^[\s•–-]+", "", text.replace("\xa0", " "))
        for line, text in lines_of(number, field).items()
    }


@needed
@pytest.mark.real
@pytest.mark.parametrize("pair", REWORDED)
def test_similar_pairs_are_those_of_the_annotation(pair: tuple[str, str, str]) -> None:
    """Between two documents exactly the statements that an annotator pairs reach the threshold."""
    old, new, field = pair
    found = {
        (int(one[4:]), int(other[4:]))
        for one, text in texts(old, field).items()
        for other, text2 in texts(new, field).items()
        if likeness(stems(text), stems(text2)) >= SIMILAR
    }
    assert REWORDED[pair] == found


@needed
@pytest.mark.real
def test_the_threshold_lies_in_the_gap_between_pairs_and_others() -> None:
    """No pair of the annotation scores under 61, nothing else over 45, so the threshold has room on both sides."""
    inside: list[float] = []
    outside: list[float] = []
    for (old, new, field), pairs in REWORDED.items():
        for one, text in texts(old, field).items():
            for other, text2 in texts(new, field).items():
                score = likeness(stems(text), stems(text2))
                ((inside) if (int(one[4:]), int(other[4:])) in pairs else outside).append(score)
    assert (min(inside) >= 61, max(outside) <= 45) == (True, True), (min(inside), max(outside), SIMILAR)


@pytest.mark.parametrize("seed", range(20))
def test_candidates_lose_no_similar_pair(seed: int) -> None:
    """Comparing only texts that share a rare stem finds what comparing all with all finds."""
    draw = random.Random(seed)  # noqa: S311 -- the same texts each time
    words = ["".join(letters) for letters in itertools.product("bcdfg", "aeiou", "klmnp")]
    often = [1 / (place + 1) for place in range(len(words))]
    made = {f"t{i}": " ".join(draw.choices(words, often, k=draw.randint(1, 7))) for i in range(150)}
    everything = sorted(
        (one, other, score)
        for one, other in itertools.combinations(sorted(made), 2)
        if (score := likeness(subject(made[one]), subject(made[other]))) >= SAME
    )
    assert (everything, True) == (similar(made), len(everything) > 20)


def test_texts_that_share_only_frequent_words_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a thousand texts that all name the public and the team, only the two that are alike."""
    compared: list[object] = []
    count = likeness_module.likeness

    def counted(one: tuple[str, ...], other: tuple[str, ...]) -> float:
        compared.append(one)
        return count(one, other)

    monkeypatch.setattr(likeness_module, "likeness", counted)
    made = {f"t{i}": f"Serve the public and a team: abc{i}, def{i}, mno{i}, xyz{i}" for i in range(1000)}
    alike = {"u": "Serve the public more and a team: abc5, def5, mno5, xyz5"}
    assert ([("t5", "u", 100.0)], 1) == (similar(made | alike), len(compared))
