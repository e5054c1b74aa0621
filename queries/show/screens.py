"""Answers on one screen: the verdict first, what follows from it, the next step last; all of it is in the trees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from graph.rows import Row, list_or_empty
from queries.answers.alternatives import Options, difference
from queries.answers.answer import number_of
from queries.answers.gate_rows import by_gate, by_option, gates_by_place, is_open
from queries.parameters.editions import NOT_YET
from queries.parameters.names import apart
from queries.show.gate_words import (
    condition,
    condition_of,
    earliest_words,
    has_least_time,
    in_order,
    is_stated,
    next_words,
    standing,
)
from queries.show.screen import Screen, closed_words
from queries.show.words import (
    REQUIREMENT_KINDS,
    VIAS,
    day_words,
    edition_words,
    ladder_name,
    level_words,
    number_of_kind,
    relation_in_words,
    sorted_groups,
)

if TYPE_CHECKING:
    from queries.answers.answer import Answer
    from queries.answers.gap import GapAnswer
    from queries.answers.gates import GatesAnswer
    from queries.answers.pathway import PathwayAnswer

_MOST = 8
"""How many texts of a kind are shown."""

_IN_FULL, _FEW_STEPS = 2, 6
"""How many steps of a way are shown with their gates: the next one and the one after."""

_Step = tuple[Row, Sequence[Sequence[Row]]]
"""A step of a way, and what each of its gates needs."""

_FEW = 4
"""How many ranks are named one by one."""

_SOME = 2
"""How many statements stand as examples, where there are many kinds of them."""

_HOLDINGS = "--me FILE, --holds NAME:DATE, --held-rank RANK:FROM"
_NOT_LOADED = "load a profile, `rankgraph load FILES`, or those of the College, `rankgraph load --college core`"


def pathway(answer: PathwayAnswer) -> Screen:
    """Draw the first way: what the next two steps ask for and how far it is met, and the other steps in a line each."""
    if not answer.rows:
        return _no_way(answer)
    routes = [list(steps) for _, steps in groupby(answer.rows, key=lambda row: row["route"])]
    steps = _each_once([(step, _gates_of(answer, step)) for step in routes[0]])
    title = f"{steps[0][0]['from_rank']} to {steps[-1][0]['to_rank']}: {number_of(len(steps), 'step')}"
    first = f"Earliest: {_earliest_of_way(answer, steps)}. " if answer.earliest else ""
    stated = any(is_stated(gates) for _, gates in steps) or bool(answer.earliest)
    known = _verdict(steps) if any(gates for _, gates in steps) or not stated else ""
    screen = Screen(f"{title}. {first}{known}".rstrip())
    in_full = _IN_FULL if len(steps) <= _FEW_STEPS else 1
    for number, (step, gates) in enumerate(steps, 1):
        head = f"{number}. {step['to_rank']}{_time(step)}"
        day = _day_of_step(answer, number, gates if 1 < number <= in_full else ()) if len(steps) > 1 else ""
        head += f": {day}" if day else ""
        if number <= in_full and gates:
            screen.head(head)
            for parts in gates:
                screen.add(f"   {standing(parts, gates)}", condition_of(parts), parts[0])
        else:
            names = "; ".join(str(parts[0]["gate"]) for parts in gates)
            screen.head(f"{head}{'; ' if day else ': '}{names or 'no further condition is known'}")
    screen.head("")
    closed = {
        f"{parts[0]['document']}{ended}" for _, gates in steps for parts in gates if (ended := closed_words(parts[0]))
    }
    if closed:
        screen.add("Note", f"what rests on an advert that is over: {', '.join(sorted(closed))}")
    _add_doubts(screen, "Note", answer)
    if unprofiled := [
        rank
        for rank in [answer.ends[0], *(str(step["rank_id"]) for step, _ in steps)]
        if rank in answer.unprofiled and not answer.unprofiled[rank].startswith(NOT_YET)
    ]:
        screen.add("Not known", f"skills and duties of {_names(answer.ranks, unprofiled)}; {_NOT_LOADED}")
    if not stated:
        screen.add("Next", f"say what you hold: {_HOLDINGS}")
    screen.more(*([f"{number_of(len(routes) - 1, 'other way')}: --all"] if routes[1:] else []))
    return screen


def _earliest_of_way(answer: PathwayAnswer, steps: Sequence[_Step]) -> str:
    """Return the first day of the next rank, and of a way of several steps that of the last one too."""
    first, gates = steps[0]
    words = earliest_words(answer.earliest[0], answer.day, gates)
    if len(steps) == 1:
        return words
    last = _not_before(answer, len(steps)) or "no day is known"
    return f"{first['to_rank']}: {words}; {steps[-1][0]['to_rank']}: {last}"


def _day_of_step(answer: PathwayAnswer, number: int, gates: Sequence[Sequence[Row]]) -> str:
    """Return the earliest day of a step, with what decides it where its gates are given."""
    if not answer.earliest:
        return ""
    day = _not_before(answer, number)
    words = earliest_words(answer.earliest[number - 1], answer.day, gates) if gates else day
    return words if words.startswith(day) else f"{day}, {words}"


def _not_before(answer: PathwayAnswer, number: int) -> str:
    """Return the earliest day of a step of the first way in words; empty where none is known."""
    first, step = answer.earliest[number - 1], answer.rows[number - 1]
    has_time = step["minimum_months"] is not None or has_least_time(_gates_of(answer, step))
    if first.not_before == answer.day and not has_time:
        return "no least time is known"
    return f"not before {day_words(day)}" if (day := first.day or first.not_before) else ""


def _add_doubts(screen: Screen, label: str, answer: Answer) -> None:
    """Add which editions the answer rests on that are out of date or of unknown start."""
    for doubt in answer.doubts[:_FEW]:
        screen.add(label, doubt)


def _each_once(steps: Sequence[_Step]) -> list[_Step]:
    """Return steps without the gates that a step before asks for too."""
    seen, found = set[tuple[object, ...]](), list[_Step]()
    for step, gates in steps:
        new = [(tuple(parts[0][name] for name in ("gate", "document", "lines")), parts) for parts in gates]
        found.append((step, [parts for key, parts in new if key not in seen]))
        seen |= {key for key, _ in new}
    return found


def _no_way(answer: PathwayAnswer) -> Screen:
    """Say that no promotion leads from one rank to another, and where to look instead."""
    start, aim = (str(answer.ranks[end]["name"]) for end in answer.ends)
    screen = Screen(f"No promotion that is known leads from {start} to {aim}")
    asks = f'what {aim} asks for, however one gets there: `rankgraph gates "{answer.ends[1]}"`'
    beside = f'the two side by side: `rankgraph gap "{answer.ends[0]}" "{answer.ends[1]}"`'
    further = [words for name, words in (("gates", asks), ("gap", beside)) if name in answer.instead]
    for number, words in enumerate(further or [f"no condition of {aim} is known; {_NOT_LOADED}"]):
        screen.add("" if number else "Next", words)
    return screen


def _names(ranks: Mapping[str, Row], some: Sequence[str]) -> str:
    """Return the names of ranks, or of many how many they are."""
    return ", ".join(str(ranks[rank]["name"]) for rank in some) if len(some) <= _FEW else f"{len(some)} of these ranks"


def _gates_of(answer: PathwayAnswer, step: Row) -> list[Sequence[Row]]:
    """Return the gates of a step in the order of the documents that ask for them."""
    return in_order(answer.gates.get(str(step["rank_id"]), {}).values())


def _time(step: Row) -> str:
    least, term = step["minimum_months"], step["term_months"]
    words = [VIAS[str(step["via"])]] if step["via"] != "promotion" else []
    words += [f"after at least {least} months as {step['from_rank']}"] if least is not None else []
    words += [f"fixed term of {term} months"] if term is not None else []
    if by := list_or_empty(step["appointed_by"]):
        words.append(f"appointed by {', '.join(map(str, by))}")
    return f" ({'; '.join(words)})" if words else ""


def _verdict(steps: Sequence[_Step]) -> str:
    """Return how far the first step is that is not open yet."""
    for step, gates in steps:
        closed = [parts for parts in gates if is_open(parts) is not True] if is_stated(gates) else []
        if closed:
            done = f"{len(gates) - len(closed)} of {len(gates)} done for {step['to_rank']}"
            return f"{done}. Next: {next_words(gates)}"
    stated = any(is_stated(gates) for _, gates in steps)
    return "All that is known to be asked for is done" if stated else "What you hold is not stated"


def gates(answer: GatesAnswer) -> Screen:
    """Draw how each gate of a rank stands, those that are not open first."""
    found = in_order(by_gate(answer.rows))
    closed = [parts for parts in found if is_open(parts) is not True]
    done = f": {len(found) - len(closed)} of {len(found)} done" if answer.holdings_stated else ""
    screen = Screen(f"Gates of {answer.name} ({answer.rank}) on {day_words(answer.day)}{done}")
    if answer.holdings_stated and found:
        _add_earliest(screen, answer, found)
    for parts in [*closed, *(parts for parts in found if parts not in closed)]:
        screen.add(standing(parts, found), condition_of(parts), parts[0])
    screen.head("")
    _add_doubts(screen, "Note", answer)
    if not found and not answer.rules:
        screen.add("Next", f"no condition of {answer.name} is known; {_NOT_LOADED}")
    elif not answer.holdings_stated and found:
        screen.add("Next", f"say what you hold: {_HOLDINGS}")
    screen.more()
    return screen


def _add_earliest(screen: Screen, answer: GatesAnswer, found: Sequence[Sequence[Row]]) -> None:
    """Add the first day on which the gates of a rank are open together, and what comes next."""
    if answer.is_held:
        screen.add("Note", "you hold this rank, or have held it: the gates are those of the way to it")
    else:
        by = f"; appointed by {' or '.join(answer.appointed_by)}" if answer.appointed_by else ""
        screen.add("Earliest", f"{earliest_words(answer.earliest, answer.day, found)}{by}")
        way = f'the way there: `rankgraph pathway "{answer.below}" "{answer.rank}"`' if answer.below else ""
        if words := way or next_words(found):
            screen.add("Next", words)
    screen.head("")


def gap(answer: GapAnswer) -> Screen:
    """Draw a gap: what is lacking or harder, what is new, how much changed and stayed, and what is not known."""
    conditions = sorted(_conditions(answer), key=lambda one: _ORDER.index(one[0]))
    others = [row for row in answer.rows if row["kind"] not in {"gate", "course"}]
    screen = Screen(_title(answer, [label for label, *_ in conditions], others))
    for rank in answer.ends:
        screen.add("  ", f"{answer.names[rank]}: {'; '.join(answer.editions[rank]) or answer.unprofiled[rank]}")
    screen.head("")
    _add_compared(screen, conditions, others, unprofiled=answer.ends[1] in answer.unprofiled)
    for announcement in answer.announcements:
        screen.add("NOT KNOWN", announcement)
    if not_loaded := [rank for rank, words in answer.unprofiled.items() if not words.startswith(NOT_YET)]:
        names = ", ".join(answer.names[rank] for rank in not_loaded)
        screen.add("NOT KNOWN", f"skills and duties of {names}; {_NOT_LOADED}")
    for note in answer.warnings:
        if note not in {*answer.unprofiled.values(), answer.rules}:
            screen.add("NOTE", note)
    _add_doubts(screen, "NOTE", answer)
    if conditions and not answer.status:
        screen.add("NEXT", f"say what you hold: {_HOLDINGS}")
    screen.more(words="with what changed")
    return screen


def _add_compared(
    screen: Screen, conditions: Sequence[tuple[str, str, Row]], others: Sequence[Row], *, unprofiled: bool
) -> None:
    """Add conditions and texts so that all that is new stands before all that stayed."""
    texts = [(status, list(rows)) for status, rows in sorted_groups(others, "status", tuple(_STATUSES))]
    for is_same in (False, True):
        for label, text, row in conditions:
            if (label == "SAME") == is_same:
                screen.add(label, text, row)
        for status, rows in texts:
            if (status not in _CHANGES) == is_same:
                _add_texts(screen, status, rows, unprofiled=unprofiled)


def _title(answer: GapAnswer, labels: Sequence[str], others: Sequence[Row]) -> str:
    """Return the two ranks with how many conditions are open or changed, and how much is new."""
    counts = [(label.lower(), labels.count(label)) for label in _ORDER[:-1]]
    words = [f"{label} {count}" for label, count in counts if count and label != "new"]
    new = [row for row in others if row["status"] in {"new", "raised"}]
    more = counts[-1][1] + len(new)
    words += [f"{more} new or raised"] if more else []
    start, aim = answer.ends
    unknown = [row for row in others if row["status"] == "unknown"]
    words += ["skills and duties not known"] if aim in answer.unprofiled else []
    words += [f"{len(unknown)} not known"] if unknown and aim not in answer.unprofiled else []
    is_stated = any(row["status"] != "dropped" for row in answer.rows)
    nothing = "nothing more is asked" if is_stated else "no condition or requirement of it is stated"
    return f"{answer.names[start]} to {answer.names[aim]}: {', '.join(words) or nothing}"


_OPEN = ("unclear", "for your force to judge", "opens when", "under way")
_ORDER = ("YOU LACK", "TO JUDGE", "YOU HAVE", "HARDER", "OTHER", "EASIER", "NEW", "SAME")
_STATUSES = {"new": "NEW", "raised": "RAISED", "reworded": "CHANGED", "kept": "SAME", "dropped": "NOT NAMED"}
_CHANGES = ("new", "raised", "reworded")


def _conditions(answer: GapAnswer) -> Iterator[tuple[str, str, Row]]:
    """Yield gates, and the courses that stand in none: how each stands, and how its alternatives changed."""
    inside = {part["fact"] for parts in answer.gates.values() for part in parts if part["gate"] != part["needs"]}
    by_gate = {key: by_option(parts) for key, parts in answer.gates.items()}
    seen = set[object]()
    for row in sorted(answer.rows, key=lambda row: REQUIREMENT_KINDS.index(str(row["kind"]))):
        if row["kind"] not in {"gate", "course"} or row["fact"] in inside or row["requirement_id"] in seen:
            continue
        seen.add(row["requirement_id"])
        needs = answer.gates.get((str(row["requirement"]), str(row["document"]), str(row["lines"])), ())
        parts = _with_status(answer, row) or needs
        if answer.status and row["status"] != "dropped":
            label, text = _standing_of(row, parts, answer.status)
            yield label, text, row
        if row["requirement_id"] in answer.met_by_rank and row["status"] == "new":
            yield "YOU HAVE", f"{row['requirement']} (by the rank of {answer.names[answer.ends[0]]})", row
            continue
        yield from _change(row, parts or needs, by_gate, has_status=bool(answer.status))


def _with_status(answer: GapAnswer, row: Row) -> list[Row]:
    parts = [part for part in answer.status if part["gate_id"] == row["requirement_id"]]
    return parts or [part for part in answer.status if part["fact"] == row["fact"]]


def _standing_of(row: Row, parts: Sequence[Row], status: Sequence[Row]) -> tuple[str, str]:
    if not parts:
        return ("YOU HAVE" if row.get("met") else "YOU LACK"), str(row["requirement"])
    words = standing(parts, by_gate(status))
    label = "YOU HAVE" if is_open(parts) else "TO JUDGE" if words.startswith(_OPEN) else "YOU LACK"
    beside = "" if words in {"done", "missing", "for your force to judge"} else f" ({words})"
    return label, f"{condition_of(parts)}{beside}"


def _change(
    row: Row, parts: Sequence[Row], gates: Mapping[tuple[str, str, str], Options], *, has_status: bool
) -> Iterator[tuple[str, str, Row]]:
    """Yield how the alternatives of a gate differ from those of the rank held, in what opens each."""
    old = next((one for (_, *at), one in gates.items() if at == [row["held_document"], row["held_lines"]]), None)
    is_changed = row["kind"] == "gate" and row["status"] == "reworded" and old is not None
    label = difference(old, by_option(parts)).upper() if is_changed and old else _STATUSES[str(row["status"])]
    label = {"EQUAL": "SAME", "CHANGED": "OTHER"}.get(label, label)
    if label in {"HARDER", "EASIER", "OTHER"} and old:
        yield label, f"{_in_words(by_option(parts))}; before: {_in_words(old)}", row
    elif label in _ORDER and not has_status:
        yield label, str(row["requirement"]), row


def _in_words(options: Sequence[Sequence[Row]]) -> str:
    return ", or ".join(" and ".join(condition(part) for part in option) for option in options)


def _add_texts(screen: Screen, status: str, rows: Sequence[Row], *, unprofiled: bool) -> None:
    """Add what is new or raised in its own words, and of the rest how many."""
    counts = _counts(rows)
    if status in {"new", "raised"}:
        for row in rows[:_MOST]:
            screen.add(_STATUSES[status], f"{row['requirement']}{level_words(row)}", row)
        if rows[_MOST:]:
            screen.add(_STATUSES[status], f"and {len(rows) - _MOST} more", rows=rows[_MOST:])
    elif status == "unknown" or (status == "dropped" and unprofiled):
        screen.add("NOT KNOWN", f"whether it asks for {counts}, which the rank held asks for", rows=rows)
    else:
        only = ", which only the rank held asks for" if status == "dropped" else ""
        screen.add(_STATUSES[status], f"{counts}{only}", rows=rows)


def rank(answer: Answer) -> Screen:
    """Draw what a rank is, how it is reached and where it leads, what it asks for and does, and whom it deals with."""
    parts = answer.parts or {}
    of = {name: [row for row in list_or_empty(rows) if isinstance(row, dict)] for name, rows in parts.items()}
    short = f", {parts['short_name']}" if parts["short_name"] else ""
    screen = Screen(f"{parts['name']}{short} ({parts['id']}): {_standing_on_ladder(parts)}")
    for label, name in (("FROM", "feeder_ranks"), ("LEADS TO", "next_ranks"), ("EQUAL TO", "equivalents")):
        if of[name]:  # what a condition asks to have held stands there
            ids = {str(row["rank_id"]): str(row["rank"]) for row in of[name] if row.get("via") != "gate"}
            names = apart({**ids, str(parts["id"]): str(parts["name"])})
            screen.add(label, ", ".join(dict.fromkeys(names[one] for one in ids)))
    _add_editions(screen, of["editions"])
    for row in of["purpose"][:1]:
        screen.add("PURPOSE", str(row["text"]), row)
    for parts_of_gate in in_order(gates_by_place(of["gates"]).values()):
        label = "AFTERWARDS" if parts_of_gate[0].get("follows") else "CONDITIONS"
        screen.add(label, condition_of(parts_of_gate), parts_of_gate[0])
    for row in of["duties"][:_SOME]:
        screen.add("DUTIES", str(row["duty"]), row)
    if of["duties"][_SOME:]:
        screen.add("DUTIES", f"and {len(of['duties']) - _SOME} more", rows=of["duties"][_SOME:])
    if of["requirements"]:
        screen.add("ASKS FOR", _counts(of["requirements"]), rows=of["requirements"])
    if of["bodies"]:
        ties = (
            f"{relation_in_words(relation)} {', '.join(dict.fromkeys(str(row['body']) for row in rows))}"
            for relation, rows in sorted_groups(of["bodies"], "relation", ())
        )
        screen.add("BODIES", "; ".join(ties), rows=of["bodies"])
    _add_doubts(screen, "NOTE", answer)
    screen.more()
    return screen


def _add_editions(screen: Screen, editions: Sequence[Row]) -> None:
    for row in editions:
        screen.add("PROFILE", f"{row['edition']}{edition_words(row)}")
    if not editions:
        screen.add("NOT KNOWN", f"its skills and duties; {_NOT_LOADED}")


def _standing_on_ladder(parts: Row) -> str:
    if not parts["step"]:
        return "a role on no ladder of ranks"
    return f"{ladder_name(parts['ladder'])}, rank {parts['step']} counted up from Constable"


def _counts(rows: Sequence[Row]) -> str:
    return ", ".join(number_of_kind(len(of), kind) for kind, of in sorted_groups(rows, "kind", REQUIREMENT_KINDS))
