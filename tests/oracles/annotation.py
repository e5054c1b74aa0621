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
    """Return the statements of a profile by list and first words, but those that count neither way.

    The annotation cuts a text after eight words or at the end of its first line: a longer text that begins so is it.
    """
    starts = document.optional_starts()
    expected = document.expected()
    keys = ((name, _even(text)) for name, text in _statements(profile))
    return {
        next((key for key in expected if key[0] == name and text.startswith(key[1])), (name, text[:80]))
        for name, text in keys
        if not any(text.startswith(start) for start in starts)
    }


def _statements(profile: Profile) -> Iterator[tuple[str, str]]:
    for name in LISTS:
        listed: Iterable[Statement] = getattr(profile, name)
        yield from ((name, one.text) for one in listed)


def _start(text: str) -> str:
    return _even(" ".join(text.split()[:_WORDS]))


def _even(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
