"""What a way over several ranks asks for, and what changed in what a rank asks for: plain Python, no Cypher."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from graph.nodes import Option, Rank, Ref, Requirement
from graph.ontology import Condition, Need, Promotion
from graph.text.likeness import similar
from tests.oracles.facts import Oracle, Said, not_printed, routes

Parts = tuple[tuple[str, Condition], ...]


@dataclass(frozen=True)
class Asked:
    """One thing that a rank asks for; equal keys are one thing."""

    key: object
    kind: str
    id: str
    level: int | None
    said: Said
    options: tuple[Parts, ...] = ()

    @property
    def fact(self) -> str:
        """Return the id of the statement."""
        assert self.said.edge.statement is not None
        return self.said.edge.statement.fact

    @property
    def basis(self) -> str:
        """Return what the statement rests on."""
        assert self.said.edge.statement is not None
        return self.said.edge.statement.basis


def _asked(facts: Oracle, rank: str, day: str | None, today: str) -> Iterator[Asked]:
    for one in facts.on(day, today, "REQUIRES"):
        if one.edge.start.id != rank:
            continue
        kind = facts.kind(one.edge.end.label, one.edge.end.id)
        if kind == "gate":
            options = _options(facts, one.edge.end)
            yield Asked(frozenset(frozenset(option) for option in options), kind, one.edge.end.id, None, one, options)
        else:
            assert isinstance(one.edge.properties, Need)
            yield Asked(one.edge.end.id, kind, one.edge.end.id, one.edge.properties.level, one)


@cache
def _options(facts: Oracle, gate: Ref) -> tuple[Parts, ...]:
    hung = [one.edge.end.id for one in facts.said if one.edge.kind == "OPTION" and one.edge.start == gate]
    nodes = sorted((facts.nodes["Option", key] for key in set(hung)), key=lambda node: getattr(node, "number", 0))
    return tuple(_parts(facts, node) for node in nodes if isinstance(node, Option))


def _parts(facts: Oracle, option: Option) -> Parts:
    found = {
        (one.edge.end.id, one.edge.properties)
        for one in facts.said
        if one.edge.kind == "NEEDS" and one.edge.start == option.ref and isinstance(one.edge.properties, Condition)
    }
    return tuple(sorted(found, key=lambda part: (part[0], _said(facts, *part))))


def _said(facts: Oracle, target: str, condition: Condition) -> str:
    """Put one part of an option in words, as the question does."""
    node = facts.nodes.get(("Role", target)) or facts.nodes["Requirement", target]
    name = str(getattr(node, "name", ""))
    words = [f"the rank of {name} ({target})" if node.label == "Role" else name]
    words += ["or higher"] if condition.at_least else []
    words += [f"before {condition.before}"] if condition.before else []
    words += [f"in the last {condition.within_months} months"] if condition.within_months else []
    words += [f"for {condition.for_months} months"] if condition.for_months else []
    return " ".join(words)


def numbered_routes(facts: Oracle, start: str, goal: str, day: str | None, today: str) -> list[tuple[str, ...]]:
    """Return the routes in their order: by promotion first, then the shortest, then by the ids from the goal down."""

    def opened(path: tuple[str, ...]) -> int:
        return sum(not _ways(facts, pair, day, today, "PROMOTES_FROM") for pair in pairwise(path))

    found = routes(facts, start, goal, day, today)
    return sorted(found, key=lambda path: (opened(path), len(path), path[::-1]))


def _ways(facts: Oracle, pair: tuple[str, str], day: str | None, today: str, kind: str) -> list[Said]:
    return [one for one in facts.on(day, today, kind) if (one.edge.end.id, one.edge.start.id) == pair]


def pathway_gap(facts: Oracle, start: str, goal: str, day: str | None, today: str) -> set[tuple[object, ...]]:
    """Return the columns that the test names, the route first."""
    found: set[tuple[object, ...]] = set()
    for number, path in enumerate(numbered_routes(facts, start, goal, day, today), 1):
        asked = [list(_asked(facts, rank, day, today)) for rank in path]
        times = _times(facts, path, asked, day, today)
        found |= {(number, *row, *times[int(str(row[0]))]) for row in _route(facts, path, asked, day, today)}
    return found


def _route(
    facts: Oracle, path: Sequence[str], asked: Sequence[Sequence[Asked]], day: str | None, today: str
) -> Iterator[tuple[object, ...]]:
    for order, pair in enumerate(pairwise(path), 1):
        ways = _ways(facts, pair, day, today, "PROMOTES_FROM") or _ways(facts, pair, day, today, "OPEN_TO")
        for one in ways:
            kind = "promotion" if one.edge.kind == "PROMOTES_FROM" else "open-to"
            assert one.edge.statement is not None
            fact = one.edge.statement.fact
            yield (order, kind, pair[0], None, None, False, None, None, path[order], None, fact)
    orders: dict[object, list[tuple[int, Asked]]] = {}
    for order, items in enumerate(asked):
        for item in items:
            orders.setdefault(item.key, []).append((order, item))
    lost = not_printed(facts, path[0], day, today)
    for key, places in orders.items():
        if any(order for order, _ in places):
            yield _row(facts, path, key, orders, lost)


def _row(
    facts: Oracle, path: Sequence[str], key: object, orders: dict[object, list[tuple[int, Asked]]], lost: set[str]
) -> tuple[object, ...]:
    before = [item for order, item in orders[key] if order == 0]
    after = [(order, item) for order, item in orders[key] if order > 0]
    top = max(item.level or 0 for _, item in after)
    order = min(order for order, item in after if (item.level or 0) == top)
    item = _best(item for where, item in after if where == order and (item.level or 0) == top)
    first = min(order for order, _ in after)
    held_level = max((item.level for item in before if item.level is not None), default=None)
    met_by = next((rank for rank in path[:order] if _opens(facts, item, rank)), None)
    held: bool | None = (bool(before) and (held_level or 0) >= top) or met_by == path[0] or item.kind == "core skills"
    if not held and not before and item.kind in lost:
        held = None
    earlier = {one for one, places in orders.items() if min(order for order, _ in places) < first}
    restates = None if before else _nearest(facts, item, earlier)
    options = tuple(" and ".join(_said(facts, *part) for part in option) for option in item.options) or None
    return (
        *(order, item.kind, item.id, item.level, held_level, held, met_by, restates, path[first], options),
        item.fact,
    )


def _best(items: Iterable[Asked]) -> Asked:
    """Prefer what a document states to what the reference says, then the first by its id."""
    ranked = sorted(items, key=lambda item: item.fact)
    return max(ranked, key=lambda item: item.basis)


def _opens(facts: Oracle, item: Asked, rank: str) -> bool:
    held = facts.nodes["Role", rank]
    for option in item.options:
        if len(option) != 1:
            continue
        target, condition = option[0]
        part = facts.nodes.get(("Role", target))
        if part is None or condition.for_months is not None:
            continue
        higher = isinstance(held, Rank) and isinstance(part, Rank) and held.step >= part.step
        if target == rank or (condition.at_least and higher):
            return True
    return False


@cache
def _alike(facts: Oracle) -> list[tuple[str, str, float]]:
    texts: dict[str, dict[str, str]] = {"skill": {}, "knowledge": {}, "experience": {}}
    for node in facts.every(Requirement):
        texts.get(facts.kind("Requirement", node.id), {})[node.id] = node.text
    found = [pair for of_kind in texts.values() for pair in similar(of_kind)]
    return found + [(one.edge.start.id, one.edge.end.id, 100.0) for one in facts.said if one.edge.kind == "SUCCEEDS"]


def _nearest(facts: Oracle, item: Asked, earlier: set[object]) -> str | None:
    pairs = [(one, other, score) for a, b, score in _alike(facts) for one, other in ((a, b), (b, a))]
    near = sorted((-score, other) for one, other, score in pairs if one == item.key and other in earlier)
    return near[0][1] if near else None


def _times(
    facts: Oracle, path: Sequence[str], asked: Sequence[Sequence[Asked]], day: str | None, today: str
) -> dict[int, tuple[object, ...]]:
    """Return least months and ranks of unknown time up to each step, and the fixed term of its rank."""
    known: int | None = None
    unknown: tuple[str, ...] = ()
    found: dict[int, tuple[object, ...]] = {}
    for order, pair in enumerate(pairwise(path), 1):
        ways = [
            one.edge.properties
            for one in _ways(facts, pair, day, today, "PROMOTES_FROM")
            if isinstance(one.edge.properties, Promotion)
        ]
        waits = [way.minimum_months for way in ways] + [_wait(facts, item, pair[0]) for item in asked[order]]
        own = max((months for months in waits if months is not None), default=None)
        known = known if own is None else (known or 0) + own
        unknown = (*unknown, pair[1]) if own is None else unknown
        term = max((way.term_months for way in ways if way.term_months is not None), default=None)
        found[order] = (known, unknown, term)
    return found


def _wait(facts: Oracle, item: Asked, below: str) -> int | None:
    """Return the least time that a gate takes, none where one of its options may take none."""
    times = [
        max(
            (
                condition.for_months
                for target, condition in option
                if condition.for_months is not None and (("Role", target) not in facts.nodes or target == below)
            ),
            default=None,
        )
        for option in item.options
    ]
    known = [months for months in times if months is not None]
    return min(known) if known and len(known) == len(times) else None


def changed(facts: Oracle, rank: str, since: str, day: str | None, today: str) -> set[tuple[object, ...]]:
    """Return kind, id and status of what a rank asked for on two days, and of the ranks that may apply."""
    then = _level(facts, rank, since, today)
    now = _level(facts, rank, day, today)
    had, has = set(then), set(now)
    pairs: dict[object, object] = {}
    alike = [(-score, one, other) for a, b, score in _alike(facts) for one, other in ((a, b), (b, a))]
    for _, one, other in sorted(alike):
        if one in had - has and other in has - had and one not in pairs and other not in pairs.values():
            pairs[one] = other
    before = {new: old for old, new in pairs.items()}
    found: set[tuple[object, ...]] = set()
    lost = {"added": not_printed(facts, rank, since, today), "dropped": not_printed(facts, rank, day, today)}

    def alone(kind: str, status: str) -> str:
        unknown = "unknown" if kind in lost.get(status, ()) else status
        return "kept" if kind == "core skills" and status in lost else unknown

    for key, item in now.items():
        old = then.get(key) or then.get(before.get(key))
        status = (
            "added" if old is None else _compared(old.level or 0, item.level or 0, "kept" if key in had else "reworded")
        )
        if item.kind == "gate" and key not in had:
            status = "changed" if any(_share(item, then[gone]) for gone in had - has) else "added"
        found.add((item.kind, item.id, alone(item.kind, status)))
    for key in had - has - set(pairs):
        if then[key].kind != "gate" or not any(_share(then[key], now[come]) for come in has - had):
            found.add((then[key].kind, then[key].id, alone(then[key].kind, "dropped")))
    return found


def _compared(then: int, now: int, otherwise: str) -> str:
    return "raised" if now > then else "lowered" if now < then else otherwise


def _share(one: Asked, other: Asked) -> bool:
    return bool({part for option in one.options for part, _ in option} & {part for o in other.options for part, _ in o})


def _level(facts: Oracle, rank: str, day: str | None, today: str) -> dict[object, Asked]:
    items = list(_asked(facts, rank, day, today))
    items += [
        Asked(one.edge.end.id, "open-to", one.edge.end.id, None, one)
        for one in facts.on(day, today, "OPEN_TO")
        if one.edge.start.id == rank
    ]
    found: dict[object, Asked] = {}
    for item in items:
        same = [other for other in items if other.key == item.key]
        top = max(other.level or 0 for other in same)
        found[item.key] = _best(other for other in same if (other.level or 0) == top)
    return found
