"""What is recorded of days to come: the tables of a forecast against plain Python on drawn forces."""

from __future__ import annotations

import pytest

from graph.session import Graph
from queries.answers.forecast import Force as Tables
from queries.answers.forecast import forecast
from queries.ask import ask
from queries.catalogue import question
from queries.parameters.assumptions import Assumptions
from tests.builders.force import SEEDS, Force, Row, put
from tests.builders.unit_forces import KNOWN, drawn
from tests.harness.loaded import TODAY
from tests.oracles.units import UnitOracle

pytestmark = pytest.mark.holds("what drawn units speak of", changed=True)

START = "2025-06-01"
DAYS = (START, "2026-06-01", "2027-06-01")


def answer(graph: Graph, name: str, **values: str) -> list[Row]:
    """Ask a question."""
    found = question(name)
    assert found is not None
    return ask(graph, found, values).rows


def _recorded(force: Force) -> set[tuple[object, ...]]:
    """Return unit, kind, id, day, established and recorded, by what a force's rows say of each day."""
    first, found = UnitOracle(force, START, TODAY, known=KNOWN), set()
    for day in DAYS:
        plain = UnitOracle(force, day, TODAY, known=KNOWN)
        for unit, _ in first.scope(None):
            found |= {(unit, *row) for row in _of_posts(plain, first, plain.posts(unit), day)}
        found |= {(None, *row) for row in _of_posts(plain, first, plain.posts(None), day)}
    return found


def _of_posts(plain: UnitOracle, first: UnitOracle, posts: list[Row], day: str) -> set[tuple[object, ...]]:
    places: dict[tuple[str, str], int] = {}
    people: dict[tuple[str, str], set[str]] = {}
    for post in posts:
        rank = "rank", str(post.get("rank") or post.get("role"))
        people.setdefault(rank, set()).update(str(row["person_id"]) for row in plain.holders(post))
        places[rank] = places.get(rank, 0) + plain.force.places(post)
        for need, level in first.needs(post).items():
            if plain.force.is_known(need):
                ticket = "ticket", need
                places[ticket] = places.get(ticket, 0) + plain.force.places(post)
                able = {one for one in plain.occupants(post) if plain.present(one) and _meets(plain, one, need, level)}
                people.setdefault(ticket, set()).update(able)
    return {(*key, day, number, len(people[key])) for key, number in places.items()}


def _meets(plain: UnitOracle, person: str, need: str, level: int | None) -> bool:
    return any(level is None or int(str(row.get("level") or 0)) >= level for row in plain.holdings(person, need))


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_recorded_of_each_day_is_as_by_plain_python(graph: Graph, seed: int) -> None:
    """Ranks and tickets of every unit and of the force, on the day and each year after it, with nothing assumed."""
    force = drawn(seed)
    put(graph, force)
    posts, people = (answer(graph, name, as_of=START) for name in ("posts-ahead", "people-ahead"))

    rows = forecast(Tables(posts, people, {}), Assumptions(), START, years=2)

    several = len({str(row["units"][-1]) for row in posts}) > 1  # type: ignore[index]
    columns = ("unit_id", "kind", "id", "day", "established", "recorded")
    found = {tuple(row[name] for name in columns) for row in rows if row["established"] or row["recorded"]}
    expected = {row for row in _recorded(force) if (row[4] or row[5]) and (several or row[0] is not None)}
    assert expected == found
    assert all(row["low"] == row["central"] == row["high"] == row["recorded"] for row in rows)


def test_the_drawn_forces_move() -> None:
    """Places and people of some unit change from year to year, else nothing would be compared."""
    changes = {
        (kind, place): len(
            {(row[place], row[3]) for row in _recorded(drawn(seed)) if row[1] == kind and row[0] is None}
        )
        for seed in SEEDS
        for kind, place in (("rank", 4), ("rank", 5), ("ticket", 5))
    }
    assert all(changes.values())


def test_careers_are_each_time_in_a_rank_until_the_day(graph: Graph) -> None:
    """By posts and by ranks held, substantively, begun by the day, of people who had joined by then."""
    force = drawn(3)
    force.ranks_held = [
        {"person_id": "P01", "rank": "uk/constable", "from": None, "to": "2026-02-01", "basis": "substantive"},
        {"person_id": "P01", "rank": "uk/sergeant", "from": "2026-02-02", "to": None, "basis": "substantive"},
        {"person_id": "P02", "rank": "uk/sergeant", "from": "2026-02-02", "to": None, "basis": "temporary"},
    ]
    put(graph, force)
    day, people = "2026-02-28", {str(row["person_id"]): row for row in force.people}
    ranks = {str(row["post_id"]): row.get("rank") or row.get("role") for row in force.posts}
    every = [
        *((row, row["rank"], True) for row in force.ranks_held),
        *((row, ranks[str(row["post_id"])], False) for row in force.occupancies),
    ]
    expected = [
        (person, of.get("joined"), of.get("left"), rank, row.get("from"), row.get("to"), as_rank)
        for row, rank, as_rank in every
        for person in (str(row["person_id"]),)
        for of in (people[person],)
        if row["basis"] == "substantive" and str(row.get("from") or "") <= day and str(of.get("joined") or "") <= day
    ]
    found = [tuple(row.values()) for row in answer(graph, "careers", as_of=day)]
    assert sorted(expected, key=str) == sorted(found, key=str)


def test_what_was_renewed_is_counted_of_what_lapsed(graph: Graph) -> None:
    """Not what lapsed before the time, on the day or later, or when its holder had left."""
    holdings = [
        ("P00", "2026-01-01", "2026-03-31"),
        ("P00", "2026-03-15", "2027-03-31"),
        ("P01", "2025-01-01", "2026-03-31"),
        ("P02", "2025-01-01", "2025-03-31"),
        ("P03", "2025-01-01", "2026-06-01"),
        ("P04", "2025-01-01", "2026-03-31"),
        ("P05", None, "2026-05-31"),
        ("P05", "2026-06-02", None),
    ]
    names = ("person_id", "requirement", "achieved", "expires")
    people: list[Row] = [{"person_id": f"P0{n}", "name": f"Person {n}"} for n in range(6)]
    people[4]["left"] = "2026-01-31"
    force = Force(
        units=[{"unit_id": "U", "name": "Unit U", "parent_id": None}],
        people=people,
        requirements=[{"id": "skill/taser", "name": "Taser", "kind": "Skill"}],
        holdings=[dict(zip(names, (one, "skill/taser", *days), strict=True)) for one, *days in holdings],
    )
    put(graph, force)
    assert [("skill/taser", "Taser", 3, 1)] == [
        tuple(row.values()) for row in answer(graph, "renewals", since="2026-01-01", as_of="2026-06-01")
    ]


def test_posts_that_ask_for_the_same_are_one_row(graph: Graph) -> None:
    """In whatever order they ask, at whatever level, and whatever else they only wish for."""
    asks = [
        *(("A", "skill/taser", 1, None), ("A", "skill/driving", 2, None)),
        *(("B", "skill/driving", 3, None), ("B", "skill/taser", 1, None)),
        *(("C", "skill/taser", 1, None), ("C", "skill/driving", 2, None), ("C", "skill/boats", 1, "desirable")),
        ("D", "skill/taser", 1, None),
    ]
    force = Force(
        units=[{"unit_id": "U", "name": "Unit U", "parent_id": None}],
        people=[{"person_id": "P", "name": "Person P"}],
        posts=[
            {"post_id": name, "title": name, "unit_id": "U", "rank": "uk/constable", "places": 2} for name in "ABCD"
        ],
        requirements=[{"id": f"skill/{name}", "name": name, "kind": "Skill"} for name in ("taser", "driving", "boats")],
        post_requirements=[
            dict(zip(("post_id", "requirement", "level", "necessity"), asked, strict=True)) for asked in asks
        ],
        holdings=[{"person_id": "P", "requirement": f"skill/{name}"} for name in ("taser", "driving", "boats")],
    )
    put(graph, force)
    found = [(row["needs"], row["places"]) for row in answer(graph, "posts-ahead", as_of=START)]
    assert [([["skill/taser", None]], 2), ([["skill/driving", None], ["skill/taser", None]], 6)] == found
