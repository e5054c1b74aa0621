"""What becomes of rows that stand in the graph and are not in an export: closed, removed, or only counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import partial

from graph.days import FIRST_DAY, LAST_DAY, day_before
from graph.staff import cypher
from graph.staff.sheet_rows import EdgeSheet, Values, expiry, replaced
from graph.staff.write import MissingRows, UnseenRows
from graph.staff_nodes import Person

_STAYING = "MATCH (p:Person) WHERE coalesce(p.left, '9999-12-31') >= $day RETURN collect(p.id) AS ids"
_WORKING = (
    "MATCH (p:Person)-[e:OCCUPIES]->(:Post) WHERE coalesce(e.to, '9999-12-31') >= $day "
    "AND coalesce(p.joined, '') <= $day RETURN collect(DISTINCT p.id) AS ids"
)
_HOLDERS = (
    "UNWIND $requirements AS id MATCH (r:Requirement {id: id})<-[e:HOLDS]-(p:Person) WHERE e.expires_given IS NULL "
    "RETURN collect(DISTINCT p.id) AS ids"
)
_JOINED, _LEFT = map(cypher.columns(Person).index, ("joined", "left"))
_FROM, _TO = (cypher.edge_place("OCCUPIES", name) for name in ("from", "to"))
_BY_RULE = cypher.edge_place("ASKS_FOR", "by_rule")
_ACHIEVED, _EXPIRES, _GIVEN = (cypher.edge_place("HOLDS", name) for name in ("achieved", "expires", "expires_given"))


def unseen_people(day: str) -> UnseenRows:
    """Return that a person who is not in a whole export left by the day before.

    Nobody leaves before they join: who joined on its day left on it, and who joins after it stays.
    """
    eve = day_before(day)

    def become(row: Values) -> Values | None:
        joined = str(row[_JOINED] or FIRST_DAY)
        last = max(joined, eve)
        return replaced(row, _LEFT, last) if _is_later(row[_LEFT], last) and joined <= day else None

    return UnseenRows(become, "closed", _STAYING, {"day": day})


def unseen_occupancies(day: str) -> UnseenRows:
    """Return that an occupancy that is not in a whole export, and began before its day, ended by the day before."""
    eve = day_before(day)

    def become(row: Values) -> Values | None:
        return replaced(row, _TO, eve) if _is_later(row[_TO], eve) and _time(row)[0] < day else None

    return UnseenRows(become, "closed", _WORKING, {"day": day})


def renewed_holdings(requirements: set[str], months: Mapping[str, int]) -> UnseenRows:
    """Return that a holding whose last day was computed has the one that follows from the months of today."""

    def become(row: Values) -> Values | None:
        requirement = str(row[1])
        if row[_GIVEN] or requirement not in requirements:
            return None
        until = expiry(row[_ACHIEVED], months.get(requirement))
        return None if until == row[_EXPIRES] else replaced(row, _EXPIRES, until)

    return UnseenRows(become, "changed", _HOLDERS, {"requirements": sorted(requirements)})


def _is_later(last: object, day: str) -> bool:
    return str(last or LAST_DAY) > day


def missing_rows(sheet: EdgeSheet, *, day: str | None, by_rules: bool) -> MissingRows:
    """Return which stored rows of a sheet are missing from an export; a whole one, which has a `day`, removes them.

    Where it has rules (`by_rules`), these take the place of all before: what those alone asked for is removed, too.

    An occupancy was true once, so one that is missing is not removed but ended by a whole export, and counted by
    another while it is open. There are two exceptions. One whose time overlaps a row of the same person and post: that
    row corrects its days, and takes its place. And one that begins on the day of a whole export or later: it never was.
    """
    removed = (lambda _row: True) if day else (lambda row: bool(row[_BY_RULE])) if by_rules else None
    if sheet.kind != "OCCUPIES":
        return MissingRows(lambda _wanted: lambda _row: True, removed)
    return MissingRows(partial(_is_corrected_or_not_begun, day) if day else _is_corrected_or_open, removed)


def _is_corrected(wanted: Mapping[Values, Values]) -> Callable[[Values], bool]:
    times: dict[Values, list[tuple[str, str]]] = defaultdict(list)
    for key, values in wanted.items():
        times[key[:2]].append(_time((*key, *values)))

    def overlaps(row: Values) -> bool:
        begins, ends = _time(row)
        return any(first <= ends and begins <= last for first, last in times.get(row[:2], ()))

    return overlaps


def _is_corrected_or_open(wanted: Mapping[Values, Values]) -> Callable[[Values], bool]:
    is_corrected = _is_corrected(wanted)
    return lambda row: row[_TO] is None or is_corrected(row)


def _is_corrected_or_not_begun(day: str, wanted: Mapping[Values, Values]) -> Callable[[Values], bool]:
    is_corrected = _is_corrected(wanted)
    return lambda row: _time(row)[0] >= day or is_corrected(row)


def _time(row: Values) -> tuple[str, str]:
    return str(row[_FROM] or FIRST_DAY), str(row[_TO] or LAST_DAY)
