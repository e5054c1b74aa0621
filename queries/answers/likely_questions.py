"""Find the questions of the catalogue that a sentence may mean, by the words of their names, titles and help."""

from __future__ import annotations

import re
from collections import Counter
from math import log
from typing import TYPE_CHECKING

from queries import catalogue
from queries.parameters.sentences import read_sentence
from queries.parameters.ways_in import rank_below

if TYPE_CHECKING:
    from queries.catalogue import Question
    from queries.parameters.sentences import Sentence

_MOST = 3
_WEIGHTS = {"name": 3, "title": 2, "prose": 0.5}
_STEM = 6
"""Words are alike by so many first letters: authorise, authorises, authorisation."""

_IN_OUR_WORDS = {
    **dict.fromkeys(("need", "needs", "needed", "qualify", "eligible"), "requirements asks conditions gates"),
    **dict.fromkeys(
        ("skills", "competencies", "qualifications", "knowledge", "course", "require"), "requirements asks"
    ),
    **dict.fromkeys(("exam", "nppf", "test", "fitness", "vetting", "long", "years", "serve"), "conditions gates hard"),
    **dict.fromkeys(("become", "get", "promoted", "promotion", "reach"), "way rank another step pathway"),
    **dict.fromkeys(("difference", "differ", "lack", "missing"), "gap asks another"),
    **dict.fromkeys(("change", "changes", "changing", "reform", "proposed", "future"), "changes ahead proposed"),
    **dict.fromkeys(("after", "next", "above"), "follow next"),
    **dict.fromkeys(("below", "skip", "straight"), "feeder reached"),
    **dict.fromkeys(("does", "job", "responsible", "responsibilities"), "duties"),
    **dict.fromkeys(("boss", "manager", "manages", "report", "reports"), "chain manages command"),
    **dict.fromkeys(("sign", "signs", "approve", "approves"), "authorise"),
    **dict.fromkeys(("deals", "works", "work", "mopac", "iopc", "ipcc", "hmic", "cobr"), "body ranks have with do"),
    **dict.fromkeys(("expire", "expires", "lapse", "renew"), "expiring ends"),
    **dict.fromkeys(("many", "strength", "headcount"), "establishment strength"),
    **dict.fromkeys(("only", "alone", "lose"), "single points only"),
    **dict.fromkeys(("vacancy", "unfilled", "empty"), "vacancies posts nobody"),
    **dict.fromkeys(("buy", "train", "book"), "training demand courses"),
    **dict.fromkeys(("rule", "written", "say", "says"), "source fact"),
}
"""What people say, in words of the catalogue."""

_SAYS_NOTHING = re.compile(
    "an?|and|are|as|at|be|can|could|do|for|go|have|how|i|in|is|it|me|must|my|of|on|one|or|our|should|that|the|there"
    "|they|this|to|us|was|we|what|when|where|which|who|will|with|would"
)

_COMMANDS = {
    **dict.fromkeys(("gates", "gate-status"), ("gates TO", "pathway FROM TO", "gap FROM TO")),
    "requirements-of": ("rank TO",),
    "pathway": ("pathway FROM TO", "gates TO"),
    "pathway-gap": ("pathway-gap FROM TO",),
    "rank-gap": ("gap FROM TO",),
    "training-demand": ("training-plan", "ask training-demand"),
    **{
        name: (name,) for name in ("conflicts", "expiring", "growth", "heat-map", "single-points", "trend", "vacancies")
    },
}
"""Questions that commands answer on a screen of their own; those come before the rows of the question."""

_OPTIONS = {**dict.fromkeys(("gates", "pathway", "gap"), "--in"), "pathway-gap": "--force", "rank": "--force"}
"""The commands on ranks, and the option by which each takes a force; all but rank take --held-rank."""

_EXAMPLE = ("sergeant", "inspector")
"""The ranks of a command where a sentence names none."""


def likely(sentence: str) -> list[str]:
    """Return three commands that a sentence most likely means, the likeliest first; none if none is.

    The ranks that it names stand in them, with the force and since when a rank is held, and below one alone the rank
    that is promoted to it; where it names none, sergeant and inspector. What else they need is a word in capitals.

    >>> likely("what do I need for inspector?")
    ['rankgraph gates inspector', 'rankgraph pathway sergeant inspector', 'rankgraph gap sergeant inspector']
    >>> likely("xyzzy plugh")
    []
    """
    read = read_sentence(sentence)
    words = [word for word in read.words if not _SAYS_NOTHING.fullmatch(word)]
    wanted = {_stem(one) for word in words for one in (word, *_IN_OUR_WORDS.get(word, "").split())}
    questions = [one for one in catalogue.questions() if one.severity is None]
    texts = {one.name: _weights(one) for one in questions}
    spread = Counter(word for weights in texts.values() for word in weights)
    scores = {
        one.name: sum(
            weight * log(len(texts) / spread[word]) for word, weight in texts[one.name].items() if word in wanted
        )
        * _fit(one, len(read.ranks))
        for one in questions
    }
    best = sorted((one for one in questions if scores[one.name] > 0), key=lambda one: -scores[one.name])
    commands = dict.fromkeys(command for one in best[:_MOST] for command in _commands(one, read))
    return list(commands)[:_MOST]


def _commands(question: Question, read: Sentence) -> list[str]:
    forms, ranks = _COMMANDS.get(question.name), read.ranks
    if forms is None:
        return [_command(question, read)]
    start, aim = (read.start or rank_below(ranks[0]), ranks[0]) if len(ranks) == 1 else ranks[:2] or _EXAMPLE
    start = rank_below(aim) if start == aim else start
    words = {"FROM": _quoted(start), "TO": _quoted(aim)}
    return [
        f"rankgraph {' '.join(words.get(one, one) for one in form.split())}{_options(form, start, read)}"
        for form in forms
        if start or "FROM" not in form
    ]


def _options(form: str, start: str, read: Sentence) -> str:
    """Return the options of a command that say the force, and since when a rank is held."""
    if (command := form.partition(" ")[0]) not in _OPTIONS:
        return ""
    place = f" {_OPTIONS[command]} {_quoted(read.force)}" if read.force else ""
    if command == "rank" or not (read.start or read.since):
        return place
    held = ":".join(filter(None, (read.start or start, read.since)))
    return f"{place} --held-rank {_quoted(held)}"


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name


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


def _command(question: Question, read: Sentence) -> str:
    """Return the command of a question with the ranks that it needs, as far as they were named."""
    needed, ranks = _needed(question), read.ranks
    given = dict(zip(needed[-1:] if len(ranks) == 1 else needed, ranks, strict=False))
    options = []
    for one in question.parameters:
        if not one.optional:
            value = given.get(one.name, one.name.upper())
            options.append(f" --{one.name.replace('_', '-')} {_quoted(value)}")
    force = f" --force {_quoted(read.force)}" if read.force and needed else ""
    return f"rankgraph ask {question.name}{''.join(options)}{force}"
