"""How long a Neo4j is waited for, by the settings of the user."""

from __future__ import annotations

import contextlib
import math
import os

from graph.errors import EngineError, NotReadyError

DEFAULTS = {"RANKGRAPH_CONNECT_SECONDS": 3.0, "RANKGRAPH_ACQUIRE_SECONDS": 60.0, "RANKGRAPH_RETRY_SECONDS": 30.0}
"""The seconds without a setting: the driver's own, but for an address where nothing answers, which has to fail soon."""

CONNECT, ACQUIRE, RETRY = DEFAULTS
CATCH_UP = 3.0
"""The seconds that a leader elected a moment ago may take to have all that its cluster has."""


def seconds(setting: str) -> float:
    """Return the seconds that a setting allows. Raises EngineError for what is no number above 0."""
    chosen = os.environ.get(setting, "").strip() or str(DEFAULTS[setting])
    with contextlib.suppress(ValueError):
        if 0 < float(chosen) < math.inf:
            return float(chosen)
    advice = f"expected a number of seconds above 0, such as {DEFAULTS[setting]:g}; correct it, or unset it"
    raise EngineError(f"{setting} is {chosen!r}; {advice}")


def not_ready(address: str, allowed: float, reason: str) -> NotReadyError:
    """Return the error that says of a cluster that it answers and could not do its work in the seconds allowed."""
    message = (
        f"{address} answers but could not do this within {allowed:g} s ({reason}); wait until its cluster has a leader "
        f"and run the same again, that is safe, or allow more by {RETRY}; bolt:// finds no leader, neo4j:// does"
    )
    return NotReadyError(" ".join(message.split()), address=address)
