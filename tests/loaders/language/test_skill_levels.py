"""Levels of skills in lists: behind the name, below it, as numbers or as words of a scale that is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.ontology import Need
from loaders import read
from loaders.facts.document import facts
from loaders.facts.reference import known
from loaders.language.skill_levels import with_levels
from loaders.profile import SkillLine, Statement
from tests.harness.commands import SERGEANT


def levels(*texts: str) -> list[tuple[str, int | None, str | None]]:
    """Return name, number and word of each skill of a list."""
    lines = [Statement(text=text, lines=(number, number)) for number, text in enumerate(texts, 1)]
    found, _ = with_levels(lines)
    return [
        (one.name, one.level, one.level_word) if isinstance(one, SkillLine) else (one.text, None, None) for one in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Business architecture - level 3", ("Business architecture", 3, "3")),
        ("Business architecture (level 3)", ("Business architecture", 3, "3")),
        ("Prototyping, Level 2.", ("Prototyping", 2, "2")),
        ("User research: Working", ("User research", 2, "Working")),
        ("User research – practitioner level", ("User research", 3, "practitioner")),
        ("User research | Expert", ("User research", 4, "Expert")),
        ("Welsh (B2)", ("Welsh", 4, "B2")),
        ("Imaging of devices - level: Foundation", ("Imaging of devices", None, "Foundation")),
    ],
)
def test_a_level_behind_a_name_is_none_of_it(text: str, expected: tuple[str, int | None, str]) -> None:
    """A number, a word of a scale, or whatever is called a level."""
    assert [expected] == levels(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Team-working", "Partnership - working together", "Agile working", "Able to plan at an expert level"),
        *("Educated to level 3", "Able to lead a team (of three)", "IT skills - advanced"),
    ],
)
def test_what_only_looks_like_a_level_is_none(text: str) -> None:
    """A hyphen within a word, a sentence, a word that no scale has."""
    assert [(text, None, None)] == levels(text)


def test_a_level_on_a_line_of_its_own_is_that_of_the_skill_above() -> None:
    """As a column of levels is read, cell by cell; the statement then has both lines."""
    assert [("User research", 2, "Working"), ("Plain words", None, None), ("Maps", 3, "3")] == levels(
        *("User research", "Working", "Plain words", "Maps", "Level: 3")
    )
    found, _ = with_levels([Statement(text="Maps", lines=(4, 4)), Statement(text="Level 3", lines=(6, 6))])
    assert [((4, 6), "Maps - Level 3")] == [(one.lines, one.text) for one in found]


def test_beside_a_word_of_no_scale_words_have_no_number() -> None:
    """They may be of that scale too; codes are of one scale alone."""
    texts = ("Maps - level: Foundation", "User research (Working)", "Welsh (B2)")
    assert [None, None, 4] == [level for _, level, _ in levels(*texts)]
    _, notes = with_levels([Statement(text=text, lines=(1, 1)) for text in texts])
    assert ("levels of skills that are on no scale that is known, and so have no number: foundation, working",) == notes


def test_two_documents_that_ask_for_a_skill_at_two_levels_share_it(tmp_path: Path) -> None:
    """The level stands on the edge, the words as printed too."""
    asked = {}
    for level in (2, 3):
        path = tmp_path / f"{level}.txt"
        path.write_text(
            SERGEANT.replace("Able to plan the work of one team.", f"Planning - level {level}"), encoding="utf-8"
        )
        for edge in facts(read(path), known()).edges:
            if edge.end.id == "skill/planning" and isinstance(edge.properties, Need) and edge.statement:
                asked[edge.properties.level] = edge.statement.text
    assert {2: "Planning - level 2", 3: "Planning - level 3"} == asked
