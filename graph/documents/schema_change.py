"""A graph that an older version of rankgraph loaded: read as it is, and brought up to date in place by the next load.

Version 2 calls `instance` what tells two edges of one pair apart (1: `key`), lets no edge or edition lack its days, and
has names of its own for who is consulted before an appointment, for who is informed, and for what shared an id.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from graph.days import FIRST_DAY, LAST_DAY
from graph.ids import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.session import Graph, Transaction

Write = Callable[[Callable[["Transaction"], object]], object]
"""What carries out a unit of work in one transaction."""

_BATCH = 20_000
_VERSION = "MATCH (d:Document) RETURN min(coalesce(d.schema_version, $version)) AS version"
_SERIES = "MATCH (p:Profile) RETURN DISTINCT p.series AS series ORDER BY series"
_RENAMED = {"CONSULTED_BY": "APPOINTMENT_CONSULTS", "ENABLES": "INFORMS"}
"""Relationship types of version 1, and of version 2 before it was released, and what they are called now."""
_OLD_TYPES = f"MATCH ()-[e:{'|'.join(_RENAMED)}]->() RETURN count(e) AS edges"
_STEPS = (
    (
        "MATCH ()-[e]->() WHERE e.key IS NOT NULL WITH e LIMIT $batch "
        "SET e.instance = e.key REMOVE e.key RETURN count(*) AS rows"
    ),
    *(
        f"MATCH (a)-[e:{old}]->(b) WITH a, e, b LIMIT $batch "
        f"MERGE (a)-[n:{new} {{edition: e.edition, instance: e.instance}}]->(b) SET n = properties(e) DELETE e "
        "RETURN count(*) AS rows"
        for old, new in _RENAMED.items()
    ),
    (
        "MATCH ()-[e]->() WHERE e.edition IS NOT NULL AND (e.valid_from IS NULL OR e.valid_to IS NULL) "
        "WITH e LIMIT $batch SET e.valid_from = coalesce(e.valid_from, $first), "
        "e.valid_to = coalesce(e.valid_to, $last), e.current = coalesce(e.current, true) RETURN count(*) AS rows"
    ),
    (
        "MATCH (p:Profile) WHERE p.start IS NULL WITH p LIMIT $batch "
        "SET p.valid_from = coalesce(p.valid_from, $first), p.valid_to = coalesce(p.valid_to, $last), "
        "p.start = CASE WHEN p.published IS NOT NULL OR p.closes IS NOT NULL THEN 'known' "
        "WHEN p.not_before IS NOT NULL THEN 'bounded' ELSE 'unknown' END RETURN count(*) AS rows"
    ),
    (
        "MATCH (n:Requirement) WHERE n.digest IS NOT NULL AND (n.declared OR n.course_id IS NOT NULL) "
        "WITH n LIMIT $batch SET n.names = CASE WHEN n:Course THEN coalesce(n.names, n.name) END REMOVE n.digest "
        "RETURN count(*) AS rows"
    ),
    "MATCH (n:Instrument {id: 'ppf'}) SET n.id = 'policing-professional-framework' RETURN count(*) AS rows",
    "MATCH (n:StaffLease) WITH n LIMIT $batch DELETE n RETURN count(*) AS rows",
)
"""What is done to an older graph, each again and again until nothing is left to do."""
_UNDRAWN = (
    "MATCH (n:{label}) WHERE n.circle IS NULL AND coalesce(n.name, n.title) IS NOT NULL "
    "RETURN n.id AS id, coalesce(n.name, n.title) AS name ORDER BY id"
)
_DRAW = "UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) SET n.circle = row.circle RETURN count(*) AS rows"
_DONE = (
    "MATCH (d:Document) WHERE coalesce(d.schema_version, 0) < $version SET d.schema_version = $version "
    "RETURN count(*) AS rows"
)


def stored_version(graph: Graph) -> int | None:
    """Return the oldest version of the schema under which a document was loaded; none where none is."""
    version = graph.read(_VERSION, {"version": SCHEMA_VERSION})[0]["version"]
    return None if version is None else int(str(version))


def as_version_1(query: str) -> str:
    """Return a question so that it reads a graph of version 1.

    >>> as_version_1("MATCH ()-[e:APPOINTMENT_CONSULTS]->() WHERE e.valid_from <= day RETURN e.instance")
    "MATCH ()-[e:CONSULTED_BY]->() WHERE coalesce(e.valid_from, '0001-01-01') <= day RETURN e.key"
    """
    for name, value in (("valid_from", FIRST_DAY), ("valid_to", LAST_DAY)):
        query = re.sub(rf"\b((?:\w+\.)+{name})\b", rf"coalesce(\1, '{value}')", query)
    return re.sub(r"\.(`?)instance\b\1", ".key", query).replace("APPOINTMENT_CONSULTS", "CONSULTED_BY")


def upgrade(graph: Graph, write: Write, sync: Callable[[Transaction, str], object]) -> None:
    """Bring a graph that an older version loaded up to this one; a load killed on the way leaves it to the next.

    `write` carries out each step in a transaction, within which `sync` computes the days of a series of editions anew.
    """
    version = stored_version(graph)
    if version is None or (version >= SCHEMA_VERSION and not graph.read(_OLD_TYPES, {})[0]["edges"]):
        return
    graph.notify("the graph was loaded by an older version of rankgraph: it is brought up to date first")
    values = {"batch": _BATCH, "first": FIRST_DAY, "last": LAST_DAY, "version": SCHEMA_VERSION}
    for step in _STEPS:
        while write(lambda transaction, step=step: _count(transaction.run(step, values))):  # type: ignore[misc]
            pass
    from graph.ontology import NODE_KINDS  # what only reads asks here for the version alone, and needs no pydantic
    from graph.text.captions import circle_caption

    for label in sorted({kind.label for kind in NODE_KINDS if "circle" in kind.model_fields}):
        undrawn = graph.read(_UNDRAWN.format(label=label), {})
        rows = [{"id": row["id"], "circle": circle_caption(str(row["name"]))} for row in undrawn]
        draw = _DRAW.format(label=label)
        write(lambda transaction, draw=draw, rows=rows: transaction.run(draw, {"rows": rows}))  # type: ignore[misc]
    for row in graph.read(_SERIES, {}):
        write(lambda transaction, series=str(row["series"]): sync(transaction, series))  # type: ignore[misc]
    write(lambda transaction: transaction.run(_DONE, values))


def _count(rows: Iterable[dict[str, object]]) -> int:
    return sum(int(str(row["rows"])) for row in rows)
