"""`rankgraph ask` shows rows on people by codes unless names are asked for."""

from __future__ import annotations

import json

import pytest

from graph.session import Graph
from queries.catalogue import Question, questions
from tests.harness.commands import run

pytestmark = pytest.mark.holds("samples and a force")

ON_PEOPLE = [question for question in questions() if question.names_people]


def given(question: Question) -> list[str]:
    """Return what the example of a question gives."""
    return [f"--{name}={value}" for name, value in question.example.items() if value not in {None, False, True}]


def asked(question: Question, *words: str) -> list[dict[str, object]]:
    """Return the rows of a question, as its example asks."""
    found = run("ask", question.name, *given(question), *words, "--format", "json")
    assert found.exit_code == 0, found.stderr
    rows: list[dict[str, object]] = json.loads(found.stdout)
    return rows


@pytest.mark.parametrize("question", ON_PEOPLE, ids=[one.name for one in ON_PEOPLE])
def test_rows_on_people_have_codes_by_default(graph: Graph, question: Question) -> None:
    """As many rows, the same columns, no number and no name; `named` has both, and there is no aggregate of rows."""
    people = graph.read("MATCH (p:Person) RETURN p.id AS id, p.name AS name", {})
    telling = {value for row in people for value in row.values()}
    coded, named = asked(question), asked(question, "--audience", "named")
    assert [tuple(row) for row in coded] == [question.returns] * len(named)
    assert {one for one in telling if f'"{one}"' in json.dumps(coded, ensure_ascii=False)} == set()
    if named and "person_id" in question.returns:
        assert {row["person_id"] for row in named} <= telling
        assert len({row["person_id"] for row in named}) == len({row["person_id"] for row in coded})
        refused = run("ask", question.name, *given(question), "--audience", "aggregate")
        assert (refused.exit_code, "each row of this question is on one person" in refused.stderr) == (2, True)
