"""Each question of the catalogue as a tool: what it takes, and what it answers for an audience."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from graph.errors import UsageError
from queries import catalogue
from queries.answers.for_audience import answer_for
from queries.catalogue import Parameter, Question

if TYPE_CHECKING:
    from graph.session import Graph

MOST_ROWS = 500
"""Rows of an answer at the most."""
_LONGEST = 1000
"""Characters of an argument at the most."""
_TYPES = {"number": "number", "flag": "boolean"}
_SOURCE = ("document", "lines", "authority", "fact")

Tool = dict[str, Any]
"""Name, description and input schema."""


def offered(audience: str | None) -> dict[str, Question]:
    """Return the questions that an audience may ask, by the names of their tools; without one, what codes can answer.

    To ask for a person by number would tell whose code it is, so only `named` may. `aggregate` asks of staff only what
    hides small numbers.
    """
    return {
        question.name.replace("-", "_"): question
        for question in catalogue.questions()
        if audience == "named" or not any(one.kind == "person" for one in question.parameters)
        if audience != "aggregate" or question.counts_people or not _is_on_staff(question)
    }


def _is_on_staff(question: Question) -> bool:
    kinds = {"unit", "person", "attribute"} & {one.kind for one in question.parameters}
    return question.family == "workforce" or bool(kinds) or question.names_people


def tool(name: str, question: Question) -> Tool:
    """Return the tool of a question; its arguments are the parameters, as on the command line."""
    parameters = [one for one in question.parameters if one.kind != "force"]
    return {
        "name": name,
        "description": f"{question.title}. {question.prose}",
        "input_schema": {
            "type": "object",
            "properties": {one.name: _schema(one, question) for one in parameters},
            "required": [one.name for one in parameters if not one.optional],
            "additionalProperties": False,
        },
    }


def _schema(parameter: Parameter, question: Question) -> dict[str, object]:
    kind = _TYPES.get(parameter.kind, "string")
    limit = {"maxLength": _LONGEST} if kind == "string" else {}
    example = question.example.get(parameter.name)
    text = f"{parameter.says} ({parameter.kind})" + (f", such as {example}" if isinstance(example, str) else "")
    return {"type": [kind, "null"] if parameter.optional else kind, "description": text, **limit}


def answer(
    graph: Graph, question: Question, given: Mapping[str, object], audience: str | None, key: bytes
) -> dict[str, Any]:
    """Return rows, the sources that they name, and notes. Raises as queries.ask.ask does."""
    for name, value in given.items():
        if not isinstance(value, str | int | float | None) or (isinstance(value, str) and len(value) > _LONGEST):
            raise UsageError(f"{name}: found a list, an object or a long text; expected text or a number, as described")
    texts = {name: value if isinstance(value, bool | None) else str(value) for name, value in given.items()}
    reply = answer_for(graph, question, texts, audience or question.audience or "named", key=key)
    rows = reply.rows
    more = len(rows) - MOST_ROWS
    notes = [*reply.notes, *([f"{more} more rows are not shown; ask for less, such as one unit"] if more > 0 else [])]
    shown = rows[:MOST_ROWS]
    sources = {tuple(row.get(name) for name in _SOURCE): None for row in shown if row.get("document")}
    return {"rows": shown, "sources": [dict(zip(_SOURCE, one, strict=True)) for one in sources], "notes": notes}
