"""What statements rest on, and where they disagree: every source of a thing, and the conflicts side by side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from graph.errors import AnswerError
from graph.rows import Row
from queries.answers.answer import Composed, named
from queries.ask import ask
from queries.parameters.names import Entry, resolve
from queries.show.trees import branch, group, leaf, tree
from queries.show.words import Sources

if TYPE_CHECKING:
    from rich.console import RenderableType

    from graph.session import Graph


_NODE = "MATCH (n {id: $id}) RETURN coalesce(n.name, n.text, n.id) AS name LIMIT 1"
_NAMED = """MATCH (n)
WHERE n:Role OR n:Body OR n:Course OR n:Competency OR n:Value OR n:Instrument OR n:Framework OR n:Power
RETURN n.id AS id, n.name AS name, n.short_name AS short, n.aliases AS aliases, n.ladder AS ladder ORDER BY id"""


def why(graph: Graph, said: str, *, as_of: str | None, force: str | None) -> Composed:
    """Return every source of a fact, or of what a name or an id stands for.

    Raises AnswerError for a fact that is not loaded, NameUnknownError and NameAmbiguousError for names.
    """
    node, notes = _found(graph, said, force)
    answer = ask(graph, named("why"), {"id": node, "as_of": as_of})
    if not answer.rows and node.startswith("fact/"):
        raise AnswerError(f"found no fact {node!r}; expected the id of one, as the column fact of an answer gives it")
    title = node if node.startswith("fact/") else f"{graph.read(_NODE, {'id': node})[0]['name']} ({node})"
    view = _sources(title, answer.rows) if answer.rows else None
    return Composed(named("why").returns, answer.rows, [*notes, *answer.notes], view)


def conflicts(graph: Graph, *, as_of: str | None) -> Composed:
    """Return where sources disagree: of every edition, or of those that count on a day."""
    answer = ask(graph, named("conflicts"), {"as_of": as_of})
    view = _sides(answer.rows) if answer.rows else None
    return Composed(named("conflicts").returns, answer.rows, answer.notes, view)


def _found(graph: Graph, said: str, force: str | None) -> tuple[str, list[str]]:
    if said.startswith("fact/") or graph.read(_NODE, {"id": said}):
        return said, []
    choice = resolve(said, "fact, node or name", [_entry(row) for row in graph.read(_NAMED, {})], force=force)
    return choice.id, [choice.note] if choice.note else []


def _entry(row: Row) -> Entry:
    aliases = row["aliases"] if isinstance(row["aliases"], list) else []
    names = [str(name) for name in (row["name"], row["short"], *aliases) if name]
    return Entry(str(row["id"]), tuple(names), str(row["ladder"]) if row["ladder"] else None)


def _sources(title: str, rows: Sequence[Row]) -> RenderableType:
    cited = Sources()
    whole = tree(title)
    for (subject, relation, other), said in groupby(rows, lambda row: (row["subject"], row["relation"], row["other"])):
        node = branch(whole, f"{subject} {_plain(relation)} {other}")
        for row in said:
            leaf(node, f"{row['quote']}{_days(row)}", cited.cite(row))
    return group([whole, *cited.listed()])


def _sides(rows: Sequence[Row]) -> RenderableType:
    cited = Sources()
    parts: list[RenderableType] = []
    for title, sides in groupby(rows, lambda row: f"{row['subject']}: {row['conflict']} ({row['about']})"):
        whole = tree(title)
        for (side, said), facts in groupby(sides, lambda row: (row["side"], row["said"])):
            node = branch(whole, f"{side}. {said}")
            for row in facts:
                leaf(node, f"{row['quote']}{_days(row)}", cited.cite(row))
        parts.append(whole)
    return group([*parts, *cited.listed()])


def _plain(relation: object) -> str:
    return str(relation).lower().replace("_", " ")


def _days(row: Row) -> str:
    start, end = row["valid_from"], row["valid_to"]
    if end:
        return f" ({start or 'unknown day'} to {end})"
    return f" (from {start})" if start else ""
