"""Name ranks, ladders and kinds as a reader knows them."""

from __future__ import annotations

from collections.abc import Sequence

from graph.days import today
from graph.rows import Row
from queries.ask import day
from queries.picture.shapes import Look

SHARED = "uk"
"""The ladder whose ranks every force has; the others stand on it."""

LADDERS = {
    "territorial": "Territorial forces",
    "mps": "Metropolitan Police",
    "city": "City of London Police",
    SHARED: "All forces",
}
"""In the order of the columns."""

_OVERSEEING = (
    "REPORTS_TO",
    "ACCOUNTABLE_TO",
    "DIRECTED_BY",
    "APPOINTED_BY",
    "RECOMMENDED_BY",
    "CONSULTED_BY",
    "SUSPENDED_BY",
    "INSPECTED_BY",
    "INVESTIGATED_BY",
)
"""Relations of those who oversee the rank stand before all others."""
_LAST = "MENTIONS"

_LABELS = {
    "gate": "Gate",
    "course": "Course",
    "competency": "Competency",
    "value": "Value",
    "core skills": "CoreSkillSet",
    "skill": "Skill",
    "knowledge": "Knowledge",
    "experience": "Experience",
    "duty": "Accountability",
}
_PLURALS = {
    "competency": "Competencies",
    "duty": "Duties",
    "core skills": "Core skills",
    "knowledge": "Knowledge",
    "experience": "Experience",
}


def ladder_name(ladder: object) -> str:
    """Return what a ladder is called.

    >>> ladder_name("mps"), ladder_name(None)
    ('Metropolitan Police', 'not on a ladder')
    """
    return LADDERS.get(str(ladder), str(ladder)) if ladder else "not on a ladder"


def force_of(rank_id: object) -> str:
    """Return the ladder that the id of a rank names; empty for a role that is no rank.

    >>> force_of("mps/commander"), force_of("role/pcso")
    ('Metropolitan Police', '')
    """
    return LADDERS.get(str(rank_id).partition("/")[0], "")


def label_of(kind: str) -> str:
    """Return the label of a kind of requirement."""
    return _LABELS.get(kind, "Requirement")


def plural(kind: str) -> str:
    """Return the heading of several of a kind.

    >>> plural("course"), plural("competency")
    ('Courses', 'Competencies')
    """
    return _PLURALS.get(kind, f"{kind.capitalize()}s")


def kind_words(kind: object) -> str:
    """Return a kind of body in words.

    >>> kind_words("local_policing_body")
    'local policing body'
    """
    return str(kind or "").replace("_", " ")


def by_relation(rows: Sequence[Row], look: Look) -> list[tuple[str, list[Row]]]:
    """Return rows of the question `bodies-of` by relation: those of who oversees the rank first, mentions last."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(str(row["relation"]), []).append(row)
    return sorted(found.items(), key=lambda group: (_order(group[0]), relation_words(group[0], look)))


def _order(relation: str) -> int:
    if relation == _LAST:
        return len(_OVERSEEING) + 1
    return _OVERSEEING.index(relation) if relation in _OVERSEEING else len(_OVERSEEING)


def relation_words(relation: str, look: Look) -> str:
    """Return a relation as the ontology says it."""
    if relation == _LAST:
        return "is described in a document that mentions"
    return look.relations.get(relation, relation.casefold().replace("_", " "))


def on_day(as_of: str | None) -> str:
    """Return the day that a picture is of. Raises UsageError for what is no day."""
    return day(as_of, "--as-of") if as_of else today()
