"""Which gates of a rank are open to what somebody holds, and what that means for a gap and for a way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.days import today
from graph.rows import Row, list_or_empty
from queries.answers.answer import Answer
from queries.answers.earliest import Earliest, earliest, first_open_day
from queries.answers.gate_rows import by_gate, is_open, last_open_day
from queries.answers.inquiry import Inquiry
from queries.answers.loaded import old_sources
from queries.parameters.holdings import with_rank
from queries.parameters.places import elsewhere, place_of
from queries.parameters.titles import is_named_in
from queries.parameters.ways_in import detective

if TYPE_CHECKING:
    from queries.ask import Reply
    from queries.parameters.holdings import Holding


MET = ("met", "until")
"""What `mark_met` adds to a row."""

STATES = {True: "open", False: "blocked", None: "unknown"}


@dataclass(frozen=True, kw_only=True)
class GatesAnswer(Answer):
    """Rows of the question `gate-status` of one rank on one day, with the first day on which each gate is open.

    `is_held` says whether the rank is one of those held; `below` is the rank held now, where one between is not held;
    `appointed_by` are those who appoint, where nothing more is asked.
    """

    rank: str
    name: str
    day: str
    holdings_stated: bool
    is_held: bool
    below: str | None
    appointed_by: Sequence[str]
    earliest: Earliest


def gates(inquiry: Inquiry, rank: str, holdings: Sequence[Holding], *, place: str | None) -> GatesAnswer:
    """Return which gates of a rank, given by id or name, are open to what somebody holds.

    Without a place (one of PLACES), or a force of one in the name, they are asked for England and Wales.
    """
    reply = gate_status(inquiry, rank, holdings, place)
    force = inquiry.force_of(reply)
    if (inferred := place or place_of(force)) != place:
        reply = gate_status(inquiry, rank, holdings, inferred)
    key, rules = str(reply.sent["rank"]), rules_at(inferred) or exemption(force, reply.rows)
    notes = [*reply.notes, *_unused_courses(key, reply)]
    day = str(reply.sent["as_of"] or today())
    opens = {str(parts[0]["gate_id"]): first_open_day(parts, day) for parts in by_gate(reply.rows)}
    sent = [one for one in list_or_empty(reply.sent["holdings"]) if isinstance(one, dict)]
    found = earliest(reply.rows, day)
    says = inquiry.ask("appointment-of", {"rank": key, "force": force}).rows if found.day == day else []
    rows = [{**row, "earliest": opens[str(row["gate_id"])]} for row in reply.rows]
    return GatesAnswer(
        *((*reply.columns, "earliest"), rows, notes),
        rank=key,
        name=inquiry.roles.names[key],
        day=day,
        holdings_stated=bool(holdings),
        is_held=any(one["id"] == key and not one["begun"] for one in sent),
        below=_below(inquiry, rows, sent, day),
        earliest=found,
        appointed_by=list(dict.fromkeys(str(one["by"]) for one in says if one["part"] == "appointed by")),
        warnings=[rules] if rules else [],
        rules=rules,
        doubts=[*detective(reply.titles), *inquiry.roles.doubts([key]), *old_sources(rows, day)],
    )


def _below(inquiry: Inquiry, rows: Iterable[Row], sent: Iterable[Row], day: str) -> str | None:
    """Return the rank held now, where a rank that gates ask for is not held."""
    lacks = any(row["kind"] == "rank" and row["part_status"] == "missing" and row["held"] is None for row in rows)
    return _rank_held(inquiry, sent, day) if lacks else None


def _rank_held(inquiry: Inquiry, sent: Iterable[Row], day: str) -> str | None:
    """Return the highest rank that is held on a day, substantively and not ended; none where none is."""
    held = [
        str(one["id"])
        for one in sent
        if one["id"] in inquiry.roles.ranks and not (one["begun"] or one["ended"]) and str(one["achieved"] or "") <= day
    ]
    return max(held, key=lambda one: int(str(inquiry.roles.ranks[one]["step"] or 0)), default=None)


def from_rank_held(inquiry: Inquiry, question: str, way: Reply, holdings: Sequence[Holding]) -> Reply:
    """Return the reply to the question `pathway` or `pathway-gap` from the rank held now, where that is on the way."""
    start, aim = str(way.sent["from"]), str(way.sent["to"])
    if not holdings or not way.rows:
        return way
    sent = gate_status(inquiry, aim, holdings, start=start).sent["holdings"]
    held = _rank_held(inquiry, (one for one in list_or_empty(sent) if isinstance(one, dict)), inquiry.day)
    if held == aim or all(row["rank_id"] != held for row in way.rows):
        return way
    onward = inquiry.ask(question, {"from": held, "to": aim})
    return replace(onward, notes=[*onward.notes, f"the way begins at {held}, which you hold now, not at {start}"])


def rules_at(place: str | None) -> str | None:
    """Return whose rules of promotion hold outside England and Wales; none where a place is in it, or not given."""
    entry = elsewhere(place)
    return entry.rules if entry else None


def exemption(force: str | None, rows: Iterable[Row]) -> str | None:
    """Return of which gates a force is named among the exempt, by rows of gates; none where it is not."""
    named = [row for row in rows if force and row["exempt"] and is_named_in(str(row["exempt"]), force)]
    gates = dict.fromkeys(str(row["gate"]).partition(":")[0] for row in named)
    words = "; ".join(dict.fromkeys(str(row["exempt"]) for row in named))
    return (
        f"{', '.join(gates)}: not for all forces. Exempt: {words}. What holds there now, ask the force."
        if words
        else None
    )


def gate_status(
    inquiry: Inquiry, rank: str, holdings: Sequence[Holding], place: str | None = None, *, start: str | None = None
) -> Reply:
    """Return the reply to the question `gate-status`, asked of what somebody holds.

    A rank to `start` from is held now, unless the holdings say that another is. Outside England and Wales the law and
    policy of England and Wales are left out.
    """
    given = with_rank(holdings, start) if start else tuple(holdings)
    reply = inquiry.ask("gate-status", {"rank": rank, "holdings": given, "in": place})
    if start and not any(isinstance(one, dict) and one["id"] == start for one in list_or_empty(reply.sent["holdings"])):
        reply.notes.append(f"{start} is not counted as held: your own record has another rank now")
    if elsewhere(place) is None:
        return reply
    rows = [row for row in reply.rows if row["basis"] != "reference" or row["applies_in"] in {"uk", place}]
    return replace(reply, rows=rows)


def asked_gates(inquiry: Inquiry, rank: str, place: str | None = None) -> Sequence[Row]:
    """Return what the gates of a rank need, at a place, where nothing is said of what somebody holds."""
    if elsewhere(place) is None:
        return inquiry.ask("gates", {"rank": rank}).rows
    return [
        {name: value for name, value in row.items() if name != "part_status"}
        for row in gate_status(inquiry, rank, (), place).rows
    ]


def _unused_courses(rank: str, status: Reply) -> list[str]:
    """Return a note on courses that are held and that no gate of a rank asks for: another may have been meant."""
    needed = {row["needs_id"] for row in status.rows}
    holdings = dict.fromkeys(str(one["id"]) for one in list_or_empty(status.sent["holdings"]) if isinstance(one, dict))
    unused = [one for one in holdings if one.startswith("course/") and one not in needed]
    advice = "what a gate asks for stands below its name, and is held by that name"
    return [f"no gate of {rank} asks for {', '.join(unused)}; {advice}"] if unused and status.rows else []


def mark_met(rows: Iterable[Row], status: Reply, day: str) -> list[Row]:
    """Return the rows of a gap with what is met and until when, by the `gate-status` of the rank that asks for it."""
    gates = {str(parts[0]["gate_id"]): parts for parts in by_gate(status.rows)}
    parts = {str(part["fact"]): part for part in status.rows}
    holdings = {
        str(one["id"])
        for one in list_or_empty(status.sent["holdings"])
        if isinstance(one, dict) and str(one["achieved"] or "") <= day and not one["begun"]
    }
    return [{**row, **_met(row, gates, parts, holdings)} for row in rows]


def _met(row: Row, gates: Mapping[str, list[Row]], parts: Mapping[str, Row], holdings: set[str]) -> Row:
    key, fact = str(row["requirement_id"]), str(row["fact"])
    if row.get("status") == "dropped" or row["kind"] in {"duty", "promotion", "open-to"}:
        return {"met": None, "until": None}
    if row["kind"] == "gate" and key in gates:
        return {"met": is_open(gates[key]), "until": last_open_day(gates[key])}
    if fact in parts:
        status = parts[fact]["part_status"]
        return {"met": None if status == "unclear" else status == "done", "until": parts[fact]["until"]}
    return {"met": key in holdings, "until": None}


def add_gate_status(rows: Iterable[Row], status: Mapping[str, Sequence[Row]], days: Iterable[Earliest]) -> list[Row]:
    """Return the steps of routes with the names of the gates that are open, blocked and unknown, and the first day.

    `status` has rows of the question `gate-status` by the id of the rank; `days` are those of the steps.
    """
    return [
        {
            **row,
            **_names_by_state(status.get(str(row["rank_id"]), ())),
            "earliest": first.day,
            "not_before": first.not_before,
            "waits_for": [str(parts[0]["gate"]) for parts in first.waits_for],
            "decided_by": [str(parts[0]["gate"]) for parts in first.decided_by],
        }
        for row, first in zip(rows, days, strict=True)
    ]


def _names_by_state(status: Sequence[Row]) -> Row:
    return {f"gates_{words}": gates_in_state(status, state) for state, words in STATES.items()}


def gates_in_state(status: Iterable[Row], state: bool | None) -> list[str]:
    """Return the names of the gates that are open, blocked or unknown, each once."""
    return list(dict.fromkeys(str(parts[0]["gate"]) for parts in by_gate(status) if is_open(parts) is state))
