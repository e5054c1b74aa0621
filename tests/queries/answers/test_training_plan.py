"""Who could be trained for what, and the plan that the command line makes of it, on every engine."""

from __future__ import annotations

import json
from collections.abc import Collection

import pytest

from graph.session import Graph, Transaction
from queries.ask import ask
from queries.catalogue import question
from tests.builders.force import Force, put
from tests.builders.unit_forces import KNOWN, ROLES, drawn
from tests.harness.commands import run
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
                found |= {(person, post["post_id"], name, level, post["unit_id"]) for person in lacking}
    return found


@pytest.mark.parametrize("seed", range(24))
def test_the_gaps_of_those_who_are_there_are_those_of_plain_python(graph: Graph, seed: int) -> None:
    """Every present occupant of a short post lacks what the post is short of, and nobody else is named."""
    force = drawn(seed)
    put(graph, force)
    asked = question("training-gaps")
    assert asked is not None
    for unit, day, also in ASKED:
        rows = ask(graph, asked, {"unit": unit, "as_of": day, **dict.fromkeys(also, True)}).rows
        columns = ("person_id", "post_id", "requirement_id", "level", "unit_id")
        found = [tuple(row[column] for column in columns) for row in rows]
        assert (gaps(force, unit, day, also=also), len(set(found))) == (set(found), len(found))


_ALONE = "are vacant or have nobody present, so people have to be found, not trained"
FORCE = Force(
    units=[{"unit_id": "U1", "name": "Unit 1", "parent_id": None}],
    posts=[{"post_id": f"T{n}", "unit_id": "U1", "rank": "uk/constable"} for n in range(4)],
    people=[{"person_id": f"P{n}", "name": f"Person {n}"} for n in range(4)],
    occupancies=[{"person_id": f"P{n}", "post_id": f"T{n}"} for n in range(3)],
    requirements=[
        {"id": TASER, "name": "Taser", "kind": "Skill"},
        {"id": SEARCH, "name": "Search", "kind": "Skill"},
        {"id": "course/both", "name": "Both", "kind": "Course"},
        {"id": "course/one", "name": "One", "kind": "Course"},
        {"id": "course/dear", "name": "Dear", "kind": "Course"},
    ],
    needs=[
        {"role": "uk/constable", "requirement": TASER, "level": None},
        {"role": "uk/constable", "requirement": SEARCH, "level": 2},
    ],
    holdings=[
        {"person_id": "P2", "requirement": SEARCH, "level": 2},
        {"person_id": "P3", "requirement": TASER},
    ],
    courses=[
        {"id": "course/both", "course_id": "C1", "cost": 150.0, "days": 2.0, "seats": 1, "provider": "School"},
        {"id": "course/one", "course_id": "C2", "cost": 100.0, "days": 1.0, "seats": None, "provider": "School"},
        {"id": "course/dear", "course_id": "C3", "cost": None, "days": 1.0, "seats": None, "provider": "School"},
    ],
    teaches=[
        {"course": "course/both", "requirement": TASER, "level": None},
        {"course": "course/both", "requirement": SEARCH, "level": 2},
        {"course": "course/one", "requirement": TASER, "level": None},
        {"course": "course/dear", "requirement": SEARCH, "level": 2},
    ],
)
"""Three constables in four posts: P0 and P1 lack both, P2 lacks Taser; a seat on Both is there for one of them.

Who holds Taser is in no post, and makes it known that it is recorded.
"""


def shown(*options: str) -> tuple[set[tuple[object, ...]], list[str]]:
    """Return outcome, what, seats or people, days and cost of each line of a plan, and what is said beside it."""
    found = run("training-plan", "--as-of", DAY, "--format", "json", *options)
    assert 0 == found.exit_code
    rows = json.loads(found.stdout)
    return {
        (row["outcome"], row["course"] or row["requirement"], row["people"], row["days"], row["cost"]) for row in rows
    }, found.stderr.splitlines()


def test_a_plan_takes_the_cheapest_seats_and_says_what_no_seat_closes(graph: Graph) -> None:
    """One seat teaches both; the other two learn Taser alone, and for one no seat teaches Search."""
    put(graph, FORCE)
    expected = {("take", "Both", 1, 2.0, 150.0), ("take", "One", 2, 2.0, 200.0), ("open", "Search", 1, None, None)}
    notes = [
        "Dear is left out: its cost is not known",
        "3 seats for 350 pounds: 4 of 5 gaps closed",
        "`rankgraph ask training-gaps` names who lacks what, and `rankgraph ask courses` what each course teaches",
        "impossible by the seats that courses have: 1 gap left open; it would take 1 seat more on course/both",
        "without any limit all that is taught would cost 400 pounds",
        f"posts are short 7 times; 2 of these {_ALONE}",
    ]
    assert (expected, notes) == shown()


def test_a_budget_is_kept_and_what_it_lacks_is_said(graph: Graph) -> None:
    """With 250 pounds one seat on each is taken."""
    put(graph, FORCE)
    rows, notes = shown("--budget", "250")
    taken = {row for row in rows if row[0] == "take"}
    assert ({("take", "Both", 1, 2.0, 150.0), ("take", "One", 1, 1.0, 100.0)}, True) == (
        taken,
        "2 seats for 250 pounds: 3 of 5 gaps closed" in notes,
    )


def test_until_a_deadline_nobody_is_away_longer_than_there_are_working_days(graph: Graph) -> None:
    """From Sunday to Monday there is one working day: the course of two days cannot be taken."""
    put(graph, FORCE)
    rows, _ = shown("--deadline", "2026-03-02")
    expected = {("take", "One", 3, 3.0, 300.0), ("open", "Search", 2, None, None)}
    assert expected == rows


def test_a_deadline_before_the_day_is_wrong_usage(graph: Graph) -> None:
    """The message says what was found and what was expected."""
    put(graph, FORCE)
    found = run("training-plan", "--as-of", DAY, "--deadline", "2026-02-01")
    said = "Error: --deadline: found 2026-02-01; expected a day that is not before 2026-03-01"
    assert (2, said) == (found.exit_code, found.stderr.splitlines()[-1])


@pytest.mark.parametrize("limit", ["--budget", "--days"])
def test_what_is_no_number_is_no_limit(limit: str) -> None:
    """NaN and infinity are wrong usage."""
    found = {run("training-plan", limit, value).exit_code for value in ("nan", "inf")}
    assert {2} == found


def test_a_force_without_courses_has_no_plan(graph: Graph) -> None:
    """The message says what to load."""
    put(graph, Force(units=FORCE.units))
    found = run("training-plan")
    said = (
        "Error: found no courses in the graph; expected the sheets courses and teaches; load them with the staff files"
    )
    assert (1, said) == (found.exit_code, found.stderr.strip())


def test_a_graph_without_staff_says_what_to_load(graph: Graph) -> None:
    """Each command on the workforce says so alike."""
    put(graph, Force())
    found = {run(*words).stderr.strip() for words in (("training-plan",), ("heat-map",), ("succession", "sergeant"))}
    said = "found no units in the graph; expected the files of a force; load them with `rankgraph staff load`"
    assert {f"Error: {said}, or make a force to try with `rankgraph sample-force`"} == found
