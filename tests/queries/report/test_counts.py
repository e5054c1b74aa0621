"""What a report counts over tables in memory: the rows of the questions that analysts ask, on drawn forces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pytest

from graph.days import LAST_DAY
from graph.session import Graph, Transaction
from queries.answers.answer import named
from queries.answers.force_tables import ForceTables
from queries.answers.skills_gap.counts import Counts
from queries.ask import ask
from tests.builders import person_forces, unit_forces
from tests.builders.force import SEEDS, Row, put

DAYS = ("2026-03-01", "2025-12-31")
AHEAD = 365

pytestmark = pytest.mark.holds("what drawn people speak of", changed=True)


@pytest.fixture
def graph(graph: Graph) -> Graph:
    """Have the roles and requirements in the graph that drawn forces speak of."""
    roles = [role for role, kind in unit_forces.ROLES.items() if not kind]
    graph.write(lambda transaction: transaction.run("UNWIND $ids AS id MERGE (:Role {id: id})", {"ids": roles}))
    graph.write(_know)
    return graph


def _know(transaction: Transaction) -> None:
    for known, recorded in unit_forces.KNOWN.items():
        kind = known.partition("/")[0].title()
        statement = f"MERGE (n:Requirement:{kind} {{id: $id}}) SET n.name = $id, n.recorded = $recorded"
        transaction.run(statement, {"id": known, "recorded": recorded})


def answer(graph: Graph, name: str, **values: object) -> list[Row]:
    """Ask a question."""
    return ask(graph, named(name), values).rows


def compare(graph: Graph, unit: str, day: str) -> Counter[str]:
    """Compare what is counted of the force in the graph with the questions; return how many rows each has."""
    tables, seen = ForceTables(graph, day), Counter[str]()
    for top in (None, unit):
        counts, scope = Counts(tables, top), {"unit": top, "as_of": day}
        for name, counted in {
            "heat-map": counts.heat_map(),
            "single-points": counts.single_points(),
            "expiring": counts.expiring(AHEAD),
            "training-demand": counts.training_demand(),
        }.items():
            more = {"days": AHEAD} if name == "expiring" else {}
            rows = answer(graph, name, **scope, **more)
            assert (name, top, rows) == (name, top, [*counted])
            seen[name] += len(rows)
    for name, places in {"posts-ahead": tables.posts_ahead(), "people-ahead": tables.people_ahead()}.items():
        rows = answer(graph, name, as_of=day)
        assert _comparable(rows, day) == _comparable(places, day)
        seen[name] += len(rows)
    return seen


def _comparable(rows: Sequence[Mapping[str, object]], day: str) -> Counter[str]:
    """Return rows with the places of equal ones added up; of tickets that count on the day the first day is none."""
    summed = Counter[str]()
    for row in rows:
        one = {name: _even(value) for name, value in row.items() if name != "places"}
        tickets = [[need, first if str(first) > day else "", last] for need, first, last in one.get("tickets", ())]  # type: ignore[attr-defined]
        lists = {"tickets": sorted(tickets), "away": sorted(one.get("away", ()))}  # type: ignore[call-overload]
        summed[str(sorted({**one, **lists}.items()))] += int(str(row.get("places", 1)))
    return summed


def _even(value: object) -> object:
    """Return a value in which what has no end ends on the last day, and lists are lists."""
    if isinstance(value, list | tuple):
        return [*map(_even, value)]
    return "" if value in {None, LAST_DAY} else value


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_counted_of_a_drawn_force_is_what_the_questions_answer(graph: Graph, seed: int) -> None:
    """Rows in their order, of the whole force and of a unit; what is counted is there to be compared."""
    seen = Counter[str]()
    put(graph, unit_forces.drawn(seed))
    for day in DAYS:
        seen += compare(graph, "U0", day)
    put(graph, person_forces.drawn(seed).force)
    seen += compare(graph, "U2", person_forces.DAY)
    assert {"heat-map", "single-points", "expiring", "training-demand", "posts-ahead", "people-ahead"} == {*+seen}
