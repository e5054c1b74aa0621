"""Fixtures of an embedded graph and of other processes at it."""

from __future__ import annotations

from tests.harness.processes import home, process  # noqa: F401 -- pytest finds them here
