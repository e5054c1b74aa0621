"""How alike two texts are: our own measure, the same on every engine."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain

from rapidfuzz.distance import Indel

from graph.ids import canonical

SIMILAR = 53.0
"""Statements of two editions of one text score at least this when they may be the same, reworded.

Measured on the five real documents by tests/graph/text/test_likeness.py: statements that an annotator pairs
score 61 to 100, all others at most 45; this is the middle.
"""

SAME = 70.0
"""Texts of one kind that stand alone score at least this when they ask for the same.

Measured on judged pairs of the real documents by tests/graph/text/test_themes.py: requirements that ask for the same
score 72 to 100 by their `subject`, all others at most 43; like duties of two ranks 75 to 100 by their stems, others
at most 61. Short texts that share two of three stems (66.7) do not ask for the same.
"""

_SHARE = (SAME - 0.05) / (200 - SAME + 0.05)
"""The share of its stems that a text has in common with any that scores `SAME`, rounded to one decimal."""

_STEM = 7
_ENDINGS = ("ing", "ed", "es", "s", "e")
_EMPTY = frozenset(
    (
        *("a", "able", "an", "and", "at", "be", "being", "for", "highly", "in", "of", "or", "skilled"),
        *("successful", "successfully", "that", "the", "their", "to", "with", "within"),
    )
)
_DEGREE = frozenset(
    (
        *("effective", "effectively", "good", "high", "level", "levels", "more", "most", "range", "significant"),
        *("sound", "substantial", "very", "wide", "use", "used", "uses", "using"),
        *("ability", "demonstrable", "demonstrate", "demonstrating", "experience", "experienced", "has"),
        *("have", "knowledge", "show", "skill", "skills", "understanding"),
    )
)
"""Words that say how much, how well or in what form something is asked for, and not what."""

_LIGHT = frozenset(
    (
        *("build", "creat", "deliver", "develop", "driv", "embed", "embedd", "impleme", "lead", "maintai", "manag"),
        *("operat", "provid"),
    )
)
"""Stems of verbs that say little of what is asked for when it begins with them."""

_SHORT = 3
"""What is left of so few stems keeps the verb that it begins with."""


def stems(text: str) -> tuple[str, ...]:
    """Return the distinct stems of a text's content words, sorted; endings and empty words are dropped.

    >>> stems("Managing the budgets")
    ('budget', 'manag')
    """
    words = (word for word in re.findall(r"[a-z0-9]+", canonical(text)) if word not in _EMPTY)
    return tuple(sorted({_stem(word) for word in words}))


def subject(text: str) -> tuple[str, ...]:
    """Return the distinct stems of what a requirement asks for, sorted: without words of degree, and without the verb.

    >>> subject("Experience of embedding an effective performance management framework")
    ('framewo', 'managem', 'perform')
    """
    words = re.findall(r"[a-z0-9]+", canonical(text))
    asked = [_stem(word) for word in words if word not in _EMPTY and word not in _DEGREE]
    while len(asked) > _SHORT and asked[0] in _LIGHT:
        del asked[0]
    return tuple(sorted(set(asked)))


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:  # noqa: PLR2004 -- shorter is no stem
            return word.removesuffix(ending)[:_STEM]
    return word[:_STEM]


def likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Score two texts, given as sorted stems, 0 to 100: twice the shared stems over all (Dice).

    >>> likeness(("budget", "manag"), ("budget", "manag", "people"))
    80.0
    """
    return round(100 * Indel.normalized_similarity(one, other), 1)


def similar(texts: Mapping[str, str]) -> list[tuple[str, str, float]]:
    """Return pairs of ids, the smaller first, whose texts ask for the same, with their score; each once, sorted.

    Only texts that share one of their rarest stems are compared, so few pairs are looked at.
    """
    stemmed = {key: subject(text) for key, text in texts.items()}
    return sorted(
        (one, other, score)
        for one, other in _candidates(stemmed)
        if (score := likeness(stemmed[one], stemmed[other])) >= SAME
    )


def _candidates(stemmed: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Yield, once each, the pairs of texts that share one of their rarest stems, among them all that score `SAME`.

    Of its n stems a text shares at least _SHARE * n with any that scores so: shared >= SAME / 200 * (n + m), and
    m >= shared. The rarest that two share is then among the n - _SHARE * n + 1 rarest of each.
    """
    holders = Counter(chain.from_iterable(stemmed.values()))
    by_rare_stem: defaultdict[str, list[str]] = defaultdict(list)
    for key, text_stems in stemmed.items():
        rarest = sorted(text_stems, key=lambda stem: (holders[stem], stem))
        rare = rarest[: len(rarest) - math.ceil(_SHARE * len(rarest)) + 1]
        yield from {(min(key, other), max(key, other)) for stem in rare for other in by_rare_stem[stem]}
        for stem in rare:
            by_rare_stem[stem].append(key)
