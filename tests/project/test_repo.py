"""The rules that hold for the project as a whole: who imports whom, sizes, and what may never stand in it."""

from __future__ import annotations

import ast
import importlib
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
PACKAGES = ("graph", "loaders", "queries")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
SOURCES = [*MODULES, ROOT / "cli.py"]
ALL_PYTHON = [*SOURCES, *sorted(ROOT.glob("bench/*.py")), *sorted(ROOT.glob("tests/*.py"))]

MOST_LINES_OF_A_FUNCTION = 40
MOST_LINES_OF_A_MODULE = 400
RUN = 12

MAY_IMPORT = {
    "graph": {"graph"},
    "loaders": {"loaders", "graph.ontology", "graph.errors"},
    "queries": {"queries", "graph.session", "graph.errors"},
}
"""What a package may import of the project; `cli` may import all, and nothing imports `cli`."""

EDGE = {"queries", "graph", "loaders"}
"""What `queries/commands` may import: there the command line is put together (docs/decisions/0008)."""

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


def wrong_imports(package: str, tree: ast.Module) -> set[str]:
    """Return what a module of the package imports of the project and may not."""
    allowed = EDGE if package == "queries/commands" else MAY_IMPORT[package]
    return {name for name in imported(tree) if _is_ours(name) and not _is_within(name, allowed)}


def _package(path: Path) -> str:
    folder = path.relative_to(ROOT).parent.as_posix()
    return folder if folder == "queries/commands" else folder.partition("/")[0]


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_imports_only_what_its_package_may(path: Path) -> None:
    """Data goes one way: loaders to the ontology, graph to the database, queries to the session."""
    assert set() == wrong_imports(_package(path), _tree(path))


@pytest.mark.parametrize(
    ("package", "source", "wrong"),
    [
        ("loaders", "from graph.ontology import Rank\nfrom graph.errors import DocumentError", set()),
        ("loaders", "from graph.nodes import Rank", {"graph.nodes.Rank"}),
        ("loaders", "from graph import session", {"graph.session"}),
        ("loaders", "def read():\n    import queries.ask", {"queries.ask"}),
        ("queries", "from graph.session import Graph", set()),
        ("queries", "import graph.ontology", {"graph.ontology"}),
        ("queries", "from graph.text.edition_diff import compare", {"graph.compare.compare"}),
        ("queries/commands", "from graph.text.edition_diff import compare", set()),
        ("queries/commands", "from graph.staff.load import load\nfrom loaders import staff", set()),
        ("queries/commands", "from cli import main", {"cli.main"}),
        ("queries", "from queries.commands.gap import command\nfrom loaders import staff", {"loaders.staff"}),
        ("graph", "import cli", {"cli"}),
        ("graph", "import importlib\nimportlib.import_module('loaders.facts')", {"loaders.facts"}),
        ("graph", "from . import session", {"..session"}),
    ],
)
def test_a_wrong_import_is_noticed(package: str, source: str, wrong: set[str]) -> None:
    """Imports count wherever and however they are written."""
    assert wrong == wrong_imports(package, ast.parse(source))


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


def _defined(tree: ast.Module) -> set[str]:
    """Return the public functions and classes that a module itself defines."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return {node.name for node in tree.body if isinstance(node, kinds) and not node.name.startswith("_")}


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _exported(tree: ast.Module) -> list[str] | None:
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets):
            assert isinstance(node, ast.Assign)
            return list(ast.literal_eval(node.value))
    return None


@pytest.mark.parametrize("path", [path for path in MODULES if _tree(path).body[1:]], ids=_name)
def test_the_public_names_of_a_module_are_listed(path: Path) -> None:
    """`__all__` names only what is there, and leaves out no public function or class."""
    exported = _exported(_tree(path))
    assert exported is not None, "there is no __all__"
    module = importlib.import_module(_dotted(path))
    missing = _defined(_tree(path)) - set(exported)
    assert ([], set()) == ([name for name in exported if not hasattr(module, name)], missing)


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
