"""What changes do to the tables of a force: small cases, without an engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from graph.errors import AnswerError, NameUnknownError
from graph.rows import Row
from queries.answers.scenarios.changes import ChangedForce, Names, pay
from queries.answers.scenarios.force import Force
from queries.parameters.scenario import Change

TASER, SEARCH = "skill/taser", "skill/search"
POSTS: list[Row] = [
    {"rank": "pc", "role": None, "needs": [[TASER, 2]], "posts": [["T1", "A", 1, "Team"], ["T2", "A", 2, "Team"]]},
    {"rank": "ps", "role": "custody", "needs": [], "posts": [["T3", "B", 1, None], ["T4", "F", 1, None]]},
]
UNITS: list[Row] = [{"unit_id": one, "parent_id": "F" if one in "AB" else None} for one in "FAB"]
COURSES: list[Row] = [
    {"course_id": course, "requirement_id": need, "level": level, "cost": cost}
    for course, need, level, cost in (
        ("course/one", "course/one", None, 200),
        ("course/one", TASER, 2, 200),
        ("course/low", TASER, 1, 50),
        ("course/dear", TASER, 2, 300),
        ("course/free", SEARCH, None, None),
    )
]


def person(name: str, post: str | None, basis: str | None = "substantive", **more: object) -> Row:
    """Return a row of people-and-holdings."""
    row: Row = {"person_id": name, "post_id": post, "basis": basis if post else None, "fte": 1.0 if post else None}
    return {"present": True, "ranks": ["pc"], "holdings": [], **row, **more}


PEOPLE: list[Row] = [
    person("P1", "T1", holdings=[[TASER, 1]]),
    person("P2", "T2", "acting", ranks=["ps"], fte=0.5),
    person("P3", "T3", ranks=["ps"]),
    person("P4", "T2", present=False),
]


def find(*known: str) -> Mapping[str, str]:
    """Return names that mean themselves; another is unknown."""

    class Known(dict[str, str]):
        def __missing__(self, name: str) -> str:
            raise NameUnknownError(name, "name", [])

    return Known({name: name for name in known})


def changed(
    *changes: dict[str, object],
    people: list[Row] | None = None,
    prices: Mapping[str, float] | None = None,
    known: Sequence[str] = (TASER,),
) -> ChangedForce:
    """Return the force after some changes."""
    force = Force.of(POSTS, PEOPLE if people is None else people, UNITS, [], [*known])
    names = Names(
        find(*force.people).__getitem__,
        find(*force.above).__getitem__,
        *(str, str, lambda _person, _rank: 0, ", ".join),
        day="2026-03-01",
        steps={"pc": 1, "ps": 2},
        recorded={TASER},
        courses=COURSES,
    )
    one = ChangedForce(force, names, prices or {})
    for change in changes:
        one.apply(Change.model_validate(change))
    return one


def held(force: Force, need: str = TASER) -> dict[str, int | None]:
    """Return at what level each holds something."""
    return {name: one.holdings.get(need) for name, one in force.people.items()}


def test_one_post_on_two_bases_is_held() -> None:
    """Whatever the order of the rows, who is in a post substantively as well as for a time holds it."""
    for bases in (("substantive", "temporary"), ("acting", "substantive")):
        force = Force.of(POSTS, [person("P1", "T2", basis, fte=0.5) for basis in bases], UNITS, [], [])
        assert ({"T2": True}, 0.5, 1) == (
            force.people["P1"].posts,
            force.people["P1"].fte,
            force.vacant("T2", {"P1"}),
        )


def test_a_unit_is_trained_where_posts_ask_for_it_and_people_are_there_and_lack_it() -> None:
    """P4 is away, P3 in a post that does not ask; a second time nobody is left to be trained."""
    train: dict[str, object] = {"train": {"who": "F", "course": TASER}}
    one = changed(train, train)
    assert {"P1": 2, "P2": 2, "P3": None, "P4": None} == held(one.force)
    assert [
        "2 people of F whose posts ask for it trained in skill/taser: 200 pounds each",
        "0 people of F whose posts ask for it trained in skill/taser: 200 pounds each",
    ] == one.notes
    assert 400 == one.spent


def test_where_no_post_asks_all_who_are_there_are_trained() -> None:
    """Which is said; what nobody was ever recorded with is known from then on, and nobody is short of it."""
    one = changed({"train": {"who": "B", "course": SEARCH}})
    assert {"P1": None, "P2": None, "P3": 0, "P4": None} == held(one.force, SEARCH)
    assert {TASER, SEARCH} == one.force.known
    assert [
        "1 person of B, where no post asks for it, trained in skill/search: the price is not known",
    ] == one.notes


def test_what_nobody_was_recorded_with_is_noted_where_posts_ask_for_it() -> None:
    """Then others are short of it; of a course that no post asks for nobody is."""
    people = [person("P1", "T1")]
    one = changed({"train": {"who": "P1", "course": "course/one"}}, people=people, known=())
    assert "nobody was ever recorded with skill/taser: others now count as short of it" == one.notes[0]


def test_who_holds_what_a_course_gives_is_not_trained_again() -> None:
    """Though never recorded with the course itself, for which no post asks."""
    people = [person(f"P{level}", "T1", holdings=[[TASER, level]]) for level in (1, 2, 3)]
    one = changed({"train": {"who": "A", "course": "course/one"}}, people=people)
    assert (["P1"], 200) == ([name for name, level in held(one.force, "course/one").items() if level == 0], one.spent)


@pytest.mark.parametrize(
    ("who", "to", "note"),
    [
        ("P1", "T1", "P1 is in the post T1 already"),
        ("P2", "T4", "P2 moves into the post T4"),
        ("P3", "T1", "P3 moves into the post T1, which was full, of a lower rank (pc) than ps"),
    ],
)
def test_a_move_to_the_own_post_or_below_the_own_rank_is_said(who: str, to: str, note: str) -> None:
    """The first is none; who acts in a post can move into it."""
    assert [note] == changed({"move": {"person": who, "to": to}}).notes


def test_training_of_nobody_makes_nothing_known() -> None:
    """As a load without a row would not."""
    assert {TASER} == changed({"train": {"who": "B", "course": SEARCH}}, people=PEOPLE[:2]).force.known


@pytest.mark.parametrize(
    ("course", "level", "prices", "spent"),
    [
        ("course/one", None, {}, 200),
        (TASER, None, {}, 200),
        (TASER, 1, {}, 50),
        (TASER, None, {"course/dear": 100.0}, 100),
        (TASER, None, {"skill/taser": 70.0}, 70),
        (SEARCH, None, {}, 0),
    ],
)
def test_a_seat_costs_what_is_given_or_the_cheapest_course_that_is_enough(
    course: str, level: int | None, prices: dict[str, float], spent: int
) -> None:
    """Of a course that is named its own price counts; a course that teaches too low a level is none."""
    one = changed({"train": {"who": "P3", "course": course, **({"level": level} if level else {})}}, prices=prices)
    assert spent == one.spent


def test_a_course_brings_what_it_teaches_and_itself() -> None:
    """At the levels that it teaches; nobody loses a higher one."""
    people = [person(f"P{level}", "T1", holdings=[[TASER, level]]) for level in (1, 3)]
    drop: dict[str, object] = {"drop_need": {"requirement": TASER}}
    one = changed(drop, {"train": {"who": "A", "course": "course/one"}}, people=people)
    assert {"P1": {TASER: 2, "course/one": 0}, "P3": {TASER: 3, "course/one": 0}} == {
        name: person.holdings for name, person in one.force.people.items()
    }


def test_vacant_posts_close_first() -> None:
    """T4 is vacant; of two with somebody in them the first by its id closes."""
    assert ["1 post closed (T4)"] == changed({"close": {"posts": 1, "rank": "ps"}}).notes
    assert ["2 posts closed (T4, T3); without a post: P3"] == changed({"close": {"rank": "custody"}}).notes
    assert ["1 post closed (T1); without a post: P1"] == changed({"close": {"posts": 1, "unit": "A"}}).notes


def test_a_need_that_no_system_records_is_refused() -> None:
    """It would change nothing, in silence."""
    with pytest.raises(AnswerError, match=r"skill/search is in no system; .* --unrecorded"):
        changed({"add_need": {"requirement": SEARCH}})


def test_what_is_dropped_is_asked_for_no_more_by_posts_that_fit() -> None:
    """By a pattern of their title, in a unit and those below it."""
    one = changed({"drop_need": {"requirement": TASER, "title": "te*", "unit": "F"}})
    assert ["2 posts no longer asked for skill/taser"] == one.notes
    assert set() == {need for post in one.force.posts.values() for need in post.needs}


def test_many_who_leave_are_one_line() -> None:
    """Each is gone from the post held."""
    one = changed({"leave": ["P1", "P3"]})
    assert (["P1, P3 leave"], {"P2", "P4"}) == (one.notes, {*one.force.people})


def test_pay_follows_ranks_and_fte() -> None:
    """P2 works half; who rises costs what the higher rank does, and who leaves or has no rate costs nothing."""
    rates = {"pc": 100.0, "ps": 300.0}
    before = changed()
    names = before._names  # noqa: SLF001 -- the same for all
    after = changed({"promote": {"person": "P1", "rank": "ps"}}, {"leave": "P3"}, {"recruit": {"rank": "pcso"}})
    assert (100 + 150 + 300 + 100, 300 + 150 + 100) == (
        pay(before.force, rates, names),
        pay(after.force, rates, names),
    )


def test_a_force_is_left_as_it_was() -> None:
    """Two scenarios of one force do not know of each other."""
    first, second = changed({"leave": "P1"}, {"close": "T3"}), changed()
    assert ({"P2", "P3", "P4"}, {"P1", "P2", "P3", "P4"}) == ({*first.force.people}, {*second.force.people})
