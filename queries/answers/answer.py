"""What an answer is: rows with their sources and notes, whoever draws them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from graph.errors import AnswerError
from graph.rows import Row
from queries.catalogue import Question, question

K = TypeVar("K")

_NAMED = 5


@dataclass(frozen=True)
class Answer:
    """Rows, and what the user should know beside them; answers with more to draw have fields of their own.

    An answer that is no table has `parts` instead of rows, for JSON. `failed` says what is at fault with
    what was found: it is shown all the same, and the exit code is 1. `warnings` are notes that the readable form of
    the answer says in its own words; `rules` is the one to be read first: whose rules hold outside England and
    Wales, or that a way is no promotion. `doubts` say what it rests on that is out of date, superseded, old
    or of unknown start.
    """

    columns: tuple[str, ...]
    rows: Sequence[Row]
    notes: list[str]
    parts: Mapping[str, object] | None = None
    failed: str | None = None
    warnings: Sequence[str] = ()
    rules: str | None = None
    doubts: Sequence[str] = ()


def named(name: str) -> Question:
    """Return a question that the readable commands rest on. Raises AnswerError if its file is missing."""
    result = question(name)
    if result is None:
        raise AnswerError(f"the question {name} is missing from the installation; install rankgraph again")
    return result


def some(names: Sequence[str]) -> str:
    """Return the first of some names, and how many more there are.

    >>> some(["a", "b"]), some(["a", "b", "c", "d", "e", "f", "g"])
    ('a, b', 'a, b, c, d, e and 2 more')
    """
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"


def number_of(number: int, noun: str) -> str:
    """Return a number with what it counts.

    >>> number_of(1, "gap"), number_of(2, "gap")
    ('1 gap', '2 gaps')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"


def group_by(rows: Iterable[Row], key: Callable[[Row], K]) -> dict[K, list[Row]]:
    """Return rows by their key, keys in the order in which they first appear.

    >>> group_by([{"rank": "a", "n": 1}, {"rank": "b", "n": 2}, {"rank": "a", "n": 3}], lambda row: row["rank"])
    {'a': [{'rank': 'a', 'n': 1}, {'rank': 'a', 'n': 3}], 'b': [{'rank': 'b', 'n': 2}]}
    """
    groups: dict[K, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def kind_of(requirement: str) -> str:
    """Return what tells a requirement from another of its name.

    >>> kind_of("cvf-2016/we-take-ownership"), kind_of("skill/taser")
    ('CVF 2016', 'skill')
    """
    kind = requirement.partition("/")[0]
    return kind.replace("-", " ").upper() if "-" in kind else kind
