"""A load of staff files that is killed: the next run of the same files ends in the graph of an undisturbed one."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from graph.documents.load import load as load_documents
from graph.documents.reset import reset
from graph.documents.write import Counts
from graph.session import open_graph
from graph.staff.load import load
from graph.staff.sheet_rows import EDGE_SHEETS, NODE_SHEETS
from graph.staff.sheet_rows import HOLDINGS as HELD
from graph.staff.write import batches
from queries.answers.loaded import unfinished_load
from tests.builders.staff_files import Sheets, dump, force
from tests.harness.engines import Engine
from tests.harness.loaded import reference
from tests.harness.processes import Process

PEOPLE, HOLDINGS = 1000, 4
POINTS = 20
ROWS = 130
LOAD = f"""
from graph.staff import lease
from graph.staff import load as staff
from graph.session import open_graph
from graph.staff.write import batches
from tests.builders.staff_files import force
lease._LEASE_SECONDS = 1.0
staff.batches = lambda rows, column: batches(rows, column, {ROWS})
with open_graph(write=True) as graph:
    print("begun", flush=True)
    staff.load(graph, force({PEOPLE}, holdings={HOLDINGS}), on_rows=lambda sheet, rows: print(sheet, flush=True))
"""
"""Loads in small transactions, so that there are many points at which it can be killed; nobody waits for it long."""

Dump = tuple[list[str], list[str]]


@pytest.fixture(scope="module")
def files() -> Sheets:
    """Return the files that are loaded."""
    return force(PEOPLE, holdings=HOLDINGS)


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a graph that holds the reference data."""
    return _home(tmp_path_factory.mktemp("ready") / "home", None)[0]


@pytest.fixture(scope="module")
def undisturbed(files: Sheets, tmp_path_factory: pytest.TempPathFactory) -> Dump:
    """Return what a graph holds after a load that went through."""
    return _home(tmp_path_factory.mktemp("undisturbed") / "home", files)[1]


def _home(folder: Path, files: Sheets | None) -> tuple[Path, Dump]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RANKGRAPH_HOME", str(folder))
        patch.delenv("NEO4J_URI", raising=False)
        with open_graph(write=True) as graph:
            load_documents(graph, [], reference())
            if files:
                load(graph, files)
            return folder, dump(graph)


def _kill(random: Random, after: int) -> bool:
    """Kill a load while it writes the batch after so many; say whether it was still under way."""
    process = Process(LOAD)
    try:
        for _ in range(after + 1):
            if not process.hear():
                break
        time.sleep(random.random() / 50)
        under_way = process.popen.poll() is None
    finally:
        process.kill()
    process.input.close()
    process.output.close()
    return under_way


@pytest.fixture
def home(ready: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a copy of the prepared folder, in use."""
    folder = tmp_path / "copy"
    shutil.copytree(ready, folder)
    monkeypatch.setenv("RANKGRAPH_HOME", str(folder))
    yield folder
    shutil.rmtree(folder)


def _batches(files: Sheets) -> int:
    """Return how many transactions the load above takes."""
    sheets = [(sheet.sheet, "person_id" if sheet.sheet == "absences" else sheet.id) for sheet in NODE_SHEETS]
    sheets += [(sheet.sheet, sheet.start_id) for sheet in (*EDGE_SHEETS, HELD)]
    return sum(len(list(batches(files.rows(sheet), start, ROWS))) for sheet, start in sheets)


@pytest.mark.parametrize("point", range(POINTS))
def test_the_run_after_a_kill_ends_in_the_same_graph(home: Path, files: Sheets, undisturbed: Dump, point: int) -> None:
    """Whatever was being written when it was killed, no node or edge is missing, doubled or other."""
    del home
    random = Random(point)  # noqa: S311  (nothing secret)
    width = _batches(files) // POINTS

    assert _kill(random, width * point + random.randrange(width))

    with open_graph(write=True) as graph:
        load(graph, files)
        assert (undisturbed, None) == (dump(graph), unfinished_load(graph))


def test_a_load_that_is_killed_again_and_again_ends_in_the_same_graph(
    home: Path, files: Sheets, undisturbed: Dump
) -> None:
    """Each run takes up what the one before left, and says in the graph that it is unfinished."""
    del home
    random = Random(99)  # noqa: S311  (nothing secret)

    for after in (60, 20, 70):
        assert _kill(random, after)
        with open_graph() as graph:
            assert unfinished_load(graph) is not None

    with open_graph(write=True) as graph:
        counts = load(graph, files)
        assert (undisturbed, True) == (dump(graph), counts.created.edges > 0 and counts.untouched.edges > 0)
        assert Counts(untouched=counts.created + counts.untouched) == load(graph, files)


@pytest.mark.parametrize("after", [3, 60])
def test_a_kill_is_made_good_on_every_engine(engine: Engine, files: Sheets, undisturbed: Dump, after: int) -> None:
    """A server undoes the transaction of a client that is gone, as the embedded engine does at its next start."""
    with engine.open() as graph:
        reset(graph)
        load_documents(graph, [], reference())

    assert _kill(Random(after), after)  # noqa: S311  (nothing secret)

    with engine.open() as graph:
        load(graph, files)
        assert undisturbed == dump(graph)
