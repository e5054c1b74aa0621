"""Read the mapping of a table of roles and skills: which column is which, and in which order levels stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BeforeValidator, Field, field_validator

from graph.ids import slug
from graph.nodes import Model
from loaders.documents.yaml_values import Day, Flag, Line, Number, Text, WrittenLine, listed
from loaders.formats.table import folded
from loaders.reference.rules import frameworks
from loaders.yaml_lines import YamlFile, written

KINDS = ("mapping", "framework")
"""How the first key calls a mapping: that of a table of others, or of one made by `rankgraph template framework`."""

Column = Literal["role", "role_level", "skill", "level", "necessity", "description"]
COLUMNS: tuple[Column, ...] = ("role", "role_level", "skill", "level", "necessity", "description")
REQUIRED: tuple[Column, ...] = ("role", "skill")
ANY_ROLE = "*"

_Lines = Annotated[tuple[Line, ...], BeforeValidator(listed)]
_Words = Annotated[tuple[Text, ...], BeforeValidator(listed)]


class FrameworkMapping(Model):
    """What a table of roles, their levels, skills and levels of skills does not say itself."""

    rankgraph: Literal["mapping", "framework"] = Field(description="What this file is")
    framework: Text = Field(description="Short name of the framework, part of the ids of its roles and skills")
    name: Text | None = Field(None, description="Its name in full")
    licence: Text | None = Field(None, description="Licence of the table")
    source: Text | None = Field(None, description="Where the table comes from")
    authority: Text | None = Field(None, description="Whose word it is, in words")
    published: Day | None = Field(None, description="Day, month or year of publication: since when it counts")
    version: Number | None = Field(None, description="Version, as printed")
    sample: Flag = Field(default=False, description="yes for an invented one: it never stands beside a real one")
    table: str | None = Field(None, description="Name of the table beside this file: then no --mapping is needed")
    sheet: str | None = Field(None, description="Sheet of a workbook, where it is not the first")
    columns: dict[Column, Line] = Field(
        {}, validate_default=True, description="Our columns, and behind each the header in the table"
    )
    levels: _Lines = Field((), description="Levels of skills in words, lowest first; left out where they are numbers")
    role_levels: dict[str, _Lines] = Field(
        {},
        description="Levels of a role from the lowest, by role or * for all others; * in one stands for any words",
    )
    ignore: dict[Column, _Words] = Field({}, description="Rows left out: our column, and the words that it then holds")

    @field_validator("framework")
    @classmethod
    def _is_new(cls, name: str) -> str:
        if slug(name) in {"", *(one.id for one in frameworks() if one.kind == "framework")}:
            raise ValueError("a name of its own, with letters, that no framework of the reference data has")
        return name

    @field_validator("columns")
    @classmethod
    def _has_columns(cls, columns: dict[Column, WrittenLine]) -> dict[Column, WrittenLine]:
        if columns and not set(REQUIRED) <= set(columns):
            raise ValueError(f"{' and '.join(REQUIRED)} at least")
        return columns or {name: WrittenLine(text=name) for name in COLUMNS}

    @field_validator("levels")
    @classmethod
    def _are_distinct(cls, levels: tuple[WrittenLine, ...]) -> tuple[WrittenLine, ...]:
        if len({folded(level.text) for level in levels}) < len(levels):
            raise ValueError("each level once")
        return levels

    @property
    def scale(self) -> Mapping[str, int]:
        """Return the number of each level, from 1, or the number that it is, by its folded words."""
        words = [folded(level.text) for level in self.levels]
        numbers = all(word.isdecimal() for word in words)
        return {word: int(word) if numbers else place for place, word in enumerate(words, 1)}


def read_mapping(path: Path) -> tuple[FrameworkMapping, YamlFile]:
    """Return what a mapping says, and its file for what is found out later. Raises `DocumentErrors`."""
    file = YamlFile(path, "the mapping is at fault", expected="a mapping in YAML")
    file.check()
    if file.kind not in KINDS:
        first = file.kind or "no `rankgraph:`"
        advice = "write `rankgraph: mapping` as its first line; `rankgraph template framework` writes one"
        file.fault(file.root, f"{first} as the first key", "`rankgraph: mapping` or `rankgraph: framework`", advice)
    return file.model(FrameworkMapping), file


def table_of(file: YamlFile) -> str | None:
    """Return the name of the table that a mapping is of, where it names one."""
    pairs = file.root.value if isinstance(file.root, yaml.MappingNode) else ()
    return next((written(value) for key, value in pairs if written(key) == "table"), None)


def narrowest(name: str, patterns: Iterable[WrittenLine]) -> Sequence[WrittenLine]:
    """Return the pattern that fits a level of a role; several where none of them is narrower than the others.

    >>> lines = [WrittenLine(text=text) for text in ("*", "Senior *", "* manager")]
    >>> [[one.text for one in narrowest(name, lines)] for name in ("Clerk", "Senior clerk", "Senior manager")]
    [['*'], ['Senior *'], ['Senior *', '* manager']]
    """
    fitting = [pattern for pattern in patterns if _fits(pattern.text, name)]
    return [one for one in fitting if not any(_is_wider(one, other) for other in fitting)]


def _fits(pattern: str, name: str) -> bool:
    parts = map(re.escape, folded(pattern).split("*"))
    return re.fullmatch(".*".join(parts), folded(name)) is not None


def _is_wider(one: WrittenLine, other: WrittenLine) -> bool:
    return _fits(one.text, other.text) and not _fits(other.text, one.text)
