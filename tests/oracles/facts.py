"""Answers computed from the facts in memory, by plain Python and networkx: no Cypher, no engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import networkx as nx

from graph.days import FIRST_DAY, LAST_DAY, edition_start
from graph.documents.edition_order import Edition, order
from graph.nodes import Document, Node, Profile, Requirement
from graph.ontology import EDGE_KINDS, Edge, Facts, Need
from graph.text.likeness import similar

N = TypeVar("N", bound=Node)

_KIND = {
    "Skill": "skill",
    "Knowledge": "knowledge",
    "Course": "course",
    "Competency": "competency",
    "Value": "value",
    "CoreSkillSet": "core skills",
    "Rank": "rank",
    "Gate": "gate",
}


@dataclass(frozen=True)
class Said:
    """A stated edge and the days it counts."""

    edge: Edge
    valid_from: str | None
    valid_to: str | None

    @property
    def lines(self) -> str:
        """Return its lines."""
        assert self.edge.statement is not None
        return self.edge.statement.lines


class Oracle:
    """All facts of the reference data and of some documents."""

    def __init__(self, parts: Sequence[Facts]) -> None:
        self.nodes: dict[tuple[str, str], Node] = {(node.label, node.id): node for part in parts for node in part.nodes}
        places = {
            place.id: place
            for series in {profile.series for profile in self.every(Profile)}
            for place in order(
                [
                    Edition(one.id, one.code, one.version, edition_start(one.published, one.closes, one.not_before))
                    for one in self.every(Profile)
                    if one.series == series
                ]
            )
        }
        self.plain = [edge for part in parts for edge in part.edges if edge.statement is None]
        self.said: list[Said] = []
        for edge in (edge for part in parts for edge in part.edges if edge.statement is not None):
            assert edge.statement is not None
            place = places.get(edge.statement.edition)
            days = (
                (place.valid_from, None if edge.statement.aside else place.valid_to)
                if place
                else (edge.statement.valid_from, edge.statement.valid_to)
            )
            self.said.append(Said(edge, *days))

    def every(self, kind: type[N]) -> list[N]:
        """Return the nodes of a class."""
        return [node for node in self.nodes.values() if isinstance(node, kind)]

    def on(self, day: str | None, today: str, *kinds: str) -> list[Said]:
        """Return the stated edges of some kinds that count on a day, null for today."""
        return [one for one in self.said if one.edge.kind in kinds and _counts(one, day, today)]

    def kind(self, label: str, of: str) -> str:
        """Return the word for a requirement's kind."""
        node = self.nodes[label, of]
        return _KIND.get(type(node).subtype or type(node).label, "experience")

    def document(self, one: Said) -> str:
        """Return the file name behind a statement."""
        assert one.edge.statement is not None
        node = self.nodes["Document", one.edge.statement.document]
        assert isinstance(node, Document)
        return node.name


def _counts(one: Said, day: str | None, today: str) -> bool:
    return (one.valid_from or FIRST_DAY) <= (day or today) < (one.valid_to or LAST_DAY)


def duties_of(facts: Oracle, rank: str, day: str | None, today: str) -> set[tuple[object, ...]]:
    """Return duty_id and lines."""
    return {
        (one.edge.end.id, facts.document(one), one.lines)
        for one in facts.on(day, today, "ACCOUNTABLE_FOR")
        if one.edge.start.id == rank
    }


def requirements_of(facts: Oracle, rank: str, day: str | None, today: str) -> set[tuple[object, ...]]:
    """Return kind, requirement_id, level and lines."""
    return {
        (facts.kind("Requirement", one.edge.end.id), one.edge.end.id, _level(one.edge), one.lines)
        for one in facts.on(day, today, "REQUIRES")
        if one.edge.start.id == rank and one.edge.end.label == "Requirement"
    }


def _level(edge: Edge) -> int | None:
    return edge.properties.level if isinstance(edge.properties, Need) else None


def gates(facts: Oracle, rank: str, day: str | None, today: str) -> set[tuple[object, ...]]:
    """Return gate name, option, needs_id and lines."""
    found: set[tuple[object, ...]] = set()
    said = facts.on(day, today, "REQUIRES", "OPTION", "NEEDS")
    for asked in (one.edge for one in said if one.edge.kind == "REQUIRES" and one.edge.start.id == rank):
        name = getattr(facts.nodes[asked.end.label, asked.end.id], "name", "")
        if facts.kind(asked.end.label, asked.end.id) == "course":
            found.add((name, 1, asked.end.id, asked.statement.lines if asked.statement else ""))
        for option in (one.edge.end for one in said if one.edge.kind == "OPTION" and one.edge.start == asked.end):
            number = getattr(facts.nodes["Option", option.id], "number", 0)
            found |= {
                (name, number, one.edge.end.id, one.lines)
                for one in said
                if one.edge.kind == "NEEDS" and one.edge.start == option
            }
    return found


def bodies_of(facts: Oracle, rank: str, day: str | None, today: str) -> set[tuple[object, ...]]:
    """Return relation, body_id and lines."""
    ladder = {"PROMOTES_FROM", "EQUIVALENT_TO", "OPEN_TO"}
    kinds = {one.edge.kind for one in facts.said} - ladder
    tied = {
        (one.edge.kind, one.edge.end.id, one.lines)
        for one in facts.on(day, today, *kinds)
        if one.edge.start.id == rank and one.edge.end.label in {"Body", "Role"}
    }
    editions = {edge.start.id for edge in facts.plain if edge.kind == "DESCRIBES" and edge.end.id == rank}
    return tied | {
        ("MENTIONS", one.edge.end.id, one.lines)
        for one in facts.on(day, today, "MENTIONS")
        if one.edge.start.id in editions
        and one.edge.end.label == "Body"
        and one.edge.end.id not in {body for _, body, _ in tied}
    }


def next_ranks(facts: Oracle, rank: str, day: str | None, today: str) -> set[tuple[object, ...]]:
    """Return rank_id, via and lines."""
    via = {"PROMOTES_FROM": "promotion", "OPEN_TO": "open-to"}
    return {
        (one.edge.start.id, via[one.edge.kind], one.lines)
        for one in facts.on(day, today, *via)
        if one.edge.end.id == rank and one.edge.start.id != rank
    }


def chain_of_command(facts: Oracle, rank: str, day: str | None, today: str) -> set[tuple[object, ...]]:
    """Return position, tie, rank_id and lines; the ladder speaks where no source does."""
    rows: set[tuple[object, ...]] = set()
    for one in facts.on(day, today, "REPORTS_TO", "DIRECTED_BY"):
        tie = "line manager" if one.edge.kind == "REPORTS_TO" else "direction and control"
        ends = one.edge.start.id, one.edge.end.id
        for position, own, other in (("above", *ends), ("below", *reversed(ends))):
            if own == rank:
                rows.add((position, tie, other, one.lines))
    stated = {row[0] for row in rows}
    for one in facts.on(day, today, "PROMOTES_FROM"):
        ends = one.edge.start.id, one.edge.end.id
        for position, own, other in (("below", *ends), ("above", *reversed(ends))):
            if own == rank and position not in stated:
                rows.add((position, "ladder only", other, one.lines))
    return rows


def plans_of(facts: Oracle, rank: str, day: str | None, today: str) -> set[tuple[object, ...]]:
    """Return instrument_id and lines."""
    duties = {
        (one.edge.end.id, one.edge.statement.edition if one.edge.statement else "")
        for one in facts.on(None, today, "ACCOUNTABLE_FOR")
        if one.edge.start.id == rank
    } | {
        (one.edge.end.id, "") for one in facts.said if one.edge.kind == "ACCOUNTABLE_FOR" and one.edge.start.id == rank
    }
    ids = {duty for duty, _ in duties}
    named = [one for one in facts.on(day, today, "HAS_REGARD_TO") if one.edge.start.id in ids]
    tied = {(one.edge.end.id, one.edge.statement.edition) for one in named if one.edge.statement}
    editions = {edge.start.id for edge in facts.plain if edge.kind == "DESCRIBES" and edge.end.id == rank}
    return {(one.edge.end.id, one.lines) for one in named} | {
        (one.edge.end.id, one.lines)
        for one in facts.on(day, today, "MENTIONS")
        if one.edge.start.id in editions
        and one.edge.end.label == "Instrument"
        and one.edge.statement is not None
        and (one.edge.end.id, one.edge.statement.edition) not in tied
    }


def routes(facts: Oracle, start: str, goal: str, day: str | None, today: str) -> set[tuple[str, ...]]:
    """Return every simple way between two ranks, as the ids it passes."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(node.id for node in facts.nodes.values() if node.label == "Role")
    graph.add_edges_from(
        (one.edge.end.id, one.edge.start.id) for one in facts.on(day, today, "PROMOTES_FROM", "OPEN_TO")
    )
    return {tuple(path) for path in nx.all_simple_paths(graph, start, goal, cutoff=12)}


def rank_gap(facts: Oracle, held: str, aimed: str, day: str | None, today: str) -> set[tuple[object, ...]]:
    """Return status and requirement_id of all requirements but gates."""
    needs = {rank: _needs(facts, rank, day, today) for rank in (held, aimed)}
    texts = {
        kind: {node.id: node.text for node in facts.every(Requirement) if facts.kind("Requirement", node.id) == kind}
        for kind in ("skill", "knowledge", "experience")
    }
    old, new = set(needs[held]), set(needs[aimed])
    pairs: dict[str, str] = {}
    succeeded = [
        (edge.start.id, edge.end.id, 100.0) for edge in (one.edge for one in facts.said if one.edge.kind == "SUCCEEDS")
    ]
    alike = (
        (-score, one, other)
        for like in (*map(similar, texts.values()), succeeded)
        for a, b, score in like
        for one, other in ((a, b), (b, a))
        if one in old - new and other in new - old
    )
    for _, one, other in sorted(alike):
        if one not in pairs and other not in pairs.values():
            pairs[one] = other
    before = {new: old for old, new in pairs.items()}
    plain = {key for _, key, *_ in requirements_of(facts, held, day, today)}
    lost = {rank: not_printed(facts, rank, day, today) for rank in (held, aimed)}

    def alone(word: str, key: str, other: str) -> tuple[str, str]:
        kind = facts.kind("Requirement", key)
        return ("kept" if kind == "core skills" else "unknown" if kind in lost[other] else word, key)

    return {
        *(alone("dropped", key, aimed) for key in (old & plain) - new - set(pairs)),
        *((_status(needs[held].get(before[key]), needs[aimed][key], "reworded"), key) for key in before),
        *(alone("new", key, held) for key in new - old - set(before)),
        *((_status(needs[held][key], needs[aimed][key], "kept"), key) for key in old & new),
    }


def not_printed(facts: Oracle, rank: str, day: str | None, today: str) -> set[str]:
    """Return the kinds of requirements of which the editions of a rank that count print no list."""
    kinds = {"competencies": "competency", "values": "value"}
    counting = {one.edge.statement.edition for one in facts.on(day, today, *EDGE_KINDS) if one.edge.statement}
    return {
        kinds[name]
        for profile in facts.every(Profile)
        if profile.id in counting and profile.id.startswith(f"{rank}@")
        for name in profile.not_printed
        if name in kinds
    }


def _status(held: int | None, needed: int | None, otherwise: str) -> str:
    return "raised" if needed is not None and needed > (held or 0) else otherwise


def _needs(facts: Oracle, rank: str, day: str | None, today: str) -> dict[str, int | None]:
    found: dict[str, int | None] = {
        str(key): level if isinstance(level, int) else None
        for _, key, level, _ in requirements_of(facts, rank, day, today)
    }
    inside = {str(key): None for _, _, key, _ in gates(facts, rank, day, today)}
    courses = {key for key in inside if ("Requirement", key) in facts.nodes}
    return {key: None for key in courses if facts.kind("Requirement", key) == "course"} | found


def counts(facts: Oracle) -> set[tuple[str, int]]:
    """Return each label and how many nodes carry it."""
    labels = [label for node in facts.nodes.values() for label in type(node).labels()]
    return {(label, labels.count(label)) for label in labels}


Answer = Callable[[Oracle, str, str | None, str], set[tuple[object, ...]]]

ANSWERS: dict[str, tuple[Answer, tuple[str, ...]]] = {
    "bodies-of": (bodies_of, ("relation", "body_id", "lines")),
    "chain-of-command": (chain_of_command, ("position", "tie", "rank_id", "lines")),
    "duties-of": (duties_of, ("duty_id", "document", "lines")),
    "gates": (gates, ("gate", "option", "needs_id", "lines")),
    "next-ranks": (next_ranks, ("rank_id", "via", "lines")),
    "plans-of": (plans_of, ("instrument_id", "lines")),
    "requirements-of": (requirements_of, ("kind", "requirement_id", "level", "lines")),
}
"""Questions on one rank: what computes them, and the columns of a row that it gives."""


def distinct(rows: Iterable[dict[str, object]], columns: Sequence[str]) -> set[tuple[object, ...]]:
    """Return some columns of rows as a set."""
    return {tuple(row[column] for column in columns) for row in rows}
