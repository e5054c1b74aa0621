"""Ranks compared by the themes of what they ask for, on the samples."""

from __future__ import annotations

from functools import cache

import pytest

from tests.harness.loaded import reference, samples
from tests.harness.themes import ComparedByThemes
from tests.oracles.facts import Oracle

pytestmark = pytest.mark.holds("samples")


@cache
def sample_oracle() -> Oracle:
    """Return the facts of the samples in memory."""
    return Oracle([reference(), *samples()])


class TestSamples(ComparedByThemes):
    """Nine documents, of which three ranks stand next to each other."""

    facts = staticmethod(sample_oracle)
