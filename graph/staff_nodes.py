"""What staff files give: their rows, and units, posts and people as nodes; graph/ontology.py says how these join.

Days are YYYY-MM-DD and both ends count. None of this comes from a published document, so no edge among
these nodes carries a statement: each has an `instance` that tells it apart from others of the same two ends.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pydantic import Field

from graph.nodes import CIRCLE, Named, Node
from graph.rows import Row


@dataclass(frozen=True)
class SheetCount:
    """Rows of a sheet: read is taken and skipped together."""

    read: int
    taken: int
    skipped: int


@dataclass(eq=False)
class StaffRows:
    """An export that was read: its files, the sheets that are in it, how many rows each sheet has, and the good rows.

    `rows` yields those of a sheet, sorted by its key, each by the names of its columns: days are YYYY-MM-DD, ranks,
    roles and requirements ids of the graph, and an empty cell is None. `sha256` tells one export from another.
    """

    files: Sequence[str]
    sha256: str
    sheets: Collection[str]
    counts: Mapping[str, SheetCount]
    rows: Callable[[str], Iterator[Row]]
    counted: Sequence[str] = ()
    """Columns of people that are none of ours, and that a mapping asks to count; a row has them as JSON."""
    lasting: int = 0
    """How many holdings are left out for a fault that count today, or may."""


@dataclass(eq=False)
class StaffNames:
    """What the names in staff files mean in one graph; an id means itself.

    `rank` (also for a role that HR lists among ranks), `role` and `requirement` return the id of a name, and raise
    NameUnknownError or NameAmbiguousError with suggestions. `candidates` returns the ids of all requirements of a name,
    and `notes` what the user should know of how names were understood so far. `names` and `max_levels` are those of
    requirements by id; a requirement without a scale has no highest level. `aliases` are other names of a requirement,
    `recorded` those that somebody holds, and `asked` has the roles that ask for each, "" for posts and units.
    `people` are the ids of all people that the graph has.
    """

    rank: Callable[[str], str]
    role: Callable[[str], str]
    requirement: Callable[[str], str]
    candidates: Callable[[str], Sequence[str]]
    names: Mapping[str, str]
    max_levels: Mapping[str, int | None]
    notes: Callable[[], list[str]]
    aliases: Mapping[str, Sequence[str]] = field(default_factory=dict)
    recorded: Collection[str] = ()
    asked: Mapping[str, Collection[str]] = field(default_factory=dict)
    people: Collection[str] = ()


class Unit(Named):
    """A unit of the force; its parent is the unit it is within."""

    label = "Unit"
    id_form = "`<given>`, such as `U00001`"
    colour = "#7A8DA6"
    staff = True


class ForceRole(Named):
    """A role of police staff that the force's own files declare; a role that documents know is none."""

    label = "Role"
    subtype = "ForceRole"
    id_form = "`role/<term>`, such as `role/crime-analyst`"
    colour = "#6FA0D6"
    staff = True

    grade: str | None = Field(None, description="Grade or pay band, where the file gives one")
    declared: bool = Field(True, description="True: the force's staff files list it")


class Post(Node):
    """A post in a unit; need hangs on it, whoever is in it."""

    label = "Post"
    id_form = "`<given>`, such as `T00001-01`"
    colour = "#9BB1C9"
    staff = True

    title: str | None = Field(None, description="Title, where the file gives one")
    circle: str | None = Field(None, description=CIRCLE.replace("name", "title"))
    fte: float = Field(1.0, ge=0, description="Established full-time equivalents")
    places: int | None = Field(None, ge=2, description="How many people a pool of posts is for; none: it is for one")
    attributes: str | None = Field(None, description="What it is counted by beside its rank, with commas between")
    opened: str | None = Field(None, description="First day it is open; none: always was")
    closed: str | None = Field(None, description="Last day it is open; none: still is")


class Person(Node):
    """A person by HR or collar number and name; nothing else personal is kept."""

    label = "Person"
    id_form = "`<given>`, such as `P000001`"
    colour = "#C9A77A"
    caption = "id"
    staff = True

    name: str = Field(min_length=1, description="Name as people write it")
    joined: str | None = Field(None, description="First day in the force")
    left: str | None = Field(None, description="Last day in the force; none: still there")


class Absence(Node):
    """A time in which a person is not at work, or not on full duties."""

    label = "Absence"
    id_form = "`<given>/<day>/<given>`, such as `P000014/2025-12-02/long-term sick`: person, first day, kind"
    colour = "#D8C3A5"
    caption = "kind"
    staff = True

    begins: str | None = Field(None, alias="from", description="First day away")
    ends: str | None = Field(None, alias="to", description="Last day away; none: still away")
    kind: (
        Literal[
            "sick",
            "long-term sick",
            "maternity",
            "paternity",
            "adoption",
            "parental leave",
            "career break",
            "secondment",
            "restricted duties",
            "adjusted duties",
            "recuperative duties",
            "suspended",
            "unpaid leave",
            "annual leave",
            "special leave",
            "training",
        ]
        | None
    ) = Field(None, description="Why, where the file says so")


class CourseRun(Node):
    """One time that a course is given; a course without any is taken whenever there is need."""

    label = "CourseRun"
    id_form = "`<given>/run/<day>`, such as `course/taser-carrier-course/run/2026-04-13`: course, first day"
    colour = "#E3C98F"
    caption = "starts"
    staff = True

    starts: str = Field(description="First day")
    seats: int | None = Field(None, description="Seats on it; none: no limit but that of the course is known")


class StaffLoad(Node):
    """The last load of staff files; there is one at most."""

    label = "StaffLoad"
    id_form = "`staff`"
    colour = "#B0B7BF"
    caption = "state"
    staff = True

    state: Literal["loading", "done"] = Field(description="loading while one is under way or was cut short")
    files: tuple[str, ...] = Field((), description="Names of the files")
    sha256: str = Field(description="SHA-256 of all files together")
    loaded: str = Field(description="Day on which it was loaded")
    export_day: str | None = Field(None, description="Day of the export, where --full --as-of gave one")
    people: int = Field(0, description="Rows of people that were taken")
    counted: tuple[str, ...] | None = Field(None, description="Columns of people that were counted, as a mapping asks")
    skipped: int = Field(0, description="Rows left out because of a fault")
    lasting: int | None = Field(None, description="How many of these are holdings that counted on the day, or may have")


class LoadTotal(Node):
    """A total that a load left, of a unit with all within it: of the posts of a rank, or of what posts ask for."""

    label = "LoadTotal"
    id_form = (
        "`<day>/<given>/<given>`, such as `2026-03-31/U00001/rank/uk/sergeant`: day, unit, kind, what is counted, level"
    )
    colour = "#B0B7BF"
    caption = "of"
    staff = True

    day: str = Field(description="Day of the load, that of the export where --full --as-of gave one")
    unit_id: str = Field(description="Id of the unit")
    kind: Literal["rank", "requirement"] = Field(description="What is counted")
    of: str | None = Field(None, description="Id of the rank, role or requirement; none: posts without a rank or role")
    level: int | None = Field(None, description="Level at which posts ask for the requirement")
    need: float = Field(description="Established full-time equivalents; places of posts that ask for it")
    have: float = Field(description="Full-time equivalents worked in them; places with somebody present who holds it")
    short: float = Field(description="Need less have and unknown")
    unknown: float = Field(0.0, description="Places that ask for what nobody was ever recorded with")
    posts: int | None = Field(None, description="Posts of the rank, pools by their places")
    heads: int | None = Field(None, description="People who hold one of them, in posts of two units twice")


class PeopleCount(Node):
    """How many people in posts have one value in a column that the mapping of the last load asks to count."""

    label = "PeopleCount"
    id_form = "`<given>/<given>`, such as `age_band/25-34/unit/U00001`: column, value, and unit or rank"
    colour = "#B0B7BF"
    caption = "value"
    staff = True

    day: str = Field(description="Day of the load")
    column: str = Field(description="Name of the column, as the mapping gives it")
    value: str = Field(description="The value; `other`: values of fewer than five people, `not stated`: empty cells")
    unit_id: str | None = Field(None, description="Id of the unit, with all within it; none: the whole force")
    rank: str | None = Field(None, description="Id of the rank or role of the post; none: any")
    people: int | None = Field(None, description="How many; none: hidden, for few people or for what would tell of few")


class Lease(Node):
    """The right to load while no other process does: staff for minutes, documents within a transaction, else none."""

    label = "Lease"
    id_form = "`staff`; `documents`, within a transaction"
    colour = "#B0B7BF"
    caption = "owner"
    staff = True

    owner: str | None = Field(None, description="Process that loads")
    until: int | None = Field(None, description="When it lapses unless renewed, in ms since 1970 by the database")
    asked: int | None = Field(None, description="When it was last asked for or renewed, likewise")
