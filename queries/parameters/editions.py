"""The ranks and roles of a graph with the editions that describe them, and which edition a user means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from graph.days import FIRST_DAY, LAST_DAY, today
from graph.errors import AnswerError, NameAmbiguousError, NameUnknownError
from graph.rows import Row, list_or_empty
from queries.parameters.names import apart, entry, resolve

if TYPE_CHECKING:
    from graph.session import Graph


COUNTS = "p.valid_from <= $day AND $day < p.valid_to"
"""Whether an edition p counts on a day; one whose start is unknown counts from the first day on."""
BEGINS = f"CASE WHEN p.valid_from > '{FIRST_DAY}' THEN p.valid_from END"
ENDS = f"CASE WHEN p.valid_to < '{LAST_DAY}' THEN p.valid_to END"
"""The first day of an edition p; null where its start is unknown. The day it ended; null where it has not."""
_ANNOUNCED = """[n IN range(0, size(coalesce(p.not_printed, [])) - 1) | d.name + ':' + p.not_printed_lines[n]
  + ' announces ' + toString(p.not_printed_counts[n]) + ' ' + replace(p.not_printed[n], '-', ' ')
  + ' and does not print them']"""
NOT_PRINTED = f"p.not_printed AS not_printed, {_ANNOUNCED} AS announcements"
"""Lists that an edition p of a document d announces and does not print, and the same in words."""

_ROLES = f"""OPTIONAL MATCH (i:Instrument)<-[e:HAS_REGARD_TO|MENTIONS]-(by)-[:ACCOUNTABLE_FOR|DESCRIBES]-(named:Role)
WHERE i.superseded <= $day AND e.valid_from <= $day AND $day < e.valid_to
WITH collect(DISTINCT {{rank: named.id, instrument: i.name, since: i.superseded}}) AS old
MATCH (r:Role)
OPTIONAL MATCH (d:Document)<-[:PUBLISHED_IN]-(p:Profile)-[:DESCRIBES]->(r)
OPTIONAL MATCH (f:Framework {{id: p.framework}})
OPTIONAL MATCH (force:Body {{id: p.organisation, kind: 'force'}}) WHERE r.ladder IN ['uk', 'territorial']
RETURN r.id AS id, r.name AS name, r.short_name AS short, r.aliases AS aliases, r.ladder AS ladder, r.step AS step,
  p.id AS edition, p.source_kind AS source_kind, p.series AS series, {BEGINS} AS valid_from,
  {COUNTS} AS counts, force.id AS force, force.name AS force_name, f.name AS framework,
  f.valid_to AS framework_ends, {NOT_PRINTED},
  [o IN old WHERE o.rank = r.id | 'names ' + o.instrument + ', which is superseded (by ' + o.since + ')'] AS superseded
ORDER BY id, valid_from, edition"""


class Roles:
    """All ranks and roles of a graph, and the editions that describe each, read at once."""

    def __init__(self, graph: Graph, as_of: str | None) -> None:
        self._day = as_of or today()
        rows = graph.read(_ROLES, {"day": self._day})
        self.entries = [entry(row) for row in {row["id"]: row for row in rows}.values()]
        self.ranks: dict[str, Row] = {str(row["id"]): row for row in rows}
        """id, name, short, ladder, step (both null of a role that is no rank): by id."""
        self.names = {str(row["id"]): str(row["name"]) for row in rows}
        self.editions: defaultdict[str, list[Row]] = defaultdict(list)
        """edition, source_kind, series, valid_from, counts (on the day), force (whose paper on a rank that forces
        share it is): by the id of the rank, the oldest first."""
        for row in rows:
            if row["edition"] is not None:
                self.editions[str(row["id"])].append(row)
        self.papers = {str(row["edition"]): row for row in rows if row["force"]}
        """Those editions that are the paper of one force on a rank that forces share, by id."""
        self._as_of = as_of

    def apart(self, ranks: Iterable[str]) -> dict[str, Row]:
        """Return all ranks and roles by id, with the force in the names of those of some that have one name."""
        names = apart({rank: self.names[rank] for rank in ranks})
        return {**self.ranks, **{rank: {**self.ranks[rank], "name": name} for rank, name in names.items()}}

    def announcements(self, ranks: Iterable[str]) -> list[str]:
        """Return what editions of some ranks that count on the day announce and do not print."""
        rows = [row for rank in ranks for row in self.editions[rank] if row["counts"]]
        return [str(words) for row in rows for words in list_or_empty(row["announcements"])]

    def counting(self, rank: str) -> list[str]:
        """Return the editions of a rank that count on the day, in words, with what is doubtful of them."""
        return [_in_words(row, self._day) for row in self.editions[rank] if row["counts"]]

    def before_first(self, rank: str, day: str | None = None) -> str | None:
        """Return that no edition of a rank was in force yet on a day, else the one asked about, and which is the first.

        None where one was, or none is loaded.
        """
        on, editions = day or self._day, self.editions[rank]
        if not editions or any(str(row["valid_from"] or "") <= on for row in editions):
            return None
        first = editions[0]
        return f"{NOT_YET}{rank} was in force on {on}: the first, {first['edition']}, counts from {first['valid_from']}"

    def outdated(self, edition: str) -> str:
        """Return by which framework an edition is, in words, where that one is out of date; else empty."""
        every = (
            _framework(row, self._day) for rows in self.editions.values() for row in rows if row["edition"] == edition
        )
        return next((words for words in every if words.endswith(_DOUBTS)), "")

    def doubts(self, ranks: Iterable[str]) -> list[str]:
        """Return which editions of ranks that count on the day are out of date or of unknown start, in words.

        Of a rank of which none was in force yet it says so. Then come the codes and frameworks that they name and
        that others have taken the place of.
        """
        names: dict[str, list[str]] = {}
        for rank, name in apart({rank: self.names[rank] for rank in ranks}).items():
            for words in self.counting(rank):
                names.setdefault(words, []).append(name)
        doubts = [f"{', '.join(of)}: {words}" for words, of in names.items() if words.endswith(_DOUBTS)]
        return [*filter(None, map(self.before_first, ranks)), *doubts, *self.superseded(ranks)]

    def superseded(self, ranks: Iterable[str]) -> list[str]:
        """Return which instruments that editions of ranks name are superseded on the day, in words."""
        old = ((rank, words) for rank in ranks for words in list_or_empty(self.ranks[rank]["superseded"]))
        names = apart({rank: self.names[rank] for rank in ranks})
        return sorted(f"{names[rank]}: {words}" for rank, words in old)

    def find_edition(self, name: str, *, force: str | None) -> tuple[str, list[str]]:
        """Return the id of an edition, and what was chosen on the way.

        Args:
            name: A rank by id or name, alone for its edition that counts on the day, or with @ and the edition's name.
            force: Ladder for names that ladders share.

        Raises NameUnknownError and NameAmbiguousError with the known editions, AnswerError where none is loaded.
        """
        rank, _, tail = name.rpartition("@") if "@" in name else (name, "", "")
        choice = resolve(rank, "rank", self.entries, force=force)
        notes = [choice.note] if choice.note else []
        rows = self.editions[choice.id]
        known = sorted(str(row["edition"]) for row in rows)
        if not known:
            raise AnswerError(f"found no edition of {choice.id}; load a profile of it with `rankgraph load`")
        if "@" in name:
            named = [edition for edition in known if edition.endswith(f"@{tail}")]
            if len(named) != 1:
                raise NameUnknownError(name, "edition", known)
            return named[0], notes
        counting = [row for row in rows if row["counts"]]
        editions = sorted(
            str(row["edition"])
            for row in [row for row in counting if str(row["series"]).endswith("#profile")] or counting
        )
        if not editions:
            none = self.before_first(choice.id) or f"found no edition of {choice.id} that counts on the day"
            raise AnswerError(f"{none}; give one of {', '.join(known)}")
        if len(editions) > 1:
            raise NameAmbiguousError(name, "edition that counts on the day", editions, "give one of them")
        day = f"on {self._as_of}" if self._as_of else "today"
        return editions[0], [*notes, f"{name!r} is taken as {editions[0]}, which counts {day}"]


NOT_YET = "no edition of "
"""How a sentence begins that says that no edition was in force yet."""
_DOUBTS = (", which is out of date", ", of unknown start")


def _in_words(row: Row, day: str) -> str:
    name = str(row["edition"]).rpartition("@")[2]
    kind = str(row["source_kind"]).replace("_", " ")
    return f"{kind} {name}{_framework(row, day)}{'' if row['valid_from'] else _DOUBTS[1]}"


def _framework(row: Row, day: str) -> str:
    ends = row["framework_ends"]
    is_over = bool(ends) and str(ends) <= day
    return f", by {row['framework']}{_DOUBTS[0] if is_over else ''}" if row["framework"] else ""
