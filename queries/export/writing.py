"""Write an export of a graph, with its manifest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import OutputError
from queries.export.contents import Contents
from queries.export.folder import import_command, write_folder
from queries.export.manifest import manifest
from queries.export.people import People
from queries.export.texts import Texts
from queries.show.files import writable, write, writing_folder
from queries.show.tables import as_json

if TYPE_CHECKING:
    from graph.session import Graph
    from queries.export.folder import Counts

MANIFEST = "manifest.json"
FOLDERS = ("csv", "tables")


def write_export(
    graph: Graph, path: Path, kind: str, audience: str, texts: str, *, overwrite: bool
) -> tuple[Counts, list[str]]:
    """Write all of a graph to a file (graphml, jsonld) or a folder (csv, tables), and return counts and notes.

    Raises OutputError where it cannot be written; then what was there before is there still.
    """
    known = Texts(graph, texts)
    contents = Contents(graph, People(audience), known)
    private = audience != "aggregate"
    if kind in FOLDERS:
        with writing_folder(path, MANIFEST, overwrite=overwrite, private=private) as folder:
            counts = write_folder(contents, folder, kind, private=private)
            made = manifest(graph, known, audience, kind, counts)
            made |= {"import": import_command(counts)} if kind == "csv" else {}
            write(folder / MANIFEST, as_json(made), private=private)
    else:
        beside = path.with_name(f"{path.name}.{MANIFEST}")
        for one in (path, beside):
            writable(one, overwrite=overwrite)
        if path.exists() and not path.is_file():
            raise OutputError(
                str(path), "found what is no file; expected the name of one, beside which a manifest stands"
            )
        lines, counts = _lines(kind, contents)
        write(path, lines, private=private)
        write(beside, as_json(manifest(graph, known, audience, kind, counts)), private=private)
    cut = sum(not row["whole"] for row in known.documents)
    note = f"of {cut} document(s) the first words of each text alone stand in it, for lack of an open licence"
    return counts, [f"the export, for the audience {audience}, is in {path}", *([note] if cut else [])]


def _lines(kind: str, contents: Contents) -> tuple[Iterator[str], Counts]:
    if kind == "graphml":
        from queries.export.graphml import graphml

        return graphml(contents)
    from queries.export.json_ld import json_ld

    return json_ld(contents)
