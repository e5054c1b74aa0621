"""What an answer is: rows with their sources and notes, whoever draws them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.errors import AnswerError
from graph.rows import Row
from queries.catalogue import Question, question


@dataclass(frozen=True)
class Answer:
    """Rows, and what the user should know beside them; answers with more to draw have fields of their own.

    An answer that is no table has `parts` instead of rows, for JSON. `failed` says what is at fault with
    what was found: it is shown all the same, and the exit code is 1.
    """

    columns: tuple[str, ...]
    rows: Sequence[Row]
    notes: list[str]
    parts: Mapping[str, object] | None = None
    failed: str | None = None


def named(name: str) -> Question:
    """Return a question that the readable commands rest on. Raises AnswerError if its file is missing."""
    found = question(name)
    if found is None:
        raise AnswerError(f"the question {name} is missing from the installation; install rankgraph again")
    return found


def number_of(number: int, noun: str) -> str:
    """Return a number with what it counts.

    >>> number_of(1, "gap"), number_of(2, "gap")
    ('1 gap', '2 gaps')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"
