"""Export a graph in tests, and look into what was written."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.harness.commands import run

KINDS = ("csv", "tables", "graphml", "jsonld")


def place(folder: Path, kind: str) -> Path:
    """Return where an export of a kind goes: a folder or a file."""
    return folder / ("out" if kind in {"csv", "tables"} else f"out.{kind}")


def export(kind: str, path: Path, *options: str) -> dict[str, Any]:
    """Export the graph in use, and return the manifest."""
    found = run("export", kind, str(path), *options)
    assert found.exit_code == 0, found.stderr
    manifest = path / "manifest.json" if path.is_dir() else path.with_name(f"{path.name}.manifest.json")
    told: dict[str, Any] = json.loads(manifest.read_text(encoding="utf-8"))
    return told


def files(path: Path) -> Iterable[Path]:
    """Return the files of an export."""
    return (one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
