"""Say in words whether gates are open, by which option, until when, and what blocks them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from graph.rows import Row

"""A row of the question `gate-status`."""

_STATES = {True: "open", False: "blocked", None: "unknown"}


def by_gate(rows: Iterable[Row]) -> list[list[Row]]:
    """Return the rows gate by gate, in their order."""
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(tuple(str(row[name]) for name in ("gate_id", "document", "lines")), []).append(row)
    return list(found.values())


def is_open(parts: Sequence[Row]) -> bool | None:
    """Say whether a gate is open; none where that is unknown."""
    state = parts[0]["gate_open"]
    return state if isinstance(state, bool) else None


def lapse(parts: Sequence[Row]) -> str | None:
    """Return the first day on which an open gate is no longer open, none where it does not lapse."""
    untils = [
        min((str(part["until"]) for part in option if part["until"]), default=None)
        for option in _options(parts)
        if option[0]["option_open"]
    ]
    return None if None in untils else max((until for until in untils if until), default=None)


def gate_words(parts: Sequence[Row]) -> str:
    """Return the state of a gate: open by which option and until when, blocked, or unknown.

    >>> gate_words([{"gate_open": False, "option": 1, "option_open": False, "until": None}])
    'blocked'
    """
    state = is_open(parts)
    if not state:
        return _STATES[state]
    options = _options(parts)
    numbers = [str(option[0]["option"]) for option in options if option[0]["option_open"]]
    by = f" by option {' and by option '.join(numbers)}" if len(options) > 1 else ""
    until = lapse(parts)
    return f"open{by}{f', lapses on {until}' if until else ''}"


def part_words(part: Row) -> str:
    """Return the status of one part, with the day it rests on."""
    status = str(part["part_status"])
    if status == "missing" and part["kind"] == "experience":
        return "missing: only a person can judge it"
    said = [status]
    if part["held"] is not None:
        said.append(f"held since {part['held_since']}" if part["held_since"] else "held, day not known")
    if part["held"] is not None and part["held"] != part["needs_id"]:
        said.append(f"as {part['held']}")
    if part["until"]:
        said.append(f"lapses on {part['until']}")
    if part["earliest"]:
        said.append(f"not before {part['earliest']}")
    return ", ".join(said)


def verdict(rows: Iterable[Row]) -> list[str]:
    """Return what stands in the way and what does not, a line each: blocked by, unknown, open."""
    gates = by_gate(rows)
    lines = []
    for state, words in ((False, "blocked by"), (None, "unknown"), (True, "open")):
        names = dict.fromkeys(str(parts[0]["gate"]) for parts in gates if is_open(parts) is state)
        if names:
            lines.append(f"{words}: {'; '.join(names)}")
    return lines


def struck(rows: Iterable[Row], judged: Sequence[Row], held: Sequence[Row], day: str) -> list[Row]:
    """Return the rows of a gap with what is met, until when, and that in words.

    Args:
        rows: Rows of the question `rank-gap`, and those of the duties if wanted.
        judged: Rows of the question `gate-status` of the rank aimed at.
        held: What is held, as it was sent.
        day: The day asked about.
    """
    gates = {str(parts[0]["gate_id"]): parts for parts in by_gate(judged)}
    parts = {str(part["fact"]): part for part in judged}
    plain = {str(one["id"]): one for one in held if str(one["achieved"] or "") <= day and not one["begun"]}
    return [{**row, **_met(row, gates, parts, plain)} for row in rows]


def _met(row: Row, gates: Mapping[str, list[Row]], parts: Mapping[str, Row], plain: Mapping[str, Row]) -> Row:
    key, fact = str(row["requirement_id"]), str(row["fact"])
    if row["status"] == "dropped" or row["kind"] == "duty":
        return {"met": None, "until": None, "state": ""}
    if row["kind"] == "gate" and key in gates:
        return {"met": is_open(gates[key]), "until": lapse(gates[key]), "state": gate_words(gates[key])}
    if fact in parts:
        status = parts[fact]["part_status"]
        met = None if status == "unknown" else status == "met"
        return {"met": met, "until": parts[fact]["until"], "state": part_words(parts[fact])}
    return {"met": key in plain, "until": None, "state": "met" if key in plain else ""}


def ways(rows: Iterable[Row], judged: Mapping[str, Sequence[Row]]) -> list[Row]:
    """Return the steps of routes with the names of the gates that are open, blocked and unknown.

    Args:
        rows: Rows of the question `pathway`.
        judged: Rows of the question `gate-status` by the id of the rank.
    """
    return [{**row, **_named(judged.get(str(row["rank_id"]), ()))} for row in rows]


def _named(judged: Sequence[Row]) -> Row:
    gates = by_gate(judged)
    return {
        f"gates_{words}": list(dict.fromkeys(str(parts[0]["gate"]) for parts in gates if is_open(parts) is state))
        for state, words in _STATES.items()
    }


def _options(parts: Sequence[Row]) -> list[list[Row]]:
    ordered = sorted(parts, key=lambda part: int(str(part["option"])))
    return [list(option) for _, option in groupby(ordered, key=lambda part: part["option"])]
