"""The command forecast: three forces of known rates, loaded from staff files, on every engine; and what it says."""

from __future__ import annotations

import csv
import json
from itertools import pairwise
from pathlib import Path

from queries.answers.forecast import Force, forecast
from queries.answers.forecast_rates import estimate
from tests.harness.commands import run
from tests.harness.engines import Engine
from tests.oracles.careers import DAY, RANKS, TrueForce

DAY_OF_FORECAST = DAY.isoformat()
NEXT = dict(pairwise(RANKS))


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
