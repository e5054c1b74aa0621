"""What a mapping asks to count of people: never kept of a person, and never told where it would tell of few."""

from __future__ import annotations

import csv
import json
import random
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from graph.session import Graph
from queries.answers.load_totals import seats, units_above
from queries.audience.people_counts import people_counts
from tests.builders.force import Force, Row, put
from tests.builders.staff_files import dump
from tests.builders.unit_forces import ROLES
from tests.harness.commands import run
from tests.harness.engines import Engine
from tests.oracles.attacker import Known
from tests.oracles.units import UnitOracle

pytestmark = pytest.mark.holds("what drawn units speak of", changed=True)

DAY = "2026-03-31"
BANDS = ("under thirty", "thirties", "forties", "over fifty")
FEW = 5
Counts = dict[tuple[str | None, str | None], Counter[str]]


def drawn(seed: int) -> tuple[Force, dict[str, str]]:
    """Return a force of some hundred people in teams of two floors, and the band of each."""
    draw = random.Random(seed)  # noqa: S311  (no secret)
    units: list[Row] = [{"unit_id": "F", "name": "Force", "parent_id": None}]
    for number in range(draw.randint(2, 4)):
        units.append({"unit_id": f"C{number}", "name": f"Command {number}", "parent_id": "F"})
        units += [
            {"unit_id": f"C{number}T{team}", "name": f"Team {number} {team}", "parent_id": f"C{number}"}
            for team in range(draw.randint(0, 4))
        ]
    people = [f"P{number:03}" for number in range(draw.choice((8, 40, 120, 240)))]
    weights = draw.choice(((1, 1, 1, 1), (20, 5, 1, 1), (60, 1, 0, 0)))
    force = Force(
        units=units,
        posts=[
            {
                "post_id": f"T{one}",
                "unit_id": draw.choice(units)["unit_id"],
                "rank": draw.choice(("uk/constable", "uk/sergeant")),
            }
            for one in people
        ],
        people=[{"person_id": one, "name": f"Person {one}"} for one in people],
        occupancies=[row for one in people for row in _times(draw, one, people)],
    )
    return force, {one: draw.choices(BANDS, weights)[0] for one in people}


def _times(draw: random.Random, person: str, people: list[str]) -> list[Row]:
    if draw.random() < 0.1:
        return [{"person_id": person, "post_id": f"T{person}", "to": "2026-01-31"}]
    elsewhere: Row = {"person_id": person, "post_id": f"T{draw.choice(people)}", "basis": "acting"}
    return [{"person_id": person, "post_id": f"T{person}"}, elsewhere]


def counted(force: Force, bands: dict[str, str]) -> tuple[Counts, dict[str, Counter[str]]]:
    """Return how many of each band there are by unit with all within it and by rank, and in each unit itself."""
    plain, sums, own = UnitOracle(force, DAY, DAY), Counts(), defaultdict[str, Counter[str]](Counter)
    at = {
        str(row["person_id"]): one
        for one in plain.posts(None)
        for row in plain.occupancies(one)
        if row.get("basis") != "acting"
    }
    for unit, _ in plain.scope(None):
        inside = {name for name, _ in plain.scope(unit)}
        sums[unit, None] = Counter(bands[one] for one, seat in at.items() if seat["unit_id"] in inside)
        own[unit] = Counter(bands[one] for one, seat in at.items() if seat["unit_id"] == unit)
    for rank in ROLES:
        sums[None, rank] = Counter(bands[one] for one, seat in at.items() if seat["rank"] == rank)
    sums[None, None] = Counter(bands[one] for one in at)
    return {place: some for place, some in sums.items() if some}, own


def rows_of(bands: dict[str, str]) -> list[Row]:
    """Return rows of the sheet people with what is counted."""
    return [{"person_id": one, "counted": json.dumps({"age": band})} for one, band in bands.items()]


def merged(some: Counter[str], values: set[str]) -> Counter[str]:
    """Return counts with what few have as other."""
    counts = Counter[str]()
    for value, count in some.items():
        counts[value if value in values else "other"] += count
    return counts


@pytest.mark.parametrize("seed", range(24))
def test_what_is_shown_is_as_plain_python_counts_and_tells_of_nobody(graph: Graph, seed: int) -> None:
    """A reader who knows how many people each unit has, and subtracts, learns no number of one to four."""
    force, bands = drawn(seed)
    put(graph, force)
    counts = people_counts(rows_of(bands), seats(graph, DAY), units_above(graph), DAY)
    sums, own = counted(force, bands)
    values = {one.value for one in counts}
    expected = {(*place, value) for place in sums for value in values}
    assert expected == {(one.unit_id, one.rank, one.value) for one in counts}
    shown = {(one.unit_id, one.rank, one.value): one.people for one in counts if one.people is not None}
    assert {(*key, merged(sums[key[:2]], values)[key[2]]) for key in shown} == {(*key, shown[key]) for key in shown}
    assert [] == [count for count in shown.values() if 0 < count < FEW]
    assert [] == _learned(force, own, shown, values)


def _learned(
    force: Force, own: dict[str, Counter[str]], shown: dict[tuple[str | None, str | None, str], int], values: set[str]
) -> list[tuple[object, ...]]:
    """Return what a reader can work out of few people in a unit, by linear programming."""
    known, plain = Known(), UnitOracle(force, DAY, DAY)
    for unit, some in own.items():
        parts = [(unit, value) for value in sorted(values)]
        for part in parts:
            known.unknown(part, most=some.total())
        known.says(dict.fromkeys(parts, 1.0), some.total())
    for (top, rank, value), count in shown.items():
        if rank is None:
            inside = [name for name, _ in plain.scope(top)]
            known.says({(name, value): 1.0 for name in inside}, count)
    ranges = {part: known.range_of(part) for part in known.names}
    return [(part,) for part, (least, most) in ranges.items() if most - least < 0.5 and 0.5 < most < FEW - 0.5]


def test_the_drawn_forces_hide_and_show() -> None:
    """The comparison above is of something: there are forces of few, and of many."""
    totals = [counted(*drawn(seed))[0][None, None].total() for seed in range(24)]
    assert (True, True) == (min(totals) < 10, max(totals) > 200)


def _files(folder: Path, people: int = 60) -> None:
    folder.mkdir()
    sheets = {
        "units": [["unit_id", "name", "parent_id"], ["F", "Force", ""], ["N", "North", "F"], ["S", "South", "F"]],
        "posts": [
            ["post_id", "unit_id", "rank"],
            *([f"T{n}", "N" if n % 2 else "S", "uk/constable"] for n in range(people)),
        ],
        "people": [
            ["person_id", "name", "Sex", "Age band"],
            *([f"P{n}", f"Person {n}", "Xylo" if n % 3 else "Yucca", "" if n < 6 else "Zephyr"] for n in range(people)),
        ],
        "occupancies": [["person_id", "post_id"], *([f"P{n}", f"T{n}"] for n in range(people))],
    }
    for name, rows in sheets.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)


_ONCE = "counted: {Sex: sex, Age band: age_band}"


def test_a_column_is_counted_only_where_a_mapping_asks_and_kept_of_nobody(
    engine: Engine, graph: Graph, tmp_path: Path
) -> None:
    """Whoever reads the whole graph finds the words in the counts alone; without the line they are gone again."""
    del engine
    put(graph, Force())
    _files(tmp_path / "export")
    mapping = tmp_path / "force.yaml"
    for lines, words in (("", False), (f"  {_ONCE}\n", True), ("  ignore: [Sex]\n", False)):
        mapping.write_text(f"rankgraph: mapping\npeople:\n  name: name\n{lines}", encoding="utf-8")
        result = run("staff", "load", str(tmp_path / "export"), "--mapping", str(mapping))
        assert 0 == result.exit_code, result.stderr
        assert (not words) is ("people.csv: not read: " in result.stderr)
        assert words is ("people are counted by age_band, sex: `rankgraph ask people-counts`" in result.stderr)
        nodes, edges = dump(graph)
        told = [line for line in (*nodes, *edges) if any(word in line for word in ("Xylo", "Yucca", "Zephyr"))]
        assert (words, True) == (bool(told), all("PeopleCount" in line for line in told))
        answer = json.loads(run("ask", "people-counts", "--depth", "1", "--format", "json").stdout)
        expected = {("sex", "Yucca", 20, None), ("sex", "Xylo", 40, None), ("sex", "Xylo", 20, "North")}
        assert expected <= {(row["column"], row["value"], row["people"], row["unit"]) for row in answer} or not words
        assert bool(answer) is words


def test_where_few_have_a_value_all_of_the_column_there_is_hidden(graph: Graph) -> None:
    """And what would tell of them, whoever asks."""
    units: list[Row] = [{"unit_id": "F", "name": "Force"}]
    units += [{"unit_id": one, "name": one, "parent_id": "F"} for one in ("A", "B", "C")]
    names = [f"P{number:02}" for number in range(60)]
    put(
        graph,
        Force(
            units=units,
            posts=[{"post_id": one, "unit_id": "ABC"[n % 3], "rank": "uk/constable"} for n, one in enumerate(names)],
            people=[{"person_id": one, "name": one} for one in names],
            occupancies=[{"person_id": one, "post_id": one} for one in names],
        ),
    )
    bands = {one: "x" if n < (30 if n % 3 else 6) else "y" for n, one in enumerate(names)}
    counts = people_counts(rows_of(bands), seats(graph, DAY), units_above(graph), DAY)
    shown = {(one.unit_id, one.value, one.people) for one in counts if one.unit_id or not one.rank}
    whole = {(None, "x", 22), (None, "y", 38), ("F", "x", 22), ("F", "y", 38)}
    hidden = {(unit, value, None) for unit in "AB" for value in "xy"}
    assert {*whole, *hidden, ("C", "x", 10), ("C", "y", 10)} == shown


def test_values_that_few_have_in_the_whole_force_are_one(graph: Graph) -> None:
    """With as many of the next rarest as it takes, so that the others are shown."""
    names = [f"P{number:02}" for number in range(60)]
    put(
        graph,
        Force(
            units=[{"unit_id": "F", "name": "Force"}],
            posts=[{"post_id": one, "unit_id": "F", "rank": "uk/constable"} for one in names],
            people=[{"person_id": one, "name": one} for one in names],
            occupancies=[{"person_id": one, "post_id": one} for one in names],
        ),
    )
    bands = {one: "u" if n < 2 else "v" if n < 4 else "w" if n < 11 else "x" for n, one in enumerate(names)}
    counts = people_counts(rows_of(bands), seats(graph, DAY), units_above(graph), DAY)
    assert {("other", 11), ("x", 49)} == {(one.value, one.people) for one in counts}


def test_counted_columns_of_another_sheet_and_a_header_that_is_not_there_are_faults(
    tmp_path: Path, engine: Engine
) -> None:
    """Nothing is loaded."""
    del engine
    _files(tmp_path / "export")
    mapping = tmp_path / "force.yaml"
    for sheet, line, words in (
        ("posts", _ONCE, "counted columns of posts"),
        ("people", "counted: {Sx: sex}", "no column"),
    ):
        mapping.write_text(f"rankgraph: mapping\n{sheet}:\n  {line}\n", encoding="utf-8")
        result = run("staff", "load", str(tmp_path / "export"), "--mapping", str(mapping))
        assert (1, True) == (result.exit_code, words in result.stderr), result.stderr
