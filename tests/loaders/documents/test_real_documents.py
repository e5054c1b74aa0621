"""The five real documents are read as their annotation says."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from loaders import read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loaders.profile import Profile, Statement

SHARED = Path(__file__).resolve().parents[3].parent / "shared"
GOLD = SHARED / "gold" / "seeds.json"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not GOLD.exists(), reason=f"the real documents are not at {SHARED}"),
]
NUMBERS = ("000", "001", "002", "003", "004")
COUNTS = {
    "accountabilities": (12, 12, 14, 16, 0),
    "skills": (4, 12, 9, 10, 0),
    "education": (12, 11, 11, 11, 0),
    "development": (14, 15, 13, 13, 0),
    "learning": (2, 2, 0, 0, 0),
    "purpose": (3, 5, 4, 6, 0),
    "criteria": (0, 0, 0, 0, 10),
    "prose_duties": (0, 0, 0, 0, 9),
    "competencies": (0, 0, 0, 6, 0),
    "clusters": (0, 0, 3, 3, 0),
    "values": (0, 0, 0, 4, 0),
    "pay": (0, 0, 0, 10, 0),
    "stages": (0, 0, 0, 4, 1),
}
LISTS = {
    "accountabilities": "accountabilities",
    "skills": "skills",
    "education": "education_experience",
    "development": "cpd",
    "learning": "learning_and_accreditation",
    "criteria": "selection_criteria",
}


@cache
def gold(number: str) -> dict[str, Any]:
    """Return the annotation of a document."""
    documents = json.loads(GOLD.read_text(encoding="utf-8"))["documents"]
    return next(one for one in documents if one["document"].startswith(number))


@cache
def profile(number: str) -> Profile:
    """Return what is read of a document."""
    return read(SHARED / "profiles" / gold(number)["document"])


def starts(statements: Iterable[Statement]) -> list[tuple[int, str]]:
    """Return the first line and the first eight words of each statement."""
    return [(one.lines[0], " ".join(one.text.split()[:8])) for one in statements]


@pytest.mark.parametrize("field", COUNTS)
def test_counts_are_those_of_the_annotation(field: str) -> None:
    """Every field has as many statements as the annotation says."""
    assert COUNTS[field] == tuple(len(getattr(profile(number), field)) for number in NUMBERS)


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("field", LISTS)
def test_list_items_stand_on_the_lines_annotated(number: str, field: str) -> None:
    """Each item of a list has the line and the first words of the annotation."""
    said = gold(number).get(LISTS[field]) or {}
    expected = list(zip(said.get("lines", ()), said.get("first8", ()), strict=True))
    assert expected == starts(getattr(profile(number), field))


@pytest.mark.parametrize("number", NUMBERS[:4])
def test_purpose_paragraphs_stand_on_the_lines_annotated(number: str) -> None:
    """A paragraph of the purpose begins where the annotation says, and ends with its last nested item."""
    begins = gold(number)["purpose_paragraph_lines"]
    nested = gold(number)["purpose_nested_bullets"]["lines"]
    expected = [(line, max([line, *(n for n in nested if line < n < after)])) for line, after in _pairs(begins)]
    assert expected == [one.lines for one in profile(number).purpose]


def _pairs(begins: list[int]) -> list[tuple[int, int]]:
    return list(zip(begins, [*begins[1:], 10_000], strict=True))


def test_competencies_have_level_cluster_and_description() -> None:
    """The six competencies of the pack bear their level, their cluster and the lines that describe them."""
    described = [one["description_lines"] for one in gold("003")["competency_description_headings"]]
    expected = [
        (one["name"], one["level"], one["line"], one["cluster"], tuple(lines))
        for one, lines in zip(gold("003")["competencies"], described, strict=True)
    ]
    found = [(c.text, c.level, c.lines[0], c.cluster, c.description_lines) for c in profile("003").competencies]
    assert expected == found


@pytest.mark.parametrize("number", ["002", "003"])
def test_clusters_stand_on_the_lines_annotated(number: str) -> None:
    """Cluster headings are kept, with or without competencies below them."""
    expected = list(zip(gold(number)["competency_cluster_lines"], gold(number)["competency_clusters"], strict=True))
    assert expected == [(one.lines[0], one.text) for one in profile(number).clusters]


def test_values_of_the_force_are_its_own() -> None:
    """The four values of the force are named once, with every line that names them."""
    found = [(one.text, one.framework, one.lines[0], one.also) for one in profile("003").values]
    assert [(name, "mps", 52, (79, 112)) for name in gold("003")["values"]] == found


def test_duties_in_prose_stand_on_the_lines_annotated() -> None:
    """The duties of the advert are as many to a line as the annotation says."""
    expected = sorted(one["line"] for one in gold("004")["duties_in_prose"])
    assert expected == sorted(one.lines[0] for one in profile("004").prose_duties)


def test_pay_is_read_with_amount_and_period() -> None:
    """Every amount of the pack has its line and period; an allowance without one has none."""
    expected = {
        (334, 156693.0, "year"),
        (336, 2568.0, "year"),
        (338, 1011.0, "year"),
        (342, None, None),
        (348, 3327.0, "year"),
        (366, 10500.0, "year"),
        (372, 40000.0, None),
        (372, 8000.0, None),
        (376, 1500.0, "month"),
        (376, 50.0, "night"),
    }
    assert expected == {(one.lines[0], one.amount, one.per) for one in profile("003").pay}


def test_stages_have_order_name_and_day() -> None:
    """The stages of the selections come in order, each with its own day."""
    expected = [
        (1, "Application Pack", 382, "2021-01-11"),
        (2, "Shortlisting", 386, "2021-01-13"),
        (3, "Final Interview Panel", 392, "2021-01-20"),
        (4, "Post Interview Stage", 400, None),
        (1, "Applications", 47, "2017-01-04"),
    ]
    found = [(s.order, s.name, s.lines[0], s.date) for number in ("003", "004") for s in profile(number).stages]
    assert expected == found


def test_editions_are_named_by_version_month_or_year() -> None:
    """The edition is the version, else the month of closing, else the year that the text cannot be older than."""
    expected = [
        ("since-2024", None, "2024-05-01", None),
        ("since-2024", None, "2024-05-01", None),
        ("v2.1", None, "2023-01-01", None),
        ("2021-01", None, "2020-11-01", "2021-01-11"),
        ("2017-01", None, None, "2017-01-04"),
    ]
    assert expected == [(p.edition, p.published, p.not_before, p.closes) for p in map(profile, NUMBERS)]


def test_roles_codes_and_terms() -> None:
    """The role, its force, the code and the length of the appointment are those of the annotation."""
    expected = [
        ("mps/assistant-commissioner", "mps", None, None, None),
        ("mps/deputy-assistant-commissioner", "mps", None, None, None),
        ("mps/commander", "mps", "CR-FL-MPS-Commander", "2.1", None),
        ("mps/deputy-assistant-commissioner", "mps", None, None, 60),
        ("mps/commissioner", "mps", None, None, None),
    ]
    found = [(p.role.id, p.role.organisation, p.code, p.version, p.term_months) for p in map(profile, NUMBERS)]
    assert expected == found


def test_frameworks_are_told_by_their_names() -> None:
    """A framework is told by the names it alone has, and left open where there are none."""
    assert ["cvf-2024", "cvf-2024", "cvf-2016", "cvf-2016", None] == [profile(n).framework for n in NUMBERS]


def test_core_skills_are_counted_not_guessed() -> None:
    """The number of core skills is kept where a page gives it."""
    assert [9, 9, None, None, None] == [profile(number).core_skill_count for number in NUMBERS]


def test_leftovers_stand_only_where_a_pack_speaks_of_other_things() -> None:
    """Nothing of a profile is left over; of the pack only what it says of the force and of pay and selection is."""
    allowed = {"003": {*range(35, 161), *range(322, 416)}, "004": {*range(1, 14)}}
    beyond = {
        (number, one.lines)
        for number in NUMBERS
        for one in profile(number).leftovers
        if one.lines[0] not in allowed.get(number, ()) and one.why != "read in part"
    }
    assert set() == beyond


def test_leftovers_of_the_pack_say_why() -> None:
    """What is no fact there is text about the force, its titles, and lists of functions and of what to send."""
    lines: dict[str, set[int]] = {}
    for one in profile("003").leftovers:
        lines.setdefault(one.why, set()).add(one.lines[0])
    assert {
        "in a list": {151, 152, 153, 154, 410, 411},
        "title": {83, 116, 149, 328, 340, 346, 350, 356, 368, 374},
        "read in part": {37, 39, 54, 75, 77, 156},
    } == {why: numbers for why, numbers in lines.items() if why != "running text"}


@pytest.mark.parametrize("number", NUMBERS)
def test_every_line_ends_up_somewhere(number: str) -> None:
    """Each line with words is held by a field, a frame or a leftover."""
    text = (SHARED / "profiles" / gold(number)["document"]).read_text(encoding="utf-8")
    printed = {n for n, line in enumerate(text.split("\n"), 1) if line.replace("\u00a0", " ").strip()}
    assert set() == printed - lines_held(profile(number))


def lines_held(found: Profile) -> set[int]:
    """Return the lines that any statement of a profile stands on."""
    fields = [*COUNTS, "frames", "leftovers"]
    held = {n for field in fields for one in getattr(found, field) for n in range(one.lines[0], one.lines[1] + 1)}
    held |= {n for one in found.competencies for n in one.description_lines}
    return held | (
        set(range(found.core_skills.lines[0], found.core_skills.lines[1] + 1)) if found.core_skills else set()
    )


@pytest.mark.parametrize("number", NUMBERS)
def test_nobody_can_be_reached_by_what_is_read(number: str) -> None:
    """No e-mail address and no name of a signatory is in what is read."""
    shown = profile(number).model_dump_json()
    people = [one["name"] for one in gold(number).get("people", ())]
    assert [] == [word for word in ("@", *people) if word in shown]
