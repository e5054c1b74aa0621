"""What a server that refuses, or that speaks another language, is to the user: one message, and no traceback."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterator

import pytest
import trustme

from graph.errors import DatabaseMissingError, EngineError, PasswordError, RightsError, UnreachableError
from graph.session import open_graph
from tests.harness.bolt_stub import Cluster, running_cluster
from tests.harness.commands import run

FORBIDDEN = "Neo.ClientError.Security.Forbidden"
EXPIRED = "Neo.ClientError.Security.CredentialsExpired"


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    """Return a server that the settings name, with a user called anna."""
    with running_cluster() as running:
        monkeypatch.setenv("NEO4J_URI", running.uri)
        monkeypatch.setenv("NEO4J_USERNAME", "anna")
        monkeypatch.setenv("NEO4J_PASSWORD", "only-for-the-stub")
        yield running


def test_who_may_only_read_is_told_so_when_a_load_writes(cluster: Cluster) -> None:
    """What the server says of it is in the message, with who could write."""
    with open_graph(write=True) as graph:
        cluster.refuse(FORBIDDEN)

        with pytest.raises(RightsError) as caught:
            graph.write(lambda transaction: transaction.run("CREATE (:Row {n: $n})", {"n": 1}))

    assert str(caught.value) == (
        f"{cluster.uri} does not let user 'anna' do this (refused by the stub); load, staff load and reset "
        "need a user who may write, all else one who may read: name one by NEO4J_USERNAME, or have the administrator "
        "grant the role (docs/operations.md, Who may do what)"
    )
    assert [] == cluster.rows


def test_who_is_impersonated_is_the_one_who_may_not(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that asks for somebody has that person's rights."""
    monkeypatch.setenv("RANKGRAPH_IMPERSONATE", "bert")
    cluster.refuse(FORBIDDEN)

    with pytest.raises(RightsError, match="does not let user 'bert' do this"), open_graph():
        pass


@pytest.mark.parametrize("scheme", ["neo4j", "bolt"])
def test_a_first_password_has_to_be_changed(cluster: Cluster, monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    """It is right and good for nothing else."""
    address = cluster.uri.replace("neo4j:", f"{scheme}:")
    monkeypatch.setenv("NEO4J_URI", address)
    cluster.refuse(EXPIRED)

    with pytest.raises(PasswordError) as caught, open_graph():
        pass

    assert str(caught.value) == (
        f"{address} lets user 'anna' in, but the password must be changed first: in Neo4j Browser, or by "
        "ALTER CURRENT USER SET PASSWORD FROM 'old' TO 'new'; then set NEO4J_PASSWORD to the new one"
    )


@pytest.mark.parametrize("name", ["system", "System"])
def test_the_database_of_users_holds_no_graph(cluster: Cluster, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Nothing is sent to it."""
    monkeypatch.setenv("NEO4J_DATABASE", name)

    with pytest.raises(DatabaseMissingError) as caught, open_graph(write=True):
        pass

    assert str(caught.value) == (
        f"NEO4J_DATABASE is '{name}': system holds users and databases, no graph; name another, or unset it"
    )
    assert [] == cluster.statements


@pytest.mark.parametrize("code", [FORBIDDEN, EXPIRED, "Neo.ClientError.Security.AuthorizationFailed"])
@pytest.mark.parametrize("words", [("load", "--samples"), ("ask", "counts"), ("status",)])
def test_a_command_says_it_in_one_line(cluster: Cluster, code: str, words: tuple[str, ...]) -> None:
    """Exit code 1, the message last on stderr, nothing on stdout."""
    cluster.refuse(code)

    done = run(*words)

    last = done.stderr.splitlines()[-1]
    assert (1, "", True) == (done.exit_code, done.stdout, last.startswith(f"Error: {cluster.uri} ")), done.stderr
    assert "Traceback" not in done.stderr


@contextlib.contextmanager
def listening(context: ssl.SSLContext | None = None) -> Iterator[str]:
    """Listen as a server with TLS does, or as one without that hangs up on what it does not understand."""

    def answer() -> None:
        with contextlib.suppress(OSError):  # the listener was closed
            while True:
                connection, _ = listener.accept()
                with connection, contextlib.suppress(OSError):
                    if context:
                        context.wrap_socket(connection, server_side=True).close()
                    else:
                        connection.recv(4)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        try:
            yield f"127.0.0.1:{listener.getsockname()[1]}"
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


@contextlib.contextmanager
def listening_with_tls() -> Iterator[str]:
    """Listen with a certificate of an authority that nobody else knows."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with listening(context) as place:
        yield place


def found_at(address: str, monkeypatch: pytest.MonkeyPatch) -> EngineError:
    """Return what is said of an address, within five seconds."""
    monkeypatch.setenv("NEO4J_URI", address)
    began = time.monotonic()
    with pytest.raises(UnreachableError) as caught, open_graph():
        pass
    assert time.monotonic() - began < 5
    assert address == caught.value.address
    return caught.value


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
@pytest.mark.parametrize("mark", ["+s", "+ssc"])
def test_tls_asked_of_a_server_without_it(monkeypatch: pytest.MonkeyPatch, scheme: str, mark: str) -> None:
    """The message names the address that would do."""
    with listening() as place:
        found = found_at(f"{scheme}{mark}://{place}", monkeypatch)

    assert str(found) == (
        f"{scheme}{mark}://{place} asks for TLS, and what answers there does not speak it; try {scheme}://{place} on "
        "this machine or a network that you trust, or have TLS switched on there"
    )


def test_tls_asked_of_a_neo4j_without_it(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that waits for more and does not hang up is no other case."""
    found = found_at(cluster.uri.replace("neo4j:", "neo4j+s:"), monkeypatch)

    assert f"does not speak it; try {cluster.uri} on" in str(found)


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_no_tls_where_the_server_wants_it(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    """The message names the address that would do."""
    with listening_with_tls() as place:
        found = found_at(f"{scheme}://{place}", monkeypatch)

    assert str(found) == (
        f"{scheme}://{place} asks for no TLS, and what answers there wants it; try {scheme}+s://{place}"
    )


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_certificate_that_nobody_trusts(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    """That is another thing than no TLS."""
    with listening_with_tls() as place:
        found = found_at(f"{scheme}+s://{place}", monkeypatch)

    assert str(found) == (
        f"{scheme}+s://{place} asks for TLS, and the certificate there is not trusted "
        "(unable to get local issuer certificate); use "
        f"the name that it was made for, or {scheme}+ssc:// for one that the server signed itself"
    )


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_what_is_no_neo4j_and_has_no_tls_is_neither(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    """The message is that of any silence."""
    with listening() as place:
        found = found_at(f"{scheme}://{place}", monkeypatch)

    assert str(found).startswith(f"nothing answers at {scheme}://{place} as a Neo4j does (")
