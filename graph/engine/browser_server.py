"""Serve the page of Neo4j Browser, from a jar or a folder, to this machine alone and with nowhere else to call."""

from __future__ import annotations

import json
import mimetypes
import threading
import zipfile
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from graph.engine.serve_settings import LOCALHOST, port_for
from graph.errors import ServeError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


PAGE_PORT = 7474

_FIRST = "index.html"
_WITHIN = "browser/"
_IDLE_SECONDS = 30
_KINDS = {  # the system's own table may say otherwise, or nothing
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mp4": "video/mp4",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".wasm": "application/wasm",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
_SETTINGS = "rankgraph-settings.js"
_SET = b"""(() => {
  let kept = null;
  try { kept = JSON.parse(localStorage.getItem("neo4j.settings")); } catch { /* what cannot be read is not kept */ }
  localStorage.setItem("neo4j.settings", JSON.stringify({...kept, autoComplete: false}));
})();
"""
"""Switches off "Connect result nodes": Browser asks for more edges by numbers of nodes, and rounds those above 2**53.

The embedded engine's are above that, so it would get edges of other nodes and stop drawing half-way.
"""
_ADVICE = "expected the jar neo4j-browser, or a folder it was unpacked to; name it with --browser or RANKGRAPH_BROWSER"


class BrowserPage:
    """A page server of this process: bound when made, serving from `start` until `stop`."""

    def __init__(self, source: Path, port: int | None) -> None:
        files = find_files(source)
        port = port_for("the page of Neo4j Browser", "--page-port", LOCALHOST, port, PAGE_PORT)
        try:
            self._server = _Server((LOCALHOST, port), _Answer)
        except OSError as error:
            message = f"port {port} of {LOCALHOST} cannot be had for the page ({error}); give another with --page-port"
            raise ServeError(message) from error
        first = files[_FIRST]
        self._server.files = {**files, _SETTINGS: lambda: _SET, _FIRST: lambda: with_settings(first())}
        self._started = False
        self.address = f"http://{LOCALHOST}:{port}/{_WITHIN}"

    def start(self, bolt: str) -> None:
        """Serve the page for a graph at a Bolt address."""
        self._server.bolt = bolt
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
        self._started = True

    def stop(self) -> None:
        """Serve no more."""
        if self._started:
            self._server.shutdown()
        self._server.server_close()


def find_files(source: Path) -> Mapping[str, Callable[[], bytes]]:
    """Return the files of a page of Neo4j Browser by their paths below it, each to be read when asked for.

    Raises ServeError for what is no jar and no folder with such a page.
    """
    try:
        files = _of_folder(source) if source.is_dir() else _of_jar(source)
    except (OSError, zipfile.BadZipFile) as error:
        raise ServeError(f"{source}: cannot be read as a jar or a folder ({error}); {_ADVICE}") from error
    if _FIRST not in files:
        raise ServeError(f"{source}: found no page of Neo4j Browser ({_WITHIN}{_FIRST}) there; {_ADVICE}")
    return files


def with_settings(page: bytes) -> bytes:
    """Return Browser's page with our settings read before its own script.

    >>> with_settings(b"<head><title>x</title></head>")
    b'<head><script src="rankgraph-settings.js"></script><title>x</title></head>'
    """
    return page.replace(b"<head>", f'<head><script src="{_SETTINGS}"></script>'.encode(), 1)


def _of_jar(source: Path) -> dict[str, Callable[[], bytes]]:
    jar = zipfile.ZipFile(source)
    names = [name for name in jar.namelist() if name.startswith(_WITHIN) and not name.endswith("/")]
    return {name.removeprefix(_WITHIN): lambda name=name: jar.read(name) for name in names}  # type: ignore[misc]


def _of_folder(source: Path) -> dict[str, Callable[[], bytes]]:
    top = (source / _WITHIN if (source / _WITHIN).is_dir() else source).resolve()
    if not (top / _FIRST).is_file():
        return {}
    inside = (file for file in top.rglob("*") if file.is_file() and file.resolve().is_relative_to(top))
    return {file.relative_to(top).as_posix(): file.read_bytes for file in inside}


def policy(bolt: str) -> str:
    """Return what the page may load and whom it may talk to: itself, and graphs of this machine."""
    host = urlsplit(bolt).netloc.rpartition(":")[0]
    hosts = [LOCALHOST, "localhost", *([host] if host not in {LOCALHOST, "localhost"} else [])]
    talk = " ".join(f"{scheme}://{host}:*" for host in hosts for scheme in ("ws", "wss", "http", "https"))
    return (
        f"default-src 'self'; connect-src 'self' {talk}; script-src 'self'; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    files: Mapping[str, Callable[[], bytes]]
    bolt = ""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Print nothing about a connection that broke off."""


class _Answer(BaseHTTPRequestHandler):
    """Answer one connection: only what `files` names can be had, so no path leads elsewhere."""

    protocol_version = "HTTP/1.1"
    timeout = _IDLE_SECONDS
    server: _Server

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002
        """Keep no log of requests."""

    def version_string(self) -> str:
        return "rankgraph"

    def _answer(self) -> None:
        path, _, query = self.path.partition("?")
        if not self._ours():
            self._send(HTTPStatus.MISDIRECTED_REQUEST, "text/plain", b"this page is served to this machine alone\n")
        elif path == "/" and "json" in self.headers.get("Accept", ""):
            body = json.dumps({"bolt_direct": self.server.bolt}).encode()
            self._send(HTTPStatus.OK, "application/json", body)
        elif path in {"/", f"/{_WITHIN.strip('/')}"}:
            self._send(HTTPStatus.FOUND, "text/plain", b"", Location=f"/{_WITHIN}{query and '?'}{query}")
        else:
            self._file(unquote(path))

    def _ours(self) -> bool:
        """Return whether the request names this machine; another name for it is a trick of another page."""
        port = self.server.server_address[1]
        return self.headers.get("Host", "") in {f"{LOCALHOST}:{port}", f"localhost:{port}"}

    def _file(self, path: str) -> None:
        name = path.removeprefix(f"/{_WITHIN}") or _FIRST
        read = self.server.files.get(name) if path.startswith(f"/{_WITHIN}") else None
        try:
            body = read() if read else None
        except (OSError, KeyError, zipfile.BadZipFile):  # gone since
            body = None
        if body is None:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", b"no such file\n")
            return
        suffix = Path(name).suffix.lower()
        self._send(
            HTTPStatus.OK, _KINDS.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream", body
        )

    def _send(self, status: HTTPStatus, kind: str, body: bytes, **headers: str) -> None:
        self.send_response(status)
        fixed = {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "Content-Security-Policy": policy(self.server.bolt),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cache-Control": "no-cache",
        }
        for name, value in {**fixed, **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
