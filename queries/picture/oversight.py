"""The bodies and offices around a rank, relation by relation, and its way up to the public."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.rows import Row
from queries.answers.rank import OversightAnswer
from queries.picture.cards import Item, draw_cards, draw_heading, draw_wide_rank, end_trunk
from queries.picture.relations import by_relation
from queries.picture.shapes import Block, Look, Picture, Route
from queries.picture.sources import Sources, text_row
from queries.show.words import forces_of, ladder_and_step

_TRUNK = 30.0
_QUOTE_LINES = 3


def oversight(answer: OversightAnswer, look: Look) -> Picture:
    """Return the picture of who oversees a rank, and whom else it has to do with."""
    rank, managed, chains = answer.rank, answer.managed, answer.chains
    groups = by_relation([row for row in answer.rows if row["body_id"] != rank["id"]], look)
    title = f"Oversight of the {rank['name']}"
    force = "".join(f"{name}. " for name in forces_of([rank["id"]]))
    under = f"{force}Bodies and offices that a source ties to the rank."
    sources = Sources()
    blocks = [draw_heading(title, under, f"As of {look.day}"), _hub(rank, look)]
    for relation, rows in groups:
        blocks += _relation(relation, rows, sources, look)
    blocks += _managed(managed, sources, look) + _chain(chains, str(rank["id"]), sources, look)
    if len(blocks) == 2:  # noqa: PLR2004 -- the heading and the rank itself
        blocks += draw_cards("No source that is loaded names one", [], look.colours["Body"], part="none", trunk=_TRUNK)
    blocks[-1] = end_trunk(blocks[-1])
    rows = [*_rows_in_words(groups, look), *_rows_in_words([("BELOW", managed)], look), *_chain_rows(chains, look)]
    return Picture(title, _in_words(rank, groups, chains, look), [*blocks, sources.foot(look.day)], rows, answer.notes)


def _hub(rank: Row, look: Look) -> Block:
    data = {"rank": str(rank["id"])}
    high, group = draw_wide_rank(str(rank["name"]), ladder_and_step(rank), look.colours["Rank"], data)
    return Block(high + 10, [Route([(_TRUNK, high), (_TRUNK, high + 10)]), group])


def _relation(relation: str, rows: Sequence[Row], sources: Sources, look: Look) -> list[Block]:
    items: list[Item] = []
    last = None
    for row in rows:
        if row["body_id"] != last:
            name = f"{row['body']} ({str(row['kind']).replace('_', ' ')})" if row["kind"] else str(row["body"])
            items.append(Item(name, bold=True, data={"body": str(row["body_id"]), "relation": relation}))
        last = row["body_id"]
        quote = _quoted(row["quote"]) if row["quote"] else "No words of a source."
        items.append(Item(quote, 2, sources.cite(row), at_most=_QUOTE_LINES, data={"fact": str(row["fact"])}))
    count = len({row["body_id"] for row in rows})
    words = look.relation(relation)
    title = f"{words[:1].upper()}{words[1:]} ({count})"
    return draw_cards(title, items, look.colours["Body"], part=relation, trunk=_TRUNK)


def _quoted(quote: object) -> str:
    """Return words of a source in quotation marks, each place of one statement in its own."""
    return ", ".join(f"“{part.strip()}”" for part in str(quote).split(" | "))


def _managed(rows: Sequence[Row], sources: Sources, look: Look) -> list[Block]:
    if not rows:
        return []
    items = [Item(str(row["rank"]), cite=sources.cite(row), data={"below": str(row["rank_id"])}) for row in rows]
    return draw_cards(f"Manages ({len(rows)})", items, look.colours["Rank"], part="below", trunk=_TRUNK)


def _chain(rows: Sequence[Row], aim: str, sources: Sources, look: Look) -> list[Block]:
    """Return the shortest chain to the public, and how many others there are."""
    if not rows:
        return []
    first = [row for row in rows if row["chain"] == 1]
    items = [Item(f"{row['hop']}. {_hop(row, look)}", 0, sources.cite(row)) for row in first]
    reaches = first[0]["reaches_public"]
    others = max(int(str(row["chain"])) for row in rows) - 1
    if others:
        items.append(Item(f"and {others} more: rankgraph ask accountability-chain --rank {aim}", 0))
    name = "From the rank up to the public" if reaches else "Whom it answers to, as far as the sources go"
    return draw_cards(name, items, look.colours["Body"], part="chain", trunk=_TRUNK)


def _rows_in_words(groups: Sequence[tuple[str, Sequence[Row]]], look: Look) -> list[Row]:
    return [
        text_row("manages" if relation == "BELOW" else look.relation(relation), _named(row), row["quote"], row)
        for relation, rows in groups
        for row in rows
    ]


def _named(row: Mapping[str, object]) -> str:
    return f"{row['body']} ({row['body_id']})" if "body" in row else f"{row['rank']} ({row['rank_id']})"


def _chain_rows(rows: Sequence[Row], look: Look) -> list[Row]:
    return [
        text_row(f"up to the public, chain {row['chain']}, hop {row['hop']}", _hop(row, look), row["quote"], row)
        for row in rows
    ]


def _hop(row: Row, look: Look) -> str:
    return f"{row['from']} {look.relation(str(row['relation']))} {row['to']}"


def _in_words(rank: Row, groups: Sequence[tuple[str, Sequence[Row]]], chains: Sequence[Row], look: Look) -> str:
    parts = [
        f"The rank {look.relation(relation)}: {', '.join(dict.fromkeys(str(row['body']) for row in rows))}."
        for relation, rows in groups
    ]
    first = [str(row["to"]) for row in chains if row["chain"] == 1]
    if first:
        parts.append(f"Its way up: {', then '.join(dict.fromkeys(first))}.")
    return " ".join([f"What is around the {rank['name']}.", *(parts or ["No source that is loaded names a body."])])
