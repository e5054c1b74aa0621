"""Read the reference data: loaders/reference/*.yaml, each file a list of entries with their sources."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import Literal, TypeVar

import yaml
from pydantic import Field, ValidationError

from graph.errors import ReferenceDataError, expected_of
from graph.nodes import Model

REFERENCE_VERSION = 2
"""Part of the edition of every fact that rests on the reference data."""


DAY = r"^\d{4}-\d{2}-\d{2}$"
"""The form of a day in an entry."""


class Entry(Model):
    """What every entry has: where it stands and what it rests on."""

    file: str = Field(description="Name of the YAML file")
    line: int = Field(description="1-based line of the entry's first key")
    last_line: int = Field(description="1-based line of its last value")
    source: str = Field(min_length=1, description="Title, and section where there is one, of what it rests on")
    address: str | None = Field(None, description="Where the source is found")
    as_at: str | None = Field(
        None,
        pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$",
        description="Day on which the source stood so; month or year where no more is known; shown, never compared",
    )
    seen: Literal["text", "cited", "general knowledge"] = Field(
        description="text (the source was read), cited (another page says so) or general knowledge"
    )
    basis: str = Field("found", description="found (in the source), inferred or general-knowledge")


E = TypeVar("E", bound=Entry)


def _text(name: str) -> str:
    return (files("loaders") / "reference" / name).read_text(encoding="utf-8")


def file_digest(name: str) -> str:
    """Return the SHA-256 of a reference file, its name the key of its Document."""
    return hashlib.sha256(_text(name).encode()).hexdigest()


@cache
def entries(name: str, kind: type[E]) -> tuple[E, ...]:
    """Return the entries of a reference file in its order. Raises `ReferenceDataError` with the line at fault."""
    loader = yaml.CSafeLoader(_text(name))
    try:
        root = loader.get_single_node()
        if not isinstance(root, yaml.SequenceNode):
            raise ReferenceDataError(name, "no list", "a list of entries", "write `- key: value` entries", line=1)
        return tuple(_entry(name, node, loader.construct_document(node), kind) for node in root.value)
    finally:
        loader.dispose()


def _entry(name: str, node: yaml.Node, raw: object, kind: type[E]) -> E:
    line = node.start_mark.line + 1
    if not isinstance(raw, dict):
        raise ReferenceDataError(name, repr(raw), "a mapping", "write `- key: value` entries", line=line)
    last = max(line, node.end_mark.line + (1 if node.end_mark.column else 0))
    try:
        return kind.model_validate({**raw, "file": name, "line": line, "last_line": last})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ReferenceDataError(
            name,
            f"{where}: {first.get('input')!r}",
            expected_of(first["type"], first["msg"]),
            "correct the entry",
            line=line,
        ) from error
