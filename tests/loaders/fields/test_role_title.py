"""The title of a document's role, and its rank, whatever stands around them; papers about several ranks have none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loaders import read
from loaders.fields.title_block import role_named

if TYPE_CHECKING:
    from pathlib import Path

_BODY = "\n\nPurpose\n\nKeeps people safe in the town.\n\nKey accountabilities\n\n• Leads the team on the late shift.\n"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Job Title:   DS Cyber Crime      Current Grade:   Sergeant", "DS Cyber Crime"),
        ("| Job title | DC Child Abuse |\n| Rank | Constable |\n| Base | North |", "DC Child Abuse"),
        ("|Post|Custody Manager|\n|Location|North|", "Custody Manager"),
        ("Section A: Post details\nPost\tInspector - Custody\nPost ref\tNC-0012\nReports to\tChief Inspector",
         "Inspector - Custody"),
        ("    ROLE: OPERATIONS PLANNER\n    UNIT: EVENTS", "Operations Planner"),
        ("Vacancy: Roads Policing Sergeant", "Roads Policing Sergeant"),
        ("Job description: Vetting Manager", "Vetting Manager"),
        ("Application pack for the post of Vetting Manager", "Vetting Manager"),
        ("Home News Search\nYou are in: Home > Jobs > Vacancies\n\nVetting Manager (internal vacancy 0412)",
         "Vetting Manager"),
        ("INTERNAL AND EXTERNAL VACANCY\n\nVETTING MANAGER", "Vetting Manager"),
        ("COME AND WORK AS A\n\nVETTING MANAGER", "Vetting Manager"),
        ("Vetting Manager - role card", "Vetting Manager"),
        ("Careers / Current vacancies / Police staff\n\nVetting Manager", "Vetting Manager"),
        ("ROLE PROFILE | Vetting Manager | Version 2", "Vetting Manager"),
        ("| Role Title: | Vetting Manager | Rank: | None |", "Vetting Manager"),
        ("Secondment opportunity: Vetting Manager", "Vetting Manager"),
        ("Expression of interest - Vetting Manager, 6 months", "Vetting Manager"),
        ("Vetting Manager (12 months)", "Vetting Manager"),
        ("Skip to main content\nHome\nAbout us\nVacancies\nVetting Manager\n\nVetting Manager", "Vetting Manager"),
        ("Accept all cookies Reject all\nCookie settings\n\nMenu\n\nVetting Manager", "Vetting Manager"),
        ("Careers / Current\n\nVetting Manager", "Vetting Manager"),
        ("Home > Vacancies > Vetting Manager", "Vetting Manager"),
        ("Northshire Police\nCurrent vacancies\n\nVetting Manager\n\nContract     Fixed term, two years",
         "Vetting Manager"),
        ("National Policing Role Profile      Vetting Manager", "Vetting Manager"),
        ("National Crime Agency      Candidate Information\n\nVetting Manager", "Vetting Manager"),
        ("Log in  Register  Contact us\nJobs\nPolice staff\n\nVetting Manager", "Vetting Manager"),
        ("Vetting Manager\n\nRank\nInspector\nJob Family\nStandards\nCode\nPS-VET-TL-Vetting Manager v1.0",
         "Vetting Manager"),
    ],
)  # fmt: skip
def test_a_title_is_read_out_of_what_stands_around_it(tmp_path: Path, head: str, expected: str) -> None:
    """Labels in rows of tables and beside other labels, kinds of paper, ways through a site and what a vacancy is."""
    path = tmp_path / "a.txt"
    path.write_text(head + _BODY, encoding="utf-8")
    assert expected == read(path).role.name


@pytest.mark.parametrize(
    "head",
    [
        "Promotion and Postings Policy - Annex B",
        "Sergeants and Inspectors Promotion Process 2025 - Guide",
        "Leadership Programme - Sergeant to Inspector",
        "Notes on promotion\nSergeant to Chief Superintendent",
        "Acting Up: How It Works\n\n➢ A talk with two Inspectors",
        "Notes of the Workforce Group\n\nHeld on Monday",
    ],
)
def test_a_paper_on_several_ranks_or_none_has_no_role(tmp_path: Path, head: str) -> None:
    """Its own name is none, and neither is a line that names ranks in passing."""
    path = tmp_path / "a.txt"
    path.write_text(f"{head}\n\nWho may come\n\nAll who serve may come and ask about promotion.\n", encoding="utf-8")
    assert "" == read(path).role.name


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Detective Inspector", "uk/inspector"),
        ("T/Detective Inspector - Fraud", "uk/inspector"),
        ("Temporary Detective Chief Superintendent, Crime Support", "uk/chief-superintendent"),
        ("DS Cyber Crime", "uk/sergeant"),
        ("A/DSU Review", "uk/superintendent"),
        ("Det Insp - Economic Crime", "uk/inspector"),
        ("DCI", "uk/chief-inspector"),
        ("BCU Commander (Chief Superintendent)", "uk/chief-superintendent"),
        ("Covert Operations Manager (Inspector)", "uk/inspector"),
        ("Senior Investigating Officer (Detective Chief Inspector)", "uk/chief-inspector"),
        ("Head of Custody - Superintendent", "uk/superintendent"),
        ("Response Sergeant", "uk/sergeant"),
        ("Staff Officer to the Chief Constable", None),
        ("Inspector's Assistant", None),
        ("Special Inspector", None),
        ("BCU Commander", None),
        ("Sergeant / Inspector (Custody)", None),
        ("Custody Detention Officer", None),
        ("DSA Co-ordinator", None),
    ],
)
def test_a_title_has_the_rank_that_one_part_of_it_begins_or_ends_with(title: str, expected: str | None) -> None:
    """Detective and temporary ranks are ranks; whoever works for a rank has none."""
    assert expected == role_named(title, None, None).at_rank


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Rhingyll Cymdogaeth / Neighbourhood Sergeant", "Neighbourhood Sergeant"),
        ("Dog Handler / Swyddog Cŵn", "Dog Handler"),
    ],
)
def test_a_title_in_two_languages_is_that_in_english(title: str, name: str, tmp_path: Path) -> None:
    """The half in Welsh says the same."""
    path = tmp_path / "job.txt"
    path.write_text(f"Job description\n\nJob title: {title}\n\nMain duties\n- Patrol.\n- Plan.\n", encoding="utf-8")
    assert name == read(path).role.name


@pytest.mark.parametrize("title", ["Sergeants' promotion process 2027", "Promotion to Sergeant: questions"])
def test_a_notice_of_promotion_is_on_the_rank_whatever_it_says_of_its_duties(title: str, tmp_path: Path) -> None:
    """It is no job of that force: what it asks for is asked of whoever is promoted."""
    path = tmp_path / "notice.txt"
    path.write_text(
        f"{title}\n\nValleyshire Police\n\nMain duties\n- Lead a shift.\n- Check files.\n\n"
        "Essential criteria\n- Substantive constable\n",
        encoding="utf-8",
    )
    assert ("uk/sergeant", "advert") == ((found := read(path)).role.id, found.document.format)


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("Contact Centre Manager", "Contact Centre Manager"),
        ("TEMPORARY PROMOTION OPPORTUNITY\n\nInspector - Fraud (temporary, up to 12 months)", "Inspector - Fraud"),
    ],
)
def test_a_title_is_read_whole_and_without_its_term(head: str, name: str, tmp_path: Path) -> None:
    """One that begins as a line on whom to reach does is a title where it names a post; the force is no purpose."""
    path = tmp_path / "job.txt"
    path.write_text(
        f"{head}\n\nValleyshire Police\n\nMain duties\n- Plan the day.\n- Write it up.\n\nEssential\n- Can swim.\n",
        encoding="utf-8",
    )
    assert (name, ()) == ((found := read(path)).role.name, found.purpose)
