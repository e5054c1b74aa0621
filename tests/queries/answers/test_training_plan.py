"""The plan of training that the command line makes of what is short."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from graph.session import Graph
from queries.answers.training_solver import Programme
from queries.ask import ask
from queries.catalogue import question
from tests.builders.force import Force, put
from tests.harness.commands import run
from tests.harness.engines import ON_EMBEDDED
from tests.harness.office import converted

pytestmark = [ON_EMBEDDED, pytest.mark.usefixtures("engine"), pytest.mark.holds("reference", changed=True)]

DAY = "2026-03-01"
TASER, SEARCH = "skill/taser", "skill/search"

PROVEN = "proven: no plan closes more of what matters, and none that closes as much costs less"
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
        PROVEN,
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


RUNS: list[dict[str, object]] = [
    {"course": "course/one", "starts": "2026-03-09", "seats": 1},
    {"course": "course/one", "starts": "2026-02-09", "seats": 9},
    {"course": "course/one", "starts": "2026-05-11", "seats": 9},
]


def test_runs_are_kept_with_their_seats(graph: Graph) -> None:
    """A run that is over takes nobody, and who waits goes to the next."""
    put(graph, replace(FORCE, course_dates=RUNS))
    asked = question("course-dates")
    assert asked is not None
    expected = [("One", "2026-03-09", 1, "course/one"), ("One", "2026-05-11", 9, "course/one")]
    assert expected == [tuple(row.values()) for row in ask(graph, asked, {"as_of": DAY}).rows]
    assert [("Both", "2026-03", 1), ("One", "2026-03-09", 1), ("One", "2026-05-11", 1)] == booked()


def test_a_run_that_ends_after_the_deadline_is_too_late(graph: Graph) -> None:
    """The one before it has one seat."""
    put(graph, replace(FORCE, course_dates=RUNS))
    assert [("Both", "2026-03", 1), ("One", "2026-03-09", 1)] == booked("--deadline", "2026-05-10")
    assert ("One", "2026-05-11", 1) in booked("--deadline", "2026-05-11")


def booked(*options: str) -> list[tuple[object, ...]]:
    """Return the courses that a plan takes, when, and how many seats."""
    rows = json.loads(run("training-plan", "--as-of", DAY, "--format", "json", *options).stdout)
    return [(row["course"], row["when"], row["seats"]) for row in rows if row["outcome"] == "take"]


HELD = replace(
    FORCE,
    occupancies=FORCE.occupancies[:1],
    holdings=[
        {"person_id": "P0", "requirement": TASER, "expires": "2026-06-30"},
        {"person_id": "P0", "requirement": SEARCH, "level": 2},
    ],
)
"""P0 alone is there, and holds all until Taser lapses."""


@pytest.mark.parametrize(
    ("options", "seats"),
    [((), 0), (("--deadline", "2026-06-29"), 0), (("--deadline", "2026-06-30"), 1), (("--deadline", "2026-12-31"), 1)],
)
def test_what_lapses_by_the_deadline_is_renewed(graph: Graph, options: tuple[str, ...], seats: int) -> None:
    """The last day on which it counts is one of those before which it has to be renewed, in the month before."""
    put(graph, HELD)
    found = run("training-plan", "--as-of", DAY, *options)
    note = f"of these {seats} are renewals of what lapses by {options[-1] if options else ''}"
    assert (seats * [("One", "2026-05", 1)], bool(seats)) == (booked(*options), note in found.stderr.splitlines())


def test_what_is_held_at_too_low_a_level_is_no_renewal(graph: Graph) -> None:
    """It lapses too, and is lacking from the first day: the seat does not wait until then."""
    low = {"person_id": "P0", "requirement": SEARCH, "level": 1, "expires": "2026-09-30"}
    put(graph, replace(HELD, holdings=[low, {"person_id": "P0", "requirement": TASER}]))
    found = run("training-plan", "--as-of", DAY, "--deadline", "2026-12-31")
    assert ([("Both", "2026-03", 1)], True) == (
        booked("--deadline", "2026-12-31"),
        "of these 0 are renewals of what lapses by 2026-12-31" in found.stderr.splitlines(),
    )


def test_who_has_left_by_the_deadline_is_not_trained(graph: Graph) -> None:
    """P2 leaves in March: a seat in March is not bought for April."""
    people = [{**row, "left": "2026-03-31"} if row["person_id"] == "P2" else row for row in FORCE.people]
    put(graph, replace(FORCE, people=people))
    assert [("Both", "2026-03", 1), ("One", "2026-03", 1)] == booked("--deadline", "2026-04-30")


def test_a_unit_spares_no_more_of_its_people_than_it_may(graph: Graph) -> None:
    """Three people have 66 working days in March: 2 % are 1.3 days, so that one goes a month; 3.2 % are 2.1."""
    put(graph, FORCE)
    months = ("2026-03", "2026-04", "2026-05")
    assert [("One", month, 1) for month in months] == booked("--away", "2")
    assert [("Both", "2026-04", 1), ("One", "2026-03", 2)] == booked("--away", "3.2")


def test_minimum_cover_is_mended_by_whoever_can_learn_it(graph: Graph) -> None:
    """Five must have done the course: three are there, two of whom need it for their posts, too."""
    cover: list[dict[str, object]] = [
        {"unit_id": "U1", "requirement": "course/one", "people": 5, "level": None, "weight": 3.0}
    ]
    held: list[dict[str, object]] = [*FORCE.holdings, {"person_id": "P3", "requirement": "course/one"}]
    put(graph, replace(FORCE, cover=cover, holdings=held))
    found = run("training-plan", "--as-of", DAY, "--format", "json")
    [left] = [row for row in json.loads(found.stdout) if row["priority"] == "cover"]
    assert ("open", "Unit 1", "One", 2, 3.0) == tuple(
        left[name] for name in ("outcome", "unit", "requirement", "people", "weight")
    )
    assert ("One", "2026-03", 3) in booked()
    assert "minimum cover: 3 more people hold what units have too few of" in found.stderr.splitlines()


def test_pounds_go_where_they_close_most(graph: Graph) -> None:
    """What must be held is bought first, however much what is desirable weighs; 1,000 pounds close 40 of weight."""
    asks: list[dict[str, object]] = [
        {"post_id": "T0", "requirement": TASER, "weight": 4.0},
        {"post_id": "T1", "requirement": TASER, "weight": 9.0, "necessity": "desirable"},
    ]
    put(graph, replace(FORCE, needs=[], post_requirements=asks))
    [row, left] = json.loads(
        run("training-plan", "--as-of", DAY, "--budget", "100", "--desirable", "--format", "json").stdout
    )
    assert ("One", 1, 1, 4.0, 40.0) == tuple(row[name] for name in ("course", "seats", "closes", "weight", "per_1000"))
    assert ("open", "Unit 1", "Taser", "desirable", 9.0, 1) == tuple(
        left[name] for name in ("outcome", "unit", "requirement", "priority", "weight", "people")
    )


@pytest.mark.parametrize(
    ("audience", "who"), [("named", {"P0", "P1", "P2"}), ("pseudonymous", 3), ("aggregate", set())]
)
def test_the_calendar_is_a_workbook_for_its_audience(
    graph: Graph, tmp_path: Path, audience: str, who: set[str] | int
) -> None:
    """Its sheets are the plan, who goes when, days away, what stays uncovered, and what was assumed."""
    put(graph, replace(FORCE, course_dates=RUNS))
    out = tmp_path / "plan.xlsx"
    assert 0 == run("training-plan", "--as-of", DAY, "--out", str(out), "--audience", audience).exit_code
    book = openpyxl.load_workbook(io.BytesIO(out.read_bytes()))
    sheets = {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}
    people = {str(row[3]) for row in sheets["people"][1:]}
    assert who == (len(people - {"P0", "P1", "P2"}) if isinstance(who, int) else people)
    assert ["report", "plan", "people", "days away", "uncovered", "assumed"] == list(sheets)
    assert [("2026-03", 3, 4.5), ("2026-05", 1, 1.6)] == [(row[0], row[2], row[3]) for row in sheets["days away"][1:]]
    assert [("open", "Unit 1", "Search", 2, 1)] == [tuple(row[:5]) for row in sheets["uncovered"][1:]]
    assert ["One", 1] == [sheets["plan"][2][0], sheets["plan"][2][2]]


def test_libreoffice_reads_the_calendar_as_it_was_written(graph: Graph, tmp_path: Path) -> None:
    """Seats and pounds are numbers there, and a run is a day."""
    put(graph, replace(FORCE, course_dates=RUNS))
    out = tmp_path / "plan.xlsx"
    run("training-plan", "--as-of", DAY, "--out", str(out))
    made = converted(tmp_path, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", [out])
    lines = (made / "plan-plan.csv").read_text(encoding="utf-8").splitlines()
    assert ["Both,2026-03,1,2,150", "One,2026-03-09,1,1,100", "One,2026-05-11,1,1,100"] == [
        ",".join(line.split(",")[:5]) for line in lines[1:]
    ]


def test_the_screen_has_a_line_a_course_and_the_first_that_stay_open(graph: Graph) -> None:
    """The months or runs of a course stand in its line; what pays most stands first."""
    put(graph, replace(FORCE, course_dates=RUNS))
    lines = [" ".join(line.split()) for line in run("training-plan", "--as-of", DAY).stdout.splitlines()]
    assert [
        "course seats days cost closes per_1000 when",
        "Both 1 2.0 150.0 2 13.33 2026-03: 1",
        "One 2 2.0 200.0 2 10.0 2026-03-09: 1, 2026-05-11: 1",
        "uncovered unit requirement level people priority weight",
        "open Unit 1 Search 2 1 essential 1.0",
    ] == [line for line in lines if line[:1].isalpha()]


def test_a_plan_that_may_not_be_the_best_says_by_how_much(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """In weight and in pounds, as far as that is known."""
    put(graph, FORCE)
    solved = Programme.solve
    monkeypatch.setattr(Programme, "solve", lambda *words: (solved(*words)[0], 2.0))
    found = run("training-plan", "--as-of", DAY).stderr.splitlines()
    more = "may close up to 4 more in weight, or cost up to 2 pounds less"
    said = f"not proven, because the time for solving ran out: a better plan {more}; --seconds gives more time"
    assert [said] == [line for line in found if "proven" in line]


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
