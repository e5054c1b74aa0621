"""What a graph on a cluster promises: no answer that is older than what was written, and no election that ends a load.

The cluster is tests/harness/bolt_stub.py, on which a time of 20 s passes in one.
"""

from __future__ import annotations

import json
import os
import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import neo4j
import pytest

from graph.engine.bookmarks import KeptBookmarks
from graph.engine.server_seconds import DEFAULTS
from graph.errors import EngineError, NotReadyError, QueryError, UnreachableError
from graph.session import Graph, open_graph
from tests.harness.bolt_stub import BOOKMARK_TIMEOUT, NOT_A_LEADER, UNAVAILABLE, Cluster, Statement, running_cluster

PACE = 1 / 20
ELECTION = 20 * PACE
MEETING = "RETURN 1 AS one"


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    """Return a cluster that the settings name, with the default times at its pace."""
    with running_cluster() as running:
        monkeypatch.setenv("NEO4J_URI", running.uri)
        monkeypatch.setenv("NEO4J_PASSWORD", "only for the stub")
        monkeypatch.setenv("RANKGRAPH_RETRY_SECONDS", str(DEFAULTS["RANKGRAPH_RETRY_SECONDS"] * PACE))
        yield running


def add(graph: Graph, number: int) -> None:
    """Write one row."""
    graph.write(lambda transaction: transaction.run("CREATE (:Row {n: $n})", {"n": number}))


def rows(graph: Graph) -> list[object]:
    """Return the rows that whichever member answers has."""
    return [row["n"] for row in graph.read("MATCH (r:Row) RETURN r.n AS n", {})]


def work(cluster: Cluster) -> list[Statement]:
    """Return the statements that were sent, without those by which a graph is opened."""
    return [one for one in cluster.statements if one.text != MEETING]


def test_the_leader_writes_and_followers_answer(cluster: Cluster) -> None:
    """The routing table decides, by the kind of the unit of work."""
    with open_graph(write=True) as graph:
        for number in range(5):
            add(graph, number)
            rows(graph)

    sent = {(one.mode, one.member == "a") for one in work(cluster)}
    assert ({("w", True), ("r", False)}, [0, 1, 2, 3, 4]) == (sent, cluster.rows)


def test_a_new_leader_takes_what_the_old_one_refuses(cluster: Cluster) -> None:
    """A write that meets a change of leader is written once, by the new one."""
    with open_graph(write=True) as graph:
        add(graph, 1)
        cluster.at_write(lambda: cluster.elect("b"))
        add(graph, 2)
        answer = rows(graph)

    writers = [one.member for one in work(cluster) if one.mode == "w"]
    assert (["a", "a", "b"], [1, 2], [1, 2]) == (writers, cluster.rows, answer)


def test_a_new_leader_takes_over_from_one_that_died(cluster: Cluster) -> None:
    """A connection that ends in the middle of a write costs nothing either."""
    with open_graph(write=True) as graph:
        add(graph, 1)

        def die() -> None:
            cluster.elect("c")
            cluster.cut_off("a", silent=True)

        cluster.at_write(die)
        add(graph, 2)
        answer = rows(graph)

    assert ([1, 2], [1, 2]) == (cluster.rows, answer)


def test_a_leader_that_dies_at_the_commit_is_one_message(cluster: Cluster) -> None:
    """Nobody knows whether it was written; the message says that to do it again is safe."""
    with open_graph(write=True) as graph:
        cluster.at_commit(lambda: cluster.cut_off("a"))

        with pytest.raises(UnreachableError, match=r"was lost during a commit; run the same again, that is safe$"):
            add(graph, 1)


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
    with pytest.raises(NotReadyError), open_graph():
        pass
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
    with pytest.raises(NotReadyError), open_graph():
        pass
    cluster.lag = 0
    cluster.elect("a")

    with open_graph() as graph:
        assert [1] == rows(graph)


def test_an_election_of_20_seconds_is_waited_for(cluster: Cluster) -> None:
    """A write ends right when there is a leader again, within the times that the driver has by default."""
    with open_graph(write=True) as graph:
        add(graph, 1)
        cluster.elect("b", ELECTION)
        began = time.monotonic()
        add(graph, 2)
        waited = time.monotonic() - began
        answer = rows(graph)

    assert ([1, 2], [1, 2], True) == (cluster.rows, answer, waited >= ELECTION)


def test_an_election_stops_no_reader(cluster: Cluster) -> None:
    """Followers answer all the while."""
    with open_graph(write=True) as graph:
        add(graph, 1)
    cluster.elect("b", 600)

    with open_graph() as graph:
        assert [1] == rows(graph)


@pytest.mark.parametrize("unready", [0, 3])
def test_a_command_that_begins_in_an_election_waits_for_its_end(cluster: Cluster, unready: int) -> None:
    """Something answers there, be it that it is not ready to say who reads."""
    cluster.elect("b", ELECTION)
    cluster.unready = unready

    with open_graph(write=True) as graph:
        add(graph, 1)

    assert [1] == cluster.rows


@pytest.mark.parametrize("unready", [0, 1_000_000])
def test_an_election_without_end_is_one_message(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch, unready: int
) -> None:
    """It is no silence, and the message says what can be done."""
    monkeypatch.setenv("RANKGRAPH_RETRY_SECONDS", "0.3")
    cluster.elect("b", 600)
    cluster.unready = unready

    message = r"answers but .* within 0\.3 s \(.+\); .* more by RANKGRAPH_RETRY_SECONDS"
    with pytest.raises(NotReadyError, match=message), open_graph(write=True):
        pass

    assert [] == cluster.rows


def test_a_follower_by_its_own_address_is_one_message(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """bolt:// goes to one member, which may be none that writes."""
    monkeypatch.setenv("NEO4J_URI", f"bolt://{cluster.members['b'].address}")
    monkeypatch.setenv("RANKGRAPH_RETRY_SECONDS", "0.3")

    with open_graph() as graph, pytest.raises(NotReadyError, match=r"\(No write operations .*bolt:// finds no leader"):
        add(graph, 1)


def test_a_member_that_hangs_is_left_for_another(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes all the time in which a connection must be had; the next attempt goes elsewhere."""
    monkeypatch.setenv("RANKGRAPH_ACQUIRE_SECONDS", "0.5")
    cluster.elect("b")
    with open_graph(write=True) as graph:
        add(graph, 1)
        cluster.cut_off("c", silent=True)
        answers = [rows(graph) for _ in range(8)]

    assert [[1]] * 8 == answers


def test_a_connection_that_took_too_long_is_tried_again(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """The driver itself calls this one not retryable."""
    failures = [neo4j.exceptions.ConnectionAcquisitionTimeoutError("too long")]
    session = neo4j.Driver.session

    def failing(driver: neo4j.Driver, **config: object) -> neo4j.Session:
        if failures:
            raise failures.pop()
        return session(driver, **config)  # type: ignore[arg-type]

    with open_graph(write=True) as graph:
        monkeypatch.setattr(neo4j.Driver, "session", failing)
        add(graph, 1)

    assert ([], [1]) == (failures, cluster.rows)


@pytest.mark.parametrize(
    "code",
    [
        *(NOT_A_LEADER, UNAVAILABLE, BOOKMARK_TIMEOUT),
        "Neo.TransientError.Transaction.DeadlockDetected",
        "Neo.TransientError.Cluster.ReplicationFailure",
        "Neo.ClientError.Security.AuthorizationExpired",
        "Neo.ClientError.Schema.ConstraintValidationFailed",
        "Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists",
        "Neo.ClientError.Schema.IndexAlreadyExists",
        "Neo.ClientError.Schema.ConstraintWithNameAlreadyExists",
    ],
)
def test_what_may_go_well_later_is_tried_again(cluster: Cluster, code: str) -> None:
    """Three refusals of a kind that passes cost time and nothing else."""
    with open_graph(write=True) as graph:
        cluster.refuse(code, code, code)
        add(graph, 1)

    assert [1] == cluster.rows


def test_what_is_wrong_is_not_tried_again(cluster: Cluster) -> None:
    """A statement that the database cannot read is refused at once."""
    with open_graph(write=True) as graph:
        cluster.refuse("Neo.ClientError.Statement.SyntaxError")

        with pytest.raises(QueryError, match="SyntaxError"):
            add(graph, 1)

    assert 1 == len(work(cluster))


def test_an_index_is_awaited_where_it_was_made(cluster: Cluster) -> None:
    """A follower that has not heard of it would not wait at all; one that was made meanwhile is no error."""
    with open_graph(write=True) as graph:
        cluster.refuse("Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists")
        graph.fulltext("Duty", "text")

    made, again, awaited = work(cluster)
    assert made.text.startswith("CREATE FULLTEXT INDEX `Duty[text]` IF NOT EXISTS")
    assert made == again
    assert Statement("a", "CALL db.awaitIndexes(60)", "w", awaited.bookmarks, None) == awaited
    assert awaited.bookmarks


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
    assert {f"{place}/neo4j": ["stub:one:1"], f"{place}/other": ["stub:one:2"]} == kept(home)
    assert 0o600 == stat.S_IMODE((home / "bookmarks.json").stat().st_mode)


def test_bolt_and_neo4j_share_what_is_kept(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scheme is not part of the place."""
    with open_graph(write=True) as graph:
        add(graph, 1)
    monkeypatch.setenv("NEO4J_URI", cluster.uri.replace("neo4j:", "bolt:"))

    with open_graph() as graph:
        rows(graph)

    assert frozenset({"stub:one:1"}) == work(cluster)[-1].bookmarks


@pytest.mark.parametrize("content", ["", "[]", "{", '{"x": 1}', "\x00\udcff", '{"PLACE": ["stub:other life:999"]}'])
def test_a_file_without_use_costs_nothing(cluster: Cluster, home: Path, content: str) -> None:
    """One that is empty, damaged or of a database that was made anew is written anew."""
    home.mkdir()
    text = content.replace("PLACE", f"{cluster.uri.rpartition('/')[2]}/neo4j")
    (home / "bookmarks.json").write_bytes(text.encode("utf-8", errors="surrogateescape"))

    with open_graph(write=True) as graph:
        add(graph, 1)

    assert ["stub:one:1"] == kept(home)[f"{cluster.uri.rpartition('/')[2]}/neo4j"]


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
    assert ([1, 2], [note], ["stub:one:2"]) == (answer, notes, kept(home)[place])


def test_two_commands_at_once_keep_the_bookmarks_of_both(cluster: Cluster, home: Path) -> None:
    """Who comes next waits for both, and then for one."""
    place = f"{cluster.uri.rpartition('/')[2]}/neo4j"
    with open_graph(write=True) as first, open_graph(write=True) as second:
        add(first, 1)
        add(second, 2)
    both = kept(home)[place]

    with open_graph() as graph:
        rows(graph)

    assert (["stub:one:1", "stub:one:2"], ["stub:one:2"]) == (both, kept(home)[place])


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

    assert frozenset() == cluster.statements[0].bookmarks
    assert {place: ["stub:one:0"]} == kept(home)


def test_another_user_may_be_stood_for(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is asked as the user that the setting names."""
    monkeypatch.setenv("RANKGRAPH_IMPERSONATE", "anna")

    with open_graph() as graph:
        rows(graph)

    assert {"anna"} == {one.user for one in cluster.statements}


@pytest.mark.parametrize("setting", DEFAULTS)
@pytest.mark.parametrize("chosen", ["soon", "0", "-1", "nan", "inf"])
def test_a_setting_that_is_no_time_is_named(monkeypatch: pytest.MonkeyPatch, setting: str, chosen: str) -> None:
    """The message says what was chosen and what is expected."""
    monkeypatch.setenv("NEO4J_URI", "bolt://localhost:1")
    monkeypatch.setenv(setting, chosen)

    with (
        pytest.raises(EngineError, match=rf"^{setting} is '{chosen}'; expected a number of seconds above 0"),
        open_graph(),
    ):
        pass
