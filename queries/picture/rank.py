"""The card of a rank: its place on the ladder, what it is for, what it asks for, and what that rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.rows import Row
from queries.answers.rank import rank as composed
from queries.picture.cards import Item, card, heading
from queries.picture.gates import gate_items, gate_rows, gates_of
from queries.picture.naming import SHARED, by_relation, force_of, ladder_name, on_day, plural, relation_words
from queries.picture.shapes import Block, Look, Picture
from queries.picture.sources import Sources, told

if TYPE_CHECKING:
    from graph.session import Graph


_DUTIES = 5
_RELATIONS = 6
"""How many entries of a list the card shows; how many more there are is said under it."""
_LINES = 2
_PURPOSE_LINES = 4


@dataclass(frozen=True)
class _Card:
    """What every part of the card needs."""

    name: str
    sources: Sources
    look: Look


def rank(graph: Graph, look: Look, said: str, *, as_of: str | None, force: str | None) -> Picture:
    """Return the card of a rank or role."""
    day = on_day(as_of)
    found = composed(graph, said, as_of=as_of, force=force)
    parts = found.parts or {}
    on = _Card(str(parts["id"]), Sources(), look)
    short = f" ({parts['short_name']})" if parts["short_name"] else ""
    title = f"{parts['name']}{short}"
    blocks = [heading(title, *_under(parts, day)), *_place(parts, on), *_purpose(_of(parts, "purpose"), on)]
    blocks += _duties(_of(parts, "duties"), on) + _requirements(_of(parts, "requirements"), on)
    blocks += _gates(_of(parts, "gates"), on)
    blocks += _bodies(_of(parts, "bodies"), on) + _editions(_of(parts, "editions"), on)
    return Picture(title, _says(title, parts), [*blocks, on.sources.foot(day)], _rows(parts, look), found.notes)


def _of(parts: Mapping[str, object], name: str) -> list[Row]:
    rows = parts[name]
    return list(rows) if isinstance(rows, list) else []


def _under(parts: Mapping[str, object], day: str) -> list[str]:
    step = f", step {parts['step']}" if parts["step"] else ""
    badge = [f"Insignia: {parts['insignia']}"] if parts["insignia"] else []
    return [f"{ladder_name(parts['ladder'])}{step}, {parts['id']}", *badge, f"As of {day}"]


def _place(parts: Mapping[str, object], on: _Card) -> list[Block]:
    """Return what is next to the rank: below and above it, equal to it, whom it answers to."""
    chain = _of(parts, "chain_of_command")
    groups = (
        ("Reached from", _of(parts, "feeder_ranks"), "feeder"),
        ("Leads on to", _of(parts, "next_ranks"), "next"),
        ("Equal rank", _of(parts, "equivalents"), "equal"),
        ("Reports to", [row for row in chain if row["position"] == "above"], "above"),
        ("Manages", [row for row in chain if row["position"] == "below"], "below"),
    )
    items = [
        Item(f"{words}: {_neighbour(same)}", cite=on.sources.cite_all(same), data={role: str(same[0]["rank_id"])})
        for words, rows, role in groups
        for same in _by_rank(rows)
    ]
    return card("Place among the ranks", items, on.look.colours["Rank"], part="place") if items else []


def _by_rank(rows: Sequence[Row]) -> list[list[Row]]:
    """Return rows of one rank together: several sources may say the same."""
    found: dict[object, list[Row]] = {}
    for row in rows:
        found.setdefault(row["rank_id"], []).append(row)
    return list(found.values())


def _neighbour(rows: Sequence[Row]) -> str:
    row = rows[0]
    force = "" if str(row["rank_id"]).startswith(f"{SHARED}/") else force_of(row["rank_id"])
    ways = {str(one.get("via")) for one in rows}
    via = {"open-to": ", as a document says", "gate": ", as a condition"}.get(ways.pop(), "") if len(ways) == 1 else ""
    return f"{row['rank']}{f', {force}' if force else ''}{via}"


def _purpose(rows: Sequence[Row], on: _Card) -> list[Block]:
    if not rows:
        return []
    first = Item(str(rows[0]["text"]), 0, on.sources.cite(rows[0]), at_most=_PURPOSE_LINES)
    items = [first, *_more(len(rows) - 1, f"rank {on.name}")]
    return card("Purpose", items, on.look.colours["Profile"], part="purpose")


def _duties(rows: Sequence[Row], on: _Card) -> list[Block]:
    if not rows:
        return []
    shown = rows if len(rows) == _DUTIES + 1 else rows[:_DUTIES]
    items = [Item(str(row["duty"]), cite=on.sources.cite(row), at_most=_LINES) for row in shown]
    items += _more(len(rows) - len(shown), f"ask duties-of --rank {on.name}")
    return card(f"Duties ({len(rows)})", items, on.look.colours["Accountability"], part="duties")


def _requirements(rows: Sequence[Row], on: _Card) -> list[Block]:
    """Return what the rank asks for, a kind an entry: as many as have room, and how many there are."""
    if not rows:
        return []
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(str(row["kind"]), []).append(row)
    items = [
        Item(
            f"{plural(kind)} ({len(some)}): {'; '.join(dict.fromkeys(map(_asked, some)))}",
            cite=on.sources.cite_all(some),
            at_most=_LINES,
            data={"kind": kind, "count": str(len(some))},
        )
        for kind, some in found.items()
    ]
    items.append(Item(f"each of them, whole: rankgraph ask requirements-of --rank {on.name}", 0))
    return card(f"Asks for ({len(rows)})", items, on.look.colours["Skill"], part="requirements")


def _more(left: int, command: str) -> list[Item]:
    return [Item(f"and {left} more: rankgraph {command}", 0)] if left > 0 else []


def _asked(row: Row) -> str:
    level = f" (level {row['level']})" if row["level"] is not None else ""
    return f"{row['requirement']}{level}{' (desirable)' if row['necessity'] == 'desirable' else ''}"


def _gates(rows: Sequence[Row], on: _Card) -> list[Block]:
    if not rows:
        return []
    items = list(gate_items(rows, on.sources, rank=on.name))
    return card(f"Gates ({len(gates_of(rows))})", items, on.look.colours["Gate"], part="gates")


def _bodies(rows: Sequence[Row], on: _Card) -> list[Block]:
    """Return the bodies, a relation an entry, those who oversee the rank first."""
    found: dict[str, dict[str, list[Row]]] = {}
    for relation, some in by_relation(rows, on.look):
        for row in some:
            found.setdefault(relation_words(relation, on.look), {}).setdefault(str(row["body"]), []).append(row)
    items = [
        Item(f"{words}: {', '.join(f'{name} {on.sources.cite_all(some)}' for name, some in bodies.items())}")
        for words, bodies in list(found.items())[:_RELATIONS]
    ]
    left = len(found) - len(items)
    if left > 0:
        items.append(Item(f"and {left} more relations: rankgraph ask bodies-of --rank {on.name}", 0))
    count = len({row["body_id"] for row in rows})
    return card(f"Bodies and offices ({count})", items, on.look.colours["Body"], part="bodies") if items else []


def _editions(rows: Sequence[Row], on: _Card) -> list[Block]:
    colour = on.look.colours["Document"]
    if not rows:
        return card("No document on it is loaded", [], colour, part="editions")
    items = [Item(_edition(row), data={"edition": str(row["edition"])}) for row in rows]
    return card(f"Documents on it ({len(rows)})", items, colour, part="editions")


def _edition(row: Row) -> str:
    spans = f"from {row['valid_from'] or 'an unknown day'} to {row['valid_to'] or 'now'}"
    counts = "" if row["current"] else ", does not count on the day"
    return f"{row['document']}: {row['source_kind']}, {spans}{counts}"


_TOLD = (
    ("purpose", "purpose", "text", None),
    ("duty", "duties", "duty", None),
    ("has to do with", "bodies", "body", "quote"),
    ("document", "editions", "edition", "source_kind"),
    ("equal rank", "equivalents", "rank", "rank_id"),
    ("reached from", "feeder_ranks", "rank", "rank_id"),
    ("leads on to", "next_ranks", "rank", "rank_id"),
    ("chain of command", "chain_of_command", "rank", "position"),
)


def _rows(parts: Mapping[str, object], look: Look) -> list[Row]:
    itself = ("short_name", "step", "ladder", "profile_level", "insignia")
    found = [told(name.replace("_", " "), parts[name]) for name in itself if parts[name] is not None]
    for part, name, item, detail in _TOLD:
        for row in _of(parts, name):
            words = relation_words(str(row["relation"]), look) if name == "bodies" else None
            found.append(told(words or part, row[item], row[detail] if detail else None, row))
    found += [told(str(row["kind"]), _asked(row), row["necessity"], row) for row in _of(parts, "requirements")]
    return [*found, *gate_rows("gate", _of(parts, "gates"))]


def _says(title: str, parts: Mapping[str, object]) -> str:
    said = [f"The card of the rank {title}, {ladder_name(parts['ladder'])}."]
    if parts["insignia"]:
        said.append(f"Insignia: {parts['insignia']}.")
    for words, name in (("Reached from", "feeder_ranks"), ("Leads on to", "next_ranks")):
        if rows := _of(parts, name):
            said.append(f"{words} {', '.join(dict.fromkeys(str(row['rank']) for row in rows))}.")
    counts = {
        "duties": len(_of(parts, "duties")),
        "requirements": len(_of(parts, "requirements")),
        "gates": len(gates_of(_of(parts, "gates"))),
        "bodies and offices": len({row["body_id"] for row in _of(parts, "bodies")}),
        "documents": len(_of(parts, "editions")),
    }
    return " ".join([*said, ", ".join(f"{count} {words}" for words, count in counts.items()) + "."])
