"""Rows of staff files on a few people, by hand."""

from __future__ import annotations

A, B, C, D, E, F = (f"skill/{letter}" for letter in "abcdef")
SERGEANT, CONSTABLE = "uk/sergeant", "uk/constable"
Row = dict[str, object]


def people(*ids: str, **days: str) -> list[Row]:
    """Return people of whom nothing is known but their ids, and the last day of some."""
    return [{"person_id": one, "name": f"Person {one[1:]}", "left": days.get(one)} for one in ids]


def skills(*ids: str) -> list[Row]:
    """Return what the force lists as its own."""
    return [{"id": one, "name": one[-1], "kind": "Course" if one.startswith("course/") else "Skill"} for one in ids]


def needs(role: str, **levels: int | None) -> list[Row]:
    """Return what a role asks for."""
    return [{"role": role, "requirement": f"skill/{name}", "level": level} for name, level in levels.items()]


def holds(
    person: str, thing: str, achieved: str | None = None, expires: str | None = None, level: int | None = None
) -> Row:
    """Return what a person holds."""
    return {"person_id": person, "requirement": thing, "level": level, "achieved": achieved, "expires": expires}


def sits(
    person: str, post: str, begins: str | None = "2020-01-01", ends: str | None = None, basis: str = "substantive"
) -> Row:
    """Return that a person is in a post."""
    return {"person_id": person, "post_id": post, "from": begins, "to": ends, "basis": basis}


def posts(*ids: str, unit: str = "U1", rank: str = SERGEANT) -> list[Row]:
    """Return open posts."""
    return [{"post_id": one, "unit_id": unit, "rank": rank} for one in ids]


UNITS: list[Row] = [{"unit_id": "U1", "name": "Unit 1"}, {"unit_id": "U2", "name": "Unit 2", "parent_id": "U1"}]


def picked(found: list[Row], columns: str) -> list[tuple[object, ...]]:
    """Return some columns, row by row."""
    return [tuple(row[name] for name in columns.split()) for row in found]
