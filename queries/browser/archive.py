"""The archive of favourites that Neo4j Browser takes as a drop: the same bytes for the same catalogue, always."""

from __future__ import annotations

import io
import zipfile

from queries.browser.guide import guide_steps
from queries.catalogue import graph_forms, questions

GUIDE = "guide"
PLAIN = ":config autoComplete: false"
"""What switches off "Connect result nodes", by which Browser draws edges that no question returned."""
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest day that a zip file can hold."""
_UNIX, _READABLE = 3, 0o644 << 16


def favourites() -> dict[str, str]:
    """Return the text of each favourite by its path in the archive, the guide first.

    Browser names a favourite by the first line of its text, and its folder by the folder of the file.
    """
    steps = {f"{GUIDE}/{step.number:02}-{step.question.name}.cypher": step.favourite for step in guide_steps()}
    guide = {f"{GUIDE}/00-draw.cypher": f"// 00: Draw what a question returns, and no more\n{PLAIN}\n", **steps}
    tables = {f"{each.family}/{each.name}.cypher": each.text for each in questions()}
    graphs = {f"{form.family}/{form.name}.graph.cypher": form.text for form in graph_forms()}
    return {**guide, **dict(sorted({**tables, **graphs}.items()))}


def archive() -> bytes:
    """Return the zip file. Its members are stored as they are: how they are packed differs between machines."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as zipped:
        for name, text in favourites().items():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            zipped.writestr(entry, text.encode("utf-8"))
    return target.getvalue()
