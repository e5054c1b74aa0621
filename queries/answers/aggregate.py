"""Answers as numbers alone: without small ones, and without what would tell them in any other answer of the day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from graph.errors import UsageError
from graph.rows import Row, list_or_empty
from queries.answers.answer import group_by, named
from queries.answers.skills_gap import totals
from queries.ask import ask
from queries.audience import staff_tables
from queries.audience.small_numbers import FEW, HIDDEN, covered, few
from queries.parameters.unit_names import read_units

if TYPE_CHECKING:
    from graph.session import Graph
    from queries.audience.staff_tables import Need, Staffed
    from queries.catalogue import Question

HIDES = (
    f"{HIDDEN} (confidential) stands for a number of one to four people, and for what would tell one; "
    "--audience pseudonymous shows all numbers"
)
_REFUSED = {"desirable", "attribute"}
"""Parameters by which the same people are counted in another way, so that few are what two answers differ by."""
_OF_COURSE = ("people", "days", "cost", "gaps")
_OF_FORCE = {"training-demand", "renewals"}
"""Questions whose numbers do not add up from unit to unit, so that only those of the force are shown."""


class Force:
    """The tables of a whole force on a day, none for today, and what has to be hidden of them."""

    def __init__(self, graph: Graph, day: str | None = None, *, unrecorded: bool = False) -> None:
        self._graph, self._values = graph, {"as_of": day}
        self._unrecorded = unrecorded

    @cached_property
    def units(self) -> tuple[Row, ...]:
        """The units, each after the one above, with parent_id and depth."""
        return totals.tree(read_units(self._graph), None)

    @cached_property
    def rows(self) -> list[Row]:
        """The heat map, without what nobody was ever recorded with."""
        values = {**self._values, "unrecorded": self._unrecorded or None}
        return [row for row in ask(self._graph, named("heat-map"), values).rows if not row["unknown"]]

    @cached_property
    def needs(self) -> dict[Need, tuple[str, ...]]:
        """Columns to hide of the heat map, by row."""
        return staff_tables.hidden_needs(self.rows, self.units)

    @cached_property
    def staffing(self) -> set[Staffed]:
        """Units and ranks of which posts are shown and people are not."""
        posts, vacant = (ask(self._graph, named(name), self._values).rows for name in ("establishment", "vacancies"))
        return staff_tables.hidden_staffing(totals.establishment(posts, vacant, {}, {}), self.units)


def hides(rows: Sequence[Row]) -> list[str]:
    """Return a note where a number is hidden."""
    return [HIDES] if any(value == HIDDEN for row in rows for value in row.values()) else []


def aggregate(graph: Graph, question: Question, sent: Row, rows: Sequence[Row]) -> list[Row]:
    """Return the rows of a question, asked with what was sent, as the aggregate audience may see them.

    Raises UsageError where each row is on a person, and for what would count the same people in another way.
    """
    if question.names_people:
        found = "--audience aggregate: each row of this question is on one person"
        raise UsageError(f"{found}; expected a question that counts, such as heat-map, or --audience pseudonymous")
    hiding = HIDING.get(question.name)
    if hiding is None:
        return list(rows)
    refuse_parts(sent, of_force=question.name in _OF_FORCE)
    return list(hiding(graph, sent, rows))


def refuse_parts(sent: Row, *, of_force: bool) -> None:
    """Raise UsageError for a parameter that counts some of the same people apart; a unit does where `of_force`."""
    refused = _REFUSED | ({"unit"} if of_force else set())
    for name in sorted(refused & {name for name, value in sent.items() if value}):
        found = f"--{name} with --audience aggregate: it counts some of the same people apart, so few could be told"
        raise UsageError(f"{found}; leave it out, or give --audience pseudonymous")


def _needs(graph: Graph, sent: Row, rows: Sequence[Row]) -> Iterator[Row]:
    force = Force(graph, _day(sent), unrecorded=bool(sent["unrecorded"]))
    if sent["unit"] is None and sent["depth"] is None:
        force.rows = [row for row in rows if not row["unknown"]]
    hidden = force.needs
    return (staff_tables.without(row, hidden.get(staff_tables.need_of(row), ())) for row in rows)


def _posts(graph: Graph, sent: Row, rows: Sequence[Row]) -> Iterator[Row]:
    hidden = Force(graph, _day(sent)).staffing
    for row in rows:
        of = (row["unit_id"], row["rank"], False)
        yield staff_tables.without(row, staff_tables.STAFFING) if of in hidden else row


def _units(graph: Graph, sent: Row, rows: Sequence[Row]) -> Iterator[Row]:
    """Hide the people of a unit where those of a rank in it are: what is shown adds up from what is shown."""
    hidden = {unit for unit, _, is_whole in Force(graph, _day(sent)).staffing if is_whole}
    return (staff_tables.without(row, ["people"] if row["unit_id"] in hidden else []) for row in rows)


def _totals(graph: Graph, _: Row, rows: Sequence[Row]) -> Iterator[Row]:
    """Yield totals of loads as the heat map and the staffing of their days would be shown."""
    days: dict[object, Force] = {}
    masked: dict[tuple[object, ...], set[object]] = {}
    for row in rows:
        force = days.setdefault(row["day"], Force(graph, str(row["day"])))
        of = tuple(row[name] for name in ("unit_id", "kind", "id", "level"))
        columns = {"have", "short"}
        if row["kind"] == "rank":
            hide = (row["unit_id"], row["id"], True) in force.staffing or few(staff_tables.whole(row["heads"])) == FEW
            columns.add("heads")
        else:
            places = [staff_tables.whole(row[name]) for name in ("have", "short")]
            few_of = FEW in map(few, places) and any(places[:1]) and not row["unknown"]
            hide = few_of or "have" in force.needs.get((row["unit_id"], row["id"], row["level"]), ())
        changed = {"change"} if hide or row["before"] in masked.get(of, ()) else set()
        if hide:
            masked.setdefault(of, set()).add(row["day"])
        yield staff_tables.without(row, columns | changed if hide else changed)


def _cover(_: Graph, __: Row, rows: Sequence[Row]) -> Iterator[Row]:
    """Yield whether minimum cover is met, which is no number of people."""
    for row in rows:
        yield staff_tables.without(row, ("have", "have_absent", *(["short"] if row["short"] else [])))


def _attributes(_: Graph, __: Row, rows: Sequence[Row]) -> Iterator[Row]:
    """Yield posts: those of two attributes count twice, so that nothing says how few people two rows differ by."""
    return (staff_tables.without(row, staff_tables.STAFFING) for row in rows)


def _courses(graph: Graph, sent: Row, rows: Sequence[Row]) -> Iterator[Row]:
    """Hide numbers of few, and those of courses for what the heat map hides of the force: they tell who lacks it."""
    force = Force(graph, _day(sent), unrecorded=bool(sent["unrecorded"]))
    secret = staff_tables.hidden_at_top(force.rows, force.needs, force.units)
    for row in rows:
        small = few(staff_tables.whole(row["people"])) == FEW or not secret.isdisjoint(
            list_or_empty(row["requirements"])
        )
        yield staff_tables.without(row, [name for name in _OF_COURSE if row[name]]) if small else row


def _renewed(_: Graph, __: Row, rows: Sequence[Row]) -> Iterator[Row]:
    for row in rows:
        lapsed, renewed = (staff_tables.whole(row[name]) for name in ("lapsed", "renewed"))
        small = FEW in {few(lapsed), few(renewed), few(lapsed - renewed)}
        yield staff_tables.without(row, ("lapsed", "renewed")) if small else row


def _day(sent: Row) -> str | None:
    return None if sent["as_of"] is None else str(sent["as_of"])


def counted(graph: Graph, name: str, sent: Row, rows: Sequence[Row]) -> tuple[tuple[str, ...], list[Row]] | None:
    """Return the columns and rows of numbers that stand in place of rows on people or posts; none where nothing can.

    Raises UsageError for a part of the force, and for days that are no end of a window of the report.
    """
    if name == "vacancies":
        refuse_parts(sent, of_force=False)
        return _vacant(Force(graph, _day(sent)).staffing, rows)
    if name in {"expiring", "succession"}:
        refuse_parts(sent, of_force=True)
        return _expiring(sent, rows) if name == "expiring" else _ready(rows)
    return None


def _vacant(hidden: set[Staffed], rows: Sequence[Row]) -> tuple[tuple[str, ...], list[Row]]:
    columns = ("unit", "unit_id", "rank", "vacant")
    counts: list[Row] = []
    for (unit, unit_id, rank), of in group_by(rows, lambda row: (row["unit"], row["unit_id"], row["rank"])).items():
        vacant = HIDDEN if (unit_id, rank, False) in hidden else sum(staff_tables.whole(row["vacant"]) for row in of)
        counts.append(dict(zip(columns, (unit, unit_id, rank, vacant), strict=True)))
    return columns, counts


def _expiring(sent: Row, rows: Sequence[Row]) -> tuple[tuple[str, ...], list[Row]]:
    """Return how many people lose each requirement; of a window with few no sum of windows is shown either."""
    if sent["days"] not in totals.WINDOWS:
        expected = ", ".join(map(str, totals.WINDOWS))
        raise UsageError(
            f"--days {sent['days']} with --audience aggregate: found other days than the report counts by; "
            f"expected one of {expected}, or --audience pseudonymous"
        )
    counts: list[Row] = []
    for row in totals.expiries(rows):
        ends = [staff_tables.whole(row[f"within_{days}"]) for days in totals.WINDOWS]
        people = few(sum(ends))
        shown = HIDDEN if people != FEW and FEW in map(few, ends) else people
        counts.append({**{name: row[name] for name in ("requirement", "requirement_id")}, "people": shown})
    return ("requirement", "requirement_id", "people"), counts


def _ready(rows: Sequence[Row]) -> tuple[tuple[str, ...], list[Row]]:
    people = {ready: len({row["person_id"] for row in of}) for ready, of in group_by(rows, _ready_of).items()}
    hidden = covered({ready: people.get(ready, 0) for ready in totals.READY})
    return ("ready", "people"), [
        {"ready": ready, "people": HIDDEN if ready in hidden else number} for ready, number in people.items()
    ]


def _ready_of(row: Row) -> str:
    return str(row["ready"])


HIDING: Mapping[str, Callable[[Graph, Row, Sequence[Row]], Iterator[Row]]] = {
    "heat-map": _needs,
    "establishment": _posts,
    "units": _units,
    "trend": _totals,
    "minimum-cover": _cover,
    "attributes": _attributes,
    "training-demand": _courses,
    "renewals": _renewed,
}
"""What each question that counts people hides."""
