"""Fit a report to its audience: a pure change of what was gathered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from graph.rows import Row
from queries.answers.skills_gap.facts import Quality, Report, Rows
from queries.answers.skills_gap.totals import READY, WINDOWS, ends_by_month, number
from queries.audience import FEW, HIDDEN, LEAST, few, pseudonymous
from queries.report.disclosure_control import Cell, Node, hide, walk


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

    Where numbers add up, further ones are hidden so that none of those can be worked out.
    """
    strength, establishment = staffing(report.strength, report.establishment)
    expiries = tuple(map(_expiry, report.expiries))
    return replace(
        report,
        audience="aggregate",
        strength=strength,
        establishment=establishment,
        vacancies=(),
        heat_map=heat_map(report.heat_map, report.units),
        single=_single(report.single),
        single_points=(),
        expiries=expiries,
        expiring=(),
        readiness=tuple(_ready(row) for row in report.readiness),
        blockers=_blockers(report.blockers),
        critical_posts=(),
        succession=(),
        training=tuple(sorted((_course(row) for row in report.training), key=lambda row: str(row["course"]))),
        quality=_quality(report.quality),
        ahead=_ahead(report.ahead, strength),
        years=_years(report.years, strength),
        ends=ends_by_month([row for row in expiries if row["months"]], report.day, LEAST),
        cover=tuple(
            row for row in report.cover if FEW not in {few(int(number(row[name]))) for name in ("have", "short")}
        ),
        before=_before(report),
        strength_before=_strength_before(report, strength),
        ranks_before={},
    )


def staffing(strength: Rows, establishment: Rows) -> tuple[Rows, Rows]:
    """Hide heads, full-time equivalents and vacancies of groups of fewer than five posts or people.

    `strength` is by rank with the sum as its last row, `establishment` by unit and rank; both are one tree.
    """
    by_rank: dict[object, list[Node]] = defaultdict(list)
    for place, row in enumerate(establishment):
        by_rank[row["rank_id"]].append(Node(f"u{place}", _filled(row)))
    ranks = [Node(f"r{place}", _filled(row), by_rank[row["rank_id"]]) for place, row in enumerate(strength[:-1])]
    top = Node(f"r{len(ranks)}", _filled(strength[-1]), ranks)
    hide(top)
    hidden = {node.key for node in walk(top) if node.hidden}
    names = ("heads", "strength_fte", "vacant", "vacant_fte")
    return (
        tuple(_without(row, names) if f"r{place}" in hidden else row for place, row in enumerate(strength)),
        tuple(_without(row, names) if f"u{place}" in hidden else row for place, row in enumerate(establishment)),
    )


def _filled(row: Row) -> Cell:
    posts = int(number(row["posts"]))
    return Cell(posts, posts - int(number(row["vacant"])), posts, (int(number(row["heads"])),))


def _without(row: Row, names: Iterable[str]) -> Row:
    return {**row, **dict.fromkeys(names, HIDDEN)}


def heat_map(rows: Rows, units: Rows) -> Rows:
    """Hide who holds and who lacks, where fewer than five do or fewer than five posts ask, and what would tell it."""
    trees: dict[tuple[object, object], dict[object, int]] = defaultdict(dict)
    for place, row in enumerate(rows):
        trees[row["requirement_id"], row["level"]][row["unit_id"]] = place
    result = list(rows)
    for places in trees.values():
        for place, names in _hidden_of(rows, units, places).items():
            result[place] = _without(rows[place], names)
    return tuple(result)


def _hidden_of(rows: Rows, units: Rows, places: dict[object, int]) -> dict[int, Sequence[str]]:
    """Return the columns to hide, by row: of those present and of those absent, each a tree of its own.

    What one of the two may be is judged with the other as it is, so what is hidden of one leaves the other open too.
    """
    columns: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for cell_of, names in ((_present, ("have", "short")), (_absent, ("have_absent",))):
        for top in _forest(rows, units, places, cell_of):
            hide(top)
            for node in walk(top):
                if node.hidden and node.shown:
                    columns[int(node.key)] += names
    return dict(columns)


def _forest(rows: Rows, units: Rows, places: dict[object, int], cell_of: Callable[[int, int, int], Cell]) -> list[Node]:
    """Return the units that ask for something as trees; a unit without a row asks for nothing, nor do those below."""
    nodes: dict[object, Node] = {}
    below: dict[object, list[Row]] = defaultdict(list)
    tops: list[Node] = []
    for unit in units:
        place = places.get(unit["unit_id"])
        if place is None:
            continue
        node = nodes[unit["unit_id"]] = Node(str(place), cell_of(*_counts(rows[place])))
        over = nodes.get(unit["parent_id"]) if unit["depth"] else None
        (over.children if over else tops).append(node)
        below[unit["parent_id"]].append(rows[place])
    for of, node in nodes.items():
        rest = _rest(rows[int(node.key)], below[of])
        if below[of] and rest[0]:
            node.children.append(Node(f"{node.key}/rest", cell_of(*rest), shown=False))
    return tops


def _counts(row: Row) -> tuple[int, int, int]:
    need, have, away = (int(number(row[name])) for name in ("need", "have", "have_absent"))
    return need, have, away


def _rest(row: Row, below: Iterable[Row]) -> tuple[int, int, int]:
    """Return what a unit has beside its children: its own posts."""
    need, have, away = _counts(row)
    for counts in map(_counts, below):
        need, have, away = need - counts[0], have - counts[1], away - counts[2]
    return need, have, away


def _present(need: int, have: int, away: int) -> Cell:
    return Cell(need, have, need - away, careful=True)


def _absent(need: int, have: int, away: int) -> Cell:
    return Cell(need, away, need - have)


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


def _ready(row: Row) -> Row:
    """Hide small numbers and, because their sum may be known from the heads of a rank, others until five are hidden."""
    hidden = [name for name in READY if 0 < number(row[name]) < LEAST]
    waiting = sorted(
        (name for name in READY if name not in hidden), key=lambda name: (not row[name], number(row[name]))
    )
    while hidden and waiting and sum(number(row[name]) for name in hidden) < LEAST:
        hidden.append(waiting.pop(0))
    return _without(row, hidden)


def _blockers(rows: Rows) -> Rows:
    """Order those that are hidden by name: their order was one by number."""
    order = {row["rank_id"]: place for place, row in enumerate(rows)}
    lines = [{**row, "people": few(int(number(row["people"])))} for row in rows]
    return tuple(sorted(lines, key=lambda row: (order[row["rank_id"]], -number(row["people"]), str(row["blocked_by"]))))


def _years(rows: Rows, strength: Rows) -> Rows:
    """Hide a rank from the day on which it has few, or few more or fewer than on a day that is shown."""
    hidden, seen, result = _hidden_ranks(strength), defaultdict[object, list[int]](list), list[Row]()
    for row in rows:
        now, before = round(number(row["central"])), seen[row["id"]]
        if row["rank"] in hidden or FEW in map(few, (now, *(abs(now - other) for other in before))):
            result.append(_without(row, ("low", "central", "high")))
        else:
            before.append(now)
            result.append(row)
    return tuple(result)


def _hidden_ranks(strength: Rows) -> set[object]:
    return {row["rank"] for row in strength if row["heads"] == HIDDEN}


def _ahead(rows: Rows, strength: Rows) -> Rows:
    """Return what is not few now, nor then, nor changes by few, but for ranks whose people are hidden."""
    hidden = _hidden_ranks(strength)
    return tuple(row for row in rows if row["name"] not in hidden and FEW not in map(few, _changing(row)))


def _changing(row: Row) -> tuple[int, int, int]:
    now, then = round(number(row["now"])), round(number(row["in_12m"]))
    return now, then, abs(now - then)


def _before(report: Report) -> Rows:
    """Return the heat map of the earlier day, without what few have gained or lost since."""
    now = {_cell_of(row): row["short"] for row in report.heat_map}
    rows = heat_map(report.before, report.units)
    old = {_cell_of(row): row["short"] for row in report.before}
    changes = (few(round(abs(number(now.get(_cell_of(row))) - number(old[_cell_of(row)])))) for row in rows)
    return tuple(
        _without(row, ("have", "short")) if change == FEW else row for row, change in zip(rows, changes, strict=True)
    )


def _cell_of(row: Row) -> tuple[object, ...]:
    return row["unit_id"], row["requirement_id"], row["level"]


def _strength_before(report: Report, strength: Rows) -> float | str:
    now = strength[-1]["strength_fte"]
    change = abs(number(now) - number(report.strength_before))
    return HIDDEN if now == HIDDEN or 0 < change < LEAST else report.strength_before


def _quality(quality: Quality) -> Quality:
    return replace(
        quality,
        without_holdings=few(int(number(quality.without_holdings))),
        contradicting=few(int(number(quality.contradicting))),
        idle=None if quality.idle is None else few(int(number(quality.idle))),
        idle_people=(),
    )


def _course(row: Row) -> Row:
    if few(int(number(row["people"]))) != FEW:
        return row
    return {**row, "people": FEW, **{name: HIDDEN for name in ("days", "cost") if row[name] is not None}}
