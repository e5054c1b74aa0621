"""The relations between a rank and the bodies around it, in the order in which they are drawn."""

from __future__ import annotations

from collections.abc import Sequence

from graph.rows import Row
from queries.answers.answer import group_by
from queries.picture.shapes import MENTIONS, Look

_OVERSEEING = (
    *("REPORTS_TO", "ACCOUNTABLE_TO", "DIRECTED_BY", "APPOINTED_BY", "RECOMMENDED_BY"),
    *("APPOINTMENT_CONSULTS", "APPOINTMENT_APPROVED_BY", "SUSPENDED_BY", "INSPECTED_BY", "INVESTIGATED_BY"),
)
"""Relations of those who oversee the rank stand before all others."""


def by_relation(rows: Sequence[Row], look: Look) -> list[tuple[str, list[Row]]]:
    """Return rows of the question `bodies-of` by relation: those of who oversees the rank first, mentions last."""
    groups = group_by(rows, lambda row: str(row["relation"])).items()
    return sorted(groups, key=lambda group: (_order(group[0]), look.relation(group[0])))


def _order(relation: str) -> int:
    if relation == MENTIONS:
        return len(_OVERSEEING) + 1
    return _OVERSEEING.index(relation) if relation in _OVERSEEING else len(_OVERSEEING)
