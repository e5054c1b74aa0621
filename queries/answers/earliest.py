"""The first day on which a rank can be reached: under what is held, and the times that its gates ask for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from graph.days import LAST_DAY, add_months, day_before
from graph.rows import Row, list_or_empty
from queries.answers.gate_rows import by_gate, by_option, is_open

Times = Sequence[tuple[str, str]]
"""First and last days, both of them included; an open start is an empty text, an open end LAST_DAY."""

_STEP = re.compile(r"(?P<way>.*\bstep )(?P<number>\d+)\b")


@dataclass(frozen=True)
class Earliest:
    """The first day on which all gates of a rank are open.

    It is `day` where what is held is enough; else `not_before`, if all that nobody holds or has judged yet came on the
    day asked about, in the gates `waits_for` (their parts). `decided_by` are the gates that open last, on that day.
    Both days are none where the gates are never open together. Of a rank without gates nothing is known: it can be
    reached on no day for sure. `afterwards` are the gates that come after the promotion and are not open.
    """

    day: str | None
    not_before: str | None
    waits_for: Sequence[Sequence[Row]]
    decided_by: Sequence[Sequence[Row]]
    afterwards: Sequence[Sequence[Row]] = ()


def earliest(rows: Sequence[Row], day: str, *, ranks: Mapping[str, str] | None = None) -> Earliest:
    """Return the first day, not before the one asked about, on which the gates of a rank are open together.

    `rows` are those of `gate-status` of that day; `ranks` are ranks that will be reached on the way, with their days.
    """
    every = by_gate(rows)
    gates = [parts for parts in every if not parts[0].get("follows")]
    later = [parts for parts in every if parts not in gates and not is_open(parts)]
    if not gates:
        return Earliest(None, day, [], [], later)
    held = [_times(parts, _windows) for parts in gates]
    sure = [_within(times, day) for times in _kept(gates, held, [_begun(parts) for parts in gates])]
    found = _first(_all_of(sure))
    if found:
        return Earliest(found, None, [], _closed_before(gates, sure, found, day), later)
    likely = _hoped_times(gates, sure, day, ranks or {})
    found = _first(_all_of(likely))
    if not found:  # what lapses before the rest can be done has to be done anew
        sure = [[] if _lapses(times) else times for times in sure]
        likely = _hoped_times(gates, sure, day, ranks or {}, anew=True)
        found = _first(_all_of(likely))
    waits = [parts for times, parts in zip(sure, gates, strict=True) if not times]
    return Earliest(None, found, waits, _closed_before(gates, likely, found, day) if found else [], later)


def _begun(parts: Sequence[Row]) -> str | None:
    """Return the day on which a time that a gate asks for was begun, as temporary promotion is; none if on none."""
    days = [part.get("begun") for part in parts if part["part_status"] not in {"missing", "lapsed"}]
    return next((str(one) for one in days if one), None)


def _comes_first(parts: Sequence[Row], gates: Sequence[Sequence[Row]]) -> list[int]:
    """Return the places of the gates that have to be open before what a gate asks for begins."""
    after = list_or_empty(parts[0].get("after"))
    return [number for number, other in enumerate(gates) if other[0]["gate_id"] in after]


def _kept(gates: Sequence[Sequence[Row]], times: Sequence[Times], begun: Sequence[str | None]) -> list[Times]:
    """Return the times of gates, of which one that was open when what comes after it began counts for good."""
    kept = [list(one) for one in times]
    for parts, start in zip(gates, begun, strict=True):
        for number in _comes_first(parts, gates) if start else ():
            kept[number] = [(first, LAST_DAY if first <= str(start) <= last else last) for first, last in kept[number]]
    return list(kept)


def _lapses(times: Times) -> bool:
    return bool(times) and all(last != LAST_DAY for _, last in times)


def _is_within(day: str, times: Times) -> bool:
    return any(first <= day <= last for first, last in times)


def _hoped_times(
    gates: Sequence[Sequence[Row]], sure: Sequence[Times], day: str, ranks: Mapping[str, str], *, anew: bool = False
) -> list[Times]:
    """Return when gates are open if what is lacking is begun as soon as what comes first is done.

    What lapses is done `anew`, where that is asked, as if it were not held.
    """
    gates = [[{**part, "windows": []} if anew and _lapses(_windows(part)) else part for part in one] for one in gates]
    found, begun = dict[int, Times](), dict[int, str]()

    def times_of(number: int) -> Times:
        if number not in found:
            parts, before = gates[number], [times_of(one) for one in _comes_first(gates[number], gates)]
            start = _first(_all_of([*before, [(day, LAST_DAY)]]))
            found[number] = sure[number]
            if not sure[number] and start:
                found[number] = _hoped_gate(parts, day, ranks, start)
                if any(map(_takes_time, parts)):
                    begun[number] = start
        return found[number]

    likely = [times_of(number) for number in range(len(gates))]
    return _kept(gates, likely, [begun.get(number) for number in range(len(gates))])


def _hoped_gate(parts: Sequence[Row], day: str, ranks: Mapping[str, str], start: str) -> Times:
    """Return when a gate may be open; by an option that service alone opens, where there is one."""

    def by_service(part: Row) -> Times:
        return _hoped(part, day, ranks, start) if part["kind"] == "rank" else _within(_windows(part), day)

    times = _times(parts, by_service) or _times(parts, lambda part: _hoped(part, day, ranks, start))
    return _within(times, day)


def _takes_time(part: Row) -> bool:
    return part["for_months"] is not None and part["kind"] != "rank" and part["held"] is None


def first_open_day(parts: Sequence[Row], day: str) -> str | None:
    """Return the first day, not before the one asked about, on which a gate is open to what is held; none if never."""
    return _first(_within(_times(parts, _windows), day))


def first_common_day(rows: Iterable[Row], day: str) -> str | None:
    """Return the first day, not before the one asked about, on which all rows with `windows` are met; none if never."""
    return _first(_all_of([_within(_windows(row), day) for row in rows]))


def begins_on(parts: Sequence[Row], gates: Sequence[Sequence[Row]]) -> str | None:
    """Return the day on which the last of the gates that come before one opens, where all of them open by what is held.

    None where it is known of one of them alone that it is open, or does not open.
    """
    before = [gates[number] for number in _comes_first(parts, gates) if not is_open(gates[number])]
    times = _all_of([_times(other, _windows) for other in before])
    return _first(times) if before and not _begun(parts) else None


def previous_step(parts: Sequence[Row], gates: Sequence[Sequence[Row]]) -> str | None:
    """Return the step that a gate waits for, the last one before it that is not open, as `step 3`.

    Steps are those that the names of the gates of one rank count: `NPPF step 4`.
    """
    match = _STEP.match(str(parts[0]["gate"]))
    if match is None:
        return None
    steps = [(_STEP.match(str(other[0]["gate"])), other) for other in gates]
    before = [
        int(step["number"])
        for step, other in steps
        if step and step["way"] == match["way"] and int(step["number"]) < int(match["number"]) and not is_open(other)
    ]
    return f"step {max(before)}" if before else None


def along(
    rows: Iterable[Row], status: Mapping[str, Sequence[Row]], day: str, start: str, since: Mapping[str, str]
) -> list[Earliest]:
    """Return the first day of each step of routes from a rank, with the gates by the id of the rank that has them.

    `since` is when ranks were reached, by their ids. What comes after a step that is not taken yet has no day of its
    own, only one that it cannot precede.
    """
    found, reached = list[Earliest](), dict[str, str]()
    held: str | None = None
    below = start
    for row in rows:
        is_next = row["order"] == 1
        reached, held, below = ({}, None, start) if is_next else (reached, held, below)
        service = _service(row, below, status.get(str(row["rank_id"]), ()), {**since, **reached})
        if is_next or held:
            one = earliest(service, held or day, ranks=reached)
            found.append(one if is_next else replace(one, day=None, not_before=one.day or one.not_before))
        else:
            found.append(Earliest(None, None, [], []))
        held = found[-1].day or found[-1].not_before
        below = str(row["rank_id"])
        reached = {**reached, below: held} if held else {}
    return found


def _service(step: Row, rank: str, parts: Sequence[Row], since: Mapping[str, str]) -> Sequence[Row]:
    """Return the gates of a step with the least service before it, where no gate asks for it."""
    months = step["minimum_months"]
    if months is None or any(part["needs_id"] == rank and part["for_months"] is not None for part in parts):
        return parts
    start = add_months(since[rank], int(str(months))) if rank in since else None
    name = f"least service as {step['from_rank']}"
    row = {"gate": name, "gate_id": "least service", "document": "", "lines": "", "option": 1, "kind": "rank"}
    needs = {"needs": step["from_rank"], "needs_id": rank, "before": None, "for_months": months, "held": None}
    status = {"part_status": "not_stated", "gate_open": None, "windows": [f"{start}/"] if start else [], "opens": None}
    return [*parts, {**row, **needs, **status}]


def _times(parts: Sequence[Row], times_of: Callable[[Row], Times]) -> Times:
    """Return when a gate is open: when all parts of one of its options are."""
    return sorted({time for option in by_option(parts) for time in _all_of([times_of(part) for part in option])})


def _windows(part: Row) -> Times:
    windows = (str(window).partition("/") for window in list_or_empty(part["windows"]))
    return [(first, last or LAST_DAY) for first, _, last in windows]


def _hoped(part: Row, day: str, ranks: Mapping[str, str], begins: str) -> Times:
    """Return when a part is met, if what is not held, judged or known yet comes, or came, by the day it can begin."""
    reached, status = ranks.get(str(part["needs_id"])), str(part["part_status"])
    is_possible = reached or part["kind"] != "rank" or status == "not_stated" or (status == "unclear" and part["held"])
    sure, start = _within(_windows(part), day), reached or begins
    is_elsewhere = status == "unclear" and part["held"] is None
    if sure or not is_possible or is_elsewhere or (part["before"] is not None and start >= str(part["before"])):
        return sure
    waits = part["for_months"] if reached or (part["held"] is None and part["kind"] != "rank") else None
    first = add_months(start, int(str(waits))) if waits is not None else start
    begun = part.get("begun")  # a time that was judged too soon goes on
    whole = add_months(str(begun), int(str(part["for_months"]))) if begun and part["for_months"] else None
    return [(max(first, str(part["opens"] or ""), whole or ""), LAST_DAY)] if first else []


def _all_of(times: Sequence[Times]) -> Times:
    """Return the times in which all are met."""
    return reduce(lambda some, others: list(_common(some, others)), times, [("", LAST_DAY)])


def _common(some: Times, others: Times) -> Iterator[tuple[str, str]]:
    for first, last in some:
        for other_first, other_last in others:
            if max(first, other_first) <= min(last, other_last):
                yield max(first, other_first), min(last, other_last)


def _within(times: Times, day: str) -> Times:
    return [(max(first, day), last) for first, last in times if last >= day]


def _first(times: Times) -> str | None:
    return min((first for first, _ in times), default=None)


def _closed_before(
    gates: Sequence[Sequence[Row]], times: Sequence[Times], found: str, day: str
) -> Sequence[Sequence[Row]]:
    """Return the gates that are not open on the eve of a day."""
    if found <= day:
        return []
    eve = day_before(found)
    return [parts for parts, of in zip(gates, times, strict=True) if not _is_within(eve, of)]
