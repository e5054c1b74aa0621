"""What neo4j-admin imports from an export answers every question as the graph did that was exported."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from graph.documents.write import prepare
from graph.session import Graph, open_graph
from queries.ask import ask
from queries.catalogue import questions
from tests.builders.staff_files import dump
from tests.harness.engines import FIRST_LINE, ON_EMBEDDED, named_server, with_settings
from tests.harness.exports import export
from tests.harness.favourites import OF_EACH_KIND
from tests.harness.neo4j_server import LINES, NoServerError, from_jars

pytestmark = [ON_EMBEDDED, pytest.mark.holds("samples and a force")]

ALL = "RANKGRAPH_ALL_QUESTIONS"
"""Names the setting by which every question is asked: a server that has just started takes minutes to plan them."""

Sayings = Mapping[str, dict[str, object] | None]


def answers(graph: Graph, sayings: Sayings) -> dict[str, list[dict[str, object]]]:
    """Return the rows of questions that have each kind of value, or of all, asked for what has rows."""
    wanted = (one for one in questions() if os.environ.get(ALL) or one.name in OF_EACH_KIND)
    return {one.name: even(ask(graph, one, sayings[one.name] or dict(one.example)).rows) for one in wanted}


def even(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return rows whose lists are in an order of their own: an engine may collect what is in a row as it finds it."""
    return [
        {name: sorted(value, key=str) if isinstance(value, list) else value for name, value in row.items()}
        for row in rows
    ]


def without_empty_lists(text: str) -> str:
    """Return a node or edge without properties that are an empty list: the importer has no such value."""
    return re.sub(r"\('\w+', \[\]\), |, \('\w+', \[\]\)", "", text)


@pytest.mark.parametrize("line", list(LINES))
def test_an_imported_graph_answers_as_the_one_that_was_exported(
    graph: Graph, sayings: Sayings, tmp_path: Path, line: str
) -> None:
    """The importer takes the files by the command of the manifest, and the graph is the same, node by node.

    The first line answers from it too; of the other it is known that it answers from such a graph as the first does.
    """
    if named_server():
        pytest.skip("NEO4J_URI names the one server to test, and an import takes an empty one of its own")
    command = export("csv", tmp_path / "out", "--audience", "named", "--texts", "all")["import"]
    wanted = answers(graph, sayings)
    assert all(wanted.values())
    try:
        with (
            from_jars(LINES[line], (tmp_path / "out", command)) as server,
            with_settings(server.environment),
            open_graph(write=True) as imported,
        ):
            for found, there in zip(dump(imported), dump(graph), strict=True):
                assert sorted(found) == sorted(map(without_empty_lists, there))
            if line == FIRST_LINE or os.environ.get(ALL):
                prepare(imported)
                assert answers(imported, sayings) == wanted
    except NoServerError as error:
        if os.environ.get("RANKGRAPH_REQUIRE_NEO4J") and not ("no Java" in str(error) and "2026" in line):
            pytest.fail(f"{line} is required here: {error}")
        pytest.skip(f"no {line}: {error}")
