"""The five real documents say the same whatever damage they suffered on their way."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from random import Random

import pytest

from loaders import read
from loaders.profile import Profile
from tests.builders.distortions import DISTORTIONS
from tests.harness.real import DOCUMENTS, needed, path_of
from tests.oracles.annotation import LISTS

pytestmark = [pytest.mark.real, needed]

LEAST_F1 = 0.98
_SEED = 20261129


def _said(profile: Profile) -> Counter[tuple[str, str]]:
    fields = (*LISTS, "prose_duties", "competencies", "values")
    return Counter(
        (name, " ".join(re.findall(r"\w+", one.text.casefold()))) for name in fields for one in getattr(profile, name)
    )


@cache
def _original(number: str) -> Profile:
    return read(path_of(number))


@pytest.mark.parametrize("name", DISTORTIONS)
def test_damage_changes_nothing_that_is_said(name: str, tmp_path: Path) -> None:
    """The harmonic mean of precision and recall over all lists of the five; and no line vanishes."""
    right = both = 0
    for number in DOCUMENTS:
        lines = path_of(number).read_text(encoding="utf-8").split("\n")
        path = tmp_path / f"{number}.txt"
        path.write_bytes("\n".join(DISTORTIONS[name](lines, Random(_SEED))).encode())  # noqa: S311
        expected, found = _said(_original(number)), _said(read(path))
        right += (expected & found).total()
        both += expected.total() + found.total()

    assert 2 * right / both >= LEAST_F1
