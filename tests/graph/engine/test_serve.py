"""`rankgraph serve`: when it is ready, who finds it, and how it ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import sys
from pathlib import Path

import pytest

from graph.engine.embedded import enter
from graph.engine.serve_settings import ServeSettings, bolt_port, port_for
from graph.errors import ServeError, StoreError
from graph.session import open_graph
from tests.harness.commands import documents, process, run
from tests.harness.engines import SETTINGS
from tests.harness.neo4j_server import free_port
from tests.harness.processes import Process
from tests.harness.serving import Start, refused

LEFT = {"door.lock", "engine", "files.json", "finished", "guests", "log", "owner.lock", "passwords.json", "writer.lock"}
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX knows them")


BUSY = """
from graph.session import open_graph
with open_graph(write=True) as graph:
    print("in", flush=True)
    for number in range(300):
        graph.write(lambda tx: tx.run("MERGE (:Mark {id: $id})", {"id": str(number)}))
print(number + 1, flush=True)
"""
"""A guest that writes all the time; doing one of its writes twice changes nothing."""


def answer() -> object:
    """Return what a command answers."""
    found = run("ask", "next-ranks", "--rank", "constable", "--format", "json")
    assert found.exit_code == 0, found.stderr
    return [row["rank_id"] for row in json.loads(found.stdout)]


ANSWER = ["uk/sergeant"]


def test_one_line_says_where_it_serves_and_stderr_how_to_connect(serve: Start, home: Path) -> None:
    """An empty folder is filled first; neither password is said."""
    port = free_port()
    shutil.rmtree(home)
    running = serve("--bolt-port", str(port))
    line = running.ready()
    passwords = json.loads((home / "passwords.json").read_text(encoding="utf-8"))
    left = running.stop()

    said, file = running.said(), home / "passwords.json"
    jar = (
        "jar with `mvn dependency:copy -Dartifact=org.neo4j.client:neo4j-browser:5.24.0 -DoutputDirectory=.` and give "
        "it with --browser"
    )
    assert (f"bolt://127.0.0.1:{port}", (0, "")) == (line, left)
    expected = [
        f"the graph in {home} was empty: the reference data was loaded into it first",
        f"embedded ArcadeDB X serves the graph in {home} at bolt://127.0.0.1:{port} (database neo4j)",
        f"log in as reader (may look and not write); the password is in {file}, under 'reader'",
        f"log in as root (may write, and change all there is); the password is in {file}, under 'root'",
        f"any page of Neo4j Browser can be pointed at bolt://127.0.0.1:{port}; to have one served here, get its {jar}",
        f"to stop: Ctrl-C here, or end process {running.popen.pid}; other rankgraph commands go on working meanwhile",
        "stopping; a second time stops at once, whoever is still at work",
    ]
    assert expected == re.sub(r"ArcadeDB [\d.]+", "ArcadeDB X", said).splitlines()
    assert [] == [name for name, password in passwords.items() if password in said]


def test_as_json_it_says_where_it_serves_in_one_object(serve: Start, home: Path) -> None:
    """A script reads the object, and the password from the file that it names."""
    port = free_port()
    running = serve("--bolt-port", str(port), "--read-only", "--format", "json")
    found = running.ready_as_json()
    engine = str(found.pop("engine"))

    assert engine.startswith("embedded ArcadeDB ")
    assert found == {
        "folder": str(home),
        "bolt": f"bolt://127.0.0.1:{port}",
        "page": None,
        "user": "reader",
        "password_file": str(home / "passwords.json"),
        "read_only": True,
    }


def test_the_passwords_are_said_only_when_asked_for(serve: Start, home: Path) -> None:
    """They go to stderr, never to stdout; where nothing may be written root's is no use to anybody."""
    running = serve("--show-password", "--read-only")
    running.ready()
    passwords = json.loads((home / "passwords.json").read_text(encoding="utf-8"))
    _, rest = running.stop()

    assert f"password of reader: {passwords['reader']}" in running.said().splitlines()
    assert (False, "") == (passwords["root"] in running.said(), rest)


def test_other_commands_see_at_once_what_is_loaded_meanwhile(serve: Start, tmp_path: Path) -> None:
    """Two loads, each in a process of its own, and questions work on the graph that is served."""
    assert run("sample-force", str(tmp_path / "force"), "--people", "150").exit_code == 0
    running = serve()
    running.ready()
    before = answer()
    loaded = process("load", str(documents(tmp_path / "documents")), "--format", "json")
    asked = run("ask", "editions-of", "--rank", "sergeant", "--format", "json")
    staff = process("staff", "load", str(tmp_path / "force" / "csv"))
    persons = run("ask", "vacancies", "--format", "json")

    assert [0] * 4 == [loaded.returncode, asked.exit_code, staff.returncode, persons.exit_code], staff.stderr
    assert (ANSWER, ["uk/sergeant@v7.1"]) == (before, [row["edition"] for row in json.loads(asked.stdout)])
    assert running.stop() == (0, "")


def test_who_comes_second_is_told_where_it_is_served(serve: Start, home: Path) -> None:
    """A second serve names address and process, and ends, even if both start at once; an open graph has the address."""
    first = serve()
    bolt = first.ready()
    second = run("serve")

    expected = (
        f"Error: {home}: is served at {bolt} by process {first.popen.pid} (`rankgraph serve`); use that, or stop it "
        "(Ctrl-C there, or end that process)\n"
    )
    assert (1, "", expected) == (second.exit_code, second.stdout, second.stderr)
    with pytest.raises(StoreError, match=f"is served at {bolt} by process"):
        enter(home, lambda _: None, ServeSettings())
    with open_graph() as graph:
        assert (bolt, None) == (graph.bolt, graph.page)


def test_it_waits_for_a_passing_command(serve: Start, home: Path) -> None:
    """Whoever has the graph open ends first, then it serves."""
    passing = Process()
    try:
        assert "in" == passing.hear()
        running = serve()
        running.hear("waiting")
        said, code = passing.end()
    finally:
        passing.output.close()
    running.ready()

    assert (["out"], 0) == ([line for line in said if not line.startswith("told")], code)
    assert f"process {passing.popen.pid} has {home} open: waiting until it is done" in running.said().splitlines()


def test_it_does_not_wait_for_ever(home: Path) -> None:
    """After the seconds given it says who has the graph open."""
    passing = Process()
    try:
        assert "in" == passing.hear()
        with pytest.raises(StoreError) as caught:
            enter(home, lambda _: None, ServeSettings(wait=0))
        passing.end()
    finally:
        passing.output.close()

    expected = f"process {passing.popen.pid} has had the graph open for more than 0 s; end it or try again"
    assert str(caught.value) == f"{home}: {expected}"


def test_a_port_that_is_taken_is_an_error_if_it_was_asked_for() -> None:
    """The message names the port and what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        found = run("serve", "--bolt-port", str(port))

    expected = (
        f"Error: port {port} of 127.0.0.1, wanted for Bolt, is taken by another program; end that program, give "
        "another port with --bolt-port, or leave --bolt-port out to have a free one chosen\n"
    )
    assert (1, "", expected) == (found.exit_code, found.stdout, found.stderr)


def test_a_usual_port_that_is_taken_gives_way_to_a_free_one() -> None:
    """Whether the other listens here or everywhere."""
    for host in ("127.0.0.1", ""):
        with socket.create_server((host, 0)) as taken:
            usual = taken.getsockname()[1]
            assert usual != port_for("Bolt", "--bolt-port", "127.0.0.1", None, usual)
    assert usual == port_for("Bolt", "--bolt-port", "127.0.0.1", None, usual)


def test_a_host_of_another_machine_is_refused() -> None:
    """An address for documentation is never this machine's."""
    for port in (None, 7687):
        with pytest.raises(ServeError, match=r"192\.0\.2\.1"):
            bolt_port(ServeSettings(host="192.0.2.1", bolt_port=port))


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_and_nothing_is_left(serve: Start, home: Path, number: signal.Signals) -> None:
    """Exit code 0, no address, no guest, no user of its own, and the graph opens again."""
    running = serve(RANKGRAPH_SERVE_PASSWORD="long enough for it")
    running.ready()

    assert (0, "") == running.stop(number)
    assert (LEFT, []) == ({path.name for path in home.iterdir()}, list((home / "guests").iterdir()))
    users = (home / "engine" / "config" / "server-users.jsonl").read_text(encoding="utf-8").splitlines()
    assert {"reader", "root"} == {json.loads(user)["name"] for user in users}
    assert ANSWER == answer()


@posix
def test_it_sees_a_guest_off_and_a_second_signal_does_not(serve: Start) -> None:
    """A guest at work is waited for; then it takes over what was served."""
    running = serve()
    running.ready()
    guest = Process()
    try:
        assert "in" == guest.hear()
        running.popen.send_signal(signal.SIGINT)
        running.hear("until they are done")
        assert "written" == guest.ask("write")
        assert (0, "") == running.stop(signal.SIGINT)
        assert ("written", "2") == (guest.ask("write"), guest.ask("read"))
        assert 0 == guest.end()[1]
    finally:
        guest.output.close()


@posix
def test_a_guest_that_writes_goes_on_when_two_signals_end_it(serve: Start) -> None:
    """Whatever the engine says as it stops, the guest takes over and loses nothing."""
    running = serve()
    running.ready()
    guest = Process(BUSY)
    try:
        assert "in" == guest.hear()
        running.popen.send_signal(signal.SIGTERM)
        assert (0, "") == running.stop(signal.SIGTERM)
        said, code = guest.end()
    finally:
        guest.output.close()
    with open_graph() as graph:
        [marks] = graph.read("MATCH (n:Mark) RETURN count(n) AS n", {})
    assert (["300"], 0, 300) == (said, code, marks["n"])


@posix
@pytest.mark.parametrize("settings", [(), ("--read-only",)])
def test_one_that_was_killed_is_no_hindrance(serve: Start, home: Path, settings: tuple[str, ...]) -> None:
    """Questions find the graph again, a new serve takes the folder, and the old user is gone."""
    killed = serve(*settings, RANKGRAPH_SERVE_PASSWORD="long enough for it")
    port = killed.ready().rpartition(":")[2]
    killed.popen.kill()
    killed.popen.wait()
    users = home / "engine" / "config" / "server-users.jsonl"
    assert "analyst" in users.read_text(encoding="utf-8")

    again = serve("--bolt-port", port)

    assert f"bolt://127.0.0.1:{port}" == again.ready()
    assert (ANSWER, False) == (answer(), "analyst" in users.read_text(encoding="utf-8"))
    assert 0 == run("load").exit_code


@posix
def test_a_question_after_a_kill_needs_no_serve(serve: Start, home: Path) -> None:
    """The address that was left behind misleads nobody, and what was not to be written may be again."""
    killed = serve("--read-only", RANKGRAPH_SERVE_PASSWORD="long enough for it")
    killed.ready()
    killed.popen.kill()
    killed.popen.wait()
    assert (home / "address.json").exists()

    with open_graph(write=True) as graph:
        assert refused(graph.bolt, "analyst", "long enough for it", "RETURN 1 AS one")
        graph.write(lambda tx: tx.run("CREATE (:Mark)"))
        assert [{"n": 1}] == graph.read("MATCH (n:Mark) RETURN count(n) AS n", {})


def test_a_neo4j_serves_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """With NEO4J_URI there is nothing to serve."""
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    found = run("serve")

    expected = "Error: NEO4J_URI names a Neo4j, which serves itself; unset it to serve the embedded graph\n"
    assert (1, expected) == (found.exit_code, found.stderr)
    assert SETTINGS[0] in os.environ
