"""Count people by what a mapping asks for, such as age band, so that nothing tells of fewer than five of them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from graph.rows import Row
from graph.staff_nodes import PeopleCount
from queries.audience.disclosure_control import Cell, Node, hide, walk
from queries.audience.small_numbers import LEAST

_OTHER, _NOT_STATED = "other", "not stated"

Place = tuple[str | None, str | None]
"""A unit or a rank; neither is the whole force."""


def people_counts(
    rows: Iterable[Row], seats: Mapping[str, Row], parents: Mapping[str, object], day: str
) -> list[PeopleCount]:
    """Return how many people in posts have each value, by unit with those within, by rank, and in all.

    `rows` are those of the sheet people, `seats` where each person counts and `parents` the units above. A unit or rank
    has its numbers hidden, all of one column, where one of them is of one to four people, or would tell such a one; a
    column of which everybody has one value has none.
    """
    columns: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        person = str(row["person_id"])
        for column, value in json.loads(str(row["counted"] or "{}")).items() if person in seats else ():
            columns[column][person] = value or _NOT_STATED
    return [
        PeopleCount.model_validate({"day": day, "column": column, **count})
        for column, values in columns.items()
        for count in _of_column(column, _without_rare(values), seats, parents)
    ]


def _without_rare(values: Mapping[str, str]) -> dict[str, str]:
    """Return the values of people, the rarest together as one other until these are five people or more.

    >>> sorted(_without_rare({str(n): "a" if n < 2 else "b" if n < 8 else "c" for n in range(20)}).items())[:3]
    [('0', 'other'), ('1', 'other'), ('10', 'c')]
    """
    rare, people = set[str](), 0
    for value, count in sorted(Counter(values.values()).items(), key=lambda pair: (pair[1], pair[0])):
        if count >= LEAST and not 0 < people < LEAST:
            break
        rare.add(value)
        people += count
    return {person: _OTHER if value in rare else value for person, value in values.items()}


def _of_column(
    column: str, values: Mapping[str, str], seats: Mapping[str, Row], parents: Mapping[str, object]
) -> Iterator[Row]:
    sums: dict[Place, Counter[str]] = defaultdict(Counter)
    own: dict[str, Counter[str]] = defaultdict(Counter)
    for person, value in values.items():
        unit, rank = str(seats[person]["unit_id"]), str(seats[person]["rank"])
        own[unit][value] += 1
        for place in ((None, None), (None, rank), *((one, None) for one in _path(unit, parents))):
            sums[place][value] += 1
    names = [value for value, _ in sorted(Counter(values.values()).items(), key=lambda pair: (-pair[1], pair[0]))]
    hidden = _hidden(sums, own, parents, names)
    for (unit_id, rank_id), counts in sums.items() if len(names) > 1 else ():
        of = f"unit/{unit_id}" if unit_id else f"rank/{rank_id}" if rank_id else "all"
        for value in names:
            people = None if (unit_id, rank_id) in hidden else counts[value]
            key = {"id": f"{column}/{value}/{of}", "value": value, "unit_id": unit_id, "rank": rank_id}
            yield {**key, "people": people}


def _path(unit: str, parents: Mapping[str, object]) -> Iterator[str]:
    """Yield a unit and those above it."""
    at: object = unit
    while at is not None:
        yield str(at)
        at = parents[str(at)]


def _hidden(
    sums: Mapping[Place, Counter[str]],
    own: Mapping[str, Counter[str]],
    parents: Mapping[str, object],
    names: Iterable[str],
) -> set[Place]:
    """Return the units and ranks to hide; all of them where the sum of the force has to be hidden itself."""

    def node(key: str, counts: Counter[str], *, shown: bool = True) -> Node:
        first, *more = (counts[name] for name in names)
        return Node(key, Cell(counts.total(), first, counts.total(), tuple(more)), shown=shown)

    whole, by_rank = (node("", sums[None, None]) for _ in range(2))
    units = {unit: node(unit, counts) for (unit, _), counts in sorted(sums.items(), key=str) if unit}
    for unit, one in units.items():
        parent = parents[unit]
        (units[str(parent)] if parent is not None else whole).children.append(one)
    for unit, one in units.items():
        if one.children and own[unit]:
            one.children.append(node(f"{unit}/", own[unit], shown=False))
    by_rank.children = [node(rank, counts) for (_, rank), counts in sorted(sums.items(), key=str) if rank]
    for top in (whole, by_rank):
        hide(top)
    if whole.hidden or by_rank.hidden:
        return {*sums}
    of_units, of_ranks = ({one.key for one in walk(top) if one.hidden} for top in (whole, by_rank))
    return {place for place in sums if place[0] in of_units or place[1] in of_ranks}
