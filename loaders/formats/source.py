"""What a file of any format becomes: numbered lines, and what the format knows of each."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from graph.nodes import Model

EXPECTED = "a role profile, pack or advert"


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line of a file, as its format gives it; what a format does not know stays 0 or None."""

    text: str
    heading: int = 0
    """Level of a heading, 1 to 6."""
    item: int = 0
    """Depth of a list item, from 1; `text` begins with its mark, as "• " or "2. "."""
    cell: tuple[int, int, int] | None = None
    """Table, row and column of the cell that it stands in, each from 1; a merged cell has those of its first part."""
    page: int | None = None
    """The page that it stands on, from 1."""
    whole: bool = False
    """Whether it is a whole paragraph, heading or item, which never goes on in the next line."""


@dataclass(frozen=True, slots=True)
class Text:
    """What a reader of a format returns, before anything is put out of sight; notes tell what was left out, and why."""

    lines: tuple[SourceLine, ...]
    notes: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    """What stands around it and is left out: titles, heads and feet of pages."""


class Source(Model):
    """A file as numbered lines."""

    name: str
    sha256: str
    form: str = Field("text", description="Format of the file, as loaders/formats/formats.py names it")
    lines: tuple[str, ...] = Field(description="Line n is lines[n-1]; addresses, numbers and names of people masked")
    marks: tuple[SourceLine, ...] = Field((), description="The same lines with what the format knows of each")
    hidden: tuple[int, ...] = Field((), description="Characters that masking took from each line")
    notes: tuple[str, ...] = ()
    around: tuple[str, ...] = Field((), description="What stands around the text and is no part of it")
