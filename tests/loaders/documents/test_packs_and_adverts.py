"""Packs, adverts and a letter of other forces, in our own words, are read as people would read them."""

from __future__ import annotations

import re
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from loaders import read
from tests.builders.prints import web_page
from tests.loaders.documents.test_role_profiles import of, texts

if TYPE_CHECKING:
    from pathlib import Path

PACK = """\
    Northshire Police
    Chief Constable
    Candidate Information Pack

    Contents
    Welcome from the Commissioner 2
    About Northshire 3
    Job description 4
    Salary and terms 6
    Selection process 7

    WELCOME FROM THE COMMISSIONER

    I want a chief who listens. Our values of fairness, candour and care guide us.

    Yours sincerely,

    Jordan Example

    ABOUT NORTHSHIRE POLICE

    We have a budget of £300 million and police two cities.

    JOB DESCRIPTION

    Post title: Chief Constable

    Job purpose

    To direct and control Northshire Police.

    Main duties and responsibilities

    – Hold the force to its plan.
    – Answer to the Police and Crime Commissioner for results.

    CANDIDATE PACK 5

    – Look after the workforce.

    CANDIDATE PACK 6

    Person specification

    Essential criteria

    – Has served as an assistant chief constable or above.

    Desirable criteria

    – Has worked abroad.

    SALARY AND CONDITIONS OF APPOINTMENT

    The salary is £180,000 per annum.
    The appointment is for a fixed term of five years.
    Relocation expenses of up to £8,000 are paid.

    SELECTION PROCESS

    Stage one – Application form

    Send your form by 12 noon on Friday 5th May 2023 to jobs@northshire.example or call 01632 960001.

    Stage two – Panel interview

    The panel meets on 22 May 2023.
    """

ADVERT = """\
    Eastmoor Constabulary
    Chief Constable

    The Police and Crime Commissioner for Eastmoor is seeking to appoint a new Chief Constable.

    The Chief Constable will lead our officers, delivering the Police and Crime Plan for Eastmoor. They will know us.

    You will also be accountable for the force's budget.

    The post is for an initial four-year term at a salary of £165,000.

    The ideal candidate will:

    * have led change in a large body
    * show sound judgement

    Closing date: noon, 3 March 2025. Interviews will be held on 20 March 2025.
    """


def test_another_forces_pack(tmp_path: Path) -> None:
    """Contents, page headers, own values, pay, term, stages and a person specification of another force are read."""
    found = of(tmp_path, PACK)
    assert ("pack", "territorial/chief-constable", "northshire-police", "2023-05", "2023-05-05", 60) == (
        found.document.format,
        found.role.id,
        found.role.organisation,
        found.edition,
        found.closes,
        found.term_months,
    )
    assert [
        "Hold the force to its plan.",
        "Answer to the Police and Crime Commissioner for results.",
        "Look after the workforce.",
    ] == texts(found, "accountabilities")
    assert ["To direct and control Northshire Police."] == texts(found, "purpose")
    assert [
        ("Has served as an assistant chief constable or above.", "essential"),
        ("Has worked abroad.", "desirable"),
    ] == [(one.text, one.necessity) for one in found.criteria]
    assert [(180000.0, "year"), (8000.0, None)] == [(one.amount, one.per) for one in found.pay]
    assert [(1, "Application form", "2023-05-05"), (2, "Panel interview", "2023-05-22")] == [
        (one.order, one.name, one.date) for one in found.stages
    ]
    assert ["fairness", "candour", "care"] == texts(found, "values")
    shown = found.model_dump_json()
    assert [] == [word for word in ("Jordan", "@", "960001") if word in shown]


def test_a_contents_page_may_be_a_table(tmp_path: Path) -> None:
    """With the page in a cell beside the name of each part: all of it is set aside."""
    contents, rest = dedent(PACK).split("WELCOME", 1)
    tabbed = re.sub(r"(?m)^(\w.*) (\d)$", r"\1\t\2", contents)
    (tmp_path / "pack.html").write_text(web_page(f"{tabbed}WELCOME{rest}"), encoding="utf-8")
    found = read(tmp_path / "pack.html")
    assert texts(of(tmp_path, PACK), "leftovers") == texts(found, "leftovers")


def test_another_forces_advert(tmp_path: Path) -> None:
    """Duties in running text, criteria, term, pay, closing day and interview of an advert are read."""
    found = of(tmp_path, ADVERT)
    assert ("advert", "territorial/chief-constable", "eastmoor-constabulary", "2025-03-03", 48) == (
        found.document.format,
        found.role.id,
        found.role.organisation,
        found.closes,
        found.term_months,
    )
    assert [
        "lead our officers",
        "delivering the Police and Crime Plan for Eastmoor",
        "the force's budget",
    ] == texts(found, "prose_duties")
    assert ["have led change in a large body", "show sound judgement"] == texts(found, "criteria")
    assert [("Applications", "2025-03-03"), ("Interview", "2025-03-20")] == [(s.name, s.date) for s in found.stages]
    assert [(165000.0, "year")] == [(one.amount, one.per) for one in found.pay]
    assert [] == texts(found, "leftovers")


LETTER = """\
    January 2026

    Dear Candidate,

    Fellshire Police has a vacancy for a Chief Constable.

    I am looking to appoint a Chief Constable who meets two criteria:

    - Working with me on my plan.
    - Candour

    The Chief Constable will be responsible for a visible force, and must hold senior officers to account.

    You will be appointed for five years. The salary is £190,000 per annum. You will lead 3,000 people.

    The post holder will be able to speak plainly.

    Applications close at 5pm on Friday 6 February 2026.

    Yours sincerely,

    Robin Sample
    Police and Crime Commissioner for Fellshire
    """

PROMOTION = """\
    Wessex Police
    Inspector Promotion Process 2024
    Applicant information

    Dear Colleague,

    Thank you for thinking of promotion.

    Chief Constable Robin Sample

    The Role

    Inspectors are responsible for a district.

    Key Responsibilities:

    1) Command incidents of note, including:
       a) firearms
       b) disorder
    2) Chair the daily meeting

    Competencies (CVF)
    Level 2
    We take ownership
    We collaborate

    What we offer
    Salary: £62,000 - £66,000 per annum

    Key dates
    Closing date: 29 March 2024 (noon)
    Interviews: 22 April 2024
    """


def test_a_letter_of_a_commissioner(tmp_path: Path) -> None:
    """The role is the one to be filled and not the writer's; the letter's criteria and duties are told apart."""
    found = of(tmp_path, LETTER)
    assert ("advert", "territorial/chief-constable", "fellshire-police", "2026-01", 60) == (
        found.document.format,
        found.role.id,
        found.role.organisation,
        found.edition,
        found.term_months,
    )
    assert ["Working with me on my plan.", "Candour"] == texts(found, "criteria")
    assert ["a visible force", "hold senior officers to account", "lead 3,000 people"] == texts(found, "prose_duties")
    assert ([("Salary", 190000.0)], ["The post holder will be able to speak plainly."]) == (
        [(one.name, one.amount) for one in found.pay],
        texts(found, "leftovers"),
    )


def test_a_promotion_pack_without_a_purpose(tmp_path: Path) -> None:
    """The rank is that of the process and not of who signs; what is said about the role is its purpose."""
    found = of(tmp_path, PROMOTION)
    assert ("pack", "uk/inspector", "wessex-police") == (found.document.format, found.role.id, found.role.organisation)
    assert ["Inspectors are responsible for a district."] == texts(found, "purpose")
    assert [
        "Command incidents of note, including: firearms; disorder",
        "Chair the daily meeting",
    ] == texts(found, "accountabilities")
    assert [("We take ownership", 2), ("We collaborate", 2)] == [(one.text, one.level) for one in found.competencies]
    assert [("Salary", 62000.0, "year"), ("Salary", 66000.0, "year")] == [(p.name, p.amount, p.per) for p in found.pay]
    assert [("Applications", "2024-03-29"), ("Interview", "2024-04-22")] == [(s.name, s.date) for s in found.stages]
    assert "Sample" not in found.model_dump_json()


@pytest.mark.parametrize("subject", ["EOI - {}", "Expression of interest: {}", "{}"])
def test_an_e_mail_is_about_its_subject_and_not_its_sender(subject: str, tmp_path: Path) -> None:
    """Who sent it, to whom and when are no titles."""
    title = "Chief Inspector, Public Protection Unit"
    head = f"From: Superintendent [name]\nSent: 3 November 2025\nTo: All Inspectors\nSubject: {subject.format(title)}\n"
    body = "Applications are invited by 14 November 2025.\n\nYou will chair the board.\n"
    file = tmp_path / "a.txt"
    file.write_text(f"{head}\n{body}", encoding="utf-8")
    assert title == read(file).role.name


def test_the_rank_of_the_title_goes_before_the_one_that_may_apply(tmp_path: Path) -> None:
    """Also where the words of the title are those of a part."""
    file = tmp_path / "a.txt"
    who = "Applications are invited from the rank of Chief Inspector.\n\nEligibility criteria\n\n- One year in rank.\n"
    file.write_text(f"SUPERINTENDENT PROMOTION COMPETITION 2026\n\n{who}", encoding="utf-8")
    assert "uk/superintendent" == read(file).role.id
