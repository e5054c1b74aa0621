"""How somebody comes to a rank where no promotion leads there: the rank at which one joins, and what is not known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.rows import Row
    from queries.parameters.titles import Title

DETECTIVE = (
    "Detective is no rank: a promotion is that of the rank, by the conditions of any other officer. What work as a "
    "detective asks for besides (the national investigators' exam, then PIP 2) is in its own profile."
)
"""What is said where a rank was named as a detective's: College of Policing, investigation (2015 to 2018)."""


def detective(titles: Iterable[Title]) -> list[str]:
    """Return what is to be said where a rank was named as a detective's."""
    return [DETECTIVE] if any("detective" in title.prefixes for title in titles) else []


@dataclass(frozen=True)
class WayIn:
    """What is said of a way that is no promotion.

    `between` are the ranks from which on it is one, none where it never is; `source` is that of joining at the first of
    them, none where that is no joining.
    """

    says: str
    between: tuple[str, str] | None = None
    source: str | None = None


def way_in(start: str, aim: str, ranks: Mapping[str, Row]) -> WayIn:
    """Return how one comes from a rank or role to another where no promotion leads there."""
    from loaders.reference import rules  # most ways are promotions
    from loaders.reference.ranks import roles

    names = {key: str(ranks[key]["name"]) for key in (start, aim)}
    at = {role.id: role.rank for role in roles() if role.rank}
    first, last = at.get(start, start), at.get(aim, aim)
    if (first, last) != (start, aim):
        jobs = [f"{names[key]} is a job at the rank of {ranks[at[key]]['name']}" for key in (start, aim) if key in at]
        if first == last:
            return WayIn(f"{' and '.join(jobs)}: a move there is no promotion, and for the force to decide.")
        return WayIn(f"{' and '.join(jobs)}; the promotion is that of the rank.", (first, last))
    entry = rules.way_in(start, aim)
    if ranks[first]["step"] or not (ranks[last]["step"] or entry.aims):
        return WayIn(_no_ladder(ranks[first], ranks[last]))
    source = f"{entry.source}, {entry.address} (reference/{entry.file}:{entry.line}-{entry.last_line})"
    return WayIn(entry.says, (entry.enters, last) if entry.enters else None, source)


def transfer() -> str:
    """Return what is known of a move to another force in the same rank."""
    from loaders.reference import rules

    return rules.way_in("role/transferee", "").says


def _no_ladder(one: Row, other: Row) -> str:
    if not other["step"]:
        return f"{other['name']} is no police rank: how one comes to it is for the force, and not known here."
    if int(str(one["step"])) >= int(str(other["step"])):
        return (
            f"{other['name']} is no higher than {one['name']}: a move there is no promotion; no rule of it was found."
        )
    return (
        f"No ladder leads from {one['name']} to {other['name']}: a move there is an appointment, by no rule known here."
    )


def rank_below(name: str) -> str:
    """Return the rank from which one is promoted to a rank, by name or id; empty for the lowest, and for no rank."""
    from graph.errors import NameAmbiguousError, NameUnknownError
    from loaders.reference.ranks import ranks
    from loaders.reference.rules import ladder
    from queries.parameters.names import Entry, resolve

    entries = {
        one.id: Entry(one.id, (one.name, one.short_name, *one.titles, *one.aliases), one.ladder) for one in ranks()
    }
    try:
        rank = resolve(name, "rank", list(entries.values())).id
    except (NameAmbiguousError, NameUnknownError):
        return ""
    steps = (one for one in ladder() if one.relation == "PROMOTES_FROM" and one.rank == rank)
    below = next((one.other for one in steps), "")
    return entries[below].names[0].casefold() if below and entries[below].ladder == "uk" else below
