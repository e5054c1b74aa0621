"""What names in staff files mean in a graph."""

from __future__ import annotations

import pytest

from graph.errors import NameAmbiguousError, NameUnknownError
from graph.staff_nodes import StaffNames
from queries.parameters.staff_names import staff_names
from tests.harness.engines import Engine

pytestmark = pytest.mark.holds("reference", changed=True)

OLD, NEW, NEWER = "cvf-2016/we-analyse-critically", "cvf-2024/we-analyse-critically", "2025-06-01"


def _names(engine: Engine, *, as_of: str = NEWER, force: str | None = None) -> StaffNames:
    with engine.open() as graph:
        return staff_names(graph, as_of=as_of, force=force)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Constable", "uk/constable"),
        ("uk/sergeant", "uk/sergeant"),
        ("acc", "territorial/assistant-chief-constable"),
        ("met ac", "mps/assistant-commissioner"),
        ("PCSO", "role/pcso"),
        ("Special Constable", "role/special-constable"),
    ],
)
def test_a_rank_is_found_by_id_name_or_abbreviation(said: str, expected: str, engine: Engine) -> None:
    """HR lists some roles among the ranks."""
    assert expected == _names(engine).rank(said)


@pytest.mark.parametrize(
    ("said", "expected"), [("Detective Constable", "role/detective-constable"), ("Inspector", "uk/inspector")]
)
def test_a_role_is_found_and_a_rank_is_one(said: str, expected: str, engine: Engine) -> None:
    """The profile of a detective is a role of its own."""
    assert expected == _names(engine).role(said)


def test_a_rank_that_ladders_share_takes_the_force_and_says_so(engine: Engine) -> None:
    """Without one it is not chosen."""
    names = _names(engine, force="city")
    assert "city/commander" == names.rank("Commander")
    assert ["'Commander' is taken as city/commander, as --force or RANKGRAPH_FORCE says"] == names.notes()
    with pytest.raises(NameAmbiguousError):
        _names(engine).rank("Commander")


@pytest.mark.parametrize(("as_of", "expected"), [("2019-01-01", OLD), ("2024-06-01", NEW), (NEWER, NEW)])
def test_a_competency_of_two_frameworks_is_that_of_the_day(as_of: str, expected: str, engine: Engine) -> None:
    """The newer one where both are in force; the choice is said once."""
    names = _names(engine, as_of=as_of)
    assert [expected] * 2 == [names.requirement("We analyse critically") for _ in range(2)]
    [note] = names.notes()
    other = NEW if expected == OLD else OLD
    assert f"'We analyse critically' is taken as {expected}, of the framework in force on {as_of}, not {other}" == note


@pytest.mark.parametrize(
    ("said", "expected"),
    [("scc", "course/scc"), ("Strategic Command Course", "course/scc"), (OLD, OLD), ("course/elp", "course/elp")],
)
def test_a_requirement_is_found_by_id_or_any_of_its_names(said: str, expected: str, engine: Engine) -> None:
    """A course goes by its short name too."""
    assert ([expected], expected) == (_names(engine).candidates(said), _names(engine).requirement(said))


def test_an_unknown_name_comes_with_suggestions_at_first(engine: Engine) -> None:
    """A column of a million unknown names is not compared with all that is known."""
    names = _names(engine)
    told = []
    for number in range(302):
        with pytest.raises(NameUnknownError) as caught:
            names.rank(f"Serjeant {number or ''}".strip())
        told.append(caught.value.suggestions[:1])
    assert (("uk/sergeant (Sergeant)",), ()) == (told[0], told[-1])


def test_levels_of_a_framework_go_up_to_three(engine: Engine) -> None:
    """A course has none."""
    names = _names(engine)
    assert (3, 3, None) == (names.max_levels[OLD], names.max_levels[NEW], names.max_levels["course/scc"])
