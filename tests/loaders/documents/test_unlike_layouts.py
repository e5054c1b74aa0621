"""Layouts in which forces set what a role asks for, in our own words: levels, letters, lists of posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loaders import read
from loaders.formats.source import SourceLine
from loaders.layout.lines import logical_lines

if TYPE_CHECKING:
    from pathlib import Path

    from loaders.profile import Profile

JOB = (
    "Lakeshire Police\n\nJob description\n\nJob title: Kennel Sergeant\n{labels}\n"
    "Main duties\n\n- Feed the dogs.\n- Train the dogs.\n\n{parts}"
)
TICKS = (
    "<table><tr><th>Competency</th><th>{}1</th><th>{}2</th></tr><tr><td>We take ownership</td><td>✓</td><td></td></tr>"
    "<tr><td>We collaborate</td><td></td><td>✓</td></tr></table>"
)
WORDS = (
    "<table><tr><th>Competency</th><th>Level</th></tr><tr><td>We take ownership</td><td>One</td></tr>"
    "<tr><td>We collaborate</td><td>Two</td></tr></table>"
)


def job(folder: Path, labels: str = "", parts: str = "") -> Profile:
    """Return what a job description says with more labels at its top, and more parts at its end."""
    path = folder / "job.txt"
    path.write_text(JOB.format(labels=labels, parts=parts), encoding="utf-8")
    return read(path)


def related(profile: Profile, *kinds: str) -> set[tuple[str, str]]:
    """Return the relations of the role, of these kinds, each with its other end."""
    return {(one.kind, one.target) for one in profile.relations if one.kind in kinds}


@pytest.mark.parametrize("table", [TICKS.format("L", "L"), TICKS.format("Level ", "Level "), WORDS])
def test_levels_stand_over_columns_or_in_words(tmp_path: Path, table: str) -> None:
    """A competency is none of the criteria above it, whatever marks stand beside it."""
    path = tmp_path / "job.html"
    path.write_text(
        "<h1>Job description: Kennel Sergeant</h1><h2>Main duties</h2><ul><li>Feed dogs.</li><li>Train dogs.</li></ul>"
        "<h2>Person specification</h2><table><tr><th>Criteria</th><th>Essential</th><th>Desirable</th></tr>"
        f"<tr><td>A licence</td><td>✓</td><td></td></tr></table><h2>Competencies</h2>{table}",
        encoding="utf-8",
    )
    profile = read(path)
    levels = {one.text: one.level for one in profile.competencies}
    assert (["A licence"], {"We take ownership": 1, "We collaborate": 2}) == (
        [one.text for one in profile.criteria],
        levels,
    )


@pytest.mark.parametrize("title", ["Behaviours (CVF 2024)", "What is assessed", "Personal qualities"])
def test_competencies_below_what_is_asked_for_are_no_criteria(tmp_path: Path, title: str) -> None:
    """Neither they nor the title above them."""
    path = tmp_path / "job.html"
    path.write_text(
        "<h1>Job description: Kennel Sergeant</h1><h2>Main duties</h2><ul><li>Feed dogs.</li><li>Train dogs.</li></ul>"
        "<h2>Eligibility criteria</h2><ul><li>A driving licence</li><li>A love of dogs</li></ul>"
        f"<h2>{title}</h2><ul><li>We take ownership – Level 2</li><li>We analyse critically – Level 1</li></ul>",
        encoding="utf-8",
    )
    profile = read(path)
    assert ["A driving licence", "A love of dogs"] == [one.text for one in profile.criteria]
    assert [("We take ownership", 2), ("We analyse critically", 1)] == [
        (one.text, one.level) for one in profile.competencies
    ]


@pytest.mark.parametrize("head", ["  E / D", "\n\n                     E / D"])
def test_letters_behind_items_say_what_is_essential(tmp_path: Path, head: str) -> None:
    """They are no part of what is asked, and a line that is set in below an item goes on with it."""
    parts = (
        f"Knowledge and experience{head}\n\n2.1  Three years of work with dogs\n     of all sizes   E\n"
        "2.2  A first aid ticket    D\n2.3  A driving licence    E\n"
    )
    assert {
        ("Three years of work with dogs of all sizes", "essential"),
        ("A first aid ticket", "desirable"),
        ("A driving licence", "essential"),
    } == {(one.text, one.necessity) for one in job(tmp_path, parts=parts).criteria}


@pytest.mark.parametrize("label", ["Responsible for", "Line manages", "Direct reports"])
def test_a_label_may_name_several_posts_that_are_managed(tmp_path: Path, label: str) -> None:
    """However many there are of each; what is no post is nobody."""
    labels = f"{label}: Police Constables (4), 2 x Kennel Assistant and Fleet Officers\n"
    assert {
        ("LINE_MANAGES", "uk/constable"),
        ("LINE_MANAGES", "role/kennel-assistant"),
        ("LINE_MANAGES", "role/fleet-officer"),
    } == related(job(tmp_path, labels), "LINE_MANAGES")
    assert set() == related(job(tmp_path, f"{label}: dogs, leads and bowls\n"), "LINE_MANAGES")


def test_a_sentence_may_leave_the_holder_out(tmp_path: Path) -> None:
    """In any part of the paper, not where reports or works are what the sentence is about."""
    parts = "Reporting lines\n\nReports to the Kennel Inspector. Works with the Crown Prosecution Service.\n"
    assert {("REPORTS_TO", "role/kennel-inspector"), ("WORKS_WITH", "cps")} == related(
        job(tmp_path, parts=parts), "REPORTS_TO", "WORKS_WITH"
    )
    others = "Reporting lines\n\nReports to the Home Office are written each May and must be short.\n"
    assert set() == related(job(tmp_path, parts=others), "REPORTS_TO")


def test_the_day_of_the_next_review_is_no_day_of_the_text(tmp_path: Path) -> None:
    """It lies ahead of what the text says."""
    assert "2026-03-02" == job(tmp_path, "Date: 2 March 2026\nReview date: 2 March 2029\n").not_before


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("TEMPORARY PROMOTION TO CHIEF INSPECTOR - OPEN TO ALL INSPECTORS", "uk/chief-inspector"),
        ("Promotion to Sergeant: letter to Constables", "uk/sergeant"),
    ],
)
def test_a_notice_of_promotion_names_those_it_is_sent_to(tmp_path: Path, title: str, role: str) -> None:
    """The role is the one that the promotion is to."""
    path = tmp_path / "notice.txt"
    path.write_text(
        f"{title}\n\nApplications are invited by 4 May 2027.\n\nEligibility\n\n- You must be fit.\n- You must drive.\n",
        encoding="utf-8",
    )
    assert role == read(path).role.id


def test_a_title_behind_a_label_and_above_the_terms_is_that_of_the_pack(tmp_path: Path) -> None:
    """Pay, vetting and the closing day may stand between it and the parts of the profile."""
    path = tmp_path / "pack.txt"
    path.write_text(
        "LAKESHIRE POLICE\n\nJob Advert: Chief Inspector – Head of Kennels\n\nLocation: North\n\nSalary: £70,000\n\n"
        "Vetting: MV\n\nClosing date: 4 May 2027\n\nAbout us\n\nLakeshire Police has nine kennels.\n\n"
        "About the role\n\nYou will lead the kennels.\n\nYour responsibilities\n\n"
        "- Lead the kennels.\n- Set the budget.\n\n"
        "Selection process\n\nStage 1 - Written form\n\nStage 2 - Interview\n",
        encoding="utf-8",
    )
    assert ("role/chief-inspector-head-of-kennels", "uk/chief-inspector") == (
        read(path).role.id,
        read(path).role.at_rank,
    )


def test_a_heading_that_its_file_knows_is_no_rest_of_the_long_item_above() -> None:
    """An item of a whole line without a stop is still an item."""
    item = "• Has not been away for more than ten days in the year before, but for reasons of health or family"
    known = [SourceLine(item, item=1, whole=True), SourceLine(""), SourceLine("How we assess", heading=2, whole=True)]
    lines = logical_lines([one.text for one in known], known=known)
    assert [item.removeprefix("• "), "How we assess"] == [line.text for line in lines]


def test_the_force_may_stand_alone_at_the_end(tmp_path: Path) -> None:
    """On a line that says nothing else; a line of dashes with the number of a page says nothing."""
    path = tmp_path / "job.txt"
    path.write_text(
        "JOB DESCRIPTION\n\nJob title: Kennel Assistant\n\nMain duties\n\n- Feed the dogs.\n- Wash the dogs.\n\n"
        "------------------------- 2\n\nReviewed: 4 May 2026\nLakeshire Police\n",
        encoding="utf-8",
    )
    profile = read(path)
    assert "lakeshire-police" == profile.role.organisation
    assert not any("---" in one.text for one in profile.leftovers)


def test_no_day_of_a_timetable_bounds_a_paper_that_says_when_it_was_issued(tmp_path: Path) -> None:
    """What lies behind the day of issue is ahead of the text."""
    path = tmp_path / "notice.txt"
    path.write_text(
        "Promotion to Sergeant\n\nDate of issue: 2 February 2027\n\nEligibility\n\n- You must be fit.\n\n"
        "Selection process\n\nStep 1: Test in the week of 1 March 2027\n\nStep 2: Board, 4 May 2027\n",
        encoding="utf-8",
    )
    profile = read(path)
    assert ("2027-02-02", ["Test", "Board"]) == (profile.not_before, [stage.name for stage in profile.stages])
