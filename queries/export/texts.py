"""What of the texts of documents stands in an export: all, those that a licence lets others have, or none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from graph.derive import document_labels
from graph.text.captions import circle_caption

if TYPE_CHECKING:
    from graph.session import Graph

MOST_WORDS = 8
"""Words that stand of a text which may not be handed on."""

_OPEN = re.compile(
    r"\b(open government licen[cs]e|ogl|creative commons|cc[- ]?by|cc[- ]?0|public domain|apache|mit licen[cs]e|"
    r"open data commons|odbl)\b",
    re.IGNORECASE,
)
_RESERVED = re.compile(r"\b(not|no|except|excluding|without|reserved|unless)\b", re.IGNORECASE)
_WHOLE = {"lines", "purpose_lines", "not_printed_lines", "authority"}
"""Properties whose values are no words of a document."""

_DOCUMENTS = """MATCH (d:Document) OPTIONAL MATCH (p:Profile)-[:PUBLISHED_IN]->(d) WITH d, collect(p.basis) AS bases
RETURN d.id AS id, d.name AS name, d.format AS format, d.licence AS licence, d.source AS source, bases
ORDER BY name, id"""
_STATED = """MATCH (n:{label})-[e]-() WHERE e.document IN $open OR e.basis IN $ours
RETURN DISTINCT n.id AS id"""
_DECLARED = "MATCH (r:Requirement) WHERE r.declared RETURN r.id AS id"
_PROFILES = """MATCH (p:Profile)-[:PUBLISHED_IN]->(d:Document) WITH p, collect(d.id) AS documents
WHERE p.basis IN $ours OR all(one IN documents WHERE one IN $open) RETURN p.id AS id"""


def lets_others_have(licence: str | None) -> bool:
    """Return whether a licence is known to let others have the text; what is not known does not.

    >>> [lets_others_have(one) for one in ("Open Government Licence v3.0", "CC BY-SA 4.0", "All rights reserved", None)]
    [True, True, False, False]
    """
    return bool(licence and _OPEN.search(licence) and not _RESERVED.search(licence))


class Texts:
    """Decides which texts stand whole beside the reference data: `all`, those of open licences and samples, or `none`.

    Of any other text its first eight words stand. A text that an open document states too stands whole.
    """

    def __init__(self, graph: Graph, texts: str) -> None:
        self.texts = texts
        self.documents = [dict(row) for row in graph.read(_DOCUMENTS, {})]
        self._ours = ["reference"] if texts == "none" else ["reference", "sample"]
        for row in self.documents:
            ours = "sample" in row.pop("bases") and "sample" in self._ours  # type: ignore[operator]
            is_open = ours or (texts == "licensed" and lets_others_have(row["licence"]))  # type: ignore[arg-type]
            row["whole"] = texts == "all" or row["format"] == "reference" or is_open
        self._open = {row["id"] for row in self.documents if row["whole"]}
        self._nodes = {} if texts == "all" else self._open_nodes(graph)

    def _open_nodes(self, graph: Graph) -> dict[str, set[object]]:
        given = {"open": sorted(map(str, self._open)), "ours": self._ours}
        found = {
            label: {row["id"] for row in graph.read(_STATED.format(label=label), given)} for label in document_labels()
        }
        found["Requirement"] |= {row["id"] for row in graph.read(_DECLARED, {})}
        found["Profile"] = {row["id"] for row in graph.read(_PROFILES, given)}
        found["Theme"] = {f"theme/{one}" for one in found["Requirement"]}
        found["Document"] = {row["id"] for row in self.documents}
        return found

    def node(self, label: str, id: str, properties: Mapping[str, object]) -> Mapping[str, object]:  # noqa: A002
        """Return the properties of a node, texts that may not be handed on cut to their first words."""
        if label not in self._nodes or id in self._nodes[label]:
            return properties
        return _cut(properties)

    def edge(self, properties: Mapping[str, object]) -> Mapping[str, object]:
        """Return the properties of an edge, likewise."""
        document = properties.get("document")
        if self.texts == "all" or document is None or document in self._open or properties.get("basis") in self._ours:
            return properties
        return _cut(properties)


def _cut(properties: Mapping[str, object]) -> dict[str, object]:
    """Return properties with the first words of each text, and without lists of words.

    >>> _cut({"text": "one two three four five six seven eight nine", "lines": "1, 2, 3, 4, 5, 6, 7, 8, 9"})
    {'text': 'one two three four five six seven eight …', 'lines': '1, 2, 3, 4, 5, 6, 7, 8, 9'}
    """
    kept = {name: value for name, value in properties.items() if name not in {"words", "circle"}}
    cut = {name: value if name in _WHOLE else _first_words(value) for name, value in kept.items()}
    return {**cut, "circle": circle_caption(str(cut["name"]))} if "circle" in properties else cut


def _first_words(value: object) -> object:
    if isinstance(value, list):
        return [_first_words(part) for part in value]
    words = value.split() if isinstance(value, str) else []
    return f"{' '.join(words[:MOST_WORDS])} …" if len(words) > MOST_WORDS else value
