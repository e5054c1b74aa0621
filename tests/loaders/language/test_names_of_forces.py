"""Names that depend on a force: the exams that some set themselves, and the names of forces alone on a line."""

from __future__ import annotations

import pytest

from loaders.language.document_names import naming


@pytest.mark.parametrize(
    ("organisation", "words", "course"),
    [
        ("police-scotland", "Has passed the promotion examination", "course/police-scotland-exam"),
        ("psni", "Has passed the sergeants' exam", "course/psni-exam-sergeant"),
        ("psni", "Has passed the NPPF legal exam", "course/nppf-exam"),
        ("kent-police", "Has passed the promotion examination", "course/nppf-exam"),
        ("kent-police", "Has passed the Scottish inspectors' exam", "course/police-scotland-exam-inspector"),
        (None, "Has passed the PSNI promotion exam", "course/psni-exam"),
    ],
)
def test_an_exam_is_that_of_the_force_that_sets_its_own(organisation: str | None, words: str, course: str) -> None:
    """Scotland and Northern Ireland have exams of their own; only its own names are those of the national one there."""
    assert [course] == [one.id for one in naming([words], organisation, "pack").named_courses()]


@pytest.mark.parametrize("name", ["Long Fell Police", "Mead and Fell Police", "Mead Police, Fellton"])
def test_a_force_alone_on_a_line_is_named_whole(name: str) -> None:
    """The first word of a name at the beginning of a line is a part of it."""
    named = name.partition(",")[0]
    assert [named] == [one.text for one in naming(["Welcome", name, "Inspector"], None, "pack").named_bodies()]
