"""What scenarios come to: the tables of a graph, changed in memory, with what is measured before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.days import today
from graph.errors import AnswerError, RankgraphError, UsageError
from graph.rows import Row
from queries.answers.aggregate import refuse_parts
from queries.answers.answer import Answer, named, some
from queries.answers.scenarios.changes import ChangedForce, Names, pay, worked
from queries.answers.scenarios.force import Force
from queries.answers.scenarios.measures import KINDS, PLACES, ROUNDED, measures, scope_of, totals
from queries.answers.workforce import check_staff
from queries.ask import ask, day, find_person, resolve_parameters
from queries.audience.codes import code, pseudonym_key
from queries.audience.small_numbers import LEAST, few
from queries.parameters.names import resolve
from queries.parameters.scenario import Plan
from queries.parameters.staff_names import staff_names
from queries.parameters.unit_names import read_units, unit_entries

if TYPE_CHECKING:
    from graph.session import Graph
    from graph.staff_nodes import StaffNames

COLUMNS = ("kind", "unit", "unit_id", "what", "what_id", "level", "before")
"""Then follows a column for each scenario. `kind` is total, cost (pounds), or one of `KINDS`."""

_SERVICE = "MATCH (p:Person {id: $person}) RETURN p.joined AS joined, p.left AS left"
_RANKS = "MATCH (r:Rank) RETURN r.id AS id, r.step AS step ORDER BY id"
_RECORDED = "MATCH (n:Requirement) WHERE $all OR n.recorded OR n.declared RETURN n.id AS id ORDER BY id"
_NOTES = 12
"""How many notes on changes stand with an answer."""
_NOT_KEPT = "nothing of this was kept"
_ROUNDED = (
    "numbers are rounded to the nearest five, and fewer than five more or less is no change; --audience pseudonymous "
    "shows all, and costs and units, which tell of people"
)


@dataclass(frozen=True)
class Outcome:
    """What a scenario comes to: its name, the force that it leaves, pounds by kind, and what was done."""

    name: str
    force: Force
    costs: Mapping[str, int]
    notes: Sequence[str]


@dataclass(frozen=True)
class _Tables:
    force: Force
    names: Names
    staff: StaffNames
    units: Mapping[str, str]


def what_if(
    graph: Graph,
    plans: Sequence[Plan],
    *,
    unit: str | None,
    also: Row,
    as_of: str | None,
    force: str | None,
    audience: str,
) -> Answer:
    """Return totals, costs and what differs, as it is before and after each scenario; nothing is written.

    Raises AnswerError where no staff are loaded, UsageError for two scenarios of one name or of different days,
    DocumentErrors for files, and what changes and names raise.
    """
    on = _day(plans, as_of)
    notes = check_staff(graph, on if on != today() else None)
    scope, more = resolve_parameters(graph, named("heat-map"), {"unit": unit, "as_of": on})
    top = None if scope["unit"] is None else str(scope["unit"])
    tables = _read(graph, on, also, force, audience)
    outcomes = [_outcome(plan, tables) for plan in plans]
    rows = _compare(tables, outcomes, top)
    if audience == "aggregate":
        refuse_parts({"unit": top, **also}, of_force=True)
        rows, notes = [_rounded(row) for row in rows if row["kind"] == "total"], [*notes, _ROUNDED]
    done = [f"{one.name}: {note}" if len(outcomes) > 1 else note for one in outcomes for note in one.notes]
    if len(done) > _NOTES:
        done = [*done[:_NOTES], f"and {len(done) - _NOTES} changes more"]
    differs = audience == "aggregate" or any(row["kind"] in KINDS for row in rows)
    nothing = [] if differs else ["nothing differs"]
    notes += [*more, *tables.staff.notes(), *done, *nothing, _NOT_KEPT]
    return Answer((*COLUMNS, *(one.name for one in outcomes)), rows, notes)


def _day(plans: Sequence[Plan], as_of: str | None) -> str:
    """Return the day of all scenarios; that of the command line goes first."""
    names = [plan.scenario.name for plan in plans]
    if len({*names, *COLUMNS}) < len(names) + len(COLUMNS):
        raise UsageError(f"found scenarios called {', '.join(names)}; expected names that differ, and no {COLUMNS[-1]}")
    if as_of:
        return day(as_of, "--as-of")
    if len(days := sorted({plan.scenario.day for plan in plans if plan.scenario.day})) > 1:
        raise UsageError(f"found scenarios of {', '.join(days)}; expected one day; --as-of sets one for all")
    return days[0] if days else today()


def _read(graph: Graph, on: str, also: Row, force: str | None, audience: str) -> _Tables:
    staff = staff_names(graph, as_of=on, force=force)
    posts = ask(graph, named("posts-and-needs"), {**also, "as_of": on}).rows
    people, cover, courses = (
        ask(graph, named(name), {"as_of": on}).rows for name in ("people-and-holdings", "minimum-cover", "courses")
    )
    units, entries = read_units(graph), unit_entries(graph)
    before = Force.of(posts, people, units, cover, staff.recorded)

    def person(name: str) -> str:
        one = name if name in before.people else find_person(graph, name)
        if one not in before.people:
            [row] = graph.read(_SERVICE, {"person": one})
            raise AnswerError(
                f"{one} is not in the force on {on} (joined {row['joined'] or 'on no known day'}, left "
                f"{row['left'] or 'never'}); expected somebody who is; name another, or another day by --as-of"
            )
        return one

    def unmet(one: str, rank: str) -> int:
        gap = ask(graph, named("person-gap"), {"person": one, "to": rank, "as_of": on}).rows
        return sum(row["status"] != "done" for row in gap)

    names = Names(
        *(person, lambda name: resolve(name, "unit", entries).id, staff.rank, staff.requirement, unmet),
        listed=lambda people: _listed(people, audience),
        day=on,
        steps={str(row["id"]): int(str(row["step"])) for row in graph.read(_RANKS, {}) if row["step"] is not None},
        recorded={str(row["id"]) for row in graph.read(_RECORDED, {"all": bool(also.get("unrecorded"))})},
        courses=courses,
    )
    return _Tables(before, names, staff, {str(row["unit_id"]): str(row["unit"]) for row in units})


def _rounded(row: Row) -> Row:
    """Return totals to the nearest five, and no change of fewer: what one person changes is less."""
    before = int(str(row["before"]))
    changes = {name: value - before for name, value in row.items() if isinstance(value, int)}
    shown = {name: round(change / 5) if abs(change) >= LEAST else 0 for name, change in changes.items()}
    rounded = {name: 5 * (round(before / 5) + fives) for name, fives in shown.items()}
    return {**row, **rounded, "what": f"{row['what']}, {ROUNDED}"}


def _listed(people: Sequence[str], audience: str) -> str:
    """Return people for those who may know their numbers, codes, or how many they are."""
    if audience == "aggregate":
        return f"{few(len(people))} (--audience named shows who)"
    if audience == "pseudonymous":
        key = pseudonym_key()
        people = [code(f"person_id:{one}", key) for one in people]
    return some(people)


def _outcome(plan: Plan, tables: _Tables) -> Outcome:
    """Return what becomes of the force; all faults of a file are raised together, each with its line."""
    scenario, names = plan.scenario, tables.names
    rates: dict[str, float] = {}
    prices: dict[str, float] = {}
    given = ((rates, names.rank, scenario.costs.pay), (prices, names.requirement, scenario.costs.courses))
    for ids, find, amounts in given:
        for name, amount in amounts.items():
            try:
                ids[find(name)] = amount
            except (RankgraphError, UsageError) as error:
                plan.refuse(error, "costs")
    changed = ChangedForce(tables.force, names, prices)
    for number, change in enumerate(scenario.changes):
        try:
            changed.apply(change)
        except (RankgraphError, UsageError) as error:
            plan.refuse(error, "changes", number)
    if plan.file:
        plan.file.check()
    costs = {"training": round(changed.spent)}
    notes = changed.notes
    if rates:
        costs["pay a year"] = round(pay(changed.force, rates, names) - pay(tables.force, rates, names))
        before, after = (worked(force, names) for force in (tables.force, changed.force))
        unpaid = sorted(rank for rank in {*before, *after} - {*rates} if rank and before.get(rank) != after.get(rank))
        notes = [*notes, *(f"pay of {rank} is not in the file, so it is not counted" for rank in unpaid)]
    return Outcome(scenario.name, changed.force, costs, notes)


def _compare(tables: _Tables, outcomes: Sequence[Outcome], top: str | None) -> list[Row]:
    """Return totals, costs, and what differs, by kind and unit."""
    forces = [tables.force, *(one.force for one in outcomes)]
    counts = [measures(force, top) for force in forces]
    sums = [totals(one, force, top) for one, force in zip(counts, forces, strict=True)]
    rows: list[tuple[object, ...]] = [
        ("total", None, None, label, kind, None, *(one[kind] for one in sums)) for kind, label in KINDS.items()
    ]
    scopes = [scope_of(force, top) for force in forces]
    placed = zip(forces, scopes, strict=True)
    places = [sum(post.places for post in force.posts.values() if post.unit in scope) for force, scope in placed]
    rows += [("total", None, None, "places in posts", PLACES, None, *places)] if len({*places}) > 1 else []
    rows += [
        ("cost", None, None, kind, None, None, None, *pounds)
        for kind in dict.fromkeys(kind for one in outcomes for kind in one.costs)
        if any(pounds := [one.costs.get(kind) for one in outcomes])
    ]
    posts = {key: post.title or post.kind for force in forces for key, post in force.posts.items()}
    names: Mapping[str, object] = {**tables.staff.names, **posts}
    keys = {key for count in counts for key in count if len({one[key] for one in counts}) > 1}
    rows += sorted(
        (
            (kind, tables.units[unit], unit, names.get(what, what), what, level, *(one[key] for one in counts))
            for key in keys
            for kind, unit, what, level in [key]
        ),
        key=lambda row: [*map(str, row)],
    )
    columns = (*COLUMNS, *(one.name for one in outcomes))
    return [dict(zip(columns, row, strict=True)) for row in rows]
