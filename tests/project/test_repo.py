"""The rules that hold for the project as a whole: who imports whom, sizes, and what may never stand in it."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import networkx as nx
import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
PACKAGES = ("graph", "loaders", "queries")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
SOURCES = [*MODULES, ROOT / "cli.py"]
ALL_PYTHON = [*SOURCES, *sorted(ROOT.glob("bench/*.py")), *sorted(ROOT.glob("tests/**/*.py"))]

MOST_LINES_OF_A_FUNCTION = 40
MOST_LINES_OF_A_MODULE = 400
RUN = 12

DOMAIN = {f"graph.{name}" for name in ("errors", "ids", "days", "rows", "nodes", "staff_nodes", "ontology")}
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
    "graph.check": set(),
    "graph.derive": set(),
    "graph.style_sheet": set(),
    "graph.documents": {"graph.text", "graph.session", "graph.check", "graph.derive", "graph.documents"},
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
    "loaders.documents": {*_READING, "loaders.formats", "loaders.layout", "loaders.fields", "loaders.documents"},
    "loaders.facts": {*_READING, "loaders.fields", "loaders.documents", "loaders.facts"},
    "loaders.staff": {"loaders.yaml_lines", "loaders.staff"},
    "loaders.sample_force": {
        "loaders.reference",
        "loaders.staff.schema",
        "loaders.staff.sheets",
        "loaders.sample_force",
    },
    "queries": set(),
    "queries.catalogue": set(),
    "queries.audience": set(),
    "queries.parameters": {
        *("graph.text", "graph.session", "queries.catalogue", "queries.parameters"),
        "loaders.yaml_lines",  # one reader of what users write in YAML
    },
    "queries.ask": {"graph.session", *_ASKING},
    "queries.answers": {"graph.text", "graph.session", *_ASKING, "queries.answers"},
    "queries.show": {*_SHOWING},
    "queries.picture": {*_SHOWING, "queries.picture"},
    "queries.report": {*_SHOWING, "queries.report"},
    "queries.browser": {"graph.session", *_SHOWING, "queries.browser"},
    "queries.commands": {"graph", "loaders", "queries"},
}
"""What a room may import of the project beside the domain; `cli` may import all, and nothing imports `cli`."""

ROOMS = {"graph": 15, "loaders": 14, "queries": 16}
"""How many things stand side by side in a top room at the most, question families and samples included."""

MOST_FLOORS = 6

DRIVERS = {"neo4j": {"graph/session.py"}, "arcadedb": {"graph/engine/embedded.py"}}
"""The modules that may know a driver or an engine."""


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


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


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_imports_only_what_its_room_may(path: Path) -> None:
    """Data goes one way: documents to the domain, the domain to the database, answers to what shows them."""
    assert set() == wrong_imports(_dotted(path), _tree(path))


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
        ("graph.check", "import cli", {"cli"}),
        ("graph.check", "import importlib\nimportlib.import_module('loaders.facts')", {"loaders.facts"}),
        ("graph.check", "from . import session", {"..session"}),
    ],
)
def test_a_wrong_import_is_noticed(name: str, source: str, wrong: set[str]) -> None:
    """Imports count wherever and however they are written."""
    assert wrong == wrong_imports(name, ast.parse(source))


@cache
def _imports() -> nx.DiGraph[str]:
    """Return which module imports which, for types alone too."""
    names = {_dotted(path): path for path in MODULES}
    found: nx.DiGraph[str] = nx.DiGraph()
    found.add_nodes_from(names)
    for name, path in names.items():
        ends = {one if one in names else one.rpartition(".")[0] for one in imported(_tree(path))}
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
        _name(path) for path in SOURCES if any(_is_within(name, {driver}) for name in imported(_tree(path)))
    }


def prints(tree: ast.Module) -> set[int]:
    """Return the lines that print, or write to a standard stream."""
    return {
        node.lineno
        for node in ast.walk(tree)
        if (
            isinstance(node, ast.Call)
            and ast.unparse(node.func) in {"print", "click.echo", "click.secho", "echo", "secho"}
        )
        or (isinstance(node, ast.Attribute) and ast.unparse(node) in {"sys.stdout", "sys.stderr"})
    }


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_only_the_command_line_prints(path: Path) -> None:
    """Whatever a user sees goes through cli.py."""
    assert set() == prints(_tree(path))


def test_a_print_is_noticed() -> None:
    """Printing counts in each of its forms."""
    assert {1, 2, 3} == prints(ast.parse("print(1)\nclick.echo(2)\nsys.stderr.write('3')\nfingerprint(4)"))


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


@pytest.mark.parametrize("path", ALL_PYTHON, ids=_name)
def test_no_function_is_longer_than_the_ceiling(path: Path) -> None:
    """A function of more than 40 lines, docstring included, does more than one thing."""
    assert {
        function.name: _length(function)
        for function in _functions(_tree(path))
        if _length(function) > MOST_LINES_OF_A_FUNCTION
    } == {}


def test_no_module_is_longer_than_the_ceiling() -> None:
    """A module of more than 400 lines has two subjects; tests may be longer."""
    lengths = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES_OF_A_MODULE} == {}


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _exported(tree: ast.Module) -> list[str] | None:
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets):
            assert isinstance(node, ast.Assign)
            return list(ast.literal_eval(node.value))
    return None


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_public_names_are_listed_where_a_package_shows_its_surface(path: Path) -> None:
    """`__all__` stands in a package that gives names of its own, names just those, and stands nowhere else."""
    names = {
        alias.asname or alias.name
        for node in _tree(path).body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    } - {"annotations"}
    names |= {node.name for node in _tree(path).body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    public = {name for name in names if not name.startswith("_")} if path.name == "__init__.py" else set()
    exported = _exported(_tree(path))
    assert (bool(public), set()) == (exported is not None, set(exported or ()) - public)


VAGUE = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}


def test_no_module_has_a_name_that_says_nothing() -> None:
    """A module is named after its subject."""
    assert [_name(path) for path in ALL_PYTHON if path.stem in VAGUE] == []


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_no_class_attribute_hides_a_builtin_of_annotations(path: Path) -> None:
    """Inside a class body an attribute `type` would break annotations such as type[Node]."""
    taken = {
        part.target.id
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.ClassDef)
        for part in node.body
        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)
    }
    assert set() == taken & {"type", "id_", "from_"}


def _is_made(part: str) -> bool:
    """Say whether a file or folder of that name is made by tools."""
    made = {".venv", ".demo", ".env", ".git", ".hypothesis", "dist", "build", "__pycache__"}
    return part in made or part.endswith(("_cache", ".egg-info"))


@cache
def repository() -> tuple[Path, ...]:
    """Return the files of the project, as git knows them; without git, all that are not made by tools."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        listed = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(listed, capture_output=True, check=True).stdout.decode().split("\0")
        return tuple(path for name in names if name and (path := ROOT / name).is_file())
    return tuple(
        path
        for path in ROOT.rglob("*")
        if path.is_file() and not any(_is_made(part) for part in path.relative_to(ROOT).parts)
    )


@cache
def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")


_HOMES = "work|tmp|root|home"
_FORBIDDEN = {
    "a path of somebody's machine": re.compile(rf"(?<![\w.:/$}}-])/(?:{_HOMES})/[\w.-]+"),
    "an index of packages": re.compile(
        r"--(?:extra-)?[i]ndex-url|--[t]rusted-host|[f]ind-links|[a]rtifactory|[d]evpi", re.IGNORECASE
    ),
    "an address in a private network": re.compile(r"\b(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2,3}\b"),
    "unfinished work": re.compile(r"\b(?:T[O]DO|F[I]XME|X{3})\b"),
    "an e-mail address": re.compile(
        r"\b[\w.+-]+@(?!example\.)[\w-]+(?:\.[\w-]+)*\.(?:uk|com|org|net|gov|io)\b", re.IGNORECASE
    ),
    "a telephone number": re.compile(
        r"(?<![\w.-])(?:\+44[\d ()-]{9,}|0(?!1632 960)(?:20|1\d{2,3}|7\d{3}|800)[ -]\d{3,4}[ -]?\d{3,6})\b"
    ),
}
_EXAMPLES = {
    f"open('/{'home'}/me/x.txt')": "a path of somebody's machine",
    f"pip install --{'index'}-url https://example.org": "an index of packages",
    "https://10.0.12.7:8080": "an address in a private network",
    f"# TO{'DO'}: later": "unfinished work",
    "ask jo@force.police.uk": "an e-mail address",
    "ring 020 7946 0018": "a telephone number",
}


def forbidden(text: str) -> set[tuple[str, str]]:
    """Return what a text holds that no file of the project may hold, and what it is."""
    return {(what, match[0]) for what, pattern in _FORBIDDEN.items() for match in pattern.finditer(text)}


@pytest.mark.parametrize("path", repository(), ids=_name)
def test_nothing_stands_in_the_project_that_must_not(path: Path) -> None:
    """No private path, host, person's address or unfinished work; the examples here are the one exception."""
    shown_here = forbidden("\n".join(_EXAMPLES)) if path == Path(__file__).resolve() else set()
    assert set() == forbidden(_text(path)) - shown_here


@pytest.mark.parametrize(("text", "what"), _EXAMPLES.items())
def test_what_must_not_stand_there_is_noticed(text: str, what: str) -> None:
    """Each kind is found in a text that holds it."""
    assert {what} == {kind for kind, _ in forbidden(text)}


def words(text: str) -> list[str]:
    """Return the words of a text as runs are compared: lower case, no marks, whatever lines they stand on."""
    return re.findall(r"[a-z0-9]+", re.sub(r"['’‘]", "", text.casefold()))


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Yield every run of twelve words."""
    found = words(text)
    return (tuple(found[start : start + RUN]) for start in range(len(found) - RUN + 1))


@cache
def _real_runs() -> frozenset[tuple[str, ...]]:
    return frozenset(run for path in SHARED.glob("profiles/*.txt") for run in runs(_text(path)))


@pytest.fixture
def real_runs() -> frozenset[tuple[str, ...]]:
    """Return the runs of the real documents."""
    if not _real_runs():
        pytest.skip("the real documents are not beside the project (../shared/profiles)")
    return _real_runs()


@pytest.mark.real
def test_no_sentence_of_a_real_document_stands_in_the_project(real_runs: frozenset[tuple[str, ...]]) -> None:
    """No twelve words in a row are taken over, in whatever kind of file."""
    copied = {(_name(path), " ".join(run)) for path in repository() for run in runs(_text(path)) if run in real_runs}
    assert set() == copied


@pytest.mark.real
def test_a_sentence_taken_over_would_be_noticed(real_runs: frozenset[tuple[str, ...]]) -> None:
    """A run is found though its lines, marks and quotes differ."""
    run = sorted(real_runs)[len(real_runs) // 2]
    altered = "# " + " \n * ".join(run).title() + "."
    assert set(runs(altered)) <= real_runs


def test_the_constraints_pin_every_dependency_and_name_no_place() -> None:
    """Each line is one exact version, and each declared dependency has its line."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [re.fullmatch(r"([A-Za-z0-9._-]+)==[\w.]+", line) for line in lines]
    assert None not in pins
    declared = re.findall(r'^    "([\w-]+)[=>]=[^"]*",$', _text(ROOT / "pyproject.toml"), re.MULTILINE)
    pinned = {pin[1].casefold().replace("_", "-") for pin in pins if pin}
    assert ([name for name in declared if name.casefold() not in pinned], len(declared) > len(DRIVERS)) == ([], True)
