"""Find the questions of the catalogue that a sentence may mean, by the words of their names, titles and help."""

from __future__ import annotations

import re
from collections import Counter
from math import log
from typing import TYPE_CHECKING

from queries import catalogue
from queries.parameters.titles import rank_names

if TYPE_CHECKING:
    from queries.catalogue import Question

_MOST = 3
_WEIGHTS = {"name": 3, "title": 2, "prose": 0.5}
_STEM = 6
"""Words are alike by so many first letters: authorise, authorises, authorisation."""

_LONGEST = 5
"""Words in the longest name of a rank that is looked for."""

_IN_OUR_WORDS = {
    **dict.fromkeys(("need", "needs", "needed", "qualify", "eligible"), "requirements asks conditions gates"),
    **dict.fromkeys(("become", "get", "promoted", "promotion", "reach"), "way rank another step pathway"),
    **dict.fromkeys(("difference", "differ", "lack", "missing"), "gap asks another"),
    **dict.fromkeys(("change", "changes", "changing", "reform", "proposed", "future"), "changes ahead proposed"),
    **dict.fromkeys(("after", "next", "above"), "follow next"),
    **dict.fromkeys(("boss", "manager", "manages"), "manages command"),
    **dict.fromkeys(("expire", "expires", "lapse", "renew"), "expiring ends"),
}
"""What people say, in words of the catalogue."""


def likely(sentence: str) -> list[str]:
    """Return commands for the three questions that a sentence most likely means, the likeliest first; none if none is.

    The ranks that it names stand in them; what else they need stands as a word in capitals.

    >>> likely("what do I need for inspector?")[0]
    'rankgraph ask gates --rank inspector'
    >>> likely("xyzzy plugh")
    []
    """
    ranks, words = _ranks_and_words(sentence)
    wanted = {_stem(one) for word in words for one in (word, *_IN_OUR_WORDS.get(word, "").split())}
    questions = [one for one in catalogue.questions() if one.severity is None]
    texts = {one.name: _weights(one) for one in questions}
    spread = Counter(word for weights in texts.values() for word in weights)
    scores = {
        one.name: sum(
            weight * log(len(texts) / spread[word]) for word, weight in texts[one.name].items() if word in wanted
        )
        * _fit(one, len(ranks))
        for one in questions
    }
    best = sorted((one for one in questions if scores[one.name] > 0), key=lambda one: -scores[one.name])
    return [_command(one, ranks) for one in best[:_MOST]]


def _stem(word: str) -> str:
    return word.removesuffix("s")[:_STEM]


def _weights(question: Question) -> dict[str, float]:
    """Return the words of a question, each with the weight of the weightiest place where it stands."""
    places = {"prose": question.prose, "title": question.title, "name": question.name}
    return {_stem(w): _WEIGHTS[at] for at, text in places.items() for w in re.findall(r"[a-z]+", text.casefold())}


def _needed(question: Question) -> list[str]:
    return [one.name for one in question.parameters if one.kind in {"rank", "role"} and not one.optional]


def _fit(question: Question, ranks: int) -> float:
    """Return how well a question suits the number of ranks that are named: others are less likely."""
    others = [one for one in question.parameters if not one.optional and one.kind not in {"rank", "role"}]
    return (1 if len(_needed(question)) == ranks else 0.4) * (0.7 if others else 1)


def _ranks_and_words(sentence: str) -> tuple[list[str], list[str]]:
    """Return the ranks that a sentence names, in its words, and its other words."""
    words, ranks, others = re.findall(r"[a-z']+", sentence.casefold()), list[str](), list[str]()
    names = rank_names()
    while words:
        length = next((size for size in range(_LONGEST, 0, -1) if " ".join(words[:size]) in names), 0)
        (ranks if length else others).append(" ".join(words[: length or 1]))
        words = words[length or 1 :]
    return ranks, others


def _command(question: Question, ranks: list[str]) -> str:
    """Return the command of a question with the ranks that it needs, as far as they were named."""
    needed = _needed(question)
    given = dict(zip(needed[-1:] if len(ranks) == 1 else needed, ranks, strict=False))
    options = []
    for one in question.parameters:
        if not one.optional:
            value = given.get(one.name, one.name.upper())
            options.append(f" --{one.name.replace('_', '-')} {f'{chr(34)}{value}{chr(34)}' if ' ' in value else value}")
    return f"rankgraph ask {question.name}{''.join(options)}"
