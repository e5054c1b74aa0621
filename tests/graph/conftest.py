"""Fixtures of a graph on a cluster."""

from __future__ import annotations

from tests.harness.cluster import cluster  # noqa: F401 -- pytest finds it here
