"""Which gates of a rank are open to what somebody holds, and what that means for a gap and for a way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from graph.days import today
from graph.rows import Row, list_or_empty
from queries.answers.answer import Answer
from queries.answers.inquiry import Inquiry
from queries.parameters.choices import place_name

if TYPE_CHECKING:
    from queries.ask import Reply
    from queries.parameters.holdings import Holding


Gates = Mapping[tuple[str, str, str], Sequence[Row]]
"""What gates need, rows of the question `gates` or `gate-status`, by gate, document and lines."""

STATES = {True: "open", False: "blocked", None: "unknown"}


@dataclass(frozen=True, kw_only=True)
class GatesAnswer(Answer):
    """Rows of the question `gate-status` of one rank on one day; without holdings it says nothing of how it stands."""

    rank: str
    name: str
    day: str
    holdings_stated: bool

    @property
    def shown(self) -> Sequence[Row]:
        """The rows for people: where nothing is said to be held, nothing is missing; what is not known stays so."""
        return [row if self.holdings_stated or row["gate_open"] is None else _unstated(row) for row in self.rows]


def _unstated(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "part_status"}


def gates(inquiry: Inquiry, rank: str, holdings: Sequence[Holding], *, place: str | None) -> GatesAnswer:
    """Return which gates of a rank, given by id or name, are open to what somebody holds.

    Without a place (one of PLACES) they are asked for England and Wales.
    """
    reply = gate_status(inquiry, rank, holdings, place)
    key = str(reply.sent["rank"])
    notes = [*reply.notes, *_unused_courses(key, reply)]
    if place and any(part["gate_open"] is None and part["applies_in"] not in {"uk", place} for part in reply.rows):
        notes.append(f"the gates known here hold in England and Wales; of {place_name(place)} nothing is known")
    day = str(reply.sent["as_of"] or today())
    name, stated = inquiry.roles.names[key], bool(holdings)
    return GatesAnswer(reply.columns, reply.rows, notes, rank=key, name=name, day=day, holdings_stated=stated)


def gate_status(inquiry: Inquiry, rank: str, holdings: Sequence[Holding], place: str | None = None) -> Reply:
    """Return the reply to the question `gate-status`, asked of what somebody holds."""
    return inquiry.ask("gate-status", {"rank": rank, "holdings": tuple(holdings), "in": place})


def _unused_courses(rank: str, status: Reply) -> list[str]:
    """Return a note on courses that are held and that no gate of a rank asks for: another may have been meant."""
    needed = {row["needs_id"] for row in status.rows}
    holdings = dict.fromkeys(str(one["id"]) for one in list_or_empty(status.sent["holdings"]) if isinstance(one, dict))
    unused = [one for one in holdings if one.startswith("course/") and one not in needed]
    advice = "what a gate asks for stands below its name, and is held by that name"
    return [f"no gate of {rank} asks for {', '.join(unused)}; {advice}"] if unused and status.rows else []


def gates_by_place(rows: Iterable[Row]) -> Gates:
    """Return rows of the question `gates` or `gate-status` by the gate that they belong to."""
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        parts = groups.setdefault((str(row["gate"]), str(row["document"]), str(row["lines"])), [])
        if row not in parts:  # two ranks can ask for one gate
            parts.append(row)
    return groups


def by_gate(rows: Iterable[Row]) -> list[list[Row]]:
    """Return rows of the question `gate-status` gate by gate, in their order."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(str(row[name]) for name in ("gate_id", "document", "lines")), []).append(row)
    return list(groups.values())


def by_option(parts: Iterable[Row]) -> list[list[Row]]:
    """Return what a gate needs option by option."""
    ordered = sorted(parts, key=lambda part: int(str(part["option"])))
    return [list(option) for _, option in groupby(ordered, key=lambda part: part["option"])]


def is_open(parts: Sequence[Row]) -> bool | None:
    """Return whether a gate is open; none where that is unknown."""
    state = parts[0]["gate_open"]
    return state if isinstance(state, bool) else None


def first_day_closed(parts: Sequence[Row]) -> str | None:
    """Return the first day on which an open gate is no longer open, none where it does not lapse."""
    days = [
        min((str(part["until"]) for part in option if part["until"]), default=None)
        for option in by_option(parts)
        if option[0]["option_open"]
    ]
    return None if None in days else max((day for day in days if day), default=None)


def mark_met(rows: Iterable[Row], status: Reply, day: str) -> list[Row]:
    """Return the rows of a gap with what is met and until when, by the `gate-status` of the rank aimed at."""
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
    if row["status"] == "dropped" or row["kind"] == "duty":
        return {"met": None, "until": None}
    if row["kind"] == "gate" and key in gates:
        return {"met": is_open(gates[key]), "until": first_day_closed(gates[key])}
    if fact in parts:
        status = parts[fact]["part_status"]
        return {"met": None if status == "unknown" else status == "met", "until": parts[fact]["until"]}
    return {"met": key in holdings, "until": None}


def add_gate_status(rows: Iterable[Row], status: Mapping[str, Sequence[Row]]) -> list[Row]:
    """Return the steps of routes with the names of the gates that are open, blocked and unknown.

    `status` has rows of the question `gate-status` by the id of the rank.
    """
    return [{**row, **_names_by_state(status.get(str(row["rank_id"]), ()))} for row in rows]


def _names_by_state(status: Sequence[Row]) -> Row:
    return {f"gates_{words}": gates_in_state(status, state) for state, words in STATES.items()}


def gates_in_state(status: Iterable[Row], state: bool | None) -> list[str]:
    """Return the names of the gates that are open, blocked or unknown, each once."""
    return list(dict.fromkeys(str(parts[0]["gate"]) for parts in by_gate(status) if is_open(parts) is state))
