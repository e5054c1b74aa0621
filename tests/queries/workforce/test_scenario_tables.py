"""What is measured of tables in memory: as the questions answer, before a change and of a force really changed so."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection
from copy import deepcopy
from typing import NamedTuple

import pytest

from graph.days import day_before
from graph.errors import NameUnknownError, UsageError
from graph.rows import Row as Answered
from graph.session import Graph
from queries.answers.scenarios.changes import ChangedForce, Names
from queries.answers.scenarios.force import Force as Tables
from queries.answers.scenarios.measures import Measures, measures
from queries.ask import ask
from queries.catalogue import question
from queries.parameters.scenario import Change
from queries.parameters.unit_names import read_units
from tests.builders.force import SEEDS, Force, Row, put
from tests.builders.unit_forces import KNOWN, drawn
from tests.harness.loaded import TODAY
from tests.oracles.units import UnitOracle

pytestmark = pytest.mark.holds("what drawn units speak of", changed=True)

DAY = "2026-03-01"
EVE = day_before(DAY)
ASKED: tuple[tuple[str | None, str, tuple[str, ...]], ...] = (
    (None, DAY, ()),
    ("U0", "2026-02-28", ("desirable", "unrecorded")),
    (None, "2025-12-31", ("unrecorded",)),
)
STEPS = {"uk/constable": 1, "uk/sergeant": 2}
COURSES: list[Answered] = [
    {"course_id": "course/driving", "requirement_id": "course/driving", "level": None, "cost": 300.0},
    {"course_id": "course/driving", "requirement_id": "skill/search", "level": 2, "cost": 300.0},
]


def answer(graph: Graph, name: str, **values: object) -> list[Row]:
    """Ask a question."""
    found = question(name)
    assert found is not None
    return ask(graph, found, values).rows


def tables(graph: Graph, day: str, also: tuple[str, ...] = ()) -> Tables:
    """Return the tables of the force in the graph."""
    posts = answer(graph, "posts-and-needs", as_of=day, **dict.fromkeys(also, True))
    people, cover = (answer(graph, name, as_of=day) for name in ("people-and-holdings", "minimum-cover"))
    known = graph.read("MATCH (n:Requirement)<-[:HOLDS]-() RETURN DISTINCT n.id AS id", {})
    return Tables.of(posts, people, read_units(graph), cover, (str(row["id"]) for row in known))


def answered(graph: Graph, unit: str | None, day: str, also: tuple[str, ...] = ()) -> dict[tuple[object, ...], object]:
    """Return by the questions what tables are measured by."""
    place, flags = {"unit": unit, "as_of": day}, dict.fromkeys(also, True)
    counted: dict[tuple[object, ...], object] = {}
    for row in answer(graph, "heat-map", **place, **flags):
        key = row["unit_id"], row["requirement_id"], row["level"]
        counted["short", *key] = row["short"]
        counted["nobody", *key] = int(row["have"] == row["have_absent"] == row["unknown"] == 0)
    for row in answer(graph, "vacancies", **place):
        counted["vacancy", row["unit_id"], row["post_id"], None] = row["vacant"]
    for row in answer(graph, "single-points", **place, **flags):
        counted["single point", row["unit_id"], row["requirement_id"], None] = 1
    for row in answer(graph, "minimum-cover", **place):
        counted["cover", row["unit_id"], row["requirement_id"], row["level"]] = row["short"] or 0
    return {key: number for key, number in counted.items() if number}


class Changed(NamedTuple):
    """A force in memory and as rows of sheets, to which the same is to be done."""

    memory: ChangedForce
    sheets: Force
    draw: random.Random

    def apply(self, **change: object) -> None:
        """Make a change in memory."""
        self.memory.apply(Change.model_validate(change))

    @property
    def oracle(self) -> UnitOracle:
        """The rows of the sheets, in plain Python."""
        return UnitOracle(self.sheets, DAY, TODAY, known=KNOWN)

    def step_in(self, person: str, post: str) -> None:
        """Write into the sheets that a person gave up the posts held, and holds another."""
        held = [row for one in self.oracle.open_posts for row in self.oracle.holders(one) if row["person_id"] == person]
        for row in held:
            row["to"] = EVE
        self.sheets.occupancies.append({"person_id": person, "post_id": post, "from": DAY, "basis": "substantive"})

    def posts_of(self, person: str) -> set[str]:
        """Return the posts that a person is in, in memory."""
        return {*self.memory.force.people[person].posts}

    def somebody(self, *, in_post: bool = True) -> str:
        """Draw somebody who is in the force, and in a post unless that does not matter."""
        people = self.memory.force.people
        return self.draw.choice([one for one in people if one[0] == "P" and (people[one].posts or not in_post)])


def leave(one: Changed) -> None:
    """Let somebody leave."""
    person = one.somebody(in_post=False)
    one.apply(leave=person)
    next(row for row in one.sheets.people if row["person_id"] == person)["left"] = EVE


def _vacant(one: Changed, rank: str) -> dict[object, tuple[object, ...]]:
    return {row[1]: row for row in one.oracle.vacancies(None) if rank in (row[2], row[7])}


def promote(one: Changed) -> None:
    """Let somebody rise, who waits only where no post is vacant."""
    person, before = one.somebody(), _vacant(one, "uk/sergeant")
    if "uk/sergeant" in one.memory.force.people[person].ranks:
        return
    one.apply(promote={"person": person, "rank": "uk/sergeant"})
    waits = "waits" in one.memory.notes[-1]
    assert waits == (not before)
    if not waits:
        [post] = [post for post in before if f"post {post}" in one.memory.notes[-1]]
        one.step_in(person, str(post))


def move(one: Changed) -> None:
    """Let somebody go to any post."""
    person, post = one.somebody(in_post=False), one.draw.choice([*one.memory.force.posts])
    one.apply(move={"person": person, "to": post})
    one.step_in(person, post)


def recruit(one: Changed) -> None:
    """Let three join, into vacant posts as far as there are any."""
    vacant = sum(int(str(row[9])) for row in _vacant(one, "uk/constable").values())
    one.apply(recruit={"people": 3, "rank": "uk/constable", "holds": ["skill/taser"]})
    joined = [name for name in one.memory.force.people if name.startswith("recruit ")]
    assert min(3, vacant) == sum(len(one.posts_of(name)) for name in joined)
    level = max(one.oracle.needs(post).get("skill/taser") or 0 for post in one.oracle.open_posts)
    for name in joined:
        one.sheets.people.append({"person_id": name, "name": name, "joined": DAY})
        one.sheets.holdings.append({"person_id": name, "requirement": "skill/taser", "level": level, "achieved": DAY})
        for post in one.posts_of(name):
            one.step_in(name, post)


def open_posts(one: Changed) -> None:
    """Open two posts like another."""
    like, before = one.draw.choice([*one.memory.force.posts]), {*one.memory.force.posts}
    one.apply(open={"posts": 2, "unit": "U0", "like": like})
    row = next(row for row in one.sheets.posts if row["post_id"] == like)
    for post in {*one.memory.force.posts} - before:
        one.sheets.posts.append({**row, "post_id": post, "unit_id": "U0", "places": 1, "opened": DAY, "closed": None})
        asks = [{**ask, "post_id": post} for ask in one.sheets.post_requirements if ask["post_id"] == like]
        one.sheets.post_requirements.extend(asks)


def close(one: Changed) -> None:
    """Close a post, whoever is in it."""
    post = one.draw.choice([*one.memory.force.posts])
    one.apply(close=post)
    next(row for row in one.sheets.posts if row["post_id"] == post)["closed"] = EVE


def train(one: Changed) -> None:
    """Train a person or a unit in a course or a skill."""
    course = one.draw.random() < 0.5
    what, holds = (
        ("course/driving", {"course/driving": None, "skill/search": 2})
        if course
        else ("skill/taser", {"skill/taser": 2})
    )
    people = [one.somebody(in_post=False)] if one.draw.random() < 0.5 else one.oracle.scope("U0")
    before = dict(one.memory.force.people)
    who = people[0] if isinstance(people[0], str) else "U0"
    one.apply(train={"who": who, "course": what, **({} if course else {"level": 2})})
    trained = [name for name, person in one.memory.force.people.items() if person != before[name]]
    assert who == "U0" or {who} >= {*trained}
    for name in trained:
        one.sheets.holdings.extend(
            {"person_id": name, "requirement": need, "level": level, "achieved": DAY} for need, level in holds.items()
        )


def add_need(one: Changed) -> None:
    """Let posts of a rank ask for more."""
    level = one.draw.choice((None, 2))
    if not any(post.rank == "uk/constable" for post in one.memory.force.posts.values()):
        return
    one.apply(add_need={"requirement": "skill/taser", "rank": "uk/constable", **({"level": level} if level else {})})
    for row in one.oracle.open_posts:
        if row["rank"] == "uk/constable":
            one.sheets.post_requirements.append(
                {"post_id": row["post_id"], "requirement": "skill/taser", "level": level, "necessity": "essential"}
            )


def drop_need(one: Changed) -> None:
    """Let no post ask for something."""
    one.apply(drop_need={"requirement": "skill/search"})
    for rows in (one.sheets.needs, one.sheets.post_requirements):
        rows[:] = [row for row in rows if row["requirement"] != "skill/search"]


CHANGES: tuple[Callable[[Changed], None], ...] = (
    *(leave, promote, move, recruit, open_posts, close, train, add_need, drop_need),
)


@pytest.mark.parametrize("seed", SEEDS)
def test_with_no_change_all_is_as_the_questions_answer(graph: Graph, seed: int) -> None:
    """Whole answers of heat-map, vacancies, single-points and minimum-cover, for units, days and ways of counting."""
    put(graph, drawn(seed))
    for unit, day, also in ASKED:
        found: Measures = measures(tables(graph, day, also), unit)
        assert answered(graph, unit, day, also) == dict(found), (unit, day, also)


@pytest.mark.parametrize("seed", SEEDS)
def test_with_changes_all_is_as_the_questions_answer_of_a_force_changed_so(graph: Graph, seed: int) -> None:
    """Six drawn changes, one after another, in memory and in the sheets that are then loaded."""
    draw = random.Random(seed)  # noqa: S311 -- no secret
    sheets = deepcopy(drawn(seed))
    put(graph, sheets)
    before = tables(graph, DAY)
    kept = deepcopy(before)
    recorded = {"skill/taser", "skill/search", "course/driving"}
    names = Names(
        _known(before.people),
        _known(before.above),
        *(str, str, lambda _person, _rank: 0, ", ".join),
        day=DAY,
        steps=STEPS,
        recorded=recorded,
        courses=COURSES,
    )
    one = Changed(ChangedForce(before, names, {}), sheets, draw)
    for change in draw.sample(CHANGES, 6):
        try:
            change(one)
        except (LookupError, UsageError):  # nobody and nothing is left to change, or somebody is changed already
            continue

    put(graph, sheets)
    assert answered(graph, None, DAY) == dict(measures(one.memory.force))
    assert kept == before


def _known(ids: Collection[str]) -> Callable[[str], str]:
    def find(name: str) -> str:
        if name not in ids:
            raise NameUnknownError(name, "unit", [])
        return name

    return find
