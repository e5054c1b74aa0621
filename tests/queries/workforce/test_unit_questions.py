"""The questions on units: the Cypher against plain Python on drawn forces, and hand-made cases as whole rows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.session import Graph
from queries.ask import ask
from queries.catalogue import question
from tests.builders.force import SEEDS, Force, Row, put
from tests.builders.unit_forces import KNOWN, drawn, holds, post, small, within
from tests.harness.loaded import TODAY
from tests.oracles.units import COLUMNS, UnitOracle

pytestmark = pytest.mark.holds("what drawn units speak of", changed=True)

ASKED: tuple[tuple[str | None, str | None, tuple[str, ...]], ...] = (
    (None, "2026-02-28", ()),
    ("U0", "2026-03-01", ("desirable", "unrecorded")),
    ("U0", None, ("desirable",)),
    (None, "2025-12-31", ("unrecorded",)),
)
"""Unit, day, and what to count that is left out otherwise."""
DAY, AFTER = "2026-03-01", "2026-03-02"


def answer(graph: Graph, name: str, **said: object) -> list[Row]:
    """Ask a question; what is none is not said."""
    found = question(name)
    assert found is not None
    return ask(graph, found, {key: value for key, value in said.items() if value is not None}).rows


def rows(graph: Graph, name: str, **said: object) -> list[tuple[object, ...]]:
    """Ask a question and return its rows in the order of the columns."""
    return [tuple(row.values()) for row in answer(graph, name, **said)]


def shown(graph: Graph, name: str, *columns: str, **said: object) -> list[tuple[object, ...]]:
    """Ask a question on `DAY` and return some of its columns."""
    places = [COLUMNS[name].split().index(column) for column in columns]
    return [tuple(row[place] for place in places) for row in rows(graph, name, **{"as_of": DAY, **said})]


@pytest.mark.parametrize("name", COLUMNS)
def test_the_columns_are_those_that_the_tests_compare(name: str) -> None:
    """The first of them are promised to users; others follow."""
    found = question(name)
    assert found is not None
    assert tuple(COLUMNS[name].split()) == found.returns


@pytest.mark.parametrize("seed", SEEDS)
def test_a_drawn_force_is_answered_as_by_plain_python(graph: Graph, seed: int) -> None:
    """All rows of all eight questions, in their order, for units, days and ways of counting."""
    force = drawn(seed)
    put(graph, force)
    for unit, day, also in ASKED:
        plain, place = UnitOracle(force, day, TODAY, also=also, known=KNOWN), {"unit": unit, "as_of": day}
        expected = {
            "heat-map": plain.heat_map(unit),
            "single-points": plain.single_points(unit),
            "expiring": plain.expiring(unit, 90),
            "vacancies": plain.vacancies(unit),
            "attributes": plain.attributes(unit),
            "minimum-cover": plain.minimum_cover(unit),
            "establishment": plain.establishment(unit),
            "units": plain.unit_rows(unit),
        }
        actual = {
            **{name: rows(graph, name, **place, **dict.fromkeys(also, True)) for name in ("heat-map", "single-points")},
            "expiring": rows(graph, "expiring", **place, **dict.fromkeys(also, True), days=90),
            **{name: rows(graph, name, **place) for name in (*COLUMNS,)[3:]},
        }
        assert expected == actual, (unit, day, also)
        shallow = rows(graph, "heat-map", **place, **dict.fromkeys(also, True), depth=1)
        assert [row for row in expected["heat-map"] if row[2] <= 1] == shallow  # type: ignore[operator]


def test_the_drawn_forces_have_rows_of_every_kind() -> None:
    """The comparison above is of something: no column is the same throughout."""
    found: dict[str, list[tuple[object, ...]]] = {name: [] for name in COLUMNS}
    for seed in SEEDS:
        plain = UnitOracle(drawn(seed), DAY, TODAY, known=KNOWN)
        first = (plain.heat_map(None), plain.single_points(None), plain.expiring(None, 90), plain.vacancies(None))
        of_posts = (plain.attributes(None), plain.minimum_cover(None), plain.establishment(None))
        answers = (*first, *of_posts, plain.unit_rows(None))
        for name, answer in zip(COLUMNS, answers, strict=True):
            found[name] += answer
    columns = {(name, place): column for name in COLUMNS for place, column in enumerate(COLUMNS[name].split())}
    same = {(name, columns[name, at]) for name, at in columns if len({str(row[at]) for row in found[name]}) < 2}
    assert set() == same


COUNTS = ("unit_id", "level", "need", "have", "have_absent", "short")
AWAY: Row = {"person_id": "P1", "from": DAY, "to": DAY, "kind": "restricted duties"}
CASES: dict[str, tuple[dict[str, list[Row]], list[tuple[object, ...]]]] = {
    "a vacant post is short": ({}, [(2, 1, 0, 0, 1)]),
    "a closed post asks for nothing": ({"posts": [post("T1", "A", closed="2026-02-28")]}, []),
    "the last day of a post is one of its days": ({"posts": [post("T1", "A", closed=DAY)]}, [(2, 1, 0, 0, 1)]),
    "who only acts in it and holds it counts as have": (
        {"occupancies": [within("P1", "T1", "acting")], "holdings": [holds("P1", 2)]},
        [(2, 1, 1, 0, 0)],
    ),
    "a lower level is none": ({"occupancies": [within("P1", "T1")], "holdings": [holds("P1", 1)]}, [(2, 1, 0, 0, 1)]),
    "no level meets no level asked": (
        {"occupancies": [within("P1", "T1")], "holdings": [holds("P1")]},
        [(2, 1, 0, 0, 1)],
    ),
    "a higher level does": ({"occupancies": [within("P1", "T1")], "holdings": [holds("P1", 3)]}, [(2, 1, 1, 0, 0)]),
    "who is on restricted duties is absent": (
        {"occupancies": [within("P1", "T1")], "holdings": [holds("P1", 2)], "absences": [AWAY]},
        [(2, 1, 0, 1, 1)],
    ),
    "one of a job share is enough, and a post counts once": (
        {
            "occupancies": [within("P1", "T1", fte=0.5), within("P2", "T1", fte=0.5), within("P3", "T1", "acting")],
            "holdings": [holds("P1", 2), holds("P2", 2), holds("P3", 2)],
            "absences": [AWAY],
        },
        [(2, 1, 1, 0, 0)],
    ),
    "who left the day before is gone": (
        {
            "people": [{"person_id": "P1", "name": "Person 1", "left": "2026-02-28"}],
            "occupancies": [within("P1", "T1")],
            "holdings": [holds("P1", 2)],
        },
        [(2, 1, 0, 0, 1)],
    ),
    "the day of expiry counts": (
        {"occupancies": [within("P1", "T1")], "holdings": [holds("P1", 2, DAY)]},
        [(2, 1, 1, 0, 0)],
    ),
    "the day after does not": (
        {"occupancies": [within("P1", "T1")], "holdings": [holds("P1", 2, "2026-02-28")]},
        [(2, 1, 0, 0, 1)],
    ),
    "of a rank's level 2 and an extra's 3, 3 is asked for": (
        {
            "post_requirements": [{"post_id": "T1", "requirement": "skill/taser", "level": 3}],
            "occupancies": [within("P1", "T1")],
            "holdings": [holds("P1", 2)],
        },
        [(3, 1, 0, 0, 1)],
    ),
    "of a level and none, the level is asked for": (
        {"post_requirements": [{"post_id": "T1", "requirement": "skill/taser"}]},
        [(2, 1, 0, 0, 1)],
    ),
    "two posts at two levels are two rows": (
        {
            "posts": [post("T1", "A"), post("T2", "A")],
            "post_requirements": [{"post_id": "T2", "requirement": "skill/taser", "level": 3}],
        },
        [(2, 1, 0, 0, 1), (3, 1, 0, 0, 1)],
    ),
    "a need that ended that day is none": (
        {"needs": [{"role": "uk/constable", "requirement": "skill/taser", "valid_to": DAY}]},
        [],
    ),
    "what is desirable is no need": (
        {"needs": [{"role": "uk/constable", "requirement": "skill/taser", "necessity": "desirable"}]},
        [],
    ),
    "what only a person can judge is no need": (
        {"needs": [{"role": "uk/constable", "requirement": "experience/judged"}]},
        [],
    ),
    "a pool of three counts its places, and each who is in it": (
        {
            "posts": [post("T1", "A", places=3)],
            "occupancies": [within("P1", "T1"), within("P2", "T1", "acting"), within("P3", "T1")],
            "holdings": [holds("P1", 2), holds("P2", 2), holds("P3", 1)],
            "absences": [AWAY],
        },
        [(2, 3, 1, 1, 2)],
    ),
    "a pool has no more than its places": (
        {
            "posts": [post("T1", "A", places=2)],
            "occupancies": [within("P1", "T1"), within("P2", "T1"), within("P3", "T1")],
            "holdings": [holds("P1", 2), holds("P2", 2), holds("P3", 2)],
            "absences": [AWAY],
        },
        [(2, 2, 2, 0, 0)],
    ),
    "somebody in two posts counts in both": (
        {
            "posts": [post("T1", "A"), post("T2", "A")],
            "occupancies": [within("P1", "T1", fte=0.5), within("P1", "T2", fte=0.5)],
            "holdings": [holds("P1", 2)],
        },
        [(2, 2, 2, 0, 0)],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_a_post_needs_and_has(graph: Graph, case: str) -> None:
    """One unit with a post or two: whole rows, and the same in the unit above."""
    added, expected = CASES[case]
    put(graph, small(**added))
    found = shown(graph, "heat-map", *COUNTS)
    assert [("F", *row) for row in expected] + [("A", *row) for row in expected] == found


def test_what_nobody_was_ever_recorded_with_is_unknown_and_not_short(graph: Graph) -> None:
    """In a vacant post too; one holding of anybody, at any time, makes it known."""
    asks: list[Row] = [{"post_id": "T1", "requirement": "course/national"}]
    columns = ("unit_id", "requirement_id", "need", "have", "short", "unknown")
    lapsed = holds("P3", None, "2020-12-31") | {"requirement": "course/national"}
    for holdings, counts in (([], (0, 2)), ([lapsed], (2, 0))):
        put(graph, small(posts=[post("T1", "A", places=2)], post_requirements=asks, holdings=holdings))
        rows = (("course/national", 2, 0, *counts), ("skill/taser", 2, 0, 2, 0))
        assert [(unit, *row) for unit in "FA" for row in rows] == shown(graph, "heat-map", *columns)


def test_a_unit_counts_its_own_posts_and_those_of_the_units_within(graph: Graph) -> None:
    """Depth is counted from the unit asked; a unit without posts has no rows."""
    put(graph, small(posts=[post("T1", "A"), post("T2", "A"), post("T3", "F")]))
    columns = ("unit", "unit_id", "depth", "need")
    assert [("Force", "F", 0, 3), ("Unit A", "A", 1, 2)] == shown(graph, "heat-map", *columns)
    assert [("Unit A", "A", 0, 2)] == shown(graph, "heat-map", *columns, unit="unit a")
    assert [] == shown(graph, "heat-map", *columns, unit="B")


def test_the_whole_force_is_all_units_that_are_within_none(graph: Graph) -> None:
    """Two tops stand side by side at depth 0."""
    tops: list[Row] = [{"unit_id": name, "name": name, "parent_id": None} for name in ("X", "Y")]
    put(graph, small(units=tops, posts=[post("T1", "X"), post("T2", "Y")]))
    assert [("X", 0, 1), ("Y", 0, 1)] == shown(graph, "heat-map", "unit_id", "depth", "need")


def test_flags_count_what_is_desirable_and_what_only_a_person_can_judge(graph: Graph) -> None:
    """Each flag adds to what is counted without it."""
    wanted: list[Row] = [
        {"role": "uk/constable", "requirement": "skill/taser", "necessity": "desirable"},
        {"role": "uk/constable", "requirement": "experience/judged"},
    ]
    put(graph, small(needs=wanted))
    flags: tuple[tuple[str, ...], ...] = ((), ("unrecorded",), ("desirable",), ("unrecorded", "desirable"))
    judged, liked = ("experience/judged", 1), ("skill/taser", 1)
    found = [
        shown(graph, "heat-map", "requirement_id", "need", unit="A", **dict.fromkeys(also, True)) for also in flags
    ]
    assert [[], [judged], [liked], [judged, liked]] == found


@pytest.mark.parametrize("seed", SEEDS[:12])
def test_a_person_removed_leaves_the_need_and_never_lessens_the_gap(graph: Graph, seed: int) -> None:
    """Need hangs on posts: whoever leaves, it stays, and short does not fall."""
    force = drawn(seed)
    put(graph, force)
    before = {row[1:6]: row[6:] for row in rows(graph, "heat-map", as_of=DAY)}
    gone = str(force.occupancies[0]["person_id"])
    for name in ("people", "occupancies", "holdings", "absences"):
        setattr(force, name, [row for row in getattr(force, name) if row["person_id"] != gone])
    put(graph, force)
    after = {row[1:6]: row[6:] for row in rows(graph, "heat-map", as_of=DAY)}
    assert {key: row[0] for key, row in before.items()} == {key: row[0] for key, row in after.items()}
    assert [] == [key for key, row in after.items() if row[3] < before[key][3]]  # type: ignore[operator]


def three(*ends: str | None) -> Force:
    """Return three holders in one unit, whose holdings end on these days."""
    names = ("P1", "P2", "P3")
    return small(
        posts=[post(f"T{number}", "A") for number in range(3)],
        occupancies=[within(name, f"T{number}") for number, name in enumerate(names)],
        holdings=[holds(name, 2, end) for name, end in zip(names, ends, strict=True)],
    )


def test_of_three_holders_two_lapse_and_a_single_point_is_left_the_day_after(graph: Graph) -> None:
    """On their last day all three count; on the next one person is left, in the unit and above it."""
    put(graph, three("2026-03-01", "2026-03-01", "2026-09-30"))
    columns = ("unit_id", "requirement_id", "need", "person_id", "expires")
    assert [] == shown(graph, "single-points", *columns)
    expected = [(unit, "skill/taser", 3, "P3", "2026-09-30") for unit in ("F", "A")]
    assert expected == shown(graph, "single-points", *columns, as_of=AFTER)


def test_nobody_left_is_no_single_point(graph: Graph) -> None:
    """What nobody holds is a gap, not a single point."""
    put(graph, three("2026-02-28", "2026-02-28", "2026-02-28"))
    assert [] == shown(graph, "single-points", "person_id")


def test_a_single_point_of_a_unit_may_be_none_of_the_unit_above(graph: Graph) -> None:
    """Each unit has one holder, the force has two; a renewal is the same person, and one too low is none of it."""
    force = small(
        posts=[post("T1", "A"), post("T2", "B")],
        occupancies=[within("P1", "T1"), within("P2", "T2", "temporary"), within("P3", "T2", "acting")],
        holdings=[holds("P1", 2, "2026-06-30"), holds("P1", 1), holds("P2", 2), holds("P2", 3, DAY), holds("P3", 2)],
        absences=[{**AWAY, "person_id": "P3"}],
    )
    put(graph, force)
    found = shown(graph, "single-points", "unit_id", "need", "person_id", "expires")
    assert [("A", 1, "P1", "2026-06-30"), ("B", 1, "P2", None)] == found


def test_what_ends_within_the_days_asked_and_who_is_the_last_to_hold_it(graph: Graph) -> None:
    """The first and last day count; the third lasts longer, so nobody is the last."""
    put(graph, three("2026-03-01", "2026-03-31", "2026-04-01"))
    columns = ("person_id", "expires", "days_left", "post_id", "last_holder")
    expected = [("P1", "2026-03-01", 0, "T0", False), ("P2", "2026-03-31", 30, "T1", False)]
    assert expected == shown(graph, "expiring", *columns, days=30)
    assert [*expected, ("P3", "2026-04-01", 31, "T2", True)] == shown(graph, "expiring", *columns, days=31)


def test_a_holder_in_another_unit_or_absent_does_not_spare_the_last(graph: Graph) -> None:
    """The force has another holder, the unit asked has only one who is away."""
    force = replace(three("2026-03-31", None, None), absences=[{**AWAY, "person_id": "P3"}])
    force.posts[1]["unit_id"] = "B"
    put(graph, force)
    columns = ("person_id", "last_holder")
    assert [("P1", False)] == shown(graph, "expiring", *columns, days=90)
    assert [("P1", True)] == shown(graph, "expiring", *columns, unit="A", days=90)


RENEWALS: dict[str, tuple[list[Row], list[str]]] = {
    "a later one at the same level": ([holds("P1", 2, "2026-08-01")], []),
    "one without end at a higher level": ([holds("P1", 3)], []),
    "a later one at a lower level": ([holds("P1", 1, "2027-08-01")], ["2026-04-01"]),
    "one that is not yet achieved": ([holds("P1", 2, "2027-08-01", achieved="2026-03-02")], ["2026-04-01"]),
    "another that ends soon too": ([holds("P1", 2, "2026-04-30")], ["2026-04-30"]),
}


@pytest.mark.parametrize("case", RENEWALS)
def test_what_is_renewed_does_not_end(graph: Graph, case: str) -> None:
    """Only what counts longer, on the day, at the level or above, takes the place of a holding."""
    more, expected = RENEWALS[case]
    put(graph, small(occupancies=[within("P1", "T1")], holdings=[holds("P1", 2, "2026-04-01"), *more]))
    assert [(day,) for day in expected] == shown(graph, "expiring", "expires", days=90)
