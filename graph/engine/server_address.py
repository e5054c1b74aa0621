"""Addresses of a Neo4j: what they look like, what may be shown of one, and where its Browser is."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from graph.errors import UnreachableError, VersionError

OLDEST = (5, 26)
_ADDRESS = re.compile(r"(neo4j|bolt)(\+s|\+ssc)?://[^/@\s]")
_PAGE_PORTS = {"http": 7474, "https": 7473}


def check_address(address: str) -> None:
    """Raise UnreachableError for what is no address of a Neo4j."""
    try:
        host = urlsplit(address).hostname
    except ValueError:
        host = None
    if not _ADDRESS.match(address) or not host:
        raise unusable(address)


def unusable(address: str) -> UnreachableError:
    """Return the error that says so of an address; what stands behind a question mark may be a secret."""
    address = address.partition("?")[0]
    message = (
        f"NEO4J_URI is {address!r}, which is no address of a Neo4j; expected one like neo4j://host:7687, "
        "bolt://host:7687 or neo4j+s://host; correct it, or unset it to use the embedded graph"
    )
    return UnreachableError(message, address=address)


def without_user(uri: str) -> tuple[str, str, str]:
    """Split an address into what may be shown, and the user and password that stood in it.

    >>> without_user("neo4j://anna:a%20b@host:7687")
    ('neo4j://host:7687', 'anna', 'a b')
    >>> without_user("anna:secret@host:7687")[0]
    'host:7687'
    """
    scheme, mark, rest = uri.partition("://") if "://" in uri else ("", "", uri)
    user, _, place = rest.rpartition("@")
    name, _, password = user.partition(":")
    return f"{scheme}{mark}{place}", unquote(name), unquote(password)


def browser_page(address: str) -> str:
    """Return where a Neo4j at an address has its Browser, unless it was set up otherwise.

    >>> browser_page("neo4j://localhost:7687"), browser_page("neo4j+s://graph.example")
    ('http://localhost:7474/browser/', 'https://graph.example:7473/browser/')
    """
    scheme = "https" if "+s" in address.partition("://")[0] else "http"
    host = urlsplit(address).hostname or "localhost"
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{_PAGE_PORTS[scheme]}/browser/"


def check_version(agent: str, address: str) -> str:
    """Return the version of a server that is new enough. Raises VersionError for an older or unknown one.

    >>> check_version("Neo4j/5.26.30", "neo4j://localhost")
    '5.26.30'
    """
    match = re.search(r"/v?((\d+)\.(\d+)\S*)", agent)
    if match and (int(match[2]), int(match[3])) >= OLDEST:
        return match[1]
    oldest = ".".join(map(str, OLDEST))
    message = f"{address} runs {agent or 'an unknown server'}; Neo4j {oldest} or newer is needed; upgrade it"
    raise VersionError(message, address=address)
