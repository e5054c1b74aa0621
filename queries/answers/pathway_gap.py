"""What all steps between two ranks ask for together, and how long they take at least."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.rows import Row, list_or_empty
from queries.answers.answer import Answer
from queries.answers.gates import MET, from_rank_held, gate_status, mark_met
from queries.answers.inquiry import Inquiry
from queries.answers.loaded import unprofiled
from queries.parameters.holding_names import notes_of_all

if TYPE_CHECKING:
    from queries.parameters.holdings import Holding


@dataclass(frozen=True, kw_only=True)
class PathwayGapAnswer(Answer):
    """Rows of the question `pathway-gap`, and the name of the rank that all routes start from.

    `announcements` are the lists that editions of ranks on the way announce and do not print. `status` has the rows of
    `gate-status` by the id of the rank, where holdings were given.
    """

    start: str
    announcements: Sequence[str]
    status: Mapping[str, Sequence[Row]] = field(default_factory=dict)


def pathway_gap(inquiry: Inquiry, start: str, aim: str, holdings: Sequence[Holding] = ()) -> PathwayGapAnswer:
    """Return the cumulative gap of each route between two ranks, and what no source tells of it.

    With what the user holds, each row says whether it is met, and the way begins at the rank held now.
    """
    reply = inquiry.ask("pathway-gap", {"from": start, "to": aim})
    reply = from_rank_held(inquiry, "pathway-gap", reply, holdings)
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
    rows, columns, status = list[Row](reply.rows), reply.columns, dict[str, Sequence[Row]]()
    if holdings:
        replies = {rank: gate_status(inquiry, rank, holdings, start=first) for rank in ranks}
        day, columns = inquiry.day, (*columns, *MET)
        rows = [one for row in rows for one in mark_met([row], replies[str(row["rank_id"])], day)]
        status = {rank: one.rows for rank, one in replies.items()}
        notes += notes_of_all([one.notes for one in replies.values() if one.rows])
    return PathwayGapAnswer(
        *(columns, rows, notes),
        start=inquiry.roles.names[first],
        announcements=inquiry.roles.announcements([first, *ranks]),
        status=status,
    )
