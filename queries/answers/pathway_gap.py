"""What all steps between two ranks ask for together, and how long they take at least."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.rows import list_or_empty
from queries.answers.answer import Answer
from queries.answers.inquiry import Inquiry
from queries.answers.loaded import unprofiled


@dataclass(frozen=True, kw_only=True)
class PathwayGapAnswer(Answer):
    """Rows of the question `pathway-gap`, and the name of the rank that all routes start from.

    `announcements` are the lists that editions of ranks on the way announce and do not print.
    """

    start: str
    announcements: Sequence[str]


def pathway_gap(inquiry: Inquiry, start: str, aim: str) -> PathwayGapAnswer:
    """Return the cumulative gap of each route between two ranks, and what no source tells of it."""
    reply = inquiry.ask("pathway-gap", {"from": start, "to": aim})
    ranks = list(dict.fromkeys(str(row["rank_id"]) for row in reply.rows))
    notes = list(reply.notes)
    if missing := unprofiled(inquiry.roles, ranks):
        on = f"on {inquiry.as_of}" if inquiry.as_of else "today"
        notes.append(f"no profile of {', '.join(missing)} counts {on}: what else they ask for is not in the sum")
    untimed = {str(rank) for row in reply.rows for rank in list_or_empty(row["time_unknown"])}
    if untimed:
        ordered = ", ".join(sorted(untimed, key=ranks.index))
        notes.append(f"no source gives a least time for {ordered}: their time is not in the sum")
    first = str(reply.sent["from"])
    announced = inquiry.roles.announcements([first, *ranks])
    return PathwayGapAnswer(reply.columns, reply.rows, notes, start=inquiry.roles.names[first], announcements=announced)
