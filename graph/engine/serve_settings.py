"""How an embedded graph is served: at which host and port, to whom, and who may write."""

from __future__ import annotations

import errno
import socket
import sys
from dataclasses import dataclass

from graph.errors import ServeError

LOCALHOST = "127.0.0.1"
LOOPBACK = frozenset({LOCALHOST, "localhost", "::1"})
BOLT_PORT = 7687
ANALYST = "analyst"

_EVERYWHERE = {"0.0.0.0": LOCALHOST, "::": "::1"}  # noqa: S104  (compared, not bound)


@dataclass(frozen=True)
class ServeSettings:
    """What `serve` was asked for.

    `bolt_port` is none where any will do, `password` is that of the user analyst, `page` where a Neo4j
    Browser for the graph is, and `wait` how many seconds another command may take to be done.
    """

    host: str = LOCALHOST
    bolt_port: int | None = None
    read_only: bool = False
    password: str | None = None
    page: str | None = None
    wait: float = 600.0

    @property
    def alone(self) -> bool:
        """Whether only this machine can reach the graph."""
        return self.host.casefold().strip("[]") in LOOPBACK

    @property
    def everywhere(self) -> bool:
        """Whether it listens at every address of this machine."""
        return self.host in _EVERYWHERE


def reached_at(host: str) -> str:
    """Return where a program of this machine reaches what listens at a host.

    >>> reached_at("0.0.0.0"), reached_at("graph.example")
    ('127.0.0.1', 'graph.example')
    """
    return _EVERYWHERE.get(host, host)


def bolt_port(settings: ServeSettings) -> int:
    """Return the Bolt port for these settings, now. Raises ServeError where the one asked for cannot be had."""
    return port_for("Bolt", "--bolt-port", settings.host, settings.bolt_port, BOLT_PORT)


def port_for(what: str, option: str, host: str, port: int | None, usual: int) -> int:
    """Return the port asked for, else the usual one if it is free, else any that is.

    Args:
        what: What will listen there, for the message.
        option: The option that names the port, for the message.
        host: Where it will listen.
        port: The port that the user wants; none where any will do.
        usual: The port that is tried first then.

    Raises ServeError if the port asked for cannot be had, or none at the host.
    """
    if port is None:
        return usual if _fault(host, usual) is None else free_port(host)
    fault = _fault(host, port)
    if fault is None:
        return port
    if fault.errno in {errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", errno.EADDRINUSE)}:
        raise ServeError(
            f"port {port} of {host}, wanted for {what}, is taken by another program; end that program, give another "
            f"port with {option}, or leave {option} out to have a free one chosen"
        )
    raise ServeError(
        f"{what} cannot listen on port {port} of {host} ({_reason(fault)}); give another port with {option}, or "
        "another --host"
    )


def free_port(host: str = LOCALHOST) -> int:
    """Return a port that nobody has. Raises ServeError for a host that is not this machine's."""
    try:
        with _bound(host, 0) as listener:
            return int(listener.getsockname()[1])
    except OSError as error:
        message = f"cannot listen at {host} ({_reason(error)}); give an address of this machine with --host"
        raise ServeError(message) from error


def _fault(host: str, port: int) -> OSError | None:
    """Return why nothing new can listen there; a listener at every address counts as one at this one."""
    try:
        _bound(host, port).close()
    except OSError as error:
        return error
    with socket.socket(_family(reached_at(host))) as probe:
        probe.settimeout(1)
        if probe.connect_ex((reached_at(host), port)) == 0:
            return OSError(errno.EADDRINUSE, "in use")
    return None


def _bound(host: str, port: int) -> socket.socket:
    listener = socket.socket(_family(host))
    try:
        if sys.platform != "win32":  # there it would take a port away from its listener
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(1)
    except BaseException:
        listener.close()
        raise
    return listener


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
