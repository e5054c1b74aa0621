"""Who may do what at a graph that is served, and where the passwords are."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.engine.serve import PASSWORD, password_of, users
from graph.engine.serve_settings import ServeSettings
from graph.errors import UsageError
from graph.session import open_graph
from tests.harness.commands import command, environment, run
from tests.harness.serving import Start, may, refused, serving

posix = pytest.mark.skipif(os.name != "posix", reason="modes of files as POSIX knows them")
OWN = "chosen by an analyst"
WRITES = (
    "CREATE (:Mark)",
    "MATCH (n:Rank) SET n.name = 'x'",
    "MATCH (n:Rank) DETACH DELETE n",
    "MERGE (:Other {id: '1'})",
    "CREATE CONSTRAINT `Other[id]` IF NOT EXISTS FOR (n:Other) REQUIRE n.id IS UNIQUE",
    "CREATE INDEX other IF NOT EXISTS FOR (n:Rank) ON (n.other)",
    "EXPLAIN CREATE INDEX another IF NOT EXISTS FOR (n:Rank) ON (n.another)",
)
COUNT = "MATCH (n:Rank) RETURN count(n) AS n"


def secrets(folder: Path) -> dict[str, str]:
    """Return the passwords by user."""
    found: dict[str, str] = json.loads((folder / "passwords.json").read_text(encoding="utf-8"))
    return {**found, "analyst": OWN}


@pytest.fixture(autouse=True, scope="module")
def asking(common: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[str]]:
    """Lock the reader out, and start a command that asks while other tests run."""
    folder = tmp_path_factory.mktemp("locked out")
    home = folder / "home"
    with serving(common, folder) as running:
        bolt = running.ready()
        assert {True} == {refused(bolt, "reader", "not the password", "RETURN 1 AS one") for _ in range(6)}
        assert refused(bolt, "reader", secrets(home)["reader"], "RETURN 1 AS one")
        settings = environment({"RANKGRAPH_HOME": str(home)})
        with subprocess.Popen(
            command("ask", "ranks"), env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        ) as found:
            yield found
            found.kill()


def test_served_read_only_nobody_can_write(serve: Start, home: Path) -> None:
    """Every user reads; every write of every user is refused by the engine, and the graph stays as it was."""
    bolt = serve("--read-only", RANKGRAPH_SERVE_PASSWORD=OWN).ready()
    before = contents(bolt, home)

    known = secrets(home)
    assert {"reader": [17], "root": [17], "analyst": [17]} == {
        user: may(bolt, user, password, COUNT) for user, password in known.items()
    }
    assert [] == [
        (user, query)
        for user, password in known.items()
        for query in WRITES
        if not query.startswith("EXPLAIN") and not refused(bolt, user, password, query)
    ]
    for user, password in known.items():
        refused(bolt, user, password, WRITES[-1])  # whether it is refused or planned, nothing comes of it
    assert before == contents(bolt, home)


def contents(bolt: str, folder: Path) -> tuple[list[object], list[str]]:
    """Return what is in the graph, its indexes among it."""
    password = secrets(folder)["reader"]
    nodes = may(bolt, "reader", password, "MATCH (n) RETURN coalesce(n.name, n.id) AS name ORDER BY name")
    return nodes, sorted(map(str, may(bolt, "reader", password, "SHOW INDEXES YIELD name RETURN name")))


def test_our_own_commands_do_not_write_what_is_served_read_only(serve: Start, home: Path, tmp_path: Path) -> None:
    """One message says who serves it and how to go on."""
    force = str(tmp_path / "force")
    assert run("sample-force", force, "--people", "150").exit_code == 0
    running = serve("--read-only")
    bolt = running.ready()
    writing = (("load",), ("load", "--samples"), ("reset", "--yes"), ("staff", "load", f"{force}/csv"))
    found = {words: run(*words) for words in writing}

    expected = (
        f"Error: {home}: is served read-only at {bolt} by process {running.popen.pid} (`rankgraph serve`), so nothing "
        "can be written; stop it (Ctrl-C there, or end that process) and run this again"
    )
    said = {words: (one.exit_code, one.stderr.splitlines()[-1]) for words, one in found.items()}
    assert dict.fromkeys(writing, (1, expected)) == said


def test_served_for_writing_the_reader_still_may_not(serve: Start, home: Path) -> None:
    """The root and the analyst may."""
    bolt = serve(RANKGRAPH_SERVE_PASSWORD=OWN).ready()
    known = secrets(home)

    assert {"root", "analyst"} == {
        user for user, password in known.items() if not refused(bolt, user, password, WRITES[0])
    }
    assert [2] == may(bolt, "reader", known["reader"], "MATCH (n:Mark) RETURN count(n) AS n")
    assert {"root"} == {user for user, password in known.items() if not refused(bolt, user, password, "SHOW USERS")}


def test_the_password_of_the_environment_is_nowhere_to_be_read(serve: Start, home: Path) -> None:
    """Neither said, nor in any file of the folder, nor in the list of processes; and it is no longer one at the end."""
    running = serve("--show-password", "--format", "json", RANKGRAPH_SERVE_PASSWORD=OWN)
    found = running.ready_as_json()
    bolt = str(found["bolt"])
    assert [17] == may(bolt, "analyst", OWN, COUNT)
    assert refused(bolt, "analyst", OWN + "x", COUNT)
    holding = [str(path) for path in home.rglob("*") if path.is_file() and OWN.encode() in path.read_bytes()]
    listed = subprocess.run(["ps", "-ww", "-o", "args="], capture_output=True, text=True, check=False).stdout

    assert ([], False) == (holding, OWN in listed + json.dumps(found) + running.said())
    assert ("analyst", None) == (found["user"], found["password_file"])
    running.stop()
    with open_graph() as graph:
        assert refused(graph.bolt, "analyst", OWN, COUNT)
    holding = [str(path) for path in home.rglob("*") if path.is_file() and OWN.encode() in path.read_bytes()]
    assert ([], False) == (holding, OWN in running.said())


@pytest.mark.parametrize("said", ["", "seven77", "x" * 257])
def test_a_password_of_the_environment_that_will_not_do_is_refused(said: str) -> None:
    """It has from 8 to 256 characters, and is not repeated."""
    found = run("serve", RANKGRAPH_SERVE_PASSWORD=said)

    expected = f"Error: {PASSWORD} has {len(said)} characters; expected 8 to 256"
    assert (2, expected) == (found.exit_code, found.stderr.splitlines()[-1])


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "graph.example"])  # noqa: S104
def test_others_are_served_only_with_a_password_of_the_users(host: str) -> None:
    """Without one it is wrong usage, whatever the host."""
    found = run("serve", "--host", host)

    expected = (
        f"Error: others reach {host} too; set {PASSWORD} (at least 8 characters) for the user analyst, or leave --host "
        "out to serve this machine alone"
    )
    assert (2, expected) == (found.exit_code, found.stderr.splitlines()[-1])


def test_this_machine_alone_needs_no_password_of_the_users() -> None:
    """Each name of it."""
    assert [None] * 3 == [password_of({}, ServeSettings(host=host)) for host in ("127.0.0.1", "localhost", "::1")]
    with pytest.raises(UsageError):
        password_of({}, ServeSettings(host="127.0.0.2"))


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel's table of listeners")
def test_where_others_are_served_our_own_commands_go_on_and_http_stays_here(serve: Start, home: Path) -> None:
    """Guests use an address that works, and only Bolt listens everywhere."""
    running = serve("--host", "0.0.0.0", "--read-only", RANKGRAPH_SERVE_PASSWORD=OWN)  # noqa: S104
    bolt = running.ready()
    address = json.loads((home / "address.json").read_text(encoding="utf-8"))
    said = running.said()

    assert f"bolt://127.0.0.1:{address['bolt']}" == bolt
    assert 0 == run("ask", "ranks").exit_code
    assert {"here", "everywhere"} == {listening(address["http"]), listening(address["bolt"])}
    assert "here" == listening(address["http"])
    where = f"the name of this machine, port {address['bolt']}, as any user named here"
    assert f"others reach it at {where}; nothing is encrypted on the way" in said


def listening(port: int) -> str:
    """Say where a port is listened on, as the kernel's tables have it."""
    found = {
        line.split()[1].rpartition(":")[0]
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text(encoding="utf-8").splitlines()[1:]
        if line.split()[1].endswith(f":{port:04X}") and line.split()[3] == "0A"
    }
    return "here" if found <= {"0100007F", "0000000000000000FFFF00000100007F"} and found else "everywhere"


def test_who_is_told_of() -> None:
    """The reader first, or whoever has a password of the user's; root only where it may write."""
    assert [("reader", "root"), ("reader",), ("analyst", "reader", "root"), ("analyst", "reader")] == [
        users(ServeSettings(read_only=read_only, password=password))
        for password in (None, OWN)
        for read_only in (False, True)
    ]


@posix
def test_a_password_file_that_others_can_read_is_refused(home: Path) -> None:
    """The mode found and the remedy are named, and the file is left as it is."""
    file = home / "passwords.json"
    file.chmod(0o640)
    found = run("serve")

    expected = f"Error: {home}: others may read the passwords: found mode 0640, expected 0600; run `chmod 600 {file}`\n"
    assert (1, expected, 0o640) == (found.exit_code, found.stderr, file.stat().st_mode & 0o777)


@posix
def test_a_password_file_of_another_user_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever owns it could read and change it."""
    owner = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    found = run("serve")

    expected = (
        f"Error: {home}: {home / 'passwords.json'} belongs to user {owner}, not to you; give it back to its owner, or "
        "run this as that one\n"
    )
    assert (1, expected) == (found.exit_code, found.stderr)


@pytest.mark.parametrize("damage", ["folder", "broken", "missing", "empty"])
def test_a_password_file_that_cannot_be_read_is_named(home: Path, damage: str) -> None:
    """Nothing is made anew, no traceback is shown."""
    file = home / "passwords.json"
    kept = file.read_text(encoding="utf-8")
    if damage in {"folder", "missing"}:
        file.unlink()
    if damage == "folder":
        file.mkdir()
    elif damage != "missing":
        file.write_text({"broken": '{"root": 1', "empty": ""}[damage], encoding="utf-8")
    found = run("serve")

    assert (1, 1) == (found.exit_code, len(found.stderr.splitlines()))
    assert found.stderr.startswith(f"Error: {home}: its passwords.json ")
    if damage == "folder":
        file.rmdir()
    file.write_text(kept, encoding="utf-8")
    file.chmod(0o600)
    assert 0 == run("ask", "ranks").exit_code


@pytest.mark.parametrize("user", ["root", "reader"])
def test_a_password_that_is_no_text_is_named(home: Path, user: str) -> None:
    """As a damaged file, before the engine is asked."""
    file = home / "passwords.json"
    file.write_text(json.dumps({**json.loads(file.read_text(encoding="utf-8")), user: 1}), encoding="utf-8")
    found = run("ask", "ranks")
    assert (1, True) == (found.exit_code, found.stderr.startswith(f"Error: {home}: its passwords.json cannot be read"))


def test_a_user_whom_somebody_made_is_gone_at_the_next_start(home: Path) -> None:
    """The engine knows root and reader; whoever else is in its file is not let in again."""
    users_file = home / "engine" / "config" / "server-users.jsonl"
    [line] = [line for line in users_file.read_text(encoding="utf-8").splitlines() if '"reader"' in line]
    with users_file.open("a", encoding="utf-8") as file:
        file.write(json.dumps({**json.loads(line), "name": "somebody"}) + "\n")
    with open_graph() as graph:
        graph.read("RETURN 1 AS one", {})
    names = {json.loads(line)["name"] for line in users_file.read_text(encoding="utf-8").splitlines()}
    assert {"root", "reader"} == names


def test_a_database_that_is_gone_is_said(home: Path) -> None:
    """Nothing is made in its place in silence."""
    shutil.rmtree(home / "engine" / "databases" / "neo4j")
    found = run("ask", "ranks")
    assert (1, True) == (found.exit_code, "holds no database any more" in found.stderr)


def test_wrong_passwords_of_others_do_not_fail_our_commands(asking: subprocess.Popen[str]) -> None:
    """After five of them the engine refuses the reader for half a minute; our commands have other names."""
    _, said = asking.communicate(timeout=120)
    assert 0 == asking.returncode, said
