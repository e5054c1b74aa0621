"""What one rank asks for beside another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, NoReturn

from graph.errors import AnswerError
from graph.rows import Row
from queries.answers.answer import Answer
from queries.answers.gate_rows import Gates, by_gate, gates_by_place, is_open
from queries.answers.gates import MET, asked_gates, exemption, gate_status, mark_met, rules_at
from queries.answers.inquiry import Inquiry
from queries.answers.loaded import old_sources, unprofiled
from queries.parameters.places import place_of
from queries.parameters.ways_in import detective

if TYPE_CHECKING:
    from queries.parameters.holdings import Holding


@dataclass(frozen=True, kw_only=True)
class GapAnswer(Answer):
    """Rows of the question `rank-gap`, and of the duties where they are wanted.

    `ends` are the ids of the rank held and the rank aimed at, `names` their names. `gates` has what the gates of
    the rank aimed at need, by their place, and of the rank held where that is wanted; `status` the rows of
    `gate-status` where holdings were given, else `met_by_rank` the ids of new gates that the rank held alone opens;
    `unprofiled` which of the two no profile describes, with what is loaded
    instead; `announcements` what their editions announce and do not print; `editions` which of each count on the
    day, in words.
    """

    ends: tuple[str, str]
    names: Mapping[str, str]
    gates: Gates
    unprofiled: Mapping[str, str]
    announcements: Sequence[str] = ()
    editions: Mapping[str, Sequence[str]] = field(default_factory=dict)
    status: Sequence[Row] = ()
    met_by_rank: Sequence[str] = ()


def gap(
    inquiry: Inquiry,
    start: str,
    aim: str,
    *,
    duties: bool = False,
    gates_of_both: bool = False,
    holdings: Sequence[Holding] = (),
    place: str | None = None,
) -> GapAnswer:
    """Return what one rank asks for beside another, and which of the two no loaded profile describes.

    Ranks, place and holdings are as in `pathway`; `gates_of_both` asks what gates of both need. May raise AnswerError.
    """
    rank_gap = inquiry.ask("rank-gap", {"from": start, "to": aim})
    inquiry = inquiry.for_force_of(rank_gap)
    ends, place = (str(rank_gap.sent["from"]), str(rank_gap.sent["to"])), place or place_of(inquiry.body)
    rules, missing, notes, status = rules_at(place), unprofiled(inquiry.roles, ends), list(rank_gap.notes), list[Row]()
    rows = _rows(inquiry, rank_gap.rows, ends, place, duties=duties, is_known=len(missing) < len(ends))
    gates = _gates(inquiry, ends if gates_of_both or _is_gate_reworded(rows) else ends[1:], place)
    if holdings:
        reply = gate_status(inquiry, ends[1], holdings, place, start=ends[0])
        rows, notes, status = mark_met(rows, reply, inquiry.day), [*notes, *reply.notes], list(reply.rows)
        gates = {**gates, **gates_by_place(status)}
    stated = list(chain.from_iterable(gates.values()))
    rules = rules or exemption(inquiry.body, stated)
    return GapAnswer(
        *((*rank_gap.columns, *(MET if holdings else ())), rows, [*dict.fromkeys(notes)]),
        ends=ends,
        names={end: str(inquiry.roles.apart(ends)[end]["name"]) for end in ends},
        gates=gates,
        unprofiled=missing,
        announcements=inquiry.roles.announcements(ends),
        editions={end: inquiry.roles.counting(end) for end in ends},
        warnings=[*([rules] if rules else []), *missing.values(), *_ranks_between(inquiry, ends)],
        rules=rules,
        status=status,
        doubts=[*detective(rank_gap.titles), *inquiry.roles.superseded(ends), *old_sources(stated, inquiry.day)],
        met_by_rank=() if holdings else _met_by_rank(inquiry, ends, rows, gates, place),
    )


def _rows(
    inquiry: Inquiry, rows: Sequence[Row], ends: tuple[str, str], place: str | None, *, duties: bool, is_known: bool
) -> list[Row]:
    """Return the rows of a gap at a place, with duties where they are wanted.

    Raises AnswerError for none, unless it `is_known` by a profile that nothing is asked for.
    """
    rules = rules_at(place)
    asked = _elsewhere_only(inquiry, rows, ends[1], place) if rules else rows
    found = [*asked, *(_duties(inquiry, ends) if duties else [])]
    return found if found or is_known else _nothing(ends, rules)


def _met_by_rank(
    inquiry: Inquiry, ends: tuple[str, str], rows: Sequence[Row], gates: Gates, place: str | None
) -> list[str]:
    """Return the ids of the new gates that the rank held alone opens; asked only where one of them needs a rank."""
    new = {row["fact"]: str(row["requirement_id"]) for row in rows if (row["kind"], row["status"]) == ("gate", "new")}
    named = {str(row["requirement"]) for row in rows if row["fact"] in new}
    if not any(part["kind"] == "rank" and part["gate"] in named for parts in gates.values() for part in parts):
        return []
    status = gate_status(inquiry, ends[1], (), place, start=ends[0])
    opened = {str(parts[0]["gate_id"]) for parts in by_gate(status.rows) if is_open(parts)}
    return sorted(opened & set(new.values()))


def _nothing(ends: tuple[str, str], rules: str | None) -> NoReturn:
    if rules:
        raise AnswerError(f"found no profile of {' or of '.join(ends)} that counts on the day. {rules}")
    raise AnswerError(
        f"found no profile of {' or of '.join(ends)}, and no gate of {ends[1]}, that counts on the day; expected one "
        f"of them at least; load a profile with `rankgraph load`"
    )


def _is_gate_reworded(rows: Sequence[Row]) -> bool:
    return any(row["kind"] == "gate" and row["status"] == "reworded" for row in rows)


def _gates(inquiry: Inquiry, ranks: Sequence[str], place: str | None) -> Gates:
    return gates_by_place(part for rank in ranks for part in asked_gates(inquiry, rank, place))


def _elsewhere_only(inquiry: Inquiry, rows: Sequence[Row], aim: str, place: str | None) -> list[Row]:
    """Return the rows of a gap with the gates of a place in place of those of England and Wales."""
    kept = [row for row in rows if not str(row["document"]).startswith("reference/")]
    gates = gates_by_place(row for row in asked_gates(inquiry, aim, place) if row["basis"] == "reference")
    nothing = ("held_level", "needed_level", "held_document", "held_lines", "held_quote")
    stated = ("authority", "document", "lines", "quote")
    new: list[Row] = [
        {
            "kind": "gate",
            "requirement": parts[0]["gate"],
            "requirement_id": parts[0]["gate_id"],
            "status": "new",
            "fact": parts[0]["gate_id"],
            **dict.fromkeys(nothing),
            **{name: parts[0][name] for name in stated},
        }
        for parts in gates.values()
    ]
    return [*new, *kept]


def _ranks_between(inquiry: Inquiry, ends: Sequence[str]) -> list[str]:
    """Return a note on the ranks between two, because their gates and requirements are no part of the gap."""
    rows = inquiry.ask("pathway", {"from": ends[0], "to": ends[1]}).rows
    between = [str(row["to_rank"]) for row in rows if row["route"] == 1][:-1]
    if not rows:
        return [f"no way leads from {ends[0]} up to {ends[1]}: the gap compares the two as they are written"]
    return (
        [f"on the way: {', '.join(between)}; `rankgraph pathway-gap` adds what is asked for there"] if between else []
    )


def _duties(inquiry: Inquiry, ends: Sequence[str]) -> list[Row]:
    """Return duties as rows of a gap: kept where both texts are the same but for signs and capitals."""
    before, after = (
        {_letters(row["duty"]): row for row in inquiry.ask("duties-of", {"rank": end}).rows} for end in ends
    )
    kept = [(row, before.get(letters)) for letters, row in after.items()]
    rows = [_duty(row, "kept" if same else "new", same) for row, same in kept]
    return [*rows, *(_duty(row, "dropped", row) for letters, row in before.items() if letters not in after)]


def _letters(duty: object) -> str:
    return "".join(sign for sign in str(duty).casefold() if sign.isalnum())


def _duty(row: Row, status: str, start_duty: Row | None) -> Row:
    return {
        "kind": "duty",
        "requirement": row["duty"],
        "requirement_id": row["duty_id"],
        "status": status,
        "held_level": None,
        "needed_level": None,
        "held_document": start_duty["document"] if start_duty else None,
        "held_lines": start_duty["lines"] if start_duty else None,
        "held_quote": start_duty["duty"] if start_duty else None,
        **{name: row[name] for name in ("fact", "authority", "document", "lines")},
        "quote": row["duty"],
    }
