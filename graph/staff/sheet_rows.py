"""Which nodes and edges the rows of each sheet of staff files are; the properties are the columns of the same names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import itemgetter

from graph.days import add_months
from graph.nodes import Node
from graph.ontology import EDGE_KINDS, Properties
from graph.rows import Row
from graph.staff import cypher
from graph.staff_nodes import Absence, CourseRun, ForceRole, Person, Post, Unit
from graph.text.captions import circle_caption

Values = tuple[object, ...]
"""A node or an edge as it is written: the values in the order of graph/staff/cypher.py."""


def _properties(kind: type[Node | Properties], names: tuple[str, ...]) -> Callable[[Row], Values]:
    """Return what takes the named properties from a row; one whose cell is empty has its default."""
    defaults = cypher.defaults(kind)
    filled = [(place, defaults[name]) for place, name in enumerate(names) if defaults[name] is not None]
    pick = itemgetter(*names) if len(names) > 1 else lambda row: tuple(row[name] for name in names)

    def take(row: Row) -> Values:
        values: Values = pick(row)
        for place, default in filled:
            if values[place] is None:
                values = replaced(values, place, default)
        return values

    return take


@dataclass(frozen=True)
class NodeSheet:
    """A sheet whose rows are nodes, with the column that gives the id."""

    sheet: str
    kind: type[Node]
    id: str

    @cached_property
    def node(self) -> Callable[[Row], Values]:
        """What makes the node of a row."""
        properties = _properties(self.kind, cypher.columns(self.kind)[1:])
        return lambda row: (row[self.id], *properties(row))


@dataclass(frozen=True)
class EdgeSheet:
    """A sheet whose rows are edges of one kind, with the columns that give their ends and the instance.

    Each of the `end_ids` is an edge of its own, none where its cell is empty. Where `single`, the edges of a start are
    those of its row and no others. `of` is the sheet whose rows are the starts, where a whole export says all edges of
    each; where `ends_go`, the node that an edge ends at is removed with it.
    """

    sheet: str
    kind: str
    start: str
    end: str
    start_id: str
    end_ids: tuple[str, ...]
    instance: str = ""
    single: bool = False
    of: str = ""
    ends_go: bool = False

    @cached_property
    def edges(self) -> Callable[[Row], list[Values]]:
        """What makes the edges of a row."""
        properties = _properties(EDGE_KINDS[self.kind].properties, cypher.edge_columns(self.kind)[1:])

        def make(row: Row) -> list[Values]:
            start, rest = row[self.start_id], properties(row)
            instance = (row[self.instance] if self.instance else None) or "-"
            ends = {row[name]: None for name in self.end_ids}
            return [(start, end, instance, *rest) for end in ends if end]

        return make


NODE_SHEETS = (
    NodeSheet("units", Unit, "unit_id"),
    NodeSheet("roles", ForceRole, "role"),
    NodeSheet("posts", Post, "post_id"),
    NodeSheet("people", Person, "person_id"),
    NodeSheet("absences", Absence, "absence_id"),
    NodeSheet("course_dates", CourseRun, "run_id"),
)
"""In the order of writing; requirements and courses are apart (graph/staff/write.py)."""

_NEED = ("requirement",)
EDGE_SHEETS = (
    EdgeSheet("units", "WITHIN", "Unit", "Unit", "unit_id", ("parent_id",), single=True),
    EdgeSheet("posts", "WITHIN", "Post", "Unit", "post_id", ("unit_id",), single=True),
    EdgeSheet("posts", "FOR_ROLE", "Post", "Role", "post_id", ("rank", "role"), single=True),
    EdgeSheet("post_requirements", "ASKS_FOR", "Post", "Requirement", "post_id", _NEED, of="posts"),
    EdgeSheet("cover", "MUST_COVER", "Unit", "Requirement", "unit_id", _NEED, of="units"),
    EdgeSheet("teaches", "TEACHES", "Requirement", "Requirement", "course_id", _NEED, of="courses"),
    EdgeSheet(
        "course_dates", "HAS_RUN", "Requirement", "CourseRun", "course_id", ("run_id",), of="courses", ends_go=True
    ),
    EdgeSheet("occupancies", "OCCUPIES", "Person", "Post", "person_id", ("post_id",), "from", of="people"),
    EdgeSheet("ranks_held", "HELD_RANK", "Person", "Role", "person_id", ("rank",), "from", of="people"),
    EdgeSheet("not_met", "NOT_MET", "Person", "Requirement", "person_id", _NEED, "judged", of="people"),
    EdgeSheet("absences", "ABSENT", "Person", "Absence", "person_id", ("absence_id",), of="people", ends_go=True),
)
"""In the order of writing, when all nodes stand."""

HOLDINGS = EdgeSheet("holdings", "HOLDS", "Person", "Requirement", "person_id", _NEED, "achieved", of="people")
"""Written last, when it is known for how many months requirements count."""

STARTS = {"courses": "requirement", **{sheet.sheet: sheet.id for sheet in NODE_SHEETS}}
"""The column of a sheet that gives the starts of edges `of` it."""


_NAMES = {"units": "name", "roles": "name", "posts": "title"}
"""The column of a sheet by which its nodes are drawn."""


@lru_cache(maxsize=1 << 16)
def expiry(achieved: str | None, months: int | None) -> str | None:
    """Return the last day on which something counts that does so for months; none where either is unknown."""
    return None if achieved is None or months is None else add_months(achieved, months)


def complete(sheet: str, row: Row, months: Mapping[str, int]) -> Row:
    """Return a row with what follows from its cells: the id of an absence or a run, a last day, who asks, a caption.

    No day or kind has a slash, so no two absences have one id. Where a holding gives no last day, it follows from the
    months for which its requirement counts.
    """
    if sheet in _NAMES:
        name = row[_NAMES[sheet]]
        return {**row, "circle": circle_caption(str(name)) if name else None}
    if sheet == "absences":
        return {**row, "absence_id": f"{row['person_id']}/{row['from'] or '-'}/{row['kind'] or '-'}"}
    if sheet == "post_requirements":
        return {**row, "by_rule": True if row["by_rule"] else None}
    if sheet == "course_dates":
        return {**row, "run_id": f"{row['course_id']}/run/{row['starts']}"}
    if sheet == "holdings":
        expires = row["expires"]
        until = expires or expiry(row["achieved"], months.get(row["requirement"]))  # type: ignore[call-overload]
        return {**row, "expires": until, "expires_given": True if expires else None}
    return row


def replaced(values: Values, place: int, value: object) -> Values:
    """Return values with another one in one place."""
    return (*values[:place], value, *values[place + 1 :])
