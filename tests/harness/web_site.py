"""A web site on this machine that answers as a test says: well, badly, slowly or without end."""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

HTML = {"Content-Type": "text/html; charset=utf-8"}


@dataclass(frozen=True)
class Reply:
    """What one path answers; what has no end goes on with a byte at a time until the client or the site stops."""

    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=lambda: HTML)
    status: int = 200
    endless: bool = False
    announced: int | None = None
    """The length that the head announces, where it is another."""
    dripping: bool = False
    """Whether not even the head of the answer comes to an end."""


def moved(to: str, status: int = 302) -> Reply:
    """Return a redirect."""
    return Reply(status=status, headers={"Location": to})


@dataclass
class Site:
    """A site that runs: what its paths answer, and which were asked for, with who asked."""

    port: int = 0
    scheme: str = "http"
    replies: dict[str, Reply] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    stopped: Event = field(default_factory=Event)

    def at(self, path: str) -> str:
        """Return the address of a path."""
        return f"{self.scheme}://127.0.0.1:{self.port}{path}"


@contextlib.contextmanager
def running_site(replies: Mapping[str, Reply] | None = None, tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Run a site on a free port of 127.0.0.1; a path that it does not know is not found."""
    site = Site(scheme="https" if tls else "http", replies=dict(replies or {}))
    server = _Server(("127.0.0.1", 0), _handler(site))
    site.port = server.server_address[1]
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        site.stopped.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # closing waits for what still answers

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a client that went away."""


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.agents.add(self.headers["User-Agent"])
            reply = site.replies.get(self.path, Reply(b"nothing", status=404))
            if reply.dripping:
                self._drip(b"HTTP/1.0 200 OK\r\nX-Slow: ")
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if not reply.endless:
                self.send_header("Content-Length", str(reply.announced or len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)
            if reply.endless:
                self._drip(b"")

        def _drip(self, start: bytes) -> None:
            self.wfile.write(start)
            with contextlib.suppress(OSError):
                while not site.stopped.wait(0.02):
                    self.wfile.write(b"x")

        def log_message(self, *_: object) -> None:
            """Say nothing on stderr."""

    return Handler
