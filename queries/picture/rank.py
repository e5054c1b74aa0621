"""The card of a rank: its place on the ladder, what it is for, what it asks for, and what that rests card."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.rows import Row
from queries.answers.answer import Answer, group_by
from queries.answers.gate_rows import gates_by_place
from queries.picture.cards import Item, draw_cards, draw_heading
from queries.picture.gates import gate_items, gate_rows
from queries.picture.relations import by_relation
from queries.picture.shapes import Block, Look, Picture
from queries.picture.sources import Sources, text_row
from queries.show.words import LADDERS, SHARED, edition_words, forces_of, heading, ladder_and_step, ladder_name

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

    def draw(self, title: str, items: Sequence[Item], label: str, part: str) -> list[Block]:
        """Return a list in the colour of a kind of node, nothing where it is empty."""
        return draw_cards(title, items, self.look.colours[label], part=part) if items else []


def rank(answer: Answer, look: Look) -> Picture:
    """Return the card of a rank or role."""
    parts = answer.parts or {}
    card = _Card(str(parts["id"]), Sources(), look)
    short = f" ({parts['short_name']})" if parts["short_name"] else ""
    title = f"{parts['name']}{short}"
    blocks = [
        draw_heading(title, *_under(parts, look.day)),
        *_place(parts, card),
        *_purpose(_of(parts, "purpose"), card),
    ]
    blocks += _duties(_of(parts, "duties"), card) + _requirements(_of(parts, "requirements"), card)
    blocks += _gates(_of(parts, "gates"), card)
    blocks += _bodies(_of(parts, "bodies"), card) + _editions(_of(parts, "editions"), card)
    blocks.append(card.sources.foot(look.day))
    return Picture(title, _in_words(title, parts), blocks, _rows(parts, look), answer.notes)


def _of(parts: Mapping[str, object], name: str) -> list[Row]:
    rows = parts[name]
    return list(rows) if isinstance(rows, list) else []


def _under(parts: Mapping[str, object], day: str) -> list[str]:
    badge = [f"Insignia: {parts['insignia']}"] if parts["insignia"] else []
    return [f"{ladder_and_step(parts)}, {parts['id']}", *badge, f"As of {day}"]


def _place(parts: Mapping[str, object], card: _Card) -> list[Block]:
    """Return what is next to the rank: below and above it, equal to it, whom it answers to."""
    managers, law = (
        [row for row in _of(parts, "chain_of_command") if row["tie"] == tie]
        for tie in ("line manager", "direction and control")
    )
    groups = (
        ("Reached from", _of(parts, "feeder_ranks"), "feeder"),
        ("Leads on to", _of(parts, "next_ranks"), "next"),
        ("Equal rank", _of(parts, "equivalents"), "equal"),
        ("Reports to", [row for row in managers if row["position"] == "above"], "above"),
        ("Directed by law by", [row for row in law if row["position"] == "above"], "above"),
        ("Manages", [row for row in managers if row["position"] == "below"], "below"),
        ("Directs by law", [row for row in law if row["position"] == "below"], "below"),
    )
    items = [
        Item(f"{words}: {_neighbour(same)}", cite=card.sources.cite_all(same), data={role: str(same[0]["rank_id"])})
        for words, rows, role in groups
        for same in group_by(rows, lambda row: row["rank_id"]).values()  # several sources may say the same
    ]
    return card.draw("Place among the ranks", items, "Rank", "place")


def _neighbour(rows: Sequence[Row]) -> str:
    row = rows[0]
    force = "".join(f", {name}" for name in forces_of([row["rank_id"]]) if name != LADDERS[SHARED])
    ways = {str(one.get("via")) for one in rows}
    via = {"open-to": ", as a document says", "gate": ", as a condition"}.get(ways.pop(), "") if len(ways) == 1 else ""
    return f"{row['rank']}{force}{via}"


def _purpose(rows: Sequence[Row], card: _Card) -> list[Block]:
    if not rows:
        return []
    first = Item(str(rows[0]["text"]), 0, card.sources.cite(rows[0]), at_most=_PURPOSE_LINES)
    items = [first, *_more(len(rows) - 1, f"rank {card.name}")]
    return card.draw("Purpose", items, "Profile", "purpose")


def _duties(rows: Sequence[Row], card: _Card) -> list[Block]:
    listed = rows if len(rows) == _DUTIES + 1 else rows[:_DUTIES]
    items = [Item(str(row["duty"]), cite=card.sources.cite(row), at_most=_LINES) for row in listed]
    items += _more(len(rows) - len(listed), f"ask duties-of --rank {card.name}")
    return card.draw(f"Duties ({len(rows)})", items, "Accountability", "duties")


def _requirements(rows: Sequence[Row], card: _Card) -> list[Block]:
    """Return what the rank asks for, a kind an entry: as many as have room, and how many there are."""
    if not rows:
        return []
    items = [
        Item(
            f"{heading(kind)} ({len(some)}): {'; '.join(dict.fromkeys(map(_requirement, some)))}",
            cite=card.sources.cite_all(some),
            at_most=_LINES,
            data={"kind": kind, "count": str(len(some))},
        )
        for kind, some in group_by(rows, lambda row: str(row["kind"])).items()
    ]
    items.append(Item(f"each of them, whole: rankgraph ask requirements-of --rank {card.name}", 0))
    return card.draw(f"Asks for ({len(rows)})", items, "Skill", "requirements")


def _more(left: int, command: str) -> list[Item]:
    return [Item(f"and {left} more: rankgraph {command}", 0)] if left > 0 else []


def _requirement(row: Row) -> str:
    level = f" (level {row['level']})" if row["level"] is not None else ""
    return f"{row['requirement']}{level}{' (desirable)' if row['necessity'] == 'desirable' else ''}"


def _gates(rows: Sequence[Row], card: _Card) -> list[Block]:
    gates = gates_by_place(rows)
    items = list(gate_items(gates, card.sources, rank=card.name))
    return card.draw(f"Gates ({len(gates)})", items, "Gate", "gates")


def _bodies(rows: Sequence[Row], card: _Card) -> list[Block]:
    """Return the bodies, a relation an entry, those who oversee the rank first."""
    groups: dict[str, list[Row]] = {}
    for relation, some in by_relation(rows, card.look):
        groups.setdefault(card.look.relation(relation), []).extend(some)
    items = [
        Item(f"{words}: {', '.join(f'{name} {card.sources.cite_all(some)}' for name, some in _by_body(of_relation))}")
        for words, of_relation in list(groups.items())[:_RELATIONS]
    ]
    left = len(groups) - len(items)
    if left > 0:
        items.append(Item(f"and {left} more relations: rankgraph ask bodies-of --rank {card.name}", 0))
    count = len({row["body_id"] for row in rows})
    return card.draw(f"Bodies and offices ({count})", items, "Body", "bodies")


def _by_body(rows: Sequence[Row]) -> Iterable[tuple[str, list[Row]]]:
    return group_by(rows, lambda row: str(row["body"])).items()


def _editions(rows: Sequence[Row], card: _Card) -> list[Block]:
    colour = card.look.colours["Document"]
    if not rows:
        return draw_cards("No document on it is loaded", [], colour, part="editions")
    items = [Item(_edition(row), data={"edition": str(row["edition"])}) for row in rows]
    return draw_cards(f"Documents on it ({len(rows)})", items, colour, part="editions")


def _edition(row: Row) -> str:
    spans = f"from {row['valid_from'] or 'an unknown day'} to {row['valid_to'] or 'now'}"
    return f"{row['document']}: {row['source_kind']}, {spans}{edition_words(row)}"


_ROWS = (
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
    rows = [text_row(name.replace("_", " "), parts[name]) for name in itself if parts[name] is not None]
    for part, name, item, detail in _ROWS:
        for row in _of(parts, name):
            words = look.relation(str(row["relation"])) if name == "bodies" else None
            rows.append(text_row(words or part, row[item], row[detail] if detail else None, row))
    rows += [text_row(str(row["kind"]), _requirement(row), row["necessity"], row) for row in _of(parts, "requirements")]
    return [*rows, *gate_rows("gate", gates_by_place(_of(parts, "gates")))]


def _in_words(title: str, parts: Mapping[str, object]) -> str:
    texts = [f"The card of the rank {title}, {ladder_name(parts['ladder'])}."]
    if parts["insignia"]:
        texts.append(f"Insignia: {parts['insignia']}.")
    for words, name in (("Reached from", "feeder_ranks"), ("Leads on to", "next_ranks")):
        if rows := _of(parts, name):
            texts.append(f"{words} {', '.join(dict.fromkeys(str(row['rank']) for row in rows))}.")
    counts = {
        "duties": len(_of(parts, "duties")),
        "requirements": len(_of(parts, "requirements")),
        "gates": len(gates_by_place(_of(parts, "gates"))),
        "bodies and offices": len({row["body_id"] for row in _of(parts, "bodies")}),
        "documents": len(_of(parts, "editions")),
    }
    return " ".join([*texts, ", ".join(f"{count} {words}" for words, count in counts.items()) + "."])
