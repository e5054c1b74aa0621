"""What all steps between two ranks ask for together, and how long they take at least."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.rows import list_or_empty
from queries.answers.answer import Answer, named
from queries.answers.loaded import unprofiled
from queries.ask import ask
from queries.parameters.editions import Roles

if TYPE_CHECKING:
    from graph.session import Graph


@dataclass(frozen=True, kw_only=True)
class PathwayGapAnswer(Answer):
    """Rows of the question `pathway-gap`, and the name of the rank that all routes start from."""

    start: str


def pathway_gap(graph: Graph, held: str, aim: str, *, as_of: str | None, force: str | None) -> PathwayGapAnswer:
    """Return the cumulative gap of each route between two ranks, and what no source tells of it.

    Ranks are given by id or name, `force` is the ladder of names that ladders share; without a day it is today.
    """
    question, roles = named("pathway-gap"), Roles(graph, as_of)
    found = ask(graph, question, {"from": held, "to": aim, "as_of": as_of}, force=force, roles=roles)
    ranks = list(dict.fromkeys(str(row["rank_id"]) for row in found.rows))
    notes = list(found.notes)
    if missing := unprofiled(roles, ranks):
        on = f"on {as_of}" if as_of else "today"
        notes.append(f"no profile of {', '.join(missing)} counts {on}: what else they ask for is not in the sum")
    untimed = {str(rank) for row in found.rows for rank in list_or_empty(row["time_unknown"])}
    if untimed:
        ordered = ", ".join(sorted(untimed, key=ranks.index))
        notes.append(f"no source gives a least time for {ordered}: their time is not in the sum")
    return PathwayGapAnswer(question.returns, found.rows, notes, start=roles.names[str(found.sent["from"])])
