"""The real documents and their annotation, which lie beside the project and are no part of it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
DOCUMENTS = ("000", "001", "002", "003", "004")

needed = pytest.mark.skipif(
    not (SHARED / "gold" / "seeds.json").is_file(), reason="the real documents are not beside the project"
)


def path_of(number: str) -> Path:
    """Return the file of a document by its number."""
    return next((SHARED / "profiles").glob(f"{number}_*.txt"))


@cache
def gold() -> dict[str, dict[str, Any]]:
    """Return the annotation of each document by its number."""
    found = json.loads((SHARED / "gold" / "seeds.json").read_text(encoding="utf-8"))
    return {document["document"][:3]: document for document in found["documents"]}


def lines_of(number: str, field: str) -> dict[int, str]:
    """Return the lines that the annotation gives for a field, as they stand in the file, by line number."""
    lines = path_of(number).read_text(encoding="utf-8").split("\n")
    return {line: lines[line - 1] for line in gold()[number][field]["lines"]}
