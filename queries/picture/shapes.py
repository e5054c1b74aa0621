"""What a picture is made of, before it is written as SVG. Lengths are those of a sheet 480 wide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph.rows import Row
from queries.picture.contrast import INK, PAPER
from queries.show.words import relation_in_words

SHEET = 480.0
"""On a telephone, 390 points wide, the smallest letters are 9.3 points high, and 8 on a sheet of A4 or more."""
MARGIN = 16.0
BODY = 12.0
SMALL = 11.5

COLUMNS = ("part", "item", "detail", "authority", "document", "lines")
"""What is said of each thing that a picture shows, in text."""

MENTIONS = "MENTIONS"
"""The relation of what a document names and says no more of."""


@dataclass(frozen=True)
class Look:
    """How things look and read, as the ontology says it, and the day that a picture is of."""

    colours: Mapping[str, str]
    """Colour of each kind of node, by its label."""
    relations: Mapping[str, str]
    """Words for each kind of relationship, by its type."""
    day: str

    def relation(self, kind: str) -> str:
        """Return a type of relationship in words."""
        if kind == MENTIONS:
            return "is described in a document that mentions"
        return self.relations.get(kind, relation_in_words(kind))


@dataclass(frozen=True)
class Words:
    """One line of text; `y` is its baseline."""

    text: str
    x: float
    y: float
    size: float = BODY
    bold: bool = False
    fill: str = INK
    anchor: str = "start"


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    wide: float
    high: float
    fill: str = PAPER
    stroke: str = "none"
    round: float = 4.0


@dataclass(frozen=True)
class Route:
    """A line through points; it may end in an arrow head."""

    points: Sequence[tuple[float, float]]
    stroke: str = INK
    thick: float = 1.6
    arrow: bool = False


@dataclass(frozen=True)
class Group:
    """Shapes that are one thing; `data` says which, as data-* attributes."""

    shapes: Sequence[Shape]
    data: Mapping[str, str] = field(default_factory=dict)
    down: float = 0.0


Shape = Words | Box | Route | Group


@dataclass(frozen=True)
class Block:
    """A strip of the picture that no page break may cut."""

    high: float
    shapes: Sequence[Shape]


@dataclass(frozen=True)
class Picture:
    """A picture, and the same in words."""

    title: str
    says: str
    """The alternative text."""
    blocks: Sequence[Block]
    rows: Sequence[Row]
    notes: Sequence[str] = ()

    @property
    def high(self) -> float:
        """Return how high the whole picture is."""
        return sum(block.high for block in self.blocks)
