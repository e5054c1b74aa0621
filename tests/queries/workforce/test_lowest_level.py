"""Who is the only one, or the last, to hold something, where posts ask for it at several levels; on every engine."""

from __future__ import annotations

import pytest

from graph.session import Graph
from tests.builders.force import Force, Row, put
from tests.builders.unit_forces import holds, post, small, within
from tests.queries.workforce.test_unit_questions import DAY, shown

pytestmark = pytest.mark.holds("what drawn units speak of", changed=True)

SINGLE = ("unit_id", "need", "person_id", "expires")
LAST = ("person_id", "last_holder")


def asking(levels: tuple[int | None, ...], *held: Row) -> Force:
    """Return posts that ask for taser at these levels, two in unit A and others in B, and two people in A."""
    return small(
        needs=[],
        posts=[post(f"T{number}", "B" if number > 1 else "A") for number in range(len(levels))],
        post_requirements=[
            {"post_id": f"T{number}", "requirement": "skill/taser", "level": level}
            for number, level in enumerate(levels)
        ],
        occupancies=[within("P1", "T0"), within("P2", "T1")],
        holdings=list(held),
    )


CASES: dict[str, tuple[tuple[int | None, int | None], int | None, bool]] = {
    "a level that no post asks for is none": ((2, 2), 1, True),
    "the lowest is enough, whoever sits in the post": ((2, 3), 2, False),
    "the order of the posts does not matter": ((3, 2), 2, False),
    "where a post asks for no level, any holding is enough": ((2, None), None, False),
    "no level is below the lowest": ((2, 1), None, True),
}
"""Levels asked, the level that the second person holds, and whether the first is alone."""


@pytest.mark.parametrize("case", CASES)
def test_a_holder_counts_from_the_lowest_level_that_posts_ask_for(graph: Graph, case: str) -> None:
    """The first holds level 3 for the last day; the second holds less for ever."""
    asked, held, alone = CASES[case]
    put(graph, asking(asked, holds("P1", 3, DAY), holds("P2", held)))
    assert [("A", 2, "P1", DAY)] * alone == shown(graph, "single-points", *SINGLE, unit="A")
    assert [("P1", alone)] == shown(graph, "expiring", *LAST, unit="A", days=90)


def test_the_lowest_level_is_that_of_the_unit_asked(graph: Graph) -> None:
    """A post in B, where nobody sits, asks for less: so the force has two holders, and A by itself one."""
    put(graph, asking((2, 2, 1), holds("P1", 2, DAY), holds("P2", 1)))
    assert [("A", 2, "P1", DAY)] == shown(graph, "single-points", *SINGLE)
    assert [("P1", False)] == shown(graph, "expiring", *LAST, days=90)
    assert [("P1", True)] == shown(graph, "expiring", *LAST, unit="A", days=90)


def test_of_two_levels_that_one_post_asks_for_the_higher_counts(graph: Graph) -> None:
    """A rank's level 1 is none where the post itself asks for 2."""
    force = asking((2, 2), holds("P1", 2, DAY), holds("P2", 1))
    force.needs.append({"role": "uk/constable", "requirement": "skill/taser", "level": 1})
    put(graph, force)
    assert [("A", 2, "P1", DAY)] == shown(graph, "single-points", *SINGLE, unit="A")
    assert [("P1", True)] == shown(graph, "expiring", *LAST, unit="A", days=90)


def test_what_is_too_low_does_not_make_a_single_point_last_longer(graph: Graph) -> None:
    """The only one has level 2 until the day, and level 1 for ever."""
    put(graph, asking((2, 2), holds("P1", 2, DAY), holds("P1", 1)))
    assert [("A", 2, "P1", DAY)] == shown(graph, "single-points", *SINGLE, unit="A")


def test_nobody_at_the_lowest_level_is_no_single_point(graph: Graph) -> None:
    """One holder below every level that is asked for is a gap."""
    put(graph, asking((2, 3), holds("P1", 1)))
    assert [] == shown(graph, "single-points", *SINGLE)
