"""How a gap is put together: what is asked of the engine for it, and what it gives to those who draw it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from graph.session import Graph
from queries.answers.gap import gap
from queries.answers.inquiry import Inquiry
from queries.parameters.holdings import from_options
from queries.show import views
from queries.show.tables import draw
from tests.harness.commands import run
from tests.harness.engines import Engine

pytestmark = pytest.mark.holds("reference")

ENDS = ("mps/deputy-assistant-commissioner", "mps/assistant-commissioner")
ROUND_TRIPS = 5
Read = Callable[[Graph, str, Mapping[str, object]], list[dict[str, object]]]


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch, engine: Engine) -> list[str]:
    """Gather the statements that are read from a graph with the reference data."""
    del engine
    read: Read = Graph.read
    found: list[str] = []

    def listening(graph: Graph, query: str, parameters: Mapping[str, object]) -> list[dict[str, object]]:
        found.append(query)
        return read(graph, query, parameters)

    monkeypatch.setattr(Graph, "read", listening)
    return found


@pytest.mark.parametrize("options", [[], ["--as-of", "2026-03-01"], ["--format", "json"]])
def test_a_gap_makes_at_most_five_round_trips(statements: list[str], options: list[str]) -> None:
    """Names and editions are read once, and each question is asked once."""
    assert run("gap", "dac", "ac", *options).exit_code == 0
    assert ROUND_TRIPS >= len(statements) == len(set(statements)), statements


def test_a_way_reads_the_names_of_ranks_once(statements: list[str]) -> None:
    """However many ranks, and so gates, there are on the way: beside the names just questions are sent."""
    assert run("pathway", "constable", "met commissioner").exit_code == 0
    others = [query.split()[:2] for query in statements if not query.startswith("//")]
    assert [["MATCH", "(d:Document)"], ["OPTIONAL", "MATCH"]] == others


@pytest.mark.parametrize("holds", [(), ("scc:2019", "senior-pnac:2018-06-30")])
def test_an_answer_has_all_that_is_drawn(engine: Engine, holds: tuple[str, ...]) -> None:
    """Names, what gates need by their place, what no profile describes, and what is met; the engine is closed."""
    with engine.open(write=False) as graph:
        found = gap(Inquiry(graph), "dac", "ac", duties=False, holdings=from_options(holds))
    names = dict(zip(ENDS, ("Deputy Assistant Commissioner", "Assistant Commissioner"), strict=True))
    missing = {end: f"no profile of {end} is loaded" for end in ENDS}
    assert (ENDS, names, missing) == (found.ends, found.names, found.unprofiled)
    met = {str(row["requirement_id"]): row.get("met") for row in found.rows if row["kind"] == "course"}
    held = True if holds else None
    assert {"course/elp": False if holds else None, "course/scc": held, "course/senior-pnac": held} == met
    gates = [row for row in found.rows if row["kind"] == "gate"]
    assert {(row["requirement"], row["document"], row["lines"]) for row in gates} <= set(found.gates)
    lines = [line.strip("├└─│ ") for line in draw(views.gap(found), 400).splitlines()]
    state = "  [done, held since 31 Dec 2019]" if holds else ""
    assert "From Deputy Assistant Commissioner to Assistant Commissioner" == lines[0]
    assert 1 == sum(line.startswith(f"Strategic Command Course (SCC){state}  reference/") for line in lines)
