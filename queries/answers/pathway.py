"""The routes between two ranks, with the gates of each step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from graph.rows import Row, list_or_empty
from queries.answers.answer import Answer
from queries.answers.earliest import Earliest, along
from queries.answers.gate_rows import Gates, gates_by_place
from queries.answers.gates import add_gate_status, asked_gates, exemption, from_rank_held, gate_status, rules_at
from queries.answers.inquiry import Inquiry
from queries.answers.loaded import old_sources, unprofiled
from queries.parameters.holding_names import notes_of_all
from queries.parameters.places import elsewhere, place_of
from queries.parameters.ways_in import detective, way_in

if TYPE_CHECKING:
    from queries.ask import Reply
    from queries.parameters.holdings import Holding


_ADDED = ("gates_open", "gates_blocked", "gates_unknown", "earliest", "not_before", "waits_for", "decided_by")


@dataclass(frozen=True, kw_only=True)
class PathwayAnswer(Answer):
    """Rows of the question `pathway`.

    `ends` are the ids of the rank held and the rank aimed at. `gates` has what the gates of each rank on the way
    need, with their status where holdings were given; `unprofiled` the ranks on the way that no profile describes,
    each with what is loaded instead; `earliest` is the first day of each row, where holdings were given; `ranks` are
    the ranks and roles of the graph by id, with ladder and step; `instead` are the commands (gates, gap) that have an
    answer where no way leads there.
    """

    ends: tuple[str, str]
    gates: Mapping[str, Gates]
    earliest: Sequence[Earliest]
    day: str
    unprofiled: Mapping[str, str]
    ranks: Mapping[str, Row]
    instead: Sequence[str] = ()


def pathway(
    inquiry: Inquiry,
    start: str,
    aim: str,
    *,
    holdings: Sequence[Holding] = (),
    route: int | None = None,
    place: str | None = None,
) -> PathwayAnswer:
    """Return the routes between two ranks, and which of their ranks no loaded profile describes.

    Ranks are given by id or name. With what the user holds, the way begins at the rank held now, if that stands on it,
    and the gates are open, blocked or unknown. At a place (one
    of PLACES), or with a force of one in a name, they are those of that place. With a `route`, gates and missing
    profiles are those of the ranks that it leads to.
    """
    routes, says = _routes(inquiry, start, aim, holdings)
    inquiry = inquiry.for_force_of(routes)
    place = place or place_of(inquiry.body)
    ends = str(routes.sent["from"]), str(routes.sent["to"])
    ranks = list(dict.fromkeys(str(row["rank_id"]) for row in routes.rows if route in (None, row["route"])))
    missing = unprofiled(inquiry.roles, ranks if route else [ends[0], *ranks]) if routes.rows else {}
    notes, warnings = [*routes.notes], ["; ".join(missing.values())] if missing else []
    rows, needs, earliest, more = _stand(inquiry, (ends[0], *ranks), routes.rows, holdings, place)
    rows = _elsewhere_only(inquiry, rows, needs, place)
    asked = list(chain.from_iterable(needs.values()))
    first = [words for words in (rules_at(place), exemption(inquiry.body, asked), says) if words]
    return PathwayAnswer(
        *((*routes.columns, *(_ADDED if holdings else ())), rows, [*notes, *more]),
        warnings=[*first, *warnings],
        ends=ends,
        gates={one: gates_by_place(parts) for one, parts in needs.items()},
        earliest=earliest,
        day=inquiry.day,
        unprofiled=missing,
        rules=" ".join(first) or None,
        doubts=[*inquiry.roles.doubts(ranks), *old_sources(asked, inquiry.day)],
        ranks=inquiry.roles.apart(ends),
        instead=() if rows else _instead(inquiry, ends),
    )


def _instead(inquiry: Inquiry, ends: tuple[str, str]) -> list[str]:
    replies = {
        "gates": inquiry.ask("gates", {"rank": ends[1]}),
        "gap": inquiry.ask("rank-gap", {"from": ends[0], "to": ends[1]}),
    }
    is_compared = inquiry.roles.ranks[ends[0]]["step"] or inquiry.roles.counting(ends[0])
    return [name for name, reply in replies.items() if reply.rows and (name != "gap" or is_compared)]


def _stand(
    inquiry: Inquiry, way: Sequence[str], rows: Sequence[Row], holdings: Sequence[Holding], place: str | None
) -> tuple[list[Row], dict[str, Sequence[Row]], Sequence[Earliest], list[str]]:
    """Return steps as they stand by what is held, what each rank needs, the earliest days, and notes.

    The `way` begins with the rank held.
    """
    start, *ranks = way
    if not holdings:
        return list(rows), {one: asked_gates(inquiry, one, place) for one in ranks} if rows else {}, (), []
    status = {one: gate_status(inquiry, one, holdings, place, start=start) for one in ranks}
    needs: dict[str, Sequence[Row]] = {one: reply.rows for one, reply in status.items()}
    if elsewhere(place):  # no least time is known there
        rows = [{**row, "minimum_months": None} for row in rows]
    earliest = along(rows, needs, inquiry.day, start, _ranks_since(status.values()))
    notes = notes_of_all([reply.notes for reply in status.values() if reply.rows])
    return add_gate_status(rows, needs, earliest), needs, earliest, notes


def _ranks_since(replies: Iterable[Reply]) -> dict[str, str]:
    """Return the day since which each rank is held, as far as it is known."""
    sent = [one for reply in replies for one in list_or_empty(reply.sent["holdings"]) if isinstance(one, dict)]
    return {str(one["id"]): str(one["achieved"]) for one in sent if one["achieved"] and not one["begun"]}


def _routes(inquiry: Inquiry, start: str, aim: str, holdings: Sequence[Holding]) -> tuple[Reply, str | None]:
    """Return the routes between two ranks, by way of joining where no promotion leads there, and what is to be said."""
    reply = from_rank_held(inquiry, "pathway", inquiry.ask("pathway", {"from": start, "to": aim}), holdings)
    if reply.rows:
        return reply, next(iter(detective(reply.titles)), None)
    ends = str(reply.sent["from"]), str(reply.sent["to"])
    way = way_in(*ends, inquiry.roles.apart(ends))
    if way.between is None:
        return reply, way.says
    first, last = way.between
    values = {"from": first, "to": last, "force": inquiry.force_of(reply)}
    onward = inquiry.ask("pathway", values).rows if first != last else []
    rows = [{**row, "order": int(str(row["order"])) + (1 if way.source else 0)} for row in onward]
    joined = (dict.fromkeys(row["route"] for row in onward) or (1,)) if way.source else ()
    rows += [_entry(inquiry, ends[0], first, way.source, route) for route in joined]
    rows.sort(key=lambda row: (int(str(row["route"])), int(str(row["order"]))))
    notes = [note for note in reply.notes if not note.startswith("no rows")] if rows else reply.notes
    return replace(reply, rows=rows, notes=notes), way.says


def _entry(inquiry: Inquiry, start: str, rank: str, source: str | None, route: object) -> dict[str, object]:
    """Return the step by which one joins at a rank, as a row of the question `pathway`."""
    gates = sorted({str(row["gate"]) for row in inquiry.ask("gates", {"rank": rank}).rows})
    names = inquiry.roles.names
    step = {
        "route": route,
        "order": 1,
        "from_rank": names[start],
        "to_rank": names[rank],
        "rank_id": rank,
        "via": "entry",
    }
    return {
        **step,
        "gates": gates,
        "minimum_months": None,
        "term_months": None,
        "appointed_by": [],
        "sources": [source],
    }


def _elsewhere_only(
    inquiry: Inquiry, rows: Sequence[Row], needs: Mapping[str, Sequence[Row]], place: str | None
) -> list[Row]:
    """Return the steps of routes; outside England and Wales with the gates and sources of the place alone."""
    if (entry := elsewhere(place)) is None:
        return list(rows)
    ladder = inquiry.ask("ladder-of", {"body": entry.body}).rows
    nothing: Row = {"minimum_months": None, "term_months": None, "appointed_by": []}
    found = list[Row]()
    for row in rows:
        key = str(row["rank_id"])
        parts = needs.get(key, ())
        said = [*(one for one in ladder if one["rank_id"] == key), *parts]
        sources = sorted({f"{one['authority']} ({one['document']}:{one['lines']})" for one in said})
        gates = list(dict.fromkeys(str(part["gate"]) for part in parts))
        found.append({**row, **nothing, "gates": gates, "sources": sources})
    return found
