"""The words of answers: kinds in their order, headings, counts, days and places in documents."""

from __future__ import annotations

from collections.abc import Sequence

from graph.rows import Row

REQUIREMENT_KINDS = (
    *("gate", "course", "competency", "value", "core skills", "skill", "knowledge", "experience", "duty"),
)
"""In the order in which answers have them."""

_HEADINGS = {
    "gate": "Gates",
    "course": "Courses",
    "competency": "Competencies",
    "value": "Values",
    "core skills": "Core skills",
    "skill": "Skills",
    "knowledge": "Knowledge",
    "experience": "Experience",
    "duty": "Duties",
    "purpose": "Purpose",
    "education": "Education and experience",
    "development": "Professional development",
    "learning": "Learning and accreditation",
    "instrument": "Plans, codes and laws",
    "body": "Bodies",
    "framework": "Framework",
    "eligibility": "Who may apply",
}
_SEVERAL = {"knowledge": "fields of knowledge", "experience": "experiences"}


def heading(kind: str) -> str:
    """Return the heading of what is of a kind.

    >>> heading("course"), heading("body"), heading("power")
    ('Courses', 'Bodies', 'Powers')
    """
    return _HEADINGS.get(kind, f"{kind.capitalize()}s")


def number_of_kind(number: int, kind: str) -> str:
    """Return a number with what is counted.

    >>> number_of_kind(1, "competency"), number_of_kind(2, "competency"), number_of_kind(2, "knowledge")
    ('1 competency', '2 competencies', '2 fields of knowledge')
    """
    return f"{number} {kind if number == 1 else _SEVERAL.get(kind, heading(kind).lower())}"


def in_order(kinds: Sequence[str], order: Sequence[str] = REQUIREMENT_KINDS) -> list[str]:
    """Return different kinds, each once: those of an order in it, others behind.

    >>> in_order(["skill", "power", "gate", "skill"])
    ['gate', 'skill', 'power']
    """
    return sorted(dict.fromkeys(kinds), key=lambda kind: order.index(kind) if kind in order else len(order))


def relation_in_words(relation: object) -> str:
    """Return a type of relationship in words.

    >>> relation_in_words("REPORTS_TO")
    'reports to'
    """
    return str(relation).lower().replace("_", " ")


def level_words(row: Row) -> str:
    """Return the level that is needed, and the level held, in brackets; empty where there is neither."""
    held, needed = row["held_level"], row["needed_level"]
    if needed is None:
        return "" if held is None else f" (level {held} held)"
    return f" (level {needed}, {held} held)" if held is not None else f" (level {needed})"


def place(row: Row, document: str = "document", lines: str = "lines") -> str:
    """Return where a row stands: the document and its lines."""
    return f"{row[document]}:{row[lines]}"


def days_valid(row: Row) -> str:
    """Return in brackets the days between which a statement counts; empty where neither is known."""
    start, end = row["valid_from"], row["valid_to"]
    if end:
        return f" ({start or 'unknown day'} to {end})"
    return f" (from {start})" if start else ""
