"""Find which column of a file is which of ours, by name, synonym or mapping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from loaders.staff.columns import Column, Sheet, even

__all__ = ["Header", "matched"]


_Problem = tuple[str, str]
"""What was found, and what to do."""


@dataclass(frozen=True)
class Header:
    """The columns of a file: where ours are, from 0, and what else there is."""

    written: tuple[str, ...]
    places: dict[str, int] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """Return how many cells a row has at most: those behind the last header are none of it."""
        return max((place + 1 for place, name in enumerate(self.written) if name.strip()), default=0)


def matched(sheet: Sheet, written: Sequence[str], said: Mapping[str, str]) -> Header:
    """Return where the columns of a sheet stand in a header.

    A name of the mapping goes before ours, ours before a synonym. A problem is a required column that is not
    there, a mapped one that is not, or two columns for one; `advice` says once what mends those of a kind.
    """
    plain = [even(name) for name in written]
    places: dict[str, int] = {}
    problems: dict[str, str] = {}
    for column in sheet.columns:
        found, problem = _find(column, plain, said.get(column.name))
        if found is not None:
            places[column.name] = found
        if problem:
            problems[problem[0]] = problem[1]
    taken = set(places.values())
    unknown = tuple(_called(place, name) for place, name in enumerate(written) if place not in taken)
    last = max((place for place, name in enumerate(plain) if name), default=-1)
    return Header(
        tuple(written),
        places,
        unknown[: last + 1 - len(taken)],
        tuple(problems),
        tuple(dict.fromkeys(problems.values())),
    )


def _called(place: int, name: str) -> str:
    return name.strip() or f"(column {place + 1}, without a name)"


def _find(column: Column, plain: Sequence[str], told: str | None) -> tuple[int | None, _Problem | None]:
    if told is not None:
        found = [place for place, name in enumerate(plain) if name == even(told)]
        return _one(found, column, f"the column {told!r}, which the mapping gives for {column.name}")
    exact = [place for place, name in enumerate(plain) if name == even(column.name)]
    if exact:
        return _one(exact, column, column.name)
    others = {even(name) for name in column.synonyms}
    found = [place for place, name in enumerate(plain) if name in others]
    return _one(found, column, column.name) if found or column.required else (None, None)


def _one(found: Sequence[int], column: Column, wanted: str) -> tuple[int | None, _Problem | None]:
    if len(found) == 1:
        return found[0], None
    if not found:
        return None, (f"no {wanted}", "add it, or name yours in a mapping file")
    places = " and ".join(str(place + 1) for place in found)
    advice = "leave one of them, or name the one that is meant in a mapping file"
    return None, (f"more than one column for {column.name} (columns {places})", advice)
