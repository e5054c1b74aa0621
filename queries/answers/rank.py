"""All that is known of one rank or role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.answers.answer import Answer, named
from queries.answers.loaded import rank_itself
from queries.ask import ask
from queries.parameters.editions import Roles

if TYPE_CHECKING:
    from graph.session import Graph


_PARTS = {
    "editions": "editions-of",
    "duties": "duties-of",
    "requirements": "requirements-of",
    "gates": "gates",
    "bodies": "bodies-of",
    "chain_of_command": "chain-of-command",
    "next_ranks": "next-ranks",
    "feeder_ranks": "feeder-ranks",
}
"""The parts of the answer, each the rows of a question."""


def rank(graph: Graph, name: str, *, as_of: str | None, force: str | None) -> Answer:
    """Return all that is known of a rank or role, part by part."""
    roles, key = Roles(graph, as_of), name
    parts, notes = dict[str, object](), list[str]()
    for part, asked in _PARTS.items():
        reply = ask(graph, named(asked), {"rank": key, "as_of": as_of}, force=force, roles=roles)
        parts[part], key = reply.rows, str(reply.sent["rank"])
        if part == "editions":
            notes += [note for note in reply.notes if not note.startswith("no rows")]
        elif part == "chain_of_command":
            notes += [f"chain of command: {note}" for note in reply.notes if note.startswith("no rows")]
    return Answer((), (), notes, {**rank_itself(graph, key, as_of), **parts})
