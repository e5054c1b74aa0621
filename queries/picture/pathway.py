"""A way from one rank to another, step by step, with the gates of each step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from graph.errors import AnswerError, UsageError
from graph.rows import Row, list_or_empty
from queries.answers.answer import number_of
from queries.answers.gate_rows import Gates, is_open
from queries.answers.pathway import PathwayAnswer
from queries.picture.cards import (
    Item,
    draw_cards,
    draw_heading,
    draw_wide_rank,
    lay_out_items,
    stack,
    with_trunk,
)
from queries.picture.gates import gate_items, gate_rows
from queries.picture.shapes import MARGIN, SHEET, Block, Group, Look, Picture, Route
from queries.picture.sources import Sources, caveat, text_row
from queries.show.gate_words import earliest_words
from queries.show.words import forces_of, ladder_and_step

_TRUNK = 34.0
_ARROW = 18.0
_WAYS = {
    "promotion": "Promotion",
    "open-to": "Open to this rank, as a document says",
    "entry": "By joining, as any applicant",
}


def pathway(answer: PathwayAnswer, look: Look, *, way: int) -> Picture:
    """Return the picture of one way between two ranks; the others are named in it.

    Raises AnswerError where no way leads there, UsageError where there are fewer ways than the one asked for.
    """
    routes = [list(steps) for _, steps in groupby(answer.rows, key=lambda row: row["route"])]
    start, end = answer.ends
    if not routes:
        raise AnswerError(
            f"no way leads from {start} up to {end}; expected ranks of one ladder, the lower first; "
            f"`rankgraph picture ladder` shows them"
        )
    if not 1 <= way <= len(routes):
        raise UsageError(f"--way: found {way}; expected a number from 1 to {len(routes)}")
    steps = routes[way - 1]
    sources = Sources()
    title = f"From {steps[0]['from_rank']} to {steps[-1]['to_rank']}"
    stands = _standing(answer, steps)
    under = [" to ".join(forces_of(answer.ends)), _summary(routes, way), f"As of {look.day}", *stands.values()]
    blocks = [draw_heading(title, *under, *caveat(answer.unprofiled)), _rank(answer.ranks[start], look, None)]
    for step in steps:
        key = str(step["rank_id"])
        blocks += _step(step, answer.gates[key], answer.ranks[key], sources, look)
    blocks += [*_others(routes, way, look), sources.foot(look.day)]
    says = " ".join([_in_words(title, steps, answer.gates), *(f"{words}." for words in stands.values())])
    return Picture(title, says, blocks, _rows(steps, answer.gates, stands), answer.notes)


def _standing(answer: PathwayAnswer, steps: Sequence[Row]) -> dict[str, str]:
    """Return for each rank that a way leads to how many gates are done and the first day; empty without holdings."""
    days = {(row["route"], row["order"]): first for row, first in zip(answer.rows, answer.earliest, strict=False)}
    found = {}
    for step in steps if days else ():
        gates = list(answer.gates[str(step["rank_id"])].values())
        done = sum(is_open(parts) is True for parts in gates)
        first = earliest_words(days[step["route"], step["order"]], answer.day, gates)
        found[str(step["rank_id"])] = f"{step['to_rank']}: {done} of {len(gates)} done. Earliest: {first}"
    return found


def _summary(routes: Sequence[Sequence[Row]], way: int) -> str:
    steps = routes[way - 1]
    months = [int(str(step["minimum_months"])) for step in steps if step["minimum_months"] is not None]
    least = f"; at least {sum(months)} months where a source says how long" if months else ""
    return f"Way {way} of {len(routes)}: {number_of(len(steps), 'step')}{least}."


def _rank(rank: Row, look: Look, order: object) -> Block:
    data = {"rank": str(rank["id"]), "order": str(order or 0)}
    down = _ARROW if order else 0.0
    high, group = draw_wide_rank(str(rank["name"]), ladder_and_step(rank), look.colours["Rank"], data)
    arrow = [Route([(_TRUNK, 0), (_TRUNK, _ARROW)], arrow=True)] if order else []
    return Block(down + high, [*arrow, Group([group], down=down)])


def _step(step: Row, gates: Gates, rank: Row, sources: Sources, look: Look) -> list[Block]:
    marks = [sources.cite(part) for needs in gates.values() for part in needs]
    items = list(gate_items(gates, sources, rank=str(step["rank_id"])))
    rest = [mark for text in list_or_empty(step["sources"]) if (mark := sources.cite_text(str(text))) not in marks]
    lines = [f"{_how(step)} {' '.join(dict.fromkeys(rest))}".strip(), *_more(step)]
    left = _TRUNK + 22
    bottom, shapes = stack(lay_out_items([Item(line, 0) for line in lines], left, SHEET - MARGIN - left), 10.0)
    data = {"step": str(step["order"]), "to": str(step["rank_id"])}
    blocks = [with_trunk(Block(bottom + 6, [Group(shapes, data)]), _TRUNK, branch=False)]
    if items:
        name = f"Gate{'s' if len(gates) > 1 else ''} of {step['to_rank']} ({len(gates)})"
        blocks += draw_cards(name, items, look.colours["Gate"], part="gates", trunk=_TRUNK)
    return [*blocks, _rank(rank, look, step["order"])]


def _how(step: Row) -> str:
    return f"{step['order']}. {_WAYS[str(step['via'])]}"


def _more(step: Row) -> list[str]:
    lines = []
    if step["minimum_months"] is not None:
        lines.append(f"At least {step['minimum_months']} months before promotion")
    if step["term_months"] is not None:
        lines.append(f"Fixed term: {step['term_months']} months")
    if by := list_or_empty(step["appointed_by"]):
        lines.append(f"Appointed by {', '.join(map(str, by))}")
    return lines


def _others(routes: Sequence[Sequence[Row]], way: int, look: Look) -> list[Block]:
    items = [
        Item(f"Way {number}: {_route(steps)}", data={"way": str(number)})
        for number, steps in enumerate(routes, 1)
        if number != way
    ]
    if not items:
        return []
    gap = Block(12, [])
    return [gap, *draw_cards(f"Other ways ({len(items)}): --way N draws one", items, look.colours["Rank"], part="ways")]


def _route(steps: Sequence[Row]) -> str:
    names = [f"{step['to_rank']}{' (open to)' if step['via'] == 'open-to' else ''}" for step in steps]
    return f"{number_of(len(steps), 'step')}, {', then '.join([str(steps[0]['from_rank']), *names])}"


def _rows(steps: Sequence[Row], gates: Mapping[str, Gates], stands: Mapping[str, str]) -> list[Row]:
    rows: list[Row] = []
    for step in steps:
        part = f"step {step['order']}"
        item = f"{step['from_rank']} to {step['to_rank']} ({step['rank_id']})"
        authority = "; ".join(map(str, list_or_empty(step["sources"])))
        stand = [stands[key] for key in (str(step["rank_id"]),) if key in stands]
        words = "; ".join([str(step["via"]), *_more(step), *stand])
        rows.append(text_row(part, item, words, {"authority": authority}))
        rows += gate_rows(part, gates[str(step["rank_id"])])
    return rows


def _in_words(title: str, steps: Sequence[Row], gates: Mapping[str, Gates]) -> str:
    parts = []
    for step in steps:
        names = "; ".join(name for name, *_ in sorted(gates[str(step["rank_id"])]))
        parts.append(f"{step['order']}. {step['to_rank']}{f', which asks for {names}' if names else ''}.")
    return f"{title} in {number_of(len(steps), 'step')}. {' '.join(parts)}"
