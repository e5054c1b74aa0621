"""How long modules and functions are, what names they bear and show, and who prints."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.harness.project_files import ALL_PYTHON, MODULES, SOURCES, path_name, tree_of

MOST_LINES_OF_A_FUNCTION = 40
MOST_LINES_OF_A_MODULE = 400


def prints(tree: ast.Module) -> set[int]:
    """Return the lines that print, or write to a standard stream."""
    return {
        node.lineno
        for node in ast.walk(tree)
        if (
            isinstance(node, ast.Call)
            and _short_name(node.func) in {"print", "click.echo", "click.secho", "echo", "secho"}
        )
        or (isinstance(node, ast.Attribute) and _short_name(node) in {"sys.stdout", "sys.stderr"})
    }


def _short_name(node: ast.AST) -> str | None:
    """Return a name of one part or two as it is written, none of what is longer."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return f"{node.value.id}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else None


def test_only_the_command_line_prints() -> None:
    """Whatever a user sees goes through cli.py."""
    assert {} == {path_name(path): lines for path in MODULES if (lines := prints(tree_of(path)))}


def test_a_print_is_noticed() -> None:
    """Printing counts in each of its forms."""
    assert {1, 2, 3} == prints(ast.parse("print(1)\nclick.echo(2)\nsys.stderr.write('3')\nfingerprint(4)"))


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_no_function_is_longer_than_the_ceiling() -> None:
    """A function of more than 40 lines, docstring included, does more than one thing."""
    assert {
        (path_name(path), function.name): _length(function)
        for path in ALL_PYTHON
        for function in _functions(tree_of(path))
        if _length(function) > MOST_LINES_OF_A_FUNCTION
    } == {}


def test_no_module_is_longer_than_the_ceiling() -> None:
    """A module of more than 400 lines has two subjects, one of tests no less than one of the product."""
    lengths = {path_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in ALL_PYTHON}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES_OF_A_MODULE} == {}


def _exported(tree: ast.Module) -> list[str] | None:
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets):
            assert isinstance(node, ast.Assign)
            return list(ast.literal_eval(node.value))
    return None


def _is_surface_listed(path: Path) -> bool:
    """Return whether `__all__` of a module is as it should be."""
    body = tree_of(path).body
    lazily = [inner for node in body if isinstance(node, ast.If) for inner in node.body]
    names = {
        alias.asname or alias.name
        for node in ((*body, *lazily) if path.name == "__init__.py" else body)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    } - {"annotations"}
    names |= {node.name for node in tree_of(path).body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    public = {name for name in names if not name.startswith("_")} if path.name == "__init__.py" else set()
    exported = _exported(tree_of(path))
    return (bool(public), set()) == (exported is not None, set(exported or ()) - public)


def test_public_names_are_listed_where_a_package_shows_its_surface() -> None:
    """`__all__` stands in a package that gives names of its own, names just those, and stands nowhere else."""
    assert [] == [path_name(path) for path in SOURCES if not _is_surface_listed(path)]


VAGUE = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}


def test_no_module_has_a_name_that_says_nothing() -> None:
    """A module is named after its subject."""
    assert [path_name(path) for path in ALL_PYTHON if path.stem in VAGUE] == []


def test_no_class_attribute_hides_a_builtin_of_annotations() -> None:
    """Inside a class body an attribute `type` would break annotations such as type[Node]."""
    taken = {
        (path_name(path), part.target.id)
        for path in SOURCES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef)
        for part in node.body
        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)
    }
    assert set() == {(path, name) for path, name in taken if name in {"type", "id_", "from_"}}
