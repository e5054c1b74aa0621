"""The first page of a report: what is at risk, where, what it costs, what comes, what to decide, how far to trust it.

All of it is taken from what the audience may see, so that nothing hidden further down is shown here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from graph.rows import Row, list_or_empty
from queries.answers.answer import number_of
from queries.answers.skills_gap.facts import Report, Rows
from queries.answers.skills_gap.totals import WINDOWS, number
from queries.audience.small_numbers import FEW, HIDDEN
from queries.report.cell_text import cell_text
from queries.report.model import Section, Table, columns, facts_table
from queries.report.pay import pay_note

_MOST, _EACH_WAY = 5, 3
_GREEN, _AMBER = 0.95, 0.80
_STATES = (("\N{BLACK CIRCLE} green", _GREEN), ("\N{BLACK UP-POINTING TRIANGLE} amber", _AMBER))
_RED = "\N{BLACK SQUARE} red"
_HIDDEN = "What is hidden from this audience is left out here, whatever its size."
_NOTHING_ASKED = "No post asks for anything that records can show: load a sheet of rules that says what posts need."
_UNRENEWED = ", if nobody renews it"
_UNTAUGHT = "no course teaches it"


def first_page(report: Report) -> Section:
    """Return the first page; `report` is one that was fitted to its audience."""
    facts = (
        ("Protective marking", report.marking),
        *_strength(report),
        *((f"Strength on {report.since}", _before(report)) for _ in [0] if report.since),
        *(("Pay of vacancies", pay_note(report)) for _ in [0] if report.pay),
        *(() if report.of_part else [_closing(report.training)]),
        *(("Minimum cover", _cover(report)) for _ in [0] if report.cover),
        *_trust(report),
    )
    tables = (
        facts_table("in short", "At a glance", facts),
        facts_table("decisions", "What to decide", _decisions(report), empty="Nothing that is recorded is short."),
        _risks(report),
        _commands(report),
        _ahead(report),
        *([_changes(report)] if report.since else []),
    )
    return Section("In short", _mostly_hidden(report), tables)


def _mostly_hidden(report: Report) -> tuple[str, ...]:
    hidden = sum(1 for row in report.heat_map if row["have"] == HIDDEN)
    if report.audience != "aggregate" or 2 * hidden <= len(report.heat_map):
        return ()
    text = "Most cells of the heat map are hidden, because the groups are small"
    return (f"{text}; a report for --audience pseudonymous shows them to those who may see them.",)


def _strength(report: Report) -> Iterable[tuple[str, object]]:
    whole = report.strength[-1]
    yield "Strength against establishment", f"{_of(whole['strength_fte'], whole['established_fte'])} FTE"
    short = [row for row in report.strength[:-1] if number(row["vacant_fte"]) > 0]
    short.sort(key=lambda row: -number(row["vacant_fte"]))
    listed = [f"{row['rank']} ({_of(row['strength_fte'], row['established_fte'])})" for row in short[:3]]
    hidden = any(isinstance(row["vacant_fte"], str) for row in report.strength[:-1])
    few = "; a rank whose numbers are hidden may be shorter" if hidden else ""
    yield "Ranks most short, by FTE", f"{'; '.join(listed) or 'none is shown to be short'}{few}"


def _before(report: Report) -> str:
    """Return the strength on the earlier day, and how it and that of the ranks that moved most have changed."""
    before, now = report.strength_before, report.strength[-1]["strength_fte"]
    text = f"{cell_text(before)} FTE"
    if isinstance(before, str) or isinstance(now, str):
        return text
    moved = [
        (str(row["rank"]), number(row["strength_fte"]) - report.ranks_before.get(row["rank_id"], 0))
        for row in report.strength[:-1]
    ]
    moved = sorted((one for one in moved if one[1] and report.ranks_before), key=lambda one: -abs(one[1]))[:_EACH_WAY]
    ranks = "; ".join(f"{rank} {_signed(change)}" for rank, change in moved)
    return f"{text}, since then {_signed(number(now) - before)}{f': {ranks}' if ranks else ''}"


def _signed(change: float) -> str:
    return f"{round(change, 2):+,.10g}".replace("-", "\N{MINUS SIGN}")


def _of(have: object, need: object) -> str:
    share = "" if isinstance(have, str) or not number(need) else f", {_percent(number(have) / number(need))}"
    return f"{cell_text(have)} of {cell_text(need)}{share}"


def _percent(share: float) -> str:
    """Return a share in per cent, whole but for what would seem to be all or nothing.

    >>> _percent(0.5), _percent(0.9991), _percent(1)
    ('50 %', '99.9 %', '100 %')
    """
    rounded = f"{share:.0%}"
    return (f"{share:.1%}" if rounded in {"0%", "100%"} and share not in {0, 1} else rounded).replace("%", " %")


def _closing(training: Rows) -> tuple[str, str]:
    """Return what training closes, all of it or where courses are left out a part, and what that costs."""
    part = any(row["people"] == FEW for row in training if row["course"])
    return f"To close {'a part of what' if part else 'all that'} training closes", _cost(training)


def _cost(training: Rows) -> str:
    """Return what all that is taught costs, what of it the seats on offer can take, and what is not counted."""
    taught = [row for row in training if row["course"] and row["people"] != FEW]
    booked = [(row, _booked(row)) for row in taught]
    cost, people = (sum(number(row[name]) for row in taught) for name in ("cost", "people"))
    paid = sum(number(row["cost"]) * seats / number(row["people"]) for row, seats in booked)
    offered = sum(seats for _, seats in booked)
    limited = (
        f"; {offered:,.0f} of these seats are on offer{f', for £{paid:,.0f}' if paid else ''}"
        if offered < people
        else ""
    )
    left_out = {
        ("course", "without a price"): sum(row["cost"] is None for row in taught),
        ("course", "left out, with numbers that are hidden"): sum(
            row["people"] == FEW for row in training if row["course"]
        ),
        ("kind", "of gap that no course closes"): sum(1 for row in training if not row["course"]),
    }
    more = "".join(f"; {number_of(many, noun)} {rest}" for (noun, rest), many in left_out.items() if many)
    least = "at least " if any(row["cost"] is None for row in taught) else ""
    price = f"{least}£{cost:,.0f}" if cost or not least else "no price is known"
    seats = f"{price} for {number_of(int(people), 'seat')} on {number_of(len(taught), 'course')}{limited}"
    return f"{seats if taught else 'no course'}{more}"


def _booked(row: Row) -> float:
    """Return how many of those who need a seat on a course there is one for."""
    people = number(row["people"])
    return people if row["seats"] is None else min(people, number(row["seats"]))


def _cover(report: Report) -> str:
    """Return how much of what units must have people for is short, and what it costs to train them."""
    short = [(row, _price(report.seats, row)) for row in report.cover if number(row["short"]) > 0]
    if not short:
        return f"none of {len(report.cover)} is short"
    people = sum(number(row["short"]) for row, _ in short)
    cost = sum(price * number(row["short"]) for row, price in short if price is not None)
    untaught = sum(price is None for _, price in short)
    more = f"; for {untaught} of these no course with a price is known" if untaught else ""
    return (
        f"{len(short)} of {len(report.cover)} short, by {number_of(int(people), 'holder')}: £{cost:,.0f} to train{more}"
    )


def _trust(report: Report) -> Iterable[tuple[str, object]]:
    load, quality = report.load, report.quality
    if load is None:
        yield "How far to trust it", "the graph does not say when its staff files were loaded"
    else:
        day = load.export_day or load.loaded
        lasting = f", {number_of(load.lasting, 'ticket')} among them that may still be valid" if load.lasting else ""
        left_out = f"{number_of(load.skipped, 'row')} left out as faulty{lasting}"
        heads = cell_text(report.strength[-1]["heads"])
        missing = "have nothing on record, so part of what is short may be records that are missing"
        doubt = (
            "how many people have nothing on record is not shown"
            if quality.without_holdings == HIDDEN
            else f"{quality.without_holdings} of {heads} people in post {missing}"
            if quality.without_holdings
            else "everybody in post has something on record"
        )
        yield "How far to trust it", f"staff files of {day}; {left_out}; {doubt}"
    if invented := sum(row.get("basis") == "sample" for row in report.editions):
        many = f"{invented} of {number_of(len(report.editions), 'profile')} of ranks and roles in scope"
        yield "Made up", f"{many} are samples that come with rankgraph: what rests on them is invented; load real ones"
    names = [str(row["requirement"]) for row in quality.unrecorded]
    more = f" and {len(names) - _EACH_WAY} more, listed under Data quality" if len(names) > _EACH_WAY else ""
    yield "Recorded of nobody, so not counted as short", f"{', '.join(names[:_EACH_WAY])}{more}" if names else "none"


def _command_rows(report: Report) -> tuple[Rows, Rows]:
    """Return the units at the top, or where that is one, those just below it, and their rows of the heat map."""
    tops = sum(1 for row in report.units if not row["depth"])
    depth = 1 if tops == 1 and len(report.units) > 1 else 0
    return tuple(row for row in report.units if row["depth"] == depth), tuple(
        row for row in report.heat_map if row["depth"] == depth
    )


def _risks(report: Report) -> Table:
    """Rank by weight, places short and the share of places that nobody covers."""
    rows: list[Row] = []
    heat = _command_rows(report)[1]
    for row in (*heat, *report.cover):
        if isinstance(row["short"], str) or number(row["short"]) <= 0:
            continue
        weight = number(row.get("weight") or report.weights.get(str(row["requirement_id"]), 1.0))
        share = number(row["short"]) / number(row["need"])
        price = _price(report.seats, row)
        cost: object = _UNTAUGHT if price is None else price * number(row["short"])
        risk = weight * share * number(row["short"])
        rows.append({**row, "weight": weight, "cover": _percent(1 - share), "cost": cost, "risk": risk})
    rows.sort(key=lambda row: (-number(row["risk"]), str(row["requirement"]), str(row["unit"]), number(row["level"])))
    ranked = "Ranked by weight, times places short, times the share that is not covered"
    seats = "the cost is a seat on the cheapest course for each place, and a vacant post has to be filled first"
    cover = "; what a unit must have people for counts too" if report.cover else ""
    hidden = (_HIDDEN,) if any(isinstance(row["short"], str) for row in heat) else ()
    says = (f"{ranked}{cover}; {seats}.", *hidden)
    known = columns("requirement", "level", "unit", "need", "have", "cover", "short", "weight", "cost")
    empty = "None is shown to this audience." if hidden else "Nothing that is recorded is short."
    empty = empty if report.heat_map or report.cover else _NOTHING_ASKED
    return Table("risks", "The five largest risks", known, tuple(rows[:_MOST]), empty, says)


def _price(seats: Rows, gap: Row) -> float | None:
    level = number(gap["level"])
    prices = [
        number(row["cost"])
        for row in seats
        if row["requirement_id"] == gap["requirement_id"] and row["cost"] is not None
        if row["requirement_id"] == row["course_id"] or number(row["level"]) >= level
    ]
    return min(prices, default=None)


def _commands(report: Report) -> Table:
    units, heat = _command_rows(report)
    parents = {row["unit_id"]: row["parent_id"] for row in report.units}
    names = {row["unit_id"]: row["unit"] for row in units}
    staff: dict[object, list[Row]] = defaultdict(list)
    for row in report.establishment:
        unit = row["unit_id"]
        while unit is not None and unit not in names:
            unit = parents.get(unit)
        staff[unit].append(row)
    needs: dict[object, list[Row]] = defaultdict(list)
    for row in heat:
        needs[row["unit_id"]].append(row)
    rows = [_command(name, staff[unit], needs[unit]) for unit, name in names.items()]
    note = (
        f"Green: {_GREEN:.0%} and more of the places asked for are covered. Amber: {_AMBER:.0%} and more. Red: fewer."
    )
    hidden = any("shown" in str(row.values()) for row in rows)
    shown = ", of what is shown" if hidden else ""
    known = columns(
        "unit", "standing", "strength", "cover", strength=f"Strength{shown}", cover=f"Places covered{shown}"
    )
    whole = report.strength[-1]
    few = (
        "Sums leave out what is hidden from this audience, so that those of units do not add up to the "
        f"{_of(whole['strength_fte'], whole['established_fte'])} FTE of the whole. What is hidden is often what is "
        "short, so a part has no percentage, and a colour only where what is hidden cannot change it."
    )
    notes = (note.replace("%", " %"), *((few,) if hidden else ()))
    return Table("commands", "How each unit stands", known, tuple(rows), "No unit.", notes)


def _command(name: object, staff: Sequence[Row], needs: Sequence[Row]) -> Row:
    strength, cover = _sums(staff, "strength_fte", "established_fte"), _sums(needs, "have", "need")
    shares = (cover.part / cover.every, 1 - (cover.whole - cover.part) / cover.every) if cover.every else ()
    states = {next((words for words, least in _STATES if round(share, 2) >= least), _RED) for share in shares}
    standing = "not shown" if len(states) > 1 else next(iter(states), "nothing asked for")
    return {"unit": name, "standing": standing, "strength": strength.text(" FTE"), "cover": cover.text("")}


class _Sum(NamedTuple):
    """What there is of what is asked for, over the rows that are shown, and what is asked for in every row."""

    part: float
    whole: float
    every: float

    def text(self, unit: str) -> str:
        """Return both and their share; a sum without what is hidden says so, for it would seem to be all."""
        if not self.whole:
            return "not shown" if self.every else "-"
        part, whole = round(self.part, 2), round(self.whole, 2)
        if self.whole == self.every:
            return f"{_of(part, whole)}{unit}"
        return f"{cell_text(part)} of {cell_text(whole)}{unit} ({_percent(self.whole / self.every)} of all is shown)"


def _sums(rows: Sequence[Row], part: str, whole: str) -> _Sum:
    shown = [row for row in rows if not isinstance(row[part], str)]
    have, need = (sum(number(row[name]) for row in shown) for name in (part, whole))
    return _Sum(have, need, sum(number(row[whole]) for row in rows))


def _ahead(report: Report) -> Table:
    """What falls most within a year, against what is asked for; last, tickets of which no renewal is assumed."""
    falling = [row for row in report.ahead if number(row["in_12m"]) < number(row["now"])]
    falling.sort(key=lambda row: (_is_unrenewed(row), number(row["in_12m"]) - number(row["now"]), str(row["name"])))
    rows = tuple({**row, "kind": f"{row['kind']}{_UNRENEWED * _is_unrenewed(row)}"} for row in falling[:_MOST])
    only = "Only what is recorded moves: people who leave, posts and tickets that end. No renewal or intake is assumed."
    note = f"{report.assumed[:1].upper()}{report.assumed[1:]}." if report.assumed.startswith("assumed") else only
    then = next((f"on {row['later']}" for row in falling), "")
    headings = {"name": "What", "established": f"Asked for {then}", "now": f"People on {report.day}"}
    headings["in_12m"] = f"People {then}"
    known = columns("name", "kind", "established", "now", "in_12m", **headings)
    empty = "Nothing that is shown gets worse by what is recorded."
    few = "Left out: fewer than five people, now, then or of the change."
    counts = "Here each person counts once; the heat map counts places in posts."
    notes = (note, counts, few) if report.audience == "aggregate" else (note, counts)
    return Table("in 12 months", "What gets worse within 12 months", known, rows, empty, notes)


def _is_unrenewed(row: Row) -> bool:
    """Return whether a ticket falls because nobody is assumed to renew it."""
    return row["kind"] == "ticket" and not any("renewals" in str(one) for one in list_or_empty(row["assumptions"]))


def _changes(report: Report) -> Table:
    """What is shorter, or less short, than on the earlier day; nothing where either of the two is hidden."""
    before, now = (_short(rows) for rows in (report.before, report.heat_map))
    rows = [
        {
            "requirement": of[1],
            "level": of[2],
            "short_before": before[of],
            "short": now[of],
            "change": now[of] - before[of],
        }
        for of in now
        if of in before and now[of] != before[of]
    ]
    rows.sort(key=lambda row: (-number(row["change"]), str(row["requirement"]), number(row["level"])))
    worst = rows if len(rows) <= 2 * _EACH_WAY else [*rows[:_EACH_WAY], *rows[-_EACH_WAY:]]
    worst = [{**row, "change": f"{row['change']:+,.10g}"} for row in worst]
    known = columns("requirement", "level", "short_before", "short", "change")
    empty = "Nothing that is shown is shorter or less short."
    if report.audience == "aggregate":
        empty = f"{empty[:-1]}; what is hidden from this audience may be."
    few = (
        ("Left out: what fewer than five people have gained or lost since.",) if report.audience == "aggregate" else ()
    )
    return Table("changes", f"What changed since {report.since}", known, tuple(worst), empty, few)


def _short(rows: Rows) -> dict[tuple[object, object, object], float]:
    """Return how many places are short by requirement and level, of the units at the top, where all show it."""
    listed: dict[tuple[object, object, object], list[object]] = defaultdict(list)
    for row in rows:
        if not row["depth"]:
            listed[row["requirement_id"], row["requirement"], row["level"]].append(row["short"])
    return {
        of: sum(map(number, shorts)) for of, shorts in listed.items() if not any(isinstance(one, str) for one in shorts)
    }


def _ending(expiries: Rows) -> str:
    """Return how many holdings end soon, at least where some are not shown; nothing where none does."""
    soon = [row[f"within_{days}"] for row in expiries for days in WINDOWS[:2]]
    shown = sum(map(number, soon))
    if FEW not in soon:
        return f"{cell_text(shown)} holdings" if shown else ""
    return f"at least {cell_text(shown)} holdings, of what is shown" if shown else "holdings of few, not shown"


def _decisions(report: Report) -> Sequence[tuple[str, object]]:
    """Recommend what follows from the figures, each with the figure behind it."""
    short = [row for row in report.strength[:-1] if number(row["vacant"]) > 0]
    courses = [row for row in report.training if row["course"] and number(row["people"])]
    decisions: list[tuple[str, object]] = []
    if not (report.heat_map or report.cover):
        decisions.append(("Say what posts need (sheet rules)", "no post asks for anything that records can show"))
    if short:
        most = max(short, key=lambda row: number(row["vacant"]))
        vacant = f"{cell_text(most['vacant'])} of {cell_text(most['posts'])} posts are vacant"
        decisions.append((f"Fill posts: {most['rank']}", vacant))
    if courses:
        most = max(courses, key=lambda row: number(row["people"]))
        people, booked = number(most["people"]), _booked(most)
        prices = (booked, people - booked)
        of_offer, of_rest = (
            "" if most["cost"] is None else f", £{number(most['cost']) * seats / people:,.0f}" for seats in prices
        )
        offered = "" if booked == people else f" of {people:,.0f} who need one, all that are on offer"
        rest = "" if booked == people else f"; arrange {people - booked:,.0f} more{of_rest}"
        decisions.append((f"Book seats: {most['course']}", f"{booked:,.0f}{offered}{of_offer}{rest}"))
    if cover := [row for row in report.cover if number(row["short"])]:
        first = cover[0]
        missing = f"{cell_text(first['short'])} short of {cell_text(first['need'])} who must hold it"
        decisions.append((f"Cover: {first['requirement']}, {first['unit']}", missing))
    if ending := _ending(report.expiries):
        decisions.append((f"Renew what ends within {WINDOWS[1]} days", ending))
    if number(report.single["cases"]) and not report.of_part:
        alone = f"{cell_text(report.single['cases'])} times a unit rests on one person"
        decisions.append(("Train a second holder", alone))
    if report.quality.unrecorded:
        unrecorded = f"{number_of(len(report.quality.unrecorded), 'requirement')} that nobody was recorded with"
        decisions.append(("Record, or ask for no longer", unrecorded))
    if report.load and report.load.skipped:
        decisions.append(("Mend the staff files", f"{number_of(report.load.skipped, 'row')} left out in the last load"))
    return decisions
