"""Add up the rows of questions for a report: by rank, by days left, by who is ready."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from graph.rows import Row, list_or_empty
from queries.answers.answer import group_by
from queries.answers.skills_gap.facts import Rows

WINDOWS = (30, 90, 365)
"""Days of the expiry calendar."""

MONTHS = (*range(30, 331, 30), 365)
"""Days after which each month of the calendar ends; WINDOWS end with some of them."""

READY = ("now", "12m", "24m", "unknown", "no")
"""When somebody is ready for a rank; unknown where only what nobody was ever recorded with is left."""

_SUMS = ("posts", "established_fte", "vacant", "heads", "strength_fte", "vacant_fte")


def number(value: object) -> float:
    """Return a value as a number, nothing as zero."""
    return float(value) if isinstance(value, int | float) else 0.0


def _even(value: float) -> int | float:
    """Return a sum without the last digits of binary fractions, whole where it is whole."""
    rounded = round(value, 2)
    return int(rounded) if rounded == int(rounded) else rounded


def tree(units: Sequence[Row], top: str | None) -> Rows:
    """Return the units from the one asked down, each after its parent; without one, from all that have no parent."""
    below = group_by(units, lambda row: row["parent_id"])
    tops = [row for row in units if row["unit_id"] == top] if top else below.get(None, [])
    rows: list[Row] = []
    waiting = [(row, 0) for row in reversed(tops)]
    while waiting:
        row, depth = waiting.pop()
        rows.append({**row, "depth": depth})
        waiting += [(child, depth + 1) for child in reversed(below.get(row["unit_id"], []))]
    return tuple(rows)


def establishment(
    rows: Iterable[Row], vacancies: Iterable[Row], ranks: Mapping[object, object], units: Mapping[object, object]
) -> Rows:
    """Return establishment by unit and rank, with names and vacant posts, in the order of units and ranks."""
    empty = Counter[tuple[object, object]]()
    for row in vacancies:
        empty[row["unit_id"], row["rank"]] += int(number(row["vacant"]))
    order = {key: place for place, key in enumerate((*units, *ranks))}
    lines = [
        {
            **{name: row[name] for name in ("unit_id", *(name for name in _SUMS if name != "vacant"))},
            "unit": units.get(row["unit_id"]),
            "rank_id": row["rank"],
            "rank": ranks.get(row["rank"], row["rank"]),
            "vacant": empty[row["unit_id"], row["rank"]],
        }
        for row in rows
    ]
    return tuple(sorted(lines, key=lambda row: (order.get(row["unit_id"], 0), order.get(row["rank_id"], 0))))


def strength(rows: Rows, ranks: Iterable[object] = ()) -> Rows:
    """Return establishment by rank and, last, in all; somebody in two units or ranks is one of the heads of each.

    `ranks` are ids in the order wanted.
    """
    order = {key: place for place, key in enumerate(ranks)}
    kept = sorted(
        group_by(rows, lambda row: row["rank_id"]).items(), key=lambda pair: (order.get(pair[0], 0), str(pair[0]))
    )
    by_rank = [{"rank_id": key, "rank": group[0]["rank"], **_summed(group)} for key, group in kept]
    return (*by_rank, {"rank_id": None, "rank": "All", **_summed(rows)})


def _summed(rows: Iterable[Row]) -> dict[str, int | float]:
    listed = list(rows)
    return {name: _even(sum(number(row[name]) for row in listed)) for name in _SUMS}


def single(rows: Rows, heat: Rows) -> Row:
    """Return how many pairs of unit and requirement rest on one person, of how many, and in how many units."""
    pairs = {(row["unit_id"], row["requirement_id"]) for row in heat}
    cases = {(row["unit_id"], row["requirement_id"]) for row in rows}
    return {
        "cases": len(cases),
        "of": len(pairs),
        "units": len({unit for unit, _ in cases}),
        "of_units": len({unit for unit, _ in pairs}),
    }


def expiries(rows: Iterable[Row]) -> Rows:
    """Return for each requirement for how many people a holding ends within each of WINDOWS, each in the first only.

    months are the same by MONTHS.
    """
    names: dict[object, object] = {}
    ends: dict[object, dict[object, int]] = defaultdict(dict)
    last: dict[object, set[object]] = defaultdict(set)
    for row in sorted(rows, key=lambda row: number(row["days_left"])):
        of = row["requirement_id"]
        names[of] = row["requirement"]
        month = next((days for days in MONTHS if number(row["days_left"]) <= days), MONTHS[-1])
        ends[of].setdefault(row["person_id"], month)
        if row["last_holder"]:
            last[of].add(row["person_id"])
    return tuple(
        {
            "requirement": name,
            "requirement_id": of,
            **_by_window(months := Counter(ends[of].values())),
            "months": tuple(months[days] for days in MONTHS),
            "last_holders": len(last[of]),
        }
        for of, name in sorted(names.items(), key=lambda pair: (str(pair[1]), str(pair[0])))
    )


def _by_window(months: Mapping[int, int]) -> dict[str, int]:
    between = zip((0, *WINDOWS), WINDOWS, strict=False)
    return {
        f"within_{end}": sum(months.get(days, 0) for days in MONTHS if first < days <= end) for first, end in between
    }


def ends_by_month(rows: Sequence[Row], day: str, least: int = 1) -> Rows:
    """Return how many holdings end by the end of each month: by (its last day) and ends.

    Months of fewer than `least`, but for none, stand with the next, as long as both are in one of WINDOWS, else with
    the one before: those that are shown add up to the same windows.
    """
    groups: list[list[int]] = []
    counts = [sum(row["months"][place] for row in rows) for place in range(len(MONTHS))]  # type: ignore[index]
    for first, end in zip((0, *WINDOWS), WINDOWS, strict=False):
        months: list[list[int]] = []
        for days, ends in ((days, ends) for days, ends in zip(MONTHS, counts, strict=True) if first < days <= end):
            if months and 0 < months[-1][1] < least:
                months[-1] = [days, months[-1][1] + ends]
            else:
                months.append([days, ends])
        while months[1:] and 0 < months[-1][1] < least:
            days, ends = months.pop()
            months[-1] = [days, months[-1][1] + ends]
        groups += months
    start, last = date.fromisoformat(day).toordinal(), date.max.toordinal()
    return tuple({"by": date.fromordinal(min(start + days, last)).isoformat(), "ends": ends} for days, ends in groups)


def _names(critical: Rows) -> dict[object, object]:
    return {row["rank_id"]: row["rank"] for row in critical}


def readiness(critical: Rows, candidates: Rows, roles: Mapping[str, tuple[str, int]]) -> Rows:
    """Return for each rank of the critical posts how many could follow, and when; posts are all of that rank."""
    many = Counter((row["for_rank"], row["ready"]) for row in candidates)
    return tuple(
        {
            "rank_id": rank,
            "rank": name,
            "posts": roles.get(str(rank), ("", 0))[1],
            **{ready: many[rank, ready] for ready in READY},
        }
        for rank, name in _names(critical).items()
    )


def blockers(critical: Rows, candidates: Rows) -> Rows:
    """Return what holds candidates back, by how many it holds back; somebody may be held back by several things."""
    names = _names(critical)
    people: dict[tuple[object, object], set[object]] = defaultdict(set)
    for row in candidates:
        for blocked_by in list_or_empty(row["blocked_by"]):
            people[row["for_rank"], blocked_by].add(row["person_id"])
    lines = [
        {"rank_id": rank, "rank": names[rank], "blocked_by": blocked_by, "people": len(who)}
        for (rank, blocked_by), who in people.items()
    ]
    order = {rank: place for place, rank in enumerate(names)}
    return tuple(sorted(lines, key=lambda row: (order[row["rank_id"]], -number(row["people"]), str(row["blocked_by"]))))
