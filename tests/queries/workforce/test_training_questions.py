"""Who could be trained for what: the gaps of posts, and of minimum cover, as plain Python finds them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pytest

from graph.session import Graph, Transaction
from queries.ask import ask
from queries.catalogue import question
from tests.builders.force import Force, put
from tests.builders.unit_forces import KNOWN, ROLES, drawn
from tests.harness.loaded import TODAY
from tests.oracles.units import UnitOracle

pytestmark = pytest.mark.holds("reference", changed=True)

DAY = "2026-03-01"
ASKED: tuple[tuple[str | None, str | None, tuple[str, ...]], ...] = (
    (None, DAY, ()),
    ("U0", DAY, ("desirable", "unrecorded")),
    ("U0", None, ("unrecorded",)),
)
TASER, SEARCH = "skill/taser", "skill/search"


@pytest.fixture
def graph(graph: Graph) -> Graph:
    """Have the roles and requirements in the graph that drawn forces speak of."""
    graph.write(_speak_of)
    return graph


def _speak_of(transaction: Transaction) -> None:
    for name, kind in ROLES.items():
        if not kind:
            transaction.run("MERGE (n:Role {id: $id})", {"id": name})
    for name, recorded in KNOWN.items():
        statement = "MERGE (n:Requirement {id: $id}) SET n.name = $id, n.recorded = $recorded"
        transaction.run(statement, {"id": name, "recorded": recorded})


def gaps(force: Force, unit: str | None, day: str | None, *, also: Collection[str]) -> set[tuple[object, ...]]:
    """Return what present occupants lack where their post is short of it, by plain Python."""
    oracle = UnitOracle(force, day, TODAY, also=also, known=KNOWN)
    found: set[tuple[object, ...]] = set()
    for post in oracle.posts(unit):
        here = [person for person in oracle.occupants(post) if oracle.present(person)]
        for name, level in oracle.needs(post).items():
            lacking = [
                person
                for person in here
                if not any(int(str(row.get("level") or 0)) >= (level or 0) for row in oracle.holdings(person, name))
            ]
            if len(here) - len(lacking) < force.places(post) and force.is_known(name):
                rows = [row for row in oracle.asks(post) if row["requirement"] == name]
                must = "essential" in {row.get("necessity", "essential") for row in rows}
                weight = max(float(str(row.get("weight") or 1)) for row in rows)
                rest = (post["unit_id"], "essential" if must else "desirable", weight)
                found |= {(person, post["post_id"], name, level, *rest) for person in lacking}
    return found


def weighted(force: Force) -> Force:
    """Return a force in which some of what posts ask for matters more."""
    rows = [{**row, "weight": (None, 2.0, 0.5)[number % 3]} for number, row in enumerate(force.post_requirements)]
    return replace(force, post_requirements=rows)


def cover_gaps(force: Force, unit: str | None, day: str | None) -> list[tuple[object, ...]]:
    """Return who is there and lacks what a unit has too few people of, by plain Python."""
    oracle = UnitOracle(force, day, TODAY, known=KNOWN)
    found: list[tuple[object, ...]] = []
    for row in force.cover:
        of, need, people = str(row["unit_id"]), str(row["requirement"]), int(str(row["people"]))
        if of not in {name for name, _ in oracle.scope(unit)} or not force.is_known(need):
            continue
        own: dict[str, str] = {}
        for post in oracle.posts(of):
            for person in filter(oracle.present, oracle.occupants(post)):
                own[person] = min(own.get(person, "~"), str(post["unit_id"]))
        level = row.get("level")
        lacking = {one for one in own if not oracle.meets(one, (need, level))}  # type: ignore[arg-type]
        short = people - len(own) + len(lacking)
        shown = (oracle.units[of]["name"], of, oracle.names[need], need, level, short, row.get("weight") or 1.0)
        found += [(one, *shown, own[one]) for one in lacking if short > 0]
    return sorted(found, key=lambda one: (one[2], one[4], one[0]))


@pytest.mark.parametrize("seed", range(24))
def test_the_gaps_of_those_who_are_there_are_those_of_plain_python(graph: Graph, seed: int) -> None:
    """Every present occupant of a short post lacks what the post is short of, and nobody else is named."""
    force = weighted(drawn(seed))
    put(graph, force)
    asked = question("training-gaps")
    assert asked is not None
    for unit, day, also in ASKED:
        rows = ask(graph, asked, {"unit": unit, "as_of": day, **dict.fromkeys(also, True)}).rows
        columns = ("person_id", "post_id", "requirement_id", "level", "unit_id", "necessity", "weight")
        found = [tuple(row[column] for column in columns) for row in rows]
        assert (gaps(force, unit, day, also=also), len(set(found))) == (set(found), len(found))


@pytest.mark.parametrize("seed", range(24))
def test_who_could_mend_a_minimum_cover_is_as_plain_python_says(graph: Graph, seed: int) -> None:
    """Everybody who is there and lacks what there are too few of, with the unit of their own post."""
    force = drawn(seed)
    put(graph, force)
    asked = question("cover-gaps")
    assert asked is not None
    for unit, day, _ in ASKED:
        rows = ask(graph, asked, {"unit": unit, "as_of": day}).rows
        assert cover_gaps(force, unit, day) == [tuple(row.values()) for row in rows]


def test_drawn_forces_have_too_few_people_at_times() -> None:
    """The comparison above is of something."""
    assert 20 < sum(len(cover_gaps(drawn(seed), None, DAY)) for seed in range(24))
