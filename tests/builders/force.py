"""A force in memory, as rows of the staff files with ids resolved, and how tests put it into a graph directly."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field

from graph.days import FIRST_DAY, LAST_DAY
from graph.session import Graph, Transaction

Row = dict[str, object]

SEEDS = range(int(os.environ.get("RANKGRAPH_DRAWN_FORCES", "12")))
"""Of the forces that are drawn for the questions of planners."""

_NODES = {
    "Unit": ("id", "name"),
    "Post": ("id", "title", "fte", "places", "attributes", "opened", "closed"),
    "Person": ("id", "name", "joined", "left"),
    "Absence": ("id", "from", "to", "kind"),
    "CourseRun": ("id", "starts", "seats"),
}


@dataclass
class Force:
    """Rows by sheet; ranks, roles and requirements are ids of the graph, days are YYYY-MM-DD or missing.

    `requirements` are force's own: id (such as skill/taser), name, kind (Skill or Course), recorded.
    `needs` are what ranks and roles ask for by documents: role, requirement, level, necessity, valid_from, valid_to.
    """

    units: list[Row] = field(default_factory=list)
    posts: list[Row] = field(default_factory=list)
    people: list[Row] = field(default_factory=list)
    occupancies: list[Row] = field(default_factory=list)
    requirements: list[Row] = field(default_factory=list)
    needs: list[Row] = field(default_factory=list)
    post_requirements: list[Row] = field(default_factory=list)
    cover: list[Row] = field(default_factory=list)
    holdings: list[Row] = field(default_factory=list)
    not_met: list[Row] = field(default_factory=list)
    ranks_held: list[Row] = field(default_factory=list)
    absences: list[Row] = field(default_factory=list)
    courses: list[Row] = field(default_factory=list)
    teaches: list[Row] = field(default_factory=list)
    course_dates: list[Row] = field(default_factory=list)

    def places(self, post: Row | str) -> int:
        """Return how many people a post is for."""
        row = next(row for row in self.posts if row["post_id"] == post) if isinstance(post, str) else post
        return int(str(row.get("places") or 1))

    def is_known(self, requirement: object) -> bool:
        """Return whether anybody was ever recorded with a requirement."""
        return any(row["requirement"] == requirement for row in self.holdings)


def put(graph: Graph, force: Force) -> None:
    """Write a force into a graph that holds the ranks it speaks of, and take away the one that was there."""
    graph.write(lambda transaction: _put(transaction, force))


def _put(transaction: Transaction, force: Force) -> None:
    for label in (*_NODES, "StaffLoad"):
        transaction.run(f"MATCH (n:{label}) DETACH DELETE n")
    transaction.run("MATCH (n:Requirement) WHERE n.declared DETACH DELETE n")
    transaction.run("MATCH (d:Document {id: 'force-document'}) DETACH DELETE d")
    transaction.run("MATCH ()-[e:REQUIRES]->() WHERE e.edition = 'force-edition' DELETE e")
    transaction.run("CREATE (d:Document {id: 'force-document', name: 'force.txt', format: 'test', sha256: 'x'})")
    _nodes(transaction, "Unit", [{"id": row["unit_id"], "name": row["name"]} for row in force.units])
    _nodes(transaction, "Post", [_renamed(row, "post_id", _NODES["Post"]) for row in force.posts])
    _nodes(transaction, "Person", [_renamed(row, "person_id", _NODES["Person"]) for row in force.people])
    _requirements(transaction, force)
    _edges(transaction, force)


def _renamed(row: Row, key: str, names: Iterable[str]) -> Row:
    found = {name: row.get(name) for name in names if row.get(name) is not None}
    if key == "post_id":
        found.setdefault("fte", 1.0)
    return {**found, "id": row[key]}


def _nodes(transaction: Transaction, label: str, rows: list[Row]) -> None:
    transaction.run(f"UNWIND $rows AS row CREATE (n:{label}) SET n = row", {"rows": rows})


def _requirements(transaction: Transaction, force: Force) -> None:
    for kind in sorted({str(row["kind"]) for row in force.requirements}):
        rows = [
            {
                "id": row["id"],
                "name": row["name"],
                "text": row["name"],
                "recorded": row.get("recorded", True),
                "declared": True,
                "digest": "-",
            }
            for row in force.requirements
            if row["kind"] == kind
        ]
        transaction.run(f"UNWIND $rows AS row CREATE (n:Requirement:{kind}) SET n = row", {"rows": rows})
    for row in force.courses:
        transaction.run(
            "MATCH (n:Requirement {id: $id}) SET n.course_id = $course_id, n.cost = $cost, n.days = $days, "
            "n.seats = $seats, n.provider = $provider",
            {name: row.get(name) for name in ("id", "course_id", "cost", "days", "seats", "provider")},
        )


def _edges(transaction: Transaction, force: Force) -> None:
    def link(kind: str, start: tuple[str, str], end: tuple[str, str], rows: list[Row], carried: Iterable[str]) -> None:
        sent = [
            {"a": row[start[1]], "b": row[end[1]], "props": {"instance": _key(row, kind), **_given(row, carried)}}
            for row in rows
            if row.get(start[1]) is not None and row.get(end[1]) is not None
        ]
        transaction.run(
            f"UNWIND $rows AS row MATCH (a:{start[0]} {{id: row.a}}) MATCH (b:{end[0]} {{id: row.b}}) "
            f"CREATE (a)-[e:{kind}]->(b) SET e = row.props",
            {"rows": sent},
        )

    person, post, need = ("Person", "person_id"), ("Post", "post_id"), ("Requirement", "requirement")
    away = [{**row, "id": f"{row['person_id']}/{row.get('from')}/{row.get('kind')}"} for row in force.absences]
    _nodes(transaction, "Absence", [_given(row, _NODES["Absence"]) for row in away])
    link("WITHIN", ("Unit", "unit_id"), ("Unit", "parent_id"), force.units, ())
    link("WITHIN", post, ("Unit", "unit_id"), force.posts, ())
    link("FOR_ROLE", post, ("Role", "rank"), force.posts, ())
    link("FOR_ROLE", post, ("Role", "role"), force.posts, ())
    link("ASKS_FOR", post, need, [_asked(row) for row in force.post_requirements], ("level", "necessity", "weight"))
    link("MUST_COVER", ("Unit", "unit_id"), need, force.cover, ("level", "people", "weight"))
    link("OCCUPIES", person, post, [_worked(row) for row in force.occupancies], ("from", "to", "basis", "fte"))
    link("HOLDS", person, need, force.holdings, ("level", "achieved", "expires", "evidence"))
    link("NOT_MET", person, need, force.not_met, ("judged",))
    link("HELD_RANK", person, ("Role", "rank"), [_worked(row) for row in force.ranks_held], ("from", "to", "basis"))
    link("ABSENT", person, ("Absence", "id"), away, ())
    runs = [{**row, "id": f"{row['course']}/run/{row['starts']}"} for row in force.course_dates]
    _nodes(transaction, "CourseRun", [_given(row, _NODES["CourseRun"]) for row in runs])
    link("HAS_RUN", ("Requirement", "course"), ("CourseRun", "id"), runs, ())
    link("TEACHES", ("Requirement", "course"), need, force.teaches, ("level",))
    stated = [_stated(row, number) for number, row in enumerate(force.needs)]
    names = ("fact", "edition", "document", "lines", "text", "basis", "authority", "current")
    link("REQUIRES", ("Role", "role"), need, stated, (*names, "level", "necessity", "valid_from", "valid_to"))


def _key(row: Row, kind: str) -> object:
    name = {"OCCUPIES": "from", "HELD_RANK": "from", "HOLDS": "achieved", "NOT_MET": "judged"}.get(kind, "")
    return row.get("instance") or row.get(name) or "-"


def _given(row: Row, names: Iterable[str]) -> Row:
    return {name: row[name] for name in names if row.get(name) is not None}


def _asked(row: Row) -> Row:
    return {"necessity": "essential", **row}


def _worked(row: Row) -> Row:
    return {"basis": "substantive", "fte": 1.0, **row}


def _stated(row: Row, number: int) -> Row:
    return {
        "fact": f"fact/force-edition/{number}",
        "edition": "force-edition",
        "instance": str(number),
        "document": "force-document",
        "lines": str(number + 1),
        "text": f"words of line {number + 1}",
        "basis": "stated",
        "authority": "national profile",
        "current": True,
        "necessity": "essential",
        **row,
        "valid_from": row.get("valid_from", "2000-01-01") or FIRST_DAY,
        "valid_to": row.get("valid_to") or LAST_DAY,
    }
