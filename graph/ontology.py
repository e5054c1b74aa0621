"""The declarations: every kind of node and edge that may stand in the graph.

A new kind of node is one class (graph/nodes.py, graph/staff_nodes.py), a new relationship one line of `EDGE_KINDS`.
Constraints, MERGE statements, the style sheet and docs/model.md are derived from what stands here (graph/derive.py).
Building the models takes time, so a question never imports it.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from graph import advert_nodes, staff_nodes  # noqa: F401 -- their kinds are among the subclasses of Node
from graph.days import FIRST_DAY, LAST_DAY
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


_STANDING = "`ended DAY` or `begins DAY` where it is not current, which Neo4j Browser shows on it; none where it is"


class Derived(Properties):
    """From when until when an edge that is derived holds."""

    valid_from: str = Field(FIRST_DAY, description="First day it holds: that of the later of its editions")
    valid_to: str = Field(LAST_DAY, description="First day it no longer holds")
    current: bool = Field(default=True, description="Whether it holds on the day of the last load")
    standing: str | None = Field(None, description=_STANDING)


class Likeness(Derived):
    """How alike two texts are."""

    score: float = Field(ge=0, le=100, description="0-100: share of word stems in common (graph/text/likeness.py)")


class Rewording(Likeness):
    """How a text became another."""

    change: str = Field(description="What was done: identical, form, reworded, split, merged or moved")


class Grouping(Properties):
    """Where a line stands."""

    group: str | None = Field(None, description="Heading it stands under")


class Promotion(Properties):
    """What promotion to the upper rank takes."""

    minimum_months: int | None = Field(
        None,
        description="Least months of service before promotion; temporary promotion in the upper rank comes apart from "
        "them; unknown where no source says",
    )
    term_months: int | None = Field(None, description="Fixed term of the upper rank in months, where law sets one")


class Period(Properties):
    """From when until when, both days included; none is open."""

    instance: str = Field("-", min_length=1, description="Tells apart two edges of one pair, such as the first day")
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

    instance: str = Field(
        "-", min_length=1, description="The day achieved, or - where unknown: a renewal is a second one"
    )
    level: int | None = Field(None, description="Level held, on the requirement's own scale")
    achieved: str | None = Field(None, description="First day it counts, YYYY-MM-DD")
    expires: str | None = Field(None, description="Last day it counts; from valid_months where the file gives none")
    expires_given: bool | None = Field(None, description="True where the file itself gives the day of expiry")
    evidence: str | None = Field(None, description="Certificate or record, as the file says")


class Refusal(Properties):
    """That a person was judged not to meet what only a person can judge; the latest judgement counts."""

    instance: str = Field("-", min_length=1, description="The day of the judgement, or - where unknown")
    judged: str | None = Field(None, description="Day of the judgement, YYYY-MM-DD")


class Extra(Need):
    """What a post asks for beyond its rank or role."""

    instance: str = Field("-", min_length=1, description="Always -: a post asks for a requirement once")
    weight: float | None = Field(None, description="How much it matters beside others; none: 1")
    by_rule: bool | None = Field(
        None, description="True where a rule of the force asks for it, and not a row of the post"
    )


class Cover(Properties):
    """How many people of a unit must hold something at least, whatever their posts ask for."""

    instance: str = Field("-", min_length=1, description="Always -: a unit must cover a requirement once")
    level: int | None = Field(None, description="Level at which they must hold it")
    people: int = Field(1, ge=1, description="How many must hold it at least")
    weight: float | None = Field(None, description="How much it matters beside others; none: 1")


class Teaching(Properties):
    """What a course brings people to; a holding of the course alone is not a holding of it."""

    instance: str = Field("-", min_length=1, description="Always -: a course teaches a requirement once")
    level: int | None = Field(None, description="Level it brings a person to")


class Bare(Properties):
    """An edge that says no more than that it is there."""

    instance: str = Field("-", min_length=1, description="Tells apart two edges of one pair")


class Statement(Model):
    """The words an edge rests on."""

    fact: str = Field(description="Id of the fact, of edition, type and end; `rankgraph why` takes it")
    edition: str = Field(description="Id of the edition that says so, or reference@<version>")
    instance: str = Field("-", min_length=1, description="Tells apart two statements of one pair in one edition")
    document: str = Field(description="Id of the document")
    lines: str = Field(description="1-based lines: 12, 12-14 or 12, 40")
    text: str = Field(description="The words as printed")
    basis: Basis = Field(description="stated, derived, reference or sample")
    authority: str = Field(description="Whose word it is")
    valid_from: str = Field(FIRST_DAY, description=f"First day it counts; {FIRST_DAY}: unknown, or always if reference")
    valid_to: str = Field(LAST_DAY, description=f"First day it no longer counts; {LAST_DAY}: open")
    closed: str | None = Field(None, description="Closing day of the advert that says so")
    aside: bool | None = Field(None, description="True where said in passing of another role: then it does not end")
    current: bool = Field(default=True, description="Whether it counts on the day of the last load")
    standing: str | None = Field(None, description=_STANDING)


class Place(Derived):
    """What an edge of documents carries that no words state."""

    edition: str = Field(description="Id of the edition, of its series where one supersedes another, or likeness")
    instance: str = Field("-", min_length=1, description="Always -")


class Stored(Model):
    """What is added to what documents and the reference data say when it is written."""

    digest: str | None = Field(None, description="Fingerprint of what its source says of it: equal if nothing changed")


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
        """Return what makes it this edge: both ends, kind, edition, instance."""
        statement = self.statement
        edition, instance = (statement.edition, statement.instance) if statement else ("", "")
        return (self.start.label, self.start.id, self.kind, self.end.label, self.end.id, edition, instance)


class Facts(Model):
    """Nodes and edges that stand or fall together: one document, or the reference data."""

    edition: str = Field(description="Edition of every stated edge among them")
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


_ROLE, _BODY, _DUTY, _NEED = ("Role",), ("Body",), ("Accountability",), ("Requirement",)
_OFFICE, _PROFILE, _PERSON, _POST = ("Body", "Role"), ("Profile",), ("Person",), ("Post",)
_DECLARED = ("Role", "Body", "Requirement", "Cluster", "Framework", "Instrument")

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
    "APPOINTMENT_CONSULTS": "is appointed after consulting, or with regard to",
    "APPOINTMENT_APPROVED_BY": "is appointed with the approval of",
    "SUSPENDED_BY": "may be suspended by",
    "AUTHORISES_AS": "carries the authorising responsibilities of",
    "EXEMPTED_BY": "may be exempted from learning requirements by",
    "COVERED_BY": "is covered in absence or vacancy by",
    "DIRECTED_BY": "is under the direction and control of",
    "OCCUPIED_BY": "is an office held by",
    "ELECTED_BY": "is elected by",
    "INSPECTED_BY": "is inspected by",
    "INVESTIGATED_BY": "may be investigated by",
}
"""Relations of a role to a body, or to an office that is a rank: one line each."""


def _kind(
    name: str,
    starts: tuple[str, ...],
    ends: tuple[str, ...],
    says: str,
    properties: type[Properties] = Properties,
    *,
    stated: bool = True,
    staff: bool = False,
) -> EdgeKind:
    stated = stated and not staff
    return EdgeKind(name=name, starts=starts, ends=ends, says=says, properties=properties, stated=stated, staff=staff)


EDGE_KINDS: dict[str, EdgeKind] = {
    kind.name: kind
    for kind in (
        _kind("PROMOTES_FROM", _ROLE, _ROLE, "is promoted from", Promotion),
        _kind("EQUIVALENT_TO", _ROLE, _ROLE, "stands on the same step as"),
        _kind("AT_RANK", _ROLE, _ROLE, "is a job at the rank of"),
        _kind("OPEN_TO", _ROLE, _ROLE, "is open to", Condition),
        _kind("REPORTS_TO", _ROLE, _OFFICE, "reports to"),
        _kind("ACCOUNTABLE_FOR", _ROLE, _DUTY, "is accountable for"),
        _kind("DEVELOPS_BY", _ROLE, ("Development",), "develops by", Grouping),
        _kind("REQUIRES", _ROLE, ("Requirement", "Gate"), "requires", Need),
        _kind("REQUIRES_ELSEWHERE", _ROLE, ("Gate",), "requires, outside England and Wales,", Need),
        _kind("HAS_RANK", _BODY, _ROLE, "has the rank of"),
        _kind("OPTION", ("Gate",), ("Option",), "opens by"),
        _kind("NEEDS", ("Option",), ("Requirement", "Role"), "needs", Condition),
        _kind("INVOLVES", _DUTY, _OFFICE, "involves"),
        _kind("HAS_REGARD_TO", _DUTY, ("Instrument",), "must have regard to"),
        _kind("MENTIONS", _PROFILE, ("Body", "Instrument", "Requirement"), "names"),
        _kind("PART_OF", ("Role", "Body", "Requirement", "Cluster"), ("Body", "Cluster", "Framework"), "is part of"),
        _kind("SUCCEEDS", ("Requirement", "Framework"), ("Requirement", "Framework"), "takes the place of"),
        _kind("REPLACES", _NEED, _NEED, "replaces"),
        _kind("PROVIDED_BY", _NEED, _BODY, "is provided by"),
        _kind("DESCRIBES", _PROFILE, _ROLE, "describes", stated=False),
        _kind("PUBLISHED_IN", _PROFILE, ("Document",), "was published in", stated=False),
        _kind("SUPERSEDES", _PROFILE, _PROFILE, "takes the place of", stated=False),
        _kind("SIMILAR_TO", _NEED, _NEED, "reads nearly as", Likeness, stated=False),
        _kind("VARIANT_OF", _NEED, ("Theme",), "is one wording of", Likeness, stated=False),
        _kind("RESTATES", _DUTY, _DUTY, "restates", Rewording, stated=False),
        _kind("COUNTERPART_OF", _DUTY, _DUTY, "is, a rank higher, the like of", Likeness, stated=False),
        _kind("OFFERS", _PROFILE, ("Advert",), "offers", stated=False),
        _kind("SELECTS_BY", ("Advert",), ("Stage",), "selects by"),
        _kind("PAYS", ("Advert",), ("PayItem",), "pays"),
        _kind("DECLARED_IN", _DECLARED, ("Document",), "is named and described in"),
        _kind("MAY_AUTHORISE", _OFFICE, ("Power",), "may authorise"),
        _kind("HAS_FIGURE", _OFFICE, ("Figure",), "has, by this source,"),
        *(_kind(name, _OFFICE, _OFFICE, says) for name, says in RELATIONS.items()),
        _kind("WITHIN", ("Post", "Unit"), ("Unit",), "is within", Bare, staff=True),
        _kind("FOR_ROLE", _POST, _ROLE, "is for one of the rank or role", Bare, staff=True),
        _kind("ASKS_FOR", _POST, _NEED, "asks for, beyond its rank or role,", Extra, staff=True),
        _kind("MUST_COVER", ("Unit",), _NEED, "must have people who hold", Cover, staff=True),
        _kind("OCCUPIES", _PERSON, _POST, "is in", Occupancy, staff=True),
        _kind("HOLDS", _PERSON, _NEED, "holds", Holding, staff=True),
        _kind("NOT_MET", _PERSON, _NEED, "was judged not to meet", Refusal, staff=True),
        _kind("HELD_RANK", _PERSON, _ROLE, "holds or held the rank", Period, staff=True),
        _kind("ABSENT", _PERSON, ("Absence",), "is away for", Bare, staff=True),
        _kind("TEACHES", _NEED, _NEED, "teaches", Teaching, staff=True),
        _kind("HAS_RUN", _NEED, ("CourseRun",), "is given on", Bare, staff=True),
    )
}


def _concrete(kind: type[Node]) -> list[type[Node]]:
    below = [descendant for child in kind.__subclasses__() for descendant in _concrete(child)]
    return [*([kind] if hasattr(kind, "label") and kind is not Node else []), *below]


NODE_KINDS: tuple[type[Node], ...] = tuple(_concrete(Node))
"""Every kind of node, the base of a family before its subtypes."""


def node_kind(label: str, subtype: str = "") -> type[Node]:
    """Return the class of a label set. Raises KeyError for one that is not declared."""
    for kind in NODE_KINDS:
        if (kind.label, kind.subtype) == (label, subtype):
            return kind
    raise KeyError((label, subtype))
