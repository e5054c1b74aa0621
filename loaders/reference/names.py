"""Read the reference data on bodies, courses and instruments: what each is called, and what it is."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from graph.nodes import BodyKind, InstrumentKind, Model
from loaders.reference.entries import DAY, Entry, entries


class Entity(Model):
    """A body, course or instrument under its id, with the kind that it is of."""

    id: str
    name: str
    kind: str


class NamedEntry(Entry):
    """What a thing is called, and where those names hold."""

    id: str = Field(min_length=1, description="Key of the node")
    name: str = Field(min_length=1, description="Name as people write it")
    valid_from: str | None = Field(
        None, pattern=DAY, description="Its first day, or that of the first of the bodies that bore its names"
    )
    aliases: tuple[str, ...] = Field(
        (), description="Names that hold in every document; the name itself only if listed"
    )
    contextual: tuple[str, ...] = Field((), description="Names that hold only where the context fits")
    context: tuple[str, ...] = Field((), description="Bodies that make them hold: the role's own, or named in the text")
    formats: tuple[str, ...] = Field((), description="Families of documents in which they hold as well")
    not_after: tuple[str, ...] = Field((), description="Words after which a name is another thing's")
    not_before: tuple[str, ...] = Field((), description="Words before which a name is another thing's")


class BodyEntry(NamedEntry):
    """A body, office, place or network outside the rank ladder."""

    kind: BodyKind
    short_name: str | None = Field(None, description="Which of its names is its usual letters")
    part_of: str | None = Field(None, description="Id of the body it is a part of")
    informal: tuple[str, ...] = Field((), description="Names a person may give it, not sought in documents")
    abroad: bool = Field(default=False, description="It is outside the United Kingdom: its ranks are not ours")
    exact: bool = Field(default=False, description="Its names hold in no other case than the one given")
    at_home: bool = Field(default=False, description="Its short names never hold in a document of another body")
    apart: bool = Field(default=False, description="The name and the abbreviation in brackets are two mentions")


class CourseEntry(NamedEntry):
    """A course, assessment, exam or accreditation; only a person who has passed it holds it."""

    kind: str = Field("course", description="course, assessment, exam, accreditation or programme")
    replaces: tuple[str, ...] = Field((), description="Ids of the courses whose place it took")
    provided_by: str | None = Field(None, description="Id of the body that runs it")
    withdrawn: str | None = Field(None, description="Day from which it is no longer offered, YYYY-MM-DD")
    recorded: bool = Field(default=True, description="Whether a training system can hold it")
    form_of: str | None = Field(None, description="Id of the course whose name it takes where a rank stands beside it")
    rank: str | None = Field(None, description="The name of that rank")


class InstrumentEntry(NamedEntry):
    """A plan, requirement, code, law, framework, policy, strategy or programme."""

    kind: InstrumentKind
    issues: bool = Field(default=False, description="Each dated issue is a thing of its own")
    owner: str | None = Field(None, description="Id of the body whose it is")
    status: Literal["proposed", "enacted"] | None = Field(None, description="Of a change ahead, how far it is")
    superseded: str | None = Field(None, pattern=DAY, description="Day from which another has its place, at the latest")
    proposed: str | None = Field(None, description="Since when it is proposed: a day, month or year")
    touches: tuple[str, ...] = Field((), description="Whom a change ahead would touch, in words")
    says: str | None = Field(None, description="What a change ahead would be")


def bodies() -> tuple[BodyEntry, ...]:
    """Return the bodies of the reference data. Raises `ReferenceDataError` with the line at fault."""
    return entries("bodies.yaml", BodyEntry)


def courses() -> tuple[CourseEntry, ...]:
    """Return the courses of the reference data. Raises `ReferenceDataError` with the line at fault."""
    return entries("courses.yaml", CourseEntry)


def instruments() -> tuple[InstrumentEntry, ...]:
    """Return the instruments of the reference data. Raises `ReferenceDataError` with the line at fault."""
    return entries("instruments.yaml", InstrumentEntry)
