"""Gates in words: what they need, whether they are open and by which option, until when, and what blocks them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from graph.days import add_months, day_before
from graph.rows import Row, list_or_empty
from queries.answers.earliest import Earliest, begins_on, previous_step
from queries.answers.gate_rows import by_option, is_open, last_open_day
from queries.answers.gates import gates_in_state
from queries.parameters.names import FORCES
from queries.show.words import day_words

_UNKNOWN = {"not_stated", "to_judge", "opens", "unclear"}
"""Statuses of what may still come."""
_AFTERWARDS = "comes afterwards"

_TO_JUDGE = "for your force to judge"
_UNDER_WAY = "under way"


def state_words(parts: Sequence[Row], gates: Sequence[Sequence[Row]] = ()) -> str:
    """Return how a gate stands, and of several options by which it is open.

    >>> part = {"gate_open": True, "option": 2, "option_open": True, "part_status": "done", "until": "2028-03-14"}
    >>> state_words([{**part, "option": 1, "option_open": False, "part_status": "missing"}, part])
    'counts until 14 Mar 2028, by option 2'
    """
    options = by_option(parts)
    numbers = [str(option[0]["option"]) for option in options if option[0]["option_open"]]
    by = f", by option {' and by option '.join(numbers)}" if is_open(parts) and len(options) > 1 else ""
    return f"{standing(parts, gates)}{by}"


def part_words(part: Row) -> str:
    """Return the status of one part, with the day it rests on."""
    words = [": ".join(filter(None, (_status_words(part), remark(part))))]
    if part["held"] is not None and part["held_since"] != part["opens"]:
        words.append(f"held since {day_words(part['held_since'])}" if part["held_since"] else "held, day not known")
    if part["held"] is not None and part["held"] != part["needs_id"]:
        words.append(f"as {part['held']}")
    return ", ".join(words)


def _status_words(part: Row) -> str:
    status, opens = str(part["part_status"]), part["opens"]
    if status == "missing" and part["held"] is not None and part["kind"] != "experience" and not _is_too_late(part):
        return "missing: too short"
    if status == "unclear":
        return _unclear_words(part)
    words = {
        "done": f"counts until {day_words(part['until'])}" if part["until"] else "done",
        "opens": f"opens on {day_words(opens)}" if opens else "",
        "to_judge": f"{_TO_JUDGE}, not before {day_words(opens)}" if opens else _TO_JUDGE,
    }
    return words.get(status, status.replace("_", " "))


def requirement_words(row: Row) -> str:
    """Return how a requirement of a rank stands for a person, by its `status` and the day on which it opens.

    >>> requirement_words({"status": "opens", "opens": "2027-03-14"}), requirement_words({"status": "too_low"})
    ('opens on 14 Mar 2027', 'too low')
    """
    if row["status"] == "opens":
        return f"opens on {day_words(row['opens'])}"
    return _TO_JUDGE if row["status"] == "to_judge" else str(row["status"]).replace("_", " ")


def remark(part: Row) -> str:
    """Return what stands behind a status: why it is unclear, or that it is a plan; empty where nothing does."""
    since = part["held_since"]
    if words := _order_words(part):
        return words
    if _is_too_late(part):
        return f"too late: counts only until {day_words(day_before(str(part['before'])))}"
    if part["part_status"] != "unclear":
        return "a plan" if since and since == part["opens"] else ""
    if part["held"] is None:
        return "not known there"
    if part["kind"] == "rank" and part["held"] != part["needs_id"]:
        return "no source sets the two ranks side by side"
    last = add_months(str(since), int(str(part["within_months"]))) if _may_lapse(part) else None
    return f"lapsed, or counts until {day_words(last)} at the latest" if last else ""


def _is_too_late(part: Row) -> bool:
    """Return whether what is held came after the last day on which it could count."""
    since, before = part["held_since"], part["before"]
    return part["part_status"] == "missing" and bool(since and before and str(since) >= str(before))


def _order_words(part: Row) -> str:
    """Return what the order of gates and the time that a part counts have to do with its status."""
    if words := _under_way(part):
        return words
    if part.get("too_soon"):
        done = "begun" if part.get("begun") else "passed"
        return f"{done} before {part['too_soon']}, which has to come first: check the days"
    if part.get("kept_from") and part["kind"] == "course":
        when = f"counted when what comes after it began on {day_words(part['kept_from'])}"
        return f"{when}; whether a lapse since then matters was not found: ask your force"
    if part["part_status"] == "lapsed" and part["kind"] != "rank":
        return f"counts for {part['within_months']} months"
    if part["part_status"] == "missing" and part.get("begun") and part["for_months"]:
        return f"judged too soon, {part['for_months']} months are asked"
    return ""


def _under_way(part: Row) -> str:
    """Return since when a time that is asked for runs, and when it is over; empty where none runs."""
    if not (part.get("begun") and part["for_months"] and part["opens"] and is_judged(part)):
        return ""
    return f"since {day_words(part['begun'])}, {part['for_months']} months on {day_words(part['opens'])}"


def _unclear_words(part: Row) -> str:
    needs_day = part["held"] is not None and (part["kind"] != "rank" or part["held"] == part["needs_id"])
    needs_day = needs_day and not part.get("too_soon")
    return "unclear (give the day)" if needs_day else "unclear"


def _may_lapse(part: Row) -> bool:
    return part["kind"] != "rank" and part["within_months"] is not None and part["held_since"] is not None


def standing(parts: Sequence[Row], gates: Sequence[Sequence[Row]] = ()) -> str:
    """Return how a gate stands, in the words that all answers have for it.

    `gates` are all gates of the rank, of which one may have to be passed first.
    """
    if "part_status" not in parts[0]:
        return _AFTERWARDS if parts[0].get("follows") else "not stated"
    if is_open(parts):
        until = last_open_day(parts)
        return f"counts until {day_words(until)}" if until else "done"
    missing = _lacking(parts)
    statuses = {str(part["part_status"]) for part in missing}
    days = [str(part["opens"]) for part in missing if part["opens"]]
    if parts[0].get("follows") and statuses <= _UNKNOWN:
        return _AFTERWARDS
    if statuses == {"opens"}:
        return f"opens on {day_words(max(days))}"
    if "to_judge" in statuses and all(map(_waits, missing)):
        return _judge_words(parts, gates, max(days, default=None))
    unclear = [_unclear_words(part) for part in missing if part["part_status"] == "unclear"]
    ordered = ("lapsed", "missing", "opens", "unclear", "not_stated")
    worst = next((status for status in ordered if status in statuses), "missing")
    begins = _may_begin(parts, gates) if worst == "missing" else None
    words = "missing" if worst == "opens" else worst.replace("_", " ")
    words = f"{words}, not before {day_words(begins)}" if begins else words
    return unclear[0] if worst == "unclear" else words


def _lacking(parts: Sequence[Row]) -> Sequence[Row]:
    """Return what is not done of the option of a gate of which least is left."""
    return min(([part for part in option if part["part_status"] != "done"] for option in by_option(parts)), key=len)


def next_words(gates: Sequence[Sequence[Row]]) -> str:
    """Return what to do first for gates that are not open, a course or exam before evidence; then what time opens."""
    lacking = [parts for parts in in_order(gates) if is_open(parts) is not True]
    closed = sorted(lacking, key=lambda parts: _turn(parts, gates))
    if not closed:
        return ""
    for parts in closed:
        before = [str(one[0]["gate"]) for one in lacking if one[0]["gate_id"] in list_or_empty(parts[0].get("after"))]
        if before and any(map(_under_way, parts)):
            return f"record what came before {parts[0]['gate']}: {_together(before)}"
    first, *others = closed
    some = " and ".join(map(_needed, _lacking(first)))
    lines = "".join(f'; once it is: --holds "{_needed(part)}:DATE"' for part in filter(is_judged, _lacking(first)))
    still = f" (still: {some}{lines})" if _is_held_in_part(first) else ""
    by_time = [parts for parts in others if _turn(parts, gates) == _BY_TIME and _turn(first, gates) < _BY_TIME]
    then = "; ".join(f"{parts[0]['gate']} ({standing(parts, gates)})" for parts in by_time)
    return f"{first[0]['gate']}{still}{f'; then time: {then}' if then else ''}"


def in_order(gates: Iterable[Sequence[Row]]) -> list[Sequence[Row]]:
    """Return gates as answers list them: what comes after the promotion last, law and policy before documents."""

    def place(parts: Sequence[Row]) -> tuple[bool, bool, str, int]:
        row = parts[0]
        line = int(re.split(r"\D", str(row["lines"]), maxsplit=1)[0])
        return bool(row.get("follows")), row["basis"] != "reference", str(row["document"]), line

    return sorted(gates, key=place)


_COURSE, _EVIDENCE, _AFTER_ANOTHER, _BY_TIME, _ONCE_PROMOTED = range(5)


def _turn(parts: Sequence[Row], gates: Sequence[Sequence[Row]]) -> int:
    """Return when it is the turn of a gate that is not open: the lower, the earlier one can do something for it."""
    if parts[0].get("follows"):
        return _ONCE_PROMOTED
    if _waits_for_time(parts):
        return _BY_TIME
    after = list_or_empty(parts[0].get("after"))
    if is_open(parts) is None or any(_waits_for_time(other) for other in gates if other[0]["gate_id"] in after):
        return _AFTER_ANOTHER
    if not any(map(is_judged, _lacking(parts))):
        return _COURSE
    return _AFTER_ANOTHER if previous_step(parts, gates) else _EVIDENCE


def _waits_for_time(parts: Sequence[Row]) -> bool:
    return any(part["kind"] == "rank" and part["part_status"] in {"opens", "missing"} for part in _lacking(parts))


def _may_begin(parts: Sequence[Row], gates: Sequence[Sequence[Row]]) -> str | None:
    """Return the day before which a service that has to come first keeps one from an exam; none where none does."""
    after = list_or_empty(parts[0].get("after"))
    before = [part for other in gates if other[0]["gate_id"] in after for part in _lacking(other)]
    return max((str(part["opens"]) for part in before if part["kind"] == "rank" and part["opens"]), default=None)


def _judge_words(parts: Sequence[Row], gates: Sequence[Sequence[Row]], opens: str | None) -> str:
    """Return when a gate opens that only a person can judge."""
    if any(map(_under_way, parts)):
        return _UNDER_WAY
    if step := previous_step(parts, gates):
        return f"opens when {step} is passed"
    if begins := begins_on(parts, gates):
        return f"opens on {day_words(begins)}"
    return f"{_TO_JUDGE}, not before {day_words(opens)}" if opens else _TO_JUDGE


def _waits(part: Row) -> bool:
    """Return whether a part stands in the way of a judgement no longer than that takes."""
    is_the_rank_below = part["kind"] == "rank" and not part["for_months"] and part["part_status"] == "missing"
    return part["part_status"] in {"to_judge", "opens", "not_stated"} or is_the_rank_below


def is_judged(part: Row) -> bool:
    """Return whether only a person can judge a part of a gate, and nobody is said to have."""
    return part.get("part_status") == "to_judge"


def earliest_words(found: Earliest, day: str, gates: Sequence[Sequence[Row]]) -> str:
    """Return the first day on which all gates are open, what decides it or has to come first, and what comes after."""
    then = "".join(f"; then {parts[0]['gate']}{_least_time(parts)}" for parts in found.afterwards)
    return f"{_first_day_words(found, day, gates)}{then}"


def _least_time(parts: Sequence[Row]) -> str:
    months = [int(str(part["for_months"])) for part in parts if part["for_months"]]
    return f" ({'at least ' if min(months) != max(months) else ''}{min(months)} months)" if months else ""


def _first_day_words(found: Earliest, day: str, gates: Sequence[Sequence[Row]]) -> str:
    if found.day:
        by = ", ".join(str(parts[0]["gate"]) for parts in found.decided_by)
        return "nothing more is asked" if found.day == day else f"{day_words(found.day)} ({by})"
    if found.not_before is None and (between := list(dict.fromkeys(_ranks_to_come(found)))):
        return f"{' and '.join(between)} comes first"
    again = [parts for parts in found.waits_for if is_open(parts)]
    lacking = [parts for parts in found.waits_for if not any(map(is_judged, parts)) and is_open(parts) is False]
    undated = [parts for parts in found.waits_for if is_open(parts) is None]
    once = "".join(
        f", {words} {_together([str(parts[0]['gate']) for parts in some])}"
        for words, some in (
            ("once you have", lacking),
            ("once you have again", again),
            ("depending on the days of", undated),
        )
        if some
    )
    if found.not_before is None:
        lapses = ": what you hold lapses before the rest can be done" if not undated else ""
        return f"no day is known{lapses}{once if lacking else ''}"
    for parts in found.decided_by:
        months = [str(part["for_months"]) for part in parts if part["for_months"] and not part["windows"]]
        step = previous_step(parts, gates)
        is_next = bool(months) and found.not_before == add_months(day, int(months[0]))
        if is_next and step and not any(part["held"] for part in parts):
            return f"not before {day_words(found.not_before)}, {months[0]} months after {step}{once}"
    judged = ", once your force has judged" if len(lacking) + len(undated) + len(again) < len(found.waits_for) else ""
    first = f", not before {day_words(found.not_before)}" if found.not_before != day else ""
    return f"{first}{judged}{once}"[2:] or "not known"


def has_least_time(gates: Iterable[Sequence[Row]]) -> bool:
    """Return whether gates ask for a time."""
    return any(part["for_months"] for parts in gates for part in parts)


def _together(names: Sequence[str]) -> str:
    """Return the names of gates, all of which are needed, so that none with alternatives in it runs into another.

    >>> _together(["A7", "an exam"]), _together(["A7", "ELP or PNAC"])
    ('A7 and an exam', 'A7, and also ELP or PNAC')
    """
    return (", and also " if any(" or " in name for name in names) else " and ").join(names)


def _ranks_to_come(found: Earliest) -> Iterator[str]:
    """Yield the ranks without which gates cannot be open, and which nobody is said to have held."""
    for parts in found.waits_for:
        lacking = [
            [str(part["needs"]) for part in option if part["kind"] == "rank" and part["part_status"] == "missing"]
            for option in by_option(parts)
            if not any(part["held"] for part in option)
        ]
        yield from lacking[0] if lacking and all(lacking) else ()


def verdict(rows: Iterable[Row]) -> list[str]:
    """Return what stands in the way and what does not, a line each: still to do, unclear, done."""
    groups = [
        (words, gates_in_state(rows, state))
        for state, words in ((False, "still to do"), (None, "unclear or not stated"), (True, "done"))
    ]
    return [f"{words}: {'; '.join(names)}" for words, names in groups if names]


def condition(part: Row) -> str:
    """Return what a part of an option asks for, with its days and months."""
    words = [f"{_needed(part)}{' or higher' if part['at_least'] else ''}"]
    if part["before"]:
        words.append(f"before {part['before']}")
    if part["within_months"]:
        words.append(f"in the last {part['within_months']} months")
    if part["for_months"]:
        words.append(f"for {part['for_months']} months")
    return " ".join(words)


def _condition_and_remark(part: Row) -> str:
    words = remark(part) if is_stated([[part]]) else ""
    return f"{condition(part)} ({words})" if words else condition(part)


def _needed(part: Row) -> str:
    """Return the name of what a part of an option needs; of a rank that London's forces have, whose it is.

    What a person judges is the middle of a sentence in the reference data's own words.
    """
    if part["kind"] != "rank":
        name = str(part["needs"])
        is_ours = part["kind"] == "experience" and part["basis"] == "reference"
        return f"{name[:1].lower()}{name[1:]}" if is_ours else name
    force = FORCES.get(str(part["needs_id"]).partition("/")[0])
    return f"the rank of {part['needs']}{f' ({force})' if force else ''}"


def is_stated(gates: Sequence[Sequence[Row]]) -> bool:
    """Return whether gates come with their status for what somebody holds."""
    return any("part_status" in parts[0] and parts[0]["part_status"] != "not_stated" for parts in gates)


def condition_of(parts: Sequence[Row]) -> str:
    """Return what a gate asks for: its name, or of several options what each still needs."""
    name, options = str(parts[0]["gate"]), by_option(parts)
    if len(parts) == 1 and name == parts[0]["needs"] and parts[0]["for_months"]:
        name = f"{name} for {parts[0]['for_months']} months"
    remarks = sorted({words for part in parts if is_stated([[part]]) and (words := remark(part))})
    name = f"{name}: {' and '.join(remarks)}" if remarks and len(options) == 1 else name
    if len(options) > 1 and not (is_stated([parts]) and is_open(parts)):
        words = ", or ".join(map(still_needed, options))
        label = name if " or " not in name else name.rpartition(": ")[0]  # a name may be the alternatives themselves
        return f"{label}: {words}" if label else words
    if is_stated([parts]) and is_open(parts):
        by = [option for option in options if option[0]["option_open"]]
        ways = " or ".join(" and ".join(str(part["needs"]) for part in option) for option in by)
        is_service = all(part["kind"] == "rank" for option in by for part in option)
        return f"{name}, by {ways}" if len(options) > 1 and not is_service else name
    return f"{name} (still: {still_needed(options[0])})" if _is_held_in_part(parts) else name


def _is_held_in_part(parts: Sequence[Row]) -> bool:
    """Return whether a part is done that is worth a word beside what is left: the rank alone is not."""
    is_served = any(part["for_months"] and part.get("part_status") == "done" for part in parts)
    return {"done"} < {str(part.get("part_status")) for part in parts} and (is_served or not any(map(is_judged, parts)))


def still_needed(option: Sequence[Row]) -> str:
    """Return what an option still needs, and what it stands beside."""
    missing = [part for part in option if part.get("part_status") != "done"]
    done = [part for part in option if part not in missing]
    held = [f"{part['for_months']} months as {part['needs']}" if part["for_months"] else part["needs"] for part in done]
    words = " and ".join(map(_condition_and_remark, missing or option))
    return f"{words} beside your {' and '.join(map(str, held))}" if missing and held else words
