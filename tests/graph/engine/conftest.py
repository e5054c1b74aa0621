"""Fixtures of a graph that is served."""

from __future__ import annotations

from tests.harness.serving import home, serve  # noqa: F401 -- pytest finds them here
