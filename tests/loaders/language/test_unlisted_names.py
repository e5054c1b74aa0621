"""Bodies, courses and instruments that no list holds are known by the shape of their names, and nothing else is."""

from __future__ import annotations

import pytest

from loaders.language.document_names import naming


def _named(text: str) -> set[tuple[str, str]]:
    """Return the kind and words of each body, course and instrument that a line of a pack names."""
    names = naming([text], None, "pack")
    found = [*names.named_bodies(), *names.named_courses(), *names.named_instruments()]
    return {(one.kind, mention.text) for one in found for mention in one.mentions}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ask the Police Federation for Northern Ireland or the Superintendents' Association of Northern Ireland.",
            {
                ("staff_association", "Police Federation for Northern Ireland"),
                ("staff_association", "Superintendents' Association of Northern Ireland"),
            },
        ),
        ("It was set by the Harbour Masters Review Body.", {("unknown", "Harbour Masters Review Body")}),
        ("You sit on the Joint Independent Audit Committee.", {("partnership", "Joint Independent Audit Committee")}),
        ("You meet the Association of Harbour Masters.", {("staff_association", "Association of Harbour Masters")}),
        ("Held with the Office for Nuclear Regulation.", {("regulator", "Office for Nuclear Regulation")}),
        ("Sift by the Senior Appointments Selection Committee.", set()),
        ("the office of constable and the National Volunteer Police Cadets", set()),
        ("It supports the Black Police Association.", {("staff_association", "Black Police Association")}),
        ("It leads with Police Scotland and Cumbria Constabulary.",
         {("force", "Police Scotland"), ("force", "Cumbria Constabulary")}),
    ],
)  # fmt: skip
def test_bodies_by_the_last_word_of_a_name_or_by_of_whom_they_are(text: str, expected: set[tuple[str, str]]) -> None:
    """What a process or a force calls its own is none."""
    assert expected == _named(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Has passed the Initial Boats Course.", {("course", "Initial Boats Course")}),
        ("Completed Search and Rescue Manager course", {("course", "Search and Rescue Manager course")}),
        ("On the Boats Leadership Programme", {("programme", "Boats Leadership Programme")}),
        ("Holds a Diploma in Harbour Management.", {("accreditation", "Diploma in Harbour Management")}),
        ("A National Boats Instructor course and a refresher",
         {("course", "National Boats Instructor course")}),
        ("The Training Course lasts a week; this Course is free.", set()),
        ("Personal Development Programme", set()),
        ("In the course of duty", set()),
    ],
)  # fmt: skip
def test_courses_by_what_they_are_called(text: str, expected: set[tuple[str, str]]) -> None:
    """A course that says nothing of what it teaches has no name."""
    assert expected == _named(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Knowledge of the Fraud Act 2006 and the Theft Act 1968",
         {("law", "Fraud Act 2006"), ("law", "Theft Act 1968")}),
        ("Understanding of Fraud Act 2006", {("law", "Fraud Act 2006")}),
        ("Representation of the People Act 1983", {("law", "Representation of the People Act 1983")}),
        ("Set by the Police Regulations 2003.", {("law", "Police Regulations 2003")}),
        ("Set by Police Regulations.", {("law", "Police Regulations")}),
        ("It meets the Police and Crime Plan for London and the New Met for London plan.",
         {("plan", "Police and Crime Plan for London"), ("plan", "New Met for London")}),
        ("Works to ISO/IEC 17025 and ISO 9001:2015.", {("policy", "ISO/IEC 17025"), ("policy", "ISO 9001:2015")}),
        ("Keeps to the NPCC Boats Manual of Guidance.",
         {("national_body", "NPCC"), ("policy", "Boats Manual of Guidance")}),
        ("Complain to the Head of HR Policy.", set()),
    ],
)  # fmt: skip
def test_instruments_without_the_words_around_them(text: str, expected: set[tuple[str, str]]) -> None:
    """What is to be known of a law, whose a manual is and who is in charge of a matter is no part of a name."""
    assert expected == _named(text)
