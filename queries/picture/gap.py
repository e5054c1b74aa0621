"""What one rank asks for beside another: what is new, raised, reworded, kept, dropped, kind by kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.rows import Row
from queries.answers.answer import group_by
from queries.answers.gap import GapAnswer
from queries.answers.gate_rows import Gates
from queries.picture.cards import Item, draw_cards, draw_heading
from queries.picture.gates import gate_items
from queries.picture.shapes import Block, Look, Picture
from queries.picture.sources import Sources, caveat, text_row
from queries.show.gate_words import standing
from queries.show.words import forces_of, heading, in_order, level_words

_STATUSES = {
    "new": "New: only the rank aimed at asks for it",
    "raised": "Raised: asked for at a higher level",
    "reworded": "Reworded: nearly the same text",
    "kept": "Kept: both ask for it",
    "dropped": "Dropped: only the rank held asks for it",
    "unknown": "Unknown: one of the two announces such a list and does not print it",
}
_UNKNOWN = "Asked for by the rank held; of the other no profile is loaded"


def gap(answer: GapAnswer, look: Look) -> Picture:
    """Return the picture of what stands between two ranks, with the options of the gates of both."""
    sources = Sources()
    unknown = answer.ends[1] in answer.unprofiled
    statuses = {**_STATUSES, "dropped": _UNKNOWN} if unknown else _STATUSES
    title = f"From {answer.names[answer.ends[0]]} to {answer.names[answer.ends[1]]}"
    under = [
        " to ".join(forces_of(answer.ends)),
        "What the second rank asks for beside the first.",
        f"As of {look.day}",
    ]
    blocks = [draw_heading(title, *under, *caveat(answer.unprofiled))]
    kinds = group_by(answer.rows, lambda row: str(row["kind"]))
    for kind in in_order(list(kinds)):
        blocks += _cards(kind, kinds[kind], answer.gates, sources, look, statuses=statuses)
    rows = [_row_in_words(row, unknown=unknown) for row in answer.rows]
    return Picture(title, _in_words(title, kinds), [*blocks, sources.foot(look.day)], rows, answer.notes)


def _row_in_words(row: Row, *, unknown: bool) -> Row:
    status = "not known of the other" if unknown and row["status"] == "dropped" else row["status"]
    return text_row(f"{row['kind']}, {status}", row["requirement"], _before(row), row)


def _cards(
    kind: str, rows: Sequence[Row], gates: Gates, sources: Sources, look: Look, *, statuses: Mapping[str, str]
) -> list[Block]:
    items: list[Item] = []
    count = 0
    for status, words in statuses.items():
        some = _together([row for row in rows if row["status"] == status])
        count += len(some)
        if some:
            items.append(Item(f"{words} ({len(some)})", 0, bold=True))
        for same in some:
            items.append(_item(same, gates, sources))
            items += _options(same[0], gates, sources)
    label = "CoreSkillSet" if kind == "core skills" else kind.capitalize()
    return draw_cards(f"{heading(kind)} ({count})", items, look.colours[label], part=kind)


def _together(rows: Sequence[Row]) -> list[list[Row]]:
    """Return rows of one requirement together: several sources may ask for it."""
    return list(group_by(rows, lambda row: (row["requirement_id"], row["held_level"], row["needed_level"])).values())


def _item(rows: Sequence[Row], gates: Gates, sources: Sources) -> Item:
    """Return what several sources ask for; of a gate also how it stands to what is held."""
    row = rows[0]
    parts = gates.get(_position(row), ())
    state = f": {standing(parts)}" if row["kind"] == "gate" and parts and "part_status" in parts[0] else ""
    data = {"requirement": str(row["requirement_id"]), "status": str(row["status"]), "kind": str(row["kind"])}
    return Item(f"{row['requirement']}{_levels(row)}{state}", cite=sources.cite_all(rows), data=data)


def _position(row: Row) -> tuple[str, str, str]:
    return str(row["requirement"]), str(row["document"]), str(row["lines"])


def _levels(row: Row) -> str:
    """Return the levels in brackets, the one held only where it is another than the one needed."""
    same = row["held_level"] == row["needed_level"]
    return level_words({**row, "held_level": None} if same else row)


def _before(row: Row) -> str:
    """Return the levels, and what the rank held is asked for where that reads otherwise."""
    texts = [_levels(row).strip(" ()")]
    if row["status"] in ("reworded", "raised") and row["held_quote"]:
        texts.append(f"held: {row['held_quote']} ({row['held_document']}:{row['held_lines']})")
    return "; ".join(part for part in texts if part)


def _options(row: Row, gates: Gates, sources: Sources) -> list[Item]:
    """Return the alternatives of a gate."""
    place = _position(row)
    if row["kind"] != "gate" or place not in gates:
        return []
    return list(gate_items({place: gates[place]}, sources, rank=""))[1:]


def _in_words(title: str, kinds: Mapping[str, Sequence[Row]]) -> str:
    parts = []
    for kind in in_order(list(kinds)):
        of_kind = [row["status"] for row in kinds[kind]]
        counts = [f"{of_kind.count(status)} {status}" for status in _STATUSES if status in of_kind]
        parts.append(f"{heading(kind)}: {', '.join(counts)}.")
    return f"{title}, kind by kind. {' '.join(parts)}"
