"""Draw what the graph holds and rests on: its contents, its model, sources, conflicts and what editions changed."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from graph.rows import Row, list_or_empty
from queries.answers.answer import Answer
from queries.show.citations import Citations
from queries.show.tables import cell
from queries.show.trees import Folded, branch, leaf, tree
from queries.show.words import (
    SENTENCE_KINDS,
    change_counts,
    days_or_unknown,
    days_valid,
    heading,
    relation_in_words,
    sorted_groups,
)

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.tree import Tree

    from queries.answers.comparison import Comparison
    from queries.answers.sources import SourcesAnswer


_CHANGES = ("added", "dropped", "kept")


def status(answer: Answer) -> RenderableType:
    """Draw which graph is in use, and what it holds."""
    parts = answer.parts or {}
    whole = tree(f"{parts['engine']} at {parts['address']}")
    leaf(whole, f"schema version: {parts['schema_version']}")
    leaf(whole, f"reference data: {cell(parts['reference']) or 'not loaded'}")
    nodes = parts["nodes"]
    if isinstance(nodes, Mapping) and "Profile" in nodes:
        leaf(whole, "documents by name: `rankgraph ask documents`")
    for name in ("nodes", "edges"):
        counts = parts[name]
        if isinstance(counts, Mapping) and counts:
            node = branch(whole, name)
            for kind, count in counts.items():
                leaf(node, f"{count:>7} {kind}")
    return whole


def model(answer: Answer) -> RenderableType:
    """Draw the declarations: each label and relationship type with its properties."""
    parts = answer.parts or {}
    whole = tree("The model")
    nodes, edges = branch(whole, "Nodes"), branch(whole, "Relationships")
    for one in list_or_empty(parts["nodes"]):
        leaf(nodes, f"{':'.join(one['labels'])}: {one['says']} {', '.join(one['properties'])}")  # type: ignore[index]
    for one in list_or_empty(parts["relationships"]):
        ends = (" or ".join(one[side]) for side in ("from", "to"))  # type: ignore[index]
        leaf(edges, f"({next(ends)})-[:{one['type']}]->({next(ends)}): {one['reads']}")  # type: ignore[index]
    return whole


def sources(answer: SourcesAnswer) -> RenderableType | None:
    """Draw every source of a thing, statement by statement."""
    citations, whole = Citations(), tree(answer.title)
    for (subject, relation, other), rows in groupby(
        answer.rows, lambda row: (row["subject"], row["relation"], row["other"])
    ):
        node = branch(whole, f"{subject} {relation_in_words(relation)} {other}")
        for row in rows:
            leaf(node, f"{row['quote']}{days_valid(row)}", citations.cite(row))
    return Folded([whole, *citations.listed()]) if answer.rows else None


def conflicts(answer: Answer) -> RenderableType | None:
    """Draw where sources disagree, side by side."""
    citations = Citations()
    parts: list[RenderableType] = []
    for title, sides in groupby(answer.rows, lambda row: f"{row['subject']}: {row['conflict']} ({row['about']})"):
        whole = tree(title)
        for (side, words), rows in groupby(sides, lambda row: (row["side"], row["said"])):
            node = branch(whole, f"{side}. {words}")
            for row in rows:
                leaf(node, f"{row['quote']}{days_or_unknown(row)}", citations.cite(row))
        parts.append(whole)
    return Folded([*parts, *citations.listed()]) if answer.rows else None


def comparison(answer: Comparison) -> RenderableType:
    """Draw a comparison kind by kind; of what is kept as it was the lines alone."""
    whole = tree(f"{_head(answer.old)}  >  {_head(answer.new)}")
    sizes = {str(row["kind"]): row for row in answer.summary}
    for words in answer.announcements:
        leaf(whole, words)
    for kind, rows in sorted_groups(answer.rows, "kind", tuple(sizes)):
        size = sizes[kind]
        counts = ", ".join(change_counts(size, _CHANGES))
        node = branch(whole, f"{heading(kind)}, {size['old']} to {size['new']}: {counts}")
        for row in rows:
            if row["change"] != "identical":
                _change(node, row)
        if same := [_identical(row) for row in rows if row["change"] == "identical"]:
            leaf(node, f"kept as it was: {'; '.join(same)}")
    return whole


def _head(edition: Row) -> str:
    days = f"{edition['valid_from'] or 'unknown day'} to {edition['valid_to'] or 'now'}"
    return f"{edition['role']}, {edition['edition']} ({edition['authority']}, {days}, {edition['document']})"


def _identical(row: Row) -> str:
    """Return the lines of a sentence, and of what has a name that too."""
    lines = f"{row['old_lines']} > {row['new_lines']}" if row["new_lines"] else ""
    return lines if row["kind"] in SENTENCE_KINDS else f"{row['new_text']} ({lines})" if lines else str(row["new_text"])


def _change(under: Tree, row: Row) -> None:
    if row["status"] == "added":
        leaf(under, f"added {row['new_lines'] or ''}: {row['new_text']}")
    elif row["status"] == "dropped":
        leaf(under, f"dropped {row['old_lines'] or ''}: {row['old_text']}")
    else:
        lines = f" {row['old_lines']} > {row['new_lines']}" if row["new_lines"] else ""
        node = leaf(under, f"{row['change']}{lines}: {row['old_text']}")
        leaf(node, str(row["new_text"]), f"score {row['score']}")
