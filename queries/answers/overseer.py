"""Which office has the functions of a police and crime commissioner for a force: where that is a mayor, by a source."""

from __future__ import annotations

from collections.abc import Iterable

from graph.days import today
from graph.rows import Row, list_or_empty
from queries.answers.inquiry import Inquiry

_OVERSEER = """MATCH (:Body {id: $force})-[e:ACCOUNTABLE_TO]->(b:Body) WHERE e.valid_from <= $day AND $day < e.valid_to
MATCH (d:Document {id: e.document})
RETURN b.name AS body, b.id AS body_id, b.kind AS kind, e.text AS quote, e.fact AS fact, e.authority AS authority,
  d.name AS document, e.lines AS lines ORDER BY body_id"""
_NAME = "MATCH (b:Body {id: $id}) RETURN b.name AS name"
_COMMISSIONER = "pcc"


def with_overseer(inquiry: Inquiry, rows: Iterable[Row], force: str | None) -> list[Row]:
    """Return bodies of a rank, or steps of routes, with what a force is accountable to in place of the commissioner.

    Rows have a body_id, whose words and source are then those of that office, or appointed_by, names alone.
    """
    found = inquiry.graph.read(_OVERSEER, {"force": force, "day": inquiry.as_of or today()}) if force else []
    if not found:
        return list(rows)
    office, named = found[0], {str(row["name"]) for row in inquiry.graph.read(_NAME, {"id": _COMMISSIONER})}
    return [{**row, **_replaced(row, office, named)} for row in rows]


def _replaced(row: Row, office: Row, named: set[str]) -> Row:
    if "appointed_by" in row:
        by = [str(one) for one in list_or_empty(row["appointed_by"])]
        return {"appointed_by": [office["body"] if one in named else one for one in by]}
    return office if row["body_id"] == _COMMISSIONER else {}
