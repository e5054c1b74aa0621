"""The embedded graph among processes: owner and guests, kills, writers of one node, and open files."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from neo4j import GraphDatabase
from neo4j.exceptions import AuthError

from graph.engine.data_folder import OPEN_FILES, DataFolder
from graph.engine.embedded import Store, depart, enter
from graph.errors import StoreError
from graph.session import Transaction, open_graph
from tests.harness.processes import STAY, Start, marks


def test_the_engine_says_nothing_on_the_terminal(process: Start) -> None:
    """Neither a first start nor an end writes a line that is not ours."""
    one = process()

    assert "in" == one.hear()
    assert (["out"], 0) == one.end()


def test_a_second_process_is_a_guest_of_the_first(home: Path, process: Start) -> None:
    """Both read what the other wrote, and one engine serves both."""
    del home
    owner = process()
    assert "in" == owner.hear()

    with open_graph(write=True) as graph:
        owner.ask("write")
        graph.write(lambda tx: tx.run("CREATE (:Mark)"))
        seen = graph.read("MATCH (n:Mark) RETURN count(n) AS n", {})

    assert ([{"n": 2}], "2") == (seen, owner.ask("read"))
    assert (["out"], 0) == owner.end()


def test_an_owner_serves_until_its_last_guest_has_left(process: Start) -> None:
    """The owner's end waits, says so, and does not end its guest."""
    owner, guest = process(), None
    assert "in" == owner.hear()
    guest = process()
    assert "in" == guest.hear()

    owner.input.close()
    told = owner.hear()
    written = guest.ask("write")

    assert told.startswith("told serving 1 other process(es)")
    assert ("written", (["out"], 0)) == (written, guest.end())
    assert "out" == owner.hear()
    assert 0 == owner.popen.wait(60)


def test_a_guest_goes_on_when_its_owner_is_killed(process: Start) -> None:
    """It takes the graph over and repeats what it was doing."""
    owner, guest = process(), None
    assert "in" == owner.hear()
    guest = process()
    assert "in" == guest.hear()
    assert "written" == guest.ask("write")

    owner.kill()

    assert ("written", "2") == (guest.ask("write"), guest.ask("read"))
    assert (["out"], 0) == guest.end()


def test_what_a_guest_asks_by_sql_is_carried_out_by_whoever_comes_next(home: Path, process: Start) -> None:
    """The owner was killed, and nothing listens at its port any more."""
    owner = process()
    assert "in" == owner.hear()
    store = enter(home, print)
    try:
        owner.kill()
        assert [{"n": 1}] == store.sql("SELECT 1 AS n")
        assert store.owner
    finally:
        depart(store)


def test_of_several_guests_one_takes_over_and_the_others_follow(process: Start) -> None:
    """After the owner was killed both guests go on at one graph."""
    owner = process()
    assert "in" == owner.hear()
    first, second = process(), process()
    assert ("in", "in") == (first.hear(), second.hear())

    owner.kill()
    answers = [first.ask("write"), second.ask("write"), first.ask("read"), second.ask("read")]

    assert ["written", "written", "2", "2"] == answers


def test_a_killed_owner_leaves_nothing_that_stops_the_next(home: Path, process: Start) -> None:
    """Its locks and its address mean nothing, and what it had committed is there."""
    owner = process()
    assert "in" == owner.hear()
    assert "written" == owner.ask("write")
    owner.kill()
    (home / "guests" / "4194304-dead.lock").touch()

    assert 1 == marks()
    assert [] == list((home / "guests").iterdir())


def test_two_writers_of_one_node_both_succeed(home: Path) -> None:
    """A conflict of two writers is repeated, not reported, and no step is lost."""
    del home
    steps = 20

    def count_up(transaction: Transaction) -> None:
        transaction.run("MERGE (n:Counter {id: 'c'}) SET n.steps = coalesce(n.steps, 0) + 1")

    def work() -> None:
        with open_graph(write=True) as graph:
            for _ in range(steps):
                graph.write(count_up)

    with open_graph(write=True) as graph:
        graph.schema(["CREATE CONSTRAINT `Counter[id]` IF NOT EXISTS FOR (n:Counter) REQUIRE n.id IS UNIQUE"])
        graph.write(count_up)
        threads = [threading.Thread(target=work) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert [{"n": 2 * steps + 1}] == graph.read("MATCH (n:Counter) RETURN n.steps AS n", {})


def test_wrong_passwords_of_others_lock_out_no_command(home: Path, process: Start) -> None:
    """The names that our commands have are new at each start, for the owner of the graph and for its guests."""
    owner = process()
    assert "in" == owner.hear()
    address = DataFolder(home).address()
    for user in ("root", "reader") * 6:
        with GraphDatabase.driver(address.uri, auth=(user, "wrong")) as driver, pytest.raises(AuthError):
            driver.verify_connectivity()

    began = time.monotonic()
    with open_graph(write=True) as graph, graph.alone():
        graph.write(lambda tx: tx.run("CREATE (:Mark)"))
    owner.ask("write")

    assert ("2", True) == (owner.ask("read"), time.monotonic() - began < 10)
    assert (["out"], 0) == owner.end()
    with open_graph():
        assert address.key != DataFolder(home).address().key


def test_a_trigger_of_somebody_else_is_gone_before_a_load(home: Path) -> None:
    """Whoever may write can leave one over HTTP; it does not act on what we write."""
    with open_graph(write=True) as graph:
        graph.write(lambda tx: tx.run("CREATE (:Mark)"))
        store = enter(home, print)
        store.sql("CREATE TRIGGER `a-b` AFTER CREATE ON TYPE Mark EXECUTE SQL 'CREATE VERTEX Left'")
        with graph.alone():
            graph.write(lambda tx: tx.run("CREATE (:Mark)"))
        assert [] == store.sql("SELECT name FROM schema:triggers")
        depart(store)


def test_within_one_process_all_share_one_place(home: Path) -> None:
    """A second use in one process neither waits for the first nor ends it."""
    first = enter(home, lambda _: None)
    second = enter(home, lambda _: None)
    depart(first)

    assert second.owner
    depart(second)


def test_a_place_is_given_up_only_for_the_address_that_failed(home: Path) -> None:
    """Only the address that failed is given up, and an engine of our own that fails is an error."""
    store = Store(home, lambda _: None)
    address = store.address

    store.rejoin("another address")

    assert address == store.address
    with pytest.raises(StoreError):
        store.rejoin(address)
    store.leave()


@pytest.mark.parametrize(("limit", "raised"), [(100, OPEN_FILES), (OPEN_FILES, OPEN_FILES), (1000, 1000)])
def test_the_limit_of_open_files_is_raised_to_what_the_engine_needs(process: Start, limit: int, raised: int) -> None:
    """One that is high enough stays as it is, and the most that is allowed is not touched."""
    script = f"""
import pathlib, resource
from graph.engine.data_folder import allow_open_files
resource.setrlimit(resource.RLIMIT_NOFILE, ({limit}, 2000))
allow_open_files(pathlib.Path("graph"))
print(*resource.getrlimit(resource.RLIMIT_NOFILE))
"""

    assert ([f"{raised} 2000"], 0) == process(script).end()


def test_a_guest_that_may_not_have_enough_files_open_does_not_take_over(home: Path, process: Start) -> None:
    """As a guest it needs few; when its owner is killed it says what is missing, and what was written stays."""
    owner = process()
    assert "in" == owner.hear()
    guest = process("import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (200, 200))\n" + STAY)
    assert "in" == guest.hear()
    assert "written" == guest.ask("write")

    owner.kill()

    needs = f"the engine needs {OPEN_FILES} open files, and this process may have 200"
    expected = f"StoreError {home}: {needs}; allow more (`ulimit -n {OPEN_FILES}`) and run this again"
    assert expected == guest.ask("write")
    assert 1 == marks()
