"""Check a graph by its rules of health: question files with a severity, in queries/health."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.answers.answer import Answer, number_of
from queries.ask import ask
from queries.catalogue import SEVERITIES, questions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.rows import Row
    from graph.session import Graph
    from queries.catalogue import Question


COLUMNS = ("severity", "rule", "label", "id", "finding", "fact", "authority", "document", "lines", "mend")
"""A row is a finding; `mend` says what to do about it."""


def rules() -> list[Question]:
    """Return the rules, the gravest first."""
    every_rule = [question for question in questions() if question.severity is not None]
    return sorted(every_rule, key=lambda rule: (SEVERITIES.index(str(rule.severity)), rule.name))


def check_health(graph: Graph, known: Mapping[str, object]) -> Answer:
    """Return all findings, the gravest first; the answer has failed where one of them is an error.

    `known` has what rules may ask for by name: `schema` and `as_of`.
    """
    all_rules = rules()
    rows = [row for rule in all_rules for row in _findings(graph, rule, known)]
    counts = {severity: sum(row["severity"] == severity for row in rows) for severity in SEVERITIES}
    counted = ", ".join(number_of(count, severity) for severity, count in counts.items())
    failed = f"{counted}; expected no error; the column mend says what to do" if counts["error"] else None
    return Answer(COLUMNS, rows, [f"{len(all_rules)} rules checked: {counted}"], failed=failed)


def _findings(graph: Graph, rule: Question, known: Mapping[str, object]) -> Sequence[Row]:
    values = {parameter.name: known[parameter.name] for parameter in rule.parameters}
    first = {"severity": rule.severity, "rule": rule.name}
    return [{**first, **row, "mend": rule.mend} for row in ask(graph, rule, values).rows]
