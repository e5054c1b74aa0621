"""What is loaded: reference data, profiles, staff, and what the ladder says of one rank."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from graph.days import add_months, today
from graph.rows import Row, list_or_empty
from queries.ask import LOADING
from queries.parameters.days import last_day
from queries.parameters.editions import COUNTS

if TYPE_CHECKING:
    from graph.session import Graph
    from queries.parameters.editions import Roles


_RANK = """MATCH (r:Role {id: $rank})
RETURN r.id AS id, r.name AS name, r.short_name AS short_name, r.step AS step, r.ladder AS ladder,
  r.profile_level AS profile_level, r.insignia AS insignia"""
_EQUIVALENTS = """MATCH (:Role {id: $rank})-[e:EQUIVALENT_TO]-(o:Role)
MATCH (d:Document {id: e.document})
RETURN DISTINCT o.name AS rank, o.id AS rank_id, o.ladder AS ladder, e.fact AS fact, e.authority AS authority,
  d.name AS document, e.lines AS lines
ORDER BY rank_id, fact"""
_PURPOSE = f"""MATCH (:Role {{id: $rank}})<-[:DESCRIBES]-(p:Profile)-[:PUBLISHED_IN]->(d:Document)
WHERE {COUNTS}
RETURN p.id AS edition, p.purpose AS purpose, p.purpose_lines AS lines, p.authority AS authority, d.name AS document
ORDER BY edition"""
_REFERENCE = """MATCH (:Role)-[e:PROMOTES_FROM]->(:Role) WHERE e.edition STARTS WITH 'reference@'
RETURN DISTINCT e.edition AS edition ORDER BY edition"""
_LABELS = "MATCH (n) UNWIND labels(n) AS label RETURN label, count(*) AS count ORDER BY label"
_LAST = "MATCH (n:StaffLoad) RETURN coalesce(n.export_day, n.loaded) AS day"
_TYPES = "MATCH ()-[e]->() RETURN type(e) AS kind, count(*) AS count ORDER BY kind"


_AS_AT = re.compile(r", as at (\d{4}(?:-\d\d){0,2})")
_MONTHS = 24
"""How old the text of a source may be before an answer that rests on it says so."""


def old_sources(rows: Iterable[Row], day: str) -> list[str]:
    """Return a note where reference data of some rows stands as its sources did more than two years before a day.

    >>> old_sources([{"authority": "An Act, as at 2013-08"}, {"authority": "A page, as at 2025"}], "2026-11-30")
    ['law and policy are read as of 2013: look for later changes']
    """
    days = {found for row in rows for found in _AS_AT.findall(str(row["authority"]))}
    old = {one[:4] for one in days if (add_months(last_day(one, ""), _MONTHS) or day) < day}
    *others, last = sorted(old) or [""]
    years = " and ".join([", ".join(others), last] if others else [last])
    return [f"law and policy are read as of {years}: look for later changes"] if old else []


def contents(graph: Graph) -> dict[str, object]:
    """Return the editions of the reference data that the ladder rests on, and how many of each label and type."""
    reference = [row["edition"] for row in graph.read(_REFERENCE, {})]
    nodes = {str(row["label"]): row["count"] for row in graph.read(_LABELS, {})}
    edges = {str(row["kind"]): row["count"] for row in graph.read(_TYPES, {})}
    return {"reference": reference, "nodes": nodes, "edges": edges}


def unprofiled(roles: Roles, ranks: Iterable[str]) -> dict[str, str]:
    """Return those ranks of which no profile or pack counts on the day, each with what is loaded instead."""
    editions_by_rank = {rank: roles.editions[rank] for rank in ranks}
    return {
        rank: roles.before_first(rank) or _instead(rank, editions)
        for rank, editions in editions_by_rank.items()
        if not any(row["counts"] and row["source_kind"] != "advert" for row in editions)
    }


def _instead(rank: str, editions: Sequence[Row]) -> str:
    if any(row["counts"] for row in editions):
        return f"only an advert of {rank} is loaded, no profile"
    if editions:
        begins = ", ".join(f"{row['edition']} from {row['valid_from'] or 'an unknown day'}" for row in editions)
        return f"nothing that is loaded of {rank} counts on the day ({begins})"
    return f"no profile of {rank} is loaded"


def rank_itself(graph: Graph, rank: str, as_of: str | None) -> Row:
    """Return what the ladder says of a rank, its equivalents, and its purpose paragraph by paragraph."""
    ladder_row = graph.read(_RANK, {"rank": rank})[0]
    purpose = [
        {"text": text, **{name: row[name] for name in ("edition", "authority", "document")}, "lines": at}
        for row in graph.read(_PURPOSE, {"rank": rank, "day": as_of or today()})
        for text, at in zip(list_or_empty(row["purpose"]), list_or_empty(row["lines"]), strict=True)
    ]
    return {**ladder_row, "equivalents": graph.read(_EQUIVALENTS, {"rank": rank}), "purpose": purpose}


def last_load(graph: Graph) -> str | None:
    """Return the day as on which the staff files were that were loaded last; none where there are none."""
    return next((str(row["day"]) for row in graph.read(_LAST, {})), None)


def beyond_load(day: str | None, loaded: str | None) -> list[str]:
    """Return a note where a day, none for today, is after that of the last load: then much of what comes is not known.

    >>> beyond_load("2027-04-01", "2026-10-31")[0]
    '2027-04-01 is after the last load of staff files (2026-10-31): only recorded ends move it'
    """
    on = day or today()
    if loaded is None or on <= loaded:
        return []
    return [f"{on} is after the last load of staff files ({loaded}): only recorded ends move it"]


def unfinished_load(graph: Graph) -> str | None:
    """Return a note that staff are in the graph in part, where a load is under way or was cut short; else none."""
    rows = graph.read(LOADING, {})
    if not rows:
        return None
    files = ", ".join(map(str, list_or_empty(rows[0]["files"]))) or "staff files"
    return (
        f"the load of {files} begun on {rows[0]['day']} is under way or was cut short, so the numbers are not whole; "
        "when no load runs, `rankgraph staff load` with the same files completes it"
    )
