"""Put two editions side by side: ask for the statements of both, and draw how they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from graph.errors import AnswerError, UsageError
from graph.rows import Row
from queries.answers.answer import named
from queries.ask import ask
from queries.show.trees import branch, leaf, tree

if TYPE_CHECKING:
    from rich.tree import Tree

    from graph.session import Graph


Compare = Callable[[Sequence[Row], Sequence[Row]], list[dict[str, object]]]

_HEAD = """MATCH (d:Document)<-[:PUBLISHED_IN]-(p:Profile {id: $edition})-[:DESCRIBES]->(role:Role)
RETURN p.id AS edition, role.name AS role, p.authority AS authority, p.valid_from AS valid_from,
  p.valid_to AS valid_to, d.name AS document"""

_SIDES = ("old", "new")
_STATUSES = ("added", "dropped", "kept")
_MOVES = {"development": "learning", "learning": "development"}
"""Where a sentence that moved has gone."""

_SENTENCES = frozenset({"duty", "purpose", "skill", "education", "development", "learning"})

PLURALS = {
    "duty": "Duties",
    "purpose": "Purpose",
    "skill": "Skills",
    "education": "Education and experience",
    "development": "Professional development",
    "learning": "Learning and accreditation",
    "competency": "Competencies",
    "value": "Values",
    "course": "Courses",
    "instrument": "Plans, codes and laws",
    "body": "Bodies",
    "framework": "Framework",
    "eligibility": "Who may apply",
}


@dataclass(frozen=True)
class Head:
    """What an edition is, and the file that it was read from."""

    edition: str
    role: str
    authority: str
    valid_from: str | None
    valid_to: str | None
    document: str


@dataclass(frozen=True)
class Comparison:
    """Two editions and the rows of what lies between them."""

    old: Head
    new: Head
    rows: Sequence[Row]
    notes: list[str]


def compared(
    graph: Graph, old: str, new: str, compare: Compare, *, as_of: str | None = None, force: str | None = None
) -> Comparison:
    """Return how two editions differ.

    Args:
        graph: An open graph.
        old: The older edition, or a rank.
        new: The newer edition, or a rank.
        compare: Turns the statements of both into the rows of the answer.
        as_of: The day on which a rank alone is read; none for today.
        force: Ladder for names that ladders share.

    Raises UsageError where both are the same edition, AnswerError where one states nothing.
    """
    question = named("statements-of")
    asked = [ask(graph, question, {"edition": said, "as_of": as_of}, force=force) for said in (old, new)]
    editions = [str(answer.sent["edition"]) for answer in asked]
    if editions[0] == editions[1]:
        raise UsageError(f"OLD and NEW are both {editions[0]}; expected two editions")
    for edition, answer in zip(editions, asked, strict=True):
        if not answer.rows:
            raise AnswerError(f"found no statement in {edition}; load its document again")
    heads = [_head(graph, edition) for edition in editions]
    notes = [note for answer in asked for note in answer.notes]
    return Comparison(heads[0], heads[1], compare(asked[0].rows, asked[1].rows), notes)


def _head(graph: Graph, edition: str) -> Head:
    row = graph.read(_HEAD, {"edition": edition})[0]
    begins, ends = (None if row[name] is None else str(row[name]) for name in ("valid_from", "valid_to"))
    return Head(str(row["edition"]), str(row["role"]), str(row["authority"]), begins, ends, str(row["document"]))


def title(head: Head) -> str:
    """Name an edition, whose word it is, the days it counts and its file."""
    days = f"{head.valid_from or 'unknown day'} to {head.valid_to or 'now'}"
    return f"{head.role}, {head.edition} ({head.authority}, {days}, {head.document})"


def summary(rows: Sequence[Row]) -> list[dict[str, object]]:
    """Return for each kind how many statements either edition has, and how many rows are added, dropped and kept.

    A statement that was split, or merged from several, counts once in the edition where it is one; one that moved
    counts in the old edition under the kind that it left, in the new one under the kind that it went to.
    """
    sides: dict[str, set[tuple[str, object, object]]] = {kind: set() for kind in PLURALS}
    for row in rows:
        for side in _SIDES:
            if row[f"{side}_text"] is not None:
                sides[_kind(row, side)].add((side, row[f"{side}_lines"], row[f"{side}_text"]))
    told = Counter((str(row["kind"]), str(row["status"])) for row in rows)
    return [
        {
            "kind": kind,
            **{side: sum(1 for each in found if each[0] == side) for side in _SIDES},
            **{status: told[kind, status] for status in _STATUSES},
        }
        for kind, found in sides.items()
        if found
    ]


def _kind(row: Row, side: str) -> str:
    kind = str(row["kind"])
    return _MOVES.get(kind, kind) if (side, row["change"]) == ("new", "moved") else kind


def view(comparison: Comparison) -> Tree:
    """Draw a comparison, kind by kind; what is kept as it was is told by its lines alone."""
    whole = tree(f"{title(comparison.old)}  >  {title(comparison.new)}")
    sizes = {str(row["kind"]): row for row in summary(comparison.rows)}
    for kind, group in groupby(comparison.rows, key=lambda row: str(row["kind"])):
        size = sizes[kind]
        told = ", ".join(f"{size[status]} {status}" for status in _STATUSES if size[status])
        heading = branch(whole, f"{PLURALS[kind]}, {size['old']} to {size['new']}: {told}")
        rows = list(group)
        for row in rows:
            if row["change"] != "identical":
                _changed(heading, row)
        if same := [_same(row) for row in rows if row["change"] == "identical"]:
            leaf(heading, f"kept as it was: {'; '.join(same)}")
    return whole


def _same(row: Row) -> str:
    """Tell a sentence by its lines, a thing by its name too."""
    lines = f"{row['old_lines']} > {row['new_lines']}" if row["new_lines"] else ""
    return lines if row["kind"] in _SENTENCES else f"{row['new_text']} ({lines})" if lines else str(row["new_text"])


def _changed(under: Tree, row: Row) -> None:
    if row["status"] == "added":
        leaf(under, f"added {row['new_lines'] or ''}: {row['new_text']}")
    elif row["status"] == "dropped":
        leaf(under, f"dropped {row['old_lines'] or ''}: {row['old_text']}")
    else:
        lines = f" {row['old_lines']} > {row['new_lines']}" if row["new_lines"] else ""
        node = leaf(under, f"{row['change']}{lines}: {row['old_text']}")
        leaf(node, str(row["new_text"]), f"score {row['score']}")
