"""No answer of a cluster is older than what was written, within a command and from one to the next."""

from __future__ import annotations

import json
import os
import stat
import threading
import time
from pathlib import Path

import neo4j
import pytest

from graph.engine.bookmarks import KeptBookmarks
from graph.errors import NotReadyError
from graph.session import open_graph
from tests.harness.bolt_stub import Cluster, bookmark
from tests.harness.cluster import add, rows, work


def test_who_sends_no_bookmark_reads_what_is_old(cluster: Cluster) -> None:
    """The stub can tell: the bare driver reads its own write on no follower."""
    with neo4j.GraphDatabase.driver(cluster.uri, auth=("neo4j", "x")) as driver:
        with driver.session() as session:
            session.execute_write(lambda inner: inner.run("CREATE (:Row {n: $n})", n=1).consume())
        with driver.session() as session:
            answer = session.execute_read(lambda inner: inner.run("MATCH (r:Row) RETURN r.n AS n").values())

    assert ([], [1]) == (answer, cluster.rows)


def test_a_graph_reads_what_it_wrote(cluster: Cluster) -> None:
    """Not one answer of a follower is older than the write before it."""
    with open_graph(write=True) as graph:
        answers = []
        for number in range(20):
            add(graph, number)
            answers.append(rows(graph))

    assert [list(range(number + 1)) for number in range(20)] == answers
    assert cluster.rows == list(range(20))


@pytest.mark.usefixtures("cluster")
def test_the_next_command_reads_what_the_one_before_wrote() -> None:
    """The bookmark is kept between commands, whatever follower answers."""
    answers = []
    for number in range(10):
        with open_graph(write=True) as graph:
            add(graph, number)
        with open_graph() as graph:
            answers.append(rows(graph))

    assert [list(range(number + 1)) for number in range(10)] == answers


def test_a_follower_that_is_late_ends_in_one_message(cluster: Cluster) -> None:
    """It is asked for again within the bound, and what is old is never shown."""
    cluster.patience = 0.3
    with open_graph(write=True) as graph:
        add(graph, 1)
        cluster.lag = 60

        with pytest.raises(NotReadyError) as caught:
            rows(graph)

    assert str(caught.value) == (
        f"{cluster.uri} answers but could not do this within 1.5 s (Database 'neo4j' not up to the requested version); "
        "wait until its cluster has a leader and run the same again, that is safe, or allow more by "
        "RANKGRAPH_RETRY_SECONDS; bolt:// finds no leader, neo4j:// does"
    )


def test_a_late_follower_costs_the_next_command_no_bookmark(cluster: Cluster) -> None:
    """The leader knows the bookmark, so that it is not forgotten."""
    cluster.patience = 0.3
    with open_graph(write=True) as graph:
        add(graph, 1)
    cluster.lag = 60
    with open_graph() as graph, pytest.raises(NotReadyError):
        rows(graph)
    cluster.lag = 0

    with open_graph() as graph:
        assert [1] == rows(graph)


def test_a_late_follower_in_an_election_costs_no_bookmark_either(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody can tell then whether the bookmark is known, so it stays."""
    monkeypatch.setenv("RANKGRAPH_RETRY_SECONDS", "0.3")
    cluster.patience = 0.1
    with open_graph(write=True) as graph:
        add(graph, 1)
    cluster.lag = 60
    cluster.elect("a", 600)
    cluster.members["a"].applied = 0
    with open_graph() as graph, pytest.raises(NotReadyError):
        rows(graph)
    cluster.lag = 0
    cluster.elect("a")

    with open_graph() as graph:
        assert [1] == rows(graph)


def kept(home: Path) -> dict[str, list[str]]:
    """Return what is kept for the next command."""
    places: dict[str, list[str]] = json.loads((home / "bookmarks.json").read_text(encoding="utf-8"))
    return places


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return the folder in which bookmarks are kept."""
    return tmp_path / "home"


def test_the_last_bookmark_is_kept_by_address_and_database(
    cluster: Cluster, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is its owner's alone, and what another database needs stands beside it."""
    with open_graph(write=True) as graph:
        add(graph, 1)
    monkeypatch.setenv("NEO4J_DATABASE", "Other")
    with open_graph(write=True) as graph:
        add(graph, 2)

    place = cluster.uri.rpartition("/")[2]
    assert {f"{place}/neo4j": [bookmark("one", 1)], f"{place}/other": [bookmark("one", 2)]} == kept(home)
    assert 0o600 == stat.S_IMODE((home / "bookmarks.json").stat().st_mode)


def test_bolt_and_neo4j_share_what_is_kept(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scheme is not part of the place."""
    with open_graph(write=True) as graph:
        add(graph, 1)
    monkeypatch.setenv("NEO4J_URI", cluster.uri.replace("neo4j:", "bolt:"))

    with open_graph() as graph:
        rows(graph)

    assert frozenset({bookmark("one", 1)}) == work(cluster)[-1].bookmarks


@pytest.mark.parametrize("content", ["", "[]", "{", '{"x": 1}', "\x00\udcff", '{"PLACE": ["stub:other life:999"]}'])
def test_a_file_without_use_costs_nothing(cluster: Cluster, home: Path, content: str) -> None:
    """One that is empty, damaged or of a database that was made anew is written anew."""
    home.mkdir()
    text = content.replace("PLACE", f"{cluster.uri.rpartition('/')[2]}/neo4j")
    (home / "bookmarks.json").write_bytes(text.encode("utf-8", errors="surrogateescape"))

    with open_graph(write=True) as graph:
        add(graph, 1)

    assert [bookmark("one", 1)] == kept(home)[f"{cluster.uri.rpartition('/')[2]}/neo4j"]


@pytest.mark.parametrize("lost", ["a file", "no folder of mine", "~nobody-of-that-name/x"])
def test_a_place_that_cannot_be_written_costs_nothing(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    """The command does its work, and the next one waits for nothing."""
    (tmp_path / "a file").write_text("", encoding="utf-8")
    place = {"a file": tmp_path / "a file", "no folder of mine": tmp_path / "a file" / "below"}.get(lost, lost)
    monkeypatch.setenv("RANKGRAPH_HOME", str(place))

    with open_graph(write=True) as graph:
        add(graph, 1)

    assert [1] == cluster.rows


@pytest.mark.parametrize("stale", ["garbage", "stub:one:7"])
def test_a_bookmark_that_the_database_does_not_know_is_forgotten(cluster: Cluster, home: Path, stale: str) -> None:
    """It was restored from a backup or is another one; the command does its work, and a note says so."""
    cluster.patience = 0.1
    home.mkdir()
    place = f"{cluster.uri.rpartition('/')[2]}/neo4j"
    (home / "bookmarks.json").write_text(json.dumps({place: [stale]}), encoding="utf-8")
    cluster.restore([1, 2])
    notes: list[str] = []

    with open_graph(notify=notes.append) as graph:
        answer = rows(graph)

    note = f"{cluster.uri} does not know what was written to it before (it may have been restored)"
    assert ([1, 2], [note], [bookmark("one", 2)]) == (answer, notes, kept(home)[place])


@pytest.mark.parametrize(("scheme", "forgotten"), [("neo4j", True), ("bolt", False)])
def test_what_the_leader_has_lost_is_forgotten_before_anybody_waits(
    cluster: Cluster, home: Path, monkeypatch: pytest.MonkeyPatch, scheme: str, *, forgotten: bool
) -> None:
    """The leader alone can say so; by bolt:// one member of several may be a follower."""
    monkeypatch.setenv("NEO4J_URI", cluster.uri.replace("neo4j:", f"{scheme}:"))
    home.mkdir()
    place = f"{cluster.uri.rpartition('/')[2]}/neo4j"
    (home / "bookmarks.json").write_text(json.dumps({place: [bookmark("one", 7)]}), encoding="utf-8")
    cluster.restore([1, 2])
    notes: list[str] = []

    with open_graph(notify=notes.append):
        pass

    address = f"{scheme}://{place.partition('/')[0]}"
    note = f"{address} does not know what was written to it before (it may have been restored)"
    assert (([note], []) if forgotten else ([], [bookmark("one", 7)])) == (notes, kept(home)[place])


def test_a_leader_that_is_catching_up_is_waited_for(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was elected a moment ago, and has less than was written for some tenths of a second."""
    with open_graph(write=True) as graph:
        add(graph, 1)
    applied, ready = cluster.applied, time.monotonic() + 0.5
    monkeypatch.setattr(cluster, "applied", lambda member: applied(member) if time.monotonic() > ready else 0)
    notes: list[str] = []

    with open_graph(notify=notes.append) as graph:
        answer = rows(graph)

    assert ([1], []) == (answer, notes)


def test_two_commands_at_once_keep_the_bookmarks_of_both(cluster: Cluster, home: Path) -> None:
    """Who comes next waits for both, and then for one."""
    place = f"{cluster.uri.rpartition('/')[2]}/neo4j"
    with open_graph(write=True) as first, open_graph(write=True) as second:
        add(first, 1)
        add(second, 2)
    both = kept(home)[place]

    with open_graph() as graph:
        rows(graph)

    assert ([bookmark("one", 1), bookmark("one", 2)], [bookmark("one", 2)]) == (both, kept(home)[place])


def test_many_writers_of_the_file_lose_nothing(home: Path) -> None:
    """Each waits for the other."""
    writers = [KeptBookmarks("neo4j://somewhere", "neo4j") for _ in range(8)]

    def write(number: int) -> None:
        for step in range(10):
            writers[number].update_bookmarks({f"{number}:{step - 1}"}, {f"{number}:{step}"})

    threads = [threading.Thread(target=write, args=(number,)) for number in range(len(writers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {"somewhere/neo4j": [f"{number}:9" for number in range(8)]} == kept(home)


def test_what_is_kept_counts_for_an_hour(cluster: Cluster, home: Path) -> None:
    """No member is that far behind, so that a database that was restored meanwhile keeps nobody waiting."""
    place = f"{cluster.uri.rpartition('/')[2]}/neo4j"
    home.mkdir()
    file = home / "bookmarks.json"
    file.write_text(json.dumps({place: ["stub:one:7"], "elsewhere/neo4j": ["old"]}), encoding="utf-8")
    long_ago = time.time() - 3601
    os.utime(file, (long_ago, long_ago))

    with open_graph() as graph:
        rows(graph)

    assert frozenset() == work(cluster)[0].bookmarks
    assert {place: [bookmark("one", 0)]} == kept(home)
