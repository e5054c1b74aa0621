"""What the graph says of the last load of staff files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.session import Graph


_LOADING = "MATCH (n:StaffLoad) WHERE n.state = 'loading' RETURN n.loaded AS day, n.files AS files"


def unfinished(graph: Graph) -> str | None:
    """Say that staff are in the graph by halves, where a load is under way or was cut short; else None."""
    rows = graph.read(_LOADING, {})
    if not rows:
        return None
    files = rows[0]["files"]
    named = ", ".join(map(str, files)) if isinstance(files, list) and files else "staff files"
    return (
        f"the load of {named} begun on {rows[0]['day']} is under way or was cut short, so the numbers are not whole; "
        "when no load runs, `rankgraph staff load` with the same files completes it"
    )
