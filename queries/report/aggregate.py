"""Fit a report to its audience: a pure change of what was gathered."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from graph.rows import Row, list_or_empty
from queries.answers.skills_gap.facts import Force, Quality, Report, Rows
from queries.answers.skills_gap.totals import READY, WINDOWS, ends_by_month, number
from queries.audience.codes import pseudonymous
from queries.audience.small_numbers import FEW, HIDDEN, LEAST, covered, few
from queries.audience.staff_tables import (
    hidden_at_top,
    hidden_needs,
    hidden_staffing,
    need_of,
    staffing,
    supply,
    without,
)


def for_audience(report: Report, audience: str, key: bytes = b"") -> Report:
    """Return the report as an audience may see it; `key` is needed for the pseudonymous one."""
    if audience == "aggregate":
        return aggregate(report)
    return pseudonymous_report(report, key) if audience == "pseudonymous" else replace(report, audience=audience)


def pseudonymous_report(report: Report, key: bytes) -> Report:
    """Return the report with codes in place of people, and of the posts that they are in."""

    def veiled(rows: Rows) -> Rows:
        return tuple(pseudonymous(tuple(rows[0]), rows, key)[1]) if rows else rows

    return replace(
        report,
        audience="pseudonymous",
        vacancies=veiled(report.vacancies),
        single_points=veiled(report.single_points),
        expiring=veiled(report.expiring),
        succession=veiled(report.succession),
        quality=replace(report.quality, idle_people=veiled(report.quality.idle_people)),
    )


def aggregate(report: Report) -> Report:
    """Return the report as numbers alone: no row on one person or one post, no number of one to four people.

    Where numbers add up, further ones are hidden so that none of those can be worked out. Of one unit there is only
    what is decided over the whole force: subtracted from those of the force, its other numbers could tell of few.
    """
    force = report.force or Force(report.units, report.heat_map, report.establishment)
    posts = hidden_staffing(force.establishment, force.units)
    needs = hidden_needs(force.heat_map, force.units)
    strength, establishment = staffing(report.strength, report.establishment, posts, report.unit_id)
    ahead = {_supplied(row) for row in supply(force.supply, force.units, posts) if row["central"] == HIDDEN}
    report = report if report.unit_id is None else _without_own_counts(report)
    expiries = tuple(map(_expiry, report.expiries))
    return replace(
        report,
        audience="aggregate",
        strength=strength,
        establishment=establishment,
        vacancies=(),
        heat_map=tuple(without(row, needs.get(need_of(row), ())) for row in report.heat_map),
        single=_single(report.single),
        single_points=(),
        expiries=expiries,
        expiring=(),
        readiness=tuple(_ready(row) for row in report.readiness),
        blockers=_blockers(report.blockers),
        critical_posts=(),
        succession=(),
        training=_training(report.training, hidden_at_top(force.heat_map, needs, force.units)),
        quality=_quality(report.quality),
        ahead=_ahead(report.ahead, strength, ahead),
        years=_years(report.years, strength, ahead),
        ends=_ends(expiries, report.day),
        cover=tuple(
            row for row in report.cover if FEW not in {few(int(number(row[name]))) for name in ("have", "short")}
        ),
        before=_before(report),
        strength_before=_strength_before(report, strength),
        ranks_before={},
    )


def _without_own_counts(report: Report) -> Report:
    """Return the report of a unit without the numbers that are counted of it alone."""
    quality = replace(report.quality, without_holdings=HIDDEN, contradicting=HIDDEN)
    none: Rows = ()
    return replace(
        report, expiries=none, readiness=none, blockers=none, training=none, cover=none, since=None, quality=quality
    )


def _single(row: Row) -> Row:
    """Show a number of single points only where it leaves open which ones they are."""
    cases, of, units, of_units = (int(number(row[name])) for name in ("cases", "of", "units", "of_units"))
    open_cases = not cases or (cases >= LEAST and of - cases >= LEAST)
    open_units = not units or (units >= LEAST and of_units - units >= LEAST)
    return {**row, "cases": cases if open_cases else HIDDEN, "units": units if open_cases and open_units else HIDDEN}


def _expiry(row: Row) -> Row:
    """Hide few, and then what they are of by month too: what is shown of the months adds up to what is shown here."""
    shown = {name: few(int(number(row[name]))) for name in (f"within_{days}" for days in WINDOWS)}
    return {**row, **shown, "last_holders": HIDDEN, "months": () if FEW in shown.values() else row["months"]}


def _ends(expiries: Rows, day: str) -> Rows:
    """Return what ends month by month where it is shown; a month without any is hidden where something is left out."""
    rows = ends_by_month([row for row in expiries if row["months"]], day, LEAST)
    return (
        rows
        if all(row["months"] for row in expiries)
        else tuple({**row, "ends": row["ends"] or HIDDEN} for row in rows)
    )


def _ready(row: Row) -> Row:
    """Hide small numbers, and what leads to them where the heads of a rank are known."""
    return without(row, covered({name: int(number(row[name])) for name in READY}))


def _blockers(rows: Rows) -> Rows:
    """Order those that are hidden by name: their order was one by number."""
    order = {row["rank_id"]: place for place, row in enumerate(rows)}
    lines = [{**row, "people": few(int(number(row["people"])))} for row in rows]
    return tuple(sorted(lines, key=lambda row: (order[row["rank_id"]], -number(row["people"]), str(row["blocked_by"]))))


def _supplied(row: Row) -> tuple[object, ...]:
    return tuple(row.get(name) for name in ("unit_id", "kind", "id", "day"))


def _years(rows: Rows, strength: Rows, masked: set[tuple[object, ...]]) -> Rows:
    """Hide a rank from the day on which it has few, or few more or fewer than on a day that is shown."""
    hidden, seen, result = _hidden_ranks(strength), defaultdict[object, list[int]](list), list[Row]()
    for row in rows:
        now, before = round(number(row["central"])), seen[row["id"]]
        changes = (abs(now - other) for other in before)
        if row["rank"] in hidden or _supplied(row) in masked or FEW in map(few, (now, *changes)):
            result.append(without(row, ("low", "central", "high")))
        else:
            before.append(now)
            result.append(row)
    return tuple(result)


def _hidden_ranks(strength: Rows) -> set[object]:
    return {row["rank"] for row in strength if row["heads"] == HIDDEN}


def _ahead(rows: Rows, strength: Rows, masked: set[tuple[object, ...]]) -> Rows:
    """Return what is not few now, nor then, nor changes by few, but for ranks whose people are hidden."""
    hidden = _hidden_ranks(strength)
    return tuple(
        row
        for row in rows
        if row["name"] not in hidden
        and masked.isdisjoint({_supplied(row), _supplied({**row, "day": row.get("later")})})
        and FEW not in map(few, _changing(row))
    )


def _changing(row: Row) -> tuple[int, int, int]:
    now, then = round(number(row["now"])), round(number(row["in_12m"]))
    return now, then, abs(now - then)


def _before(report: Report) -> Rows:
    """Return the heat map of the earlier day, without what few have gained or lost since."""
    now = {need_of(row): row["short"] for row in report.heat_map}
    needs = hidden_needs(report.before, report.units)
    rows = tuple(without(row, needs.get(need_of(row), ())) for row in report.before)
    old = {need_of(row): row["short"] for row in report.before}
    changes = (few(round(abs(number(now.get(need_of(row))) - number(old[need_of(row)])))) for row in rows)
    return tuple(
        without(row, ("have", "short")) if change == FEW else row for row, change in zip(rows, changes, strict=True)
    )


def _strength_before(report: Report, strength: Rows) -> float | str:
    now = strength[-1]["strength_fte"]
    change = abs(number(now) - number(report.strength_before))
    return HIDDEN if now == HIDDEN or 0 < change < LEAST else report.strength_before


def _quality(quality: Quality) -> Quality:
    return replace(
        quality,
        without_holdings=_few(quality.without_holdings),
        contradicting=_few(quality.contradicting),
        idle=None if quality.idle is None else _few(quality.idle),
        idle_people=(),
    )


def _few(count: int | str) -> int | str:
    return few(count) if isinstance(count, int) else count


def _training(rows: Rows, secret: set[object]) -> Rows:
    return tuple(sorted((_course(row, secret) for row in rows), key=lambda row: str(row["course"])))


def _course(row: Row, secret: set[object]) -> Row:
    if few(int(number(row["people"]))) != FEW and secret.isdisjoint(list_or_empty(row.get("requirements"))):
        return row
    return {**row, "people": FEW, **{name: HIDDEN for name in ("days", "cost") if row[name] is not None}}
