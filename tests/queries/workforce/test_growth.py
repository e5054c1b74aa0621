"""Who is nearest to closing a gap: whole answers on a force made by hand, and drawn forces against plain Python."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator
from dataclasses import replace

import pytest

from graph.session import Graph, Transaction
from tests.builders.force import SEEDS, Force, Row, put
from tests.builders.unit_forces import KNOWN, drawn, holds, post, small, within
from tests.harness.commands import run
from tests.harness.engines import Engine
from tests.harness.loaded import TODAY
from tests.oracles.units import UnitOracle
from tests.queries.workforce.test_training_questions import weighted
from tests.queries.workforce.test_unit_questions import answer

pytestmark = pytest.mark.holds("what drawn units speak of", changed=True)

DAY = "2026-03-01"
RUNS = ("2026-02-10", "2026-03-01", "2026-04-13", "2026-06-01")
COLUMNS = ("gap", "unit_id", "requirement_id", "level", "short", "person_id", "near", "levels", "held_level", "lapsed")
OF_COURSE = ("course_id", "cost", "days", "earliest", "necessity", "weight")
NEAR = ("lapsed", "lower level", "next to it", "nothing")


def asked(graph: Graph, *columns: str, **parameters: object) -> list[tuple[object, ...]]:
    """Return some columns of the answer of growth."""
    return [tuple(row[name] for name in columns) for row in answer(graph, "growth", **parameters)]


def with_courses(force: Force, seed: int) -> Force:
    """Return a force with courses that teach what its posts ask for, some with runs, some that somebody holds."""
    draw = random.Random(seed)  # noqa: S311  (no secret)
    names = [f"course/c{number}" for number in range(4)]
    courses: list[Row] = [
        {"id": one, "course_id": one, "cost": draw.choice((None, 100.0, 200.0)), "days": draw.choice((None, 1.0, 2.0))}
        for one in [*names, "course/driving"]
    ]
    own: list[Row] = [{"id": one, "name": one, "kind": "Course"} for one in names]
    held: list[Row] = [{"person_id": f"P{draw.randint(0, 14):02}", "requirement": one} for one in names]
    taught = [(one, draw.choice(("skill/taser", "skill/search", "course/national"))) for one in names]
    return replace(
        force,
        requirements=[*force.requirements, *own],
        courses=courses,
        teaches=[{"course": one, "requirement": need, "level": draw.choice((None, 1, 2, 3))} for one, need in taught],
        course_dates=[{"course": one, "starts": day} for one in names for day in RUNS if draw.random() < 0.3],
        holdings=[*force.holdings, *held],
    )


class Growth:
    """The answer by plain Python, on one day."""

    def __init__(self, force: Force, day: str | None, also: Collection[str] = ()) -> None:
        self.force, self.day = force, day or TODAY
        self.oracle = UnitOracle(
            force, day, TODAY, also=also, known={**KNOWN, **{f"course/c{n}": True for n in range(4)}}
        )
        self.cover = UnitOracle(force, day, TODAY, known=self.oracle.recorded)

    def rows(self, unit: str | None) -> list[tuple[object, ...]]:
        """Return all columns, in their order."""
        gaps = [*self._covers(unit), *self._posts(unit)]
        rows = [(*gap[:5], *self._of_person(one, gap), *gap[6:]) for gap in gaps for one in gap[5]]  # type: ignore[attr-defined]
        return sorted(rows, key=self._order)

    @staticmethod
    def _order(row: tuple[object, ...]) -> tuple[object, ...]:
        key = (
            row[0],
            row[14] != "essential",
            -float(str(row[15])),
            -int(str(row[4])),
            row[1],
            row[2],
            row[3] or -1,
            row[7],
        )
        cost = 1e300 if row[11] is None else row[11]
        return (*key, NEAR.index(str(row[6])), cost, row[13] or "9999-12-31", row[5])

    def _posts(self, unit: str | None) -> Iterator[tuple[object, ...]]:
        gaps: dict[tuple[str, str, int | None], list[tuple[int, set[str], bool, float]]] = {}
        for one in self.oracle.posts(unit):
            here = {person for person in self.oracle.occupants(one) if self.oracle.present(person)}
            for need in self.oracle.needs(one).items():
                lacking = {person for person in here if not self.oracle.meets(person, need)}
                short = self.force.places(one) - len(here) + len(lacking)
                if lacking and short > 0 and self.force.is_known(need[0]):
                    asks = [row for row in self.oracle.asks(one) if row["requirement"] == need[0]]
                    must = any(row.get("necessity", "essential") == "essential" for row in asks)
                    weight = max(float(str(row.get("weight") or 1)) for row in asks)
                    gaps.setdefault((str(one["unit_id"]), *need), []).append((short, lacking, must, weight))
        for (of, need_id, level), some in gaps.items():
            short = sum(row[0] for row in some)
            people = set[str]().union(*(row[1] for row in some))
            necessity = "essential" if any(row[2] for row in some) else "desirable"
            yield ("post", of, need_id, level, short, people, necessity, max(row[3] for row in some))

    def _covers(self, unit: str | None) -> Iterator[tuple[object, ...]]:
        for row in self.force.cover:
            of, need, level = str(row["unit_id"]), str(row["requirement"]), row.get("level")
            people = {
                one for place in self.cover.posts(of) for one in self.cover.occupants(place) if self.cover.present(one)
            }
            lacking = {one for one in people if not self.cover.meets(one, (need, level))}  # type: ignore[arg-type]
            short = int(str(row["people"])) - len(people) + len(lacking)
            if of in {name for name, _ in self.cover.scope(unit)} and short > 0 and self.force.is_known(need):
                yield ("cover", of, need, level, short, lacking, "essential", row.get("weight") or 1.0)

    def _courses(self, need: object, level: int) -> list[tuple[Row, str | None]]:
        """Return the courses that teach something to a level, with the first day of each, the best first."""
        some: list[tuple[Row, str | None]] = []
        for course in self.force.courses:
            taught = [row for row in self.force.teaches if (row["course"], row["requirement"]) == (course["id"], need)]
            if course["id"] == need or any(int(str(row["level"] or 0)) >= level for row in taught):
                runs = [str(row["starts"]) for row in self.force.course_dates if row["course"] == course["id"]]
                some.append((course, min((day for day in runs if day >= self.day), default=None) if runs else self.day))
        none = [1e300]
        return sorted(
            some, key=lambda one: (one[1] is None, *(one[0][n] or none[0] for n in ("cost", "days")), one[0]["id"])
        )

    def _of_person(self, person: str, gap: tuple[object, ...]) -> tuple[object, ...]:
        need, level = str(gap[2]), -1 if gap[3] is None else int(str(gap[3]))
        courses = self._courses(need, level)
        held = [int(str(row.get("level") or 0)) for row in self.oracle.holdings(person, need)]
        past = [
            str(row["expires"])
            for row in self.force.holdings
            if (row["person_id"], row["requirement"]) == (person, need)
            and str(row.get("achieved") or "") <= self.day
            and str(row.get("expires") or "9999-12-31") < self.day
            and int(str(row.get("level") or 0)) >= level
        ]
        leads = any(self.oracle.holdings(person, str(one["id"])) for one, _ in courses if one["id"] != need)
        near = NEAR[0] if past else NEAR[1] if held else NEAR[2] if leads else NEAR[3]
        levels = 0 if past else (1 if level < 0 else level) - max(held, default=0)
        course, earliest = courses[0] if courses else ({}, None)
        of_course = (course.get("id"), course.get("cost"), course.get("days"), earliest)
        return (person, near, levels, max(held, default=None), max(past, default=None), *of_course)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_drawn_force_is_answered_as_by_plain_python(graph: Graph, seed: int) -> None:
    """All rows in their order, for units, days and ways of counting."""
    force = with_courses(weighted(drawn(seed)), seed)
    put(graph, force)
    for unit, day, also in ((None, DAY, ()), ("U0", DAY, ("desirable", "unrecorded")), ("U0", None, ())):
        expected = Growth(force, day, also).rows(unit)
        flags = dict.fromkeys(also, True)
        assert expected == asked(graph, *COLUMNS, *OF_COURSE, unit=unit, as_of=day, **flags), (unit, day)


def test_the_drawn_forces_have_people_near_and_far() -> None:
    """The comparison above is of something: both kinds of gap, and every way of being near."""
    rows = [row for seed in SEEDS for row in Growth(with_courses(weighted(drawn(seed)), seed), DAY).rows(None)]
    assert {(gap, near) for gap in ("cover", "post") for near in NEAR} == {(row[0], row[6]) for row in rows}


def three(**more: list[Row]) -> Force:
    """Return three constables in a unit whose posts ask for taser at level 2, of whom each is nearer than the next."""
    force = small(
        posts=[post(f"T{number}", "A") for number in range(3)],
        occupancies=[within(f"P{number + 1}", f"T{number}") for number in range(3)],
        holdings=[holds("P3", 2, "2026-02-28"), holds("P2", 1)],
        courses=[
            {"id": "course/long", "course_id": "L", "cost": 90.0},
            {"id": "course/short", "course_id": "S", "cost": 50.0},
        ],
        teaches=[{"course": f"course/{one}", "requirement": "skill/taser", "level": 2} for one in ("long", "short")],
    )
    force.requirements += [{"id": f"course/{one}", "name": one.title(), "kind": "Course"} for one in ("long", "short")]
    return replace(force, **more)


SHOWN = ("gap", "unit_id", "short", "person_id", "near", "levels", "course", "cost", "earliest")


def test_who_is_nearest_stands_first(graph: Graph) -> None:
    """Whose ticket lapsed, then a lower level, then nothing; the course is the cheapest."""
    put(graph, three())
    ways = (("P3", "lapsed", 0), ("P2", "lower level", 1), ("P1", "nothing", 2))
    assert [("post", "A", 3, *way, "Short", 50.0, DAY) for way in ways] == asked(graph, *SHOWN, as_of=DAY)


def test_minimum_cover_stands_before_posts_and_a_course_that_can_be_begun_before_a_cheaper_one(graph: Graph) -> None:
    """A course with no run to come is had last; who holds the course that teaches it is nearer than who does not."""
    held: list[Row] = [{"person_id": "P1", "requirement": "course/short"}]
    runs: list[Row] = [
        {"course": "course/short", "starts": "2026-02-01"},
        {"course": "course/long", "starts": "2026-05-04"},
    ]
    cover: list[Row] = [{"unit_id": "F", "requirement": "skill/taser", "people": 1, "level": 3}]
    force = three(cover=cover, course_dates=runs)
    put(graph, replace(force, holdings=[*force.holdings, *held]))
    of_posts = [("P3", "lapsed", 0), ("P2", "lower level", 1), ("P1", "next to it", 2)]
    of_cover = [("P2", "lower level", 2), ("P1", "nothing", 3), ("P3", "nothing", 3)]
    assert [
        *(("cover", "F", 1, *way, None, None, None) for way in of_cover),
        *(("post", "A", 3, *way, "Long", 90.0, "2026-05-04") for way in of_posts),
    ] == asked(graph, *SHOWN, as_of=DAY)


def _older(transaction: Transaction) -> None:
    transaction.run(
        "MATCH (p:Person {id: 'P1'}), (n:Requirement {id: 'skill/taser'}) CREATE (n)-[:SUCCEEDS]->"
        "(o:Requirement:Skill {id: 'skill/older', name: 'Older', declared: true}), (p)-[:HOLDS {instance: '-'}]->(o)"
    )


def test_who_holds_what_it_took_the_place_of_is_nearer_than_who_does_not(graph: Graph) -> None:
    """As with a competency of an older framework."""
    put(graph, three())
    graph.write(_older)
    assert [("P3", "lapsed"), ("P2", "lower level"), ("P1", "next to it")] == asked(
        graph, "person_id", "near", as_of=DAY
    )


def test_the_command_shows_people_to_its_audience(engine: Engine, graph: Graph) -> None:
    """By number where that is asked for; by default by codes."""
    del engine
    put(graph, three())
    lines = run("growth", "--as-of", DAY, "--audience", "named", "--format", "csv").stdout.splitlines()
    columns = lines[0].split(",")
    places = columns.index("person_id"), columns.index("near")
    expected = {("P3", "lapsed"), ("P2", "lower level"), ("P1", "nothing")}
    assert expected == {(cells[places[0]], cells[places[1]]) for line in lines[1:] for cells in [line.split(",")]}
    coded = run("growth", "--as-of", DAY, "--format", "csv").stdout
    assert ("P3" in coded, coded.count("x-")) == (False, 3)


def test_the_screen_has_a_verdict_and_who_is_nearest_to_each_gap(engine: Engine, graph: Graph) -> None:
    """In the order of the question, one line a gap."""
    del engine
    put(graph, three())
    lines = [
        " ".join(line.split())
        for line in run("growth", "--as-of", DAY, "--audience", "named", COLUMNS="300").stdout.splitlines()
    ]
    assert "1 gap that somebody there could close, 1 by a renewal" == lines[0]
    assert lines[2].startswith("Taser")
    assert ("P3 (lapsed" in lines[2], "; 2 others" in lines[2], len(lines)) == (True, True, 4)


def test_of_gaps_of_one_weight_the_largest_stands_first(graph: Graph) -> None:
    """Whatever the names of their units."""
    units: list[Row] = [{"unit_id": name, "name": name, "parent_id": None} for name in "ABC"]
    sizes = {"A": 1, "B": 3, "C": 2}
    posts = [post(f"{unit}{number}", unit) for unit, size in sizes.items() for number in range(size)]
    seats = [within(f"P{number}", str(row["post_id"])) for number, row in enumerate(posts, 1)]
    put(graph, small(units=units, posts=posts, occupancies=seats, people=[{"person_id": f"P{n}"} for n in range(1, 7)]))
    found = asked(graph, "unit_id", "short", as_of=DAY)
    assert [("B", 3), ("C", 2), ("A", 1)] == list(dict.fromkeys(found))
