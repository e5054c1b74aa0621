"""The command forecast: three forces of known rates, loaded from staff files, on every engine; and what it says."""

from __future__ import annotations

import csv
import json
from itertools import pairwise
from pathlib import Path

import pytest

from queries.answers.forecast import Force, forecast
from queries.answers.forecast_rates import estimate
from tests.harness.commands import run
from tests.harness.engines import Engine
from tests.harness.loaded import TODAY
from tests.oracles.careers import DAY, RANKS, TrueForce

DAY_OF_FORECAST = DAY.isoformat()
NEXT = dict(pairwise(RANKS))


@pytest.fixture(autouse=True)
def _all_numbers(monkeypatch: pytest.MonkeyPatch, _no_settings: None) -> None:
    """Ask for all numbers, small ones too."""
    monkeypatch.setenv("RANKGRAPH_AUDIENCE", "named")


@pytest.fixture
def sampled(sampled_home: Path, monkeypatch: pytest.MonkeyPatch, _no_settings: None) -> None:
    """Use the graph that holds the samples and a sample force."""
    monkeypatch.setenv("RANKGRAPH_HOME", str(sampled_home))


def _write(force: TrueForce, folder: Path) -> Path:
    """Write a force as staff files."""
    folder.mkdir()
    for name, rows in force.sheets().items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return folder


def test_three_forces_are_forecast_as_by_the_function_over_their_tables(engine: Engine, tmp_path: Path) -> None:
    """Loaded, read back by the questions, estimated and forecast: each row is that of the plain tables."""
    assert run("load", "--samples").exit_code == 0
    for seed in (3, 5, 8):
        true = TrueForce(seed, planned=False)
        loaded = run("staff", "load", str(_write(true, tmp_path / str(seed))))
        assert loaded.exit_code == 0, loaded.stderr

        words = ("forecast", "--as-of", DAY_OF_FORECAST, "--assume", "recorded", "--seed", str(seed))
        found = run(*words, "--format", "json")

        careers = true.careers()
        since = min(str(row["left"]) for row in careers if row["left"])
        renewals = true.renewals(since)
        assumptions, _ = estimate(careers, renewals, NEXT, since, DAY_OF_FORECAST)
        force = Force(true.posts(), true.people(), NEXT)
        assert forecast(force, assumptions, DAY_OF_FORECAST, seed=seed) == json.loads(found.stdout), engine.name
        assert run("reset", "--yes").exit_code == 0
        assert run("load", "--samples").exit_code == 0


AFTER = "2099-01-01"
NOTE = f"{AFTER} is after the last load of staff files ({TODAY}): only recorded ends move it"


@pytest.mark.parametrize(
    "words",
    [
        *(("heat-map",), ("vacancies",), ("expiring",), ("single-points",), ("succession", "inspector")),
        *(("training-plan",), ("person", "P000003", "--to", "inspector"), ("forecast",)),
        *(("ask", "establishment"), ("ask", "attributes"), ("ask", "heat-map"), ("what-if", "--leave", "P000005")),
    ],
    ids=" ".join,
)
@pytest.mark.usefixtures("sampled")
def test_an_answer_for_a_day_after_the_last_load_says_so_first(words: tuple[str, ...]) -> None:
    """Only recorded ends move it; for the day of the load it says nothing."""
    later, now = (run(*words, "--as-of", day) for day in (AFTER, TODAY))
    assert NOTE == later.stderr.splitlines()[0]
    assert "last load" not in now.stderr
    assert (0, 0) == (later.exit_code, now.exit_code)


@pytest.mark.usefixtures("sampled")
def test_a_report_for_a_day_after_the_last_load_says_so_first(tmp_path: Path) -> None:
    """Below its title, for every audience."""
    target = tmp_path / "report.md"
    assert run("report", "--as-of", AFTER, "--out", str(target)).exit_code == 0
    assert NOTE == target.read_text(encoding="utf-8").splitlines()[2]


@pytest.mark.usefixtures("sampled")
def test_the_calendar_ends(tmp_path: Path) -> None:
    """A forecast says so; a report has nothing to come then."""
    found = run("forecast", "--as-of", "9996-01-01")
    expected = "Error: --as-of: found 9996-01-01; expected a day with 4 years after it, before the year 10000"
    assert (2, expected) == (found.exit_code, found.stderr.splitlines()[-1])
    assert run("report", "--as-of", "9999-06-01", "--out", str(tmp_path / "report.md")).exit_code == 0


@pytest.mark.usefixtures("sampled")
def test_with_nothing_assumed_only_what_is_recorded_moves() -> None:
    """It says so first, and every number is the recorded one."""
    screen, rows = run("forecast"), json.loads(run("forecast", "--format", "json").stdout)
    assert screen.stdout.startswith("Only what is recorded moves: no assumption was given")
    assert {(0, True)} == {(row["assumed"], row["low"] == row["high"] == row["recorded"]) for row in rows}
    assert {()} == {tuple(row["assumptions"]) for row in rows}


@pytest.mark.usefixtures("sampled")
def test_what_is_assumed_is_written_to_be_edited(tmp_path: Path) -> None:
    """The file that is written says what the answer says, and gives nearly the same numbers."""
    target = tmp_path / "rates.yaml"
    first = run("forecast", "--assume", "recorded", "--out", str(target), "--format", "json")
    again = run("forecast", "--assume", str(target), "--format", "json")
    assert (0, 0) == (first.exit_code, again.exit_code), first.stderr
    assert "person-years after" in first.stderr.splitlines()[0]
    before, after = (json.loads(one.stdout) for one in (first, again))
    assert [row["assumptions"] for row in before] == [row["assumptions"] for row in after]
    assert all(abs(one["central"] - other["central"]) <= 3 for one, other in zip(before, after, strict=True))
    assert run("forecast", "--assume", "recorded", "--out", str(target)).exit_code == 1


@pytest.mark.usefixtures("sampled")
def test_a_fault_of_the_file_is_said_with_its_line(tmp_path: Path) -> None:
    """And rates are not estimated of a time in which nobody left."""
    plan = tmp_path / "plan.yaml"
    plan.write_text("rankgraph: assumptions\nleavers:\n  serjeant: 3 %\n", encoding="utf-8")
    found = run("forecast", "--assume", str(plan))
    assert found.exit_code == 1
    assert f"{plan}:3: found in leavers 'serjeant'; expected the name of a rank; did you mean" in found.stderr
    early = run("forecast", "--assume", "recorded", "--as-of", "2000-01-01")
    assert (1, True) == (early.exit_code, "found nobody who left before 2000-01-01" in early.stderr)


@pytest.mark.usefixtures("sampled")
def test_a_unit_is_forecast_as_within_the_force() -> None:
    """Its rows are those that the whole force has of it and of the units within it."""
    words = ("forecast", "--assume", "recorded", "--format", "json")
    whole, part = (json.loads(run(*words, *unit).stdout) for unit in ((), ("--unit", "BCU 001")))
    inside = {row["unit_id"] for row in part}
    assert len(inside) > 1
    assert [row for row in whole if row["unit_id"] in inside] == part
