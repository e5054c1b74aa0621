"""The state of a graph in a few values, and what changed since one that was saved."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from typing import TYPE_CHECKING

from graph.days import today
from graph.errors import AnswerError
from graph.ids import SCHEMA_VERSION
from graph.ontology import EDGE_KINDS, NODE_KINDS
from queries.answers.answer import Answer, number_of
from queries.answers.loaded import contents

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.session import Graph

COLUMNS = ("part", "id", "before", "now")
"""A row is what changed; `before` or `now` is null where there was or is nothing of it."""
_SIGN = "state"
_PARTS = ("schema", "edition", "document", "staff")
_FACTS = "MATCH ()-[e]->() WHERE e.fact IS NOT NULL RETURN e.edition AS edition, e.fact AS fact, e.digest AS digest"
_DOCUMENTS = "MATCH (d:Document) RETURN d.name AS name, d.sha256 AS sha256 ORDER BY name, sha256"
_LOAD = "MATCH (n:StaffLoad) RETURN n.export_day AS day, n.skipped AS skipped, n.state AS state"
_STAYING = "MATCH (p:Person) WHERE p.left IS NULL RETURN count(p) AS people"
_IN_WORDS = {"LoadTotal": "totals of loads (LoadTotal)"}
_INTERNAL = {"StaffLoad", "Lease"}

State = dict[str, dict[str, object]]
"""Values by part (schema, edition, document, staff) and id."""


def state(graph: Graph) -> State:
    """Return the state: each edition by its facts, each document by its bytes, staff by counts and their last load."""
    digests: dict[str, list[str]] = defaultdict(list)
    for row in graph.read(_FACTS, {}):
        digests[str(row["edition"])].append(f"{row['fact']} {row['digest']}")
    found = contents(graph)
    counts: Mapping[str, object] = {**found["nodes"], **found["edges"]}  # type: ignore[dict-item]
    of_staff = {kind.subtype or kind.label for kind in NODE_KINDS if kind.staff} - _INTERNAL
    of_staff |= {name for name, kind in EDGE_KINDS.items() if kind.staff}
    [load] = graph.read(_LOAD, {}) or [{}]
    [staying] = graph.read(_STAYING, {})
    people = {"people without a last day": staying["people"]} if "Person" in counts else {}
    return {
        "schema": {"version": SCHEMA_VERSION},
        "edition": {edition: _facts(facts) for edition, facts in sorted(digests.items())},
        "document": {f"{row['name']} {str(row['sha256'])[:16]}": "there" for row in graph.read(_DOCUMENTS, {})},
        "staff": {**load, **people, **{name: counts[name] for name in sorted(of_staff & set(counts))}},
    }


def _facts(facts: Sequence[str]) -> str:
    mark = hashlib.sha256("\n".join(sorted(facts)).encode("utf-8")).hexdigest()[:8]
    return f"{number_of(len(facts), 'fact')}, {mark}"


def to_text(saved: State) -> str:
    """Return a state as it stands in a file."""
    return json.dumps({"rankgraph": _SIGN, "day": today(), **saved}, indent=2) + "\n"


def from_text(text: str, name: str) -> tuple[str, State]:
    """Return the day and the state of a file. Raises AnswerError for a file that is none."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        content = None
    parts = content if isinstance(content, dict) else {}
    is_state = parts.pop("rankgraph", None) == _SIGN and all(isinstance(parts.get(part), dict) for part in _PARTS)
    if not is_state or not isinstance(parts.get("day"), str):
        raise AnswerError(f"{name}: found no state of a graph; expected a file that `rankgraph check --save` wrote")
    return parts["day"], {part: parts[part] for part in _PARTS}


def drift(before: State, day: str, now: State) -> Answer:
    """Return what changed; the answer has failed where anything did."""
    rows: list[dict[str, object]] = [
        dict(zip(COLUMNS, (part, _IN_WORDS.get(one, one), old.get(one), new.get(one)), strict=True))
        for part in _PARTS
        for old, new in [(before.get(part, {}), now.get(part, {}))]
        for one in sorted({*old, *new})
        if old.get(one) != new.get(one)
    ]
    changed = f"{number_of(len(rows), 'change')} since {day}"
    failed = f"found {changed}; expected none: look at each, and save the state anew when it is right" if rows else None
    return Answer(COLUMNS, rows, [changed], failed=failed)
