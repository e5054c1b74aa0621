"""`rankgraph serve`: keep the embedded graph open for Neo4j Browser and for other commands."""

from __future__ import annotations

import contextlib
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.errors import UsageError
from queries.commands import options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.engine.browser_server import BrowserPage
    from graph.engine.data_folder import Address, Home, Passwords
    from graph.engine.serve_settings import Terms
    from queries.answers.answer import Composed


_PORT = click.IntRange(1, 65535)
_GET_BROWSER = "mvn dependency:copy -Dartifact=org.neo4j.client:neo4j-browser:5.24.0 -DoutputDirectory=."


@click.command(
    epilog=options.examples("serve", "serve --read-only --browser neo4j-browser-5.24.0.jar", "serve --bolt-port 7690")
)
@click.option("--bolt-port", type=_PORT, help="The Bolt port; else 7687, or a free one where that is taken.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Where to listen; others only with a password of yours."
)
@click.option("--read-only", is_flag=True, help="Nobody can write as long as it serves, not even root.")
@click.option(
    "--browser",
    metavar="JAR_OR_FOLDER",
    envvar="RANKGRAPH_BROWSER",
    help="Serve the page of Neo4j Browser too, from its jar; else RANKGRAPH_BROWSER.",
)
@click.option("--page-port", type=_PORT, help="The port of that page; else 7474, or a free one where that is taken.")
@click.option("--show-password", is_flag=True, help="Say the passwords too, on stderr.")
@click.option(
    "--wait",
    type=click.FloatRange(0),
    default=600,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for another command to be done.",
)
@options.output("table", "json")
def command(
    bolt_port: int | None,
    host: str,
    *,
    read_only: bool,
    browser: str | None,
    page_port: int | None,
    show_password: bool,
    wait: float,
    kind: str,
) -> options.Serving:
    """Keep the embedded graph open until Ctrl-C, for Neo4j Browser and other commands.

    Once it is ready, one line with the Bolt address stands on stdout; how to connect is said on stderr. Other
    rankgraph commands go on working, and see what is loaded meanwhile.

    Analysts log in as `reader`, who may not write; `root` may, unless --read-only is given. Their passwords stand
    in passwords.json in the folder of the graph. RANKGRAPH_SERVE_PASSWORD sets the password of one more user,
    `analyst`, who is there as long as this serves.
    """
    from graph.engine.serve_settings import Terms

    if not host.strip():
        raise UsageError("--host: found nothing; expected a name or address of this machine, or leave it out")
    if bolt_port is not None and bolt_port == page_port:
        raise UsageError(f"--bolt-port and --page-port are both {bolt_port}; expected two ports")
    terms = Terms(host=host, bolt_port=bolt_port, read_only=read_only, wait=wait)

    def run(fill: Callable[[], None], show: Callable[[Composed], None], say: Callable[[str], None]) -> None:
        checked = _checked(terms)
        with _page(browser, page_port) as page:
            _serve(checked, page, fill, lambda *served: show(_told(*served, show_password=show_password)), say)

    return options.Serving(run, kind)


def _checked(terms: Terms) -> Terms:
    """Return the terms with the password of the environment, after all that can be found wrong before the start."""
    from graph.engine import serve  # the engine is not for a help page
    from graph.engine.data_folder import home_folder
    from graph.engine.serve_settings import bolt_port

    serve.check_environment(os.environ)
    found = replace(terms, password=serve.password_of(os.environ, terms))
    serve.check_folder(home_folder())
    bolt_port(found)
    return found


def _serve(
    terms: Terms,
    page: BrowserPage | None,
    fill: Callable[[], None],
    ready: Callable[[Terms, Address, Passwords], None],
    say: Callable[[str], None],
) -> None:
    from graph.engine import serve
    from graph.engine.data_folder import home_folder

    terms = replace(terms, page=page.address if page else None)
    stop = serve.Stop()
    with stop.heard():
        fill()
        with serve.open_for_others(home_folder(), terms, say) as (address, passwords, hasten):
            if page:
                page.start(address.uri)
            stop.ready(hasten)
            ready(terms, address, passwords)
            stop.wait()
            say("stopping; a second time stops at once, whoever is still at work")


@contextlib.contextmanager
def _page(browser: str | None, port: int | None) -> Iterator[BrowserPage | None]:
    if not browser:
        if port is not None:
            raise UsageError("--page-port is the port of a page; name the page with --browser or RANKGRAPH_BROWSER")
        yield None
        return
    from graph.engine.browser_server import BrowserPage

    try:
        source = Path(browser).expanduser()
    except RuntimeError as error:
        raise UsageError(
            f"--browser: found {browser!r}, which names no place ({error}); expected a jar or a folder"
        ) from error
    page = BrowserPage(source, port)
    try:
        yield page
    finally:
        page.stop()


def _told(terms: Terms, address: Address, passwords: Passwords, *, show_password: bool) -> Composed:
    """Return the line for stdout, and beside it how to connect."""
    from rich.text import Text

    from graph.engine.data_folder import Home, home_folder
    from graph.engine.serve import users
    from graph.engine.serve_settings import ANALYST
    from queries.answers.answer import Composed

    home, user = Home(home_folder()), users(terms)[0]
    parts = {
        "engine": address.engine,
        "folder": str(home.folder),
        "bolt": address.uri,
        "page": address.page,
        "user": user,
        "password_file": None if user == ANALYST else str(home.password_file),
        "read_only": terms.read_only,
    }
    notes = [
        f"{address.engine} serves the graph in {home.folder} at {address.uri} (database neo4j)",
        *_where(terms, address),
        *_who(terms, home),
        *(_secrets(terms, passwords) if show_password else []),
        *_browser(address),
        f"to stop: Ctrl-C here, or end process {address.owner}; other rankgraph commands go on working meanwhile",
    ]
    return Composed((), (), notes, Text(address.uri), parts)


def _where(terms: Terms, address: Address) -> list[str]:
    from graph.engine.data_folder import bolt_uri
    from graph.engine.serve_settings import BOLT_PORT

    notes = []
    if terms.bolt_port is None and address.bolt != BOLT_PORT:
        notes.append(f"port {BOLT_PORT} was taken, so {address.bolt} was chosen; --bolt-port sets one that stays")
    if not terms.alone:
        host = "the name of this machine" if terms.everywhere else bolt_uri(terms.host, address.bolt)
        port = f", port {address.bolt}" if terms.everywhere else ""
        notes.append(
            f"others reach it at {host}{port}, as any user named here; nothing is encrypted on the way, passwords and "
            "answers included, unless you set up TLS in front of it (a proxy or an SSH tunnel)"
        )
    return notes


def _who(terms: Terms, home: Home) -> list[str]:
    """Say whom to log in as, and where each password is."""
    from graph.engine.serve import PASSWORD, users
    from graph.engine.serve_settings import ANALYST

    may = "may look and not write" if terms.read_only else "may look and write"
    notes = [f"log in as {ANALYST} ({may}) with the password that you set in {PASSWORD}"] if terms.password else []
    notes += [
        f"log in as {user} ({_MAY[user]}); the password is in {home.password_file}, under {user!r}"
        for user in users(terms)
        if user != ANALYST
    ]
    return [*notes, *(["it is read-only: nobody can write over Bolt, root included"] if terms.read_only else [])]


_MAY = {"reader": "may look and not write", "root": "may write, and change all there is"}


def _secrets(terms: Terms, passwords: Passwords) -> list[str]:
    from graph.engine.serve import users

    return [f"password of {user}: {getattr(passwords, user)}" for user in users(terms) if hasattr(passwords, user)]


def _browser(address: Address) -> list[str]:
    if address.page:
        return [f"Neo4j Browser: open {address.page}?dbms={address.uri}"]
    note = (
        f"any page of Neo4j Browser can be pointed at {address.uri}; to have one served here, get its jar with "
        f"`{_GET_BROWSER}` and give it with --browser"
    )
    return [note]
