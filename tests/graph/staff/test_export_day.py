"""Answers for the day of a whole export show that export: what is not in it ended by the day before."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from graph.documents.write import Counts, Tally
from graph.session import Graph
from graph.staff.load import load
from queries.ask import ask
from queries.catalogue import question
from tests.builders.staff_files import Sheets, dump, force
from tests.harness.engines import delete_all

EVE, DAY, MORROW = "2026-03-30", "2026-03-31", "2026-04-01"
RANKS = ["uk/constable", "uk/sergeant", "uk/inspector", "uk/chief-inspector"]
OF_PEOPLE = ("people", "occupancies", "holdings", "ranks_held", "absences")
EXPORT = Sheets(
    {
        "units": [("U1", "Force", None)],
        "posts": [(post, "U1", "uk/sergeant", None, None, None, None, None) for post in ("A", "B")],
        "people": [(person, f"Person {person}", None, None) for person in ("P1", "P2", "P3")],
        "occupancies": [("P1", "A", "2024-01-01", None, None, None), ("P2", "B", "2024-01-01", None, None, None)],
    }
)


@pytest.fixture
def graph(graph: Graph) -> Graph:
    """Have the ranks in an empty graph."""
    delete_all(graph)
    graph.write(lambda tx: tx.run("UNWIND $ids AS id MERGE (n:Role:Rank {id: id, name: id})", {"ids": RANKS}))
    return graph


@pytest.mark.parametrize(
    ("joined", "left", "last"),
    [
        (None, None, EVE),
        (None, EVE, EVE),
        ("2020-01-01", DAY, EVE),
        (EVE, MORROW, EVE),
        ("2020-01-01", "2025-12-31", "2025-12-31"),
        (DAY, None, DAY),
        (DAY, DAY, DAY),
        (MORROW, None, None),
        (MORROW, "2026-05-01", "2026-05-01"),
    ],
)
def test_who_is_not_in_the_export_left_by_the_day_before(
    graph: Graph, joined: str | None, left: str | None, last: str | None
) -> None:
    """No last day is put off, and nobody leaves before they join; the same export again changes nothing."""
    load(graph, EXPORT.but(people=[*EXPORT.sheets["people"], ("P9", "Person P9", joined, left)]))

    counts = load(graph, EXPORT, full_day=DAY, most_closed=0 if left == last else 1)

    assert [{"left": last}] == graph.read("MATCH (p:Person {id: 'P9'}) RETURN p.left AS left", {})
    assert Tally(nodes=int(left != last)) == counts.closed
    _changes_nothing(graph, EXPORT)


@pytest.mark.parametrize("person", ["P3", "P9"])
@pytest.mark.parametrize(
    ("begins", "ends", "last"),
    [
        (None, None, EVE),
        ("2025-01-01", EVE, EVE),
        ("2025-01-01", DAY, EVE),
        (EVE, MORROW, EVE),
        (None, "2025-12-31", "2025-12-31"),
        (DAY, None, None),
        (DAY, DAY, None),
        (MORROW, "2026-05-01", None),
    ],
)
def test_an_occupancy_that_is_not_in_the_export_ended_by_the_day_before(
    graph: Graph, person: str, begins: str | None, ends: str | None, last: str | None
) -> None:
    """One that begins on the day or later never was: it is removed, of somebody in the export and of others."""
    people = [*EXPORT.sheets["people"], ("P9", "Person P9", None, None)]
    occupancies = [*EXPORT.sheets["occupancies"], (person, "A", begins, ends, None, "acting")]
    load(graph, EXPORT.but(people=people, occupancies=occupancies))

    counts = load(graph, EXPORT, full_day=DAY)

    assert ([("A", last)] if last else []) == _posts(graph, person)
    assert (int(last is None), int(last not in (None, ends))) == (counts.removed.edges, counts.closed.edges)
    _changes_nothing(graph, EXPORT)


def test_somebody_of_several_posts_keeps_those_in_the_export(graph: Graph) -> None:
    """Beside a post that goes on, one of the past ends, one to come goes."""
    more = [("P1", "B", EVE, None, None, "acting"), ("P1", "B", MORROW, None, None, "temporary")]
    load(graph, EXPORT.but(occupancies=[*EXPORT.sheets["occupancies"], more[0]]))
    load(graph, EXPORT.but(occupancies=[*EXPORT.sheets["occupancies"], more[1]]))

    counts = load(graph, EXPORT, full_day=DAY)

    assert (Tally(edges=1), Tally(edges=1)) == (counts.closed, counts.removed)
    assert [("A", None), ("B", EVE)] == _posts(graph, "P1")


def test_who_joins_after_the_day_keeps_the_post_to_come(graph: Graph) -> None:
    """An export of an earlier day does not know them."""
    people = [*EXPORT.sheets["people"], ("P9", "Person P9", MORROW, None)]
    load(
        graph,
        EXPORT.but(people=people, occupancies=[*EXPORT.sheets["occupancies"], ("P9", "A", MORROW, None, None, None)]),
    )

    assert Tally() == load(graph, EXPORT, full_day=DAY).removed

    assert [("A", None)] == _posts(graph, "P9")


def _posts(graph: Graph, person: str) -> list[tuple[object, object]]:
    stored = "MATCH (:Person {id: $id})-[e:OCCUPIES]->(post) RETURN post.id AS post, e.to AS last ORDER BY post, last"
    return [(row["post"], row["last"]) for row in graph.read(stored, {"id": person})]


def _changes_nothing(graph: Graph, export: Sheets) -> None:
    before = dump(graph)
    again = load(graph, export, full_day=DAY, most_closed=0)
    assert (before, Counts(untouched=again.untouched)) == (dump(graph), again)


@pytest.mark.parametrize("seed", range(4))
def test_the_day_of_an_export_shows_the_export(graph: Graph, seed: int) -> None:
    """Whatever stood before, the strength of each unit and rank on the day is that of the file by plain Python."""
    draw, whole = Random(seed), force(40, seed, holdings=1)  # noqa: S311 -- no secret
    everyone, posts, days = whole.sheets["people"], whole.sheets["occupancies"], [None, "2025-06-30", EVE, DAY, MORROW]
    for _ in range(2):
        drawn = [(person, post, *_period(draw, days), fte, basis) for person, post, _, _, fte, basis in posts]
        people = [(*row[:2], draw.choice((None, "2012-04-01")), draw.choice(days)) for row in everyone]
        load(graph, whole.but(people=people, occupancies=drawn))
    gone = set(draw.sample([row[0] for row in everyone], 9))
    rest = whole.but(**{name: [row for row in whole.sheets[name] if row[0] not in gone] for name in OF_PEOPLE})

    load(graph, rest, full_day=DAY)

    places = {post: (unit, rank) for post, unit, rank, *_ in whole.sheets["posts"]}
    expected = Counter(places[post] for _, post, *_ in rest.sheets["occupancies"])
    asked = question("establishment")
    assert asked is not None
    rows = ask(graph, asked, {"as_of": DAY}).rows
    assert expected == {(row["unit_id"], row["rank"]): row["heads"] for row in rows if row["heads"]}
    there = "MATCH (p:Person) WHERE coalesce(p.left, '9999-12-31') >= $day RETURN count(p) AS heads"
    assert [{"heads": len(rest.sheets["people"])}] == graph.read(there, {"day": DAY})
    _changes_nothing(graph, rest)


def _period(draw: Random, days: list[str | None]) -> tuple[str | None, str | None]:
    begins, ends = draw.choice(days), draw.choice(days)
    return (begins, ends) if (begins or "") <= (ends or "9999") else (ends, begins)
