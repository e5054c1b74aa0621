"""A graph is compared with a state that was saved: what changed is said, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.session import Graph
from tests.harness.commands import SERGEANT, run

pytestmark = pytest.mark.holds("samples and a force", changed=True)


def changes(path: Path) -> tuple[int, set[tuple[str, str]]]:
    """Return the exit code and which values changed."""
    found = run("check", "--against", str(path), "--format", "json")
    return found.exit_code, {(row["part"], row["id"]) for row in json.loads(found.stdout)}


@pytest.mark.usefixtures("graph")
def test_a_graph_has_not_drifted_from_its_own_state(tmp_path: Path) -> None:
    """Saved and compared at once, nothing differs; the file holds no name of a person and no text."""
    saved = run("check", "--save", str(tmp_path / "state.json"))
    assert saved.exit_code == 0
    assert changes(tmp_path / "state.json") == (0, set())
    told = json.loads((tmp_path / "state.json").read_text(encoding="utf-8"))
    assert set(told) == {"rankgraph", "day", "schema", "edition", "document", "staff"}
    assert told["staff"]["Person"] == 150


def test_what_changed_is_named(graph: Graph, tmp_path: Path) -> None:
    """A document that came, a person who is gone, and words of an edition that are others."""
    assert run("check", "--save", str(tmp_path / "state.json")).exit_code == 0
    (tmp_path / "new.txt").write_text(SERGEANT, encoding="utf-8")
    loaded = run("load", str(tmp_path / "new.txt"), "--mix")
    assert loaded.exit_code == 0, loaded.stderr
    graph.write(lambda transaction: transaction.run("MATCH (p:Person {id: 'P000001'}) DETACH DELETE p"))
    graph.write(
        lambda transaction: transaction.run(
            "MATCH (:Role {id: 'uk/inspector'})-[e:ACCOUNTABLE_FOR]->() WITH e LIMIT 1 SET e.digest = 'other'"
        )
    )
    code, found = changes(tmp_path / "state.json")
    parts = {(part, one) for part, one in found if part != "staff"}
    assert code == 1
    assert {one.split("@")[0] for part, one in parts if part == "edition"} == {"uk/sergeant", "uk/inspector"}
    assert {one.split()[0] for part, one in parts if part == "document"} == {"new.txt"}
    assert ("staff", "Person") in found
    assert ("staff", "Unit") not in found
    again = run(
        "check", "--against", str(tmp_path / "state.json"), "--save", str(tmp_path / "state.json"), "--overwrite"
    )
    assert again.exit_code == 1
    assert changes(tmp_path / "state.json") == (0, set())


def test_people_who_leave_and_totals_of_loads_are_seen(graph: Graph, tmp_path: Path) -> None:
    """Who has a last day now is still a person of the graph; a kind of our own has words."""
    assert run("check", "--save", str(tmp_path / "state.json")).exit_code == 0
    graph.write(lambda transaction: transaction.run("MATCH (p:Person {id: 'P000002'}) SET p.left = '2026-01-01'"))
    graph.write(lambda transaction: transaction.run("MATCH (t:LoadTotal) WITH t LIMIT 1 DETACH DELETE t"))
    expected = {("staff", "people without a last day"), ("staff", "totals of loads (LoadTotal)")}
    assert changes(tmp_path / "state.json") == (1, expected)


@pytest.mark.usefixtures("graph")
@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"day": "2026-01-01"}', "[" * 100_000, "\x00", '{"rankgraph": "state"}']
)
def test_a_file_that_is_no_state_is_refused(tmp_path: Path, text: str) -> None:
    """One message with what was expected."""
    path = tmp_path / "state.json"
    path.write_text(text, encoding="utf-8")
    found = run("check", "--against", str(path))
    assert (found.exit_code, "expected a file that `rankgraph check --save` wrote" in found.stderr) == (1, True)
    missing = run("check", "--against", str(tmp_path / "none.json"))
    assert (missing.exit_code, "cannot be read" in missing.stderr) == (1, True)
