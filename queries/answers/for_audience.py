"""Answers fit for those who read them: with names, with codes in place of people, or as numbers alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from queries.answers.aggregate import aggregate, counted, hides
from queries.answers.answer import Answer
from queries.ask import ask
from queries.audience.codes import fit, pseudonym_key

if TYPE_CHECKING:
    from graph.rows import Row
    from graph.session import Graph
    from queries.catalogue import Question

CODED = "codes stand for people; --audience named shows who they are"


def answer_for(
    graph: Graph,
    question: Question,
    values: Mapping[str, object],
    audience: str,
    *,
    force: str | None = None,
    key: bytes = b"",
    as_counts: bool = False,
) -> Answer:
    """Return the answer of a question as an audience may see it.

    `key` makes the codes of people, a new one where there is none. With `as_counts`, rows on people become numbers for
    the aggregate audience, with columns of their own.

    Raises as queries.ask.ask and queries.answers.aggregate.aggregate do.
    """
    reply = ask(graph, question, values, force=force)
    columns, notes = reply.columns, reply.notes
    rows: Sequence[Row] = reply.rows
    if audience == "pseudonymous" and question.names_people:
        notes = [*notes, *([CODED] if rows else [])]
        return Answer(columns, fit(columns, rows, key or pseudonym_key(), question.ordered_by), notes)
    if audience == "aggregate":
        counts = counted(graph, question.name, reply.sent, rows) if as_counts else None
        columns, rows = counts or (columns, aggregate(graph, question, reply.sent, rows))
        notes = [*notes, *hides(rows)]
    return Answer(columns, rows, notes)
