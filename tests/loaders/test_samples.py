"""The samples are read whole, and show what the demo is to show."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from loaders import read
from loaders.profile import Profile

SAMPLES = {path.name: path for path in (Path(__file__).resolve().parents[2] / "loaders" / "samples").glob("*.txt")}
NAMES = sorted(SAMPLES)


@pytest.fixture(scope="module")
def profiles() -> dict[str, Profile]:
    """Read every sample."""
    return {name: read(path) for name, path in SAMPLES.items()}


EDITIONS = {
    "constable.txt": ("uk/constable", "coded-profile", "v1.9"),
    "inspector.txt": ("uk/inspector", "coded-profile", "v1.9"),
    "met-assistant-commissioner.txt": ("mps/assistant-commissioner", "web-page", "since-2025"),
    "met-commander.txt": ("mps/commander", "coded-profile", "v1.9"),
    "met-commissioner-advert.txt": ("mps/commissioner", "advert", "2022-03"),
    "met-deputy-assistant-commissioner-2021-pack.txt": ("mps/deputy-assistant-commissioner", "pack", "2021-03"),
    "met-deputy-assistant-commissioner.txt": ("mps/deputy-assistant-commissioner", "web-page", "since-2025"),
    "pcso.txt": ("role/pcso", "web-page", "since-2024"),
    "sergeant.txt": ("uk/sergeant", "coded-profile", "v1.9"),
}


def test_every_sample_is_read_as_the_role_family_and_edition_it_is(profiles: dict[str, Profile]) -> None:
    """Role, family and edition of each sample are those it was written for; an undated one has only a mark."""
    found = {
        name: (
            profile.role.id,
            profile.document.format,
            None if profile.edition.startswith("undated-") else profile.edition,
        )
        for name, profile in profiles.items()
    }
    assert found == EDITIONS


OUTSIDE_THE_PROFILE = {"met-deputy-assistant-commissioner-2021-pack.txt": {*range(1, 18), *range(96, 129)}}
"""Lines of a pack that only introduce it, or say how to apply."""


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_leaves_no_line_unread(profiles: dict[str, Profile], name: str) -> None:
    """No line on the role is left over."""
    unread = [item for item in profiles[name].leftovers if item.why != "read in part"]
    left = {line for item in unread for line in range(item.lines[0], item.lines[1] + 1)}
    assert left - OUTSIDE_THE_PROFILE.get(name, set()) == set()


STATEMENTS = {
    # purpose, accountabilities, prose duties, criteria, skills, education, development, learning
    "constable.txt": (2, 5, 0, 0, 3, 3, 3, 0),
    "inspector.txt": (2, 6, 0, 0, 5, 6, 4, 0),
    "met-assistant-commissioner.txt": (2, 6, 0, 0, 4, 7, 3, 1),
    "met-commander.txt": (2, 7, 0, 0, 4, 6, 4, 0),
    "met-commissioner-advert.txt": (0, 0, 3, 4, 0, 0, 0, 0),
    "met-deputy-assistant-commissioner-2021-pack.txt": (1, 5, 0, 0, 2, 5, 2, 0),
    "met-deputy-assistant-commissioner.txt": (2, 6, 0, 0, 5, 7, 3, 1),
    "pcso.txt": (1, 5, 0, 0, 3, 3, 2, 1),
    "sergeant.txt": (2, 6, 0, 0, 4, 5, 5, 0),
}


@pytest.mark.parametrize("name", NAMES)
def test_every_statement_of_a_sample_is_found(profiles: dict[str, Profile], name: str) -> None:
    """As many statements of each kind are read as stand in the sample."""
    profile = profiles[name]
    assert STATEMENTS[name] == (
        len(profile.purpose),
        len(profile.accountabilities),
        len(profile.prose_duties),
        len(profile.criteria),
        len(profile.skills),
        len(profile.education),
        len(profile.development),
        len(profile.learning),
    )


def _levels(profile: Profile) -> dict[str | None, int | None]:
    return {competency.id: competency.level for competency in profile.competencies}


def test_an_inspector_needs_higher_levels_than_a_sergeant(profiles: dict[str, Profile]) -> None:
    """Four of the six competencies are raised from level 1 to 2, two are kept."""
    held, needed = _levels(profiles["sergeant.txt"]), _levels(profiles["inspector.txt"])
    assert Counter({(1, 2): 4, (2, 2): 2}) == Counter((level, needed[name]) for name, level in held.items())


def test_sergeant_and_inspector_share_skills_and_differ_in_others(profiles: dict[str, Profile]) -> None:
    """Two skills are word for word the same."""
    held, needed = ({line.text for line in profiles[name].skills} for name in ("sergeant.txt", "inspector.txt"))
    assert held & needed == {
        "Able to calm heated arguments by talking and listening.",
        "Able to give honest feedback that people can act on.",
    }


@pytest.mark.parametrize(
    ("name", "bodies"),
    [
        ("met-commander.txt", {"mps", "mps-management-board", "mopac", "hmicfrs", "nca", "college-of-policing"}),
        (
            "met-assistant-commissioner.txt",
            {"mps", "mps-management-board", "cobr", "hmicfrs", "nca", "college-of-policing", "iopc"},
        ),
        ("pcso.txt", {"college-of-policing"}),
    ],
)
def test_the_bodies_of_a_sample_are_recognised(profiles: dict[str, Profile], name: str, bodies: set[str]) -> None:
    """Every body that the sample names is found under its id."""
    assert bodies == {body.id for body in profiles[name].bodies}


def test_the_two_editions_of_one_rank_name_the_courses_of_their_day(profiles: dict[str, Profile]) -> None:
    """The older pack asks for PNAC and the command course, the page for either way; the authorising course is one."""
    found = {
        name: {course.id for course in profiles[name].courses}
        for name in ("met-deputy-assistant-commissioner-2021-pack.txt", "met-deputy-assistant-commissioner.txt")
    }
    assert found == {
        "met-deputy-assistant-commissioner-2021-pack.txt": {
            "course/senior-pnac",
            "course/scc",
            "course/a7-authorising-officer",
        },
        "met-deputy-assistant-commissioner.txt": {
            "course/elp",
            "course/senior-pnac",
            "course/scc",
            "course/a7-authorising-officer",
        },
    }


def test_the_pack_has_its_pay_term_and_stages(profiles: dict[str, Profile]) -> None:
    """Three amounts a year, five years, three stages with their days."""
    pack = profiles["met-deputy-assistant-commissioner-2021-pack.txt"]
    assert (
        pack.term_months,
        [(item.amount, item.per) for item in pack.pay],
        [stage.date for stage in pack.stages],
    ) == (
        60,
        [(150000.0, "year"), (2500.0, "year"), (9000.0, "year")],
        ["2021-03-05", "2021-03-12", "2021-03-26"],
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_says_that_it_is_one_and_holds_no_way_to_reach_anybody(name: str) -> None:
    """The first line says so; there is no address of mail or web, and no number that could be dialled."""
    text = SAMPLES[name].read_text(encoding="utf-8")
    assert (
        bool(re.fullmatch(r"This (?:page|profile) has been made up .*", text.split("\n", 1)[0])),
        re.findall(r"\S+@\S+|https?:\S+|www\.\S+|\+?\d[\d ()]{9,}\d", text),
    ) == (True, [])


@pytest.mark.parametrize(
    ("name", "framework", "levels"),
    [
        ("constable.txt", "cvf-2016", {1: 6}),
        ("sergeant.txt", "cvf-2016", {1: 4, 2: 2}),
        ("inspector.txt", "cvf-2016", {2: 6}),
        ("met-commander.txt", "cvf-2016", {3: 6}),
        ("met-deputy-assistant-commissioner-2021-pack.txt", "cvf-2016", {3: 6}),
        ("met-deputy-assistant-commissioner.txt", "cvf-2024", {3: 6}),
        ("met-assistant-commissioner.txt", "cvf-2024", {3: 6}),
        ("pcso.txt", "cvf-2024", {1: 6}),
    ],
)
def test_the_competencies_are_those_of_the_framework_of_their_day(
    profiles: dict[str, Profile], name: str, framework: str, levels: dict[int, int]
) -> None:
    """All six are resolved to one framework, each with its level."""
    found = Counter((item.id or "").split("/")[0] for item in profiles[name].competencies)
    assert (Counter({framework: 6}), Counter(levels)) == (found, Counter(_levels(profiles[name]).values()))
