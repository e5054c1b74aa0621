"""What an open graph promises, on every engine."""

from __future__ import annotations

import base64
import json
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import neo4j
import pytest

from graph.engine.server_address import check_version
from graph.errors import DatabaseMissingError, EngineError, PasswordError, QueryError, UnreachableError, VersionError
from graph.session import Transaction, open_graph
from tests.harness.engines import ON_EMBEDDED, Engine
from tests.harness.neo4j_server import LINES

ROOT = Path(__file__).resolve().parents[2]

on_servers = pytest.mark.parametrize("engine_of_module", list(LINES), indirect=True)


def test_values_come_back_plain(engine: Engine) -> None:
    """Nodes, edges, paths and days are plain values that JSON can hold."""
    with engine.open() as graph:
        graph.write(lambda tx: tx.run("CREATE (:Plain {id: 'a'})-[:NEXT {n: 1}]->(:Plain {id: 'b'})"))

        rows = graph.read(
            "MATCH way = (a:Plain {id: 'a'})-[e:NEXT]->() RETURN way, a, e, [a.id] AS ids, date('2024-05-01') AS day",
            {},
        )

    a, e, b = {"id": "a"}, {"n": 1}, {"id": "b"}
    assert [{"way": [a, e, b], "a": a, "e": e, "ids": ["a"], "day": "2024-05-01"}] == rows


def test_a_question_cannot_write(engine: Engine) -> None:
    """What runs as a question is refused when it writes."""
    with engine.open() as graph, pytest.raises(QueryError):
        graph.read("CREATE (n:Written) RETURN n", {})


def test_an_error_in_the_middle_leaves_nothing(engine: Engine) -> None:
    """A unit of work that raises after a write has written nothing."""

    def work(transaction: Transaction) -> None:
        transaction.run("CREATE (:Half)")
        raise LookupError

    with engine.open() as graph:
        with pytest.raises(LookupError):
            graph.write(work)

        assert [{"n": 0}] == graph.read("MATCH (n:Half) RETURN count(n) AS n", {})


@ON_EMBEDDED
def test_what_another_process_takes_away_meanwhile_is_read_again(engine: Engine) -> None:
    """The embedded engine refuses who reads it at that moment."""

    class RemovedError(neo4j.exceptions.ClientError):
        code = "Neo.ClientError.Statement.EntityNotFound"

    tries: list[int] = []

    def work(transaction: Transaction) -> list[dict[str, object]]:
        tries.append(1)
        if not tries[2:]:
            raise RemovedError("no such record")
        return transaction.run("RETURN 1 AS n")

    with engine.open() as graph:
        assert ([{"n": 1}], 3) == (graph.reading(work), len(tries))


def test_the_engine_and_its_address_are_named(engine: Engine) -> None:
    """A user can see which engine answers, and where."""
    with engine.open() as graph:
        named = (re.sub(r"[0-9.]+$", "N", graph.engine), graph.address)

    address = engine.environment.get("NEO4J_URI") or engine.environment["RANKGRAPH_HOME"]
    assert ("embedded ArcadeDB N" if engine.name == "embedded" else "neo4j N", address) == named


def test_a_statement_that_the_database_refuses_is_an_error_of_ours(engine: Engine) -> None:
    """No driver's exception reaches the caller."""
    with engine.open() as graph, pytest.raises(QueryError):
        graph.read("MATCH (n RETURN n", {})


def test_a_question_about_what_is_not_there_warns_where_the_engine_can(engine: Engine) -> None:
    """Neo4j says that it does not know a label; the embedded engine says nothing."""
    with engine.open() as graph:
        warned = graph.notes("MATCH (n:NoSuchLabel) RETURN n.id AS id", {})

    assert (engine.name != "embedded") == bool(warned)


@on_servers
@pytest.mark.usefixtures("engine")
def test_a_wrong_password_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the user and the settings, and neither password."""
    monkeypatch.setenv("NEO4J_PASSWORD", "surely-wrong-0815")

    with pytest.raises(PasswordError) as caught, open_graph():
        pass

    assert ("NEO4J_PASSWORD" in str(caught.value), "surely-wrong" in str(caught.value)) == (True, False)


@on_servers
@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_wrong_database_is_named(engine: Engine, monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    """The message names the database that is not there, by either kind of address."""
    monkeypatch.setenv("NEO4J_URI", engine.environment["NEO4J_URI"].replace("bolt:", f"{scheme}:"))
    monkeypatch.setenv("NEO4J_DATABASE", "nosuch")

    with pytest.raises(DatabaseMissingError, match="'nosuch'"), open_graph():
        pass


@on_servers
def test_a_routing_address_reads_and_writes(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """neo4j:// works as bolt:// does, and what stands in the address as user and password is used and hidden."""
    password = engine.environment["NEO4J_PASSWORD"]
    place = engine.environment["NEO4J_URI"].rpartition("//")[2]
    monkeypatch.setenv("NEO4J_URI", f"neo4j://neo4j:{password}@{place}")
    monkeypatch.delenv("NEO4J_PASSWORD")
    monkeypatch.delenv("NEO4J_USERNAME")

    with open_graph(write=True) as graph:
        graph.write(lambda tx: tx.run("CREATE (:Routed)"))
        rows = graph.read("MATCH (n:Routed) RETURN count(n) AS n", {})

    assert (f"neo4j://{place}", [{"n": 1}]) == (graph.address, rows)


@on_servers
@pytest.mark.parametrize("left", ["", "garbage"])
def test_the_last_bookmark_of_a_real_server_is_kept(engine: Engine, tmp_path: Path, left: str) -> None:
    """It is the server's own, and what the server cannot read is left out; the next command sends it."""
    place = f"{engine.environment['NEO4J_URI'].rpartition('/')[2]}/neo4j"
    (tmp_path / "home").mkdir()
    file = tmp_path / "home" / "bookmarks.json"
    file.write_text(json.dumps({place: [left] if left else []}), encoding="utf-8")

    with engine.open() as graph:
        graph.write(lambda tx: tx.run("CREATE (:Marked)"))
    [kept] = json.loads(file.read_text(encoding="utf-8"))[place]
    with engine.open(write=False) as graph:
        rows = graph.read("MATCH (n:Marked) RETURN count(n) > 0 AS there", {})

    assert ("FB:", [{"there": True}]) == (kept[:3], rows)
    assert {place: [kept]} == json.loads(file.read_text(encoding="utf-8"))


@on_servers
@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_bookmark_that_a_restored_server_has_not_reached_keeps_nobody_waiting(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    """The server itself would wait for two minutes."""
    monkeypatch.setenv("NEO4J_URI", engine.environment["NEO4J_URI"].replace("bolt:", f"{scheme}:"))
    with engine.open() as graph:
        graph.write(lambda tx: tx.run("CREATE (:Marked)"))
    file = tmp_path / "home" / "bookmarks.json"
    [(place, [last])] = json.loads(file.read_text(encoding="utf-8")).items()
    packed = base64.b64decode(last.removeprefix("FB:"))[:19] + b"\xca\x7f\xff\xff\xff\x90"
    file.write_text(json.dumps({place: [f"FB:{base64.b64encode(packed).decode()}"]}), encoding="utf-8")
    notes: list[str] = []

    began = time.monotonic()
    with open_graph(notify=notes.append) as graph:
        rows = graph.read("MATCH (n:Marked) RETURN count(n) > 0 AS there", {})
    waited = time.monotonic() - began

    note = f"{graph.address} does not know what was written to it before (it may have been restored)"
    assert ([{"there": True}], [note], True) == (rows, notes, waited < 15)
    assert {place: [last]} == json.loads(file.read_text(encoding="utf-8"))


def _administration() -> list[str]:
    """Return the statements by which the page on operations makes roles and users."""
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```cypher\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    return [statement.strip() for block in blocks for statement in block.split(";") if statement.strip()]


@on_servers
def test_the_script_of_roles_is_understood(engine: Engine) -> None:
    """The free edition reads each statement and has no roles; a misspelt one it cannot even read."""
    codes = []
    password = engine.environment["NEO4J_PASSWORD"]
    with (
        neo4j.GraphDatabase.driver(engine.environment["NEO4J_URI"], auth=("neo4j", password)) as driver,
        driver.session(database="system") as session,
    ):
        for statement in [*_administration(), "GRANT NONSENSE ON GRAPH neo4j TO anna"]:
            try:
                session.run(f"EXPLAIN {statement}").consume()
            except neo4j.exceptions.Neo4jError as error:
                codes.append((error.code or "").rpartition(".")[2])

    assert ["UnsupportedAdministrationCommand"] * (len(codes) - 1) + ["SyntaxError"] == codes
    assert len(codes) > 12


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _silent() -> Iterator[int]:
    """Listen and never answer."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield int(listening.getsockname()[1])


@pytest.mark.parametrize("scheme", ["bolt", "neo4j", "neo4j+s"])
def test_an_address_where_nothing_answers_fails_at_once(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    """The message names the address and the settings, within five seconds, and no password."""
    address = f"{scheme}://localhost:{_free()}"
    monkeypatch.setenv("NEO4J_URI", address.replace("://", "://someone:secret-0815@"))
    began = time.monotonic()

    with pytest.raises(UnreachableError) as caught, open_graph():
        pass

    assert time.monotonic() - began < 5
    assert address == caught.value.address
    assert (True, True, False) == tuple(part in str(caught.value) for part in (address, "NEO4J_URI", "secret-0815"))


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_an_address_that_takes_a_call_and_says_nothing_fails_in_time(
    monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    """A server that hangs is as good as none after five seconds."""
    with _silent() as port:
        monkeypatch.setenv("NEO4J_URI", f"{scheme}://127.0.0.1:{port}")
        began = time.monotonic()

        with pytest.raises(UnreachableError), open_graph():
            pass

    assert time.monotonic() - began < 5


@pytest.mark.parametrize("address", ["http://localhost:7474", "localhost:7687", "neo4j://", "bolt://no.such.invalid"])
def test_an_address_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """A misspelt address is shown as it was given."""
    monkeypatch.setenv("NEO4J_URI", address)

    with pytest.raises(EngineError, match=re.escape(address)), open_graph():
        pass


@pytest.mark.parametrize("agent", ["Neo4j/5.25.1", "Neo4j/4.4.0", "Neo4j/v5.11.0 compatible", "Something", ""])
def test_a_server_that_is_too_old_is_refused(agent: str) -> None:
    """What the questions need is named."""
    with pytest.raises(VersionError, match=r"5\.26"):
        check_version(agent, "bolt://somewhere")


def test_new_lines_of_releases_are_taken() -> None:
    """Releases are numbered by year since 2025, and Aura adds a word."""
    agents = ["Neo4j/5.26.0", "Neo4j/5.27-aura", "Neo4j/2026.08.1"]

    assert ["5.26.0", "5.27-aura", "2026.08.1"] == [check_version(agent, "bolt://somewhere") for agent in agents]
