"""A way from one rank to another, step by step, with the gates of each step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from graph.errors import AnswerError, UsageError
from graph.rows import Row, list_or_empty
from queries.answers.answer import named
from queries.answers.loaded import unprofiled
from queries.ask import ask
from queries.parameters.editions import Roles
from queries.picture.cards import Item, branched, card, heading, laid, rank_box
from queries.picture.gates import gate_items, gate_rows, gates_of
from queries.picture.naming import force_of, ladder_name, on_day
from queries.picture.shapes import MARGIN, SHEET, Block, Group, Look, Picture, Route
from queries.picture.sources import Sources, told

if TYPE_CHECKING:
    from graph.session import Graph


_TRUNK = 34.0
_ARROW = 18.0


def pathway(
    graph: Graph, look: Look, held: str, aim: str, *, way: int, as_of: str | None, force: str | None
) -> Picture:
    """Return the picture of one way between two ranks; the others are named in it.

    Raises AnswerError where no way leads there, UsageError where there are fewer ways than the one asked for.
    """
    day = on_day(as_of)
    found = ask(graph, named("pathway"), {"from": held, "to": aim, "as_of": as_of}, force=force)
    routes = [list(steps) for _, steps in groupby(found.rows, key=lambda row: row["route"])]
    start, end = str(found.sent["from"]), str(found.sent["to"])
    if not routes:
        raise AnswerError(
            f"no way leads from {start} up to {end}; expected ranks of one ladder, the lower first; "
            f"`rankgraph picture ladder` shows them"
        )
    if not 1 <= way <= len(routes):
        raise UsageError(f"--way: found {way}; expected a number from 1 to {len(routes)}")
    steps = routes[way - 1]
    ranks = {str(row["rank_id"]): row for row in ask(graph, named("ranks"), {"as_of": as_of}).rows}
    gates = {
        rank: ask(graph, named("gates"), {"rank": rank, "as_of": as_of}).rows
        for rank in (str(step["rank_id"]) for step in steps)
    }
    sources = Sources()
    title = f"From {steps[0]['from_rank']} to {steps[-1]['to_rank']}"
    missing = unprofiled(Roles(graph, as_of), [str(step["rank_id"]) for step in steps])
    head = heading(title, *_under((start, end), routes, way, day), *_unknown(missing))
    blocks = [head, _rank(ranks[start], look, None)]
    for step in steps:
        blocks += _step(step, gates[str(step["rank_id"])], ranks[str(step["rank_id"])], sources, look)
    blocks += _others(routes, way, look)
    notes = [*found.notes, *(["; ".join(missing.values())] if missing else [])]
    return Picture(title, _says(title, steps, gates), [*blocks, sources.foot(day)], _rows(steps, gates), notes)


def _unknown(missing: Mapping[str, str]) -> list[str]:
    return [f"Not whole: {'; '.join(missing.values())}."] if missing else []


def _under(ends: tuple[str, str], routes: Sequence[Sequence[Row]], way: int, day: str) -> list[str]:
    steps = routes[way - 1]
    forces = " to ".join(dict.fromkeys(force for force in map(force_of, ends) if force))
    months = [int(str(step["minimum_months"])) for step in steps if step["minimum_months"] is not None]
    least = f"; at least {sum(months)} months where a source says how long" if months else ""
    count = f"{len(steps)} step{'s' if len(steps) > 1 else ''}"
    return [forces, f"Way {way} of {len(routes)}: {count}{least}.", f"As of {day}"]


def _rank(rank: Row, look: Look, order: object) -> Block:
    step = f", step {rank['step']}" if rank["step"] else ""
    under = f"{ladder_name(rank['ladder'])}{step}"
    data = {"rank": str(rank["rank_id"]), "order": str(order or 0)}
    down = _ARROW if order else 0.0
    wide = SHEET - 2 * MARGIN
    high, group = rank_box(str(rank["rank"]), under, MARGIN, wide, look.colours["Rank"], data=data, size=14)
    arrow = [Route([(_TRUNK, 0), (_TRUNK, _ARROW)], arrow=True)] if order else []
    return Block(down + high, [*arrow, Group([group], down=down)])


def _step(step: Row, gates: Sequence[Row], rank: Row, sources: Sources, look: Look) -> list[Block]:
    marks = dict.fromkeys(sources.cite(row) for row in gates)
    items = list(gate_items(gates, sources, rank=str(step["rank_id"])))
    rest = [mark for said in list_or_empty(step["sources"]) if (mark := sources.cite_text(str(said))) not in marks]
    lines = [f"{_how(step)} {' '.join(dict.fromkeys(rest))}".strip(), *_more(step)]
    shapes, y = [], 10.0
    wide = SHEET - MARGIN - _TRUNK - 22
    for high, group in laid([Item(line, 0) for line in lines], _TRUNK + 22, wide):
        shapes.append(Group(group.shapes, group.data, down=y))
        y += high
    data = {"step": str(step["order"]), "to": str(step["rank_id"])}
    found = [branched(Block(y + 6, [Group(shapes, data)]), _TRUNK, branch=False)]
    if items:
        count = len(gates_of(gates))
        name = f"Gate{'s' if count > 1 else ''} of {step['to_rank']} ({count})"
        found += card(name, items, look.colours["Gate"], part="gates", trunk=_TRUNK)
    return [*found, _rank(rank, look, step["order"])]


def _how(step: Row) -> str:
    if step["via"] == "promotion":
        return f"{step['order']}. Promotion"
    return f"{step['order']}. Open to this rank, as a document says"


def _more(step: Row) -> list[str]:
    found = []
    if step["minimum_months"] is not None:
        found.append(f"At least {step['minimum_months']} months, temporary promotion included")
    if step["term_months"] is not None:
        found.append(f"Fixed term: {step['term_months']} months")
    if by := list_or_empty(step["appointed_by"]):
        found.append(f"Appointed by {', '.join(map(str, by))}")
    return found


def _others(routes: Sequence[Sequence[Row]], way: int, look: Look) -> list[Block]:
    items = [
        Item(f"Way {number}: {_route(steps)}", data={"way": str(number)})
        for number, steps in enumerate(routes, 1)
        if number != way
    ]
    if not items:
        return []
    gap = Block(12, [])
    return [gap, *card(f"Other ways ({len(items)}): --way N draws one", items, look.colours["Rank"], part="ways")]


def _route(steps: Sequence[Row]) -> str:
    names = [f"{step['to_rank']}{' (open to)' if step['via'] == 'open-to' else ''}" for step in steps]
    return f"{len(steps)} step{'s' if len(steps) > 1 else ''}, {', then '.join([str(steps[0]['from_rank']), *names])}"


def _rows(steps: Sequence[Row], gates: Mapping[str, Sequence[Row]]) -> list[Row]:
    found: list[Row] = []
    for step in steps:
        part = f"step {step['order']}"
        item = f"{step['from_rank']} to {step['to_rank']} ({step['rank_id']})"
        said = "; ".join(map(str, list_or_empty(step["sources"])))
        found.append({**told(part, item, "; ".join([str(step["via"]), *_more(step)])), "authority": said})
        found += gate_rows(part, gates[str(step["rank_id"])])
    return found


def _says(title: str, steps: Sequence[Row], gates: Mapping[str, Sequence[Row]]) -> str:
    parts = []
    for step in steps:
        names = [name for name, _ in gates_of(gates[str(step["rank_id"])])]
        asks = f", which asks for {'; '.join(names)}" if names else ""
        parts.append(f"{step['order']}. {step['to_rank']}{asks}.")
    return f"{title} in {len(steps)} step{'s' if len(steps) > 1 else ''}. {' '.join(parts)}"
