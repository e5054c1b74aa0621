"""The declarations: every kind of node and edge that may stand in the graph.

A new kind of node is one class (graph/nodes.py, graph/staff_nodes.py), a new relationship one line of `EDGE_KINDS`.
Constraints, MERGE statements, the style sheet and docs/model.md are derived from what stands here (graph/derive.py).
Building the models takes time, so a question never imports it.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from graph import staff_nodes  # noqa: F401 -- its kinds are among the subclasses of Node
from graph.nodes import Basis, Model, Node, Ref


class Properties(Model):
    """What an edge carries besides the words it rests on."""


class Need(Properties):
    """How a requirement is asked for."""

    level: int | None = Field(None, description="Level on the framework's own scale (CVF: 1-3)")
    necessity: Literal["essential", "desirable"] = Field("essential", description="essential or desirable")


class Condition(Properties):
    """What one part of an option asks."""

    before: str | None = Field(None, description="Only if achieved before this day")
    at_least: bool = Field(default=False, description="The rank named or any higher one")
    within_months: int | None = Field(None, description="Achieved at most so many months ago")
    for_months: int | None = Field(None, description="Held for so many months")


class Likeness(Properties):
    """How alike two texts are."""

    score: float = Field(ge=0, le=100, description="0-100: share of word stems in common (graph/text/likeness.py)")
    change: str | None = Field(None, description="identical, form, reworded, split, merged or moved")


class Grouping(Properties):
    """Where a line stands."""

    group: str | None = Field(None, description="Heading it stands under")


class Promotion(Properties):
    """What promotion to the upper rank takes."""

    minimum_months: int | None = Field(
        None, description="Least months that the step takes, temporary promotion included; unknown where no source says"
    )
    term_months: int | None = Field(None, description="Fixed term of the upper rank in months, where law sets one")


class Period(Properties):
    """From when until when, both days included; none is open."""

    key: str = Field("-", min_length=1, description="Tells apart two edges of one pair, such as the first day")
    begins: str | None = Field(None, alias="from", description="First day, YYYY-MM-DD")
    ends: str | None = Field(None, alias="to", description="Last day, YYYY-MM-DD")
    basis: Literal["substantive", "temporary", "acting"] = Field(
        "substantive", description="substantive, temporary or acting"
    )


class Occupancy(Period):
    """How a person is in a post."""

    fte: float = Field(1.0, ge=0, description="Full-time equivalents worked in it")


class Holding(Properties):
    """How a person holds a requirement: it counts from achieved to expires, both days included."""

    key: str = Field("-", min_length=1, description="The day achieved, or - where unknown: a renewal is a second one")
    level: int | None = Field(None, description="Level held, on the requirement's own scale")
    achieved: str | None = Field(None, description="First day it counts, YYYY-MM-DD")
    expires: str | None = Field(None, description="Last day it counts; from valid_months where the file gives none")
    expires_given: bool | None = Field(None, description="True where the file itself gives the day of expiry")
    evidence: str | None = Field(None, description="Certificate or record, as the file says")


class Extra(Need):
    """What a post asks for beyond its rank or role."""

    key: str = Field("-", min_length=1, description="Always -: a post asks for a requirement once")


class Teaching(Properties):
    """What a course brings people to; a holding of the course alone is not a holding of it."""

    key: str = Field("-", min_length=1, description="Always -: a course teaches a requirement once")
    level: int | None = Field(None, description="Level it brings a person to")


class Keyed(Properties):
    """An edge that says no more than that it is there."""

    key: str = Field("-", min_length=1, description="Tells apart two edges of one pair")


class Statement(Model):
    """The words an edge rests on."""

    fact: str = Field(description="Id of the fact")
    edition: str = Field(description="Id of the edition that says so, or reference@<version>")
    key: str = Field("-", min_length=1, description="Tells apart two statements of one pair in one edition")
    document: str = Field(description="Id of the document")
    lines: str = Field(description="1-based lines: 12, 12-14 or 12, 40")
    text: str = Field(description="The words as printed")
    basis: Basis = Field(description="stated, derived, reference or sample")
    authority: str = Field(description="Whose word it is")
    valid_from: str | None = Field(None, description="First day it counts; none: unknown, or always if reference")
    valid_to: str | None = Field(None, description="First day it no longer counts")
    aside: bool | None = Field(None, description="True where said in passing of another role: then it does not end")
    current: bool = Field(default=True, description="Whether it counts on the day of the last load")


class EdgeKind(Model):
    """Declare one relationship type."""

    name: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    says: str
    properties: type[Properties] = Properties
    stated: bool = True
    staff: bool = Field(default=False, description="Comes from staff files, not from documents")


class Edge(Model):
    """One relationship between two nodes."""

    kind: str
    start: Ref
    end: Ref
    properties: Properties = Properties()
    statement: Statement | None = None

    @property
    def identity(self) -> tuple[str, str, str, str, str, str, str]:
        """Return what makes it this edge: both ends, kind, edition, key."""
        edition, key = (self.statement.edition, self.statement.key) if self.statement else ("", "")
        return (self.start.label, self.start.id, self.kind, self.end.label, self.end.id, edition, key)


class Facts(Model):
    """Nodes and edges that stand or fall together: one document, or the reference data."""

    edition: str = Field(description="Edition of every stated edge among them")
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


_ROLE, _BODY, _DUTY = ("Role",), ("Body",), ("Accountability",)
_OFFICE = ("Body", "Role")

RELATIONS: dict[str, str] = {
    "ADVISES": "advises",
    "LIAISES_WITH": "liaises with",
    "WORKS_WITH": "works with",
    "SUPPORTS": "supports or assists",
    "MEMBER_OF": "is a member of",
    "LEADS": "leads",
    "COLLABORATES_WITH": "collaborates with",
    "INFORMS": "gives information to",
    "ACCOUNTABLE_TO": "is accountable to",
    "CONTRIBUTES_TO_INVESTIGATIONS_OF": "contributes to investigations of",
    "APPOINTED_BY": "is appointed by",
    "RECOMMENDED_BY": "is recommended by",
    "CONSULTED_BY": "is appointed after consulting, or with regard to",
    "SUSPENDED_BY": "may be suspended by",
    "AUTHORISES_AS": "carries the authorising responsibilities of",
    "ENABLES": "enables, by the information it gives",
    "EXEMPTED_BY": "may be exempted from learning requirements by",
    "COVERED_BY": "is covered in absence or vacancy by",
    "DIRECTED_BY": "is under the direction and control of",
    "OCCUPIED_BY": "is an office held by",
    "ELECTED_BY": "is elected by",
    "INSPECTED_BY": "is inspected by",
    "INVESTIGATED_BY": "may be investigated by",
}
"""Relations of a role to a body, or to an office that is a rank: one line each."""

EDGE_KINDS: dict[str, EdgeKind] = {
    kind.name: kind
    for kind in (
        EdgeKind(name="PROMOTES_FROM", starts=_ROLE, ends=_ROLE, says="is promoted from", properties=Promotion),
        EdgeKind(name="EQUIVALENT_TO", starts=_ROLE, ends=_ROLE, says="stands on the same step as"),
        EdgeKind(name="OPEN_TO", starts=_ROLE, ends=_ROLE, says="is open to", properties=Condition),
        EdgeKind(name="REPORTS_TO", starts=_ROLE, ends=_OFFICE, says="reports to"),
        EdgeKind(name="ACCOUNTABLE_FOR", starts=_ROLE, ends=_DUTY, says="is accountable for"),
        EdgeKind(name="DEVELOPS_BY", starts=_ROLE, ends=("Development",), says="develops by", properties=Grouping),
        EdgeKind(name="REQUIRES", starts=_ROLE, ends=("Requirement", "Gate"), says="requires", properties=Need),
        EdgeKind(name="OPTION", starts=("Gate",), ends=("Option",), says="opens by"),
        EdgeKind(name="NEEDS", starts=("Option",), ends=("Requirement", "Role"), says="needs", properties=Condition),
        EdgeKind(name="INVOLVES", starts=_DUTY, ends=_OFFICE, says="involves"),
        EdgeKind(name="HAS_REGARD_TO", starts=_DUTY, ends=("Instrument",), says="must have regard to"),
        EdgeKind(
            name="MENTIONS",
            starts=("Profile",),
            ends=("Body", "Instrument", "Requirement"),
            says="names, on the lines given",
        ),
        EdgeKind(
            name="PART_OF",
            starts=("Role", "Body", "Requirement", "Cluster"),
            ends=("Body", "Cluster", "Framework"),
            says="is part of",
        ),
        EdgeKind(
            name="SUCCEEDS",
            starts=("Requirement", "Framework"),
            ends=("Requirement", "Framework"),
            says="takes the place of",
        ),
        EdgeKind(name="REPLACES", starts=("Requirement",), ends=("Requirement",), says="replaces"),
        EdgeKind(name="PROVIDED_BY", starts=("Requirement",), ends=_BODY, says="is provided by"),
        EdgeKind(name="DESCRIBES", starts=("Profile",), ends=_ROLE, says="describes", stated=False),
        EdgeKind(name="PUBLISHED_IN", starts=("Profile",), ends=("Document",), says="was published in", stated=False),
        EdgeKind(name="SUPERSEDES", starts=("Profile",), ends=("Profile",), says="takes the place of", stated=False),
        EdgeKind(
            name="SIMILAR_TO",
            starts=("Requirement",),
            ends=("Requirement",),
            says="reads nearly as",
            properties=Likeness,
            stated=False,
        ),
        EdgeKind(name="RESTATES", starts=_DUTY, ends=_DUTY, says="restates", properties=Likeness, stated=False),
        EdgeKind(
            name="COUNTERPART_OF",
            starts=_DUTY,
            ends=_DUTY,
            says="is like a duty of the rank next below",
            properties=Likeness,
            stated=False,
        ),
        EdgeKind(name="OFFERS", starts=("Profile",), ends=("Advert",), says="offers", stated=False),
        EdgeKind(name="SELECTS_BY", starts=("Advert",), ends=("Stage",), says="selects by"),
        EdgeKind(name="PAYS", starts=("Advert",), ends=("PayItem",), says="pays"),
        EdgeKind(
            name="DECLARED_IN",
            starts=("Role", "Body", "Requirement", "Cluster", "Framework", "Instrument"),
            ends=("Document",),
            says="is named and described in",
        ),
        EdgeKind(name="MAY_AUTHORISE", starts=_OFFICE, ends=("Power",), says="may authorise"),
        EdgeKind(name="HAS_FIGURE", starts=_OFFICE, ends=("Figure",), says="has, by this source, the figure"),
        *(EdgeKind(name=name, starts=_OFFICE, ends=_OFFICE, says=says) for name, says in RELATIONS.items()),
        *(
            EdgeKind(name=name, starts=starts, ends=ends, says=says, properties=properties, stated=False, staff=True)
            for name, starts, ends, says, properties in (
                ("WITHIN", ("Post", "Unit"), ("Unit",), "is within", Keyed),
                ("FOR_ROLE", ("Post",), _ROLE, "is for one of the rank or role", Keyed),
                ("ASKS_FOR", ("Post",), ("Requirement",), "asks for, beyond its rank or role", Extra),
                ("OCCUPIES", ("Person",), ("Post",), "is in", Occupancy),
                ("HOLDS", ("Person",), ("Requirement",), "holds", Holding),
                ("HELD_RANK", ("Person",), _ROLE, "holds or held the rank", Period),
                ("ABSENT", ("Person",), ("Absence",), "is away for", Keyed),
                ("TEACHES", ("Requirement",), ("Requirement",), "teaches", Teaching),
            )
        ),
    )
}


def _concrete(kind: type[Node]) -> list[type[Node]]:
    below = [found for child in kind.__subclasses__() for found in _concrete(child)]
    return [*([kind] if hasattr(kind, "label") and kind is not Node else []), *below]


NODE_KINDS: tuple[type[Node], ...] = tuple(_concrete(Node))
"""Every kind of node, the base of a family before its subtypes."""


def node_kind(label: str, subtype: str = "") -> type[Node]:
    """Return the class of a label set. Raises KeyError for one that is not declared."""
    for kind in NODE_KINDS:
        if (kind.label, kind.subtype) == (label, subtype):
            return kind
    raise KeyError((label, subtype))
