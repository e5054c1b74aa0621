"""Two editions side by side: the statements of both, and how they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from graph.errors import AnswerError, UsageError
from graph.rows import Row, list_or_empty
from graph.text.edition_diff import COLUMNS, KINDS, compare
from queries.answers.answer import Answer
from queries.answers.inquiry import Inquiry
from queries.parameters.editions import BEGINS, ENDS, NOT_PRINTED

_EDITION = f"""MATCH (d:Document)<-[:PUBLISHED_IN]-(p:Profile {{id: $edition}})-[:DESCRIBES]->(role:Role)
RETURN p.id AS edition, role.name AS role, p.authority AS authority, {BEGINS} AS valid_from,
  {ENDS} AS valid_to, d.name AS document, {NOT_PRINTED}"""

_SIDES = ("old", "new")
_COUNTS = {
    "added": ("new", "added"),
    "dropped": ("old", "dropped"),
    "kept": ("old", "kept"),
    "kept_as": ("new", "kept"),
}
_LISTS = {"competency": "competencies", "value": "values"}
"""Kinds of statements, and the list of an edition that holds them."""
_MOVES = {"development": "learning", "learning": "development"}
"""Where a sentence that moved has gone."""


@dataclass(frozen=True, kw_only=True)
class Comparison(Answer):
    """Two editions, the rows of what lies between them, and how many those are kind by kind.

    An edition has edition (its id), role, authority, valid_from, valid_to, document (the file it was read from) and, in
    words, a framework that is outdated on the day.
    `announcements` are the lists that one of them announces and does not print: of those nothing is dropped or new.
    """

    old: Row
    new: Row
    summary: Sequence[Row]
    announcements: Sequence[str]


def comparison(inquiry: Inquiry, old: str, new: str) -> Comparison:
    """Return how two editions differ; a rank alone is its edition of a day, or of today.

    Raises UsageError where both are the same edition, AnswerError where one states nothing.
    """
    replies = [inquiry.ask("statements-of", {"edition": name}) for name in (old, new)]
    editions = [str(reply.sent["edition"]) for reply in replies]
    if editions[0] == editions[1]:
        raise UsageError(f"OLD and NEW are both {editions[0]}; expected two editions")
    for edition, reply in zip(editions, replies, strict=True):
        if not reply.rows:
            raise AnswerError(f"found no statement in {edition}; load its document again")
    old_edition, new_edition = (inquiry.graph.read(_EDITION, {"edition": edition})[0] for edition in editions)
    notes = [note for reply in replies for note in reply.notes]
    both = old_edition, new_edition
    for one in both:
        one["outdated"] = inquiry.roles.outdated(str(one["edition"]))
    not_printed = [name for edition in both for name in list_or_empty(edition.pop("not_printed"))]
    announced = [str(words) for edition in both for words in list_or_empty(edition.pop("announcements"))]
    rows = [row for row in compare(replies[0].rows, replies[1].rows) if not _is_lost(row, not_printed)]
    return Comparison(
        COLUMNS, rows, notes, old=old_edition, new=new_edition, summary=summary(rows), announcements=announced
    )


def _is_lost(row: Row, not_printed: Sequence[object]) -> bool:
    """Return whether a statement has no like because the other edition does not print the list that it stands in."""
    return row["status"] != "kept" and _LISTS.get(str(row["kind"])) in not_printed


def summary(rows: Sequence[Row]) -> list[dict[str, object]]:
    """Return for each kind how many statements either edition has, and how many are added, dropped and kept.

    Each counts once: `kept` are statements of the old edition, `kept_as` those of the new one that say the same, more
    where one was split, fewer where several were merged. One that moved counts in the old edition under the kind that
    it left, in the new one under the kind that it went to.
    """
    sides: dict[str, set[tuple[str, object, object, object]]] = {kind: set() for kind in KINDS}
    for row in rows:
        for side in _SIDES:
            if row[f"{side}_text"] is not None:
                sides[_kind(row, side)].add((side, row["status"], row[f"{side}_lines"], row[f"{side}_text"]))
    counts = Counter((kind, each[0], each[1]) for kind, statements in sides.items() for each in statements)
    return [
        {
            "kind": kind,
            **{side: sum(1 for each in statements if each[0] == side) for side in _SIDES},
            **{name: counts[kind, side, status] for name, (side, status) in _COUNTS.items()},
        }
        for kind, statements in sides.items()
        if statements
    ]


def _kind(row: Row, side: str) -> str:
    kind = str(row["kind"])
    return _MOVES.get(kind, kind) if (side, row["change"]) == ("new", "moved") else kind
