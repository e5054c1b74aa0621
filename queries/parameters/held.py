"""Find in the graph what somebody says they hold, and put it into the form in which gates are asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.errors import DocumentError, NameAmbiguousError, NameUnknownError
from graph.rows import Row
from queries.parameters.holdings import KEYS, Holding
from queries.parameters.names import Entry, resolve

if TYPE_CHECKING:
    from graph.session import Graph


_REQUIREMENTS = """MATCH (n:Requirement)
RETURN n.id AS id, n.name AS name, n.aliases AS aliases, CASE WHEN n:Course THEN 1 ELSE 0 END AS course ORDER BY id"""
_ON_THE_WAY = """MATCH (:Role {id: $rank})-[:REQUIRES]->(:Gate)-[:OPTION]->(:Option)-[e:NEEDS]->(n:Requirement)
RETURN DISTINCT n.id AS id, toLower(n.name) AS name, CASE WHEN n:Course THEN 1 ELSE 0 END AS course,
  coalesce(e.for_months, 0) AS months ORDER BY id"""


def holdings(
    graph: Graph, said: Sequence[Holding], ranks: Sequence[Entry], *, other: str | None = None, force: str | None = None
) -> tuple[list[Row], list[str]]:
    """Return what is held, as it is sent, and what the user should know of how it was understood.

    Args:
        graph: An open graph.
        said: What somebody says.
        ranks: All ranks and roles.
        other: Ladder of the rank aimed at, where that one is plain.
        force: Ladder for names that ladders share.

    Raises NameUnknownError and NameAmbiguousError, or DocumentError where a file said it.
    """
    finder = _Finder(graph, ranks, other, force)
    found = [one for holding in said for one in finder.find(holding)]
    return [_row(one) for one in _with_ends(found)], [*finder.notes, *_widened(said)]


def _widened(said: Sequence[Holding]) -> list[str]:
    days = dict.fromkeys(
        f"{one.printed} as {one.achieved or one.begun}"
        for one in said
        if one.printed and one.printed not in {one.achieved, one.begun}
    )
    return [f"a year or month counts as its last day: {', '.join(days)}; what lapses may lapse sooner"] if days else []


class _Finder:
    """Knows the names of what can be held."""

    def __init__(self, graph: Graph, ranks: Sequence[Entry], other: str | None, force: str | None) -> None:
        self._graph, self._ranks, self._other, self._force = graph, ranks, other, force
        self._courses: list[Entry] = []
        self._all: list[Entry] = []
        self.notes: list[str] = []

    def find(self, said: Holding) -> list[Holding]:
        """Return what is meant, under its id."""
        try:
            return self._find(said)
        except (NameUnknownError, NameAmbiguousError) as error:
            if said.file is None:
                raise
            raise _in_file(error, said.file, said.line) from error

    def _find(self, said: Holding) -> list[Holding]:
        if said.kind == "course":
            return [replace(said, name=self._thing(said.name))]
        if said.kind == "id":
            known = any(entry.id == said.name for entry in self._ranks)
            return [replace(said, kind="sent", name=said.name if known else self._thing(said.name))]
        rank = self._rank(said.name)
        if said.kind == "rank":
            return [replace(said, name=rank)]
        needed = [str(row["id"]) for row in self._graph.read(_ON_THE_WAY, {"rank": rank}) if _is_meant(said.kind, row)]
        if not needed:
            what = "an exam" if said.kind == "exam" else "a time of temporary promotion"
            self.notes.append(f"no gate of {rank} asks for {what}: what was said of it changes nothing")
        return [replace(said, name=one) for one in needed]

    def _rank(self, said: str) -> str:
        choice = resolve(said, "rank", self._ranks, other=self._other, force=self._force)
        self.notes += [choice.note] if choice.note else []
        return choice.id

    def _thing(self, said: str) -> str:
        if not self._all:
            rows = self._graph.read(_REQUIREMENTS, {})
            self._all = [_entry(row) for row in rows]
            self._courses = [entry for entry, row in zip(self._all, rows, strict=True) if row["course"]]
        among = self._all if "/" in said or any(said in entry.names for entry in self._all) else self._courses
        try:
            return resolve(said, "course", among).id
        except NameAmbiguousError as error:
            raise NameAmbiguousError(said, "course", error.candidates) from None


def _entry(row: Row) -> Entry:
    key, aliases = str(row["id"]), row["aliases"]
    others = [str(alias) for alias in aliases] if isinstance(aliases, list) else []
    short = [key.partition("/")[2]] if row["course"] else []
    return Entry(key, (str(row["name"]), *others, *short))


def _is_meant(kind: str, row: Row) -> bool:
    """Say whether a part of a gate is the exam on the way to the rank, or the time of temporary promotion."""
    if kind == "exam":
        return bool(row["course"]) and "exam" in str(row["name"])
    return not row["course"] and "temporar" in str(row["name"]) and row["months"] != 0


def _in_file(error: NameUnknownError | NameAmbiguousError, file: str, line: int | None) -> DocumentError:
    near = error.suggestions if isinstance(error, NameUnknownError) else error.candidates
    hint = f", such as {', '.join(near)}" if near else ""
    found = f"the {error.kind} {error.name!r}"
    return DocumentError(file, found, f"one {error.kind} of the graph{hint}", "mend the name or give the id", line=line)


def _with_ends(found: Sequence[Holding]) -> list[Holding]:
    """Say until when each rank was held: until the next one began, as far as their days are known."""
    ranks = {one.name: one for one in found if one.kind == "rank"}
    undated = {name for name, one in ranks.items() if one.achieved is None}
    return [_ended(one, ranks, undated) if one.kind == "rank" else one for one in found]


def _ended(one: Holding, ranks: dict[str, Holding], undated: set[str]) -> Holding:
    if one.now:
        return one
    later = [other.achieved for other in ranks.values() if other.achieved and other.achieved > (one.achieved or "9")]
    return replace(one, ended=min(later, default=None), ended_unknown=bool(undated) or None)


def _row(one: Holding) -> Row:
    return {"id": one.name, **{key: getattr(one, key) for key in KEYS[1:]}}
