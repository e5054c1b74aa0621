"""The dashboard is of the form that NeoDash 2.4 reads, and each of its cards answers as the command line does."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from graph.session import Graph
from queries.ask import ask
from queries.browser.dashboard import dashboard
from queries.browser.links import cypher_value
from queries.catalogue import question
from tests.harness.commands import run

pytestmark = pytest.mark.holds("samples and a force")

FILE: dict[str, Any] = json.loads(dashboard())
PARAMETERS: dict[str, object] = FILE["settings"]["parameters"]
RANK = "neodash_rank_id"
REPORTS = [report for page in FILE["pages"] for report in page["reports"]]
CARDS = [report for report in REPORTS if report["type"] != "select"]
OTHERS = ("mps/commander", "uk/sergeant", "territorial/chief-constable")
"""Ranks that a user may choose."""


def test_the_file_has_what_neodash_reads() -> None:
    """Ten cards and what chooses the rank, each with its id, within 24 columns, none over another."""
    assert ("2.4", 10, 1) == (FILE["version"], len(CARDS), len(REPORTS) - len(CARDS))
    assert {"title", "version", "settings", "pages", "parameters", "extensions"} == set(FILE)
    fields = {"id", "title", "query", "type", "settings", "selection", "schema", "x", "y", "width", "height"}
    assert {frozenset(fields)} == {frozenset(report) for report in REPORTS}
    assert len({report["id"] for report in REPORTS}) == len(REPORTS)
    for page in FILE["pages"]:
        covered = [
            (x, y)
            for report in page["reports"]
            for x in range(report["x"], report["x"] + report["width"])
            for y in range(report["y"], report["y"] + report["height"])
        ]
        assert (len(covered), True) == (len(set(covered)), max(x for x, _ in covered) < 24)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card["id"])
def test_a_card_has_the_cypher_and_the_columns_of_its_question(card: dict[str, Any]) -> None:
    """But for the header, and values in the place of parameters; what is drawn are columns."""
    asked = question(card["id"])
    assert asked is not None
    text = "\n".join(line for line in asked.text.splitlines() if not line.startswith("//"))
    for parameter in asked.parameters:
        value = f"${RANK}" if parameter.kind == "rank" else cypher_value(asked.example[parameter.name])
        text = re.sub(rf"\${parameter.name}\b", lambda _, value=value: value, text)  # type: ignore[misc]
    assert (asked.title, text) == (card["title"], card["query"])
    assert set(re.findall(r"\$(\w+)", card["query"])) <= set(PARAMETERS)
    assert set(card["selection"].values()) - {"(none)"} <= set(asked.returns)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card["id"])
def test_a_card_answers_as_the_command_line_does(graph: Graph, card: dict[str, Any]) -> None:
    """With the rank that is set first: the same columns and rows, in the same order, and there are some."""
    asked = question(card["id"])
    assert asked is not None
    rows = graph.read(card["query"], PARAMETERS)
    ranks = [f"--{one.name}={PARAMETERS[RANK]}" for one in asked.parameters if one.kind == "rank"]
    answer = run("ask", asked.name, *ranks, *(["--audience", "named"] if asked.audience else []), "--format", "json")
    assert (answer.exit_code, True) == (0, bool(rows)), answer.stderr
    assert json.loads(answer.stdout) == [{name: row[name] for name in asked.returns} for row in rows]
    assert {asked.returns} == {tuple(row) for row in rows}


def test_another_rank_can_be_chosen(graph: Graph) -> None:
    """The same Cypher answers for it; who chooses sees all ranks that have what is typed in id or name."""
    (choice,) = (report for report in REPORTS if report["type"] == "select")
    for rank in OTHERS:
        for card in FILE["pages"][0]["reports"][1:]:
            asked = question(card["id"])
            assert asked is not None
            assert ask(graph, asked, {"rank": rank}).rows == graph.read(card["query"], {RANK: rank})
    chosen = graph.read(choice["query"], {"input": "commissioner"})
    assert {"city/commissioner", "mps/assistant-commissioner", "mps/commissioner"} <= {row["value"] for row in chosen}
    assert RANK == choice["settings"]["parameterName"]
