"""The reference data on bodies, courses and instruments."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from loaders.reference.names import BodyEntry, CourseEntry, InstrumentEntry, bodies, courses, instruments

Entries = tuple[BodyEntry, ...] | tuple[CourseEntry, ...] | tuple[InstrumentEntry, ...]
ALL: dict[str, Entries] = {"bodies": bodies(), "courses": courses(), "instruments": instruments()}
BODY_KINDS = {
    "agency",
    "charity",
    "court",
    "elected_body",
    "force",
    "government",
    "government_committee",
    "government_department",
    "health_body",
    "inspectorate",
    "internal_board",
    "internal_group",
    "internal_unit",
    "local_authority",
    "local_policing_body",
    "national_body",
    "network",
    "office",
    "partnership",
    "place",
    "professional_body",
    "public",
    "regulator",
    "staff_association",
    "transport_body",
    "transport_brand",
    "unit",
    "watchdog",
}
TERRITORIAL_FORCES = 43


@pytest.mark.parametrize("name", ALL)
def test_ids_are_unique(name: str) -> None:
    """One id is one thing."""
    assert [] == [one for one, count in Counter(entry.id for entry in ALL[name]).items() if count > 1]


def test_a_short_name_of_a_body_is_one_of_its_names_and_no_other_body_has_it() -> None:
    """It is declared because a body may have had several: HMIC, then HMICFRS."""
    short = {body.id: body.short_name for body in bodies() if body.short_name}
    assert {("mopac", "MOPAC"), ("iopc", "IOPC"), ("cobr", "COBR"), ("hmicfrs", "HMICFRS")} <= short.items()
    assert [] == [
        body.id
        for body in bodies()
        if short.get(body.id, body.name) not in (*body.aliases, *body.contextual, body.name)
    ]
    assert len(short) == len(set(short.values()))


@pytest.mark.parametrize("name", ALL)
def test_no_two_things_share_a_name(name: str) -> None:
    """A name that holds everywhere means one thing."""
    owners: dict[str, set[str]] = {}
    for entry in ALL[name]:
        for alias in entry.aliases:
            owners.setdefault(alias, set()).add(entry.id)
    assert {} == {alias: ids for alias, ids in owners.items() if len(ids) > 1}


@pytest.mark.parametrize("name", ALL)
def test_every_entry_rests_on_a_source_of_a_known_basis(name: str) -> None:
    """What was found has another source than general knowledge."""
    faults = [
        entry.id
        for entry in ALL[name]
        if entry.basis not in {"found", "inferred", "general-knowledge"}
        or (entry.basis == "general-knowledge") != entry.source.startswith("General knowledge")
    ]
    assert [] == faults


def test_bodies_are_of_the_kinds_that_documents_are_annotated_with() -> None:
    """No kind is invented in passing."""
    assert {body.kind for body in bodies()} == BODY_KINDS


def test_every_body_that_another_entry_points_at_exists() -> None:
    """Parts, contexts, providers and owners are bodies."""
    known = {body.id for body in bodies()}
    pointed = {
        *(body.part_of for body in bodies() if body.part_of),
        *(one for body in bodies() for one in body.context),
        *(course.provided_by for course in courses() if course.provided_by),
        *(one.owner for one in instruments() if one.owner),
    }
    assert set() == pointed - known


def test_courses_replace_courses_and_never_themselves() -> None:
    """What replaced what leads to courses, and in no circle."""
    replaced = {course.id: set(course.replaces) for course in courses()}
    reached, before = replaced, dict[str, set[str]]()
    while reached != before:
        before = reached
        reached = {one: old | {old2 for each in old for old2 in reached[each]} for one, old in before.items()}
    assert [] == [one for one, old in reached.items() if one in old]


def test_the_course_for_executive_leaders_took_the_place_of_two() -> None:
    """Both were last held in 2022, before its first cohort of September 2023."""
    by_id = {course.id: course for course in courses()}
    elp = by_id["course/elp"]
    assert (("course/senior-pnac", "course/scc"), "college-of-policing", "2023-09-01", None, {"2023-01-01"}) == (
        elp.replaces,
        elp.provided_by,
        elp.valid_from,
        elp.withdrawn,
        {str(by_id[one].withdrawn) for one in elp.replaces},
    )


def test_programmes_that_one_replaced_are_two() -> None:
    """Training of special constables and in safety has the old and the new, each under its own short name."""
    by_id = {course.id: course for course in courses()}
    pairs = {
        "course/special-constable-learning-programme": ("SCLP", "course/initial-learning-for-special-constables"),
        "course/public-and-personal-safety-training": ("PPST", "course/officer-safety-training"),
    }
    assert {new: (old,) for new, (_, old) in pairs.items()} == {new: by_id[new].replaces for new in pairs}
    assert [] == [new for new, (short, old) in pairs.items() if short in by_id[old].aliases]


def test_days_of_courses_and_codes() -> None:
    """Days are those of the sources; what is paused or was replaced is no longer offered."""
    by_id = {course.id: course for course in courses()}
    expected = {
        "course/ospre-part-1": (None, "2015-04-01"),
        "course/ospre-part-2": (None, "2015-04-01"),
        "course/pcep": ("2024-04-01", None),
        "course/ipldp": (None, "2024-04-01"),
        "course/direct-entry": (None, "2020-07-31"),
        "course/certificate-in-knowledge-of-policing": (None, None),
    }
    assert expected == {one: (by_id[one].valid_from, by_id[one].withdrawn) for one in expected}
    codes = {one.id: one.valid_from for one in instruments() if one.id.startswith("code-of-ethics")}
    assert {"code-of-ethics": None, "code-of-ethics-2014": None, "code-of-ethics-2024": "2024-01-01"} == codes


def test_a_commander_of_firearms_is_no_course() -> None:
    """The words name a function; the course is one in command."""
    names = {alias for course in courses() for alias in course.aliases if "firearms" in alias}
    assert [] == [name for name in names if not name.endswith("course")]


def test_two_names_of_one_course_are_one_by_inference() -> None:
    """The entry says that no source makes them one."""
    course = next(one for one in courses() if one.id == "course/a7-authorising-officer")
    assert "inferred" == course.basis


def test_days_are_full() -> None:
    """A course is withdrawn from a day on."""
    days = [course.withdrawn for course in courses() if course.withdrawn]
    assert [] == [day for day in days if not re.fullmatch(r"\d{4}-\d\d-\d\d", day)]


def test_every_territorial_force_of_england_and_wales_is_known() -> None:
    """Forty-three, beside those of Scotland, Northern Ireland, the islands, other states and the special ones."""
    elsewhere = {
        "police-scotland",
        "psni",
        "btp",
        "mdp",
        "cnc",
        "isle-of-man-constabulary",
        "states-of-jersey-police",
        "guernsey-police",
    }
    at_home = {body.id for body in bodies() if body.kind == "force" and not body.abroad}
    assert TERRITORIAL_FORCES == len(at_home - elsewhere)
