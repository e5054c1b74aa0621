"""The 23 annotated documents of six families say what their annotation says."""

from __future__ import annotations

import pytest

from loaders import read
from tests.oracles.annotation import FOLDER, Annotated, annotated, found

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not (FOLDER / "gold.json").is_file(), reason="the annotated documents are not beside the project"
    ),
]

LEAST_F1 = 0.98
MOST_UNCERTAIN = 1 / 20


def _both(documents: tuple[Annotated, ...]) -> list[tuple[set[tuple[str, str]], set[tuple[str, str]]]]:
    return [(one.expected(), found(read(one.page), one)) for one in documents]


def test_statements_are_those_of_the_annotation() -> None:
    """Over all lists of all documents; the harmonic mean of precision and recall."""
    both = _both(annotated())
    right = sum(len(expected & seen) for expected, seen in both)
    assert 2 * right / sum(len(expected) + len(seen) for expected, seen in both) >= LEAST_F1


def test_few_statements_are_uncertain() -> None:
    """The families claim what these documents say."""
    profiles = [read(one.page) for one in annotated()]
    statements = [
        one
        for profile in profiles
        for name in ("purpose", "accountabilities", "prose_duties", "criteria", "skills", "education", "pay", "stages")
        for one in getattr(profile, name)
    ]
    assert sum(not one.certain for one in statements) <= MOST_UNCERTAIN * len(statements)
