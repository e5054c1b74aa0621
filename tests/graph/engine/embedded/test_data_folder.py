"""The folder of an embedded graph: what it keeps, first starts cut short, lost files, full disks, refusals."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import stat
from functools import partial
from pathlib import Path

import pytest

from graph.engine.data_folder import DataFolder, write_privately
from graph.errors import QueryError, StoreError
from graph.session import open_graph
from tests.harness.engines import with_settings
from tests.harness.processes import Start, make_mark, marks


@pytest.fixture(scope="module")
def one_mark(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a graph with one mark; copy it, do not open it."""
    folder = tmp_path_factory.mktemp("one") / "graph"
    with with_settings({"RANKGRAPH_HOME": str(folder)}):
        make_mark()
    return folder


@pytest.fixture
def marked(home: Path, one_mark: Path) -> Path:
    """Return the folder in use, which holds one mark."""
    shutil.copytree(one_mark, home)
    return home


def test_what_is_written_is_there_the_next_time(home: Path) -> None:
    """A graph that was closed is opened with what it held."""
    make_mark()

    assert 1 == marks()
    assert home.is_dir()


def test_the_passwords_are_made_once_and_are_for_the_user_alone(home: Path) -> None:
    """The file is kept, and nobody else can read it."""
    make_mark()
    first = (home / "passwords.json").read_text(encoding="utf-8")
    make_mark()

    assert first == (home / "passwords.json").read_text(encoding="utf-8")
    assert {"root", "reader"} == set(json.loads(first))
    if os.name == "posix":
        assert 0o600 == stat.S_IMODE((home / "passwords.json").stat().st_mode)


def test_the_reader_may_not_write_even_in_a_write_transaction(marked: Path) -> None:
    """It is the user that is refused, not the kind of transaction."""
    del marked
    attempts = ["CREATE (:Mark)", "MATCH (n) DETACH DELETE n", "MATCH (n:Mark) SET n.x = 1", "MERGE (:Other {id: '1'})"]

    with open_graph() as graph:
        for attempt in attempts:
            with pytest.raises(QueryError):
                graph.read(attempt, {})

    assert 1 == marks()


KILLED = """
import os, signal
import arcadedb
from graph.engine import data_folder, embedded
def die(*given, **named):
    os.kill(os.getpid(), signal.SIGKILL)
place = dict.fromkeys(("begin", "passwords", "finish"), data_folder.DataFolder).get(STEP, embedded)
if STEP == "create_database":
    start = embedded._serve
    class Dying:
        def __init__(self, server): self.server = server
        def create_database(self, name):
            self.server.create_database(name)
            die()
    embedded._serve = lambda *given: (lambda pair: (Dying(pair[0]), pair[1]))(start(*given))
elif STEP == "_serve":
    start = embedded._serve
    embedded._serve = lambda *given: (start(*given), die())
else:
    setattr(place, STEP, die)
from graph.session import open_graph
with open_graph() as graph:
    print("never")
"""
"""A first start that is killed where it comes to STEP."""


@pytest.mark.parametrize(
    ("step", "set_aside"),
    [
        ("begin", 0),
        ("passwords", 0),
        ("write_groups", 0),
        ("_serve", 1),
        ("create_database", 1),
        ("finish", 1),
    ],
)
def test_a_first_start_that_was_killed_is_finished_by_the_next(
    home: Path, process: Start, step: str, set_aside: int
) -> None:
    """Wherever it was killed, the next start makes the graph, removes nothing, and names what it set aside."""
    killed = process(KILLED.replace("STEP", repr(step)))
    assert (-signal.SIGKILL, "") == (killed.popen.wait(60), killed.hear())

    left = files(home / "engine")
    told: list[str] = []
    with open_graph(notify=told.append) as graph:
        graph.read("RETURN 1 AS one", {})
    make_mark()

    aside = home / "engine.set-aside-1"
    message = f"a first start was cut short before it held anything; it was set aside in {aside}: you can remove that"
    assert ([message] * set_aside, left, 1) == (told, files(aside), marks())


def files(folder: Path) -> set[Path]:
    """Return the files below a folder."""
    return {file.relative_to(folder) for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize(
    "lost",
    [
        ["finished"],
        ["finished", "address.json", "owner.lock", "door.lock", "guests", "log"],
        ["finished", "engine/config"],
        ["finished", "engine/config/server-users.jsonl"],
        ["engine/config"],
        ["engine/config/server-users.jsonl"],
    ],
    ids=" ".join,
)
def test_a_graph_that_lost_files_around_it_is_recognised_and_kept(marked: Path, lost: list[str]) -> None:
    """A question answers from what was there and makes the lost files again; it neither removes nor moves anything."""
    before = {file for file in files(marked) if file.parts[0] == "engine" and not file.name.startswith("server-event")}
    remove(marked, lost)
    told: list[str] = []

    with open_graph(notify=told.append) as graph:
        found = graph.read("MATCH (n:Mark) RETURN count(n) AS n", {})

    assert ([{"n": 1}], [], set()) == (found, told, (before | {Path("finished")}) - files(marked))
    make_mark()
    assert 2 == marks()


def remove(home: Path, names: list[str]) -> None:
    """Take files and folders away where they are there."""
    for name in names:
        path = home / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


@pytest.mark.parametrize("finished", ["finished", "unfinished"])
@pytest.mark.parametrize(
    "lost",
    [
        ["passwords.json"],
        ["passwords.json", "engine/config"],
        ["engine/databases/neo4j/dictionary.0.65536.v1.dict"],
        ["engine/databases/neo4j/schema.json", "engine/databases/neo4j/schema.prev.json"],
    ],
    ids=" ".join,
)
def test_a_graph_that_cannot_be_opened_is_refused_and_kept(
    marked: Path, tmp_path: Path, lost: list[str], finished: str
) -> None:
    """What is missing is no reason to begin anew: with the files back, the graph is as it was."""
    shutil.copytree(marked, tmp_path / "copy")
    before = files(marked / "engine" / "databases")
    remove(marked, [*lost, *(["finished"] if finished == "unfinished" else [])])
    gone = {Path(name).relative_to("engine/databases") for name in lost if name.startswith("engine/databases")}

    with pytest.raises(StoreError), open_graph() as graph:
        graph.read("MATCH (n:Mark) RETURN count(n) AS n", {})

    assert gone == before - files(marked / "engine" / "databases")
    for name in ("passwords.json", *lost):
        if (tmp_path / "copy" / name).is_file():
            shutil.copy(tmp_path / "copy" / name, marked / name)
    assert 1 == marks()


def test_a_write_that_was_killed_leaves_nothing_of_its_transaction(marked: Path, process: Start) -> None:
    """What was not committed is not there, what was committed before is."""
    del marked
    script = """
import os, signal
from graph.session import open_graph
def work(tx):
    tx.run("UNWIND range(1, 500) AS i CREATE (:Mark {i: i})")
    os.kill(os.getpid(), signal.SIGKILL)
with open_graph(write=True) as graph:
    graph.write(work)
"""
    killed = process(script)
    assert -signal.SIGKILL == killed.popen.wait(60)

    assert 1 == marks()


def test_a_folder_that_cannot_be_made_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder below a file is no folder."""
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("RANKGRAPH_HOME", str(tmp_path / "file" / "graph"))

    with pytest.raises(StoreError) as caught, open_graph():
        pass

    assert str(tmp_path / "file" / "graph") == caught.value.folder


@pytest.mark.parametrize("damage", ["missing", "broken"])
def test_lost_passwords_are_named_and_nothing_is_removed(marked: Path, damage: str) -> None:
    """A graph whose passwords are gone is not made anew."""
    kept = (marked / "passwords.json").read_text(encoding="utf-8")
    if damage == "missing":
        (marked / "passwords.json").unlink()
    else:
        (marked / "passwords.json").write_text("{", encoding="utf-8")

    with pytest.raises(StoreError, match=r"passwords\.json"), open_graph():
        pass

    (marked / "passwords.json").write_text(kept, encoding="utf-8")
    (marked / "passwords.json").chmod(0o600)  # one that others may read is refused
    assert 1 == marks()


def test_a_graph_that_is_not_ours_is_never_removed(home: Path) -> None:
    """An engine folder without our passwords is left as it is."""
    (home / "engine").mkdir(parents=True)
    (home / "engine" / "kept").write_text("kept", encoding="utf-8")

    with pytest.raises(StoreError), open_graph():
        pass

    assert "kept" == (home / "engine" / "kept").read_text(encoding="utf-8")


def test_a_full_disk_is_said_and_what_was_there_stays(marked: Path, process: Start) -> None:
    """A write that finds no room names the folder and keeps nothing of itself."""
    largest = max(file.stat().st_size for file in marked.rglob("*") if file.is_file())
    script = f"""
import resource
from graph.session import open_graph
with open_graph(write=True) as graph:
    resource.setrlimit(resource.RLIMIT_FSIZE, ({largest + 300_000}, {largest + 300_000}))
    try:
        for part in range(50):
            graph.write(lambda tx: tx.run("UNWIND range(1, 200) AS i CREATE (:Full {{part: $part, text: $text}})",
                                          {{"text": "x" * 1000, "part": part}}))
    except Exception as error:
        print(type(error).__name__, error, flush=True)
"""
    full = process(script)
    said = full.hear()
    full.popen.wait(60)

    assert said.startswith(f"StoreError {marked}: cannot be written")
    assert 1 == marks()
    with open_graph() as graph:
        parts = graph.read("MATCH (n:Full) RETURN n.part AS part, count(n) AS n ORDER BY part", {})
    assert {200} == {row["n"] for row in parts}


@pytest.mark.parametrize(("number", "is_full"), [(errno.ENOSPC, True), (errno.EACCES, False)])
def test_a_file_that_finds_no_room_says_to_make_some(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, *, is_full: bool
) -> None:
    """The first file of a start as well as the folder; where it may not be written, room is not what is lacking."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    monkeypatch.setattr(Path, "mkdir", refuse)
    for write in (partial(write_privately, tmp_path / "passwords.json", "{}"), DataFolder(tmp_path).prepare):
        with pytest.raises(StoreError) as error:
            write()
        assert is_full == str(error.value).endswith("; make room and try again")


def test_a_first_start_on_a_full_disk_is_said(home: Path, process: Start) -> None:
    """It names the folder, and with room the next start goes through."""
    script = (
        "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "from graph.session import open_graph\nfrom graph.errors import StoreError\n"
        "try:\n    with open_graph() as graph: print('opened')\nexcept StoreError as error: print(error)\n"
    )
    said = process(script)

    assert str(home) in said.hear()
    said.end()
    assert 0 == marks()
