"""What docs/tools.md says of other tools, as far as they are here; networkx is run with the page itself."""

from __future__ import annotations

import csv
import importlib.util
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from graph.engine.data_folder import DataFolder
from graph.session import Graph
from tests.harness.engines import Engine
from tests.project.test_docs import ROOT

pytestmark = pytest.mark.holds("samples and a force")

PAGE = (ROOT / "docs" / "tools.md").read_text(encoding="utf-8")
JOINS = {"start": "out/nodes/Role.csv", "end": "out/nodes/Requirement.csv"}
"""The columns of the table of edges that the page joins in Power BI, and the tables that they lead to."""


def _needs(tool: str) -> pytest.MarkDecorator:
    reason = f"{tool} is not here (pip install {tool.replace('_', '-')}): what docs/tools.md says of it is not run"
    return pytest.mark.skipif(importlib.util.find_spec(tool) is None, reason=reason)


def _program(name: str) -> str:
    """Return a program of the page."""
    (text,) = re.findall(rf"```python title={name}\n(.*?)```", PAGE, re.DOTALL)
    return str(text)


def _printed(text: str, folder: Path, settings: Mapping[str, str]) -> list[str]:
    words = [sys.executable, "-c", text]
    there = {**os.environ, **settings}
    return subprocess.run(words, cwd=folder, env=there, capture_output=True, text=True, check=True).stdout.splitlines()


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


@_needs("pandas")
def test_pandas_reads_the_files_as_the_page_says(folder: Path) -> None:
    """The first column without the mark, a flag as a flag, and as many rows as there are."""
    kinds = Counter(row["kind"] for row in _rows(folder / "needs.csv"))
    names = {row["id"]: row["name"] for row in _rows(folder / JOINS["end"])}
    asked = {(row["start"], row["end"]) for row in _rows(folder / "out/edges/REQUIRES.csv") if row["current"] == "true"}
    most = sorted(Counter(end for _, end in asked if end in names).values(), reverse=True)[:3]
    printed = [line.split() for line in _printed(_program("needs.py"), folder, {}) if line[-1].isdigit()]
    assert [*map(str, (count for _, count in sorted(kinds.items()))), *map(str, most)] == [line[-1] for line in printed]


@_needs("neo4j_viz")
def test_neo4j_viz_draws_as_the_page_says(graph: Graph, engine: Engine, tmp_path: Path) -> None:
    """Each node and edge of the query, from either engine, on a page that has their names."""
    asked = "MATCH (:Rank {id: 'mps/commander'})-[e:REQUIRES {current: true}]->(n:Requirement) RETURN n.name AS name"
    names = [str(row["name"]) for row in graph.read(asked, {})]
    printed = _printed(_program("draw.py"), tmp_path, _bolt(engine, graph))
    page = (tmp_path / "commander.html").read_text(encoding="utf-8")
    assert [f"{len(set(names)) + 1} nodes, {len(names)} edges"] == printed
    assert (True, []) == (bool(names), [name for name in names if name not in page])


def _bolt(engine: Engine, graph: Graph) -> dict[str, str]:
    """Return the settings by which programs reach the graph."""
    if engine.name != "embedded":
        return engine.environment
    reader = DataFolder(Path(graph.address)).passwords().reader
    return {"NEO4J_URI": graph.bolt, "NEO4J_USERNAME": "reader", "NEO4J_PASSWORD": reader}


def test_the_tables_can_be_joined_as_the_page_says(folder: Path) -> None:
    """Power BI joins many to one, and takes texts for equal that differ in case or in spaces behind them alone."""
    edges = _rows(folder / "out/edges/REQUIRES.csv")
    assert set(JOINS) | {"current", "end_label"} <= set(edges[0])
    for column, table in JOINS.items():
        ids = [row["id"].casefold().rstrip() for row in _rows(folder / table)]
        assert len(ids) == len(set(ids)) > 0
        label = Path(table).stem
        assert {row[column].casefold() for row in edges if row[f"{column}_label"] == label} <= set(ids)
    assert {"true", "false"} == {row["current"] for row in edges}
