"""The pages that are made from the code, and the files that a user runs."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


def update() -> ModuleType:
    """Import docs/update.py."""
    spec = importlib.util.spec_from_file_location("update", ROOT / "docs" / "update.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", update().PAGES)
def test_a_made_page_is_not_stale(page: str) -> None:
    """What stands in the page is what the code makes now; `python docs/update.py` mends it."""
    assert update().PAGES[page]() == (ROOT / page).read_text(encoding="utf-8")
