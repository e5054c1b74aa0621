"""Find the edition that a user means: "dac@2021-01", or a rank alone for its edition that counts on the day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from graph.errors import AnswerError, NameAmbiguousError, NameUnknownError
from queries.parameters.names import Entry, resolve

if TYPE_CHECKING:
    from graph.session import Graph


_EDITIONS = """MATCH (:Role {id: $rank})<-[:DESCRIBES]-(p:Profile)
RETURN p.id AS id, p.source_kind AS source_kind, p.series AS series,
  (p.valid_from <= $day OR p.valid_from IS NULL AND $open) AND $day < coalesce(p.valid_to, '9999-12-31') AS counts
ORDER BY id"""


def find(
    graph: Graph, said: str, roles: Sequence[Entry], *, as_of: str | None, today: str, force: str | None
) -> tuple[str, list[str]]:
    """Return the id of an edition, and what was chosen on the way.

    Args:
        graph: An open graph.
        said: A rank by id or name, alone or with @ and the name of the edition.
        roles: All ranks and roles.
        as_of: The day on which a rank alone is read; none for today.
        today: Today.
        force: Ladder for names that ladders share.

    Raises NameUnknownError and NameAmbiguousError with the known editions, AnswerError where none is loaded.
    """
    rank, _, name = said.rpartition("@") if "@" in said else (said, "", "")
    choice = resolve(rank, "rank", roles, force=force)
    notes = [choice.note] if choice.note else []
    rows = graph.read(_EDITIONS, {"rank": choice.id, "day": as_of or today, "open": as_of is None})
    known = [str(row["id"]) for row in rows]
    if not known:
        raise AnswerError(f"found no edition of {choice.id}; load a profile of it with `rankgraph load`")
    if "@" in said:
        if f"{choice.id}@{name}" not in known:
            raise NameUnknownError(said, "edition", known)
        return f"{choice.id}@{name}", notes
    counting = [row for row in rows if row["counts"]]
    found = [row for row in counting if str(row["series"]).endswith("#profile")] or counting
    if not found:
        raise AnswerError(f"found no edition of {choice.id} that counts on the day; give one of {', '.join(known)}")
    if len(found) > 1:
        names = [str(row["id"]) for row in found]
        raise NameAmbiguousError(said, "edition that counts on the day", names, "give one of them")
    edition = str(found[0]["id"])
    return edition, [*notes, f"{said!r} is taken as {edition}, which counts {f'on {as_of}' if as_of else 'today'}"]
