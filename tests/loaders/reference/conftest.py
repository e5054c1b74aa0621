"""Fixtures of the reference data."""

from __future__ import annotations

from tests.builders.reference_facts import facts  # noqa: F401 -- pytest finds it here
