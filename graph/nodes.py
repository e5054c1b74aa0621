"""Every kind of node, one class each; graph/ontology.py says how they join."""

from __future__ import annotations

from textwrap import shorten
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

Basis = Literal["stated", "derived", "reference", "sample"]
Ladder = Literal["uk", "territorial", "mps", "city"]
ProfileLevel = Literal["SD", "TL", "ME", "SL", "FL"]
Unprinted = Literal["competencies", "values", "core-skills"]
Territory = Literal["england-and-wales", "uk", "mps", "scotland", "northern-ireland"]
Unit = Literal["people", "GBP", "months"]
Measure = Literal[
    "head count", "head count with volunteers", "police officers", "police staff", "special constables", "PCSOs",
    "volunteers", "budget", "term of appointment", "longest term of appointment",
]  # fmt: skip
BodyKind = Literal[
    "agency", "charity", "court", "elected_body", "fire_and_rescue", "force", "government", "government_committee",
    "government_department", "health_body", "inspectorate", "internal_board", "internal_group", "internal_unit",
    "local_authority", "local_policing_body", "national_body", "network", "office", "partnership", "place",
    "professional_body", "public", "regulator", "staff_association", "transport_body", "transport_brand", "unit",
    "unknown", "watchdog",
]  # fmt: skip
SourceKind = Literal[
    "profile", "pack", "advert", "job_description", "person_specification", "policy", "terms", "framework"
]  # fmt: skip
GateSource = Literal["law", "policy", "profile", "pack", "advert", "job_description", "person_specification", "terms"]
InstrumentKind = Literal[
    "code", "framework", "law", "national_requirement", "plan", "policy", "political_commitments", "programme",
    "strategy",
]  # fmt: skip


class Model(BaseModel):
    """A frozen model that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Ref(Model):
    """A reference to a node: the label it is unique in, and its id."""

    label: str
    id: str


class Node(Model):
    """What every node has."""

    label: ClassVar[str]
    """The label it is constrained, matched and referred to by."""
    subtype: ClassVar[str] = ""
    """A second label that is always set with the first."""
    id_form: ClassVar[str]
    """The form of its ids, an example of it, and the reason where there are several; graph/model.yaml has the parts."""
    colour: ClassVar[str] = "#A5ABB6"
    """Fill in Neo4j Browser."""
    caption: ClassVar[str] = "circle"
    """The property shown on the node, or several with spaces between."""
    owned: ClassVar[bool] = False
    """Removed when no stated edge points to it any more."""
    staff: ClassVar[bool] = False
    """Comes from staff files, not from documents."""
    kept: ClassVar[tuple[str, ...]] = ()
    """Properties that staff files give; loading a document leaves them as they are."""

    id: str = Field(min_length=1, description="Key, unique in the first label")

    @property
    def ref(self) -> Ref:
        """The reference to this node."""
        return Ref(label=self.label, id=self.id)

    @classmethod
    def labels(cls) -> tuple[str, ...]:
        """Return the full label set, the constrained one first."""
        return (cls.label, cls.subtype) if cls.subtype else (cls.label,)


CIRCLE = "As much of its name as a circle of Neo4j Browser holds, in its lines (graph/text/captions.py)"


class Named(Node):
    """A node with a name."""

    name: str = Field(min_length=1, description="Name as people write it")
    circle: str | None = Field(None, description=CIRCLE)


def _first_words(text: str) -> str:
    """Return the first words of a text, as many as 60 characters hold."""
    words = " ".join(text.split())
    return words if len(words) <= 60 else shorten(words, 60, placeholder="…")  # noqa: PLR2004


class Line(Node):
    """A line of a document that is a node of its own."""

    text: str = Field(description="What it says; the wording as printed is on the edge")
    name: str = Field(default_factory=lambda line: _first_words(line["text"]), description="First words, 60 characters")
    circle: str | None = Field(None, description=CIRCLE)


def _all_names(data: dict[str, Any]) -> str:
    """Return the name and the other names of a node in one text: the embedded engine searches no lists."""
    return ", ".join(dict.fromkeys((data["name"], *data["aliases"])))


_NAMES = "All of its names in one text, for the full-text index"


class Role(Named):
    """A role that is not a rank, such as PCSO or PIP2 investigator."""

    label = "Role"
    id_form = "`role/<term>`, such as `role/pcso`"
    colour = "#4C8EDA"
    kept = ("declared", "grade")

    aliases: tuple[str, ...] = Field((), description="Other names that people give it")
    names: str = Field(default_factory=_all_names, description=_NAMES)
    profile_level: ProfileLevel | None = Field(
        None, description="Level of the College's profiles; SL: service function"
    )


class Rank(Role):
    """A police rank on one ladder; equal names on two ladders are two ranks."""

    subtype = "Rank"
    id_form = "`<ladder>/<name>`, such as `uk/inspector`"
    colour = "#1F5FA8"
    caption = "name ladder"

    short_name: str = Field(description="Usual abbreviation, such as DCC")
    step: int = Field(ge=1, le=11, description="Step 1-11 on the ladders of docs/model.md; equal steps are equivalent")
    ladder: Ladder = Field(description="The ladder it is on; uk is shared by all forces")
    insignia: str | None = Field(None, description="Badge in words")


class Profile(Named):
    """One edition of what is written on a role."""

    label = "Profile"
    id_form = (
        "`<role>@<edition>`, such as `mps/commander@v2.1`; "
        "`<framework>@<edition>`, such as `ddat@2024-05`, where it describes all roles of a framework"
    )
    colour = "#8DCC93"
    caption = "circle valid_from"

    source_kind: SourceKind = Field(description="What sort of paper it is")
    authority: str = Field(description="Whose word it is, in words: national profile, force policy, pack, advert ...")
    series: str = Field(
        description="What an edition can replace: <role>#profile, #policy, #advert, <framework>#framework; behind "
        "that of a notice or policy on a rank that forces share -<force>"
    )
    basis: Basis = Field(description="stated for a real document, sample for a shipped one")
    organisation: str | None = Field(None, description="Id of the body that the role is in, where the text says so")
    profile_level: ProfileLevel | None = Field(None, description="That of the role, where the text says so")
    code: str | None = Field(None, description="Profile code as printed, without the version")
    version: str | None = Field(None, description="Version as printed, without the v")
    framework: str | None = Field(None, description="Id of the competency framework that the text follows")
    published: str | None = Field(None, description="Day of publication, YYYY-MM-DD, where printed or given")
    not_before: str | None = Field(None, description="Latest day that the text itself shows it cannot precede")
    closes: str | None = Field(None, description="Closing day of an advert or pack")
    start: Literal["known", "bounded", "unknown"] = Field("unknown", description="bounded: not before not_before")
    valid_from: str = Field(description="First day it counts (graph/days.py); 0001-01-01: unknown")
    valid_to: str = Field(description="First day it no longer counts: its successor's; 9999-12-31: open")
    purpose: tuple[str, ...] = Field((), description="Paragraphs on the purpose of the role")
    purpose_lines: tuple[str, ...] = Field((), description="Lines of each paragraph")
    not_printed: tuple[Unprinted, ...] = Field((), description="Lists it announces and does not print")
    not_printed_counts: tuple[int, ...] = Field((), description="How many it says there are in each")
    not_printed_lines: tuple[str, ...] = Field((), description="Lines that say so")
    clusters: tuple[str, ...] = Field((), description="Competency clusters named without competencies")
    leftovers: int = Field(0, description="Lines that were not understood")
    content: str | None = Field(None, description="Fingerprint of what it says: equal for the same text in any file")


class Document(Named):
    """A file or page that was read."""

    label = "Document"
    id_form = "`<sha256>`, such as `1696365fb1afc84c`; of a page that was fetched, a hash of its address and edition"
    colour = "#C990C0"

    format: str = Field(description="Family of the document, or reference")
    sha256: str = Field(description="SHA-256 of its bytes; of a page that was fetched, of its numbered lines")
    licence: str | None = Field(None, description="Licence, where known")
    source: str | None = Field(None, description="Address it came from, where known")
    schema_version: int = Field(description="Version of these declarations under which it was loaded")


class Accountability(Line):
    """One duty of one role."""

    label = "Accountability"
    id_form = "`<role>/duty/<name>-<hash>`, such as `uk/sergeant/duty/brief-the-team-0b4f85ba`"
    colour = "#F79767"
    owned = True

    words: tuple[str, ...] = Field((), description="Its distinct words in lower case; questions search them")


class Requirement(Named):
    """Something a role asks for; equal canonical text is one node."""

    label = "Requirement"
    id_form = "that of its kind below"
    owned = True
    kept = ("declared", "valid_months", "max_level", "course_id", "cost", "days", "seats", "provider")

    text: str = Field(description="Canonical text: quotes, spaces and final stop evened out")
    recorded: bool = Field(description="Whether a training or HR system can hold it")
    framework: str | None = Field(None, description="Id of the framework it belongs to")
    declared: bool | None = Field(None, description="True where the force's staff files list it: then it is recorded")
    valid_months: int | None = Field(None, description="Months for which it counts from the day it was achieved")
    max_level: int | None = Field(None, description="Highest level of the force's own scale, from 1")


class Skill(Requirement):
    """A skill in a sentence of a profile, a term of a framework, or a ticket of a force."""

    subtype = "Skill"
    id_form = "`skill/<term>`, such as `skill/taser-carrier`"
    colour = "#57C7E3"


class Knowledge(Requirement):
    """A field of knowledge."""

    subtype = "Knowledge"
    id_form = "`knowledge/<name>`, such as `knowledge/law-on-custody`"
    colour = "#A87FD8"


class Experience(Requirement):
    """Experience or a quality that only a person can judge."""

    subtype = "Experience"
    id_form = "`experience/<name>`, such as `experience/cleared-by-recruitment-vetting`"
    colour = "#7A4A1E"


class Course(Requirement):
    """A course, assessment or exam under its one name."""

    subtype = "Course"
    id_form = "`course/<name>`, such as `course/scc`"
    colour = "#FFC454"

    aliases: tuple[str, ...] = Field((), description="Other names of the same course")
    names: str = Field(default_factory=_all_names, description=_NAMES)
    withdrawn: str | None = Field(None, description="Day from which it is no longer offered")
    course_id: str | None = Field(None, description="The force's own number of the course")
    cost: float | None = Field(None, description="Pounds a seat")
    days: float | None = Field(None, description="Days away from duty a person")
    seats: int | None = Field(None, description="Seats that can be had; none: no limit is known")
    provider: str | None = Field(None, description="Who gives it, as the staff files say")


class Competency(Requirement):
    """A competency of a framework."""

    subtype = "Competency"
    id_form = (
        "`<framework>/<name>`, such as `cvf-2016/we-take-ownership`; "
        "`competency/<name>`, such as `competency/decision-making`, of a framework that is not known"
    )
    colour = "#BFA274"


class Value(Requirement):
    """A value of a framework or of a force."""

    subtype = "Value"
    id_form = (
        "`<framework>/<name>`, such as `cvf-2024/courage`; "
        "`value/<name>/<name>`, such as `value/mps/courage`, "
        "where a force has values of its own: mps/courage would look like a rank"
    )
    colour = "#F7F3E0"


class CoreSkillSet(Requirement):
    """Core skills known by their number only."""

    subtype = "CoreSkillSet"
    id_form = "`core-skills/<number>`, such as `core-skills/9`"
    colour = "#2B4A52"

    count: int = Field(description="How many core skills the source speaks of; their names are unknown")


class Theme(Named):
    """What like requirements of one kind ask for; the oldest gives it id and name, and it goes with the last."""

    label = "Theme"
    id_form = "`theme/<kind>/<term>`, such as `theme/skill/taser-carrier`: that of its oldest wording"
    colour = "#2E8FA3"

    kind: Literal["skill", "knowledge", "experience"] = Field(description="The kind of all that it stands for")


class Gate(Named):
    """A hard condition, kept apart from skills."""

    label = "Gate"
    id_form = "`<source>/gate/<name>`, such as `reference@2/gate/sergeant-nppf-1`"
    colour = "#DA7194"
    owned = True

    applies_in: Territory = Field(description="Where the condition holds")
    source: GateSource = Field(description="What asks for it")
    exempt: str | None = Field(None, description="Who is exempt, in words")
    after: tuple[str, ...] = Field((), description="Ids of the gates that come first: what it asks for begins then")
    follows: bool = Field(default=False, description="Whether it comes after the promotion, as probation does")


class Option(Named):
    """One of the alternatives that open a gate."""

    label = "Option"
    id_form = "`<source>/gate/<name>/<number>`, such as `reference@2/gate/sergeant-nppf-1/1`"
    colour = "#E9A4BA"
    owned = True

    number: int = Field(ge=1, description="Place among the gate's options as printed")


class Development(Line):
    """One line of continuing professional development."""

    label = "Development"
    id_form = "`<role>/development/<name>-<hash>`, such as `uk/sergeant/development/read-the-budget-d79ac41e`"
    colour = "#ECB5C9"
    owned = True


class Framework(Named):
    """A framework of competencies and values, or of roles and skills."""

    label = "Framework"
    id_form = "`<name>`, such as `cvf-2016`"
    colour = "#6F7A2E"

    scale: str | None = Field(None, description="Its levels in words, lowest first")
    valid_from: str | None = Field(None, description="First day of use")
    valid_to: str | None = Field(None, description="First day on which forces had to have left it")


class Cluster(Named):
    """A cluster of competencies."""

    label = "Cluster"
    id_form = "`<framework>/<name>`, such as `cvf-2016/resolute-compassionate-and-committed`"
    colour = "#B9BF72"


class Body(Named):
    """A body or office outside the rank ladder."""

    label = "Body"
    id_form = "`<name>`, such as `mopac`"
    colour = "#569480"

    short_name: str | None = Field(None, description="Its usual letters, such as IOPC, where it has any")
    kind: BodyKind = Field(description="What sort of body or office it is")
    aliases: tuple[str, ...] = Field((), description="Other names, as written")
    names: str = Field(default_factory=_all_names, description=_NAMES)


class Instrument(Named):
    """A plan, requirement, code, law, framework or policy that duties must have regard to."""

    label = "Instrument"
    id_form = "`<name>`, such as `code-of-ethics`"
    colour = "#6DCE9E"

    kind: InstrumentKind = Field(description="What sort of instrument it is")
    status: Literal["proposed", "enacted"] | None = Field(
        None,
        description="Of a change ahead: proposed, or enacted and not yet in force as a whole",
    )
    superseded: str | None = Field(None, description="Day from which another has its place, at the latest, YYYY-MM-DD")
    proposed: str | None = Field(None, description="Since when it is proposed: a day, month or year")
    touches: tuple[str, ...] = Field((), description="Whom the change would touch, in words")
    says: str | None = Field(None, description="What the change would be")
    seen: str | None = Field(None, description="How its source was seen: text, cited or general knowledge")


class Power(Named):
    """Something that only certain officers may authorise."""

    label = "Power"
    id_form = "`power/<name>`, such as `power/directed-surveillance`"
    colour = "#D28C6B"
