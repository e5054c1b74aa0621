"""What sources say, on one screen: what was loaded, where they disagree, and what changed between two editions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from graph.rows import Row
from queries.answers.answer import Answer, number_of
from queries.parameters.sentences import numbers
from queries.show.screen import Screen
from queries.show.words import SENTENCE_KINDS, change_counts, days_or_unknown, heading, sorted_groups

if TYPE_CHECKING:
    from queries.answers.comparison import Comparison

_QUOTED = ("duty", "skill")
"""Kinds of sentences whose changes are quoted; of the others their number is given."""

_MOST = 8
"""How many names that came or went are given."""

_NAMED_BY_YEAR = ("framework", "instrument")
"""Kinds whose names have a year in them, so that another number is another one."""

_AROUND = 3
"""How many words stand on either side of a number that changed."""

_ROOM = 26
"""How many lines, of about so many letters, conflicts may take that are shown with their sides."""
_LINE = 75

_SOME = 3
"""How many of the other conflicts are named."""


def document_load(answer: Answer, *, left_out: int = 0) -> Screen:
    """Draw which documents are new, changed, as before or left out, and what role and edition each is of."""
    reference, *documents, _ = answer.rows
    states = [_state(row) for row in documents]
    counts = [f"{states.count(state)} {state}" for state in ("new", "changed", "as before") if state in states]
    counts += [f"{left_out} left out (see above)"] if left_out else []
    count = number_of(len(documents) + left_out, "document")
    title = f"{count}: {', '.join(counts)}" if counts else "No document"
    screen = Screen(f"{title}; reference data: {_state(reference)}")
    for state, row in zip(states, documents, strict=True):
        rank, _, edition = str(row["edition"]).rpartition("@")
        name = f"{row['role']} {edition}" if "/" in rank else f"{row['role']}, {row['edition']}"
        screen.add(state, f"{name}, from {row['document']}")
    screen.add("More", "--all (how many nodes and edges were created, changed, removed and closed)")
    return screen


def _state(row: Row) -> str:
    """Return what a load did for a document, by its counts of nodes and edges: of what is new no edge was there."""
    if all(row[name] == "0+0" for name in ("created", "changed", "removed", "closed")):
        return "as before"
    return "new" if str(row["untouched"]).endswith("+0") else "changed"


def conflicts(answer: Answer) -> Screen:
    """Draw where sources disagree: of what kinds the conflicts are, then each with its sides while there is room."""
    found: list[Sequence[Row]] = [
        list(rows) for _, rows in groupby(answer.rows, key=lambda row: (row["conflict"], row["subject"], row["about"]))
    ]
    counts = Counter(str(rows[0]["conflict"]) for rows in found)
    kinds = ", ".join(f"{kind} {count}" for kind, count in counts.items())
    screen = Screen(f"{number_of(len(found), 'conflict')} between sources: {kinds}" if found else "The sources agree")
    room, others = _ROOM, list[Sequence[Row]]()
    for rows in found:
        sides = [list(side) for _, side in groupby(rows, key=lambda row: (row["side"], row["said"]))]
        size = 1 + sum(1 + len(str(side[0]["said"])) // _LINE for side in sides)
        if size > room:
            others.append(rows)
            continue
        room -= size
        screen.head(_title(rows[0]))
        for side in sides:
            screen.add(f"  {side[0]['side']}.", f"{side[0]['said']}{days_or_unknown(side[0])}", side[0], side)
    screen.head("")
    for rows in others[:_SOME]:
        screen.add("ALSO", _title(rows[0]), rows=rows)
    if others[_SOME:]:
        screen.add("ALSO", f"{len(others) - _SOME} more", rows=[row for rows in others[_SOME:] for row in rows])
    if found:
        why = f'rankgraph why "{found[0][0]["subject_id"]}"'
        screen.add("NEXT", f"all that is said of one: `{why}`; what counts on one day: --as-of DAY")
    screen.more()
    return screen


def _title(row: Row) -> str:
    return f"{row['subject']}: {row['conflict']} ({row['about']})"


def comparison(answer: Comparison) -> Screen:
    """Draw how many statements of each kind stayed, came and went, and those that came and went in their words."""
    old, new = answer.old, answer.new
    names = str(old["role"]) if old["role"] == new["role"] else f"{old['role']} and {new['role']}"
    sizes = {str(row["kind"]): row for row in answer.summary}
    total = (f"{sum(int(str(row[one])) for row in answer.summary)} {one}" for one in ("kept", "dropped", "added"))
    screen = Screen(f"{names}: {', '.join(total)}")
    screen.add("OLD", _edition(old))
    screen.add("NEW", _edition(new))
    same = []
    for kind, rows in sorted_groups(answer.rows, "kind", tuple(sizes)):
        size = sizes[kind]
        counts = change_counts(size, ("kept", "dropped", "added"))
        if size["dropped"] or size["added"]:
            screen.head(f"{heading(kind)}, {size['old']} to {size['new']}: {', '.join(counts)}")
            _add_changes(screen, kind, [{**row, **_cited(answer, row)} for row in rows])
        else:
            same.append(f"{heading(kind)} {size['old']} to {size['new']}")
    if same:
        screen.add("KEPT", f"{', '.join(same)}: in the same or other words")
    reworded = [
        row
        for row in answer.rows
        if row["status"] == "kept" and row["change"] != "identical" and row["kind"] in SENTENCE_KINDS
    ]
    counted = (f"{heading(kind)} {len(of)}" for kind, of in sorted_groups(reworded, "kind", tuple(sizes)))
    remarks = [f"of what is kept: {', '.join(counted)}"] if reworded else []
    if changed := [words for row in answer.rows if row["status"] == "kept" and (words := _numbers(row))]:
        remarks.append(f"numbers: {'; '.join(changed)}")
    if remarks:
        screen.add("REWORDED", "; ".join(remarks), rows=[_cited(answer, row) for row in reworded])
    if answer.announcements:
        screen.add("NOT KNOWN", "; ".join(answer.announcements))
    screen.more("--out FILE.html", words="each change")
    return screen


def _numbers(row: Row) -> str:
    """Return the numbers that a statement has in place of others, with the words around; empty where none changed.

    A part of what was split, or merged, need not have the numbers of the other parts.
    """
    texts = [str(row["old_text"]), str(row["new_text"])]
    old, new = map(numbers, texts)
    before, now = list((old - new).elements()), list((new - old).elements())
    before, now = [] if row["change"] == "split" else before, [] if row["change"] == "merged" else now
    if row["kind"] in _NAMED_BY_YEAR or not (before or now):
        return ""
    words = texts[1 if now else 0].split()
    place = next((one for one, word in enumerate(words) if (now or before)[0] in numbers(word)), 0)
    around = " ".join(words[max(0, place - _AROUND) : place + _AROUND + 1]).rstrip(".,;:")
    at = f", line {row['new_lines']}" if row["new_lines"] else ""
    return f"{', '.join(before) or 'none'} > {', '.join(now) or 'none'} ({around}{at})"


def _cited(answer: Comparison, row: Row) -> Row:
    """Return the words of a row, what they were before, and where they stand: in the new edition, else in the old."""
    side, edition = ("new", answer.new) if row["new_text"] else ("old", answer.old)
    before = row["old_text"] if side == "new" else None
    at = {"document": edition["document"], "authority": edition["authority"], "lines": row[f"{side}_lines"] or "?"}
    return {"quote": row[f"{side}_text"], "held_quote": before, **at}


def _add_changes(screen: Screen, kind: str, rows: Sequence[Row]) -> None:
    for status in ("dropped", "added"):
        found = [row for row in rows if row["status"] == status]
        if kind in _QUOTED and found:
            first, *others = found
            screen.add(f"  {status}", f"{first['quote']}  line {first['lines']}", rows=[first])
            if others:
                lines = ", ".join(str(row["lines"]) for row in others)
                words = f"and {len(others)} more: {'line' if len(others) == 1 else 'lines'} {lines}"
                screen.add(f"  {status}", words, rows=others)
        elif kind not in SENTENCE_KINDS and found:
            more = f" and {len(found) - _MOST} more" if found[_MOST:] else ""
            screen.add(f"  {status}", f"{', '.join(str(row['quote']) for row in found[:_MOST])}{more}", rows=found)


def _edition(edition: Row) -> str:
    days = f"{edition['valid_from'] or 'unknown day'} to {edition['valid_to'] or 'now'}"
    name = f"{edition['authority']} {str(edition['edition']).rpartition('@')[2]}{edition['outdated']}"
    return f"{name} ({days}, {edition['document']})"
