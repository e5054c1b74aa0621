"""Every source of a fact, or of what a name or an id stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import AnswerError
from queries.answers.answer import Answer, named
from queries.ask import ask
from queries.parameters.names import entry, resolve

if TYPE_CHECKING:
    from graph.session import Graph


_NODE = "MATCH (n {id: $id}) RETURN coalesce(n.name, n.text, n.id) AS name LIMIT 1"
_NAMED = """MATCH (n)
WHERE n:Role OR n:Body OR n:Course OR n:Competency OR n:Value OR n:Instrument OR n:Framework OR n:Power
RETURN n.id AS id, n.name AS name, n.short_name AS short, n.aliases AS aliases, n.ladder AS ladder ORDER BY id"""


@dataclass(frozen=True, kw_only=True)
class SourcesAnswer(Answer):
    """Rows of the question `why`; `title` is the name and id of the node, or the id of the fact."""

    title: str


def sources(graph: Graph, name: str, *, as_of: str | None, force: str | None) -> SourcesAnswer:
    """Return every source of a fact, or of what a name or an id stands for.

    Raises AnswerError for a fact that is not loaded, NameUnknownError and NameAmbiguousError for names.
    """
    node, notes = _find_node(graph, name, force)
    reply = ask(graph, named("why"), {"id": node, "as_of": as_of})
    if not reply.rows and node.startswith("fact/"):
        raise AnswerError(f"found no fact {node!r}; expected the id of one, as the column fact of an answer gives it")
    title = node if node.startswith("fact/") else f"{graph.read(_NODE, {'id': node})[0]['name']} ({node})"
    return SourcesAnswer(named("why").returns, reply.rows, [*notes, *reply.notes], title=title)


def _find_node(graph: Graph, name: str, force: str | None) -> tuple[str, list[str]]:
    if name.startswith("fact/") or graph.read(_NODE, {"id": name}):
        return name, []
    choice = resolve(name, "fact, node or name", [entry(row) for row in graph.read(_NAMED, {})], force=force)
    return choice.id, [choice.note] if choice.note else []
