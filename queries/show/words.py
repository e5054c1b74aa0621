"""Draw answers for people: routes, gaps and ranks as trees, each line with where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from graph.rows import Row
from queries.show.gate_words import by_gate, gate_words, is_open, part_words, verdict
from queries.show.tables import cell
from queries.show.trees import branch, group, leaf, tree

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.tree import Tree


Gates = Mapping[tuple[str, str, str], Sequence[Row]]
"""Rows of the question `gates` by gate, document and lines."""

_KINDS = ("gate", "course", "competency", "value", "core skills", "skill", "knowledge", "experience", "duty")
_STATUSES = ("new", "raised", "reworded", "kept", "dropped")
_UNKNOWN = "asked for by the rank held; of the rank aimed at no profile is loaded"
_FORCES = {"mps": "Met", "city": "City"}
_PLACES = {"mps": "the Metropolitan Police", "uk": "the UK"}
_PLURALS = {
    "gate": "Gates",
    "course": "Courses",
    "competency": "Competencies",
    "value": "Values",
    "skill": "Skills",
    "duty": "Duties",
}


def place(row: Row, document: str = "document", lines: str = "lines") -> str:
    """Return where a row stands: the document and its lines."""
    return f"{row[document]}:{row[lines]}"


def gates_by_place(rows: Iterable[Row]) -> Gates:
    """Sort the rows of the question `gates` by the gate that they belong to."""
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        parts = found.setdefault((str(row["gate"]), str(row["document"]), str(row["lines"])), [])
        if row not in parts:  # two ranks can ask for one gate
            parts.append(row)
    return found


class Sources:
    """Gathers what rows rest on, so that it is said once, at the end."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, authority: object) -> str:
        """Return the mark of a source."""
        return f"[{self._numbers.setdefault(str(authority), len(self._numbers) + 1)}]"

    def cite(self, row: Row) -> str:
        """Return where a row stands and the mark of whose word it is."""
        return f"{place(row)} {self.number(row['authority'])}"

    def listed(self) -> list[RenderableType]:
        """Return the list of sources, empty where there are none."""
        if not self._numbers:
            return []
        found = tree("Sources")
        for authority, number in self._numbers.items():
            leaf(found, f"[{number}] {authority}")
        return [found]


def pathway(rows: Sequence[Row], gates: Mapping[str, Gates], *, whole: bool) -> RenderableType:
    """Draw routes: the first step by step, the others in one line each unless all are wanted whole.

    Args:
        rows: Rows of the question `pathway`.
        gates: Gates by the id of the rank that asks for them.
        whole: Draw every route step by step.
    """
    routes = [list(steps) for _, steps in groupby(rows, key=lambda row: row["route"])]
    sources = Sources()
    parts: list[RenderableType] = []
    for steps in routes[: None if whole else 1]:
        found = tree(f"Route {steps[0]['route']} of {len(routes)}: {_route(steps)}")
        for step in steps:
            _step(found, step, gates.get(str(step["rank_id"]), {}), sources)
        parts.append(found)
    if not whole and len(routes) > 1:
        others = tree("Other routes (--all shows them whole)")
        for steps in routes[1:]:
            leaf(others, f"Route {steps[0]['route']}: {_route(steps)}")
        parts.append(others)
    return group([*parts, *sources.listed()])


def _route(steps: Sequence[Row]) -> str:
    names = [f"{step['to_rank']}{' (open to)' if step['via'] == 'open-to' else ''}" for step in steps]
    return f"{len(steps)} step{'s' if len(steps) > 1 else ''}, {' > '.join([str(steps[0]['from_rank']), *names])}"


def _step(under: Tree, step: Row, gates: Gates, sources: Sources) -> None:
    how = "promotion" if step["via"] == "promotion" else "a document opens it to this rank"
    node = branch(under, f"{step['order']}. {step['from_rank']} to {step['to_rank']} ({how})")
    if step["minimum_months"] is not None:
        leaf(node, f"takes at least {step['minimum_months']} months, temporary promotion included")
    for (name, *_), needs in sorted(gates.items()):
        _gate(node, name, needs, sources)
    if not gates:
        for name in _names(step["gates"]):
            leaf(node, f"gate: {name}")
    if step["term_months"] is not None:
        leaf(node, f"fixed term: {step['term_months']} months")
    if by := _names(step["appointed_by"]):
        leaf(node, f"appointed by: {', '.join(by)}")
    if said := _names(step["sources"]):
        leaf(node, f"rests on: {' '.join(sources.number(source) for source in said)}")


def _names(value: object) -> list[str]:
    return [str(part) for part in value] if isinstance(value, list | tuple) else []


def _gate(under: Tree, name: str, needs: Sequence[Row], sources: Sources) -> None:
    judged = "part_status" in needs[0]
    state = gate_words(needs) if judged else ""
    node = leaf(under, f"gate: {name}", sources.cite(needs[0]), state=state, struck=judged and is_open(needs) is True)
    options = [list(parts) for _, parts in groupby(needs, key=lambda row: row["option"])]
    for number, parts in enumerate(options, 1):
        said = " and ".join(_need(part) for part in parts)
        if said != name or judged:
            leaf(node, said if len(options) == 1 else f"{'either' if number == 1 else 'or'}: {said}")
    if needs[0]["exempt"]:
        leaf(node, f"exempt: {needs[0]['exempt']}")
    if judged:
        leaf(node, f"asked by: {needs[0]['source']}, in {applying(needs[0]['applies_in'])}")


def gates(title: str, rows: Sequence[Row]) -> RenderableType:
    """Draw the gates of a rank: what stands in the way, then gate by gate with its options.

    Args:
        title: Names the rank and the day.
        rows: Rows of the question `gate-status`.
    """
    sources = Sources()
    whole = tree(title)
    for line in verdict(rows):
        leaf(whole, line)
    for parts in by_gate(rows):
        _gate(whole, str(parts[0]["gate"]), parts, sources)
    return group([whole, *sources.listed()])


def _named(part: Row) -> str:
    """Name what a part of an option needs; of a rank that London's forces have, whose it is."""
    if part["kind"] != "rank":
        return str(part["needs"])
    force = _FORCES.get(str(part["needs_id"]).partition("/")[0])
    return f"the rank of {part['needs']}{f' ({force})' if force else ''}"


def applying(where: object) -> str:
    """Return in words where a gate holds.

    >>> applying("england-and-wales"), applying("mps")
    ('England and Wales', 'the Metropolitan Police')
    """
    words = (word if word == "and" else word.capitalize() for word in str(where).split("-"))
    return _PLACES.get(str(where)) or " ".join(words)


def condition(part: Row) -> str:
    """Say what a part of an option asks for, with its days and months."""
    said = [f"{_named(part)}{' or higher' if part['at_least'] else ''}"]
    if part["before"]:
        said.append(f"before {part['before']}")
    if part["within_months"]:
        said.append(f"in the last {part['within_months']} months")
    if part["for_months"]:
        said.append(f"for {part['for_months']} months")
    return " ".join(said)


def _need(part: Row) -> str:
    return f"{condition(part)} [{part_words(part)}]" if "part_status" in part else condition(part)


def gap(title: str, rows: Sequence[Row], gates: Gates, *, known: bool = True) -> RenderableType:
    """Draw a gap by kind and status, gates first.

    Args:
        title: Names the two ranks.
        rows: Rows of the question `rank-gap`, and those of the duties if wanted.
        gates: Gates of both ranks.
        known: Whether a profile of the rank aimed at is loaded; else nothing is said to be dropped.
    """
    sources = Sources()
    whole = tree(title)
    for kind, of_kind in _sorted_groups(rows, "kind", _KINDS):
        heading = branch(whole, _PLURALS.get(kind, kind.capitalize()))
        for status, found in _sorted_groups(of_kind, "status", _STATUSES):
            node = branch(heading, f"{status if known or status != 'dropped' else _UNKNOWN} ({len(found)})")
            for row in found:
                _requirement(node, row, gates, sources)
    return group([whole, *sources.listed()])


def _sorted_groups(rows: Sequence[Row], column: str, order: Sequence[str]) -> Iterator[tuple[str, list[Row]]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(str(row[column]), []).append(row)
    yield from sorted(found.items(), key=lambda group: order.index(group[0]) if group[0] in order else len(order))


def _requirement(under: Tree, row: Row, gates: Gates, sources: Sources) -> None:
    at = sources.cite(row)
    if row["held_lines"] is not None and row["status"] != "dropped":
        at = f"{at}, held: {place(row, 'held_document', 'held_lines')}"
    needs = gates.get((str(row["requirement"]), str(row["document"]), str(row["lines"])), ())
    if row["kind"] == "gate" and needs:
        _gate(under, f"{row['requirement']}", needs, sources)
    else:
        met = row.get("met") is True
        leaf(under, f"{row['requirement']}{_levels(row)}", at, state=str(row.get("state", "")), struck=met)


def _levels(row: Row) -> str:
    held, needed = row["held_level"], row["needed_level"]
    if needed is None:
        return "" if held is None else f" (level {held} held)"
    return f" (level {needed}, {held} held)" if held is not None else f" (level {needed})"


def rank(parts: Mapping[str, object]) -> RenderableType:
    """Draw a rank from its parts, as `rankgraph rank --format json` gives them."""
    sources = Sources()
    whole = tree(f"{parts['name']} ({parts['id']})")
    for name in ("short_name", "step", "ladder", "profile_level", "insignia"):
        if parts[name] is not None:
            leaf(whole, f"{name.replace('_', ' ')}: {parts[name]}")
    for title, name, say in _PARTS:
        rows = parts[name]
        if isinstance(rows, list) and rows:
            node = branch(whole, f"{title} ({len(rows)})")
            for row in rows:
                leaf(node, say(row), sources.cite(row) if "authority" in row else str(row["document"]))
    gates = parts["gates"]
    if isinstance(gates, list) and gates:
        node = branch(whole, "Gates")
        for (name, *_), needs in sorted(gates_by_place(gates).items()):
            _gate(node, name, needs, sources)
    return group([whole, *sources.listed()])


def status(found: Mapping[str, object]) -> RenderableType:
    """Draw what `rankgraph status --format json` gives."""
    whole = tree(f"{found['engine']} at {found['address']}")
    leaf(whole, f"schema version: {found['schema_version']}")
    leaf(whole, f"reference data: {cell(found['reference']) or 'not loaded'}")
    for name in ("nodes", "edges"):
        counts = found[name]
        if isinstance(counts, Mapping) and counts:
            heading = branch(whole, name)
            for kind, count in counts.items():
                leaf(heading, f"{count:>7} {kind}")
    return whole


def _edition(row: Row) -> str:
    spans = f"{row['valid_from'] or 'unknown day'} to {row['valid_to'] or 'now'}"
    return f"{row['edition']}: {row['source_kind']}, {spans}{'' if row['current'] else ', does not count on the day'}"


def _asked(row: Row) -> str:
    level = f" (level {row['level']})" if row["level"] is not None else ""
    desirable = " (desirable)" if row["necessity"] == "desirable" else ""
    return f"{row['kind']}: {row['requirement']}{level}{desirable}"


def _other(row: Row) -> str:
    return f"{row['rank']} ({row['rank_id']}{', ' + cell(row['via']) if 'via' in row else ''})"


_PARTS = (
    ("Same step on other ladders", "equivalents", _other),
    ("Editions", "editions", _edition),
    ("Purpose", "purpose", lambda row: str(row["text"])),
    ("Duties", "duties", lambda row: str(row["duty"])),
    ("Asks for", "requirements", _asked),
    ("Has to do with", "bodies", lambda row: f"{str(row['relation']).lower().replace('_', ' ')} {row['body']}"),
    ("Chain of command", "chain_of_command", lambda row: f"{row['position']}: {row['rank']} ({row['rank_id']})"),
    ("Leads on to", "next_ranks", _other),
    ("Reached from", "feeder_ranks", _other),
)
