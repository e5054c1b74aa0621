"""Find what is meant by the names of holdings: courses, ranks, exams, and what was judged of gates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING

from graph.errors import DocumentError, NameAmbiguousError, NameUnknownError, UsageError
from graph.rows import list_or_empty
from queries.parameters.holdings import KEYS, first_day_of, with_ends, with_rank_now
from queries.parameters.names import Entry, requirement_entry, resolve

if TYPE_CHECKING:
    from graph.rows import Row
    from graph.session import Graph
    from queries.parameters.holdings import Holding

_DECIDED_BY = {
    True: "days decide, not a judgement: it changes nothing; give the ranks you held with their days",
    False: "what was passed decides, not a judgement: it changes nothing; give it with its day",
}
"""What is said of a judgement on a gate that needs none, by whether it needs a rank."""

_NOTHING = ": for another it changes nothing"

_REQUIREMENTS = """MATCH (n:Requirement)
RETURN n.id AS id, n.name AS name, n.aliases AS aliases, CASE WHEN n:Course THEN 1 ELSE 0 END AS course ORDER BY id"""
_ON_THE_WAY = """MATCH (:Role {id: $rank})-[:REQUIRES]->(:Gate)-[:OPTION]->(:Option)-[e:NEEDS]->(n:Requirement)
RETURN DISTINCT n.id AS id, toLower(n.name) AS name, CASE WHEN n:Course THEN 1 ELSE 0 END AS course,
  coalesce(e.for_months, 0) AS months ORDER BY id"""
_NOT_COURSES = """MATCH (r:Role)-[:REQUIRES]->(:Gate)-[:OPTION]->(:Option)-[:NEEDS]->(n:Requirement)
WHERE NOT n:Course
RETURN n.id AS id, toLower(n.name) AS name, max(CASE r.id WHEN $rank THEN 1 ELSE 0 END) = 1 AS asked ORDER BY id"""
_JUDGED = """MATCH (:Role {id: $rank})-[:REQUIRES]->(g:Gate)-[:OPTION]->(o:Option)-[:NEEDS]->(n)
WITH g, o, collect(DISTINCT CASE WHEN n:Requirement AND NOT coalesce(n.recorded, true) THEN n.id END) AS ids,
  collect(DISTINCT CASE WHEN n:Role THEN 1 END) AS ranks
RETURN g.name AS gate, o.id AS option, ids AS ids, size(ranks) AS ranks ORDER BY gate, option"""
_STEPS = "MATCH (r:Rank) WHERE r.id IN $ids RETURN r.id AS id, r.step AS step ORDER BY step, id"
_BELOW = "MATCH (:Role {id: $rank})-[:PROMOTES_FROM]->(n:Role) RETURN DISTINCT n.id AS id"
_OF_GATE = """MATCH (:Role {id: $rank})-[:REQUIRES|REQUIRES_ELSEWHERE]->(g:Gate)-[:OPTION]->(o)-[:NEEDS]->(n)
WHERE g.name = $name OR g.name STARTS WITH $name + ':'
RETURN DISTINCT o.id AS option, n.id AS id, CASE WHEN n:Role THEN true ELSE false END AS rank ORDER BY option, id"""


def notes_of_all(notes: Sequence[Sequence[str]]) -> list[str]:
    """Return the notes on the holdings as several ranks were aimed at, without what changes nothing for some alone."""
    every = dict.fromkeys(note for some in notes for note in some)
    return [note for note in every if not note.endswith(_NOTHING) or all(note in some for some in notes)]


def find_holdings(
    graph: Graph,
    holdings: Sequence[Holding],
    ranks: Sequence[Entry],
    *,
    other: str | None = None,
    force: str | None = None,
    aim: str | None = None,
) -> tuple[list[Row], list[str]]:
    """Return what is held, as it is sent, and what the user should know of how it was understood.

    `ranks` are all ranks and roles, `aim` is the id of the rank aimed at, `other` its ladder, where that one is plain.
    Raises NameUnknownError and NameAmbiguousError, or DocumentError for a name in a file.
    """
    finder = _Finder(graph, ranks, other, force, aim)
    stated = [found for one in holdings if one.kind != "gate" for found in finder.find(one)]
    ranked = [one for one in stated if one.kind == "rank"]
    steps = _steps(graph, [one for one in stated if one.kind in {"rank", "start"}])
    stated = with_rank_now(stated, steps)
    finder.now = list(dict.fromkeys(one.name for one in stated if one.now and one.kind == "rank"))
    finder.since = {one.name: one for one in ranked if one.achieved}
    resolved = [*stated, *(found for one in holdings if one.kind == "gate" for found in finder.find(one))]
    finder.notes += _out_of_order([one for one in ranked if one.achieved], steps)
    dated = {one.name for one in resolved if one.kind == "rank" and one.achieved}
    known = [one for one in with_ends(resolved) if not one.now or one.achieved or one.name not in dated]
    return [_row(one) for one in known], [*finder.notes, *_days_taken_as_last(holdings)]


def _steps(graph: Graph, ranks: Sequence[Holding]) -> dict[str, int]:
    """Return the steps of ranks by their ids; nothing for one rank alone, which stands above none."""
    ids = list(dict.fromkeys(one.name for one in ranks))
    return {str(row["id"]): int(str(row["step"])) for row in graph.read(_STEPS, {"ids": ids})} if ids[1:] else {}


def _out_of_order(ranks: Sequence[Holding], steps: dict[str, int]) -> Iterator[str]:
    """Yield a note on each rank that is held from before a lower one, whatever days are meant."""
    for lower, upper in permutations([one for one in ranks if one.name in steps], 2):
        if steps[lower.name] < steps[upper.name] and str(upper.achieved) < first_day_of(lower):
            days = f"{upper.name} since {upper.printed}, and the lower {lower.name} since {lower.printed}, later"
            yield f"found {days}: check the days; they are taken as they are"


def _days_taken_as_last(holdings: Sequence[Holding]) -> list[str]:
    days = dict.fromkeys(
        f"{one.printed} as {one.achieved or one.begun}" for one in holdings if one.achieved_from or one.begun_from
    )
    return [f"a year or month counts from its last day: {', '.join(days)}; it lapses as its first"] if days else []


class _Finder:
    """Knows the names of what can be held."""

    def __init__(
        self, graph: Graph, ranks: Sequence[Entry], other: str | None, force: str | None, aim: str | None
    ) -> None:
        self._graph, self._ranks, self._other, self._force, self._aim = graph, ranks, other, force, aim
        self._courses: list[Entry] = []
        self._all: list[Entry] = []
        self.notes: list[str] = []
        self.now: Sequence[str] = ()
        self.since: dict[str, Holding] = {}

    def find(self, holding: Holding) -> list[Holding]:
        """Return what is meant, under its id."""
        _check_days(holding)
        try:
            return self._find(holding)
        except (NameUnknownError, NameAmbiguousError) as error:
            if holding.file is None:
                raise
            raise _in_file(error, holding.file, holding.line) from error

    def _find(self, holding: Holding) -> list[Holding]:
        if holding.kind == "course":
            return self._named(holding)
        if holding.kind == "id":
            known = any(entry.id == holding.name for entry in self._ranks)
            return [replace(holding, kind="sent", name=holding.name if known else self._requirement(holding.name))]
        if holding.kind == "gate":
            return [replace(holding, name=one) for one in self._judged(holding)]
        rank = self.rank(holding.name)
        if holding.kind in {"rank", "start"}:
            return [replace(holding, name=rank)]
        needed = [
            str(row["id"]) for row in self._graph.read(_ON_THE_WAY, {"rank": rank}) if _is_meant(holding.kind, row)
        ]
        if not needed:
            what = "an exam" if holding.kind == "exam" else "a time of temporary promotion"
            self.notes.append(f"no gate of {rank} asks for {what}: what was said of it changes nothing")
        return [replace(holding, name=one) for one in needed]

    def _named(self, holding: Holding) -> list[Holding]:
        """Return what has the name of a course, of a gate of the rank aimed at, or of a rank."""
        if parts := self._graph.read(_OF_GATE, {"name": holding.name, "rank": self._aim}):
            return self._parts_of_gate(holding, parts)
        if any(holding.name.casefold() in map(str.casefold, entry.names) for entry in self._ranks):
            return [replace(holding, kind="rank", name=self.rank(holding.name))]
        try:
            course = self._requirement(holding.name)
        except NameUnknownError:
            if (judged := self._judged_parts(holding.name)) is None:
                raise
            return [replace(holding, name=one) for one in judged]
        return [replace(holding, name=self._form_asked_for(holding.name, course))]

    def _judged_parts(self, name: str) -> list[str] | None:
        """Return what has all words of a name in its own, and is no course, of the gates of the rank aimed at.

        None where that is nothing, and nothing of the gates of other ranks.
        """
        words, read = set(re.findall(r"\w+", name.casefold())), self._graph.read(_NOT_COURSES, {"rank": self._aim})
        rows = [row for row in read if words and words <= set(re.findall(r"\w+", str(row["name"])))]
        fits = [str(row["id"]) for row in rows if row["asked"]]
        if len(fits) > 1:
            raise NameAmbiguousError(name, "condition", fits, "give one of them")
        here = f"{name!r} is taken as {', '.join(fits)}, which {self._aim} asks for"
        self.notes += [here if fits else f"{name!r} is what gates of other ranks need{_NOTHING}"] if rows else []
        return fits if rows else None

    def _parts_of_gate(self, holding: Holding, parts: Sequence[Row]) -> list[Holding]:
        """Return all that a gate of that name needs, where there is but one way to open it."""
        if len({row["option"] for row in parts}) > 1:
            ways = [str(row["id"]) for row in parts]
            raise NameAmbiguousError(holding.name, "condition", ways, "give what you hold of these")
        ids = [str(row["id"]) for row in parts]
        self.notes.append(f"{holding.name!r} is taken as {', '.join(ids)}, which {self._aim} asks for")
        return [replace(holding, kind="rank" if row["rank"] else "course", name=str(row["id"])) for row in parts]

    def rank(self, name: str) -> str:
        """Return the id of a rank."""
        choice = resolve(name, "rank", self._ranks, other=self._other, force=self._force)
        self.notes += [choice.note] if choice.note and choice.note not in self.notes else []
        return choice.id

    def _judged(self, holding: Holding) -> list[str]:
        """Return what only a person can judge of a gate of the rank aimed at, if that one follows on the rank held.

        A gate is named whole, or by a part of its name between colons; one that can be met without any judgement is
        not met by one. A judgement from before the rank was held counts for nothing.
        """
        if self._aim is None:
            return []
        gate, sent = holding.name, {"rank": self._aim}
        below = {str(row["id"]) for row in self._graph.read(_BELOW, sent)}
        if self.now and below.isdisjoint(self.now):
            self.notes.append(f"what was judged of {gate!r} is for the rank after {', '.join(self.now)}{_NOTHING}")
            return []
        options = self._graph.read(_JUDGED, sent)
        others = {row["gate"]: _DECIDED_BY[bool(row["ranks"])] for row in options if not row["ids"]}
        name = gate.casefold().strip()
        found = [row for row in options if name in {one := str(row["gate"]).casefold(), *one.split(": ")}]
        if decides := next((others[row["gate"]] for row in found if row["gate"] in others), None):
            self.notes.append(f"of {gate!r} {decides}")
            return []
        if not found:
            judged = dict.fromkeys(str(row["gate"]) for row in options if row["gate"] not in others)
            unknown = f"no gate of {self._aim} that a person judges is called {gate!r}: it changes nothing"
            self.notes.append(f"{unknown}; judged are {'; '.join(judged) or 'none'}")
        elif since := self._held_later(holding, below):
            old = f"what was judged of {gate!r} on {holding.printed} is from before {since}"
            self.notes.append(f"{old}: it changes nothing")
            return []
        return list(dict.fromkeys(str(one) for row in found for one in list_or_empty(row["ids"])))

    def _held_later(self, judged: Holding, below: set[str]) -> str | None:
        """Return the rank below with its day, where a judgement is surely from before it was held; none if not."""
        held = [one for rank, one in self.since.items() if rank in below]
        is_before = judged.achieved and held and all(judged.achieved < first_day_of(one) for one in held)
        return f"you were {held[0].name} ({held[0].printed})" if is_before else None

    def _form_asked_for(self, name: str, course: str) -> str:
        """Return the form of a course that the rank aimed at asks for, such as inspectors' exam, else the course."""
        asked = [str(row["id"]) for row in self._graph.read(_ON_THE_WAY, {"rank": self._aim})] if self._aim else []
        forms = [one for one in asked if one.startswith(f"{course}-")]
        if course in asked or len(forms) != 1:
            return course
        self.notes.append(f"{name!r} is taken as {forms[0]}, which {self._aim} asks for")
        return forms[0]

    def _requirement(self, name: str) -> str:
        if not self._all:
            rows = self._graph.read(_REQUIREMENTS, {})
            self._all = [requirement_entry(row) for row in rows]
            self._courses = [entry for entry, row in zip(self._all, rows, strict=True) if row["course"]]
        among = self._all if "/" in name or any(name in entry.names for entry in self._all) else self._courses
        return resolve(name, "course", among).id


def _check_days(holding: Holding) -> None:
    """Raise DocumentError or UsageError where a time was judged before it can have begun."""
    begun = holding.begun_from or holding.begun
    if not (begun and holding.achieved and holding.achieved < begun):
        return
    found, expected = f"{holding.name} assessed on {holding.achieved}, begun on {begun}", "a day after it was begun"
    if holding.file:
        raise DocumentError(holding.file, found, expected, "correct one of the days", line=holding.line)
    raise UsageError(f"found {found}; expected {expected}")


def _is_meant(kind: str, row: Row) -> bool:
    """Return whether a part of a gate is the exam on the way to the rank, or the time of temporary promotion."""
    if kind == "exam":
        return bool(row["course"]) and "exam" in str(row["name"])
    return not row["course"] and "temporar" in str(row["name"]) and row["months"] != 0


def _in_file(error: NameUnknownError | NameAmbiguousError, file: str, line: int | None) -> DocumentError:
    near = error.suggestions if isinstance(error, NameUnknownError) else error.candidates
    hint = f", such as {', '.join(near)}" if near else ""
    found = f"the {error.kind} {error.name!r}"
    return DocumentError(file, found, f"one {error.kind} of the graph{hint}", "mend the name or give the id", line=line)


def _row(one: Holding) -> Row:
    return {"id": one.name, **{key: getattr(one, key) for key in KEYS[1:]}}
