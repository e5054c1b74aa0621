"""The bodies and offices around a rank, relation by relation, and its way up to the public."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from graph.rows import Row
from queries.answers.answer import named
from queries.ask import ask
from queries.picture.cards import Item, card, ended, heading, rank_box
from queries.picture.naming import by_relation, force_of, kind_words, ladder_name, on_day, relation_words
from queries.picture.shapes import MARGIN, SHEET, Block, Look, Picture, Route
from queries.picture.sources import Sources, told

if TYPE_CHECKING:
    from graph.session import Graph


_TRUNK = 30.0
_QUOTE_LINES = 3


def oversight(graph: Graph, look: Look, rank: str, *, as_of: str | None, force: str | None) -> Picture:
    """Return the picture of who oversees a rank, and whom else it has to do with."""
    day = on_day(as_of)
    found = ask(graph, named("bodies-of"), {"rank": rank, "as_of": as_of}, force=force)
    aim = str(found.sent["rank"])
    itself = next(row for row in ask(graph, named("ranks"), {"as_of": as_of}).rows if row["rank_id"] == aim)
    below = ask(graph, named("chain-of-command"), {"rank": aim, "as_of": as_of}).rows
    managed = [row for row in below if row["position"] == "below"]
    chains = ask(graph, named("accountability-chain"), {"rank": aim, "as_of": as_of}).rows
    groups = by_relation(found.rows, look)
    title = f"Oversight of the {itself['rank']}"
    sources = Sources()
    blocks = [heading(title, f"{_where(aim)}Bodies and offices that a source ties to the rank.", f"As of {day}")]
    blocks.append(_hub(itself, look))
    for relation, rows in groups:
        blocks += _relation(relation, rows, sources, look)
    blocks += _managed(managed, sources, look) + _chain(chains, aim, sources, look)
    if len(blocks) == 2:  # noqa: PLR2004 -- the heading and the rank itself
        blocks += card("No source that is loaded names one", [], look.colours["Body"], part="none", trunk=_TRUNK)
    blocks[-1] = ended(blocks[-1])
    rows = [*_told(groups, look), *_told([("BELOW", managed)], look), *_chain_rows(chains, look)]
    return Picture(title, _says(itself, groups, chains, look), [*blocks, sources.foot(day)], rows, found.notes)


def _where(aim: str) -> str:
    force = force_of(aim)
    return f"{force}. " if force else ""


def _hub(rank: Row, look: Look) -> Block:
    step = f", step {rank['step']}" if rank["step"] else ""
    under = f"{ladder_name(rank['ladder'])}{step}"
    data = {"rank": str(rank["rank_id"])}
    wide = SHEET - 2 * MARGIN
    high, group = rank_box(str(rank["rank"]), under, MARGIN, wide, look.colours["Rank"], data=data, size=14)
    return Block(high + 10, [Route([(_TRUNK, high), (_TRUNK, high + 10)]), group])


def _relation(relation: str, rows: Sequence[Row], sources: Sources, look: Look) -> list[Block]:
    items: list[Item] = []
    last = None
    for row in rows:
        if row["body_id"] != last:
            name = f"{row['body']} ({kind_words(row['kind'])})" if row["kind"] else str(row["body"])
            items.append(Item(name, bold=True, data={"body": str(row["body_id"]), "relation": relation}))
        last = row["body_id"]
        quote = _quoted(row["quote"]) if row["quote"] else "No words of a source."
        items.append(Item(quote, 2, sources.cite(row), at_most=_QUOTE_LINES, data={"fact": str(row["fact"])}))
    count = len({row["body_id"] for row in rows})
    return card(f"{_sentence(relation, look)} ({count})", items, look.colours["Body"], part=relation, trunk=_TRUNK)


def _sentence(relation: str, look: Look) -> str:
    words = relation_words(relation, look)
    return words[:1].upper() + words[1:]


def _quoted(said: object) -> str:
    """Return words of a source in quotation marks, each place of one statement in its own."""
    return ", ".join(f"“{part.strip()}”" for part in str(said).split(" | "))


def _managed(rows: Sequence[Row], sources: Sources, look: Look) -> list[Block]:
    if not rows:
        return []
    items = [Item(str(row["rank"]), cite=sources.cite(row), data={"below": str(row["rank_id"])}) for row in rows]
    return card(f"Manages ({len(rows)})", items, look.colours["Rank"], part="below", trunk=_TRUNK)


def _chain(rows: Sequence[Row], aim: str, sources: Sources, look: Look) -> list[Block]:
    """Return the shortest chain to the public; how many others there are is said."""
    if not rows:
        return []
    first = [row for row in rows if row["chain"] == 1]
    items = [
        Item(
            f"{row['hop']}. {row['from']} {relation_words(str(row['relation']), look)} {row['to']}",
            0,
            sources.cite(row),
        )
        for row in first
    ]
    reaches = first[0]["reaches_public"]
    others = max(int(str(row["chain"])) for row in rows) - 1
    if others:
        items.append(Item(f"and {others} more: rankgraph ask accountability-chain --rank {aim}", 0))
    name = "From the rank up to the public" if reaches else "Whom it answers to, as far as the sources go"
    return card(name, items, look.colours["Body"], part="chain", trunk=_TRUNK)


def _told(groups: Sequence[tuple[str, Sequence[Row]]], look: Look) -> list[Row]:
    return [
        told("manages" if relation == "BELOW" else relation_words(relation, look), _named(row), row["quote"], row)
        for relation, rows in groups
        for row in rows
    ]


def _named(row: Mapping[str, object]) -> str:
    return f"{row['body']} ({row['body_id']})" if "body" in row else f"{row['rank']} ({row['rank_id']})"


def _chain_rows(rows: Sequence[Row], look: Look) -> list[Row]:
    return [
        told(
            f"up to the public, chain {row['chain']}, hop {row['hop']}",
            f"{row['from']} {relation_words(str(row['relation']), look)} {row['to']}",
            row["quote"],
            row,
        )
        for row in rows
    ]


def _says(rank: Row, groups: Sequence[tuple[str, Sequence[Row]]], chains: Sequence[Row], look: Look) -> str:
    parts = [
        f"The rank {relation_words(relation, look)}: {', '.join(dict.fromkeys(str(row['body']) for row in rows))}."
        for relation, rows in groups
    ]
    first = [str(row["to"]) for row in chains if row["chain"] == 1]
    if first:
        parts.append(f"Its way up: {', then '.join(dict.fromkeys(first))}.")
    return " ".join([f"What is around the {rank['rank']}.", *(parts or ["No source that is loaded names a body."])])
