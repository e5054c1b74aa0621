"""Small forces drawn by a seed, with gates, for the questions on people; and how they get into a graph."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import cache

from graph.days import LAST_DAY
from graph.session import Graph, Transaction
from tests.builders.force import Force, Row, put
from tests.oracles.gates import Part
from tests.oracles.order import Gate

DAY = "2026-02-28"
AIM, ROLE = "drawn/head-of-shift", "role/drawn-custody"
OTHERS = ("role/drawn-front-office", "mps/commander", "city/commander", "territorial/assistant-chief-constable")
FEEDERS = {"uk/constable", "uk/sergeant"}
STEPS = {AIM: 3}
JUDGED = (
    "experience/chosen-for-promotion-to-inspector-by-the-forces-own-process",
    "experience/shown-to-be-competent-in-the-rank-of-sergeant",
)
_SKILLS = tuple(f"skill/drawn-{letter}" for letter in "abcde")
_COURSES = tuple(f"course/drawn-{letter}" for letter in "xyz")
_KNOWN = ("course/elp", "course/scc")
_RANKS = (*sorted(FEEDERS), *sorted(FEEDERS), "uk/inspector", "mps/commander", "city/commander")
_TARGETS = (*_RANKS, "territorial/deputy-chief-constable", *_KNOWN, *_KNOWN, *_COURSES, *JUDGED)
_AWAY = (-1500, -800, -731, -400, -366, -365, -364, -90, -31, -30, -1, 0, 1, 31, 200, 364, 365, 366, 500, 729, 730, 731)

_ROLES = """UNWIND $rows AS row CREATE (r:Role {id: row.id, name: row.id, digest: '-'})"""
_RANK = """CREATE (r:Role:Rank {id: $id, name: $id, step: $step, ladder: 'drawn', digest: '-'})
WITH r
MATCH (b:Role) WHERE b.id IN $below
CREATE (r)-[e:PROMOTES_FROM]->(b)
SET e = $said, e.fact = r.id + '/' + b.id"""
_GATES = """UNWIND $gates AS g
MATCH (r:Role {id: g.role})
CREATE (r)-[asks:REQUIRES]->(gate:Gate {id: g.id})
SET asks = g.edge, gate.name = g.id, gate.applies_in = 'uk', gate.source = 'policy', gate.after = g.after
WITH g, gate
UNWIND g.options AS o
CREATE (gate)-[opens:OPTION]->(way:Option {id: o.id, name: o.id, number: o.number})
SET opens = g.edge
WITH o, way
UNWIND o.parts AS p
MATCH (need:Role|Requirement {id: p.target})
CREATE (way)-[e:NEEDS]->(need)
SET e = p.edge"""
_SAID = {
    "edition": "drawn-edition",
    "document": "force-document",
    "lines": "1",
    "text": "drawn",
    "authority": "drawn",
    "basis": "stated",
    "valid_from": "2000-01-01",
    "valid_to": LAST_DAY,
}


@dataclass(frozen=True)
class Drawn:
    """A force and the gates of its ranks and roles."""

    force: Force
    gates: tuple[Gate, ...]


def aims(graph: Graph) -> None:
    """Write the ranks and roles that drawn forces speak of beside those of the reference data."""

    def work(transaction: Transaction) -> None:
        transaction.run(_ROLES, {"rows": [{"id": ROLE}, {"id": OTHERS[0]}]})
        transaction.run(_RANK, {"id": AIM, "step": STEPS[AIM], "below": sorted(FEEDERS), "said": {**_SAID, "key": "-"}})

    graph.write(work)


def fill(graph: Graph, drawn: Drawn) -> None:
    """Write a drawn force and its gates into a graph, in the place of the one that was there."""
    put(graph, drawn.force)

    def work(transaction: Transaction) -> None:
        transaction.run("MATCH (o:Option)<-[e:OPTION {edition: 'drawn-edition'}]-() DETACH DELETE o")
        transaction.run("MATCH (g:Gate)<-[e:REQUIRES {edition: 'drawn-edition'}]-() DETACH DELETE g")
        transaction.run(_GATES, {"gates": [_gate(gate) for gate in drawn.gates]})

    graph.write(work)


def _gate(gate: Gate) -> Row:
    edge = {**_SAID, "instance": gate.id, "fact": gate.id, "necessity": "desirable" if gate.desirable else "essential"}
    options = [
        {"id": f"{gate.id}/{number}", "number": number, "parts": [_part(gate, number, part) for part in option]}
        for number, option in enumerate(gate.options, 1)
    ]
    return {"id": gate.id, "role": gate.role, "edge": edge, "options": options, "after": list(gate.after)}


def _part(gate: Gate, number: int, part: Part) -> Row:
    condition = {key: value for key, value in asdict(part).items() if key != "target" and value is not None}
    key = f"{gate.id}/{number}/{part.target}"
    return {"target": part.target, "edge": {**_SAID, "instance": key, "fact": key, **condition}}


@cache
def drawn(seed: int) -> Drawn:
    """Return the force of a seed, not to be changed: a dozen people in four units, days around those that matter."""
    return _Drawer(random.Random(seed)).draw()  # noqa: S311 -- a test, not a secret


def _listed(ids: Iterable[str], kind: str) -> list[Row]:
    return [{"id": one, "name": one, "kind": kind} for one in ids]


class _Drawer:
    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._people = [f"P{number}" for number in range(1, 13)]
        self._posts = [f"Q{number}" for number in range(1, 13)]

    def draw(self) -> Drawn:
        force = Force(
            units=[
                {"unit_id": unit, "name": unit, "parent_id": parent}
                for unit, parent in (("U1", None), ("U2", "U1"), ("U3", "U2"), ("U4", None))
            ],
            posts=[self._post(post) for post in self._posts],
            people=[
                {"person_id": one, "name": f"Person {one[1:]}", **self._period("joined", "left", 9)}
                for one in self._people
            ],
            occupancies=self._unique(self._sitting() for _ in range(18)),
            requirements=[*_listed(_SKILLS, "Skill"), *_listed(_COURSES, "Course")],
            needs=[self._need(role) for role in (AIM, ROLE, *OTHERS, *OTHERS, *OTHERS, *sorted(FEEDERS))],
            post_requirements=self._unique((self._extra() for _ in range(14)), "post_id", "requirement"),
            holdings=self._unique((self._holding() for _ in range(110)), "person_id", "requirement", "achieved"),
            ranks_held=self._unique((self._rank_held() for _ in range(16)), "person_id", "rank", "from"),
            absences=self._unique((self._absence() for _ in range(3)), "person_id", "from"),
            courses=[self._course(one) for one in _COURSES],
            teaches=self._unique((self._teaching() for _ in range(7)), "course", "requirement"),
        )
        return Drawn(force, (self._time(), *(self._gate(number) for number in range(1, 4))))

    def _one(self, among: Iterable[str]) -> str:
        return self._chance.choice(tuple(among))

    def _often(self, times: int) -> bool:
        """Return true all but one time in so many."""
        return self._chance.randrange(times) > 0

    def _unique(self, rows: Iterable[Row], *keys: str) -> list[Row]:
        names = keys or ("person_id", "post_id", "from")
        return list({tuple(row.get(name) for name in names): row for row in rows}.values())

    def _level(self) -> int | None:
        return self._chance.choice([None, 1, 1, 2, 3])

    def _day(self) -> str:
        return (date.fromisoformat(DAY) + timedelta(days=self._chance.choice(_AWAY))).isoformat()

    def _period(self, first: str, last: str, often: int = 4) -> Row:
        begins, ends = sorted((self._day(), self._day()))
        found: Row = {first: begins} if self._often(5) else {}
        return found if self._often(often) and self._often(2) else {**found, last: ends}

    def _post(self, post: str) -> Row:
        kind = self._chance.choice([("rank",), ("rank",), ("role",), ("rank", "role")])
        held = {"rank": self._one(_RANKS), "role": ROLE}
        return {
            "post_id": post,
            "unit_id": self._one(("U1", "U2", "U3", "U4")),
            **{name: held[name] for name in kind},
            **(self._period("opened", "closed") if not self._often(4) else {}),
        }

    def _sitting(self) -> Row:
        basis = self._chance.choice(["substantive", "substantive", "substantive", "acting", "temporary"])
        return {
            "person_id": self._one(self._people),
            "post_id": self._one(self._posts),
            "basis": basis,
            **self._period("from", "to"),
        }

    def _need(self, role: str) -> Row:
        row: Row = {
            "role": role,
            "requirement": self._one((*_SKILLS, *_SKILLS, *_COURSES, *JUDGED)),
            "level": self._level(),
        }
        if not self._often(5):
            row["necessity"] = "desirable"
        if not self._often(6):
            row |= {"valid_from": self._day()}
        return row if self._often(6) else {**row, "valid_to": self._day()}

    def _extra(self) -> Row:
        necessity = "essential" if self._often(4) else "desirable"
        thing = self._one((*_SKILLS, *_SKILLS, *_COURSES, JUDGED[0]))
        return {"post_id": self._one(self._posts), "requirement": thing, "level": self._level(), "necessity": necessity}

    def _holding(self) -> Row:
        thing = self._one((*_SKILLS, *_SKILLS, *_COURSES, *_KNOWN, *JUDGED))
        return {
            "person_id": self._one(self._people),
            "requirement": thing,
            "level": self._level(),
            **self._period("achieved", "expires"),
        }

    def _rank_held(self) -> Row:
        basis = "substantive" if self._often(5) else "temporary"
        return {
            "person_id": self._one(self._people),
            "rank": self._one(_RANKS),
            "basis": basis,
            **self._period("from", "to"),
        }

    def _absence(self) -> Row:
        return {"person_id": self._one(self._people), "kind": "restricted duties", **self._period("from", "to", 3)}

    def _course(self, course: str) -> Row:
        cost, days = self._chance.choice([None, 100.0, 250.0]), self._chance.choice([None, 1.0, 2.5])
        return {
            "id": course,
            "course_id": course[-1],
            "cost": cost,
            "days": days,
            "seats": self._chance.choice([None, 4]),
        }

    def _teaching(self) -> Row:
        return {"course": self._one(_COURSES), "requirement": self._one((*_SKILLS, *_COURSES)), "level": self._level()}

    def _gate(self, number: int) -> Gate:
        options = tuple(
            tuple(
                self._asked(target)
                for target in sorted({self._one(_TARGETS) for _ in range(self._chance.randint(1, 2))})
            )
            for _ in range(self._chance.randint(1, 3))
        )
        role, after = (AIM, ("gate 0",)) if number < 3 else (ROLE, ())
        return Gate(f"gate {number}", role, options, desirable=not self._often(3), after=after)

    def _time(self) -> Gate:
        months = self._chance.choice([6, 12, 24, 30])
        return Gate("gate 0", AIM, ((Part("uk/constable", at_least=True, for_months=months),),))

    def _asked(self, target: str) -> Part:
        asked = self._chance.choice([(), (), ("before",), ("within",), ("within",), ("for",), ("for",)])
        is_rank = not target.startswith(("course/", "experience/"))
        return Part(
            target,
            self._day() if "before" in asked else None,
            at_least=is_rank and self._often(2),
            within_months=self._chance.choice([1, 12, 13, 24]) if "within" in asked else None,
            for_months=self._chance.choice([1, 12, 24, 30]) if "for" in asked else None,
        )
