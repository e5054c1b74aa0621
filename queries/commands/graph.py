"""Commands on the graph as a whole: what it holds, serve it to others, take it to Neo4j Browser, empty it."""

from __future__ import annotations

import contextlib
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph.errors import OutputError, UsageError
from graph.rows import visible
from queries.answers.answer import Answer
from queries.commands import options
from queries.commands.running import Result, log, opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graph.engine.browser_server import BrowserPage
    from graph.engine.data_folder import Address, DataFolder, Passwords
    from graph.engine.serve_settings import ServeSettings


def _is_begun(home: Path) -> bool:
    """Return whether there is a graph in a folder; of one that may not be looked into the opening says why."""
    from graph.engine.data_folder import DataFolder

    try:
        return DataFolder(home).engine.exists()
    except PermissionError:
        return True


@options.command("status", "status --format json")
@options.output("table", "json")
def status() -> Result:
    """Say which graph is in use, and what it holds. Where there is none yet, none is made."""
    from graph.documents.schema_change import stored_version
    from graph.engine.data_folder import home_folder
    from graph.ids import SCHEMA_VERSION
    from loaders.facts.reference import EDITION
    from queries.answers.loaded import contents
    from queries.show import evidence_views

    if not os.environ.get("NEO4J_URI", "").strip() and not _is_begun(folder := home_folder()):
        parts = {"engine": "embedded", "address": str(folder), "schema_version": SCHEMA_VERSION}
        nothing: dict[str, object] = {"reference": [], "nodes": {}, "edges": {}}
        note = "there is no graph yet: `rankgraph load` begins one"
        return Result(Answer((), [], [note], {**parts, **nothing}), evidence_views.status)
    with opened(fill=False) as graph:
        version = stored_version(graph) or SCHEMA_VERSION
        parts = {"engine": graph.engine, "address": graph.address, "schema_version": version, **contents(graph)}
    outdated = parts["reference"] != [EDITION]
    notes = [f"the reference data of this version is {EDITION}: `rankgraph load` loads it"] if outdated else []
    return Result(Answer((), [], notes, parts), evidence_views.status)


@options.command("model", "model", "model --format json")
@options.output("table", "json")
def model() -> Result:
    """Show the labels, relationship types and properties of the graph.

    With --format json, what each property holds and which values it can have, for those who write Cypher.
    """
    from graph.derive import model as declarations
    from queries.show import evidence_views

    return Result(Answer((), [], [], declarations()), evidence_views.model)


@options.command("reset", "reset --yes")
@click.option("--yes", is_flag=True, help="Do not ask first.")
def reset(yes: bool) -> Result:
    """Delete all that rankgraph wrote."""
    from graph.documents.reset import reset as delete_all
    from graph.engine.page_copies import forget

    with opened(write=True, fill=False) as graph:
        if not yes and not sys.stdin.isatty():
            raise UsageError("found no terminal to ask at; expected --yes where nobody can answer")
        if not yes:
            click.confirm(
                visible(f"Delete all that rankgraph wrote into {graph.address} ({graph.engine})?"), abort=True, err=True
            )
        deleted = delete_all(graph)
        forget()
    return Result(Answer((), [], [f"{deleted} nodes deleted from {graph.address}"]), text="")


_PORT = click.IntRange(1, 65535)
_GET_BROWSER = "mvn dependency:copy -Dartifact=org.neo4j.client:neo4j-browser:5.24.0 -DoutputDirectory=."
_MAY = {"reader": "may look and not write", "root": "may write, and change all there is"}


@options.command("serve", "serve --read-only --browser neo4j-browser-5.24.0.jar", "serve --bolt-port 7690")
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
def serve(*, browser: str | None, page_port: int | None, show_password: bool, **others: Any) -> Iterator[Result]:
    """Keep the embedded graph open until Ctrl-C, for Neo4j Browser and other commands.

    Once it is ready, one line with the Bolt address stands on stdout; how to connect is said on stderr. Other
    rankgraph commands go on working, and see what is loaded meanwhile.

    Analysts log in as `reader`, who may not write; `root` may, unless --read-only is given. Their passwords stand
    in passwords.json in the folder of the graph. RANKGRAPH_SERVE_PASSWORD sets the password of one more user,
    `analyst`, who is there as long as this serves.
    """
    from graph.engine.serve_settings import ServeSettings

    settings = ServeSettings(**others)
    if not settings.host.strip():
        raise UsageError("--host: found nothing; expected a name or address of this machine, or leave it out")
    if settings.bolt_port is not None and settings.bolt_port == page_port:
        raise UsageError(f"--bolt-port and --page-port are both {page_port}; expected two ports")
    settings = _check_settings(settings)
    with _browser_page(browser, page_port) as page:
        yield from _serve(settings, page, show_password=show_password)


def _check_settings(settings: ServeSettings) -> ServeSettings:
    """Return the settings with the password of the environment, after all that can be checked before the start."""
    from graph.engine import serve as engine  # not for a help page
    from graph.engine.data_folder import home_folder
    from graph.engine.serve_settings import bolt_port

    engine.check_environment(os.environ)
    checked = replace(settings, password=engine.password_of(os.environ, settings))
    engine.check_folder(home_folder())
    bolt_port(checked)
    return checked


def _serve(settings: ServeSettings, page: BrowserPage | None, *, show_password: bool) -> Iterator[Result]:
    """Serve the graph, yield how to connect, and go on until a signal asks to stop."""
    from graph.engine import serve as engine
    from graph.engine.data_folder import home_folder

    settings = replace(settings, page=page.address if page else None)
    stop = engine.Stop()
    with stop.listening():
        with opened(write=True):
            pass  # an empty graph is filled before others see it
        with engine.open_for_others(home_folder(), settings, log.info) as (address, passwords, hasten):
            if page:
                page.start(address.uri)
            stop.ready(hasten)
            yield _connection(settings, address, passwords if show_password else None)
            stop.wait()
            log.info("stopping; a second time stops at once, whoever is still at work")


@contextlib.contextmanager
def _browser_page(browser: str | None, port: int | None) -> Iterator[BrowserPage | None]:
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


def _connection(settings: ServeSettings, address: Address, passwords: Passwords | None) -> Result:
    """Return the line for stdout, and beside it how to connect."""
    from rich.text import Text

    from graph.engine.data_folder import DataFolder, home_folder
    from graph.engine.serve import users
    from graph.engine.serve_settings import ANALYST

    home, user = DataFolder(home_folder()), users(settings)[0]
    parts = {
        "engine": address.engine,
        "folder": str(home.folder),
        "bolt": address.uri,
        "page": address.page,
        "user": user,
        "password_file": None if user == ANALYST else str(home.password_file),
        "read_only": settings.read_only,
    }
    secrets = [(user, getattr(passwords, user, None)) for user in users(settings)]
    notes = [
        f"{address.engine} serves the graph in {home.folder} at {address.uri} (database neo4j)",
        *_places(settings, address),
        *_logins(settings, home),
        *(f"password of {user}: {password}" for user, password in secrets if password is not None),
        *_browser_notes(address),
        f"to stop: Ctrl-C here, or end process {address.owner}; other rankgraph commands go on working meanwhile",
    ]
    return Result(Answer((), [], notes, parts=parts), lambda _: Text(address.uri))


def _places(settings: ServeSettings, address: Address) -> list[str]:
    """Return notes on where others reach the graph, if the user has to know more than the address."""
    from graph.engine.data_folder import bolt_uri
    from graph.engine.serve_settings import BOLT_PORT

    notes = []
    if settings.bolt_port is None and address.bolt != BOLT_PORT:
        notes.append(f"port {BOLT_PORT} was taken, so {address.bolt} was chosen; --bolt-port sets one that stays")
    if not settings.alone:
        host = "the name of this machine" if settings.everywhere else bolt_uri(settings.host, address.bolt)
        port = f", port {address.bolt}" if settings.everywhere else ""
        notes.append(
            f"others reach it at {host}{port}, as any user named here; nothing is encrypted on the way, passwords and "
            "answers included, unless you set up TLS in front of it (a proxy or an SSH tunnel)"
        )
    return notes


def _logins(settings: ServeSettings, home: DataFolder) -> list[str]:
    """Return notes on the users to log in as, and on where each password is."""
    from graph.engine.serve import PASSWORD, users
    from graph.engine.serve_settings import ANALYST

    may = "may look and not write" if settings.read_only else "may look and write"
    notes = [f"log in as {ANALYST} ({may}) with the password that you set in {PASSWORD}"] if settings.password else []
    notes += [
        f"log in as {user} ({_MAY[user]}); the password is in {home.password_file}, under {user!r}"
        for user in users(settings)
        if user != ANALYST
    ]
    return [*notes, *(["it is read-only: nobody can write over Bolt, root included"] if settings.read_only else [])]


def _browser_notes(address: Address) -> list[str]:
    if address.page:
        return [f"Neo4j Browser: open {address.page}?dbms={address.uri}"]
    served = f"to have one served here, get its jar with `{_GET_BROWSER}` and give it with --browser"
    return [f"any page of Neo4j Browser can be pointed at {address.uri}; {served}"]


_PAGE, _BOLT = "http://localhost:7474/browser/", "bolt://localhost:7687"
"""Where a Neo4j of this machine has its Browser and answers, unless it was set up otherwise."""
_BOLT_SCHEMES = ("bolt://", "bolt+s://", "bolt+ssc://", "neo4j://", "neo4j+s://", "neo4j+ssc://")


@options.command(
    "browser-pack pack.zip",
    "browser-pack pack.zip --overwrite",
    "browser-pack pack.zip --page http://graph.example:7474/browser/ --bolt neo4j://graph.example:7687",
)
@click.argument("file", metavar="FILE.zip")
@click.option("--page", metavar="ADDRESS", help="The Neo4j Browser that the guide links to; else that of your graph.")
@click.option("--bolt", metavar="ADDRESS", help="The graph that Browser offers to connect to; else your graph.")
@click.option("--overwrite", "--force", is_flag=True, help="Let the files take the place of those that are there.")
@options.output("table", "json")
def browser_pack(file: str, *, page: str | None, bolt: str | None, overwrite: bool) -> Result:
    """Write favourites, a style sheet and a guide for Neo4j Browser, and a dashboard.

    FILE.zip has every question as a favourite in a folder a family, those that can be drawn once more as
    "Graph: ...", and the steps of the guide. Beside it, under the same name, .grass is the style sheet,
    dropped by itself, and .html the guide: a page that links each step, and each other question, to Browser.
    .json is a dashboard of ten questions for NeoDash 2.4 and the dashboards of Neo4j Aura.

    The links go to --page and --bolt; without them to the Neo4j of NEO4J_URI, to what `rankgraph serve`
    offers if it runs, else to http://localhost:7474/browser/. No graph is opened.
    """
    from queries.show.files import writable

    target = Path(file)
    if target.suffix.casefold() != ".zip":
        raise UsageError(f"found {file!r}; expected the name of a file that ends in .zip")
    if page is not None and not page.startswith(("http://", "https://")):
        raise UsageError(f"--page: found {page!r}; expected an address such as {_PAGE}")
    if bolt is not None and ("@" in bolt or "?" in bolt or not bolt.startswith(_BOLT_SCHEMES)):
        address = bolt.rpartition("@")[2].partition("?")[0]
        raise UsageError(f"--bolt: found {address!r}; expected an address such as {_BOLT}, without user or password")
    paths = [
        writable(target.with_suffix(suffix), overwrite=overwrite)
        for suffix in (target.suffix, ".grass", ".html", ".json")
    ]
    known_page, known_bolt = _known_addresses()
    contents = _pack_contents(*paths, page=page or known_page, bolt=bolt or known_bolt)
    _write_all({path: content for path, (content, _) in contents.items()})
    rows = [{"file": str(path), "holds": holds} for path, (_, holds) in contents.items()]
    archive, style, guide, _ = (path.name for path in paths)
    notes = [f"drop {archive} on Neo4j Browser, then {style} by itself; then open {guide}"]
    return Result(Answer(("file", "holds"), rows, notes))


def _pack_contents(
    archive: Path, style: Path, guide: Path, board: Path, *, page: str, bolt: str
) -> dict[Path, tuple[str | bytes, str]]:
    """Return the content of each file, and what it holds in words."""
    from graph.ontology import EDGE_KINDS, NODE_KINDS
    from graph.style_sheet import style_sheet
    from queries.browser import archive as favourites
    from queries.browser.dashboard import dashboard
    from queries.browser.guide import guide_steps
    from queries.browser.page import page as guide_page

    names = list(favourites.favourites())
    folders = {name.partition("/")[0] for name in names}
    return {
        archive: (favourites.archive(), f"{len(names)} favourites in {len(folders)} folders"),
        style: (style_sheet(), f"looks of {len(NODE_KINDS)} kinds of node and {len(EDGE_KINDS)} of relationship"),
        guide: (
            guide_page(page, bolt, archive.name, style.name),
            f"a guide of {len(guide_steps())} steps, linked to {page}",
        ),
        board: (dashboard(), "a dashboard of ten questions, for NeoDash 2.4 and Aura"),
    }


def _known_addresses() -> tuple[str, str]:
    """Return the addresses of a Browser page and of a graph, as far as they are known without opening the graph."""
    from graph.engine.data_folder import DataFolder, home_folder
    from graph.engine.server_address import browser_page, check_address, without_user

    uri = os.environ.get("NEO4J_URI", "").strip()
    if uri:
        address, _, _ = without_user(uri)
        check_address(address)
        address = address.partition("?")[0]
        return browser_page(address), address
    served = DataFolder(home_folder()).owner()
    return (served.page, served.uri) if served is not None and served.page else (_PAGE, _BOLT)


def _write_all(contents: Mapping[Path, str | bytes]) -> None:
    """Write all files; where one cannot be written, put back what stood in place of the others."""
    from queries.show.files import write

    before = {path: path.read_bytes() if path.is_file() else None for path in contents}
    done: list[Path] = []
    try:
        for path, content in contents.items():
            write(path, content)
            done.append(path)
    except OutputError:
        for path in done:
            old = before[path]
            with contextlib.suppress(OSError, OutputError):
                path.unlink() if old is None else write(path, old)
        raise
