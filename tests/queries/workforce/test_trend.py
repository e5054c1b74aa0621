"""The totals that loads leave, and how they go from load to load, against plain Python on drawn forces."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from graph.documents.reset import reset
from graph.errors import StoreError
from graph.session import Graph
from graph.staff.load import load
from graph.staff_nodes import LoadTotal
from loaders.staff.sheets import SHEETS
from queries.answers.answer import Answer
from queries.answers.load_totals import load_totals, trend
from queries.answers.loaded import unfinished_load
from queries.show.tables import draw
from queries.show.trend_screen import trend as screen
from tests.builders.force import SEEDS, Force, Row, put
from tests.builders.staff_files import Sheets
from tests.builders.unit_forces import KNOWN, drawn, holds, post, prepare, small, within
from tests.harness.commands import run
from tests.harness.engines import Engine
from tests.harness.loaded import TODAY
from tests.oracles.units import UnitOracle
from tests.queries.workforce.test_unit_questions import answer

pytestmark = pytest.mark.holds("what drawn units speak of", changed=True)

DAYS = ("2026-01-31", "2026-02-28", "2026-03-31")
Key = tuple[str, str, str, object]
Totals = dict[Key, tuple[float, ...]]
NAMES = ("need", "have", "short", "unknown", "posts", "heads")
COLUMNS = [
    "day",
    "unit_id",
    "depth",
    "kind",
    "id",
    "level",
    "need",
    "have",
    "short",
    "change",
    "differs",
    "unknown",
    "posts",
    "heads",
    "before",
]


def sheets(force: Force) -> Sheets:
    """Return the staff files of a force, each row once."""
    rows_by_sheet = {}
    for sheet in SHEETS:
        rows = getattr(force, sheet.name, [])
        if sheet.name == "requirements":
            rows = [{"requirement": row["id"], **row} for row in rows]
        cells = [tuple(row.get(name) for name in sheet.values) for row in rows]
        keys = {tuple(cells[sheet.values.index(name)] for name in sheet.key): cells for cells in cells}
        rows_by_sheet[sheet.name] = list(keys.values())
    return Sheets(rows_by_sheet)


def months(seed: int) -> list[Force]:
    """Return what three month ends have of one force: other rows of people each time, a unit and a post that move."""
    draw, base = random.Random(seed), drawn(seed)  # noqa: S311  (no secret)
    some: list[Force] = []
    for number in range(len(DAYS)):
        other = drawn(1000 * seed + number)
        posts = [
            {**row, "unit_id": draw.choice(base.units)["unit_id"]} if draw.random() < 0.1 else row for row in base.posts
        ]
        units = [{**row, "parent_id": None} if number and row is base.units[-1] else row for row in base.units]
        some.append(
            replace(
                base,
                units=units,
                posts=posts,
                occupancies=_once(other.occupancies, "person_id", "post_id", "from"),
                holdings=_once(other.holdings, "person_id", "requirement", "achieved"),
                absences=other.absences,
                post_requirements=other.post_requirements,
            )
        )
    return some


def _once(rows: list[Row], *names: str) -> list[Row]:
    return list({tuple(row[name] for name in names): row for row in rows}.values())


def expected_totals(force: Force, day: str) -> Totals:
    """Return the totals of a day by unit, kind, id and level, by plain Python."""
    plain, totals = UnitOracle(force, day, TODAY, known=KNOWN), Totals()
    own = plain.establishment(None)
    for unit, _ in plain.scope(None):
        inside = {name for name, _ in plain.scope(unit)}
        sums: dict[str, list[tuple[float, ...]]] = defaultdict(list)
        for row in own:
            if row[0] in inside:
                sums[str(row[1])].append(row[2:7])  # type: ignore[arg-type]
        for rank, rows in sums.items():
            posts, planned, heads, worked, vacant = (round(sum(column), 2) for column in zip(*rows, strict=True))
            totals[unit, "rank", rank, None] = (planned, worked, vacant, 0, posts, heads)
    for row in plain.heat_map(None):
        if row[2] <= 1:  # type: ignore[operator]
            totals[str(row[1]), "requirement", str(row[4]), row[5]] = (row[6], row[7], row[9], row[10])  # type: ignore[assignment]
    return totals


def stored(graph: Graph) -> dict[str, Totals]:
    """Return the totals that stand in the graph, by day."""
    by_day: dict[str, Totals] = {}
    for row in graph.read("MATCH (n:LoadTotal) RETURN properties(n) AS of ORDER BY n.id", {}):
        total = LoadTotal.model_validate(row["of"])
        numbers = tuple(getattr(total, name) for name in NAMES[: 6 if total.kind == "rank" else 4])
        by_day.setdefault(total.day, {})[total.unit_id, total.kind, str(total.of), total.level] = numbers
    return by_day


def expected_trend(
    by_day: Mapping[str, Totals], depths: Mapping[str, int], what: str | None, since: str
) -> list[tuple[object, ...]]:
    """Return the rows of trend, from the totals of each load."""
    days, rows = sorted(by_day), []
    keys = {key for totals in by_day.values() for key in totals if key[0] in depths and what in {None, *key[1:3]}}
    for before, day in zip([None, *days], days, strict=False):
        for key in keys:
            now, old = by_day[day].get(key), by_day[before].get(key) if before else None
            if (now or old) and day >= since:
                size = 6 if key[1] == "rank" else 4
                shown = (now or (0,) * 4) + (None,) * (6 if not now else 6 - size)
                change, differs = _compared(now, old) if before else (None, None)
                rows.append((day, key[0], depths[key[0]], *key[1:], *shown[:3], change, differs, *shown[3:6], before))
    return sorted(rows, key=lambda row: (*(row[at] for at in (0, 2, 1, 3, 4)), row[5] or -1))


def _compared(now: tuple[float, ...] | None, old: tuple[float, ...] | None) -> tuple[float | None, str | None]:
    if now is None or old is None:
        return None, "new" if now else "gone"
    if bool(now[3]) is not bool(old[3]):
        return None, "recorded since" if old[3] else "recorded no longer"
    return round(now[2] - old[2], 2), None if now[0] == old[0] else f"need was {old[0]}"


def asked(graph: Graph, **parameters: object) -> list[tuple[object, ...]]:
    """Return the answer of trend, in the order of COLUMNS."""
    return [tuple(row[name] for name in COLUMNS) for row in answer(graph, "trend", **parameters)]


def load_month(graph: Graph, force: Force, day: str) -> None:
    """Load a whole export of a day, which leaves its totals."""
    load(graph, sheets(force), full_day=day, count_totals=load_totals)


@pytest.fixture
def empty(graph: Graph) -> Graph:
    """Return a graph with the roles and no totals."""
    put(graph, Force())
    graph.write(lambda tx: tx.run("MATCH (n:LoadTotal) DETACH DELETE n"))
    return graph


@pytest.mark.parametrize("seed", SEEDS)
def test_three_loads_leave_their_totals_as_plain_python_counts_them(empty: Graph, seed: int) -> None:
    """Each for its day, by units as they stood then; and trend compares each with the one before."""
    forces = months(seed)
    put(empty, Force(needs=forces[0].needs, requirements=forces[0].requirements))
    for force, day in zip(forces, DAYS, strict=True):
        load_month(empty, force, day)
    by_day = {day: expected_totals(force, day) for force, day in zip(forces, DAYS, strict=True)}
    assert by_day == stored(empty)

    plain = UnitOracle(forces[-1], DAYS[-1], TODAY, known=KNOWN)
    for unit, depth, what, since in (
        (None, None, None, None),
        ("U0", 2, "rank", DAYS[1]),
        (None, 1, "requirement", None),
        (None, 9, "uk/sergeant", None),
        (None, 9, "skill/taser", DAYS[2]),
    ):
        depths = {name: at for name, at in plain.scope(unit) if at <= (depth or 0)}
        expected = expected_trend(by_day, depths, what, since or "")
        assert expected == asked(empty, unit=unit, depth=depth, what=what, since=since), (unit, depth, what, since)


def test_the_drawn_forces_change_in_every_way() -> None:
    """The comparison above is of something: all that two loads can differ by occurs."""
    ways = set()
    for seed in SEEDS:
        forces = months(seed)
        by_day = {day: expected_totals(force, day) for force, day in zip(forces, DAYS, strict=True)}
        rows = expected_trend(by_day, {row[0]: 0 for totals in by_day.values() for row in totals}, None, "")
        ways |= {str(row[10]).partition(" was")[0] for row in rows} | {"better" for row in rows if (row[9] or 0) < 0}  # type: ignore[operator]
    assert {"None", "new", "gone", "recorded since", "recorded no longer", "need", "better"} == ways


def _one_post(*people: str, **more: list[Row]) -> Force:
    force = small(posts=[post("T1", "A"), post("T2", "B")], occupancies=[within(one, f"T{one[1]}") for one in people])
    return replace(force, holdings=[*force.holdings, *(holds(one, 2) for one in people)], **more)


def _needed(graph: Graph) -> None:
    put(graph, Force(needs=small().needs, requirements=small().requirements))


def test_a_load_of_the_same_day_takes_the_place_of_its_totals(empty: Graph) -> None:
    """Those of other days stay, and a trial run leaves none."""
    _needed(empty)
    load_month(empty, _one_post(), DAYS[0])
    load(empty, sheets(_one_post("P1")), full_day=DAYS[1], dry_run=True, count_totals=load_totals)
    assert [DAYS[0]] == list(stored(empty))
    load_month(empty, _one_post("P1"), DAYS[1])
    load_month(empty, _one_post("P1", "P2"), DAYS[1])
    of_force = [(row[0], *row[6:10]) for row in asked(empty, what="skill/taser")]
    assert [(DAYS[0], 2, 0, 2, None), (DAYS[1], 2, 2, 0, -2)] == of_force


def test_a_load_that_is_no_whole_export_leaves_totals_of_its_own_day(empty: Graph) -> None:
    """A second one of the same files, nothing."""
    _needed(empty)
    load(empty, sheets(_one_post("P1")), count_totals=load_totals)
    assert [TODAY] == list(stored(empty))
    empty.write(lambda tx: tx.run("MATCH (n:LoadTotal) SET n.need = 99"))
    load(empty, sheets(_one_post("P1")), count_totals=load_totals)
    assert {99.0} == {numbers[0] for numbers in stored(empty)[TODAY].values()}


def test_a_graph_of_an_older_version_gets_its_totals_by_the_same_files(empty: Graph) -> None:
    """Its load left none."""
    _needed(empty)
    load(empty, sheets(_one_post("P1")), full_day=DAYS[0])
    assert {} == stored(empty)
    load_month(empty, _one_post("P1"), DAYS[0])
    assert {DAYS[0]: expected_totals(_one_post("P1"), DAYS[0])} == stored(empty)


def test_a_load_that_is_cut_short_leaves_the_totals_to_the_next(empty: Graph) -> None:
    """It is known to be unfinished; those of the load before stand."""
    _needed(empty)
    load_month(empty, _one_post(), DAYS[0])
    cut = partial(load, empty, sheets(_one_post("P1")), full_day=DAYS[1])

    def fail(_graph: Graph, _day: str) -> list[LoadTotal]:
        raise StoreError("graph", "no room")

    with pytest.raises(StoreError):
        cut(count_totals=fail)
    assert unfinished_load(empty)
    assert "no rows: the load of staff files is not whole" in run("expiring", "--as-of", DAYS[1]).stderr
    assert [DAYS[0]] == list(stored(empty))
    cut(count_totals=load_totals)
    assert (None, [*DAYS[:2]]) == (unfinished_load(empty), list(stored(empty)))


def test_a_reset_takes_the_totals_away(empty: Graph) -> None:
    """They are nodes of ours."""
    _needed(empty)
    load_month(empty, _one_post("P1"), DAYS[0])
    reset(empty)
    assert {} == stored(empty)
    empty.write(prepare)  # with all else, which other tests speak of


def test_the_commands_load_and_compare(engine: Engine, empty: Graph, tmp_path: Path) -> None:
    """A load leaves its totals by itself, and what got worse stands first; a question on loads is of no later day."""
    del engine, empty
    lines = {
        "units": ["unit_id,name", "F,Force"],
        "posts": ["post_id,unit_id,rank", "T1,F,uk/constable", "T2,F,uk/sergeant"],
        "people": ["person_id,name", "P1,Person 1", "P2,Person 2"],
    }
    for day, post_id in zip(DAYS[:2], ("T1", "T2"), strict=True):
        lines["occupancies"] = ["person_id,post_id", f"P1,{post_id}"]
        for name, rows in lines.items():
            (tmp_path / f"{name}.csv").write_text("\n".join(rows), encoding="utf-8")
        loaded = run("staff", "load", str(tmp_path), "--full", "--as-of", day)
        assert 0 == loaded.exit_code, loaded.stderr
    screen_of_command = [" ".join(line.split()) for line in run("trend", "--audience", "named").stdout.splitlines()]
    assert ["Load of 2026-02-28, against that of 2026-01-31", "1 worse, 1 better, of 2 totals"] == screen_of_command[:2]
    assert ["Got worse", "uk/constable, Force 1 FTE short (+1): 0 of 1"] == screen_of_command[2:4]
    assert "" == run("ask", "trend", "--audience", "named").stderr


def _row(name: str, change: float | None, differs: str | None = None, level: int | None = None) -> Row:
    kind = "rank" if name == "Sergeant" else "requirement"
    of = {"day": DAYS[1], "before": DAYS[0], "unit": "Force", "kind": kind, "name": name}
    numbers = {"level": level, "need": 10, "have": 6, "short": 4, "unknown": 0, "posts": None, "heads": None}
    return of | numbers | {"change": change, "differs": differs}


def test_the_screen_begins_with_what_got_worse_and_what_better_most() -> None:
    """What cannot be compared stands apart, and a need that became another is said."""
    rows = [_row("Taser", 3, "need was 8", 2), _row("Search", -1), _row("Sergeant", -2.5), _row("Drone", 5)]
    rows += [_row("Boat", None, "new"), _row("Dog", None, "recorded since"), _row("Rope", 0)]
    drawn_rows = screen(Answer(tuple(rows[0]), rows, []))
    assert drawn_rows is not None
    lines = [" ".join(line.split()) for line in draw(drawn_rows, 120, colour=False).splitlines()]
    assert [
        "Load of 2026-02-28, against that of 2026-01-31",
        "2 worse, 2 better, of 7 totals",
        "Got worse",
        "Drone, Force 4 short (+5): 6 of 10",
        "Taser (level 2), Force 4 short (+3): 6 of 10; need was 8",
        "Got better",
        "Sergeant, Force 4 FTE short (-2.5): 6 of 10",
        "Search, Force 4 short (-1): 6 of 10",
        "Cannot be compared with the load before",
        "Not there before Boat, Force",
        "Nobody was recorded with it before Dog, Force",
    ] == lines[:11]


def test_a_name_that_no_load_left_a_total_of_is_answered_with_what_is_like_it(empty: Graph) -> None:
    """A slip of the pen is no lack of data."""
    _needed(empty)
    load_month(empty, _one_post("P1"), DAYS[0])
    notes = trend(empty, {"what": "tazer"}).notes
    assert any(note.startswith("no load left a total of 'tazer': did you mean ") for note in notes), notes
    assert not any("did you mean" in note for note in trend(empty, {"what": "skill/taser"}).notes)
