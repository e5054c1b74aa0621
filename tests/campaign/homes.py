"""The folders of embedded graphs that tries begin with, and what stands in them."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from graph.session import open_graph
from tests.builders.staff_files import dump
from tests.campaign.judge import apart, settings_of
from tests.graph.test_older_schema import fill
from tests.harness.commands import run
from tests.harness.engines import engine_stays, with_settings
from tests.harness.loaded import prepared
from tests.harness.once import made_once

Dump = tuple[list[str], list[str]]
OLDER = "an older schema"
FORCE = "samples and a force"
ASKED = (
    ("gap", "sergeant", "inspector", "--format", "json"),
    ("ask", "heat-map", "--as-of", "2026-10-01", "--format", "json"),
)
"""What is asked of a graph that holds the samples and a force, to see that it stands."""


def whole(shared: Path, contents: str) -> Path:
    """Return a folder that holds contents, made once; copy it, do not open it."""
    if contents != OLDER:
        return prepared(shared, contents)

    def make(draft: Path) -> None:
        with with_settings({"RANKGRAPH_HOME": str(draft)}), open_graph(write=True) as graph:
            fill(graph)

    return made_once(shared, f"graph of {OLDER}", make)


def fresh(shared: Path, contents: str, folder: Path) -> Path:
    """Return a copy of a folder that holds contents, in place of what stood there."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(whole(shared, contents), folder)
    folder.chmod(0o700)  # as a command makes it
    return folder


def force(shared: Path, seed: int) -> Path:
    """Return the folder of a small sample force."""

    def make(draft: Path) -> None:
        assert run("sample-force", str(draft), "--people", "150", "--seed", str(seed)).exit_code == 0

    return made_once(shared, f"force {seed}", make)


def contents_of(home: Path) -> Dump:
    """Return all nodes and edges of the graph in a folder, but for the leases of loads."""
    with with_settings({"RANKGRAPH_HOME": str(home)}), open_graph() as graph:
        return without_leases(dump(graph))


def without_leases(everything: Dump) -> Dump:
    """Return a dump without the nodes by which loads wait for each other."""
    nodes, edges = everything
    return [node for node in nodes if "'Lease'" not in node], edges


def difference(expected: Dump, actual: Dump) -> str:
    """Return in a few words what differs between two graphs, empty where nothing does."""
    parts = []
    for name, old, new in zip(("nodes", "edges"), expected, actual, strict=True):
        missing, added = sorted(set(old) - set(new)), sorted(set(new) - set(old))
        if missing or added or len(old) != len(new):
            parts.append(f"{name}: {len(old)} expected, {len(new)} there; missing {missing[:1]}, added {added[:1]}")
    return "; ".join(parts)[:700]


def right_answers(shared: Path) -> list[str]:
    """Return what the commands of `ASKED` answer of an undamaged graph, made once."""

    def make(draft: Path) -> None:
        home = fresh(shared, FORCE, draft / "home")
        ends = [apart(*words, settings=settings_of(home)) for words in ASKED]
        assert [0] * len(ASKED) == [end.code for end in ends], ends
        (draft / "answers.json").write_text(json.dumps([end.output for end in ends]), encoding="utf-8")
        shutil.rmtree(home)

    answers: list[str] = json.loads((made_once(shared, "answers", make) / "answers.json").read_text(encoding="utf-8"))
    return answers


def wrong_answers(shared: Path, home: Path, *, must: bool = False) -> str:
    """Return what is wrong with the answers of a graph of samples and a force; unless it must, it may refuse."""
    for words, expected in zip(ASKED, right_answers(shared), strict=True):
        end = apart(*words, settings=settings_of(home))
        why = end.wrong(answers=must) or ("another answer" if end.code == 0 and end.output != expected else "")
        if why:
            return f"{' '.join(words[:2])}: {why}"
    return ""


def kept_open(contents: str) -> Callable[[Path], AbstractContextManager[object]]:
    """Return what keeps the engine of a worker open, on a copy of its own of some contents."""

    @contextmanager
    def around(shared: Path) -> Iterator[None]:
        fresh(shared, contents, Path(os.environ["RANKGRAPH_HOME"]))
        with engine_stays():
            yield

    return around
