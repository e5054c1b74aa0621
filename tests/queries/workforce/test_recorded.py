"""What nobody was ever recorded with, and what was judged not met, in the questions on people."""

from __future__ import annotations

import pytest

from graph.session import Graph
from tests.builders.force import Force
from tests.builders.person_forces import AIM, DAY, Drawn, fill
from tests.builders.person_rows import SERGEANT, UNITS, A, holds, people, picked, posts, sits, skills
from tests.harness.loaded import rows
from tests.oracles.gates import Part
from tests.oracles.order import Gate

pytestmark = pytest.mark.holds("what drawn people speak of", changed=True)


@pytest.mark.parametrize("is_recorded", [False, True])
def test_what_nobody_was_ever_recorded_with_makes_no_rank_a_no(graph: Graph, is_recorded: bool) -> None:
    """It is named apart, and of its gate the time in a rank still counts."""
    both = (Part(SERGEANT, for_months=12), Part("course/elp"))
    gates = (Gate("a course", AIM, ((Part("course/scc"),),)), Gate("a year and a course", AIM, (both,)))
    force = Force(
        units=UNITS,
        posts=posts("Q1", "Q2"),
        people=people("P1", "P2", "P3"),
        requirements=skills(A),
        needs=[{"role": AIM, "requirement": A}],
        occupancies=[sits("P1", "Q1"), sits("P2", "Q2", "2025-08-01")],
        holdings=[holds("P3", thing) for thing in (A, "course/scc", "course/elp") if is_recorded],
    )
    fill(graph, Drawn(force, gates))
    ready = picked(rows(graph, "succession", rank=AIM, as_of=DAY), "person_id ready blocked_by unknown earliest")
    every, none = ["a", "a course", "a year and a course"], list[str]()
    late, first = ["a year and a course"], ["a", "a course"]
    known = [("P1", "no", every, none, None), ("P2", "no", every, none, None)]
    assert ready == (
        known if is_recorded else [("P1", "unknown", none, every, None), ("P2", "unknown", late, first, None)]
    )
    assert [] == rows(graph, "ready-for", to=AIM, as_of=DAY)


def test_what_was_judged_not_met_is_missing_until_it_is_met(graph: Graph) -> None:
    """The latest judgement counts, of one day the refusal; what nobody judged is to be judged, and later days wait."""
    judged = "experience/shown-to-be-competent-in-the-rank-of-sergeant"
    days = {
        "P1": ((), ("2025-06-01",)),
        "P2": (("2025-01-01",), ("2025-06-01",)),
        "P3": (("2025-06-01",), ("2025-01-01",)),
        "P4": ((), ()),
        "P5": (("2025-01-01",), ("2026-03-01",)),
        "P6": (("2025-06-01",), ("2025-06-01",)),
        "P7": (("2025-01-01", "2025-09-01"), ("2025-06-01",)),
    }
    force = Force(
        units=UNITS,
        posts=posts(*(f"Q{number}" for number in range(1, 8))),
        people=people(*days),
        requirements=skills(A),
        occupancies=[sits(one, f"Q{one[1]}") for one in days],
        holdings=[holds(one, judged, day) for one, (met, _) in days.items() for day in met],
        not_met=[
            {"person_id": one, "requirement": judged, "judged": day}
            for one, (_, refused) in days.items()
            for day in refused
        ],
    )
    fill(graph, Drawn(force, (Gate("competence", AIM, ((Part(judged),),)),)))

    status = {one: rows(graph, "person-gap", person=one, to=AIM, as_of=DAY)[0]["status"] for one in days}
    expected = dict(zip(days, ("missing", "missing", "done", "to_judge", "done", "missing", "done"), strict=True))
    assert expected == status
    done = [one for one, state in expected.items() if state == "done"]
    assert done == [row["person_id"] for row in rows(graph, "ready-for", to=AIM, as_of=DAY)]
    ready = {row["person_id"]: row["ready"] for row in rows(graph, "succession", rank=AIM, as_of=DAY)}
    assert {one: "now" if one in done else "no" for one in days} == ready
