"""Leaders and elections of a cluster: who writes, what is tried again, and no election that ends a load."""

from __future__ import annotations

import time

import neo4j
import pytest

from graph.engine.server_seconds import DEFAULTS
from graph.errors import EngineError, NotReadyError, QueryError, UnreachableError
from graph.session import open_graph
from tests.harness.bolt_stub import BOOKMARK_TIMEOUT, NOT_A_LEADER, UNAVAILABLE, Cluster, Statement
from tests.harness.cluster import PACE, add, rows, work

ELECTION = 20 * PACE


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
