"""Write a graph as a folder of CSV files: for the importer of Neo4j, or as tables for any other tool."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from graph.ontology import EDGE_KINDS
from graph.rows import Row, visible
from queries.export.contents import Contents, EdgeRow, NodeRow, base_labels, edge_properties, node_properties
from queries.show.files import write
from queries.show.tables import as_csv

BETWEEN = "\N{SYMBOL FOR UNIT SEPARATOR}"
"""Stands between the parts of a list for the importer: a text may have any usual sign."""

_CAPTIONS = {"circle", "standing"}
"""Properties from which Neo4j Browser makes captions; no table needs them."""

Counts = dict[str, dict[str, int]]
"""How many nodes by label, and edges by relationship type."""


def write_folder(contents: Contents, folder: Path, kind: str, *, private: bool) -> Counts:
    """Write `nodes/LABEL.csv` and `edges/TYPE.csv` into a folder, and return how many rows each has.

    As `csv` the headers are those of `neo4j-admin database import`, as `tables` plain: id, start, end. A label or type
    without rows has no file.
    """
    make = _imported if kind == "csv" else _tables
    counts: Counts = {"nodes": {}, "edges": {}}
    for label in base_labels():
        lines = make(_node_header(label, kind), (_node(row, kind) for row in contents.nodes(label)))
        counts["nodes"][label] = _write(folder / "nodes" / f"{label}.csv", lines, private=private)
    for name in EDGE_KINDS:
        lines = make(_edge_header(name, kind), (_edge(row, kind) for row in contents.edges(name)))
        counts["edges"][name] = _write(folder / "edges" / f"{name}.csv", lines, private=private)
    return {part: {name: count for name, count in rows.items() if count} for part, rows in counts.items()}


def import_command(counts: Counts) -> str:
    """Return the command that loads the files into an empty Neo4j, from within the folder."""
    files = [f"--{part}={part}/{name}.csv" for part, rows in counts.items() for name in rows]
    options = f'--array-delimiter="{BETWEEN}" --multiline-fields=true --ignore-empty-strings=false'
    return f"neo4j-admin database import full neo4j {options} {' '.join(files)}".replace("--edges=", "--relationships=")


def key(label: str, id: str) -> str:  # noqa: A002 -- the key's own name
    """Return what tells a node from those of all labels.

    >>> key("Role", "uk/sergeant")
    'Role:uk/sergeant'
    """
    return f"{label}:{id}"


def _node_header(label: str, kind: str) -> dict[str, str]:
    """Return the header by the name of what stands below it."""
    properties = node_properties(label)
    if kind == "tables":
        return {name: name for name in ("id", "labels", *(one for one in properties if one not in {"id", *_CAPTIONS}))}
    return {"": ":ID", "labels": ":LABEL", **{name: _typed(name, of) for name, of in properties.items()}}


def _edge_header(name: str, kind: str) -> dict[str, str]:
    properties = edge_properties(name)
    if kind == "tables":
        return {one: one for one in ("start_label", "start", "end_label", "end", *properties) if one not in _CAPTIONS}
    return {"start": ":START_ID", "end": ":END_ID", "kind": ":TYPE"} | {
        one: _typed(one, of) for one, of in properties.items()
    }


def _typed(name: str, kind: str) -> str:
    return name if kind == "string" else f"{name}:{kind}"


def _node(row: NodeRow, kind: str) -> Row:
    own = {"labels": row.labels} if kind == "tables" else {"": key(row.label, row.id), "labels": row.labels}
    return {**row.properties, **own}


def _edge(row: EdgeRow, kind: str) -> Row:
    if kind == "tables":
        ends = {"start_label": row.start_label, "start": row.start, "end_label": row.end_label, "end": row.end}
    else:
        ends = {"start": key(row.start_label, row.start), "end": key(row.end_label, row.end), "kind": row.kind}
    return {**row.properties, **ends}


def _imported(header: Mapping[str, str], rows: Iterable[Row]) -> Iterator[str]:
    """Yield lines for the importer, for which a quoted cell is text and an empty one is no value."""
    yield ",".join(header.values()) + "\n"
    for row in rows:
        yield ",".join(_cell(row.get(name)) for name in header) + "\n"


def _cell(value: object) -> str:
    """Return a value as the importer reads it.

    >>> [_cell(value) for value in (None, "", 'a "b" c', True, 2.5, ["a", "b"])]
    ['', '""', '"a ""b"" c"', 'true', '2.5', '"a␟b"']
    """
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    text = BETWEEN.join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return '"{}"'.format(visible(text).replace('"', '""'))


def _tables(header: Mapping[str, str], rows: Iterable[Row]) -> Iterator[str]:
    names = list(header)
    yield as_csv(names, [])
    for row in rows:
        yield as_csv(names, [{name: row.get(name) for name in names}]).partition("\n")[2]


def _write(path: Path, lines: Iterator[str], *, private: bool) -> int:
    """Write a header and what follows it, unless nothing does; return how many rows follow."""
    header, first = next(lines), next(lines, None)
    if first is None:
        return 0
    path.parent.mkdir(exist_ok=True)
    count = 0

    def counted() -> Iterator[str]:
        nonlocal count
        yield header
        for line in chain([first], lines):
            count += 1
            yield line

    write(path, counted(), private=private)
    return count
