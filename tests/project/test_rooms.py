"""Who may import whom, how many things stand side by side in a room, and who knows a driver."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache

import networkx as nx
import pytest

from tests.harness.project_files import MODULES, PACKAGES, ROOT, SOURCES, dotted, path_name, tree_of

DOMAIN = {
    f"graph.{name}" for name in ("errors", "ids", "days", "rows", "nodes", "advert_nodes", "staff_nodes", "ontology")
}
"""What everything may import, and what imports nothing else of ours."""

_ASKING = {"queries.catalogue", "queries.ask", "queries.audience", "queries.parameters"}
_SHOWING = {*_ASKING, "queries.answers", "queries.show"}
_READING = {"loaders.profile", "loaders.reference", "loaders.language"}

MAY_IMPORT = {
    **{name: set[str]() for name in DOMAIN},
    "graph": set(),
    "graph.text": {"graph.text"},
    "graph.engine": {"graph.engine"},
    "graph.session": {"graph.engine"},
    "graph.derive": set(),
    "graph.style_sheet": {"graph.text"},
    "graph.documents": {"graph.text", "graph.session", "graph.derive", "graph.documents"},
    "graph.staff": {
        *("graph.text", "graph.session", "graph.derive", "graph.documents", "graph.staff"),
        "graph.engine.file_lock",  # both locks of whoever loads wait equally long
    },
    "loaders": {"loaders"},
    "loaders.profile": set(),
    "loaders.formats": {"loaders.formats"},
    "loaders.reference": {"loaders.yaml_lines", "loaders.reference"},
    "loaders.language": {*_READING},
    "loaders.layout": {*_READING, "loaders.formats", "loaders.layout"},
    "loaders.fields": {*_READING, "loaders.layout", "loaders.fields"},
    "loaders.documents": {
        *_READING,
        *("loaders.formats", "loaders.layout", "loaders.fields", "loaders.documents", "loaders.yaml_lines"),
    },
    "loaders.facts": {*_READING, "loaders.fields", "loaders.documents", "loaders.facts"},
    "loaders.origins": {
        *("loaders.profile", "loaders.reference", "loaders.formats", "loaders.fields", "loaders.yaml_lines"),
        "loaders.origins",
    },
    "loaders.staff": {
        *("loaders.yaml_lines", "loaders.formats", "loaders.staff"),
        "loaders.reference.ranks",  # how a rank is spelled stands in one place
    },
    "loaders.sample_force": {
        "loaders.reference",
        "loaders.staff.schema",
        "loaders.staff.sheets",
        "loaders.sample_force",
    },
    "queries": set(),
    "queries.catalogue": set(),
    "queries.audience": {"queries.audience"},
    "queries.parameters": {
        *("graph.text", "graph.session", "queries.catalogue", "queries.parameters"),
        "loaders.yaml_lines",  # one reader of what users write in YAML
        *("loaders.reference", "loaders.staff.rank_prefixes"),  # one reader of names and ranks
        *("loaders.staff.dates", "loaders.staff.faults", "loaders.language.number_words"),  # and of days and numbers
    },
    "queries.ask": {"graph.session", *_ASKING},
    "queries.answers": {"graph.text", "graph.session", *_ASKING, "queries.answers"},
    "queries.show": {*_SHOWING},
    "queries.picture": {*_SHOWING, "queries.picture"},
    "queries.report": {*_SHOWING, "queries.report"},
    "queries.agents": {"graph.session", "graph.derive", *_SHOWING, "queries.agents"},
    "queries.browser": {"graph.session", *_SHOWING, "queries.browser"},
    "queries.export": {"graph.text", "graph.session", "graph.derive", *_SHOWING, "queries.export"},
    "queries.commands": {"graph", "loaders", "queries"},
}
"""What a room may import of the project beside the domain; `cli` may import all, and nothing imports `cli`."""

ROOMS = {"graph": 15, "loaders": 14, "queries": 18}
"""How many things stand side by side in a top room at the most, question families and samples included.

In queries 16, and the two rooms that were planned beside them from the beginning: exports, and answers to agents.
"""

MOST_FLOORS = 6

DRIVERS = {"neo4j": {"graph/session.py"}, "arcadedb": {"graph/engine/embedded.py"}}
"""The modules that may know a driver or an engine."""


def imported(tree: ast.Module) -> Iterator[str]:
    """Yield the dotted name of everything imported, wherever the import stands; `from graph import x` is graph.x."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level:
            yield from (f".{node.module or ''}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and _called(node) in {"import_module", "__import__"} and node.args:
            yield ast.literal_eval(node.args[0]) if isinstance(node.args[0], ast.Constant) else "unknown"


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _is_within(name: str, allowed: set[str]) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in allowed)


def _is_ours(name: str) -> bool:
    return name.startswith(".") or name.partition(".")[0] in {*PACKAGES, "cli", "bench", "tests"}


def _room(name: str) -> str:
    """Return the room of the table that a module stands in: the longest that its name begins with."""
    return max((room for room in MAY_IMPORT if _is_within(name, {room})), key=len)


def wrong_imports(name: str, tree: ast.Module) -> set[str]:
    """Return what a module imports of the project and may not."""
    allowed = DOMAIN | MAY_IMPORT[_room(name)]
    commands = set() if _is_within(name, {"queries.commands"}) else {"queries.commands"}
    wanted = {one for one in imported(tree) if _is_ours(one)}
    return {one for one in wanted if not _is_within(one, allowed) or _is_within(one, commands)}


def test_a_module_imports_only_what_its_room_may() -> None:
    """Data goes one way: documents to the domain, the domain to the database, answers to what shows them."""
    found = {path_name(path): wrong_imports(dotted(path), tree_of(path)) for path in MODULES}
    assert {} == {name: wrong for name, wrong in found.items() if wrong}


@pytest.mark.parametrize(
    ("name", "source", "wrong"),
    [
        ("loaders.facts.document", "from graph.ontology import Facts\nfrom graph.nodes import Rank", set()),
        ("loaders.layout.lines", "from loaders.documents import advert", {"loaders.documents.advert"}),
        ("loaders.files", "from graph import session", {"graph.session"}),
        ("loaders.files", "def read():\n    import queries.ask", {"queries.ask"}),
        ("graph.nodes", "from graph.text import likeness", {"graph.text.likeness"}),
        ("queries.ask", "from graph.session import Graph", set()),
        ("queries.show.tables", "from queries.answers.gap import gap", set()),
        ("queries.show.tables", "from graph.session import Graph", {"graph.session.Graph"}),
        ("queries.commands.staff", "from graph.staff.load import load\nfrom loaders import staff", set()),
        ("queries.commands.staff", "from cli import main", {"cli.main"}),
        ("queries.report.page", "from queries.commands import staff", {"queries.commands.staff"}),
        ("graph.documents.check", "import cli", {"cli"}),
        ("graph.documents.check", "import importlib\nimportlib.import_module('loaders.facts')", {"loaders.facts"}),
        ("graph.documents.check", "from . import session", {"..session"}),
    ],
)
def test_a_wrong_import_is_noticed(name: str, source: str, wrong: set[str]) -> None:
    """Imports count wherever and however they are written."""
    assert wrong == wrong_imports(name, ast.parse(source))


@cache
def _imports() -> nx.DiGraph[str]:
    """Return which module imports which, for types alone too."""
    names = {dotted(path): path for path in MODULES}
    found: nx.DiGraph[str] = nx.DiGraph()
    found.add_nodes_from(names)
    for name, path in names.items():
        ends = {one if one in names else one.rpartition(".")[0] for one in imported(tree_of(path))}
        found.add_edges_from((name, end) for end in ends & names.keys() - {name})
    return found


def _rooms(top: str) -> nx.DiGraph[str]:
    """Return which of the things that stand side by side in a room imports which other."""
    found: nx.DiGraph[str] = nx.DiGraph()
    for start, end in _imports().edges:
        rooms = [".".join(name.split(".")[:2]) for name in (start, end)]
        if rooms[0] != rooms[1] and all(_is_within(room, {top}) for room in rooms):
            found.add_edge(*rooms)
    return found


def test_no_module_imports_itself_through_others() -> None:
    """There are no circles of imports."""
    assert [] == [sorted(circle) for circle in nx.strongly_connected_components(_imports()) if len(circle) > 1]


@pytest.mark.parametrize("top", ROOMS)
def test_a_room_can_be_overlooked(top: str) -> None:
    """Few things stand side by side, on few floors, and none is above and below another."""
    beside = [path for path in (ROOT / top).iterdir() if path.suffix == ".py" or path.is_dir()]
    names = {path.stem for path in beside if not path.name.startswith("_")}
    rooms = _rooms(top)
    circles = [sorted(circle) for circle in nx.strongly_connected_components(rooms) if len(circle) > 1]
    floors = nx.dag_longest_path_length(rooms) + 1 if not circles else 0
    assert ([], True, True) == (circles, floors <= MOST_FLOORS, len(names) <= ROOMS[top]), (floors, sorted(names))


@pytest.mark.parametrize("driver", DRIVERS)
def test_only_one_module_knows_a_driver(driver: str) -> None:
    """The driver is imported in one place, the engine in another."""
    assert DRIVERS[driver] == {
        path_name(path) for path in SOURCES if any(_is_within(name, {driver}) for name in imported(tree_of(path)))
    }
