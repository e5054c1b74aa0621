"""Draw answers for people, a function an answer: trees whose lines name where they stand, and tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from graph.rows import Row, list_or_empty, visible
from queries.answers.answer import Answer, number_of
from queries.answers.gate_rows import by_gate, gates_by_place, is_open
from queries.parameters.choices import place_name
from queries.show.citations import Citations
from queries.show.gate_words import (
    condition,
    earliest_words,
    part_words,
    requirement_words,
    standing,
    state_words,
    verdict,
)
from queries.show.tables import cell, table
from queries.show.trees import Folded, branch, group, leaf, tree
from queries.show.words import (
    REQUIREMENT_KINDS,
    VIAS,
    edition_words,
    heading,
    level_words,
    number_of_kind,
    place,
    relation_in_words,
    sorted_groups,
)

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.tree import Tree

    from queries.answers.gap import GapAnswer
    from queries.answers.gate_rows import Gates
    from queries.answers.gates import GatesAnswer
    from queries.answers.pathway import PathwayAnswer
    from queries.answers.pathway_gap import PathwayGapAnswer


_STATUSES = ("new", "raised", "reworded", "kept", "dropped", "unknown")
_UNKNOWN = "asked for by the rank held; of the rank aimed at no profile is loaded"
_STEPS = ("promotion", "open-to")


def chosen_columns(answer: Answer, columns: Sequence[str]) -> RenderableType | None:
    """Draw some columns of a table, or all where it has not got them; units are set in by their depth."""
    names = columns if set(columns) <= set(answer.columns) else answer.columns
    texts = [
        [f"{_indent(row) if name == 'unit' else ''}{visible(cell(row[name]))}" for name in names] for row in answer.rows
    ]
    return table(names, texts) if texts else None


def in_tree(rows: Sequence[Row], units: Sequence[Row]) -> list[Row]:
    """Return rows in the order of units, a tree: set in below the units above that have rows, else beside their name.

    `units` have unit_id, unit and parent_id, each after its parent; rows without a unit come first.
    """
    places = {unit["unit_id"]: place for place, unit in enumerate(units)}
    shown = {row["unit_id"] for row in rows}

    def placed(row: Row) -> Row:
        above: list[Row] = []
        at = row["unit_id"]
        for _ in range(int(str(row["depth"] or 0))):
            at = units[places[at]]["parent_id"]
            above.append(units[places[at]])
        beside = f"{above[0]['unit']} / " if above and above[0]["unit_id"] not in shown else ""
        name = str(row["unit"]).removeprefix(beside)
        return {**row, "unit": f"{beside}{name}", "depth": sum(one["unit_id"] in shown for one in above)}

    return [placed(row) for row in sorted(rows, key=lambda row: places.get(row["unit_id"], -1))]


def person(answer: Answer) -> RenderableType | None:
    """Draw what a rank asks for of one person, with how each stands in words."""
    columns = ("status", "kind", "requirement", "held_level", "needed_level", "until", "document", "lines")
    rows = [{**row, "status": requirement_words(row)} for row in answer.rows]
    return chosen_columns(replace(answer, rows=rows), columns)


def _indent(row: Row) -> str:
    return "  " * int(str(row.get("depth") or 0))


def document_load(answer: Answer) -> RenderableType:
    """Draw what a load of documents did, a line a document."""
    return table(answer.columns, [[str(row[name]) for name in answer.columns] for row in answer.rows])


def staff_load(answer: Answer) -> RenderableType:
    """Draw what a load of staff files did, a line a sheet, and the totals."""
    counts = {name: count for name, count in (answer.parts or {}).items() if isinstance(count, Mapping)}
    counts.pop("sheets")
    totals = [[part, *(str(count[part]) for count in counts.values())] for part in ("nodes", "edges")]
    return group([document_load(answer), table(("in the graph", *counts), totals)])


def pathway(answer: PathwayAnswer, *, whole: bool) -> RenderableType | None:
    """Draw routes: the first step by step, the others in one line each unless all are wanted whole."""
    ways = [(row["route"], row["order"]) for row in answer.rows]
    days = dict(zip(ways, answer.earliest, strict=True)) if answer.earliest else {}

    def draw(under: Tree, steps: Sequence[Row], citations: Citations) -> None:
        for step in steps:
            gates = answer.gates.get(str(step["rank_id"]), {})
            first = days.get((step["route"], step["order"]))
            words = f"; earliest: {earliest_words(first, answer.day, list(gates.values()))}" if first else ""
            _step(under, step, gates, citations, words)

    return _routes(answer.rows, lambda steps: [_route(str(steps[0]["from_rank"]), steps)], draw, whole=whole)


def _routes(
    rows: Sequence[Row],
    lines: Callable[[Sequence[Row]], list[str]],
    draw: Callable[[Tree, Sequence[Row], Citations], None],
    *,
    whole: bool,
) -> RenderableType | None:
    """Draw the first route with all steps, and of the others the first lines alone unless wanted whole."""
    routes = [list(of_route) for _, of_route in groupby(rows, key=lambda row: row["route"])]
    citations, others = Citations(), tree("Other routes (--all shows them whole)")
    parts: list[RenderableType] = []
    for route in routes:
        name, (title, *more), in_full = f"Route {route[0]['route']}", lines(route), whole or not parts
        node = tree(f"{name} of {len(routes)}: {title}") if in_full else leaf(others, f"{name}: {title}")
        for line in more:
            leaf(node, line)
        if in_full:
            draw(node, route, citations)
            parts.append(node)
    return Folded([*parts, *([others] if others.children else []), *citations.listed()]) if routes else None


def _route(start: str, steps: Sequence[Row]) -> str:
    names = [
        f"{step['to_rank']}{' (open to)' if 'open-to' in (step.get('via'), step.get('kind')) else ''}" for step in steps
    ]
    return f"{number_of(len(steps), 'step')}, {' > '.join([start, *names])}"


def _step(under: Tree, step: Row, gates: Gates, citations: Citations, words: str) -> None:
    how = VIAS[str(step["via"])]
    node = branch(under, f"{step['order']}. {step['from_rank']} to {step['to_rank']} ({how}){words}")
    if step["minimum_months"] is not None:
        leaf(node, f"takes at least {step['minimum_months']} months before promotion")
    for (name, *_), needs in sorted(gates.items()):
        _gate(node, name, needs, citations, list(gates.values()))
    if not gates:
        for gate in list_or_empty(step["gates"]):
            leaf(node, f"gate: {gate}")
    if step["term_months"] is not None:
        leaf(node, f"fixed term: {step['term_months']} months")
    if by := list_or_empty(step["appointed_by"]):
        leaf(node, f"appointed by: {', '.join(map(str, by))}")
    if authorities := list_or_empty(step["sources"]):
        leaf(node, f"rests on: {' '.join(map(citations.mark, authorities))}")


def _gate(under: Tree, name: str, needs: Sequence[Row], citations: Citations, gates: Sequence[Sequence[Row]]) -> None:
    has_status = "part_status" in needs[0]
    state = state_words(needs, gates) if has_status else ""
    crossed_out = has_status and is_open(needs) is True
    node = leaf(under, f"gate: {name}", citations.cite(needs[0]), state=state, crossed_out=crossed_out)
    options = [
        " and ".join(f"{condition(part)} [{part_words(part)}]" if has_status else condition(part) for part in parts)
        for _, parts in groupby(needs, key=lambda row: row["option"])
    ]
    _alternatives(node, options, "" if has_status else name)
    if needs[0]["exempt"]:
        leaf(node, f"exempt: {needs[0]['exempt']}")
    if has_status:
        leaf(node, f"asked by: {needs[0]['source']}, in {place_name(needs[0]['applies_in'])}")


def _alternatives(under: Tree, options: Sequence[str], name: str) -> None:
    """Add the options of a gate but for one that is just its name."""
    for number, option in enumerate(options):
        if option != name:
            leaf(under, option if len(options) == 1 else f"{'or' if number else 'either'}: {option}")


def gates(answer: GatesAnswer) -> RenderableType:
    """Draw the gates of a rank: what stands in the way, then gate by gate with its options."""
    citations = Citations()
    whole = tree(f"Gates of {answer.name} ({answer.rank}) on {answer.day}")
    found = by_gate(answer.rows)
    for line in verdict(answer.rows):
        leaf(whole, line)
    if answer.holdings_stated and found:
        leaf(whole, f"earliest: {earliest_words(answer.earliest, answer.day, found)}")
    for parts in found:
        _gate(whole, str(parts[0]["gate"]), parts, citations, found)
    return Folded([whole, *citations.listed()])


def gap(answer: GapAnswer) -> RenderableType:
    """Draw a gap by kind and status, gates first; of a rank without profile nothing is said to be dropped."""
    citations = Citations()
    whole = tree(f"From {answer.names[answer.ends[0]]} to {answer.names[answer.ends[1]]}")
    for announcement in answer.announcements:
        leaf(whole, announcement)
    words = {"dropped": _UNKNOWN} if answer.ends[1] in answer.unprofiled else {}
    for kind, of_kind in sorted_groups(answer.rows, "kind", REQUIREMENT_KINDS):
        title = branch(whole, heading(kind))
        for status, rows in sorted_groups(of_kind, "status", _STATUSES):
            node = branch(title, f"{words.get(status, status)} ({len(rows)})")
            for row in rows:
                _requirement(node, row, answer, citations)
    return Folded([whole, *citations.listed()])


def _requirement(under: Tree, row: Row, answer: GapAnswer, citations: Citations) -> None:
    at = citations.cite(row)
    if row["held_lines"] is not None and row["status"] != "dropped":
        at = f"{at}, held: {place(row, 'held_document', 'held_lines')}"
    needs = answer.gates.get((str(row["requirement"]), str(row["document"]), str(row["lines"])), ())
    if row["kind"] == "gate" and needs:
        _gate(under, str(row["requirement"]), needs, citations, by_gate(answer.status))
    else:
        text = f"{row['requirement']}{level_words(row)}"
        leaf(under, text, at, state=_state(row, answer.status), crossed_out=row.get("met") is True)


def _state(row: Row, status: Sequence[Row]) -> str:
    """Return in words whether a requirement is met; empty where nothing is known to be held."""
    if row["status"] == "dropped" or row["kind"] == "duty":
        return ""
    if row["kind"] == "gate" and (parts := [part for part in status if part["gate_id"] == row["requirement_id"]]):
        return state_words(by_gate(parts)[-1], by_gate(status))
    if parts := [part for part in status if part["fact"] == row["fact"]]:
        return part_words(parts[-1])
    return "done" if row.get("met") else ""


def pathway_gap(answer: PathwayGapAnswer, *, whole: bool) -> RenderableType | None:
    """Draw what routes ask for together: the first step by step, the others in two lines unless wanted whole."""

    def draw(under: Tree, route: Sequence[Row], citations: Citations) -> None:
        for _, rows in groupby(route, key=lambda row: row["order"]):
            _summed_step(under, list(rows), citations, answer.status)
        _held_already(under, route, citations)

    def lines(route: Sequence[Row]) -> list[str]:
        return [_route(answer.start, _steps(route)), _sum(route), *answer.announcements]

    return _routes(answer.rows, lines, draw, whole=whole)


def _steps(route: Sequence[Row]) -> list[Row]:
    return list({row["order"]: row for row in route if row["kind"] in _STEPS}.values())


def _sum(route: Sequence[Row]) -> str:
    """Return how much a route asks for that is neither held nor met on the way, and its least time."""
    open_rows = [row for row in route if row["kind"] not in _STEPS and not row["held"] and not row.get("met")]
    missing = [row for row in open_rows if row["met_by"] is None]
    counts = [(len(rows), kind) for kind, rows in sorted_groups(missing, "kind", REQUIREMENT_KINDS)]
    amounts = ", ".join(number_of_kind(*count) for count in counts)
    again = sum(row["restates"] is not None for row in missing)
    beside = f" ({again} of them nearly as asked for before)" if again else ""
    return f"in all: {amounts or 'nothing more'}{beside}; {_least_time(route[-1])}"


def _least_time(row: Row) -> str:
    unknown = len(list_or_empty(row["time_unknown"]))
    beside = f"{number_of(unknown, 'step')} of unknown length"
    if row["least_months"] is None:
        return beside
    return f"at least {row['least_months']} months{f', and {beside}' if unknown else ''}"


def _summed_step(under: Tree, rows: Sequence[Row], citations: Citations, status: Mapping[str, Sequence[Row]]) -> None:
    first = next(row for row in rows if row["kind"] in _STEPS)
    node = branch(under, f"{first['order']}. {first['to_rank']}: {_least_time(first)} so far")
    for row in rows:
        if row["kind"] in _STEPS:
            how = "promotion from" if row["kind"] == "promotion" else "a document opens it to"
            leaf(node, f"{how} {row['requirement']}", citations.cite(row))
    if first["term_months"] is not None:
        leaf(node, f"fixed term: {first['term_months']} months")
    requirements = [row for row in rows if row["kind"] in REQUIREMENT_KINDS and not row["held"]]
    for _, of_kind in sorted_groups(requirements, "kind", REQUIREMENT_KINDS):
        for row in of_kind:
            _summed_requirement(node, row, citations, by_gate(status.get(str(row["rank_id"]), ())))


def _summed_requirement(under: Tree, row: Row, citations: Citations, gates: Sequence[Sequence[Row]]) -> None:
    level = "" if row["level"] is None else f" (level {row['level']})"
    if row["held_level"] is not None:
        level = f" (level {row['level']}, {row['held_level']} held)"
    beside = ", nearly as asked for before" if row["restates"] else ""
    beside += f", met by having been {row['met_by']}" if row["met_by"] else ""
    beside += ", which the rank held may ask for too" if row["held"] is None else ""
    beside += "".join(f": {standing(one, gates)}" for one in gates if one[0]["gate_id"] == row["requirement_id"])
    node = leaf(under, f"{row['kind']}: {row['requirement']}{level}{beside}", citations.cite(row))
    _alternatives(node, [str(option) for option in list_or_empty(row["options"])], str(row["requirement"]))


def _held_already(under: Tree, route: Sequence[Row], citations: Citations) -> None:
    rows = [row for row in route if row["held"]]
    if rows:
        node = branch(under, f"Held already, with the rank ({len(rows)})")
        for row in rows:
            leaf(node, f"{row['kind']}: {row['requirement']}", citations.cite(row))


def rank(answer: Answer) -> RenderableType:
    """Draw all that is known of a rank, part by part."""
    parts, citations = answer.parts or {}, Citations()
    whole = tree(f"{parts['name']} ({parts['id']})")
    for name in ("short_name", "step", "ladder", "profile_level", "insignia"):
        if parts[name] is not None:
            leaf(whole, f"{name.replace('_', ' ')}: {parts[name]}")
    for title, name, line in _PARTS:
        rows = parts[name]
        if isinstance(rows, list) and rows:
            node = branch(whole, f"{title} ({len(rows)})")
            for row in rows:
                leaf(node, line(row), citations.cite(row) if "authority" in row else str(row["document"]))
    needs = parts["gates"]
    if isinstance(needs, list) and needs:
        node = branch(whole, "Gates")
        for (name, *_), rows in sorted(gates_by_place(needs).items()):
            _gate(node, name, rows, citations, ())
    return Folded([whole, *citations.listed()])


def _edition(row: Row) -> str:
    spans = f"{row['valid_from'] or 'unknown day'} to {row['valid_to'] or 'now'}"
    return f"{row['edition']}: {str(row['source_kind']).replace('_', ' ')}, {spans}{edition_words(row)}"


def _requirement_with_kind(row: Row) -> str:
    level = f" (level {row['level']})" if row["level"] is not None else ""
    desirable = " (desirable)" if row["necessity"] == "desirable" else ""
    return f"{row['kind']}: {row['requirement']}{level}{desirable}"


def _other_rank(row: Row) -> str:
    return f"{row['rank']} ({row['rank_id']}{', ' + cell(row['via']) if 'via' in row else ''})"


_PARTS = (
    ("Same step on other ladders", "equivalents", _other_rank),
    ("Editions", "editions", _edition),
    ("Purpose", "purpose", lambda row: str(row["text"])),
    ("Duties", "duties", lambda row: str(row["duty"])),
    ("Asks for", "requirements", _requirement_with_kind),
    ("Has to do with", "bodies", lambda row: f"{relation_in_words(row['relation'])} {row['body']}"),
    (
        "Chain of command",
        "chain_of_command",
        lambda row: f"{row['position']}, {row['tie']}: {row['rank']} ({row['rank_id']})",
    ),
    ("Leads on to", "next_ranks", _other_rank),
    ("Reached from", "feeder_ranks", _other_rank),
)
