"""The files of the project, as git knows them, and its Python as it is parsed."""

from __future__ import annotations

import ast
import shutil
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("graph", "loaders", "queries")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
SOURCES = [*MODULES, ROOT / "cli.py"]
ALL_PYTHON = [*SOURCES, *sorted(ROOT.glob("bench/*.py")), *sorted(ROOT.glob("tests/**/*.py"))]


def path_name(path: Path) -> str:
    """Return where a file stands in the project."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    """Return the parsed text of a module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def dotted(path: Path) -> str:
    """Return the name by which a module is imported."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


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
def text_of(path: Path) -> str:
    """Return the text of a file, whatever stands in it."""
    return path.read_bytes().decode("utf-8", errors="replace")
