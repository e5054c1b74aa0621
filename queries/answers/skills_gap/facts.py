"""The facts of a skills-gap report, as they were asked for and added up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.rows import Row

Rows = tuple[Row, ...]


@dataclass(frozen=True)
class Load:
    """The last load of staff files."""

    state: str
    files: tuple[str, ...]
    sha256: str
    loaded: str
    export_day: str | None
    people: int
    skipped: int
    lasting: int = 0
    """How many of those skipped are holdings that counted on the day of the load, or may have."""


@dataclass(frozen=True)
class Quality:
    """What is wrong with, or missing from, the data that the report rests on."""

    unprofiled: Rows
    """role_id, role, posts, problem: ranks and roles of posts of which no profile counts on the day."""
    stale: Rows
    """edition, role, framework, withdrawn, successor."""
    unrecorded: Rows
    """requirement, requirement_id, need: asked for, and nobody was ever recorded with it, here or elsewhere."""
    without_holdings: int | str
    """People in posts in scope of whom no holding at all is recorded."""
    contradicting: int | str = 0
    """People in posts in scope who substantively hold another rank than that of the post."""
    idle: int | str | None = None
    """Members of the force in no open post on the day; none where the report is on a unit."""
    idle_people: Rows = ()
    """person_id, name of those."""


@dataclass(frozen=True)
class Critical:
    """Of which ranks a post can be a critical one, the highest first, and whether those are superintendent or above."""

    ranks: tuple[str, ...]
    high: bool


@dataclass(frozen=True)
class Force:
    """The tables of the whole force, of which it is decided what has to be hidden of those of a part."""

    units: Rows
    heat_map: Rows
    establishment: Rows
    supply: Rows = ()
    """Of a forecast: unit_id, kind, id, day, central, recorded and the rest."""


@dataclass(frozen=True)
class Report:
    """All that a report tells, before it is put into tables; columns are those of the questions unless said."""

    unit_id: str | None
    unit: str
    day: str
    made: str
    audience: str
    units: Rows
    """unit_id, unit, parent_id, depth: from the one asked down, children after their parent."""
    editions: Rows
    """role_id, role, edition, source_kind, authority, document, published, valid_from."""
    reference: tuple[str, ...]
    load: Load | None
    strength: Rows
    """rank_id, rank, posts, established_fte, vacant, heads, strength_fte, vacant_fte; the last row is the sum."""
    establishment: Rows
    """The same by unit_id, unit and rank, posts of the unit itself."""
    vacancies: Rows
    """As of the question, but for unit, rank_id, rank (its name), and covered_by (numbers and names)."""
    heat_map: Rows
    """Without what is unknown, for nobody was ever recorded with it: that stands in the data quality."""
    single: Row
    """cases, of: how many pairs of unit and requirement rest on one person, of how many; units, of_units: of units."""
    single_points: Rows
    expiries: Rows
    """requirement, requirement_id, within_30, within_90, within_365 (each without the one before), last_holders, and

    months, the same by months of 30 days."""
    expiring: Rows
    """Those of the next 90 days."""
    readiness: Rows
    """rank_id, rank, posts, now, 12m, 24m, no: who could follow into the critical posts."""
    blockers: Rows
    """rank_id, rank, blocked_by, people."""
    critical_posts: Rows
    """post_id, title, unit_id, unit, rank_id, rank, state."""
    critical_ranks: Critical
    succession: Rows
    """for_rank, and the columns of the question."""
    training: Rows
    quality: Quality
    notes: tuple[str, ...] = ()
    seats: Rows = ()
    """Of the question courses."""
    weights: Mapping[str, float] = field(default_factory=dict)
    """The highest weight with which a requirement is asked for, by its id; 1 where none is given."""
    ahead: Rows = ()
    """name, kind, now, and of the day `later` established and in_12m: in 12 months, by what is recorded and assumed."""
    ends: Rows = ()
    """by, ends: how many holdings end by the last day of each month."""
    years: Rows = ()
    """rank, day, established, low, central, high: each rank of the force or unit year by year."""
    assumed: str = ""
    """What the years ahead rest on."""
    pay: Mapping[str, float] = field(default_factory=dict)
    """Pounds a year by id of rank or role, where a pay table is given."""
    since: str | None = None
    """The earlier day with which the report compares."""
    before: Rows = ()
    """The heat map on that day, of the first unit alone."""
    strength_before: float | str = 0
    """Full-time equivalents on that day."""
    ranks_before: Mapping[object, float] = field(default_factory=dict)
    """The same by id of rank."""
    cover: Rows = ()
    """Of the question minimum-cover, need in place of people; without what is not known."""
    marking: str = ""
    force: Force | None = None
    """None where it is no other than that of the report."""

    @property
    def of_part(self) -> bool:
        """Return whether it is of one unit and as numbers alone: only what is hidden over the whole force is shown."""
        return self.audience == "aggregate" and self.unit_id is not None
