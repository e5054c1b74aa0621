"""The pages that are made from the code, and the files that a user runs."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from graph.engine.server_seconds import DEFAULTS
from queries.catalogue import SEVERITIES, graph_forms, questions

ROOT = Path(__file__).resolve().parents[2]


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


@pytest.mark.parametrize("page", ["README.md", "docs/cli.md", "docs/operations.md"])
def test_the_settings_of_a_server_are_documented(page: str) -> None:
    """They stand where settings are listed, in the help too, with the seconds that hold without them."""
    text = (ROOT / page).read_text(encoding="utf-8")
    rows = {f"| `{setting}` | {seconds:g} |" for setting, seconds in DEFAULTS.items()}

    assert {setting for setting in (*DEFAULTS, "RANKGRAPH_IMPERSONATE") if setting not in text} == set()
    assert page != "docs/operations.md" or {row for row in rows if row not in text} == set()


def test_the_page_of_questions_has_all_of_them() -> None:
    """Each stands under its family, with its columns, an example, whether it can be drawn, and how grave it is."""
    page = update().questions_page()
    parts = re.split(r"^### ", page, flags=re.MULTILINE)[1:]
    heads = {part.partition(":")[0]: part for part in parts}
    drawn = {name for name, part in heads.items() if "- graph form: yes" in part}
    grave = {name: kind for name, part in heads.items() for kind in SEVERITIES if f"- severity: {kind}" in part}
    assert [question.name for question in questions()] == list(heads)
    assert {form.name for form in graph_forms()} == drawn
    assert {question.name: question.severity for question in questions() if question.severity} == grave
    assert [question.prose for question in questions()] == [part.split("\n\n")[1] for part in parts]
