"""Note which functions of the product each test module calls; bench/mutants.py copies this file into a checkout.

There it is the `sitecustomize` of every Python that has the checkout on its path, so that commands which tests start
are noted too, and the plugin of pytest that says which module is under way. It notes only where REACH_FOLDER is set.
PYTEST_DONT_REWRITE: it is imported before pytest is.
"""

from __future__ import annotations

import ast
import atexit
import builtins
import functools
import gc
import json
import os
import uuid
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType

    import pytest

ROOT = Path(__file__).resolve().parent
PRODUCT = ("graph", "loaders", "queries")
SLOW = {"chromium", "jar"}
"""Fixtures of tests that need a browser: these are left out."""
FOLDER = os.environ.get("REACH_FOLDER", "")

Function = ast.FunctionDef | ast.AsyncFunctionDef
_called: set[str] = set()
_reached: dict[str, set[str]] = {}
_seconds: dict[str, float] = {}
_failed: set[str] = set()
_get_code = SourceFileLoader.get_code


def functions(tree: ast.Module) -> Iterator[tuple[str, Function]]:
    """Yield the functions of a module and of its classes, each by its name, qualified by its class."""
    for node in tree.body:
        if isinstance(node, Function):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{part.name}", part) for part in node.body if isinstance(part, Function))


def _noting_code(loader: SourceFileLoader, fullname: str) -> CodeType | None:
    path = Path(loader.get_filename(fullname))
    if not path.is_relative_to(ROOT) or path.relative_to(ROOT).parts[0] not in PRODUCT:
        return _get_code(loader, fullname)
    tree = ast.parse(path.read_bytes(), str(path))
    for name, node in functions(tree):
        note = ast.parse(f"__called__({f'{path.relative_to(ROOT).as_posix()}::{name}'!r})").body[0]
        first = int(ast.get_docstring(node) is not None)
        for part in ast.walk(note):
            ast.copy_location(part, node.body[0])
        node.body.insert(first, note)
    return compile(tree, str(path), "exec", dont_inherit=True)


def _switch(module: str) -> None:
    """Go on to a test module, with nothing remembered of the one before, so that it calls what it needs itself."""
    before = os.environ.get("REACH_MODULE", "")
    _reached.setdefault(before, set()).update(_called)
    _called.clear()
    if module != before:
        os.environ["REACH_MODULE"] = module
        for each in gc.get_objects():
            if isinstance(each, functools._lru_cache_wrapper) and _ours(each.__module__):  # noqa: SLF001
                each.cache_clear()


def _ours(module: str | None) -> bool:
    return (module or "").partition(".")[0] in {*PRODUCT, "tests"}


def _write() -> None:
    _switch(os.environ.get("REACH_MODULE", ""))
    record = {"reached": {name: sorted(keys) for name, keys in _reached.items()}, "seconds": _seconds}
    Path(FOLDER, f"{uuid.uuid4().hex}.json").write_text(json.dumps({**record, "failed": sorted(_failed)}), "utf-8")


def pytest_collectstart(collector: pytest.Collector) -> None:
    """Note what a module calls when it is imported."""
    if FOLDER and (module := collector.nodeid.partition("::")[0]).endswith(".py"):
        _switch(module)


def pytest_runtest_logstart(nodeid: str) -> None:
    """Note what a test calls."""
    if FOLDER:
        _switch(nodeid.partition("::")[0])


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note how long a module takes, and what fails here without any change."""
    module = report.nodeid.partition("::")[0]
    _seconds[module] = _seconds.get(module, 0) + report.duration
    if report.failed:
        _failed.add(report.nodeid)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs a browser."""
    slow = [item for item in items if SLOW & {*getattr(item, "fixturenames", ())}]
    config.hook.pytest_deselected(items=slow)
    items[:] = [item for item in items if item not in slow]


if FOLDER:
    setattr(builtins, "__called__", _called.add)  # noqa: B010 -- no name that type checkers know
    setattr(SourceFileLoader, "get_code", _noting_code)  # noqa: B010 -- so that type checkers let it be
    atexit.register(_write)
