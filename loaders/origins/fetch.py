"""Fetch pages as their sites allow it: within a time, up to a size, over a few redirects, and nothing by halves."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Thread
from typing import TypeVar
from urllib.error import URLError
from urllib.parse import urljoin
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request
from urllib.robotparser import RobotFileParser

from graph.errors import DocumentError
from loaders.formats.formats import FORMATS
from loaders.origins.addresses import normalised

T = TypeVar("T")

AGENT = "rankgraph"
"""The name under which a robots.txt can speak of us."""

MOST_REDIRECTS = 5
LARGEST = max(form.largest for form in FORMATS)
LARGEST_ROBOTS = 500_000
"""Bytes; RFC 9309 asks for as many at least."""

_EXPECTED = "a page that can be fetched"
_CHECK, _LATER = "check the address", "try again later"
_SAVE = "open it in a browser, save the page and give the file"
_PIECE = 65_536
_MOVED = {301, 302, 303, 307, 308}
_Kind = type[Exception]
_FAULTS: tuple[tuple[_Kind | tuple[_Kind, ...], str, str], ...] = (
    (
        ssl.SSLCertVerificationError,
        "a certificate that is not trusted ({0.verify_message})",
        "check the address; where a proxy of your network signs, name its certificate in SSL_CERT_FILE",
    ),
    (ssl.SSLError, "no TLS that can be agreed on ({0.reason})", "check the address: http and https differ"),
    (socket.gaierror, "no server of that name", "check the address, the network and its proxy"),
    (ConnectionRefusedError, "a server that refuses the connection", "check the address, its port and the proxy"),
    ((http.client.IncompleteRead, ConnectionResetError), "an answer that breaks off", _LATER),
    (http.client.HTTPException, "an answer that is no HTTP", _CHECK),
    (OSError, "a connection that fails ({0})", "check the network and its proxy"),
)
"""What can go wrong on the way, the special before the general; what it is called, and what to do."""


@dataclass(frozen=True)
class Page:
    """What an address answered: bytes, and what the server says of them."""

    address: str
    raw: bytes
    media_type: str = ""
    charset: str = ""
    reached: str = ""
    """The address that a redirect led to, if one did."""


@dataclass(frozen=True)
class _Answer:
    status: int
    headers: http.client.HTTPMessage
    raw: bytes


@dataclass
class Fetcher:
    """Fetches pages one after the other; the robots.txt of a site is asked for once."""

    seconds: float = 30
    """How long one page may take, with all that belongs to it."""
    largest: int = LARGEST
    _rules: dict[str, RobotFileParser] = field(default_factory=dict)
    _silent: set[str] = field(default_factory=set)

    def page(self, address: str) -> Page:
        """Return what an address answers. Raises `DocumentError` for each way in which it gives no page."""
        address = normalised(address)
        site = _site(address)
        if site in self._silent:
            raise DocumentError(address, "a server that gave no answer to the page before", _EXPECTED, _LATER)
        deadline = time.monotonic() + self.seconds
        try:
            return _within(self.seconds, lambda: self._page(address, deadline))
        except TimeoutError as error:
            self._silent.add(site)
            found, advice = f"no whole answer in {self.seconds:g} s", "give more --page-seconds, or try again later"
            raise DocumentError(address, found, _EXPECTED, advice) from error
        except DocumentError as error:  # of its site's rules, or of where it leads
            raise DocumentError(address, error.found, error.expected, error.advice) from error

    def _page(self, address: str, deadline: float) -> Page:
        reached, answer = self._follow(address, deadline, self.largest, self._check_robots)
        if answer.status not in {HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION}:
            raise DocumentError(
                address, f"the answer {_status_words(answer.status)}", _EXPECTED, _advice(answer.status)
            )
        kind = answer.headers.get_content_type() if "Content-Type" in answer.headers else ""
        charset = str(answer.headers.get_content_charset() or "")
        return Page(address, answer.raw, kind, charset, reached if reached != address else "")

    def _follow(
        self, address: str, deadline: float, largest: int, check: Callable[[str, float], None]
    ) -> tuple[str, _Answer]:
        """Return where redirects end and the answer there; each address on the way is checked before it is asked."""
        at = address
        for _ in range(MOST_REDIRECTS + 1):
            check(at, deadline)
            answer = _ask(at, deadline, largest)
            where = answer.headers.get("Location", "")
            if answer.status not in _MOVED or not where:
                return at, answer
            at = _redirected(at, urljoin(at, where))
        raise DocumentError(address, f"more than {MOST_REDIRECTS} redirects", _EXPECTED, _CHECK)

    def _check_robots(self, address: str, deadline: float) -> None:
        """Raise `DocumentError` where the site's robots.txt does not let us read a page, or cannot be had."""
        site = _site(address)
        if site not in self._rules:
            _, answer = self._follow(f"{site}/robots.txt", deadline, LARGEST_ROBOTS, lambda _address, _deadline: None)
            if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                found = f"that its robots.txt, which says what may be read, answers {_status_words(answer.status)}"
                raise DocumentError(address, found, _EXPECTED, _LATER)
            # without a robots.txt all may be read (RFC 9309, 2.3.1.3)
            text = answer.raw.decode("utf-8", errors="replace") if answer.status == HTTPStatus.OK else ""
            self._rules[site] = RobotFileParser()
            self._rules[site].parse(text.splitlines())
        if not self._rules[site].can_fetch(AGENT, address):
            found = f"a page that {site}/robots.txt asks programs not to read"
            raise DocumentError(address, found, _EXPECTED, _SAVE)


def _site(address: str) -> str:
    return urljoin(address, "/").rstrip("/")


def _redirected(address: str, new: str) -> str:
    """Return where a redirect leads. Raises `DocumentError` where we do not follow."""
    try:
        new = normalised(new)
    except DocumentError as error:
        raise DocumentError(address, f"a redirect to what has {error.found}", _EXPECTED, _CHECK) from error
    if address.startswith("https:") and not new.startswith("https:"):
        raise DocumentError(address, "a redirect from https to http", _EXPECTED, _CHECK)
    return new


def _within(seconds: float, work: Callable[[], T]) -> T:
    """Return what the work returns. Raises what it raises, and `TimeoutError` when it takes longer.

    It runs in a thread of its own: the library bounds each wait for bytes, not their sum, nor how long a name is
    looked up. A thread that is late is left behind; it ends with its next wait, or with the process.
    """
    done: list[T] = []
    faults: list[Exception] = []

    def run() -> None:
        try:
            done.append(work())
        except Exception as error:  # noqa: BLE001 -- raised again below, in the thread that waits
            faults.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if faults:
        raise faults[0]
    if not done:
        raise TimeoutError
    return done[0]


def _ask(address: str, deadline: float, largest: int) -> _Answer:
    """Return the answer of one address, whatever its status. Raises `DocumentError` where there is no whole one."""
    opener = OpenerDirector()  # knows no files, no ftp, no redirects and no passwords
    for handler in (ProxyHandler(), HTTPHandler(), HTTPSHandler()):
        opener.add_handler(handler)
    request = Request(address, headers={"User-Agent": AGENT, "Accept": "*/*"})  # noqa: S310
    try:
        with opener.open(request, timeout=max(deadline - time.monotonic(), 0.01)) as answer:
            return _Answer(answer.status, answer.headers, _body(address, answer, deadline, largest))
    except (OSError, http.client.HTTPException) as error:
        cause = error.reason if isinstance(error, URLError) and isinstance(error.reason, Exception) else error
        if isinstance(cause, TimeoutError):
            raise cause from None
        found, advice = next((words, advice) for kind, words, advice in _FAULTS if isinstance(cause, kind))
        raise DocumentError(address, found.format(cause), _EXPECTED, advice) from error


def _body(address: str, answer: http.client.HTTPResponse, deadline: float, largest: int) -> bytes:
    """Return the bytes of an answer. Raises `DocumentError` for too many and for packed ones."""
    announced = answer.headers.get("Content-Length", "")
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        raise DocumentError(address, "an answer that is packed, which was not asked for", _EXPECTED, _SAVE)
    size, pieces = int(announced) if announced.isdecimal() else 0, list[bytes]()
    while size <= largest and (piece := answer.read1(_PIECE)):
        pieces.append(piece)
        size = max(size, sum(map(len, pieces)))
        if time.monotonic() > deadline:
            raise TimeoutError
    if size > largest:
        raise DocumentError(address, f"more than {largest:,} bytes", _EXPECTED, "give the address of one document")
    raw = b"".join(pieces)
    if len(raw) < size:
        raise http.client.IncompleteRead(raw, size - len(raw))
    return raw


def _status_words(status: int) -> str:
    """Return a status with its name.

    >>> _status_words(404), _status_words(599)
    ('404 (Not Found)', '599')
    """
    return f"{status} ({HTTPStatus(status).phrase})" if status in set(HTTPStatus) else str(status)


def _advice(status: int) -> str:
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return f"it may want a login, or no programs: {_SAVE}"
    return _LATER if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS else _CHECK
