"""The questions on people on small forces made by hand: whole answers."""

from __future__ import annotations

import pytest

from graph.session import Graph
from queries.answers.inquiry import Inquiry
from queries.answers.workforce import on_person
from tests.builders.force import Force
from tests.builders.person_forces import AIM, DAY, ROLE, Drawn, fill
from tests.builders.person_rows import (
    CONSTABLE,
    SERGEANT,
    UNITS,
    A,
    B,
    C,
    D,
    E,
    F,
    Row,
    holds,
    needs,
    people,
    picked,
    posts,
    sits,
    skills,
)
from tests.harness.loaded import TODAY, rows
from tests.oracles.gates import Part
from tests.oracles.order import Gate
from tests.oracles.people import PersonOracle

pytestmark = pytest.mark.holds("what drawn people speak of", changed=True)


def test_a_gap_says_what_is_met_and_until_when_gates_first(graph: Graph) -> None:
    """Done, too low, to open, lapsed and missing, each with the last day on which what is held counts or counted."""
    gate = Gate("exam or programme", AIM, ((Part("course/scc", within_months=12),), (Part("course/elp"),)))
    force = Force(
        people=people("P1", "P2"),
        requirements=skills(A, B, C, D, E, F),
        needs=needs(AIM, a=2, b=2, c=None, d=None, e=1, f=None),
        holdings=[
            holds("P1", "course/scc", "2025-06-30"),
            holds("P1", A, "2020-01-01", "2026-12-31", 3),
            holds("P1", A, "2020-01-02", "2027-03-31", 2),
            holds("P1", B, "2020-01-01", DAY, 1),
            holds("P1", C, "2020-01-01", "2026-02-27", 3),
            holds("P1", D, "2026-03-01"),
            holds("P2", E),
        ],
    )
    fill(graph, Drawn(force, (gate,)))
    found = rows(graph, "person-gap", person="P1", to=AIM, as_of=DAY)

    assert [
        ("gate", "exam or programme", "exam or programme", "done", None, None, "2026-06-30", "force.txt", "1"),
        ("skill", "a", A, "done", 3, 2, "2027-03-31", "force.txt", "1"),
        ("skill", "b", B, "too_low", 1, 2, DAY, "force.txt", "2"),
        ("skill", "c", C, "lapsed", 3, None, "2026-02-27", "force.txt", "3"),
        ("skill", "d", D, "opens", None, None, None, "force.txt", "4"),
        ("skill", "e", E, "missing", None, 1, None, "force.txt", "5"),
        ("skill", "f", F, "not_recorded", None, None, None, "force.txt", "6"),
    ] == picked(found, "kind requirement requirement_id status held_level needed_level until document lines")
    assert [
        ("exam or programme", "drawn", "drawn"),
        *((f"fact/force-edition/{line}", "national profile", f"words of line {line + 1}") for line in range(6)),
    ] == picked(found, "fact authority quote")


def test_a_requirement_asked_for_twice_is_one_row_at_the_higher_level(graph: Graph) -> None:
    """It names the statement that asks for more; what no system records comes only where all is asked for."""
    judged = "experience/shown-to-be-competent-in-the-rank-of-sergeant"
    force = Force(
        people=people("P1"),
        requirements=skills(A, B),
        needs=[
            *needs(AIM, a=1),
            *needs(AIM, a=3),
            {"role": AIM, "requirement": B, "necessity": "desirable"},
            {"role": AIM, "requirement": judged},
        ],
        holdings=[holds("P1", A, level=2)],
    )
    fill(graph, Drawn(force, ()))
    found = {
        every: rows(graph, "person-gap", person="P1", to=AIM, unrecorded=every, desirable=every)
        for every in (None, "true")
    }

    columns = "kind requirement_id status held_level needed_level lines"
    assert [("skill", A, "too_low", 2, 3, "2")] == picked(found[None], columns)
    assert [
        ("experience", judged, "not_recorded", None, None, "4"),
        ("skill", A, "too_low", 2, 3, "2"),
        ("skill", B, "not_recorded", None, None, "3"),
    ] == picked(found["true"], columns)


def test_a_gate_that_nobody_was_recorded_with_is_not_missing(graph: Graph) -> None:
    """What succession calls unknown, person calls not recorded: alone, beside a rank held, or as one of two options."""
    exam, seen = Part("course/elp"), Part("course/scc")
    gates = (
        Gate("alone", AIM, ((exam,),)),
        Gate("beside a course that is lacking", AIM, ((exam, seen),)),
        Gate("beside the rank", AIM, ((exam, Part(SERGEANT)),)),
        Gate("or a course that is lacking", AIM, ((exam,), (seen,))),
        Gate("recorded with others", AIM, ((seen,),)),
    )
    force = Force(
        units=UNITS,
        posts=posts("Q1"),
        people=people("P1", "P2"),
        requirements=skills(A),
        occupancies=[sits("P1", "Q1")],
        holdings=[holds("P2", "course/scc")],
    )
    fill(graph, Drawn(force, gates))
    status = {
        str(row["requirement"]): row["status"] for row in rows(graph, "person-gap", person="P1", to=AIM, as_of=DAY)
    }
    (found,) = rows(graph, "succession", rank=AIM, as_of=DAY)

    assert {"not_recorded": found["unknown"], "missing": found["blocked_by"]} == {
        name: [gate for gate in status if status[gate] == name] for name in ("not_recorded", "missing")
    }
    assert ["alone", "beside the rank", "or a course that is lacking"] == found["unknown"]
    oracle = PersonOracle(force, gates, DAY, steps={}, names={}, also=(), unrecorded=())
    assert set(status.items()) == {row[:2] for row in oracle.person_gap("P1", AIM)}


def test_a_statement_without_a_day_counts_on_every_day(graph: Graph) -> None:
    """An edition whose first day is unknown is no reason to ask for nothing."""
    force = Force(
        people=people("P1"), requirements=skills(A), needs=[{"role": AIM, "requirement": A, "valid_from": None}]
    )
    fill(graph, Drawn(force, ()))
    found = {day: rows(graph, "person-gap", person="P1", to=AIM, as_of=day) for day in (None, TODAY)}

    assert {None: [("not_recorded",)], TODAY: [("not_recorded",)]} == {
        day: picked(one, "status") for day, one in found.items()
    }


def test_posts_of_one_rank_that_follow_each_other_are_one_time_in_it(graph: Graph) -> None:
    """Twenty-four months as sergeant in three posts open the gate; a month between two of them starts it again."""
    gate = Gate("two years", AIM, ((Part(SERGEANT, for_months=24),),))
    force = Force(
        units=UNITS,
        posts=posts("Q1", "Q2", "Q3"),
        people=people("P1", "P2", "P3"),
        requirements=skills(A),
        occupancies=[
            sits("P1", "Q1", "2024-02-28", "2025-01-31"),
            sits("P1", "Q2", "2025-02-01", "2025-06-30"),
            sits("P1", "Q3", "2025-06-01"),
            sits("P2", "Q1", "2024-02-28", "2025-01-31"),
            sits("P2", "Q2", "2025-03-01"),
            sits("P3", "Q3", "2020-01-01", basis="acting"),
        ],
    )
    fill(graph, Drawn(force, (gate,)))
    found = {one: rows(graph, "person-gap", person=one, to=AIM, as_of=DAY) for one in ("P1", "P2", "P3")}
    held = {str(row["person_id"]): row["since"] for row in rows(graph, "succession", rank=AIM, as_of=DAY)}

    assert {"P1": [("done",)], "P2": [("opens",)], "P3": [("missing",)]} == {
        one: picked(gap, "status") for one, gap in found.items()
    }
    assert {"P1": "2024-02-28", "P2": "2025-03-01"} == held
    notes = {one: on_person(Inquiry(graph, DAY), one, AIM, also={}).notes[-1] for one in ("P1", "P2", "P3")}
    assert {"P1": DAY, "P2": "2027-03-01", "P3": "none"} == {one: note.split(": ")[1] for one, note in notes.items()}


def test_what_comes_after_the_promotion_keeps_nobody_from_it(graph: Graph) -> None:
    """Probation in the new rank is no condition of getting there; everything else is."""
    gates = (
        Gate("a year in rank", AIM, ((Part(SERGEANT, for_months=12),),)),
        Gate("probation", AIM, ((Part("course/scc"),),)),
    )
    force = Force(
        units=UNITS,
        posts=posts("Q1", "Q2"),
        people=people("P1", "P2", "P3"),
        requirements=skills(A),
        occupancies=[sits("P1", "Q1"), sits("P2", "Q2", "2025-08-01")],
        holdings=[holds("P3", "course/scc")],
    )
    fill(graph, Drawn(force, gates))

    def found() -> tuple[object, ...]:
        earliest = on_person(Inquiry(graph, DAY), "P1", AIM, also={}).notes[-1].split(": ")[1]
        ready = picked(rows(graph, "succession", rank=AIM, as_of=DAY), "person_id ready earliest blocked_by")
        return earliest, ready, [row["person_id"] for row in rows(graph, "ready-for", to=AIM, as_of=DAY)]

    blocked = [("P1", "no", None, ["probation"]), ("P2", "no", None, ["a year in rank", "probation"])]
    assert ("none", blocked, []) == found()
    graph.write(lambda one: one.run("MATCH (g:Gate {name: 'probation'}) SET g.follows = true"))
    ready = [("P1", "now", DAY, []), ("P2", "12m", "2026-08-01", ["a year in rank"])]
    assert (DAY, ready, ["P1"]) == found()


def test_succession_says_who_is_ready_when_and_what_blocks(graph: Graph) -> None:
    """What counts today is taken as renewed, time in rank goes on, an exam lapses, and nobody is trained."""
    gates = (
        Gate("a year in rank", AIM, ((Part(SERGEANT, for_months=12),),)),
        Gate("exam", AIM, ((Part("course/scc", within_months=24),),)),
    )
    force = Force(
        units=UNITS,
        posts=[*posts(*(f"Q{number}" for number in range(1, 9))), *posts("Q9", rank="uk/inspector")],
        people=people(*(f"P{number}" for number in range(1, 10)), P8=DAY, P9="2026-02-27"),
        requirements=skills(A, B),
        needs=needs(AIM, a=1, b=None),
        occupancies=[
            *(sits(f"P{number}", f"Q{number}") for number in (1, 2, 4, 5, 6, 8, 9)),
            sits("P3", "Q3", "2025-08-01"),
            sits("P7", "Q9"),
            sits("P6", "Q1", basis="acting"),
        ],
        ranks_held=[{"person_id": "P7", "rank": SERGEANT, "from": "2015-01-01"}],
        holdings=[
            *(holds(f"P{number}", "course/scc", "2025-06-30") for number in (1, 2, 3, 4, 5, 7, 8, 9)),
            holds("P6", "course/scc", "2024-06-30"),
            *(holds(f"P{number}", A, level=1) for number in (1, 2, 3, 4, 6, 7, 8, 9)),
            *(holds(f"P{number}", B, expires="2026-03-01") for number in (1, 3, 6, 7, 8, 9)),
            holds("P2", B, "2027-06-30"),
            holds("P4", B, "2026-12-31"),
            holds("P5", A),
        ],
    )
    fill(graph, Drawn(force, gates))
    found = rows(graph, "succession", rank=AIM, as_of=DAY)
    assert [
        ("P1", "now", [], "2020-01-01", SERGEANT, "Q1", "Person 1"),
        ("P6", "now", [], "2020-01-01", SERGEANT, "Q6", "Person 6"),
        ("P8", "now", [], "2020-01-01", SERGEANT, "Q8", "Person 8"),
        ("P4", "12m", ["b"], "2020-01-01", SERGEANT, "Q4", "Person 4"),
        ("P3", "12m", ["a year in rank"], "2025-08-01", SERGEANT, "Q3", "Person 3"),
        ("P2", "no", ["b"], "2020-01-01", SERGEANT, "Q2", "Person 2"),
        ("P5", "no", ["a", "b"], "2020-01-01", SERGEANT, "Q5", "Person 5"),
    ] == picked(found, "person_id ready blocked_by since rank post_id name")


def test_months_end_on_the_day_and_a_unit_holds_those_in_its_posts(graph: Graph) -> None:
    """A ticket that comes twelve or 24 months on is in time, one that comes on the next day is not."""
    comes = {"P1": "2027-02-28", "P2": "2027-03-01", "P3": "2028-02-28", "P4": "2028-02-29"}
    force = Force(
        units=UNITS,
        posts=posts("Q1"),
        people=people(*comes),
        requirements=skills(A),
        needs=needs(AIM, a=None),
        occupancies=[sits("P2", "Q1")],
        holdings=[holds(person, A, day) for person, day in comes.items()],
        ranks_held=[{"person_id": person, "rank": CONSTABLE, "from": None} for person in ("P1", "P3", "P4")],
    )
    fill(graph, Drawn(force, ()))
    found = {unit: rows(graph, "succession", rank=AIM, unit=unit, as_of=DAY) for unit in (None, "U1", "U2")}

    ours = ("P2", "24m", ["a"], "2020-01-01", SERGEANT, "Q1")
    others = [(one, ready, ["a"], None, CONSTABLE, None) for one, ready in (("P1", "12m"), ("P3", "24m"), ("P4", "no"))]
    assert {None: [others[0], ours, *others[1:]], "U1": [ours], "U2": []} == {
        unit: picked(one, "person_id ready blocked_by since rank post_id") for unit, one in found.items()
    }


def test_ready_for_names_who_is_there_and_lacks_nothing(graph: Graph) -> None:
    """Not who is away, has left, is in the role, sits in a closed post or in none, or holds too little."""
    closed: list[Row] = [{"post_id": "Q6", "unit_id": "U1", "rank": SERGEANT, "closed": "2026-02-27"}]
    custody: list[Row] = [{"post_id": "Q4", "unit_id": "U1", "role": ROLE}]
    force = Force(
        units=UNITS,
        posts=[*posts("Q1", "Q2", "Q3", "Q5", "Q7"), *closed, *custody, *posts("Q8", unit="U2", rank=CONSTABLE)],
        people=people(*(f"P{number}" for number in range(1, 10)), P3="2026-02-27"),
        requirements=skills(A),
        needs=needs(ROLE, a=2),
        occupancies=[
            *(sits(f"P{number}", f"Q{number}") for number in range(1, 9)),
            sits("P1", "Q4", basis="acting"),
        ],
        holdings=[
            *(holds(f"P{number}", A, level=2) for number in (1, 2, 3, 4, 6, 8, 9)),
            holds("P5", A, level=1),
            holds("P7", A, expires="2026-02-27", level=3),
        ],
        absences=[{"person_id": "P2", "from": DAY, "to": DAY, "kind": "restricted duties"}],
    )
    fill(graph, Drawn(force, ()))
    found = {unit: rows(graph, "ready-for", to=ROLE, unit=unit, as_of=DAY) for unit in (None, "Unit 2")}

    second = ("P8", "Q8", CONSTABLE, "2020-01-01", "Person 8")
    assert {None: [("P1", "Q1", SERGEANT, "2020-01-01", "Person 1"), second], "Unit 2": [second]} == {
        unit: picked(one, "person_id post_id rank since name") for unit, one in found.items()
    }


def test_lateral_moves_say_how_much_is_asked_for_already(graph: Graph) -> None:
    """Ranks of the step and roles, at the level or above; per cent are rounded down; another step is no move."""
    force = Force(
        requirements=skills(A, B, C),
        needs=[
            *needs("mps/commander", a=2, b=None),
            *needs("city/commander", a=2, b=None),
            *needs("territorial/assistant-chief-constable", a=1, b=1, c=3),
            *needs(ROLE, a=3),
            *needs(AIM, a=2, b=None),
        ],
    )
    fill(graph, Drawn(force, ()))
    found = rows(graph, "lateral-moves", from_="mps/commander", as_of=DAY)

    assert [
        ("Commander", "city/commander", 2, 2, 100, []),
        (
            "Assistant Chief Constable",
            "territorial/assistant-chief-constable",
            1,
            3,
            33,
            ["b (level 1)", "c (level 3)"],
        ),
        (ROLE, ROLE, 0, 1, 0, ["a (level 3)"]),
    ] == picked(found, "role role_id shared needed overlap missing")


def test_training_demand_gives_each_gap_the_cheapest_course_that_reaches_the_level(graph: Graph) -> None:
    """A course asked for teaches itself, one whose cost is unknown comes last, and what nobody teaches is said."""
    x, y, z = "course/x", "course/y", "course/z"
    force = Force(
        units=UNITS,
        posts=[*posts("Q1", "Q2", "Q3", "Q4", "Q5"), *posts("Q6", unit="U2")],
        people=people(*(f"P{number}" for number in range(1, 8))),
        requirements=skills(A, B, x, y, z),
        occupancies=[*(sits(f"P{n}", f"Q{n}") for n in (1, 2, 3, 5, 6)), sits("P7", "Q1", basis="acting")],
        post_requirements=[
            *({"post_id": f"Q{number}", "requirement": A, "level": 2} for number in range(1, 7)),
            {"post_id": "Q1", "requirement": B},
            {"post_id": "Q2", "requirement": z},
            {"post_id": "Q3", "requirement": B, "necessity": "desirable"},
        ],
        holdings=[holds("P3", A, level=2), holds("P2", A, level=1), holds("P4", B), holds("P4", z)],
        absences=[{"person_id": "P5", "from": DAY, "to": None, "kind": "maternity"}],
        courses=[
            {"id": x, "course_id": "X", "cost": 50.0, "days": 1.0, "seats": 9},
            {"id": y, "course_id": "Y", "cost": 80.0, "days": 2.0, "seats": 3},
            {"id": z, "course_id": "Z", "cost": None, "days": None, "seats": None},
        ],
        teaches=[
            {"course": x, "requirement": A, "level": 1},
            {"course": y, "requirement": A, "level": 2},
            {"course": z, "requirement": A, "level": 3},
        ],
    )
    fill(graph, Drawn(force, ()))
    found = {unit: rows(graph, "training-demand", unit=unit, as_of=DAY) for unit in (None, "U2")}

    assert {
        None: [
            ("y", 4, 3, 8.0, 320.0, y, 4, ["a"]),
            ("z", 1, None, None, None, z, 1, ["z"]),
            (None, 2, None, None, None, None, 2, ["b"]),
        ],
        "U2": [("y", 1, 3, 2.0, 80.0, y, 1, ["a"])],
    } == {unit: picked(one, "course people seats days cost course_id gaps requirements") for unit, one in found.items()}
