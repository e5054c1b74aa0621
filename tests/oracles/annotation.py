"""The annotation of the 23 documents beside the project: what each says, to hold what was read against it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from loaders.profile import Profile, Statement
from tests.harness.real import SHARED

FOLDER = SHARED / "documents"
LISTS = ("purpose", "accountabilities", "skills", "education", "development", "stages", "pay", "criteria")
NAMED = {"bodies": "bodies", "courses": "courses", "plans": "instruments"}
"""The names in the annotation, and the list of a profile that holds them."""

_WORDS = 8
Key = tuple[str, str]


@dataclass(frozen=True)
class Annotated:
    """One annotated document."""

    name: str
    rank: str | None
    lists: dict[str, list[dict[str, object]]]
    optional: frozenset[int]
    named: dict[str, list[dict[str, object]]] = field(repr=False)

    @property
    def page(self) -> Path:
        """Return the document as text."""
        return FOLDER / "pages" / f"{self.name}.txt"

    def expected(self) -> set[Key]:
        """Return the statements by list and first words."""
        return {(name, _start(str(one["first8"]))) for name, listed in self.lists.items() for one in listed}

    def optional_starts(self) -> set[str]:
        """Return the first words of lines that count neither way."""
        lines = self.page.read_text(encoding="utf-8").split("\n")
        return {_start(lines[number - 1]) for number in self.optional}


@cache
def annotated() -> tuple[Annotated, ...]:
    """Return all of them."""
    documents = json.loads((FOLDER / "gold.json").read_text(encoding="utf-8"))["documents"]
    return tuple(
        Annotated(
            one["file"].removesuffix(".txt"),
            one["rank"],
            one["lists"],
            frozenset(one["optional_lines"]),
            {listed: one[name] for name, listed in NAMED.items()},
        )
        for one in documents
    )


def found(profile: Profile, document: Annotated) -> set[Key]:
    """Return the statements of a profile by list and first words, but those that count neither way."""
    starts = document.optional_starts()
    return {key for key in _keys(profile) if key[1] not in starts}


def _keys(profile: Profile) -> Iterator[Key]:
    for name in LISTS:
        listed: Iterable[Statement] = getattr(profile, name)
        yield from ((name, _start(one.text)) for one in listed)


def _start(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold())[:_WORDS])
