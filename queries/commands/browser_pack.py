"""`rankgraph browser-pack`."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

import click

from queries.commands import options
from queries.commands.options import Made, examples

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


_COLUMNS = ("file", "holds")
_PAGE, _BOLT = "http://localhost:7474/browser/", "bolt://localhost:7687"
"""Where a Neo4j of this machine has its Browser and answers, unless it was set up otherwise."""
_BOLT_SCHEMES = ("bolt://", "bolt+s://", "bolt+ssc://", "neo4j://", "neo4j+s://", "neo4j+ssc://")


@click.command(
    "browser-pack",
    epilog=examples(
        "browser-pack pack.zip",
        "browser-pack pack.zip --overwrite",
        "browser-pack pack.zip --page http://graph.example:7474/browser/ --bolt neo4j://graph.example:7687",
    ),
)
@click.argument("file", metavar="FILE.zip")
@click.option("--page", metavar="ADDRESS", help="The Neo4j Browser that the guide links to; else that of your graph.")
@click.option("--bolt", metavar="ADDRESS", help="The graph that Browser offers to connect to; else your graph.")
@click.option("--overwrite", "--force", is_flag=True, help="Let the files take the place of those that are there.")
@options.output("table", "json")
def command(file: str, *, page: str | None, bolt: str | None, overwrite: bool, kind: str) -> Made:
    """Write what Neo4j Browser takes as a drop: favourites, a style sheet, and a guide.

    FILE.zip has every question as a favourite in a folder a family, those that can be drawn once more as
    "Graph: ...", and the ten steps of the guide. Beside it, under the same name, .grass is the style sheet,
    dropped by itself, and .html the guide: a page that links each step to Browser.

    The links go to --page and --bolt; without them to the Neo4j of NEO4J_URI, to what `rankgraph serve`
    offers if it runs, else to http://localhost:7474/browser/. No graph is opened.
    """
    from pathlib import Path

    from graph.errors import UsageError
    from queries.answers.answer import Composed
    from queries.show.files import writable

    target = Path(file)
    if target.suffix.casefold() != ".zip":
        raise UsageError(f"found {file!r}; expected the name of a file that ends in .zip")
    if page is not None and not page.startswith(("http://", "https://")):
        raise UsageError(f"--page: found {page!r}; expected an address such as {_PAGE}")
    if bolt is not None and ("@" in bolt or "?" in bolt or not bolt.startswith(_BOLT_SCHEMES)):
        shown = bolt.rpartition("@")[2].partition("?")[0]
        raise UsageError(f"--bolt: found {shown!r}; expected an address such as {_BOLT}, without user or password")
    paths = [writable(target.with_suffix(suffix), overwrite=overwrite) for suffix in (target.suffix, ".grass", ".html")]
    known_page, known_bolt = _known()
    contents = _contents(*paths, page=page or known_page, bolt=bolt or known_bolt)
    _write_all({path: content for path, (content, _) in contents.items()})
    rows = [{"file": str(path), "holds": holds} for path, (_, holds) in contents.items()]
    return Made(Composed(_COLUMNS, rows, _notes(*paths)), kind)


def _contents(
    archived: Path, styled: Path, guide: Path, *, page: str, bolt: str
) -> dict[Path, tuple[str | bytes, str]]:
    """Return what each file holds, and that in words."""
    from graph.ontology import EDGE_KINDS, NODE_KINDS
    from graph.style_sheet import style_sheet
    from queries.browser.archive import archive, favourites
    from queries.browser.guide import STEPS
    from queries.browser.page import page as written

    names = list(favourites())
    folders = {name.partition("/")[0] for name in names}
    return {
        archived: (archive(), f"{len(names)} favourites in {len(folders)} folders"),
        styled: (style_sheet(), f"looks of {len(NODE_KINDS)} kinds of node and {len(EDGE_KINDS)} of relationship"),
        guide: (written(page, bolt, archived.name, styled.name), f"a guide of {len(STEPS)} steps, linked to {page}"),
    }


def _notes(archived: Path, styled: Path, guide: Path) -> list[str]:
    return [f"drop {archived.name} on Neo4j Browser, then {styled.name} by itself; then open {guide.name}"]


def _known() -> tuple[str, str]:
    """Return the addresses of a Browser page and of a graph, as far as they are known without opening the graph."""
    from graph.engine.data_folder import Home, home_folder
    from graph.engine.server_address import browser_page, check_address, without_user

    uri = os.environ.get("NEO4J_URI", "").strip()
    if uri:
        address, _, _ = without_user(uri)
        check_address(address)
        address = address.partition("?")[0]
        return browser_page(address), address
    served = Home(home_folder()).owner()
    return (served.page, served.uri) if served is not None and served.page else (_PAGE, _BOLT)


def _write_all(contents: Mapping[Path, str | bytes]) -> None:
    """Write all files; where one cannot be written, put back what stood in place of the others."""
    from graph.errors import OutputError
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
