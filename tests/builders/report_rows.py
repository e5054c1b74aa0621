"""A report in memory, as it is gathered, for tests of what is made of it; one name is a formula."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from queries.answers.skills_gap import totals
from queries.answers.skills_gap.facts import Critical, Load, Quality, Report, Rows

FORMULA = "=cmd|' /C calc'!A0"
PEOPLE = tuple(f"HR-{number:04}" for number in range(60))
"""Numbers of the people in it; the name of each is Person and the number."""

_REQUIREMENTS = (
    *("Taser", "Response driving", "Public order", "Method of entry", "First aid", "Search", FORMULA, "Firearms"),
    *("Investigation", "Interviewing", "Negotiation", "Radio and control room procedures for major incidents"),
)
_RANKS = (("uk/chief-superintendent", "Chief Superintendent"), ("uk/inspector", "Inspector"), ("uk/constable", "PC"))
_DAY = "2027-04-01"
_Source = random.Random


def report(teams: int = 6) -> Report:
    """Return a report on a unit with so many teams, the same each time."""
    source = random.Random(teams)  # noqa: S311 -- no secret
    units = _units(teams)
    heat = _heat(units, source)
    establishment = _establishment(units, source)
    expiring = _people(30, lambda number: _expiring(number, source))
    critical = _critical()
    succession = _people(12, _candidate)
    single = tuple(
        {**_named(row), "need": row["need"], "person_id": PEOPLE[place], "name": _name(place), "expires": "2027-06-30"}
        for place, row in enumerate(heat[:20])
    )
    return Report(
        unit_id=None,
        unit="Frontline <Policing> & co",
        day=_DAY,
        made="2027-03-20",
        audience="named",
        units=units,
        editions=_editions(),
        reference=("reference@2",),
        load=Load("done", ("people.csv", "posts.csv"), "0123456789abcdef" * 4, "2027-03-19", None, 400, 3),
        strength=totals.strength(establishment),
        establishment=establishment,
        vacancies=_vacancies(),
        heat_map=heat,
        single=totals.single(single, heat),
        single_points=single,
        expiries=totals.expiries(expiring),
        expiring=expiring,
        readiness=totals.readiness(critical, succession, {"uk/chief-superintendent": ("Chief Superintendent", 2)}),
        blockers=totals.blockers(critical, succession),
        critical_posts=critical,
        critical_ranks=Critical(("Chief Superintendent",), high=True),
        succession=succession,
        training=_training(),
        quality=_quality(heat),
        **_first_page(heat, expiring),
    )


def _first_page(heat: Rows, expiring: Rows) -> dict[str, Any]:
    first = heat[0]["requirement_id"]
    return {
        "seats": ({"course_id": "course/c1", "requirement_id": first, "level": 3, "cost": 250.0},),
        "weights": {str(first): 3.0},
        "ahead": ({"name": "Taser", "kind": "ticket", "established": 30, "now": 25, "in_12m": 10, **_LATER},),
        "years": tuple(
            _year(rank, people, year) for rank, people in zip(_RANKS, (3, 30, 90), strict=True) for year in range(5)
        ),
        "ends": totals.ends_by_month(totals.expiries(expiring), _DAY),
        "assumed": "assumed: leavers (plan.yaml)",
        "pay": {"uk/constable": 48_000.0},
        "marking": "OFFICIAL",
    }


_LATER = {"later": "2028-04-01", "assumptions": ["leavers"]}


def _year(rank: tuple[str, str], people: int, year: int) -> dict[str, object]:
    names = {"id": rank[0], "rank": rank[1], "day": f"{2027 + year}-04-01", "established": people + 10}
    return {**names, "low": people - 8 * year, "central": people - 6 * year, "high": people - 2 * year}


def _quality(heat: Rows) -> Quality:
    role = {"role_id": "role/x", "role": "Role X", "posts": 3, "problem": "none"}
    return Quality((role,), (), heat[:1], 2, 3, 4, _people(4, lambda _: {}))


def _people(many: int, made: Callable[[int], dict[str, object]]) -> Rows:
    return tuple({**made(number), "person_id": PEOPLE[number], "name": _name(number)} for number in range(many))


def _name(number: int) -> str:
    return FORMULA if number == 0 else f"Person {PEOPLE[number]}"


def _units(teams: int) -> Rows:
    whole = {"unit_id": "front", "unit": "Frontline <Policing> & co", "parent_id": None, "depth": 0}
    team = {"parent_id": "front", "depth": 1}
    return (whole, *({"unit_id": f"t{number}", "unit": f"Team {number}", **team} for number in range(teams)))


def _heat(units: Rows, source: _Source) -> Rows:
    found = []
    for name in _REQUIREMENTS:
        own = {str(row["unit_id"]): _numbers(source) for row in units}
        whole = tuple(sum(part) for part in zip(*own.values(), strict=True))
        for row in units:
            need, have, away = whole if row["depth"] == 0 else own[str(row["unit_id"])]
            if need:
                counts = {"need": need, "have": have, "have_absent": away, "short": need - have}
                found.append({**row, **_requirement(name), **counts})
    return tuple(found)


def _requirement(name: str) -> dict[str, object]:
    return {"requirement": name, "requirement_id": f"skill/{name}", "level": 2 if name == "Public order" else None}


def _numbers(source: _Source) -> tuple[int, int, int]:
    need = source.choice((0, 2, 8, 15, 40))
    have = source.choice((0, need, source.randint(0, need), source.randint(0, need)))
    return need, have, min(need - have, source.choice((0, 0, 0, 2)))


def _named(row: object) -> dict[str, object]:
    assert isinstance(row, dict)
    return {name: row[name] for name in ("unit", "unit_id", "requirement", "requirement_id")}


def _establishment(units: Rows, source: _Source) -> Rows:
    found: list[dict[str, object]] = []
    for unit in units:
        for rank, posts in zip(_RANKS, (1, 6, source.choice((12, 40))), strict=True):
            vacant = source.choice((0, 0, 1, 2)) if posts > 1 else 0
            names = {"unit_id": unit["unit_id"], "unit": unit["unit"], "rank_id": rank[0], "rank": rank[1]}
            fte = {"established_fte": float(posts), "strength_fte": posts - vacant - 0.5, "vacant_fte": vacant + 0.5}
            found.append({**names, "posts": posts, "vacant": vacant, "heads": posts - vacant, **fte})
    return tuple(found)


def _vacancies() -> Rows:
    row = {"unit_id": "t1", "unit": "Team 1", "rank": "Inspector", "title": "Custody", "vacant_since": "2027-01-31"}
    return (
        {
            **row,
            "rank_id": "uk/inspector",
            "post_id": "POST-9",
            "fte": 1.0,
            "vacant": 1,
            "covered_by": [f"{PEOPLE[3]} {_name(3)}"],
        },
    )


def _expiring(number: int, source: _Source) -> dict[str, object]:
    name, days = _REQUIREMENTS[number % 3], source.randint(0, 90)
    what = {"requirement": name, "requirement_id": f"skill/{name}", "expires": "2027-05-01", "days_left": days}
    return {**what, "post_id": f"POST-{number}", "last_holder": number % 7 == 0}


def _critical() -> Rows:
    names = {"unit_id": "front", "unit": "Frontline <Policing> & co", "title": "Commander"}
    rank = {"rank_id": "uk/chief-superintendent", "rank": "Chief Superintendent"}
    return ({**names, **rank, "post_id": "POST-70", "state": "vacant", "people": 0},)


def _candidate(number: int) -> dict[str, object]:
    ready = ("now", "12m", "no")[number % 3]
    blocked = [] if ready == "now" else ["Strategic command"]
    rank = {
        "for_rank": "uk/chief-superintendent",
        "ready": ready,
        "blocked_by": blocked,
        "since": "2024-02-29",
        "earliest": "2026-05-01",
        "unknown": [],
    }
    return {**rank, "rank": "uk/superintendent", "post_id": f"POST-{number + 40}"}


def _editions() -> Rows:
    row = {"role_id": "uk/inspector", "role": "Inspector", "edition": "uk/inspector@v1", "source_kind": "profile"}
    told = {"authority": "national profile", "document": "inspector.txt", "published": None, "valid_from": "2024-01-01"}
    return ({**row, **told},)


def _training() -> Rows:
    return (
        {"course": "Taser course", "people": 12, "seats": 10, "days": 36.0, "cost": 4800.5},
        {"course": "Search course", "people": 3, "seats": None, "days": 6.0, "cost": 600.0},
        {"course": None, "people": 7, "seats": None, "days": None, "cost": None},
    )
