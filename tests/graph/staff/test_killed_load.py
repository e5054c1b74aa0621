"""A load of staff files that is killed: the next run of the same files ends in the graph of an undisturbed one."""

from __future__ import annotations

import json
import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from graph.documents.load import load as load_documents
from graph.documents.write import Counts
from graph.session import Graph, open_graph
from graph.staff.load import load
from graph.staff.sheet_rows import EDGE_SHEETS, NODE_SHEETS
from graph.staff.sheet_rows import HOLDINGS as HELD
from graph.staff.write import batches
from queries.answers.loaded import unfinished_load
from tests.builders.staff_files import Sheets, dump, force
from tests.harness.engines import ON_SERVER, SETTINGS, delete_all, with_settings
from tests.harness.loaded import prepared, reference
from tests.harness.processes import Process

PEOPLE, HOLDINGS = 150, 4
POINTS = 20
ROWS = 20
LOADS = f"""
import json, os, sys, warnings
from graph.staff import lease
from graph.staff import load as staff
from graph.session import open_graph
from graph.staff.write import batches
from tests.builders.staff_files import force
warnings.simplefilter("ignore")
lease._LEASE_SECONDS = 1.0
staff.batches = lambda rows, column: batches(rows, column, {ROWS})
files = force({PEOPLE}, holdings={HOLDINGS})
for line in sys.stdin:
    child = os.fork()
    if not child:
        try:
            os.environ.update(json.loads(line))
            with open_graph(write=True) as graph:
                print(os.getpid(), flush=True)
                staff.load(graph, files, on_rows=lambda sheet, rows: print(sheet, flush=True))
        finally:
            os._exit(0)
    print("killed" if os.WIFSIGNALED(os.waitpid(child, 0)[1]) else "went through", flush=True)
"""
"""Starts a process for each load: without it each would import for a second what it takes.

They load in small transactions, so that there are many points at which they can be killed; nobody waits for one long.
"""

Dump = tuple[list[str], list[str]]


@pytest.fixture(scope="module")
def files() -> Sheets:
    """Return the files that are loaded."""
    return force(PEOPLE, holdings=HOLDINGS)


@pytest.fixture(scope="module")
def undisturbed(files: Sheets, common: Path, tmp_path_factory: pytest.TempPathFactory) -> Dump:
    """Return what a graph holds after a load that went through."""
    folder = tmp_path_factory.mktemp("undisturbed") / "home"
    shutil.copytree(prepared(common, "reference"), folder)
    with with_settings({"RANKGRAPH_HOME": str(folder)}), open_graph(write=True) as graph:
        load(graph, files)
        return dump(graph)


@pytest.fixture(scope="module")
def loads() -> Iterator[Process]:
    """Return a process that starts others which load."""
    process = Process(LOADS)
    yield process
    process.end()
    process.output.close()


def _kill(loads: Process, random: Random, after: int) -> bool:
    """Kill a load while it writes the batch after so many; return whether it was still under way."""
    settings = {name: os.environ[name] for name in SETTINGS if name in os.environ}
    pid = int(loads.ask(json.dumps(settings)))
    heard: list[str] = []
    while len(heard) < after and "went through" not in heard:
        heard.append(loads.hear())
    time.sleep(random.random() / 200)
    if "went through" not in heard:
        os.kill(pid, signal.SIGKILL)
    while not {"killed", "went through"} & {*heard}:
        heard.append(loads.hear())
    return "killed" in heard


@pytest.fixture
def home(common: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a copy of the prepared folder, in use."""
    folder = tmp_path / "copy"
    shutil.copytree(prepared(common, "reference"), folder)
    monkeypatch.setenv("RANKGRAPH_HOME", str(folder))
    yield folder
    shutil.rmtree(folder)


def _batches(files: Sheets) -> int:
    """Return how many transactions the load above takes."""
    sheets = [(sheet.sheet, "person_id" if sheet.sheet == "absences" else sheet.id) for sheet in NODE_SHEETS]
    sheets += [(sheet.sheet, sheet.start_id) for sheet in (*EDGE_SHEETS, HELD)]
    return sum(len(list(batches(files.rows(sheet), start, ROWS))) for sheet, start in sheets)


@pytest.mark.parametrize("point", range(POINTS))
def test_the_run_after_a_kill_ends_in_the_same_graph(
    home: Path, loads: Process, files: Sheets, undisturbed: Dump, point: int
) -> None:
    """Whatever was being written when it was killed, no node or edge is missing, doubled or other."""
    del home
    random = Random(point)  # noqa: S311  (nothing secret)
    width = _batches(files) // POINTS

    assert _kill(loads, random, width * point + random.randrange(width))

    with open_graph(write=True) as graph:
        load(graph, files)
        assert (undisturbed, None) == (dump(graph), unfinished_load(graph))


def test_a_load_that_is_killed_again_and_again_ends_in_the_same_graph(
    home: Path, loads: Process, files: Sheets, undisturbed: Dump
) -> None:
    """Each run takes up what the one before left, and says in the graph that it is unfinished."""
    del home
    random = Random(99)  # noqa: S311  (nothing secret)

    for after in (60, 20, 70):
        assert _kill(loads, random, after)
        with open_graph() as graph:
            assert unfinished_load(graph) is not None

    with open_graph(write=True) as graph:
        counts = load(graph, files)
        assert (undisturbed, True) == (dump(graph), counts.created.edges > 0 and counts.untouched.edges > 0)
        assert Counts(untouched=counts.created + counts.untouched) == load(graph, files)


@ON_SERVER
@pytest.mark.parametrize("after", [3, 60])
def test_a_kill_is_made_good_on_a_server(
    graph: Graph, loads: Process, files: Sheets, undisturbed: Dump, after: int
) -> None:
    """It undoes the transaction of a client that is gone, as the embedded engine does at its next start."""
    delete_all(graph)
    load_documents(graph, [], reference())

    assert _kill(loads, Random(after), after)  # noqa: S311  (nothing secret)

    load(graph, files)
    assert undisturbed == dump(graph)
