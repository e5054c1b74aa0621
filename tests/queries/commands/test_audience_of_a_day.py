"""Whoever lays all aggregate answers of one day side by side, of units and of those within them, works out no few."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain

import pytest

from graph.rows import list_or_empty
from graph.session import Graph
from queries.answers.skills_gap.facts import Report
from queries.answers.skills_gap.gather import skills_gap
from queries.audience.small_numbers import FEW, HIDDEN
from queries.catalogue import questions
from queries.parameters.unit_names import read_units
from queries.report.aggregate import aggregate
from tests.harness.commands import run
from tests.harness.engines import ON_EMBEDDED
from tests.oracles import attacker

pytestmark = [pytest.mark.holds("samples and a force"), ON_EMBEDDED]  # what is hidden is decided over equal rows

Row = dict[str, object]
Cell = tuple[object, ...]
SMALL = {1, 2, 3, 4}
SHOWN = ("heads", "strength_fte", "vacant_fte", "vacant")


def rows_of(*command: str, audience: str = "aggregate") -> list[Row]:
    """Return the rows of a command."""
    shown = run(*command, "--audience", audience, "--format", "json")
    assert shown.exit_code == 0, shown.stderr
    rows: list[Row] = json.loads(shown.stdout)
    return rows


def units_of(graph: Graph) -> list[Row]:
    """Return the units of a graph with depth, each after its parent."""
    rows = read_units(graph)
    parents = {row["unit_id"]: row["parent_id"] for row in rows}

    def depth(unit: object) -> int:
        return 1 + depth(parents[unit]) if parents[unit] else 0

    return sorted(({**row, "depth": depth(row["unit_id"])} for row in rows), key=lambda row: int(str(row["depth"])))


def asked(units: list[Row]) -> list[str]:
    """Return a unit of each depth."""
    return list({row["depth"]: str(row["unit_id"]) for row in units}.values())


def reports_of(graph: Graph, units: list[str]) -> dict[str | None, Report]:
    """Return what reports of the force and of units show to the aggregate audience."""
    return {unit: aggregate(skills_gap(graph, unit, None, for_aggregate=True)) for unit in (None, *units[-2:])}


def needs(reports: Mapping[str | None, Report], units: list[str]) -> Iterator[tuple[Cell, object]]:
    """Yield each number of needs that any answer of the day shows, by unit, requirement, level and column."""
    answers = [rows_of("heat-map"), rows_of("heat-map", "--depth", "1"), rows_of("ask", "heat-map", "--unrecorded")]
    answers += [rows_of("heat-map", "--unit", unit) for unit in units]
    answers += [[dict(row) for row in report.heat_map] for report in reports.values()]
    for row in chain.from_iterable(answers):
        for name in ("have", "have_absent", "short"):
            yield (row["unit_id"], row["requirement_id"], row["level"], name), row[name]
    for row in rows_of("trend", "--depth", "1", "--what", "requirement"):
        for name in ("have", "short"):
            yield (row["unit_id"], row["id"], row["level"], name), row[name]


def people(reports: Mapping[str | None, Report], units: list[str]) -> Iterator[tuple[Cell, object]]:
    """Yield each number of people in posts that any answer shows, by unit, rank, whether with those within, and column.

    The force is no unit, its ranks are under none.
    """
    own = [rows_of("ask", "establishment"), *(rows_of("ask", "establishment", "--unit", unit) for unit in units)]
    tables = [((row["unit_id"], row["rank"], False), row) for rows in own for row in rows]
    for unit, report in reports.items():
        tables += [((unit, row["rank_id"], True), dict(row)) for row in report.strength[:-1]]
        tables += [((row["unit_id"], row["rank_id"], False), dict(row)) for row in report.establishment]
    for unit in (None, *units):
        rows = rows_of("vacancies", *(["--unit", unit] if unit else []))
        tables += [((row["unit_id"], row["rank"], False), {"vacant": row["vacant"]}) for row in rows]
    names = {"heads": "heads", "strength_fte": "have", "vacant_fte": "short"}
    for row in rows_of("trend", "--depth", "9", "--what", "rank"):
        tables.append(((row["unit_id"], row["id"], True), {name: row[of] for name, of in names.items()}))
    for of, row in tables:
        yield from (
            ((*of, name), row[name]) for name in ("heads", "strength_fte", "vacant_fte", "vacant") if name in row
        )


def by_cell(shown: Iterator[tuple[Cell, object]]) -> dict[Cell, set[object]]:
    """Return what is shown of each cell, by all answers."""
    cells: dict[Cell, set[object]] = defaultdict(set)
    for cell, value in shown:
        cells[cell].add(value)
    return cells


def test_all_answers_hide_the_same(graph: Graph) -> None:
    """A number that one hides and another shows would be told; no one to four who hold or are in posts is shown."""
    units = asked(units_of(graph))
    reports = reports_of(graph, units)
    of_needs, of_people = by_cell(needs(reports, units)), by_cell(people(reports, units))

    assert {} == {cell: values for cell, values in (of_needs | of_people).items() if len(values) > 1}
    assert (len(of_needs) > 1000, len(of_people) > 400) == (True, True)
    assert {HIDDEN} < {value for values in of_needs.values() for value in values}
    assert set() == {cell for cell, values in of_needs.items() if cell[-1] != "short" and SMALL & values}
    assert set() == {cell for cell, values in of_people.items() if cell[-1] == "heads" and SMALL & values}


def test_no_hidden_number_follows_from_all_answers(graph: Graph) -> None:
    """Whole tables are all that the answers show together, as they hide the same: a linear programme looks at them."""
    units = units_of(graph)
    shown = rows_of("heat-map")
    of: dict[Cell, list[Row]] = defaultdict(list)
    for row in shown:
        of[row["requirement_id"], row["level"]].append(row)
    for rows in list(of.values())[::6]:
        ranges = attacker.heat_map([row for row in rows if not row["unknown"]], units)
        assert {} == {cell: ends for cell, ends in ranges.items() if cell[1] != "own" and ends[1] - ends[0] < 1 - 1e-6}


def test_what_comes_hides_the_same_of_each_unit(graph: Graph) -> None:
    """A forecast shows on its first day no people of a rank whom the trend hides, and no few on any day."""
    units = asked(units_of(graph))
    answers = [rows_of("forecast"), *(rows_of("forecast", "--unit", unit) for unit in units)]
    cells = by_cell(
        ((row["unit_id"], row["kind"], row["id"], row["day"]), row["central"]) for rows in answers for row in rows
    )
    first = min(str(row["day"]) for row in answers[0])
    ranks = rows_of("trend", "--depth", "9", "--what", "rank")
    hidden = {(row["unit_id"], row["id"]) for row in ranks if row["heads"] == HIDDEN}
    open_cells = {(unit, of) for (unit, _, of, day), values in cells.items() if day == first and values != {HIDDEN}}

    assert {} == {cell: values for cell, values in cells.items() if len(values) > 1 or SMALL & values}
    assert (set(), True) == (hidden & open_cells, bool(hidden))


@pytest.mark.usefixtures("graph")
def test_people_of_a_unit_are_shown_only_where_those_of_its_ranks_are() -> None:
    """Their sum would tell the one rank that is hidden."""
    hidden = {row["unit_id"] for row in rows_of("trend", "--depth", "9", "--what", "rank") if row["heads"] == HIDDEN}
    units = rows_of("ask", "units")
    assert hidden
    assert hidden <= {row["unit_id"] for row in units if row["people"] == HIDDEN}
    assert all(isinstance(row["people"], int) for row in rows_of("ask", "units", audience="pseudonymous"))


@pytest.mark.usefixtures("graph")
def test_courses_do_not_tell_who_lacks_what_the_heat_map_hides() -> None:
    """How many are to be trained is how many lack it: hidden with it, in answer and report alike."""
    tops = [row for row in rows_of("heat-map", "--depth", "0") if row["have"] == HIDDEN]
    hidden = {row["requirement"] for row in tops}
    demand = rows_of("ask", "training-demand")
    secret = [row for row in demand if hidden & {*list_or_empty(row["requirements"])}]
    assert secret
    assert {HIDDEN} == {row["people"] for row in secret}
    assert any(isinstance(row["people"], int) for row in demand)


@pytest.mark.usefixtures("graph")
@pytest.mark.parametrize("question", [one.name for one in questions() if one.counts_people])
def test_codes_change_nothing_where_no_row_is_on_a_person(question: str) -> None:
    """Names there are of units and requirements, which everybody may know."""
    given = [] if question != "renewals" else ["--since", "2024-04-01"]
    named, coded = (rows_of("ask", question, *given, audience=one) for one in ("named", "pseudonymous"))
    assert named == coded


@pytest.mark.usefixtures("graph")
@pytest.mark.parametrize("command", ["expiring", "vacancies", "succession inspector"])
def test_rows_on_people_become_numbers(command: str) -> None:
    """No person stands in them, and no number of one to four."""
    rows = rows_of(*command.split())
    assert rows
    assert {"person_id", "post_id", "name"}.isdisjoint(rows[0])
    numbers = {row["people"] for row in rows} if "people" in rows[0] else set()
    assert numbers & SMALL == set()
    assert numbers <= {FEW, HIDDEN, *(one for one in numbers if isinstance(one, int))}


@pytest.mark.parametrize(
    ("command", "found"),
    [
        ("heat-map --desirable", "--desirable with --audience aggregate"),
        ("ask establishment --attribute detective", "detective"),
        ("expiring --unit {unit}", "--unit with --audience aggregate"),
        ("expiring --days 31", "--days 31 with --audience aggregate"),
        ("growth", "each row of this question is on one person"),
        ("single-points", "each row of this question is on one person"),
        ("what-if --leave P1 --unit {unit}", "P1"),
        ("person {person} --to sergeant", "all of this is on one person"),
    ],
)
def test_what_counts_the_same_people_in_another_way_is_refused(graph: Graph, command: str, found: str) -> None:
    """In one message, which says what to leave out or which audience to ask as."""
    [unit] = graph.read("MATCH (u:Unit) RETURN min(u.id) AS id", {})
    [person] = graph.read("MATCH (p:Person) RETURN min(p.id) AS id", {})
    words = [word.format(unit=unit["id"], person=person["id"]) for word in command.split()]
    refused = run(*words, "--audience", "aggregate")
    assert (refused.exit_code != 0, found in refused.stderr, "Traceback" in refused.stderr) == (True, True, False)


@pytest.mark.parametrize("command", ["growth", "single-points", "person {person} --to sergeant", "expiring --days 31"])
def test_what_the_setting_cannot_show_is_refused_by_the_name_of_the_setting(graph: Graph, command: str) -> None:
    """Nobody gave the option; and what is always refused is not offered by the help."""
    [person] = graph.read("MATCH (p:Person) RETURN min(p.id) AS id", {})
    words = command.format(person=person["id"]).split()
    refused = run(*words, RANKGRAPH_AUDIENCE="aggregate")
    assert refused.exit_code != 0
    assert ("RANKGRAPH_AUDIENCE=aggregate" in refused.stderr, "--audience aggregate" in refused.stderr) == (True, False)
    assert ("|aggregate]" in run(words[0], "--help").stdout) == (words[0] == "expiring")


def test_the_audience_can_be_set_for_all_that_is_shown(graph: Graph) -> None:
    """By an environment variable, for screens and not for what is handed on."""
    [row, *_] = rows_of("succession", "inspector", audience="named")
    ids = {one["id"] for one in graph.read("MATCH (p:Person) RETURN p.id AS id", {})}
    shown = run("succession", "inspector", "--format", "json", RANKGRAPH_AUDIENCE="named")
    assert row["person_id"] in ids
    assert {one["person_id"] for one in json.loads(shown.stdout)} <= ids
