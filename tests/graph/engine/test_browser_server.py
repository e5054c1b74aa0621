"""The page server: what it gives, to whom, and what the page may do with it."""

from __future__ import annotations

import http.client
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import pytest

from graph.engine.browser_server import BrowserPage, find_files, policy
from graph.errors import ServeError
from tests.harness.commands import run
from tests.harness.neo4j_server import free_port

BOLT = "bolt://127.0.0.1:7690"
FILES = {
    "browser/index.html": b"<!doctype html><title>Page</title>",
    "browser/app.js": b"let page;",
    "browser/assets/fonts/Letters.woff2": b"letters",
    "META-INF/MANIFEST.MF": b"not of the page",
}


def jar(folder: Path) -> Path:
    """Write a jar with a page in it, and something beside the page."""
    with zipfile.ZipFile(folder / "page.jar", "w") as archive:
        for name, content in FILES.items():
            archive.writestr(name, content)
    return folder / "page.jar"


def unpacked(folder: Path) -> Path:
    """Write the same as a folder, with a link that leads out of it."""
    for name, content in FILES.items():
        target = folder / "unpacked" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    (folder / "secret.txt").write_text("not of the page", encoding="utf-8")
    (folder / "unpacked" / "browser" / "out.txt").symlink_to(folder / "secret.txt")
    return folder / "unpacked"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    kind: str
    body: bytes
    headers: dict[str, str]


class Client:
    """Ask a page server without tidying the path first, as a browser would."""

    def __init__(self, address: str) -> None:
        self.port = int(address.split(":")[2].partition("/")[0])

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Send one request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        found = Answer(answer.status, answer.headers.get_content_type(), answer.read(), dict(answer.headers))
        connection.close()
        return found


@pytest.fixture(params=[jar, unpacked], ids=["jar", "folder"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a page, packed and unpacked."""
    found: Path = request.param(tmp_path)
    return found


@pytest.fixture
def client(source: Path) -> Iterator[Client]:
    """Serve the page and return a way to ask for it."""
    page = BrowserPage(source, free_port())
    page.start(BOLT)
    yield Client(page.address)
    page.stop()


def test_each_file_of_the_page_is_served_with_its_type(client: Client) -> None:
    """The first page stands at the folder's own address too."""
    asked = ("/browser/", "/browser/?dbms=x", "/browser/index.html", "/browser/app.js")
    found = {path: client.ask(path) for path in (*asked, "/browser/assets/fonts/Letters.woff2")}

    page = (200, "text/html", FILES["browser/index.html"])
    assert {path: (one.status, one.kind, one.body) for path, one in found.items()} == {
        "/browser/": page,
        "/browser/?dbms=x": page,
        "/browser/index.html": page,
        "/browser/app.js": (200, "text/javascript", b"let page;"),
        "/browser/assets/fonts/Letters.woff2": (200, "font/woff2", b"letters"),
    }


@pytest.mark.parametrize(
    "path",
    [
        "/browser/../META-INF/MANIFEST.MF",
        "/browser/%2e%2e/META-INF/MANIFEST.MF",
        "/browser/..%2f..%2fsecret.txt",
        "/browser/../../secret.txt",
        "/browser/..%5c..%5csecret.txt",
        "/browser//app.js",
        "/browser/./app.js",
        "/browser/out.txt",
        "/browser/app.js%00.html",
        "/browser/assets/",
        "/browser/assets",
        "/META-INF/MANIFEST.MF",
        "/app.js",
        "/secret.txt",
        "browser/app.js",
        "/browser/" + "x" * 5000,
    ],
)
def test_nothing_else_can_be_had(client: Client, path: str) -> None:
    """No way out of the page, and no list of what is in a folder."""
    found = client.ask(path)
    assert (404, b"no such file\n") == (found.status, found.body)


def test_the_way_in_leads_to_the_page(client: Client) -> None:
    """A program that asks for JSON is told the Bolt address instead."""
    led = {path: client.ask(path) for path in ("/", "/?a=1", "/browser", "/browser?dbms=x")}
    assert {path: (one.status, one.headers.get("Location")) for path, one in led.items()} == {
        "/": (302, "/browser/"),
        "/?a=1": (302, "/browser/?a=1"),
        "/browser": (302, "/browser/"),
        "/browser?dbms=x": (302, "/browser/?dbms=x"),
    }
    assert {"bolt_direct": BOLT} == json.loads(client.ask("/", Accept="application/json").body)


def test_only_a_request_that_names_this_machine_is_answered(client: Client) -> None:
    """A page elsewhere whose name was made to mean this machine gets nothing."""
    here = {f"127.0.0.1:{client.port}": 200, f"localhost:{client.port}": 200}
    others = dict.fromkeys((f"rebound.example:{client.port}", "127.0.0.1", "127.0.0.1:1", "", "localhost"), 421)
    for path in ("/browser/app.js", "/browser/"):
        assert here | others == {host: client.ask(path, Host=host).status for host in here | others}
    assert (421, b"") == ((found := client.ask("/", Host="x", Accept="json")).status, found.body[:0])


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"])
def test_only_get_and_head_are_known(client: Client, method: str) -> None:
    """HEAD gives what GET gives, but for the body."""
    head = client.ask("/browser/app.js", "HEAD")
    assert HTTPStatus.NOT_IMPLEMENTED == client.ask("/browser/app.js", method).status
    assert (200, b"", "9") == (head.status, head.body, head.headers["Content-Length"])


def test_every_answer_says_what_the_page_may_do(client: Client) -> None:
    """Errors included."""
    for path in ("/browser/", "/browser/app.js", "/browser/none", "/"):
        found = client.ask(path).headers
        assert (policy(BOLT), "nosniff", "no-referrer") == (
            found["Content-Security-Policy"],
            found["X-Content-Type-Options"],
            found["Referrer-Policy"],
        )


def test_the_page_may_talk_to_this_machine_alone() -> None:
    """Unless the graph is served at another of its addresses."""
    hosts = {
        bolt: set(re.findall(r"(?:ws|http)s?://(\S+):\*", policy(bolt)))
        for bolt in (BOLT, "bolt://localhost:1", "bolt://192.0.2.7:7687", "bolt://[2001:db8::1]:7687")
    }
    here = {"127.0.0.1", "localhost"}
    assert [here, here, {*here, "192.0.2.7"}, {*here, "[2001:db8::1]"}] == list(hosts.values())
    assert [] == [part for part in policy(BOLT).split("; ") if "*" in part and not part.startswith("connect-src")]


def test_a_port_that_is_taken_is_an_error_if_it_was_asked_for(source: Path) -> None:
    """The option to change is the page's own."""
    first = BrowserPage(source, None)
    port = Client(first.address).port
    try:
        with pytest.raises(ServeError, match=rf"port {port} of 127\.0\.0\.1.* --page-port"):
            BrowserPage(source, port)
    finally:
        first.stop()


@pytest.mark.parametrize("what", ["missing", "text", "empty folder", "other jar"])
def test_what_is_no_page_of_neo4j_browser_is_named(tmp_path: Path, what: str) -> None:
    """A jar without the page is no better than a file of text."""
    path = tmp_path / what
    if what == "text":
        path.write_text("no jar", encoding="utf-8")
    elif what == "empty folder":
        path.mkdir()
    elif what == "other jar":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("index.html", "a page, but not where Browser's is")
    found = run("serve", "--browser", str(path))

    assert (1, "") == (found.exit_code, found.stdout)
    assert found.stderr.startswith(f"Error: {path}: ")
    assert found.stderr.endswith("a folder it was unpacked to; name it with --browser or RANKGRAPH_BROWSER\n")


def test_a_port_for_a_page_without_a_page_is_wrong_usage() -> None:
    """It would be given in vain."""
    found = run("serve", "--page-port", "7474")
    assert (2, True) == (found.exit_code, "name the page with --browser or RANKGRAPH_BROWSER" in found.stderr)


def test_a_file_that_is_gone_since_is_not_found(tmp_path: Path) -> None:
    """The server goes on."""
    files = find_files(unpacked(tmp_path))
    assert {"index.html", "app.js", "assets/fonts/Letters.woff2"} == set(files)
    page = BrowserPage(tmp_path / "unpacked", None)
    page.start(BOLT)
    try:
        (tmp_path / "unpacked" / "browser" / "app.js").unlink()
        client = Client(page.address)
        assert [404, 200] == [client.ask(path).status for path in ("/browser/app.js", "/browser/")]
    finally:
        page.stop()
