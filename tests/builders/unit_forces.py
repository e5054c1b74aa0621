"""Small forces for the questions on units, drawn or made by hand, and the roles and requirements that they name."""

from __future__ import annotations

import random
from dataclasses import replace

from graph.session import Transaction
from tests.builders.force import Force, Row

DAYS = ("2025-12-31", "2026-02-01", "2026-02-28", "2026-03-01", "2026-05-30", "2026-12-31")
"""Days that the rows of a drawn force begin and end on: questions ask about some of them."""

ROLES = {"uk/constable": "Rank", "uk/sergeant": "Rank", "role/detective": "", "role/custody": ""}
KNOWN = {"experience/judged": False, "course/national": True}
"""Requirements of documents that no sheet lists, and whether each is recorded."""

_LEVELS = (None, None, 1, 2, 3)


def prepare(transaction: Transaction) -> None:
    """Write the roles, and the requirements of documents, into an empty graph."""
    for label in ("Rank", ""):
        rows = [{"id": name, "name": name} for name, kind in ROLES.items() if kind == label]
        transaction.run(f"UNWIND $rows AS row CREATE (n:Role{label and ':' + label}) SET n = row", {"rows": rows})
    for name, recorded in KNOWN.items():
        props = {"id": name, "name": name, "text": name, "recorded": recorded, "digest": "-"}
        transaction.run(f"CREATE (n:Requirement:{name.partition('/')[0].title()}) SET n = $props", {"props": props})


def drawn(seed: int) -> Force:
    """Return a force of up to seven units, a dozen posts and fifteen people, the same for the same seed."""
    draw = random.Random(seed)  # noqa: S311  (no secret)
    units = [f"U{n}" for n in range(draw.randint(1, 7))]
    posts, people = [f"T{n}" for n in range(12)], [f"P{n:02}" for n in range(15)]
    skills = ["skill/taser", "skill/search", "course/driving"]
    asked = [*skills, *KNOWN]
    recorded = draw.sample(asked, draw.randint(3, len(asked)))
    return Force(
        units=[{"unit_id": unit, "name": f"Unit {unit}", "parent_id": _parent(draw, units, unit)} for unit in units],
        posts=[_post(draw, post, units) for post in posts],
        people=[
            {"person_id": person, "name": f"Person {person}", **_ends(draw, "joined", "left")} for person in people
        ],
        occupancies=[_occupancy(draw, posts, draw.choice(people)) for _ in range(22)],
        requirements=[{"id": name, "name": name, "kind": name.partition("/")[0].title()} for name in skills],
        needs=[_need(draw, role, draw.choice(asked)) for role in ROLES for _ in range(3)],
        post_requirements=_once(
            [{"post_id": draw.choice(posts), "requirement": draw.choice(asked), **_level(draw)} for _ in range(10)],
            ("post_id", "requirement"),
        ),
        cover=_once(
            [
                {"unit_id": draw.choice(units), "requirement": draw.choice(asked), "people": draw.randint(1, 3)}
                | {"level": draw.choice(_LEVELS), "weight": draw.choice((None, 2.0))}
                for _ in range(6)
            ],
            ("unit_id", "requirement"),
        ),
        holdings=[
            {"person_id": draw.choice(people), "requirement": draw.choice(recorded), "level": draw.choice(_LEVELS)}
            | _ends(draw, "achieved", "expires")
            for _ in range(60)
        ],
        absences=[
            {"person_id": person, "kind": f"kind {number}", **_ends(draw, "from", "to")}
            for number, person in enumerate(draw.choices(people, k=4))
        ],
    )


def _once(rows: list[Row], names: tuple[str, ...]) -> list[Row]:
    return list({tuple(row[name] for name in names): row for row in rows}.values())


def _parent(draw: random.Random, units: list[str], unit: str) -> str | None:
    before = units[: units.index(unit)]
    return draw.choice(before) if before and draw.random() < 0.8 else None


def _ends(draw: random.Random, first: str, last: str) -> Row:
    begins, ends = draw.choice((None, None, *DAYS)), draw.choice((None, None, *DAYS))
    if begins is not None and ends is not None and ends < begins:
        begins, ends = ends, begins
    return {first: begins, last: ends}


def _level(draw: random.Random) -> Row:
    return {"level": draw.choice(_LEVELS), "necessity": draw.choice(("essential", "essential", "desirable"))}


def _post(draw: random.Random, post: str, units: list[str]) -> Row:
    rank = draw.choice((None, "uk/constable", "uk/sergeant"))
    role = draw.choice(("role/detective", "role/custody", *(() if rank is None else (None,))))
    fte = draw.choice((1.0, 1.0, 0.6, 0.1))
    row: Row = {"post_id": post, "unit_id": draw.choice(units), "rank": rank, "role": role, "title": f"Post {post}"}
    row["places"] = draw.choice((None, 1, 1, 2, 3))
    row["attributes"] = draw.choice((None, "detective", "detective, firearms", "firearms"))
    return {**row, "fte": fte, **(_ends(draw, "opened", "closed") if draw.random() < 0.4 else {})}


def _occupancy(draw: random.Random, posts: list[str], person: str) -> Row:
    basis = draw.choice(("substantive", "substantive", "acting", "temporary"))
    row: Row = {"person_id": person, "post_id": draw.choice(posts), "basis": basis}
    return {**row, "fte": draw.choice((1.0, 0.5, 0.2)), **_ends(draw, "from", "to")}


def _need(draw: random.Random, role: str, requirement: str) -> Row:
    begins = draw.choice(("2000-01-01", "2000-01-01", None, *DAYS))
    row: Row = {"role": role, "requirement": requirement, **_level(draw), "valid_from": begins}
    return {**row, "valid_to": draw.choice((None, None, *DAYS)), "basis": draw.choice(("stated", "reference"))}


def small(**more: list[Row]) -> Force:
    """Return a force of one unit with two within it, a constable asking for taser at level 2, and what is added.

    Somebody who left held taser long ago, so that it is recorded.
    """
    force = Force(
        units=[
            {"unit_id": "F", "name": "Force", "parent_id": None},
            {"unit_id": "A", "name": "Unit A", "parent_id": "F"},
            {"unit_id": "B", "name": "Unit B", "parent_id": "F"},
        ],
        requirements=[{"id": "skill/taser", "name": "Taser", "kind": "Skill"}],
        needs=[{"role": "uk/constable", "requirement": "skill/taser", "level": 2}],
        posts=[post("T1", "A")],
        people=[{"person_id": name, "name": f"Person {name}"} for name in ("P1", "P2", "P3")],
    )
    force = replace(force, **more)
    gone: Row = {"person_id": "P0", "name": "Person 0", "left": "2000-12-31"}
    long_ago = holds("P0", 1, "2000-12-31", achieved="2000-01-01")
    return replace(force, people=[*force.people, gone], holdings=[*force.holdings, long_ago])


def post(name: str, unit: str, rank: str | None = "uk/constable", **more: object) -> Row:
    """Return a row of posts."""
    return {"post_id": name, "unit_id": unit, "rank": rank, **more}


def within(person: str, post: str, basis: str = "substantive", **more: object) -> Row:
    """Return a row of occupancies."""
    return {"person_id": person, "post_id": post, "basis": basis, **more}


def holds(person: str, level: int | None = None, expires: str | None = None, **more: object) -> Row:
    """Return a row of holdings of taser."""
    return {"person_id": person, "requirement": "skill/taser", "level": level, "expires": expires, **more}
