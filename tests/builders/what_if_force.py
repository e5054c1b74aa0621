"""A small force for what would change: two constables, and a vacant sergeant's post in each of two units."""

from __future__ import annotations

from tests.builders.force import Force

DAY, EVE = "2026-03-01", "2026-02-28"
TASER, SEARCH = "skill/taser", "skill/search"

FORCE = Force(
    units=[
        {"unit_id": "U0", "name": "Top", "parent_id": None},
        {"unit_id": "U1", "name": "North", "parent_id": "U0"},
        {"unit_id": "U2", "name": "South", "parent_id": "U0"},
    ],
    posts=[
        {"post_id": "N1", "unit_id": "U1", "rank": "uk/constable", "title": "Officer"},
        {"post_id": "N2", "unit_id": "U1", "rank": "uk/constable", "title": "Officer"},
        {"post_id": "A1", "unit_id": "U2", "rank": "uk/sergeant", "title": "Skipper"},
        {"post_id": "Z1", "unit_id": "U1", "rank": "uk/sergeant", "title": "Skipper"},
    ],
    people=[
        {"person_id": "P1", "name": "Person 1"},
        {"person_id": "P2", "name": "Person 2"},
        {"person_id": "P3", "name": "Person 3", "left": "2026-01-31"},
    ],
    occupancies=[
        {"person_id": "P1", "post_id": "N1", "from": "2020-01-01"},
        {"person_id": "P2", "post_id": "N2", "from": "2020-01-01"},
    ],
    requirements=[
        {"id": TASER, "name": "Taser", "kind": "Skill"},
        {"id": SEARCH, "name": "Search", "kind": "Skill"},
    ],
    needs=[
        {"role": "uk/constable", "requirement": TASER, "level": 1},
        {"role": "uk/sergeant", "requirement": SEARCH, "level": None},
    ],
    holdings=[
        {"person_id": "P1", "requirement": TASER, "level": 1},
        {"person_id": "P2", "requirement": TASER, "level": 2},
        {"person_id": "P2", "requirement": SEARCH, "level": None},
    ],
)
"""Two constables in the North, who both hold Taser; a vacant sergeant's post in the North and one in the South."""
