"""All that is known of one rank or role, who oversees it, and the ladders that ranks stand on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import AnswerError
from graph.rows import Row
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


@dataclass(frozen=True, kw_only=True)
class LaddersAnswer(Answer):
    """Rows of the question `ladders`; `ranks` are those of the question `ranks` that stand on a ladder."""

    ranks: Sequence[Row]


def ladders(graph: Graph, *, as_of: str | None) -> LaddersAnswer:
    """Return the promotions and the equal ranks of all ladders. Raises AnswerError where no rank stands on one."""
    every = ask(graph, named("ranks"), {"as_of": as_of}).rows
    ranks = [row for row in every if row["ladder"] and row["step"]]
    if not ranks:
        raise AnswerError("found no rank on a ladder; expected the reference data; run `rankgraph load`")
    left = len(every) - len(ranks)
    notes = [f"{left} roles that are no rank stand on no ladder: `rankgraph ask ranks` lists them"] if left else []
    question = named("ladders")
    return LaddersAnswer(question.returns, ask(graph, question, {"as_of": as_of}).rows, notes, ranks=ranks)


@dataclass(frozen=True, kw_only=True)
class OversightAnswer(Answer):
    """Rows of the question `bodies-of` of one rank, which is `rank` (id, name, ladder, step).

    `managed` are the ranks that it manages, rows of `chain-of-command`; `chains` its ways up to the public, rows of
    `accountability-chain`.
    """

    rank: Row
    managed: Sequence[Row]
    chains: Sequence[Row]


def oversight(graph: Graph, name: str, *, as_of: str | None, force: str | None) -> OversightAnswer:
    """Return the bodies and offices around a rank, given by id or name, and its ways up to the public."""
    roles, question = Roles(graph, as_of), named("bodies-of")
    found = ask(graph, question, {"rank": name, "as_of": as_of}, force=force, roles=roles)
    given = {"rank": found.sent["rank"], "as_of": as_of}
    command, chains = (
        ask(graph, named(one), given, roles=roles).rows for one in ("chain-of-command", "accountability-chain")
    )
    managed = [row for row in command if row["position"] == "below"]
    itself = roles.ranks[str(given["rank"])]
    return OversightAnswer(question.returns, found.rows, found.notes, rank=itself, managed=managed, chains=chains)
