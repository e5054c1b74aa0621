"""What is refused before it is written."""

from __future__ import annotations

import pytest

from graph.documents.check import check
from graph.errors import CheckError
from graph.nodes import Body, Gate, Ref, Role
from graph.ontology import Edge, Facts, Statement

A, B = Role(id="role/a", name="A", profile_level=None), Role(id="role/b", name="B", profile_level=None)
BOARD = Body(id="board", name="Board", kind="internal_board")


def said(kind: str, start: Ref, end: Ref) -> Edge:
    """State an edge on line 7."""
    statement = Statement(
        fact=f"fact/{kind}",
        edition="role/a@v1",
        document="d",
        lines="7",
        text="words",
        basis="stated",
        authority="profile",
    )
    return Edge(kind=kind, start=start, end=end, statement=statement)


def problems(nodes: tuple[Role | Body | Gate, ...], *edges: Edge) -> tuple[str, ...]:
    """Return what check finds."""
    try:
        check([Facts(edition="role/a@v1", nodes=nodes, edges=edges)])
    except CheckError as error:
        return error.problems
    return ()


def test_facts_that_hold_together_pass() -> None:
    """A declared relation between nodes that are there is no problem."""
    assert problems((A, BOARD), said("SUPPORTS", A.ref, BOARD.ref)) == ()


@pytest.mark.parametrize("kind", ["COLLABORATES_WITH", "OPEN_TO"])
def test_what_ties_those_who_hold_a_role_to_each_other_passes(kind: str) -> None:
    """A role stands for all who hold it: an inspector works with other inspectors, or applies in another force."""
    assert problems((A,), said(kind, A.ref, A.ref)) == ()


@pytest.mark.parametrize(
    ("nodes", "edge", "expected"),
    [
        (
            (A,),
            said("SUPPORTS", A.ref, BOARD.ref),
            (
                "SUPPORTS 'role/a' -> 'board' (role/a@v1, lines 7): found no Body 'board'; expected it among the "
                "nodes; declare it"
            ),
        ),
        (
            (A, BOARD),
            said("ACCOUNTABLE_FOR", A.ref, BOARD.ref),
            (
                "ACCOUNTABLE_FOR 'role/a' -> 'board' (role/a@v1, lines 7): found Role to Body; expected Role to "
                "Accountability; mend the fact"
            ),
        ),
        (
            (A, BOARD),
            said("BOTHERS", A.ref, BOARD.ref),
            (
                "BOTHERS 'role/a' -> 'board' (role/a@v1, lines 7): found an undeclared relationship; expected one of "
                "graph/ontology.py; declare it"
            ),
        ),
        (
            (A, BOARD),
            Edge(kind="SUPPORTS", start=A.ref, end=BOARD.ref),
            "SUPPORTS 'role/a' -> 'board': expected a statement; mend the fact",
        ),
        (
            (A,),
            said("SUPPORTS", A.ref, A.ref),
            (
                "SUPPORTS 'role/a' -> 'role/a' (role/a@v1, lines 7): found one node at both ends; expected two; "
                "mend the fact"
            ),
        ),
    ],
)
def test_each_fault_is_named_with_its_place(nodes: tuple[Role | Body, ...], edge: Edge, expected: str) -> None:
    """One fault gives one problem that says what was found, what was expected and what to do."""
    assert (expected,) == problems(nodes, edge)


@pytest.mark.parametrize("kind", ["PROMOTES_FROM", "REPORTS_TO"])
def test_a_cycle_is_refused(kind: str) -> None:
    """Two ranks that report to, or are promoted from, one another are a fault."""
    found = problems((A, B), said(kind, A.ref, B.ref), said(kind, B.ref, A.ref))
    assert len(found) == 1
    assert found[0].startswith(f"{kind}: found the cycle role/")


def test_a_gate_without_options_is_refused() -> None:
    """A gate that nothing opens would block in silence."""
    gate = Gate(id="g", name="G", applies_in="uk", source="law", exempt=None)
    expected = ("Gate 'g': found no OPTION; expected at least one; mend the fact",)
    assert expected == problems((A, gate), said("REQUIRES", A.ref, gate.ref))
