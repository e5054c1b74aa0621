"""Every source of a fact, or of what a name or an id stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.errors import AnswerError, NameAmbiguousError, NameUnknownError
from queries.answers.answer import Answer
from queries.answers.inquiry import Inquiry
from queries.parameters.names import entry, resolve

_NODE = "MATCH (n {id: $id}) RETURN coalesce(n.text, n.name, n.id) AS name LIMIT 1"
_NAMED = """MATCH (n)
WHERE n:Role OR n:Body OR n:Course OR n:Competency OR n:Value OR n:Instrument OR n:Framework OR n:Power
RETURN n.id AS id, n.name AS name, n.short_name AS short, n.aliases AS aliases, n.ladder AS ladder ORDER BY id"""

_STATED = """MATCH (d:Document {name: $name})
MATCH (n)-[e]->()
WHERE (n:Role OR n:Profile OR n:Gate OR n:Option OR n:Accountability OR n:Body) AND e.document = d.id
RETURN DISTINCT e.fact AS fact, e.lines AS lines ORDER BY fact"""
_PLACE = re.compile(r"(?P<name>.+):(?P<lines>\d[\d, -]*)")
_RANGE = re.compile(r"(\d+)(?:-(\d+))?")
_WORDED = """MATCH (n) WHERE (n:Requirement OR n:Gate OR n:Accountability) AND (n.name = $name OR n.text = $name)
RETURN n.id AS id ORDER BY id"""


@dataclass(frozen=True, kw_only=True)
class SourcesAnswer(Answer):
    """Rows of the question `why`; `title` is the name and id of the node, or the id of the fact."""

    title: str


def sources(inquiry: Inquiry, name: str) -> SourcesAnswer:
    """Return every source of a fact, or of what a name or an id stands for.

    Raises AnswerError for a fact that is not loaded, NameUnknownError and NameAmbiguousError for names.
    """
    if match := _PLACE.fullmatch(name):
        stated = inquiry.graph.read(_STATED, {"name": match["name"]})
        facts = [row["fact"] for row in stated if _overlap(str(row["lines"]), match["lines"])]
        if stated and not facts:
            raise AnswerError(
                f"found nothing that {match['name']} states in line {match['lines']}; expected lines as "
                "an answer gives them"
            )
        if facts:
            replies = [inquiry.ask("why", {"id": fact}) for fact in facts]
            rows = [row for reply in replies for row in reply.rows if row["asked"]]
            return SourcesAnswer(replies[0].columns, rows, [], title=name)
    node, notes = _find_node(inquiry, name)
    reply = inquiry.ask("why", {"id": node})
    if not reply.rows and node.startswith("fact/"):
        raise AnswerError(f"found no fact {node!r}; expected the id of one, as the column fact of an answer gives it")
    title = node if node.startswith("fact/") else f"{inquiry.graph.read(_NODE, {'id': node})[0]['name']} ({node})"
    return SourcesAnswer(reply.columns, reply.rows, [*notes, *reply.notes], title=title)


def _overlap(some: str, others: str) -> bool:
    """Return whether lines, as answers print them, have one in common.

    >>> _overlap("49-52, 60", "51"), _overlap("49", "4-5")
    (True, False)
    """
    first, second = ({(int(a), int(b or a)) for a, b in _RANGE.findall(text)} for text in (some, others))
    return any(a <= d and c <= b for a, b in first for c, d in second)


def _find_node(inquiry: Inquiry, name: str) -> tuple[str, list[str]]:
    if name.startswith("fact/") or inquiry.graph.read(_NODE, {"id": name}):
        return name, []
    known = [entry(row) for row in inquiry.graph.read(_NAMED, {})]
    try:
        choice = resolve(name, "fact, node or name", known, force=inquiry.force)
    except NameUnknownError:
        worded = [str(row["id"]) for row in inquiry.graph.read(_WORDED, {"name": name})]
        if worded[1:]:
            raise NameAmbiguousError(name, "condition or duty", worded) from None
        if not worded:
            raise
        return worded[0], []
    return choice.id, [choice.note] if choice.note else []
