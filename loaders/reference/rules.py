"""The reference data on the ladder, the frameworks, the gates and the oversight of ranks."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from graph.nodes import Measure, Model, Territory, Unit
from graph.ontology import RELATIONS
from loaders.reference.entries import DAY, Entry, entries


class LadderEntry(Entry):
    """One step between two ranks, or two ranks on one step."""

    relation: Literal["PROMOTES_FROM", "EQUIVALENT_TO"]
    rank: str
    other: str
    minimum_months: int | None = None
    term_months: int | None = None
    says: str


class FrameworkEntry(Entry):
    """A framework, or one of its parts."""

    id: str
    kind: Literal["framework", "cluster", "competency", "value", "core-skill-set"]
    name: str
    part_of: str | None = None
    succeeds: tuple[str, ...] = Field((), description="Ids of what it took the place of")
    scale: str | None = None
    count: int | None = Field(None, description="How many there are, where their names are unknown")
    valid_from: str | None = Field(None, pattern=DAY)
    valid_to: str | None = Field(None, pattern=DAY)
    says: str


class ScaleEntry(Entry):
    """A scale of levels in words."""

    id: str
    levels: tuple[str, ...] = Field(description="The lowest first")


class NeedEntry(Model):
    """One thing that an option needs: a course or rank, or what only a person can judge."""

    target: str | None = None
    judged: str | None = None
    before: str | None = Field(None, pattern=DAY)
    at_least: bool = False
    within_months: int | None = None
    for_months: int | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> NeedEntry:
        if (self.target is None) == (self.judged is None):
            raise ValueError("a need has either a target or what is judged")
        return self


class OptionEntry(Model):
    """One of the ways to open a gate."""

    name: str | None = None
    needs: tuple[NeedEntry, ...] = Field(min_length=1)


class GateEntry(Entry):
    """A hard condition for one rank or several."""

    id: str
    name: str
    ranks: tuple[str, ...] = Field(min_length=1)
    applies_in: Territory
    asks: Literal["law", "policy"]
    exempt: str | None = None
    after: tuple[str, ...] = Field((), description="Ids of the gates that come first: what it asks for begins then")
    follows: bool = Field(default=False, description="Whether it comes after the promotion, as probation does")
    valid_from: str | None = Field(None, pattern=DAY)
    valid_to: str | None = Field(None, pattern=DAY)
    options: tuple[OptionEntry, ...] = Field(min_length=1)
    says: str


class FigureEntry(Model):
    """A number that a source gives of ranks or bodies."""

    measure: Measure
    amount: float
    unit: Unit
    qualifier: str | None = None


class OversightEntry(Entry):
    """Who stands over ranks and offices, what they may authorise, how long they are appointed for."""

    holders: tuple[str, ...] = Field(min_length=1, description="Ids of ranks or bodies")
    relation: str = Field(pattern=f"^({'|'.join((*RELATIONS, 'REPORTS_TO', 'MAY_AUTHORISE', 'HAS_FIGURE'))})$")
    other: str | None = Field(None, description="Id of a body, or of a rank")
    power: str | None = Field(None, description="Name of what may be authorised")
    figure: FigureEntry | None = None
    valid_from: str | None = Field(None, pattern=DAY)
    valid_to: str | None = Field(None, pattern=DAY)
    says: str

    @model_validator(mode="after")
    def _one_end(self) -> OversightEntry:
        expected = {"MAY_AUTHORISE": "power", "HAS_FIGURE": "figure"}.get(self.relation, "other")
        ends = [name for name in ("other", "power", "figure") if getattr(self, name) is not None]
        if ends != [expected]:
            raise ValueError(f"{self.relation} has {expected} and nothing else at its other end")
        return self


class ElsewhereEntry(Entry):
    """A force whose promotions are not those of England and Wales: its ladder, and whose rules hold there."""

    id: str = Field(description="The place, as --in takes it")
    body: str = Field(description="Id of the force or agency")
    ranks: tuple[str, ...] = Field((), description="Ids of the ranks of which a source was read, the lowest first")
    own_exams: tuple[str, ...] = Field((), description="Words before an exam that make it its own; none: it sets none")
    rules: str = Field(min_length=1, description="Whose rules of promotion hold there, and what of them is not known")
    says: str


class WayInEntry(Entry):
    """A way into the ranks that is no promotion, or what is not known of one."""

    roles: tuple[str, ...] = Field(description="Ids of the roles that it is for; none: every other without a rank")
    aims: tuple[str, ...] = Field((), description="Ids of what is aimed at, where it is only for those")
    enters: str | None = Field(None, description="Id of the rank at which they join")
    says: str


def ladder() -> tuple[LadderEntry, ...]:
    """Return promotions, then equivalents."""
    return entries("ladder.yaml", LadderEntry)


def frameworks() -> tuple[FrameworkEntry, ...]:
    """Return frameworks and their parts, the older framework first."""
    return entries("frameworks.yaml", FrameworkEntry)


def framework_start(name: str | None) -> str | None:
    """Return the first day of a framework by its id; none where it is unknown."""
    return next((entry.valid_from for entry in frameworks() if entry.id == name), None)


def elsewhere() -> tuple[ElsewhereEntry, ...]:
    """Return the forces whose promotions are not those of England and Wales."""
    return entries("elsewhere.yaml", ElsewhereEntry)


def way_in(role: str, aim: str) -> WayInEntry:
    """Return the way from a role that is no rank towards a rank or role, which is no promotion."""
    every: tuple[WayInEntry, ...] = entries("ways_in.yaml", WayInEntry)
    fits = [one for one in every if (not one.roles or role in one.roles) and (not one.aims or aim in one.aims)]
    return fits[0]


def scales() -> tuple[ScaleEntry, ...]:
    """Return the scales of levels that documents use without printing the whole of them."""
    return entries("scales.yaml", ScaleEntry)


def gates() -> tuple[GateEntry, ...]:
    """Return the gates, those of the lowest rank first."""
    return entries("gates.yaml", GateEntry)


def oversight() -> tuple[OversightEntry, ...]:
    """Return who appoints, suspends, directs, covers and holds to account, and who may authorise what."""
    return entries("oversight.yaml", OversightEntry)
