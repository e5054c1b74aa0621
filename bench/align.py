"""Make two texts of many statements for the alignment to be timed: the second a re-issue of the first."""

from __future__ import annotations

from random import Random

from graph.text.alignment import Text

_VOCABULARY = 3000
_KEPT = 0.9
_CHANGED = 0.2
"""Share of statements that are kept, and of their words that change."""
_SHARED = ("police", "service", "officers", "team", "public", "plans", "support", "performance", "risk", "local")


def reissued(count: int, seed: int = 20260101) -> tuple[list[Text], list[Text]]:
    """Return so many statements of ten to thirty words, and as many of which one in ten is new, in another order."""
    random = Random(seed)  # noqa: S311  (a benchmark keeps no secrets)
    words = [f"w{number:x}ord" for number in range(_VOCABULARY)]
    old = [_sentence(random, words) for _ in range(count)]
    new = [_reworded(random, words, text) if random.random() < _KEPT else _sentence(random, words) for text in old]
    random.shuffle(new)
    return [Text(" ".join(text)) for text in old], [Text(" ".join(text)) for text in new]


def _sentence(random: Random, words: list[str]) -> list[str]:
    own = random.sample(words, random.randint(6, 20))
    return [*own, *random.sample(_SHARED, random.randint(4, len(_SHARED)))]


def _reworded(random: Random, words: list[str], text: list[str]) -> list[str]:
    return [random.choice(words) if random.random() < _CHANGED else word for word in text]
