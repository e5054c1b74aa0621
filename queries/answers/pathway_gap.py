"""Sum up a way over several ranks: what it asks for in all, and how long it takes at least."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from graph.rows import Row
from queries.answers import loaded
from queries.answers.answer import Composed, named
from queries.ask import ask
from queries.show.trees import branch, group, leaf, tree
from queries.show.words import place

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.tree import Tree

    from graph.session import Graph


_STEPS = ("promotion", "open-to")
_ORDER = ("gate", "course", "competency", "value", "core skills", "skill", "knowledge", "experience")
_PLURALS = {"competency": "competencies", "core skills": "core skills", "knowledge": "fields of knowledge"}


def pathway_gap(graph: Graph, held: str, aim: str, *, as_of: str | None, force: str | None, whole: bool) -> Composed:
    """Return the cumulative gap of each route between two ranks, and what no source tells of it.

    Args:
        graph: An open graph.
        held: The rank held now, by id or name.
        aim: The rank aimed at.
        as_of: The day asked about; none for today.
        force: Ladder for names that ladders share.
        whole: Draw all routes step by step.
    """
    question = named("pathway-gap")
    found = ask(graph, question, {"from": held, "to": aim, "as_of": as_of}, force=force)
    ranks = list(dict.fromkeys(str(row["rank_id"]) for row in found.rows))
    there = set(ranks) - set(loaded.unprofiled(graph, ranks, as_of))
    notes = list(found.notes)
    if missing := [rank for rank in ranks if rank not in there]:
        on = f"on {as_of}" if as_of else "today"
        notes.append(f"no profile of {', '.join(missing)} counts {on}: what else they ask for is not in the sum")
    if untimed := sorted({rank for row in found.rows for rank in _names(row["time_unknown"])}, key=ranks.index):
        notes.append(f"no source gives a least time for {', '.join(untimed)}: their time is not in the sum")
    view = None
    if found.rows:
        start = str(found.sent["from"])
        view = _drawn(loaded.names(graph, [start])[start], found.rows, whole=whole)
    return Composed(question.returns, found.rows, notes, view)


def _names(value: object) -> list[str]:
    return [str(part) for part in value] if isinstance(value, list | tuple) else []


def _drawn(start: str, rows: Sequence[Row], *, whole: bool) -> RenderableType:
    routes = [list(of_route) for _, of_route in groupby(rows, key=lambda row: row["route"])]
    numbers: dict[str, int] = {}
    parts: list[RenderableType] = []
    for route in routes[: None if whole else 1]:
        found = tree(f"Route {route[0]['route']} of {len(routes)}: {_title(start, route)}")
        leaf(found, _sum(route))
        for _, of_step in groupby(route, key=lambda row: row["order"]):
            _step(found, list(of_step), numbers)
        _held(found, route, numbers)
        parts.append(found)
    if not whole and len(routes) > 1:
        others = tree("Other routes (--all shows them whole)")
        for route in routes[1:]:
            leaf(leaf(others, f"Route {route[0]['route']}: {_title(start, route)}"), _sum(route))
        parts.append(others)
    sources = tree("Sources")
    for authority, number in numbers.items():
        leaf(sources, f"[{number}] {authority}")
    return group([*parts, sources])


def _title(start: str, route: Sequence[Row]) -> str:
    steps = {row["order"]: row for row in route if row["kind"] in _STEPS}
    names = [f"{row['to_rank']}{' (open to)' if row['kind'] == 'open-to' else ''}" for row in steps.values()]
    return f"{len(steps)} step{'s' if len(steps) > 1 else ''}, {' > '.join([start, *names])}"


def _sum(route: Sequence[Row]) -> str:
    """Say how much a route asks for that is neither held nor met on the way, and its least time."""
    missing = _open(route)
    counted = Counter(str(row["kind"]) for row in missing)
    asked = ", ".join(f"{counted[kind]} {_plural(kind, counted[kind])}" for kind in _ORDER if counted[kind])
    again = sum(row["restates"] is not None for row in missing)
    beside = f" ({again} of them nearly as asked for before)" if again else ""
    return f"in all: {asked or 'nothing more'}{beside}; {_time(route[-1])}"


def _plural(kind: str, count: int) -> str:
    return kind if count == 1 else _PLURALS.get(kind, f"{kind}s")


def _time(row: Row) -> str:
    unknown = len(_names(row["time_unknown"]))
    beside = f"{unknown} step{'s' if unknown > 1 else ''} of unknown length"
    if row["least_months"] is None:
        return beside
    return f"at least {row['least_months']} months{f', and {beside}' if unknown else ''}"


def _open(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row["kind"] not in _STEPS and not row["held"] and row["met_by"] is None]


def _step(under: Tree, rows: Sequence[Row], numbers: dict[str, int]) -> None:
    first = next(row for row in rows if row["kind"] in _STEPS)
    node = branch(under, f"{first['order']}. {first['to_rank']}: {_time(first)} so far")
    for row in rows:
        if row["kind"] in _STEPS:
            how = "promotion from" if row["kind"] == "promotion" else "a document opens it to"
            leaf(node, f"{how} {row['requirement']}", _cite(row, numbers))
    if first["term_months"] is not None:
        leaf(node, f"fixed term: {first['term_months']} months")
    for kind in _ORDER:
        for row in rows:
            if row["kind"] == kind and not row["held"]:
                _asked(node, row, numbers)


def _asked(under: Tree, row: Row, numbers: dict[str, int]) -> None:
    level = "" if row["level"] is None else f" (level {row['level']})"
    if row["held_level"] is not None:
        level = f" (level {row['level']}, {row['held_level']} held)"
    beside = ", nearly as asked for before" if row["restates"] else ""
    beside += f", met by having been {row['met_by']}" if row["met_by"] else ""
    node = leaf(under, f"{row['kind']}: {row['requirement']}{level}{beside}", _cite(row, numbers))
    options = _names(row["options"])
    for number, option in enumerate(options):
        if option != row["requirement"]:
            leaf(node, option if len(options) == 1 else f"{'or' if number else 'either'}: {option}")


def _held(under: Tree, route: Sequence[Row], numbers: dict[str, int]) -> None:
    rows = [row for row in route if row["held"]]
    if rows:
        node = branch(under, f"Held already, with the rank ({len(rows)})")
        for row in rows:
            leaf(node, f"{row['kind']}: {row['requirement']}", _cite(row, numbers))


def _cite(row: Row, numbers: dict[str, int]) -> str:
    return f"{place(row)} [{numbers.setdefault(str(row['authority']), len(numbers) + 1)}]"
