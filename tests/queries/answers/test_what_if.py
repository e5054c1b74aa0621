"""What if somebody leaves, rises, joins: what changes is what plain Python finds, and nothing is written."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from graph.session import Graph
from queries.answers.scenarios.measures import KINDS
from tests.builders.force import Force, Row, put
from tests.harness.commands import run
from tests.harness.loaded import TODAY
from tests.oracles.units import UnitOracle

pytestmark = pytest.mark.holds("reference", changed=True)

DAY, EVE = "2026-03-01", "2026-02-28"
TASER, SEARCH = "skill/taser", "skill/search"

FORCE = Force(
    units=[
        {"unit_id": "U0", "name": "Top", "parent_id": None},
        {"unit_id": "U1", "name": "North", "parent_id": "U0"},
        {"unit_id": "U2", "name": "South", "parent_id": "U0"},
    ],
    posts=[
        {"post_id": "N1", "unit_id": "U1", "rank": "uk/constable", "title": "Officer"},
        {"post_id": "N2", "unit_id": "U1", "rank": "uk/constable", "title": "Officer"},
        {"post_id": "A1", "unit_id": "U2", "rank": "uk/sergeant", "title": "Skipper"},
        {"post_id": "Z1", "unit_id": "U1", "rank": "uk/sergeant", "title": "Skipper"},
    ],
    people=[
        {"person_id": "P1", "name": "Person 1"},
        {"person_id": "P2", "name": "Person 2"},
        {"person_id": "P3", "name": "Person 3", "left": "2026-01-31"},
    ],
    occupancies=[
        {"person_id": "P1", "post_id": "N1", "from": "2020-01-01"},
        {"person_id": "P2", "post_id": "N2", "from": "2020-01-01"},
    ],
    requirements=[
        {"id": TASER, "name": "Taser", "kind": "Skill"},
        {"id": SEARCH, "name": "Search", "kind": "Skill"},
    ],
    needs=[
        {"role": "uk/constable", "requirement": TASER, "level": 1},
        {"role": "uk/sergeant", "requirement": SEARCH, "level": None},
    ],
    holdings=[
        {"person_id": "P1", "requirement": TASER, "level": 1},
        {"person_id": "P2", "requirement": TASER, "level": 2},
        {"person_id": "P2", "requirement": SEARCH, "level": None},
    ],
)
"""Two constables in the North, who both hold Taser; a vacant sergeant's post in the North and one in the South."""

_EXPECTED = "expected somebody who is; name another, or another day by --as-of"
_DUMP = """MATCH (a)-[e]->(b) WHERE a:Person OR a:Post
RETURN a.id AS start, properties(a) AS said, type(e) AS kind, properties(e) AS edge, b.id AS end
ORDER BY start, kind, end"""


@pytest.fixture
def graph(graph: Graph) -> Graph:
    """Have the force in the graph."""
    put(graph, FORCE)
    return graph


def counted(force: Force) -> dict[tuple[object, ...], object]:
    """Return what is short, vacant and a single point, by plain Python."""
    oracle = UnitOracle(force, DAY, TODAY)
    found: dict[tuple[object, ...], object] = {
        ("short", row[1], row[4], row[5]): row[9] for row in oracle.heat_map(None)
    }
    found |= {("nobody", row[1], row[4], row[5]): 1 for row in oracle.heat_map(None) if row[7] == row[8] == 0}
    found |= {("vacancy", row[0], row[1], None): 1 for row in oracle.vacancies(None)}
    return found | {("single point", row[1], row[3], None): 1 for row in oracle.single_points(None)}


def changed(before: Force, after: Force) -> set[tuple[object, ...]]:
    """Return what differs between two forces."""
    old, new = counted(before), counted(after)
    return {
        (*key, old.get(key, 0), new.get(key, 0))
        for key in old.keys() | new.keys()
        if old.get(key, 0) != new.get(key, 0)
    }


def supposed(*words: str) -> tuple[set[tuple[object, ...]], list[str]]:
    """Return the lines of the command, and what it says beside them."""
    found = run("what-if", *words, "--as-of", DAY, "--format", "json")
    assert 0 == found.exit_code, found.stderr
    columns = ("kind", "unit_id", "what_id", "level", "before", "after")
    totals, rows = json.loads(found.stdout)[:5], json.loads(found.stdout)[5:]
    assert [("total", kind) for kind in KINDS] == [(row["kind"], row["what_id"]) for row in totals]
    return {tuple(row[column] for column in columns) for row in rows}, found.stderr.splitlines()


def without(person: str) -> Force:
    """Return the force after somebody left."""
    people: list[Row] = [{**row, "left": EVE} if row["person_id"] == person else row for row in FORCE.people]
    return replace(FORCE, people=people)


def risen(person: str, post: str) -> Force:
    """Return the force after somebody moved into a post."""
    occupancies: list[Row] = [{**row, "to": EVE} if row["person_id"] == person else row for row in FORCE.occupancies]
    return replace(FORCE, occupancies=[*occupancies, {"person_id": person, "post_id": post, "from": DAY}])


@pytest.mark.usefixtures("graph")
def test_a_person_who_leaves_makes_a_vacancy_and_a_gap() -> None:
    """Taser is then short in the North and at the Top, and the other constable a single point there."""
    expected = {
        ("short", "U0", TASER, 1, 0, 1),
        ("short", "U1", TASER, 1, 0, 1),
        ("vacancy", "U1", "N1", None, 0, 1),
        ("single point", "U0", TASER, None, 0, 1),
        ("single point", "U1", TASER, None, 0, 1),
    }
    rows, notes = supposed("--leave", "P1")
    said = ["P1 leaves", "nothing of this was kept"]
    assert (expected, changed(FORCE, without("P1")), said) == (rows, rows, notes)


@pytest.mark.usefixtures("graph")
def test_a_person_who_rises_takes_the_nearest_vacant_post_and_leaves_theirs() -> None:
    """The sergeant's post of the same unit is nearer than that of the other, whose id comes first."""
    rows, notes = supposed("--promote", "P2", "sergeant")
    note = "P2 takes the rank uk/sergeant, into the vacant post Z1; 5 of the things it asks for are not met"
    assert (changed(FORCE, risen("P2", "Z1")), [note, "nothing of this was kept"]) == (rows, notes)


@pytest.mark.usefixtures("graph")
def test_changes_are_supposed_together() -> None:
    """Who leaves and who rises are both gone from their posts."""
    rows, _ = supposed("--leave", "P1", "--promote", "P2", "sergeant", "--unit", "North")
    after = replace(risen("P2", "Z1"), people=without("P1").people)
    assert {row for row in changed(FORCE, after) if row[1] == "U1"} == rows


def test_nothing_of_what_is_supposed_is_kept(graph: Graph) -> None:
    """The graph holds what it held, to the last property."""
    before = graph.read(_DUMP, {})
    supposed("--leave", "P1", "--promote", "P2", "sergeant")
    assert before == graph.read(_DUMP, {})


@pytest.mark.usefixtures("graph")
def test_who_finds_no_vacant_post_waits_in_the_old_one() -> None:
    """Nothing changes: the post held is not given up for none."""
    rows, [note, *others] = supposed("--promote", "P1", "inspector")
    said = "P1 waits for the rank uk/inspector in the post held now: no post of that rank is vacant"
    assert (set(), said, ["nothing differs", "nothing of this was kept"]) == (
        rows,
        note.partition(";")[0],
        others,
    )


@pytest.mark.parametrize("rank", ["constable", "sergeant"])
@pytest.mark.parametrize("held", ["post", "rank"])
def test_nobody_is_promoted_downwards_or_to_the_rank_held(graph: Graph, rank: str, held: str) -> None:
    """Whether the sergeant is known by the post or by the rank held."""
    if held == "post":
        put(graph, replace(FORCE, occupancies=[{"person_id": "P1", "post_id": "A1", "from": "2020-01-01"}]))
    else:
        put(graph, replace(FORCE, ranks_held=[{"person_id": "P1", "rank": "uk/sergeant", "from": "2020-01-01"}]))
    found = run("what-if", "--promote", "P1", rank, "--as-of", DAY)
    said = f"P1 holds uk/sergeant on {DAY}, which is not below uk/{rank}"
    expected = f"Error: {said}; expected a rank above it: nobody is promoted downwards"
    assert (1, expected) == (found.exit_code, found.stderr.splitlines()[-1])


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (
            ("--leave", "P3"),
            1,
            f"P3 is not in the force on 2026-03-01 (joined on no known day, left 2026-01-31); {_EXPECTED}",
        ),
        (("--leave", "P9"), 1, "no person is called 'P9': nothing is near it"),
        (("--leave", "P1", "--promote", "P1", "sergeant"), 2, "P1: found more than one change; expected one a person"),
        ((), 2, "found no change; expected --scenario FILE, or a change such as --leave PERSON"),
    ],
)
def test_what_cannot_be_supposed_is_refused(graph: Graph, words: tuple[str, ...], code: int, message: str) -> None:
    """One clear message and no traceback."""
    assert graph
    found = run("what-if", *words, "--as-of", DAY)
    assert (code, f"Error: {message}") == (found.exit_code, found.stderr.splitlines()[-1])


def test_today_is_the_day_unless_another_is_given(graph: Graph) -> None:
    """Somebody who left before today has left."""
    tomorrow = (date.fromisoformat(TODAY) + timedelta(days=1)).isoformat()
    people: list[Row] = [{**row, "joined": tomorrow} for row in FORCE.people]
    put(graph, replace(FORCE, people=people))
    assert 1 == run("what-if", "--leave", "P1").exit_code
