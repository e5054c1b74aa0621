"""Say what an export holds: sources, licences, version, day and counts."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import TYPE_CHECKING

from graph.days import today
from graph.ids import SCHEMA_VERSION

if TYPE_CHECKING:
    from graph.session import Graph
    from queries.export.folder import Counts
    from queries.export.texts import Texts

_LOAD = "MATCH (n:StaffLoad {id: 'staff'}) RETURN properties(n) AS load"


def manifest(graph: Graph, texts: Texts, audience: str, kind: str, counts: Counts) -> dict[str, object]:
    """Return what stands in the manifest of an export of a kind for an audience.

    Of each document it says its licence and whether its text stands whole; of staff, which export was loaded last.
    """
    loads: list[Mapping[str, object]] = [row["load"] for row in graph.read(_LOAD, {})]  # type: ignore[misc]
    return {
        "rankgraph": version("rankgraph"),
        "schema_version": SCHEMA_VERSION,
        "format": kind,
        "day": today(),
        "audience": audience,
        "texts": texts.texts,
        "documents": texts.documents,
        "staff": dict(loads[0]) if loads else None,
        "counts": {**counts, "of_nodes": sum(counts["nodes"].values()), "of_edges": sum(counts["edges"].values())},
    }
