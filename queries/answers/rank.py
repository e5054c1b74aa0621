"""All that is known of one rank or role, who oversees it, and the ladders that ranks stand on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.errors import AnswerError
from graph.rows import Row
from queries.answers.answer import Answer
from queries.answers.gates import asked_gates, exemption
from queries.answers.inquiry import Inquiry
from queries.answers.loaded import old_sources, rank_itself
from queries.parameters.places import elsewhere, place_of
from queries.parameters.titles import Title
from queries.parameters.ways_in import detective

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


def rank(inquiry: Inquiry, name: str) -> Answer:
    """Return all that is known of a rank or role, part by part."""
    rows = dict[str, Sequence[Row]]()
    key, parts, notes, force, titles = name, dict[str, object](), list[str](), None, list[Title]()
    for part, question in _PARTS.items():
        reply = inquiry.ask(question, {"rank": key, "force": force})
        rows[part] = parts[part] = reply.rows
        key = str(reply.sent["rank"])
        if part in {"editions", "gates"}:
            notes += [note for note in reply.notes if not note.startswith("no rows") and note not in notes]
        if part == "editions":
            force, titles = inquiry.force_of(reply), reply.titles
    rules = None
    if entry := elsewhere(place_of(force)):
        rules, parts["gates"] = f"{entry.says} {entry.rules}", asked_gates(inquiry, key, entry.id)
        for part in ("bodies", "chain_of_command"):
            parts[part] = [row for row in rows[part] if not str(row["document"]).startswith("reference/")]
    rules = rules or exemption(force, rows["gates"])
    itself = rank_itself(inquiry.graph, key, inquiry.as_of)
    aged = old_sources(rows["gates"], inquiry.day)
    doubts, warnings = [*detective(titles), *inquiry.roles.doubts([key]), *aged], [rules] if rules else []
    return Answer((), (), notes, {**itself, **parts}, warnings=warnings, rules=rules, doubts=doubts)


@dataclass(frozen=True, kw_only=True)
class LaddersAnswer(Answer):
    """Rows of the question `ladders`; `ranks` are those of the question `ranks` that stand on a ladder."""

    ranks: Sequence[Row]


def ladders(inquiry: Inquiry) -> LaddersAnswer:
    """Return the promotions and the equal ranks of all ladders. Raises AnswerError where no rank stands on one."""
    every = inquiry.ask("ranks", {}).rows
    ranks = [row for row in every if row["ladder"] and row["step"]]
    if not ranks:
        raise AnswerError("found no rank on a ladder; expected the reference data; run `rankgraph load`")
    left = len(every) - len(ranks)
    notes = [f"{left} roles that are no rank stand on no ladder: `rankgraph ask ranks` lists them"] if left else []
    reply = inquiry.ask("ladders", {})
    return LaddersAnswer(reply.columns, reply.rows, notes, ranks=ranks)


@dataclass(frozen=True, kw_only=True)
class OversightAnswer(Answer):
    """Rows of the question `bodies-of` of one rank, which is `rank` (id, name, ladder, step).

    `managed` are the ranks that it manages, rows of `chain-of-command`; `chains` its ways up to the public, rows of
    `accountability-chain`.
    """

    rank: Row
    managed: Sequence[Row]
    chains: Sequence[Row]


def oversight(inquiry: Inquiry, name: str) -> OversightAnswer:
    """Return the bodies and offices around a rank, given by id or name, and its ways up to the public."""
    reply = inquiry.ask("bodies-of", {"rank": name})
    values = {"rank": reply.sent["rank"]}
    command, chains = (inquiry.ask(one, values).rows for one in ("chain-of-command", "accountability-chain"))
    managed = [row for row in command if (row["position"], row["tie"]) == ("below", "line manager")]
    itself = inquiry.roles.ranks[str(values["rank"])]
    return OversightAnswer(reply.columns, reply.rows, reply.notes, rank=itself, managed=managed, chains=chains)
