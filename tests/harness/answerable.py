"""Find parameters with which a question has rows, whatever the question is: it goes by what the header declares."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator

from graph.errors import RankgraphError
from graph.session import Graph
from queries.ask import ask
from queries.catalogue import Question, questions

_TRIES = 400
_IDS = {
    kind: f"MATCH (n:{label}) RETURN n.id AS id ORDER BY id"
    for kind, label in (
        *(("rank", "Rank"), ("role", "Role"), ("body", "Body"), ("edition", "Profile")),
        *(("unit", "Unit"), ("person", "Person"), ("id", "Body")),
    )
}
_TEXTS = "MATCH (a:Accountability) RETURN a.text AS text ORDER BY a.id"


def sayings_with_rows(graph: Graph) -> dict[str, dict[str, object] | None]:
    """Return the first parameters that give rows, as a user says them, by question; the example's come first.

    None means that nothing of what is loaded gives rows: a rule of health on sound data.
    """
    return {question.name: _saying_with_rows(graph, question) for question in questions()}


def _saying_with_rows(graph: Graph, question: Question) -> dict[str, object] | None:
    for said in itertools.islice(_sayings(graph, question), _TRIES):
        try:
            found = ask(graph, question, said)
        except RankgraphError:  # an edition that is not loaded, or both ends the same
            continue
        if found.rows:
            return said
    return None


def _sayings(graph: Graph, question: Question) -> Iterator[dict[str, object]]:
    yield {name: json.dumps(value) if isinstance(value, list) else value for name, value in question.example.items()}
    pools = {
        parameter.name: _values(graph, parameter.kind)
        for parameter in question.parameters
        if parameter.kind in (*_IDS, "words")
    }
    for values in itertools.product(*pools.values()) if pools else ():
        yield {**question.example, **dict(zip(pools, values, strict=True))}


def _values(graph: Graph, kind: str) -> list[object]:
    if kind != "words":
        return [row["id"] for row in graph.read(_IDS[kind], {})]
    texts = " ".join(str(row["text"]) for row in graph.read(_TEXTS, {}))
    return list(dict.fromkeys(re.findall(r"[a-z]{7,}", texts)))
