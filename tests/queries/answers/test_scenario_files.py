"""Scenarios in files: compared side by side, each fault on its line, and nothing written."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import EngineError
from graph.session import Graph, open_graph
from tests.builders.force import Row, put
from tests.builders.what_if_force import DAY, FORCE
from tests.harness.commands import run

pytestmark = pytest.mark.holds("reference", changed=True)

_DUMP = """MATCH (a) OPTIONAL MATCH (a)-[e]->(b)
RETURN a.id AS start, properties(a) AS node, type(e) AS kind, properties(e) AS edge, b.id AS end
ORDER BY start, kind, end, edge.fact, edge.instance"""


@pytest.fixture
def graph(graph: Graph) -> Graph:
    """Have the force in the graph."""
    put(graph, FORCE)
    return graph


ALL = """\
rankgraph: scenario
name: All
day: 2026-03-01
changes:
  - leave: P1
  - promote: {person: P2, rank: sergeant}
  - recruit: {people: 3, rank: constable, unit: North, holds: skill/taser}
  - open: {posts: 2, unit: South, like: A1}
  - move: {person: P2, to: South}
  - close: {posts: 1, rank: constable, unit: North}
  - train: {who: North, course: skill/search}
  - add_need: {requirement: skill/search, title: "off*", level: 1}
  - drop_need: {requirement: skill/taser, post: N2}
costs: {pay: {constable: 40000, sergeant: 50000}, courses: {skill/search: 250}}
"""
"""Every kind of change, of which one cannot be: P2 has risen already."""


def test_nothing_is_written_and_who_may_only_read_may_ask(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The graph holds what it held, to the last property, and no transaction that may write was begun."""
    (tmp_path / "all.yaml").write_text(ALL.replace("  - move: {person: P2, to: South}\n", ""), encoding="utf-8")
    before = graph.read(_DUMP, {})
    with open_graph() as reading, pytest.raises(EngineError):
        reading.reading(lambda transaction: transaction.run("CREATE (n:Mark) RETURN n.id AS id"))
    monkeypatch.delattr(Graph, "write")

    found = run("what-if", "--scenario", str(tmp_path / "all.yaml"))

    monkeypatch.undo()
    assert (0, before) == (found.exit_code, graph.read(_DUMP, {})), found.stderr


PLANS = {
    "few": "changes:\n  - recruit: {people: 1, rank: sergeant}\ncosts: {pay: {constable: 40000, sergeant: 50000}}\n",
    "Many": "name: Many\nchanges:\n  - recruit: {people: 2, rank: sergeant, holds: [Search]}\n"
    "  - train: {who: P1, course: Search}\n  - add_need: {requirement: Search, rank: constable}\n"
    "costs: {courses: {Search: 250}}\n",
}


@pytest.mark.usefixtures("graph")
def test_scenarios_stand_side_by_side(tmp_path: Path) -> None:
    """A column a scenario: totals, costs where they are given, then what differs in any of them."""
    for name, text in PLANS.items():
        (tmp_path / f"{name}.yaml").write_text(f"rankgraph: scenario\n{text}", encoding="utf-8")
    files = [word for name in PLANS for word in ("--scenario", str(tmp_path / f"{name}.yaml"))]
    found = run("what-if", *files, "--as-of", DAY, "--format", "json")
    shown = run("what-if", *files, "--as-of", DAY, COLUMNS="300").stdout.splitlines()

    columns = ("kind", "unit_id", "what_id", "level", "before", "few", "Many")
    rows = [tuple(row[column] for column in columns) for row in json.loads(found.stdout)]
    expected = [
        ("total", None, "short", None, 2, 2, 0),
        ("total", None, "vacancy", None, 2, 1, 0),
        ("total", None, "single point", None, 2, 2, 1),
        ("total", None, "nobody", None, 3, 3, 0),
        ("total", None, "cover", None, 0, 0, 0),
        ("cost", None, None, None, None, 0, 250),
        ("cost", None, None, None, None, 50000, None),
    ]
    assert expected == rows[:7]
    assert rows[7:] == sorted(rows[7:], key=lambda row: (row[0], {"U0": 2, "U1": 0, "U2": 1}[str(row[1])], row[2]))
    assert {("vacancy", "U1", "Z1", None, 1, 1, 0), ("vacancy", "U2", "A1", None, 1, 0, 0)} <= {*rows[7:]}
    assert "Fewest posts short: Many" == shown[0]
    both = run("what-if", "--leave", "P3", *files[:2], "--as-of", "2026-01-01").stdout.splitlines()[0]
    assert "Fewest posts short: after, few" == both
    assert "few   better: vacant places 2 to 1; cost: training 0 pounds, pay a year 50,000 pounds" == shown[1].strip()


@pytest.mark.parametrize(
    ("texts", "code", "message"),
    [
        (("name: A\nchanges: [leave: P1]", "name: A\nchanges: [leave: P1]"), 2, "found scenarios called A, A"),
        (("name: level\nchanges: [leave: P1]",), 2, "found scenarios called level; expected names that differ"),
        (
            ("day: 2026-01-01\nchanges: [leave: P1]", "day: 2026-02\nchanges: [leave: P1]"),
            2,
            "found scenarios of 2026-01-01, 2026-02-01; expected one day; --as-of sets one for all",
        ),
    ],
)
@pytest.mark.usefixtures("graph")
def test_scenarios_that_cannot_be_compared_are_refused(
    tmp_path: Path, texts: tuple[str, ...], code: int, message: str
) -> None:
    """One clear message and no traceback."""
    words = []
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.yaml").write_text(f"rankgraph: scenario\n{text}\n", encoding="utf-8")
        words += ["--scenario", str(tmp_path / f"{number}.yaml")]
    found = run("what-if", *words)
    assert (code, True) == (found.exit_code, f"Error: {message}" in found.stderr)


@pytest.mark.usefixtures("graph")
def test_every_fault_in_what_a_file_means_has_its_line(tmp_path: Path) -> None:
    """All of them at once; what stands above and below is right."""
    text = ALL.replace("P1\n", "P3\n").replace("constable: 40000", "constabel: 1").replace('"off*"', "nothing")
    (tmp_path / "all.yaml").write_text(text.replace("like: A1", "like: A2"), encoding="utf-8")
    found = run("what-if", "--scenario", str(tmp_path / "all.yaml"))
    place = tmp_path / "all.yaml"
    said = [line.removeprefix("Error: ").partition("; expected")[0] for line in found.stderr.splitlines()]
    assert [
        f"{place}:14: found 'constabel'",
        f"{place}:5: found P3 is not in the force on 2026-03-01 (joined on no known day, left 2026-01-31)",
        f"{place}:8: found 'A2'",
        f"{place}:9: found P2: more than one change",
        f"{place}:12: found no open post that fits",
    ] == said
    assert 1 == found.exit_code


@pytest.mark.usefixtures("graph")
def test_a_fault_in_a_change_of_several_lines_stands_on_its_own(tmp_path: Path) -> None:
    """Not where the change begins."""
    text = "rankgraph: scenario\nchanges:\n  - promote:\n      person: P2\n      rank: serjeant\n"
    (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
    found = run("what-if", "--scenario", str(tmp_path / "plan.yaml"))
    assert (1, True) == (found.exit_code, f"{tmp_path / 'plan.yaml'}:5: found 'serjeant'" in found.stderr)


def test_what_no_system_records_counts_where_it_is_wanted(graph: Graph, tmp_path: Path) -> None:
    """In what posts ask for, and in needs that are added."""
    [row, *_] = graph.read("MATCH (n:Requirement) WHERE NOT n.recorded RETURN n.id AS id ORDER BY id", {})
    judged = str(row["id"])
    needs: list[Row] = [*FORCE.needs, {"role": "uk/constable", "requirement": judged}]
    put(graph, replace(FORCE, needs=needs, holdings=[*FORCE.holdings, {"person_id": "P1", "requirement": judged}]))
    text = f"rankgraph: scenario\nchanges:\n  - add_need: {{requirement: {judged}, rank: sergeant}}\n"
    (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
    words = ("what-if", "--scenario", str(tmp_path / "plan.yaml"), "--as-of", DAY, "--format", "json")
    refused, counted = run(*words), run(*words, "--unrecorded")
    assert (1, f"plan.yaml:3: found {judged} is in no system" in refused.stderr) == (refused.exit_code, True)
    [total, *_] = json.loads(counted.stdout)
    assert (3, 5) == (total["before"], total["plan"])
