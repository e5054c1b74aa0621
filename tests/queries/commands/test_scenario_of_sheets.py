"""A scenario of files, and the sheets that were really changed so and loaded: the numbers are equal, rules included."""

from __future__ import annotations

import csv
import json
import shutil
from collections import ChainMap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from graph.session import Graph
from tests.harness.commands import run
from tests.queries.workforce.test_scenario_tables import answered

pytestmark = pytest.mark.holds("samples", changed=True)

DAY, EVE = "2026-10-01", "2026-09-30"
RULES = {
    "rank": "PC",
    "title": "response*",
    "requirement": "Method of entry operator",
    "level": "",
    "necessity": "essential",
}
COVER = {"unit_id": "U00002", "requirement": "First aid skills", "level": "", "people": "40", "weight": "2"}

Sheet = list[dict[str, str]]


def sheet(folder: Path, name: str) -> Sheet:
    """Return the rows of a sheet."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(folder: Path, name: str, rows: Sheet) -> None:
    """Write the rows of a sheet over those before."""
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        columns = list(dict.fromkeys(column for row in rows for column in row))
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)


def add(folder: Path, name: str, *rows: dict[str, str]) -> None:
    """Add rows to a sheet."""
    write(folder, name, [*sheet(folder, name), *rows])


@pytest.fixture
def folder(tmp_path: Path, small_force: Path, graph: Graph) -> Path:
    """Return sheets of a force with a rule and a minimum cover, which are loaded."""
    assert graph
    target = tmp_path / "csv"
    shutil.copytree(small_force / "csv", target)
    add(target, "rules", RULES)
    add(target, "cover", COVER)
    assert 0 == run("staff", "load", str(target)).exit_code
    return target


def plan_of(folder: Path) -> dict[str, Any]:
    """Return a scenario of people and posts of the force, as its sheets have them."""
    posts = [row for row in sheet(folder, "posts") if row["title"] == "Response constable"]
    sergeants = {row["post_id"] for row in sheet(folder, "posts") if row["title"].endswith("sergeant")}
    there = [row for row in sheet(folder, "occupancies") if not row["to"] and row["basis"] == "substantive"]
    gone, moving, trained, *_ = (row["person_id"] for row in there if row["post_id"] in sergeants)
    changes = [
        {"leave": gone},
        {"open": {"posts": 2, "unit": posts[0]["unit_id"], "like": posts[0]["post_id"]}},
        {"close": posts[1]["post_id"]},
        {"move": {"person": moving, "to": posts[-1]["post_id"]}},
        {"train": {"who": trained, "course": "skill/taser-carrier"}},
        {"add_need": {"requirement": "Licensed search officer", "rank": "sergeant", "level": 1}},
    ]
    return {"rankgraph": "scenario", "name": "Plan", "day": DAY, "changes": changes}


def change(folder: Path, changes: Mapping[str, Any]) -> None:
    """Write into the sheets what the scenario supposes, by kind of change."""
    gone, model, closed, trained = changes["leave"], changes["open"]["like"], changes["close"], changes["train"]["who"]
    moving, goal = changes["move"].values()
    rows = sheet(folder, "people")
    write(folder, "people", [{**row, "left": EVE} if row["person_id"] == gone else row for row in rows])
    rows = sheet(folder, "posts")
    [like] = [row for row in rows if row["post_id"] == model]
    opened = [{**like, "post_id": f"{like['unit_id']}/new-{number}", "opened": DAY} for number in (1, 2)]
    write(folder, "posts", [*({**row, "closed": EVE} if row["post_id"] == closed else row for row in rows), *opened])
    asked = [row for row in sheet(folder, "post_requirements") if row["post_id"] == model]
    add(folder, "post_requirements", *({**row, "post_id": post["post_id"]} for post in opened for row in asked))
    ends = [
        {**row, "to": EVE} if not row["to"] and (row["person_id"] == moving or row["post_id"] == closed) else row
        for row in sheet(folder, "occupancies")
    ]
    write(folder, "occupancies", ends)
    add(folder, "occupancies", {"person_id": moving, "post_id": goal, "from": DAY, "basis": "substantive"})
    add(folder, "holdings", {"person_id": trained, "requirement": "Taser carrier", "achieved": DAY})
    asks = {"rank": "sergeant", "title": "", "requirement": "Licensed search officer", "level": "1"}
    add(folder, "rules", {**RULES, **asks})


def test_a_scenario_equals_sheets_that_were_changed_so(folder: Path, tmp_path: Path, graph: Graph) -> None:
    """Somebody leaves, posts open and close, people move and are trained, and a rule is added."""
    plan = plan_of(folder)
    (tmp_path / "plan.yaml").write_text(json.dumps(plan), encoding="utf-8")
    before = answered(graph, None, DAY)
    found = run("what-if", "--scenario", str(tmp_path / "plan.yaml"), "--format", "json")
    assert 0 == found.exit_code, found.stderr
    rows = {
        (row["kind"], row["unit_id"], row["what_id"], row["level"]): (row["before"], row["Plan"])
        for row in json.loads(found.stdout)
        if row["kind"] not in {"total", "cost"}
    }
    after = {**before, **{key: new for key, (_, new) in rows.items()}}

    change(folder, dict(ChainMap(*plan["changes"])))
    load = run("staff", "load", str(folder))

    assert 0 == load.exit_code, load.stderr
    assert {key: old for key, (old, _) in rows.items()} == {key: before.get(key, 0) for key in rows}
    assert {key: number for key, number in after.items() if number} == answered(graph, None, DAY) != before
