"""What one rank asks for beside another: what is new, raised, reworded, kept, dropped, kind by kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from graph.rows import Row
from queries.answers.answer import named
from queries.answers.gap import gap as composed
from queries.ask import ask
from queries.picture.cards import Item, card, heading
from queries.picture.gates import gate_items
from queries.picture.naming import force_of, label_of, on_day, plural
from queries.picture.shapes import Block, Look, Picture
from queries.picture.sources import Sources, told

if TYPE_CHECKING:
    from graph.session import Graph


_KINDS = ("gate", "course", "competency", "value", "core skills", "skill", "knowledge", "experience")
_STATUSES = {
    "new": "New: only the rank aimed at asks for it",
    "raised": "Raised: asked for at a higher level",
    "reworded": "Reworded: nearly the same text",
    "kept": "Kept: both ask for it",
    "dropped": "Dropped: only the rank held asks for it",
}
_UNKNOWN = "Asked for by the rank held; of the other no profile is loaded"


def gap(graph: Graph, look: Look, held: str, aim: str, *, as_of: str | None, force: str | None) -> Picture:
    """Return the picture of what stands between two ranks. Raises AnswerError where nothing of either is loaded."""
    day = on_day(as_of)
    found = composed(graph, held, aim, as_of=as_of, force=force, duties=False)
    ends, names, missing = found.ends, found.names, found.unprofiled
    gates = [row for end in ends for row in ask(graph, named("gates"), {"rank": end, "as_of": as_of}).rows]
    title = f"From {names[ends[0]]} to {names[ends[1]]}"
    sources = Sources()
    caveat = [f"Not whole: {'; '.join(missing.values())}."] if missing else []
    blocks = [heading(title, _forces(ends), "What the second rank asks for beside the first.", f"As of {day}", *caveat)]
    words = {"dropped": "not known of the other"} if ends[1] in missing else {}
    statuses = {**_STATUSES, **({"dropped": _UNKNOWN} if ends[1] in missing else {})}
    for kind in _kinds(found.rows):
        blocks += _card(
            kind, [row for row in found.rows if row["kind"] == kind], gates, sources, look, statuses=statuses
        )
    return Picture(
        title,
        _says(title, found.rows),
        [*blocks, sources.foot(day)],
        [
            told(
                f"{row['kind']}, {words.get(str(row['status']), row['status'])}", row["requirement"], _before(row), row
            )
            for row in found.rows
        ],
        found.notes,
    )


def _forces(ends: Sequence[str]) -> str:
    forces = [force_of(end) for end in ends]
    return " to ".join(dict.fromkeys(force for force in forces if force))


def _kinds(rows: Sequence[Row]) -> list[str]:
    there = dict.fromkeys(str(row["kind"]) for row in rows)
    return sorted(there, key=lambda kind: _KINDS.index(kind) if kind in _KINDS else len(_KINDS))


def _card(
    kind: str, rows: Sequence[Row], gates: Sequence[Row], sources: Sources, look: Look, *, statuses: Mapping[str, str]
) -> list[Block]:
    items: list[Item] = []
    count = 0
    for status, says in statuses.items():
        some = _together([row for row in rows if row["status"] == status])
        count += len(some)
        if some:
            items.append(Item(f"{says} ({len(some)})", 0, bold=True))
        for same in some:
            items.append(_item(same, sources))
            items += _options(same[0], gates, sources)
    return card(f"{plural(kind)} ({count})", items, look.colours[label_of(kind)], part=kind)


def _together(rows: Sequence[Row]) -> list[list[Row]]:
    """Return rows of one requirement together: several sources may ask for it."""
    found: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        found.setdefault((row["requirement_id"], row["held_level"], row["needed_level"]), []).append(row)
    return list(found.values())


def _item(rows: Sequence[Row], sources: Sources) -> Item:
    row = rows[0]
    data = {"requirement": str(row["requirement_id"]), "status": str(row["status"]), "kind": str(row["kind"])}
    return Item(f"{row['requirement']}{_levels(row)}", cite=sources.cite_all(rows), data=data)


def _levels(row: Row) -> str:
    held, needed = row["held_level"], row["needed_level"]
    if needed is None:
        return "" if held is None else f" (level {held} held)"
    return f" (level {needed})" if held in (None, needed) else f" (level {needed}, {held} held)"


def _before(row: Row) -> str:
    """Return the levels, and what the rank held is asked for where that reads otherwise."""
    said = [_levels(row).strip(" ()")]
    if row["status"] in ("reworded", "raised") and row["held_quote"]:
        said.append(f"held: {row['held_quote']} ({row['held_document']}:{row['held_lines']})")
    return "; ".join(part for part in said if part)


def _options(row: Row, gates: Sequence[Row], sources: Sources) -> list[Item]:
    """Return the alternatives of a gate."""
    if row["kind"] != "gate":
        return []
    mine = [part for part in gates if all(part[of] == row[name] for of, name in _SAME)]
    seen = list({str(part): part for part in mine}.values())
    return list(gate_items(seen, sources, rank=""))[1:]


_SAME = (("gate", "requirement"), ("document", "document"), ("lines", "lines"))


def _says(title: str, rows: Sequence[Row]) -> str:
    parts = []
    for kind in _kinds(rows):
        of_kind = [row["status"] for row in rows if row["kind"] == kind]
        counts = [f"{of_kind.count(status)} {status}" for status in _STATUSES if status in of_kind]
        parts.append(f"{plural(kind)}: {', '.join(counts)}.")
    return f"{title}, kind by kind. {' '.join(parts)}"
