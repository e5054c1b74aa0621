"""What a Neo4j answered, or why nobody could ask it, as errors of ours; graph/session.py knows those of the driver."""

from __future__ import annotations

import contextlib
import socket
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

from graph.errors import DatabaseMissingError, EngineError, PasswordError, QueryError, RightsError, UnreachableError

_SETTINGS = "NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD, NEO4J_DATABASE"
_CALL_SECONDS = 1.0


def check_database(name: str) -> str:
    """Return the name of a database that can hold a graph. Raises DatabaseMissingError for `system`, which cannot."""
    if name.casefold() == "system":
        found = f"NEO4J_DATABASE is {name!r}: system holds users and databases, no graph"
        raise DatabaseMissingError(f"{found}; name another, or unset it")
    return name


def query_error(code: str, reason: str, address: str) -> QueryError:
    """Return the error for a statement that is at fault."""
    return QueryError(f"the database refused a statement: {reason} ({code})", address=address)


def refusal(code: str, reason: str, *, address: str, user: str, database: str) -> EngineError:
    """Return the error for what a server answered, by its code."""
    match code.rpartition(".")[2]:
        case "CredentialsExpired":
            message = (
                f"{address} lets user {user!r} in, but the password must be changed first: in Neo4j Browser, or by "
                "ALTER CURRENT USER SET PASSWORD FROM 'old' TO 'new'; then set NEO4J_PASSWORD to the new one"
            )
            return PasswordError(message, address=address)
        case "Unauthorized" | "AuthorizationFailed" | "AuthenticationRateLimit" | "TokenExpired":
            return PasswordError(f"{address} refused user {user!r} or the password; check {_SETTINGS}", address=address)
        case "DatabaseNotFound":
            message = f"{address} has no database {database!r}; check NEO4J_DATABASE"
            return DatabaseMissingError(message, address=address)
        case "Forbidden":
            message = (
                f"{address} does not let user {user!r} do this ({' '.join(reason.split())}); load, staff load and "
                "reset need a user who may write, all else one who may read: name one by NEO4J_USERNAME, or have the "
                "administrator grant the role (docs/operations.md, Who may do what)"
            )
            return RightsError(message, address=address)
    return query_error(code, reason, address)


def unreachable(error: BaseException, address: str, *, first: bool) -> UnreachableError:
    """Return the error for an address where nothing answers as a Neo4j does, be it for TLS at the first call."""
    why = _tls_fault(error, address) if first else None
    message = why or f"nothing answers at {address} as a Neo4j does ({error}); start it or check {_SETTINGS}"
    return UnreachableError(" ".join(message.split()), address=address)


def _tls_fault(error: BaseException, address: str) -> str | None:
    """Return what is wrong where one side speaks TLS and the other does not, or does not trust it; none for neither."""
    found, (scheme, _, place) = tuple(causes(error)), address.partition("://")
    name, encrypted, _ = scheme.partition("+")
    untrusted = next((one.verify_message for one in found if isinstance(one, ssl.SSLCertVerificationError)), None)
    if untrusted:
        why = f"asks for TLS, and the certificate there is not trusted ({untrusted})"
        advice = f"use the name that it was made for, or {name}+ssc:// for one that the server signed itself"
    elif encrypted and any(isinstance(one, OSError) for one in found) and _takes_call(address):
        why = "asks for TLS, and what answers there does not speak it"
        advice = f"try {name}://{place} on this machine or a network that you trust, or have TLS switched on there"
    elif not (encrypted or any(isinstance(one, TimeoutError) for one in found)) and _takes_call(address, tls=True):
        why, advice = "asks for no TLS, and what answers there wants it", f"try {name}+s://{place}"
    else:
        return None
    return f"{address} {why}; {advice}"


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and all that it came of."""
    while error is not None:
        yield error
        for one in error.exceptions if isinstance(error, BaseExceptionGroup) else ():
            yield from causes(one)
        error = error.__cause__ or error.__context__


def _takes_call(address: str, *, tls: bool = False) -> bool:
    """Return whether something listens at an address, and speaks TLS if it is to; nothing is sent to it."""
    place, context = urlsplit(address), ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    to = place.hostname or "localhost", place.port or 7687
    with contextlib.suppress(OSError), socket.create_connection(to, _CALL_SECONDS) as call:
        if tls:
            context.wrap_socket(call, server_hostname=place.hostname).close()
        return True
    return False
