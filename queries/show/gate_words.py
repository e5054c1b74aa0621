"""Gates in words: what they need, whether they are open and by which option, until when, and what blocks them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.days import day_before
from graph.rows import Row
from queries.answers.gates import STATES, by_option, first_day_closed, gates_in_state, is_open
from queries.show.words import day_words

_FORCES = {"mps": "Met", "city": "City"}


def state_words(parts: Sequence[Row]) -> str:
    """Return the state of a gate: open by which option and until when, blocked, or unknown.

    >>> state_words([{"gate_open": False, "option": 1, "option_open": False, "until": None}])
    'blocked'
    """
    state = is_open(parts)
    if not state:
        return STATES[state]
    options = by_option(parts)
    numbers = [str(option[0]["option"]) for option in options if option[0]["option_open"]]
    by = f" by option {' and by option '.join(numbers)}" if len(options) > 1 else ""
    until = first_day_closed(parts)
    return f"open{by}{f', lapses on {until}' if until else ''}"


def part_words(part: Row) -> str:
    """Return the status of one part, with the day it rests on."""
    status = str(part["part_status"])
    if status == "missing" and part["kind"] == "experience":
        return "missing: only a person can judge it"
    words = [status]
    if part["held"] is not None:
        words.append(f"held since {part['held_since']}" if part["held_since"] else "held, day not known")
    if part["held"] is not None and part["held"] != part["needs_id"]:
        words.append(f"as {part['held']}")
    if part["until"]:
        words.append(f"lapses on {part['until']}")
    if part["earliest"]:
        words.append(f"not before {part['earliest']}")
    return ", ".join(words)


def standing(parts: Sequence[Row]) -> str:
    """Return how a gate stands, in the words that all answers have for it; asked where nothing is said to be held."""
    if "part_status" not in parts[0]:
        return "asked"
    if is_open(parts):
        until = first_day_closed(parts)
        return f"counts until {day_words(day_before(until))}" if until else "done"
    if is_open(parts) is None:
        return "unclear"
    nearest = min(by_option(parts), key=lambda option: sum(part["part_status"] != "met" for part in option))
    statuses = {str(part["part_status"]) for part in nearest if part["part_status"] != "met"}
    days = [str(part["earliest"]) for part in nearest if part["earliest"]]
    if days and statuses <= {"not yet", "too short"}:
        return f"opens on {day_words(max(days))}"
    missing = [part for part in nearest if part["part_status"] != "met"]
    if any(map(is_judged, missing)) and all(is_judged(part) or part["kind"] == "rank" for part in missing):
        return "for your force to judge"
    return next((status for status in ("lapsed", "too late") if status in statuses), "missing")


def is_judged(part: Row) -> bool:
    """Return whether only a person can judge a part of a gate, and nobody is said to have."""
    return part["kind"] == "experience" and part.get("part_status") == "missing"


def verdict(rows: Iterable[Row]) -> list[str]:
    """Return what stands in the way and what does not, a line each: blocked by, unknown, open."""
    groups = [
        (words, gates_in_state(rows, state))
        for state, words in ((False, "blocked by"), (None, "unknown"), (True, "open"))
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


def _needed(part: Row) -> str:
    """Return the name of what a part of an option needs; of a rank that London's forces have, whose it is."""
    if part["kind"] != "rank":
        return str(part["needs"])
    force = _FORCES.get(str(part["needs_id"]).partition("/")[0])
    return f"the rank of {part['needs']}{f' ({force})' if force else ''}"
