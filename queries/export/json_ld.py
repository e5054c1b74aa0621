"""Write a graph as JSON-LD, in the terms of schema.org, SKOS and ESCO where they fit, else in words of its own."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from graph.derive import model
from graph.ontology import EDGE_KINDS
from queries.export.contents import Contents, base_labels
from queries.export.folder import Counts
from queries.show.tables import as_json

_OWN = "urn:rankgraph:"


def json_ld(contents: Contents) -> tuple[Iterator[str], Counts]:
    """Return the lines of a file, and how many nodes and edges of each kind are in it when the last line was made.

    An edge is the triple that its relationship type says, and a rdf:Statement on it that has its properties.
    Each word of our own is defined in the file itself.
    """
    counts: Counts = {"nodes": Counter(), "edges": Counter()}

    def lines() -> Iterator[str]:
        yield f'{{"@context": {json.dumps(context())},\n"@graph": [\n'
        yield ",\n".join(map(json.dumps, _definitions()))
        for label in base_labels():
            for node in contents.nodes(label):
                counts["nodes"][label] += 1
                yield _line({"@id": _iri(label, node.id), "labels": node.labels, **_values(node.properties)})
        for kind in EDGE_KINDS:
            for edge in contents.edges(kind):
                counts["edges"][kind] += 1
                start, end = _iri(edge.start_label, edge.start), _iri(edge.end_label, edge.end)
                yield _line({"@id": start, kind: {"@id": end}})
                triple = zip(("subject", "predicate", "object"), (start, _term(kind), end), strict=True)
                ends = {f"rdf:{part}": {"@id": iri} for part, iri in triple}
                yield _line({"labels": "rdf:Statement", **ends, **_values(edge.properties)})
        yield "\n]}\n"

    return lines(), counts


@cache
def context() -> dict[str, str]:
    """Return what each word stands for."""
    terms: dict[str, str] = json.loads((Path(__file__).parent / "context.json").read_text(encoding="utf-8"))
    return terms


def _line(value: Mapping[str, object]) -> str:
    return ",\n" + as_json(value, None).rstrip()


def _iri(label: str, id: str) -> str:  # noqa: A002 -- the key's own name
    """Return the name of a node among all there are.

    >>> _iri("Role", "uk/sergeant")
    'urn:rankgraph:Role:uk/sergeant'
    """
    return f"{_OWN}{label}:{quote(id, safe='/@:.-_')}"


def _term(name: str) -> str:
    """Return the full name of a word of the context, or of our own."""
    prefix, _, rest = context().get(name, name).partition(":")
    return f"{context()[prefix]}{rest}" if rest else f"{context()['@vocab']}{name}"


def _values(properties: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in properties.items() if value is not None}


def _definitions() -> Iterator[dict[str, Any]]:
    """Yield what each word of our own means, as the model says it."""
    declared = model()
    words: dict[str, tuple[str, str]] = {}
    for node in declared["nodes"]:
        words.setdefault(node["labels"][-1], ("rdfs:Class", node["says"]))
    for edge in declared["relationships"]:
        words.setdefault(edge["type"], ("rdf:Property", edge["reads"]))
    groups = [declared[name] for name in ("of_documents", "statement", "unstated")]
    for group in (*groups, *(one["properties"] for one in (*declared["nodes"], *declared["relationships"]))):
        for name, property_ in group.items():
            words.setdefault(name, ("rdf:Property", property_["holds"]))
    for word, (kind, says) in words.items():
        if word not in context():
            yield {"@id": _term(word), "labels": kind, "rdfs:comment": says}
