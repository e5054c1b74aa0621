"""Say what becomes of what stands in the graph and is not in an export: closed, removed, or only counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

from graph.staff.sheet_rows import EdgeSheet, Row
from graph.staff.write import Rest, Unsaid

_STAYING = "MATCH (p:Person) WHERE p.left IS NULL OR p.left > $day RETURN collect(p.id) AS ids"
_WORKING = (
    "MATCH (p:Person)-[e:OCCUPIES]->(:Post) WHERE e.to IS NULL OR e.to > $day RETURN collect(DISTINCT p.id) AS ids"
)
_LAST_DAY = "9999-12-31"


def leaving(day: str) -> Rest:
    """Let a person who is not in a whole export leave on its day at the latest, unless they joined after it."""

    def become(row: Row) -> Row | None:
        joined, left = row[-2:]
        return (*row[:-1], day) if _later(left, day) and str(joined or "") <= day else None

    return Rest(become, "closed", _STAYING, {"day": day})


def ending(day: str) -> Rest:
    """Let an occupancy that is not in a whole export end on its day at the latest."""

    def become(row: Row) -> Row | None:
        return (*row[:4], day, *row[5:]) if _later(row[4], day) else None

    return Rest(become, "closed", _WORKING, {"day": day})


def _later(day: object, than: str) -> bool:
    return day is None or str(day) > than


def unsaid(sheet: EdgeSheet, *, removed: bool) -> Unsaid:
    """Return which stored rows a sheet says no longer; they are removed where the export is whole.

    Of occupancies that is one in whose time another row has the same person in the same post: its first day was
    mended. Any other was true once, so it is closed by a whole export, and counted as one that would be while open.
    """
    if sheet.kind != "OCCUPIES":
        return Unsaid(lambda _wanted: lambda _row: True, removed)
    return Unsaid(_mended if removed else _mended_or_open, removed)


def _mended(wanted: Mapping[Row, Row]) -> Callable[[Row], bool]:
    times: dict[Row, list[tuple[str, str]]] = defaultdict(list)
    for key, said in wanted.items():
        times[key[:2]].append(_time(said[0], said[1]))

    def told(row: Row) -> bool:
        begins, ends = _time(row[3], row[4])
        return any(first <= ends and begins <= last for first, last in times.get(row[:2], ()))

    return told


def _mended_or_open(wanted: Mapping[Row, Row]) -> Callable[[Row], bool]:
    mended = _mended(wanted)
    return lambda row: row[4] is None or mended(row)


def _time(begins: object, ends: object) -> tuple[str, str]:
    return str(begins or ""), str(ends or _LAST_DAY)
