"""What if somebody leaves, rises, joins: what changes is what plain Python finds, and nothing is written."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from graph.session import Graph
from queries.answers.scenarios.measures import KINDS
from tests.builders.force import Force, Row, put
from tests.builders.what_if_force import DAY, EVE, FORCE, SEARCH, TASER
from tests.harness.commands import run
from tests.harness.loaded import TODAY
from tests.oracles.units import UnitOracle

pytestmark = pytest.mark.holds("reference", changed=True)

_EXPECTED = "expected somebody who is; name another, or another day by --as-of"


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
    notes = re.sub(r"x-[a-z2-7]{10}", "CODE", found.stderr).splitlines()
    return {tuple(row[column] for column in columns) for row in rows}, notes


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


def test_who_only_acts_in_a_rank_may_rise_to_it(graph: Graph) -> None:
    """Into the post where they act, which nobody holds."""
    acting: Row = {"person_id": "P1", "post_id": "Z1", "from": "2025-01-01", "basis": "acting"}
    put(graph, replace(FORCE, occupancies=[*FORCE.occupancies, acting]))
    _, notes = supposed("--promote", "P1", "sergeant")
    assert "P1 takes the rank uk/sergeant, into the vacant post Z1" == notes[0].partition(";")[0]


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


BY_CHANGE: dict[str, tuple[tuple[str, ...], set[tuple[object, ...]], str]] = {
    "a move to a unit takes the vacant post of the rank there": (
        ("--open", "1", "constable", "South", "--move", "P1", "South"),
        {
            ("short", "U0", TASER, 1, 0, 1),
            ("short", "U1", TASER, 1, 0, 1),
            ("single point", "U1", TASER, None, 0, 1),
            ("single point", "U2", TASER, None, 0, 1),
            ("vacancy", "U1", "N1", None, 0, 1),
            ("total", None, "places", None, 4, 5),
        },
        "P1 moves into the post U2/new-1",
    ),
    "a move to a unit without a vacant post of the rank is none": (
        ("--move", "P1", "South"),
        set(),
        "P1 stays in the post held now: no post of that rank is vacant in U2",
    ),
    "a move into a post that is full is said": (
        ("--move", "P1", "N2"),
        {("short", "U0", TASER, 1, 0, 1), ("short", "U1", TASER, 1, 0, 1), ("vacancy", "U1", "N1", None, 0, 1)},
        "P1 moves into the post N2, which was full",
    ),
    "recruits fill vacant posts and the others are without": (
        ("--recruit", "3", "sergeant"),
        {("vacancy", "U2", "A1", None, 1, 0), ("vacancy", "U1", "Z1", None, 1, 0)},
        "3 recruited as uk/sergeant: 2 into vacant posts (A1, Z1), 1 without a post: no more of that rank are vacant",
    ),
    "who is in a post that closes is without one, and not named": (
        ("--close", "N1"),
        {
            ("single point", "U0", TASER, None, 0, 1),
            ("single point", "U1", TASER, None, 0, 1),
            ("total", None, "places", None, 4, 3),
        },
        "1 post closed (N1); without a post: CODE",
    ),
    "who is trained holds it at the level that is asked for": (
        ("--move", "P1", "Z1", "--train", "P1", "Search"),
        {
            ("short", "U0", SEARCH, None, 2, 1),
            ("short", "U1", SEARCH, None, 1, 0),
            *(("nobody", unit, SEARCH, None, 1, 0) for unit in ("U0", "U1")),
            *(("single point", unit, SEARCH, None, 1, 0) for unit in ("U0", "U1")),
            *(("short", unit, TASER, 1, 0, 1) for unit in ("U0", "U1")),
            ("vacancy", "U1", "N1", None, 0, 1),
            ("vacancy", "U1", "Z1", None, 1, 0),
        },
        "1 person (P1) trained in skill/search: the price is not known",
    ),
}


@pytest.mark.usefixtures("graph")
@pytest.mark.parametrize("case", BY_CHANGE)
def test_each_change_has_its_rows_and_its_note(case: str) -> None:
    """Whole answers of small changes, and what is said of the last of them."""
    words, expected, note = BY_CHANGE[case]
    rows, notes = supposed(*words)
    assert (expected, [note]) == (rows, [one for one in notes if one == note])


@pytest.mark.usefixtures("graph")
def test_who_sits_in_a_post_that_closes_is_named_to_those_who_may_know() -> None:
    """By number, or by a code."""
    _, [note, *_] = supposed("--close", "N1", "--audience", "named")
    _, [coded, *_] = supposed("--close", "N1", "--audience", "pseudonymous")
    assert "1 post closed (N1); without a post: P1" == note
    assert "1 post closed (N1); without a post: CODE" == coded


def test_who_acts_in_a_rank_is_confirmed_in_the_post(graph: Graph) -> None:
    """Who holds the rank for a time only is promoted to it, into the post where they are."""
    acting = [{**row, "basis": "temporary"} if row["person_id"] == "P1" else row for row in FORCE.occupancies]
    put(graph, replace(FORCE, occupancies=acting, ranks_held=[]))
    [row] = [row for row in acting if row["person_id"] == "P1"]
    rank = next(post["rank"] for post in FORCE.posts if post["post_id"] == row["post_id"])
    _, notes = supposed("--promote", "P1", str(rank))
    taken = f"P1 takes the rank {rank}, into the vacant post {row['post_id']}"
    assert any(one.startswith(taken) for one in notes)


@pytest.mark.usefixtures("graph")
def test_the_aggregate_audience_gets_totals_of_the_force_to_the_nearest_five() -> None:
    """No cost, no unit, nobody: what changes when one person leaves tells what that person holds."""
    found = run("what-if", "--leave", "P1", "--as-of", DAY, "--audience", "aggregate", "--format", "json")
    rows = json.loads(found.stdout)
    assert [("total", kind) for kind in KINDS] == [(row["kind"], row["what_id"]) for row in rows]
    assert {0} == {row[name] % 5 for row in rows for name in ("before", "after")}
    assert [] == [row for row in rows if row["before"] != row["after"]]
    assert "numbers are rounded to the nearest five" in found.stderr
