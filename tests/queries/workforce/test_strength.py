"""Who is in which post: vacancies, establishment and strength, and what is said where no staff files are loaded."""

from __future__ import annotations

import pytest

from graph.errors import NameUnknownError
from graph.session import Graph
from queries.ask import NO_STAFF, ask, find_person
from queries.catalogue import question
from queries.parameters.staff_names import staff_names
from tests.builders.force import Force, Row, put
from tests.builders.unit_forces import KNOWN, drawn, holds, post, small, within
from tests.oracles.units import COLUMNS, UnitOracle
from tests.queries.workforce.test_unit_questions import AFTER, AWAY, DAY, rows, shown

pytestmark = pytest.mark.holds("what drawn units speak of", changed=True)


def test_a_post_without_a_substantive_holder_is_vacant_and_its_cover_is_named(graph: Graph) -> None:
    """Since the day after the last one left it or the force, else since it was opened, else unknown."""
    force = small(
        posts=[
            post("T1", "A", title="Response"),
            post("T2", "A", None, role="role/custody"),
            post("T3", "B", "uk/sergeant", role="role/detective", opened="2026-01-05", fte=0.5),
            post("T4", "B"),
            post("T5", "B", closed="2026-02-28"),
        ],
        people=[
            {"person_id": "P1", "name": "Person 1"},
            {"person_id": "P2", "name": "Person 2", "left": "2026-01-31"},
            {"person_id": "P3", "name": "Person 3"},
        ],
        occupancies=[
            within("P1", "T1", to="2025-12-31"),
            within("P2", "T1"),
            within("P3", "T1", "acting"),
            within("P1", "T1", "temporary"),
            within("P1", "T4", to=DAY),
            within("P3", "T4", to=DAY),
        ],
    )
    put(graph, force)
    expected = [
        ("A", "T1", "uk/constable", "Response", "2026-02-01", ["P1", "P3"], "Unit A", None, 1.0, 1),
        ("A", "T2", "role/custody", None, None, [], "Unit A", "role/custody", 1.0, 1),
        ("B", "T3", "uk/sergeant", None, "2026-01-05", [], "Unit B", "role/detective", 0.5, 1),
    ]
    assert expected == rows(graph, "vacancies", as_of=DAY)
    assert expected[2:] == rows(graph, "vacancies", unit="B", as_of=DAY)
    assert ("B", "T4", "2026-03-02") in shown(graph, "vacancies", "unit_id", "post_id", "vacant_since", as_of=AFTER)


def test_establishment_is_set_against_who_holds_the_posts_substantively(graph: Graph) -> None:
    """A unit counts its own posts; a job share is two heads, somebody in two posts one, and no sum is off by a hair."""
    force = small(
        posts=[post("T1", "A"), post("T2", "A", fte=0.7), post("T3", "A", "uk/sergeant"), post("T4", "F", fte=0.1)],
        occupancies=[
            within("P1", "T1", fte=0.4),
            within("P2", "T1", fte=0.3),
            within("P1", "T2", fte=0.4),
            within("P3", "T2", "acting"),
            within("P3", "T3", fte=1.2),
        ],
        absences=[AWAY],
    )
    put(graph, force)
    assert [
        ("F", "uk/constable", 1, 0.1, 0, 0, 0.1, "Force", 0),
        ("A", "uk/constable", 2, 1.7, 2, 1.1, 0.6, "Unit A", 1),
        ("A", "uk/sergeant", 1, 1.0, 1, 1.2, -0.2, "Unit A", 1),
    ] == rows(graph, "establishment", as_of=DAY)


@pytest.mark.parametrize("basis", ["temporary", "acting"])
@pytest.mark.parametrize(
    ("more", "counted"),
    [
        ([], {"T1": 1, "T2": 0}),
        ([within("P1", "T2")], {"T1": 0, "T2": 1}),
        ([within("P1", "T2", to="2026-02-28")], {"T1": 1, "T2": 0}),
        ([within("P1", "T2", "acting")], {"T1": 1, "T2": 1}),
        ([within("P1", "T3")], {"T1": 1, "T2": 0}),
        ([within("P2", "T2")], {"T1": 1, "T2": 1}),
    ],
)
def test_who_holds_no_post_substantively_counts_where_they_are(
    graph: Graph, basis: str, more: list[Row], counted: dict[str, int]
) -> None:
    """Nobody of the force counts nowhere, and who holds a post counts in that one alone; what they hold is had once."""
    posts = [post("T1", "A"), post("T2", "B", "uk/sergeant"), post("T3", "B", closed="2026-01-31")]
    put(graph, small(posts=posts, occupancies=[within("P1", "T1", basis), *more], holdings=[holds("P1", 2)]))
    strength = shown(graph, "establishment", "unit_id", "heads", "strength_fte", "vacant_fte")
    assert [("A" if one == "T1" else "B", heads, heads, 1 - heads) for one, heads in counted.items()] == strength
    vacant = [(one,) for one, heads in counted.items() if not heads]
    assert vacant == shown(graph, "vacancies", "post_id")
    assert [(1, 1, 0)] * 2 == shown(graph, "heat-map", "need", "have", "short")


@pytest.mark.parametrize("attribute", ["detective", "Firearms"])
@pytest.mark.parametrize("seed", range(8))
def test_posts_with_an_attribute_are_counted_apart(graph: Graph, seed: int, attribute: str) -> None:
    """A detective is a constable, and can be told apart, as by plain Python."""
    force = drawn(seed)
    put(graph, force)
    oracle = UnitOracle(force, DAY, DAY, known=KNOWN)
    asked = {"as_of": DAY, "attribute": attribute}
    assert oracle.establishment(None, attribute.casefold()) == rows(graph, "establishment", **asked)
    assert oracle.vacancies("U0", attribute.casefold()) == rows(graph, "vacancies", unit="U0", **asked)


def test_an_attribute_that_no_post_is_marked_with_is_an_error(graph: Graph) -> None:
    """With the nearest of those that are there."""
    put(graph, small(posts=[post("T1", "A", attributes="detective, pip 2"), post("T2", "A")]))
    with pytest.raises(NameUnknownError) as error:
        rows(graph, "vacancies", attribute="detectives", as_of=DAY)
    assert "detective" in str(error.value)


def test_what_is_short_and_matters_most_comes_first(graph: Graph) -> None:
    """Of minimum cover: the weight orders what is short, and what is not short behind it."""
    needs = ("a", "b", "c", "d")
    cover: list[Row] = [
        {"unit_id": "A", "requirement": f"skill/{one}", "people": people, "weight": weight}
        for one, people, weight in zip(needs, (1, 1, 1, 2), (1.0, 5.0, 9.0, None), strict=True)
    ]
    requirements: list[Row] = [{"id": f"skill/{one}", "name": one, "kind": "Skill"} for one in ("taser", *needs)]
    held: list[Row] = [{"person_id": "P2", "requirement": f"skill/{one}"} for one in needs]
    held.append({"person_id": "P1", "requirement": "skill/c"})
    put(graph, small(requirements=requirements, cover=cover, holdings=held, occupancies=[within("P1", "T1")]))
    assert ["b", "a", "d", "c"] == [row[0] for row in shown(graph, "minimum-cover", "requirement")]


def test_staff_files_are_read_with_what_the_graph_knows_as_asked_for_and_recorded(graph: Graph) -> None:
    """By ranks, and by posts and units themselves; what only a person can judge is no file's to record."""
    needs: list[Row] = [
        {"role": "uk/constable", "requirement": "skill/taser", "basis": "stated"},
        {"role": "uk/sergeant", "requirement": "experience/judged", "basis": "stated"},
    ]
    asked: list[Row] = [{"post_id": "T1", "requirement": "course/national"}]
    put(graph, small(needs=needs, post_requirements=asked))
    names = staff_names(graph)
    found = {one: list(by) for one, by in names.asked.items() if by}
    assert {"skill/taser": ["uk/constable"], "course/national": [""]} == found
    assert {"skill/taser"} == names.recorded


@pytest.mark.parametrize("name", COLUMNS)
def test_a_graph_without_staff_answers_nothing(graph: Graph, name: str) -> None:
    """No unit, no row, and no fault; it is said that nothing is loaded, and not that nothing is short."""
    put(graph, Force())
    found = question(name)
    assert found is not None
    reply = ask(graph, found, {"as_of": DAY})
    assert ([], [f"no rows: {NO_STAFF}"]) == (reply.rows, reply.notes)


def test_with_staff_no_rows_have_the_meaning_of_the_question(graph: Graph) -> None:
    """Where every post is held, that is said."""
    put(graph, small(occupancies=[within("P1", "T1")]))
    found = question("vacancies")
    assert found is not None
    assert [f"no rows: {found.no_rows}"] == ask(graph, found, {"as_of": DAY}).notes


@pytest.mark.parametrize(
    ("given", "hints"),
    [
        ("264", ["000264", "0264", "PC 264"]),
        ("PS 0264", ["000264", "0264", "PC 264"]),
        ("00264", ["000264", "0264", "PC 264"]),
        ("64", []),
        ("1264", []),
        ("Lee", []),
        ("p77", ["P0077"]),
    ],
)
def test_a_number_without_its_zeros_or_letters_hints_at_those_that_have_them(
    graph: Graph, given: str, hints: list[str]
) -> None:
    """It is never taken for one of them."""
    ids = ("0264", "000264", "PC 264", "12264", "P0077")
    put(graph, small(people=[{"person_id": one, "name": f"Person {one}"} for one in ids]))
    with pytest.raises(NameUnknownError) as error:
        find_person(graph, given)
    assert hints == list(error.value.suggestions)
