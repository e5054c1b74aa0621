"""What one document says: the models that `read` returns, in the words and lines of the text.

Nothing here is an id of the graph but where a name was resolved against the reference data
(role, bodies, courses, instruments, ranks). Facts are made of it by `loaders.facts`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar, Literal, get_args

from pydantic import Field, SerializerFunctionWrapHandler, ValidationError, model_serializer

from graph.advert_nodes import Currency, Period
from graph.errors import DocumentError, expected_of
from graph.ids import even, fingerprint
from graph.nodes import Measure, Model, ProfileLevel, Unit, Unprinted

Authority = Literal["national profile", "force policy", "pack", "advert"]
AUTHORITIES: tuple[str, ...] = get_args(Authority)
"""Whose word a document can be."""


class DocumentInfo(Model):
    """The file that was read."""

    name: str
    sha256: str
    format: str = Field(description="Family of the document, as loaders/documents/families.py names it")
    source: str | None = Field(None, description="Where it comes from, as the sidecar says")
    licence: str | None = Field(None, description="Its licence, as the sidecar says")


class RoleInfo(Model):
    """The role that the document is about."""

    id: str = Field(description="Id of a rank of the reference ladder, else role/<slug>")
    name: str = Field(description="Name as people write it; for a rank that of the ladder")
    organisation: str | None = Field(None, description="Id of the body the role is in, where the text says so")
    profile_level: ProfileLevel | None = Field(None, description="Where the text says so")
    at_rank: str | None = Field(None, description="Id of the rank whose name a force's own job bears as its title")


class Statement(Model):
    """Words of the document and the 1-based lines, first and last, that they stand on."""

    text: str
    lines: tuple[int, int]
    certain: bool = Field(default=True, description="False where no family of documents claims the text")

    @model_serializer(mode="wrap")
    def _only_doubt(self, write: SerializerFunctionWrapHandler) -> dict[str, object]:
        """Write that a statement is uncertain, and nothing where it is certain."""
        written: dict[str, object] = write(self)
        if self.certain:
            written.pop("certain", None)
        return written


class Competency(Statement):
    """A competency named for the role; `text` is its name as printed."""

    id: str | None = Field(None, description="Id in the framework, where it has one")
    level: int | None = Field(None, description="Level on the framework's own scale")
    framework: str | None = None
    cluster: str | None = Field(None, description="Name of the cluster heading it stands under")
    description: str | None = Field(None, description="What the document says of it, where it does")
    description_lines: tuple[int, ...] = ()


class ValueLine(Statement):
    """A value named in the document."""

    framework: str | None = Field(None, description="Framework, or the body whose own values they are")
    also: tuple[int, ...] = Field((), description="Further lines that name it")


class Criterion(Statement):
    """One thing that a candidate must show, or should."""

    necessity: Literal["essential", "desirable"] = "essential"


class SkillLine(Statement):
    """A skill with the level at which it is asked for."""

    name: str = Field(description="The words without the level")
    level: int | None = Field(None, description="Level on the scale, from 1; none where the scale is not known")
    level_word: str = Field(description="The level as printed")


class EducationLine(Statement):
    """One line on education, qualification or experience."""

    kind: Literal["rank", "course", "knowledge", "experience", "skill"] = "experience"
    necessity: Literal["essential", "desirable"] = "essential"


class DevelopmentLine(Statement):
    """One line of continuing professional development."""

    group: str | None = Field(None, description="Heading of the group it stands under")


class Mention(Model):
    """One place where a name is printed, in the words printed there."""

    text: str
    line: int


class NamedEntity(Statement):
    """A body or instrument; `text` and `lines` are those of its first mention."""

    id: str
    name: str
    kind: str
    mentions: tuple[Mention, ...]


class Course(NamedEntity):
    """A course, assessment or exam that the text names."""


class Announcement(Statement):
    """A line that says how many of a list there are, where the text does not print the list."""

    kind: Unprinted
    announced: int = Field(description="How many there are, by the text")


class Relation(Statement):
    """What the text says ties one role or body to another; `text` is the whole statement."""

    subject: str = Field(description="Id of a role, rank or body")
    kind: str = Field(description="A relationship type of the ontology")
    target: str = Field(description="Id of a body, or of a rank")
    quote: str = Field(description="The words that say it")
    at_least: bool = Field(default=False, description="OPEN_TO only: the rank named or any higher one")


class OptionPart(Model):
    """One thing that an option of a gate needs."""

    target: str = Field(description="Id of a course, a rank, or a requirement that only a person can judge")
    text: str = Field(description="The words as printed")
    before: str | None = Field(None, description="Only if achieved before this day, YYYY-MM-DD")
    at_least: bool = Field(default=False, description="The rank named or any higher one")
    within_months: int | None = None
    for_months: int | None = None


class GateText(Statement):
    """A hard condition; one of its options opens it, when all parts of that option are met."""

    name: str
    options: tuple[tuple[OptionPart, ...], ...]


class PayLine(Statement):
    """An amount; `text` is the words around it."""

    name: str
    amount: float | None = Field(None, description="Unknown where the text gives none")
    currency: Currency = "GBP"
    per: Period | None = None


class StageLine(Statement):
    """One stage of the selection."""

    order: int
    name: str
    date: str | None = Field(None, description="Its day, YYYY-MM-DD")


class FigureLine(Statement):
    """A number that the text gives of a body, or of the role; `text` is the whole statement."""

    subject: str = Field(description="Id of a body or of the role")
    name: Measure
    amount: float
    unit: Unit
    qualifier: str | None = Field(None, description="over, nearly, up to ..., as printed")
    quote: str = Field(description="The words that say it")


class Leftover(Statement):
    """A line that is neither a fact nor a known frame."""

    heading: str | None = Field(None, description="The heading that it stands under")
    why: Literal["in a list", "title", "running text", "read in part"] = Field(
        "running text",
        description="An item of a list that was not understood, a title that is not known, text where nothing is"
        " listed, or words beside a fact of the same line",
    )


def why_left(leftovers: Sequence[Leftover]) -> str:
    """Return how many lines were not understood, and how many of them for each reason.

    >>> why_left([Leftover(text="Or", lines=(3, 3), why="title"), Leftover(text="We grew.", lines=(5, 5))])
    '2 statement(s) not understood: 1 title, 1 running text'
    """
    counts = Counter(one.why for one in leftovers)
    reasons = ", ".join(f"{count} {why}" for why, count in counts.items())
    return f"{len(leftovers)} statement(s) not understood: {reasons}"


_CONTENT = (
    *("purpose", "accountabilities", "skills", "education", "criteria", "prose_duties", "development", "competencies"),
    *("values", "pay", "stages", "gates"),
)


class Profile(Model):
    """All that was extracted from one document."""

    document: DocumentInfo
    role: RoleInfo
    code: str | None = None
    version: str | None = None
    edition: str = Field(description="<version as v2.1>, 2021-01, since-2023 or undated-<hash>")
    published: str | None = None
    authority: str | None = Field(None, description="Whose word it is, where the sidecar says; else its family tells")
    sample: bool = Field(default=False, exclude=True, description="The sidecar says that it is invented")
    not_before: str | None = None
    closes: str | None = None
    term_months: int | None = Field(None, description="Length of the appointment, where a pack or advert gives it")
    framework: str | None = Field(None, description="cvf-2016, cvf-2024 or none")
    purpose: tuple[Statement, ...] = ()
    accountabilities: tuple[Statement, ...] = ()
    prose_duties: tuple[Statement, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    skills: tuple[SkillLine | Statement, ...] = ()
    education: tuple[EducationLine, ...] = ()
    development: tuple[DevelopmentLine, ...] = ()
    learning: tuple[Statement, ...] = ()
    competencies: tuple[Competency, ...] = ()
    clusters: tuple[Statement, ...] = ()
    values: tuple[ValueLine, ...] = ()
    core_skills: Statement | None = Field(None, description="The line that says how many core skills there are")
    core_skill_count: int | None = None
    not_printed: tuple[Announcement, ...] = Field((), description="Lists that the text announces and does not print")
    bodies: tuple[NamedEntity, ...] = ()
    courses: tuple[Course, ...] = ()
    instruments: tuple[NamedEntity, ...] = ()
    relations: tuple[Relation, ...] = ()
    gates: tuple[GateText, ...] = ()
    pay: tuple[PayLine, ...] = ()
    stages: tuple[StageLine, ...] = ()
    figures: tuple[FigureLine, ...] = ()
    frames: tuple[Statement, ...] = Field((), description="Template lines, headings and furniture, set aside")
    leftovers: tuple[Leftover, ...] = Field((), description="Lines that were not understood, each with why")
    notes: tuple[str, ...] = Field((), description="What a reader should know: an encoding, a date not understood")
    is_share: bool = Field(default=False, exclude=True, description="It is what a paper on several roles says of one")
    of_roles: tuple[Profile, ...] = Field((), description="What a paper on several roles says of each of them")

    @property
    def says_something(self) -> bool:
        """Whether it says what a role is for, does, needs or is offered."""
        return any(getattr(self, name) for name in _CONTENT)

    @property
    def content(self) -> str:
        """A fingerprint of what it says, the same for another rendering of the same page."""
        parts: list[str] = []
        for field in ("purpose", "accountabilities", "prose_duties", "criteria", "skills", "education", "development"):
            statements: Sequence[Statement] = getattr(self, field)
            parts += sorted(even(statement.text) for statement in statements)
        parts += sorted(f"{item.text} {item.level}" for item in self.competencies)
        parts += [self.closes] if self.closes else []  # a deadline that is put off is another text
        return fingerprint("\n".join(parts), 16)


class SkillNeed(Statement):
    """A skill that a role asks for; `text` has the cells of the row that say so."""

    skill: str = Field(description="Id of the skill")
    name: str
    level: int | None = Field(None, description="Level on the framework's own scale, from 1")
    necessity: Literal["essential", "desirable"] = "essential"


class RoleLevel(Model):
    """A role at one of its levels."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    role: str
    role_level: str | None = None
    needs: tuple[SkillNeed, ...]


class PromotionStep(Statement):
    """That one level of a role is promoted from another, and the words of the mapping that order them."""

    upper: str
    lower: str


class RoleFramework(Model):
    """All that a table says through its mapping."""

    document: DocumentInfo
    mapping: DocumentInfo = Field(description="The file that says what its columns are")
    source_kind: Literal["framework"] = "framework"
    authority: str = Field(description="Whose word it is")
    framework: str = Field(description="Id of the framework")
    name: str
    version: str | None = None
    edition: str
    published: str | None = None
    not_before: ClassVar[str | None] = None
    closes: ClassVar[str | None] = None
    sample: bool = Field(default=False, exclude=True, description="The mapping says that it is invented")
    levels: tuple[str, ...] = Field(
        (), description="Levels of skills in words, lowest first; none where they are numbers"
    )
    roles: tuple[RoleLevel, ...]
    promotions: tuple[PromotionStep, ...] = ()
    ignored: tuple[Statement, ...] = Field((), description="Rows that the mapping leaves out")
    notes: tuple[str, ...] = ()


def without_uncertain(profile: Profile) -> Profile:
    """Return a profile without the statements that no family of documents claims; a note says how many there were."""
    fields: dict[str, object] = {}
    count = 0
    for name in Profile.model_fields:
        value = getattr(profile, name)
        if isinstance(value, tuple) and (uncertain := [one for one in value if getattr(one, "certain", True) is False]):
            fields[name] = tuple(one for one in value if one not in uncertain)
            count += len(uncertain)
    if not count:
        return profile
    note = f"{count} uncertain statement(s) left out, for no known family of documents has such a text"
    return profile.model_copy(
        update={
            **fields,
            "notes": (*profile.notes, f"{note}; --accept-uncertain loads them, `rankgraph read` shows them"),
        }
    )


def refusal(file: str, error: ValidationError, line: int | None = None) -> DocumentError:
    """Return the fault of a document that says what a declaration does not allow."""
    first = error.errors()[0]
    where = ".".join((error.title, *map(str, first["loc"])))
    advice = "reword the line, or leave the document out"
    return DocumentError(
        file, f"{first['input']!r} as {where}", expected_of(first["type"], first["msg"]), advice, line=line
    )
