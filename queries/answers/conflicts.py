"""Where sources disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.answers.answer import Answer, named
from queries.ask import ask

if TYPE_CHECKING:
    from graph.session import Graph


def conflicts(graph: Graph, *, as_of: str | None) -> Answer:
    """Return where sources disagree: of every edition, or of those that count on a day."""
    question = named("conflicts")
    reply = ask(graph, question, {"as_of": as_of})
    return Answer(question.returns, reply.rows, reply.notes)
