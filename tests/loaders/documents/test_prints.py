"""A document says the same as a web page, as a print of it and as a file of a word processor."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from loaders import read
from loaders.profile import Profile
from tests.builders.prints import WAYS, write_prints
from tests.harness.real import DOCUMENTS, needed, path_of

pytestmark = [pytest.mark.real, needed]

_OF_THE_FILE = {"document", "lines", "line", "description_lines", "also", "notes", "frames"}
"""What names the file, counts its lines, or is furniture, which each format has of its own."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Path:
    """Return a folder with the five documents in all ways."""
    folder = tmp_path_factory.mktemp("prints")
    write_prints(folder, {number: path_of(number).read_text(encoding="utf-8") for number in DOCUMENTS}, chromium)
    return folder


@cache
def _text(number: str) -> dict[str, Any]:
    return _said(read(path_of(number)))


def _said(profile: Profile) -> dict[str, Any]:
    """Return all that a document says; mentions and leftovers word by word, for a table may part or join them."""
    said: dict[str, Any] = _without_places(profile.model_dump())
    said["leftovers"] = _count_words(said["leftovers"])
    for named in (*said["bodies"], *said["courses"], *said["instruments"]):
        named["mentions"] = _count_words(named["mentions"])
    return {**said, "family": profile.document.format}


def _without_places(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_places(one) for key, one in value.items() if key not in _OF_THE_FILE}
    if isinstance(value, (list, tuple)):
        return [_without_places(one) for one in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def _count_words(statements: list[dict[str, str]]) -> Counter[str]:
    return Counter(word for one in statements for word in re.findall(r"\w+", one["text"]))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("number", DOCUMENTS)
def test_a_print_says_what_its_text_says(office: Path, number: str, way: str) -> None:
    """Role, edition, the words of all lists, levels, gates, pay, dates, names and leftovers; the lines are its own."""
    assert _text(number) == _said(read(office / way / f"{number}.{WAYS[way]}"))
