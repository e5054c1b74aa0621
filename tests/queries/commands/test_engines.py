"""The same commands on every engine."""

from __future__ import annotations

import json
from pathlib import Path

from tests.harness.commands import documents, run
from tests.harness.engines import Engine

EXPECTED_GAP = {
    ("competency", "We take ownership", "raised", 1, 2, "17", "16"),
    ("skill", "Able to lead at an incident with many casualties", "new", None, None, None, "27"),
    ("skill", "Able to plan the work of one team", "kept", None, None, "27", "26"),
}


def test_a_graph_is_loaded_asked_and_emptied_of_ours_alone(engine: Engine, tmp_path: Path) -> None:
    """What rankgraph wrote goes with `reset`; what others wrote into the same graph stays."""
    with engine.open() as graph:
        graph.write(lambda transaction: transaction.run("CREATE (n:Stranger {id: 'stays'}) RETURN n.id AS id"))
    unready = run("ask", "next-ranks", "--rank", "constable") if engine.name != "embedded" else None

    loaded = run("load", str(documents(tmp_path)), "--format", "json")
    gap = json.loads(run("gap", "sergeant", "inspector", "--format", "json").stdout)
    status = json.loads(run("status", "--format", "json").stdout)
    emptied = run("reset", "--yes")
    after = json.loads(run("status", "--format", "json").stdout)

    assert unready is None or (1, True) == (unready.exit_code, "run `rankgraph load`" in unready.stderr)
    assert (0, 0) == (loaded.exit_code, emptied.exit_code)
    columns = ("kind", "requirement", "status", "held_level", "needed_level", "held_lines", "lines")
    found = {tuple(row[name] for name in columns) for row in gap if row["kind"] in {"competency", "skill"}}
    assert EXPECTED_GAP == found
    assert ["reference@2"] == status["reference"]
    assert ({"Stranger": 1}, {}) == (after["nodes"], after["edges"])
